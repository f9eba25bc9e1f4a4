"""Reports of one incident: tied by `follows`, proposed by their content, and never two attacks of one man."""

from __future__ import annotations

import random
from typing import Any

import pytest

from linkage.intake.incidents import IncidentRow, incident_of, incidents
from linkage.report import Report
from tests.factories import incident

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


def proposed(one: dict[str, Any], other: dict[str, Any]) -> bool:
    pair = [incident(report_id="A", **one), incident(report_id="B", **other)]
    rows = incidents([*pair, *CROWD])
    assert rows in ([], [IncidentRow("I-A", "A", "proposed"), IncidentRow("I-A", "B", "proposed")])
    return bool(rows)


def test_the_same_occasion_told_twice_is_proposed() -> None:
    assert proposed(BASE, BASE)
    assert proposed(
        {**BASE, "narrative": STORY}, {"date": "3 May 2019", "town": "Leeds", "narrative": STORY + " Horrible."}
    )


@pytest.mark.parametrize(
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
def test_two_attacks_of_one_man_are_two(change: dict[str, str]) -> None:
    assert not proposed(BASE, {**BASE, **change})


def test_little_agreement_is_not_enough() -> None:
    few = {"date": "3 May 2019, 10 pm", "town": "Leeds", "sex": "male"}
    assert not proposed(few, few)


@pytest.mark.parametrize(
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


def test_every_report_has_an_incident() -> None:
    found = incident_of([Report(report_id="A"), Report(report_id="B", follows="A"), Report(report_id="C")])
    assert found == {"A": "I-A", "B": "I-A", "C": "I-C"}


def test_few_of_all_pairs_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [CROWD[i % 60].model_copy(update={"report_id": f"R{i}"}) for i in range(1200)]
    compared = []
    monkeypatch.setattr("linkage.intake.incidents.one_incident", lambda a, b, _: compared.append((a, b)))
    incidents(rows)
    assert 0 < len(compared) < 0.05 * len(rows) * (len(rows) - 1) / 2
