"""How far a comparison that is not known or not mentioned could move a pair, were it told: asked of the values that
reports show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linkage.features.evidence import MILLIBAN, Column, Evidence
from linkage.features.table import EvidenceTable

SAMPLED = 400
"""Reports that know the value, to which the one that does is compared [G]."""

LOWEST = 5.0
"""Percentile of what other reports' values would weigh that counts as the worst [G]: one odd report is no level."""


@dataclass(frozen=True, slots=True)
class Level:
    """A comparison that is not known or not mentioned, in which report, and how far an answer could move its weight
    (log10 LR): by `low` if it is another value, by `high` if it is the same one. `missing` holds the rows, one or
    both.
    """

    name: str
    group: str
    label: str
    missing: tuple[int, ...]
    low: float
    high: float

    @property
    def reach(self) -> float:
        """Between the worst and the best answer, log10."""
        return self.high - self.low


def levels(table: EvidenceTable, a: int, b: int) -> list[Level]:
    """How far each comparison of rows a and b could move that one of them or both do not tell, widest reach first."""
    found = []
    for evidence, column in zip(table.evidence, table.columns, strict=True):
        known = column.answered()
        missing = tuple(side for side, row in enumerate((a, b)) if not known[row])
        temper = table.temper(evidence)
        if not missing or temper == 0.0:
            continue
        rows = np.flatnonzero(known)
        if len(rows) > SAMPLED:
            rows = rows[np.linspace(0, len(rows) - 1, SAMPLED).astype(np.int64)]
        if len(rows) > 1:
            found.append(_level(evidence, column, (a, b), missing, rows, temper))
    return sorted((one for one in found if one.reach > 0), key=lambda one: (-one.reach, one.label))


def _level(
    evidence: Evidence,
    column: Column,
    pair: tuple[int, int],
    missing: tuple[int, ...],
    rows: NDArray[np.int64],
    temper: float,
) -> Level:
    """With one side known, its value against the same and against others'; else the usual values in its place."""
    if len(missing) == 1:
        told = np.full(len(rows), pair[1 - missing[0]], dtype=np.int64)
        same = column.agreeing(told[:1], temper)
        others = rows[rows != told[0]]
        other = column.millibans(told[: len(others)], others, temper)
    else:
        same = column.agreeing(rows, temper)
        other = column.millibans(rows, np.roll(rows, 1 + len(rows) // 3), temper)
    high = float(np.median(same)) / MILLIBAN
    low = float(np.percentile(other, LOWEST)) / MILLIBAN if len(other) else 0.0
    now = float(column.millibans(np.array(pair[:1]), np.array(pair[1:]), temper)[0]) / MILLIBAN  # of silence, or 0
    return Level(evidence.name, evidence.group, evidence.label, missing, min(low, high) - now, max(low, high) - now)
