"""Gaps between uncertain dates, and weekdays."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from linkage.features.measures import GAP_LEVELS, SPREAD_LIMITS, gap_level, spread_level
from linkage.features.parameters import elicited
from linkage.features.time import LONGEST_GAP, GapColumn, Gaps, gap_base_rate, gap_table, weekday_choices
from linkage.report import Occurred, Report
from tests.features.worlds import EVIDENCE
from tests.rows import each_row

START = date(2019, 1, 1)
SPREAD_OUT = np.arange(0, 2000, 3, dtype=float)


def on(first: int, last: int | None = None) -> Report:
    """An incident between two days."""
    days = {"from": (START + timedelta(days=first)).isoformat()}
    if last is not None:
        days["to"] = (START + timedelta(days=last)).isoformat()
    return Report.model_validate({"report_id": f"{first}-{last}", "occurred": days})


def fit(*reports: Report) -> GapColumn:
    column = EVIDENCE["gap"].fit(reports, elicited())
    assert isinstance(column, GapColumn)
    return column


def test_levels_stand_six_to_a_doubling() -> None:
    assert [gap_level(gap) for gap in (0, 1, 3, 7, 0.5)] == [0, 6, 12, 18, 3]
    assert gap_level(1e9) == GAP_LEVELS - 1
    assert [spread_level(spread) for spread in (0, 0.5, 0.6, 190, 191)] == [0, 0, 1, 8, 9]


def test_the_base_rate_is_that_of_the_dates_at_hand() -> None:
    days = np.arange(LONGEST_GAP + 1, dtype=float)
    levels = np.minimum(GAP_LEVELS - 1, (6 * np.log2(1 + days)).astype(int))
    base = gap_base_rate(SPREAD_OUT, levels, 2001.0)

    assert base.sum() == pytest.approx(1.0)
    assert (base > 0).all()
    # evenly spread dates: half of all pairs lie within 1 - sqrt(.5) of the period
    assert base[:586].sum() == pytest.approx(0.5, abs=0.02)


def test_weights_average_to_one_over_the_base_rate() -> None:
    days = np.arange(LONGEST_GAP + 1, dtype=float)
    levels = np.minimum(GAP_LEVELS - 1, (6 * np.log2(1 + days)).astype(int))
    base = gap_base_rate(SPREAD_OUT, levels, 2001.0)
    table = gap_table(Gaps.of(SPREAD_OUT), median=350.0, sigma=1.9, elsewhere=0.05)

    assert table.shape == (GAP_LEVELS, len(SPREAD_LIMITS) + 1)
    assert base @ 10 ** table[levels, 0] == pytest.approx(1.0, abs=0.05)


def test_weeks_apart_speaks_for_and_years_apart_against() -> None:
    table = gap_table(Gaps.of(SPREAD_OUT), median=350.0, sigma=1.9, elsewhere=0.05)

    assert table[gap_level(30), 0] > 0.2
    assert table[gap_level(1500), 0] < 0


def test_the_vaguer_the_dates_the_less_they_say() -> None:
    table = gap_table(Gaps.of(SPREAD_OUT), median=350.0, sigma=1.9, elsewhere=0.05)

    assert table[gap_level(30), 0] > table[gap_level(30), 7] > 0
    assert (table[:, -1] == 0).all()


def test_a_range_counts_from_its_middle_with_half_its_width() -> None:
    column = fit(on(0), on(10, 20), Report(report_id="undated"))

    assert column.days(np.array([0]), np.array([1]))[0] == 15
    assert column.half.tolist() == [0, 5, 0]
    assert np.isnan(column.days(np.array([0]), np.array([2]))[0])
    assert column.describe(0, 1).rarity == "15 days apart"
    assert column.describe(0, 1).words_b == "2019-01-11 to 2019-01-21"
    assert column.describe(0, 2).says == "not known"


@each_row(
    ("occurred", "choices"),
    [
        ({"from": "2024-03-01"}, [("Friday",)]),
        ({"from": "2024-03-01T23:00", "to": "2024-03-02T01:00"}, [("Friday", "Saturday")]),
        ({"from": "2024-03-01", "to": "2024-03-31"}, [()]),
        ({"from": "2024-03-01", "to": "2024-03-31", "weekday": "Monday"}, [("Monday",)]),
        ({"weekday": "Monday"}, [("Monday",)]),
        ({}, [()]),
    ],
)
def test_weekdays_come_from_exact_dates_or_as_written(
    occurred: dict[str, str], choices: list[tuple[str, ...]]
) -> None:
    assert weekday_choices(Report(report_id="R", occurred=Occurred.model_validate(occurred))) == choices
