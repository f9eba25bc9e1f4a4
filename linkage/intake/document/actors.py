"""Who acts in a stretch of a text, by the word for somebody that stands last before it."""

from __future__ import annotations

from functools import cache

from linkage.intake.document.passive import participle
from linkage.intake.document.words import Words
from linkage.vocabulary.english import words as word_list

REACH = 12
"""Words before a phrase in which the one who acts is looked for [G]."""
_HIM, _HER = frozenset(("he", "him", "they")), frozenset(("she", "i", "we", "her", "me"))


@cache
def _people(who: str) -> frozenset[str]:
    return word_list("people", who)


def actor(before: int, words: Words) -> str:
    """Who is named last as one who may act, at or before the word `before`: "him", "her", "other" or "nobody"."""
    opens, _ = words.sentence(before)
    for at in range(before, max(opens, before - REACH) - 1, -1):
        form = words.forms[at]
        if form in ("he", "they"):
            return "him"
        if form in ("she", "i", "we"):
            return "her"
        stemmed = words.stems[at]
        if at and words.stems[at - 1] in ("by", "with", "to", "at", "of", "from", "his", "her", "my"):
            continue
        for who in ("other", "him", "her"):
            if stemmed in _people(who) and form not in _HIM | _HER:
                return who
    return "nobody"


def is_passive(first: int, last: int, words: Words) -> bool:
    """Whether a phrase at words [first, last] is told as undergone: "was dragged", "got hit"."""
    before = words.stems[max(0, first - 3) : first + 1]
    done = participle(words.forms[first]) or participle(words.forms[min(first + 1, last)])
    return done and ("be" in before or "get" in before)
