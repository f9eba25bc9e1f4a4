"""CSV with any of the usual delimiters -> raw rows; and the rows of any table with its header."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from linkage.intake.limits import how_to_raise, limit
from linkage.intake.names import fold_name
from linkage.intake.readers.items import FileNote, RawRow, ReadItem, too_many_rows
from linkage.intake.reject import WITHHELD, Reject, is_personal, shorten

_DELIMITERS = ",;\t|"
csv.field_size_limit(2**31 - 1)  # narratives may be longer than the 128 KB that the standard library allows


def read_csv(name: str, text: str) -> Iterator[ReadItem]:
    """One row for each record; `row` is the record's first line in the file, so that an editor finds it."""
    delimiter = sniff(text)
    yield from table_rows(name, _records(text, delimiter))


def sniff(text: str) -> str:
    """The delimiter that stands most often in the header outside quotes; a comma when there is none."""
    declared = text[:6].lower()
    if declared.startswith("sep=") and declared[4:5] in _DELIMITERS:
        return declared[4]
    header = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(header.split('"')[0::2])
    counts = {delimiter: outside.count(delimiter) for delimiter in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda delimiter: counts[delimiter])
    return best if counts[best] else ","


def looks_like_table(text: str) -> bool:
    """Whether a file without a telling name is a table: its first line is a header that names `report_id`."""
    header = next((line for line in text.splitlines() if line.strip()), "").lower()
    names = [cell.strip(' "\ufeff') for cell in header.split(sniff(text))]
    return any(cell.replace(" ", "_").replace("-", "_") == "report_id" for cell in names)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[Any]]]:
    """Line number and cells of each record; blank ones left out.

    A quote that is never closed would swallow the rest of the file in one cell, so what follows such a quote is read
    by the line, without quoting.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").split("\n")
    reader = csv.reader(_with_ends(lines), delimiter=delimiter)
    start = 1
    for cells in reader:
        first, start = start, reader.line_num + 1
        if _unclosed(lines, first, reader.line_num):
            plain = csv.reader(_with_ends(lines[first - 1 :]), delimiter=delimiter, quoting=csv.QUOTE_NONE)
            yield from ((first - 1 + plain.line_num, found) for found in plain if any(map(str.strip, found)))
            return
        if any(map(str.strip, cells)) and not (first == 1 and cells[0].lower().startswith("sep=")):
            yield first, cells


def _with_ends(lines: list[str]) -> Iterator[str]:
    return (line + "\n" for line in lines)


def _unclosed(lines: list[str], first: int, last: int) -> bool:
    """Whether the record of these lines runs to the end of the file because a quote in it is never closed."""
    return last > first and last >= len(lines) and sum(line.count('"') for line in lines[first - 1 :]) % 2 == 1


def table_rows(name: str, records: Iterable[tuple[int, list[Any]]]) -> Iterator[ReadItem]:
    """Rows of a table whose first record is the header; empty cells are left out.

    A row with more cells than the header has its surplus refused, by value; one with fewer is read as far as it goes.
    """
    header: list[str] | None = None
    found = False
    for count, (number, cells) in enumerate(records):
        if count > limit("rows"):
            yield too_many_rows(name)
            return
        if header is None:
            if len(cells) > limit("columns"):
                most, cure = limit("columns"), how_to_raise("columns", "take some out")
                reason = f"{len(cells):,} columns are more than the limit of {most:,}; {cure}"
                yield Reject(name, number, None, "", "", reason)
                return
            header = ["" if cell is None else str(cell).strip().lstrip("\ufeff") for cell in cells]
            yield from _header_notes(name, number, header)
            continue
        found = True
        yield from _table_row(name, number, header, cells)
    if header is not None and not found:
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
