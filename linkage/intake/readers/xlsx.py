"""Excel workbooks -> raw rows, with real dates, times and numbers."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from linkage.intake.limits import how_to_raise, limit
from linkage.intake.readers.items import FileNote, ReadItem
from linkage.intake.readers.table import table_rows
from linkage.intake.readers.workbook_limits import too_many_parts
from linkage.intake.reject import Reject

_CURE = "open it in a spreadsheet program and save it again as .xlsx, or as CSV"


def is_workbook(data: bytes) -> bool:
    """Whether `data` is an Excel 2007 workbook: a ZIP archive with a workbook in it."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    if too_many_parts(data):
        return b"xl/" in data
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(name.startswith("xl/") for name in archive.namelist())
    except Exception:  # zipfile raises many kinds of error for what is cut short or damaged: let the reader say so
        return b"xl/" in data


def read_xlsx(name: str, data: bytes) -> Iterator[ReadItem]:
    """Rows of the first sheet that holds anything; further sheets are named in a note, not read."""
    from openpyxl import load_workbook  # here, for it takes as long to load as ten texts take to read

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets = [(sheet.title, list(_records(sheet))) for sheet in book.worksheets]
    except _BeyondLimitError as error:
        yield Reject(name, None, None, "", "", str(error))
        return
    except Exception as error:  # openpyxl raises many kinds of error for a damaged workbook
        reason = f"the workbook is damaged or locked ({type(error).__name__}); {_CURE}"
        yield Reject(name, None, None, "", "", reason)
        return
    filled = [(title, records) for title, records in sheets if records]
    if not filled:
        yield Reject(name, None, None, "", "", "the workbook has no filled cell; check that it was saved")
        return
    title, records = filled[0]
    if len(filled) > 1:
        others = ", ".join(f"“{other}”" for other, _ in filled[1:])
        yield FileNote(name, f"sheet “{title}” is read; not read: {others}; save them as files of their own")
    yield from table_rows(name, iter(records))


class _BeyondLimitError(Exception):
    """A sheet holds more than is read; the message names the limit and how to raise it."""


def _records(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Number and cells of each filled row. Raises _BeyondLimitError."""
    most_rows, most_columns = limit("sheet_rows"), limit("columns")
    sheet.reset_dimensions()  # what the file says of its size may be wrong, and would be filled with blank rows
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > most_rows:
            cure = how_to_raise("sheet_rows", "take out blank rows")
            raise _BeyondLimitError(f"sheet “{sheet.title}” has more rows than the limit of {most_rows:,}; {cure}")
        if len(cells) > most_columns and any(cell is not None for cell in cells[most_columns:]):
            cure = how_to_raise("columns", "take some out")
            told = f"sheet “{sheet.title}” row {number} has more columns than the limit of {most_columns:,}; {cure}"
            raise _BeyondLimitError(told)
        if any(cell is not None and str(cell).strip() for cell in cells):
            yield number, list(cells[:most_columns])
