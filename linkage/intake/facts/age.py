"""Age: words about how old a person looked -> Range of years, and ages in free text.

A number is an age only where something says so ("years old", "aged", "he looked", a decade, its place in a list
of descriptors); minutes, dates, prices, house numbers and vehicles' years are left alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from linkage.intake.facts import age_grammar as grammar
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.listing import among_descriptors, item_after, says_person
from linkage.intake.facts.surface import Lexicon, flagged, is_unknown, numbers_at, plain
from linkage.intake.patterns import compiled
from linkage.intake.quantities.numbers import number
from linkage.report import Range

ABOUT_YEARS = 2
"""[G] "around 55" is read as 53-57."""
NOT_TOLD = 0.4
"""[G] Confidence in years for "young" or "older": too low to be kept, for the text tells no age."""
OUT_OF_TEENS = (20, 22)
"""[G] Years of somebody "not long out of his teens"."""
_AHEAD = 32
"""Characters behind "and" in which the next item of a description begins [G]."""
YOUNGEST, OLDEST = 10, 99
"""[G] Numbers outside are not read as the age of a reported person."""

_NEXT = 14
"""Characters behind "elderly" within which a number tells the age better [G]."""

_OPEN_RANGE = compiled(r"(\d)\s*-\s*$")
_SOMETHING = compiled("something|summ|odd")
_AND_OVER = compiled(r"\bplus\b|\b(?:or|and)\s+(?:over|older|above|upwards|more)\b")
_PHASE = compiled(rf"\b{grammar.PHASE}\b")
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
    text = _OPEN_RANGE.sub(r"\1+", text)
    spans = [span for found in grammar.TERM_RE.finditer(text) if (span := _years(found))]
    if spans:
        return _with_modifiers(text, min(s[0] for s in spans), max(s[1] for s in spans), "+" in text)
    keys = _WORDS.keys(words)
    return _of_word(keys[0]) if keys else None


def _years(found: re.Match[str]) -> tuple[int, int] | None:
    """Years of one term: a number, a decade, or a phase or two of a decade."""
    words = found["n"].removesuffix(".0")
    value = grammar.DECADES.get(words) or number(words)
    decade = (
        words in grammar.DECADES or bool(found["s"]) or bool(found["vague"] and _SOMETHING.search(found["vague"]))
    )
    phases = [grammar.SAME_PHASE.get(p, p) for p in (found["p1"], found["p2"]) if p]
    if not YOUNGEST <= value <= OLDEST:
        return None
    if value % 10 or not (decade or phases):
        spread = ABOUT_YEARS if found["vague"] else 0
        return value - spread, value + spread
    if value == 10:
        inside = [grammar.TEEN_PHASES[p] for p in phases] or [(13, 19)]
        return inside[0][0], inside[-1][1]
    inside = [grammar.PHASES[p] for p in phases] or [(0, 9)]
    return value + inside[0][0], value + inside[-1][1]


def _with_modifiers(text: str, low: int, high: int, plus: bool) -> tuple[float | None, float | None]:
    if grammar.UNDER.search(text):
        return None, high
    if plus or grammar.OVER.search(text) or _AND_OVER.search(text):
        return low, None
    if low == high and grammar.ABOUT.search(text):
        return low - ABOUT_YEARS, high + ABOUT_YEARS
    return low, high


def _of_word(key: str) -> tuple[float | None, float | None]:
    data = _WORDS.entries[key].data
    return data.get("min"), data.get("max")


def find(text: str) -> list[Finding]:
    """Ages said in a free text, each with the words that say it ("around 55 years old", "in his late 20s")."""
    low = plain(text)
    spans = numbers_at(grammar.SPAN_RE, grammar.HEADS, low)
    found = [f for span in spans if (f := _judge(low, span.start(), span.end()))]
    taken = [(f.start, f.end) for f in found]
    for key, start, end in _ALONE.scan(low):
        if low.startswith(("'s", "s'"), end):
            continue  # "a pensioner's handbag"
        if all(end <= s or start >= e for s, e in taken) and not any(0 <= s - end < _NEXT for s, _ in taken):
            youngest, oldest = _of_word(key)
            sure = NOT_TOLD if _ALONE.entries[key].data.get("vague") else 0.7
            found.append(Finding("age", Range(min=youngest, max=oldest), start, end, f"age_words:{key}", sure))
    return sorted(found, key=lambda f: f.start)


def _judge(low: str, start: int, end: int) -> Finding | None:
    """The finding for a number-like span if its surroundings say that it is an age."""
    after = low[end : end + 40]
    old = grammar.OLD.match(after)
    if old and not grammar.OLD_SAID.search(old.group()) and grammar.YEARS_OF_TIME.match(after, old.end()):
        return None
    if grammar.NOT_AN_AGE.match(after) or grammar.NOT_A_PERSON.match(after[old.end() :] if old else after):
        return None
    modifiers = grammar.MODIFIERS.search(low, max(0, start - 40), start)
    first = modifiers.start() if modifiers else start
    confidence, rule = _evidence(low, first, start, end, old)
    out = grammar.OUT_OF_TEENS.search(low, max(0, first - 30), start) if low.startswith("teens", start) else None
    if out is not None:
        return Finding("age", Range(min=OUT_OF_TEENS[0], max=OUT_OF_TEENS[1]), out.start(), end, "out of teens", 0.85)
    neither = grammar.NEITHER.search(low, max(0, first - 40), start)
    if neither:
        confidence, rule, first = 0.85, "person was", neither.start("over")
    value = normalise(f"no {low[first:end]}" if neither else low[first:end]) if rule else None
    if value is None:
        return None
    if old and rule == "years old":
        end += old.end()
    for behind, said in ((grammar.APPROX, "about"), (grammar.OPEN, "over"), (grammar.CLOSED, "at most")):
        more = behind.match(low, end)
        if more and (value.min == value.max or said != "about"):
            value, end = normalise(f"{said} {low[first:end]}") or value, more.end()
    return Finding("age", value, first, end, rule, confidence)


def _evidence(low: str, first: int, start: int, end: int, old: re.Match[str] | None) -> tuple[float, str]:
    """How sure, and by which rule, the span is an age; an empty rule when nothing says so."""
    before = low[max(0, first - 45) : first]
    if _decade_of_a_person(low, first, start, end):
        return 0.95, "decade"
    if old and (
        grammar.OLD_SAID.search(old.group()) or grammar.PERSON_WAS.search(before) or grammar.LISTED.search(before)
    ):
        return 0.95, "years old"
    if old and grammar.HAS_YEARS.search(before) and not grammar.HAS_NOT_AN_AGE.match(low, end + old.end()):
        return 0.8, "has years"
    if grammar.SAYS_AGE.search(before) or grammar.AGE_IN.search(low[first:start]):
        return 0.95, "aged"
    return _bare_number(low, (first, start, end), before)


def _decade_of_a_person(low: str, first: int, start: int, end: int) -> bool:
    """Whether low[start:end] is a decade of a life and not of a century ("the 60s tower", "the eighties")."""
    span = low[start:end]
    if _PHASE.search(span):
        return True
    if span.endswith("ies") and not grammar.BEFORE_DECADE.search(low, max(0, first - 14), first) and first == start:
        return False
    if span.endswith("ies") and grammar.MONEY.search(low, max(0, start - 20), start):
        return False
    if grammar.THE.search(low, max(0, first - 5), start) and grammar.OF_A_TIME.match(low, end):
        return False
    return bool(
        grammar.DECADE_SAID.search(span) or (grammar.DECADE_NUMBER.search(span) and not span.startswith(("8", "9")))
    )


def _bare_number(low: str, at: tuple[int, int, int], before: str) -> tuple[float, str]:
    """As `_evidence`, for a number with no word for age beside it: only its place among descriptors speaks."""
    first, start, end = at
    ages = [number(n) for n in grammar.AGES.findall(low[start:end])]
    if not ages or max(ages) > grammar.BARE_OLDEST:
        return 0.0, ""
    teens = len(ages) == 2 and min(ages) >= grammar.RANGE_YOUNGEST and max(ages) <= grammar.RANGE_TEENS
    if min(ages) < grammar.BARE_YOUNGEST and not teens and not _young(low, first, start, end):
        return (0.8, "child was") if grammar.CHILD_WAS.search(low, max(0, first - 30), start) else (0.0, "")
    if grammar.VAGUE.search(low[start:end]) and not before.rstrip().endswith(" at"):
        return 0.8, "vague number"
    said = grammar.PERSON_WAS.search(before) or grammar.PERSON_WAS.search(low, max(0, first - 30), start)
    if said or grammar.CANNOT.search(low[first:start]):
        return 0.85, "person was"
    of_age = grammar.OF_AGE.search(low, max(0, first - 30), start) or grammar.OF_AGE.search(before)
    if of_age or (grammar.WAS.search(before) and _description_goes_on(low, end)):
        return (0.85, "person of") if of_age else (0.8, "described")
    told = len(ages) == 2 or bool(
        grammar.QUALIFIED.search(low[first:start])
        or grammar.CLOSED.match(low, end)
        or grammar.OPEN.match(low, end)
        or grammar.APPROX.match(low, end)
        or grammar.OPENED.search(low[start:end])
    )
    has = len(ages) == 2 and grammar.HAS_SPAN.search(before) and grammar.LIST_END.match(low, end)
    return (0.65, "listed") if has or _in_a_list(low, (first, end), before, told) else (0.0, "")


def _young(low: str, first: int, start: int, end: int) -> bool:
    """Whether a guess at a low number is one at the age of somebody told to be young."""
    guessed = grammar.ABOUT.search(low[first:start]) is not None
    near = grammar.YOUNG.search(low, max(0, first - 30), first) or grammar.YOUNG.search(low, end, end + 30)
    return guessed and near is not None and number(low[start:end].strip()) >= grammar.CHILD_YOUNGEST


def _description_goes_on(low: str, end: int) -> bool:
    """Whether a number is followed by the next item of a description: "was 35-40, heavily built"."""
    more = grammar.AND.match(low, end)
    if more:
        return says_person(low[more.end() : more.end() + _AHEAD])
    return grammar.LIST_END.match(low, end) is not None and says_person(item_after(low, end))


def _in_a_list(low: str, at: tuple[int, int], before: str, told: bool) -> bool:
    """Whether the number at low[first:end] stands in a description; `told`: a span or hedged ("about 40")."""
    first, end = at
    if grammar.NUMBER_OF.search(low, max(0, first - 14), first):
        return False
    ends = grammar.LIST_END.match(low, end) is not None
    listed = grammar.LISTED.search(before)
    if listed:
        after_person = listed.group().strip() not in ("", ",", ";", "(", "/", ".", "!", "?", ":")
        if ends and (after_person or told or among_descriptors(low, first, end)):
            return True
        more = grammar.AND.match(low, end)
        goes_on = grammar.GOES_ON.match(low, end) or (more and says_person(low[more.end() : more.end() + _AHEAD]))
        if told and (goes_on or (after_person and says_person(low[end : end + 20]))):
            return True
    if told and grammar.SOMEBODY_OF.search(before) and grammar.GOES_ON.match(low, end):
        return True
    return grammar.HE_SAID.match(low, end) is not None or (told and ends and _beside_person(low, first, before))


def _beside_person(low: str, first: int, before: str) -> bool:
    """Whether the words just before tell of a person: "brown goatee 27 or 28", "a Geordie of about 45"."""
    return grammar.SOMEBODY_OF.search(before) is not None or says_person(low[max(0, first - 16) : first])
