"""Where the sentences of a text begin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from linkage.intake.facts.stretches import inside
from linkage.intake.patterns import compiled

_ABBREVIATED = (
    r"(?<!\bapprox)(?<!\bmr)(?<!\bno)(?<!\bft)(?<!\byrs)(?<!\byr)(?<!\breg)(?<!\bposs)(?<!\bdr)"
    r"(?<!\best)(?<!\b[a-z])(?<!\bprob)(?<!\bmrs)(?<!\bms)(?<!\bins)(?<!\bst)"
)
_BREAK = compiled(
    rf"(?=[.!?\n])(?:{_ABBREVIATED}(?<!\d)(?!(?<=off)\.\s*\d)[.!?]+(?=\s|$|[A-Z])"
    r"|(?<=\d)[.!?]+(?=\s+[A-Za-z]|\s*$)|[!?\n])",
    re.I,
)


def sentence_starts(text: str, quotations: Sequence[tuple[int, int]]) -> list[int]:
    """The characters at which sentences begin, 0 first; a line's end ends one, a stop within a quotation does not."""
    return [0, *(found.end() for found in _BREAK.finditer(text) if not inside(found.start(), quotations))]
