"""Short phrases about marks and clothing: tidying, and splitting a field into its items."""

from __future__ import annotations

import re
from collections.abc import Mapping

from linkage.intake.patterns import compiled
from linkage.intake.phrases.surface import Lexicon, is_unknown, plain

_ITEMS = compiled(r"\s*(?:[;\n|•]|\.\s+|,(?!\s*(?:and\s+)?(?:left|right|both)\b))\s*")
_AND = compiled(r"(\s+(?:and|&|\+)\s+|\s*/\s*)", re.IGNORECASE)
_LEAD = compiled(
    r"^(?:(?:a|an|the|some|his|her|he|she|they|had|has|have|having|with|was|is|wearing|wore|wears|"
    r"dressed|in|and|also|"
    r"possibly|maybe|pair of)\s+)+"
)
_POSSESSIVE = compiled(r"\b(?:his|her|their|the|my)\s+")
_SPACES = compiled(r"\s+")
_NONE = frozenset(("none", "no", "nothing", "false"))


def tidy(words: str, spellings: Mapping[str, str]) -> str:
    """Lower case, one space, no article in front, no "his", known slips of spelling mended."""
    phrase = _SPACES.sub(" ", plain(words)).strip(" .,;:-\"'")
    phrase = _POSSESSIVE.sub("", _LEAD.sub("", phrase))
    for slip, right in spellings.items():
        if slip in phrase:
            phrase = re.sub(rf"\b{re.escape(slip)}\b", right, phrase)
    return phrase.strip()


def items(words: str, nouns: Lexicon) -> list[str]:
    """A field's items: split on `;` `,` and line ends, and on "and", "&" or "/" where both sides hold a noun."""
    found: list[str] = []
    for part in _ITEMS.split(words):
        first, *rest = _AND.split(part)
        joined = [first]
        for joiner, piece in zip(rest[::2], rest[1::2], strict=True):
            if nouns.pattern.search(plain(piece)) and nouns.pattern.search(plain(joined[-1])):
                joined.append(piece)
            else:
                joined[-1] += joiner + piece
        found += joined
    return found


def phrases(words: str, nouns: Lexicon, spelled: Mapping[str, str]) -> tuple[str, ...]:
    """A field's items tidied, each once; empty when the field says nothing, or that there is nothing."""
    if is_unknown(words):
        return ()
    said = (tidy(item, spelled) for item in items(words, nouns))
    return tuple(dict.fromkeys(one for one in said if one and not is_unknown(one) and one not in _NONE))


def spellings(nouns: Lexicon) -> dict[str, str]:
    """Slip -> right word, from every entry of a vocabulary."""
    return {
        slip: right for entry in nouns.entries.values() for slip, right in entry.data.get("spellings", {}).items()
    }
