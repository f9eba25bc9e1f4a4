"""What every way of linking must do to be compared: learn from some reports, score the pairs of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from linkage.evaluation.truth import EvaluatedPairs, Truth
from linkage.report import Report


@dataclass(frozen=True)
class Scores:
    """One number a judged pair (float64, higher is likelier linked).

    `probability` where the way of linking states one; `series` where it gathers series (each a set of report ids,
    singles left out).
    """

    value: NDArray[np.float64]
    probability: NDArray[np.float64] | None = None
    series: list[set[str]] | None = None


class Scorer(Protocol):
    """A way of linking: the engine or a baseline."""

    name: str
    """Short, in the field's terms; a key of results."""
    note: str
    """One line a reader needs: what it is, where it comes from (author, year), what it was given."""
    learns: bool
    """Whether `fit` looks at the truth."""

    def fit(self, reports: Sequence[Report], truth: Truth) -> Self:
        """Learn from labelled reports; does nothing where `learns` is false."""
        ...

    def score(self, pairs: EvaluatedPairs) -> Scores:
        """Score every judged pair, without a look at `pairs.linked`, `pairs.person` or any `series` label."""
        ...
