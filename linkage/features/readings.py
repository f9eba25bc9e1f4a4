"""What reports say, read once: nothing here depends on a parameter, so that every fit shares it.

Reading is dear (words are stemmed, dates and lists gone through), and a parameter that is tried changes none of it.
So a kind of evidence reads reports into `Readings`, one row a report, and fits columns to those as often as it likes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Generic, Self, TypeVar

R = TypeVar("R")


@dataclass(frozen=True, eq=False)
class Readings(Generic[R]):
    """What each report says of one kind of evidence, row by row.

    Subclasses add what follows for all rows together (distinct values, counts of words), worked out when first asked
    for and kept.
    """

    rows: tuple[R, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, rows: Iterable[int]) -> Self:
        """The readings of some of the reports, in the order of `rows`."""
        return replace(self, rows=tuple(self.rows[row] for row in rows))
