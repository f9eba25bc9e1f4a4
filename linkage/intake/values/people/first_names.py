"""First names: which words of a text are one, by lists of words and by how and where each is written.

The lists stand in `given_names.toml`, whose names are seldom anything else, and `given_names_also_words.toml`, whose
names are one by their capital letter or their place alone.
"""

from __future__ import annotations

from linkage.intake.document.document import NAME, Document
from linkage.vocabulary.tables import table

_GIVEN: dict[str, list[str]] = table("given_names")
_ALSO_WORDS: dict[str, list[str]] = table("given_names_also_words")
SEXES: dict[str, str | None] = dict.fromkeys((*_GIVEN["either"], *_ALSO_WORDS["capital"], *_ALSO_WORDS["within"]))
"""Every first name that is known, in lower case, with the sex of whoever bears it where it tells one."""
SEXES |= {name: sex for sex in ("male", "female") for name in _GIVEN[sex]}
_ALONE = frozenset(name for names in _GIVEN.values() for name in names)
_CAPITAL = _ALONE.union(_ALSO_WORDS["capital"])


def is_given_name(word: str) -> bool:
    """Whether a word, in any case, is a first name and seldom anything else: it shows a person ("Kelly, 27")."""
    return word.lower() in _ALONE


def is_named(document: Document, at: int) -> bool:
    """Whether a token of a text is a first name: with a capital letter, and at the head of a sentence, where any word
    has one, no word that often opens a sentence."""
    token = document.tokens[at]
    word = token.low.removesuffix("'s")
    if word not in SEXES:
        return False
    return document.words[at] == NAME or (word in _CAPITAL and token.text[0].isupper() and token.text[1:2].islower())
