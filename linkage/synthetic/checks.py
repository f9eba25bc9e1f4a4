"""What a parameter of the world may be: every override is held against the file, and a bad value gets no further."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from linkage.synthetic.places import towns

Parameters = Mapping[str, Any]
_MAY_BE_EMPTY = ("region_share",)  # the other regions then share everything


def checked(tables: Parameters, words: Parameters, name: str, value: Any) -> Any:
    """`value` as it may stand for the parameter `name` of `tables`; ValueError says what is wrong and what would do.

    `words` is words.toml, whose tables hold the values that have words. A whole number stands for a number with a
    point; a table of weights may be replaced by one that leaves keys out.
    """
    *path, last = name.split(".")
    table: Any = tables
    for step in path:
        table = table[step]
    return _Check(tables, words, name).value(table[last], value)


def check_weights(tables: Parameters) -> None:
    """ValueError for a table of weights in which nothing is left to choose, after overrides one by one."""
    for pattern in tables["limits"]["weights"]:
        for name, table in _tables(tables, pattern.split(".")):
            if table and not any(table.values()) and name not in _MAY_BE_EMPTY and not name.endswith(".odds"):
                raise ValueError(f"parameter {name!r}: needs at least one weight above 0")


def is_weights(tables: Parameters, name: str) -> bool:
    """Is the table `name` one of weights (or odds), which need no upper limit and may be replaced in part?"""
    return any(_like(name, pattern) for pattern in tables["limits"]["weights"])


class _Check:
    def __init__(self, tables: Parameters, words: Parameters, name: str) -> None:
        self.tables = tables
        self.limits: dict[str, list[str]] = tables["limits"]
        self.words = words
        self.name = name

    def value(self, old: Any, new: Any) -> Any:
        """The new value, checked by the kind of the old one; ValueError, with the reason, for one that cannot be."""
        if isinstance(old, dict):
            return self._table(old, new)
        if isinstance(old, list):
            return self._list(old, new)
        if isinstance(old, bool | str):
            return self._plain(old, new)
        return self._number(old, new)

    def refuse(self, why: str, new: Any) -> ValueError:
        """The error for a value that cannot be: it names parameter, value and reason."""
        return ValueError(f"parameter {self.name!r}: {new!r} {why}")

    def _plain(self, old: Any, new: Any) -> Any:
        if type(new) is not type(old):
            raise self.refuse(f"is {_kind(new)}; it has to be {_kind(old)}", new)
        if self.name == "world.end":
            try:
                date.fromisoformat(new)
            except ValueError:
                raise self.refuse("is no date; write it as 2024-12-31", new) from None
        if self.name.endswith(".domain") and new not in self.tables["behaviour"]["rho"]:
            raise self.refuse(f"is no domain; there are {', '.join(self.tables['behaviour']['rho'])}", new)
        return new

    def _number(self, old: float, new: Any) -> float:
        if isinstance(new, bool) or not isinstance(new, int | float):
            raise self.refuse(f"is {_kind(new)}; it has to be a number", new)
        weight = is_weights(self.tables, self.name.rpartition(".")[0])
        if isinstance(old, int) and isinstance(new, float) and not weight:
            raise self.refuse("has to be a whole number", new)
        low, high = self._range(old, weight)
        if not math.isfinite(new) or not low <= new <= high:
            upper = f" and at most {high:g}" if high < math.inf else ""
            raise self.refuse(f"has to be at least {low:g}{upper}", new)
        if new == 0 and self._listed("positive"):
            raise self.refuse("has to be above 0", new)
        return new if isinstance(old, int) else float(new)

    def _range(self, old: float, weight: bool) -> tuple[float, float]:
        low = -math.inf if self._listed("negative") else 0.0
        share = isinstance(old, float) and old <= 1 and not weight and not self._listed("above_one")
        return low, 1.0 if share else math.inf

    def _listed(self, limit: str) -> bool:
        return any(_like(self.name, pattern) for pattern in self.limits[limit])

    def _table(self, old: dict[str, Any], new: Any) -> dict[str, Any]:
        if any(isinstance(value, dict | list | str) for value in old.values()) or not old:
            example = f"{self.name}.{next(iter(old))}"
            raise self.refuse(
                f"cannot replace a table of many parameters; set them one by one, such as {example}", new
            )
        if not isinstance(new, dict):
            raise self.refuse(f"is {_kind(new)}; it has to be a table such as {{{next(iter(old))} = 1}}", new)
        weights = is_weights(self.tables, self.name)
        known = self._keys(old)
        unknown = [key for key in new if key not in known]
        if unknown:
            raise self.refuse(f"has the unknown key {unknown[0]!r}; there are {', '.join(map(str, known))}", new)
        absent = [key for key in old if key not in new]
        if absent and not weights:
            raise self.refuse(f"needs {', '.join(absent)} too", new)
        first = next(iter(old.values()))
        return {key: _Check(self.tables, self.words, f"{self.name}.{key}").value(first, new[key]) for key in new}

    def _keys(self, old: dict[str, Any]) -> list[str]:
        if self.name == "region_share":
            return sorted({town.region for town in towns(self.tables["world"]["home_town_people"])})
        return list(self.tables["behaviours"]) if self.name.endswith(".odds") else list(old)

    def _list(self, old: list[Any], new: Any) -> list[Any]:
        if not isinstance(new, list) or not new:
            raise self.refuse(f"is {_kind(new)}; it has to be a list such as {old[:2]}", new)
        if self.name == "vehicle.fleet":
            return [self._model(row) for row in new]
        if self.name == "mobility.corridors":
            return [self._road(row) for row in new]
        if isinstance(old[0], str):
            return [self._known(value) for value in new]
        if len(new) != 2 or not all(_is_number(value) and math.isfinite(value) and value >= 0 for value in new):
            raise self.refuse("has to be two numbers, [least, most]", new)
        if new[0] > new[1]:
            raise self.refuse("has its least above its most", new)
        return new

    def _known(self, value: Any) -> str:
        """A list of behaviours, or of what a descriptor is taken for."""
        kind = self.name.split(".")[1].removesuffix("_confused")
        kind = "hair_colour" if kind == "hair" else kind
        known = self.tables["behaviours"] if self.name.startswith("offence.") else self.words[kind]
        if value not in known:
            raise self.refuse(f"is not one of {', '.join(known)}", value)
        return str(value)

    def _model(self, row: Any) -> list[Any]:
        """One row of the fleet."""
        if not isinstance(row, list) or len(row) != 4 or not all(isinstance(x, str) for x in row[:3]):
            raise self.refuse('has to be [make, model, body, weight], such as ["Ford", "Ka", "hatchback", 0.8]', row)
        if row[2] not in self.words["body"]:
            raise self.refuse(f"has an unknown body; there are {', '.join(self.words['body'])}", row)
        if not _is_number(row[3]) or not 0 < row[3] < math.inf:
            raise self.refuse("has to have a weight above 0", row)
        return row

    def _road(self, row: Any) -> list[str]:
        """One corridor."""
        names = {town.name for town in towns(self.tables["world"]["home_town_people"])}
        if not isinstance(row, list) or len(row) < 2:
            raise self.refuse("has to be a list of at least two towns", row)
        for town in row:
            if town not in names:
                raise self.refuse("is not a town of the place tables that is large enough", town)
        return row


def _tables(table: Any, steps: list[str], prefix: str = "") -> Iterator[tuple[str, dict[str, float]]]:
    """The tables that a pattern names."""
    if not steps:
        yield prefix, table
    elif steps[0] == "*":
        for key, value in table.items():
            if isinstance(value, dict):
                yield from _tables(value, steps[1:], f"{prefix}.{key}")
    elif steps[0] in table:
        yield from _tables(table[steps[0]], steps[1:], f"{prefix}.{steps[0]}".lstrip("."))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _kind(value: Any) -> str:
    kinds = {dict: "a table", list: "a list", str: "a text", bool: "true or false"}
    return kinds.get(type(value), "a number")


def _like(name: str, pattern: str) -> bool:
    """Does a dotted name fit a pattern in which * is any one step?"""
    steps, wanted = name.split("."), pattern.split(".")
    return len(steps) == len(wanted) and all(w in ("*", s) for s, w in zip(steps, wanted, strict=True))
