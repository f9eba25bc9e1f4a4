"""What everybody may set for themselves: `preferences.toml`, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Preference:
    """One setting of a person: a yes or no, or a whole number from `least` to `most`."""

    name: str
    label: str
    about: str
    group: str
    default: bool | int
    least: int = 0
    most: int = 0

    def taken(self, value: Any) -> bool | int:
        """The value as it may be used: the default where it is of another kind or out of its range."""
        if type(value) is not type(self.default):
            return self.default
        return value if isinstance(value, bool) or self.least <= value <= self.most else self.default


@cache
def preferences() -> dict[str, Preference]:
    """Every setting by its name, in the order of the file."""
    tables = tomllib.loads(files(__package__).joinpath("preferences.toml").read_text(encoding="utf-8"))
    return {name: Preference(name, **told) for name, told in tables.items()}
