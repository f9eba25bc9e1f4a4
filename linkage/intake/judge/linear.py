"""A linear model over named features: log odds are a base and the weights of the features that are true."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import repeat
from math import exp

from linkage.intake.judge.reason import Reason


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """A logistic regression. A feature without a weight counts nothing."""

    base: float
    weights: Mapping[str, float]

    def odds(self, features: Iterable[str]) -> float:
        """Log odds (natural) of the features, each given once."""
        return self.base + sum(map(self.weights.get, features, repeat(0.0)))

    def chance(self, features: Iterable[str]) -> float:
        """The same as a probability."""
        return 1.0 / (1.0 + exp(-self.odds(features)))

    def reason(self, question: str, features: Iterable[str], least: float | None = None, beside: str = "") -> Reason:
        """What speaks for and against: the features that have a weight."""
        known = ((name, self.weights[name]) for name in features if name in self.weights)
        return Reason.of(question, self.base, known, least, beside)


@cache
def learned(name: str) -> Linear:
    """The weights of one question, as `benchmarks/learn_judge.py` wrote them. Raises FileNotFoundError for none."""
    data = json.loads(files(__package__).joinpath(f"weights/{name}.json").read_text(encoding="utf-8"))
    return Linear(data["base"], data["weights"])
