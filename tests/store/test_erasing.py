"""An erased report is gone from every table, file and page, and everything still verifies."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from linkage.intake.reject import Reject
from linkage.report import Report
from linkage.store import (
    Alert,
    AlertState,
    Decision,
    Draft,
    Fact,
    HoldBack,
    NotThereError,
    ReportTakenError,
    SavedSearch,
    SeriesEvent,
    Store,
    StoreError,
    held_back,
    hold_back,
    keep_alert,
    read_alerts,
    record_search,
    save_search,
    scrubbing,
)
from linkage.store.quoting import quoted_of
from linkage.store.retention import erase_all
from linkage.store.schema import metadata
from tests.store.test_store import Batch, found, frame, report

SECRETS = ("zanzibarian", "QX51ZZY", "07700900123", "quackenbush", "grumbled about his brother")
WORDS = "A Zanzibarian man grumbled about his brother all night, phone 07700 900123."
OTHERS = ("He said hello", "the yellow car")


def secret() -> Report:
    given = report("a", WORDS).model_dump()
    given["suspects"][0]["names_used"] = ["Quackenbush"]
    given["vehicles"][0]["registration"] = "QX51ZZY"
    given["identifiers"] = [{"kind": "phone", "value": "07700900123"}]
    return Report.model_validate(given)


def fill(store: Store) -> None:
    """Put the report's words wherever words are kept."""
    other = report("b", OTHERS[0])
    refused = Reject("a.csv", 3, "a", "suspects.1.age", "zanzibarian", "not an age")
    store.import_batch(Batch([secret(), other, report("c")], [refused]), "a.csv")
    store.import_batch(Batch([secret().model_copy(update={"narrative": WORDS + " He left."})]), "b.csv")
    table = frame([("a", "b", 0.9, "main"), ("a", "c", 0.5, "far"), ("b", "c", 0.6, "main")])
    store.save_run(replace(found(table), record={"words": {"Quackenbush": 1}, "settings": {}}))
    pair = Decision("ann", "pair", "a", "b", "link", reasons_for=["Zanzibarian"], note="Quackenbush again")
    store.record_decision(replace(pair, evidence_snapshot={"words": "Zanzibarian"}))
    told = "not the QX51 ZZY of the other"
    store.record_decision(Decision("ann", "pair", "b", "c", "not_linked", reasons_against=["colour"], note=told))
    store.record_decision(Decision("ann", "pair", "b", "c", "unsure", note=OTHERS[1]))
    store.record_series_events([SeriesEvent("S1", "named", {"name": "Quackenbush", "joined": ["a", "b"]})])
    texts = {"email": f"Male. {WORDS}"}
    keep_alert(store, Alert("series", "S1", (("a", 1), ("b", 1)), texts, (Fact("name", "Quackenbush"),)), "drafted")
    keep_alert(store, Alert("report", "b", (("b", 1),), {"email": f"{OTHERS[1]}, not QX51 ZZY"}), "drafted")
    keep_alert(store, Alert("report", "b", (("b", 1),), {"email": "White male, mid 30s, Zanzibar road"}), "drafted")
    hold_back(store, HoldBack("report", "a", "phrase", "grumbled about his brother"))
    hold_back(store, HoldBack("report", "b", "phrase", "hello"))
    store.put_draft(Draft("ann", "pair a b", {"note": "Zanzibarian"}))
    record_search(store, {"registration": "qx51 zzy"}, "looking for Quackenbush")
    record_search(store, {"identifier": ["+44 7700 900123"]}, "")
    save_search(store, SavedSearch("yellow", {"vehicle": OTHERS[1]}, ""))
    store.record("export", {"file": "results"})


def everything(store: Store) -> str:
    with store.engine.connect() as connection:
        rows = [str(tuple(row)) for table in metadata.sorted_tables for row in connection.execute(select(table))]
    return "\n".join(rows).casefold()


def on_disk(store: Store, folder: Path) -> str:
    """Every byte that is kept: all files of the folder, or a dump of the database."""
    if store.engine.dialect.name == "postgresql":
        address = store.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        return subprocess.run(["pg_dump", address], capture_output=True, check=True, text=True).stdout.casefold()
    return "".join(file.read_bytes().decode("latin-1") for file in folder.rglob("*") if file.is_file()).casefold()


def test_no_word_of_an_erased_report_is_left_anywhere(store: Store, tmp_path: Path) -> None:
    fill(store)
    (tmp_path / "linkage.db.vectors.npz").write_bytes(b"made from zanzibarian words")
    assert all(word.casefold() in on_disk(store, tmp_path) for word in SECRETS)
    done = store.erase("a", "asked for by the person")
    assert (done.versions, done.outside) == (2, ["results"])
    assert [word for word in SECRETS if word.casefold() in everything(store)] == []
    assert [word for word in SECRETS if word.casefold() in on_disk(store, tmp_path)] == []
    assert "qx51 zzy" not in everything(store)
    assert store.verify(deep=True) == []
    assert all(word.casefold() in everything(store) for word in OTHERS)


def test_what_was_decided_on_an_erased_report_stays_known_without_its_words(store: Store) -> None:
    fill(store)
    store.erase("a", "asked")
    first, second, third = store.decisions()
    assert (first.left, first.right, first.judgement, first.note) == ("a", "b", "link", "[erased]")
    assert (first.erased, second.note, third.note, third.erased) == (1, "[erased]", OTHERS[1], None)
    assert store.series_events()[0].detail == {"name": "[erased]", "joined": ["a", "b"]}
    run = store.latest_run()
    assert run is not None
    assert [(pair.report_a, pair.report_b) for pair in run.top_pairs()] == [("b", "c")]
    assert store.ids() == {"b", "c"}
    done, entry = store.audit()[:2]
    assert (done.what, entry.what, entry.detail["report_id"]) == ("scrubbed", "erase", "a")


def test_an_erased_report_is_refused_when_it_comes_again(store: Store) -> None:
    fill(store)
    store.erase("a", "asked")
    batch = Batch([secret(), report("d")], [Reject("a.csv", 3, "a", "age", "zanzibarian", "not an age")])
    result = store.import_batch(batch, "a.csv")
    assert (result.new, result.refused_rows) == (1, 1)
    assert store.ids() == {"b", "c", "d"}
    assert "zanzibarian" not in everything(store)
    with pytest.raises(ReportTakenError, match="a was erased"):
        store.enter(secret(), "test")


def test_what_is_not_there_or_has_no_reason_is_not_erased(store: Store) -> None:
    fill(store)
    before = everything(store)
    with pytest.raises(NotThereError, match="no report nobody"):
        store.erase("nobody", "asked")
    with pytest.raises(ValueError, match="reason"):
        store.erase("a", " ")
    assert everything(store) == before


def test_many_are_erased_with_the_files_written_anew_once(store: Store, tmp_path: Path) -> None:
    fill(store)
    done = erase_all(store, [("a", "asked", ""), ("b", "six years", "old")])
    assert [one.report_id for one in done] == ["a", "b"]
    assert [entry.what for entry in store.audit()[:3]] == ["scrubbed", "erase", "erase"]
    assert [word for word in (*SECRETS, OTHERS[0]) if word.casefold() in on_disk(store, tmp_path)] == []
    assert store.verify(deep=True) == []


def test_an_erasure_behind_which_the_files_cannot_be_written_is_told_and_finished_later(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store)

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(scrubbing, "_write_anew", full)
    with pytest.raises(StoreError, match=r"The report is erased, but .* disk is full.*linkage erase --clean"):
        store.erase("a", "asked")
    with Store(url, who="bob") as again:  # which would finish it, and may go on without
        assert again.ids() == {"b", "c"}
        monkeypatch.undo()
    with Store(url, who="bob") as again:
        assert [entry.what for entry in again.audit()[:2]] == ["scrubbed", "erase"]


KILLED = """
import os, signal, sys
from linkage.store import Store, retention
retention.scrub = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
retention.erase_all(Store(sys.argv[1], who="ann"), [("a", "asked", ""), ("c", "asked", "")])
"""


def test_many_erasures_that_are_killed_are_finished_by_the_next_command(
    store: Store, url: str, tmp_path: Path
) -> None:
    fill(store)
    store.close()
    ran = subprocess.run([sys.executable, "-c", KILLED, url], check=False)
    assert ran.returncode == -signal.SIGKILL
    with Store(url, who="bob") as again:
        assert [entry.what for entry in again.audit()[:3]] == ["scrubbed", "erase", "erase"]
        assert again.ids() == {"b"}
        assert again.verify(deep=True) == []
        assert [word for word in SECRETS if word.casefold() in on_disk(again, tmp_path)] == []


def test_reports_are_too_old_by_their_newest_version(store: Store) -> None:
    store.enter(report("a"), "test")
    assert store.older_than(1) == []
    assert [name for name, _ in store.older_than(0)] == ["a"]


@pytest.mark.parametrize(
    ("words", "quotes"),
    [
        ("was it qx51-zzy?", True),
        ("+44 7700 900 123", True),
        ("QUACKENBUSH", True),
        ("he grumbled about his brother", True),
        ("a man with a brother", False),
        ("QX51", False),
        ("quack", False),
    ],
)
def test_a_report_is_quoted_by_its_plate_number_name_or_wording(words: str, quotes: bool) -> None:
    assert quoted_of([secret().model_dump_json()]).stands_in(words) is quotes


def test_an_alert_made_from_an_erased_report_is_dead_and_without_words(store: Store) -> None:
    fill(store)
    store.erase("a", "asked")
    both, quoting, own = read_alerts(store)
    assert (both.latest.texts, both.latest.facts, both.latest.report_ids) == ({}, (), ("a", "b"))
    assert (both.latest.erased, both.state({"a", "b"})) == (1, AlertState.DEAD)
    assert quoting.latest.texts == {"email": "[erased]"}
    assert own.latest.texts == {"email": "White male, mid 30s, Zanzibar road"}
    assert [one.value for one in held_back(store)] == ["hello"]


def test_texts_in_a_set_form_quote_a_report_only_at_length() -> None:
    words = "white british male mid thirties wearing a black tracksuit with a hood"
    known = quoted_of([f'{{"narrative": "{words}"}}'])
    assert not known.stands_at_length_in("White British male, mid thirties, wearing blue")
    assert known.stands_at_length_in("Male, mid thirties, wearing a black tracksuit with a cap")
