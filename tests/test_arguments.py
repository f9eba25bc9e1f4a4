"""What the public calls do with wrong arguments: one error that names argument, value and cure."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from linkage import Linker, Settings, extract_report, read_reports
from linkage.arguments import ArgumentError, NotScoredError, UnknownReportError
from linkage.errors import LinkageError
from linkage.models.model import ModelError
from tests.factories import incident
from tests.rows import each_row

REPORTS = [incident(report_id=f"R{number}", town=["Leeds", "Hull"][number % 2]) for number in range(6)]

OTHER = incident(report_id="R0", town="York")

NEW = incident(report_id="N", town="York")


class Scored:
    """A linker with its pairs and series, made once."""

    def __init__(self) -> None:
        self.linker = Linker()
        self.pairs = self.linker.score(REPORTS)
        self.series = self.linker.cluster(self.pairs)


@pytest.fixture(scope="module")
def scored() -> Scored:
    return Scored()


Call = Callable[[Scored], Any]

REFUSED: list[tuple[str, str, Call]] = [
    ("reports='abc'", "give a list of reports", lambda _: Linker().fit("abc")),  # type: ignore[arg-type]
    ("reports=None", "give a list of reports", lambda _: Linker().fit(None)),  # type: ignore[arg-type]
    ("reports[0]={'report_id'", "give a list of reports", lambda _: Linker().fit([{"report_id": "A"}])),  # type: ignore[list-item]
    ("labelled='x'", "give a list of reports", lambda _: Linker().fit(REPORTS, labelled="x")),  # type: ignore[arg-type]
    ("reports[1].report_id='R0'", "an id of its own", lambda _: Linker().fit([REPORTS[0], OTHER])),
    ("reports='abc'", "give a list of reports", lambda _: Linker().take("abc")),  # type: ignore[arg-type]
    ("reports[1].report_id='R0'", "an id of its own", lambda _: Linker().score([REPORTS[0], OTHER])),
    ("top=0", "1 or more", lambda _: Linker().score(REPORTS, top=0)),
    ("top=-1", "1 or more", lambda _: Linker().score(REPORTS, top=-1)),
    ("top=1.5", "a whole number", lambda _: Linker().score(REPORTS, top=1.5)),  # type: ignore[arg-type]
    ("top=True", "a whole number", lambda _: Linker().score(REPORTS, top=True)),
    ("must_link[0]='R1'", "pairs of report ids", lambda _: Linker().score(REPORTS, must_link=["R1"])),  # type: ignore[list-item]
    ("cannot_link[0]=", "pairs of report ids", lambda _: Linker().score(REPORTS, cannot_link=[("R1",)])),  # type: ignore[list-item]
    ("must_link='R1'", "pairs of report ids", lambda one: one.linker.cluster(one.pairs, must_link="R1")),  # type: ignore[arg-type]
    ("cannot_link=None", "pairs of report ids", lambda one: one.linker.cluster(one.pairs, cannot_link=None)),  # type: ignore[arg-type]
    ("pairs=None", "as score gives it", lambda one: one.linker.cluster(None)),  # type: ignore[arg-type]
    (
        "pairs=a frame",
        "no column",
        lambda one: one.linker.cluster(one.pairs.iloc[:, :2]),
    ),
    ("pairs.probability[0]=", "from 0 to 1", lambda one: one.linker.cluster(one.pairs.assign(probability=math.nan))),
    ("pairs.probability[0]=", "from 0 to 1", lambda one: one.linker.cluster(one.pairs.assign(probability=2.0))),
    ("a=None", "give the id", lambda one: one.linker.explain(None, "R1")),  # type: ignore[arg-type]
    ("together=nan", "from 0 to 1", lambda one: one.linker.explain("R1", "R2", together=math.nan)),
    ("together=2", "from 0 to 1", lambda one: one.linker.explain("R1", "R2", together=2)),
    ("b='R1'", "another one", lambda one: one.linker.explain("R1", "R1")),
    ("b='R1'", "another one", lambda one: one.linker.explain(REPORTS[1], "R1")),
    ("b='N'", "another one", lambda one: one.linker.explain(NEW, NEW)),
    ("b='R1'", "another one", lambda one: one.linker.explain_alone("R1", "R1")),
    ("b='R1'", "another one", lambda one: one.linker.levels("R1", "R1")),
    ("a.report_id='R0'", "an id of its own", lambda one: one.linker.explain(OTHER, "R1")),
    ("constraints='x'", "Constraints.of", lambda one: one.linker.explain("R1", "R2", constraints="x")),  # type: ignore[arg-type]
    ("constraints={}", "Constraints.of", lambda _: Linker().take(REPORTS, {})),  # type: ignore[arg-type]
    ("constraints=3", "Constraints.of", lambda one: one.linker.explain_series(["R1", "R2"], 3)),  # type: ignore[arg-type]
    ("must_link[0]=('R1', 'R1')", "of two reports", lambda _: Linker().score(REPORTS, must_link=[("R1", "R1")])),
    ("series['A']=3", "lists of report ids", lambda one: one.linker.explain_membership("R1", {"A": 3})),  # type: ignore[dict-item]
    ("series['A']='R2'", "lists of report ids", lambda one: one.linker.explain_membership("R1", {"A": "R2"})),
    ("series[0]=3", "by series id", lambda one: one.linker.explain_membership("R1", {3: ["R2"]})),  # type: ignore[dict-item]
    ("series=[]", "may join", lambda one: one.linker.explain_membership("R1", [])),
    ("at=[3]", "id of a series", lambda one: one.linker.explain_membership("R1", one.series, at=[3])),  # type: ignore[arg-type]
    ("at='A'", "no other incident", lambda one: one.linker.explain_membership("R1", {"A": ["R1"]})),
    ("members=a frame", "list of report ids", lambda one: one.linker.explain_series(one.pairs)),  # type: ignore[arg-type]
    ("members=['R1']", "at least two incidents", lambda one: one.linker.explain_series(["R1"])),
    ("series='abc'", "ids of reports", lambda one: one.linker.explain_membership("R1", "abc")),
    ("series=a frame", "no column", lambda one: one.linker.explain_membership("R1", pd.DataFrame())),
    ("members='R1'", "list of report ids", lambda one: one.linker.explain_series("R1")),
    ("report='R1'", "linkage.Report", lambda one: one.linker.place_report("R1", one.series)),  # type: ignore[arg-type]
    ("series=None", "as cluster gives it", lambda one: one.linker.place_report(incident(report_id="N"), None)),  # type: ignore[arg-type]
    ("report.report_id='R0'", "no new report", lambda one: one.linker.place_report(REPORTS[0], one.series)),
    ("far_km=nan", "0 or more", lambda _: Settings(far_km=math.nan)),
    ("far_km=-1", "0 or more", lambda _: Settings(far_km=-1)),
    ("far_km='x'", "a number", lambda _: Settings(far_km="x")),  # type: ignore[arg-type]
    ("far_top=-3", "0 or more", lambda _: Settings(far_top=-3)),
    ("seed='a'", "whole number", lambda _: Settings(seed="a")),  # type: ignore[arg-type]
    ("sensitive='no'", "True or False", lambda _: Settings(sensitive="no")),  # type: ignore[arg-type]
    ("settings={'seed': 1}", "linkage.Settings", lambda _: Linker({"seed": 1})),  # type: ignore[arg-type]
    ("record='x'", "run.json", lambda _: Linker.from_record("x")),  # type: ignore[arg-type]
    ("holding=None", "carry", lambda _: Linker().hold(None)),  # type: ignore[arg-type]
    ("text=None", "words of one alert", lambda _: extract_report(None)),  # type: ignore[arg-type]
    ("report_id=5", "give words", lambda _: extract_report("a man", report_id=5)),  # type: ignore[arg-type]
    *[
        (f"received={said!r}", "ISO 8601", lambda _, said=said: extract_report("a man", received=said))
        for said in ("yesterday", "", "2025-13-01", "2025-03", "2025-03-01x", "01/03/2025", 20250301)
    ],
    ("today='2025-01-01'", "datetime.date", lambda _: extract_report("a man", today="2025-01-01")),  # type: ignore[arg-type]
    ("path=None", "path of a file", lambda _: read_reports(None)),  # type: ignore[arg-type]
    ("path=5", "path of a file", lambda _: read_reports(5)),  # type: ignore[arg-type]
    ("processes=0", "1 or more", lambda _: read_reports("nowhere.csv", processes=0)),
    ("today='2025'", "datetime.date", lambda _: read_reports("nowhere.csv", today="2025")),  # type: ignore[arg-type]
]

UNKNOWN: list[tuple[str, Call]] = [
    ("a='ZZ'", lambda one: one.linker.explain("ZZ", "R1")),
    ("b='ZZ'", lambda one: one.linker.explain_alone("R1", "ZZ")),
    ("a='ZZ'", lambda one: one.linker.levels("ZZ", "R1")),
    ("report='ZZ'", lambda one: one.linker.explain_membership("ZZ", one.series)),
    ("members[0]='ZZ'", lambda one: one.linker.explain_series(["ZZ", "R1"])),
    ("series['A'][1]='ZZ'", lambda one: one.linker.explain_membership("R1", {"A": ["R2", "ZZ"]})),
    ("at='nope'", lambda one: one.linker.explain_membership("R1", one.series, at="nope")),
    ("pairs.report_a='ZZ'", lambda one: one.linker.cluster(one.pairs.assign(report_a="ZZ"))),
]

TOO_SOON: list[tuple[str, Call]] = [
    ("score", lambda one: Linker().cluster(one.pairs)),
    ("score", lambda _: Linker().explain("R1", "R2")),
    ("score", lambda _: Linker().prior_),
    ("score", lambda _: Linker().run_record_),
    ("score", lambda _: Linker().newcomers()),
    ("score", lambda _: Linker().carry()),
    ("score", lambda _: Linker().take(REPORTS).carry()),
    ("call score first", lambda _: Linker().incidents_),
    ("call cluster first", lambda _: Linker().ambiguous_),
]


@each_row(("value", "cure", "call"), REFUSED)
def test_a_wrong_argument_is_named_with_its_value_and_a_cure(
    value: str, cure: str, call: Call, scored: Scored
) -> None:
    with pytest.raises(ArgumentError) as refused:
        call(scored)
    assert value in str(refused.value)
    assert cure in str(refused.value)
    assert "\n" not in str(refused.value)
    assert isinstance(refused.value, LinkageError)


def test_a_wrong_call_takes_up_no_report(scored: Scored) -> None:
    for other in (NEW, "ZZ"):
        with pytest.raises(ArgumentError):
            scored.linker.explain(NEW, other)
    assert scored.linker.run_record_["counts"]["reports"] == len(REPORTS)


@each_row(("value", "call"), UNKNOWN)
def test_an_unknown_id_is_named_and_still_a_key_error(value: str, call: Call, scored: Scored) -> None:
    with pytest.raises(UnknownReportError) as refused:
        call(scored)
    assert str(refused.value).startswith(value)
    assert "give" in str(refused.value)
    assert isinstance(refused.value, KeyError)


@each_row(("cure", "call"), TOO_SOON)
def test_what_only_scored_reports_tell_says_so_before(cure: str, call: Call, scored: Scored) -> None:
    with pytest.raises(NotScoredError, match=cure):
        call(scored)


def test_a_record_without_the_settings_of_this_version_is_refused() -> None:
    for record in ({}, {"settings": {"nope": 1}}, {"settings": None}, {"settings": {"seed": "a"}}):
        with pytest.raises(ModelError, match=r"the record of the run, settings.*give"):
            Linker.from_record(record)


@each_row(
    ("part", "value", "named"),
    [
        ("model", None, "model: None is no object; give run.json whole"),
        ("weights", 3, "weights: 3 is no object; give run.json whole"),
        ("tempers", None, "tempers: None is no object; give run.json whole"),
        ("series", None, "series: None is no object; give run.json whole"),
        ("series", {"scale": "x"}, "series.scale='x' cannot be used: give a number, 0 or more"),
        ("series", {"scale": None}, "series.scale=None cannot be used: give a number, 0 or more"),
    ],
)
def test_a_part_of_a_record_that_is_none_is_named(part: str, value: object, named: str, scored: Scored) -> None:
    with pytest.raises(ModelError) as refused:
        Linker.from_record({**scored.linker.run_record_, part: value})
    assert str(refused.value) == f"the record of the run, {named}"


def test_more_partners_than_there_are_others_are_all_of_them(scored: Scored) -> None:
    again = Linker(Settings(far_top=10**9, far_km=1e300)).score(REPORTS, top=10**9)
    assert len(again) == len(scored.pairs) == 15


def test_no_reports_are_reports_too() -> None:
    linker = Linker().fit([])
    assert linker.score([]).empty


def test_decisions_settings_and_paths_may_come_from_arrays_and_may_be_none_at_all() -> None:
    pairs = np.array([("R1", "R2")])
    again = Linker(Settings(sensitive=np.bool_(False), seed=np.int64(0)))  # type: ignore[arg-type]
    scored_again = again.score(REPORTS, must_link=pairs)
    assert [*again.cluster(scored_again, must_link=pairs)["report_id"]] == ["R1", "R2"]
    assert json.dumps(again.run_record_)
    assert read_reports([]).reports == []
