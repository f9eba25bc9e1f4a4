"""Locks of a PostgreSQL store: taken at once, or with a word about who holds them while one waits."""

from __future__ import annotations

import os
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from linkage.store.sqlite_file import BUSY_SECONDS, notice

_QUIET = "1s"  # [G] how long one waits before one says so
_NOT_AVAILABLE = "55P03"  # lock_not_available, PostgreSQL manual, Appendix A

_HOLDER = text(
    "SELECT activity.pid, activity.usename, activity.application_name, activity.xact_start "
    "FROM pg_locks JOIN pg_stat_activity AS activity USING (pid) "
    "WHERE pg_locks.granted AND pg_locks.pid <> pg_backend_pid() "
    "AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
    "AND (CASE WHEN :advisory THEN pg_locks.locktype = 'advisory' AND pg_locks.objid = :key "
    "ELSE pg_locks.relation = to_regclass(:relation) "
    "AND pg_locks.mode NOT IN ('AccessShareLock', 'RowShareLock') END) "
    "ORDER BY activity.xact_start NULLS LAST, activity.pid LIMIT 1"
)


def program_name() -> str:
    """How this program is known to the server and so to others who wait for it; PostgreSQL keeps 63 bytes of it."""
    return f"linkage, process {os.getpid()}"


def lock_table(connection: Connection, table: str) -> None:
    """Keep others from changing a table until the transaction ends; readers go on. Nothing on SQLite.

    As `_lock` where somebody else has it.
    """
    if connection.dialect.name == "postgresql":
        _lock(connection, f"LOCK TABLE {table} IN EXCLUSIVE MODE", {"relation": table})


def lock_number(connection: Connection, number: int) -> None:
    """Take an advisory lock until the transaction ends. Nothing on SQLite. As `_lock` where somebody else has it."""
    if connection.dialect.name == "postgresql":
        _lock(connection, f"SELECT pg_advisory_xact_lock({number:d})", {"key": number})


def _lock(connection: Connection, statement: str, lock: dict[str, Any]) -> None:
    """Run the statement; say on standard error who holds the lock where that takes long, and wait. OperationalError
    where it is held for BUSY_SECONDS."""
    try:
        with connection.begin_nested():
            connection.execute(text(f"SET LOCAL lock_timeout = '{_QUIET}'"))
            connection.execute(text(statement))
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", "") != _NOT_AVAILABLE:
            raise
        notice(f"The store is locked by {holder(connection, lock)}; waiting up to {BUSY_SECONDS} seconds")
        connection.execute(text(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'"))
        connection.execute(text(statement))
    connection.execute(text("SET LOCAL lock_timeout TO DEFAULT"))


def holder(connection: Connection, lock: dict[str, Any]) -> str:
    """Who holds a lock, of a `relation` or of an advisory `key`, as far as the server tells this user."""
    values = {"advisory": "key" in lock, "key": 0, "relation": ""} | lock
    row = connection.execute(_HOLDER, values).first()
    if row is None:
        return "another program"
    since = f", since {row.xact_start:%Y-%m-%d %H:%M:%S %Z}" if row.xact_start else ""
    return f"{row.application_name or f'server process {row.pid}'} of {row.usename}{since}"
