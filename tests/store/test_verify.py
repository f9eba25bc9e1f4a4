"""Whatever is changed, removed or put in behind the store's back is named."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select, text, update

from linkage.report import Report
from linkage.review.people import Actor
from linkage.store import (
    Account,
    Alert,
    Decision,
    Fault,
    HoldBack,
    SeriesEvent,
    Store,
    hold_back,
    keep_alert,
)
from linkage.store.audit import START, append, digest_of, hash_of
from linkage.store.connect import StoreError, writing
from linkage.store.digests import written
from linkage.store.quarantine import Arrival, keep
from linkage.store.schema import audit, carried
from linkage.store.sign_in import end_session, start_session
from linkage.store.taking_in import refuse
from linkage.store.tokens import add_token
from linkage.store.triggers import GUARDED, expected, install
from tests.store.test_store import REFUSED, Batch, found, frame, report


@pytest.fixture
def full(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store with a row in every table that must be provable."""
    monkeypatch.setenv("LINKAGE_ORIGINALS_KEY", str(tmp_path / "originals.key"))
    store.import_batch(Batch([report("a", "He said hello"), report("b"), report("c")], [REFUSED]), "a.csv")
    store.import_batch(Batch([report("a", "He said hello twice")]), "b.csv", {"a": "He said hello twice, says Mary"})
    store.save_run(found(frame([("a", "b", 0.9, "main"), ("a", "c", 0.5, "far")])))
    store.record_decision(Decision("ann", "pair", "a", "b", "link", reasons_for=["words"], note="a note"))
    store.record_series_events([SeriesEvent("S1", "named", {"name": "yellow"})])
    store.record_opening("a")
    keep_alert(store, Alert("report", "b", (("b", 1),), {"email": "Male."}), "drafted")
    hold_back(store, HoldBack("report", "b", "mark", "scar"))
    number = keep(store, Arrival("page", "full", {"narrative": "He ran"}, "a key of letters"), 9).number
    refuse(store, number, "not for us")
    add_token(store, "project", ("report",), 30)
    store.put_account(Account("ann", "administrator", password="hash"), "account added")
    start_session(store.engine, "ann")
    carry(store)
    return store.acting(Actor("ann", "administrator"))


def carry(store: Store) -> None:
    """Keep something that run 1 carries to the next."""
    row = {"run_id": 1, "full_run": 1, "updates": 0, "weights": "{}", "base": "[]", "arrays": b"numbers"}
    with writing(store.engine) as connection:
        connection.execute(insert(carried), row)
        append(connection, "ann", "carried", {"run": 1}, written(carried, row))


def without_triggers(connection: Connection) -> None:
    on_postgres = connection.dialect.name == "postgresql"
    for trigger in expected(connection.dialect.name):
        connection.execute(text(f"DROP TRIGGER {trigger.name}" + (f" ON {trigger.table}" if on_postgres else "")))


def tampered(store: Store, *forgeries: str) -> list[Fault]:
    """What is found after somebody dropped the triggers, changed the database and put the triggers back."""
    with writing(store.engine) as connection:
        without_triggers(connection)
        for forgery in forgeries:
            assert connection.execute(text(forgery)).rowcount > 0
        install(connection)
    first, every = store.verify(), store.verify(deep=True)
    assert first == every[:1]
    return every


def test_a_store_that_nobody_touched_is_as_it_was_written(full: Store) -> None:
    assert full.verify(deep=True) == []


TAMPERINGS = [
    ("UPDATE reports SET body = '{}' WHERE report_id = 'b'", "reports/b/1: this row was changed"),
    ("UPDATE reports SET file = 'x' WHERE report_id = 'b'", "reports/b/1: this row was changed"),
    ("UPDATE reports SET seal = '' WHERE report_id = 'b'", "reports/b/1: this row was changed"),
    ("DELETE FROM reports WHERE report_id = 'a' AND version = 2", "reports/a/2: this row is missing"),
    (
        "INSERT INTO reports SELECT 'z', version, body, fingerprint, imported_at, file, salt, seal FROM reports "
        "WHERE report_id = 'b'",
        "reports/z/1: no audit entry tells of this row",
    ),
    ("UPDATE originals SET words = 'x'", "originals/a/2: this row was changed"),
    ("DELETE FROM originals", "originals/a/2: this row is missing"),
    ("UPDATE rejects SET value = 'x'", "this row was changed"),
    ("DELETE FROM rejects", "this row is missing"),
    ("UPDATE runs SET record = '{\"forged\": 1}'", "runs/1: this row was changed"),
    ("UPDATE pairs SET probability = 0.1 WHERE report_b = 'b'", "runs/1/pairs: the pairs of run 1"),
    ("DELETE FROM pairs WHERE report_b = 'b'", "runs/1/pairs: the pairs of run 1"),
    ("DELETE FROM pairs", "runs/1/pairs: the pairs of run 1"),
    ("UPDATE series SET role = 'edge'", "runs/1/series: the series of run 1"),
    ("UPDATE incidents SET basis = 'proposed'", "runs/1/incidents: the incidents of run 1"),
    ("DELETE FROM ambiguous", "runs/1/ambiguous: the ambiguous of run 1"),
    ("UPDATE decisions SET judgement = 'not_linked'", "decisions/1: this row was changed"),
    ("UPDATE decisions SET note = 'another', erased = 1", "decisions/1: this row was changed"),
    ("DELETE FROM decisions", "decisions/1: this row is missing"),
    (
        'INSERT INTO decisions (at, analyst, kind, "left", "right", judgement, reasons_for, reasons_against, note, '
        "blind, second_of, uid) VALUES ('2025', 'bob', 'pair', 'a', 'b', 'link', '[]', '[]', '', 1, 1, 'u')",
        "decisions/2: no audit entry tells of this row",
    ),
    ("UPDATE series_events SET detail = '{}'", "series_events/1: this row was changed"),
    ("UPDATE alerts SET texts = '{}'", "alerts/1: this row was changed"),
    ("UPDATE alerts SET checks = '[]', erased = 1", "alerts/1: this row was changed"),
    ("DELETE FROM alerts", "alerts/1: this row is missing"),
    ("UPDATE alert_events SET event = 'approved'", "alert_events/1: this row was changed"),
    (
        "INSERT INTO alert_events (alert, version, at, who, event, detail) "
        "VALUES (1, 1, '', 'eve', 'approved', '{}')",
        "alert_events/2: no audit entry tells of this row",
    ),
    ("DELETE FROM hold_backs", "hold_backs/1: this row is missing"),
    ("UPDATE quarantine SET body = '{}'", "quarantine/1: this row was changed"),
    ("UPDATE quarantine SET body = ''", "quarantine/1: this row was changed"),
    ("DELETE FROM quarantine", "quarantine/1: this row is missing"),
    ("UPDATE quarantine_events SET event = 'taken'", "quarantine_events/1: this row was changed"),
    ("UPDATE tokens SET scopes = '[\"search\"]'", ": this row was changed"),
    ("DELETE FROM tokens", ": this row is missing"),
    ("UPDATE accounts SET role = 'supervisor'", "accounts/ann: this row was changed"),
    (
        "INSERT INTO accounts (name, role, disabled, created_at, changed_at, version) "
        "VALUES ('eve', 'administrator', 0, '', '', 1)",
        "accounts/eve: no audit entry tells of this row",
    ),
    (
        "INSERT INTO tombstones (report_id, at, who, reason, versions) VALUES ('b', '', '', '', 1)",
        "tombstones/1: no audit entry tells of this row",
    ),
    ("UPDATE carried SET weights = '[]'", "carried/1: this row was changed"),
    ("UPDATE carried SET updates = 7", "carried/1: this row was changed"),
    ("UPDATE sessions SET account = 'eve'", ": this row was changed"),
    ("UPDATE sessions SET started_at = '2099-01-01T00:00:00+00:00'", ": this row was changed"),
    (
        "INSERT INTO sessions (token_hash, account, started_at, seen_at) VALUES ('forged', 'ann', '2026', '2026')",
        "sessions/forged: no audit entry tells of this row",
    ),
    ("UPDATE audit SET who = 'eve' WHERE id = 2", "audit/2: this audit entry was changed"),
    ("UPDATE audit SET detail = '{}' WHERE id = 7", "audit/7: this audit entry was changed"),
    ("UPDATE audit SET detail = '{}', erased = 1 WHERE id = 7", "audit/7: words were taken out"),
    ("DELETE FROM audit WHERE id = 3", "audit/3: 1 audit entries are missing here"),
]


@pytest.mark.parametrize(("forgery", "told"), TAMPERINGS, ids=[told for _, told in TAMPERINGS])
def test_what_was_done_behind_the_stores_back_is_named(full: Store, forgery: str, told: str) -> None:
    assert any(told in str(fault) for fault in tampered(full, forgery))


def test_every_changed_row_is_named(full: Store) -> None:
    faults = tampered(full, "UPDATE reports SET file = 'x'", "DELETE FROM decisions")
    assert [fault.where for fault in faults] == [
        "reports/a/1",
        "reports/a/2",
        "reports/b/1",
        "reports/c/1",
        "decisions/1",
    ]


@pytest.mark.parametrize("table", GUARDED)
def test_a_dropped_or_weakened_trigger_is_named(full: Store, table: str) -> None:
    on_postgres = full.engine.dialect.name == "postgresql"
    with writing(full.engine) as connection:
        connection.execute(text(f"DROP TRIGGER {table}_no_delete" + (f" ON {table}" if on_postgres else "")))
    assert [fault.where for fault in full.verify()] == [f"{table}/{table}_no_delete"]
    with writing(full.engine) as connection:
        if on_postgres:
            body = "CREATE OR REPLACE FUNCTION {}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$"
            install(connection)
            connection.execute(text(body.format(f"{table}_no_delete")))
        else:
            weak = f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN 0 BEGIN SELECT 1; END"
            connection.execute(text(weak))
    assert [fault.where for fault in full.verify()] == [f"{table}/{table}_no_delete"]


def test_a_session_that_ended_stays_ended(full: Store) -> None:
    token = start_session(full.engine, "ann")
    end_session(full.engine, token)
    assert full.verify(deep=True) == []
    faults = tampered(full, "UPDATE sessions SET ended_at = NULL WHERE ended_at IS NOT NULL")
    assert [fault.what for fault in faults] == ["it was taken away and put back"]


def rehash(store: Store) -> None:
    """What an attacker with the database alone can do: change an entry and hash the chain anew."""
    with writing(store.engine) as connection:
        without_triggers(connection)
        previous = START
        for row in connection.execute(select(audit).order_by(audit.c.id)).all():
            who = "eve" if row.id == 2 else row.who
            digest = digest_of(row.salt, row.detail)
            own = hash_of(row.id, row.at, who, row.what, digest, previous)
            values = {"who": who, "previous": previous, "hash": own}
            connection.execute(update(audit).where(audit.c.id == row.id).values(values))
            previous = own
        install(connection)


def test_with_the_key_a_rehashed_chain_and_a_cut_tail_are_seen(full: Store, tmp_path: Path) -> None:
    key = tmp_path / "keys" / "audit.key"
    key.parent.mkdir()
    assert full.sign_audit(key) == 14
    assert full.verify(deep=True, key=key) == []
    assert {stat.S_IMODE(file.stat().st_mode) for file in key.parent.iterdir()} == {0o600}
    rehash(full)
    assert full.verify() == []  # without the key nothing can be seen
    assert [fault.where for fault in full.verify(key=key)] == ["audit/2"]


def test_a_cut_tail_is_seen_against_the_signed_head(
    full: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = tmp_path / "audit.key"
    full.sign_audit(key)
    monkeypatch.setenv("LINKAGE_AUDIT_KEY", str(key))
    full.record_opening("b")
    assert full.verify(deep=True) == []
    assert "the end is cut off: 15 entries were signed, 14 are there" in str(
        tampered(full, "DELETE FROM audit WHERE id = 15")
    )


def test_an_entry_that_the_key_did_not_sign_is_named(full: Store, tmp_path: Path) -> None:
    key = tmp_path / "audit.key"
    full.sign_audit(key)
    full.record_opening("b")
    assert [str(fault) for fault in full.verify(key=key)] == ["audit/15: this audit entry is not signed with the key"]
    assert full.sign_audit(key) == 1
    assert full.verify(key=key) == []


def test_nothing_is_signed_that_does_not_hold_or_with_what_is_no_key(full: Store, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("my notes")
    with pytest.raises(StoreError, match="is no key of linkage"):
        full.sign_audit(tmp_path / "notes.txt")
    with pytest.raises(StoreError, match="There is no key at"):
        full.verify(key=tmp_path / "none.key")
    tampered(full, "DELETE FROM decisions")
    with pytest.raises(StoreError, match="decisions/1"):
        full.sign_audit(tmp_path / "audit.key")
    assert not os.path.exists(tmp_path / "audit.key")


def test_pairs_that_a_later_run_let_go_are_no_fault(store: Store) -> None:
    store.enter(Report(report_id="a"), "test")
    for _ in range(11):
        store.save_run(found(frame([("a", "b", 0.9, "main")])))
    assert store.verify(deep=True) == []
