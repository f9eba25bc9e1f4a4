"""Where the sentences of a text begin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from linkage.intake.document.spans import inside
from linkage.intake.patterns import compiled

_ABBREVIATED = (
    r"(?<!\bapprox)(?<!\bmr)(?<!\bno)(?<!\bft)(?<!\byrs)(?<!\byr)(?<!\breg)(?<!\bposs)(?<!\bdr)"
    r"(?<!\best)(?<!\b[a-z])(?<!\bprob)(?<!\bmrs)(?<!\bms)(?<!\bins)(?<!\bst)"
)
_BREAK = compiled(
    rf"(?=[.!?\n])(?:{_ABBREVIATED}(?<!\d)(?!(?<=off)\.\s*\d)[.!?]+(?=\s|$|(?-i:[A-Z]))"
    r"|(?<=\d)[.!?]+(?=\s+[A-Za-z]|\s*$)|[!?\n])",
    re.I,
)


def sentence_starts(text: str, quotations: Sequence[tuple[int, int]]) -> list[int]:
    """The characters at which sentences begin, 0 first; a line's end ends one, a stop within a quotation does not."""
    starts = [0]
    for found in _BREAK.finditer(text):
        if inside(found.start(), quotations):
            continue
        if text[starts[-1] : found.end()].strip(" \t\n.!?"):
            starts.append(found.end())
        elif len(starts) > 1:  # nothing but the end of a line: the next sentence begins behind it
            starts[-1] = found.end()
    return starts
