"""Rows of a file under the fields that their columns are read as; rows of a table without a number get one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from hashlib import blake2b
from pathlib import PurePath
from typing import Any

from linkage.intake.fields.plain_row import PLAIN_WORDS, NotUsableError, as_text, is_unknown
from linkage.intake.readers import Header, RawRow, ReadItem
from linkage.intake.readers.column_headings import KINDS, TIMES, Basis, Column, headings, own_field, understood
from linkage.intake.readers.column_names import fold_name
from linkage.intake.reject import WITHHELD, Reject, refused, shorten, withhold

Understand = Callable[[Sequence[str]], list[Column]]
"""Headings of a file -> how each is read."""

_NO, _YES = ("no", "No", "NO", "n", "N", "nothing", "Nothing"), ("yes", "Yes", "YES", "y", "Y")
_NAMED: Sequence[str] = headings()["joined"]["named"]
_JOINED: dict[str, str] = headings()["joined"]["between"] | dict.fromkeys(_NAMED, "; ")
"""Fields that several columns may tell a part of, and what stands between the parts."""
_PIECEWISE = {*_JOINED, *TIMES, *TIMES.values()}
"""Fields whose values are put together from several columns."""
SPREADSHEET_ERROR = "the cell holds a spreadsheet error; mend the formula"
_ERRORS = frozenset(PLAIN_WORDS["spreadsheet_error"])
_TORN = "a quote "
"""Beginning of what is told of a line whose quotes are torn."""
_NO_NAMES = (
    "no column is understood by the first row, which should hold their names; where it is data, write names above "
    "it, for example report_id, date, place, narrative; else say how columns are read, as --map 'HEADING=FIELD'"
)
_Refused = list[tuple[str, str, str]]
"""Heading, value as it may be repeated, and why."""


def columns_of(items: Iterable[ReadItem]) -> list[str]:
    """The headings of a file: those of its table, else every name of its rows, each once."""
    names: dict[str, None] = {}
    for item in items:
        if isinstance(item, Header):
            names |= dict.fromkeys(item.names)
        elif isinstance(item, RawRow):
            names |= dict.fromkeys(name for name, value in item.values.items() if not _nested(value))
    return [name for name in names if name]


def mapped(
    items: Sequence[ReadItem], understand: Understand = understood
) -> tuple[list[Column], list[ReadItem], list[str]]:
    """How each column of a file was read, its rows under the fields that their columns are read as, with what is told
    of it, and the numbers that were made for rows without one.

    A column that is not read and may hold somebody's details is refused row by row with its value withheld; any other
    is left as it stands, for the reader of rows to tell. Rows of a table that have no number are numbered by their
    content, so that the same row has the same number whenever it is read and wherever it stands.
    """
    columns = understand(columns_of(items))
    header = next((item for item in items if isinstance(item, Header)), None)
    table = header is not None
    if header and not any(column.field or column.basis is Basis.ASKED for column in columns):
        return columns, _without_names(header, items), []
    torn = any(isinstance(item, Reject) and item.reason.startswith(_TORN) for item in items)
    unnumbered = table and not (torn and any(column.field == "report_id" for column in columns))
    by_heading = {column.heading: column for column in columns}
    plain = frozenset() if table else _plain_names(columns)
    found: list[ReadItem] = []
    numbered: dict[str, None] = {}
    for item in items:
        if not isinstance(item, RawRow):
            found += [] if isinstance(item, Header) else [item]
            continue
        unread: _Refused = []
        row = replace(item, values=_renamed(item.values, by_heading, plain, unread, table))
        fields = {own_field(name) for name in row.values} if unnumbered else set()
        if "report_id" not in fields and fields - {None}:
            row = _numbered(item, row)
            numbered[row.values["report_id"]] = None
        number = row.values.get("report_id")
        own = None if number is None else shorten(number)
        found += [Reject(row.file, row.row, own, shorten(name), value, why) for name, value, why in unread]
        found.append(row)
    return columns, found, list(numbered)


def _without_names(header: Header, items: Sequence[ReadItem]) -> list[ReadItem]:
    """What is told of a table whose columns have no names: one refusal in place of its rows, of which none can be
    read, and of all that is told of them."""
    told: list[ReadItem] = [item for item in items if not isinstance(item, RawRow | Header) and not _of_row(item)]
    if any(isinstance(item, RawRow) or _of_row(item) for item in items):
        told.append(refused(header.file, _NO_NAMES, header.row, withhold(", ".join(header.names))))
    return told


def _of_row(item: ReadItem) -> bool:
    return isinstance(item, Reject) and item.row is not None


def _plain_names(columns: Sequence[Column]) -> frozenset[str]:
    """Headings whose values stay as they stand."""
    times = Counter(one.field for one in columns)
    alone = {field for field, count in times.items() if count == 1 and field not in TIMES}
    named = (one for one in columns if one.basis is Basis.UNREAD or (one.basis is Basis.NAME and one.field in alone))
    return frozenset(one.heading for one in named)


def _renamed(
    row: dict[str, Any], columns: Mapping[str, Column], plain: Collection[str], refused: _Refused, table: bool
) -> dict[str, Any]:
    """The values of a row under their fields; those of a `table` in the order of the fields, so that the order of the
    columns does not count."""
    if not table and all(name in plain or _nested(value) for name, value in row.items()):
        return row
    given: dict[str, list[tuple[str, Any]]] = {}
    for heading, value in row.items():
        column = columns.get(heading)
        if column is None or column.basis is Basis.UNREAD or _nested(value):
            given.setdefault(heading, []).append((heading, value))
        elif table and column.field is not None and is_spreadsheet_error(value):
            refused.append((heading, value, SPREADSHEET_ERROR))
        elif table and column.field == "report_id" and is_unknown(value):
            continue  # "n/a" is no number: such a row is numbered as one without
        elif column.field is not None:
            own = column.basis is Basis.NAME and column.field not in _PIECEWISE
            given.setdefault(heading if own else column.field, []).append((heading, value))
        elif column.basis in (Basis.PERSONAL, Basis.ASKED) and not is_unknown(value):
            refused.append((heading, WITHHELD, column.why))
    return _put_together(given, refused, table)


def _nested(value: Any) -> bool:
    """Whether a value is a table of its own, which no column of a spreadsheet is."""
    return isinstance(value, Mapping) or (isinstance(value, list) and any(isinstance(one, Mapping) for one in value))


def is_spreadsheet_error(cell: Any) -> bool:
    """Whether a cell holds what a spreadsheet writes in place of a value that it cannot calculate ("#REF!")."""
    return isinstance(cell, str) and len(cell) < 20 and cell.strip().lower() in _ERRORS


def _put_together(given: Mapping[str, list[tuple[str, Any]]], refused: _Refused, table: bool) -> dict[str, Any]:
    values: dict[str, Any] = {}
    count = 0
    for name in sorted(given) if table else given:
        parts = sorted(given[name], key=lambda part: fold_name(part[0])) if table else given[name]
        kind = name.partition("identifiers.")[2]
        if kind in KINDS:
            for _, value in parts:
                count += 1
                values[f"identifiers.{count + 100}.kind"] = kind
                values[f"identifiers.{count + 100}.value"] = value
        elif name not in TIMES:
            values[name] = _one_of(name, parts, refused)
    for name, whole in TIMES.items():
        if name in given:
            values[whole] = _with_time(values.get(whole), given[name][0][1])
    return {name: value for name, value in values.items() if value is not None}


def _one_of(name: str, parts: list[tuple[str, Any]], refused: _Refused) -> Any:
    """The value of a field that one or several columns give."""
    known = [(heading, value) for heading, value in parts if not is_unknown(value)]
    if name in _NAMED:
        known = [(heading, value) for heading, value in known if _plain(value) not in (None, *_NO)]
        for heading, value in [one for one in known if _plain(one[1]) in _YES]:
            known.remove((heading, value))
            refused.append((heading, shorten(value), "says that there was one, not which; write it in words"))
        if not known:
            return None
    if len(known) < 2:
        return known[0][1] if known else parts[0][1]
    if name in _JOINED:
        return _JOINED[name].join(dict.fromkeys(str(_plain(value)) for _, value in known))
    first = known[0][1]
    for heading, value in known[1:]:
        if value != first:
            why = f"read as {name}, as “{shorten(known[0][0])}” is, which is used; map one of them to ignore"
            refused.append((heading, WITHHELD, why))
    return first


def _with_time(day: Any, clock: Any) -> Any:
    """A day and a time of day as words of one date and time."""
    words = clock.strftime("%H:%M") if isinstance(clock, time | datetime) else _plain(clock)
    if words is None or is_unknown(clock):
        return day
    if isinstance(words, str) and words.isdigit() and len(words) in (3, 4):
        words = words.zfill(4)
    if isinstance(day, date):
        day = day.strftime("%Y-%m-%d")
    return f"{_plain(day)}, {words}" if day is not None and not is_unknown(day) else words


def _plain(value: Any) -> str | None:
    try:
        return as_text(value)
    except NotUsableError:
        return str(value)


def _numbered(item: RawRow, row: RawRow) -> RawRow:
    """A row with the number that its content gives it; a second row with the same content gets the same number."""
    told = sorted((fold_name(name), str(_plain(value))) for name, value in item.values.items())
    mark = blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
    return replace(row, values={"report_id": f"{PurePath(item.file).stem or 'table'}-r{mark}", **row.values})
