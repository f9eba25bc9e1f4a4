"""What a phrase tells only by halves: a blow that the person harmed gave back, what was turned down or kept back."""

from __future__ import annotations

from itertools import pairwise

from linkage.intake.facts.finder import Occurrence
from linkage.intake.facts.passive import auxiliary
from linkage.intake.facts.phrases import Words
from linkage.vocabulary.english import stem, words

_NEAR = 3
"""Words around a phrase in which it stands whom something is given back to, or done to [G]."""
_HERS, _HIS = frozenset(("me", "my", "her")), frozenset(("him", "his"))
_FROM = frozenset(("from", "by"))
_SEXUAL = frozenset(("sexual", "sexually", "indecent", "indecently"))
_BLOWS = ("violence", "weapon")
"""Domains of deeds that are the reported person's unless they are done to him."""
_GIVES = frozenset(map(stem, ("give", "hand", "return", "pay")))


def hers_on_him(found: Occurrence, actor: str | None, domain: str, text_words: Words) -> bool:
    """Whether the person harmed did it to the reported one: "I sprayed him with mace"."""
    undergone = text_words.stems[found.first] == "be" or auxiliary(found.first, text_words) >= 0
    if actor != "her" or domain not in _BLOWS or undergone:
        return False  # "he was tipped out of his wheelchair"
    done = set(text_words.forms[found.first + 1 : _end(found.last, text_words)])
    if words("voice", "perceive").isdisjoint(text_words.stems[found.first : found.last + 1]):
        return not _HIS.isdisjoint(done) and (_HERS | _FROM).isdisjoint(done)
    return False


def hit_him(before: list[str]) -> bool:
    """Whether the stems up to a thing say what was done to the reported person with it: "hit him with a bottle"."""
    using = words("weapon", "use") | words("sets", "hit")
    return any(after == "him" and one in using for one, after in pairwise(before))


def turned_down(found: Occurrence, text_words: Words) -> bool:
    """Whether what was asked for did not come about: "asked her to come to his house but she refused"."""
    return not {"refuse", "declin"}.isdisjoint(map(stem, text_words.forms[found.last + 1 : found.last + 6]))


def left_undone(found: Occurrence, actor: str | None, domain: str, text_words: Words) -> bool:
    """Whether a denied phrase tells that its deed was not done.

    It does not where something was kept back from her ("would not give me back my keys"), where what was said in
    between is not denied ("refused to pay up front, said you'll get it after"), nor where one kind alone is denied
    ("nobody was sexually assaulted").
    """
    within = text_words.stems[found.first + 1 : found.last]
    speaks = words("voice", "speak").intersection(within)
    if any(all(one not in place for place in found.phrase.places) for one in speaks):
        return False
    if domain != "sexual" and not _SEXUAL.isdisjoint(text_words.forms[max(0, found.first - 1) : found.last + 1]):
        return False
    return not _kept_back(found, actor, text_words)


def _kept_back(found: Occurrence, actor: str | None, text_words: Words) -> bool:
    start, end = max(0, found.first - _NEAR), _end(found.last, text_words)
    stems, forms = text_words.stems[start:end], text_words.forms[start:end]
    if actor == "her" or "him" in forms or _GIVES.isdisjoint(stems):
        return False
    return "back" in forms or stem("return") in stems


def _end(last: int, text_words: Words) -> int:
    """The word behind a phrase up to which what belongs to it is looked for, within its sentence."""
    end = min(len(text_words.stems), last + 1 + _NEAR)
    return next((at for at in range(last + 1, end) if text_words.stems[at] in (".", ",", "and")), end)
