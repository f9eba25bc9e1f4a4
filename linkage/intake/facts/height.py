"""Height: feet and inches, centimetres, metres or plain words -> Range in whole cm, and heights in free text.

Lengths of knives, walls and distances are left alone: a bare "6 inch" or "6 ft away" is no height.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from linkage.intake.document.tokens import Located, Token, fine_tokens, located
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.listing import is_item, item_after, item_before, says_person
from linkage.intake.facts.surface import Lexicon, flagged, is_unknown, plain
from linkage.intake.patterns import compiled
from linkage.intake.quantities import hedges
from linkage.intake.quantities.lengths import bare_spans, lengths
from linkage.report import Range

ABOUT_CM = 3
"""[G] "about 5 ft 7" is widened by about an inch either way."""
JUST_CM = 5
"""[G] "just over 6 ft" reaches up to two inches further."""
LOWEST_CM, HIGHEST_CM = 120, 229
"""[G] Outside, a number is not the height of a reported person."""
NOT_TOLD = 0.4
"""[G] Confidence in centimetres for "tall" or "average height": too low to be kept, for the text tells no number."""

_CONTEXT = "height_context"
_OPEN_RANGE = compiled(r"(\d)\s*-\s*$")
_MAY_HOLD = compiled(
    r"\d\s?(?:f(?:t|oot|eet|\d)|['\"½m]|cm|centi|[ .,-]\s?\d)|foot|feet|(?:four|five|six)[ -]|met(?:re|er)|"
    r"\b(?:1[4-9]|20)\d\b|height"
)
"""Without these, looked for at once, a text tells no height in figures."""
_WORDS = Lexicon("height_words")
_ALONE = Lexicon("height_words", only=flagged("alone"))
_HEIGHT_SAID = ("tall", "short", "height", "small", "average")
_NOT_A_TALL_PERSON = compiled(
    r"\s+(?:building|block|tower|fence|wall|tree|gate|hedge|flats?|ship|order|story|hair|grass)\b"
)
_PERSON_THEN = compiled(r"\b(?:males?|man|females?|woman|lad|bloke|guy)\s+$")
_ENDS = compiled(r"\s*(?:[,;/]|\.(?!\d)|$)")
_THAN_SOMEBODY = compiled(r"\bthan (?:me|her|him|us|i am|she is|my)\b[^.;]{0,12}$")

Words = tuple[Token, ...]


def normalise(words: str) -> Range | None:
    """Range in whole cm from a person's own words ("5 ft 7" 170-170); None when no height is in them."""
    bounds = _bounds(words)
    return Range(min=bounds[0], max=bounds[1]) if bounds else None


@lru_cache(maxsize=8192)
def _bounds(words: str) -> hedges.Bounds | None:
    if is_unknown(words):
        return None
    text = _OPEN_RANGE.sub(r"\1+", plain(words).strip())
    inside = [one for one in lengths(text) or lengths(text, True) if LOWEST_CM <= one.low <= one.high <= HIGHEST_CM]
    if inside:
        low, high = min(one.low for one in inside), max(one.high for one in inside)
        return hedges.hedged(low, high, hedges.kinds(fine_tokens(text)), ABOUT_CM, JUST_CM)
    keys = [key for key, _, _ in _WORDS.read(words)]
    data = _WORDS.entries[keys[0]].data if keys else None
    return (data.get("min"), data.get("max")) if data is not None else None


def find(text: str) -> list[Finding]:
    """Heights said in a free text, each with the words that say it ("about six foot", "5'6-5'8")."""
    low = plain(text)
    tokens = located(low if _MAY_HOLD.search(low) else "")
    words = tokens.words
    found: list[Finding] = []
    taken: list[tuple[int, int]] = []
    for first, last, rule in (*_measured(tokens, low), *_without_unit(tokens, low)) if words else ():
        start, end = words[first].start, words[last - 1].end
        value = normalise(low[start:end]) if _clear(taken, start, end) else None
        if value is not None:
            taken.append((start, end))
            found.append(Finding("height_cm", value, start, end, rule, 0.9 if rule == "measured" else 0.85))
    for key, start, end in _ALONE.scan(low) if any(word in low for word in _HEIGHT_SAID) else ():
        data = _ALONE.entries[key].data
        if _clear(taken, start, end) and not _NOT_A_TALL_PERSON.match(low, end) and low[start - 2 : start] != "t ":
            value = Range(min=data.get("min"), max=data.get("max"))
            found.append(Finding("height_cm", value, start, end, f"height_words:{key}", NOT_TOLD))
    return sorted(found, key=lambda one: one.start)


def _clear(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    return all(end <= s or start >= e for s, e in taken)


def _behind(words: Words, at: int, kind: str) -> int:
    """Index behind what `kind` of `height_context.toml` has behind a height; `at` where there is none."""
    return hedges.end_of(words, at, _CONTEXT, kind)


def _before(words: Words, at: int, kind: str) -> int:
    return hedges.start_of(words, at, _CONTEXT, kind)


def _joined(tokens: Located, low: str) -> Iterator[tuple[int, int]]:
    """Tokens of the lengths with a unit, "5'6-5'8" as one."""
    spans: list[tuple[int, int]] = []
    for one in lengths(low):
        first, last = tokens.span(one.start, one.end)
        if spans and _one_person(tokens.words, spans[-1], first):
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((first, last))
    yield from spans


def _one_person(words: Words, one: tuple[int, int], other: int) -> bool:
    """Whether nothing but "to" or "or maybe" stands between a length and the next, which begins at `other`."""
    here = one[1]
    tall = _behind(words, here, "tall")
    if tall != here and words[hedges.start_of(words, one[0])].low in ("between", "from"):
        here = tall
    if here >= other or (words[here].low == "," and words[other - 1].low == ","):
        return False
    while here < other:
        past = _behind(words, here, "between")
        past = past if past > here else here + (hedges.start_of(words, here + 1) <= here)
        if past == here:
            return False
        here = past
    return here == other


def _measured(tokens: Located, low: str) -> Iterator[tuple[int, int, str]]:
    """Tokens of heights that carry a unit, widened over "about" and "tall"."""
    words = tokens.words
    for begin, last in _joined(tokens, low):
        first = hedges.start_of(words, begin)
        if not _is_no_height(words, last) and not _is_distance(words, first, low):
            yield first, _behind(words, hedges.end_of(words, last), "tall"), "measured"


def _is_no_height(words: Words, at: int) -> bool:
    here = at + (at < len(words) and words[at].low == "-")
    here = _behind(words, here, "tall")
    if _behind(words, here, "no_height") != here:
        return True
    following = [word.low for word in words[here : here + 2]]
    if following[:1] == ["of"]:
        return following[1:] != ["height"]
    return following[:1] in (["by"], ["x"]) and following[1:2] != [] and following[1].isdigit()


def _is_distance(words: Words, at: int, low: str) -> bool:
    start = words[at].start
    if _THAN_SOMEBODY.search(low, max(0, start - 40), start):
        return True
    if at > 1 and words[at - 1].low in ("by", "x") and words[at - 2].low in ("ft", "foot", "m", "metres", "metre"):
        return True
    for back in range(3):
        if at - back > 0 and _before(words, at - back, "distance") != at - back:
            return True
        if at - back > 0 and words[at - back - 1].low not in (
            "me",
            "her",
            "him",
            "us",
            "them",
            "back",
            "another",
            "to",
        ):
            return False
    return False


def _without_unit(tokens: Located, low: str) -> Iterator[tuple[int, int, str]]:
    """Tokens of numbers that are a height by the words beside them: "height 5 8", "he was five nine"."""
    words = tokens.words
    spans = [tokens.span(*span) for span in bare_spans(low)]
    for begin, last in [*spans, *((tokens.span(one.start, one.end)) for one in lengths(low, True))]:
        label = _before(words, begin, "labels")
        if label > 0 and words[label - 1].low == "height":
            yield label - 1, hedges.end_of(words, last), "labelled"
    for begin, last in spans:
        first, past = hedges.start_of(words, begin), hedges.end_of(words, last)
        tall = _behind(words, past, "tall")
        if tall != past:
            yield first, tall, "tall"
        elif _behind(words, past, "other") == past and (rule := _told(words, (first, begin, past), low)):
            yield first, past, rule


def _told(words: Words, at: tuple[int, int, int], low: str) -> str:
    """The rule by which a number, hedged from `first` and up to `past`, is a height; "" for none."""
    first, begin, past = at
    if words[past - 1].low in ("ft", "foot", "feet"):
        return "" if _is_no_height(words, past) else "dotted"
    goes_on = past >= len(words) or _behind(words, past, "goes_on") != past
    if goes_on and _of_somebody(words, first):
        return "he was"
    item = past == len(words) or words[past].low in (",", ".", ";")
    hedged = _hedged_item(words, first, begin) or hedges.kinds(words[begin:past])
    if item and len(words[begin].text) == 1 and hedged:
        return "spaced"
    return "listed" if _listed(low, words[first].start, words[past - 1].end) else ""


def _of_somebody(words: Words, at: int) -> bool:
    stands = _before(words, at, "stands")
    if stands != at:
        return _before(words, stands, "people") != stands
    return _before(words, at, "said") != at


def _hedged_item(words: Words, first: int, at: int) -> bool:
    hedged = "about" in hedges.kinds(words[first:at])
    return hedged or (first > 0 and words[first - 1].low in (",", ";"))


def _listed(low: str, start: int, end: int) -> bool:
    """Whether numbers are an item of a list of descriptors; in a note the comma behind them may be left out."""
    before = item_before(low, start)
    if is_item(low, start, end):
        return says_person(before) or says_person(item_after(low, end))
    if _PERSON_THEN.search(low[max(0, start - 10) : start]) and _ENDS.match(low, end):
        return True
    if "-" in low[start:end]:
        return False  # "5-6 white men"
    opens = not before.strip() or low[:start].rstrip()[-1:] in ",.;:/-(\n"
    return (opens or says_person(before)) and low[end : end + 1] == " " and says_person(low[end : end + 30])
