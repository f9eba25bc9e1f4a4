"""What readers yield."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from linkage.intake.reject import Reject, beyond, refused


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as its file gives it: nested values under their own names, or names joined by a dot.

    `row` is the line or row in the file, from 1. `values` may hold None, text, numbers, truth values, dates, lists
    and nested tables; nothing about it has been checked. `made_id` tells that the reader made the `report_id` up from
    the file's name and the place in it.
    """

    file: str
    row: int
    values: dict[str, Any]
    made_id: bool = False


@dataclass(frozen=True, slots=True)
class FileNote:
    """Something a reader had to assume about a file, which the user should know; as text, one line with the file."""

    file: str
    note: str

    def __str__(self) -> str:
        return f"{self.file}: {self.note}"


@dataclass(frozen=True, slots=True)
class Header:
    """The names of a table's columns, as they stand in its first row; an empty one where there is none."""

    file: str
    row: int
    names: tuple[str, ...]


ReadItem = RawRow | Reject | FileNote | Header


def too_many_rows(file: str) -> Reject:
    """What is told of a file whose rows go on beyond the limit."""
    return refused(file, beyond("there are more rows", "rows", "split the file", "; the rest is left out"))
