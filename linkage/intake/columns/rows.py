"""Rows of a file under the fields that their columns are read as; rows of a table without a number get one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from hashlib import blake2b
from pathlib import PurePath
from typing import Any

from linkage.intake.columns.heading import own_field
from linkage.intake.columns.understanding import Basis, Column, understood
from linkage.intake.fields import NotUsableError, as_text
from linkage.intake.names import fold_name
from linkage.intake.readers import Header, RawRow, ReadItem
from linkage.intake.reject import WITHHELD, Reject, shorten
from linkage.intake.unknown import is_unknown

Understand = Callable[[Sequence[str]], list[Column]]
"""Headings of a file -> how each is read."""

_JOINED = {"narrative": "\n\n", "place.text": ", ", "suspects.1.words": "; ", "vehicles.1.words": "; "}
"""Fields that several columns may tell a part of, and what stands between the parts."""
_LISTS = ("offences", "weapons", "speech", "behaviours.present", "behaviours.absent", "suspects.1.marks")
_NAMED = (*_LISTS, "suspects.1.words", "vehicles.1.words")
"""Fields of words, in which a form's plain no says nothing, and a plain yes not which."""
_NO, _YES = ("no", "No", "NO", "n", "N", "nothing", "Nothing"), ("yes", "Yes", "YES", "y", "Y")
_TIMES = {"occurred.time": "occurred.from", "occurred.time_to": "occurred.to"}
_WITHHELD = (Basis.PERSONAL, Basis.ASKED)
_TORN = "a quote "
"""Beginning of what is told of a line whose quotes are torn."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a file gave once its columns were understood: how each was read, its rows and refusals, the numbers that
    were made for rows without one, and whether it is a table."""

    columns: list[Column]
    items: list[ReadItem]
    numbered: list[str] = field(default_factory=list)
    table: bool = False


def columns_of(items: Iterable[ReadItem]) -> list[str]:
    """The headings of a file: those of its table, else every name of its rows, each once."""
    names: dict[str, None] = {}
    for item in items:
        if isinstance(item, Header):
            names |= dict.fromkeys(item.names)
        elif isinstance(item, RawRow):
            names |= dict.fromkeys(name for name, value in item.values.items() if not _nested(value))
    return [name for name in names if name]


def mapped(items: Sequence[ReadItem], understand: Understand = understood) -> Mapped:
    """The rows of one file under the fields that their columns are read as.

    A column that is not read and may hold somebody's details is refused row by row with its value withheld; any other
    is left as it stands, for the reader of rows to tell. Rows of a table that have no number are numbered by their
    content, so that the same row has the same number whenever it is read and wherever it stands.
    """
    headings = columns_of(items)
    columns = understand(headings)
    table = any(isinstance(item, Header) for item in items)
    torn = any(isinstance(item, Reject) and item.reason.startswith(_TORN) for item in items)
    has_id = any(column.field == "report_id" for column in columns)
    renaming = _Renaming({column.heading: column for column in columns}, table)
    found: list[ReadItem] = []
    numbered: dict[str, int] = {}
    for item in items:
        if isinstance(item, Header):
            continue
        if not isinstance(item, RawRow):
            found.append(item)
            continue
        row, refused = renaming.row(item)
        if table and not (torn and has_id) and renaming.tells(row):
            row = _numbered(item, row, numbered)
        found += [*refused(row.values.get("report_id")), row]
    return Mapped(columns, found, list(numbered), table)


class _Renaming:
    """Renames the values of rows. `table` orders them by field, so that the order of the columns does not count."""

    def __init__(self, columns: Mapping[str, Column], table: bool) -> None:
        self._columns = columns
        self._table = table
        fields = Counter(one.field for one in columns.values())
        alone = {name for name, one in columns.items() if fields[one.field] == 1 and one.field not in _TIMES}
        self._plain = {name for name in alone if columns[name].basis is Basis.NAME}
        self._plain |= {name for name, one in columns.items() if one.basis is Basis.UNREAD}

    def tells(self, row: RawRow) -> bool:
        """Whether a row without a number tells anything: a value under a field of a report."""
        known = any(own_field(name) for name in row.values)
        return known and not any(own_field(name) == "report_id" for name in row.values)

    def row(self, row: RawRow) -> tuple[RawRow, Callable[[Any], list[Reject]]]:
        """The row under its fields, and what of it is refused, once its number is known."""
        if not self._table and all(name in self._plain or _nested(value) for name, value in row.values.items()):
            return row, lambda _: []
        given: dict[str, list[tuple[str, Any]]] = {}
        refused: list[tuple[str, str, str]] = []
        for heading, value in row.values.items():
            column = self._columns.get(heading)
            if column is None or column.basis is Basis.UNREAD or _nested(value):
                given.setdefault(heading, []).append((heading, value))
            elif column.field is not None:
                name = heading if column.basis is Basis.NAME and not _joins(column.field) else column.field
                given.setdefault(name, []).append((heading, value))
            elif column.basis in _WITHHELD and not is_unknown(value):
                refused.append((heading, WITHHELD, column.why))
        values = _put_together(given, refused, self._table)

        def told(report_id: Any) -> list[Reject]:
            """What is refused of the row, under its number."""
            own = None if report_id is None else shorten(report_id)
            return [Reject(row.file, row.row, own, shorten(name), value, why) for name, value, why in refused]

        return replace(row, values=values), told


def _nested(value: Any) -> bool:
    """Whether a value is a table of its own, which no column of a spreadsheet is."""
    return isinstance(value, Mapping) or (isinstance(value, list) and any(isinstance(one, Mapping) for one in value))


def _joins(name: str | None) -> bool:
    """Whether values of a field are put together from several columns."""
    return name in _JOINED or name in _LISTS or name in _TIMES or name in _TIMES.values()


def _put_together(
    given: Mapping[str, list[tuple[str, Any]]], refused: list[tuple[str, str, str]], table: bool
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    count = 0
    for name in sorted(given) if table else given:
        parts = sorted(given[name], key=lambda part: fold_name(part[0])) if table else given[name]
        kind = name.partition("identifiers.")[2]
        if kind in ("phone", "email", "username", "website", "other"):
            for _, value in parts:
                count += 1
                values[f"identifiers.{count + 100}.kind"] = kind
                values[f"identifiers.{count + 100}.value"] = value
        elif name not in _TIMES:
            values[name] = _one_of(name, parts, refused)
    for name, whole in _TIMES.items():
        if name in given:
            values[whole] = _with_time(values.get(whole), given[name][0][1])
    return {name: value for name, value in values.items() if value is not None}


def _one_of(name: str, parts: list[tuple[str, Any]], refused: list[tuple[str, str, str]]) -> Any:
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
    between = _JOINED.get(name, "; " if name in _LISTS else None)
    if between is not None:
        return between.join(dict.fromkeys(str(_plain(value)) for _, value in known))
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
    if isinstance(day, datetime) or (isinstance(day, date) and not isinstance(day, datetime)):
        day = day.strftime("%Y-%m-%d")
    return f"{_plain(day)}, {words}" if day is not None and not is_unknown(day) else words


def _plain(value: Any) -> str | None:
    try:
        return as_text(value)
    except NotUsableError:
        return str(value)


def _numbered(item: RawRow, row: RawRow, seen: dict[str, int]) -> RawRow:
    """A row with the number that its content gives it; a second row with the same content gets the same number."""
    told = sorted((fold_name(name), str(_plain(value))) for name, value in item.values.items())
    mark = blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
    number = f"{PurePath(item.file).stem or 'table'}-r{mark}"
    seen[number] = item.row
    return replace(row, values={"report_id": number, **row.values})
