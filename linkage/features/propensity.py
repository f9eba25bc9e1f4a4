"""A person's hidden propensity to do a thing, and how it shows in what reports tell, deny and leave out.

A person does a thing with probability theta = logistic(mu + s z), z standard normal (SCIENCE.md 9). The spread s of
the population is a mixture over SPREADS; mu is such that the mean of theta is the prevalence p. Every report's
likelihood is linear in theta, whatever it says, so a set of k reports needs no moment of theta above the k-th: a
Gauss rule of K nodes (Golub and Welsch 1969) made for the mixture is exact up to 2 K - 1 reports, and has no spread
left to sum over.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

Floats = NDArray[np.float64]

SPREADS = np.array([0.0, 0.4, 0.8, 1.2, 1.8, 2.5, 3.5, 5.0, 8.0])
"""Standard deviations of the log odds over people that are mixed: SCIENCE.md 9, and one more, so that items can be
nearly fixed [G]."""

SPREAD_SHARES = np.array([0.05, 0.1, 0.15, 0.2, 0.2, 0.15, 0.1, 0.04, 0.01])
"""Shares of the spreads before an item's own consistency tilts them [G]: SCIENCE.md 9."""

NODES = 5
"""Nodes of theta an item [D]: exact for sets of up to nine reports."""

FINE = 41
"""Nodes of the standard normal from which the rule is made [G]: more change no weight by a thousandth."""

GRID = np.linspace(-9.5, 6.0, 311)
"""Log odds of prevalences for which mu is worked out once; between them it is interpolated."""

STEEPEST = 400.0
"""Most that consistency may tilt the mixture of spreads, for each unit of correlation [G]."""


@cache
def normal() -> tuple[Floats, Floats]:
    """Nodes and weights of a standard normal, shape (FINE,) each."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(FINE)
    return nodes, weights / weights.sum()


@cache
def _middles() -> Floats:
    """mu for each spread and prevalence of GRID, shape (spreads, GRID), by bisection."""
    nodes, weights = normal()
    low, high = np.full((len(SPREADS), len(GRID)), -60.0), np.full((len(SPREADS), len(GRID)), 60.0)
    wanted = expit(GRID)
    for _ in range(60):
        middle = (low + high) / 2
        mean = expit(middle[..., None] + SPREADS[:, None, None] * nodes) @ weights
        low, high = np.where(mean < wanted, middle, low), np.where(mean < wanted, high, middle)
    found: Floats = (low + high) / 2
    return found


def atoms(prevalence: Floats) -> Floats:
    """theta at every spread and node of the normal, shape (items, SPREADS, FINE); its mean is the prevalence."""
    at = logit(prevalence)
    middle = np.stack([np.interp(at, GRID, row) for row in _middles()], axis=1)
    theta = expit(middle[..., None] + SPREADS[:, None] * normal()[0])
    exact: Floats = np.minimum(theta * (prevalence[:, None] / (theta @ normal()[1]))[..., None], 1.0)
    return exact


def spread_rules(prevalence: Floats) -> tuple[Floats, Floats]:
    """Gauss rules at every spread: nodes of theta and their weights, both (items, SPREADS, NODES)."""
    distinct, place = np.unique(prevalence, return_inverse=True)  # most behaviours in own words are told twice
    flat = atoms(distinct).reshape(-1, FINE)
    nodes, weight = gauss(flat, np.broadcast_to(normal()[1], flat.shape))
    shape = (len(distinct), len(SPREADS), NODES)
    return nodes.reshape(shape)[place], weight.reshape(shape)[place]


def correlations(rules: tuple[Floats, Floats], prevalence: Floats) -> Floats:
    """Intra-person correlation at each spread, var(theta) / (p (1 - p)), shape (items, SPREADS)."""
    square = (rules[0] ** 2 * rules[1]).sum(axis=-1)
    found: Floats = np.maximum((square - prevalence[:, None] ** 2) / (prevalence * (1 - prevalence))[:, None], 0.0)
    return found


def tilted(correlation: Floats, rho: Floats) -> Floats:
    """Shares of the spreads whose mean correlation is `rho` (items,), or the nearest there is, shape (items,
    SPREADS).

    Of all mixtures with that mean, the one nearest to SPREAD_SHARES (exponential tilting, Csiszar 1975).
    """
    low, high = np.full(len(rho), -STEEPEST), np.full(len(rho), STEEPEST)
    for _ in range(60):
        middle = (low + high) / 2
        mean = (_tilt(correlation, middle) * correlation).sum(axis=1)
        low, high = np.where(mean < rho, middle, low), np.where(mean < rho, high, middle)
    return _tilt(correlation, (low + high) / 2)


def _tilt(correlation: Floats, by: Floats) -> Floats:
    logs = np.log(SPREAD_SHARES) + by[:, None] * correlation
    shares = np.exp(logs - logs.max(axis=1, keepdims=True))
    found: Floats = shares / shares.sum(axis=1, keepdims=True)
    return found


@dataclass(frozen=True)
class Propensity:
    """Nodes `theta` of each item's propensity over people, with their `weight`; both (items, NODES)."""

    theta: Floats
    weight: Floats

    @classmethod
    def of(cls, prevalence: Floats, rho: Floats) -> Propensity:
        """Propensities with these means and intra-person correlations (items,)."""
        if not len(prevalence):
            return cls(np.zeros((0, NODES)), np.zeros((0, NODES)))
        theta, weight = rules = spread_rules(prevalence)
        shares = tilted(correlations(rules, prevalence), rho)
        return cls(*gauss(theta.reshape(len(theta), -1), (shares[..., None] * weight).reshape(len(theta), -1)))

    @property
    def mean(self) -> Floats:
        """Prevalence of each item (items,)."""
        found: Floats = (self.weight * self.theta).sum(axis=1)
        return found


def gauss(points: Floats, weight: Floats, nodes: int = NODES) -> tuple[Floats, Floats]:
    """Gauss rules of discrete measures, one a row: points and weights (rows, nodes), by Lanczos' tridiagonal matrix.

    A measure on fewer points than nodes gets nodes of no weight.
    """
    basis = np.zeros((nodes, *points.shape))
    basis[0] = np.sqrt(weight)
    matrix = np.zeros((len(points), nodes, nodes))
    for step in range(nodes):
        along = points * basis[step]
        matrix[:, step, step] = (along * basis[step]).sum(axis=1)
        if step + 1 == nodes:
            break
        for _ in range(2):  # twice, so that rounding leaves nothing of the earlier ones
            for before in range(step + 1):
                along = along - (along * basis[before]).sum(axis=1, keepdims=True) * basis[before]
        length = np.sqrt((along**2).sum(axis=1))
        length[length < 1e-9] = 0.0
        matrix[:, step, step + 1] = matrix[:, step + 1, step] = length
        basis[step + 1] = along / np.where(length > 0, length, np.inf)[:, None]
    values, vectors = np.linalg.eigh(matrix)
    return np.clip(values, 0.0, 1.0), vectors[:, 0, :] ** 2
