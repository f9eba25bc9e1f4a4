"""Tables fused into joint codes, so that one look-up weighs several comparisons of a pair at once.

A row's weights against every code of every table lie behind each other in one workspace. A joint code stands for one
combination of the codes of two parts that some row has; its weight is the sum of two earlier places of the workspace.
What a row adds up for each partner is then one weight for each of a few joint codes instead of one for each table.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linkage.compiled import njit
from linkage.features.measures import GAP_LEVELS, gap_edges, spread_level
from linkage.features.packing import Packed

ROWS_A_VALUE = 24
"""A joint code may have one value for so many rows [G]: each value costs every row an addition, and each code that is
saved saves one for every pair."""

DATED = 2
"""Column of dates that says whether there is one."""


class JointCodes(NamedTuple):
    """`codes` (joint codes, n); those of joint code c begin in the workspace at `begin[c]`.

    `leaf` (tables + 2,) is where each table begins in the workspace, then the levels of telling, then the dates;
    `joint_of`, of the same shape, the joint code it went into. From `joined` on, place p of the workspace is the sum
    of places `first[p - joined]` and `second[p - joined]`. `middle` (dates,) are the middles of the distinct dates in
    order, `halves[half]` their half-widths; row i has date `date_codes[i] - 1`, or none for 0. A gap is of a level
    from `edges` (levels,) on. `empty` has no values and the type of the workspace: int16 where no sum can leave it.
    """

    codes: NDArray[np.unsignedinteger]
    begin: NDArray[np.int64]
    leaf: NDArray[np.int64]
    joint_of: NDArray[np.int64]
    joined: int
    first: NDArray[np.int32]
    second: NDArray[np.int32]
    middle: NDArray[np.float32]
    half: NDArray[np.int64]
    halves: NDArray[np.float32]
    date_codes: NDArray[np.int64]
    edges: NDArray[np.float32]
    empty: NDArray[np.signedinteger]


class _Part(NamedTuple):
    """One joint code in the making: `size` values from the place `begin` on, and the largest `weight` of any sum."""

    size: int
    begin: int
    weight: int
    codes: NDArray[np.int64]
    leaves: tuple[int, ...]


def joint_codes(packed: Packed) -> JointCodes:
    """The joint codes of all tables, levels of telling and dates of `packed`."""
    dates, date_codes = _distinct_dates(packed.dates)
    halves, half = np.unique(dates[:, 1], return_inverse=True)
    parts = _leaves(packed, dates, date_codes)
    leaf = np.array([part.begin for part in parts])
    joined = parts[-1].begin + parts[-1].size
    parts, first, second = _fused(parts, joined, packed.n // ROWS_A_VALUE)
    joint_of = np.zeros(len(leaf), dtype=np.int64)
    for number, part in enumerate(parts):
        joint_of[list(part.leaves)] = number
    small = max(part.weight for part in parts) <= np.iinfo(np.int16).max
    narrow = max(part.size for part in parts) <= np.iinfo(np.uint16).max
    return JointCodes(
        np.array([part.codes for part in parts], dtype=np.uint16 if narrow else np.uint32),
        np.array([part.begin for part in parts]),
        leaf,
        joint_of,
        joined,
        first,
        second,
        np.ascontiguousarray(dates[:, 0]),
        half,
        halves,
        date_codes,
        gap_edges(),
        np.zeros(0, np.int16 if small else np.int32),
    )


def _distinct_dates(dates: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Distinct middles and half-widths, in order, and of each row 1 + the number of its own, 0 where it has none."""
    dated = np.flatnonzero(dates[:, DATED] > 0)
    order = dated[np.lexsort((dates[dated, 1], dates[dated, 0]))]
    ordered = dates[order, :DATED]
    new = np.concatenate([[True], (ordered[1:] != ordered[:-1]).any(axis=1)])[: len(order)]
    codes = np.zeros(len(dates), dtype=np.int64)
    codes[order] = np.cumsum(new)
    return np.ascontiguousarray(ordered[new]), codes


def _leaves(packed: Packed, dates: NDArray[np.float32], date_codes: NDArray[np.int64]) -> list[_Part]:
    """Every table, then the levels of telling, then the dates, as joint codes of one part."""
    items = packed.items
    columns = [(codes.astype(np.int64), int(width)) for codes, width in zip(packed.codes, packed.widths, strict=True)]
    columns += [(items.level.astype(np.int64), len(items.base)), (date_codes, len(dates) + 1)]
    ends = [*packed.offsets[1:], len(packed.tables)]
    tables = [packed.tables[start:end] for start, end in zip(packed.offsets, ends, strict=bool(len(packed.offsets)))]
    weights = [_largest(table) for table in tables]
    weights += [_largest(items.base) + _largest(items.alone), _largest(packed.gap_table)]
    found, begin = [], 0
    for number, ((codes, size), weight) in enumerate(zip(columns, weights, strict=True)):
        found.append(_Part(size, begin, weight, codes, (number,)))
        begin += size
    return found


def _largest(weights: NDArray[np.signedinteger]) -> int:
    return int(np.abs(weights.astype(np.int64)).max(initial=0))


def _fused(parts: Sequence[_Part], at: int, limit: int) -> tuple[list[_Part], NDArray[np.int32], NDArray[np.int32]]:
    """The two smallest fused again and again while they have at most `limit` values together; new ones begin `at`."""
    heap, first, second = list(parts), [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
    heapq.heapify(heap)
    done: list[_Part] = []
    while len(heap) > 1:
        one, other = heapq.heappop(heap), heapq.heappop(heap)
        values, codes = np.unique(one.codes * other.size + other.codes, return_inverse=True)
        if len(values) > limit:
            done.append(one)
            heapq.heappush(heap, other)
            continue
        left, right = np.divmod(values, other.size)
        first.append((one.begin + left).astype(np.int32))
        second.append((other.begin + right).astype(np.int32))
        leaves = one.leaves + other.leaves
        heapq.heappush(heap, _Part(len(values), at, one.weight + other.weight, codes, leaves))
        at += len(values)
    return done + heap, np.concatenate(first), np.concatenate(second)


@njit(cache=True, nogil=True)
def row_weights(columns, i, space):  # type: ignore[no-untyped-def]
    """Fill the workspace with what row i weighs against every code; gives the joint codes that can weigh anything."""
    joint, items = columns.joint, columns.items
    heavy = np.zeros(len(joint.begin), dtype=np.uint8)
    for e in range(len(columns.offsets)):
        code, width, into = columns.codes[e, i], columns.widths[e], joint.leaf[e]
        row = columns.offsets[e] + code * width
        for other in range(width):
            space[into + other] = columns.tables[row + other] if code else 0
        heavy[joint.joint_of[e]] |= code > 0
    levels, dates = len(columns.offsets), len(columns.offsets) + 1
    own, into = items.level[i], joint.leaf[levels]
    for level in range(len(items.base)):
        space[into + level] = items.base[own, level] + items.alone[i, level]
    heavy[joint.joint_of[levels]] = 1
    date, into = joint.date_codes[i], joint.leaf[dates]
    for other in range(len(joint.middle) + 1):
        space[into + other] = 0
    if date:
        _set_gaps(joint, date - 1, columns.gap_table, space[into + 1 :])
        heavy[joint.joint_of[dates]] = 1
    for at in range(len(joint.first)):
        space[joint.joined + at] = space[joint.first[at]] + space[joint.second[at]]
    active, size = np.empty(len(heavy), dtype=np.int64), 0
    for c in range(len(heavy)):
        if heavy[c]:
            active[size] = c
            size += 1
    return active[:size]


@njit(cache=True, nogil=True)
def _set_gaps(joint, own, table, into):  # type: ignore[no-untyped-def]
    """Gap weights of date `own` with every date, walking away from it on both sides: gaps only grow on the way."""
    spread = np.empty(len(joint.halves), dtype=np.int64)
    for half in range(len(joint.halves)):
        spread[half] = spread_level(joint.halves[joint.half[own]] + joint.halves[half])
    for step in (1, -1):
        level, at = 0, own
        while 0 <= at < len(joint.middle):
            gap = abs(joint.middle[own] - joint.middle[at])
            while level + 1 < GAP_LEVELS and gap >= joint.edges[level + 1]:
                level += 1
            into[at] = table[level, spread[joint.half[at]]]
            at += step
