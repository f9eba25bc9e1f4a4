"""Eye colour."""

from __future__ import annotations

from functools import lru_cache

from linkage.intake.facts.finding import Finding
from linkage.intake.facts.surface import Lexicon, is_unknown, negated_before, plain
from linkage.intake.patterns import compiled

_WORDS = Lexicon("eye_colours")
_BEFORE = compiled(
    rf"\b(?P<word>{_WORDS.source})(?:[\s-]+colou?red)?[\s-]+ey(?:es|ed|e(?!\s?(?:brow|liner|shadow|lash|lid|patch|"
    rf"ball)))\b"
)
_AFTER = compiled(
    rf"\beyes?(?:\s+colou?r)?\s*(?:,?\s*(?:(?:that|which)\s+)?(?:were|was|are|is|looked|of)\s+|[:=(-]\s*|"
    rf",\s*(?=[a-z]+\s*(?:[,.;]|$)))?(?:(?:very|a|an|the|bright|"
    rf"piercing|colou?r|kind of|sort of)\s+)*(?P<word>{_WORDS.source})\b(?!\s+(?:hair|beard|coat|jacket|top|"
    r"jeans|hoodie|shirt|t-?shirt|bag|shoes))"
)
_INJURY = compiled(r"black[\s-]+eye\b(?!d)")
_BOTH_BLACK = compiled(r"\b(?:two|both)\s+black$")
_ODD = compiled(
    rf"\bone\s+{_WORDS.source}(?:\s+eye)?(?:\s+and|,)\s+(?:one|the\s+other)\s+{_WORDS.source}(?=\s+eyes?\b)|"
    rf"\bone\s+{_WORDS.source}\s+eye\s+and\s+(?:one|the\s+other)\s+{_WORDS.source}\b"
)
"""Eyes of two colours: "one brown and one blue eye"."""
_ONE_AND_ONE = compiled(
    rf"\beyes\b[^.;]{{0,30}}?\s(?:one|left)\s+(?:was\s+)?{_WORDS.source}\s*(?:,|\band)\s*(?:and\s+)?(?:one|"
    rf"the\s+other|right|the\s+right)\s+(?:was\s+)?{_WORDS.source}\b"
)
"""The same, told behind them: "his eyes were one blue, one brown"."""
_EITHER = compiled(rf"\b(?P<word>{_WORDS.source})\s*or\s*$")
"""A colour that is told beside another one: "hazel or green eyes"."""


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
    for two in (*_ODD.finditer(low), *_ONE_AND_ONE.finditer(low)):
        found.append(Finding("eyes", "odd", *two.span(), "two colours", 0.9))
    for near in (*_BEFORE.finditer(low), *_AFTER.finditer(low)):
        start, end = near.span("word")
        key = _WORDS.exact(low[start:end])
        odd = any(start < f.end and f.start < end for f in found if f.rule == "two colours")
        hurt = _INJURY.match(low, start) or _BOTH_BLACK.search(low, max(0, start - 9), end)
        if key and not hurt and not odd:
            first = _EITHER.search(low, max(0, start - 20), start)
            other = _WORDS.exact(first["word"]) if first else None
            if first and other:
                found.append(Finding("eyes", other, *first.span("word"), f"eye_colours:{other}", 0.9))
            found.append(Finding("eyes", key, start, end, f"eye_colours:{key}", 0.9, negated_before(low, start)))
    return found
