"""Sampled moves over partitions of one component of the candidate graph: single report, merge and split, swap.

Units (reports that must stay together) move between the series of their neighbours in the graph. Every move keeps the
posterior over all partitions: the single move draws from its conditional (Gibbs), and does not move a unit that is
where no neighbour is, since nothing could bring it back; merge and split are those of Dahl (2003, sequentially
allocated) under Metropolis-Hastings, and a swap proposes itself back. Units that must not be together never are.
"""

from __future__ import annotations

import numpy as np

from linkage.compiled import njit
from linkage.models.compiled import leaf
from linkage.models.merge_split import merge_or_split
from linkage.models.partition import may_join, put_in, take_out, tied
from linkage.models.unit_weights import remembered, weight_of


@leaf
def _offers(packed, memory, tempers, problem, state, unit, own, offers, odds, place, rows):  # type: ignore[no-untyped-def]
    """Series that `unit` (taken out) may join, into `offers`, and the chance of each into `odds`; returns how many.

    The chance of standing alone is what is left to 1. `place` (series,) is where a series stands among the offers,
    `own` (units,) the weight of each unit alone.
    """
    # Calls that pass all arrays cost more than a look-up, so what is remembered is looked up first.
    keys, weights, mark = memory.set_key, memory.set_weight, problem.mark[unit]
    free = problem.apart_start[unit] == problem.apart_start[unit + 1]
    loose = problem.tie_start[unit] == problem.tie_start[unit + 1]
    alone = problem.log_series[1] + problem.log_people
    found, most = 0, 0.0
    for at in range(problem.edge_start[unit], problem.edge_start[unit + 1]):
        series = state.of[problem.neighbour[at]]
        if series < 0 or place[series] >= 0 or state.size[series] + 2 > state.members.shape[1]:
            continue
        if not (free or may_join(problem, state, unit, series)):
            continue
        size, inside = state.size[series], state.members[series]
        joined = remembered(keys, weights, state.mark[series] ^ mark)
        if np.isnan(joined):
            joined = weight_of(packed, memory, tempers, problem, inside, size, unit, rows)
        before = own[inside[0]] if size == 1 else remembered(keys, weights, state.mark[series])
        if np.isnan(before):
            before = weight_of(packed, memory, tempers, problem, inside, size, -1, rows)
        gain = problem.scale * (joined - before - own[unit])
        incidents = size - state.again[series]
        once, lift = (0, 0.0) if loose else tied(problem, state.of, unit, series)
        gain += problem.log_series[incidents + 1 - once] - problem.log_series[incidents] - alone + lift
        place[series] = found
        offers[found] = series
        odds[found] = gain
        most = max(most, gain)
        found += 1
    total = np.exp(-most)
    for a in range(found):
        odds[a] = np.exp(odds[a] - most)
        total += odds[a]
    for a in range(found):
        odds[a] /= total
    return found


@njit(cache=True, nogil=True)
def _single_moves(packed, memory, tempers, problem, state, own, offers, odds, place, rows, joined):  # type: ignore[no-untyped-def]
    """Every unit once, in random order; adds each neighbour's chance of being together to `joined` (edges,)."""
    for unit in np.random.permutation(len(state.of)):
        home = state.of[unit]
        take_out(problem, state, unit)
        found = _offers(packed, memory, tempers, problem, state, unit, own, offers, odds, place, rows)
        chosen = -1
        if state.size[home] > 0 and place[home] < 0:
            chosen = home
        else:
            for at in range(problem.edge_start[unit], problem.edge_start[unit + 1]):
                series = state.of[problem.neighbour[at]]
                if place[series] >= 0:
                    joined[at] += odds[place[series]]
            left = np.random.random()
            for a in range(found):
                left -= odds[a]
                if left < 0:
                    chosen = offers[a]
                    break
        for a in range(found):
            place[offers[a]] = -1
        put_in(problem, state, unit, chosen)


@leaf
def _swap(packed, memory, tempers, problem, state, one, other, groups, rows):  # type: ignore[no-untyped-def]
    """Propose that two neighbours change places between their series."""
    a, b = state.of[one], state.of[other]
    if a == b or state.size[a] + state.size[b] < 3:
        return
    for turn in range(2):
        unit, leaves, series = (one, other, b) if turn == 0 else (other, one, a)
        for at in range(problem.apart_start[unit], problem.apart_start[unit + 1]):
            if state.of[problem.apart[at]] == series and problem.apart[at] != leaves:
                return
    ratio = 0.0
    for turn in range(2):
        series, leaves, comes = (a, one, other) if turn == 0 else (b, other, one)
        size = state.size[series]
        ratio -= weight_of(packed, memory, tempers, problem, state.members[series], size, -1, rows)
        for i in range(size):
            unit = state.members[series, i]
            groups[turn, i] = comes if unit == leaves else unit
        ratio += weight_of(packed, memory, tempers, problem, groups[turn], size, -1, rows)
    if np.log(np.random.random()) < problem.scale * ratio + _swapped_ties(problem, state, one, other):
        take_out(problem, state, one)
        put_in(problem, state, one, b)
        take_out(problem, state, other)
        put_in(problem, state, other, a if state.size[a] > 0 else -1)


@leaf
def _swapped_ties(problem, state, one, other):  # type: ignore[no-untyped-def]
    """What two units gain by their ties, and by how many incidents they leave, when they change places."""
    if (
        problem.tie_start[one] == problem.tie_start[one + 1]
        and problem.tie_start[other] == problem.tie_start[other + 1]
    ):
        return 0.0
    gained = 0.0
    for turn in range(2):
        leaves, comes = (one, other) if turn == 0 else (other, one)
        series = state.of[leaves]
        before = state.size[series] - state.again[series]
        lost, weight_lost = tied(problem, state.of, leaves, series)
        won, weight_won = tied(problem, state.of, comes, series)
        for at in range(problem.tie_start[comes], problem.tie_start[comes + 1]):
            if problem.tie[at] == leaves:
                won -= problem.tie_once[at]
                weight_won -= problem.tie_weight[at] - problem.scale * problem.tie_evidence[at]
        gained += problem.log_series[before + lost - won] - problem.log_series[before] + weight_won - weight_lost
    return gained


@leaf
def _drawn(pull):  # type: ignore[no-untyped-def]
    """An edge, drawn by its pull. Both ways of a move are proposed through the same edge, so its chance cancels."""
    return min(np.searchsorted(pull, np.random.random() * pull[-1], side="right"), len(pull) - 1)


@njit(cache=True, nogil=True)
def sample(packed, memory, tempers, problem, state, seed, sweeps, joined, snapshots):  # type: ignore[no-untyped-def]
    """Run `sweeps` sweeps; `joined` (edges,) takes the mean chance that an edge's ends are together, and `snapshots`
    (sweeps, units), if it has any room, the partition after each. `state` is left where the chain ends."""
    np.random.seed(seed)
    units, edges = len(state.of), len(problem.neighbour)
    offers, odds = np.empty(units + 1, np.int64), np.empty(units + 1)
    place, rows = np.full(units, -1, np.int64), np.empty(problem.most + 2, np.int64)
    groups = np.empty((2, 2 * state.members.shape[1] + 2), np.int64)
    rest, side = groups[0].copy(), groups[1].copy()
    room = (np.empty(groups.shape), np.empty(2, np.int64))
    ends = np.empty(edges, np.int64)
    for unit in range(units):
        ends[problem.edge_start[unit] : problem.edge_start[unit + 1]] = unit
    own = np.zeros(units)
    for unit in range(units):
        own[unit] = weight_of(packed, memory, tempers, problem, offers, 0, unit, rows)
    for sweep in range(sweeps):
        _single_moves(packed, memory, tempers, problem, state, own, offers, odds, place, rows, joined)
        for _ in range(units if edges else 0):
            at = _drawn(problem.pull)
            one, other = ends[at], problem.neighbour[at]
            merge_or_split(packed, memory, tempers, problem, state, one, other, groups, rest, side, room, rows, place)
        for _ in range(units // 4 + 1 if edges else 0):
            at = _drawn(problem.pull)
            _swap(packed, memory, tempers, problem, state, ends[at], problem.neighbour[at], groups, rows)
        if len(snapshots):
            snapshots[sweep] = state.of
    joined /= max(1, sweeps)
