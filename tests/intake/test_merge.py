"""Reports of one incident become one: what any of them knows."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.intake.incidents.merge import incident_rows, merge_incident
from linkage.report import Report
from tests.features.worlds import reports_from


def report(name: str, kind: str = "full", **parts: object) -> Report:
    return Report.model_validate({"report_id": name, "report_type": kind, **parts})


def test_one_report_stays_as_it_is() -> None:
    one = report("R1", vehicles=[{"make": "Saab"}])

    assert merge_incident([one]) is one


def test_the_fullest_account_gives_the_id_and_what_it_knows() -> None:
    merged = merge_incident(
        [
            report("R1", "third_party", contact={"method": "phone", "place": "at home"}),
            report("R2", "full", contact={"method": "web"}),
        ]
    )

    assert merged.report_id == "R2"
    assert (merged.contact.method, merged.contact.place) == ("web", "at home")


def test_people_and_vehicles_are_joined_in_the_order_told() -> None:
    merged = merge_incident(
        [
            report("R1", suspects=[{"build": ["slim"], "marks": ["gold tooth"]}], vehicles=[{"colour": ["red"]}]),
            report("R2", "partial", suspects=[{"sex": "male", "marks": ["scar"]}, {"sex": "female"}]),
        ]
    )
    first, second = merged.suspects

    assert (first.build, first.sex, first.marks) == (["slim"], "male", ["gold tooth", "scar"])
    assert second.sex == "female"
    assert merged.vehicles[0].colour == ["red"]


def test_what_any_account_tells_is_told_and_what_one_withholds_and_none_tells_stays_withheld() -> None:
    told = report("R1", behaviours={"present": ["bites"], "absent": ["spits"]})
    also = report("R2", "partial", behaviours={"present": ["chokes", "bites", "spits"]})
    also.behaviours = also.behaviours.withhold({"chokes", "bites", "spits"})
    merged = merge_incident([told, also]).behaviours

    assert (merged.present, merged.absent, merged.withheld) == (["bites"], ["spits"], {"chokes"})


def test_what_happened_outweighs_what_one_account_denies() -> None:
    merged = merge_incident(
        [
            report("R1", behaviours={"present": ["bites"], "absent": ["chokes", "spits"]}),
            report("R2", "partial", behaviours={"present": ["chokes"]}),
        ]
    )

    assert merged.behaviours.present == ["bites", "chokes"]
    assert merged.behaviours.absent == ["spits"]


def test_the_tightest_date_and_the_nearest_place_are_kept() -> None:
    merged = merge_incident(
        [
            report(
                "R1", occurred={"from": "2024-03-01", "to": "2024-03-31"}, place={"lat": 1, "lon": 1, "radius_m": 9}
            ),
            report("R2", "partial", occurred={"from": "2024-03-08"}, place={"lat": 2, "lon": 2, "radius_m": 5}),
            report("R3", "partial", occurred={"hour_min": 22.0}, place={"venue": "hotel"}),
        ]
    )

    assert (merged.occurred.from_, merged.occurred.hour_min) == ("2024-03-08", 22.0)
    assert (merged.place.lat, merged.place.venue) == (2, "hotel")


def test_false_is_known() -> None:
    merged = merge_incident([report("R1", suspects=[{"glasses": False}]), report("R2", suspects=[{"glasses": True}])])

    assert merged.suspects[0].glasses is False


@pytest.mark.parametrize("follows", [("R1", None), (None, "R0")])
def test_reports_that_follow_each_other_are_one_row(follows: tuple[str | None, str | None]) -> None:
    rows = incident_rows([report("R0", follows=follows[0]), report("R1", follows=follows[1]), report("R2")])

    assert rows.rows == [["R0", "R1"], ["R2"]]
    assert rows.number == [0, 1]


@settings(max_examples=25)
@given(seed=st.integers(0, 2**32), order=st.randoms(use_true_random=False))
def test_the_order_does_not_matter_and_nothing_listed_is_lost(seed: int, order: random.Random) -> None:
    reports = reports_from(seed, 4)
    merged = merge_incident(reports)

    assert merge_incident(order.sample(reports, 4)) == merged
    for one in reports:
        assert set(one.behaviours.present) <= set(merged.behaviours.present)
        assert set(one.speech) <= set(merged.speech)
        assert len(one.suspects) <= len(merged.suspects)
        assert one.narrative is None or one.narrative in (merged.narrative or "")
