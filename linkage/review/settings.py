"""What the inbox, re-opening and the labels go by: `review.toml`, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Settings:
    """The values of `review.toml`; what each means stands there."""

    least_probability: float
    page: int
    after_days: int
    strength_moved: float
    random_share: float
    drawn: int
    low_probability: float
    low: float
    unlisted: float


@cache
def settings() -> Settings:
    """The settings that ship with the program."""
    tables = tomllib.loads(files(__package__).joinpath("review.toml").read_text(encoding="utf-8"))
    return Settings(**{name: value for table in tables.values() for name, value in table.items()})
