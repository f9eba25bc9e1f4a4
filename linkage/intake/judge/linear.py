"""A linear model over named features: log odds are a base and the weights of the features that are true.

A `Reason` tells why it said so: the features that were true, with their weights, which add up to its log odds.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import repeat
from math import exp
from typing import Any, NamedTuple

from linkage.intake.phrases.surface import Memo

_MOST_GROUPS = 8_192
"""Groups of features whose weight is remembered: those of mentions come again, those of a sentence do not."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One answer of a linear model.

    `question` names what was asked (`feature_words.toml` says it in words); of two facts, `compared_with` has the
    words of the other. `weights` are the features that count, heaviest first, in natural log odds; with `base` they
    add up to `log_odds`. `least` is the probability from which the answer is yes, None where none is set.
    """

    question: str
    base: float
    weights: tuple[tuple[str, float], ...]
    least: float | None = None
    compared_with: str = ""

    @classmethod
    def of(
        cls,
        question: str,
        base: float,
        weights: Iterable[tuple[str, float]],
        least: float | None = None,
        compared_with: str = "",
    ) -> Reason:
        """With the weights in order, those of one name added up and those of nothing left out."""
        added: defaultdict[str, float] = defaultdict(float)
        for name, weight in weights:
            added[name] += weight
        counting = [one for one in added.items() if one[1]]
        return cls(
            question, base, tuple(sorted(counting, key=lambda one: (-abs(one[1]), one[0]))), least, compared_with
        )

    @property
    def log_odds(self) -> float:
        """Natural log odds: the base and all weights."""
        return self.base + sum(weight for _, weight in self.weights)

    @property
    def probability(self) -> float:
        """The same as a probability."""
        return 1.0 / (1.0 + exp(-self.log_odds))


_Word = tuple[str, set[str]]


class Features(NamedTuple):
    """What is true of a candidate: `names` of its own; `groups` of names that are true of others too, whose weights
    are added up once; and `words` by what comes before each in its name. No name stands in two of them."""

    names: set[str]
    groups: list[frozenset[str]]
    words: list[_Word]

    def all(self) -> set[str]:
        """Every name."""
        of_words = (f"{before} {word}" for before, words in self.words for word in words)
        return self.names.union(of_words, *self.groups)


class Linear:
    """A logistic regression. A feature without a weight counts nothing."""

    def __init__(self, base: float, weights: Mapping[str, float]) -> None:
        self.base, self.weights = base, weights
        self._of_group: Memo[frozenset[str], float] = Memo(
            lambda group: sum(map(weights.get, group, repeat(0.0))), _MOST_GROUPS
        )

    @cached_property
    def _of_words(self) -> defaultdict[str, dict[str, float]]:
        """The weights by the first word of a name and what comes behind it."""
        found: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for name, weight in self.weights.items():
            before, _, word = name.partition(" ")
            found[before][word] = weight
        return found

    def odds(self, names: Iterable[str], groups: Iterable[frozenset[str]] = (), words: Iterable[_Word] = ()) -> float:
        """Log odds (natural) of features, each given once, or of `Features` as `*features`."""
        found = self.base + sum(map(self.weights.get, names, repeat(0.0)))
        found += sum(map(self._of_group.__getitem__, groups))
        for before, each in words:
            found += sum(map(self._of_words[before].get, each, repeat(0.0)))
        return found

    def chance(self, *features: Any) -> float:
        """The same as a probability."""
        return 1.0 / (1.0 + exp(-self.odds(*features)))

    def reason(
        self, question: str, features: Iterable[str], least: float | None = None, compared_with: str = ""
    ) -> Reason:
        """What speaks for and against: the features that have a weight."""
        known = ((name, self.weights[name]) for name in features if name in self.weights)
        return Reason.of(question, self.base, known, least, compared_with)


@cache
def learned(name: str) -> Linear:
    """The weights of one question, as `benchmarks/learn_judge.py` wrote them. Raises FileNotFoundError for none."""
    data = json.loads(files(__package__).joinpath(f"weights/{name}.json").read_text(encoding="utf-8"))
    return Linear(data["base"], data["weights"])
