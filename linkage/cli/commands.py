"""All commands together, and the run of the one that the command line names."""

from __future__ import annotations

import gc
from functools import cache
from typing import Any

import typer

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
from linkage.cli.app import app
from linkage.cli.console import COULD_NOT_RUN, DONE, guarded
from linkage.cli.stopping import STOPPED, was_stopped
from linkage.cli.usage import is_help_shown

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
    "mapping",
    "monitoring",
    "originals",
    "run",
    "searching",
    "serving",
    "tools",
]


def run() -> None:
    """Run the command that the command line names. Raises SystemExit, KeyboardInterrupt for Ctrl-C."""
    try:
        guarded(_run)
    finally:
        gc.freeze()  # the process ends; Python would look twice through all that was loaded, for a third of a second


@cache
def _commands() -> Any:
    """All commands with their options; made once, for it costs a tenth of a second."""
    return typer.main.get_command(app)


def _run() -> None:
    """Run the commands, not standalone: usage errors come out of them, to be told in one line as all others are."""
    try:
        code = _commands()(prog_name="linkage", standalone_mode=False)
    except typer.Abort as error:
        if was_stopped(error):
            raise KeyboardInterrupt from None
        raise SystemExit(COULD_NOT_RUN) from None
    except Exception as error:
        if is_help_shown(error):
            raise SystemExit(COULD_NOT_RUN) from None
        raise
    if code == STOPPED:  # what typer makes of Ctrl-C
        raise KeyboardInterrupt
    raise SystemExit(code or DONE)
