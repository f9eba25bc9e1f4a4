"""Every table is vouched for, and every edit of every column of each is seen; what is not is named with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import (
    Column,
    Connection,
    Float,
    Integer,
    LargeBinary,
    Table,
    and_,
    delete,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from linkage.intake.readers import RawRow
from linkage.intake.recall import Reading
from linkage.store import Store, distribution, exports, outbox
from linkage.store.audit import append as audit_entry
from linkage.store.connect import writing
from linkage.store.digests import COLUMNS, NOT_VOUCHED
from linkage.store.importing import memory_of
from linkage.store.outbox import Message
from linkage.store.schema import audit, metadata
from linkage.store.seals import OF_A_RUN, SEALED
from linkage.store.subscribers import Subscriber, put_subscriber
from linkage.store.verify import Fault, verify
from tests.store.test_verify import carry, full, without_triggers

__all__ = ["full"]
VOUCHED = {table.name for table in (*SEALED, *OF_A_RUN, *COLUMNS, audit)}


class _UndoneError(Exception):
    """Ends a transaction that is to leave nothing."""


@pytest.fixture
def everywhere(full: Store) -> Store:
    """A store with a row in every table that is vouched for."""
    full.erase("c", "asked for")  # which takes away what the run carries
    carry(full)
    remember(full)
    with writing(full.engine) as connection:
        new = Subscriber("11111111-1111-4111-8111-111111111111", "person", "email", address="x", state="confirmed")
        put_subscriber(connection, new, "ann", "subscriber added")
        messages = [Message("alert", number, 1, new.id, "email") for number in (1, 2)]
        outbox.put(connection, messages, "ann")
        line = distribution.Sending(distribution.RELEASED, 1, 1, "", "", "email", 2)
        distribution.record(connection, [line], "ann", "alert released")
    exports.ask(full, {"kind": "csv"}, {"b": 1}, "0" * 64, "for the police")
    exports.numbers_of(full, exports.REPORT, ["b"])
    return full


def remember(store: Store) -> None:
    """Keep the mark of a row that was read."""
    memory = memory_of(store, mask=True)
    memory.day, memory.read = "2026-01-01", [(Reading(RawRow("a.csv", 2, {"report_id": "b"}), "b"), "b")]
    with writing(store.engine) as connection:
        audit_entry(connection, "ann", "import", {"file": "a.csv"}, memory.keep(connection, {"b": 1}))


def test_every_table_is_vouched_for_or_named_with_a_reason(store: Store) -> None:
    tables = {name: {one["name"] for one in inspect(store.engine).get_columns(name)} for name in _names(store)}
    assert set(tables) - VOUCHED == {name for name in NOT_VOUCHED if "." not in name}
    for name, reason in NOT_VOUCHED.items():
        table, _, column = name.partition(".")
        assert not column or column in tables[table]
        assert len(reason) > 20


def test_every_edit_of_every_table_is_seen(everywhere: Store) -> None:
    seen: dict[str, bool] = {}
    with suppress(_UndoneError), writing(everywhere.engine) as connection:
        without_triggers(connection)
        known = set(verify(connection, deep=True))
        for table in metadata.sorted_tables:
            if table.name in VOUCHED:
                row = connection.execute(select(table).order_by(*table.primary_key).limit(1)).mappings().first()
                assert row is not None, f"{table.name} holds no row"
                edits = _edits(table, row)
                seen |= {f"{table.name}{edit}": _seen(connection, change, table, known) for edit, change in edits}
        raise _UndoneError
    assert {edit for edit, was_seen in seen.items() if not was_seen} == {one for one in NOT_VOUCHED if "." in one}
    assert len(seen) > 150
    assert everywhere.verify(deep=True) == []


def _edits(table: Table, row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each edit of a row by what it changes: a column, or the whole row taken away."""
    own = and_(*(column == row[column.name] for column in table.primary_key))
    for column in table.columns:
        yield f".{column.name}", update(table).where(own).values({column.name: _other(column, row[column.name])})
    if table not in COLUMNS or table.name == "outbox":
        yield " taken away", delete(table).where(own)
    copy = {**row, **{column.name: _other(column, row[column.name]) for column in table.columns if _once(column)}}
    yield " put in", insert(table).values(copy)


def _once(column: Column[Any]) -> bool:
    """Whether no two rows may have the same in a column."""
    return (
        column.primary_key
        or bool(column.unique)
        or column.name in ("number", "fingerprint", "name", "version", "uid")
    )


def _other(column: Column[Any], value: Any) -> Any:
    if isinstance(column.type, LargeBinary):
        return (value or b"") + b"x"
    if isinstance(column.type, Integer | Float):
        return 7 if value is None else value + 7
    return f"{(value or '')[:-1]}{'x' if (value or '')[-1:] != 'x' else 'y'}"


def _seen(connection: Connection, statement: Any, table: Table, known: set[Fault]) -> bool:
    """Whether an edit is named with its table, or the database itself refuses it."""
    with connection.begin_nested() as savepoint:
        try:
            assert connection.execute(statement).rowcount != 0
        except IntegrityError:
            savepoint.rollback()
            return True
        found = set(verify(connection, deep=True)) - known
        savepoint.rollback()
    return any(one.where.startswith(table.name) or one.where.endswith(table.name) for one in found)


def _names(store: Store) -> list[str]:
    return [name for name in inspect(store.engine).get_table_names() if not name.startswith("sqlite_")]
