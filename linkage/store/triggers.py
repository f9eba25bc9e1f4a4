"""Triggers that keep what was written: the database itself refuses a change, whoever asks for it.

A row may be taken away or changed in a few cases only, each named here. `verify` compares the triggers of a database
with these, so that a dropped or weakened one is seen. A migration that changes a rule calls `install` again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, inspect, text

from linkage.store.schema import metadata

KEEP_RUNS = 10
"""[G] Runs whose pairs are kept; of older runs the record, series and incidents stay."""

_STANDS = "EXISTS (SELECT 1 FROM tombstones WHERE {})"
_OLD_PAIRS = f"OLD.run_id <= (SELECT max(id) FROM runs) - {KEEP_RUNS}"

_EMPTIED = ("body", "salt", "seal")
_TAKEN_IN = "EXISTS (SELECT 1 FROM quarantine_events WHERE number = OLD.number AND event = 'taken')"

MAY_GO: dict[str, str] = {
    "reports": _STANDS.format("report_id = OLD.report_id"),
    "originals": _STANDS.format("report_id = OLD.report_id"),
    "quarantine": _STANDS.format("report_id = OLD.number"),
    "quarantine_events": _STANDS.format("report_id = OLD.number"),
    "pairs": f"({_OLD_PAIRS}) OR " + _STANDS.format("report_id IN (OLD.report_a, OLD.report_b)"),
    "series": _STANDS.format("report_id = OLD.report_id"),
    "incidents": _STANDS.format("report_id = OLD.report_id"),
    "ambiguous": _STANDS.format("report_id = OLD.report_id"),
    "numbers": "OLD.kind = 'report' AND " + _STANDS.format("report_id = OLD.name"),
}
"""Table -> when a row may be deleted. From a table that is not named, none ever may."""

WORDS: dict[str, tuple[str, ...]] = {
    "rejects": ("fingerprint", "value", "reason", "salt", "seal", "erased"),
    "runs": ("settings", "record", "salt", "seal", "erased"),
    "decisions": ("reasons_for", "reasons_against", "note", "evidence_snapshot", "scope", "salt", "seal", "erased"),
    "series_events": ("detail", "salt", "seal", "erased"),
    "alerts": ("texts", "facts", "checks", "settled", "held_back", "salt", "seal", "erased"),
    "alert_events": ("detail", "salt", "seal", "erased"),
    "hold_backs": ("value", "reason", "salt", "seal", "erased"),
    "exports": ("detail", "reason", "salt", "seal", "erased"),
    "audit": ("detail", "salt", "erased"),
}
"""Table -> columns that may hold a report's words: an erasure may change them under a tombstone, and nothing else."""

GUARDED = (
    *("reports", "originals", "rejects", "runs", "pairs", "series", "incidents", "ambiguous"),
    *("decisions", "series_events", "tombstones", "audit", "distribution"),
    *("alerts", "alert_events", "hold_backs", "exports", "numbers", "quarantine", "quarantine_events"),
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger as it must stand: its table, its definition, and on PostgreSQL its function's body and kind."""

    name: str
    table: str
    sql: str
    body: str = ""
    kind: int = 0


def install(connection: Connection) -> None:
    """Make every trigger of the tables that are there; those of the same name are made anew."""
    on_postgres = connection.dialect.name == "postgresql"
    there = set(inspect(connection).get_table_names())  # a migration runs before later ones make their tables
    for trigger in expected(connection.dialect.name):
        if trigger.table not in there:
            continue
        where = f" ON {trigger.table}" if on_postgres else ""
        connection.execute(text(f"DROP TRIGGER IF EXISTS {trigger.name}{where}"))
        if on_postgres:
            connection.exec_driver_sql(
                f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql AS $${trigger.body}$$"
            )
        connection.exec_driver_sql(trigger.sql)


def faults(connection: Connection) -> Iterator[tuple[str, str]]:
    """Table and name of each trigger that is missing, switched off or not as it must stand."""
    found = _of_postgres(connection) if connection.dialect.name == "postgresql" else _of_sqlite(connection)
    for trigger in expected(connection.dialect.name):
        wanted = (trigger.body, trigger.kind, "O") if trigger.body else trigger.sql
        if found.get((trigger.table, trigger.name)) != wanted:
            yield trigger.table, trigger.name


def expected(dialect: str) -> list[Trigger]:
    """Every trigger that a database of this dialect must have."""
    make = _postgres if dialect == "postgresql" else _sqlite
    return [trigger for table in GUARDED for trigger in make(table)]


def _may_change(table: str, differs: str) -> str:
    """When a row of the table may be updated, in SQL; `differs` is the operator for "is another value than"."""
    names = [column.name for column in metadata.tables[table].columns]
    if table == "quarantine":  # as it came, with whatever details of the reporter, it goes once it is a report
        same = " AND ".join(f'NOT (NEW."{n}" {differs} OLD."{n}")' for n in names if n not in _EMPTIED)
        return f"{same} AND NEW.body = '' AND {_TAKEN_IN}"
    may = WORDS.get(table)
    if not may:
        return "1 = 0"
    same = " AND ".join(f'NOT (NEW."{name}" {differs} OLD."{name}")' for name in names if name not in may)
    erasing = f"{same} AND NEW.erased IS NOT NULL AND " + _STANDS.format("id = NEW.erased")
    if table != "audit":
        return erasing
    # an entry that was written without the key may be signed later, once
    kept = " AND ".join(f'NOT (NEW."{name}" {differs} OLD."{name}")' for name in names if name != "mac")
    return f"({erasing}) OR ({kept} AND OLD.mac IS NULL AND NEW.mac IS NOT NULL)"


def _sqlite(table: str) -> list[Trigger]:
    stop = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    keys = [column.name for column in metadata.tables[table].primary_key]
    # INSERT OR REPLACE takes the old row away without telling the delete trigger
    there = f"EXISTS (SELECT 1 FROM {table} WHERE " + " AND ".join(f'"{key}" = NEW."{key}"' for key in keys) + ")"
    return [
        Trigger(name, table, f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {when} {stop}")
        for name, event, when in (
            (f"{table}_no_update", "UPDATE", f"NOT ({_may_change(table, 'IS NOT')})"),
            (f"{table}_no_delete", "DELETE", f"NOT ({MAY_GO.get(table, '1 = 0')})"),
            (f"{table}_no_replace", "INSERT", there),
        )
    ]


_ROW, _BEFORE, _DELETE, _UPDATE, _TRUNCATE = 1, 2, 8, 16, 32  # pg_trigger.tgtype


def _postgres(table: str) -> list[Trigger]:
    stop = f"RAISE EXCEPTION '{table} is append-only'; END IF;"
    made = []
    for name, event, when, kind in (
        (f"{table}_no_update", "UPDATE", _may_change(table, "IS DISTINCT FROM"), _ROW | _BEFORE | _UPDATE),
        (f"{table}_no_delete", "DELETE", MAY_GO.get(table, "1 = 0"), _ROW | _BEFORE | _DELETE),
        (f"{table}_no_truncate", "TRUNCATE", "1 = 0", _BEFORE | _TRUNCATE),
    ):
        back = "OLD" if event == "DELETE" else "NEW" if event == "UPDATE" else "NULL"
        body = f" BEGIN IF NOT ({when}) THEN {stop} RETURN {back}; END "
        each = "ROW" if kind & _ROW else "STATEMENT"
        sql = f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()"
        made.append(Trigger(name, table, sql, body, kind))
    return made


def _of_sqlite(connection: Connection) -> dict[tuple[str, str], object]:
    rows = connection.execute(text("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return {(table, name): sql for table, name, sql in rows}


def _of_postgres(connection: Connection) -> dict[tuple[str, str], object]:
    rows = connection.execute(
        text(
            "SELECT c.relname, t.tgname, p.prosrc, t.tgtype, t.tgenabled::text, t.tgqual IS NULL AS whole "
            "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
        )
    )
    return {(r.relname, r.tgname): (r.prosrc, r.tgtype, r.tgenabled) for r in rows if r.whole}
