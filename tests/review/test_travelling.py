"""What crosses a border is listed with the forces that each hold a part, the most urgent first."""

from __future__ import annotations

from datetime import date
from typing import Any

from linkage.report import Report
from linkage.review.risk import profiles
from linkage.review.travelling import NO_FORCE, Crossing, Likely, crossings, span_words

LIVERPOOL, COVENTRY, LEEDS = (53.41, -2.98), (52.41, -1.51), (53.80, -1.55)
FORCES = {LIVERPOOL: "Merseyside Police", COVENTRY: "West Midlands Police", LEEDS: "West Yorkshire Police"}
TODAY = date(2026, 6, 30)


def report(name: str, at: tuple[float, float], day: str | None, offence: str = "theft", **more: Any) -> Report:
    place = {"lat": at[0], "lon": at[1], "radius_m": 1000, "admin": {"police_force": FORCES.get(at)}}
    return Report.model_validate(
        {"report_id": name, "place": place, "occurred": {"from": day}, "offences": [offence], **more}
    )


def found(series: dict[str, list[Report]], pairs: list[Likely] | None = None) -> list[Crossing]:
    reports = {one.report_id: one for members in series.values() for one in members}
    laid = profiles(reports, {name: [one.report_id for one in members] for name, members in series.items()})
    return crossings({name: (members, 0.9) for name, members in series.items()}, pairs or [], reports, laid, TODAY)


HOME = [report("a", LIVERPOOL, "2026-01-01"), report("b", LIVERPOOL, "2026-02-01")]
AWAY = [report("a", LIVERPOOL, "2026-01-01", "rape"), report("b", COVENTRY, "2026-02-01", "attempted_murder"),
        report("c", LIVERPOOL, "2026-03-05")]  # fmt: skip


def test_a_series_that_stays_at_home_is_not_listed() -> None:
    assert found({"S1": HOME}) == []


def test_a_series_over_two_forces_is_told_with_who_holds_what() -> None:
    [one] = found({"S1": AWAY})
    assert one.forces == {"Merseyside Police": (1, 3), "West Midlands Police": (2,)}
    assert one.kind == "traveller"
    assert one.longest is not None
    assert one.longest.straight_km is not None
    assert 140 < one.longest.straight_km < 160
    assert span_words(one) == "63 days from first to last, longest gap 32 days"
    assert "escalates from rape to attempted murder" in one.reasons


def test_a_likely_link_of_two_forces_is_listed_beside_the_series_and_the_worse_comes_first() -> None:
    lone = {"": [report("x", LEEDS, "2026-04-01"), report("y", COVENTRY, "2026-04-09")]}
    reports = {one.report_id: one for one in [*AWAY, *lone[""]]}
    laid = profiles(reports, {"S1": ["a", "b", "c"]})
    listed = crossings({"S1": (AWAY, 0.9)}, [Likely("x", "y", 0.4), Likely("a", "gone", 0.9)], reports, laid, TODAY)
    assert [one.name for one in listed] == ["Series S1", "x and y"]
    assert listed[0].risk > listed[1].risk > 0


def test_an_area_that_is_not_known_is_no_second_force() -> None:
    nowhere = report("n", (53.42, -2.97), "2026-05-01")
    assert found({"S1": [*HOME, nowhere]}) == []
    far = report("f", (51.5, -0.12), None)
    [one] = found({"S1": [*HOME, far]})
    assert one.forces[NO_FORCE] == (3,)
