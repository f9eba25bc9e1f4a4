"""The axis of the timeline: a label that is left after an overlap still says its year."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest

from dashboard.parts.country_map import counts_map, journeys_map
from dashboard.parts.timeline import AXIS, LEAST_ROW, ROW, ticks, timeline
from linkage.review.travel_words import leg_words, verdict_words
from linkage.review.travelling import Crossing
from linkage.travel import FEASIBLE, NO_LIMIT, NOT_FEASIBLE, NOT_KNOWN, TIGHT, Leg, Mobility, Stop, legs
from tests.factories import incident


def stop(name: str, day: int | None = 1) -> Stop:
    when = None if day is None else datetime(2024, 1, day)
    return Stop(name, "Harbour", None, None, 0.0, when, when)


def test_bars_and_points_lead_to_their_reports() -> None:
    chart = timeline([stop("A B"), stop("C", 4)]).to_dict()  # type: ignore[union-attr]
    assert [layer["encoding"].get("href", {}).get("field") for layer in chart["layer"]] == [None, "page", "page"]
    rows = next(iter(chart["datasets"].values()))
    assert {row["page"] for row in rows} == {"report?id=A+B", "report?id=C"}


@pytest.mark.parametrize(
    ("days", "verdicts", "told"),
    [
        ([1, 4], [NO_LIMIT], "1 of 1 leg possible"),
        ([1, 4, 9], [NO_LIMIT, FEASIBLE], "2 of 2 legs possible"),
        ([1, 4, None, None, None], [NO_LIMIT], "1 of 1 leg possible; 3 of 5 incidents without a date"),
        ([1, None], [], "not known; 1 of 2 incidents without a date"),
        ([1, 4, 9], [NOT_FEASIBLE, FEASIBLE], "1 of 2 legs not feasible: 1 to 2"),
        ([1, 4, 9], [TIGHT, NOT_FEASIBLE], "1 of 2 legs not feasible: 2 to 3"),
        ([1, 2, 3, 4, 5, 6], [TIGHT] * 5, "5 of 5 legs tight: 1 to 2, 2 to 3, 3 to 4 and 2 more"),
        ([1, 4, 9], [NOT_KNOWN, FEASIBLE], "1 of 2 legs possible, 1 not known"),
    ],
)
def test_a_line_tells_of_all_legs(days: list[int | None], verdicts: list[str], told: str) -> None:
    stops = [stop(str(number), day) for number, day in enumerate(days)]
    made = [
        Leg(start, end, None, 0.0, None, None, None, None, True, verdict)
        for (start, end), verdict in zip(pairwise(stops), verdicts, strict=False)
    ]
    assert verdict_words(made, stops) == told


def test_a_leg_that_cannot_be_made_says_by_how_much() -> None:
    two = [incident(town="Leeds", date="1 May 2019, 9 pm"), incident(town="London", date="1 May 2019, 10 pm")]
    assert [leg_words(one) for one in legs(two)] == ["- not feasible: 1.0 h between, 3.5 to 8.5 h needed"]


@pytest.mark.parametrize("days", [0, 3, 14, 15, 90, 300, 301, 4000])
def test_every_label_of_the_axis_has_its_year(days: int) -> None:
    assert "%Y" in ticks(days)["format"]


def test_a_few_days_have_one_tick_each_and_years_are_named_by_month() -> None:
    assert ticks(5)["tickCount"] == {"interval": "day", "step": 1}
    assert "%d" not in ticks(1000)["format"]
    assert "tickCount" not in ticks(1000)


def test_lines_stand_closer_where_there_is_little_room_and_never_too_close() -> None:
    stops = [stop(f"R{number}", number) for number in range(1, 9)]
    roomy, low, lowest = (timeline(stops, high).to_dict()["height"] for high in (0, 176, 60))  # type: ignore[union-attr]
    assert roomy == 8 * ROW
    assert low == 8 * ((176 - AXIS) // 8)
    assert lowest == 8 * LEAST_ROW


def test_words_on_a_map_never_overlap_and_the_largest_count_stays() -> None:
    at = {"a": (51.5, -0.1), "b": (51.52, -0.12), "c": (51.48, -0.15), "d": (55.9, -3.2)}
    drawn = counts_map({"a": 49, "b": 1234, "c": 6, "d": None}, at).to_dict()
    told = [row["words"] for rows in drawn["datasets"].values() for row in rows if "words" in row]
    assert written_on(drawn) == {"1,234"}
    assert {"49", "6"} <= set(told)  # their circles are drawn


def test_numbers_of_journeys_never_overlap_and_that_of_the_chosen_one_stays() -> None:
    leeds, shipley, hull, truro = (53.80, -1.55), (53.83, -1.78), (53.75, -0.34), (50.26, -5.05)
    shown = [journey(hull, leeds), journey(hull, shipley), journey(hull, truro)]
    assert written_on(journeys_map(shown, None).to_dict()) == {"1", "3"}
    assert written_on(journeys_map(shown, shown[1]).to_dict()) == {"2", "3"}


def journey(*places: tuple[float, float]) -> Crossing:
    stops = tuple(replace(stop(str(at), at), lat=lat, lon=lon) for at, (lat, lon) in enumerate(places, start=1))
    return Crossing("", ("1", "2"), (), stops, (), Mobility("long distance", 2, None, False), {}, 0.5, 0.0)


def written_on(drawn: dict[str, Any]) -> set[str]:
    """The words that a map writes."""
    layers = [one for one in drawn["layer"] if one["mark"]["type"] == "text"]
    return {row["words"] for one in layers for row in drawn["datasets"][one["data"]["name"]]}
