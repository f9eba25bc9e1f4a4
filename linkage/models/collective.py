"""Series judged together: co-membership probabilities by sampling partitions of the candidate graph.

The pair scan yields a sparse graph; each of its components is a task of its own, run in several chains, half of them
started from series gathered greedily and half from nobody linked. While they settle, the evidence is scaled down, as
for pairs (`prior.honest_temper`) but over whole series, until no more links are expected than the prior allows, its
mean and one standard deviation (stochastic approximation, Robbins and Monro 1951). How far the chains agree is told
with the result.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from linkage.models.candidate_graph import MOST_ROWS, CandidateGraph, Candidates, Evidence, fingerprint
from linkage.models.frozen import Baseline, Remembered, component_keys
from linkage.models.partition import start_from
from linkage.models.sampled_series import sampled_series
from linkage.models.work import THREADS, ChainTask, SharedSets, Work

Progress = Callable[[int, int], None]
Pairs = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.bool_]]
"""Both units of each pair, their probability, and whether they are of one sampled series."""

CHAINS: tuple[tuple[int, int], ...] = ((12_000, 20),)
"""Chains a component by how many directed edges the graph has at most, half of them from each start; else FEWEST [R].

What another seed changes is mostly which of several likely partitions a chain settles in, so many short chains agree
better than few long ones for the same time. docs/reference/series.md tells how far they agree, and
docs/decisions/0055 what they cost."""

FEWEST = 10
"""Chains a component of a graph with more edges than any in CHAINS."""

SWEEPS = 12
"""Sweeps of a chain that are counted, one partition kept of each [R]: as CHAINS."""

STRETCH = 40
"""Partitions whose pairs are counted at a time [G]."""

HEAT = (0.5, 0.7, 0.85)
"""Shares of the evidence in the blocks before the scale settles [G]: chains that begin with weak evidence leave their
start and settle in likelier series, as in annealing (Kirkpatrick et al. 1983)."""

BLOCKS, BLOCK = 5, 2
"""Blocks of sweeps in which the scale settles and the chains forget their start [R]: as CHAINS."""

STEP = 0.4
"""How far the log of the scale moves for each unit of log pairs in the first block; then by 1 / sqrt(block) [G]."""

LOWEST_SCALE = 0.4
"""Evidence is never scaled below this [G]."""


@dataclass(frozen=True)
class Near:
    """Where only a part was judged again: its `units`, and those of them that `changed`."""

    units: NDArray[np.int64]
    changed: NDArray[np.int64]


@dataclass(frozen=True)
class Posterior:
    """What the chains found, over units.

    `left` < `right` and `together`: every pair of units seen or weighed together and its probability; `whole` are
    pairs of one series that the chains came back to most often (`models.sampled_series`). `snapshots`
    (kept, units) are sampled partitions, `scale` what the evidence was scaled by, and `changed` the share of units
    with a partner over .5 that has mostly other partners in one half of the chains than in the other. `chains` is how
    many each component had and `scales` what evidence was scaled by in each of their stretches; `judged` tells the
    components one by one. `near` is there where only what changed was judged again (`models.provisional`).
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    together: NDArray[np.float64]
    whole: NDArray[np.bool_]
    snapshots: NDArray[np.int32]
    scale: float
    changed: float
    chains: int = FEWEST
    scales: tuple[float, ...] = (1.0,)
    judged: Remembered = field(default_factory=Remembered.nothing)
    near: Near | None = None

    @classmethod
    def of_nobody(cls, units: int) -> Posterior:
        """No candidates: every unit stands alone."""
        none = np.zeros(0, dtype=np.int64)
        return cls(none, none, np.zeros(0), np.zeros(0, bool), np.arange(units, dtype=np.int32)[None, :], 1.0, 0.0)


def infer(
    candidates: Candidates,
    evidence: Evidence,
    start: NDArray[np.int64],
    seed: int = 0,
    sweeps: int = SWEEPS,
    progress: Progress | None = None,
    held: Baseline | None = None,
    work: Work = THREADS,
    chains: int | None = None,
) -> Posterior:
    """Sample partitions; `start` (units,) is the greedy partition. Under `held` weights components that are
    known are not sampled again. Chains run where `work` says, by default as many as `chains_for` tells."""
    graph = CandidateGraph.of(candidates)
    if not len(graph.end):
        return Posterior.of_nobody(graph.units)
    held = held or Baseline()
    count = held.frozen.chains if held.frozen else chains or chains_for(len(graph.end))
    sampled = _Chains(graph.weighed(evidence), evidence, start, seed, held, work, count)
    turns = len(HEAT) + BLOCKS
    total = turns * BLOCK + sweeps
    scale, log_wanted = 1.0, float(np.log(evidence.prior.allowed))
    scales = _stretches(held.frozen.scales) if held.frozen else [*HEAT, scale]
    for turn in range(turns):
        block = turn - len(HEAT)
        joined, _ = sampled.run(scales[turn], BLOCK, turn, kept=False)
        if block >= 0 and held.frozen is None:
            above = float(np.log(max(float((joined @ graph.counts).sum()) / 2 / sampled.count, 1e-9))) - log_wanted
            scale = float(np.clip(scale * np.exp(-STEP * above / np.sqrt(block + 1)), LOWEST_SCALE, 1.0))
            scales.append(scale)
        if progress:
            progress((turn + 1) * BLOCK, total)
    joined, snapshots = sampled.run(scales[-1], sweeps, turns, kept=True)
    if progress:
        progress(total, total)
    halves = [_pairs(graph, joined[half::2], snapshots[half::2]) for half in (0, 1)]
    pairs = sampled.with_known(_pairs(graph, joined, snapshots))
    flat, path = snapshots.reshape(-1, graph.units), tuple(scales)
    changed = _changed(*halves)
    return Posterior(*pairs, flat, scales[-1], changed, sampled.count, path, sampled.remembered(pairs))


def chains_for(edges: int) -> int:
    """How many chains a component has in a graph of so many directed edges."""
    return next((chains for most, chains in CHAINS if edges <= most), FEWEST)


def _stretches(scales: Sequence[float]) -> list[float]:
    """What evidence is scaled by in each stretch, also where a run had nothing to weigh and tells one alone."""
    whole = len(HEAT) + BLOCKS + 1
    return list(scales) if len(scales) == whole else [*HEAT, *[scales[-1]] * (BLOCKS + 1)]


class _Chains:
    """The chains of every component, each a task of its own."""

    def __init__(
        self,
        graph: CandidateGraph,
        evidence: Evidence,
        start: NDArray[np.int64],
        seed: int,
        held: Baseline,
        work: Work,
        count: int,
    ) -> None:
        self.graph, self.seed, self.count = graph, seed, count
        edges = len(graph.end)
        self.every = graph.components()
        problems = [graph.problem(part, evidence) for part in self.every]
        self.keys = component_keys(self.every, problems, held.signs, start, f"{seed} {self.count}")
        places = held.known.places()
        self.known = {at: held.known.pairs(places[key]) for at, key in enumerate(self.keys) if key in places}
        new = [at for at in range(len(self.every)) if at not in self.known]
        self.parts, self.problems = [self.every[at] for at in new], [problems[at] for at in new]
        self.states = [
            [
                start_from(start[part] if chain % 2 == 0 else np.arange(len(part)), problem)
                for chain in range(self.count)
            ]
            for part, problem in zip(self.parts, self.problems, strict=True)
        ]
        pairs, sets = min(1 << 20, 32 * edges + 1024), min(1 << 22, 64 * edges + 1024)
        most = max((problem.most for problem in self.problems), default=MOST_ROWS)
        self.run_chains = work.chains(SharedSets(evidence.packed, evidence.tempers, most, pairs, sets))

    def _component(self) -> NDArray[np.int64]:
        """Number of the component of each unit, -1 for none."""
        component = np.full(self.graph.units, -1, dtype=np.int64)
        for number, part in enumerate(self.every):
            component[part] = number
        return component

    def with_known(self, pairs: Pairs) -> Pairs:
        """The pairs that were found, and those of the components that were known before."""
        if not self.known:
            return pairs
        sampled = ~np.isin(self._component()[pairs[0]], list(self.known))
        place = {name: unit for unit, name in enumerate(self.graph.names)}
        left = [
            pairs[0][sampled],
            *(np.array([place[name] for name in one], np.int64) for one, *_ in self.known.values()),
        ]
        right = [
            pairs[1][sampled],
            *(np.array([place[name] for name in two], np.int64) for _, two, *_ in self.known.values()),
        ]
        both = np.sort(np.stack([np.concatenate(left), np.concatenate(right)]), axis=0)
        together = np.concatenate([pairs[2][sampled], *(chance for _, _, chance, _ in self.known.values())])
        whole = np.concatenate([pairs[3][sampled], *(whole for *_, whole in self.known.values())])
        order = np.lexsort(both[::-1])
        return both[0][order], both[1][order], together[order], whole[order]

    def remembered(self, pairs: Pairs) -> Remembered:
        """All components with their pairs."""
        return Remembered.of(self.keys, self._component(), self.graph.names, pairs)

    def run(self, scale: float, sweeps: int, turn: int, kept: bool) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
        """Go on for some sweeps: mean chance of each edge (chains, edges), and the partition after
        each sweep (chains, sweeps, units), or none of them.

        `turn` gives the random numbers of this stretch. A partition names each unit's series by one of its units.
        """
        joined = np.zeros((self.count, len(self.graph.end)))
        partitions = sweeps if kept else 0
        snapshots = np.tile(np.arange(self.graph.units, dtype=np.int32), (self.count, partitions, 1))

        def task(component: int, chain: int) -> ChainTask:
            """One chain of one component."""
            part, problem = self.parts[component], self.problems[component]._replace(scale=scale)
            seed = fingerprint(f"{self.seed} {chain} {turn} {self.graph.names[part[0]]}") % (2**32 - 1)
            return ChainTask(problem, self.states[component][chain], seed, sweeps, partitions)

        every = [(component, chain) for component in range(len(self.parts)) for chain in range(self.count)]
        for at, done in self.run_chains([task(*one) for one in every]):
            component, chain = every[at]
            part, self.states[component][chain] = self.parts[component], done.state
            joined[chain, self.graph.edges_of(part)] = done.joined
            for sweep, partition in enumerate(done.partitions):
                _, first, series = np.unique(partition, return_index=True, return_inverse=True)
                snapshots[chain, sweep, part] = part[first[series]]
        return joined, snapshots


def _pairs(graph: CandidateGraph, joined: NDArray[np.float64], snapshots: NDArray[np.int32]) -> Pairs:
    """Pairs of units with their probability: edges by their mean chance both ways, others by counting partitions.

    Partitions of one chain are much alike, so to be together in all of them is not yet certain: one of each chain is
    counted against [G]. A pair that was never weighed itself then stands below the surest of those that were.
    """
    units = np.int64(max(1, graph.units))
    first = np.repeat(np.arange(graph.units), np.diff(graph.start))
    keys = np.minimum(first, graph.end) * units + np.maximum(first, graph.end)
    edges, at = np.unique(keys, return_inverse=True)
    chance = np.bincount(at, weights=joined.mean(axis=0), minlength=len(edges)) / 2
    flat = snapshots.reshape(-1, graph.units)
    others, count = _counted([_together(one, units) for one in flat])
    new = ~np.isin(others, edges)
    keys = np.concatenate([edges, others[new]])
    together = np.concatenate([chance, count[new] / (len(flat) + len(snapshots))])
    order = np.argsort(keys)
    keys = keys[order]
    left, right = np.divmod(keys, units)
    whole = np.isin(keys, _together(sampled_series(flat), units))
    return left, right, together[order], whole


def _together(partition: NDArray[np.int32], units: np.int64) -> NDArray[np.int64]:
    """Keys of all pairs of units that one partition puts together."""
    order = np.argsort(partition, kind="stable")
    held = np.bincount(partition, minlength=len(partition))[partition[order]] > 1
    order = order[held]
    series, found = partition[order], [np.zeros(0, np.int64)]
    for away in range(1, len(order)):
        same = series[away:] == series[:-away]
        if not same.any():
            break
        found.append(order[:-away][same] * units + order[away:][same])
    return np.concatenate(found)


def _counted(keys: Sequence[NDArray[np.int64]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Every key once, and in how many of the arrays it is; gathered in stretches, so that memory stays small."""
    found, times = np.zeros(0, np.int64), np.zeros(0, np.int64)
    for start in range(0, len(keys), STRETCH):
        more, count = np.unique(np.concatenate(keys[start : start + STRETCH]), return_counts=True)
        found, at = np.unique(np.concatenate([found, more]), return_inverse=True)
        times = np.bincount(at, weights=np.concatenate([times, count]), minlength=len(found)).astype(np.int64)
    return found, times


def _changed(one: Pairs, other: Pairs) -> float:
    """Share of units with a partner over .5 in either half of the chains whose partners are mostly others in the two.

    Units that have few partners more or less in one half than in the other do not count: they have not moved.
    """
    held = [_partners(pairs) for pairs in (one, other)]
    units = held[0].keys() | held[1].keys()
    moved = [
        unit
        for unit in units
        if 2 * len(held[0].get(unit, set()) & held[1].get(unit, set()))
        < len(held[0].get(unit, set()) | held[1].get(unit, set()))
    ]
    return len(moved) / max(1, len(units))


def _partners(pairs: Pairs) -> dict[int, set[int]]:
    """Partners over .5 of each unit that has any."""
    left, right, together, _ = pairs
    found: dict[int, set[int]] = {}
    for a, b in zip(left[together > 0.5].tolist(), right[together > 0.5].tolist(), strict=True):
        found.setdefault(a, set()).add(b)
        found.setdefault(b, set()).add(a)
    return found
