"""How much is read at most: of a file, of a row, of a value. The numbers stand in limits.toml; each may be raised in
the environment (LINKAGE_LIMIT_ROW_SECONDS=120), which every refusal that rests on one of them says."""

from __future__ import annotations

import os
import tomllib
from functools import cache
from importlib.resources import files

PREFIX = "LINKAGE_LIMIT_"
"""Beginning of the environment variables that set a limit."""

_VALUE = "value"


@cache
def _shipped() -> dict[str, dict[str, int]]:
    tables: dict[str, dict[str, int]] = tomllib.loads(
        files(__package__).joinpath("limits.toml").read_text(encoding="utf-8")
    )
    return tables


@cache
def names() -> dict[str, int]:
    """Every limit by its name, with the number that is shipped; those of values are named "value.place.text"."""
    return {
        f"{table}.{name}" if table == _VALUE else name: number
        for table, numbers in _shipped().items()
        for name, number in numbers.items()
    }


def limit(name: str) -> int:
    """The limit of this name; what the environment gives for it counts, where that is a whole number over 0."""
    given = os.environ.get(variable(name), "").replace("_", "")
    return int(given) if given.isascii() and given.isdigit() and 0 < len(given) < 16 and int(given) else names()[name]


@cache
def variable(name: str) -> str:
    """The environment variable that sets a limit."""
    return PREFIX + name.replace(".", "_").upper()


def how_to_raise(name: str, instead: str = "") -> str:
    """The end of a refusal: what to do `instead`, and the setting by which the limit may be raised."""
    return f"{instead} or raise {variable(name)} in the environment".strip()


@cache
def _of_field(field: str) -> str:
    """Name of the limit on the characters of a field, of its dotted name with or without counters."""
    steps = [step for step in field.split(".") if not step.isdigit()]
    if "raw" in steps:
        return f"{_VALUE}.raw"
    values = _shipped()[_VALUE]
    known = next((name for name in (".".join(steps), steps[0]) if name in values), "other")
    return f"{_VALUE}.{known}"


def too_long(field: str, length: int) -> str | None:
    """Why a value of so many characters is refused in a field, with the cure; None where it is not."""
    name = _of_field(field)
    if length <= limit(name):
        return None
    return f"{length:,} characters are longer than the limit of {limit(name):,}; shorten it {how_to_raise(name)}"
