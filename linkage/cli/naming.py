"""Words of a command line that have to name something: an empty one, as from a variable of a script that is not set,
would stand for the working folder, or for nothing at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import typer
from typer.core import TyperGroup

_PATHS = re.compile(r"\b(FILE|DIR|PATH)\b")  # what a word that takes a path is called in the help


def require_names(commands: Mapping[str, Any]) -> None:
    """Let each of these commands refuse an empty word where it takes a path; groups do so for their own."""
    for command in commands.values():
        if not isinstance(command, TyperGroup):
            for param in command.params:
                if _PATHS.search(param.metavar or ""):
                    _require_name(param)


def _require_name(param: Any) -> None:
    before = param.process_value

    def named(context: Any, value: Any) -> Any:
        if "" in (value if isinstance(value, list | tuple) else (value,)):
            raise typer.BadParameter("it is empty; name a file or folder, or leave it out")
        return before(context, value)

    param.process_value = named


def not_empty(value: str | None) -> str | None:
    """The word of an option, as its `callback`. A usage error where it is empty."""
    if value is not None and not value.strip():
        raise typer.BadParameter("it is empty; write a value, or leave it out")
    return value
