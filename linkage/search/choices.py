"""Alternatives of a question ("a parlour or sauna", "cord / flex"): the one that a report shows best counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from linkage.intake.document.document import read_document
from linkage.search.condition import Condition
from linkage.search.counted import largest_of
from linkage.search.marks import PLATE
from linkage.vocabulary.english import forms

LEAST_SHARE = 0.5
"""Least share of the weightiest alternative's weight that all of a choice weigh [G]."""

MOST_WORDS = 2
"""Words of one of several alternatives that only a comma parts from the next [G]."""

Span = tuple[int, int]
Kinds = Callable[[Span], tuple[str, ...]]

_SLASH = re.compile(r"(?<=[A-Za-z]{2})/(?=[A-Za-z]{2})|(?<=\b[0-9]{2})/(?=[0-9]{2}\s+(?:plate|reg)\b)", re.IGNORECASE)
_PARTED = re.compile(r"[,;.:]|\s[-–—]\s")


class Option(NamedTuple):
    """Words of one alternative with the kinds of fact that each was read as."""

    words: list[tuple[str, tuple[str, ...]]]


def spaced(words: str) -> str:
    """The words with room around a stroke that stands for "or"."""
    return _SLASH.sub(" / ", words)


class Choices:
    """Finds the alternatives of a question. `tokens` are its words, `units` spans that belong together."""

    def __init__(self, words: str, tokens: Sequence[Span], units: Sequence[Span], kinds: Kinds) -> None:
        self._words, self._tokens, self._kinds = words, tokens, kinds
        self._unit = [
            next((at for at, one in enumerate(units) if one[0] <= start < one[1]), None) for start, _ in tokens
        ]
        self._ends = forms("search", "ends_choice")
        self._sentence = read_document(words).sentence_at

    def all(self) -> list[list[Option]]:
        """The alternatives of every choice, at least two each; a word belongs to one choice."""
        return [[self._option(one) for one in choice] for choice in self._found]

    def spans(self) -> list[list[list[Span]]]:
        """Where the words of each alternative of every choice stand."""
        return [[[self._tokens[at] for at in option] for option in choice] for choice in self._found]

    @cached_property
    def _found(self) -> list[list[list[int]]]:
        found: list[list[list[int]]] = []
        for at in range(1, len(self._tokens) - 1):
            if self._said(at) not in ("or", "/") or self._unit[at] is not None:
                continue
            left, right = self._side(at, -1), self._side(at, 1)
            if found and left and left[0] in found[-1][-1]:
                found[-1] += [right] if right else []
            elif left and right:
                found.append([*self._listed(left), left, right])
        return found

    def _said(self, at: int) -> str:
        start, end = self._tokens[at]
        return self._words[start:end].lower().strip("().")

    def _parted(self, at: int, step: int) -> bool:
        """Does a comma, a dash or a stop part a word from the one before it, on the side that is looked at?"""
        one, other = sorted((at, at - step))
        if not 0 <= one <= other < len(self._tokens):
            return True
        (start, end), following = self._tokens[one], self._tokens[other][0]
        stop = self._words[end - 1] in ".!?" and PLATE.fullmatch(self._words, start, end) is None
        if stop and self._sentence(start) != self._sentence(following):
            return True  # a stop is of the token before it; that of "St. Helens" ends nothing
        return _PARTED.search(self._words[end:following]) is not None

    def _side(self, middle: int, step: int) -> list[int]:
        """Words on one side of "or", nearest first in order of the question; small words at its edge are passed."""
        taken: list[int] = []
        at = middle + step
        while 0 <= at < len(self._tokens) and not (self._parted(at, step) and (taken or step < 0)):
            if self._unit[at] is not None:
                unit = [one for one, name in enumerate(self._unit) if name == self._unit[at]]
                return sorted(taken or unit)
            if self._said(at) in self._ends or self._said(at) in ("or", "/"):
                if taken or self._said(at) in ("or", "/"):
                    break
            else:
                taken.append(at)
            at += step
        return sorted(taken)

    def _listed(self, left: list[int]) -> list[list[int]]:
        """Further alternatives before the first: "cord, flex or tape", each of the same kind."""
        found: list[list[int]] = []
        first = left
        while first[0] > 0 and self._parted(first[0], 1):
            before = self._side(first[0], -1) if self._unit[first[0]] is None else []
            before = before or self._before_comma(first[0])
            if len(before) > MOST_WORDS and self._listed_by_comma(first[0]):
                before = before[-len(left) :]  # "a man aged 25, 35 or 55": as many words as the alternatives have
            if not before or len(before) > MOST_WORDS or self._sorts(before) != self._sorts(left):
                break
            found.insert(0, before)
            first = before
        return found

    def _listed_by_comma(self, at: int) -> bool:
        return "," in self._words[self._tokens[at - 1][1] : self._tokens[at][0]]

    def _before_comma(self, at: int) -> list[int]:
        taken: list[int] = []
        at -= 1
        while at >= 0 and self._said(at) not in self._ends and not (taken and self._parted(at + 1, 1)):
            taken.append(at)
            at -= 1
        return sorted(taken)

    def _sorts(self, option: list[int]) -> frozenset[str]:
        """Kinds of fact of an alternative; weapons and behaviours, which come in numbers, are one each."""
        return frozenset(kind.partition(".")[0] for at in option for kind in self._kinds(self._tokens[at]))

    def _option(self, option: list[int]) -> Option:
        return Option(
            [(self._words[slice(*self._tokens[at])].strip("()."), self._kinds(self._tokens[at])) for at in option]
        )


def best_of(options: Sequence[Sequence[Condition]]) -> None:
    """Let only the alternative that says most for a report speak. All weigh alike, as whoever asks is content with
    any: as little as the lightest that some report shows, and no less than LEAST_SHARE of the weightiest."""
    there = [option for option in options if option]
    if len(there) < 2:
        return
    shown = [option for option in there if any((one.weights > 0).any() for one in option)] or there
    wholes = [sum(one.most or 0.0 for one in option) for option in shown]
    weight = max(min(wholes), LEAST_SHARE * max(wholes))
    for option, whole in zip(shown, wholes, strict=True):
        for one in option:
            share = weight / whole if whole > 0 else 1.0
            one.weights, one.most = share * one.weights, share * (one.most or 0.0)
    speaks = largest_of([np.sum([one.weights for one in option], axis=0) for option in there])
    counts = next(at for at, option in enumerate(there) if option is shown[0])
    for at, option in enumerate(there):
        for one in option:
            one.weights = np.where(speaks == at, one.weights, 0.0)
            one.most = one.most if at == counts else 0.0
