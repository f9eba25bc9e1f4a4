"""Excel workbooks -> raw rows, with real dates, times and numbers; what one would unpack to is looked at before.

A ZIP archive of a few megabytes may unpack to gigabytes. Its central directory says how large each part is, and
`zipfile` reads no more of a part than is said there; what lies in the parts is then counted as it streams by, so that
nothing is held: the longest text, the deepest nesting, document types (entities may grow without end).
"""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from linkage.intake.limits import limit
from linkage.intake.readers import FileNote, ReadItem
from linkage.intake.readers.names_row import TOP, names_columns, widest
from linkage.intake.readers.table import Record, table_rows, without_title
from linkage.intake.reject import Reject, beyond, refused, shorten

_AT_ONCE = 1 << 16
_DIRECTORY_BYTES = 1_000_000
"""Longest central directory that is parsed [G]: of about ten thousand parts."""
_WITH_TEXTS = ("xl/worksheets/", "xl/sharedstrings")
_READ_PARTS = (".xml", ".rels")
_NO_ROWS, _NO_COLUMNS = "take out blank rows", "take out columns, or clear cells far to the right,"
_MOST_WIDE = 1_000
"""Rows with cells behind the limit of columns after which a sheet is not read on [G]: each costs a walk through all
its columns, and a thousand take a few seconds."""
_SAVE = "save it again as .xlsx"
_MOST_MERGED = 1_000
"""Merged areas that are looked at [G]: a form has tens, and each costs a walk through the rows' numbers."""
_MERGED = re.compile(rb'<mergeCell\s[^>]*?ref="([A-Z0-9:]{1,30})"')
_NO_RESULT = re.compile(
    rb'<c r="([A-Z0-9]{1,12})"(?![^>]{0,99} t="str")[^>]{0,99}><f[^>]{0,99}>[^<]*</f>(?:<v\s?/>|<v></v>)?</c>'
)
"""A formula whose result is the empty text is of type `str`; one that no program has calculated has no type."""


def is_workbook(data: bytes) -> bool:
    """Whether `data` is an Excel 2007 workbook: a ZIP archive with a workbook in it."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    if _too_many_parts(data):
        return b"xl/" in data
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(name.startswith("xl/") for name in archive.namelist())
    except Exception:  # zipfile raises many kinds of error for what is cut short or damaged: let the reader say so
        return b"xl/" in data


def _problem_of(data: bytes) -> str | None:
    """Why a workbook is refused unread, with the limit and how to raise it; None where it may be parsed."""
    if _too_many_parts(data):
        return f"the workbook has more parts than any that a spreadsheet program writes; {_SAVE}"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return next(_problems_of(archive), None)
    except Exception:  # a damaged archive raises many kinds of error: the reader tells that it is damaged
        return None


def _too_many_parts(data: bytes) -> bool:
    """Whether an archive's list of parts is, as its end says, longer than is parsed."""
    at = data.rfind(b"PK\x05\x06")
    return 0 <= at <= len(data) - 16 and int(struct.unpack_from("<I", data, at + 12)[0]) > _DIRECTORY_BYTES


def _problems_of(archive: zipfile.ZipFile) -> Iterator[str]:
    total = sum(part.file_size for part in archive.infolist())
    if total > limit("unpacked_bytes"):
        what = f"the workbook unpacks to {total:,} bytes, more"
        yield beyond(what, "unpacked_bytes", "save only the rows that are needed")
    parts = [part for part in archive.infolist() if part.filename.lower().endswith(_READ_PARTS)]
    for part in parts:
        if part.file_size > limit("part_bytes") and not part.filename.lower().startswith(_WITH_TEXTS):
            what = f"part {part.filename} unpacks to {part.file_size:,} bytes, more"
            yield beyond(what, "part_bytes", "save the cells without styles")
    for part in parts:
        try:
            with archive.open(part) as stream:
                problem = _problem_of_xml(iter(lambda: stream.read(_AT_ONCE), b""))
        except Exception:  # this part is damaged, of which the reader tells where it reads it; another may be a bomb
            continue
        if problem:
            yield problem


def _problem_of_xml(stream: Iterator[bytes]) -> str | None:
    """What is wrong with one part, in what its bytes show without being parsed."""
    longest_cell = 4 * limit("cell_characters")  # bytes of the longest character of UTF-8
    longest, depth, rows, tail = 0, 0, 0, b""
    for chunk in stream:
        if b"<!DOCTYPE" in tail + chunk or b"<!ENTITY" in tail + chunk:
            return "the workbook defines document types or entities, which no spreadsheet program writes"
        runs = chunk.split(b"<")
        longest += len(runs[0])
        if max(longest, *map(len, runs)) > longest_cell:
            return beyond("a cell is longer", "cell_characters", "shorten it", " characters")
        longest = longest if len(runs) == 1 else len(runs[-1])
        seen = tail[-1:] + chunk  # so that marks of two characters are counted across borders
        closed, alone = seen.count(b"</"), seen.count(b"/>") + seen.count(b"<?") + seen.count(b"<!")
        depth += chunk.count(b"<") - 2 * closed - alone
        if depth > limit("xml_depth"):
            return f"the workbook nests elements more deeply than the limit of {limit('xml_depth')}; {_SAVE}"
        rows += (tail[-3:] + chunk).count(b"<row")
        if rows > limit("sheet_rows"):
            return beyond("a sheet has more rows", "sheet_rows", _NO_ROWS)
        tail = chunk[-16:]
    return None


def read_xlsx(name: str, data: bytes) -> Iterator[ReadItem]:
    """Rows of the first sheet that holds anything, or of a later one that names columns where that holds but notes;
    the other sheets are named in a note, not read."""
    if (problem := _problem_of(data)) is not None:
        yield refused(name, problem)
        return
    from openpyxl import load_workbook  # here, for it takes as long to load as ten texts take to read

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            filled = [(sheet, records) for sheet in book.worksheets if (records := list(_records(name, sheet)))]
            at = _place_of_table([records for _, records in filled])
            notes = [note for sheet, records in filled[at : at + 1] for note in _notes_of_cells(data, sheet, records)]
    except Exception as error:  # openpyxl raises many kinds of error for a damaged workbook
        cure = "open it in a spreadsheet program and save it again as .xlsx, or as CSV"
        yield refused(name, f"the workbook is damaged or locked ({type(error).__name__}); {cure}")
        return
    if not filled:
        yield refused(name, "the workbook has no filled cell; check that it was saved")
        return
    others = [f"“{sheet.title}”" for sheet, _ in filled]
    title = others.pop(at)
    if others:
        why = ", the first that names columns" if at else ""
        others_told = f"not read: {', '.join(others)}; save them as files of their own"
        yield FileNote(name, f"sheet {title} is read{why}; {others_told}")
    yield from (FileNote(name, f"sheet {title}: {note}") for note in notes)
    yield from table_rows(name, filled[at][1])


def _place_of_table(sheets: Sequence[Sequence[Record | Reject]]) -> int:
    """Which of the sheets is read: the first, unless it names no columns and a wider one surely does. A table whose
    names are not understood is mostly wider than any list behind it."""
    first, *others = ([one[1] for one in islice(_read(sheet), TOP)] for sheet in sheets or [()])
    if names_columns(first):
        return 0
    wide = widest(first)
    return next((at for at, rows in enumerate(others, 1) if widest(rows) > wide and names_columns(rows)), 0)


def _read(records: Sequence[Record | Reject]) -> Iterator[Record]:
    return (record for record in records if not isinstance(record, Reject))


def _notes_of_cells(data: bytes, sheet: Any, records: Sequence[Record | Reject]) -> Iterator[str]:
    """What the cells of a sheet hold for an eye and not for a reader: merged cells, and formulas without a result."""
    _, table = without_title(records)
    rows = {record[0]: record[1] for record in table if not isinstance(record, Reject)}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        written = archive.read(sheet._worksheet_path)  # which has no public name
    areas = (found[1].decode() for found in islice(_MERGED.finditer(written), _MOST_MERGED))
    if merged := [area for area in areas if _hides(area, rows)]:
        shown = shorten(", ".join(merged))
        yield f"cells are merged ({shown}) and count for the first of them alone; part them and fill in each"
    if bare := [cell.decode() for cell in _NO_RESULT.findall(written)]:
        cells = shorten(", ".join(bare))
        yield f"formulas without a stored result read as empty ({cells}); let a program calculate them and {_SAVE}"


def _hides(area: str, rows: Mapping[int, list[Any]]) -> bool:
    """Whether merged cells leave a cell empty that seems to hold the first of them: the first is filled, and another
    lies under a name of the table, in a row of it. `rows` are the filled rows by number, the row of names first."""
    from openpyxl.worksheet.cell_range import CellRange

    try:
        left, top, right, bottom = CellRange(area).bounds
    except (ValueError, TypeError):  # no area of cells: there is nothing to tell of it
        return False
    numbers = list(rows)
    if top not in rows or top <= numbers[0] or not str(next(iter(rows[top][left - 1 : left]), None) or "").strip():
        return False
    named = [at for at, name in enumerate(rows[numbers[0]], 1) if name is not None and left <= at <= right]
    cells = len(named) * (bisect_right(numbers, bottom) - bisect_left(numbers, top))
    return cells > (left in named)


def _records(name: str, sheet: Any) -> Iterator[Record | Reject]:
    """Number and cells of each filled row, with what is refused among them: cells behind the limit of columns, a row
    of more filled cells than that, and all that follows too many rows, too many such rows, or too many names."""
    most, wide, named = limit("columns"), 0, False
    sheet.reset_dimensions()  # what the file says of its size may be wrong, and would be filled with blank rows
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        not_read = f"; row {number} and everything after it was not read"
        if number > limit("sheet_rows"):
            what = f"sheet “{sheet.title}” has in row {number} more rows"
            yield refused(name, beyond(what, "sheet_rows", _NO_ROWS, not_read), number)
            return
        if any(cell is not None for cell in cells[most:]):
            wide += 1
            too_many = sum(cell is not None for cell in cells) > most
            last = wide == _MOST_WIDE or (too_many and not named)
            left_out = not_read if last else "; the row was left out" if too_many else ""
            yield _too_wide(name, sheet.title, (number, list(cells)), left_out)
            if last:
                return
            if too_many:
                continue
        if any(cell is not None and str(cell).strip() for cell in cells[:most]):
            named = True
            yield number, list(cells[:most])


def _too_wide(name: str, title: str, record: Record, left_out: str) -> Reject:
    """What is refused of a row with cells behind the limit of columns: what is said to be `left_out`, else these."""
    from openpyxl.utils import get_column_letter

    number, cells = record
    stray = [at for at, cell in enumerate(cells, 1) if cell is not None and at > limit("columns")]
    where = f"cell {get_column_letter(stray[0])}{number}"
    others = "" if len(stray) == 1 else f" and {len(stray) - 1:,} behind it"
    more = left_out or f"; {where}{others} was left out, the rest of the row is read"
    reason = beyond(f"sheet “{title}” has in row {number} more columns", "columns", _NO_COLUMNS, more)
    return Reject(name, number, None, "" if left_out else where, shorten(cells[stray[0] - 1]), reason)
