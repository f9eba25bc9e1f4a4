"""The audit and the decisions are only ever added to, and a change is found."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from linkage.store import Decision, Store
from linkage.store.audit import append
from linkage.store.connect import writing


def log(store: Store, n: int) -> None:
    for i in range(n):
        with writing(store.engine) as connection:
            append(connection, "tester", "note", {"number": i, "words": "ä"})


def test_entries_come_back_newest_first_and_the_chain_holds(store: Store) -> None:
    log(store, 5)
    assert [entry.detail["number"] for entry in store.audit(2)] == [4, 3]
    assert store.audit()[0].who == "tester"
    assert store.audit_broken_at() is None


def test_an_empty_audit_is_whole(store: Store) -> None:
    assert store.audit() == []
    assert store.audit_broken_at() is None


@pytest.mark.parametrize("table", ["audit", "decisions"])
@pytest.mark.parametrize("change", ["UPDATE {} SET at = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_a_change(store: Store, table: str, change: str) -> None:
    log(store, 2)
    store.record_decision(Decision("ann", "pair", "a", "b", "link", reasons_for=["words"]))
    with pytest.raises(DBAPIError, match="append-only"), writing(store.engine) as connection:
        connection.execute(text(change.format(table)))


def test_sqlite_refuses_a_replaced_entry_too(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "linkage.db"))
    log(store, 2)
    forged = (
        "INSERT OR REPLACE INTO audit (id, at, who, what, detail, previous, hash) "
        "SELECT id, at, 'somebody', what, detail, previous, hash FROM audit"
    )
    with pytest.raises(DBAPIError, match="append-only"), writing(store.engine) as connection:
        connection.execute(text(forged))


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE audit SET who = 'somebody' WHERE id = 3",
        "UPDATE audit SET detail = '{}' WHERE id = 3",
        "DELETE FROM audit WHERE id = 3",
    ],
)
def test_a_change_behind_the_stores_back_is_found(store: Store, forgery: str) -> None:
    log(store, 5)
    on_postgres = store.engine.dialect.name == "postgresql"
    drops = (
        ["audit_no_update ON audit", "audit_no_delete ON audit"]
        if on_postgres
        else ["audit_no_update", "audit_no_delete"]
    )
    with writing(store.engine) as connection:
        for trigger in drops:
            connection.execute(text(f"DROP TRIGGER {trigger}"))
        connection.execute(text(forgery))
    assert store.audit_broken_at() == 3


def test_writers_at_the_same_time_make_one_chain(store: Store) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: log(store, 5), range(4)))
    assert [entry.id for entry in store.audit()] == list(range(20, 0, -1))
    assert store.audit_broken_at() is None
