"""Height: feet and inches, centimetres, metres or plain words -> Range in whole cm, and heights in free text.

Lengths of knives, walls and distances are left alone: a bare "6 inch" or "6 ft away" is no height.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from linkage.intake.facts import height_grammar as grammar
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.listing import is_item, item_after, item_before, says_person
from linkage.intake.facts.spoken_numbers import number
from linkage.intake.facts.surface import Lexicon, flagged, is_unknown, numbers_at, plain, windows
from linkage.intake.patterns import compiled
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

_OPEN_RANGE = compiled(r"(\d)\s*-\s*$")
_FIGURE = compiled(r"\d|feet|foot|five|six")
_WORDS = Lexicon("height_words")
_ALONE = Lexicon("height_words", only=flagged("alone"))
_HEIGHT_SAID = ("tall", "short", "height", "small")
_NOT_A_TALL_PERSON = compiled(
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
    text = _OPEN_RANGE.sub(r"\1+", plain(words).strip())
    terms = [_term_cm(found) for found in grammar.TERM_RE.finditer(text)]
    if not terms:
        terms = [_loose_cm(found) for found in grammar.LOOSE_RE.finditer(text)]
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
    under, over = grammar.UNDER.search(text), grammar.OVER.search(text)
    more = grammar.LITTLE_MORE.search(text)
    if more or grammar.JUST.search(text):
        upwards = more["over"] if more else over
        return (low, high + JUST_CM) if upwards else (low - JUST_CM, high)
    if grammar.NOT_MUCH.search(text):
        return low - ABOUT_CM, high + ABOUT_CM
    if under:
        return None, high
    if over:
        return low, None
    if low == high and grammar.ABOUT.search(text):
        return low - ABOUT_CM, high + ABOUT_CM
    return low, high


def find(text: str) -> list[Finding]:
    """Heights said in a free text, each with the words that say it ("about six foot", "5'6-5'8")."""
    low = plain(text)
    found: list[Finding] = []
    for start, end in _measured(low):
        no_person = grammar.NOT_A_HEIGHT.match(low, end) or grammar.A_DISTANCE.search(low, max(0, start - 40), start)
        value = None if no_person else normalise(low[start:end])
        if value is not None:
            found.append(Finding("height_cm", value, start, end, "measured"))
    taken = [(f.start, f.end) for f in found]
    for start, stop, rule in _without_unit(low):
        end = start + len(low[start:stop].rstrip(" ."))
        value = normalise(grammar.LABEL.sub("", low[start:end])) if _clear(taken, start, end) else None
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
    for behind, low_end, high_end in ((grammar.OPEN, True, False), (grammar.CLOSED_BY, False, True)):
        more = behind.match(low, end) if value.min == value.max else None
        if more:
            return Range(min=value.min if low_end else None, max=value.max if high_end else None), more.end()
    return value, end


def _without_unit(low: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, rule) of numbers that are a height by the words beside them: "height 5 8", "he was five nine"."""
    if "height" in low:
        for said in grammar.LABELLED.finditer(low):
            if _FIGURE.search(said["rest"]):
                yield said.start(), said.end(), "labelled"
    for tall in grammar.TALL_SAID.finditer(low) if "tall" in low or "height" in low else ():
        number_before = grammar.TALL.search(low, max(0, tall.start() - 40), tall.start())
        if number_before:
            yield number_before.start(), tall.end(), "tall"
    for first, last in windows(grammar.NUMBER, low, grammar.WINDOW, grammar.WINDOW):
        yield from ((*said.span(), "dotted") for said in grammar.DOTTED.finditer(low, first, last))
        yield from ((*said.span("rest"), "he was") for said in grammar.HE_WAS.finditer(low, first, last))
        yield from ((*said.span(), "spaced") for said in grammar.SPACED.finditer(low, first, last))
        yield from (
            (*said.span(), "listed") for said in grammar.ITEM.finditer(low, first, last) if _listed(low, *said.span())
        )


def _listed(low: str, start: int, end: int) -> bool:
    """Whether numbers are an item of a list of descriptors; in a note the comma behind them may be left out."""
    before = item_before(low, start)
    if is_item(low, start, end):
        return says_person(before) or says_person(item_after(low, end))
    if "-" in low[start:end]:
        return False  # "5-6 white men"
    if grammar.PERSON_THEN.search(low[max(0, start - 10) : start]) and grammar.ENDS.match(low, end):
        return True
    opens = not before.strip() or low[:start].rstrip()[-1:] in ",.;:/-(\n"
    return (opens or says_person(before)) and low[end : end + 1] == " " and says_person(low[end : end + 30])


def _clear(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    return all(end <= s or start >= e for s, e in taken)


def _measured(low: str) -> list[tuple[int, int]]:
    """Spans of terms that carry a unit, joined over "5'6-5'8" and widened over "about" and "tall"."""
    spans: list[tuple[int, int]] = []
    for term in numbers_at(grammar.TERM_RE, grammar.HEADS, low):
        start, end = term.span()
        if spans and grammar.SEPARATOR.fullmatch(low, _past_tall(low, spans[-1]), start):
            spans[-1] = (spans[-1][0], end)
            continue
        before = grammar.BEFORE.search(low, max(0, start - 40), start)
        spans.append((before.start() if before else start, end))
    widened = []
    for start, end in spans:
        after = grammar.AFTER.match(low, end)
        widened.append((start, after.end() if after and not grammar.NOT_A_HEIGHT.match(low, end) else end))
    return widened


def _past_tall(low: str, span: tuple[int, int]) -> int:
    """The end of a height, behind "tall" where "between" or "from" says that a second height follows."""
    start, end = span
    tall = grammar.TALL_BETWEEN.match(low, end) if low.startswith(("between", "from"), start) else None
    return tall.end() if tall else end
