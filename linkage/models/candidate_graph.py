"""The candidate graph: units of reports that stay together, and the pairs strong enough to be weighed in series."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from linkage.features.set_packing import PackedSets
from linkage.models.lengths import SeriesPrior
from linkage.models.partition import Problem
from linkage.models.prior import probability_of
from linkage.models.set_kernel import LN10, set_parts
from linkage.models.set_memory import memory
from linkage.models.ties import Ties

MOST_ROWS = 120
"""Rows of a series at most [G]: the longest known series in the literature has fewer (SCIENCE.md 3)."""


@dataclass(frozen=True)
class Candidates:
    """The candidate graph over rows: pairs `left` < `right`, and rows that must be together or apart.

    `unit` (rows,) numbers what stays together; `apart` (k, 2) are pairs of units that must not be together, and
    `ties` move the odds of units, each of which needs a pair; `names` (rows,) are report ids, which seed each
    component, so that a row more elsewhere changes nothing here. `strength` (pairs,) are log10 odds of the pairs,
    by which moves are proposed.
    """

    names: Sequence[str]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    unit: NDArray[np.int64]
    apart: NDArray[np.int64]
    strength: NDArray[np.float64]
    ties: Ties = field(default_factory=lambda: Ties.of([]))


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
    and no edge is left out. `counts` (edges,) is what a pair counts for among the links that the prior expects: none
    within a proposed incident, and all pairs of two incidents together once.
    """

    names: list[str]
    unit_start: NDArray[np.int64]
    unit_rows: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    pull: NDArray[np.float64]
    apart: csr_array
    ties: Ties
    counts: NDArray[np.float64]

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
        ties, share = candidates.ties, candidates.ties.incidents(units)
        within = np.concatenate([ties.left * units + ties.right, ties.right * units + ties.left])
        counts = share[first] * share[end] * ~np.isin(keys, within[np.tile(ties.once, 2)])
        return cls(names, starts, order, np.searchsorted(first, np.arange(units + 1)), end, pull, held, ties, counts)

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

    def weighed(self, evidence: Evidence) -> CandidateGraph:
        """The same graph, with the evidence between the ends of its ties."""
        rows = np.split(self.unit_rows, self.unit_start[1:-1])
        pairs = zip(self.ties.left.tolist(), self.ties.right.tolist(), strict=True)
        known = [_between(rows[a], rows[b], evidence) for a, b in pairs]
        return replace(self, ties=self.ties.with_evidence(np.array(known, dtype=float)))

    def problem(self, part: NDArray[np.int64], evidence: Evidence) -> Problem:
        """The component as the sampler takes it."""
        place = np.full(self.units, -1, dtype=np.int64)
        place[part] = np.arange(len(part))
        rows = [self.unit_rows[self.unit_start[unit] : self.unit_start[unit + 1]] for unit in part]
        apart = self.apart[part]
        inside = np.isin(apart.indices, part)
        edges, ties = self.edges_of(part), self.ties
        counts = np.add.reduceat(np.append(inside, 0), apart.indptr[:-1]) * (np.diff(apart.indptr) > 0)
        ends, others = np.concatenate([ties.left, ties.right]), np.concatenate([ties.right, ties.left])
        tied = np.flatnonzero(place[ends] >= 0)
        tied = tied[np.lexsort((place[others[tied]], place[ends[tied]]))]
        tie = tied % max(1, len(ties))
        return Problem(
            _starts([len(one) for one in rows]),
            np.concatenate(rows),
            np.array([fingerprint(self.names[unit]) for unit in part], dtype=np.uint64),
            _starts(np.diff(self.start)[part]),
            place[self.end[edges]],
            np.cumsum(self.pull[edges]),
            _starts(counts),
            place[apart.indices[inside]],
            np.searchsorted(place[ends[tied]], np.arange(len(part) + 1)),
            place[others[tied]],
            ties.weight[tie],
            ties.evidence[tie],
            ties.once[tie].astype(np.int64),
            evidence.prior.log_series,
            evidence.prior.log_people,
            1.0,
            max(MOST_ROWS, 2 * max(len(one) for one in rows)),
        )


def _between(one: NDArray[np.int64], other: NDArray[np.int64], evidence: Evidence) -> float:
    """Tempered natural log evidence of two units being of one person, beyond that of each."""
    room = memory(evidence.packed, len(one) + len(other), 1, 1)
    found = []
    for rows in (np.concatenate([one, other]), one, other):
        ordered = np.sort(rows)
        set_parts(evidence.packed, room, ordered, len(ordered))
        found.append(float(evidence.tempers @ room.parts[: len(evidence.tempers)]) * LN10)
    return found[0] - found[1] - found[2]


def fingerprint(name: str) -> int:
    """A fingerprint of 64 bits that depends on nothing but the name."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little")


def _starts(sizes: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
