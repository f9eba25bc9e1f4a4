"""The words round a number that make it vague or open: "about", "or so", "at least", "not much over"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from linkage.intake.document.tokens import Token, fine_tokens
from linkage.vocabulary import load

Words = tuple[Token, ...]
HEDGING = frozenset(load("hedges").entries)
"""The kinds of hedges; other rows tell what stands round a number."""
_Phrases = dict[str, list[tuple[tuple[str, ...], str]]]


@cache
def _phrases(vocabulary: str, side: str, by_last: bool) -> _Phrases:
    """Phrases by their first word, or their last, the longest first."""
    found: _Phrases = defaultdict(list)
    for key, entry in load(vocabulary).entries.items():
        for phrase in entry.data.get(side, ()):
            words = tuple(token.low for token in fine_tokens(phrase))
            found[words[-1 if by_last else 0]].append((words, key))
    for each in found.values():
        each.sort(key=lambda one: -len(one[0]))
    return dict(found)


def _holds(words: Words, first: int, phrase: tuple[str, ...]) -> bool:
    return first >= 0 and tuple(word.low for word in words[first : first + len(phrase)]) == phrase


def start_of(words: Words, at: int, vocabulary: str = "hedges", *only: str) -> int:
    """Index at which the hedges (of some kinds `only`, or any) begin that end right before the token `at`."""
    phrases = _phrases(vocabulary, "before", True)
    while at > 0:
        near = phrases.get(words[at - 1].low, ())
        fits = (at - len(one) for one, of in near if (not only or of in only) and _holds(words, at - len(one), one))
        first = next(fits, at)
        if first == at:
            break
        at = first
    return at


def end_of(words: Words, at: int, vocabulary: str = "hedges", *only: str) -> int:
    """Index behind the hedge (of some kinds `only`, or any) that begins with the token `at`; `at` for none."""
    if at >= len(words):
        return at
    for one, of in _phrases(vocabulary, "behind", False).get(words[at].low, ()):
        if (not only or of in only) and _holds(words, at, one):
            return at + len(one)
    return at


def kinds(words: Words, *vocabularies: str) -> frozenset[str]:
    """The kinds of hedges anywhere in some words; one within a longer one is none of its own."""
    told: set[str] = set()
    at = 0
    while at < len(words):
        both = [
            one
            for name in (*vocabularies, "hedges")
            for side in ("before", "behind")
            for one in _of(words, at, name, side)
            if one[1] in HEDGING
        ]
        phrase, kind = max(both, key=lambda one: len(one[0]), default=((), ""))
        told.add(kind)
        at += max(1, len(phrase))
    return frozenset(told - {""})


def _of(words: Words, at: int, vocabulary: str, side: str) -> Iterable[tuple[tuple[str, ...], str]]:
    return (one for one in _phrases(vocabulary, side, False).get(words[at].low, ()) if _holds(words, at, one[0]))


Bounds = tuple[float | None, float | None]


def hedged(low: float, high: float, told: frozenset[str], about: float, little: float) -> Bounds:
    """A range opened or widened by the kinds of hedges `told`: by `about` either way, by `little` to one side."""
    if "little_over" in told or {"little", "over"} <= told:
        return low, high + little
    if told & {"little_under", "short_of"} or {"little", "under"} <= told:
        return low - little, high
    if "not_much" in told:
        return low - about, high + about
    if "under" in told:
        return None, high
    if "over" in told:
        return low, None
    return (low - about, high + about) if low == high and "about" in told else (low, high)
