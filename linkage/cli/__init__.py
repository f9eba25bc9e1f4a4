"""The program `linkage`: reads the command line, calls the engine, prints. It holds no logic of its own."""

from linkage.cli import evaluating, explaining, intake, linking, searching, tools  # each adds its commands to `app`
from linkage.cli.app import app, main

__all__ = ["app", "evaluating", "explaining", "intake", "linking", "main", "searching", "tools"]
