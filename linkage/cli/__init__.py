"""The program `linkage`: reads the command line, calls the engine, prints. It holds no logic of its own."""

from linkage.cli import (  # each adds its commands to `app`
    alerting,
    auditing,
    backing_up,
    deciding,
    erasing,
    evaluating,
    explaining,
    export_steps,
    exporting,
    intake,
    linking,
    monitoring,
    searching,
    sending_alerts,
    subscribing,
    tools,
    users,
)
from linkage.cli.app import app, main

__all__ = [
    "alerting",
    "app",
    "auditing",
    "backing_up",
    "deciding",
    "erasing",
    "evaluating",
    "explaining",
    "export_steps",
    "exporting",
    "intake",
    "linking",
    "main",
    "monitoring",
    "searching",
    "sending_alerts",
    "subscribing",
    "tools",
    "users",
]
