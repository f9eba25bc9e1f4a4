"""The two published alerts come out whole; the file is read where it lies and nothing of it is copied here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from linkage.intake.lines import extract_lines

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "published_alerts.txt"

pytestmark = pytest.mark.skipif(not PUBLISHED.exists(), reason="the published alerts are not beside this tree")


@pytest.fixture(scope="module")
def alerts() -> list[dict[str, Any]]:
    return list(extract_lines(PUBLISHED))


def test_both_have_their_numbers_as_identity(alerts: list[dict[str, Any]]) -> None:
    assert [str(alert["id"]).rpartition("-")[2] for alert in alerts] == ["456", "123"]


def test_the_first_is_complete(alerts: list[dict[str, Any]]) -> None:
    alert = alerts[0]
    (person,), (vehicle,) = alert["suspects"], alert["vehicles"]
    assert (alert["occurred"]["from"], alert["occurred"]["to"]) == ("2009-09-30T21:30", "2009-09-30T22:00")
    assert (alert["occurred"]["weekday"], alert["place"]["town"]) == ("Wednesday", "Manchester")
    assert (person["sex"], person["ethnicity"], person["build"]) == ("male", "white", "stocky")
    assert (person["age"], person["height_cm"]) == ({"min": 33, "max": 37}, {"min": 170, "max": 170})
    assert (person["hair"]["style"], person["facial_hair"], person["accent"]) == (["bald"], ["stubble"], ["northern"])
    assert any("hairy" in mark for mark in person["marks"])
    assert len(person["clothing"]) == 2
    assert all("black" in piece for piece in person["clothing"])
    assert (vehicle["make"], vehicle["model"], vehicle["colour"], vehicle["body"]) == (
        "Mitsubishi",
        "Shogun",
        ["silver"],
        "4x4",
    )
    present = set(alert["behaviours"]["present"])
    assert present >= {"grabs", "hand_over_mouth", "boasts_killer", "victim_fought_back", "victim_escaped"}
    assert not present & {"gropes", "strangles", "weapon_shown"}
    assert len(alert["speech"]) == 1
    assert alert["warnings"] == []


def test_the_second_is_complete_and_its_contradictions_are_told(alerts: list[dict[str, Any]]) -> None:
    alert = alerts[1]
    (person,) = alert["suspects"]
    assert alert["occurred"]["from"] == "2010-08-20T23:00"
    assert (alert["place"]["town"], alert["place"]["precision"]) == ("London", "district")
    assert (alert["place"]["venue"], alert["contact"]["method"]) == ("own_home", "agency")
    assert (person["sex"], person["ethnicity"], person["glasses"]) == ("male", "asian", True)
    assert person["age"] == {"min": 53, "max": 57}
    assert (person["hair"]["colour"], person["facial_hair"]) == (["black"], ["moustache"])
    assert set(person["build"]) == {"slim", "large"}
    assert "london" in person["accent"]
    assert alert["vehicles"] == []
    present = set(alert["behaviours"]["present"])
    assert present >= {"outcall_to_own_place", "booked_via_agency", "pins_down", "gropes", "aggressive_manner"}
    assert present >= {"victim_fought_back", "victim_escaped"}
    weekday, build = sorted(alert["warnings"], key=lambda warning: "build" in warning)
    assert "Sunday" in weekday
    assert "Friday" in weekday
    assert "slim" in build


def test_every_value_keeps_the_words_it_was_read_from(alerts: list[dict[str, Any]]) -> None:
    for alert in alerts:
        text = alert["narrative"]
        parts = [alert, alert["occurred"], alert["place"], alert["contact"], *alert["suspects"], *alert["vehicles"]]
        told = [
            (part["raw"][name], span)
            for part in parts
            for name, spans in part.get("spans", {}).items()
            for span in spans
        ]
        assert len(told) > 15
        for words, (start, end) in told:
            assert text[start:end] in words
        listed = [f"behaviours.present.{n}" for n in range(1, len(alert["behaviours"]["present"]) + 1)]
        assert set(listed) <= set(alert["spans"])
