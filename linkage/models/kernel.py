"""The pair kernel: one pure function that scores a block of rows against another, exactly.

All weights are whole millibans, so the sums do not depend on the order or on how rows are cut into blocks.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from linkage.compiled import njit
from linkage.features.measures import LOCATED, gap_level, near_millibans, near_ratio, spread_level
from linkage.features.packing import Packed

FAR_UNKNOWN = -1.0
"""Squared distance reported where a side has no place."""


def score_block(left: Packed, right: Packed) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]:
    """Weights of all pairs of `left` and `right` rows, both cut from one packing.

    Returns total weight and place weight in millibans and squared distance in km^2 (FAR_UNKNOWN where a side has
    no place), each of shape (left.n, right.n). `right` must be all rows for sparse evidence to be addressed.
    """
    shape = (left.n, right.n)
    total = np.empty(shape, dtype=np.int32)
    near = np.empty(shape, dtype=np.int32)
    squared = np.empty(shape, dtype=np.float32)
    by_level = right.items._replace(alone=np.ascontiguousarray(right.items.alone.T))  # a level's rows side by side
    _score(
        left.codes,
        right.codes,
        left.tables,
        left.offsets,
        left.widths,
        left.items,
        by_level,
        left.shared.indptr.astype(np.int64, copy=False),
        left.shared.indices.astype(np.int32, copy=False),
        left.shared.data,
        left.points,
        right.points,
        left.near,
        left.dates,
        right.dates,
        left.gap_table,
        total,
        near,
        squared,
    )
    return total, near, squared


@njit(cache=True, nogil=True)
def _score(  # type: ignore[no-untyped-def]
    left_codes,
    right_codes,
    tables,
    offsets,
    widths,
    left_items,
    right_items,
    indptr,
    indices,
    data,
    left_points,
    right_points,
    near_settings,
    left_dates,
    right_dates,
    gap_table,
    total,
    near,
    squared,
):
    for i in range(total.shape[0]):
        row = total[i]
        _set_items(left_items, i, right_items, row)
        for e in range(len(offsets)):
            code = left_codes[e, i]
            if code:
                start = offsets[e] + code * widths[e]
                weights = tables[start : start + widths[e]]
                codes = right_codes[e]
                for j in range(total.shape[1]):
                    row[j] += weights[codes[j]]
        for at in range(indptr[i], indptr[i + 1]):
            row[indices[at]] += data[at]
        _add_near(left_points[i], right_points, near_settings, row, near[i], squared[i])
        _add_gap(left_dates[i], right_dates, gap_table, row)


@njit(cache=True, nogil=True)
def _set_items(left, i, right, row):  # type: ignore[no-untyped-def]
    """Begin the row with what items weigh: silence against silence, what either side tells, and what both tell."""
    own, level = left.level[i], right.level
    against, alone = left.base[own] + left.alone[i], right.alone[own]
    for j in range(len(row)):
        row[j] = against[level[j]] + alone[j]
    for at in range(left.row_start[i], left.row_start[i + 1]):
        item = left.row_item[at]
        weights = left.both[item, left.row_code[at]]
        for other in range(right.item_start[item], right.item_start[item + 1]):
            row[right.item_row[other]] += weights[right.item_code[other]]


@njit(cache=True, nogil=True)
def _add_near(point, points, settings, row, near, squared):  # type: ignore[no-untyped-def]
    elsewhere, temper = settings
    for j in range(len(row)):
        near[j] = 0
        squared[j] = FAR_UNKNOWN
        if point[LOCATED] > 0 and points[j, LOCATED] > 0:
            ratio, squared[j] = near_ratio(point, points, j, elsewhere)
            near[j] = int(np.rint(temper * near_millibans(ratio)))
            row[j] += near[j]


@njit(cache=True, nogil=True)
def _add_gap(date, dates, table, row):  # type: ignore[no-untyped-def]
    if date[2] > 0:
        for j in range(len(row)):
            if dates[j, 2] > 0:
                row[j] += table[gap_level(abs(date[0] - dates[j, 0])), spread_level(date[1] + dates[j, 1])]
