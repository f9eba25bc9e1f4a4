"""Small files that unpack, go on or nest without an end are refused by name, in seconds and in bounded memory."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from linkage.intake.limits import variable
from linkage.intake.readers import RawRow
from linkage.intake.readers.rows import TooLargeError, read_bounded, read_content, read_rows
from linkage.intake.reject import Reject

ROOT = Path(__file__).parents[3]
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = "</sheetData></worksheet>"
FIRST = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>report_id</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>R1</t></is></c></row>'
)
GIGABYTES = 2
"""Address space that a process may have that reads a bomb: Python with pandas takes one."""


def workbook(file: Path, sheet: list[tuple[bytes, int]], extra: dict[str, bytes] | None = None) -> Path:
    """A workbook of one sheet, made of pieces that are each repeated."""
    spread = "http://schemas.openxmlformats.org"
    office = f"{spread}/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{spread}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{spread}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{spread}/spreadsheetml/2006/main" '
        f'xmlns:r="{office}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{spread}/package/2006/relationships"><Relationship '
        f'Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, words in parts.items():
            archive.writestr(name, words)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as out:
            for piece, times in sheet:
                for _ in range(times):
                    out.write(piece)
    return file


def refusals(file: Path) -> list[Reject]:
    return [item for item in read_rows(file) if isinstance(item, Reject)]


def told_in_little_memory(file: Path) -> list[str]:
    """Reasons that a process gives that may use so much memory and half a minute."""
    program = (
        "import json, resource, sys\nfrom pathlib import Path\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({GIGABYTES} << 30, {GIGABYTES} << 30))\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (60, 60))\n"
        "from linkage.intake.readers.rows import read_rows\n"
        "print(json.dumps([i.reason for i in read_rows(Path(sys.argv[1])) if hasattr(i, 'reason')]))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(file)], capture_output=True, text=True, check=False, timeout=300,
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2000:]
    reasons: list[str] = json.loads(ran.stdout)
    return reasons


limited = pytest.mark.skipif(sys.platform != "linux", reason="limits of a process are those of Linux")


def test_a_workbook_as_made_here_is_read(tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", [((HEAD + FIRST + TAIL).encode(), 1)])
    assert [item.values for item in read_rows(file) if isinstance(item, RawRow)] == [{"report_id": "R1"}]


@limited
def test_a_row_number_without_end_does_not_spin(tmp_path: Path) -> None:
    row = '<row r="1000000000000"><c t="inlineStr"><is><t>x</t></is></c></row>'
    file = workbook(tmp_path / "a.xlsx", [((HEAD + FIRST + row + TAIL).encode(), 1)])
    (reason,) = told_in_little_memory(file)
    assert "more rows than the limit of 1,048,576" in reason
    assert variable("sheet_rows") in reason


@limited
@pytest.mark.parametrize(
    ("piece", "megabytes"), [(b'<row r="3"></row>' * 65_536, 300), (b"<row/>" * 174_762, 60)], ids=["300 MB", "60 MB"]
)
def test_blank_rows_without_end_are_refused(tmp_path: Path, piece: bytes, megabytes: int) -> None:
    sheet = [((HEAD + FIRST).encode(), 1), (piece, megabytes * 1_000_000 // len(piece)), (TAIL.encode(), 1)]
    file = workbook(tmp_path / "a.xlsx", sheet)
    assert file.stat().st_size < 10_000_000
    reasons = told_in_little_memory(file)
    assert len(reasons) == 1
    assert "limit of" in reasons[0]
    assert "LINKAGE_LIMIT_" in reasons[0]


@limited
def test_a_damaged_part_hides_no_bomb_behind_it(tmp_path: Path) -> None:
    piece = b"<row/>" * 174_762
    sheet = [((HEAD + FIRST).encode(), 1), (piece, 60_000_000 // len(piece)), (TAIL.encode(), 1)]
    file = workbook(tmp_path / "a.xlsx", sheet, {"docProps/app.xml": b"<damaged/>"})
    with zipfile.ZipFile(file) as archive:
        part = archive.getinfo("docProps/app.xml")
    data = bytearray(file.read_bytes())
    at = part.header_offset + 30 + len(part.filename)
    data[at] ^= 0xFF  # its checksum, or what it unpacks to, is another now
    file.write_bytes(bytes(data))
    assert "more rows than the limit" in told_in_little_memory(file)[0]


@limited
@pytest.mark.parametrize(("megabytes", "limit"), [(300, "200,000,000"), (100, "1,000,000 characters")])
def test_one_endless_cell_is_refused_before_it_is_read(tmp_path: Path, megabytes: int, limit: str) -> None:
    opens = HEAD + '<row r="1"><c r="A1" t="inlineStr"><is><t>'
    sheet = [(opens.encode(), 1), (b"x" * 1_000_000, megabytes), (b"</t></is></c></row>" + TAIL.encode(), 1)]
    assert limit in told_in_little_memory(workbook(tmp_path / "a.xlsx", sheet))[0]


@limited
def test_nesting_and_entities_without_end_are_refused(tmp_path: Path) -> None:
    deep = workbook(tmp_path / "a.xlsx", [(HEAD.encode(), 1), (b"<row>" * 100_000, 100)])
    assert "nests elements more deeply than the limit of 100" in told_in_little_memory(deep)[0]
    laughs = b'<!DOCTYPE a [<!ENTITY b "' + b"c" * 1000 + b'">]>' + HEAD.encode() + b"&b;" * 1000 + TAIL.encode()
    assert "entities" in told_in_little_memory(workbook(tmp_path / "b.xlsx", [(laughs, 1)]))[0]
    styles = {"xl/styles.xml": b"<xf/>" * 4_000_000}
    file = workbook(tmp_path / "c.xlsx", [((HEAD + FIRST + TAIL).encode(), 1)], styles)
    assert "styles.xml unpacks to 20,000,000 bytes" in told_in_little_memory(file)[0]


def test_columns_have_a_limit_in_every_kind_of_table(tmp_path: Path) -> None:
    many = ",".join(f"c{n}" for n in range(2_200))
    (tmp_path / "a.csv").write_text(f"report_id,{many}\n1,{many}\n")
    assert "2,201 columns are more than the limit of 2,000" in refusals(tmp_path / "a.csv")[0].reason
    cells = "".join(f'<c r="{name}3" t="inlineStr"><is><t>x</t></is></c>' for name in ("A", "XFD"))
    file = workbook(tmp_path / "a.xlsx", [((HEAD + FIRST + f'<row r="3">{cells}</row>' + TAIL).encode(), 1)])
    assert "more columns than the limit of 2,000" in refusals(file)[0].reason


def test_a_stray_cell_far_to_the_right_costs_itself_alone(tmp_path: Path) -> None:
    def row(number: int, *columns: str) -> str:
        cells = (f'<c r="{at}{number}" t="inlineStr"><is><t>x{number}</t></is></c>' for at in columns)
        return f'<row r="{number}">{"".join(cells)}</row>'

    sheet = HEAD + FIRST + row(3, "A", "CRD", "XFD") + row(4, "A") + TAIL
    file = workbook(tmp_path / "a.xlsx", [(sheet.encode(), 1)])
    assert [item.row for item in read_rows(file) if isinstance(item, RawRow)] == [2, 3, 4]
    (told,) = refusals(file)
    assert (told.row, told.field, told.value, told.whole) == (3, "cell CRD3", "x3", False)


@limited
def test_cells_far_to_the_right_in_every_row_end_soon_and_it_is_told_what_was_not_read(tmp_path: Path) -> None:
    piece = b'<row><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>' * 1_000
    file = workbook(tmp_path / "a.xlsx", [((HEAD + FIRST).encode(), 1), (piece, 200), (TAIL.encode(), 1)])
    reasons = told_in_little_memory(file)
    assert len(reasons) == 1_000
    assert "row 1002 and everything after it was not read" in reasons[-1]


@limited
def test_a_stream_without_end_is_refused() -> None:
    (reason,) = told_in_little_memory(Path("/dev/zero"))
    assert "limit of 100,000,000 bytes" in reason
    assert variable("file_bytes") in reason


def test_a_file_beyond_the_limit_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.csv"
    with file.open("wb") as sparse:
        sparse.truncate(50_000_000_000)
    with pytest.raises(TooLargeError, match="50,000,000,000 bytes is more than the limit of 100,000,000"):
        read_bounded(file)
    monkeypatch.setenv(variable("file_bytes"), "10")
    with pytest.raises(TooLargeError, match="limit of 10 bytes"):
        read_bounded(io.BytesIO(b"x" * 11))
    assert read_bounded(io.BytesIO(b"x" * 10)) == b"x" * 10


@limited
@pytest.mark.parametrize(
    ("suffix", "made"),
    [
        (".csv", lambda: b"report_id,narrative\n1," + b"x" * 90_000_000),
        (".jsonl", lambda: b'{"report_id": "1", "narrative": "' + b"x" * 90_000_000 + b'"}'),
        (".jsonl", lambda: b"[" * 50_000_000),
    ],
    ids=["cell", "line", "brackets"],
)
def test_endless_lines_and_cells_are_refused(tmp_path: Path, suffix: str, made: Callable[[], bytes]) -> None:
    file = tmp_path / f"a{suffix}"
    file.write_bytes(made())
    reasons = told_in_little_memory(file)
    assert any("limit of" in reason or "nested" in reason or "JSON" in reason for reason in reasons)


def test_a_quoted_cell_beyond_its_limit_is_told_at_its_quote_and_the_rows_behind_it_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(variable("cell_characters"), "1000")
    data = b'report_id,narrative\nR1,"He hit her.\n' + b"".join(b"R%d,A man.\n" % n for n in range(2, 400))
    found = list(read_content("f", data, ".csv"))
    told = [(item.row, item.field, item.reason) for item in found if isinstance(item, Reject)]
    assert [(row, field) for row, field, _ in told] == [(2, "(row)")]
    assert "a cell of at most 1,000 characters" in told[0][2]
    assert variable("cell_characters") in told[0][2]
    assert [item.values["report_id"] for item in found if isinstance(item, RawRow)] == [
        f"R{n}" for n in range(1, 400)
    ]


def test_quotes_left_open_in_every_line_cost_no_more_than_their_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable("cell_characters"), "1000")
    monkeypatch.setenv(variable("line_characters"), "5000")
    found = list(read_content("f", b"report_id,narrative\n" + b'a"b,"c\n' * 5_000, ".csv"))
    told = [item for item in found if isinstance(item, Reject)]
    in_part = [item for item in told if not item.whole]
    assert len(in_part) <= 20
    assert "all that follows is read without quotes" in in_part[-1].reason
    assert sum(isinstance(item, RawRow) for item in found) + len(told) - len(in_part) == 5_000


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".txt"])
def test_lines_have_a_limit_blank_ones_too(suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable("lines"), "50")
    (told,) = read_content("f", b"report_id\n" + b"\n" * 50 + b"1", suffix)
    assert isinstance(told, Reject)
    assert "51 ends of lines, more than the limit of 50" in told.reason


def test_one_json_value_has_a_limit_and_lines_of_as_many_have_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable("json_values"), "100")
    (told,) = read_content("f", b"[" + b'{"a": 1},' * 60 + b"{}]", ".json")
    assert isinstance(told, Reject)
    assert variable("json_values") in told.reason
    found = list(read_content("f", b"{broken\n" + b'{"report_id": "1"}\n' * 60, ".jsonl"))
    assert sum(isinstance(item, RawRow) for item in found) == 60


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".csv", b"report_id\n" + b"1\n" * 11),
        (".jsonl", b'{"report_id": "1"}\n' * 11),
        (".json", b"[" + b'{"report_id": "1"},' * 10 + b"{}]"),
        (".txt", b"No: 1\n\n" * 11),
    ],
)
def test_rows_have_a_limit_and_those_before_it_are_read(
    suffix: str, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable("rows"), "10")
    found = list(read_content("f", data, suffix))
    assert sum(isinstance(item, RawRow) for item in found) == 10
    assert [item.reason for item in found if isinstance(item, Reject)] == [
        "there are more rows than the limit of 10; the rest is left out; split the file or raise "
        "LINKAGE_LIMIT_ROWS in the environment"
    ]


@pytest.mark.parametrize("opens", ['{"a": ', "["])
def test_deep_nesting_costs_its_field_only(opens: str) -> None:
    closes = {"{": "}", "[": "]"}[opens[0]]
    line = f'{{"report_id": "1", "narrative": "x", "deep": {opens * 900}1{closes * 900}}}'
    found = list(read_content("f", line.encode(), ".jsonl"))
    (row,) = [item for item in found if isinstance(item, RawRow)]
    (told,) = [item for item in found if isinstance(item, Reject)]
    assert (row.values["report_id"], row.values["narrative"]) == ("1", "x")
    assert (told.row, told.report_id, told.field) == (1, "1", "deep.a" if "a" in opens else "deep.1")
    assert "limit of 12 levels" in told.reason


def test_a_name_that_stands_twice_is_told() -> None:
    line = b'{"report_id": "1", "narrative": "first", "narrative": "last", "victim_name": "A", "victim_name": "B"}'
    found = list(read_content("f", line, ".jsonl"))
    (row,) = [item for item in found if isinstance(item, RawRow)]
    told = [(item.row, item.field, item.value) for item in found if isinstance(item, Reject)]
    assert row.values["narrative"] == "last"
    assert told == [(1, "narrative", "first"), (1, "victim_name", "(withheld)")]


def test_a_number_without_end_costs_its_field_only() -> None:
    line = b'{"report_id": "1", "place": {"lat": ' + b"9" * 10_000 + b"}}"
    (row,) = [item for item in read_content("f", line, ".jsonl") if isinstance(item, RawRow)]
    assert row.values["place"]["lat"] == "9" * 10_000
