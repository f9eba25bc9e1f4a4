"""From pair weights to judged series: candidate graph, constraints, inference, and what is believed of each pair."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from types import NoneType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from linkage.arguments import one_of
from linkage.features.packing import SetPiece
from linkage.features.parameters import Parameters
from linkage.features.set_packing import pack_sets
from linkage.models.calibration import Calibrate
from linkage.models.candidate_graph import Candidates, Evidence
from linkage.models.collective import Posterior, infer
from linkage.models.frozen import Baseline
from linkage.models.lengths import SeriesPrior, series_prior
from linkage.models.provisional import infer_near
from linkage.models.series import Conflict, Pair, gathered
from linkage.models.ties import Ties, ties_of
from linkage.models.work import THREADS, Work

CANDIDATE = -1.2
"""Strength (log10 odds) of a pair from which it is an edge of the candidate graph [R]: one in seventeen; with nearly
twice the edges (-1.5) accuracy was the same, with half of them (-0.9) worse (docs/decisions/0089). Pairs without an
edge may still come together through others."""

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

    def __len__(self) -> int:
        return len(self.left)

    def listed(self) -> list[tuple[int, int, float]]:
        """The pairs as tuples."""
        return list(zip(self.left.tolist(), self.right.tolist(), self.strength.tolist(), strict=True))


@dataclass(frozen=True)
class Constraints:
    """What analysts decided of pairs of reports: `must` be of one person, `cannot` be; `soft` are linked by one
    analyst and not checked yet; `same` tell of one incident and `other` do not."""

    must: tuple[Pair, ...] = ()
    cannot: tuple[Pair, ...] = ()
    soft: tuple[Pair, ...] = ()
    same: tuple[Pair, ...] = ()
    other: tuple[Pair, ...] = ()

    @classmethod
    def of(
        cls,
        must: Iterable[Pair],
        cannot: Iterable[Pair],
        known: Iterable[str],
        soft: Iterable[Pair] = (),
        same: Iterable[Pair] = (),
        other: Iterable[Pair] = (),
    ) -> Constraints:
        """Those whose reports are known, each pair in order and once."""
        held = set(known)

        def kept(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
            """The known pairs among these, in order."""
            return tuple(sorted({(min(pair), max(pair)) for pair in pairs if held >= set(pair)}))

        return cls(kept(must), kept(cannot), kept(soft), kept(same), kept(other))

    @staticmethod
    def given(constraints: Any) -> Constraints | None:
        """What a call was given, None where it was given none. Raises ArgumentError for anything else."""
        one_of("constraints", constraints, (Constraints, NoneType), "give what Constraints.of(...) makes, or None")
        found: Constraints | None = constraints
        return found

    def within(self, known: Iterable[str]) -> Constraints:
        """Those whose reports are known."""
        return Constraints.of(self.must, self.cannot, known, self.soft, self.same, self.other)


@dataclass(frozen=True)
class SeriesPosterior:
    """What is believed once series were judged together.

    `unit` (rows,) numbers rows that must stay together; `posterior` is over units, and `together` its calibrated
    probabilities; `conflicts` are decisions that contradict each other; `apart` (k, 2) are units that must not be
    together; `incidents` counts them, proposed ones once.
    """

    unit: NDArray[np.int64]
    posterior: Posterior
    together: NDArray[np.float64]
    conflicts: list[Conflict]
    apart: NDArray[np.int64] = field(default_factory=lambda: np.zeros((0, 2), dtype=np.int64))
    incidents: int = 0

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
    proposed: RowPairs,
    pairs: RowPairs,
    parameters: Parameters,
    constraints: Constraints,
    calibration: Calibrate,
    seed: int = 0,
    progress: Progress | None = None,
    held: Baseline | None = None,
    work: Work = THREADS,
    chains: int | None = None,
) -> SeriesPosterior:
    """Judge series together. `rows` are the report ids of each row; `proposed` hold proposed incidents together, with
    the odds of being together by themselves; `calibration` turns what the chains say into what is believed.

    Under `held` weights components that are known are not judged again, and where it says what changed, only what
    lies near that. Chains run where `work` says, `chains` of each component.
    """
    layout = Layout.of(rows, constraints, proposed, parameters, held.frozen.units if held and held.frozen else None)
    unit, apart, held_apart = layout.unit, layout.apart, layout.held_apart
    units = int(unit.max(initial=-1)) + 1
    pairs = _with_ties(pairs, proposed, layout)
    strong = pairs.strength > CANDIDATE
    one, other = unit[pairs.left], unit[pairs.right]
    key = np.minimum(one, other) * np.int64(units) + np.maximum(one, other)
    strong |= np.isin(key, layout.ties.left * units + layout.ties.right)
    edges = strong & (one != other) & ~np.isin(key, apart[:, 0] * units + apart[:, 1])
    names = [members[0] for members in rows]
    if not edges.any():
        return SeriesPosterior(
            unit, Posterior.of_nobody(units), np.zeros(0), layout.conflicts, apart, layout.incidents
        )
    evidence = Evidence(pack_sets(pieces, len(rows)), tempers, layout.prior)
    del pieces  # as large as what was packed from them, and the caller holds them no longer
    start = gathered(units, one[edges], other[edges], pairs.strength[edges], held_apart, START)
    candidates = Candidates(
        names, pairs.left[edges], pairs.right[edges], unit, apart, pairs.strength[edges], layout.ties
    )
    if held is not None and held.changed is not None:
        posterior = infer_near(candidates, evidence, start, seed, progress, held)
    else:
        posterior = infer(candidates, evidence, start, seed, progress=progress, held=held, work=work, chains=chains)
    return SeriesPosterior(
        unit, posterior, calibration.of(posterior, unit), layout.conflicts, apart, layout.incidents
    )


@dataclass(frozen=True)
class Layout:
    """What decisions and proposals make of rows: `unit` (rows,) numbers what stays together, `apart` (k, 2) are units
    that must not be together (`held_apart` the same, smaller first), `ties` move odds; `prior` is over `incidents`
    (each proposed one once), and `conflicts` are decisions that contradict each other."""

    unit: NDArray[np.int64]
    apart: NDArray[np.int64]
    held_apart: set[tuple[int, int]]
    ties: Ties
    prior: SeriesPrior
    conflicts: list[Conflict]
    incidents: int

    @classmethod
    def of(
        cls,
        rows: Sequence[Sequence[str]],
        constraints: Constraints,
        proposed: RowPairs,
        parameters: Parameters,
        frozen: int | None = None,
    ) -> Layout:
        """Lay out rows of these reports; the prior is for `frozen` incidents where an earlier run says so."""
        row_of = {report: row for row, members in enumerate(rows) for report in members}
        unit = must_link_units(len(rows), [(row_of[a], row_of[b]) for a, b in constraints.must])
        apart, conflicts = units_apart(unit, row_of, constraints)
        held_apart = {(int(a), int(b)) for a, b in apart}
        first_links = [(int(unit[row_of[a]]), int(unit[row_of[b]])) for a, b in constraints.soft]
        same = [(int(unit[a]), int(unit[b]), odds) for a, b, odds in proposed.listed()]
        amount, units = parameters.get("series", "soft_link"), int(unit.max(initial=-1)) + 1
        prior = series_prior(frozen or units, parameters)
        ties = ties_of(first_links, same, held_apart, amount, prior)
        incidents = units - int(ties.once.sum())
        if frozen is None and incidents < units:
            prior = series_prior(incidents, parameters)
            ties = ties_of(first_links, same, held_apart, amount, prior)
        return cls(unit, apart, held_apart, ties, prior, conflicts, incidents)


def _with_ties(pairs: RowPairs, proposed: RowPairs, layout: Layout) -> RowPairs:
    """Pairs of rows with those of the ties beside them: where nothing leads, no move goes."""
    first = np.unique(layout.unit, return_index=True)[1]
    links = ~layout.ties.once
    left, right = first[layout.ties.left[links]], first[layout.ties.right[links]]
    strength = np.full(len(left), CANDIDATE)
    return RowPairs(
        np.concatenate([pairs.left, proposed.left, np.minimum(left, right)]),
        np.concatenate([pairs.right, proposed.right, np.maximum(left, right)]),
        np.concatenate([pairs.strength, proposed.strength, strength]),
    )


def must_link_units(rows: int, must: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
    """Rows tied by must-links, numbered by what stays together."""
    if not rows:
        return np.zeros(0, dtype=np.int64)
    tied = np.array(must, dtype=np.int64).reshape(-1, 2)
    shape, one = (rows, rows), np.ones(len(tied))
    _, label = connected_components(coo_array((one, (tied[:, 0], tied[:, 1])), shape=shape), directed=False)
    return np.unique(label, return_inverse=True)[1].astype(np.int64)


def units_apart(
    unit: NDArray[np.int64], row_of: dict[str, int], constraints: Constraints
) -> tuple[NDArray[np.int64], list[Conflict]]:
    """Pairs of units that must not be together, and cannot-links that other decisions or one incident contradict."""
    apart, conflicts = set(), []
    for a, b in constraints.cannot:
        one, other = int(unit[row_of[a]]), int(unit[row_of[b]])
        if one == other:
            conflicts.append(Conflict(a, b, _tied_by(a, b, row_of, constraints.must)))
        else:
            apart.add((min(one, other), max(one, other)))
    return np.array(sorted(apart), dtype=np.int64).reshape(-1, 2), conflicts


def _tied_by(a: str, b: str, row_of: dict[str, int], must: Sequence[Pair]) -> tuple[Pair, ...]:
    """The fewest must-links that tie two reports; none when one incident does."""
    before: dict[str, tuple[str, Pair]] = {}
    queue, seen = deque([a]), {a}
    while queue:
        here = queue.popleft()
        if here == b or row_of[here] == row_of[b]:
            path = []
            while here != a:
                here, tie = before[here]
                path.append(tie)
            return tuple(reversed(path))
        for tie in must:
            at = next((name for name in tie if name == here or row_of[name] == row_of[here]), None)
            far = tie[1] if at == tie[0] else tie[0]
            if at is not None and far not in seen:
                seen.add(far)
                before[far] = (here, tie)
                queue.append(far)
    return ()
