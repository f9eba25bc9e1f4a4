"""From pair weights to judged series: candidate graph, constraints, inference, and what is believed of each pair."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from linkage.features.packing import SetPiece
from linkage.features.parameters import Parameters
from linkage.features.set_packing import pack_sets
from linkage.models.candidate_graph import Candidates, Evidence
from linkage.models.collective import Posterior, infer
from linkage.models.frozen import Held
from linkage.models.lengths import series_prior
from linkage.models.series import Conflict, Pair, find_series
from linkage.models.together import Calibration

CANDIDATE = -1.5
"""Strength (log10 odds) of a pair from which it is an edge of the candidate graph [R]: one in thirty; with twice the
edges accuracy was the same (docs/decisions/0013). Pairs without an edge may still come together through others."""

START = -0.3
"""Mean strength at which the greedy start stops [G]."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class RowPairs:
    """Pairs of rows `left` < `right` and their `strength` (log10 odds, prior included)."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    strength: NDArray[np.float64]

    @classmethod
    def none(cls) -> RowPairs:
        """No pairs."""
        return cls(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))


@dataclass(frozen=True)
class Constraints:
    """Pairs of reports that analysts decided must be, or must not be, of one person."""

    must: tuple[Pair, ...] = ()
    cannot: tuple[Pair, ...] = ()

    @classmethod
    def of(cls, must: Iterable[Pair], cannot: Iterable[Pair], known: Iterable[str]) -> Constraints:
        """Those whose reports are known, each pair in order and once."""
        held = set(known)

        def kept(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
            """Pairs of known reports, the smaller first, sorted and once each."""
            return tuple(sorted({(min(pair), max(pair)) for pair in pairs if held >= set(pair)}))

        return cls(kept(must), kept(cannot))


@dataclass(frozen=True)
class Judged:
    """What is believed once series were judged together.

    `unit` (rows,) numbers rows that must stay together; `posterior` is over units, and `together` its calibrated
    probabilities; `conflicts` are decisions that contradict each other; `apart` (k, 2) are units that must not be
    together.
    """

    unit: NDArray[np.int64]
    posterior: Posterior
    together: NDArray[np.float64]
    conflicts: list[Conflict]
    apart: NDArray[np.int64] = field(default_factory=lambda: np.zeros((0, 2), dtype=np.int64))

    def row_pairs(self, least: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Pairs of rows at least this probable, left < right."""
        chosen = self.together >= least
        rows = [np.flatnonzero(self.unit == unit) for unit in range(int(self.unit.max(initial=-1)) + 1)]
        found = [
            (a, b)
            for one, other in zip(self.posterior.left[chosen], self.posterior.right[chosen], strict=True)
            for a in rows[one]
            for b in rows[other]
        ]
        found += [pair for members in rows if len(members) > 1 for pair in combinations(members, 2)]
        pairs = np.array(found, dtype=np.int64).reshape(-1, 2)
        return pairs.min(axis=1), pairs.max(axis=1)

    def belief(
        self, left: NDArray[np.int64], right: NDArray[np.int64], alone: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Final probability of row pairs: 1 within a unit, 0 where decisions hold them apart, from the chains where
        they were weighed, else the pair's own, which is below that of every edge."""
        units = np.int64(int(self.unit.max(initial=-1)) + 2)
        keys = self.posterior.left * units + self.posterior.right
        one, other = self.unit[left], self.unit[right]
        wanted = np.minimum(one, other) * units + np.maximum(one, other)
        at = np.minimum(np.searchsorted(keys, wanted), max(0, len(keys) - 1))
        found = keys[at] == wanted if len(keys) else np.zeros(len(wanted), dtype=bool)
        together = np.where(found, self.together[at] if len(keys) else 0.0, alone)
        held = np.isin(wanted, self.apart.min(axis=1) * units + self.apart.max(axis=1))
        return np.where(one == other, 1.0, np.where(held, 0.0, together))


def judge(
    pieces: Sequence[SetPiece],
    tempers: NDArray[np.float64],
    rows: Sequence[Sequence[str]],
    incident: NDArray[np.int64],
    pairs: RowPairs,
    parameters: Parameters,
    constraints: Constraints,
    calibration: Calibration,
    seed: int = 0,
    progress: Progress | None = None,
    held: Held | None = None,
) -> Judged:
    """Judge series together. `rows` are the report ids of each row; rows of one `incident` stay together.

    Under `held` weights components that are known are not judged again.
    """
    row_of = {report: row for row, members in enumerate(rows) for report in members}
    must = [(row_of[a], row_of[b]) for a, b in constraints.must]
    unit = held_together(incident, must)
    apart, conflicts = units_apart(unit, incident, row_of, constraints)
    held_apart = {(int(a), int(b)) for a, b in apart} | {(int(b), int(a)) for a, b in apart}
    strong = pairs.strength > CANDIDATE
    one, other = unit[pairs.left], unit[pairs.right]
    free = np.array([(int(a), int(b)) not in held_apart for a, b in zip(one, other, strict=True)], dtype=bool)
    edges = strong & (one != other) & free
    names = [members[0] for members in rows]
    units = int(unit.max(initial=-1)) + 1
    if not edges.any():
        return Judged(unit, Posterior.of_nobody(units), np.zeros(0), conflicts, apart)
    people_of = held.frozen.units if held and held.frozen else units
    evidence = Evidence(pack_sets(pieces, len(rows)), tempers, series_prior(people_of, parameters))
    del pieces  # as large as what was packed from them, and the caller holds them no longer
    start = _greedy(unit, one[edges], other[edges], pairs.strength[edges], held_apart)
    candidates = Candidates(names, pairs.left[edges], pairs.right[edges], unit, apart, pairs.strength[edges])
    posterior = infer(candidates, evidence, start, seed, progress=progress, held=held)
    return Judged(unit, posterior, calibration.of(posterior.together), conflicts, apart)


def held_together(incident: NDArray[np.int64], must: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
    """Rows of one incident and rows tied by must-links, numbered by what stays together."""
    rows = len(incident)
    if not rows:
        return np.zeros(0, dtype=np.int64)
    first = np.unique(incident, return_index=True, return_inverse=True)
    tied = [*zip(range(rows), first[1][first[2]].tolist(), strict=True), *must]
    one, other = np.array(tied, dtype=np.int64).T
    _, label = connected_components(coo_array((np.ones(len(tied)), (one, other)), shape=(rows, rows)), directed=False)
    return np.unique(label, return_inverse=True)[1].astype(np.int64)


def units_apart(
    unit: NDArray[np.int64], incident: NDArray[np.int64], row_of: dict[str, int], constraints: Constraints
) -> tuple[NDArray[np.int64], list[Conflict]]:
    """Pairs of units that must not be together, and cannot-links that other decisions or one incident contradict."""
    incident_of = {report: int(incident[row]) for report, row in row_of.items()}
    apart, conflicts = set(), []
    for a, b in constraints.cannot:
        one, other = int(unit[row_of[a]]), int(unit[row_of[b]])
        if one == other:
            conflicts.append(Conflict(a, b, _ties(a, b, incident_of, constraints.must)))
        else:
            apart.add((min(one, other), max(one, other)))
    return np.array(sorted(apart), dtype=np.int64).reshape(-1, 2), conflicts


def _ties(a: str, b: str, incident_of: dict[str, int], must: Sequence[Pair]) -> tuple[Pair, ...]:
    """The fewest must-links that tie two reports; none when one incident does."""
    before: dict[str, tuple[str, Pair]] = {}
    queue, seen = deque([a]), {a}
    while queue:
        here = queue.popleft()
        if here == b or incident_of[here] == incident_of[b]:
            path = []
            while here != a:
                here, tie = before[here]
                path.append(tie)
            return tuple(reversed(path))
        for tie in must:
            at = next((name for name in tie if name == here or incident_of[name] == incident_of[here]), None)
            far = tie[1] if at == tie[0] else tie[0]
            if at is not None and far not in seen:
                seen.add(far)
                before[far] = (here, tie)
                queue.append(far)
    return ()


def _greedy(
    unit: NDArray[np.int64],
    one: NDArray[np.int64],
    other: NDArray[np.int64],
    strength: NDArray[np.float64],
    held_apart: set[tuple[int, int]],
) -> NDArray[np.int64]:
    """A partition of the units by average linkage, as a number for each."""
    units = int(unit.max(initial=-1)) + 1

    def name(number: int) -> str:
        """A unit's number as text that sorts as the numbers do."""
        return f"{number:09d}"

    strongest: dict[Pair, float] = {}
    for a, b, value in zip(np.minimum(one, other), np.maximum(one, other), strength, strict=True):
        key = (name(a), name(b))
        strongest[key] = max(strongest.get(key, -np.inf), float(value))
    cannot = [(name(a), name(b)) for a, b in held_apart if a < b]
    found = find_series(strongest, {}, cannot_link=cannot, stop=START)
    start = np.arange(units, dtype=np.int64)
    for member in found.members:
        start[int(member.report_id)] = int(member.series_id.removeprefix("S-"))
    return start
