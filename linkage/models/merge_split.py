"""Merge and split: two series become one, or one becomes two (sequentially allocated, Dahl 2003).

Which units of a series are proposed to go where is drawn by what pairs of them weigh, known from before; whole sets
are weighed only to accept or refuse. Under Metropolis-Hastings any proposal leaves the posterior what it is, if its
own chance is counted, and one that follows pairs is taken as often as one that weighs every set on the way.
"""

from __future__ import annotations

import numpy as np

from linkage.compiled import njit
from linkage.models.compiled import leaf
from linkage.models.partition import may_join, put_in, take_out, tied
from linkage.models.unit_weights import remembered, weight_of

WHOLE = 16
"""Units of two series above which their merging, or the split of what they are together, is proposed more seldom,
by the cube of how much larger they are [G]: such a proposal weighs a growing set for each unit, and a weighing goes
with the cube of the set. Merge and split have the same units, so the posterior stays what it is."""

BOLDNESS = 0.6
"""Share of the pairs' evidence by which a split is proposed [G]: pairs of a set are not independent of each other."""


@leaf
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


@leaf
def _may_merge(problem, state, one, other):  # type: ignore[no-untyped-def]
    series = state.of[one]
    for a in range(state.size[series]):
        unit = state.members[series, a]
        if not may_join(problem, state, unit, state.of[other]):
            return False
    return True


@leaf
def _gained(packed, memory, tempers, problem, state, one, other, groups, rows):  # type: ignore[no-untyped-def]
    """Log odds of the series of two units as one against as two. The chance of a merge is never above it."""
    a, b = state.of[one], state.of[other]
    size, more = state.size[a], state.size[b]
    whole = remembered(memory.set_key, memory.set_weight, state.mark[a] ^ state.mark[b])
    if np.isnan(whole):
        for at in range(size + more):
            groups[0, at] = state.members[a, at] if at < size else state.members[b, at - size]
        whole = weight_of(packed, memory, tempers, problem, groups[0], size + more, -1, rows)
    parted = weight_of(packed, memory, tempers, problem, state.members[a], size, -1, rows)
    parted += weight_of(packed, memory, tempers, problem, state.members[b], more, -1, rows)
    once, lift = 0, 0.0
    for at in range(size if len(problem.tie) else 0):
        found, weight = tied(problem, state.of, state.members[a, at], b)
        once += found
        lift += weight
    size -= state.again[a]
    more -= state.again[b]
    prior = problem.log_series[size + more - once] - problem.log_series[size] - problem.log_series[more]
    return problem.scale * (whole - parted) + prior - problem.log_people + lift


@leaf
def _likeness(packed, memory, tempers, problem, one, other, two, rows):  # type: ignore[no-untyped-def]
    """Scaled likelihood ratio of two units being of one person, within reason; `two` (2,) is room for them."""
    weight = remembered(memory.set_key, memory.set_weight, problem.mark[one] ^ problem.mark[other])
    if np.isnan(weight):
        two[0], two[1] = one, other
        weight = weight_of(packed, memory, tempers, problem, two, 2, -1, rows)
    return np.exp(min(max(BOLDNESS * problem.scale * weight, -50.0), 50.0))


@njit(cache=True, nogil=True)
def _parted(packed, memory, tempers, problem, groups, rest, side, count, drawn, room, rows, place):  # type: ignore[no-untyped-def]
    """Part the `count` units of `rest` between the first units of two groups, in random order: by chance where they
    are `drawn`, else as `side` says. Returns the groups' sizes, incidents and ties within, and log chance of it all.

    A unit goes to a group by what its members resemble it on average, two by two. That only proposes, so it may be
    rough: what whole groups weigh decides.
    """
    near, two = room
    size, again, lift, path = np.ones(2, np.int64), np.zeros(2, np.int64), 0.0, 0.0
    for to in range(2):
        place[groups[to, 0]] = to
        for a in range(count):
            near[to, a] = _likeness(packed, memory, tempers, problem, rest[a], groups[to, 0], two, rows)
    order = np.random.permutation(count)
    for turn in range(count):
        unit = rest[order[turn]]
        once, weight = tied(problem, place, unit, 0)
        once_other, weight_other = tied(problem, place, unit, 1)
        long, long_other = size[0] - again[0], size[1] - again[1]
        gain = np.log(near[0, order[turn]] / size[0]) - np.log(near[1, order[turn]] / size[1])
        gain += problem.log_series[long + 1 - once] - problem.log_series[long]
        gain -= problem.log_series[long_other + 1 - once_other] - problem.log_series[long_other]
        gain += weight - weight_other
        chance = 1.0 / (1.0 + np.exp(min(700.0, -gain)))
        to = (0 if np.random.random() < chance else 1) if drawn else side[order[turn]]
        path -= np.log1p(np.exp(min(700.0, -gain if to == 0 else gain)))
        groups[to, size[to]] = unit
        place[unit] = to
        size[to] += 1
        again[to] += once if to == 0 else once_other
        lift += weight if to == 0 else weight_other
        for later in range(turn + 1, count):
            a = order[later]
            near[to, a] += _likeness(packed, memory, tempers, problem, rest[a], unit, two, rows)
    return size, again, lift, path


@leaf
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
def merge_or_split(packed, memory, tempers, problem, state, one, other, groups, rest, side, room, rows, place):  # type: ignore[no-untyped-def]
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
    size, again, lift, path = _parted(
        packed, memory, tempers, problem, groups, rest, side, count, together, room, rows, place
    )
    parted = weight_of(packed, memory, tempers, problem, groups[0], size[0], -1, rows)
    parted += weight_of(packed, memory, tempers, problem, groups[1], size[1], -1, rows)
    parted = problem.scale * parted + problem.log_people + lift
    parted += problem.log_series[size[0] - again[0]] + problem.log_series[size[1] - again[1]]
    across, weight = _united(problem, groups, size, place)
    lift += weight
    whole = problem.scale * weight_of(packed, memory, tempers, problem, groups[0], size[0] + size[1], -1, rows)
    whole += problem.log_series[size[0] + size[1] - again[0] - again[1] - across] + lift
    ratio = parted - whole - path if together else whole - parted + path
    if allowed < ratio:
        target = -1
        for a in range(size[1]):
            unit = groups[1, a]
            take_out(problem, state, unit)
            put_in(problem, state, unit, target if together else state.of[one])
            target = state.of[unit]
