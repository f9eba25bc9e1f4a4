"""An import of rows that were read before says and leaves what it did, and reads none of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from linkage.intake import recall
from linkage.intake.batch import Batch, read_reports
from linkage.intake.readers import RawRow
from linkage.intake.readers.column_headings import Column, understood
from linkage.intake.readers.column_names import fold_name
from linkage.intake.recall import Recall, Recalled
from linkage.store import Store, originals
from linkage.store.connect import writing
from linkage.store.importing import keep_batch, memory_of
from linkage.store.imports import ImportResult, body_of
from linkage.store.schema import read_rows

TODAY = date(2026, 3, 10)
ROWS = [
    ("A", "2024-05-01", "A tall man in a blue van, AB12 CDE, punched her in Leeds.", ""),
    ("B", "2024-05-02", "My name is Mary Jones, call me on 07700 900123. A tall man, about 26, punched me.", "A"),
    ("C", "2024-05-03", "He was about 5ft 10 and did not pay.", "nowhere"),
    ("D", "2024-05-04", "He took the condom off.", ""),
]
ALERTS = "A tall man with a beard punched her.\n\nA short man in a red van took her phone.\n\nA bald man left.\n"


def table(folder: Path, rows: list[tuple[str, ...]], name: str = "log.csv") -> Path:
    file = folder / name
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("Ref", "Received", "What happened", "Follows"), *rows])
    return file


def take(
    store: Store, file: Path, mask: bool = True, today: date = TODAY, mapping: dict[str, str] | None = None
) -> tuple[Batch, ImportResult, list[str]]:
    """Import a file as the command and the page do."""
    memory = memory_of(store, mask)
    batch = read(file, memory.recall, mask, today, mapping)
    return batch, *keep_batch(store, batch, file.name, memory)


def read(
    file: Path, known: Recall | None = None, mask: bool = True, today: date = TODAY, mapping: Any = None
) -> Batch:
    def understand(names: Any) -> list[Column]:
        return understood(names, mapping)

    return read_reports(file, today=today, processes=1, mask=mask, understand=understand, recall=known)


def was_read(batch: Batch) -> list[str]:
    return [one.report_id for one in batch.readings]


@pytest.mark.parametrize("mask", [True, False])
def test_the_same_rows_again_are_not_read_and_say_the_same(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mask: bool
) -> None:
    file = table(tmp_path, ROWS)
    anew, first, _ = take(store, file, mask)
    before = store.audit()
    monkeypatch.setattr("linkage.intake.batch.assemble", lambda *_: pytest.fail("no row may be read"))
    again, second, notes = take(store, file, mask, date(2027, 1, 1))
    assert asdict(replace_read(again)) == asdict(replace_read(anew))
    assert [body_of(one) for one in again.reports] == [body_of(one) for one in anew.reports]
    assert (first, second, notes) == (ImportResult(new=4), ImportResult(unchanged=4), [])
    assert (again.details == {"B": 2}) is mask
    assert again.unfound == {"C": "nowhere"}
    assert store.audit() == before
    assert store.verify(deep=True) == []


def replace_read(batch: Batch) -> Batch:
    """The batch without what is different by design: which rows were read."""
    batch.readings = []
    return batch


def test_of_a_file_with_new_rows_only_those_are_read(store: Store, tmp_path: Path) -> None:
    take(store, table(tmp_path, ROWS))
    more = [*ROWS[:3], ("D", "2024-05-04", "He took the condom off twice.", ""), ("E", "2024-05-05", "A man.", "")]
    batch, result, _ = take(store, table(tmp_path, more))
    assert was_read(batch) == ["D", "E"]
    assert result == ImportResult(new=1, unchanged=3, changed=1)
    batch, result, _ = take(store, table(tmp_path, more, "other name.csv"))
    assert (was_read(batch), result) == ([], ImportResult(unchanged=5))
    assert store.verify(deep=True) == []


def test_an_earlier_row_does_not_overrule_a_later_version(store: Store, tmp_path: Path) -> None:
    old = table(tmp_path, ROWS, "old.csv")
    take(store, old)
    take(store, table(tmp_path, [("D", "2024-05-04", "He took the condom off twice.", "")], "new.csv"))
    batch, result, _ = take(store, old)
    assert (was_read(batch), result) == ([], ImportResult(unchanged=4))
    assert batch.reports[3].narrative == "He took the condom off."
    found = store.report("D")
    assert found is not None
    assert found.narrative == "He took the condom off twice."


def test_an_erased_report_leaves_no_mark_and_is_refused_as_ever(store: Store, tmp_path: Path) -> None:
    file = table(tmp_path, ROWS)
    take(store, file)
    before = marks(store)
    store.erase("B", "asked for")
    assert [one[0] for one in before.values()] == ["A", "B", "C", "D"]
    assert [one[0] for one in marks(store).values()] == ["A", "C", "D"]
    assert store.verify(deep=True) == []
    batch, result, _ = take(store, file)
    assert (was_read(batch), result) == (["B"], ImportResult(unchanged=3))
    assert [one.reason for one in batch.rejects] == [
        "this report was erased, and is not kept again; take it out of the file"
    ]
    assert [one[0] for one in marks(store).values()] == ["A", "C", "D"]


def marks(store: Store) -> dict[str, list[Any]]:
    with store.engine.connect() as connection:
        rows = connection.execute(select(read_rows.c.marks)).scalars()
        return {mark: kept for row in rows for mark, kept in json.loads(row).items()}


def test_what_was_masked_cannot_be_tried_against_a_mark(store: Store, tmp_path: Path) -> None:
    file = table(tmp_path, ROWS)
    take(store, file)
    with store.engine.connect() as connection:
        key = bytes.fromhex(connection.execute(select(read_rows.c.key)).scalar_one())
    tried: dict[str, str] = {}

    def look(rows: Sequence[RawRow], _today: date) -> dict[int, Recalled]:
        tried.update({row.values["Ref"]: recall.mark_of(row, key, True) for row in rows})
        return {}

    read(file, look)
    assert {name for name, mark in tried.items() if mark in marks(store)} == {"A", "C", "D"}


def test_other_masking_another_mapping_another_program_and_an_earlier_day_read_anew(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, everything = table(tmp_path, ROWS), ["A", "B", "C", "D"]
    take(store, file)
    assert was_read(take(store, file, mask=False)[0]) == everything
    assert was_read(take(store, file, mapping={fold_name("What happened"): "ignore"})[0]) == everything
    assert was_read(take(store, file, today=date(2026, 3, 9))[0]) == everything
    monkeypatch.setattr(recall, "PROGRAM", b"another")
    assert was_read(take(store, file)[0]) == everything
    monkeypatch.setenv("LINKAGE_LIMIT_VALUE_NARRATIVE", "5000")
    assert was_read(take(store, file)[0]) == everything
    assert was_read(take(store, file)[0]) == []
    assert store.verify(deep=True) == []


def test_marks_of_programs_long_gone_go(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, programs = table(tmp_path, ROWS), list[str]()
    for number in range(5):
        monkeypatch.setattr(recall, "PROGRAM", f"program {number}".encode())
        programs.append(recall.reading_program())
        take(store, file, today=date(2026, 3, 10 + number))
    with store.engine.connect() as connection:
        left = set(connection.execute(select(read_rows.c.program)).scalars())
    assert left == set(programs[2:])
    assert store.verify(deep=True) == []


def test_alerts_that_their_file_numbers_go_by_its_name_and_their_place(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "alerts.txt"
    file.write_text(ALERTS, encoding="utf-8")
    anew, first, _ = take(store, file)
    again, second, notes = take(store, file)
    assert (was_read(again), second, notes) == ([], ImportResult(unchanged=3), [])
    assert (first.new, again.made_ids) == (3, anew.made_ids)
    file.write_text("A man with a scar spat at her.\n\n" + ALERTS, encoding="utf-8")
    moved, third, told = take(store, file)
    assert len(was_read(moved)) == 4
    assert third == ImportResult(new=1, unchanged=3)
    last, fourth, said = take(store, file)
    assert (was_read(last), fourth, said) == ([], ImportResult(unchanged=4), [])
    assert [body_of(one) for one in last.reports] == [body_of(one) for one in moved.reports]
    assert len(told) == 1
    other = file.rename(tmp_path / "others.txt")
    assert len(was_read(take(store, other)[0])) == 4


def test_an_original_is_kept_where_a_key_is_named_only_later(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = table(tmp_path, ROWS)
    take(store, file)
    monkeypatch.setenv("LINKAGE_ORIGINALS_KEY", str(tmp_path / "key"))
    assert was_read(take(store, file)[0]) == []
    with store.engine.connect() as connection:
        assert "07700 900123" in originals.read(connection, "B").narrative


def test_a_mark_that_was_changed_is_seen(store: Store, tmp_path: Path) -> None:
    take(store, table(tmp_path, ROWS))
    with writing(store.engine) as connection:
        forged = json.dumps({mark: ["A", 1] for mark in marks(store)})
        connection.execute(update(read_rows).values(marks=forged))
    (fault,) = store.verify(deep=True)
    assert fault.where.startswith("read_rows/")
    assert fault.what == "this row was changed"


def test_a_restored_store_reads_anew_and_is_whole(store: Store, tmp_path: Path) -> None:
    file = table(tmp_path, ROWS)
    take(store, file)
    store.backup(tmp_path / "backup.zip")
    with Store(f"sqlite:///{tmp_path}/restored.db", who="tester") as restored:
        restored.restore(tmp_path / "backup.zip")
        assert restored.verify(deep=True) == []
        batch, result, _ = take(restored, file)
        assert (was_read(batch), result) == (["A", "B", "C", "D"], ImportResult(unchanged=4))
        assert was_read(take(restored, file)[0]) == []
        assert restored.verify(deep=True) == []
