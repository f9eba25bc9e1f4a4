"""The sampler against small cases with a known posterior, in which all partitions are weighed.

Chains are long enough that their standard error, which is measured over independent chains, stays under `ERROR`; a
move that broke detailed balance by less than three of these would not be noticed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from numba import njit
from numpy.typing import NDArray

from linkage.models.merge_split import merge_or_split
from linkage.models.partition import Problem, State, start_from
from linkage.models.sampler import _single_moves, _swap, sample
from linkage.models.set_memory import memory
from linkage.models.unit_weights import weight_of
from tests.features.worlds import reports_from
from tests.models.exact import Case, all_edges, evidence_of, partitions, prior_of, strengths_of, table_case, together

ERROR = 0.006
"""Largest standard error of a probability, over `CHAINS` chains."""

CHAINS, SWEEPS = 8, 2500

Moves = Callable[..., None]


@njit
def singles(packed, room, tempers, problem, state, seed, sweeps, joined, snapshots):  # type: ignore[no-untyped-def]
    """As `sample`, with the single move alone."""
    np.random.seed(seed)
    units = len(state.of)
    offers, odds, place = np.empty(units + 1, np.int64), np.empty(units + 1), np.full(units, -1, np.int64)
    rows, own = np.empty(problem.most + 2, np.int64), np.zeros(units)
    for unit in range(units):
        own[unit] = weight_of(packed, room, tempers, problem, offers, 0, unit, rows)
    for sweep in range(sweeps):
        _single_moves(packed, room, tempers, problem, state, own, offers, odds, place, rows, joined)
        snapshots[sweep] = state.of
    joined /= sweeps


@njit
def merges(packed, room, tempers, problem, state, seed, sweeps, joined, snapshots):  # type: ignore[no-untyped-def]
    """As `sample`, with merge, split and swap alone; `joined` counts instead of weighing."""
    np.random.seed(seed)
    width = 2 * state.members.shape[1] + 2
    groups, rest, side = np.empty((2, width), np.int64), np.empty(width, np.int64), np.empty(width, np.int64)
    rows, ends = np.empty(problem.most + 2, np.int64), np.empty(len(problem.neighbour), np.int64)
    place, pulls = np.full(len(state.of), -1, np.int64), (np.empty(groups.shape), np.empty(2, np.int64))
    for unit in range(len(state.of)):
        ends[problem.edge_start[unit] : problem.edge_start[unit + 1]] = unit
    for sweep in range(sweeps):
        for _ in range(4):
            at = np.random.randint(len(ends))
            one, other = ends[at], problem.neighbour[at]
            merge_or_split(packed, room, tempers, problem, state, one, other, groups, rest, side, pulls, rows, place)
            at = np.random.randint(len(ends))
            _swap(packed, room, tempers, problem, state, ends[at], problem.neighbour[at], groups, rows)
        joined += state.of[ends] == state.of[problem.neighbour]
        snapshots[sweep] = state.of
    joined /= sweeps


PRIOR = prior_of([0.6, 0.2, 0.1, 0.06, 0.04], people=20)
THREE_AND_THREE = [0, 0, 0, 1, 1, 1, 2, 3]
ALONE = [(row,) for row in range(8)]


def everybody(inside: float, outside: float) -> Case:
    """Eight reports, all neighbours: two series of three and two others."""
    return Case(*evidence_of(strengths_of(THREE_AND_THREE, inside, outside), PRIOR), ALONE, all_edges(8))


def bridge() -> Case:
    """Two series of three that both want report 3, and not each other; report 7 belongs to nobody."""
    strengths = strengths_of([0, 0, 0, 9, 1, 1, 1, 3], 2.5, -1.0)
    strengths[3, :3] = strengths[:3, 3] = 2.0
    strengths[3, 4:7] = strengths[4:7, 3] = 2.1
    return Case(*evidence_of(strengths, PRIOR), ALONE, all_edges(8))


def held(case: Case) -> Case:
    """Rows 2 and 6 must stay together: seven units."""
    return replace(case, held=[(0,), (1,), (2, 6), (3,), (4,), (5,), (7,)], edges=all_edges(7))


RING = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (0, 6), (6, 7), (5, 7), (3, 5)]
"""Neighbours of a sparse graph: many series hold together through one of theirs only."""

CASES = {
    "weak": everybody(1.2, -0.4),
    "strong": everybody(3.0, -1.0),
    "bridge": bridge(),
    "apart": replace(everybody(2.0, -0.4), apart=[(0, 1), (3, 6)]),
    "held": held(everybody(1.5, -0.4)),
    "held and apart": replace(held(everybody(2.0, -0.4)), apart=[(2, 0), (4, 6)]),
    "scaled": replace(everybody(3.0, -1.0), scale=0.5),
    "first link": replace(everybody(1.0, -0.2), ties=[(0, 3, 2.3, False), (6, 7, 2.3, False)]),
    "one incident": replace(everybody(1.5, -0.4), ties=[(0, 1, 3.0, True), (6, 7, 4.0, True), (5, 7, 2.0, True)]),
    "all ties": replace(
        held(everybody(1.5, -0.4)),
        apart=[(2, 0)],
        scale=0.7,
        ties=[(2, 3, 3.5, True), (3, 4, 3.0, True), (0, 1, 1.5, False), (0, 1, 2.0, True), (5, 6, 2.0, False)],
    ),
    "reports": table_case(reports_from(12, 8, missing=0.4), PRIOR, temper=0.2),
}
SPARSE = {
    "ring": replace(everybody(1.5, -0.4), edges=RING),
    "ring and apart": replace(everybody(1.5, -0.4), edges=RING, apart=[(1, 3), (0, 4)]),
    "ring and ties": replace(
        everybody(1.5, -0.4), edges=RING, ties=[(0, 1, 3.0, True), (6, 7, 3.0, True), (3, 5, 2.0, False)]
    ),
    "path of four": Case(
        *evidence_of(strengths_of([0, 0, 0, 1], 1.5, -0.2), PRIOR), ALONE[:4], [(0, 1), (1, 2), (2, 3)]
    ),
}


def starts(case: Case, problem: Problem, chain: int) -> State:
    """From nobody linked, or from all in one series as far as may be."""
    return start_from(np.arange(case.units) if chain % 2 else np.zeros(case.units, dtype=np.int64), problem)


def run(case: Case, moves: Moves, chain: int, sweeps: int) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """One chain: the mean chance of each edge (units, units), both ways averaged, and the partition of each sweep."""
    problem, packed = case.problem(), case.evidence.packed
    joined, found = np.zeros(len(problem.neighbour)), np.zeros((sweeps, case.units), dtype=np.int64)
    room, state = memory(packed, problem.most, 1024, 4096), starts(case, problem, chain)
    moves(packed, room, case.evidence.tempers, problem, state, chain, sweeps, joined, found)
    chance = np.full((case.units, case.units), np.nan)
    chance[np.repeat(np.arange(case.units), np.diff(problem.edge_start)), problem.neighbour] = joined
    return (chance + chance.T) / 2, found


def agrees(case: Case, moves: Moves, sweeps: int) -> None:
    """Edges' chances and the share of partitions agree with the posterior within three standard errors."""
    allowed, chance = case.posterior()
    exact = together(allowed, chance)
    runs = [run(case, moves, chain, sweeps) for chain in range(CHAINS)]
    edges, seen = np.array([edge for edge, _ in runs]), np.array([together(found) for _, found in runs])
    told = ~np.isnan(edges[0])
    for one, wanted in ((edges[:, told], exact[told]), (seen.reshape(CHAINS, -1), exact.ravel())):
        assert (one.std(axis=0, ddof=1) / CHAINS**0.5).max() < ERROR
        assert np.abs(one.mean(axis=0) - wanted).max() < 3 * ERROR
    best = np.argsort(-chance)[:5]
    shares = np.array([[_share(found, allowed[at]) for at in best] for _, found in runs])
    assert np.abs(shares.mean(axis=0) - chance[best]).max() < 3 * ERROR


def _share(found: NDArray[np.int64], partition: NDArray[np.int64]) -> float:
    same = found[:, :, None] == found[:, None, :]
    return float((same == (partition[:, None] == partition[None, :])).all(axis=(1, 2)).mean())


def test_eight_reports_have_all_their_partitions() -> None:
    found = list(partitions(8))

    assert len(found) == len(set(found)) == 4140
    assert [len(list(partitions(units))) for units in range(1, 6)] == [1, 2, 5, 15, 52]


@pytest.mark.parametrize("name", [*CASES, *SPARSE])
def test_all_moves_together_find_the_posterior(name: str) -> None:
    agrees((CASES | SPARSE)[name], sample, 4 * SWEEPS if name in SPARSE else SWEEPS)


@pytest.mark.parametrize("name", CASES)
def test_the_single_move_alone_finds_the_posterior(name: str) -> None:
    agrees(CASES[name], singles, 4 * SWEEPS)


@pytest.mark.parametrize("name", ["weak", "strong", "bridge", "held"])
def test_merge_split_and_swap_alone_find_the_posterior(name: str) -> None:
    agrees(CASES[name], merges, 3 * SWEEPS)


def test_the_single_move_leaves_the_posterior_as_it_is_on_a_sparse_graph() -> None:
    """Not every partition can be reached by it there, so partitions are drawn from the posterior and moved on."""
    case, draw = SPARSE["ring"], np.random.default_rng(4)
    problem, packed = case.problem(), case.evidence.packed
    allowed, chance = case.posterior()
    room, moved = memory(packed, problem.most, 1024, 4096), np.zeros((20_000, 1, case.units), dtype=np.int64)
    for turn, at in enumerate(draw.choice(len(allowed), len(moved), p=chance)):
        state, joined = start_from(allowed[at], problem), np.zeros(len(problem.neighbour))
        singles(packed, room, case.evidence.tempers, problem, state, turn, 1, joined, moved[turn])

    assert np.abs(together(moved[:, 0]) - together(allowed, chance)).max() < 4 * 0.5 / len(moved) ** 0.5


@pytest.mark.parametrize("name", ["held and apart", "ring and apart"])
@pytest.mark.parametrize("moves", [sample, singles, merges])
def test_units_that_must_not_be_together_never_are(name: str, moves: Moves) -> None:
    case = (CASES | SPARSE)[name]
    for chain in range(2):
        _, found = run(case, moves, chain, 500)
        assert all((found[:, one] != found[:, other]).all() for one, other in case.apart)


@pytest.mark.parametrize("most", [1, 2, 3])
def test_no_series_takes_more_rows_than_it_may(most: int) -> None:
    case = everybody(5.0, 4.0)
    problem, packed = case.problem(most), case.evidence.packed
    found, joined = np.zeros((200, 8), dtype=np.int64), np.zeros(len(problem.neighbour))
    state = start_from(np.zeros(8, dtype=np.int64), problem)
    sample(packed, memory(packed, most, 64, 64), case.evidence.tempers, problem, state, 1, 200, joined, found)

    assert max(np.bincount(one).max() for one in found) == most
    assert np.isfinite(joined).all()


@pytest.mark.parametrize("case", [CASES["bridge"], CASES["all ties"], SPARSE["ring and ties"]])
def test_what_the_state_remembers_of_itself_stays_true(case: Case) -> None:
    problem, packed = case.problem(), case.evidence.packed
    room, state = memory(packed, problem.most, 64, 64), start_from(np.arange(case.units), problem)
    for turn in range(60):
        joined, found = np.zeros(len(problem.neighbour)), np.zeros((3, case.units), dtype=np.int64)
        sample(packed, room, case.evidence.tempers, problem, state, turn, 3, joined, found)
        empty = state.free[: state.free_count[0]].tolist()
        assert sorted({*state.of.tolist(), *empty}) == list(range(case.units))
        assert (state.size[empty] == 0).all()
        for series in set(state.of.tolist()):
            members = state.members[series, : state.size[series]]
            assert sorted(members) == np.flatnonzero(state.of == series).tolist()
            assert state.mark[series] == np.bitwise_xor.reduce(problem.mark[members])
            assert state.again[series] == sum(
                once for a, b, _, once in case.ties if a in members.tolist() and b in members.tolist()
            )
        assert (found[-1] == state.of).all()


def test_the_seed_alone_decides() -> None:
    first, again, other = (run(CASES["weak"], sample, seed, 50) for seed in (3, 3, 5))

    assert (first[1] == again[1]).all()
    assert (first[0] == again[0])[~np.isnan(first[0])].all()
    assert (first[1] != other[1]).any()


# Where chains start


def lone(units: int, most: int, apart: tuple[tuple[int, int], ...] = ()) -> Problem:
    strengths = np.zeros((units, units))
    case = Case(*evidence_of(strengths, PRIOR), [(unit,) for unit in range(units)], [], apart)
    return case.problem(most)


@pytest.mark.parametrize(("most", "sizes"), [(10, [7]), (7, [7]), (3, [3, 3, 1]), (1, [1] * 7)])
def test_a_start_too_long_is_cut(most: int, sizes: list[int]) -> None:
    state = start_from(np.full(7, 40), lone(7, most))

    assert sorted(np.bincount(state.of), reverse=True) == sizes


def test_a_start_is_cut_by_the_rows_of_its_units() -> None:
    problem = replace(held(everybody(1.0, 0.0)), edges=[]).problem(most=3)
    state = start_from(np.zeros(7, dtype=np.int64), problem)

    assert state.of.tolist() == [0, 0, 1, 1, 2, 2, 2]


def test_a_series_has_no_more_units_than_the_prior_has_lengths() -> None:
    problem = lone(450, 900)._replace(log_series=np.zeros(401))

    assert np.bincount(start_from(np.zeros(450, dtype=np.int64), problem).of).tolist() == [400, 50]


def test_a_start_keeps_apart_what_must_be() -> None:
    state = start_from(np.zeros(4, dtype=np.int64), lone(4, 10, ((0, 2),)))

    assert state.of.tolist() == [0, 0, 1, 1]
