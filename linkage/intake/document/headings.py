"""Headings of a form or a note: "Victim:", "Description of offender -", and how far the words below each reach."""

from __future__ import annotations

import re
from typing import NamedTuple

from linkage.intake.patterns import compiled

_HEADING = compiled(
    r"(?:^|\n|(?<=[.;!?|]\s))[ \t]*+(?:[*•-]++[ \t]*+)?(?:[Qq]?\d{1,2}[.)]?[ \t]++)?"
    r"(?P<words>[A-Za-z][A-Za-z '/’()]{1,44}?(?:\s?[1-6A-F])?)"
    r"[ \t]*(?:[:–—?|=]|\.{4,})(?=\s)",
    re.M,
)
_SIGN = compiled(r"(?:[:–—?|=]|\.{4})(?=\s)")
"""What ends a heading: sought first, for few texts hold one."""
_BLANK = compiled(r"\n[ \t]*\n")


class Section(NamedTuple):
    """The characters [start, end) that stand under a heading, and the heading in lower case."""

    start: int
    end: int
    heading: str


def sections(text: str) -> list[Section]:
    """The parts of a text under headings, in order; empty when it has none. A blank line ends one."""
    found = list(_HEADING.finditer(text)) if _SIGN.search(text) else []
    made: list[Section] = []
    for at, heading in enumerate(found):
        end = found[at + 1].start("words") if at + 1 < len(found) else len(text)
        blank = _BLANK.search(text, heading.end(), end)
        words = " ".join(heading["words"].lower().replace("’", "'").split())
        made.append(Section(heading.start("words"), blank.start() if blank else end, words))
    return made
