"""How much is read at most: of a file, of a row, of a value. The numbers stand in limits.toml; each may be raised in
the environment (LINKAGE_LIMIT_ROW_SECONDS=120), which every refusal that rests on one of them says."""

from __future__ import annotations

import os
import tomllib
from functools import cache
from importlib.resources import files

PREFIX = "LINKAGE_LIMIT_"
"""Beginning of the environment variables that set a limit."""

_VALUE = "value."
"""Beginning of the names of limits on values, as "value.place.text"."""


@cache
def names() -> dict[str, int]:
    """Every limit by its name, with the number that is shipped."""
    tables = tomllib.loads(files(__package__).joinpath("limits.toml").read_text(encoding="utf-8"))
    of_values = {_VALUE + name: number for name, number in tables.pop("value").items()}
    return {name: number for numbers in (*tables.values(), of_values) for name, number in numbers.items()}


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
    listed = ("raw",) if "raw" in steps else (".".join(steps), steps[0])
    return next((_VALUE + name for name in listed if _VALUE + name in names()), _VALUE + "other")


def too_long(field: str, length: int) -> str | None:
    """Why a value of so many characters is refused in a field, with the cure; None where it is not."""
    name = _of_field(field)
    if length <= limit(name):
        return None
    return f"{length:,} characters are longer than the limit of {limit(name):,}; shorten it {how_to_raise(name)}"
