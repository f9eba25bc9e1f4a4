"""Places gathered in cells, and between which bounds a place weighs against all places of a cell.

The weight of two places takes roots and a logarithm. Its bounds by cell are enough to leave out nearly all pairs:
only those that may still enter a list are worked out.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linkage.compiled import njit
from linkage.features.measures import (
    FIRST_REACH,
    LOCATED,
    REACHES,
    VARIANCE,
    near_millibans,
    reach_density,
)

CELL_ROWS = 64
"""Places a cell [G]: cells cost each row, loose bounds each pair."""

MOST_CELLS = 256
"""Cells at most [G]."""

SLACK = 1e-4
"""Share by which squared distances are taken wider than worked out, far above what single precision loses."""


class PlaceCells(NamedTuple):
    """`order` (n,) are the rows by cell, those of cell c from `begin[c]` on; cell 0 are those without a place.

    Of each cell, `low` and `high` (POINT, cells) bound every number of its places.
    """

    order: NDArray[np.int64]
    begin: NDArray[np.int64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def place_cells(points: NDArray[np.float32]) -> PlaceCells:
    """Cells of near places of like uncertainty: halved where they are widest, in km."""
    placed = points[:, LOCATED] > 0
    room = points[:, : VARIANCE + 1].astype(np.float64)
    room[:, VARIANCE] = np.sqrt(room[:, VARIANCE])
    cells = [np.flatnonzero(placed)] if placed.any() else []
    while cells and len(cells[0]) > CELL_ROWS and 2 * len(cells) <= MOST_CELLS:
        cells = [half for cell in cells for half in _halves(room, cell)]
    low, high = np.zeros((2, points.shape[1], len(cells) + 1))
    for number, rows in enumerate(cells, start=1):
        low[:, number], high[:, number] = points[rows].min(axis=0), points[rows].max(axis=0)
    cells = [np.flatnonzero(~placed), *cells]
    begin = np.cumsum([0, *(len(rows) for rows in cells)])
    return PlaceCells(np.concatenate([np.sort(rows) for rows in cells]), begin, low, high)


def _halves(room: NDArray[np.float64], rows: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    middle = len(rows) // 2
    order = np.argpartition(room[rows, np.argmax(np.ptp(room[rows], axis=0))], middle)
    return rows[order[:middle]], rows[order[middle:]]


@njit(cache=True, nogil=True)
def bound_places(point, cells, near):  # type: ignore[no-untyped-def]
    """Bounds by cell of the weight of a place in millibans, least and most, and of squared distances in km^2.

    Everything is 0 for cell 0, and where `point` has no place. `near` = (elsewhere, temper). Weights are taken a
    milliban wider than worked out, for what rounding may do.
    """
    count = cells.low.shape[1]
    least, most = np.zeros(count, dtype=np.int32), np.zeros(count, dtype=np.int32)
    nearest, farthest = np.zeros(count), np.zeros(count)
    if point[LOCATED] > 0:
        elsewhere, temper = near
        _bound_squares(point, cells, nearest, farthest)
        smallest, largest = np.zeros(count), np.zeros(count)
        for k in range(len(REACHES)):
            _bound_reach(point, cells, k, (nearest, farthest), smallest, largest)
        for c in range(1, count):
            least[c] = np.floor(temper * (near_millibans(elsewhere + smallest[c]) - 1))
            most[c] = np.ceil(temper * (near_millibans(elsewhere + largest[c]) + 1))
    return least, most, nearest, farthest


@njit(cache=True, nogil=True)
def _bound_squares(point, cells, nearest, farthest):  # type: ignore[no-untyped-def]
    for axis in range(VARIANCE):
        low, high, own = cells.low[axis], cells.high[axis], np.float64(point[axis])
        for c in range(1, len(nearest)):
            below, above = low[c] - own, own - high[c]
            nearest[c] += (1.0 - SLACK) * max(below, above, 0.0) ** 2
            farthest[c] += (1.0 + SLACK) * max(-below, -above) ** 2


@njit(cache=True, nogil=True, error_model="numpy")  # no check of divisors, which are never 0: several cells at once
def _bound_reach(point, cells, k, squares, smallest, largest):  # type: ignore[no-untyped-def]
    """Add the bounds of one reach of `near_ratio`.

    Its density falls with the squared distance s; in the variance v it rises up to s / 2 and falls from there, so it
    is least at one of the ends.
    """
    nearest, farthest = squares
    share, doubt = np.float64(point[FIRST_REACH + k]), REACHES[k] * REACHES[k] + np.float64(point[VARIANCE])
    low, high = cells.low[FIRST_REACH + k], cells.high[FIRST_REACH + k]
    sure, vague = cells.low[VARIANCE], cells.high[VARIANCE]
    for c in range(1, len(smallest)):
        peak = min(max(0.5 * nearest[c], doubt + sure[c]), doubt + vague[c])
        largest[c] += share * high[c] * reach_density(peak, nearest[c])
        ends = reach_density(doubt + sure[c], farthest[c]), reach_density(doubt + vague[c], farthest[c])
        smallest[c] += share * low[c] * min(ends[0], ends[1])
