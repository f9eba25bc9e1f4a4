"""Which row of a table holds the names of its columns, and what parts the names of one that is set apart by a sign
that is not read.

Spreadsheets often have a title above the names. The first rows are looked at: the names are those of which most are
understood as names of columns, where all rows above have fewer filled cells. Where that is not sure, it is the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from linkage.intake.readers.column_headings import Basis, own_field, understood

TOP = 20
"""Filled rows among which the names of columns are looked for [G]."""
_ACROSS = 50
"""Filled cells of a row that are looked at [G]: to understand one takes part of a millisecond."""
_LONGEST = 120
"""Characters of the longest name of a column [G]: a question of a form."""
_SURE = 2
"""Names that must be understood, so that a row surely holds names [G]: a title may look like one."""
_IN_NAMES = frozenset(" ,;\t|_.-/()[]&'’\"?!+*%£$€@=")
"""Signs that part no names: those that are read as parting cells, and those that stand within names."""


@lru_cache(maxsize=4096)
def is_name(cell: str) -> bool:
    """Whether a cell is understood as the name of a column, be it one that is asked about or refused."""
    words = cell.strip(' "\ufeff')
    if not 0 < len(words) <= _LONGEST or not any(map(str.isalpha, words)):
        return False
    (column,) = understood([words])
    return column.field is not None or column.basis in (Basis.ASKED, Basis.PERSONAL)


def row_of_names(rows: Sequence[Sequence[Any]]) -> int:
    """Place among the first rows of a table of that which holds the names; 0 where it is not sure."""
    best, most, widest = 0, 0, 0
    for at, row in enumerate(rows[:TOP]):
        filled = list(islice((cell for cell in row if cell is not None and str(cell).strip()), _ACROSS))
        known = sum(isinstance(cell, str) and is_name(cell) for cell in filled)
        sure = known >= _SURE and 2 * known >= len(filled)
        if sure and known > most and (at == 0 or len(filled) > widest):
            best, most = at, known
        if sure and at == 0 and 4 * known >= 3 * len(filled):
            return 0  # which is most tables, whose further rows need not be understood
        widest = max(widest, len(filled))
    return best


def other_delimiter(line: str) -> str | None:
    """The sign that parts several fields of a report by their names in a line, and is not read as one that parts
    cells; None where there is none."""
    for sign in dict.fromkeys(sign for sign in line if not sign.isalnum() and sign not in _IN_NAMES):
        parts = line.split(sign)
        known = sum(own_field(part.strip(' "\ufeff')) is not None for part in parts[:_ACROSS])
        if known >= _SURE and 2 * known >= min(len(parts), _ACROSS):
            return sign
    return None
