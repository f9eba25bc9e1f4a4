"""Short phrases about marks and clothing: tidying, and splitting a field into its items."""

from __future__ import annotations

import re
from collections.abc import Mapping

from linkage.intake.facts.surface import Lexicon, plain

_ITEMS = re.compile(r"\s*(?:[;\n|•]|,(?!\s*(?:and\s+)?(?:left|right|both)\b))\s*")
_LEAD = re.compile(
    r"^(?:(?:a|an|the|some|his|her|he|she|they|had|has|have|having|with|was|is|wearing|wore|wears|"
    r"dressed|in|and|also|"
    r"possibly|maybe|pair of)\s+)+"
)
_POSSESSIVE = re.compile(r"\b(?:his|her|their|the|my)\s+")
_SPACES = re.compile(r"\s+")


def tidy(words: str, spellings: Mapping[str, str]) -> str:
    """Lower case, one space, no article in front, no "his", known slips of spelling mended."""
    phrase = _SPACES.sub(" ", plain(words)).strip(" .,;:-\"'")
    phrase = _POSSESSIVE.sub("", _LEAD.sub("", phrase))
    for slip, right in spellings.items():
        if slip in phrase:
            phrase = re.sub(rf"\b{re.escape(slip)}\b", right, phrase)
    return phrase.strip()


def items(words: str, nouns: Lexicon) -> list[str]:
    """A field's items: split on `;` `,` and line ends, and on "and" or "&" where both sides hold a noun."""
    found: list[str] = []
    for part in _ITEMS.split(words):
        pieces = re.split(r"\s+(?:and|&|\+)\s+", part, flags=re.IGNORECASE)
        joined: list[str] = []
        for piece in pieces:
            if joined and not (nouns.pattern.search(plain(piece)) and nouns.pattern.search(plain(joined[-1]))):
                joined[-1] += f" and {piece}"
            else:
                joined.append(piece)
        found += joined
    return found


def spellings(nouns: Lexicon) -> dict[str, str]:
    """Slip -> right word, from every entry of a vocabulary."""
    return {
        slip: right for entry in nouns.entries.values() for slip, right in entry.data.get("spellings", {}).items()
    }
