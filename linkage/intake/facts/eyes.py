"""Eye colour."""

from __future__ import annotations

import re
from functools import lru_cache

from linkage.intake.facts.finding import Finding
from linkage.intake.facts.surface import Lexicon, is_unknown, negated_before, plain

_WORDS = Lexicon("eye_colours")
_BEFORE = re.compile(
    rf"\b(?P<word>{_WORDS.source})(?:[\s-]+colou?red)?[\s-]+ey(?:es|ed|e(?!\s?(?:brow|liner|shadow|lash|lid|patch|ball)))\b"
)
_AFTER = re.compile(
    rf"\beyes?(?:\s+colou?r)?\s*(?:(?:were|was|are|is|looked|of)\s+|[:=(-]\s*|,\s*(?=[a-z]+\s*(?:[,.;]|$)))?(?:(?:very|a|an|the|bright|"
    rf"piercing|colou?r|kind of|sort of)\s+)*(?P<word>{_WORDS.source})\b(?!\s+(?:hair|beard|coat|jacket|top|"
    r"jeans|hoodie|shirt|t-?shirt|bag|shoes))"
)
_INJURY = re.compile(r"black[\s-]+eye\b(?!d)")


@lru_cache(maxsize=1024)
def normalise(words: str) -> str | None:
    """One eye colour from a person's own words; None when the vocabulary knows none."""
    keys = [] if is_unknown(words) else _WORDS.keys(words)
    return keys[0] if keys else None


def find(text: str) -> list[Finding]:
    """Eye colours said in a free text. A black eye is an injury, not a colour."""
    low = plain(text)
    if "eye" not in low:
        return []
    found = []
    for near in (*_BEFORE.finditer(low), *_AFTER.finditer(low)):
        start, end = near.span("word")
        key = _WORDS.exact(low[start:end])
        if key and not _INJURY.match(low, start):
            found.append(Finding("eyes", key, start, end, f"eye_colours:{key}", 0.9, negated_before(low, start)))
    return found
