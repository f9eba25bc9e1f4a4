"""Sums over all rows of what one more report weighs against each, in compiled code: one walk over memory for each
kind of evidence."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from linkage.compiled import njit


@njit(cache=True, nogil=True)
def add_by_code(total, codes, weights):  # type: ignore[no-untyped-def]
    """Add to each row of `total` (n,) the weight of its code."""
    for j in range(len(total)):
        total[j] += weights[codes[j]]


@njit(cache=True, nogil=True)
def add_by_items(total, temper, level, base, start, items, codes, against):  # type: ignore[no-untyped-def]
    """Add to each row of `total` what silence at its level weighs (`base`, (levels,)), and for every item that it
    tells what that weighs in place of silence; row j tells `items[start[j]:start[j + 1]]`, and `against` is (items,
    codes), whose first codes are the levels. A row of level 0 tells nothing."""
    for j in range(len(total)):
        own = level[j]
        if own > 0:
            weight = base[own]
            for at in range(start[j], start[j + 1]):
                weight += against[items[at], codes[at]] - against[items[at], own]
            total[j] += temper * weight


@njit(cache=True, nogil=True)
def summed_over_holders(  # type: ignore[no-untyped-def]
    rows, start, words, weights, n
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Rows that hold any of the `words`, and the sum of the weights (over 0) of those that each holds; word w stands
    in `rows[start[w]:start[w + 1]]`."""
    total, most = np.zeros(n), 0
    for word in words:
        most += start[word + 1] - start[word]
    found, size = np.empty(most, dtype=np.int64), 0
    for k in range(len(words)):
        for at in range(start[words[k]], start[words[k] + 1]):
            row = rows[at]
            if total[row] == 0.0:
                found[size] = row
                size += 1
            total[row] += weights[k]
    found = found[:size]
    return found, total[found]


@njit(cache=True, nogil=True)
def squared_from(point: Any, points: Any, located: int) -> NDArray[np.float32]:
    """Squared distance in km^2 of one place from every row, -1 where a side is not `located` (a column)."""
    out = np.full(len(points), np.float32(-1.0), dtype=np.float32)
    if point[located] > 0:
        for j in range(len(points)):
            if points[j, located] > 0:
                x, y, z = point[0] - points[j, 0], point[1] - points[j, 1], point[2] - points[j, 2]
                out[j] = x * x + y * y + z * z
    return out
