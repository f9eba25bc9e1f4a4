"""What a vehicle is said not to have been: "a blue Corsa, not a van" tells of no van."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from linkage.intake.patterns import compiled
from linkage.vocabulary import load

if TYPE_CHECKING:
    from linkage.intake.values.vehicles.vehicle_words import Label, Tokens

_BESIDE = compiled(r"[\s'’-]*")


def _words(key: str) -> frozenset[str]:
    return frozenset(load("vehicle_context").entries[key].synonyms)


_DENIALS, _ARTICLES, _INSIDE = _words("denials"), _words("denied_articles"), _words("links")


def not_denied(tokens: Tokens, said: Sequence[Label]) -> list[Label]:
    """The labels of a text in whose noun phrase no denial comes first."""
    taken = {at for one in said for at in range(one.first, one.last)}
    return [one for one in said if one.kind == "nothing" or not _is_denied(tokens, one, taken)]


def _is_denied(tokens: Tokens, one: Label, taken: set[int]) -> bool:
    """Whether a denial leads to a label over its article and other words of the description ("not a white van"), or
    stands right before it: without an article it denies one word alone ("a white not cream van")."""
    at, article = one.first, False
    while at > 0 and _BESIDE.fullmatch(tokens.gap(at - 1, at)):
        word = tokens.words[at - 1]
        if word in _DENIALS or word.endswith(("n't", "n’t")):
            return article or at == one.first or word == "no"
        article = article or word in _ARTICLES
        if word not in _ARTICLES and word not in _INSIDE and at - 1 not in taken:
            return False
        at -= 1
    return False
