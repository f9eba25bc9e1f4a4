"""Lengths in feet and inches, metres and centimetres, as people write them, in whole centimetres."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from linkage.intake.patterns import compiled
from linkage.intake.quantities.numbers import SMALL_WORD, TWO_DIGIT_WORD, UNIT_WORD, number

CM_PER_INCH = 2.54
LOWEST_CM, HIGHEST_CM = 120, 229
"""[G] Outside, a number is not the height of a reported person."""
_INCHES = rf"(?:(?P<half>(?:a\s+)?half\b)|(?P<inch>1[01]|\d(?!\d)|{SMALL_WORD}\b)(?P<frac>\.5|\s*(?:½|1/2))?)"
_INCH_MARK = r"(?:\s*(?:\"|''|inch(?:es)?\b|ins?\b\.?))?"
_NOT_FEET = (
    r"(?!-(?:feet|foot|ft)|\s*(?:'(?!')|ft(?![a-z])|f\b|foot|feet|\d|:"
    r"|(?:min|year|yr|hour|am|pm|men|people|cm|stone)\w*\b))"
)
_INCH_RANGE = rf"(?:\s*(?:-|to|or|/)\s*(?P<inch2>1[01]|\d(?!\d)|{SMALL_WORD}\b)(?!\.\d){_NOT_FEET}{_INCH_MARK})?"
_FEET = (
    rf"(?P<feet>[3-7]|{UNIT_WORD})(?P<halffeet>\s*(?:and\s+)?(?:a\s+)?half)?"
    r"\s*-?\s*(?:feet|foots?|footer|fts?(?=[\W\d]|$|ish)|f(?=\s?\d)|(?:''|\")(?=\s?(?:1[01]|\d)(?![\d'\"]))|')\.?"
    rf"(?:\s*(?:-|,(?!\s*{SMALL_WORD}\s+{SMALL_WORD}\b))?\s*(?:and\s+)?{_INCHES}{_NOT_FEET}{_INCH_MARK}{_INCH_RANGE})?"
)
_METRIC = (
    r"(?P<cm>1[2-9]\d|2[0-2]\d)(?:\.\d+)?(?:\s*(?:-|/|to|and|or)\s*(?P<cm2>1[2-9]\d|2[0-2]\d))?\s*(?:cms?\b|"
    r"centim\w+)"
    r"|(?P<m>[12][.,]\d{1,2})(?:\s*(?:-|to|and|or)\s*(?P<m2>[12][.,]\d{1,2}))?\s*(?:ms?|mtrs?|met(?:er|re)s?)\b"
    rf"|(?P<whole>[12]|one|two)\s*m(?:et(?:er|re)s?)?\s*(?:and\s+)?(?P<rest>\d{{2}}|"
    rf"{TWO_DIGIT_WORD}\b)(?:\s*(?:cms?|centim\w+))?\b"
)
_FEET_RANGE = r"(?P<low>[4-6])\s*(?:-|to|or)\s*(?P<high>[5-7])\s*(?:ft|feet|foot)\b(?!\s*\d)"
_TERM = rf"(?:{_FEET_RANGE}|{_FEET}|{_METRIC})"
_TERM_RE = compiled(rf"(?<![\w.£$])(?<!\d['\"]){_TERM}")
_LOOSE_RE = compiled(
    rf"(?<![\d.])(?:(?P<bare>1[2-9]\d|2[0-2]\d)(?:\.0+)?(?!\d)|(?P<metres>[12][.,]\d\d)(?!\d)"
    rf"|(?P<total>[4-8]\d)\s*(?:\"|inches|ins?\b)"
    rf"|(?P<feet>[4-7]|four|five|six|seven)\s*[-.,/ ;:_]\s*(?P<inch>1[01]|\d(?!\d)|"
    rf"{SMALL_WORD}\b)(?:\s*(?:-|to|or)\s*(?P<inch2>{SMALL_WORD}\b)(?![\s-]*(?:{SMALL_WORD}|foot|ft|feet)\b))?)"
)

_SAID = (
    rf"(?:[4-6](?:[.,]|\s?[' -]\s?)(?:1[01]|\d)(?![\d.]\d?)(?:\s?(?:ft|foot|feet)\b)?|"
    rf"(?:four|five|six)[\s-]{SMALL_WORD}\b|(?:1[4-9]\d|20\d)(?!\d)|1[.,][4-9]\d(?!\d)|2[.,][01]\d(?!\d))"
)
_BARE_RE = compiled(
    rf"(?<![\w.,£$:/'])(?<!\w-){_SAID}(?:\s*(?:-|to|or|/|and)\s*(?:maybe\s+)?(?:{_SAID}|{SMALL_WORD}\b(?!\s+\w)))?"
    r"(?![:/]\d|[.,]\d|\s*(?:to|or|-)\s*\d)"
)
"""Numbers that may be a height in a text, where the words beside them say so."""
_BETWEEN = compiled(
    r"(?:\s*tall\b)?\s*(?:[-/(]|,?\s*\b(?:to|or|and|maybe|possibly|perhaps)\b)"
    r"(?:\s*\b(?:to|or|maybe|possibly|perhaps|about|around|just|even)\b)*\s*"
)
"""Between the two ends of a range."""


class Length(NamedTuple):
    """Centimetres `low` to `high`, said by the characters [start, end)."""

    low: int
    high: int
    start: int
    end: int


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where `plain` text has a number that is written as heights are, with a unit or without; the two ends of a range
    ("5'6-5'8") as one."""
    said = sorted([*(one[2:] for one in lengths(text)), *(found.span() for found in _BARE_RE.finditer(text))])
    at = 0
    while at < len(said):
        start, end = said[at]
        at += 1
        while at < len(said) and (said[at][0] < end or _BETWEEN.fullmatch(text, end, said[at][0])):
            end = max(end, said[at][1])
            at += 1
        yield start, end


def heights(text: str) -> list[tuple[int, int]]:
    """Lowest and highest cm of each length in `plain` text that somebody may be tall; without a unit where none has
    one."""
    said = lengths(text) or lengths(text, True)
    return [(one.low, one.high) for one in said if LOWEST_CM <= one.low <= one.high <= HIGHEST_CM]


def lengths(text: str, bare: bool = False) -> list[Length]:
    """The lengths in `plain` text that carry a unit; `bare`: numbers that may be one without ("5-7", "178")."""
    if bare:
        return [Length(*_bare_cm(found), *found.span()) for found in _LOOSE_RE.finditer(text)]
    return [Length(*_cm(found), *found.span()) for found in _TERM_RE.finditer(text)]


def _feet_cm(feet: float, inches: float) -> int:
    return round((feet * 12 + inches) * CM_PER_INCH)


def _metres_cm(metres: str) -> int:
    return round(float(metres.replace(",", ".")) * 100)


def _cm(found: re.Match[str]) -> tuple[int, int]:
    part = found.groupdict()
    if part["low"]:
        return _feet_cm(int(part["low"]), 0), _feet_cm(int(part["high"]), 0)
    if part["cm"]:
        return int(part["cm"]), max(int(part["cm"]), int(part["cm2"] or 0))
    if part["m"]:
        return _metres_cm(part["m"]), _metres_cm(part["m2"] or part["m"])
    if part["whole"]:
        return (whole := number(part["whole"]) * 100 + number(part["rest"])), whole
    inches = 6.0 if part["half"] or part["halffeet"] else float(number(part["inch"])) if part["inch"] else 0.0
    inches += 0.5 if part["frac"] else 0.0
    last = float(number(part["inch2"])) if part["inch2"] else inches
    return _feet_cm(number(part["feet"]), inches), _feet_cm(number(part["feet"]), max(inches, last))


def _bare_cm(found: re.Match[str]) -> tuple[int, int]:
    part = found.groupdict()
    if part["feet"]:
        cm = _feet_cm(number(part["feet"]), number(part["inch"]))
        return cm, max(cm, _feet_cm(number(part["feet"]), number(part["inch2"] or "")))
    cm = _metres_cm(part["metres"]) if part["metres"] else int(part["bare"] or 0) or _feet_cm(0, int(part["total"]))
    return cm, cm
