"""Whose words are whose, in many registers: a table of marked texts."""

from __future__ import annotations

import re
from pathlib import Path

from linkage.intake.whose import Whose
from tests.rows import each_row

TABLE = Path(__file__).parent / "texts" / "owners.txt"
_MARK = re.compile(r"\[(?P<words>[^\]]+)\](?P<owners>\d+)|<(?P<vehicle>[^>]+)>(?P<used>[01])")


def rows() -> list[str]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [line.replace("\\n", "\n") for line in lines if line.strip() and not line.startswith("#")]


def read_marks(marked: str) -> tuple[str, list[tuple[int, int, str, bool]]]:
    """The text without its marks, and what stood in them: start, end, whose, whether it is a vehicle."""
    text, told, at = "", [], 0
    for found in _MARK.finditer(marked):
        text += marked[at : found.start()]
        words = found["words"] or found["vehicle"]
        told.append(
            (len(text), len(text) + len(words), found["owners"] or found["used"], found["vehicle"] is not None)
        )
        text += words
        at = found.end()
    return text + marked[at:], told


@each_row("marked", rows())
def test_words_belong_to_whom_the_text_ties_them(marked: str) -> None:
    text, told = read_marks(marked)
    whose = Whose.read(text)
    expected, got = [], []
    for start, end, owners, is_vehicle in told:
        words = text[start:end]
        expected.append((words, owners))
        if is_vehicle:
            got.append((words, str(int(whose.vehicle(start, end)))))
        else:
            got.append((words, "".join(str(i + 1) for i in sorted(whose.person(start, end))) or "0"))
    assert got == expected


def test_the_table_is_large_and_holds_others() -> None:
    marks = [found for row in rows() for found in _MARK.finditer(row)]
    assert len(rows()) >= 120
    assert sum((found["owners"] or found["used"]) == "0" for found in marks) >= 150
