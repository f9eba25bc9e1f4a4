"""Height: feet and inches, centimetres, metres or plain words -> Range in whole cm, and heights in free text.

Lengths of knives, walls and distances are left alone: a bare "6 inch" or "6 ft away" is no height.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from linkage.intake.facts.finding import Finding
from linkage.intake.facts.listing import is_item, item_after, item_before, says_person
from linkage.intake.facts.spoken_numbers import SMALL_WORD, TWO_DIGIT_WORD, UNIT_WORD, number
from linkage.intake.facts.surface import Lexicon, flagged, is_unknown, plain, windows
from linkage.report import Range

ABOUT_CM = 3
"""[G] "about 5 ft 7" is widened by about an inch either way."""
JUST_CM = 5
"""[G] "just over 6 ft" reaches up to two inches further."""
LOWEST_CM, HIGHEST_CM = 120, 229
"""[G] Outside, a number is not the height of a reported person."""
CM_PER_INCH = 2.54
NOT_TOLD = 0.4
"""[G] Confidence in centimetres for "tall" or "average height": too low to be kept, for the text tells no number."""

_INCHES = rf"(?:(?P<half>(?:a\s+)?half\b)|(?P<inch>1[01]|\d(?!\d)|{SMALL_WORD}\b)(?P<frac>\.5|\s*(?:½|1/2))?)"
_INCH_MARK = r"(?:\s*(?:\"|''|inch(?:es)?\b|ins?\b\.?))?"
_NOT_FEET = r"(?!\s*(?:'(?!')|ft(?![a-z])|f\b|foot|feet|\d|:|(?:min|year|yr|hour|am|pm|men|people|cm|stone)\w*\b))"
_INCH_RANGE = rf"(?:\s*(?:-|to|or|/)\s*(?P<inch2>1[01]|\d(?!\d)|{SMALL_WORD}\b)(?!\.\d){_NOT_FEET}{_INCH_MARK})?"
_FEET = (
    rf"(?P<feet>[3-7]|{UNIT_WORD})(?P<halffeet>\s*(?:and\s+)?(?:a\s+)?half)?"
    r"\s*-?\s*(?:feet|foots?|footer|fts?(?=[\W\d]|$|ish)|f(?=\s?\d)|(?:''|\")(?=\s?(?:1[01]|\d)(?![\d'\"]))|')\.?"
    rf"(?:\s*[-,]?\s*(?:and\s+)?{_INCHES}{_NOT_FEET}{_INCH_MARK}{_INCH_RANGE})?"
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
_TERM_RE = re.compile(rf"(?<![\w.£$])(?<!\d['\"]){_TERM}")
_LOOSE_RE = re.compile(
    rf"(?<![\d.])(?:(?P<bare>1[2-9]\d|2[0-2]\d)(?:\.0+)?(?!\d)|(?P<metres>[12][.,]\d\d)(?!\d)"
    rf"|(?P<total>[4-8]\d)\s*(?:\"|inches|ins?\b)"
    rf"|(?P<feet>[4-7]|four|five|six|seven)\s*[-.,/ ;:_]\s*(?P<inch>1[01]|\d(?!\d)|"
    rf"{SMALL_WORD}\b)(?:\s*(?:-|to|or)\s*(?P<inch2>{SMALL_WORD}\b)(?!\s*(?:{SMALL_WORD}|foot|ft|feet)\b))?)"
)
_OVER_WORDS = (
    r"(?:over|above|(?<!much )taller than|bigger than|at least|(?<!not )(?<!no )(?<!much )more than|upwards of|"
    r"no shorter than|"
    r"no less than)"
)
_UNDER_WORDS = (
    r"(?:under|below|shorter than|smaller than|(?<!no )less than|at most|up to|(?:no|not) more than|no taller than|"
    r"(?:not|no) over)"
)
_ABOUT_WORDS = (
    r"(?:about|bout|abt|around|around the|in the region of|like|approx(?:imately)?\.?|aprox|roughly|circa|nearly|"
    r"almost|maybe|nearer|"
    r"close to|getting on for|"
    r"not much (?:over|more than|taller than)|somewhere)"
)
_LITTLE = r"(?:just|slightly|marginally|a (?:bit|little|shade|touch|tad|fraction|inch|hair)|an inch(?: or two)?)"
_OVER = re.compile(rf"\b{_OVER_WORDS}\b|\+|\bplus\b|\bor (?:over|taller|more|above)\b|\bsomething\b")
_UNDER = re.compile(rf"\b{_UNDER_WORDS}\b|\bor (?:under|shorter|less)\b|\b(?:tops|max|at (?:the )?most)\b")
_NOT_MUCH = re.compile(r"\bnot much (?:over|more than|taller than|under|below)\b")
_JUST = re.compile(rf"\b(?:{_LITTLE}\s+(?:{_OVER_WORDS}|{_UNDER_WORDS})|not quite|(?:just )?shy of)\b")
_LITTLE_MORE = re.compile(
    r"\bor (?:maybe |possibly )?a (?:little|bit|touch|shade|fraction) (?:(?P<over>over|taller|more|above)|under|"
    r"shorter|less)\b"
)
_ABOUT = re.compile(rf"\b(?:{_ABOUT_WORDS}|ca?\b|or so|odd\b|approx\w*)|~|ish\b")
_BEFORE = re.compile(
    rf"(?:\b(?:{_LITTLE}|{_ABOUT_WORDS}|{_OVER_WORDS}|{_UNDER_WORDS}|between|from|not quite|(?:just )?shy of|"
    r"well|c\.)\s*|~\s*)+$"
)
_AFTER = re.compile(
    r"\s*(?:or (?:maybe |possibly )?a (?:little|bit|touch|shade|fraction) (?:over|taller|more|above|under|"
    r"shorter|less)\b|\+|plus\b|-?\s?ish\b|-?\s?odd\b|something\b|or (?:over|taller|more|above|so|under|shorter|"
    r"less)\b|"
    r"(?:at least|minimum|tops|max(?:imum)?|at (?:the )?(?:very )?most)\b|"
    r"\(?approx\w*\.?\)?)|\s+(?:tall|in height)\b"
)
_NOT_A_HEIGHT = re.compile(
    r"[\s-]*(?:tall\s+)?(?:long|high|walls?|fence|away|from|knife|blade|machete|sword|pole|bat|stick|bar|"
    r"deep|wide|drop|behind|across|onto|through|towards?|"
    r"ladder|apart|distance|rope|gate|hedge|down|off the|in front|in the air|in length|by\s+\d\w*|x\s*\d\w*|"
    r"of (?!height)\w+|"
    r"back\b|into|to the|bed|ditch|plank|scaffold\w*|tree|banner|above|below)\b"
)
_A_DISTANCE = re.compile(
    r"\bthan (?:me|her|him|us|i am|she is|my)\b[^.;]{0,12}$|"
    r"\b(?:(?:fell|threw|thrown|dropped|dragged|moved|stepped|jumped|pushed|knocked|backed|walked|stayed|kept|"
    r"within|came|"
    r"get|got|dropping|falling)\s+(?:(?:me|her|him|us|them|back|another|the|last|about|around|over|only|"
    r"to within)\s+){0,2}|"
    r"\d\s*(?:ft|foot|m|metres?)?\s*(?:by|x)\s*)$"
)
_LABELLED = re.compile(
    r"\bheight\s*(?:is|was|of|like|maybe|i'?d|guess|say|i think|approx\w*\.?|about|around|[:=,-]|"
    r"\s)*\s*(?P<rest>between\s+(?:[^;\n,.]){8,36}|(?:[^;\n,]|,(?=\d\d)){1,24})"
)
_LABEL = re.compile(r"height\s*(?:is\b|was\b|of\b|[:=,-])*\s*")
_FEET_SAID = rf"(?:[4-6]\s?[.,' -]\s?(?:1[01]|\d)(?!\d)|(?:four|five|six)[\s-](?:{SMALL_WORD})\b)"
_BARE = rf"(?:{_FEET_SAID}|1[.,][4-9]\d(?!\d)|2[.,][01]\d(?!\d))"
_BARE_RANGE = rf"{_BARE}(?:\s*(?:-|to|or|/|and)\s*(?:maybe\s+)?(?:{_BARE}|{SMALL_WORD}\b(?!\s+\w)))?"
_ITEM = re.compile(
    rf"(?<![\w.,£$'-])(?:(?:about|around|approx\w*\.?|abt|roughly|maybe)\s+)?(?P<rest>(?:[4-6][.,](?:1[01]|"
    rf"\d)(?![\d.])|(?:1[4-9]\d|20\d)(?!\d)|[4-6]-(?:1[01]|0?\d)(?!\d)|[4-6] (?:1[01]|\d)(?!\d)"
    rf"(?:\s*(?:-|to|or|/)\s*[4-6] (?:1[01]|\d)(?!\d))?|"
    rf"(?:four|five|six)[\s-]{SMALL_WORD}\b(?:\s*(?:-|to|or|/)\s*(?:(?:four|five|six)[\s-])?{SMALL_WORD}\b)?|"
    rf"1[.,][4-9]\d(?!\d)(?:\s*(?:-|to|or|/)\s*1[.,][4-9]\d(?!\d))?))(?!\s*(?:(?:or|to|-)\s*\d|am|pm|hrs|miles?|"
    rf"men|people|quid|pounds?|m\b|minutes?))"
)
"""A height without a unit as an item of a list: "five eleven, thickset", "5 7 or 5 8, mid thirties"."""
_DOTTED = re.compile(
    r"(?<![\d.,£$])[4-6][.,]\s?(?:1[01]|\d)\s*(?:ft|foot|feet)\b(?!\s*(?:away|long|wide|high|deep|from|of))"
)
_NUMBER = re.compile(rf"[4-6][ .,'-]\s?\d|\b(?:1[4-9]|20)\d\b|[12][.,][0-9]\d|(?:four|five|six)[\s-]{SMALL_WORD}")
_WINDOW = 60
"""[G] Characters around a number in which the words are looked for that make it a height."""
_QUALIFIED = rf"(?:(?:{_LITTLE}|{_ABOUT_WORDS}|{_OVER_WORDS}|{_UNDER_WORDS}|between)\s+)*"
_TALL_SAID = re.compile(r"\s*(?:tall|in height)\b")
_TALL = re.compile(rf"(?<![\d.£$]){_QUALIFIED}(?:{_BARE_RANGE}|1[4-9]\d|2[01]\d)$")
_CLOSED = (
    r"(?:ish)?(?=\s*(?:[,;)]|\.(?!\d)|$|\n)|"
    r"\s+(?:and|with|but|maybe|slim|stocky|medium|well|large|skinny|white|black)\b)"
)
_HE_WAS = re.compile(
    r"\b(?:(?:he|she|who|man|male|guy|bloke|lad|they)\s+(?:was|is|were|looked|stood|appeared|must have been|"
    r"would be|has)|he'?s|"
    r"she'?s|i'?d say|would say|tall|high|measur(?:es|ed|ing)|(?:put|place)s? (?:him|her|them) (?:at|"
    r"as))\s+(?:to be\s+|"
    rf"probably\s+)?(?P<rest>{_QUALIFIED}{_BARE_RANGE}){_CLOSED}"
)
_SPACED = re.compile(
    r"(?:\b(?:about|around|approx\w*\.?|roughly|bout)\s+|(?<=[,;] ))(?<![\d£$])[4-6] (?:1[01]|\d)"
    r"(?:\s*[-/]\s*[4-6] (?:1[01]|\d))?(?=\s*[,.;]|$)"
)
_PERSON_THEN = re.compile(r"\b(?:males?|man|females?|woman|lad|bloke|guy)\s+$")
_OPEN = re.compile(r"\s*(?:at (?:the )?(?:very )?least|or (?:more|over|taller)|easily|minimum|plus|\+)(?!\w)")
_CLOSED_BY = re.compile(r"\s*(?:at (?:the )?(?:very )?most|max(?:imum)?|tops|or (?:less|under|shorter))(?!\w)")
"""What behind a height opens or closes it: "6 4 at least", "5 3 max"."""
_ENDS = re.compile(r"\s*(?:[,;/]|\.(?!\d)|$)")
_SEPARATOR = re.compile(
    r"\s*(?:-|to|or|and|/|\(|,)\s*(?:(?:maybe|about|around|possibly|perhaps|just|even)\s+)*|\s+(?:maybe|"
    r"possibly|perhaps)\s+"
)

_WORDS = Lexicon("height_words")
_ALONE = Lexicon("height_words", only=flagged("alone"))
_HEIGHT_SAID = ("tall", "short", "height", "small")
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
        return (whole := number(part["whole"]) * 100 + number(part["rest"])), whole
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
        return cm, max(cm, _feet_cm(number(part["feet"]), number(part["inch2"] or "")))
    return cm, cm


def _with_modifiers(text: str, low: int, high: int) -> tuple[float | None, float | None]:
    under, over = _UNDER.search(text), _OVER.search(text)
    more = _LITTLE_MORE.search(text)
    if more or _JUST.search(text):
        upwards = more["over"] if more else over
        return (low, high + JUST_CM) if upwards else (low - JUST_CM, high)
    if _NOT_MUCH.search(text):
        return low - ABOUT_CM, high + ABOUT_CM
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
        no_person = _NOT_A_HEIGHT.match(low, end) or _A_DISTANCE.search(low, max(0, start - 40), start)
        value = None if no_person else normalise(low[start:end])
        if value is not None:
            found.append(Finding("height_cm", value, start, end, "measured"))
    taken = [(f.start, f.end) for f in found]
    for start, stop, rule in _without_unit(low):
        end = start + len(low[start:stop].rstrip(" ."))
        value = normalise(_LABEL.sub("", low[start:end])) if _clear(taken, start, end) else None
        if value is not None:
            value, end = _opened(low, value, end)
            found.append(Finding("height_cm", value, start, end, rule, 0.85))
            taken.append((start, end))
    for key, start, end in _ALONE.scan(low) if any(word in low for word in _HEIGHT_SAID) else ():
        data = _ALONE.entries[key].data
        if _clear(taken, start, end) and not _NOT_A_TALL_PERSON.match(low, end) and low[start - 2 : start] != "t ":
            value = Range(min=data.get("min"), max=data.get("max"))
            found.append(Finding("height_cm", value, start, end, f"height_words:{key}", NOT_TOLD))
    return sorted(found, key=lambda f: f.start)


def _opened(low: str, value: Range, end: int) -> tuple[Range, int]:
    """A single height and its end, with what follows taken in where that opens or closes it."""
    for behind, low_end, high_end in ((_OPEN, True, False), (_CLOSED_BY, False, True)):
        more = behind.match(low, end) if value.min == value.max else None
        if more:
            return Range(min=value.min if low_end else None, max=value.max if high_end else None), more.end()
    return value, end


def _without_unit(low: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, rule) of numbers that are a height by the words beside them: "height 5 8", "he was five nine"."""
    if "height" in low:
        for said in _LABELLED.finditer(low):
            if re.search(r"\d|feet|foot|five|six", said["rest"]):
                yield said.start(), said.end(), "labelled"
    for tall in _TALL_SAID.finditer(low) if "tall" in low or "height" in low else ():
        number_before = _TALL.search(low, max(0, tall.start() - 40), tall.start())
        if number_before:
            yield number_before.start(), tall.end(), "tall"
    for first, last in windows(_NUMBER, low, _WINDOW, _WINDOW):
        yield from ((*said.span(), "dotted") for said in _DOTTED.finditer(low, first, last))
        yield from ((*said.span("rest"), "he was") for said in _HE_WAS.finditer(low, first, last))
        yield from ((*said.span(), "spaced") for said in _SPACED.finditer(low, first, last))
        yield from (
            (*said.span(), "listed") for said in _ITEM.finditer(low, first, last) if _listed(low, *said.span())
        )


def _listed(low: str, start: int, end: int) -> bool:
    """Whether numbers are an item of a list of descriptors; in a note the comma behind them may be left out."""
    before = item_before(low, start)
    if is_item(low, start, end):
        return says_person(before) or says_person(item_after(low, end))
    if "-" in low[start:end]:
        return False  # "5-6 white men"
    if _PERSON_THEN.search(low[max(0, start - 10) : start]) and _ENDS.match(low, end):
        return True
    opens = not before.strip() or low[:start].rstrip()[-1:] in ",.;:/-(\n"
    return (opens or says_person(before)) and low[end : end + 1] == " " and says_person(low[end : end + 30])


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
