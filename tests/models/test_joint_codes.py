"""Joint codes weigh what their tables weigh, and dates what the gap table says."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from linkage.features.measures import GAP_LEVELS, gap_edges, gap_level, gap_pairs
from linkage.features.packing import Packed, TablePiece, pack
from linkage.features.parameters import elicited
from linkage.features.table import fit_table
from linkage.models import joint_codes as module
from linkage.models.joint_codes import row_weights
from linkage.models.scan_columns import Columns, columns_of
from tests.features.worlds import reports_from


@pytest.fixture(scope="module")
def world() -> Packed:
    return fit_table(reports_from(21, 120), elicited(), sensitive=True).pack()


def summed(columns: Columns, i: int) -> NDArray[np.int64]:
    """What row i weighs against each partner by its joint codes, in the order of rows."""
    joint = columns.joint
    space = np.empty(joint.joined + len(joint.first), joint.empty.dtype)
    active = row_weights(columns, i, space)
    weights = space[joint.begin[active, None] + joint.codes[active].astype(np.int64)].sum(axis=0, dtype=np.int64)
    found: NDArray[np.int64] = weights[columns.position]
    return found


def table_by_table(packed: Packed, i: int) -> NDArray[np.int64]:
    """The same from every table, the levels of telling and the dates of every pair."""
    items, dates = packed.items, packed.dates
    total = (items.base[items.level[i]] + items.alone[i])[items.level].astype(np.int64)
    for codes, begin, width in zip(packed.codes.astype(np.int64), packed.offsets, packed.widths, strict=True):
        total += packed.tables[begin + codes[i] * width + codes]
    rows = np.flatnonzero((dates[:, 2] > 0) & (dates[i, 2] > 0))
    total[rows] += gap_pairs(dates[:, 0], dates[:, 1], packed.gap_table, np.full(len(rows), i), rows)
    found: NDArray[np.int64] = total
    return found


@pytest.mark.parametrize("rows_a_value", [1, 4, 1000])
def test_joint_codes_weigh_what_their_tables_weigh(
    monkeypatch: pytest.MonkeyPatch, world: Packed, rows_a_value: int
) -> None:
    monkeypatch.setattr(module, "ROWS_A_VALUE", rows_a_value)
    columns = columns_of(world, np.arange(world.n))

    for i in range(world.n):
        assert (summed(columns, i) == table_by_table(world, i)).all()


def test_tables_are_fused_where_that_saves_work(world: Packed) -> None:
    joint = columns_of(world, np.arange(world.n)).joint

    assert len(joint.codes) < len(world.codes) + 2
    assert joint.empty.dtype == np.int16


def test_weights_too_large_for_sixteen_bits_are_added_up_in_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROWS_A_VALUE", 1)
    codes, table = np.array([1, 1, 0, 1], np.uint16), np.array([[0, 0], [0, 30_000]], np.int16)
    packed = pack([TablePiece(codes, table)] * 3, 4)
    columns = columns_of(packed, np.arange(4))

    assert columns.joint.empty.dtype == np.int32
    assert summed(columns, 0).tolist() == [90_000, 90_000, 0, 90_000]


def test_a_gap_is_of_the_level_of_its_edges() -> None:
    edges = gap_edges()

    assert [gap_level(edge) for edge in edges] == [max(level, gap_level(edges[level])) for level in range(GAP_LEVELS)]
    below = np.nextafter(edges[1:], np.float32(0))
    assert all(gap_level(gap) < level for level, gap in enumerate(below, start=1) if gap > 0)
    assert (np.diff(edges) >= 0).all()
