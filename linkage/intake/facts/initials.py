"""Initials for ethnicity and sex at the head of a description: "WM, 35-40", "BF 20s". Written in capitals."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from linkage.intake.patterns import compiled

_ETHNICITIES = {"W": "white", "B": "black", "A": "asian"}
_SEXES = {"M": "male", "F": "female"}
_INITIALS = compiled(
    r"(?P<first>[WBA])(?P<last>[MF])(?<![\w.:/'-]..)(?<!\d ..)(?![\w/'-])"
    r"(?=[\s,;:.]+(?:aged?\b|abt\b|approx|about|c\.|early|mid|late|\d\d\s?(?:[-,/+;.]|to\b|yrs?|y/?o|years?|"
    r"'?s\b|ish)|\d\s?(?:ft|')|"
    r"tall|short|slim|med\b|medium|stocky|fat|thin|heavy|bald|hair|local|scruffy|skinny|ginger|blonde?|beard))",
)
"""What may not stand before is asked behind the letters: two capitals are seldom met, the start of a word often."""


_IN_BRACKETS = compiled(
    r"\b(?P<sex>[Mm]ale|[Ff]emale|[Mm]an|[Ww]oman|MALE|FEMALE|M|F|[Ll]ad|[Bb]loke)(?:\s*#?\d)?\s*\((?P<first>[WwBb])(?=\s*[,/;])"
)
"""A letter at the head of a description in brackets: "Male 1 (w, bald, 5-11)"."""


class Initials(NamedTuple):
    """An ethnicity and a sex, with the character spans of their letters."""

    ethnicity: str
    first: tuple[int, int]
    sex: str
    last: tuple[int, int]


@lru_cache(maxsize=64)
def initials(text: str) -> tuple[Initials, ...]:
    """Each pair of initials in `text` behind which a description goes on; "AM" as a time of day is none."""
    return tuple(
        Initials(_ETHNICITIES[said["first"]], said.span("first"), _SEXES[said["last"]], said.span("last"))
        for said in _INITIALS.finditer(text)
    )


def in_brackets(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Ethnicities told by one letter at the head of a description in brackets, with the span of the letter."""
    if "(" not in text:
        return []
    return [(_ETHNICITIES[said["first"].upper()], said.span("first")) for said in _IN_BRACKETS.finditer(text)]
