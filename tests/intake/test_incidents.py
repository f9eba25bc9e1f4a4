"""Reports of one incident: tied by `follows`, proposed by their content, and never two attacks of one man."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.incidents.candidates import MOST_COMPARED, IncidentCandidates, Rarity
from linkage.intake.incidents.comparison import IncidentModel, features, names
from linkage.intake.incidents.copies import originals
from linkage.intake.incidents.proposals import IncidentIndex, IncidentRow, compared, find_incidents
from linkage.report import Report
from tests.factories import incident
from tests.features.worlds import reports_from
from tests.rows import each_row

BASE: dict[str, Any] = {
    "date": "3 May 2019, 10 pm",
    "town": "Harehills, Leeds",
    "person": "white, mid 30s, stocky, scar on chin",
    "vehicle": "yellow Saab 900",
    "behaviours": ["strangles", "steals_from_victim"],
    "marks": "scar on chin",
}
STORY = "He picked me up on the corner and drove round for an hour, then he stopped by the canal "
STORY += "and asked for the money back."


def crowd(count: int) -> list[Report]:
    """Reports that make nothing rare but what the tests make rare."""
    return [
        incident(
            report_id=f"Z{i}",
            date=f"{1 + i % 28} June 2018, 3 am",
            town=["York", "Hull", "Derby"][i % 3],
            age=str(20 + i % 40),
        )
        for i in range(count)
    ]


CROWD = crowd(60)


def incidents(reports: Iterable[Report]) -> list[IncidentRow]:
    return find_incidents(reports).rows


def proposed(one: dict[str, Any], other: dict[str, Any]) -> bool:
    pair = [incident(report_id="A", **one), incident(report_id="B", **other)]
    rows = incidents([*pair, *CROWD])
    assert [(row.incident_id, row.report_id, row.basis) for row in rows] in (
        [],
        [("I-A", "A", "proposed"), ("I-A", "B", "proposed")],
    )
    assert all(0.5 <= row.probability < 1 for row in rows)
    return bool(rows)


def test_the_same_occasion_told_twice_is_proposed() -> None:
    assert proposed(BASE, BASE)
    assert proposed(
        {**BASE, "narrative": STORY}, {"date": "3 May 2019", "town": "Leeds", "narrative": STORY + " Horrible."}
    )


def chance(one: dict[str, Any], second: dict[str, Any], **decided: list[tuple[str, str]]) -> float:
    pair = [incident(report_id="A", **one), incident(report_id="B", **second)]
    found = {(p.report_a, p.report_b): p.probability for p in find_incidents([*pair, *CROWD], **decided).pairs}
    return found.get(("A", "B"), 0.0)


@each_row(
    "change",
    [
        {"date": "4 May 2019, 10 pm"},
        {"date": "3 May 2019, 3 pm"},
        {"town": "Bradford"},
        {"vehicle": "white Ford Transit van"},
        {"person": "white, late 50s, stocky"},
        {"date": "3 May 2019"},
    ],
)
def test_whatever_differs_makes_one_incident_less_probable(change: dict[str, str]) -> None:
    assert chance(BASE, {**BASE, **change}) < chance(BASE, BASE)


@pytest.mark.parametrize("change", [{"date": "4 May 2019, 10 pm"}, {"date": "3 May 2019, 3 pm", "town": "Bradford"}])
def test_two_attacks_of_one_man_are_two(change: dict[str, str]) -> None:
    assert not proposed(BASE, {**BASE, **change})


def test_a_follow_up_is_sooner_a_second_account() -> None:
    few = {"date": "3 May 2019, 10 pm", "town": "Leeds", "vehicle": "yellow Saab 900"}
    assert chance(few, {**few, "type": "follow_up"}) > chance(few, few)


def test_among_many_reports_of_a_day_and_place_two_are_less_probably_one() -> None:
    few = {"date": "3 May 2019, 10 pm", "town": "Leeds", "vehicle": "yellow Saab 900"}
    pair = [incident(report_id=name, **few) for name in "AB"]
    others = [incident(report_id=f"M{i}", date="3 May 2019, 3 am", town="Leeds") for i in range(20)]

    def told(reports: list[Report]) -> float:
        """What is said of A and B."""
        found = {(p.report_a, p.report_b): p.probability for p in find_incidents(reports).pairs}
        return found[("A", "B")]

    assert told([*pair, *CROWD, *others]) < told([*pair, *CROWD])


def test_perceived_ethnicity_says_nothing_of_one_incident() -> None:
    assert chance({**BASE, "person": "white, mid 30s"}, {**BASE, "person": "black, mid 30s"}) == pytest.approx(
        chance({**BASE, "person": "white, mid 30s"}, {**BASE, "person": "white, mid 30s"}), abs=1e-9
    )


# Reports without a date, or with a wide one

PHONED: dict[str, Any] = {
    "date": "3 May 2019, 10 pm",
    "received": "2019-05-04",
    "town": "Harehills, Leeds",
    "person": "white, mid 30s, stocky, scar on chin",
    "vehicle": "yellow Saab 900",
    "behaviours": ["strangles", "steals_from_victim", "takes_her_phone"],
    "said": ["do as you are told and nothing will happen"],
    "contact": "street",
}
WEB_FORM = {name: value for name, value in PHONED.items() if name != "date"} | {"received": "2019-05-06"}
NEXT_TIME: dict[str, Any] = {
    "town": "Harehills, Leeds",
    "received": "2020-02-06",
    "person": "white, mid 30s, stocky, scar on chin",
    "vehicle": "yellow Saab 900",
    "behaviours": ["refuses_to_pay", "threatens_to_kill"],
}


def test_a_web_form_without_a_date_and_a_dated_call_about_one_incident_are_proposed() -> None:
    assert proposed(PHONED, WEB_FORM)
    assert proposed(PHONED, {**WEB_FORM, "date": "1 April 2019", "until": "5 May 2019"})


def test_two_incidents_of_one_man_in_one_town_are_not_proposed_for_want_of_a_date() -> None:
    assert 0.0 < chance(PHONED, NEXT_TIME) < 0.5
    assert not proposed({**NEXT_TIME, "phone": "07700 900123"}, {**NEXT_TIME, "phone": "07700 900123"})


def test_no_report_tells_of_what_came_after_it() -> None:
    assert chance(PHONED, {**WEB_FORM, "received": "2019-05-01"}) == 0.0
    assert chance(PHONED, {**WEB_FORM, "date": "1 April 2018", "until": "5 May 2018"}) == 0.0


def test_the_more_reports_of_the_place_and_time_the_less_probably_is_one_without_a_date_of_this_incident() -> None:
    pair = [incident(report_id="A", **PHONED), incident(report_id="B", **WEB_FORM)]

    def told(others: list[Report]) -> float:
        """What is said of A and B among these."""
        found = {(p.report_a, p.report_b): p.probability for p in find_incidents([*pair, *CROWD, *others]).pairs}
        return found[("A", "B")]

    before = [incident(report_id=f"M{i}", date=f"{1 + i % 28} May 2018, 3 am", town="Leeds") for i in range(40)]
    after = [incident(report_id=f"M{i}", date=f"{1 + i % 28} May 2020, 3 am", town="Leeds") for i in range(40)]
    assert told(before) < told(after) == pytest.approx(told([]), abs=0.05)


def test_a_report_without_a_date_is_compared_with_few_however_many_share_with_it() -> None:
    rows = [
        incident(report_id=f"U{i}", **{**WEB_FORM, "said": [f"do as you are told {i // 50}"]}) for i in range(200)
    ]
    rarity = Rarity.of([*rows, *CROWD])
    found = IncidentCandidates([*rows, *CROWD], rarity)

    assert max(len(found.undated(rarity.account(report))) for report in rows) == MOST_COMPARED
    assert sum(not found.vague.isdisjoint(pair) for pair in found.pairs()) <= MOST_COMPARED * len(rows)


def test_a_new_report_without_a_date_is_asked_about_like_one_that_is_linked() -> None:
    held = [incident(report_id="A", **PHONED), *CROWD]
    found = IncidentIndex(held).weighed(incident(report_id="B", **WEB_FORM))

    assert found[0] == ("A", pytest.approx(chance(PHONED, WEB_FORM), abs=0.1))


# Decisions


def test_a_decision_merges_and_says_so() -> None:
    reports = [incident(report_id="A", **BASE), incident(report_id="B", town="York"), *CROWD]
    found = find_incidents(reports, same=[("B", "A"), ("A", "gone")])

    assert ["A", "B"] in found.merged
    assert found.rows == [IncidentRow("I-A", "A", "decided"), IncidentRow("I-A", "B", "decided")]


def test_a_decision_stops_a_proposal_also_through_a_third_report() -> None:
    reports = [*(incident(report_id=name, **BASE) for name in "ABC"), *CROWD]
    found = find_incidents(reports, other=[("C", "A")])
    of = {row.report_id: row.incident_id for row in found.rows}

    assert of.get("A", "a") != of.get("C", "c")
    assert chance(BASE, BASE, other=[("B", "A")]) == 0.0


def test_decisions_that_contradict_each_other_are_told() -> None:
    reports = [Report(report_id="A"), Report(report_id="B", follows="A"), Report(report_id="C")]
    found = find_incidents(reports, same=[("B", "C")], other=[("C", "A")])

    assert found.conflicts == [("A", "C")]


def test_what_is_proposed_is_held_together_by_one_pair_fewer_than_it_has_reports() -> None:
    reports = [*CROWD, *(incident(report_id=f"A{i}", **BASE) for i in range(4))]
    found = find_incidents(reports)

    assert len(found.rows) == len(found.proposals) + 1 == 4


@given(seed=st.integers(0, 2**32))
def test_probabilities_are_symmetric_and_those_of_three_things(seed: int) -> None:
    reports = reports_from(seed, 2)
    one, other = map(Rarity.of(reports).account, reports)
    forth, back = features(one, other), features(other, one)
    found = IncidentModel().probabilities(np.array([[*forth.values()]]), np.array([3.0]))

    assert forth == pytest.approx(back)
    assert tuple(forth) == names()
    assert (found >= 0).all()
    assert found.sum() <= 1.0 + 1e-9


def test_little_agreement_is_not_enough() -> None:
    few = {"date": "3 May 2019, 10 pm", "town": "Leeds", "sex": "male"}
    assert not proposed(few, few)


@each_row(
    ("follows", "groups"),
    [
        ({"B": "A"}, [["A", "B"]]),
        ({"B": "A", "C": "B", "D": "C"}, [["A", "B", "C", "D"]]),
        ({"A": "B", "B": "C", "C": "A"}, [["A", "B", "C"]]),
        ({"A": "nowhere"}, []),
        ({"A": "nowhere", "C": "nowhere"}, [["A", "C"]]),
        ({"B": "A", "D": "C"}, [["A", "B"], ["C", "D"]]),
    ],
)
def test_follows_ties_chains_circles_and_reports_of_an_absent_one(
    follows: dict[str, str], groups: list[list[str]]
) -> None:
    reports = [Report(report_id=name, follows=follows.get(name)) for name in "ABCD"]
    rows = incidents(reports)
    found = {row.incident_id for row in rows}
    assert sorted(sorted(r.report_id for r in rows if r.incident_id == name) for name in found) == groups
    assert all(row.basis == "follows" for row in rows)


def test_a_proposal_joins_no_two_groups_that_follows_made() -> None:
    reports = [
        incident(report_id=name, follows=follows, **BASE)
        for name, follows in [("A", None), ("B", "A"), ("C", None), ("D", "C")]
    ]
    assert {row.incident_id for row in incidents([*reports, *CROWD])} == {"I-A", "I-C"}


def test_the_order_of_reports_changes_nothing() -> None:
    reports = [*CROWD, *(incident(report_id=f"A{i}", **BASE) for i in range(4))]
    rows = incidents(reports)
    assert rows
    for seed in range(3):
        random.Random(seed).shuffle(reports)
        assert incidents(reports) == rows


def test_few_of_all_pairs_are_compared() -> None:
    rows = [CROWD[i % 60].model_copy(update={"report_id": f"R{i}"}) for i in range(1200)]
    pairs, features_of, crowds = compared(rows)

    assert len(pairs) == len(features_of) == len(crowds)
    assert 0 < len(pairs) < 0.05 * len(rows) * (len(rows) - 1) / 2


# Copies of one account


def test_a_form_sent_twenty_times_is_one_proposed_incident() -> None:
    copies = [incident(report_id=f"C{i:02}", **BASE, narrative=STORY) for i in range(20)]
    rows = incidents([*copies, *CROWD])
    assert [(row.incident_id, row.report_id) for row in rows] == [("I-C00", report.report_id) for report in copies]


def test_copies_make_nothing_common_and_are_no_crowd() -> None:
    copies = [incident(report_id=f"C{i:02}", **BASE, narrative=STORY) for i in range(20)]
    assert Rarity.of([*copies, *CROWD]).counts["did strangles"] == 1
    near = IncidentCandidates([*copies, *CROWD], Rarity.of(copies))
    assert near.crowds([("C00", "C01")])[0] <= 2


def test_reports_of_one_day_that_tell_little_are_no_copies() -> None:
    few = [incident(report_id=f"F{i:02}", date="3 May 2019", town="Leeds", sex="male") for i in range(20)]
    assert set(originals(few).values()) == {report.report_id for report in few}


def test_what_is_perceived_of_a_person_makes_no_other_account() -> None:
    pair = [
        incident(report_id=name, **{**BASE, "person": f"{perceived}, mid 30s, stocky"}, narrative=STORY)
        for name, perceived in (("A", "white"), ("B", "black"))
    ]
    assert dict(originals(pair)) == {"A": "A", "B": "A"}
