"""Whether a probability that is said comes true: reliability, calibration error, expected against true links."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

EDGES = (0.0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Bins of the reliability table: finer where, at a base rate of some .002, nearly all pairs are [G]."""

THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Probabilities from which the positive predictive value is told."""

ERROR_BINS = 10
"""Equal-width bins of the expected calibration error (Naeini, Cooper & Hauskrecht 2015 [M])."""

SAID = 0.01
"""Pairs said at least this likely are what an analyst may see: `linkage link` lists every one of them."""


@dataclass(frozen=True)
class Bin:
    """Pairs said to be linked with a probability in [`low`, `high`), the last bin including 1.

    `n` pairs, `said` their mean probability, `linked` how many are, `share` of them; `least` to `most` is the 95 %
    interval of the share (Wilson 1927). It takes pairs as independent, which pairs of one person are not: the true
    interval is wider. Numbers are nan for an empty bin.
    """

    low: float
    high: float
    n: int
    said: float
    linked: int
    share: float
    least: float
    most: float


def _bin(low: float, high: float, linked: NDArray[np.bool_], probability: NDArray[np.float64]) -> Bin:
    n, true, nan = len(linked), int(linked.sum()), float("nan")
    if not n:
        return Bin(low, high, 0, nan, 0, nan, nan, nan)
    wilson = binomtest(true, n).proportion_ci(confidence_level=0.95, method="wilson")
    return Bin(low, high, n, float(probability.mean()), true, true / n, float(wilson.low), float(wilson.high))


def reliability(linked: NDArray[np.bool_], probability: NDArray[np.float64]) -> list[Bin]:
    """The reliability table over `EDGES`: what was said against what is true."""
    place = np.minimum(np.digitize(_checked(probability), EDGES) - 1, len(EDGES) - 2)
    return [
        _bin(low, high, linked[place == number], probability[place == number])
        for number, (low, high) in enumerate(pairwise(EDGES))
    ]


def predictive_values(linked: NDArray[np.bool_], probability: NDArray[np.float64]) -> list[Bin]:
    """Positive predictive value at each of `THRESHOLDS`: a bin for all pairs said at least that likely."""
    said = _checked(probability)
    return [_bin(low, 1.0, linked[said >= low], probability[said >= low]) for low in THRESHOLDS]


@dataclass(frozen=True)
class Calibration:
    """Probabilities laid out once, so that each weighing of the pairs is cheap.

    `gap` (pairs,) is probability less truth, `place` (pairs,) the equal-width bin, `seen` the indices of pairs said
    at least `SAID`, `listed` the indices of pairs said at all (over 0).
    """

    linked: NDArray[np.bool_]
    probability: NDArray[np.float64]
    gap: NDArray[np.float64]
    place: NDArray[np.int64]
    seen: NDArray[np.int64]
    listed: NDArray[np.int64]

    @classmethod
    def of(cls, linked: NDArray[np.bool_], probability: NDArray[np.float64]) -> Calibration:
        """Laid out in the order of the pairs. ValueError when a probability is no number from 0 to 1."""
        said = _checked(probability)
        return cls(
            linked=linked,
            probability=said,
            gap=said - linked,
            place=np.minimum((said * ERROR_BINS).astype(np.int64), ERROR_BINS - 1),
            seen=np.flatnonzero(said >= SAID),
            listed=np.flatnonzero(said > 0),
        )

    def error(self, weight: NDArray[np.int64]) -> float:
        """Expected calibration error over all pairs: mean of |said - true| over equal-width bins, by their pairs.

        At a low base rate nearly every pair is in the first bin and rightly said to be near 0, so that this is tiny
        for whatever says "no"; read it beside `error_seen`.
        """
        return self._error(self.gap, self.place, weight)

    def error_seen(self, weight: NDArray[np.int64]) -> float:
        """Expected calibration error over pairs said at least `SAID` alone; nan when there are none."""
        return self._error(self.gap[self.seen], self.place[self.seen], weight[self.seen])

    @staticmethod
    def _error(gap: NDArray[np.float64], place: NDArray[np.int64], weight: NDArray[np.int64]) -> float:
        total = int(weight.sum(dtype=np.int64))
        bins = np.bincount(place, weights=gap * weight, minlength=ERROR_BINS)
        return float(np.abs(bins).sum() / total) if total else float("nan")

    def expected_links(self, weight: NDArray[np.int64]) -> float:
        """Links expected among pairs said to be linked at all (probability over 0), over the true ones among them.

        1 is honest, 2 promises twice as many as there are. nan when none of them is linked.
        """
        return self._ratio(weight, int(weight[self.listed] @ self.linked[self.listed]))

    def expected_links_all(self, weight: NDArray[np.int64]) -> float:
        """The same against all true links, those that were never listed among them."""
        return self._ratio(weight, int(weight @ self.linked))

    def _ratio(self, weight: NDArray[np.int64], true: int) -> float:
        return float(weight @ self.probability / true) if true else float("nan")

    def predictive_value(self, threshold: float, weight: NDArray[np.int64]) -> float:
        """Share of links among pairs said at least `threshold` likely; nan when there are none."""
        among = self.seen[self.probability[self.seen] >= threshold]
        total = int(weight[among].sum(dtype=np.int64))
        return float(weight[among] @ self.linked[among] / total) if total else float("nan")


def _checked(probability: NDArray[np.float64]) -> NDArray[np.float64]:
    wrong = ~((probability >= 0) & (probability <= 1))
    if wrong.any():
        raise ValueError(
            f"{int(wrong.sum())} probabilities are not from 0 to 1 (the first: {probability[wrong][0]}); "
            "give a score that is no probability as the value alone"
        )
    return probability
