"""Decisions on the command line: recorded with their evidence, listed, carried from store to store."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from linkage.linker import Linker
from linkage.report import Report
from linkage.store import Decision, Found, Store
from linkage.store.registered import registered
from tests.cli.conftest import Call

PAIRS = ("report_a", "report_b", "weight", "probability", "lane", "distance_km", "days")
OTHER = ("report_id", "series_id", "other_series_id", "fit", "other_fit")
TABLES = (PAIRS, ("series_id", "report_id", "role", "fit"), ("incident_id", "report_id", "basis"), OTHER)
"""Columns of a run's tables."""


@dataclass
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(call: Call) -> Callable[..., Ran]:
    return lambda *words: Ran(*call(*words))


@pytest.fixture
def store(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:  # noqa: ARG001 the folder is run's
    """A store with three reports and a run that found them to be a series."""
    monkeypatch.setenv("USER", "ann")
    monkeypatch.setenv("LOGNAME", "ann")
    monkeypatch.setenv("LINKAGE_STORE", f"sqlite:///{tmp_path}/linkage.db")
    kept = filled(f"sqlite:///{tmp_path}/linkage.db")
    pairs, series, incidents, ambiguous = (pd.DataFrame(columns=list(frame)) for frame in TABLES)
    series = pd.DataFrame([("S-a", name, "core", 0.9) for name in "abc"], columns=series.columns)
    record = {**Linker().take(kept.reports()).run_record_, "version": "9.9"}
    found = Found(pairs, series, incidents, ambiguous, record)
    kept.save_run(registered(kept, found))
    return kept


def filled(url: str) -> Store:
    kept = Store(url, who="ann")
    for name in "abc":
        kept.enter(Report(report_id=name, speech=["a rare word"]), "test")
    return kept


def test_a_place_in_a_series_is_decided_with_the_members_as_they_stand(run: Any, store: Store) -> None:
    told = run("decide", "report_series", "a", "S-0001", "not_linked", "--against", "build")
    assert told.code == 0, told.err
    assert "Decision 1: report_series a, S-0001: not_linked; kept apart" in told.out
    (made,) = store.decisions()
    assert made.scope == {"left": ["a"], "right": ["b", "c"]}
    assert (made.stream, made.reasons_against, len(made.features_hash or "")) == ("command", ["build"], 64)
    assert store.binding().cannot_link == [("a", "b"), ("a", "c")]
    shown = made.evidence_snapshot or {}
    assert (shown["series_id"], shown["members"]) == ("S-0001", ["b", "c"])
    assert made.score == shown["strength"]


def test_a_pair_is_decided_with_its_evidence_as_it_stood(run: Any, store: Store) -> None:
    told = run("decide", "pair", "b", "a", "link", "--for", "speech", "--json").json
    assert told == {"id": 1, "kind": "pair", "left": "a", "right": "b", "judgement": "link"}
    (made,) = store.decisions()
    shown = made.evidence_snapshot or {}
    assert shown["prior"] + sum(part["weight"] for part in shown["parts"]) == pytest.approx(shown["strength"])
    assert (made.score, made.model_version) == (shown["strength"], "9.9, run 1")


def test_a_run_that_cannot_be_read_does_not_keep_anybody_from_deciding(run: Any, store: Store) -> None:
    store.save_run(Found(*[pd.DataFrame(columns=list(frame)) for frame in TABLES], record={}))
    told = run("decide", "pair", "a", "b", "unsure")
    assert told.code == 0
    assert "kept without evidence" in told.err
    assert store.decisions()[0].evidence_snapshot is None


def test_those_who_leave_a_series_are_named_with_commas(run: Any, store: Store) -> None:
    assert run("decide", "split", "S-0001", "b,c", "not_linked", "--against", "two cars").code == 0
    assert store.binding().cannot_link == [("a", "b"), ("a", "c")]
    (made,) = store.decisions()
    shown = made.evidence_snapshot or {}
    assert (shown["first"], shown["second"]) == (["a"], ["b", "c"])
    assert shown["prior"] + sum(part["weight"] for part in shown["parts"]) == pytest.approx(made.score)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["pair", "a", "zz", "link", "--for", "x"], "no report 'zz'"),
        (["merge", "S-0001", "S-0099", "link", "--for", "x"], "no series 'S-0099'"),
        (["pair", "a", "b", "link"], "link needs at least one reason (--for)"),
        (["pair", "a", "b", "guilty"], "'guilty' is not one of link"),
        (["guess", "a", "b", "link"], "kind 'guess' is not one of"),
        (["split", "S-0001", "b", "not_linked", "--against", "x", "--scope", "{"], "is not JSON"),
        (
            ["pair", "a", "b", "link", "--for", "x", "--scope", '{"left": 3}'],
            'is not of the form {"left": [report ids]',
        ),
        (["pair", "a", "b", "withdrawn", "--supersedes", "9"], "supersedes 9 names no decision"),
    ],
)
def test_what_cannot_be_decided_is_one_line_and_nothing_is_kept(
    run: Any, store: Store, words: list[str], said: str
) -> None:
    told = run("decide", *words)
    assert told.code == 2
    assert said in told.err
    assert len(told.err.strip().splitlines()) == 1
    assert store.decisions() == []


def decided(run: Any) -> None:
    assert run("decide", "same_incident", "b", "a", "unsure").code == 0
    assert run("decide", "report_series", "c", "S-0001", "link", "--for", "words").code == 0
    assert run("decide", "report_series", "c", "S-0001", "withdrawn", "--supersedes", "2").code == 0


def test_decisions_are_listed_with_those_that_no_longer_stand(run: Any, store: Store) -> None:
    decided(run)
    assert len(store.decisions()) == 3
    told = run("decisions").out
    assert "same_incident a, b: unsure\n" in told
    assert "link  (no longer stands)" in told
    listed = run("decisions", "--report", "c", "--json").json["decisions"]
    assert [(one["judgement"], one["stands"]) for one in listed] == [("link", False), ("withdrawn", False)]
    assert run("decisions", "--series").out.startswith("S-0001  proposed  3 reports")


def test_decisions_go_to_another_store_once_however_often_they_are_taken_in(
    run: Any, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided(run)
    assert run("decisions", "--export", "out.jsonl").code == 0
    other = f"sqlite:///{tmp_path}/other.db"
    with filled(other) as kept:
        kept.record_series_events([replace(event, run=None) for event in store.series_events()])
    monkeypatch.setenv("LINKAGE_STORE", other)
    assert run("decisions", "--import", "out.jsonl", "--json").json == {"new": 3, "known": 0, "refused": []}
    saved_elsewhere = Path("out.jsonl").read_text(encoding="utf-8")
    Path("out.jsonl").write_text(saved_elsewhere, encoding="utf-8-sig")  # as editors on Windows write it
    assert run("decisions", "--import", "out.jsonl", "--json").json == {"new": 0, "known": 3, "refused": []}
    with Store(other) as kept:
        came, were = kept.decisions(), store.decisions()
        assert [(one.uid, one.supersedes, one.judgement) for one in came] == [
            (one.uid, one.supersedes, one.judgement) for one in were
        ]
        assert [(one.evidence_snapshot or {})["made_at"] for one in came] == [one.at for one in were]
        assert kept.audit_broken_at() is None


def test_decisions_are_written_over_a_file_only_where_that_is_said(run: Any, store: Store) -> None:
    decided(run)
    Path("mine.txt").write_text("mine", encoding="utf-8")
    assert "mine.txt is there already; name another file" in run("decisions", "--export", "mine.txt").err
    assert Path("mine.txt").read_text(encoding="utf-8") == "mine"
    assert run("decisions", "--export", "mine.txt", "--replace").code == 0
    assert len(Path("mine.txt").read_text(encoding="utf-8").splitlines()) == len(store.decisions())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"left": "zz"}, "row 1: there is no report 'zz'"),
        ({"uid": None}, "row 1: uid is empty"),
        ({"blind": "perhaps"}, "row 1: blind 'perhaps'"),
        ({"colour": 1}, "row 1: field 'colour' is not one of a decision"),
        ({"second_of_uid": "none"}, "row 1: second_of_uid 'none' names no decision here"),
    ],
)
def test_a_line_that_cannot_be_taken_in_is_told_with_row_and_reason_and_the_rest_is_kept(
    run: Any, store: Store, change: dict[str, Any], said: str
) -> None:
    decided(run)
    run("decisions", "--export", "out.jsonl")
    first, *rest = Path("out.jsonl").read_text(encoding="utf-8").splitlines()
    bad = json.dumps(json.loads(first) | {"uid": "another"} | change)
    good = json.dumps(json.loads(first) | {"uid": "a third"})
    Path("in.jsonl").write_text("\n".join([bad, "not json", good, *rest]), encoding="utf-8")
    told = run("decisions", "--import", "in.jsonl")
    assert told.code == 1
    assert said in told.err
    assert "row 2: the line is not JSON" in told.err
    assert len(store.decisions()) == 4


def test_linking_learns_from_blind_decisions_and_from_no_others(run: Any, store: Store) -> None:
    link = Decision("ann", "pair", "a", "b", "link", reasons_for=["speech"])
    store.record_decision(link)
    told = run("link", "--train-decisions")
    assert told.code == 2
    assert "No decision in the store can be learned from" in told.err
    store.record_decision(replace(link, blind=True, stream="random"))
    assert run("link", "--train-decisions").code == 0
    latest = store.latest_run()
    assert latest is not None
    assert latest.record["model"]["learned_from"]["links"] == 1
    assert "leave files" in run("link", "x.csv", "--train-decisions").err


def test_the_list_tells_nothing_of_what_waits_for_the_second_check_of_whoever_asks(run: Any, store: Store) -> None:
    first = Decision("bob", "pair", "a", "b", "link", reasons_for=["speech"], note="surely him", score=4.2)
    number = store.record_decision(first)
    store.record_decision(Decision("ann", "pair", "a", "c", "unsure"))
    told = run("decisions").out
    assert "1 more is left out" in told
    assert f"linkage decide pair a b JUDGEMENT --second-of {number}" in told
    plain = run("decisions", "--json")
    assert not {"bob", "surely", "4.2"} & set(re.findall(r"[\w.]+", told + plain.out))
    assert [one["analyst"] for one in plain.json["decisions"]] == ["ann"]
    assert run("decisions", "--export", "out.jsonl", "--json").json["left_out"] == 1
    assert "bob" not in Path("out.jsonl").read_text(encoding="utf-8")
    assert "1 more is left out" in run("decisions", "--export", "again.jsonl").out
    assert run("decide", "pair", "a", "b", "link", "--for", "speech", "--second-of", str(number)).code == 0
    assert "surely him" in run("decisions", "--json").out
    assert run("decisions", "--export", "all.jsonl", "--json").json["left_out"] == 0
    assert "surely him" in Path("all.jsonl").read_text(encoding="utf-8")


def test_by_command_a_second_check_is_blind_as_no_command_tells_a_weight_before_it(run: Any, store: Store) -> None:
    number = store.record_decision(Decision("bob", "pair", "a", "b", "link", reasons_for=["speech"]))
    for words in (("explain", "b", "a"), ("explain", "a", "b", "--json")):
        told = run(*words)
        assert (told.code, told.out) == (2, "")
        assert f"To decide: linkage decide pair a b JUDGEMENT --second-of {number}" in told.err
    assert [one["reports"] for one in run("explain", "a", "--in", "S-0001", "--json").json["members_left_out"]] == []
    left = run("explain", "--series", "S-0001", "--json").json["members_left_out"]
    assert ["c"] not in [one["reports"] for one in left]
    listed = run("search", "--like", "a", "--json").json
    assert [row["report_id"] for row in listed["rows"] if row["report_id"] in "abc"] == ["c"]
    assert "not compared with a" in run("search", "--like", "a", "--why-not", "b").out
    assert run("explain", "a", "c").code == 0
    second = ("pair", "a", "b", "link", "--for", "speech", "--second-of", str(number))
    assert run("decide", "pair", "a", "b", "unsure").code == 0
    assert run("explain", "a", "b").code == 0
    told = run("decide", *second).out
    assert not store.decisions()[-1].blind
    assert "soft until somebody else" in told


def test_a_second_check_that_nothing_was_told_before_is_kept_as_blind(run: Any, store: Store) -> None:
    number = store.record_decision(Decision("bob", "pair", "a", "b", "link", reasons_for=["speech"]))
    assert run("decide", "pair", "a", "b", "link", "--for", "speech", "--second-of", str(number)).code == 0
    assert store.decisions()[-1].blind
    assert store.binding().must_link == [("a", "b")]
