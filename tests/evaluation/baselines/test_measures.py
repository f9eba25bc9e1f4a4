"""Hand-worked measures of what two reports share."""

from __future__ import annotations

import numpy as np
import pytest

from linkage.evaluation.baselines.columns import columns_of, filled, shared
from linkage.report import Behaviours, Occurred, Place, Report


def told(*present: str) -> Report:
    return Report(report_id="+".join(present) or "nothing", behaviours=Behaviours(present=list(present)))


REPORTS = [told("a", "b", "c"), told("a", "b", "d"), told("d"), told(), told("a")]
PAIRS = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 4)]
LEFT, RIGHT = (np.array(rows, dtype=np.int32) for rows in zip(*PAIRS, strict=True))
RARITY = {"a": np.log(4 / 3), "b": np.log(2), "c": np.log(4), "d": np.log(2)}


def test_jaccard_is_the_share_of_behaviours_in_both() -> None:
    assert columns_of(REPORTS).jaccard(LEFT, RIGHT) == pytest.approx([2 / 4, 0, np.nan, 1 / 3, 1 / 3], nan_ok=True)


def test_jaccard_by_rarity_counts_a_rare_behaviour_for_more() -> None:
    total = sum(RARITY.values())
    first = (RARITY["a"] + RARITY["b"]) / total
    in_d = RARITY["d"] / (RARITY["a"] + RARITY["b"] + RARITY["d"])
    in_a = RARITY["a"] / (RARITY["a"] + RARITY["b"] + RARITY["d"])
    assert columns_of(REPORTS).rarity_jaccard(LEFT, RIGHT) == pytest.approx(
        [first, 0, np.nan, in_d, in_a], nan_ok=True
    )


def test_three_to_one_is_thrice_the_shared_less_the_others() -> None:
    found = columns_of(REPORTS).three_to_one(LEFT, RIGHT)
    assert found == pytest.approx([3 * 2 - 2, 0 - 4, np.nan, 3 - 2, 3 - 2], nan_ok=True)


def at(hour_min: float | None, hour_max: float | None = None, day: str | None = None) -> Report:
    return Report(report_id="R", occurred=Occurred(**{"from": day}, hour_min=hour_min, hour_max=hour_max))


@pytest.mark.parametrize(
    ("one", "other", "hours", "same_part"),
    [
        (at(23), at(1), 2, 1),
        (at(23, 1), at(0), 0, 1),
        (at(11), at(13), 2, 0),
        (at(None, 24), at(0), 0, 1),
        (at(None), at(13), np.nan, np.nan),
        (at(2), at(14), 12, 0),
    ],
)
def test_hours_run_round_the_clock(one: Report, other: Report, hours: float, same_part: float) -> None:
    columns = columns_of([one, other])
    left, right = np.array([0], np.int32), np.array([1], np.int32)
    assert columns.hours(left, right) == pytest.approx([hours], nan_ok=True)
    assert columns.same_hour_part(left, right) == pytest.approx([same_part], nan_ok=True)


def test_days_lie_between_the_middles_of_the_dates() -> None:
    vague = Report(report_id="V", occurred=Occurred(**{"from": "2020-01-01"}, to="2020-01-05"))
    columns = columns_of([vague, at(None, day="2020-01-13"), at(None)])
    left, right = np.array([0, 0], np.int32), np.array([1, 2], np.int32)
    assert columns.days(left, right) == pytest.approx([10, np.nan], nan_ok=True)


def test_no_distance_is_less_than_the_uncertainty_of_a_place() -> None:
    reports = [Report(report_id=str(m), place=Place(lat=53, lon=-1, radius_m=m)) for m in (0, 50, 4000)]
    km = np.array([0.0, 1.0, 9.0], np.float32)
    found = columns_of(reports).log_km(km, np.array([0, 0, 0], np.int32), np.array([1, 2, 2], np.int32))
    assert np.exp(found) == pytest.approx([0.1, 4.0, 9.0])


def test_what_is_not_known_takes_the_median() -> None:
    assert filled(np.array([1, 5, np.nan, 9], np.float32)).tolist() == [1, 5, 5, 9]
    assert filled(np.array([np.nan], np.float32)).tolist() == [0]


def test_products_of_pairs_do_not_depend_on_the_blocks() -> None:
    draw = np.random.default_rng(1)
    table = (draw.random((1300, 7)) < 0.4).astype(np.float32)
    left = np.sort(draw.integers(0, 1300, 500)).astype(np.int32)
    right = draw.integers(0, 1300, 500).astype(np.int32)
    assert np.array_equal(shared(table, table, left, right), (table[left] * table[right]).sum(axis=1))
