"""Age: words about how old a person looked -> Range of years, and ages in free text.

A number is an age only where something says so ("years old", "aged", "he looked", a decade, its place in a list
of descriptors); minutes, dates, prices, house numbers and vehicles' years are left alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from linkage.intake.facts.finding import Finding
from linkage.intake.facts.listing import among_descriptors
from linkage.intake.facts.spoken_numbers import TWO_DIGIT_WORD, number
from linkage.intake.facts.surface import Lexicon, flagged, is_unknown, plain
from linkage.report import Range

ABOUT_YEARS = 2
"""[G] "around 55" is read as 53-57."""
NOT_TOLD = 0.4
"""[G] Confidence in years for "young" or "older": too low to be kept, for the text tells no age."""
YOUNGEST, OLDEST = 10, 99
"""[G] Numbers outside are not read as the age of a reported person."""

_PHASES = {"early": (0, 3), "mid": (3, 7), "late": (7, 9)}
"""Contract section 2: early 30s 30-33, mid 30s 33-37, late 30s 37-39."""
_TEEN_PHASES = {"early": (13, 14), "mid": (14, 16), "late": (17, 19)}
"""[D] the same thirds of 13-19."""
_DECADES = {
    "teens": 10,
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fourties": 40,
    "twentys": 20,
    "thirtys": 30,
    "fortys": 40,
    "fiftys": 50,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}
_SAME_PHASE = {"lower": "early", "middle": "mid", "upper": "late", "beginning": "early", "end": "late"}

_PHASE = r"(?:early|mid(?:dle)?|late|lower|upper)"
_NUMERAL = rf"(?:\d\d(?:\.0)?(?![\d.,:]*\d)|{TWO_DIGIT_WORD}(?:\b|(?=ish\b))|{'|'.join(_DECADES)})"
_TERM = (
    rf"(?:\b(?P<p1>{_PHASE})(?:[\s/-]*(?:to|or|and)?[\s-]*(?P<p2>{_PHASE}))?[\s-]*"
    r"(?:(?:part|end|side)\s+)?(?:(?:in(?:to)?|of)\s+)?(?:(?:his|her|their|the)\s+)?)?"
    rf"(?P<n>{_NUMERAL})(?P<s>'?s\b)?(?P<vague>[\s(-]*(?:ish\b\)?|something\b|odd\b|or\s+so\b))?"
    r"(?P<plus>\s*(?:\+|plus\b|(?:or|and)\s+(?:over|older|above|upwards)\b))?"
)
_PLAIN_TERM = re.sub(r"\?P<\w+>", "?:", _TERM)
_TERM_RE = re.compile(rf"(?<![\d£$])(?<!\d[.,:]){_TERM}")
_SEPARATOR = (
    r"(?:\s*[-/&]\s*(?:to\s+)?|\s+(?:till|until)\s+|\s*,\s*(?=early|mid|late)|\s*-?\s*,?\s*\b(?:to|or|and|maybe|possibly|perhaps|even)\s+"
    r"(?:(?:maybe|possibly|perhaps|even|to|in|his|her|their|about|around)\s+)*|\s+(?=early|mid|late))"
)
_SPAN_RE = re.compile(
    rf"(?<![\w£$.,:#+-])(?<!\d')(?:{_PLAIN_TERM})(?:{_SEPARATOR}(?:{_PLAIN_TERM}))?(?:(?![\w:%£])|(?=y(?:rs?|ears?|[/.]?o)?\b))",
)
_UNDER_WORDS = (
    r"(?:under|below|younger than|less than|(?:no|not) older than|at most|up to|not over|(?:no|not) more than|not yet|"
    r"not even|not quite)"
)
_OVER_WORDS = (
    r"(?:well over|over|above|(?<!much )older than|at least|(?<!much )more than|upwards of|past|(?:no|not) younger than|(?:the )?wrong side of|"
    r"the far side of)"
)
_ABOUT_WORDS = (
    r"(?:about|bout|abt|around|like|approx(?:imately)?\.?|aprox|roughly|circa|c\.|nearly|almost|nearing|somewhere|pushing|"
    r"getting on for|coming up to|close to|going on|in the region of|not much older than|not much more than|at a guess)"
)
_UNDER = re.compile(rf"\b{_UNDER_WORDS}\b")
_OVER = re.compile(rf"\b{_OVER_WORDS}\b")
_ABOUT = re.compile(rf"\b(?:{_ABOUT_WORDS}|approx\w*|ca?\b|or so|maybe|perhaps|possibly)|~")

_MODIFIER = (
    rf"(?:{_ABOUT_WORDS}|{_UNDER_WORDS}|{_OVER_WORDS}|maybe|possibly|probably|perhaps|between|from|anywhere|anything|"
    r"(?:the )?ages? of|aged?|in|his|her|their|the|say|~)"
)
_MODIFIERS = re.compile(rf"(?:\b|(?=~)){_MODIFIER}(?:\s*{_MODIFIER})*\s*$")
_OLD = re.compile(
    r"[\s-]*(?:(?:years?|yrs?|yr|y)\b\.?(?:[\s-]*(?:olds?|of age|in age)\b)?|y[/.]?o\b\.?|yo\b|old\b(?!\s+(?:man|guy)))"
)
_YEARS_OF_TIME = re.compile(
    r"\s+(?:for|ago|in|inside|of|on|later|before|after|back|since|now|previously|earlier|prison|jail|at)\b|'"
)
"""What follows years that are a time, a sentence or a career: "20 years in the army"."""
_NOT_AN_AGE = re.compile(
    r"\s*(?:(?:st|nd|rd|th)\b|%|'\s?\d|\"|p\b|k\b|x\b|(?:minutes?|mins?|hours?|hrs?|days?|weeks?|"
    r"months?|seconds?|secs?|"
    r"am|pm|o'?clock|hundred|pounds?|quid|euros?|miles?|mph|metres?|meters?|m\b|cms?|ft|feet|foot|"
    r"inch(?:es)?|in\s+total|"
    r"yards?|stones?|kgs?|lbs?|people|men|males|times|others|girls|women|cars?|"
    r"jan\w*|feb\w*|march|april|may|june|july|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*)\b)"
)
_NOT_A_PERSON = re.compile(
    r"[\s-]*(?:(?:older|younger|her senior|his senior|her junior|his junior)\b|car|van|vehicle|son|daughter|child|kid|boy|girl|record|house|building|[a-z]+\s+reg|audi|bmw|ford|"
    r"vauxhall|astra|golf|focus|mercedes|marriage|relationship|career|friendship|music)\b"
)
_SAYS_AGE = re.compile(r"\b(?:aged?|ages|age(?:\s+(?:range|approx\w*|group|is|was|of|perhaps))?)\s*[:=-]?\s*$")
_HAS_YEARS = re.compile(r"\b(?:he|she|who|man|woman|i|client)\s+(?:has|have|had|is|was)\s*$")
_HAS_NOT_AN_AGE = re.compile(r"\s+(?:of|in|experience|left|to|for|with)\b")
_AGE_IN = re.compile(r"\bage[ds]?\b")
_PERSON_WAS = re.compile(
    r"\b(?:(?:he|she|they|who|man|male|guy|bloke|lad|woman|female|client|punter)\s+(?:(?:was|is|were|"
    r"would be|must have been)"
    r"|(?:looked|looks|appeared|seemed))|he's|she's|looked|appeared|seemed|looks|looking|"
    r"estimated?(?:\s+as)?|described as|(?:thought|believed|said|understood|estimated|reported|appears?|claim(?:s|ed)) to (?:be|look)|"
    r"must be|would be|could be|says? (?:he|she)'?s|(?:puts?|places?|placed) (?:him|her|them) (?:at|as|in)|(?:i'?d|would) say|"
    r"(?:i|would|i'?d) (?:guess|reckon|think)(?:ed)?|(?:she|he)'d (?:say|guess)|guessing|reckon(?:ed|s)?|thought|"
    r"age(?:d)?\s*:\s*say)"
    r"(?:\s+(?:he|she)\s+(?:was|is))?(?:\s+to be)?(?:\s+(?:only|just|barely|possibly|probably|about))*(?:\s+(?:aged?|like he was))?\s*$"
)
_LISTED = re.compile(
    r"(?:\b(?:m[ae]n|male|female|woman|guy|bloke|lad|boy|girl|chap|gent)\s+of\s+|\b(?:male|man|female|woman|guy|bloke|lad|british|european|asian|black|white|origin|race|appearance|"
    r"both|each|african|indian|pakistani|chinese|english|caribbean|turkish|polish|romanian|m|f)\s*[,;:(-]?\s*|"
    r"^\s*|[.!?:\n]\s+|[,;(]\s*|(?<!\d)/\s*)$"
)
_DECADE_SAID = re.compile(rf"\b{_PHASE}\b|[a-z]ies\b|tys\b|teens")
_THE = re.compile(r"\bthe\s*$")
_OF_A_TIME = re.compile(r"\s+(?!age|and\b|or\b|with\b|but\b)[a-z]|\W*$")
"""Behind "the 60s", what shows the years of a time or a thing: a noun ("the 60s tower")."""
_APPROX = re.compile(r"\s*\(?(?:approx\w*|-?\s?ish|or so|or thereabouts|maybe|roughly|i think|i guess)\b\.?\)?")
_OPEN = re.compile(r"\s*(?:\+|(?:plus|(?:or|and)\s+(?:over|older|above|upwards|more))\b)")
_CLOSED = re.compile(r"\s*(?:(?:at (?:the )?(?:very )?most|tops|max(?:imum)?|or (?:under|younger|less))\b)")
_MONEY = re.compile(r"\b(?:paid in|fake|crisp|used|loose|counterfeit|two|three|four|five|six|few|couple of|\d+)\s*$")
_DECADE_NUMBER = re.compile(r"\d0'?s\b")
_OLD_SAID = re.compile(r"old|age|y/?o")
_AGES = re.compile(rf"\d+|{TWO_DIGIT_WORD}")
_VAGUE = re.compile(r"ish\b|something|or\s+so\b|odd\b")
_QUALIFIED = re.compile(rf"{_ABOUT_WORDS}|over|under|than|most")
_BARE_YOUNGEST, _BARE_OLDEST = 16, 85
"""[G] Bounds for a number that only its place in a list says to be an age."""
_LIST_END = re.compile(
    r"\s*(?:maybe|perhaps|probably|i think|i guess|in an?|(?:at (?:the )?(?:very )?most|tops|max)\b|or (?:so|more|thereabouts|over)\b)?\s*"
    r"(?:(?<=in a)\s|(?<=in an)\s|[,;.)]|/(?=\s*(?:[a-z]|\d'))|$)"
)

_GOES_ON = re.compile(
    r"\s+(?:with|wearing|driving|who|in\b(?!\s+(?:total|all))|and\s+(?:with|about|around|approx\w*|tall|short|had|has|was|of|\d)|"
    r"bald|slim|big|tall|short|stocky|medium|build|white|black|asian|[a-z]+\s+(?:hair|beard|build|accent)\b)"
)
"""What may follow "man about 50" or "w/m 40-50" in a description: more of the description."""

_WORDS = Lexicon("age_words")
_ALONE = Lexicon("age_words", only=flagged("alone"))


def normalise(words: str) -> Range | None:
    """Range of years from a person's own words ("mid 30s" 33-37, "over 40" 40 up); None when no age is in them."""
    bounds = _bounds(words)
    return Range(min=bounds[0], max=bounds[1]) if bounds else None


@lru_cache(maxsize=8192)
def _bounds(words: str) -> tuple[float | None, float | None] | None:
    if is_unknown(words):
        return None
    text = plain(words).strip()
    text = re.sub(r"(\d)\s*-\s*$", r"\1+", text)
    spans = [span for found in _TERM_RE.finditer(text) if (span := _years(found))]
    if spans:
        return _with_modifiers(text, min(s[0] for s in spans), max(s[1] for s in spans), "+" in text)
    keys = _WORDS.keys(words)
    return _of_word(keys[0]) if keys else None


def _years(found: re.Match[str]) -> tuple[int, int] | None:
    """Years of one term: a number, a decade, or a phase or two of a decade."""
    words = found["n"].removesuffix(".0")
    value = _DECADES.get(words) or number(words)
    decade = (
        words in _DECADES or bool(found["s"]) or bool(found["vague"] and re.search("something|odd", found["vague"]))
    )
    phases = [_SAME_PHASE.get(p, p) for p in (found["p1"], found["p2"]) if p]
    if not YOUNGEST <= value <= OLDEST:
        return None
    if value % 10 or not (decade or phases):
        spread = ABOUT_YEARS if found["vague"] else 0
        return value - spread, value + spread
    if value == 10:
        inside = [_TEEN_PHASES[p] for p in phases] or [(13, 19)]
        return inside[0][0], inside[-1][1]
    inside = [_PHASES[p] for p in phases] or [(0, 9)]
    return value + inside[0][0], value + inside[-1][1]


def _with_modifiers(text: str, low: int, high: int, plus: bool) -> tuple[float | None, float | None]:
    if _UNDER.search(text):
        return None, high
    if plus or _OVER.search(text) or re.search(r"\bplus\b|\b(?:or|and)\s+(?:over|older|above|upwards)\b", text):
        return low, None
    if low == high and _ABOUT.search(text):
        return low - ABOUT_YEARS, high + ABOUT_YEARS
    return low, high


def _of_word(key: str) -> tuple[float | None, float | None]:
    data = _WORDS.entries[key].data
    return data.get("min"), data.get("max")


def find(text: str) -> list[Finding]:
    """Ages said in a free text, each with the words that say it ("around 55 years old", "in his late 20s")."""
    low = plain(text)
    found = [f for span in _SPAN_RE.finditer(low) if (f := _judge(low, span.start(), span.end()))]
    taken = [(f.start, f.end) for f in found]
    for key, start, end in _ALONE.scan(low):
        if all(end <= s or start >= e for s, e in taken):
            youngest, oldest = _of_word(key)
            sure = NOT_TOLD if _ALONE.entries[key].data.get("vague") else 0.7
            found.append(Finding("age", Range(min=youngest, max=oldest), start, end, f"age_words:{key}", sure))
    return sorted(found, key=lambda f: f.start)


def _judge(low: str, start: int, end: int) -> Finding | None:
    """The finding for a number-like span if its surroundings say that it is an age."""
    after = low[end : end + 40]
    old = _OLD.match(after)
    if old and not _OLD_SAID.search(old.group()) and _YEARS_OF_TIME.match(after, old.end()):
        return None
    if _NOT_AN_AGE.match(after) or _NOT_A_PERSON.match(after[old.end() :] if old else after):
        return None
    modifiers = _MODIFIERS.search(low, max(0, start - 40), start)
    first = modifiers.start() if modifiers else start
    confidence, rule = _evidence(low, first, start, end, old)
    value = normalise(low[first:end]) if rule else None
    if value is None:
        return None
    if old and rule == "years old":
        end += old.end()
    for behind, said in ((_APPROX, "about"), (_OPEN, "over"), (_CLOSED, "at most")):
        more = behind.match(low, end)
        if more and (value.min == value.max or said != "about"):
            value, end = normalise(f"{said} {low[first:end]}") or value, more.end()
    return Finding("age", value, first, end, rule, confidence)


def _evidence(low: str, first: int, start: int, end: int, old: re.Match[str] | None) -> tuple[float, str]:
    """How sure, and by which rule, the span is an age; an empty rule when nothing says so."""
    span, before = low[start:end], low[max(0, first - 45) : first]
    if _decade_of_a_person(low, first, start, end):
        return 0.95, "decade"
    if old and (_OLD_SAID.search(old.group()) or _PERSON_WAS.search(before) or _LISTED.search(before)):
        return 0.95, "years old"
    if old and _HAS_YEARS.search(before) and not _HAS_NOT_AN_AGE.match(low, end + old.end()):
        return 0.8, "has years"
    if _SAYS_AGE.search(before) or _AGE_IN.search(low[first:start]):
        return 0.95, "aged"
    return _bare_number(low, (first, start, end), before)


def _decade_of_a_person(low: str, first: int, start: int, end: int) -> bool:
    """Whether low[start:end] is a decade of somebody's life and not of a century ("the 60s tower", "the eighties")."""
    span = low[start:end]
    if re.search(rf"\b{_PHASE}\b", span):
        return True
    if span.endswith("ies") and _MONEY.search(low, max(0, start - 20), start):
        return False
    if _THE.search(low, max(0, first - 5), start) and _OF_A_TIME.match(low, end):
        return False
    return bool(_DECADE_SAID.search(span) or (_DECADE_NUMBER.search(span) and not span.startswith(("8", "9"))))


def _bare_number(low: str, at: tuple[int, int, int], before: str) -> tuple[float, str]:
    """As `_evidence`, for a number with no word for age beside it: only its place among descriptors speaks."""
    first, start, end = at
    span = low[start:end]
    ages = [number(n) for n in _AGES.findall(span)]
    if not ages or min(ages) < _BARE_YOUNGEST or max(ages) > _BARE_OLDEST:
        return 0.0, ""
    if _VAGUE.search(span) and not before.rstrip().endswith(" at"):
        return 0.8, "vague number"
    if _PERSON_WAS.search(before) or _PERSON_WAS.search(low, max(0, first - 30), start):
        return 0.85, "person was"
    listed = _LISTED.search(before)
    if listed:
        after_person = listed.group().strip() not in ("", ",", ";", "(", "/", ".", "!", "?", ":")
        told = len(ages) == 2 or bool(_QUALIFIED.search(low[first:start]) or _CLOSED.match(low, end))
        if _LIST_END.match(low, end) and (after_person or told or among_descriptors(low, first, end)):
            return 0.65, "listed"
        if told and _GOES_ON.match(low, end):
            return 0.65, "beside the person"
    return 0.0, ""
