"""Numbers as people say them: words for numbers, hedges ("about", "or so"), years of a life, lengths of a body.

Years and lengths are found and read in `plain` text; whether a number is somebody's age or height is not asked here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from linkage.intake.document.context_phrases import phrases_of
from linkage.intake.patterns import compiled
from linkage.intake.phrases.surface import Memo, matched_at, places_of, words_at
from linkage.vocabulary import load

_UNIT_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
    *("seventeen", "eighteen", "nineteen"),
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70}
_TENS |= {"eighty": 80, "ninety": 90}
_VALUES = {word: value for value, word in enumerate((*_UNIT_WORDS, *_TEENS), 1)} | _TENS

_UNIT_WORD = rf"(?:{'|'.join(_UNIT_WORDS)})"
_SMALL_WORD = rf"(?:{'|'.join(_UNIT_WORDS)}|ten|eleven)"
"""One .. eleven: inches."""
_TWO_DIGIT_WORD = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-]?{_UNIT_WORD}\b)?|(?:{'|'.join(reversed(_TEENS))}))"


@lru_cache(maxsize=1024)
def number(words: str) -> int:
    """Value of digits or of words one .. ninety-nine; 0 when it is neither."""
    if re.fullmatch(r"\d+", words):
        return int(words)
    parts = re.findall(r"[a-z]+?(?=ty)ty|[a-z]+", words)
    return sum(_VALUES.get(part, 0) for part in parts)


@cache
def _hedges(context: str) -> dict[str, list[tuple[list[str], str]]]:
    """The hedges of a context and of any number, by their first word."""
    kinds = load("hedges").entries  # other rows of a context tell what stands round a number
    found: dict[str, list[tuple[list[str], str]]] = {}
    for name in (context, "hedges"):
        for side in ("before", "behind"):
            for phrases in phrases_of(name, side).values():
                for phrase, kind in phrases:
                    if kind in kinds:
                        found.setdefault(phrase[0], []).append((phrase, kind))
    return found


def hedge_kinds(words: Sequence[str], context: str = "hedges") -> frozenset[str]:
    """The kinds of hedges anywhere in some words; one within a longer one is none of its own."""
    told: set[str] = set()
    at = 0
    while at < len(words):
        here = (one for one in _hedges(context).get(words[at], ()) if words[at : at + len(one[0])] == one[0])
        phrase, kind = max(here, key=lambda one: len(one[0]), default=([], ""))
        told.add(kind)
        at += max(1, len(phrase))
    return frozenset(told - {""})


Bounds = tuple[float | None, float | None]


def hedged(low: float, high: float, told: frozenset[str], about: float, little: float) -> Bounds:
    """A range opened or widened by the kinds of hedges `told`: by `about` either way, by `little` to one side."""
    if "little_over" in told or {"little", "over"} <= told:
        return low, high + little
    if told & {"little_under", "short_of"} or {"little", "under"} <= told:
        return low - little, high
    if "not_much" in told:
        return low - about, high + about
    if "under" in told:
        return None, high
    if "over" in told:
        return low, None
    return (low - about, high + about) if low == high and "about" in told else (low, high)


_YOUNGEST, _OLDEST = 10, 99
"""[G] Numbers outside are not read as the age of a reported person."""
_PHASES = {"early": (0, 3), "mid": (3, 7), "late": (7, 9)}
"""Contract section 2: early 30s 30-33, mid 30s 33-37, late 30s 37-39."""
_TEEN_PHASES = {"early": (13, 14), "mid": (14, 16), "late": (17, 19)}
"""[D] the same thirds of 13-19."""
_DECADES = {"teens": 10, **{f"{word[:-1]}{end}": value for word, value in _TENS.items() for end in ("ies", "ys")}}
_SAME_PHASE = {"lower": "early", "low": "early", "beginning": "early", "middle": "mid"}
_SAME_PHASE |= {"upper": "late", "high": "late", "end": "late"}
_SAME_PHASE |= {f"{phase}{joiner}ish": phase for phase in _PHASES for joiner in ("", "-")}

_PHASE = r"(?:early|mid(?:dle)?|late|lower|upper|low|high)(?:-?ish)?"
_NUMERAL = rf"(?:\d\d(?:\.0)?(?![\d.,:]*\d)|{_TWO_DIGIT_WORD}(?:\b|(?=ish\b|something\b))|{'|'.join(_DECADES)})"
_AGE = (
    rf"(?:\b(?P<p1>{_PHASE})(?:[\s/-]*+(?:(?:to|or|and)[\s-]*+)?(?P<p2>{_PHASE}))?[\s-]*"
    r"(?:(?:part|end|side)\s+)?(?:(?:in(?:to)?|of)\s+)?(?:(?:his|her|their|the)\s+)?)?"
    rf"(?P<n>{_NUMERAL})(?P<s>'?s\b)?(?P<vague>[\s(-]*(?:ish\b\)?|and\s+something\b|something\b|summ?[ai]t\b|"
    rf"odd\b|or\s+so\b))?"
    r"(?P<plus>[\s-]*(?:\+|plus\b|(?:or|and)\s+(?:over|older|above|upwards|more)\b))?"
)
_ONE_AGE = re.sub(r"\?P<\w+>", "?:", _AGE)
_AGE_RE = compiled(rf"(?<![\d£$])(?<!\d[.,:]){_AGE}")
_SEPARATOR = (
    r"(?:\s*[-/&]\s*(?:to\s+)?|\s*,\s*(?=\d\d\s*(?:years?|yrs?)\b)|\s+(?:till|until)\s+|\s*,\s*(?=early|mid|"
    r"late)|\s*+(?:-\s*+)?(?:,\s*+)?\b(?:to|or|and|maybe|possibly|perhaps|even)\s+"
    r"(?:(?:maybe|possibly|perhaps|even|just|only|to|in|his|her|their|about|around)\s+)*|\s+(?=early|mid|late))"
)
"""Between two ages of a span. White space is taken whole (`*+`): runs of it, shared out anew, took minutes."""

_NO_MEASURE = r"(?!\s*(?:or\s+[\w-]+\s+)?(?:stone|foot|feet|ft|kilos?|kgs?|inches|cms?)\b)"
"""Behind the second: "about 35 and seventeen or eighteen stone" is one age."""

_AGE_SPAN = compiled(
    rf"(?<![\w£$.,:#+-])(?<!\d')(?<!\bft )(?<!\dft )(?<!\bfoot )(?<!\bfeet )"
    rf"(?:{_ONE_AGE})(?:{_SEPARATOR}(?:{_ONE_AGE}){_NO_MEASURE})?(?:(?![\w:%£])|(?=y(?:rs?|ears?|"
    rf"[/.]?o)?\b))",
)
_SOMETHING = compiled("something|summ|odd")


_HEADS = frozenset(word[:3] for word in (*_VALUES, *_DECADES, *_SAME_PHASE, *_PHASES))
_MAY_COUNT: Memo[str, bool] = Memo(lambda word: word[:3] in _HEADS or word[:1].isdigit())
"""Whether an age or a length may begin with a word: most words of a text are none of these, and seen once."""


@lru_cache(maxsize=8)
def _number_starts(text: str) -> list[int]:
    starts = words_at(text)[1]
    return sorted(starts[at] for word, places in places_of(text).items() if _MAY_COUNT[word] for at in places)


def age_spans(text: str) -> Iterator[tuple[int, int]]:
    """The characters of numbers, or of two that are the ends of a range, that may be an age."""
    return (found.span() for found in matched_at(_AGE_SPAN, text, _number_starts(text)))


def ages(text: str, about: int) -> list[tuple[int, int]]:
    """Lowest and highest years of each age in a text; `about` widens a number that is "ish" or "odd"."""
    return [years for found in _AGE_RE.finditer(text) if (years := _years(found, about))]


def _years(found: re.Match[str], about: int) -> tuple[int, int] | None:
    words = found["n"].removesuffix(".0")
    value = _DECADES.get(words) or number(words)
    vague = found["vague"] is not None and _SOMETHING.search(found["vague"]) is not None
    decade = words in _DECADES or bool(found["s"]) or vague
    phases = [_SAME_PHASE.get(p, p) for p in (found["p1"], found["p2"]) if p]
    if not _YOUNGEST <= value <= _OLDEST:
        return None
    if value % 10 or not (decade or phases):
        spread = about if found["vague"] else 0
        return value - spread, value + spread
    if value == 10:
        inside = [_TEEN_PHASES[p] for p in phases] or [(13, 19)]
        return inside[0][0], inside[-1][1]
    inside = [_PHASES[p] for p in phases] or [(0, 9)]
    return value + inside[0][0], value + inside[-1][1]


_CM_PER_INCH = 2.54
_LOWEST_CM, _HIGHEST_CM = 120, 229
"""[G] Outside, a number is not the height of a reported person."""
_INCHES = rf"(?:(?P<half>(?:a\s+)?half\b)|(?P<inch>1[01]|\d(?!\d)|{_SMALL_WORD}\b)(?P<frac>\.5|\s*(?:½|1/2))?)"
_INCH_MARK = r"(?:\s*(?:\"|''|inch(?:es)?\b|ins?\b\.?))?"
_NOT_FEET = (
    r"(?!-(?:feet|foot|ft)|\s*(?:'(?!')|ft(?![a-z])|f\b|foot|feet|\d|:"
    r"|(?:min|year|yr|hour|am|pm|men|people|cm|stone)\w*\b))"
)
_INCH_RANGE = rf"(?:\s*(?:-|to|or|/)\s*(?P<inch2>1[01]|\d(?!\d)|{_SMALL_WORD}\b)(?!\.\d){_NOT_FEET}{_INCH_MARK})?"
_FEET = (
    rf"(?P<feet>[3-7]|{_UNIT_WORD})(?P<halffeet>\s*(?:and\s+)?(?:a\s+)?half)?"
    r"\s*-?\s*(?:feet|foots?|footer|fts?(?=[\W\d]|$|ish)|f(?=\s?\d)|(?:''|\")(?=\s?(?:1[01]|\d)(?![\d'\"]))|')\.?"
    rf"(?:\s*(?:-|,(?!\s*{_SMALL_WORD}\s+{_SMALL_WORD}\b))?\s*(?:and\s+)?{_INCHES}{_NOT_FEET}{_INCH_MARK}{_INCH_RANGE})?"
)
_METRIC = (
    r"(?P<cm>1[2-9]\d|2[0-2]\d)(?:\.\d+)?(?:\s*(?:-|/|to|and|or)\s*(?P<cm2>1[2-9]\d|2[0-2]\d))?\s*(?:cms?\b|"
    r"centim\w+)"
    r"|(?P<m>[12][.,]\d{1,2})(?:\s*(?:-|to|and|or)\s*(?P<m2>[12][.,]\d{1,2}))?\s*(?:ms?|mtrs?|met(?:er|re)s?)\b"
    rf"|(?P<whole>[12]|one|two)\s*m(?:et(?:er|re)s?)?\s*(?:and\s+)?(?P<rest>\d{{2}}|"
    rf"{_TWO_DIGIT_WORD}\b)(?:\s*(?:cms?|centim\w+))?\b"
)
_FEET_RANGE = r"(?P<low>[4-6])\s*(?:-|to|or)\s*(?P<high>[5-7])\s*(?:ft|feet|foot)\b(?!\s*\d)"
_LENGTH = compiled(rf"(?<![\w.£$])(?<!\d['\"])(?:{_FEET_RANGE}|{_FEET}|{_METRIC})")
_WITHOUT_UNIT = compiled(
    rf"(?<![\d.])(?:(?P<cm>1[2-9]\d|2[0-2]\d)(?:\.0+)?(?!\d)|(?P<m>[12][.,]\d\d)(?!\d)"
    rf"|(?P<total>[4-8]\d)\s*(?:\"|inches|ins?\b)"
    rf"|(?P<feet>[4-7]|four|five|six|seven)\s*[-.,/ ;:_]\s*(?P<inch>1[01]|\d(?!\d)|"
    rf"{_SMALL_WORD}\b)(?:\s*(?:-|to|or)\s*(?P<inch2>{_SMALL_WORD}\b)(?![\s-]*(?:{_SMALL_WORD}|foot|ft|feet)\b))?)"
)

_SAID = (
    rf"(?:[4-6](?:[.,]|\s?[' -]\s?)(?:1[01]|\d)(?![\d.]\d?)(?:\s?(?:ft|foot|feet)\b)?|"
    rf"(?:four|five|six)[\s-]{_SMALL_WORD}\b|(?:1[4-9]\d|20\d)(?!\d)|1[.,][4-9]\d(?!\d)|2[.,][01]\d(?!\d))"
)
_MAY_BE_HEIGHT = compiled(
    rf"(?<![\w.,£$:/'])(?<!\w-){_SAID}(?:\s*(?:-|to|or|/|and)\s*(?:maybe\s+)?(?:{_SAID}|{_SMALL_WORD}\b(?!\s+\w)))?"
    r"(?![:/]\d|[.,]\d|\s*(?:to|or|-)\s*\d)"
)
"""Numbers that may be a height in a text, where the words beside them say so."""
_BETWEEN = compiled(
    r"(?:\s*tall\b)?\s*(?:[-/(]|,?\s*\b(?:to|or|and|maybe|possibly|perhaps)\b)"
    r"(?:\s*\b(?:to|or|maybe|possibly|perhaps|about|around|just|even)\b)*\s*"
)
"""Between the two ends of a range."""


def height_spans(text: str) -> Iterator[tuple[int, int]]:
    """The characters of numbers that are written as heights are, with a unit or without; the two ends of a range
    ("5'6-5'8") as one."""
    found = (matched_at(pattern, text, _number_starts(text)) for pattern in (_LENGTH, _MAY_BE_HEIGHT))
    spans = sorted(one.span() for each in found for one in each)
    at = 0
    while at < len(spans):
        start, end = spans[at]
        at += 1
        while at < len(spans) and (spans[at][0] < end or _BETWEEN.fullmatch(text, end, spans[at][0])):
            end = max(end, spans[at][1])
            at += 1
        yield start, end


def heights(text: str) -> list[tuple[int, int]]:
    """Lowest and highest cm of each length in a text that somebody may be tall; without a unit where none has one."""
    found = [*_LENGTH.finditer(text)] or _WITHOUT_UNIT.finditer(text)
    return [(low, high) for low, high in map(_cm, found) if _LOWEST_CM <= low <= high <= _HIGHEST_CM]


def _feet_cm(feet: float, inches: float = 0.0) -> int:
    return round((feet * 12 + inches) * _CM_PER_INCH)


def _cm(found: re.Match[str]) -> tuple[int, int]:
    part = defaultdict(str, {name: words for name, words in found.groupdict().items() if words})
    if part["m"]:
        low, high = (round(float((part[name] or part["m"]).replace(",", ".")) * 100) for name in ("m", "m2"))
        return low, high
    if part["cm"]:
        return int(part["cm"]), max(int(part["cm"]), number(part["cm2"]))
    if whole := number(part["whole"]) * 100 + number(part["rest"]) or _feet_cm(0, number(part["total"])):
        return whole, whole
    if part["low"]:
        return _feet_cm(int(part["low"])), _feet_cm(int(part["high"]))
    inches = 6.0 if part["half"] or part["halffeet"] else number(part["inch"]) + (0.5 if part["frac"] else 0.0)
    feet, last = number(part["feet"]), number(part["inch2"]) or inches
    return _feet_cm(feet, inches), _feet_cm(feet, max(inches, last))
