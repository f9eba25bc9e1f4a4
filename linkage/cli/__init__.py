"""The program `linkage`: reads the command line, calls the engine, prints. It holds no logic of its own."""

from linkage.cli import (  # each adds its commands to `app`; those of a group are loaded when it is asked for
    backing_up,
    deciding,
    erasing,
    evaluating,
    explaining,
    governing,
    intake,
    linking,
    mapping,
    monitoring,
    originals,
    searching,
    serving,
    tools,
)
from linkage.cli.app import app, main

__all__ = [
    "app",
    "backing_up",
    "deciding",
    "erasing",
    "evaluating",
    "explaining",
    "governing",
    "intake",
    "linking",
    "main",
    "mapping",
    "monitoring",
    "originals",
    "searching",
    "serving",
    "tools",
]
