"""What a vehicle is said not to have been: "a blue Corsa, not a van" tells of no van."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from linkage.intake.values.vehicles.vehicle_look import context_words

if TYPE_CHECKING:
    from linkage.intake.values.vehicles.vehicle_words import Label, Tokens

_FAR = 6
"""Words that may stand between a denial and what it denies [G]: "not a very dark old blue Transit"."""
_ASKED = 4
"""Words before a denial among which "if" undoes it [G]."""
_ENDS = frozenset(".!?:;\n")


_ARTICLES, _INSIDE, _UNDONE = map(context_words, ("denied_articles", "links", "denial_undone"))
_BEFORE_NO, _AFTER_NO = map(context_words, ("before_no", "after_no"))
_ALTERNATIVES, _SUPPOSED = frozenset(("or", "nor")), frozenset(("if", "whether"))


def with_denials(tokens: Tokens, said: Sequence[Label]) -> list[Label]:
    """The labels of a text in order, those `denied` that a denial leads to, or an "or" from one that is denied."""
    taken = {at for one in said for at in range(one.first, one.last)}
    found: list[Label] = []
    for one in said:
        goes_on = any(before.denied and _goes_on(tokens, before, one) for before in found[-1:])
        denied = one.kind != "nothing" and (goes_on or _is_denied(tokens, one, taken))
        found.append(replace(one, denied=denied))
    return found


def _is_denied(tokens: Tokens, one: Label, taken: set[int]) -> bool:
    """Whether a denial leads to a label over its article and other words of the description ("not a white van"), or
    stands right before it: without an article it denies one word alone ("a white not cream van")."""
    article = False
    for at in range(one.first, max(0, one.first - _FAR), -1):
        word, gap = tokens.words[at - 1], tokens.gap(at - 1, at)
        if gap not in (" ", "-", "\n"):
            return False
        if word == "no":
            return gap == " " and not article and tokens.words[at] not in _AFTER_NO and _may_deny(tokens, at - 1)
        if word == "not" or _is_short(word):
            return (article or at == one.first) and not _undone(tokens, at - 1)
        if word not in _ARTICLES and word not in _INSIDE and at - 1 not in taken:
            return False
        article = article or word in _ARTICLES
    return False


def _may_deny(tokens: Tokens, at: int) -> bool:
    """Whether the "no" at token `at` is neither an answer nor short for "number"."""
    if at == 0:
        return True
    gap = tokens.gap(at - 1, at)
    return tokens.words[at - 1] in _BEFORE_NO if gap == " " else gap.strip() in (".", ",", ";")


def _is_short(word: str) -> bool:
    """Whether a word ends in a "not" that is written short."""
    return word.endswith(("n't", "n’t"))


def _undone(tokens: Tokens, at: int) -> bool:
    """Whether the denial at token `at` asks ("Wasn't a red Audi behind you?"), supposes, or is denied itself."""
    if at == 0 or not _ENDS.isdisjoint(tokens.gap(at - 1, at)):
        return _is_short(tokens.words[at])
    before = tokens.words[max(0, at - _ASKED) : at]
    return before[-1] in _UNDONE or _is_short(before[-1]) or not _SUPPOSED.isdisjoint(before)


def _goes_on(tokens: Tokens, denied: Label, one: Label) -> bool:
    """Whether "or" or a stroke leads from what is denied to a label ("not a BMW or an Audi", "not a Focus/Astra")."""
    between = tokens.words[denied.last : one.first]
    if not between:
        return tokens.gap(denied.last - 1, one.first) == "/"
    return between[0] in _ALTERNATIVES and _ARTICLES.issuperset(between[1:])
