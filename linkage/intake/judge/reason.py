"""Why a judge said what it said: the features that were true, with their weights, which add up to its log odds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import exp


@dataclass(frozen=True, slots=True)
class Reason:
    """One answer of a linear model.

    `question` names what was asked (`feature_words.toml` says it in words), of a fact beside another one with the
    words of that one in `beside`. `weights` are the features that count, heaviest first, in natural log odds; with
    `base` they add up to `log_odds`. `least` is the probability from which the answer is yes, None where none is set.
    """

    question: str
    base: float
    weights: tuple[tuple[str, float], ...]
    least: float | None = None
    beside: str = ""

    @classmethod
    def of(
        cls,
        question: str,
        base: float,
        weights: Iterable[tuple[str, float]],
        least: float | None = None,
        beside: str = "",
    ) -> Reason:
        """With the weights in order, those of one name added up and those of nothing left out."""
        added: defaultdict[str, float] = defaultdict(float)
        for name, weight in weights:
            added[name] += weight
        counting = [one for one in added.items() if one[1]]
        return cls(question, base, tuple(sorted(counting, key=lambda one: (-abs(one[1]), one[0]))), least, beside)

    @property
    def log_odds(self) -> float:
        """Natural log odds: the base and all weights."""
        return self.base + sum(weight for _, weight in self.weights)

    @property
    def probability(self) -> float:
        """The same as a probability."""
        return 1.0 / (1.0 + exp(-self.log_odds))
