"""The series of a run are kept under ids that stay, and what changed is kept with the run."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from linkage.report import Report
from linkage.review.people import Actor, NotAllowedError
from linkage.review.series_history import registry, steps
from linkage.store import Account, Decision, Found, Store
from linkage.store.registered import registered, take_in_decisions


def found(*series: str) -> Found:
    rows = [(f"S-{members[0]}", one, "core", 0.9) for members in series for one in members]
    pairs = ["report_a", "report_b", "weight", "probability", "lane", "distance_km", "days"]
    return Found(
        pairs=pd.DataFrame([("a", "b", 2.0, 0.9, "main", 1.0, 2)], columns=pairs),
        series=pd.DataFrame(rows, columns=["series_id", "report_id", "role", "fit"]),
        incidents=pd.DataFrame(columns=["incident_id", "report_id", "basis"]),
        ambiguous=pd.DataFrame(columns=["report_id", "series_id", "other_series_id", "fit", "other_fit"]),
        record={},
    )


def linked(store: Store, *series: str) -> list[str]:
    run = store.save_run(registered(store, found(*series), "".join))
    return [one.series_id for one in run.series()]


def test_a_series_has_one_id_from_run_to_run_and_its_history_names_the_runs(store: Store) -> None:
    assert linked(store, "abc", "xy") == ["S-0001", "S-0002"]
    assert linked(store, "xyabc") == ["S-0001"]
    assert linked(store, "abc", "xyz") == ["S-0001", "S-0003"]
    events = store.series_events()
    known = registry(events)
    assert known["S-0001"].members == ("a", "b", "c")
    assert known["S-0002"].merged_into == "S-0001"
    assert known["S-0003"].name == "xyz"
    assert [(step.event.run, step.members) for step in steps(events, "S-0001")] == [
        (1, ("a", "b", "c")),
        (2, ("a", "b", "c", "x", "y")),
        (3, ("a", "b", "c")),
    ]
    assert {event.who for event in events} == {"tester"}
    assert store.audit_broken_at() is None


def test_a_taken_out_report_is_told_with_its_decision(store: Store) -> None:
    for name in "abc":
        store.enter(Report(report_id=name), "test")
    linked(store, "abc")
    out = Decision("ann", "report_series", "c", "S-0001", "not_linked", reasons_against=["build"])
    number = store.record_decision(replace(out, scope={"left": ["c"], "right": ["a", "b"]}))
    assert store.binding().cannot_link == [("a", "c"), ("b", "c")]
    linked(store, "ab")
    last = store.series_events("S-0001")[1]
    assert (last.event, last.detail, last.decision, last.run) == ("left", {"left": ["c"]}, number, 2)


def test_decisions_are_imported_by_those_alone_who_may(store: Store) -> None:
    store.put_account(Account("ada", "administrator", password="hash"), "account added")
    ada = store.acting(Actor("ada", "administrator"))
    ada.put_account(Account("vic", "analyst", password="hash"), "account added")
    with pytest.raises(NotAllowedError, match=r"vic \(analyst\) may not import decisions"):
        take_in_decisions(store.acting(Actor("vic", "analyst")), [])
    assert take_in_decisions(ada, []).new == 0
