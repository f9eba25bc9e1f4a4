"""Years of a life as people write them: numbers, decades ("his thirties") and their phases ("mid to late 40s")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linkage.intake.patterns import compiled
from linkage.intake.phrases.surface import numbers_at
from linkage.intake.quantities.numbers import NUMBER_WORDS, TENS, TWO_DIGIT_WORD, number

YOUNGEST, OLDEST = 10, 99
"""[G] Numbers outside are not read as the age of a reported person."""
_PHASES = {"early": (0, 3), "mid": (3, 7), "late": (7, 9)}
"""Contract section 2: early 30s 30-33, mid 30s 33-37, late 30s 37-39."""
_TEEN_PHASES = {"early": (13, 14), "mid": (14, 16), "late": (17, 19)}
"""[D] the same thirds of 13-19."""
_DECADES = {"teens": 10, **{f"{word[:-1]}{end}": value for word, value in TENS.items() for end in ("ies", "ys")}}
_SAME_PHASE = {"lower": "early", "low": "early", "beginning": "early", "middle": "mid"}
_SAME_PHASE |= {"upper": "late", "high": "late", "end": "late"}
_SAME_PHASE |= {f"{phase}{joiner}ish": phase for phase in _PHASES for joiner in ("", "-")}

PHASE = r"(?:early|mid(?:dle)?|late|lower|upper|low|high)(?:-?ish)?"
_NUMERAL = rf"(?:\d\d(?:\.0)?(?![\d.,:]*\d)|{TWO_DIGIT_WORD}(?:\b|(?=ish\b|something\b))|{'|'.join(_DECADES)})"
_TERM = (
    rf"(?:\b(?P<p1>{PHASE})(?:[\s/-]*+(?:(?:to|or|and)[\s-]*+)?(?P<p2>{PHASE}))?[\s-]*"
    r"(?:(?:part|end|side)\s+)?(?:(?:in(?:to)?|of)\s+)?(?:(?:his|her|their|the)\s+)?)?"
    rf"(?P<n>{_NUMERAL})(?P<s>'?s\b)?(?P<vague>[\s(-]*(?:ish\b\)?|and\s+something\b|something\b|summ?[ai]t\b|"
    rf"odd\b|or\s+so\b))?"
    r"(?P<plus>[\s-]*(?:\+|plus\b|(?:or|and)\s+(?:over|older|above|upwards|more)\b))?"
)
PLAIN_TERM = re.sub(r"\?P<\w+>", "?:", _TERM)
_TERM_RE = compiled(rf"(?<![\d£$])(?<!\d[.,:]){_TERM}")
_SEPARATOR = (
    r"(?:\s*[-/&]\s*(?:to\s+)?|\s*,\s*(?=\d\d\s*(?:years?|yrs?)\b)|\s+(?:till|until)\s+|\s*,\s*(?=early|mid|"
    r"late)|\s*+(?:-\s*+)?(?:,\s*+)?\b(?:to|or|and|maybe|possibly|perhaps|even)\s+"
    r"(?:(?:maybe|possibly|perhaps|even|just|only|to|in|his|her|their|about|around)\s+)*|\s+(?=early|mid|late))"
)
"""Between two ages of a span. White space is taken whole (`*+`): runs of it, shared out anew, took minutes."""

_NO_MEASURE = r"(?!\s*(?:or\s+[\w-]+\s+)?(?:stone|foot|feet|ft|kilos?|kgs?|inches|cms?)\b)"
"""Behind the second: "about 35 and seventeen or eighteen stone" is one age."""

SPAN_RE = compiled(
    rf"(?<![\w£$.,:#+-])(?<!\d')(?<!\bft )(?<!\dft )(?<!\bfoot )(?<!\bfeet )"
    rf"(?:{PLAIN_TERM})(?:{_SEPARATOR}(?:{PLAIN_TERM}){_NO_MEASURE})?(?:(?![\w:%£])|(?=y(?:rs?|ears?|"
    rf"[/.]?o)?\b))",
)
_HEADS = frozenset(word[:3] for word in (*_DECADES, *_SAME_PHASE, *_PHASES, *NUMBER_WORDS))

_SOMETHING = compiled("something|summ|odd")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Spans of one age, or of the two ends of one, in `plain` text; whether it is an age is not asked."""
    return (found.span() for found in numbers_at(SPAN_RE, _HEADS, text))


def years(text: str, about: int) -> list[tuple[int, int]]:
    """Lowest and highest years of each age in `plain` text; `about` widens a number that is "ish" or "odd"."""
    return [years for found in _TERM_RE.finditer(text) if (years := _years(found, about))]


def _years(found: re.Match[str], about: int) -> tuple[int, int] | None:
    words = found["n"].removesuffix(".0")
    value = _DECADES.get(words) or number(words)
    vague = found["vague"] is not None and _SOMETHING.search(found["vague"]) is not None
    decade = words in _DECADES or bool(found["s"]) or vague
    phases = [_SAME_PHASE.get(p, p) for p in (found["p1"], found["p2"]) if p]
    if not YOUNGEST <= value <= OLDEST:
        return None
    if value % 10 or not (decade or phases):
        spread = about if found["vague"] else 0
        return value - spread, value + spread
    if value == 10:
        inside = [_TEEN_PHASES[p] for p in phases] or [(13, 19)]
        return inside[0][0], inside[-1][1]
    inside = [_PHASES[p] for p in phases] or [(0, 9)]
    return value + inside[0][0], value + inside[-1][1]
