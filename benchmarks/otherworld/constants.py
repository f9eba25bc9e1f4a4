"""The constants of the world, and the few ways in which it draws from them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

FILE = Path(__file__).with_name("constants.toml")


@cache
def constants(section: str) -> Mapping[str, Any]:
    """One section of `constants.toml`; every value is a guess [G]."""
    table: dict[str, Any] = _all()[section]
    return {key: value for key, value in table.items() if key != "tag"}


@cache
def _all() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def stream(*names: object) -> Random:
    """Random numbers that hang on these names alone, and so on nothing that is drawn elsewhere."""
    return Random("other world:" + ":".join(str(name) for name in names))


def pick(rng: Random, weights: Mapping[str, float]) -> str:
    """One of the names, by weight."""
    return rng.choices(list(weights), list(weights.values()))[0]


def between(rng: Random, ends: Sequence[float]) -> float:
    """A number between the two, all alike."""
    return rng.uniform(ends[0], ends[1])


def whole(rng: Random, ends: Sequence[int]) -> int:
    """A whole number from the first to the last, all alike."""
    return rng.randint(ends[0], ends[1])


def some(rng: Random, names: Sequence[str], number: int) -> list[str]:
    """So many of the names, none of them twice."""
    return rng.sample(list(names), min(number, len(names)))
