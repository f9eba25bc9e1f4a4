"""Cells of a CSV that a spreadsheet may open: a value that it would run as a formula is defused."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""First characters from which a spreadsheet may take a cell for a formula (OWASP, CSV injection)."""

BYTE_ORDER_MARK = "\ufeff"
"""Stands first in a CSV whose reader is a spreadsheet: without it Excel takes UTF-8 for a Windows code page."""


def defused(value: Any) -> str:
    """`value` as the text of a cell, with a leading apostrophe where it would be a formula; None is empty. Line ends
    are made `\\n`, which no reader takes for two."""
    words = "" if value is None else str(value)
    formula = words.startswith(FORMULA_STARTS)
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{words}" if formula else words


def as_before(cell: str) -> str:
    """The value that `defused` made a cell of, but for its line ends."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Any]], *, for_spreadsheet: bool = False) -> str:
    """A whole CSV of defused cells; `for_spreadsheet` puts a byte-order mark first."""
    text = io.StringIO(newline="")
    text.write(BYTE_ORDER_MARK if for_spreadsheet else "")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([defused(value) for value in row] for row in rows)
    return text.getvalue()
