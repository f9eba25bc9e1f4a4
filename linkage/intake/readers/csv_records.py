"""Text of a CSV file -> its records, whatever quotes are left open in it.

A quote that is not closed would swallow what follows in one cell. It shows by one of three signs: the file ends
within it, the cell or the record grows beyond what is read of one, or, where a later cell's quote closes it, other
words stand right behind that quote. Its line is then read as it stands, the lines behind it as records of their own,
and the line where the quote opened is told. Where the line then has another number of cells than any record before, a
quote tore it: it is refused whole, and so are the lines behind it until one fits again.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any, Literal

from linkage.intake.limits import how_to_raise, limit
from linkage.intake.reject import Reject, withhold

Record = tuple[int, list[Any]]
"""Number of a record's first line in the file, from 1, and its cells."""

_UNCLOSED = 20
"""Quotes left open after which the rest of a file is read without quotes [G]: each may cost one cell's limit."""
_ANY_LENGTH = 2**31 - 1
_ENDS = "unexpected end of data"


class _TooLongError(Exception):
    """The line or the record at hand is longer than is read of one."""


class _Lines:
    """The lines of a text, one after the other, each with its end; `number` is that of the last one given."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.number = self._at = self._start = 0
        self._before = 0
        self._most = limit("line_characters")

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        start = self._at
        if start >= len(self.text):
            raise StopIteration
        end = self.text.find("\n", start)
        self._at = end + 1 if end >= 0 else len(self.text)
        self.number += 1
        if self._at - self._start > self._most:
            raise _TooLongError
        line = self.text[start : self._at]
        return line if end >= 0 else line + "\n"

    def begin(self) -> None:
        """A record begins behind the last line."""
        self._start, self._before = self._at, self.number

    @property
    def several(self) -> bool:
        """Whether the record has taken more than one line."""
        return self.number > self._before + 1

    def taken(self) -> str:
        """What the record has taken."""
        return self.text[self._start : self._at]

    def first(self) -> str:
        """The first line of the record without its end; the lines behind it are to come again."""
        end = self.text.find("\n", self._start)
        end = end if end >= 0 else len(self.text)
        self._at, self.number = end + 1, self._before + 1
        return self.text[self._start : end]


class _Widths:
    """Numbers of cells of a file's records, which tell a record that a quote tore."""

    def __init__(self) -> None:
        self._usual = set[int]()
        self._behind = False

    def tore(self, cells: list[Any], quote: bool) -> bool:
        """Whether a record is no row; `quote`: one stands in it where none may. What stands behind such a record and
        does not fit, or begins with a cell that a quote stands in, is the rest of it."""
        fits = not self._usual or len(cells) in self._usual
        if (quote or self._behind) and not (fits and not (self._behind and '"' in str(cells[0]))):
            self._behind = True
            return True
        if not (quote or self._behind):
            self._usual.add(len(cells))
        self._behind = quote
        return False


def csv_records(name: str, text: str, delimiter: str) -> Iterator[Record | Reject]:
    """The records of a CSV text that hold anything, in order, with what is told of quotes and lines among them."""
    csv.field_size_limit(limit("cell_characters"))
    lines = _Lines(text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", ""))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    unclosed = within = 0
    widths = _Widths()
    while True:
        lines.begin()
        first, misread = lines.number + 1, False
        told: Reject | None = None
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _TooLongError) as error:
            if lines.several or str(error) == _ENDS:
                unclosed, misread = unclosed + 1, True
                told = _left_open(name, first, lines.taken(), unclosed == _UNCLOSED)
                cells = _read_alone(lines.first(), delimiter, csv.QUOTE_NONE)
            elif isinstance(error, _TooLongError):
                told, cells = _long_line(name, first, len(lines.taken())), []
            else:
                within, misread = within + 1, True
                if within <= _UNCLOSED and "expected after" in str(error):
                    told = _quote_within(name, first, within == _UNCLOSED)
                cells = _read_alone(lines.first(), delimiter, csv.QUOTE_MINIMAL)
            quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if unclosed < _UNCLOSED else csv.QUOTE_NONE
            reader = csv.reader(lines, delimiter=delimiter, strict=True, quoting=quoting)
        holds = any(map(str.strip, cells)) and not (first == 1 and cells[0].lower().startswith("sep="))
        torn = holds and widths.tore(cells, misread)
        if told is not None and not (torn and unclosed != _UNCLOSED):
            yield told
        if holds:
            yield _torn(name, first, lines.taken()) if torn else (first, cells)


def _read_alone(line: str, delimiter: str, quoting: Literal[0, 3]) -> list[Any]:
    """Cells of one line, however long one is and whatever stands behind a quote."""
    csv.field_size_limit(_ANY_LENGTH)
    try:
        return next(csv.reader([line], delimiter=delimiter, quoting=quoting), [])
    finally:
        csv.field_size_limit(limit("cell_characters"))


def _left_open(name: str, first: int, taken: str, last: bool) -> Reject:
    lines = taken.splitlines() or [""]
    opened, is_open = 0, False
    for at, line in enumerate(lines[:-1]):
        if line.count('"') % 2:
            opened, is_open = (opened, False) if is_open else (at, True)
    goes_on = "all that follows is read without quotes" if last else "those behind it are read as rows of their own"
    cure = how_to_raise("cell_characters", "close the quote, write quotes within a cell twice,")
    reason = (
        "a quote opens in this line that is not closed at the end of a cell of at most "
        f"{limit('cell_characters'):,} characters; the line is read as it stands and {goes_on}; {cure}"
    )
    return Reject(name, first + opened, None, "(row)", "", reason)


def _quote_within(name: str, number: int, last: bool) -> Reject:
    more = "; further lines like it are not told" if last else ""
    reason = (
        "a quote stands within a quoted cell; the line is read as far as it goes, and if the cell goes on behind it, "
        f"what follows is read as rows of their own; write quotes within a cell twice{more}"
    )
    return Reject(name, number, None, "(row)", "", reason)


def _torn(name: str, number: int, taken: str) -> Reject:
    reason = (
        "a quote within a quoted cell of this line, or of one before it, tears the row: its cells are not those of "
        "the rows before, and it is left out; close the quote, write quotes within a cell twice"
    )
    return Reject(name, number, None, "", withhold(taken), reason)


def _long_line(name: str, number: int, length: int) -> Reject:
    most, cure = limit("line_characters"), how_to_raise("line_characters", "shorten it")
    reason = f"the line has {length:,} characters, more than the limit of {most:,}, and is left out; {cure}"
    return Reject(name, number, None, "", "", reason)
