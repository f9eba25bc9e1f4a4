"""A report goes by the first rule that takes it; what it does not say fulfils no condition."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from linkage.report import Report
from linkage.review.retention import RetainedReport, Rule, RulesError, due, load

TODAY = date(2026, 3, 1)
OLD, NEW = date(2019, 1, 1), date(2026, 2, 1)


def rule(**given: Any) -> Rule:
    return Rule.model_validate({"name": "six years", "reason": "kept for six years", "older_than_days": 2190} | given)


def report(name: str = "R1", **given: Any) -> Report:
    return Report.model_validate({"report_id": name} | given)


def taken(one: RetainedReport, *rules: Rule) -> list[str]:
    return [found.rule.name for found in due([one], rules, TODAY)]


def test_a_report_goes_once_it_is_older_than_the_rule_says() -> None:
    assert taken(RetainedReport(report(), OLD), rule()) == ["six years"]
    assert taken(RetainedReport(report(), NEW), rule()) == []
    assert taken(RetainedReport(report(), date(2026, 2, 28)), rule(older_than_days=1)) == []
    assert taken(RetainedReport(report(), date(2026, 2, 27)), rule(older_than_days=1)) == ["six years"]


def test_the_first_rule_that_takes_it_counts() -> None:
    assert taken(RetainedReport(report(), OLD), rule(name="a", decided=True), rule(name="b"), rule(name="c")) == ["b"]


@pytest.mark.parametrize(
    ("given", "conditions", "goes"),
    [
        ({"received": "2018-05-01"}, {"age": "received"}, True),
        ({"received": "2026-02-01"}, {"age": "received"}, False),
        ({}, {"age": "received"}, False),
        ({"occurred": {"from": "2018-05-01"}}, {"age": "occurred"}, True),
        ({"occurred": {"from": "2018-05-01", "to": "2026-02-01"}}, {"age": "occurred"}, False),
        ({}, {"age": "occurred"}, False),
        ({"consent": {"police": True}}, {"consent": {"police": False}}, False),
        ({}, {"consent": {"police": False, "alert": False}}, True),
        ({"report_type": "partial"}, {"report_type": ["partial", "third_party"]}, True),
        ({"report_type": "full"}, {"report_type": ["partial"]}, False),
        ({}, {"report_type": ["partial"]}, False),
        ({}, {"decided": False}, True),
        ({}, {"decided": True}, False),
    ],
)
def test_every_condition_must_be_fulfilled(given: dict[str, Any], conditions: dict[str, Any], goes: bool) -> None:
    assert bool(taken(RetainedReport(report(**given), OLD), rule(**conditions))) is goes


def test_what_was_decided_on_may_be_kept_for_longer() -> None:
    rules = (rule(name="undecided", older_than_days=365, decided=False), rule())
    year = date(2024, 1, 1)
    assert taken(RetainedReport(report(), year), *rules) == ["undecided"]
    assert taken(RetainedReport(report(), year, decided=True), *rules) == []


def test_the_rules_of_a_file_are_read_in_order(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(
        '[[rules]]\nname = "a"\nreason = "x"\nolder_than_days = 30\nconsent = {police = false}\n'
        '[[rules]]\nname = "b"\nreason = "y"\nolder_than_days = 90\nage = "received"\n'
    )
    assert [(one.name, one.older_than_days, one.age) for one in load(file)] == [
        ("a", 30, "kept"),
        ("b", 90, "received"),
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("rules = 3", "one table"),
        ("", "one table"),
        ("= 3", "is no TOML"),
        ('[[rules]]\nname = "a"\nreason = "x"\n', "rule 1, older_than_days"),
        ('[[rules]]\nname = "a"\nreason = "x"\nolder_than_days = 0\n', "rule 1, older_than_days"),
        ('[[rules]]\nname = "a"\nreason = "x"\nolder_than_days = 9\nage = "born"\n', "rule 1, age"),
        ('[[rules]]\nname = "a"\nreason = "x"\nolder_than_days = 9\nconsnet = {}\n', "rule 1, consnet"),
        (
            '[[rules]]\nname = "a"\nreason = "x"\nolder_than_days = 9\nconsent = {press = true}\n',
            "'press' is none of",
        ),
        ('[[rules]]\nname = "a"\nreason = "x"\nolder_than_days = 9\nreport_type = ["long"]\n', "'long' is none of"),
        ('[[rules]]\nname = "a"\nreason = "x"\nolder_than_days = 9\n[other]\n', "one table"),
    ],
)
def test_what_is_no_rule_is_refused_by_name(tmp_path: Path, words: str, told: str) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(words)
    with pytest.raises(RulesError, match=told):
        load(file)
