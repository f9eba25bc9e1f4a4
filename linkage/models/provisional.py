"""A quick look at what changed: only what lies near it is judged again, with all other series as they were.

Whoever touches a component of the candidate graph has it judged again whole, and one component holds nearly all
reports. Here the changed units, their near neighbours and the rest of their series move, each other series that they
have an edge to takes part as one unit, and the other pairs keep what was believed of them. What is found so is not
what a full run would find, so it is remembered under no key: the next exact update judges its components again.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from linkage.models.candidate_graph import CandidateGraph, Candidates, Evidence
from linkage.models.collective import Near, Pairs, Posterior, Progress, infer
from linkage.models.frozen import DIGEST, Baseline, Remembered, component_keys
from linkage.models.prior import probability_of
from linkage.models.series import gathered
from linkage.models.ties import Ties

NEAR = -0.5
"""Strength (log10 odds) of a pair from which it is near [G]: components under it have tens of rows, not hundreds."""

MOST_UNITS = 150
"""Units that are judged again at most, and from which on it is worth while not to judge all [G]: some seconds."""

HELD = 1 / 3
"""Mean probability at which the series that stay are gathered: as those of a run are (`linker_settings.STOP`)."""

LEAST = 0.01
"""Pairs below this hold no series together: as in a run (`linker_settings.LISTED_PROBABILITY`)."""

GONE = 0.1
"""Probability from which a unit is looked at again when its partner is gone [G]."""

NO_KEY = bytes(DIGEST)
"""In place of the digest of what a component was judged from: no component has it."""


def infer_near(
    candidates: Candidates,
    evidence: Evidence,
    start: NDArray[np.int64],
    seed: int,
    progress: Progress | None,
    held: Baseline,
) -> Posterior:
    """As `infer` under `held` weights and what it knows; what is new to it near the rows of `held.changed` alone.

    Where few units or most would be judged again, they are judged as `infer` does, and `near` of the answer is None.
    """
    graph = CandidateGraph.of(candidates).weighed(evidence)
    frozen, rows = held.frozen, held.changed
    assert frozen is not None
    assert rows is not None
    parts = graph.components()
    problems = [graph.problem(part, evidence) for part in parts]
    keys = component_keys(parts, problems, held.signs, start, f"{seed} {frozen.chains}")
    known = held.known.places()
    before, orphans = _before(graph, held.known)
    changed = np.union1d(candidates.unit[rows], orphans)
    again = sum(len(part) for part, key in zip(parts, keys, strict=True) if key not in known)
    if again <= MOST_UNITS or 3 * len(changed) > MOST_UNITS:
        return infer(candidates, evidence, start, seed, progress=progress, held=held)
    strong = before[2] >= LEAST
    apart = set(map(tuple, candidates.apart.tolist()))
    series = gathered(graph.units, before[0][strong], before[1][strong], before[2][strong], apart, HELD, 0.0)
    own = _region(graph, changed, series)
    local = _Local.of(candidates, graph, evidence, own, series)
    found = infer(local.candidates, evidence, local.start, seed, progress=progress, held=Baseline(frozen))
    pairs = _merged(before, own, local.spread(found, own))
    component = np.full(graph.units, -1, dtype=np.int64)
    for number, part in enumerate(parts):
        component[part] = number
    told = [key if key in known else NO_KEY for key in keys]
    return replace(
        found,
        left=pairs[0],
        right=pairs[1],
        together=pairs[2],
        whole=pairs[3],
        snapshots=np.zeros((0, graph.units), dtype=np.int32),
        scale=frozen.scales[-1],
        judged=Remembered.of(told, component, graph.names, pairs),
        near=Near(own, changed),
    )


def _before(graph: CandidateGraph, known: Remembered) -> tuple[Pairs, NDArray[np.int64]]:
    """What was believed of pairs of units that are still there, and units whose likely partner is gone."""
    place = {name: unit for unit, name in enumerate(graph.names)}
    at = np.array([place.get(name, -1) for name in known.names], dtype=np.int64)
    ends = np.sort(np.stack([at[known.left], at[known.right]]), axis=0)
    orphan = (ends[0] < 0) & (ends[1] >= 0) & (known.together > GONE)
    there = ends[0] >= 0
    return (ends[0][there], ends[1][there], known.together[there], known.whole[there]), np.unique(ends[1][orphan])


def _region(graph: CandidateGraph, changed: NDArray[np.int64], series: NDArray[np.int64]) -> NDArray[np.int64]:
    """The changed units and, up to MOST_UNITS, what is tied to them, near them or in their series, and so on."""
    least = float(np.sqrt(probability_of(np.array([NEAR]))[0]))
    members: dict[int, list[int]] = {}
    for unit, number in enumerate(series.tolist()):
        members.setdefault(number, []).append(unit)
    tied: dict[int, list[int]] = {}
    for a, b in zip(graph.ties.left.tolist(), graph.ties.right.tolist(), strict=True):
        tied.setdefault(a, []).append(b)
        tied.setdefault(b, []).append(a)
    own = dict.fromkeys(changed.tolist())
    queue = deque(own)
    while queue:
        unit = queue.popleft()
        edges = np.arange(graph.start[unit], graph.start[unit + 1])
        edges = edges[graph.pull[edges] > least]
        strongest = graph.end[edges[np.argsort(-graph.pull[edges], kind="stable")]].tolist()
        for other in (*tied.get(unit, ()), *members[int(series[unit])], *strongest):
            if other not in own and len(own) < MOST_UNITS:
                own[other] = None
                queue.append(other)
    return np.array(sorted(own), dtype=np.int64)


@dataclass(frozen=True)
class _Local:
    """The region as `infer` takes it: `place` (units,) numbers its units and, each as one, the series around it."""

    candidates: Candidates
    start: NDArray[np.int64]
    place: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        candidates: Candidates,
        graph: CandidateGraph,
        evidence: Evidence,
        own: NDArray[np.int64],
        series: NDArray[np.int64],
    ) -> _Local:
        """Pairs with an end in the region, and what holds its units apart or ties them."""
        inside = np.zeros(graph.units, dtype=bool)
        inside[own] = True
        label = np.where(inside, np.arange(graph.units), graph.units + series)
        _, first, place = np.unique(label, return_index=True, return_inverse=True)
        one, other = candidates.unit[candidates.left], candidates.unit[candidates.right]
        kept = inside[one] | inside[other]
        apart = candidates.apart[inside[candidates.apart].any(axis=1)]
        apart = np.unique(np.sort(place[apart], axis=1), axis=0)
        apart = apart[apart[:, 0] != apart[:, 1]]
        ties = _ties(graph, evidence, inside, place, np.stack([one[kept], other[kept]]))
        made = Candidates(
            candidates.names,
            candidates.left[kept],
            candidates.right[kept],
            place[candidates.unit],
            apart,
            candidates.strength[kept],
            ties,
        )
        return cls(made, series[first], place)

    def spread(self, found: Posterior, own: NDArray[np.int64]) -> Pairs:
        """What was found, for pairs of units with an end in the region."""
        members: dict[int, list[int]] = {}
        for unit, number in enumerate(self.place.tolist()):
            members.setdefault(number, []).append(unit)
        moving = set(self.place[own].tolist())
        ends = zip(*(part.tolist() for part in (found.left, found.right, found.together, found.whole)), strict=True)
        rows = [
            (min(a, b), max(a, b), chance, whole)
            for one, other, chance, whole in ends
            if one in moving or other in moving
            for a in members[one]
            for b in members[other]
        ]
        left, right = np.array([row[:2] for row in rows], dtype=np.int64).reshape(-1, 2).T
        return left, right, np.array([row[2] for row in rows], dtype=float), np.array([row[3] for row in rows], bool)


def _ties(
    graph: CandidateGraph,
    evidence: Evidence,
    inside: NDArray[np.bool_],
    place: NDArray[np.int64],
    edges: NDArray[np.int64],
) -> Ties:
    """Ties within the region, and one to each series around it for the incidents that the sampler does not count.

    It takes a unit for one incident. To join a series of k is likelier under the prior than to join one of one, and
    the tie weighs as much as that makes for the first that joins.
    """
    ties, prior = graph.ties, evidence.prior.log_series
    inner = inside[ties.left] & inside[ties.right]
    told = zip(place[ties.left], place[ties.right], ties.weight, ties.once, inner, strict=True)
    found = [(min(a, b), max(a, b), float(w), bool(once)) for a, b, w, once, within in told if within]
    incidents = np.bincount(place)
    np.subtract.at(incidents, place[ties.left[ties.once & (place[ties.left] == place[ties.right])]], 1)
    across = np.unique(np.sort(place[edges[:, inside[edges[0]] != inside[edges[1]]]], axis=0), axis=1)
    outer = np.zeros(len(incidents), dtype=bool)
    outer[place[~inside]] = True
    for a, b in across.T.tolist():
        many = int(incidents[a if outer[a] else b])
        more = float(prior[many + 1] - prior[many] - prior[2] + prior[1])
        if many > 1:
            found.append((a, b, more, False))
    return Ties.of(sorted(found))


def _merged(before: Pairs, own: NDArray[np.int64], found: Pairs) -> Pairs:
    """The pairs that were found, and those from before with no end in the region, in order."""
    stays = ~(np.isin(before[0], own) | np.isin(before[1], own))
    left, right, together, whole = (np.concatenate([one[stays], two]) for one, two in zip(before, found, strict=True))
    order = np.lexsort((right, left))
    return left[order], right[order], together[order], whole[order]
