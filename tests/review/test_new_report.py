"""A new report beside those that are held: same incident, places and nearest reports, also where little is held."""

from __future__ import annotations

import pytest

from linkage.linker import Linker
from linkage.report import Occurred, Report
from linkage.review.new_report import Answers, Desk
from linkage.review.strength import sides
from tests.dashboard.conftest import small_world

SERIES = {"S1": ["SYN-L1", "SYN-L2", "SYN-L3"]}


def desk(reports: list[Report], series: dict[str, list[str]] | None) -> Desk:
    return Desk({one.report_id: one for one in reports}, Linker().take(reports), series)


@pytest.fixture(scope="module")
def held() -> Desk:
    return desk(small_world(), SERIES)


def like(name: str, **other: object) -> Report:
    first = next(one for one in small_world() if one.report_id == name)
    return first.model_copy(update={"report_id": "NEW", **other})


@pytest.fixture(scope="module")
def found(held: Desk) -> Answers:
    return held.answers(like("SYN-L1"))


def test_a_report_like_those_of_a_series_is_placed_there(found: Answers) -> None:
    assert found.places is not None
    assert found.places[0].series_id == "S1"
    assert not found.places[0].lone
    assert sum(one.series_id is None for one in found.places) == 1
    assert sum(one.probability for one in found.places) == pytest.approx(1.0, abs=0.02)
    assert any(reason.weight > 0 and reason.words for reason in found.places[0].reasons)


def test_what_speaks_against_a_place_is_told_however_much_speaks_for_it(held: Desk) -> None:
    places = held.answers(like("SYN-L1", occurred=Occurred.model_validate({"from": "1990-01-01"}))).places
    assert places is not None
    assert [one for one in places if one.series_id == "S1" and any(reason.weight < 0 for reason in one.reasons)]


def test_the_nearest_reports_are_told_as_signed_parts_that_add_up(found: Answers) -> None:
    assert [one.report_b for one in found.nearest[:3]] == ["SYN-L1", "SYN-L2", "SYN-L3"]
    assert found.compared == 43
    for one in found.nearest:
        assert one.report_a == "NEW"
        assert one.prior + sum(part.weight for part in one.parts) == pytest.approx(one.strength, abs=1e-9)
        side = sides(one)
        assert all(part.says != "differs" for part in side.supports)
        assert all(part.says != "not known" for part in (*side.supports, *side.against))
    both = Linker().take([*small_world(), like("SYN-L1")]).explain("NEW", "SYN-L2")
    said = {part.name: part.says for part in found.nearest[1].parts if part.name not in ("place", "gap")}
    assert {part.name: part.says for part in both.parts if part.name in said} == said
    assert (found.nearest[1].distance_km, found.nearest[1].days) == (both.distance_km, both.days)


def test_the_same_incident_is_told_with_why_and_without_an_identifier(found: Answers) -> None:
    same = found.same_incident[0]
    assert same.report_id == "SYN-L1"
    assert {"the same registration", "the same words said", "the same phone number"} <= set(same.why)
    assert not {"K5VWXT", "07700900123", "harbourman77"} & set(" ".join(same.why).split())


def test_a_text_that_is_held_word_for_word_is_told_whatever_the_date() -> None:
    text = "He came to the door and asked for somebody who does not live there."
    reports = [Report(report_id="A", narrative=text), Report(report_id="B", narrative="Something else.")]
    shouted = Report(report_id="NEW", narrative=f"  {text.upper()}\n")
    assert [one.report_id for one in desk(reports, None).answers(shouted).same_incident] == ["A"]
    short = Report(report_id="NEW", narrative="Something else.")
    assert desk(reports, None).answers(short).same_incident == []


def test_a_report_that_follows_one_is_where_that_one_is(held: Desk) -> None:
    found = held.answers(Report(report_id="NEW", follows="SYN-L2"))
    assert (found.same_incident[0].report_id, found.same_incident[0].said) == ("SYN-L2", True)
    assert found.places is not None
    assert (found.places[0].series_id, found.places[0].probability) == ("S1", 1.0)


def test_an_empty_report_resembles_nothing(held: Desk) -> None:
    found = held.answers(Report(report_id="NEW"))
    assert found.same_incident == []
    assert found.places is not None
    assert [one.series_id for one in found.places] == [None]


def test_without_a_run_reports_are_compared_and_no_series_is_named() -> None:
    found = desk(small_world(), None).answers(like("SYN-L1"))
    assert found.places is None
    assert found.nearest[0].report_b == "SYN-L1"


@pytest.mark.parametrize("count", [0, 1, 2])
def test_it_works_where_next_to_nothing_is_held(count: int) -> None:
    found = desk(small_world()[:count], None).answers(like("SYN-L1"))
    assert len(found.nearest) == found.compared == count
