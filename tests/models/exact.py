"""Small cases with a known posterior: every partition is weighed the plain way, none left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from linkage.features.packing import HiddenPiece, SetPiece, TablePiece
from linkage.features.parameters import elicited
from linkage.features.set_packing import pack_sets
from linkage.features.table import fit_table
from linkage.features.tree import tree_mean
from linkage.models.candidate_graph import Candidates, Evidence
from linkage.models.lengths import SeriesPrior
from linkage.models.partition import Problem
from linkage.models.ties import Ties
from linkage.report import Report

Edges = Sequence[tuple[int, int]]
Weigh = Callable[[tuple[int, ...]], float]


@dataclass(frozen=True)
class Case:
    """Rows in units `held` together, neighbours `edges`, units `apart`, and how to weigh a set of rows (log10 LR).

    `ties` are (unit, unit, natural log weight, whether the two then count as one incident).
    """

    evidence: Evidence
    weigh: Weigh
    held: Sequence[tuple[int, ...]]
    edges: Edges
    apart: Edges = ()
    scale: float = 1.0
    ties: Sequence[tuple[int, int, float, bool]] = ()

    @property
    def units(self) -> int:
        return len(self.held)

    def problem(self, most: int = 120) -> Problem:
        """The case as the sampler takes it."""
        generator = np.random.default_rng(7)
        unit_start = np.cumsum([0, *map(len, self.held)])
        edge_start, neighbour = both_ways(self.edges, self.units)
        apart_start, apart = both_ways(self.apart, self.units)
        ends = sorted((*way, at) for at, (a, b, *_) in enumerate(self.ties) for way in ((a, b), (b, a)))
        once = np.array([self.ties[at][3] for *_, at in ends], dtype=np.int64)
        return Problem(
            unit_start,
            np.concatenate([np.array(rows, dtype=np.int64) for rows in self.held]),
            generator.integers(1, 2**63, self.units).astype(np.uint64),
            edge_start,
            neighbour,
            np.cumsum(generator.uniform(0.1, 1.0, len(neighbour))),
            apart_start,
            apart,
            np.searchsorted([a for a, *_ in ends], np.arange(self.units + 1)).astype(np.int64),
            np.array([b for _, b, _ in ends], dtype=np.int64),
            np.array([self.ties[at][2] for *_, at in ends], dtype=float),
            once * np.array([self.between(a, b) for a, b, _ in ends], dtype=float),
            once,
            self.evidence.prior.log_series,
            self.evidence.prior.log_people,
            self.scale,
            most,
        )

    def candidates(self) -> Candidates:
        """The case as `infer` takes it: edges between the first rows of units, rows named by their numbers."""
        unit = np.empty(sum(map(len, self.held)), dtype=np.int64)
        for number, rows in enumerate(self.held):
            unit[list(rows)] = number
        first = np.array([self.held[unit][0] for pair in self.edges for unit in pair], dtype=np.int64).reshape(-1, 2)
        return Candidates(
            [f"R{row:03}" for row in range(len(unit))],
            first.min(axis=1),
            first.max(axis=1),
            unit,
            np.array(self.apart, dtype=np.int64).reshape(-1, 2),
            np.cos(first.sum(axis=1)),
            Ties.of(self.ties),
        )

    def between(self, one: int, other: int) -> float:
        """Natural log evidence of two units beyond that of each."""
        a, b = self.held[one], self.held[other]
        return float(np.log(10.0)) * (self.weigh(tuple(sorted((*a, *b)))) - self.weigh(a) - self.weigh(b))

    def score(self, members: Sequence[int]) -> float:
        """Natural log of what one series of these units is worth, up to a constant."""
        prior, rows = self.evidence.prior, tuple(sorted(row for unit in members for row in self.held[unit]))
        worth = prior.log_people + self.scale * float(np.log(10.0)) * self.weigh(rows)
        incidents = len(members)
        for a, b, weight, once in self.ties:
            if a in members and b in members:
                worth += weight - (self.scale * self.between(a, b) if once else 0.0)
                incidents -= once
        return worth + float(prior.log_series[incidents])

    def posterior(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Every allowed partition (k, units) and its probability (k,)."""
        score = cache(self.score)
        allowed = [one for one in partitions(self.units) if all(one[a] != one[b] for a, b in self.apart)]
        scores = []
        for one in allowed:
            series = [tuple(unit for unit in range(self.units) if one[unit] == number) for number in set(one)]
            scores.append(sum(score(members) for members in series))
        chance = np.exp(np.array(scores) - max(scores))
        return np.array(allowed), chance / chance.sum()


def partitions(units: int) -> Iterator[tuple[int, ...]]:
    """Every partition once: the first unit is in series 0, each next one in one that is there or in a new one."""

    def grown(one: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if len(one) == units:
            yield one
            return
        for number in range(max(one) + 2):
            yield from grown((*one, number))

    return grown((0,))


def table_case(reports: Sequence[Report], prior: SeriesPrior, temper: float) -> Case:
    """Real reports, each in a unit of its own and everybody's neighbour, weighed by their columns."""
    table = fit_table(reports, elicited(), sensitive=True)
    tempers = np.full(len(table.columns), temper)
    evidence = Evidence(pack_sets([column.set_piece() for column in table.columns], len(reports)), tempers, prior)

    def weigh(rows: tuple[int, ...]) -> float:
        return temper * sum(column.set_weight(rows) for column in table.columns)

    return Case(evidence, weigh, [(row,) for row in range(len(reports))], all_edges(len(reports)))


def together(found: NDArray[np.int64], chance: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """How probable every two units are in one series (units, units), from partitions (k, units)."""
    same = found[:, :, None] == found[:, None, :]
    share: NDArray[np.float64] = np.average(same, axis=0, weights=chance)
    return share


def all_edges(units: int) -> list[tuple[int, int]]:
    """Everybody is everybody's neighbour."""
    return list(combinations(range(units), 2))


def both_ways(edges: Edges, units: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Neighbours of each unit, laid out behind each other."""
    near: list[list[int]] = [[] for _ in range(units)]
    for a, b in edges:
        near[a].append(b)
        near[b].append(a)
    ends = np.array([b for ends in near for b in sorted(ends)], dtype=np.int64)
    return np.cumsum([0, *map(len, near)]), ends


def prior_of(shares: Sequence[float], people: float) -> SeriesPrior:
    """A prior under which `people` have 1, 2, ... incidents in these proportions; the last one goes on."""
    k = np.arange(401)
    q = np.concatenate([[1e-300], np.array(shares), shares[-1] * 0.5 ** np.arange(1, 401 - len(shares))])
    factorial = np.cumsum(np.log(np.maximum(k, 1)))
    return SeriesPrior(factorial + np.log(q / q.sum()), float(np.log(people)), 1e6, 1e6, 1e6)


def strengths_of(groups: Sequence[int], inside: float, outside: float, noise: float = 0.4) -> NDArray[np.float64]:
    """Pair strengths (rows, rows) of rows that share a group, and of others, each with noise of its own."""
    of, generator = np.array(groups), np.random.default_rng(1)
    strengths = np.where(of[:, None] == of[None, :], inside, outside)
    upper = np.triu(strengths + generator.normal(0, noise, strengths.shape), 1)
    both: NDArray[np.float64] = upper + upper.T
    return both


def evidence_of(strengths: NDArray[np.float64], prior: SeriesPrior, seed: int = 0) -> tuple[Evidence, Weigh]:
    """Two columns: a tree over pair `strengths` (log10 LR), tempered by .9, and a hidden value that two rows in three
    show, tempered by .7."""
    rows, generator = len(strengths), np.random.default_rng(seed)
    table = np.zeros((rows + 1, rows + 1), dtype=np.int16)
    table[1:, 1:] = np.rint(1000 * strengths)
    codes = np.where(np.arange(rows) % 3 == 1, 0, np.arange(rows) % 4 + 1).astype(np.uint16)
    shown = np.array([0.5, 0.3, 0.2])
    ratios = generator.dirichlet([0.8] * 3, 5) / shown
    ratios /= (ratios @ shown)[:, None]
    ratios[0] = 1.0
    pieces: list[SetPiece] = [
        TablePiece(np.arange(1, rows + 1, dtype=np.uint16), table),
        HiddenPiece(codes, ratios, shown),
    ]
    tempers = np.array([0.9, 0.7])

    def weigh(members: tuple[int, ...]) -> float:
        if len(members) < 2:
            return 0.0
        left, right = np.triu_indices(len(members), 1)
        at = np.array(members)
        tree = tree_mean(len(at), left, right, table[at[left] + 1, at[right] + 1] / 1000)
        told = codes[at[codes[at] > 0]]
        hidden = float(np.log10((shown * ratios[told].prod(axis=0)).sum())) if len(told) > 1 else 0.0
        return float(tempers @ [tree, hidden])

    return Evidence(pack_sets(pieces, rows), tempers, prior), weigh
