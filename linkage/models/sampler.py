"""Sampled moves over partitions of one component of the candidate graph: single report, merge and split, swap.

Units (reports that must stay together) move between the series of their neighbours in the graph. Every move keeps the
posterior over all partitions: the single move draws from its conditional (Gibbs), and does not move a unit that is
where no neighbour is, since nothing could bring it back; merge and split are those of Dahl (2003, sequentially
allocated) under Metropolis-Hastings, and a swap proposes itself back. Units that must not be together never are.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from linkage.models.partition import may_join, put_in, take_out, tied
from linkage.models.set_kernel import set_weight
from linkage.models.set_memory import find_slot

WHOLE = 16
"""Units of two series above which their merging, or the split of what they are together, is proposed more seldom,
by the cube of how much larger they are [G]: such a proposal weighs a growing set for each unit, and a weighing goes
with the cube of the set. Merge and split have the same units, so the posterior stays what it is."""


@njit(cache=True, nogil=True)
def _weight(packed, memory, tempers, problem, units, size, extra, rows):  # type: ignore[no-untyped-def]
    """Log evidence, not scaled, of the first `size` of `units`, and `extra` (-1 for none), sharing one person; -inf
    if too many rows."""
    count, key = 0, np.uint64(0)
    for a in range(size + (extra >= 0)):
        unit = units[a] if a < size else extra
        key ^= problem.mark[unit]
        for at in range(problem.unit_start[unit], problem.unit_start[unit + 1]):
            if count >= problem.most:
                return -np.inf
            rows[count] = problem.unit_rows[at]
            count += 1
    return set_weight(packed, memory, tempers, rows, count, key)


@njit(cache=True, nogil=True)
def _remembered(memory_key, memory_weight, key):  # type: ignore[no-untyped-def]
    """The weight of a set whose weight is remembered, else nan."""
    slot = find_slot(memory_key, key | np.uint64(1))
    return memory_weight[slot] if slot >= 0 else np.nan


@njit(cache=True, nogil=True)
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
        joined = _remembered(keys, weights, state.mark[series] ^ mark)
        if np.isnan(joined):
            joined = _weight(packed, memory, tempers, problem, inside, size, unit, rows)
        before = own[inside[0]] if size == 1 else _remembered(keys, weights, state.mark[series])
        if np.isnan(before):
            before = _weight(packed, memory, tempers, problem, inside, size, -1, rows)
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


@njit(cache=True, nogil=True)
def _gather(state, one, other, rest, side):  # type: ignore[no-untyped-def]
    """Members of the series of two units, themselves left out, into `rest`, with their side; returns how many."""
    count = 0
    for turn in range(2):
        series = state.of[one] if turn == 0 else state.of[other]
        if turn == 1 and series == state.of[one]:
            break
        for a in range(state.size[series]):
            unit = state.members[series, a]
            if unit not in (one, other):
                rest[count] = unit
                side[count] = turn
                count += 1
    return count


@njit(cache=True, nogil=True)
def _may_merge(problem, state, one, other):  # type: ignore[no-untyped-def]
    series = state.of[one]
    for a in range(state.size[series]):
        unit = state.members[series, a]
        if not may_join(problem, state, unit, state.of[other]):
            return False
    return True


@njit(cache=True, nogil=True)
def _gained(packed, memory, tempers, problem, state, one, other, groups, rows):  # type: ignore[no-untyped-def]
    """Log odds of the series of two units as one against as two. The chance of a merge is never above it."""
    a, b = state.of[one], state.of[other]
    size, more = state.size[a], state.size[b]
    whole = _remembered(memory.set_key, memory.set_weight, state.mark[a] ^ state.mark[b])
    if np.isnan(whole):
        groups[0, :size], groups[0, size : size + more] = state.members[a, :size], state.members[b, :more]
        whole = _weight(packed, memory, tempers, problem, groups[0], size + more, -1, rows)
    parted = _weight(packed, memory, tempers, problem, state.members[a], size, -1, rows)
    parted += _weight(packed, memory, tempers, problem, state.members[b], more, -1, rows)
    once, lift = 0, 0.0
    for at in range(size if len(problem.tie) else 0):
        found, weight = tied(problem, state.of, state.members[a, at], b)
        once += found
        lift += weight
    size -= state.again[a]
    more -= state.again[b]
    prior = problem.log_series[size + more - once] - problem.log_series[size] - problem.log_series[more]
    return problem.scale * (whole - parted) + prior - problem.log_people + lift


@njit(cache=True, nogil=True)
def _united(problem, groups, size, place):  # type: ignore[no-untyped-def]
    """Put the second group behind the first and clear `place`; ties across: incidents they count once, and weight."""
    again, lift = 0, 0.0
    for a in range(size[1]):
        once, weight = tied(problem, place, groups[1, a], 0)
        again += once
        lift += weight
        groups[0, size[0] + a] = groups[1, a]
    for a in range(size[0] + size[1]):
        place[groups[0, a]] = -1
    return again, lift


@njit(cache=True, nogil=True)
def _merge_or_split(packed, memory, tempers, problem, state, one, other, groups, rest, side, rows, place):  # type: ignore[no-untyped-def]
    """Propose that two units' series become one, or that their one series is parted between them (Dahl 2003)."""
    together = state.of[one] == state.of[other]
    whole_size = state.size[state.of[one]] + (0 if together else state.size[state.of[other]])
    if whole_size + 1 > state.members.shape[1] or not (together or _may_merge(problem, state, one, other)):
        return
    if whole_size > WHOLE and np.random.random() >= (WHOLE / whole_size) ** 3:
        return
    allowed = np.log(np.random.random())
    if not together and allowed >= _gained(packed, memory, tempers, problem, state, one, other, groups, rows):
        return
    count = _gather(state, one, other, rest, side)
    groups[0, 0], groups[1, 0] = one, other
    place[one], place[other] = 0, 1
    size, again, lift = np.ones(2, np.int64), np.zeros(2, np.int64), 0.0
    held = np.zeros(2)
    held[0] = _weight(packed, memory, tempers, problem, groups[0], 1, -1, rows)
    held[1] = _weight(packed, memory, tempers, problem, groups[1], 1, -1, rows)
    path = 0.0
    for a in np.random.permutation(count):
        unit = rest[a]
        with_one = _weight(packed, memory, tempers, problem, groups[0], size[0], unit, rows)
        with_other = _weight(packed, memory, tempers, problem, groups[1], size[1], unit, rows)
        gain = problem.scale * (with_one - held[0] - with_other + held[1])
        once, weight = tied(problem, place, unit, 0)
        once_other, weight_other = tied(problem, place, unit, 1)
        long, long_other = size[0] - again[0], size[1] - again[1]
        gain += problem.log_series[long + 1 - once] - problem.log_series[long]
        gain -= problem.log_series[long_other + 1 - once_other] - problem.log_series[long_other]
        gain += weight - weight_other
        chance = 1.0 / (1.0 + np.exp(min(700.0, -gain)))
        to = (0 if np.random.random() < chance else 1) if together else side[a]
        path -= np.log1p(np.exp(min(700.0, -gain if to == 0 else gain)))
        groups[to, size[to]] = unit
        place[unit] = to
        size[to] += 1
        again[to] += once if to == 0 else once_other
        lift += weight if to == 0 else weight_other
        held[to] = with_one if to == 0 else with_other
    parted = problem.scale * (held[0] + held[1]) + problem.log_people
    parted += problem.log_series[size[0] - again[0]] + problem.log_series[size[1] - again[1]] + lift
    across, weight = _united(problem, groups, size, place)
    lift += weight
    whole = problem.scale * _weight(packed, memory, tempers, problem, groups[0], size[0] + size[1], -1, rows)
    whole += problem.log_series[size[0] + size[1] - again[0] - again[1] - across] + lift
    ratio = parted - whole - path if together else whole - parted + path
    if allowed < ratio:
        target = -1
        for a in range(size[1]):
            unit = groups[1, a]
            take_out(problem, state, unit)
            put_in(problem, state, unit, target if together else state.of[one])
            target = state.of[unit]


@njit(cache=True, nogil=True)
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
        ratio -= _weight(packed, memory, tempers, problem, state.members[series], size, -1, rows)
        for i in range(size):
            unit = state.members[series, i]
            groups[turn, i] = comes if unit == leaves else unit
        ratio += _weight(packed, memory, tempers, problem, groups[turn], size, -1, rows)
    if np.log(np.random.random()) < problem.scale * ratio + _swapped_ties(problem, state, one, other):
        take_out(problem, state, one)
        put_in(problem, state, one, b)
        take_out(problem, state, other)
        put_in(problem, state, other, a if state.size[a] > 0 else -1)


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
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
    ends = np.empty(edges, np.int64)
    for unit in range(units):
        ends[problem.edge_start[unit] : problem.edge_start[unit + 1]] = unit
    own = np.zeros(units)
    for unit in range(units):
        own[unit] = _weight(packed, memory, tempers, problem, offers, 0, unit, rows)
    for sweep in range(sweeps):
        _single_moves(packed, memory, tempers, problem, state, own, offers, odds, place, rows, joined)
        for _ in range(units if edges else 0):
            at = _drawn(problem.pull)
            one, other = ends[at], problem.neighbour[at]
            _merge_or_split(packed, memory, tempers, problem, state, one, other, groups, rest, side, rows, place)
        for _ in range(units // 4 + 1 if edges else 0):
            at = _drawn(problem.pull)
            _swap(packed, memory, tempers, problem, state, ends[at], problem.neighbour[at], groups, rows)
        if len(snapshots):
            snapshots[sweep] = state.of
    joined /= max(1, sweeps)
