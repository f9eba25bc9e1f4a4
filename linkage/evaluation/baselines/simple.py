"""Baselines that learn nothing: chance, distance, days, and measures of shared behaviour."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray

from linkage.evaluation.baselines.columns import Columns, Floats, columns_of, filled
from linkage.evaluation.scorer import Scores
from linkage.evaluation.truth import EvaluatedPairs, Truth
from linkage.report import Report


class Chance:
    """Random numbers: what a ranking is worth that knows nothing."""

    name = "chance"
    note = "Random numbers from a seed; given nothing."
    learns = False

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed

    def fit(self, reports: Sequence[Report], truth: Truth) -> Self:  # noqa: ARG002
        """Learns nothing."""
        return self

    def score(self, pairs: EvaluatedPairs) -> Scores:
        """A number in [0, 1) for each pair."""
        return Scores(np.random.default_rng(self.seed).random(len(pairs)))


class Untrained(ABC):
    """A fixed measure of how alike two reports are."""

    name: str
    note: str
    learns = False

    def fit(self, reports: Sequence[Report], truth: Truth) -> Self:  # noqa: ARG002
        """Learns nothing."""
        return self

    def score(self, pairs: EvaluatedPairs) -> Scores:
        """The measure of each pair; its median where the measure is not known."""
        return Scores(self._measure(columns_of(pairs.reports), pairs))

    @abstractmethod
    def _measure(self, columns: Columns, pairs: EvaluatedPairs) -> NDArray[np.float64]: ...


class Distance(Untrained):
    """Nearer is likelier linked."""

    name = "distance"
    note = (
        "-log km between the places, no nearer than their uncertainty (the best single predictor in Bennell and "
        "Canter 2002); a pair without a distance gets the median."
    )

    def _measure(self, columns: Columns, pairs: EvaluatedPairs) -> NDArray[np.float64]:
        return filled(-columns.log_km(pairs.km, pairs.left, pairs.right))


class DistanceAndDays(Untrained):
    """Nearer in space and in time is likelier linked."""

    name = "distance and days, untrained"
    note = "-log km - log(1 + days), each counted once, nothing learned; an unknown part gets its median."

    def _measure(self, columns: Columns, pairs: EvaluatedPairs) -> NDArray[np.float64]:
        near = filled(-columns.log_km(pairs.km, pairs.left, pairs.right))
        return near + filled(-np.log1p(columns.days(pairs.left, pairs.right)))


class Behaviour(Untrained):
    """A measure of the behaviours reported on both sides."""

    def _measure(self, columns: Columns, pairs: EvaluatedPairs) -> NDArray[np.float64]:
        return filled(self._alike(columns, pairs))

    @abstractmethod
    def _alike(self, columns: Columns, pairs: EvaluatedPairs) -> Floats: ...


class Jaccard(Behaviour):
    """Shared behaviours over all behaviours."""

    name = "Jaccard"
    note = (
        "Jaccard's coefficient on the behaviours reported as present, the usual measure of the field (Woodhams et "
        "al. 2019); a report without behaviours gets the median."
    )

    def _alike(self, columns: Columns, pairs: EvaluatedPairs) -> Floats:
        return columns.jaccard(pairs.left, pairs.right)


class RarityJaccard(Behaviour):
    """Jaccard in which a rare behaviour counts more."""

    name = "Jaccard by rarity"
    note = (
        "Jaccard with each behaviour weighted by its rarity among the scored reports (inverse document frequency, "
        "Sparck Jones 1972); a report without behaviours gets the median."
    )

    def _alike(self, columns: Columns, pairs: EvaluatedPairs) -> Floats:
        return columns.rarity_jaccard(pairs.left, pairs.right)


class ThreeToOne(Behaviour):
    """Shared behaviours count three times as much as behaviours of one side."""

    name = "3a-(b+c)"
    note = (
        "3 x behaviours in both - behaviours in one, said to be the measure of Tonkin et al. 2025: as reported "
        "second-hand, not read in the paper (SCIENCE.md 1.1) [S]; a report without behaviours gets the median."
    )

    def _alike(self, columns: Columns, pairs: EvaluatedPairs) -> Floats:
        return columns.three_to_one(pairs.left, pairs.right)
