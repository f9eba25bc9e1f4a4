"""Files become a batch: in order, nothing lost, the same in one process and in several."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from linkage.intake import batch, read_reports
from linkage.intake.assemble.extract import assemble
from linkage.intake.batch import unfound_notes
from linkage.intake.processes import WORTH_PROCESSES
from linkage.intake.readers import RawRow
from linkage.intake.reject import Reject
from linkage.report import Report
from tests.factories import TODAY


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def some_rows(count: int) -> list[dict[str, Any]]:
    return [
        {
            "report_id": f"R{i}",
            "occurred": {"from": f"{1 + i % 28} May 2019"},
            "place": {"text": ["Leeds", "York", "Hull"][i % 3]},
            "suspects": [{"age": f"{20 + i % 40}", "build": "stocky", "shoe": i}],
            "narrative": f"He drove a {['red', 'blue'][i % 2]} Golf.",
        }
        for i in range(count)
    ]


def test_several_processes_give_what_one_gives(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", some_rows(WORTH_PROCESSES + 60))
    steps: list[tuple[int, int]] = []
    one = read_reports(path, today=TODAY, processes=1)
    two = read_reports(path, today=TODAY, processes=2, progress=lambda done, total: steps.append((done, total)))
    assert one.reports == two.reports
    assert one.rejects == two.rejects
    assert one.counts == two.counts
    assert steps[-1] == (WORTH_PROCESSES + 60, WORTH_PROCESSES + 60)


def test_the_order_of_rows_changes_no_report(tmp_path: Path) -> None:
    rows = some_rows(40)
    first = read_reports(write(tmp_path / "a.jsonl", rows), today=TODAY)
    random.Random(1).shuffle(rows)
    second = read_reports(write(tmp_path / "b.jsonl", rows), today=TODAY)
    assert {r.report_id: r for r in first.reports} == {r.report_id: r for r in second.reports}


def test_the_same_row_twice_is_once_and_another_under_its_id_is_told(tmp_path: Path) -> None:
    rows = [
        {"report_id": "A", "narrative": "he ran"},
        {"report_id": "A", "narrative": "he ran"},
        {"report_id": "A", "narrative": "she ran"},
        {"narrative": "lost"},
    ]
    batch = read_reports(write(tmp_path / "a.jsonl", rows), today=TODAY)
    assert [report.narrative for report in batch.reports] == ["he ran"]
    assert [(reject.row, reject.field) for reject in batch.rejects] == [(3, "report_id"), (4, "report_id")]
    assert batch.counts["duplicates"] == 1
    assert batch.counts["rows"] == 4
    assert batch.counts["rows_rejected"] == 2


def test_files_of_every_kind_are_read_together(tmp_path: Path) -> None:
    lines = write(tmp_path / "a.jsonl", [{"report_id": "A", "suspects": [{"age": "40s"}]}])
    table = tmp_path / "b.csv"
    table.write_text(
        "Report ID;suspects.1.age;consent.police;behaviours.present\nB;40s;1;strangled her; robbed her\n"
    )
    table.write_text('Report ID,suspects.1.age,consent.police,weapons\nB,40s,1,"knife; gun"\n', encoding="utf-16")
    text = tmp_path / "c.txt"
    text.write_text("3 May 2019, Leeds. Male, 40s. No: 9\n", encoding="utf-8")
    batch = read_reports([lines, table, text, tmp_path / "none.csv", tmp_path], today=TODAY)
    assert [report.report_id for report in batch.reports] == ["A", "B", "c-9"]
    assert all(report.suspects[0].age.min == 40 for report in batch.reports if report.suspects[0].age)
    assert batch.reports[1].consent.police
    assert len(batch.reports[1].weapons) == 2
    assert [reject.file for reject in batch.rejects] == ["none.csv", tmp_path.name]


def test_canonical_output_read_back_is_the_same_batch(tmp_path: Path) -> None:
    first = read_reports(write(tmp_path / "a.jsonl", some_rows(10)), today=TODAY)
    second = read_reports(write(tmp_path / "b.jsonl", [r.to_json() for r in first.reports]), today=TODAY)
    assert second.reports == first.reports
    assert not second.rejects


def test_an_unknown_target_of_follows_is_kept_and_noted(tmp_path: Path) -> None:
    batch = read_reports(write(tmp_path / "a.jsonl", [{"report_id": "A", "follows": "Z"}]), today=TODAY)
    assert batch.reports[0].follows == "Z"
    assert batch.unfound == {"A": "Z"}
    assert "A follows Z" in unfound_notes(batch.unfound)[0]


@pytest.mark.parametrize("columns", [1000])
def test_a_thousand_columns_are_one_refusal(tmp_path: Path, columns: int) -> None:
    path = tmp_path / "a.csv"
    header = ",".join(["report_id", *(f"c{i}" for i in range(columns))])
    path.write_text(f"{header}\n{','.join(['1'] * (columns + 1))}\n", encoding="utf-8")
    batch = read_reports(path, today=TODAY)
    assert [report.report_id for report in batch.reports] == ["1"]
    assert len(batch.rejects) == 1
    assert "1000 fields" in batch.rejects[0].reason


def test_why_a_file_gave_nothing_is_noted_and_the_other_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "noise.jsonl").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "good.jsonl").write_text('{"report_id": "A1"}\n')
    paths = [tmp_path / name for name in ("empty.csv", "noise.jsonl", "missing.csv", "good.jsonl")]
    batch = read_reports([*paths, tmp_path], today=TODAY)
    assert [report.report_id for report in batch.reports] == ["A1"]
    assert [note.partition(":")[0] for note in batch.notes] == [
        "empty.csv",
        "noise.jsonl",
        "missing.csv",
        tmp_path.name,
    ]
    assert len(batch.rejects) == 4


def test_rows_that_are_the_same_are_read_once_and_told_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ['{"report_id": "R1", "narrative": "A man."}\n'] * 300 + ['{"narrative": "lost"}\n'] * 3
    (tmp_path / "a.jsonl").write_text("".join(lines))
    read: list[int] = []

    def noted(row: RawRow, today: date) -> tuple[Report | None, list[Reject]]:
        read.append(row.row)
        return assemble(row, today)

    monkeypatch.setattr(batch, "assemble", noted)
    found = read_reports(tmp_path / "a.jsonl", processes=1)
    assert read == [1, 301]
    assert (found.counts["rows"], found.counts["reports"], found.counts["duplicates"]) == (303, 1, 299)
    assert [one.row for one in found.rejects] == [301, 302, 303]
