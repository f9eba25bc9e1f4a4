"""Tempers for whole series: how much each group of evidence counts when a report joins one, learned from labels.

For every labelled report the choice that the sampler has is laid out: join the rest of its own series, join one of
the series that its neighbours are in, or stand alone. The tempers are those under which the true choices are
likeliest (pseudo-likelihood, Besag 1975), ridge-drawn to the tempers of pairs, so that few labels change little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from linkage.features.set_packing import PackedSets, pack_sets
from linkage.features.table import EvidenceTable
from linkage.models.lengths import SeriesPrior
from linkage.models.model import MOST_TEMPER
from linkage.models.series_inference import CANDIDATE, RowPairs
from linkage.models.set_kernel import set_parts
from linkage.models.set_memory import memory
from linkage.models.tempers import weighing_groups

TEMPER_DEVIATION = 0.3
"""Standard deviation of a group's temper for series around its temper for pairs before labels are seen [G]."""

MOST_REPORTS = 1500
"""Reports whose choices are laid out, evenly thinned [G]: tempers no longer move much beyond."""

LN10 = float(np.log(10.0))


@dataclass(frozen=True)
class Choices:
    """Choices of many reports behind each other, each report's in a block that begins at `start` (reports,).

    `gains` (choices, groups) are natural log evidence by group, untempered; `base` (choices,) the prior's part;
    `true` (choices,) marks one choice of each block.
    """

    gains: NDArray[np.float64]
    base: NDArray[np.float64]
    true: NDArray[np.bool_]
    start: NDArray[np.int64]


def learn_series_tempers(
    groups: Sequence[str], pair_tempers: Mapping[str, float], parts: Sequence[Choices], share: float = 1.0
) -> dict[str, float]:
    """One temper for each group from the choices of several scorings, each choice counted for a `share`."""
    gains, base, true = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("gains", "base", "true")
    )
    sizes = np.cumsum([0, *(len(part.base) for part in parts)])
    start = np.concatenate([part.start + size for part, size in zip(parts, sizes, strict=False)])
    block = np.repeat(np.arange(len(start)), np.diff(np.append(start, len(base))))
    middle = np.array([pair_tempers.get(group, 1.0) for group in groups])

    def loss(tempers: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """Negative log posterior of the tempers (groups,), but for a constant, and its gradient."""
        worth = base + gains @ tempers
        most = np.maximum.reduceat(worth, start)
        chance = np.exp(worth - most[block])
        total = np.add.reduceat(chance, start)
        chance /= total[block]
        away = (tempers - middle) / TEMPER_DEVIATION
        value = share * float((np.log(total) + most).sum() - worth[true].sum()) + float(away @ away / 2)
        return value, share * (gains.T @ (chance - true)) + away / TEMPER_DEVIATION

    found = minimize(loss, middle, jac=True, method="L-BFGS-B", bounds=[(0.0, MOST_TEMPER)] * len(groups))
    return {group: round(float(value), 4) for group, value in zip(groups, found.x, strict=True)}


def choices_of(
    table: EvidenceTable, labels: Sequence[str | None], unit: NDArray[np.int64], pairs: RowPairs, prior: SeriesPrior
) -> Choices | None:
    """The choices of the table's rows; None where no labelled series has two units.

    `labels` (rows,) are known series, None for a report of which none is known: it is taken to stand alone against
    the known series. `unit` (rows,) numbers rows of one incident, of which the first speaks.
    """
    layout = _Layout(table, labels, unit, pairs)
    if not any(len(members) > 1 for members in layout.members.values()):
        return None
    gains: list[NDArray[np.float64]] = []
    base: list[float] = []
    true: list[bool] = []
    start: list[int] = []
    alone = float(prior.log_series[1]) + prior.log_people
    for row in layout.sampled_rows():
        start.append(len(base))
        own, others = layout.series_for(row)
        gains.append(np.zeros(len(layout.groups)))
        base.append(alone)
        true.append(not own)
        for members in ([own] if own else []) + others:
            gains.append(layout.gain(row, members))
            base.append(float(prior.log_series[len(members) + 1] - prior.log_series[len(members)]))
            true.append(members is own)
    return Choices(np.array(gains), np.array(base), np.array(true), np.array(start, dtype=np.int64))


class _Layout:
    """Known series of first rows of units, their neighbours, and remembered evidence by group."""

    def __init__(
        self, table: EvidenceTable, labels: Sequence[str | None], unit: NDArray[np.int64], pairs: RowPairs
    ) -> None:
        self.groups = weighing_groups(table)
        self.packed: PackedSets = pack_sets([column.set_piece() for column in table.columns], table.columns[0].n)
        self.by_group = np.zeros((len(table.evidence), len(self.groups)))
        for column, kind in enumerate(table.evidence):
            if kind.group in self.groups and table.temper(kind) > 0:
                self.by_group[column, self.groups.index(kind.group)] = LN10
        self.labels = labels
        _, first = np.unique(unit, return_index=True)
        self.first = set(first.tolist())
        self.members: dict[str, list[int]] = {}
        for row in sorted(self.first):
            if (label := labels[row]) is not None:
                self.members.setdefault(label, []).append(row)
        self.near: dict[int, set[str]] = {}
        strong = pairs.strength > CANDIDATE
        for a, b in zip(pairs.left[strong].tolist(), pairs.right[strong].tolist(), strict=True):
            for one, other in ((a, b), (b, a)):
                if (label := labels[other]) is not None and one in self.first and label != labels[one]:
                    self.near.setdefault(one, set()).add(label)
        longest = max((len(members) for members in self.members.values()), default=1) + 1
        self.room = memory(self.packed, longest, 1 << 16, 1)
        self.remembered: dict[tuple[int, ...], NDArray[np.float64]] = {}

    def sampled_rows(self) -> list[int]:
        """Rows whose choices are laid out."""
        rows = sorted(self.first)
        step = max(1, -(-len(rows) // MOST_REPORTS))
        return rows[::step]

    def series_for(self, row: int) -> tuple[list[int], list[list[int]]]:
        """The rest of the row's own series, and the series of its neighbours."""
        label = self.labels[row]
        own = [member for member in self.members.get(label, []) if member != row] if label is not None else []
        return own, [self.members[name] for name in sorted(self.near.get(row, ())) if name in self.members]

    def gain(self, row: int, members: Sequence[int]) -> NDArray[np.float64]:
        """Natural log evidence, by group, of a row joining members."""
        return self._weight((*members, row)) - self._weight(tuple(members))

    def _weight(self, rows: tuple[int, ...]) -> NDArray[np.float64]:
        key = tuple(sorted(rows))
        if key not in self.remembered:
            set_parts(self.packed, self.room, np.array(key, dtype=np.int64), len(key))
            self.remembered[key] = self.room.parts @ self.by_group
        return self.remembered[key]
