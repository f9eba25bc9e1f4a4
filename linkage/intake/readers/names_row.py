"""Which row of a table holds the names of its columns, and what parts the names of one that is set apart by a sign
that is not read.

Spreadsheets often have a title above the names. The first rows are looked at: the names are those of which most are
understood as names of columns, where all rows above have fewer filled cells, or as many and one name at most. Where
that is not sure, it is the first.
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
_MANY = 4
"""Names that must be understood below a title of as many cells [G]: a row of words may hold three by chance."""
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
    return _sure_names(rows)[0]


def names_columns(rows: Sequence[Sequence[Any]]) -> bool:
    """Whether one of the first rows of a table surely holds names of columns."""
    return _sure_names(rows)[1] > 0


def widest(rows: Sequence[Sequence[Any]]) -> int:
    """Filled cells of the widest of the first rows of a table, as far as they are looked at."""
    return max((len(_filled(row)) for row in rows[:TOP]), default=0)


def _sure_names(rows: Sequence[Sequence[Any]]) -> tuple[int, int]:
    """Place of the row that holds the names, and how many of them are understood; zeros where it is not sure. What is
    said twice in a row, as a title above each column, counts once."""
    best, most, wide, above = 0, 0, 0, 0
    for at, row in enumerate(rows[:TOP]):
        filled = _filled(row)
        cells = {str(cell).strip().casefold(): cell for cell in filled}
        known = sum(isinstance(cell, str) and is_name(cell) for cell in cells.values())
        sure = known >= _SURE and 2 * known >= len(cells)
        beyond_doubt = sure and 4 * known >= 3 * len(cells)
        stands_out = len(filled) > wide or (beyond_doubt and known >= _MANY and above < _SURE and len(filled) == wide)
        if sure and known > most and (at == 0 or stands_out):
            best, most = at, known
        if at == 0 and beyond_doubt:
            return 0, known  # which is most tables, whose further rows need not be understood
        wide, above = max(wide, len(filled)), max(above, known)
    return best, most


def _filled(row: Sequence[Any]) -> list[Any]:
    return list(islice((cell for cell in row if cell is not None and str(cell).strip()), _ACROSS))


def other_delimiter(line: str) -> str | None:
    """The sign that parts several fields of a report by their names in a line, and is not read as one that parts
    cells; None where there is none."""
    for sign in dict.fromkeys(sign for sign in line if not sign.isalnum() and sign not in _IN_NAMES):
        parts = line.split(sign)
        known = sum(own_field(part.strip(' "\ufeff')) is not None for part in parts[:_ACROSS])
        if known >= _SURE and 2 * known >= min(len(parts), _ACROSS):
            return sign
    return None
