"""Perceived sex, as contract section 2 names it. Whose it is gets decided elsewhere, by position."""

from __future__ import annotations

from functools import lru_cache

from linkage.intake.finding import Finding
from linkage.intake.patterns import compiled
from linkage.intake.phrases.surface import Lexicon, is_unknown, plain
from linkage.intake.values.people.listing import initials

_WORDS = Lexicon("sexes")
_FOUND = Lexicon("sexes", only=lambda _, surface: len(surface) > 1 and surface != "other")
_INITIAL = compiled(
    r"(?:^|[.;\n]\s*|\b(?:suspect|offender|attacker|person|punter|client|driver|"
    r"passenger)\s*(?:[1-9a-d]\b)?\s*[-/:,|]\s*)"
    r"(?P<word>[mf])(?=\s*[-,/|]\s*(?:(?:approx(?:imately|\.)?|about|abt|around|circa|aged|age)\s+)?(?:\d\d|w/|b/|white|wht|blk|black|asian|asn|mixed|chinese|eastern|early|mid|"
    r"late|ic\d))"
)
_LETTER = compiled(r"[mf](?<!\w.)\s*[-,/|]")
"""The heart of `_INITIAL`, which begins with a letter and so is found, or not, many times as fast."""
_NOT_A_PERSON = compiled(
    r"\s+(?:city|utd|united|u\b|cave|bag|bun|power|made|kind|hole|toilets?|friends?\b|names?\b|clothes|"
    r"clothing|underwear)"
)
_PRONOUN = compiled(r"\b(?:he|him|himself)\b")


@lru_cache(maxsize=1024)
def normalise(words: str) -> str | None:
    """male, female or other from a person's own words; None when unknown or when they name more than one."""
    keys = [] if is_unknown(words) else _WORDS.keys(words)
    if "other" in keys:
        return "other"
    return keys[0] if len(keys) == 1 else None


def find(text: str) -> list[Finding]:
    """Words for men and women; where no word says "male", the first "he", at low confidence."""
    low = plain(text)
    found = [
        Finding("sex", key, start, end, f"sexes:{key}", 0.9)
        for key, start, end in _FOUND.scan(low)
        if not _NOT_A_PERSON.match(low, end) and not low.endswith("isle of ", 0, start)
    ]
    for initial in _INITIAL.finditer(low) if _LETTER.search(low) else ():
        value = "male" if initial["word"] == "m" else "female"
        found.append(Finding("sex", value, *initial.span("word"), "initial", 0.8))
    found += [Finding("sex", one.sex, *one.last, "initials", 0.8) for one in initials(text)]
    pronoun = _PRONOUN.search(low)
    if pronoun and all(f.value != "male" for f in found):
        found.append(Finding("sex", "male", *pronoun.span(), "pronoun", 0.6))
    return sorted(found, key=lambda f: f.start)
