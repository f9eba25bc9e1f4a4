"""Clubs that are places, and that a phrase would take for weapons."""

from __future__ import annotations

from linkage.intake.document.words import Words
from linkage.vocabulary.english import words

_REACH = 3
"""Words before a club in which its place begins: "outside the Cardiff club" [G]."""
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
