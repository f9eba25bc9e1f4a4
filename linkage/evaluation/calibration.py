"""Whether a probability that is said comes true: reliability, calibration error, expected against true links."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from linkage.wilson import wilson

EDGES = (0.0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Bins of the reliability table: finer where, at a base rate of some .002, nearly all pairs are [G]."""

THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Probabilities from which the positive predictive value is told; they also cut the ten equal-width bins of the
expected calibration error (Naeini, Cooper & Hauskrecht 2015 [M])."""

SAID = 0.01
"""Pairs said at least this likely are what an analyst may see: `linkage link` lists every one of them."""


@dataclass(frozen=True)
class Bin:
    """Pairs said to be linked with a probability in [`low`, `high`), the last bin including 1.

    `n` pairs, `said` their mean probability, `linked` how many are, `share` of them; `least` to `most` is the 95 %
    interval of the share (Wilson 1927 [M]). It takes pairs as independent, which pairs of one person are not: the
    true interval is wider. Numbers are nan for an empty bin.
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
    return Bin(low, high, n, float(probability.mean()), true, true / n, *wilson(true, n))


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
class Tally:
    """Sums over the pairs said to be at least so likely: for each of `THRESHOLDS` from the highest, then `SAID`, then
    more than 0, then all pairs (12,).

    `pairs` are their weights, `expected` their weighed probabilities, `links` the weights of the links among them.
    """

    pairs: NDArray[np.float64]
    expected: NDArray[np.float64]
    links: NDArray[np.float64]

    def error(self) -> float:
        """Expected calibration error over all pairs: mean of |said - true| over ten equal-width bins, by their pairs.

        At a low base rate nearly every pair is in the first bin and rightly said to be near 0, so that this is tiny
        for whatever says "no"; read it beside `error_seen`.
        """
        return self._error(_ALL)

    def error_seen(self) -> float:
        """Expected calibration error over pairs said at least `SAID` alone; nan when there are none."""
        return self._error(_SEEN)

    def _error(self, last: int) -> float:
        gap = (self.expected - self.links)[[*range(len(THRESHOLDS)), last]]
        return _ratio(np.abs(np.diff(gap, prepend=0.0)).sum(), self.pairs[last])

    def expected_links(self) -> float:
        """Links expected among pairs said to be linked at all (probability over 0), over the true ones among them.

        1 is honest, 2 promises twice as many as there are. nan when none of them is linked.
        """
        return _ratio(self.expected[_ALL], self.links[_LISTED])

    def expected_links_all(self) -> float:
        """The same against all true links, those that were never listed among them."""
        return _ratio(self.expected[_ALL], self.links[_ALL])

    def predictive_value(self, threshold: float) -> float:
        """Share of links among pairs said at least `threshold` (one of `THRESHOLDS`) likely; nan without any."""
        place = len(THRESHOLDS) - 1 - THRESHOLDS.index(threshold)
        return _ratio(self.links[place], self.pairs[place])


_SEEN, _LISTED, _ALL = len(THRESHOLDS), len(THRESHOLDS) + 1, len(THRESHOLDS) + 2


@dataclass(frozen=True)
class Calibration:
    """Pairs laid out by what was said of them, so that each weighing is cheap.

    `order` (pairs,) are the pairs' indices, the likeliest first; `probability` and `linked` (pairs,) stand in that
    order; `places` (12,) is how many pairs each sum of a `Tally` is over.
    """

    order: NDArray[np.int64]
    probability: NDArray[np.float64]
    linked: NDArray[np.bool_]
    places: NDArray[np.int64]

    @classmethod
    def of(cls, linked: NDArray[np.bool_], probability: NDArray[np.float64]) -> Calibration:
        """From pairs in any order. ValueError when a probability is no number from 0 to 1."""
        order = np.argsort(-_checked(probability), kind="stable")
        said = probability[order]
        least = np.array([*reversed(THRESHOLDS), SAID, np.nextafter(0.0, 1.0), 0.0])
        return cls(order, said, linked[order], np.searchsorted(-said, -least, side="right"))

    def tally(self, weight: NDArray[np.int64] | None = None) -> Tally:
        """Each pair, as it was given, counted `weight` times (once when not given)."""
        counted = np.ones(len(self.order)) if weight is None else weight[self.order].astype(np.float64)
        sums = [np.append(0.0, np.cumsum(counted * values)) for values in (1.0, self.probability, self.linked)]
        return Tally(*(summed[self.places] for summed in sums))

    def expected_links(self, weight: NDArray[np.int64]) -> float:
        """`Tally.expected_links` of one weighing."""
        return self.tally(weight).expected_links()


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")


def _checked(probability: NDArray[np.float64]) -> NDArray[np.float64]:
    wrong = ~((probability >= 0) & (probability <= 1))
    if wrong.any():
        raise ValueError(
            f"{int(wrong.sum())} probabilities are not from 0 to 1 (the first: {probability[wrong][0]}); "
            "give a score that is no probability as the value alone"
        )
    return probability
