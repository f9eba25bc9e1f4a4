"""The prior of a link, and the temper that keeps correlated evidence honest without labels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from linkage.features.packing import Packed
from linkage.models.scan import HISTOGRAM_LIMIT, HISTOGRAM_STEP, weight_histogram

LOWEST_TEMPER = 0.3
"""Evidence is never scaled below this [G]: less would mean that almost none of it can be believed."""

TEMPER_ROWS = 1000
"""Rows sampled to find the honest temper [G]; each is scored against all others."""


def pair_prior(reports: int, partners: float, most: float) -> float:
    """Probability that two random reports share a person: a report has `partners` others among the rest.

    The number of people grows with the number of reports, so the chance of a pair falls as 1/(n - 1).
    """
    return min(most, partners / max(1, reports - 1))


def log10_odds(probability: float) -> float:
    """log10 of probability / (1 - probability)."""
    return float(np.log10(probability / (1.0 - probability)))


def bounded_odds(probability: NDArray[np.float64]) -> NDArray[np.float64]:
    """log10 odds of many probabilities, bounded at one in a million either way."""
    bounded = np.clip(probability, 1e-6, 1 - 1e-6)
    return np.log10(bounded / (1 - bounded))


def probability_of(strength: NDArray[np.floating]) -> NDArray[np.float64]:
    """Probability from strength = prior + weight, log10 odds."""
    clipped: NDArray[np.float64] = 1.0 / (1.0 + 10.0 ** -np.clip(strength, -300, 300))
    return clipped


def sampled_temper(packed: Packed, incident: NDArray[np.int64], prior: float) -> float:
    """The honest temper of rows numbered by `incident`, from an even sample of them."""
    sample = np.unique(np.linspace(0, max(0, len(incident) - 1), TEMPER_ROWS).astype(np.int64))[: len(incident)]
    return honest_temper(weight_histogram(packed, incident, sample), prior)


def honest_temper(histogram: NDArray[np.int64], prior: float) -> float:
    """The scale at which the expected number of links among the counted pairs is what the prior says.

    Were every weight a true log likelihood ratio, posterior probabilities over all pairs would sum to prior times
    pairs. Evidence that travels together (the sector behind car, hour and approach) makes the sum too large;
    scaling all weights by the returned temper (LOWEST_TEMPER to 1) restores it. Weights that sum to less are left.
    """
    weights = (np.arange(len(histogram)) * HISTOGRAM_STEP - HISTOGRAM_LIMIT + HISTOGRAM_STEP / 2) / 1000.0
    odds, wanted = log10_odds(prior), prior * histogram.sum()

    def expected(temper: float) -> float:
        """How many of the pairs are expected to be linked under a temper."""
        return float(histogram @ probability_of(odds + temper * weights))

    if expected(1.0) <= wanted:
        return 1.0
    low, high = LOWEST_TEMPER, 1.0
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if expected(middle) <= wanted else (low, middle)
    return low
