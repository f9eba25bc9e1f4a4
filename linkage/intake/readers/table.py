"""CSV with any of the usual delimiters -> raw rows; and the rows of any table with its header."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from linkage.intake.limits import how_to_raise, limit
from linkage.intake.names import fold_name
from linkage.intake.readers.csv_records import Record, csv_records
from linkage.intake.readers.items import FileNote, Header, RawRow, ReadItem, too_many_rows
from linkage.intake.reject import WITHHELD, Reject, is_personal, shorten

_DELIMITERS = ",;\t|"
_HEADER = re.compile(r"\S[^\r\n]{0,100000}")
"""The first line that is not blank, as far as it is looked at to tell what a file is [G]."""


def read_csv(name: str, text: str) -> Iterator[ReadItem]:
    """One row for each record; `row` is the record's first line in the file, so that an editor finds it."""
    yield from table_rows(name, csv_records(name, text, sniff(text)))


def sniff(text: str) -> str:
    """The delimiter that stands most often in the header outside quotes; a comma when there is none."""
    declared = text[:6].lower()
    if declared.startswith("sep=") and declared[4:5] in _DELIMITERS:
        return declared[4]
    outside = "".join(_header(text).split('"')[0::2])
    counts = {delimiter: outside.count(delimiter) for delimiter in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda delimiter: counts[delimiter])
    return best if counts[best] else ","


def looks_like_table(text: str) -> bool:
    """Whether a file without a telling name is a table: its first line is a header that names `report_id`."""
    names = [cell.strip(' "\ufeff') for cell in _header(text).lower().split(sniff(text))]
    return any(cell.replace(" ", "_").replace("-", "_") == "report_id" for cell in names)


def _header(text: str) -> str:
    found = _HEADER.search(text)
    return found.group(0) if found else ""


def table_rows(name: str, records: Iterable[Record | Reject]) -> Iterator[ReadItem]:
    """Rows of a table whose first record is the header; empty cells are left out, and refusals handed on.

    A row with more cells than the header has its surplus refused, by value; one with fewer is read as far as it goes.
    """
    header: list[str] | None = None
    count = -1
    for record in records:
        count += not isinstance(record, Reject) or record.whole
        if count > limit("rows"):
            yield too_many_rows(name)
            return
        if isinstance(record, Reject):
            yield record
            continue
        number, cells = record
        if header is None:
            if len(cells) > limit("columns"):
                most, cure = limit("columns"), how_to_raise("columns", "take some out")
                reason = f"{len(cells):,} columns are more than the limit of {most:,}; {cure}"
                yield Reject(name, number, None, "", "", reason)
                return
            header = ["" if cell is None else str(cell).strip().lstrip("\ufeff") for cell in cells]
            yield Header(name, number, tuple(header))
            yield from _header_notes(name, number, header)
            continue
        yield from _table_row(name, number, header, cells)
    if header is not None and count == 0:
        yield Reject(name, None, None, "", shorten(", ".join(header)), "the table has a header but no rows")


def _table_row(name: str, number: int, header: list[str], cells: list[Any]) -> Iterator[ReadItem]:
    values: dict[str, Any] = {}
    nameless: list[Any] = []
    for at, cell in enumerate(cells):
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            continue
        column = header[at] if at < len(header) else ""
        if isinstance(cell, str) and len(cell) > limit("cell_characters"):
            yield _long_cell(name, number, column, cell)
        elif not column:
            nameless.append(cell)
        elif column not in values:
            values[column] = cell
    if values:
        yield RawRow(name, number, values)
    if nameless:
        reason = f"{len(nameless)} cells stand under no column name; check the delimiter, the quotes and the header"
        yield Reject(name, number, None, "", shorten("; ".join(map(str, nameless[:20]))), reason)


def _long_cell(name: str, number: int, column: str, cell: str) -> Reject:
    most, cure = limit("cell_characters"), how_to_raise("cell_characters", "shorten it")
    reason = f"{len(cell):,} characters are longer than the limit of {most:,}; {cure}"
    shown = WITHHELD if is_personal(fold_name(column)) else shorten(cell)
    return Reject(name, number, None, shorten(column) or "(no name)", shown, reason)


def _header_notes(name: str, number: int, header: list[str]) -> Iterator[ReadItem]:
    twice = [column for column, count in Counter(header).items() if count > 1 and column]
    if twice:
        listed = shorten(", ".join(twice))
        yield FileNote(name, f"line {number}: columns named twice ({listed}); the first that is filled is used")
