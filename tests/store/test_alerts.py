"""Alerts are kept in versions, and where each stands follows from what became of it and from consent as it is now."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linkage.review.people import Actor, NotAllowedError
from linkage.store import (
    Account,
    Alert,
    AlertError,
    AlertEvent,
    AlertState,
    ChangedMeanwhileError,
    Check,
    Fact,
    HoldBack,
    HoldBackError,
    Store,
    drop_hold_back,
    held_back,
    hold_back,
    keep_alert,
    read_alert,
    read_alerts,
    record_alert_event,
)

BOTH = {"a", "b"}


def draft(*stops: str, **changes: object) -> Alert:
    made = Alert(
        kind="series",
        subject="S-0001",
        reports=(("a", 1), ("b", 2)),
        texts={"email": "Male, slim. No: 1.", "short": "Male, slim. No: 1", "html": "<p>Male, slim. No: 1.</p>"},
        facts=(Fact("build", "slim", (("a", "skinny"), ("b", "slim"))),),
        checks=tuple(Check(one, "stop", ("she",), "because") for one in stops),
        settled={"build": "slim"},
        held_back=(("mark", "gold tooth"),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def became(store: Store, what: str, version: int = 1, **detail: object) -> AlertState:
    record_alert_event(store, AlertEvent(1, version, what, detail), BOTH)
    return read_alert(store, 1).state(BOTH)


def test_a_version_comes_back_as_it_was_kept(store: Store) -> None:
    first = keep_alert(store, draft(), "drafted")
    assert (first.alert, first.version, first.who) == (1, 1, "tester")
    second = keep_alert(store, replace(first, texts={"email": "Male."}), "edited", {"because": "shorter"})
    assert read_alert(store, 1).versions == (first, second)
    assert [(one.version, one.event, dict(one.detail)) for one in read_alert(store, 1).events] == [
        (1, "drafted", {}),
        (2, "edited", {"because": "shorter"}),
    ]
    assert keep_alert(store, draft(), "drafted").alert == 2
    assert [one.number for one in read_alerts(store)] == [1, 2]
    assert "slim" not in str([entry.detail for entry in store.audit()])


def test_who_edits_an_old_version_is_told(store: Store) -> None:
    first = keep_alert(store, draft(), "drafted")
    keep_alert(store, first, "edited")
    with pytest.raises(ChangedMeanwhileError, match="version 2"):
        keep_alert(store, first, "edited")


def test_an_alert_goes_from_draft_to_sent_and_recalled(store: Store) -> None:
    keep_alert(store, draft(), "drafted")
    assert read_alert(store, 1).state(BOTH) == AlertState.DRAFT
    assert became(store, "approved") == AlertState.APPROVED
    assert became(store, "sent", count=3) == AlertState.SENT
    assert became(store, "recalled") == AlertState.RECALLED


def test_a_stopped_alert_is_not_approved(store: Store) -> None:
    keep_alert(store, draft("the person who reports"), "drafted")
    with pytest.raises(AlertError, match=r"it is stopped \(the person who reports\)"):
        became(store, "approved")


def test_what_was_not_approved_is_not_sent(store: Store) -> None:
    keep_alert(store, draft(), "drafted")
    with pytest.raises(AlertError, match="cannot be sent: it is draft"):
        became(store, "sent")


def test_an_edit_needs_an_approval_of_its_own(store: Store) -> None:
    first = keep_alert(store, draft(), "drafted")
    became(store, "approved")
    keep_alert(store, first, "edited")
    assert read_alert(store, 1).state(BOTH) == AlertState.DRAFT
    with pytest.raises(AlertError, match="read version 2"):
        became(store, "approved", version=1)


def test_a_second_check_is_somebody_elses(store: Store) -> None:
    keep_alert(store, draft(), "drafted")
    assert became(store, "approved", second=True) == AlertState.SECOND_CHECK
    with pytest.raises(AlertError, match="somebody else"):
        became(store, "second_checked")
    store.put_account(Account("bob", "administrator", password="hash"), "account added")
    assert became(store.acting(Actor("bob", "administrator")), "second_checked") == AlertState.APPROVED


def test_consent_taken_back_kills_a_draft_and_calls_a_sent_alert_back(store: Store) -> None:
    keep_alert(store, draft(), "drafted")
    became(store, "approved")
    assert read_alert(store, 1).state({"a"}) == AlertState.DEAD
    assert not read_alert(store, 1).recall_due({"a"})
    became(store, "sent")
    sent = read_alert(store, 1)
    assert (sent.recall_due({"a"}), sent.recall_due(BOTH)) == (True, False)
    became(store, "recalled")
    assert not read_alert(store, 1).recall_due({"a"})


def test_each_language_stands_by_itself(store: Store) -> None:
    first = keep_alert(store, draft(), "drafted")
    became(store, "approved")
    keep_alert(store, replace(first, language="ro"), "edited")
    history = read_alert(store, 1)
    assert (history.state(BOTH, "en"), history.state(BOTH, "ro")) == (AlertState.APPROVED, AlertState.DRAFT)


def test_rights_are_those_of_the_table(store: Store) -> None:
    store.put_account(Account("eve", "viewer", password="hash"), "account added")
    eve = store.acting(Actor("eve", "viewer"))
    with pytest.raises(NotAllowedError, match="draft or edit an alert"):
        keep_alert(eve, draft(), "drafted")
    with pytest.raises(NotAllowedError, match="keep a detail out"):
        hold_back(eve, HoldBack("report", "a", "mark", "gold tooth"))


def test_a_detail_is_kept_out_until_it_is_dropped(store: Store) -> None:
    hold_back(store, HoldBack("report", "a", "mark", "gold tooth", "known to few"))
    hold_back(store, HoldBack("report", "a", "mark", " Gold  tooth"))
    assert [(one.value, one.reason, one.who) for one in held_back(store, "a")] == [
        ("gold tooth", "known to few", "tester")
    ]
    drop_hold_back(store, HoldBack("report", "a", "mark", "gold tooth"))
    assert held_back(store) == []
    with pytest.raises(HoldBackError, match="not kept out"):
        drop_hold_back(store, HoldBack("report", "a", "mark", "gold tooth"))


@pytest.mark.parametrize(
    ("detail", "value", "why"), [("colour", "red", "no kind of detail"), ("mark", " ", "the detail is empty")]
)
def test_what_is_no_detail_is_refused(store: Store, detail: str, value: str, why: str) -> None:
    with pytest.raises(HoldBackError, match=why):
        hold_back(store, HoldBack("report", "a", detail, value))
