"""A figure of the pack: its value with interval and n, and what it was taken from; or open, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from linkage.wilson import wilson

OPEN = "OPEN"
"""Stands before every figure that was not measured."""
NOT_TOLD = ("suppressed", "too few", "not defined")
"""Beginnings of why a figure is left out although nobody has to measure anything."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its 95 % interval over `n` of what `over` names, from `origin`. Where `value` is None the figure
    is open, and `why` says what would measure it."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    over: str = ""
    origin: str = ""
    why: str = ""

    @property
    def is_open(self) -> bool:
        """Has somebody still to measure it? Not where it is left out on purpose or cannot be taken."""
        return self.value is None and not self.why.startswith(NOT_TOLD)

    @property
    def words(self) -> str:
        """The figure for people, its interval and n beside it; an open one says so."""
        if self.value is None:
            return f"{OPEN}: {self.why}" if self.is_open else self.why
        words = plain(self.value)
        if self.low is not None and self.high is not None:
            words += f" ({plain(self.low)} to {plain(self.high)})"
        return words + (f", n = {self.n:,} {self.over}".rstrip() if self.n is not None else "")


def plain(value: float) -> str:
    """A number of a figure: whole ones and large ones without decimals."""
    return f"{value:,.0f}" if abs(value) >= 100 or float(value).is_integer() else f"{value:.2f}"


def share(count: int, n: int, over: str, origin: str) -> Figure:
    """A share with its 95 % interval (Wilson 1927). ValueError for a count that is no part of n."""
    if n == 0:
        return Figure(why=f"there are no {over}", origin=origin)
    return Figure(count / n, *wilson(count, n), n, over, origin)


def of_document(found: Mapping[str, Any] | None, origin: str, why: str) -> Figure:
    """A figure as the results document of an evaluation holds it; open where it holds none."""
    if found is None or found.get("value") is None:
        return Figure(why=why, origin=origin)
    low, high = found.get("low"), found.get("high")
    return Figure(float(found["value"]), low, high, found.get("n"), str(found.get("over", "")), origin)
