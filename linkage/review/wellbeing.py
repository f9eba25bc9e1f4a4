"""Care for whoever reads: when a break is due, counts that are theirs alone, and an order with room to breathe."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Line:
    """Whom to turn to: how, what for, and how sure that is (M from memory, G for the scheme to fill in)."""

    name: str
    how: str
    about: str
    tag: str


@dataclass(frozen=True, slots=True)
class Care:
    """The values of `wellbeing.toml`; what each means stands there."""

    severe: str
    keep_days: int
    reach: int
    lines: tuple[Line, ...]


@cache
def care() -> Care:
    """What ships with the program."""
    told = tomllib.loads(files(__package__).joinpath("wellbeing.toml").read_text(encoding="utf-8"))
    return Care(**(told | {"lines": tuple(Line(**line) for line in told["lines"])}))


def break_due(severe: int, minutes: float, after_severe: int, after_minutes: int) -> bool:
    """Is it time for a break? A limit of 0 never says so, and neither does a day without anything severe."""
    return bool(after_severe and severe >= after_severe) or bool(
        after_minutes and severe and minutes >= after_minutes
    )


Days = dict[str, tuple[int, int]]
"""Day (ISO) -> severe suggestions and narratives that were opened on it."""


def counts_with(days: Mapping[str, Sequence[int]], today: date, severe: int, opened: int) -> Days:
    """The counts with so many more of today; what is older than `keep_days` is let go."""
    oldest = (today - timedelta(days=care().keep_days - 1)).isoformat()
    found = {day: (int(one[0]), int(one[1])) for day, one in days.items() if oldest <= day <= today.isoformat()}
    before = found.get(today.isoformat(), (0, 0))
    return found | {today.isoformat(): (before[0] + severe, before[1] + opened)}


def still_passed(passed: Sequence[Sequence[str]], today: date) -> list[list[str]]:
    """What somebody passed (kind, left, right, day), without what is older than `keep_days`."""
    oldest = (today - timedelta(days=care().keep_days)).isoformat()
    return [list(one) for one in passed if len(one) == 4 and one[3] >= oldest]


def mixed(severe: NDArray[np.bool_], drawn: NDArray[np.bool_], most: int) -> NDArray[np.int64]:
    """Places of a list in an order in which at most `most` severe ones follow each other, while there are others.

    Otherwise the order stays as it is. What was drawn at random keeps its place, and may lengthen a run:
    where it stands must not depend on what it tells. Only the first `reach` places are put in another order.
    """
    free = np.flatnonzero(~drawn)
    grave, others = free[severe[free]].tolist(), free[~severe[free]].tolist()
    order = np.arange(len(severe))
    run = at_grave = at_other = 0
    for place in range(min(care().reach, len(severe))):
        if not drawn[place]:
            left, right = at_grave < len(grave), at_other < len(others)
            take_other = right and (not left or run >= most or others[at_other] < grave[at_grave])
            order[place] = others[at_other] if take_other else grave[at_grave]
            at_other, at_grave = at_other + take_other, at_grave + (not take_other)
        run = run + 1 if severe[order[place]] else 0
    beyond = free[free >= care().reach]
    order[beyond] = np.sort(np.array(grave[at_grave:] + others[at_other:], dtype=np.int64))
    return order.astype(np.int64)
