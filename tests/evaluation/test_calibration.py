"""Said against true, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.evaluation.calibration import EDGES, Calibration, Tally, predictive_values, reliability

# three pairs said .85, two of them linked; one said .35, linked; one said .02 and four said 0, of which one is linked
SAID = np.array([0.85, 0.85, 0.85, 0.35, 0.02, 0.0, 0.0, 0.0, 0.0])
LINKED = np.array([1, 1, 0, 1, 0, 1, 0, 0, 0], dtype=bool)


def test_the_reliability_table_sets_what_was_said_beside_what_is_true() -> None:
    table = {row.low: row for row in reliability(LINKED, SAID)}
    assert list(table) == list(EDGES[:-1])
    high = table[0.8]
    assert (high.high, high.n, high.linked) == (0.9, 3, 2)
    assert (high.said, high.share) == pytest.approx((0.85, 2 / 3))
    assert (table[0.0].n, table[0.01].n, table[0.3].n, table[0.5].n) == (4, 1, 1, 0)
    assert np.isnan([table[0.5].said, table[0.5].share, table[0.5].least]).all()


def test_the_interval_of_a_share_is_wilsons() -> None:
    # 2 of 3, z = 1.96: centre (2/3 + z2/6) / (1 + z2/3), half width z sqrt(2/27 + z2/36) / (1 + z2/3), z2 = 3.8415
    centre, half = 1.30691 / 2.28049, 1.95996 * 0.425264 / 2.28049
    high = reliability(LINKED, SAID)[EDGES.index(0.8)]
    assert (high.least, high.most) == pytest.approx((centre - half, centre + half), abs=1e-4)


@pytest.mark.parametrize(
    ("said", "low"), [(0.0, 0.0), (0.01, 0.01), (0.05, 0.05), (0.1, 0.1), (0.9, 0.9), (1.0, 0.9)]
)
def test_a_probability_on_an_edge_is_in_the_bin_above_it_and_one_in_the_last(said: float, low: float) -> None:
    assert [row.low for row in reliability(np.array([True]), np.array([said])) if row.n] == [low]


def test_the_positive_predictive_value_is_the_share_of_links_from_a_threshold_on() -> None:
    table = {row.low: row for row in predictive_values(LINKED, SAID)}
    assert list(table) == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
    # from .3 on: 4 pairs, 3 links; from .4 on: 3 pairs, 2 links
    assert (table[0.3].n, table[0.3].linked, table[0.3].share) == (4, 3, 0.75)
    assert table[0.4].share == pytest.approx(2 / 3)
    assert table[0.9].n == 0
    tally = Calibration.of(LINKED, SAID).tally()
    assert [tally.predictive_value(low) for low in table] == pytest.approx(
        [row.share for row in table.values()], nan_ok=True
    )


def test_the_calibration_error_is_the_mean_gap_of_equal_width_bins() -> None:
    tally = Calibration.of(LINKED, SAID).tally()
    # said less true: .85-bin 2.55 - 2, .35-bin .35 - 1, lowest bin .02 - 1, by hand over 9 pairs
    assert tally.error() == pytest.approx((0.55 + 0.65 + 0.98) / 9)
    # of the pairs said at least .01 the lowest bin holds the one at .02 alone: over 5 pairs
    assert tally.error_seen() == pytest.approx((0.55 + 0.65 + 0.02) / 5)


def test_saying_no_to_everything_looks_calibrated_over_all_pairs_only() -> None:
    linked = np.zeros(1000, dtype=bool)
    linked[:2] = True
    never = Calibration.of(linked, np.zeros(1000)).tally()
    assert never.error() == pytest.approx(0.002)
    assert np.isnan(never.error_seen())


def test_expected_links_are_set_against_the_true_ones() -> None:
    tally = Calibration.of(LINKED, SAID).tally()
    # 3 * .85 + .35 + .02 expected; 3 links among pairs said at all, 4 in truth
    assert tally.expected_links() == pytest.approx(2.92 / 3)
    assert tally.expected_links_all() == pytest.approx(2.92 / 4)


def test_without_links_or_pairs_there_is_no_ratio() -> None:
    none = Calibration.of(np.zeros(2, dtype=bool), np.array([0.5, 0.2])).tally()
    assert np.isnan(none.expected_links())
    empty = Calibration.of(np.zeros(0, dtype=bool), np.zeros(0)).tally()
    assert np.isnan([empty.error(), empty.expected_links_all()]).all()
    assert [row.n for row in reliability(np.zeros(0, dtype=bool), np.zeros(0))] == [0] * 12


@given(st.lists(st.tuples(st.booleans(), st.sampled_from([0.0, 0.02, 0.1, 0.5, 0.97, 1.0]), st.integers(0, 3))))
def test_a_weight_is_a_number_of_copies(drawn: list[tuple[bool, float, int]]) -> None:
    linked = np.array([one[0] for one in drawn], dtype=bool)
    said = np.array([one[1] for one in drawn], dtype=float)
    weight = np.array([one[2] for one in drawn], dtype=np.int64)
    weighted = Calibration.of(linked, said).tally(weight)
    copied = Calibration.of(np.repeat(linked, weight), np.repeat(said, weight)).tally()
    for figure in (
        Tally.error,
        Tally.error_seen,
        Tally.expected_links,
        Tally.expected_links_all,
        lambda tally: tally.predictive_value(0.5),
    ):
        assert figure(weighted) == pytest.approx(figure(copied), nan_ok=True)


@pytest.mark.parametrize("said", [1.2, -0.1, np.nan])
def test_what_is_no_probability_is_refused(said: float) -> None:
    with pytest.raises(ValueError, match="1 probabilities are not from 0 to 1"):
        reliability(np.array([True, False]), np.array([0.5, said]))
