"""The set kernel against the columns it stands for, whatever the order of rows and however little it remembers."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from linkage.features.items import ItemColumn
from linkage.features.latent import LatentColumn, TurnsColumn
from linkage.features.parameters import elicited
from linkage.features.set_packing import MOST_TREES, PackedSets, pack_sets
from linkage.features.table import EvidenceTable, fit_table
from linkage.models.set_kernel import LN10, set_parts, set_weight
from linkage.models.set_memory import Memory, find_slot, memory
from linkage.report import Report
from tests.features.worlds import reports_from, seeds

few = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])


def packed_table(reports: list[Report]) -> tuple[EvidenceTable, PackedSets]:
    table = fit_table(reports, elicited(), sensitive=True)
    return table, pack_sets([column.set_piece() for column in table.columns], len(reports))


def roundings(table: EvidenceTable, column: int, size: int) -> float:
    """What rounding to millibans may do to a set of `size`: half a one for each number on each edge of a tree."""
    found = table.columns[column]
    hidden = isinstance(found, LatentColumn) and not isinstance(found, TurnsColumn)
    if hidden or isinstance(found, ItemColumn):
        return 0.0
    return 0.0005 * (size - 1)


def parts_of(packed: PackedSets, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """log10 LR of a set of rows coming from one person, for every column, untempered."""
    room = memory(packed, len(rows), len(rows) ** 2, 1)
    set_parts(packed, room, np.sort(np.asarray(rows, dtype=np.int64)), len(rows))
    return room.parts


def shrunk(room: Memory, pairs: int, sets: int) -> Memory:
    """The same with room for as few remembered values."""
    return room._replace(
        pair_key=np.zeros(pairs, np.uint64),
        pair_ratio=np.ones((pairs, room.pair_ratio.shape[1]), np.float32),
        set_key=np.zeros(sets, np.uint64),
        set_weight=np.zeros(sets),
    )


@few
@given(reports=seeds(1, 14), order=st.randoms(use_true_random=False))
def test_every_column_weighs_a_set_as_it_says_itself(reports: list[Report], order: random.Random) -> None:
    table, packed = packed_table(reports)
    for size in {1, 2, len(reports) // 2, len(reports)} & set(range(1, len(reports) + 1)):
        rows = order.sample(range(len(reports)), size)
        found = parts_of(packed, np.array(rows))
        for at, column in enumerate(table.columns):
            slack = 1e-5 + roundings(table, at, size)
            assert found[at] == pytest.approx(column.set_weight(rows), abs=slack), table.names[at]


def test_a_set_of_many_keeps_its_precision() -> None:
    table, packed = packed_table(reports_from(8, 110, missing=0.05))
    rows = np.arange(110)
    exact = [column.set_weight(rows.tolist()) for column in table.columns]

    assert np.isfinite(parts_of(packed, rows)).all()
    assert parts_of(packed, rows) == pytest.approx(exact, abs=0.0005 * 109 * 20)


@few
@given(reports=seeds(2, 12), order=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_not_a_bit(reports: list[Report], order: random.Random) -> None:
    _, packed = packed_table(reports)
    rows = order.sample(range(len(reports)), len(reports))

    assert (parts_of(packed, np.array(rows)) == parts_of(packed, np.sort(rows))).all()


def test_a_report_that_says_nothing_adds_nothing() -> None:
    silent = [Report(report_id=f"S{i}") for i in range(3)]
    _, packed = packed_table([*silent, *reports_from(6, 9, missing=0.2)])
    told = parts_of(packed, np.arange(3, 12))

    assert (parts_of(packed, np.arange(12)) == told).all()
    assert (told != 0).any()
    assert (parts_of(packed, np.array([0, 1, 2])) == 0).all()


@pytest.mark.parametrize("rows", [[], [0], [1]])
def test_nobody_and_one_weigh_nothing(rows: list[int]) -> None:
    _, packed = packed_table(reports_from(6, 2, missing=0.05))

    assert (parts_of(packed, np.array(rows, dtype=np.int64)) == 0).all()


@pytest.mark.parametrize("places", [(1, 1), (4, 2), (16, 16)])
def test_what_was_forgotten_is_worked_out_anew_and_the_same(places: tuple[int, int]) -> None:
    _, packed = packed_table(reports_from(9, 30, missing=0.3))
    draw, tempers = np.random.default_rng(3), np.linspace(0.4, 1.1, packed.columns)
    mark = draw.integers(1, 2**63, 30).astype(np.uint64)
    roomy, narrow = memory(packed, 30, 4096, 4096), shrunk(memory(packed, 30, 1, 1), *places)
    sets = [draw.permutation(30)[: draw.integers(1, 9)] for _ in range(60)]
    for at in draw.integers(0, len(sets), 400):
        rows, key = sets[at], np.bitwise_xor.reduce(mark[sets[at]])
        wide, tight = (set_weight(packed, room, tempers, rows.copy(), len(rows), key) for room in (roomy, narrow))
        assert wide == tight == pytest.approx(LN10 * float(tempers @ parts_of(packed, rows)), abs=1e-12)


def test_what_was_put_away_is_found_again_however_full_the_table() -> None:
    keys = np.zeros(64, np.uint64)
    for key in np.random.default_rng(0).integers(1, 2**62, 400).astype(np.uint64):
        slot = find_slot(keys, key)
        assert slot < 0
        keys[-1 - slot] = key
        assert find_slot(keys, key) == -1 - slot


def test_more_trees_than_there_are_bits_are_refused() -> None:
    table, _ = packed_table(reports_from(6, 3))
    speech = table.column("speech").set_piece()
    pack_sets([speech] * MOST_TREES, 3)

    with pytest.raises(ValueError, match="65 columns"):
        pack_sets([speech] * (MOST_TREES + 1), 3)
