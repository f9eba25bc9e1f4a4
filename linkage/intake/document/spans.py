"""Stretches of a text that lie apart from each other, in order: asked about in the time of a look-up."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence


def inside(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a place lies in one of some stretches, which are in order and apart."""
    last = bisect_left(spans, (at + 1,)) - 1
    return last >= 0 and at < spans[last][1]


class DisjointSpans:
    """Stretches that do not overlap, taken up one after another in any order."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def take(self, start: int, end: int) -> bool:
        """Take up a stretch; False, and nothing taken, where it overlaps one that has been."""
        at = bisect_right(self._starts, start)
        before = at > 0 and self._starts[at - 1] < end and start < self._ends[at - 1]
        if before or (at < len(self._starts) and self._starts[at] < end and start < self._ends[at]):
            return False
        self._starts.insert(at, start)
        self._ends.insert(at, end)
        return True
