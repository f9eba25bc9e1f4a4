"""Two ways of linking compared draw by draw.

Two scorers of the same reports rise and fall together with the persons that were drawn; the interval of their
difference is therefore narrower than two intervals laid side by side suggest (paired bootstrap; Efron and Tibshirani
1993 [M]).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from linkage.evaluation.intervals import Drawn
from linkage.evaluation.resampling import Draws, Floats, interval
from linkage.evaluation.truth import EvaluatedPairs

LEADING = ("auprc", "recall_at_10", "recall_at_10_far", "precision_at_100", "b_cubed_f1", "expected_links")
"""Keys of `intervals.LABELS` that are compared."""


@dataclass(frozen=True)
class Difference:
    """A figure (`value`, `low` to `high`) and how far it lies from a base's (`change`, `change_low` to
    `change_high`); intervals are 95 %."""

    value: float
    low: float
    high: float
    change: float
    change_low: float
    change_high: float

    @classmethod
    def between(cls, base: Floats, other: Floats) -> Difference:
        """From the figure as judged (first) and in each draw, both of the same shape; the draws are paired when they
        are of one seed over the same persons, else independent."""
        apart = other - base
        return cls(float(other[0]), *interval(other[1:]), float(apart[0]), *interval(apart[1:]))

    def to_row(self) -> dict[str, float]:
        """Columns of a table."""
        return dict(vars(self))


def compared(base: Drawn, other: Drawn) -> Mapping[str, Difference]:
    """Every leading figure that both have (`intervals.drawn`), as it is in `other`, beside the base's."""
    return {key: Difference.between(base[key], other[key]) for key in LEADING if key in base and key in other}


def draws_for(pairs: EvaluatedPairs, seed: int, replicates: int) -> Draws:
    """Draws of the persons behind these pairs."""
    return Draws.of(int(pairs.person.max(initial=-1)) + 1, seed, replicates)
