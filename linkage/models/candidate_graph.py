"""The candidate graph: units of reports that stay together, and the pairs strong enough to be weighed in series."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from linkage.features.set_packing import PackedSets
from linkage.models.lengths import SeriesPrior
from linkage.models.partition import Problem
from linkage.models.prior import probability_of

MOST_ROWS = 120
"""Rows of a series at most [G]: the longest known series in the literature has fewer (SCIENCE.md 3)."""


@dataclass(frozen=True)
class Candidates:
    """The candidate graph over rows: pairs `left` < `right`, and rows that must be together or apart.

    `unit` (rows,) numbers what stays together; `apart` (k, 2) are pairs of units that must not be together; `names`
    (rows,) are report ids, which seed each component, so that a row more elsewhere changes nothing here. `strength`
    (pairs,) are log10 odds of the pairs, by which moves are proposed.
    """

    names: Sequence[str]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    unit: NDArray[np.int64]
    apart: NDArray[np.int64]
    strength: NDArray[np.float64]


@dataclass(frozen=True)
class Evidence:
    """What the sampler weighs: packed columns, the temper of each, and the prior over partitions."""

    packed: PackedSets
    tempers: NDArray[np.float64]
    prior: SeriesPrior


@dataclass(frozen=True)
class CandidateGraph:
    """Units, their rows, and edges in both directions sorted by their first end.

    `pull` (edges,) is the square root of the pair's own probability [G]: moves are proposed where they may succeed,
    and no edge is left out.
    """

    names: list[str]
    unit_start: NDArray[np.int64]
    unit_rows: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    pull: NDArray[np.float64]
    apart: csr_array

    @property
    def units(self) -> int:
        """Number of units."""
        return len(self.names)

    @classmethod
    def of(cls, candidates: Candidates) -> CandidateGraph:
        """The graph of the candidate row pairs: none within a unit, and between two units the strongest."""
        unit, units = candidates.unit, int(candidates.unit.max(initial=-1)) + 1
        order = np.argsort(unit, kind="stable")
        starts = np.searchsorted(unit[order], np.arange(units + 1))
        names = [min(candidates.names[row] for row in order[a:b]) for a, b in pairwise(starts)]
        one, other = unit[candidates.left], unit[candidates.right]
        both = np.concatenate([one * units + other, other * units + one])
        kept = np.tile(one != other, 2)
        keys, at = np.unique(both[kept], return_inverse=True)
        pull = np.zeros(len(keys))
        np.maximum.at(pull, at, np.tile(np.sqrt(probability_of(candidates.strength)), 2)[kept])
        first, end = np.divmod(keys, max(1, units))
        apart = np.concatenate([candidates.apart, candidates.apart[:, ::-1]])
        held = csr_array((np.ones(len(apart)), (apart[:, 0], apart[:, 1])), shape=(units, units))
        return cls(names, starts, order, np.searchsorted(first, np.arange(units + 1)), end, pull, held)

    def components(self) -> list[NDArray[np.int64]]:
        """Units of each component of two or more, largest first, each in the order of their names."""
        shape = (self.units, self.units)
        adjacency = coo_array(
            (np.ones(len(self.end)), (np.repeat(np.arange(self.units), np.diff(self.start)), self.end)), shape=shape
        )
        _, label = connected_components(adjacency, directed=False) if self.units else (0, np.zeros(0, np.int64))
        order = np.argsort(label, kind="stable")
        parts = np.split(order, np.flatnonzero(np.diff(label[order])) + 1)
        named = [np.array(sorted(part, key=lambda unit: self.names[unit])) for part in parts if len(part) > 1]
        return sorted(named, key=lambda part: (-len(part), self.names[part[0]]))

    def edges_of(self, part: NDArray[np.int64]) -> NDArray[np.int64]:
        """Edges that leave the units of a component, in their order."""
        return np.concatenate([np.arange(self.start[unit], self.start[unit + 1]) for unit in part])

    def problem(self, part: NDArray[np.int64], evidence: Evidence) -> Problem:
        """The component as the sampler takes it."""
        place = np.full(self.units, -1, dtype=np.int64)
        place[part] = np.arange(len(part))
        rows = [self.unit_rows[self.unit_start[unit] : self.unit_start[unit + 1]] for unit in part]
        apart = self.apart[part]
        inside = np.isin(apart.indices, part)
        edges = self.edges_of(part)
        counts = np.add.reduceat(np.append(inside, 0), apart.indptr[:-1]) * (np.diff(apart.indptr) > 0)
        return Problem(
            _starts([len(one) for one in rows]),
            np.concatenate(rows),
            np.array([fingerprint(self.names[unit]) for unit in part], dtype=np.uint64),
            _starts(np.diff(self.start)[part]),
            place[self.end[edges]],
            np.cumsum(self.pull[edges]),
            _starts(counts),
            place[apart.indices[inside]],
            evidence.prior.log_series,
            evidence.prior.log_people,
            1.0,
            max(MOST_ROWS, 2 * max(len(one) for one in rows)),
        )


def fingerprint(name: str) -> int:
    """A fingerprint of 64 bits that depends on nothing but the name."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little")


def _starts(sizes: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
