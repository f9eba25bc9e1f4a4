"""Age: words about how old a person looked -> Range of years, and ages in free text.

A number is an age only where something says so ("years old", "aged", "he looked", a decade, its place in a list
of descriptors); minutes, dates, prices, house numbers and vehicles' years are left alone.
"""

from __future__ import annotations

from functools import lru_cache

from linkage.intake.document.tokens import fine_tokens, located
from linkage.intake.facts.age_evidence import CONTEXT, Number
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.surface import Lexicon, flagged, is_unknown, plain
from linkage.intake.patterns import compiled
from linkage.intake.quantities import hedges
from linkage.intake.quantities.years import spans, years
from linkage.report import Range

OUT_OF_TEENS = (20, 22)
"""[G] Years of somebody "not long out of his teens"."""
ABOUT_YEARS = 2
"""[G] "around 55" is read as 53-57."""
NOT_TOLD = 0.4
"""[G] Confidence in years for "young" or "older": too low to be kept, for the text tells no age."""
_NEXT = 14
"""Characters behind "elderly" within which a number tells the age better [G]."""

_OPEN_RANGE = compiled(r"(\d)\s*-\s*$")
_WORDS = Lexicon("age_words")
_ALONE = Lexicon("age_words", only=flagged("alone"))


def normalise(words: str) -> Range | None:
    """Range of years from a person's own words ("mid 30s" 33-37, "over 40" 40 up); None when no age is in them."""
    bounds = _bounds(words)
    return Range(min=bounds[0], max=bounds[1]) if bounds else None


@lru_cache(maxsize=8192)
def _bounds(words: str) -> hedges.Bounds | None:
    if is_unknown(words):
        return None
    text = _OPEN_RANGE.sub(r"\1+", plain(words).strip())
    if said := years(text, ABOUT_YEARS):
        low, high = min(one[0] for one in said), max(one[1] for one in said)
        kinds = hedges.kinds(fine_tokens(text), CONTEXT) - {"little", "short_of"}
        told = {"about" if kind.startswith("little_") else kind for kind in kinds}
        told -= {"over"} if "something" in text and "plus" not in text else set()
        return hedges.hedged(low, high, frozenset(told), ABOUT_YEARS, ABOUT_YEARS)
    keys = _WORDS.keys(words)
    return _of_word(keys[0]) if keys else None


def _of_word(key: str) -> hedges.Bounds:
    data = _WORDS.entries[key].data
    return data.get("min"), data.get("max")


def find(text: str) -> list[Finding]:
    """Ages said in a free text, each with the words that say it ("around 55 years old", "in his late 20s")."""
    low = plain(text)
    said = list(spans(low))
    tokens = located(low if said else "")
    found = [one for start, end in said if (one := _finding(Number(low, tokens, start, end)))]
    taken = [(f.start, f.end) for f in found]
    for key, start, end in _ALONE.scan(low):
        if low.startswith(("'s", "s'"), end):
            continue  # "a pensioner's handbag"
        if all(end <= s or start >= e for s, e in taken) and not any(0 <= s - end < _NEXT for s, _ in taken):
            youngest, oldest = _of_word(key)
            sure = NOT_TOLD if _ALONE.entries[key].data.get("vague") else 0.7
            found.append(Finding("age", Range(min=youngest, max=oldest), start, end, f"age_words:{key}", sure))
    return sorted(found, key=lambda f: f.start)


def _finding(one: Number) -> Finding | None:
    """The finding of a number, if what stands round it says that it is an age."""
    if one.is_no_age():
        return None
    if (out := one.out_of_teens()) is not None:
        return Finding("age", Range(min=OUT_OF_TEENS[0], max=OUT_OF_TEENS[1]), out, one.end, "out of teens", 0.85)
    confidence, rule = one.evidence()
    first = one.first
    if (neither := one.of_neither()) is not None:
        confidence, rule, first = 0.85, "person was", neither
    lead = "no " if neither is not None else ""
    value = normalise(f"{lead}{one.low[first : one.end]}") if rule else None
    if value is None:
        return None
    end, hedged = one.ends(with_years=rule == "years old")
    value = (normalise(f"{lead}{one.low[first:end]}") if hedged else None) or value
    return Finding("age", value, first, end, rule, confidence)
