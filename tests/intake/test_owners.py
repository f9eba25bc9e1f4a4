"""Whose words are whose, in many registers: the share of a table of marked texts that is judged right.

The table also teaches the judge (`benchmarks/learn_judge.py`), so these are no figures of texts not seen: they notice
that something broke.
"""

from __future__ import annotations

import re
from pathlib import Path

from linkage.intake.document.document import read_document
from linkage.intake.finding import SURE
from linkage.intake.judge.people import find_facts, reported_people

TABLE = Path(__file__).parent / "texts" / "owners.txt"
_MARK = re.compile(r"\[(?P<words>[^\]]+)\](?P<owners>\d+)|<(?P<vehicle>[^>]+)>(?P<used>[01])")
LEAST_RIGHT = 0.91
"""Share of the marked facts that are given to a reported person exactly where they are one's."""


def rows() -> list[str]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [line.replace("\\n", "\n") for line in lines if line.strip() and not line.startswith("#")]


def read_marks(marked: str) -> tuple[str, list[tuple[int, int, bool]]]:
    """The text without its marks, and the start and end of marked words with whether they are a reported person's."""
    text, told, at = "", [], 0
    for found in _MARK.finditer(marked):
        text += marked[at : found.start()]
        words = found["words"] or found["vehicle"]
        if found["words"]:
            told.append((len(text), len(text) + len(words), found["owners"] != "0"))
        text += words
        at = found.end()
    return text + marked[at:], told


def test_most_marked_facts_go_where_the_table_puts_them() -> None:
    right = total = 0
    for marked in rows():
        text, marks = read_marks(marked)
        found = sorted(find_facts(text), key=lambda one: (one.start, one.end))
        found = [one for one in found if one.confidence >= SURE and not one.negated]
        given = {(f.start, f.end) for one in reported_people(read_document(text), found) for f in one.facts}
        for one in found:
            his = next((own for start, end, own in marks if one.start < end and one.end > start), None)
            if his is not None:
                total += 1
                right += ((one.start, one.end) in given) == his
    assert total > 2000
    assert right / total >= LEAST_RIGHT
