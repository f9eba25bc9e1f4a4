"""How the columns of a file were read, in words: a line each, and lines of their own for consent and for numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from linkage.intake.readers.column_headings import Basis, Column, headings
from linkage.intake.readers.column_names import fold_name
from linkage.intake.reject import Reject, shorten

_ALLOWED = {"consent.police": "police", "consent.alert": "alerts", "consent.scas": "SCAS"}


def worth_telling(columns: Sequence[Column], table: bool) -> bool:
    """Whether there is anything to tell of columns: always of a table's, else where one is not under a known name."""
    return bool(columns) and (table or any(column.basis is not Basis.NAME for column in columns))


def plain(columns: Iterable[Column]) -> list[Column]:
    """Columns that bear the very names of the format."""
    return [one for one in columns if one.basis is Basis.NAME and fold_name(one.heading) == one.field]


def read_as(column: Column) -> str:
    """What one column was read as, or why not."""
    if column.field is None:
        return column.why if column.why.startswith(("not read", "refused", "left out")) else f"not read: {column.why}"
    name = headings()["offered"].get(column.field)
    label = f"{column.field}{f' ({name})' if name else ''}"
    return f"{label}, {column.basis.value}" if column.basis in (Basis.GIVEN, Basis.SAVED) else label


def consent_lines(file: str, columns: Sequence[Column], table: bool, rejects: Sequence[Reject] = ()) -> list[str]:
    """What is to be said of consent: each column about it that was not read, who may be told at all, and how many
    answers were no plain yes or no."""
    lost = [one for one in columns if one.consent and one.field is None]
    lines = [f"Consent was not read from “{shorten(one.heading)}”: {one.why}" for one in lost]
    known = [words for field, words in _ALLOWED.items() if any(one.field == field for one in columns)]
    closed = [words for words in _ALLOWED.values() if words not in known]
    if table and not known:
        lines.append(f"No column of {file} says who may be told: its reports stay closed to {_listed(closed)}.")
    elif table:
        rest = f"; to {_listed(closed)} the reports stay closed" if closed else ""
        lines.append(f"Consent is read for {_listed(known)}{rest}.")
    unclear = sum(one.field in _ALLOWED for one in rejects)
    if unclear:
        answers = "1 answer about consent was" if unclear == 1 else f"{unclear:,} answers about consent were"
        lines.append(f"{answers} neither a plain yes nor a plain no: closed.")
    return lines


def numbered_line(numbers: Sequence[str]) -> str:
    """What is told of rows that had no number; empty where all had one."""
    if not numbers:
        return ""
    rows = "1 row without a number was" if len(numbers) == 1 else f"{len(numbers):,} rows without a number were"
    return (
        f"{rows} numbered by what stands in it ({numbers[0]}{' and so on' if len(numbers) > 1 else ''}): the same "
        "row keeps its number, an edited one is another report."
    )


def to_answer(columns: Sequence[Column]) -> list[str]:
    """A mapping for each column that is asked about, as it would be if it were the reported person's or the
    incident's; consent is never proposed."""
    return [f"{one.heading}={one.proposed}" for one in columns if one.proposed]


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
