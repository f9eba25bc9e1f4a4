"""The rows that a new report resembles most as a pair, and those far away, ranked without their place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from linkage.features.newcomer import Newcomer
from linkage.report import Report


@dataclass(frozen=True)
class Resemblance:
    """A row that a newcomer resembles: `strength` (log10 odds) of the pair, and the tempered weight of each
    comparison (log10 LR), which with the starting belief add up to it."""

    row: int
    strength: float
    weights: NDArray[np.float64]


@dataclass(frozen=True)
class ComparedReport:
    """A new report laid beside `n` rows: its `comparisons`, None where it does not know it, under
    the `tempers` of pairs (comparisons,) and the `prior` of a pair (log10 odds). `same` are ids of reports that may
    be on its incident, surest first."""

    report: Report
    comparisons: list[Newcomer | None]
    tempers: NDArray[np.float64]
    prior: float
    n: int
    same: list[str]

    @cached_property
    def strengths(self) -> NDArray[np.float64]:
        """Strength (log10 odds) of the newcomer's pair with every row, shape (n,)."""
        total = np.full(self.n, self.prior)
        for temper, one in zip(self.tempers.tolist(), self.comparisons, strict=True):
            if one is not None and temper > 0:
                one.against.add_to(total, temper)
        return total

    def nearest(self, top: int) -> list[Resemblance]:
        """The `top` rows with the strongest pairs, strongest first, ties to the lower row."""
        return self._at(strongest(self.strengths, top))

    def far(self, top: int, km: float) -> list[Resemblance]:
        """The `top` rows further than `km` away, ranked without the place, as the far lane of a run."""
        for temper, one in zip(self.tempers.tolist(), self.comparisons, strict=True):
            if one is not None and one.apart is not None:
                away = np.flatnonzero(one.apart > np.float32(km * km))
                ranked = self.strengths[away] - temper * one.against.at(away)
                return self._at(away[strongest(ranked, top)])
        return []

    def _at(self, rows: NDArray[np.int64]) -> list[Resemblance]:
        weights = np.zeros((len(rows), len(self.comparisons)))
        for at, (temper, one) in enumerate(zip(self.tempers.tolist(), self.comparisons, strict=True)):
            if one is not None and temper > 0:
                weights[:, at] = temper * one.against.at(rows)
        listed = zip(rows.tolist(), self.strengths[rows].tolist(), weights, strict=True)
        return [Resemblance(row, strength, own) for row, strength, own in listed]


def strongest(values: NDArray[np.float64], top: int) -> NDArray[np.int64]:
    """Places of the `top` largest values, largest first, ties to the lower place."""
    if top < len(values):
        least = np.partition(values, len(values) - top)[len(values) - top] if top else np.inf
        above, ties = np.flatnonzero(values > least), np.flatnonzero(values == least)
        chosen = np.sort(np.concatenate([above, ties[: top - len(above)]]))
    else:
        chosen = np.arange(len(values))
    return chosen[np.argsort(-values[chosen], kind="stable")]
