"""How much of what happened a report tells: the share of things done that are told, and of things not done denied.

A report's level is how much it tells beside the fullest ones: the mean of its kind, moved by what it tells itself
(gamma-Poisson; Robbins 1956), so that a terse reporter's silence weighs little. A report that tells no behaviour at
all has no level: that none was read from it says nothing of any. Silence at level l on an item that a person shows
with propensity theta has the likelihood 1 - theta R - (1 - theta) A (SCIENCE.md 9; detection failure as in occupancy
models, MacKenzie et al. 2002).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import NDArray

from linkage.report import Report

RELATIVE = np.array([0.12, 0.25, 0.4, 0.55, 0.75, 1.0])
"""Levels: how much is told beside the fullest reports [G]: finer steps change weights by less than a hundredth."""

FULLEST = 0.9
"""Quantile of what reports tell that counts as the fullest [G]: single reports tell more, and none all."""

KIND_STRENGTH = 20.0
"""Reports' worth of the belief that a kind of report tells as much as all do [G]."""

VERBOSITY_SHARE = 0.5
"""Part of the scatter in how much reports of a kind tell that is how the reporter tells, the rest being what happened
[G]."""

MOST_TOLD = 0.95
"""No more than this share of anything is told, or denied [G]: silence never rules anything out."""

DENIAL_STRENGTH = 20.0
"""Reports' worth of the belief that an item is denied as often as others are [G]."""


@dataclass(frozen=True)
class Telling:
    """What reports tell, as found in some reports: mean number of behaviours told by kind, and for all kinds; shape
    of the gamma of verbosity; and the number told that counts as the fullest."""

    by_kind: dict[str, float]
    mean: float
    shape: float
    fullest: float

    @classmethod
    def of(cls, kinds: Sequence[str], count: NDArray[np.int64], denies: NDArray[np.bool_]) -> Telling:
        """As reports tell of these kinds (`kind_of`), with as many behaviours told, that deny any or not; (reports,)
        each."""
        telling = (count > 0) | denies
        counts, kind = count[telling].astype(float), np.array(kinds)[telling]
        if not len(counts):
            return cls({}, 1.0, 1.0, 1.0)
        mean = max(float(counts.mean()), 0.1)
        by_kind = {
            str(one): float(
                (counts[kind == one].sum() + KIND_STRENGTH * mean) / ((kind == one).sum() + KIND_STRENGTH)
            )
            for one in np.unique(kind)
        }
        expected = np.array([by_kind[one] for one in kind.tolist()])
        # the same in whatever order the reports come, to the last bit
        scatter = fsum((counts - expected) ** 2 - expected) / fsum(expected**2)
        shape = 1.0 / max(VERBOSITY_SHARE * scatter, 1e-3)
        likely = _likely(shape, expected, counts)
        return cls(by_kind, mean, shape, max(float(np.quantile(likely, FULLEST)), 0.1))

    def levels(self, kinds: Sequence[str], count: NDArray[np.int64], denies: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Level of each report (reports,), given as in `of`: 0 for one that tells no behaviour, else 1 + 2 * its
        place in RELATIVE, and one more for one that denies anything."""
        expected = np.array([self.by_kind.get(kind, self.mean) for kind in kinds], dtype=float)
        share = _likely(self.shape, expected, count.astype(float)) / self.fullest
        nearest = np.abs(np.log(RELATIVE / np.maximum(share, 1e-6)[:, None])).argmin(axis=1)
        return np.where((count > 0) | denies, 1 + 2 * nearest + denies.astype(np.int64), 0)


def _likely(shape: float, expected: NDArray[np.float64], count: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much reports would tell on average, of kinds that tell `expected`, and telling `count` themselves."""
    return expected * (shape + count) / (shape + expected)


def tells(report: Report) -> bool:
    """Does it tell of any behaviour, as done or as not done?"""
    said = report.behaviours
    return bool(said.present or said.withheld or said.absent)


def kind_of(report: Report) -> str:
    """What reports are alike in how much they tell: the kind of report, and who passed it on."""
    return f"{report.report_type or 'not known'}, {report.source.kind or 'not known'}"


LEVELS = 1 + 2 * len(RELATIVE)
"""Number of levels, the one of reports that tell nothing among them."""


def shares_told(share: float) -> NDArray[np.float64]:
    """Share R of things done that reports of each level tell (LEVELS,), where the fullest tell `share`."""
    return np.concatenate([[0.0], np.minimum(np.repeat(share * RELATIVE, 2), MOST_TOLD)])


def shares_denied(
    denied: NDArray[np.float64], level: NDArray[np.int64], prevalence: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Share A of things not done that reports of each level deny, by item (LEVELS, items): none at levels of reports
    that deny nothing. `denied` (items,) counts the denials among reports at these levels (reports,)."""
    denying = (level > 0) & (level % 2 == 0)
    chances = np.maximum(denying.sum() * (1 - prevalence), 1e-9)
    usual = float(denied.sum() / chances.sum()) if len(denied) else 0.0
    share = np.minimum((denied + DENIAL_STRENGTH * usual) / (chances + DENIAL_STRENGTH), MOST_TOLD)
    levels = np.arange(LEVELS)
    found: NDArray[np.float64] = np.where(((levels > 0) & (levels % 2 == 0))[:, None], share, 0.0)
    return found
