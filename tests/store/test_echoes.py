"""An alert that went out, a report that repeats it, what a person judges, and what the run records of it."""

from __future__ import annotations

from datetime import date

import pytest

from linkage.report import Consent, Report
from linkage.review.echo_marks import AS_TOLD, DISCOUNT
from linkage.store import Alert, AlertError, AlertEvent, Fact, Store, keep_alert, record_alert_event
from linkage.store.echoes import as_linked, echoes, judge_echo
from linkage.store.linking import Choices, choices_of, link_store, update_store
from tests.factories import incident
from tests.store.test_store import Batch


def reports() -> list[Report]:
    told = {"marks": "gold tooth", "behaviours": "parks_against_wall; ties_up; gags_or_blindfolds", "town": "Leeds"}
    one = incident(report_id="R1", received="1 March 2024", date="20 February 2024", **told)
    two = incident(date(2091, 1, 1), report_id="R2", received="1 March 2090", date="20 February 2090", **told)
    # "pushes", as how rare a behaviour is, is counted among reports that tell of any
    others = [
        incident(
            report_id=f"U{n}",
            date=f"{n + 1} May 2023",
            town="York",
            person=f"Male, aged {20 + n}",
            behaviours="pushes",
        )
        for n in range(12)
    ]
    return [one.model_copy(update={"consent": Consent(alert=True)}), two, *others]


@pytest.fixture
def sent(store: Store) -> Store:
    store.import_batch(Batch(reports()), "a.csv")
    did = [Fact(f"did.{key}", key) for key in ("parks_against_wall", "ties_up", "gags_or_blindfolds")]
    facts = (Fact("marks", "gold tooth"), *did)
    keep_alert(store, Alert("report", "R1", (("R1", 1),), {"email": "Gold tooth."}, facts), "drafted")
    record_alert_event(store, AlertEvent(1, 1, "approved"), {"R1"})
    record_alert_event(store, AlertEvent(1, 1, "sent", {"regions": []}), {"R1"})
    return store


def found(store: Store) -> dict[str, list[str]]:
    marks = echoes(store, {one.report_id: one for one in store.reports()})
    return {name: [one.judged for one in listed] for name, listed in marks.items()}


def test_a_later_report_that_shares_what_was_told_is_marked_and_judged(sent: Store) -> None:
    assert found(sent) == {"R2": [""]}
    judge_echo(sent, 1, "R2", "echo", "read it aloud")
    judge_echo(sent, 1, "R2", "own", "knew his name")
    assert found(sent) == {"R2": ["own"]}
    with pytest.raises(AlertError, match="no judgement on an echo"):
        judge_echo(sent, 1, "R2", "perhaps", "")


def test_the_setting_is_part_of_the_run_and_stays_for_its_updates(sent: Store) -> None:
    as_told = link_store(sent, Choices(echo=AS_TOLD)).run
    assert as_told is not None
    assert as_told.record["echo"] == {"setting": "as-told", "left_out": {}}
    run = link_store(sent, Choices(echo=DISCOUNT)).run
    assert run is not None
    assert run.record["echo"] == {"setting": "discount", "left_out": {"R2": [1]}}
    assert choices_of(run).echo == DISCOUNT
    pair, before = run.pair("R1", "R2"), as_told.pair("R1", "R2")
    assert before is not None
    assert pair is None or pair.weight < before.weight
    taken = {one.report_id: one for one in as_linked(sent, sent.reports(), run.record)}
    assert taken["R2"].suspects[0].marks == []
    sent.import_batch(Batch([incident(report_id="N1", town="York", date="3 May 2023")]))
    again = update_store(sent).run
    assert again is not None
    assert again.record["echo"] == run.record["echo"]


def test_what_a_person_judged_an_echo_is_left_out_whatever_the_setting(sent: Store) -> None:
    judge_echo(sent, 1, "R2", "echo", "")
    run = link_store(sent, Choices()).run
    assert run is not None
    assert run.record["echo"]["left_out"] == {"R2": [1]}
