"""Things that a phrase would take for a weapon or for loot, and that a place or somebody's clothes are."""

from __future__ import annotations

from itertools import pairwise

from linkage.intake.facts.finder import Occurrence
from linkage.intake.facts.phrases import Words
from linkage.vocabulary.english import words

_REACH = 3
"""Words before a club in which its place begins: "outside the Cardiff club" [G]."""
_DRESSED = 4
"""Words before a garment in which "in a" says that it is worn: "in a long red coat" [G]."""
_WORN_BEFORE = (("in", "a"), ("in", "an"), ("wearing", "a"), ("wearing", "an"))
_ARTICLES = ("a", "an", "the", "this", "that", "his", "her", "their", "another", "golf")


def gone_to(at: int, text_words: Words) -> bool:
    """Whether the word at `at` is a club at which people are: "outside a club", "had left the Cardiff club", but "hit
    by a club"."""
    forms, stems = text_words.forms, text_words.stems
    if forms[at] not in ("club", "clubs"):
        return False
    start = at - 1 if at and forms[at - 1] == "golf" else at
    for place in range(max(0, start - _REACH), start):
        if stems[place] in words("weapon", "place_before"):
            led_to = place + 1 == at or forms[place + 1] in _ARTICLES
            return led_to and (place == 0 or stems[place - 1] not in words("weapon", "use"))
    return False


def by_the_way(domain: str, found: Occurrence, text_words: Words) -> bool:
    """Whether the weapon of a phrase is a club that people go to ("outside a club by a man"), or its loot what
    somebody wears ("a woman in a red coat was grabbed"); `domain` is that of the phrase's behaviour."""
    if domain == "weapon":
        return any(gone_to(at, text_words) for at in range(found.first, found.last + 1))
    if domain != "theft_payment" or text_words.stems[found.first] not in words("sets", "clothes"):
        return False
    before = text_words.forms[max(0, found.first - _DRESSED) : found.first]
    return any(pair in _WORN_BEFORE for pair in pairwise(before))
