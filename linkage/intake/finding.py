"""What a small grammar returns when it reads a fact off a text; and stretches of a text that lie apart, in order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

SURE = 0.5
"""Confidence below which a finding is left out [G]."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact with the words it was read from.

    `field` is the canonical field ("age", "height_cm", "make", "behaviour", ...); `value` its canonical value;
    `start`, `end` the character span in the text; `rule` names the pattern or vocabulary entry that read it;
    `confidence` is 0-1 (a guess by the author of the rule unless the rule says otherwise); `negated` means the
    text says that it is not so; `about` is the span of the words that tell whose fact it is, where those are not the
    fact's own ("calling himself" before a name in quotation marks).
    """

    field: str
    value: Any
    start: int
    end: int
    rule: str
    confidence: float = 0.9
    negated: bool = False
    about: tuple[int, int] | None = None

    def words(self, text: str) -> str:
        """The exact words in `text` this finding was read from."""
        return text[self.start : self.end]


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
