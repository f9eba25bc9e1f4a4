"""A packing laid out for the exhaustive scan: whatever all rows share is worked out once, before the first row."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linkage.features.packing import ItemPiece, Packed
from linkage.models.joint_codes import JointCodes, joint_codes
from linkage.models.place_cells import PlaceCells, place_cells


class Columns(NamedTuple):
    """A packing laid out for the pruned kernel, which goes through the partners in the order of their place cells.

    Row i is partner number `position[i]`. So are numbered `points`, `joint.codes`, the sparse `indices`, `by_level`
    (levels, n), which is `items.alone` turned, and `mates`, of which those from `mates_start[i]` to `mates_end[i]`
    are of row i's incident. `tellers` (told,) say who tells each item and how: number * 2^`bits` + code. All else is
    in the order of rows.
    """

    codes: NDArray[np.uint16]
    tables: NDArray[np.int16]
    offsets: NDArray[np.int64]
    widths: NDArray[np.int64]
    items: ItemPiece
    gap_table: NDArray[np.int16]
    joint: JointCodes
    by_level: NDArray[np.int32]
    position: NDArray[np.int64]
    tellers: NDArray[np.uint32]
    bits: int
    indptr: NDArray[np.int64]
    indices: NDArray[np.int64]
    data: NDArray[np.int32]
    points: NDArray[np.float32]
    near: tuple[float, float]
    cells: PlaceCells
    mates: NDArray[np.int64]
    mates_start: NDArray[np.int64]
    mates_end: NDArray[np.int64]


def columns_of(packed: Packed, incident: NDArray[np.int64]) -> Columns:
    """Lay out a packing; `incident` (n,) as in `scan`."""
    items = packed.items
    bits = max(1, (items.both.shape[1] - 1).bit_length())
    if packed.n << bits > 2**32:
        raise ValueError(f"{packed.n} reports are more than one scan can number; scan fewer at a time")
    cells, joint = place_cells(packed.points), joint_codes(packed)
    position = np.empty(packed.n, dtype=np.int64)
    position[cells.order] = np.arange(packed.n)
    by_incident = np.argsort(incident, kind="stable")
    return Columns(
        packed.codes,
        packed.tables,
        packed.offsets,
        packed.widths,
        items,
        packed.gap_table,
        joint._replace(codes=np.ascontiguousarray(joint.codes[:, cells.order])),
        np.ascontiguousarray(items.alone[cells.order].T),
        position,
        _tellers(items, position, bits),
        bits,
        packed.shared.indptr.astype(np.int64),
        position[packed.shared.indices],
        packed.shared.data,
        packed.points[cells.order],
        packed.near,
        cells,
        position[by_incident],
        np.searchsorted(incident[by_incident], incident),
        np.searchsorted(incident[by_incident], incident, side="right"),
    )


def _tellers(items: ItemPiece, position: NDArray[np.int64], bits: int) -> NDArray[np.uint32]:
    """See `Columns`; ascending in each item, so that memory is walked one way."""
    item = np.repeat(np.arange(len(items.item_start) - 1), np.diff(items.item_start))
    tellers = (position[items.item_row] << bits) + items.item_code
    return tellers[np.lexsort((tellers, item))].astype(np.uint32)
