"""A store of an earlier schema is brought up to date with everything in it, and tells what its audit was worth."""

from __future__ import annotations

import hashlib
import json

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from linkage.report import Report
from linkage.store import Store, connect
from linkage.store.imports import body_of
from linkage.store.seals import SEALED, seal_of


def first_schema(url: str, entries: int, tamper: str = "") -> None:
    """A store as linkage 0.1 wrote it: one report, one decision, one run with a pair, and its audit."""
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    engine = create_engine(address)
    config = Config()
    config.set_main_option("script_location", str(connect._MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        body = body_of(Report(report_id="a", narrative="He said hello"))
        row = {"id": "a", "body": body, "mark": hashlib.sha256(body.encode()).hexdigest()}
        connection.execute(text("INSERT INTO reports VALUES (:id, 1, :body, :mark, '2025', 'a.csv')"), row)
        connection.execute(
            text(
                'INSERT INTO decisions (at, analyst, kind, "left", "right", judgement, reasons_for, reasons_against, '
                "note, blind) VALUES ('2025', 'ann', 'pair', 'a', 'b', 'link', '[]', '[]', 'a note', 0)"
            )
        )
        connection.execute(text("INSERT INTO runs (at, settings, record) VALUES ('2025', '{}', '{}')"))
        connection.execute(text("INSERT INTO pairs VALUES (1, 'a', 'b', 1.5, 0.5, 'main', NULL, 3)"))
        previous = "0" * 64
        for number in range(1, entries + 1):
            parts = (number, "2025", "ann", "note", json.dumps({"n": number}), previous)
            own = hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
            told = "forged" if tamper and number == 2 else "note"
            names = dict(zip("abcdef", (*parts[:3], told, *parts[4:]), strict=True))
            connection.execute(text("INSERT INTO audit VALUES (:a, :b, :c, :d, :e, :f, :h)"), names | {"h": own})
            previous = own
    engine.dispose()


@pytest.mark.parametrize("tamper", ["", "forged"])
def test_rows_are_sealed_and_the_audit_is_chained_anew(empty_url: str, tamper: str) -> None:
    first_schema(empty_url, 3, tamper)
    with Store(empty_url) as store:
        assert [report.narrative for report in store.reports()] == ["He said hello"]
        decision = store.decisions()[0]
        assert (decision.note, decision.stream, decision.scope) == ("a note", "queue", None)
        entries = store.audit()
        assert [entry.what for entry in entries] == ["upgrade", "note", "forged" if tamper else "note", "note"]
        assert entries[0].detail["old_head"]["id"] == 3
        assert entries[0].detail["old_chain_broken_at"] == (2 if tamper else None)
        assert set(entries[0].sealed) == {"reports/a/1", "decisions/1", "runs/1", "runs/1/pairs"}
        assert store.audit_broken_at() is None
        with store.engine.connect() as connection:
            for table in SEALED:
                for row in connection.execute(table.select()).mappings():
                    assert row["seal"] == seal_of(table, row, row["salt"])


def test_a_new_store_begins_with_an_empty_audit(empty_url: str) -> None:
    with Store(empty_url) as store:
        assert store.audit() == []
