"""The pruned kernel: each row's best partners, without working out what cannot change them.

For every row it does three things, all in whole millibans:

1. *Away*: what each pair weighs without place, exactly: joint codes, items that both tell, and sparse evidence.
2. *Bounds*: the place weighs between two bounds that hang on the partner's cell alone. Were all places at their lower
   bound, the lists would end somewhere; a list can only end higher. So it is known, before any place is weighed, what
   a pair must weigh `away` to enter a list, cell by cell.
3. *Survivors*: the few pairs that reach it get their place weighed exactly, by the same function as everywhere.

The outcome is that of `score_block` and a sort: bounds are true bounds, and whatever ties with the end of a list
survives.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from linkage.compiled import njit
from linkage.features.measures import LOCATED, near_millibans, near_ratio
from linkage.models.joint_codes import row_weights
from linkage.models.place_cells import bound_places

LANES = 256
"""Lanes a row is folded into to find where its lists end at least [G]; more than a list is long."""

NEVER = 2**30
"""Millibans that no pair weighs: what rows of one incident lack, and what a list without places asks for."""

MAIN, FAR, FLAG_BITS = 1, 2, 2
"""Flags of the two lists, and how many bits they take."""


class Limits(NamedTuple):
    """What is listed, as in `ScanSettings`, with every number given."""

    top: int
    far_top: int
    far_squared: float
    least: int


@njit(cache=True, nogil=True)
def best_partners(columns, start, end, limits):  # type: ignore[no-untyped-def]
    """Best partners of rows `start` to `end`, each as (row * n + partner) * 2^`FLAG_BITS` + flags, in no order."""
    n = len(columns.points)
    found, size = np.empty((end - start) * (limits.top + limits.far_top), dtype=np.int64), 0
    space = np.empty(columns.joint.joined + len(columns.joint.first), dtype=columns.joint.empty.dtype)
    away = np.empty(n, dtype=np.int32)
    for i in range(start, end):
        _set_away(columns, i, space, away)
        bounds = bound_places(columns.points[columns.position[i]], columns.cells, columns.near)
        survivors = _survivors(columns.cells, away, _needed(columns.cells, away, bounds, limits))
        flags = _flags(columns, i, away, survivors, limits)
        if size + len(flags) > len(found):
            found = _longer(found, 2 * (size + len(flags)))
        for s in range(len(flags)):
            if flags[s]:
                found[size] = ((i * n + columns.cells.order[survivors[s]]) << FLAG_BITS) + flags[s]
                size += 1
    return found[:size]


@njit(cache=True, nogil=True)
def _longer(values, size):  # type: ignore[no-untyped-def]
    found = np.empty(size, dtype=values.dtype)
    for at in range(len(values)):
        found[at] = values[at]
    return found


@njit(cache=True, nogil=True)
def _set_away(columns, i, space, away):  # type: ignore[no-untyped-def]
    """Fill what every pair of row i weighs without place; -NEVER for rows of its own incident."""
    joint, items = columns.joint, columns.items
    alone = columns.by_level[items.level[i]]
    for j in range(len(away)):
        away[j] = alone[j]
    active = row_weights(columns, i, space)
    for at in range(0, len(active) - 3, 4):
        a, b, c, d = active[at], active[at + 1], active[at + 2], active[at + 3]
        _add_four(
            (joint.codes[a], joint.codes[b], joint.codes[c], joint.codes[d]),
            (space[joint.begin[a] :], space[joint.begin[b] :], space[joint.begin[c] :], space[joint.begin[d] :]),
            away,
        )
    for a in active[len(active) // 4 * 4 :]:
        codes, weights = joint.codes[a], space[joint.begin[a] :]
        for j in range(len(away)):
            away[j] += weights[codes[j]]
    mask = np.uint32((1 << columns.bits) - 1)
    for at in range(items.row_start[i], items.row_start[i + 1]):
        item = items.row_item[at]
        weights = items.both[item, items.row_code[at]]
        for told in columns.tellers[items.item_start[item] : items.item_start[item + 1]]:
            away[told >> np.uint32(columns.bits)] += weights[told & mask]
    for at in range(columns.indptr[i], columns.indptr[i + 1]):
        away[columns.indices[at]] += columns.data[at]
    for mate in columns.mates[columns.mates_start[i] : columns.mates_end[i]]:
        away[mate] = -NEVER


@njit(cache=True, nogil=True)
def _add_four(codes, weights, away):  # type: ignore[no-untyped-def]
    """Add four joint codes' weights in one pass."""
    a, b, c, d = codes
    of_a, of_b, of_c, of_d = weights
    for j in range(len(away)):
        away[j] += np.int32(of_a[a[j]]) + np.int32(of_b[b[j]]) + np.int32(of_c[c[j]]) + np.int32(of_d[d[j]])


@njit(cache=True, nogil=True)
def _needed(cells, away, bounds, limits):  # type: ignore[no-untyped-def]
    """What a pair must weigh away to be listed, by the cell of its partner."""
    least, most, nearest, farthest = bounds
    main_end, far_end = _least_ends(cells, away, least, nearest, limits)
    needed = np.empty(len(most), dtype=np.int32)
    for c in range(len(needed)):
        needed[c] = min(main_end, limits.least) - most[c]
        if farthest[c] > limits.far_squared:
            needed[c] = min(needed[c], far_end)
    return needed


@njit(cache=True, nogil=True)
def _least_ends(cells, away, least, nearest, limits):  # type: ignore[no-untyped-def]
    """What the last of the main and of the far list weigh at least.

    The row is folded into lanes of which only the heaviest counts: that so many pairs weigh so much is then certain.
    """
    lanes = max(LANES, 4 * limits.top, 4 * limits.far_top)
    main, far = np.empty(lanes, dtype=np.int32), np.empty(lanes, dtype=np.int32)
    for lane in range(lanes):
        main[lane] = far[lane] = -NEVER
    for c in range(len(least)):
        at, end = cells.begin[c], cells.begin[c + 1]
        while at < end:
            lane = at % lanes
            count = min(end - at, lanes - lane)
            weights = away[at : at + count]
            _raise(main[lane : lane + count], weights, least[c])
            if nearest[c] > limits.far_squared:
                _raise(far[lane : lane + count], weights, np.int32(0))
            at += count
    return _end(main, limits.top), _end(far, limits.far_top)


@njit(cache=True, nogil=True)
def _raise(highest, weights, more):  # type: ignore[no-untyped-def]
    """Lift lanes to what weighs more."""
    for k in range(len(weights)):
        weight = np.int32(weights[k] + more)
        highest[k] = weight if weight > highest[k] else highest[k]


@njit(cache=True, nogil=True)
def _end(weights, top):  # type: ignore[no-untyped-def]
    """The largest weight that `top` of them reach, found by halving; NEVER / -2 where there are fewer."""
    if top == 0:
        return NEVER
    high, step = -NEVER, 1024
    for weight in weights:
        high = max(high, weight)
    while high - step > -NEVER // 2 and _reaching(weights, high - step) < top:
        step *= 2
    low, high = max(high - step, -NEVER // 2), max(high, -NEVER // 2)
    while low < high:
        middle = (low + high + 1) >> 1
        if _reaching(weights, middle) >= top:
            low = middle
        else:
            high = middle - 1
    return low


@njit(cache=True, nogil=True)
def _reaching(weights, least):  # type: ignore[no-untyped-def]
    """How many weights reach the least, worked out in 32 bits: eight at once."""
    count, least = np.int32(0), np.int32(least)
    for weight in weights:
        count = np.int32(count + (weight >= least))
    return count


@njit(cache=True, nogil=True)
def _survivors(cells, away, needed):  # type: ignore[no-untyped-def]
    """Positions of the partners that weigh what is needed in their cell."""
    found = np.empty(len(away), dtype=np.int64)
    size = 0
    for c in range(len(needed)):
        for at in range(cells.begin[c], cells.begin[c + 1]):
            if away[at] >= needed[c]:
                found[size] = at
                size += 1
    return found[:size]


@njit(cache=True, nogil=True, error_model="numpy")  # no check of divisors, which are never 0
def _flags(columns, i, away, survivors, limits):  # type: ignore[no-untyped-def]
    """Weigh the survivors' places exactly, and flag those that are listed."""
    elsewhere, temper = columns.near
    point = columns.points[columns.position[i]]
    main, far = np.empty(len(survivors), dtype=np.int32), np.empty(len(survivors), dtype=np.int32)
    flags = np.zeros(len(survivors), dtype=np.uint8)
    for s in range(len(survivors)):
        at = survivors[s]
        main[s], far[s] = away[at], -NEVER
        if point[LOCATED] > 0 and columns.points[at, LOCATED] > 0:
            ratio, squared = near_ratio(point, columns.points, at, elsewhere)
            main[s] += int(np.rint(temper * near_millibans(ratio)))
            if squared > limits.far_squared:
                far[s] = away[at]
        if main[s] >= limits.least:
            flags[s] = MAIN
    _flag(main, (survivors, columns.cells.order), limits.top, MAIN, flags)
    _flag(far, (survivors, columns.cells.order), limits.far_top, FAR, flags)
    return flags


@njit(cache=True, nogil=True)
def _flag(weights, numbers, top, flag, flags):  # type: ignore[no-untyped-def]
    """Flag the `top` largest weights, ties to the lower row; `numbers` = (numbers of the partners, row of each)."""
    survivors, order = numbers
    end = _end(weights, top)
    tied = np.empty(len(weights), dtype=np.int32)
    for s in range(len(weights)):
        tied[s] = -order[survivors[s]] if weights[s] == end else -NEVER
    more = _reaching(weights, end) - top
    last = -NEVER + 1 if more <= 0 else _end(tied, _reaching(tied, -NEVER + 1) - more)
    for s in range(len(weights)):
        if weights[s] > end or tied[s] >= last:
            flags[s] |= flag
