"""Seriousness comes from a table of the vocabularies' own keys."""

from __future__ import annotations

from linkage.report import Report
from linkage.review.risk import profiles, seriousness, seriousness_word, tables
from linkage.vocabulary import load


def test_every_key_of_the_table_is_one_of_the_vocabulary() -> None:
    for name in ("offences", "behaviours"):
        assert tables()[name].keys() - {"otherwise"} <= load(name).entries.keys()
    assert set(tables()["offences"]) - {"otherwise"} == set(load("offences").entries)
    assert set(tables()["weapons"]["none"]) <= load("weapons").entries.keys()


def test_the_most_serious_of_what_a_report_tells_counts() -> None:
    told = Report(
        report_id="a", offences=["theft"], behaviours={"present": ["strangles", "grabs"]}, weapons=["knife"]
    )
    found = seriousness(told)
    assert (found.value, found.weapon) == (9.0, True)
    assert seriousness_word(found.value) == "very high"


def test_what_is_not_told_counts_nothing_and_a_body_is_no_weapon() -> None:
    found = seriousness(Report(report_id="a", weapons=["body_only"]))
    assert (found.value, found.words, found.weapon) == (0.0, "", False)


def test_an_escalation_needs_a_later_and_more_serious_incident() -> None:
    days = {"a": ("2026-01-01", "rape"), "b": ("2026-02-01", "attempted_murder"), "c": (None, "murder")}
    reports = {
        name: Report.model_validate({"report_id": name, "occurred": {"from": day}, "offences": [offence]})
        for name, (day, offence) in days.items()
    }
    laid = profiles(reports, {"S-0001": ["a", "b", "c"], "S-0002": ["a", "c"], "S-0003": ["gone"]})
    assert [laid.escalates[laid.index[f"S-000{n}"]] for n in (1, 2, 3)] == ["rape to attempted murder", "", ""]


def test_an_identifier_is_new_with_the_first_report_that_has_it() -> None:
    reports = {
        name: Report.model_validate(
            {"report_id": name, "received": f"2026-01-0{day}", "identifiers": [{"kind": "phone", "value": value}]}
        )
        for name, day, value in (("a", 2, "07700900123"), ("b", 1, "07700900123"), ("c", 3, "0770*"))
    }
    assert profiles(reports, {}).new_identifier.tolist() == [False, True, False]
