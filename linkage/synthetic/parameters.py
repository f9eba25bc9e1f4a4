"""The numbers of the world, read from `parameters.toml`, with presets and overrides by dotted name."""

from __future__ import annotations

import copy
import difflib
import random
import tomllib
from bisect import bisect
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any, Generic, TypeVar

from linkage.synthetic.checks import check_weights, checked

Value = TypeVar("Value")
Parameters = dict[str, Any]
_NOT_PARAMETERS = ("limits", "overrides")  # tables of the file about its parameters


@cache
def read_table(name: str) -> Parameters:
    """The TOML file `name` of this package; treat it as read-only."""
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def presets() -> list[str]:
    """Names of the presets, `default` first."""
    return list(read_table("parameters.toml")["presets"])


def named_overrides(name: str) -> dict[str, Any]:
    """A named set of overrides, such as "other_town_density", to be given beside any preset.

    Raises ValueError for an unknown name.
    """
    known: dict[str, dict[str, Any]] = read_table("parameters.toml")["overrides"]
    if name not in known:
        raise ValueError(f"no overrides are named {name!r}; there are {', '.join(known)}")
    return copy.deepcopy(known[name])


def parameters(preset: str = "default", overrides: Mapping[str, Any] | None = None) -> Parameters:
    """The parameters of one world: the file, then the preset's overrides, then `overrides` ("report.typo": 0.1).

    Raises ValueError for an unknown preset or name, with the nearest known one, and for a value that cannot be.
    """
    tables = copy.deepcopy(read_table("parameters.toml"))
    known = tables.pop("presets")
    if preset not in known:
        raise ValueError(f"no preset {preset!r}; there are {', '.join(known)}")
    for name, value in [*known[preset].items(), *(overrides or {}).items()]:
        _override(tables, name, value)
    check_weights(tables)
    del tables["limits"], tables["overrides"]
    return tables


def parse_override(words: str) -> tuple[str, Any]:
    """`report.typo=0.1` as ("report.typo", 0.1). The value is written as in TOML; a bare word is a text."""
    name, equals, value = words.partition("=")
    if not equals or not name.strip():
        raise ValueError(f"{words!r} is not name=value, e.g. report.typo=0.1")
    try:
        return name.strip(), tomllib.loads(f"value = {value.strip()}")["value"]
    except tomllib.TOMLDecodeError:
        return name.strip(), value.strip()


def _override(tables: Parameters, name: str, value: Any) -> None:
    *path, last = name.split(".")
    table: Any = tables
    for step in path:
        table = table.get(step) if isinstance(table, dict) else None
    if not isinstance(table, dict) or last not in table or [*path, last][0] in _NOT_PARAMETERS:
        hint = _near(name, {group: held for group, held in tables.items() if group not in _NOT_PARAMETERS})
        raise ValueError(f"no parameter {name!r} in linkage/synthetic/parameters.toml{hint}")
    table[last] = checked(tables, read_table("words.toml"), name, value)


def _near(name: str, tables: Parameters) -> str:
    """What may be meant by a name that is none: the nearest whole name, else the nearest last part of one, else where
    to choose from."""
    known = _names(tables)
    near = difflib.get_close_matches(name, known, 1, 0.5)
    lasts = {one.rpartition(".")[2]: one for one in reversed(known)}
    near = near or [lasts[one] for one in difflib.get_close_matches(name.rpartition(".")[2], lasts, 1, 0.7)]
    return f"; did you mean {near[0]}?" if near else f"; names begin with {', '.join(sorted(tables))}"


def _names(tables: Mapping[str, Any], prefix: str = "") -> list[str]:
    found: list[str] = []
    for key, value in tables.items():
        found.append(prefix + key)
        if isinstance(value, dict):
            found += _names(value, f"{prefix}{key}.")
    return found


class Wheel(Generic[Value]):
    """A weighted choice. Weights need not add up to one."""

    def __init__(self, weights: Mapping[Value, float] | Iterable[tuple[Value, float]]) -> None:
        pairs = list(weights.items() if isinstance(weights, Mapping) else weights)
        self.values = [value for value, weight in pairs if weight > 0]
        self.steps = list(accumulate(weight for _, weight in pairs if weight > 0))
        if not self.values:
            raise ValueError("a weighted choice needs at least one weight above 0")

    def draw(self, rng: random.Random) -> Value:
        """One value; uses one number of `rng`."""
        drawn: Value = self.values[min(bisect(self.steps, rng.random() * self.steps[-1]), len(self.values) - 1)]
        return drawn


@cache
def _table_wheel(items: tuple[tuple[Any, float], ...]) -> Wheel[Any]:
    return Wheel(items)


def draw(rng: random.Random, weights: Mapping[str, float]) -> str:
    """One key of a weight table of the parameters."""
    value: str = _table_wheel(tuple(weights.items())).draw(rng)
    return value


def pick(rng: random.Random, values: list[Value]) -> Value:
    """One value, each equally likely. Written out because `random.choice` has changed between versions of Python."""
    return values[int(rng.random() * len(values))]


def stream(seed: int, *names: str | int) -> random.Random:
    """An own source of random numbers for each purpose, so that more of one thing does not shift another."""
    return random.Random(f"{seed}/" + "/".join(map(str, names)))
