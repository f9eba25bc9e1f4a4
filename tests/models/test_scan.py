"""The scan keeps exactly the best partners, whatever the blocks and threads."""

from __future__ import annotations

import os

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from linkage.features.packing import Packed, TablePiece, pack
from linkage.features.parameters import elicited
from linkage.features.table import fit_table
from linkage.models import scan as module
from linkage.models.kernel import score_block
from linkage.models.scan import (
    HISTOGRAM_LIMIT,
    HISTOGRAM_STEP,
    Partners,
    ScanSettings,
    scan,
    scan_rows,
    weight_histogram,
)
from tests.features.worlds import reports_from

few = settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
Kept = dict[tuple[int, int], tuple[bool, bool]]


def silent(done: int, total: int) -> None:
    """A progress that says nothing."""


def kept(partners: Partners) -> Kept:
    rows = zip(partners.left, partners.right, partners.main, partners.far, strict=True)
    found = {(int(i), int(j)): (bool(main), bool(far)) for i, j, main, far in rows}
    assert len(found) == len(partners.left)
    return found


def by_hand(packed: Packed, incident: NDArray[np.int64], wanted: ScanSettings) -> Kept:
    """Sorted lists, the slow and plain way: heavier first, then the lower row."""
    total, near, squared = score_block(packed, packed)
    found: Kept = {}
    for i in range(packed.n):
        others = [j for j in range(packed.n) if incident[j] != incident[i]]
        main = set(sorted(others, key=lambda j: (-total[i, j], j))[: wanted.top])
        if wanted.least is not None:
            main |= {j for j in others if total[i, j] >= wanted.least}
        away = [j for j in others if squared[i, j] > wanted.far_km**2]
        far = set(sorted(away, key=lambda j: (near[i, j] - total[i, j], j))[: wanted.far_top])
        found |= {(i, j): (j in main, j in far) for j in main | far}
    return found


@few
@given(
    seed=st.integers(0, 2**32),
    count=st.integers(1, 30),
    top=st.integers(0, 12),
    far_top=st.integers(0, 5),
    least=st.none() | st.integers(-3000, 3000),
)
def test_the_scan_keeps_exactly_the_best(seed: int, count: int, top: int, far_top: int, least: int | None) -> None:
    packed = fit_table(reports_from(seed, count), elicited()).pack()
    incident = np.arange(count) // 2
    wanted = ScanSettings(top=top, far_top=far_top, far_km=50.0, least=least)

    assert kept(scan(packed, incident, wanted, silent)) == by_hand(packed, incident, wanted)


@few
@given(codes=st.lists(st.integers(0, 3), min_size=1, max_size=40), top=st.integers(0, 8))
def test_equal_weights_go_to_the_lower_row(codes: list[int], top: int) -> None:
    table = np.array([[0, 0, 0, 0], [0, 500, -200, 0], [0, -200, 500, 0], [0, 0, 0, -900]], dtype=np.int16)
    packed = pack([TablePiece(np.array(codes, np.uint16), table)], len(codes))
    wanted = ScanSettings(top=top, far_top=0)

    assert kept(scan(packed, np.arange(len(codes)), wanted, silent)) == by_hand(packed, np.arange(len(codes)), wanted)


@pytest.fixture(scope="module")
def crowd() -> Packed:
    return fit_table(reports_from(17, 500), elicited(), sensitive=True).pack()


@pytest.mark.parametrize(
    "wanted",
    [
        ScanSettings(),
        ScanSettings(top=300, far_top=0, far_km=0.0),
        ScanSettings(top=0, far_top=90, far_km=120.0),
        ScanSettings(top=1, far_top=1, least=2000),
    ],
)
def test_what_is_pruned_changes_nothing(crowd: Packed, wanted: ScanSettings) -> None:
    incident = np.arange(crowd.n) // 3

    assert kept(scan(crowd, incident, wanted)) == kept(scan_rows(crowd, incident, wanted, np.arange(crowd.n)))


def test_among_many_equals_the_lowest_rows_are_kept() -> None:
    packed = pack([TablePiece(np.ones(700, np.uint16), np.array([[0, 0], [0, 300]], np.int16))], 700)
    found = scan(packed, np.arange(700), ScanSettings(top=5, far_top=5))

    assert found.right.reshape(700, 5)[6:].tolist() == [[0, 1, 2, 3, 4]] * 694
    assert found.right[:5].tolist() == [1, 2, 3, 4, 5]


def test_every_pair_heavy_enough_is_kept_however_many_there_are() -> None:
    packed = pack([TablePiece(np.ones(30, np.uint16), np.array([[0, 0], [0, 700]], np.int16))], 30)
    all_kept = kept(scan(packed, np.arange(30), ScanSettings(top=3, far_top=0, least=700), silent))
    few_kept = kept(scan(packed, np.arange(30), ScanSettings(top=3, far_top=0, least=701), silent))

    assert len(all_kept) == 30 * 29
    assert len(few_kept) == 30 * 3


def test_no_more_partners_are_asked_for_than_there_are() -> None:
    packed, rows, beyond = fit_table(reports_from(3, 30), elicited()).pack(), np.arange(30), 10**30
    unbounded = ScanSettings(top=beyond, far_top=beyond, far_km=1e300)
    found, everything = scan(packed, rows, unbounded, silent), ScanSettings(top=29, far_top=29, far_km=1e300)
    assert (
        kept(found) == kept(scan(packed, rows, everything, silent)) == kept(scan_rows(packed, rows, unbounded, rows))
    )
    assert len(kept(found)) == 30 * 29


def test_reports_of_one_incident_are_never_partners() -> None:
    packed = fit_table(reports_from(3, 20), elicited()).pack()
    incident = np.repeat(np.arange(5), 4)
    found = scan(packed, incident, ScanSettings(top=50, least=-(10**6)), silent)

    assert (incident[found.left] != incident[found.right]).all()
    assert len(found.left) == 20 * 16


@pytest.mark.parametrize(("block", "cores"), [(1, 1), (5, 4), (64, 2), (1000, 1)])
def test_blocks_and_threads_change_nothing(monkeypatch: pytest.MonkeyPatch, block: int, cores: int) -> None:
    packed = fit_table(reports_from(9, 90), elicited()).pack()
    incident, wanted = np.arange(90), ScanSettings(top=7, far_top=3, least=1500)
    usual = scan(packed, incident, wanted, silent)
    monkeypatch.setattr(module, "BLOCK", block)
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    other = scan(packed, incident, wanted, silent)

    for name in ("left", "right", "main", "far"):
        assert (getattr(usual, name) == getattr(other, name)).all()


def test_progress_ends_at_all_rows() -> None:
    packed = fit_table(reports_from(9, 300), elicited()).pack()
    told: list[tuple[int, int]] = []
    scan(packed, np.arange(300), ScanSettings(top=5), lambda done, total: told.append((done, total)))

    assert [total for _, total in told] == [300] * len(told)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (300, 300)


def test_no_rows_have_no_partners() -> None:
    found = scan(fit_table([], elicited()).pack(), np.zeros(0, np.int64), ScanSettings(), silent)

    assert len(found.left) == len(found.right) == len(found.main) == len(found.far) == 0


def test_the_histogram_counts_every_pair_in_its_bin() -> None:
    packed = fit_table(reports_from(4, 40), elicited()).pack()
    incident = np.arange(40) // 2
    counts = weight_histogram(packed, incident, np.arange(40))
    total, _, _ = score_block(packed, packed)
    weights = total[incident[:, None] != incident[None, :]]

    assert counts.sum() == len(weights) == 40 * 38
    edges = np.arange(len(counts) + 1) * HISTOGRAM_STEP - HISTOGRAM_LIMIT
    assert (counts == np.histogram(weights, edges)[0]).all()


# Pairs that the series inference adds


def rows_of(*pairs: tuple[int, int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    left, right = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return left, right


def test_added_pairs_stand_both_ways_and_what_was_kept_stays_as_it_was() -> None:
    left, right = rows_of((0, 1), (2, 0))
    before = Partners(left, right, np.array([True, False]), np.array([False, True]))
    after = before.with_pairs(*rows_of((0, 1), (0, 2), (1, 3)), np.arange(4))

    assert kept(before).items() <= kept(after).items()
    added = {pair: lists for pair, lists in kept(after).items() if pair not in kept(before)}
    assert added == dict.fromkeys([(1, 0), (0, 2), (1, 3), (3, 1)], (True, False))


def test_no_pair_of_one_incident_is_added() -> None:
    none = rows_of()
    empty = Partners(*none, np.zeros(0, bool), np.zeros(0, bool))
    incident = np.array([7, 7, 8])

    assert set(kept(empty.with_pairs(*rows_of((0, 1), (1, 2)), incident))) == {(1, 2), (2, 1)}
    assert kept(empty.with_pairs(*none, incident)) == {}
    assert kept(empty.with_pairs(*none, incident[:0])) == {}


@few
@given(
    seed=st.integers(0, 2**32),
    pairs=st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda p: p[0] < p[1]), max_size=20),
)
def test_whatever_is_added_nothing_kept_changes(seed: int, pairs: list[tuple[int, int]]) -> None:
    packed, incident = fit_table(reports_from(seed, 12), elicited()).pack(), np.arange(12) // 2
    before = scan(packed, incident, ScanSettings(top=2, far_top=1), silent)
    after = kept(before.with_pairs(*rows_of(*pairs), incident))
    wanted = {pair for a, b in pairs if incident[a] != incident[b] for pair in ((a, b), (b, a))}

    assert after == dict.fromkeys(wanted, (True, False)) | kept(before)
