"""Legs and mobility: what one person can have travelled, given doubtful places and times."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.geography import CIRCUITY
from linkage.report import Occurred, Place, Report
from linkage.travel import (
    FEASIBLE,
    NO_LIMIT,
    NOT_FEASIBLE,
    NOT_KNOWN,
    TIGHT,
    journey,
    legs,
    mobility,
    stop_of,
    time_range,
)

LIVERPOOL, COVENTRY, MANCHESTER, LONDON = (53.41, -2.98), (52.41, -1.51), (53.48, -2.24), (51.51, -0.13)


def at(
    name: str, point: tuple[float, float] | None, when: str | None, to: str | None = None, radius: float = 0
) -> Report:
    lat, lon = point or (None, None)
    return Report(
        report_id=name,
        place=Place(lat=lat, lon=lon, radius_m=radius),
        occurred=Occurred.model_validate({"from": when, "to": to}),
    )


def verdict(*reports: Report) -> str:
    (only,) = legs(reports)
    return only.verdict


def test_liverpool_to_coventry_is_93_miles_straight_and_130_by_road() -> None:
    (leg,) = legs([at("a", LIVERPOOL, "2024-01-01"), at("b", COVENTRY, "2024-01-09")])
    assert leg.straight_km == pytest.approx(93 * 1.609, rel=0.02)
    assert leg.road_km == pytest.approx(130 * 1.609, rel=0.02)
    assert leg.road_km == pytest.approx(leg.straight_km * CIRCUITY)
    assert leg.days == 8


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        (at("a", LIVERPOOL, "2024-01-01"), at("b", LONDON, "2024-03-01"), NO_LIMIT),
        (at("a", LIVERPOOL, "2024-01-01T10:00"), at("b", LONDON, "2024-01-01T11:00"), NOT_FEASIBLE),
        (at("a", LIVERPOOL, "2024-01-01T08:00"), at("b", LONDON, "2024-01-01T20:00"), FEASIBLE),
        (at("a", LIVERPOOL, "2024-01-01T10:00"), at("b", LONDON, "2024-01-01T15:30"), TIGHT),
        (at("a", LIVERPOOL, "2024-01-01"), at("b", LONDON, "2024-01-01"), TIGHT),
        (at("a", LIVERPOOL, "2024-01-01"), at("b", LIVERPOOL, "2024-01-01"), FEASIBLE),
        (at("a", None, "2024-01-01"), at("b", LONDON, "2024-01-01"), NOT_KNOWN),
        (at("a", None, "2024-01-01"), at("b", LONDON, "2024-01-09"), NO_LIMIT),
    ],
)
def test_a_leg_is_judged_by_the_time_there_was(first: Report, second: Report, says: str) -> None:
    assert verdict(first, second) == says


def test_a_place_known_only_roughly_turns_not_feasible_into_tight() -> None:
    first = at("a", MANCHESTER, "2024-01-01T10:00")
    assert verdict(first, at("b", COVENTRY, "2024-01-01T11:00")) == NOT_FEASIBLE
    assert verdict(first, at("b", COVENTRY, "2024-01-01T11:00", radius=100_000)) == TIGHT


def test_a_clock_time_narrows_a_day_and_may_pass_midnight() -> None:
    when = Occurred.model_validate({"from": "2024-01-01", "hour_min": 23, "hour_max": 1})
    earliest, latest = time_range(when) or pytest.fail("dated")
    assert (earliest.isoformat(), latest.isoformat()) == ("2024-01-01T23:00:00", "2024-01-02T01:00:00")


def test_a_date_alone_is_any_time_of_that_day() -> None:
    earliest, latest = time_range(Occurred.model_validate({"from": "2024-01-01"})) or pytest.fail("dated")
    assert latest - earliest == timedelta(days=1)


def test_incidents_come_in_time_order_and_those_without_a_date_last() -> None:
    stops = journey([at("x", None, None), at("b", None, "2024-02-01"), at("a", None, "2024-01-01")])
    assert [stop.report_id for stop in stops] == ["a", "b", "x"]


def test_an_undated_incident_makes_no_leg() -> None:
    assert legs([at("a", LONDON, None), at("b", LONDON, "2024-01-01")]) == []


def test_overlapping_time_ranges_leave_the_order_open() -> None:
    (leg,) = legs([at("a", LONDON, "2024-01-01", "2024-01-31"), at("b", LONDON, "2024-01-20", "2024-02-20")])
    assert not leg.order_certain
    assert leg.hours_between is not None
    assert leg.hours_between[0] < 24


@pytest.mark.parametrize(
    ("points", "kind", "areas", "returns"),
    [
        ([LONDON, LONDON], "one area", 1, False),
        ([LIVERPOOL, MANCHESTER], "one region", 2, False),
        ([LIVERPOOL, LONDON], "long distance", 2, False),
        ([LIVERPOOL, LONDON, LIVERPOOL], "long distance", 2, True),
        ([LIVERPOOL], "not known", 1, False),
    ],
)
def test_mobility_is_told_from_where_incidents_lie(
    points: list[tuple[float, float]], kind: str, areas: int, returns: bool
) -> None:
    found = mobility([at(f"r{i}", point, f"2024-01-{i + 1:02}") for i, point in enumerate(points)])
    assert (found.kind, found.areas, found.returns) == (kind, areas, returns)


def test_places_known_only_by_region_do_not_make_a_traveller() -> None:
    vague = [at("a", LIVERPOOL, "2024-01-01", radius=80_000), at("b", MANCHESTER, "2024-01-02", radius=80_000)]
    assert mobility(vague).kind == "one area"


points = st.none() | st.tuples(st.floats(49, 61), st.floats(-8, 2))
days = st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1)).map(date.isoformat)


@given(st.lists(st.tuples(points, days, st.floats(0, 1e5)), max_size=6))
def test_a_leg_never_contradicts_itself(drawn: list[tuple[tuple[float, float] | None, str | None, float]]) -> None:
    reports = [at(f"r{i}", point, day, radius=radius) for i, (point, day, radius) in enumerate(drawn)]
    found = legs(reports)
    assert len(found) == max(0, sum(day is not None for _, day, _ in drawn) - 1)
    for leg in found:
        assert leg.hours_between is not None
        assert 0 <= leg.hours_between[0] <= leg.hours_between[1]
        if leg.hours_needed is not None:
            assert leg.hours_needed[0] <= leg.hours_needed[1]
        assert leg.days is not None
        assert leg.days >= 0
    mobility(reports)


def test_a_report_without_a_place_says_so() -> None:
    assert stop_of(at("a", None, None)).place == "place not known"
