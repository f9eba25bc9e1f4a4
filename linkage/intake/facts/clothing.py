"""Clothing and things worn, as short phrases: the garment with the colours, cloth and make said before it."""

from __future__ import annotations

import re
from functools import lru_cache

from linkage.intake.facts.finding import Finding
from linkage.intake.facts.phrase import phrases, spellings, tidy
from linkage.intake.facts.surface import Lexicon, flagged, negated_before, plain

_NOUNS = Lexicon("garments")
_BARE = Lexicon("garments", only=flagged("bare"))
_WORDS = Lexicon("garment_words")
_SPELLINGS = spellings(_NOUNS)
_MODIFIERS = re.compile(rf"\b(?:(?:{_WORDS.source})\b(?:\s*[,/&-]\s*|\s+and\s+|\s+or\s+|\s+))+$")
_WINDOW = 45
_FEATURE = re.compile(
    rf"\s+with\s+(?:an?\s+)?(?:(?:{_WORDS.source})\s+){{1,3}}(?:stripes?|logo|writing|trim|collar|hood|"
    rf"sleeves|badge|buttons|laces|soles?|lining|cuffs)\b"
)
_NOT_WORN = re.compile(r"\s+(?:pocket|shop|hanger|rail|key|pulled down by her|of the|lane|shaped)\b")


def normalise(words: str) -> list[str] | None:
    """Short lower-case phrases from a person's own words, one a garment; None when nothing is said."""
    phrases = _phrases(words)
    return list(phrases) if phrases else None


@lru_cache(maxsize=4096)
def _phrases(words: str) -> tuple[str, ...]:
    return phrases(words, _NOUNS, _SPELLINGS)


def find(text: str) -> list[Finding]:
    """Garments said in a free text, one finding each ("black jogging bottoms", "sunglasses")."""
    low = plain(text)
    found: list[Finding] = []
    for key, start, end in _NOUNS.scan(low):
        if _NOT_WORN.match(low, end) or (found and start < found[-1].end):
            continue
        window = max(0, start - _WINDOW)
        before = _MODIFIERS.search(low, _word_start(low, window), start)
        first = _after_joiner(low, before.start(), start) if before else start
        joined = bool(found) and first < found[-1].end
        first = start if joined else first
        if first == start and not joined and _BARE.exact(low[start:end]):
            continue
        feature = _FEATURE.match(low, end)
        last = feature.end() if feature else end
        value = tidy(text[first:last], _SPELLINGS)
        found.append(Finding("clothing", value, first, last, f"garments:{key}", 0.85, negated_before(low, first)))
    return found


def _word_start(low: str, at: int) -> int:
    while 0 < at < len(low) and low[at - 1].isalnum():
        at += 1
    return at


def _after_joiner(low: str, first: int, noun: int) -> int:
    """Drop what stands before a comma, unless colours are listed ("black, white and red jacket")."""
    comma = low.rfind(",", first, noun)
    if comma < 0 or " and " in low[comma:noun] or "-" in low[comma:noun]:
        return first
    return comma + 1 + (len(low[comma + 1 :]) - len(low[comma + 1 :].lstrip()))
