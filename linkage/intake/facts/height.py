"""Height: feet and inches, centimetres, metres or plain words -> Range in whole cm, and heights in free text.

Lengths of knives, walls and distances are left alone: a bare "6 inch" or "6 ft away" is no height.
"""

from __future__ import annotations

import re
from functools import lru_cache

from linkage.intake.facts.finding import Finding
from linkage.intake.facts.spoken_numbers import SMALL_WORD, UNIT_WORD, number
from linkage.intake.facts.surface import Lexicon, flagged, is_unknown, plain
from linkage.report import Range

ABOUT_CM = 3
"""[G] "about 5 ft 7" is widened by about an inch either way."""
JUST_CM = 5
"""[G] "just over 6 ft" reaches up to two inches further."""
LOWEST_CM, HIGHEST_CM = 120, 229
"""[G] Outside, a number is not the height of a reported person."""
CM_PER_INCH = 2.54

_INCHES = rf"(?:(?P<half>(?:a\s+)?half\b)|(?P<inch>1[01]|\d(?!\d)|{SMALL_WORD}\b)(?P<frac>\.5|\s*(?:½|1/2))?)"
_INCH_MARK = r"(?:\s*(?:\"|''|inch(?:es)?\b|ins?\b\.?))?"
_NOT_FEET = r"(?!\s*(?:'(?!')|ft(?![a-z])|f\b|foot|feet|\d|:|(?:min|year|yr|hour|am|pm|men|people|cm|stone)\w*\b))"
_INCH_RANGE = rf"(?:\s*(?:-|to|or|/)\s*(?P<inch2>1[01]|\d(?!\d)|{SMALL_WORD}\b)(?!\.\d){_NOT_FEET}{_INCH_MARK})?"
_FEET = (
    rf"(?P<feet>[3-7]|{UNIT_WORD})(?P<halffeet>\s*(?:and\s+)?(?:a\s+)?half)?"
    r"\s*-?\s*(?:feet|foot(?:er)?|fts?(?=[\W\d]|$)|f(?=\s?\d)|')\.?"
    rf"(?:\s*[-,]?\s*(?:and\s+)?{_INCHES}{_NOT_FEET}{_INCH_MARK}{_INCH_RANGE})?"
)
_METRIC = (
    r"(?P<cm>1[2-9]\d|2[0-2]\d)(?:\.\d+)?(?:\s*(?:-|to)\s*(?P<cm2>1[2-9]\d|2[0-2]\d))?\s*(?:cms?\b|centim\w+)"
    r"|(?P<m>[12][.,]\d{1,2})(?:\s*(?:-|to)\s*(?P<m2>[12][.,]\d{1,2}))?\s*(?:ms?|mtrs?|met(?:er|re)s?)\b"
    r"|(?P<whole>[12])\s*m(?:et(?:er|re)s?)?\s*(?P<rest>\d{2})(?:\s*cms?)?\b"
)
_FEET_RANGE = r"(?P<low>[4-6])\s*(?:-|to|or)\s*(?P<high>[5-7])\s*(?:ft|feet|foot)\b(?!\s*\d)"
_TERM = rf"(?:{_FEET_RANGE}|{_FEET}|{_METRIC})"
_TERM_RE = re.compile(rf"(?<![\w.£$]){_TERM}")
_LOOSE_RE = re.compile(
    rf"(?<![\d.])(?:(?P<bare>1[2-9]\d|2[0-2]\d)(?:\.0+)?(?!\d)|(?P<metres>[12][.,]\d\d)(?!\d)"
    rf"|(?P<total>[4-8]\d)\s*(?:\"|inches|ins?\b)"
    rf"|(?P<feet>[4-7]|four|five|six|seven)\s*[-.,/ ;:_]\s*(?P<inch>1[01]|\d(?!\d)|"
    rf"{SMALL_WORD}\b))"
)
_OVER = re.compile(
    r"\b(?:over|above|taller than|at least|more than|upwards of)\b|\+|\bplus\b|\bor (?:over|taller|more)\b"
)
_UNDER = re.compile(r"\b(?:under|below|shorter than|less than|at most|up to|no more than|no taller than|not over)\b")
_JUST = re.compile(r"\b(?:just|slightly|a bit|a little)\s+(?:over|above|taller than|under|below|shorter than)\b")
_ABOUT = re.compile(r"\b(?:about|around|approx\w*|aprox|roughly|circa|ca?\b|nearly|almost|or so|ish|maybe)|~|ish\b")
_BEFORE = re.compile(
    r"(?:(?:just|slightly|about|around|approx(?:imately)?\.?|aprox|roughly|circa|nearly|almost|maybe|"
    r"over|under|above|below|"
    r"at least|taller than|shorter than|between|up to|~)\s*)+$"
)
_AFTER = re.compile(r"\s*(?:\+|plus\b|ish\b|-ish\b|or (?:over|taller|more|so)\b)|\s+tall\b")
_NOT_A_HEIGHT = re.compile(
    r"[\s-]*(?:tall\s+)?(?:long|high|wall|fence|away|from|knife|blade|machete|sword|pole|bat|stick|bar|"
    r"deep|wide|drop|behind|"
    r"ladder|apart|distance|rope|gate|hedge|down|off the|in front|by\s+\d|x\s*\d|of (?!height)\w+|"
    r"back\b|into|to the|bed|ditch)\b"
)
_LABELLED = re.compile(r"\bheight\s*(?:is|was|of|approx\w*\.?|about|around|[:=,-])*\s*(?P<rest>[^;\n,]{1,24})")
_DOTTED_TALL = re.compile(r"(?<![\d.£$])[4-6]\s?[.,' -]\s?(?:1[01]|\d)\s*(?:tall|in height)\b")
_SPACED = re.compile(
    r"(?:\b(?:about|around|approx\w*\.?|roughly|bout)\s+|(?<=[,;] ))(?<![\d£$])[4-6] (?:1[01]|\d)(?=\s*[,.;]|$)"
)
_SEPARATOR = re.compile(r"\s*(?:-|to|or|and|/|\(|,)\s*(?:maybe\s+|about\s+)?")

_WORDS = Lexicon("height_words")
_ALONE = Lexicon("height_words", only=flagged("alone"))
_NOT_A_TALL_PERSON = re.compile(
    r"\s+(?:building|block|tower|fence|wall|tree|gate|hedge|flats?|ship|order|story|hair|grass)\b"
)


def normalise(words: str) -> Range | None:
    """Range in whole cm from a person's own words ("5 ft 7" 170-170); None when no height is in them."""
    bounds = _bounds(words)
    return Range(min=bounds[0], max=bounds[1]) if bounds else None


@lru_cache(maxsize=8192)
def _bounds(words: str) -> tuple[float | None, float | None] | None:
    if is_unknown(words):
        return None
    text = re.sub(r"(\d)\s*-\s*$", r"\1+", plain(words).strip())
    terms = [_term_cm(found) for found in _TERM_RE.finditer(text)]
    if not terms:
        terms = [_loose_cm(found) for found in _LOOSE_RE.finditer(text)]
    inside = [t for t in terms if LOWEST_CM <= t[0] <= t[1] <= HIGHEST_CM]
    if inside:
        return _with_modifiers(text, min(t[0] for t in inside), max(t[1] for t in inside))
    keys = [key for key, _, _ in _WORDS.read(words)]
    if not keys:
        return None
    data = _WORDS.entries[keys[0]].data
    return data.get("min"), data.get("max")


def _feet_cm(feet: float, inches: float) -> int:
    return round((feet * 12 + inches) * CM_PER_INCH)


def _metres_cm(metres: str) -> int:
    return round(float(metres.replace(",", ".")) * 100)


def _term_cm(found: re.Match[str]) -> tuple[int, int]:
    """Lowest and highest cm of one term that carries its unit."""
    part = found.groupdict()
    if part["low"]:
        return _feet_cm(int(part["low"]), 0), _feet_cm(int(part["high"]), 0)
    if part["cm"]:
        return int(part["cm"]), max(int(part["cm"]), int(part["cm2"] or 0))
    if part["m"]:
        return _metres_cm(part["m"]), _metres_cm(part["m2"] or part["m"])
    if part["whole"]:
        return (whole := int(part["whole"]) * 100 + int(part["rest"])), whole
    feet = number(part["feet"])
    inches = 6.0 if part["half"] or part["halffeet"] else float(number(part["inch"])) if part["inch"] else 0.0
    inches += 0.5 if part["frac"] else 0.0
    last = float(number(part["inch2"])) if part["inch2"] else inches
    return _feet_cm(feet, inches), _feet_cm(feet, max(inches, last))


def _loose_cm(found: re.Match[str]) -> tuple[int, int]:
    """Lowest and highest cm of a term without a unit, as a height field may hold it ("5-7", "178", "1.75")."""
    part = found.groupdict()
    if part["bare"]:
        cm = int(part["bare"])
    elif part["metres"]:
        cm = _metres_cm(part["metres"])
    elif part["total"]:
        cm = _feet_cm(0, int(part["total"]))
    else:
        cm = _feet_cm(number(part["feet"]), number(part["inch"]))
    return cm, cm


def _with_modifiers(text: str, low: int, high: int) -> tuple[float | None, float | None]:
    under, over = _UNDER.search(text), _OVER.search(text)
    if _JUST.search(text):
        return (low - JUST_CM, high) if under else (low, high + JUST_CM)
    if under:
        return None, high
    if over:
        return low, None
    if low == high and _ABOUT.search(text):
        return low - ABOUT_CM, high + ABOUT_CM
    return low, high


def find(text: str) -> list[Finding]:
    """Heights said in a free text, each with the words that say it ("about six foot", "5'6-5'8")."""
    low = plain(text)
    found: list[Finding] = []
    for start, end in _measured(low):
        value = None if _NOT_A_HEIGHT.match(low, end) else normalise(low[start:end])
        if value is not None:
            found.append(Finding("height_cm", value, start, end, "measured"))
    taken = [(f.start, f.end) for f in found]
    for pattern, rule in ((_LABELLED, "labelled"), (_DOTTED_TALL, "tall"), (_SPACED, "spaced")):
        for hit in pattern.finditer(low) if rule == "spaced" or rule[:4] in low or "height" in low else ():
            start, end = hit.span("rest") if rule == "labelled" else hit.span()
            end = start + len(low[start:end].rstrip(" ."))
            value = normalise(low[start:end]) if _clear(taken, start, end) else None
            if value is not None:
                found.append(Finding("height_cm", value, start, end, rule, 0.85))
                taken.append((start, end))
    for key, start, end in _ALONE.scan(low):
        data = _ALONE.entries[key].data
        if _clear(taken, start, end) and not _NOT_A_TALL_PERSON.match(low, end) and low[start - 2 : start] != "t ":
            value = Range(min=data.get("min"), max=data.get("max"))
            found.append(Finding("height_cm", value, start, end, f"height_words:{key}", 0.6))
    return sorted(found, key=lambda f: f.start)


def _clear(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    return all(end <= s or start >= e for s, e in taken)


def _measured(low: str) -> list[tuple[int, int]]:
    """Spans of terms that carry a unit, joined over "5'6-5'8" and widened over "about" and "tall"."""
    spans: list[tuple[int, int]] = []
    for term in _TERM_RE.finditer(low):
        start, end = term.span()
        if spans and _SEPARATOR.fullmatch(low, spans[-1][1], start):
            spans[-1] = (spans[-1][0], end)
            continue
        before = _BEFORE.search(low, max(0, start - 40), start)
        spans.append((before.start() if before else start, end))
    widened = []
    for start, end in spans:
        after = _AFTER.match(low, end)
        widened.append((start, after.end() if after and not _NOT_A_HEIGHT.match(low, end) else end))
    return widened
