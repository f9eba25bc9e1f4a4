"""Bootstrap over persons for anything that is summed over reports or over pairs of reports.

Reports of one person stand and fall together, so whole persons are drawn with replacement (cluster bootstrap; Efron
and Tibshirani 1993, chapter 8). In a draw a report counts as often as its person was drawn, a pair of two persons as
often as both together, and a pair within one person as often as that person: copies of a person are no links to
each other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

INTERVAL = (2.5, 97.5)
"""Percentiles that bound an interval."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Draws:
    """`times` says how often each person was drawn, shape (persons, replicates)."""

    times: Floats

    @classmethod
    def of(cls, persons: int, seed: int, replicates: int) -> Draws:
        """`replicates` draws of as many persons as there are: the same that `intervals.figures` makes of a seed."""
        rng = np.random.default_rng(seed)
        times = np.empty((persons, replicates))
        for draw in range(replicates):
            times[:, draw] = np.bincount(rng.integers(persons, size=persons), minlength=persons)
        return cls(times=times)

    def over_reports(self, values: Floats, person: NDArray[np.int64]) -> Floats:
        """Sum of `values` (reports,) in each draw, shape (replicates,)."""
        summed: Floats = np.bincount(person, weights=values, minlength=len(self.times)) @ self.times
        return summed

    def over_pairs(self, values: Floats, one: NDArray[np.int64], other: NDArray[np.int64]) -> Floats:
        """Sum of `values` (pairs,) in each draw, shape (replicates,); `one` and `other` are the pairs' persons."""
        within = one == other
        apart = ~within
        shape = (len(self.times), len(self.times))
        across = csr_array((values[apart], (one[apart], other[apart])), shape=shape)
        summed: Floats = ((across @ self.times) * self.times).sum(axis=0)
        return summed + self.over_reports(values[within], one[within])


def ratio(above: Floats | float, below: Floats | float) -> Floats:
    """`above` / `below`; nan where there is nothing to divide by."""
    counted = np.asarray(below, dtype=np.float64)
    return np.where(counted > 0, np.asarray(above) / np.where(counted > 0, counted, 1.0), np.nan)


def interval(draws: Floats) -> tuple[float, float]:
    """The bounds of INTERVAL over the draws that say something; nan when fewer than half of them do."""
    told = draws[~np.isnan(draws)]
    if len(told) * 2 < len(draws) or not len(told):
        return float("nan"), float("nan")
    low, high = np.percentile(told, INTERVAL)
    return float(low), float(high)
