"""How many incidents people have: the prior over partitions into series.

Were people Poisson many with mean `people`, each with k incidents with probability q(k), the reports' partition would
have probability proportional to  product over series of  people * k! * q(k)  (Kolchin 1986; Betancourt, Zanella and
Steorts 2022, "Random partition models for microclustering tasks"). Only ratios count: a one-off that joins a series
of k instead of standing alone changes the odds by (k + 1) q(k + 1) / (q(k) q(1) people).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from linkage.features.parameters import Parameters

LONGEST = 400
"""Series longer than this are as unlikely as this one is; the tail falls by `TAIL_FALL` each."""

LONG = (6, 15)
"""Lengths among which the long series are spread evenly: SCIENCE.md 3 Offenders, one in ten has 6 to 15 [G]."""

TAIL_FALL = 0.4
"""Ratio of the chances of one more incident beyond the long lengths [G]."""


@dataclass(frozen=True)
class SeriesPrior:
    """`log_series` (k,) is ln(k! q(k)) for a series of k incidents, from 0; `log_people` the log of people's mean.

    `expected` linked pairs, with their standard `deviation` under the prior. Above `allowed` evidence is taken to
    overrate itself: one deviation over what is expected, and at least the pairs of one series as long as long ones
    get, so that a small file may be all one series.
    """

    log_series: NDArray[np.float64]
    log_people: float
    expected: float
    deviation: float
    allowed: float


def length_shares(one_off: float, stop: float, long: float) -> NDArray[np.float64]:
    """q(k) for k = 0..LONGEST: `one_off` have one, the others 2 + geometric(`stop`), or LONG (`long`)."""
    k = np.arange(LONGEST + 1)
    short = np.where(k >= 2, stop * (1 - stop) ** np.maximum(k - 2, 0), 0.0)
    low, high = LONG
    tail = np.where((k >= low) & (k <= high), 1.0, np.where(k > high, TAIL_FALL ** np.maximum(k - high, 0), 0.0))
    shares = (1 - one_off) * ((1 - long) * short / short.sum() + long * tail / tail.sum())
    shares[1] = one_off
    floored: NDArray[np.float64] = np.maximum(shares, 1e-300)
    return floored


def series_prior(incidents: int, parameters: Parameters) -> SeriesPrior:
    """The prior for a partition of `incidents` incidents: `more`, `long` and `partners` of the parameters of series.

    The share of one-offs is the one under which an incident has `partners` others of its person. As for pairs
    (`prior.pair_prior`), a small set is taken to come from no fewer people than keep a pair below `most`.
    """
    partners, most = parameters.get("series", "partners"), parameters.get("series", "most")
    shares = _shares_for(partners, parameters.get("series", "more"), parameters.get("series", "long"))
    k = np.arange(LONGEST + 1)
    mean = float(k @ shares)
    people = max(float(incidents), partners / most) / mean
    pairs = k * (k - 1) / 2
    here = incidents / mean * min(1.0, incidents * most / partners)
    expected, deviation = float(here * (shares @ pairs)), float(np.sqrt(here * (shares @ pairs**2)))
    return SeriesPrior(
        log_series=gammaln(k + 1) + np.log(shares),
        log_people=float(np.log(people)),
        expected=expected,
        deviation=deviation,
        allowed=max(expected + deviation, LONG[1] * (LONG[1] - 1) / 2),
    )


def _shares_for(partners: float, more: float, long: float) -> NDArray[np.float64]:
    """Lengths of series under which an incident has `partners` others on average."""
    k = np.arange(LONGEST + 1)
    low, high = 0.0, 1.0
    for _ in range(50):
        one_off = (low + high) / 2
        shares = length_shares(one_off, more, long)
        low, high = (one_off, high) if shares @ (k * (k - 1.0)) > partners * (shares @ k) else (low, one_off)
    return length_shares((low + high) / 2, more, long)


def learned_lengths(sizes: Sequence[int], more: float, long: float, strength: float) -> tuple[float, float]:
    """`more` and `long` from the lengths of known series, shrunk to the given ones with `strength` series' worth.

    A series longer than the least of LONG counts as long; `more` is the rate of a geometric for the others.
    """
    lengths = np.array([size for size in sizes if size >= 2])
    short = lengths[lengths <= LONG[0]]
    of_long = (len(lengths) - len(short) + strength * long) / (len(lengths) + strength)
    of_more = (len(short) + strength) / (float((short - 1).sum()) + strength / more)
    return float(of_more), float(of_long)
