"""What the baselines compare: behaviour, place, time and described fields as arrays, one row a report.

Every measure returns one float32 a pair and nan where a side is not known: unknown is not absent. Pairs come with
`left` in ascending order, as `EvaluatedPairs` keeps them, so that products are made for a block of rows at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linkage.report import Report

Floats = NDArray[np.float32]
Rows = NDArray[np.int32]

ROWS_AT_ONCE = 512
"""Rows of one product; with 4,000 reports a block takes 8 MB."""

LEAST_KM = 0.1
"""Distances below this are not told apart [G]: about the length of a street block."""

HOUR_PARTS = (5.0, 12.0, 17.0, 21.0)
"""Hours at which morning, afternoon, evening and night begin [G]."""


@dataclass(frozen=True)
class Columns:
    """Arrays of n reports.

    `present` (n, items) is 1 where a behaviour is reported, for behaviours that at least two reports show; `alone`
    (n,) counts the others; `rarity` (items,) is ln(reports with behaviours / reports with the item). `floor_km` is
    the uncertainty of the place, km; `day` the middle of the possible dates, ordinal; `hour` the clock time, 0-24.
    """

    present: Floats
    alone: Floats
    rarity: Floats
    rarity_alone: float
    floor_km: Floats
    day: NDArray[np.float64]
    hour: NDArray[np.float64]

    @property
    def recorded(self) -> NDArray[np.bool_]:
        """Per row: is any behaviour reported?"""
        known: NDArray[np.bool_] = (self.present.sum(axis=1) + self.alone) > 0
        return known

    def jaccard(self, left: Rows, right: Rows) -> Floats:
        """Behaviours in both over behaviours in either (Jaccard 1912), 0-1."""
        total = self.present.sum(axis=1) + self.alone
        both = shared(self.present, self.present, left, right)
        return self._of_recorded(_over(both, total[left] + total[right] - both), left, right)

    def rarity_jaccard(self, left: Rows, right: Rows) -> Floats:
        """Jaccard with each behaviour counted by its rarity (inverse document frequency, Sparck Jones 1972)."""
        weighted = self.present * self.rarity
        total = weighted.sum(axis=1) + self.alone * np.float32(self.rarity_alone)
        both = shared(weighted, self.present, left, right)
        return self._of_recorded(_over(both, total[left] + total[right] - both), left, right)

    def three_to_one(self, left: Rows, right: Rows) -> Floats:
        """3a - (b + c): a behaviours in both reports, b and c in one of them only."""
        total = self.present.sum(axis=1) + self.alone
        both = shared(self.present, self.present, left, right)
        return self._of_recorded(5 * both - total[left] - total[right], left, right)

    def log_km(self, km: Floats, left: Rows, right: Rows) -> Floats:
        """ln of the distance, km; no distance is less than the uncertainty of either place."""
        floor = np.maximum(self.floor_km[left], self.floor_km[right])
        return np.log(np.maximum(km, floor))

    def days(self, left: Rows, right: Rows) -> Floats:
        """Days between the middles of the possible dates."""
        return np.abs(self.day[left] - self.day[right]).astype(np.float32)

    def hours(self, left: Rows, right: Rows) -> Floats:
        """Hours between the clock times, round the clock, 0-12."""
        apart = np.abs(self.hour[left] - self.hour[right])
        return np.minimum(apart, 24.0 - apart).astype(np.float32)

    def same_hour_part(self, left: Rows, right: Rows) -> Floats:
        """1 where both clock times lie in one part of the day, else 0."""
        part = np.searchsorted(HOUR_PARTS, self.hour, side="right") % len(HOUR_PARTS)
        same = (part[left] == part[right]).astype(np.float32)
        return np.where(np.isnan(self.hour[left] + self.hour[right]), np.float32(np.nan), same)

    def _of_recorded(self, values: Floats, left: Rows, right: Rows) -> Floats:
        known = self.recorded
        return np.where(known[left] & known[right], values, np.float32(np.nan))


def columns_of(reports: Sequence[Report]) -> Columns:
    """The arrays of these reports; row i is reports[i]."""
    held = [frozenset(report.behaviours.present) for report in reports]
    counts = Counter(item for items in held for item in items)
    present = membership(held, [item for item in sorted(counts) if counts[item] > 1])
    reporting = max(1, sum(bool(items) for items in held))
    frequency = np.array([counts[item] for item in sorted(counts) if counts[item] > 1], dtype=np.float32)
    return Columns(
        present=present,
        alone=np.array([sum(counts[item] == 1 for item in items) for items in held], dtype=np.float32),
        rarity=np.log(reporting / frequency),
        rarity_alone=float(np.log(reporting)),
        floor_km=np.array([max(LEAST_KM, (r.place.radius_m or 0.0) / 1000) for r in reports], dtype=np.float32),
        day=np.array([np.nan if (d := r.occurred.days) is None else (d[0] + d[1]) / 2 for r in reports]),
        hour=np.array([_hour(report) for report in reports]),
    )


def membership(held: Sequence[frozenset[str]], values: Sequence[str]) -> Floats:
    """1 where row i holds value j, shape (rows, values)."""
    place = {value: column for column, value in enumerate(values)}
    table = np.zeros((len(held), len(values)), dtype=np.float32)
    for row, items in enumerate(held):
        table[row, [place[item] for item in items if item in place]] = 1
    return table


def shared(one: Floats, other: Floats, left: Rows, right: Rows) -> Floats:
    """The product one[left] . other[right] of each pair, `left` ascending."""
    found = np.empty(len(left), dtype=np.float32)
    for start in range(0, len(one), ROWS_AT_ONCE):
        first, last = np.searchsorted(left, [start, start + ROWS_AT_ONCE])
        if first < last:
            block = one[start : start + ROWS_AT_ONCE] @ other.T
            found[first:last] = block[left[first:last] - start, right[first:last]]
    return found


def filled(values: Floats) -> NDArray[np.float64]:
    """Values with the median of the known ones where a pair is not known; 0 when none is known.

    A pair about which nothing is known then ranks in the middle: neither alike nor unlike.
    """
    known = ~np.isnan(values)
    middle = float(np.median(values[known])) if known.any() else 0.0
    return np.where(known, values, middle).astype(np.float64)


def _over(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _hour(report: Report) -> float:
    first, last = report.occurred.hour_min, report.occurred.hour_max
    if first is not None and last is not None:
        return (first + ((last - first) % 24) / 2) % 24
    one_end = last if first is None else first
    return float("nan") if one_end is None else one_end % 24
