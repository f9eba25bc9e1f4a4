"""CSV with any of the usual delimiters -> raw rows, whatever quotes are left open in it; and the rows of any table.

A quote that is not closed would swallow what follows in one cell. It shows by one of three signs: the file ends
within it, the cell grows beyond what is read of one, or, where a later cell's quote closes it, other words stand
right behind that quote. Its line is then read as it stands, the lines behind it as records of their own, and that is
told. Where the line then has another number of cells than any record before, a quote tore it: it is refused whole,
and so are the lines behind it until one fits again.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from linkage.intake.limits import how_to_raise, limit
from linkage.intake.readers import FileNote, Header, RawRow, ReadItem, too_many_rows
from linkage.intake.readers.column_names import fold_name, is_personal
from linkage.intake.readers.names_row import TOP, is_name, other_delimiter, row_of_names
from linkage.intake.reject import WHOLE_ROW, WITHHELD, Reject, beyond, refused, shorten, withhold

Record = tuple[int, list[Any]]
"""Number of a record's first line in the file, from 1, and its cells."""

_DELIMITERS = ",;\t|"
_LINE = re.compile(r"\S[^\r\n]{0,100000}")
"""A line that is not blank, as far as it is looked at to tell what a file is [G]."""
_MOST_FAULTS = 20
"""Quotes left open after which the rest of a file is read without quotes [G], as each may cost one cell's limit; and
quotes within quoted cells after which no more are told."""
_SURELY = 3
"""Names of columns in a line that make a file a table which is not named as one [G]."""
_TWICE = "write quotes within a cell twice"
_WITHIN = (
    "a quote stands within a quoted cell; the line is read as far as it goes, and if the cell goes on behind it, "
    f"what follows is read as rows of their own; {_TWICE}"
)
_TORN = (
    "a quote within a quoted cell of this line, or of one before it, tears the row: its cells are not those of "
    f"the rows before, and it is left out; close the quote, {_TWICE}"
)


def read_csv(name: str, text: str) -> Iterator[ReadItem]:
    """One row for each record; `row` is the record's first line in the file, so that an editor finds it."""
    delimiter, header = sniff(text), _header(text)
    if delimiter not in header and (sign := other_delimiter(header)):
        cure = "save it with commas, semicolons, tabs or | between the cells"
        yield refused(name, f"the names of the columns are parted by “{sign}”, which is not read; {cure}")
        return
    yield from table_rows(name, csv_records(name, text, delimiter))


def sniff(text: str) -> str:
    """The delimiter that stands most often in the header outside quotes; a comma when there is none."""
    declared = text[:6].lower()
    if declared.startswith("sep=") and declared[4:5] in _DELIMITERS:
        return declared[4]
    return max(_DELIMITERS, key="".join(_header(text).split('"')[0::2]).count)


def looks_like_table(text: str, least: int = 1) -> bool:
    """Whether a file without a telling name is a table: its first line names `report_id` among `least` columns, or is
    nothing but several names of columns, of which the line behind it fills as many."""
    lines = [found.group(0) for found in islice(_LINE.finditer(text), 2)]
    delimiter = sniff(text)
    names = [cell.strip(' "\ufeff') for cell in lines[0].split(delimiter)] if lines else []
    if any(fold_name(cell) == "report_id" for cell in names):
        return len(names) >= least
    filled = [line.count(delimiter) >= len(names) - 1 for line in lines[1:]]
    return _SURELY <= len(names) <= limit("columns") and all(map(is_name, names)) and filled == [True]


def _header(text: str) -> str:
    """The line of the names, which may have a title above it; the first where that is not sure."""
    lines = [found.group(0) for found in islice(_LINE.finditer(text), TOP)]
    places = (row_of_names([line.split(delimiter) for line in lines]) for delimiter in _DELIMITERS)
    return lines[next(filter(None, places), 0)] if lines else ""


def csv_records(name: str, text: str, delimiter: str) -> Iterator[Record | Reject]:
    """The records of a CSV text that hold anything, in order, with what is told of quotes and lines among them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").split("\n")
    faults, usual = Counter[str](), set[int]()
    behind_fault = False
    at = 0
    while at < len(lines):
        line, number, taken, fault = lines[at], at + 1, 1, ""
        if len(line) > limit("line_characters"):
            what = f"the line has {len(line):,} characters, more"
            cells: list[str] = []
            yield refused(name, beyond(what, "line_characters", "shorten it", ", and is left out"), number)
        elif '"' not in line or faults["open"] >= _MOST_FAULTS:
            cells = line.split(delimiter)
        else:
            cells, taken, fault = _quoted_record(lines, at, delimiter)
        at += taken
        faults[fault] += 1
        last = faults[fault] == _MOST_FAULTS
        if not any(map(str.strip, cells)) or (number == 1 and str(cells[0]).lower().startswith("sep=")):
            continue
        fits = (not usual or len(cells) in usual) and not (behind_fault and '"' in cells[0])
        torn = bool(fault or behind_fault) and not fits
        if fault and (fault == "open" and last if torn else faults[fault] <= _MOST_FAULTS):
            yield Reject(name, number, None, "(row)", "", _misquoted(fault, last))
        if not (fault or behind_fault):
            usual.add(len(cells))
        behind_fault = torn or fault != ""
        yield refused(name, _TORN, number, withhold(line)) if torn else (number, cells)


def _quoted_record(lines: list[str], at: int, delimiter: str) -> tuple[list[str], int, str]:
    """The cells of the record that begins in a line, how many lines it takes, and its fault: "open" where a quote is
    not closed in time, "within" where words stand behind a quote of its only line; then the line as it stands."""
    most = limit("cell_characters")
    before = csv.field_size_limit(max(most, len(lines[at])))
    reader = csv.reader((f"{lines[place]}\n" for place in range(at, len(lines))), delimiter=delimiter, strict=True)
    try:
        return next(reader), reader.line_num, ""
    except csv.Error as error:
        if reader.line_num > 1 or "end of data" in str(error):
            return lines[at].split(delimiter), 1, "open"
        return next(csv.reader([lines[at]], delimiter=delimiter)), 1, "within"
    finally:
        csv.field_size_limit(before)


def _misquoted(fault: str, last: bool) -> str:
    """What is told of a line whose quotes are at fault; of the `last` that is told, how reading goes on."""
    if fault == "within":
        return _WITHIN + ("; further lines like it are not told" if last else "")
    goes_on = "all that follows is read without quotes" if last else "those behind it are read as rows of their own"
    return (
        "a quote opens in this row that is not closed at the end of a cell of at most "
        f"{limit('cell_characters'):,} characters; the line is read as it stands and {goes_on}; "
        + how_to_raise("cell_characters", f"close the quote, {_TWICE},")
    )


def table_rows(name: str, records: Iterable[Record | Reject]) -> Iterator[ReadItem]:
    """Rows of a table behind the record that holds the names of its columns; empty cells are left out, and refusals
    handed on. What stands above the names is told.

    A row with more cells than the header has its surplus refused, by value; one with fewer is read as far as it goes.
    """
    header: list[str] | None = None
    count, repeated = -1, 0
    above, records = without_title(records)
    if above:
        shown = withhold("; ".join(str(cell) for _, cells in above for cell in _filled(cells))[:WHOLE_ROW])
        rows = f"a row ({shown}) stands" if len(above) == 1 else f"{len(above)} rows ({shown}) stand"
        yield FileNote(name, f"line {above[0][0]}: {rows} above the names of the columns, passed over")
    for record in records:
        count += not isinstance(record, Reject) or record.whole
        if count > limit("rows"):
            yield too_many_rows(name)
            return
        if isinstance(record, Reject):
            yield record
            continue
        number, cells = record
        if header is not None and _names(cells) == _names(header):
            repeated += 1
            if repeated == 1:
                again = "the row of names stands again and is no report; it is left out here and further on"
                yield FileNote(name, f"line {number}: {again}")
            continue
        if header is not None:
            yield from _table_row(name, number, header, cells)
            continue
        if len(cells) > limit("columns"):
            yield refused(name, beyond(f"{len(cells):,} columns are more", "columns", "take some out"), number)
            return
        header = ["" if cell is None else str(cell).strip().lstrip("\ufeff") for cell in cells]
        yield Header(name, number, tuple(header))
        if twice := [column for column, times in Counter(header).items() if times > 1 and column]:
            listed = shorten(", ".join(twice))
            yield FileNote(name, f"line {number}: columns named twice ({listed}); the first that is filled is used")
    if header is not None and count == repeated:
        yield refused(name, "the table has a header but no rows", value=shorten(", ".join(header)))


def without_title(records: Iterable[Record | Reject]) -> tuple[list[Record], Iterator[Record | Reject]]:
    """The records of a table that stand above the names of its columns, and all others in order."""
    rest = iter(records)
    ahead = list(islice(rest, TOP))
    rows = [record for record in ahead if not isinstance(record, Reject)]
    above = rows[: row_of_names([cells for _, cells in rows])]
    return above, chain((record for record in ahead if record not in above), rest)


def _names(cells: Iterable[Any]) -> list[str]:
    """The filled cells of a row as names of columns are compared."""
    return [str(cell).strip().lstrip("\ufeff").casefold() for cell in _filled(cells)]


def _filled(cells: Iterable[Any]) -> list[Any]:
    return [cell for cell in cells if cell is not None and str(cell).strip()]


def _table_row(name: str, number: int, header: list[str], cells: list[Any]) -> Iterator[ReadItem]:
    values: dict[str, Any] = {}
    nameless: list[Any] = []
    for at, cell in enumerate(cells):
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            continue
        column = header[at] if at < len(header) else ""
        if isinstance(cell, str) and len(cell) > limit("cell_characters"):
            shown = WITHHELD if is_personal(column) else shorten(cell)
            reason = beyond(f"{len(cell):,} characters are longer", "cell_characters", "shorten it")
            yield Reject(name, number, None, shorten(column) or "(no name)", shown, reason)
        elif not column:
            nameless.append(cell)
        elif values.setdefault(column, cell) != cell:
            shown = WITHHELD if is_personal(column) else shorten(str(cell))
            reason = "the row has another value under the same name; the first is used; name each column once"
            yield Reject(name, number, None, shorten(column), shown, reason)
    if values:
        yield RawRow(name, number, values)
    if nameless:
        cure = "take out what stands above the row of names, or check the delimiter and the quotes"
        cells_stand = "1 cell stands" if len(nameless) == 1 else f"{len(nameless)} cells stand"
        reason = f"{cells_stand} under no column name; {cure}"
        shown = shorten("; ".join(map(str, nameless[:20])))
        yield Reject(name, number, None, "(no name)", shown, reason, left_out=not values)
