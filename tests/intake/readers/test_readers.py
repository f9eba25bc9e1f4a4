"""Files of every kind and in every state give rows or refusals, never a traceback."""

from __future__ import annotations

import io
import json
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from linkage.intake.readers import FileNote, Header, RawRow
from linkage.intake.readers.rows import read_content, read_rows
from linkage.intake.readers.workbook import _hides
from linkage.intake.reject import Reject
from tests.rows import each_row


def rows(data: bytes, suffix: str = "") -> list[RawRow]:
    return [item for item in read_content("f" + suffix, data, suffix) if isinstance(item, RawRow)]


def refusals(data: bytes, suffix: str = "") -> list[Reject]:
    return [item for item in read_content("f" + suffix, data, suffix) if isinstance(item, Reject)]


@each_row("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
def test_text_comes_through_whatever_the_encoding(encoding: str) -> None:
    data = "report_id,narrative\n1,café £20 and a lot more of plain words\n".encode(encoding)
    assert rows(data, ".csv")[0].values == {"report_id": "1", "narrative": "café £20 and a lot more of plain words"}


@each_row("data", [b"PK\x03\x04" + bytes(60), b"\x1f\x8b\x08" + bytes(60)])
def test_a_packed_file_is_to_be_unpacked(data: bytes) -> None:
    assert "unpack it first" in refusals(data, ".zip")[0].reason


def test_a_locked_or_old_workbook_is_to_be_saved_anew() -> None:
    (told,) = refusals(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".xlsx")
    assert "locked with a password, or an old .xls" in told.reason


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    data = delimiter.join(["report_id", "place.text"]) + "\n" + delimiter.join(["1", '"a; b, c"']) + "\n"
    assert rows(data.encode(), ".csv")[0].values == {"report_id": "1", "place.text": "a; b, c"}


def test_a_quoted_line_break_stays_inside_its_cell_and_rows_keep_their_line_numbers() -> None:
    found = rows(b'report_id,narrative\n1,"a\nb"\n\n2,c\n', ".csv")
    assert [(r.row, r.values["narrative"]) for r in found] == [(2, "a\nb"), (5, "c")]


def test_an_unclosed_quote_costs_no_other_row() -> None:
    found = rows(b'report_id,narrative\n1,"never closed\n2,b\n3,c\n', ".csv")
    assert [r.values["report_id"] for r in found] == ["1", "2", "3"]


@each_row(
    ("data", "kept", "told"),
    [
        (b'report_id,narrative\n1,"a"\n2,"never closed\n3,"b, c"\n4,"d"\n', ["a", '"never closed', "b, c", "d"], [3]),
        (b'report_id,narrative\n1,"two\nlines"\n2,"open\n3,"b, c"\n', ["two\nlines", '"open', "b, c"], [4]),
        (b'report_id,narrative\n1,"open\n2,b\n3,"c\nd"\n', ['"open', "b", "c\nd"], [2]),
        (b'report_id,narrative\n1,"a "quoted" word"\n2,b\n', ['a quoted" word"', "b"], [2]),
    ],
)
def test_a_quote_that_is_left_open_swallows_no_row_behind_it(data: bytes, kept: list[str], told: list[int]) -> None:
    assert [r.values["narrative"] for r in rows(data, ".csv")] == kept
    found = refusals(data, ".csv")
    assert [one.row for one in found] == told
    assert all("write quotes within a cell twice" in one.reason and not one.whole for one in found)


@each_row(
    ("lines", "torn"),
    [
        (['1,"he said "come, here" to, her",x', "2,b,x"], [2]),
        (['1,"he said "come",', 'here" to her,x', "2,b,x"], [3]),  # the first line has as many cells as a row
        (['1,"he said "come,', "here and", "there", 'too" to, her",x', "2,b,x"], [3, 4, 5]),
        (['1,"never closed, here,x', "2,b,x"], [2]),
        (["2,b"], []),  # a short row is none that a quote tore
    ],
)
def test_a_row_that_a_quote_tears_is_left_out_whole_and_those_behind_it_are_read(
    lines: list[str], torn: list[int]
) -> None:
    data = "\n".join(["report_id,narrative,notes", *lines, "3,c,y", ""]).encode()
    ids = [one.values["report_id"] for one in rows(data, ".csv")]
    assert ids[-2:] == ["2", "3"]
    left_out = [one for one in refusals(data, ".csv") if one.whole]
    assert [one.row for one in left_out] == torn
    assert all("write quotes within a cell twice" in one.reason for one in left_out)


def test_a_ragged_row_keeps_what_has_a_name_and_tells_the_rest() -> None:
    data = b"report_id,narrative,place\n1,a\n2,b,Leeds,surplus\n"
    assert [r.values for r in rows(data, ".csv")] == [
        {"report_id": "1", "narrative": "a"},
        {"report_id": "2", "narrative": "b", "place": "Leeds"},
    ]
    assert refusals(data, ".csv")[0].value == "surplus"


def test_a_row_of_which_a_cell_is_refused_is_no_whole_row() -> None:
    found = refusals(b"report_id,narrative,report_id\n1,a,2,surplus\n,,,alone\n", ".csv")
    assert [(one.row, one.value, one.whole) for one in found] == [
        (2, "2", False),
        (2, "surplus", False),
        (3, "alone", True),
    ]


def test_a_broken_json_line_is_one_refusal_with_its_line() -> None:
    data = b'{"report_id": "1"}\n{"report_id": \n\n{"report_id": "3"}\n[1]\n'
    assert [r.values["report_id"] for r in rows(data, ".jsonl")] == ["1", "3"]
    assert [r.row for r in refusals(data, ".jsonl")] == [2, 5]


@each_row(
    "text",
    [
        '[{"report_id": "1"}, {"report_id": "2"}]',
        '{"reports": [{"report_id": "1"}, {"report_id": "2"}]}',
        '[\n {"report_id": "1"},\n {"report_id": "2"}\n]',
        '{"report_id": "1"}\n{"report_id": "2"}',
    ],
)
@each_row("suffix", [".json", ".jsonl", ".txt", ""])
def test_json_is_read_in_any_arrangement_and_under_any_name(text: str, suffix: str) -> None:
    assert [r.values["report_id"] for r in rows(text.encode(), suffix)] == ["1", "2"]


def test_a_broken_line_that_holds_a_name_is_withheld() -> None:
    assert refusals(b'{"report_id": "1", "reporter_name": "Jo Bloggs"\n', ".jsonl")[0].value == "(withheld)"


def test_a_workbook_keeps_dates_times_and_numbers() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Report ID", "received", "occurred.from", "at", "suspects.1.age"])
    sheet.append([7, date(2019, 5, 3), datetime(2019, 5, 1, 22, 30), time(21, 5), 35])
    stream = io.BytesIO()
    book.save(stream)
    (row,) = rows(stream.getvalue(), ".xlsx")
    assert row.row == 2
    assert row.values["Report ID"] == 7
    assert row.values["occurred.from"] == datetime(2019, 5, 1, 22, 30)
    assert row.values["at"] == time(21, 5)


def notes_of_workbook(*table: list[object], merged: str | None = None) -> list[str]:
    book, stream = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in table:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    book.save(stream)
    return [item.note for item in read_content("f.xlsx", stream.getvalue(), ".xlsx") if isinstance(item, FileNote)]


def test_merged_cells_are_told_since_they_count_for_one_row_alone() -> None:
    (note,) = notes_of_workbook(["report_id", "place.town"], [1, "Leeds"], [2, None], merged="B2:B3")
    assert "cells are merged (B2:B3)" in note


@each_row(
    ("merged", "why"),
    [
        ("B1:C1", "the names"),
        ("B3:C3", "an empty cell over empty cells"),
        ("A2:A4", "one row of the table, and blank rows below"),
        ("C2:E2", "columns without a name"),
    ],
)
def test_merged_cells_that_hide_nothing_are_not_told(merged: str, why: str) -> None:
    names: list[object] = ["report_id", "place.town", "narrative"]
    further: list[list[object]] = [[2, None, None]] if merged == "B3:C3" else []
    assert notes_of_workbook(names, [1, "Leeds", "plain"], *further, merged=merged) == [], why


@pytest.mark.parametrize("area", ["A0:B9", "Z", "A:C", "A1:ZZZZZ99999999"])
def test_what_names_no_area_of_cells_hides_nothing(area: str) -> None:
    assert not _hides(area, {1: ["report_id", "narrative"], 2: [1, "plain"]})


def test_a_row_of_names_that_stands_again_is_no_report() -> None:
    text = b"report_id,narrative\n1,a\nReport_ID , narrative\n2,b\nreport_id,narrative\n"
    items = list(read_content("f.csv", text, ".csv"))
    assert [one.row for one in items if isinstance(one, RawRow)] == [2, 4]
    (note,) = [one.note for one in items if isinstance(one, FileNote)]
    assert note.startswith("line 3: the row of names stands again")


def test_a_table_of_names_alone_has_no_rows_however_often_they_stand() -> None:
    (refused,) = refusals(b"report_id,narrative\nreport_id,narrative\n", ".csv")
    assert "a header but no rows" in refused.reason


def test_a_second_value_under_one_name_is_refused_by_row_and_value() -> None:
    text = b"report_id,narrative,narrative\n1,first,second\n2,same,same\n3,,other\n"
    assert [one.values.get("narrative") for one in rows(text, ".csv")] == ["first", "same", "other"]
    (refused,) = refusals(text, ".csv")
    assert (refused.row, refused.field, refused.value) == (2, "narrative", "second")


def test_a_formula_that_nothing_has_calculated_is_told() -> None:
    (note,) = notes_of_workbook(["report_id", "narrative"], [1, "plain"], [2, '="a"&"b"'])
    assert "read as empty (B3)" in note


def test_a_plain_workbook_has_no_notes() -> None:
    assert notes_of_workbook(["report_id", "narrative"], [1, "plain"], [2, datetime(2019, 5, 1, 22, 30)]) == []


@each_row(
    "data",
    [
        b"",
        b"\n \n",
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 50,
        b"%PDF-1.4 etc",
        b"PK\x03\x04 cut short xl/",
        bytes(range(256)) * 4,
    ],
)
@each_row("suffix", [".csv", ".jsonl", ".xlsx", ""])
def test_garbage_is_one_clear_refusal(data: bytes, suffix: str) -> None:
    found = list(read_content("f", data, suffix))
    assert len(found) == 1
    assert isinstance(found[0], Reject)
    assert found[0].reason


def test_folders_and_missing_files_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere.csv", Path("bad\0name")):
        (found,) = list(read_rows(path))
        assert isinstance(found, Reject)


@given(st.binary(max_size=300), st.sampled_from([".csv", ".jsonl", ".json", ".xlsx", ".txt", ""]))
def test_no_bytes_raise(data: bytes, suffix: str) -> None:
    for item in read_content("f", data, suffix):
        assert isinstance(item, RawRow | Reject | FileNote | Header)


@given(st.lists(st.dictionaries(st.text(max_size=8), st.text(max_size=8), min_size=1), min_size=2, max_size=5))
def test_every_json_line_is_a_row(values: list[dict[str, str]]) -> None:
    data = "\n".join(json.dumps(value) for value in values).encode()
    assert [r.values for r in rows(data, ".jsonl")] == values


def test_a_workbook_that_was_cut_short_is_told_as_one() -> None:
    book, file = Workbook(), io.BytesIO()
    for at in range(200):
        book.active.append([f"R{at}", f"He ran off, {at}."])
    book.save(file)
    (told,) = refusals(file.getvalue()[: len(file.getvalue()) // 2])
    assert "workbook is damaged" in told.reason


def test_nan_is_read_as_not_known_and_told_once_for_the_file() -> None:
    lines = b'{"report_id": "1", "place": {"lat": NaN}}\n{"report_id": "2"}\n{"report_id": "3", "narrative": NaN}\n'
    found = list(read_content("f.jsonl", lines, ".jsonl"))
    (note,) = [str(item) for item in found if isinstance(item, FileNote)]
    assert note.startswith("f.jsonl: NaN stands in 2 rows (first: row 1, place.lat)")
    assert next(row.values for row in found if isinstance(row, RawRow)) == {"report_id": "1", "place": {"lat": None}}


@each_row(("number", "told"), [("Infinity", "Infinity"), ("-1e999", "-Infinity")])
def test_a_number_without_an_end_is_refused_with_its_field(number: str, told: str) -> None:
    line = f'{{"report_id": "1", "suspects": [{{"age": "30s"}}, {{"hair": {number}}}]}}'.encode()
    (reject,) = refusals(line, ".jsonl")
    assert (reject.report_id, reject.field, reject.value) == ("1", "suspects.2.hair", told)
    assert rows(line, ".jsonl")[0].values["suspects"] == [{"age": "30s"}, {"hair": None}]
