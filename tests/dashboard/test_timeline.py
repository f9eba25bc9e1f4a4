"""The axis of the timeline: a label that is left after an overlap still says its year."""

from __future__ import annotations

import pytest

from dashboard.parts.timeline import ticks


@pytest.mark.parametrize("days", [0, 3, 14, 15, 90, 300, 301, 4000])
def test_every_label_of_the_axis_has_its_year(days: int) -> None:
    assert "%Y" in ticks(days)["format"]


def test_a_few_days_have_one_tick_each_and_years_are_named_by_month() -> None:
    assert ticks(5)["tickCount"] == {"interval": "day", "step": 1}
    assert "%d" not in ticks(1000)["format"]
    assert "tickCount" not in ticks(1000)
