"""`linkage audit` tells who did what, and names what is not as it was written."""

from __future__ import annotations

import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from linkage.report import Report
from linkage.store import Store
from tests.cli.conftest import Call


@pytest.fixture
def kept(call: Call) -> Call:
    """A store with two reports of which one was opened."""
    with Store(who="ann") as store:
        for name in ("R1", "R2"):
            store.enter(Report(report_id=name, narrative="He said hello"), "test")
        store.record_opening("R1")
    return call


def edit(sql: str) -> None:
    with sqlite3.connect("linkage.db") as plain:
        plain.execute("DROP TRIGGER reports_no_update")
        plain.execute(sql)


def test_the_audit_is_shown_by_who_what_and_report(kept: Call) -> None:
    assert "3 of 3 entries" in kept("audit", "show")[1]
    code, out, _ = kept("audit", "show", "--report", "R1", "--json")
    assert (code, [one["what"] for one in json.loads(out)]) == (0, ["opened", "enter"])
    assert "No such entry" in kept("audit", "show", "--who", "bob")[1]
    assert "1 of 2 entries" in kept("audit", "show", "--what", "enter", "--newest", "1")[1]


def test_a_whole_store_is_said_to_be_and_a_changed_row_is_named(kept: Call) -> None:
    code, out, _ = kept("audit", "verify")
    assert (code, "Everything is as it was written: 3 audit entries" in out) == (0, True)
    edit("UPDATE reports SET file = 'x'")
    code, out, _ = kept("audit", "verify")
    assert (code, "reports/reports_no_update: this trigger is missing" in out) == (1, True)
    code, out, _ = kept("audit", "verify", "--deep", "--json")
    told = json.loads(out)
    assert (code, told["holds"]) == (1, False)
    assert [one["where"] for one in told["faults"]] == ["reports/reports_no_update", "reports/R1/1", "reports/R2/1"]


def test_a_key_signs_and_verifies(kept: Call) -> None:
    assert "3 entries signed" in kept("audit", "sign", "--key", "audit.key")[1]
    assert kept("audit", "verify", "--key", "audit.key")[0] == 0
    code, _, err = kept("audit", "verify", "--key", "other.key")
    assert (code, "There is no key at other.key" in err) == (2, True)


def test_the_audit_is_written_for_its_owner_alone(kept: Call) -> None:
    assert kept("audit", "export", "audit.jsonl")[0] == 0
    assert [json.loads(line)["id"] for line in Path("audit.jsonl").read_text().splitlines()] == [1, 2, 3]
    assert stat.S_IMODE(Path("audit.jsonl").stat().st_mode) == 0o600


def test_the_audit_is_written_over_a_file_only_where_that_is_said(kept: Call) -> None:
    Path("mine.txt").write_text("mine", encoding="utf-8")
    code, _, err = kept("audit", "export", "mine.txt")
    assert (code, "mine.txt is there already; name another file, or say --replace" in err) == (2, True)
    assert Path("mine.txt").read_text(encoding="utf-8") == "mine"
    assert kept("audit", "export", "mine.txt", "--replace")[0] == 0
    assert "mine" not in Path("mine.txt").read_text(encoding="utf-8").splitlines()


def test_a_database_without_tables_is_no_store_and_none_is_made_of_it(call: Call) -> None:
    with closing(sqlite3.connect("bare.db")) as bare:
        bare.executescript("CREATE TABLE a (b); DROP TABLE a")
    before = Path("bare.db").read_bytes()
    for words in (("audit", "verify"), ("decisions",), ("watch", "list")):
        code, _, err = call(*words, "--store", "bare.db")
        assert (code, "There is no store in sqlite:///bare.db: it has no tables" in err) == (2, True), err
    assert before
    assert Path("bare.db").read_bytes() == before
