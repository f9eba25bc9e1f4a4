"""The history of series, accounts, sessions and drafts come back as they were kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linkage.review.people import Actor, NotAllowedError
from linkage.store import Account, ChangedMeanwhileError, Decision, Draft, SeriesEvent, Session, Store
from linkage.store.user_admin import add_user


def test_the_history_of_a_series_is_told_in_its_order_and_in_the_audit(store: Store) -> None:
    number = store.record_decision(
        Decision("ann", "merge", "S1", "S2", "unsure", scope={"left": ["a"], "right": ["b"]})
    )
    given = [SeriesEvent("S1", "named", {"name": "the yellow car"}), SeriesEvent("S2", "merged", {}, decision=number)]
    store.record_series_events(given)
    assert [replace(one, id=None, at=None, who="") for one in store.series_events()] == given
    assert [one.event for one in store.series_events("S2")] == ["merged"]
    assert set(store.audit()[0].sealed) == {"series_events/1", "series_events/2"}


def test_an_account_is_changed_only_by_who_has_seen_its_last_change(store: Store) -> None:
    first = store.put_account(Account("ann", "administrator", password="hash"), "account added")
    assert store.accounts() == [first]
    store = store.acting(Actor("ann", "administrator"))
    second = store.put_account(replace(first, totp="secret"), "account changed: codes")
    assert (second.version, store.accounts()[0].totp) == (2, "secret")
    for stale in (first, Account("ann", "viewer")):
        with pytest.raises(ChangedMeanwhileError, match="ann"):
            store.put_account(stale, "account changed")
    assert store.accounts() == [second]
    assert [entry.what for entry in store.audit()] == ["account changed: codes", "account added"]
    assert "hash" not in str([entry.detail for entry in store.audit()])


def test_a_session_is_kept_as_it_is_now(store: Store) -> None:
    given = Session("0" * 64, "ann", "2025", "2025")
    store.put_session(given)
    store.put_session(replace(given, seen_at="2026", ended_at="2026"))
    assert store.session("0" * 64) == replace(given, seen_at="2026", ended_at="2026")
    assert store.session("1" * 64) is None


def test_a_draft_is_kept_until_it_is_dropped(store: Store) -> None:
    store.put_draft(Draft("ann", "report", {"narrative": "He"}))
    store.put_draft(Draft("ann", "report", {"narrative": "He said"}))
    store.put_draft(Draft("", "report", {}))
    assert [one.body for one in store.drafts("ann")] == [{"narrative": "He said"}]
    store.drop_draft("ann", "report")
    assert (store.drafts("ann"), len(store.drafts())) == ([], 1)


def test_what_was_opened_stands_in_the_audit(store: Store) -> None:
    store.record_opening("R1")
    entry = store.audit()[0]
    assert (entry.who, entry.what, entry.detail) == ("tester", "opened", {"report_id": "R1"})


def test_what_somebody_has_begun_and_counted_is_nobody_elses_to_read_or_change(store: Store) -> None:
    add_user(store, "root", "administrator", "long enough a password")
    root = store.acting(Actor("root", "administrator"))
    add_user(root, "ann", "analyst", "long enough a password")
    ann = store.acting(Actor("ann", "analyst"))
    ann.put_draft(Draft("ann", "wellbeing", {"2026-11-30": [3, 1]}))
    assert ann.drafts("ann")[0].body == {"2026-11-30": [3, 1]}
    for forbidden in (
        lambda: root.drafts("ann"),
        lambda: root.put_draft(Draft("ann", "wellbeing", {})),
        lambda: root.drop_draft("ann", "wellbeing"),
    ):
        with pytest.raises(NotAllowedError, match="nobody else's"):
            forbidden()
    assert "wellbeing" not in str([(entry.what, entry.detail) for entry in root.audit()])
