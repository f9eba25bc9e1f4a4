"""How far from each other one person's incidents lie, learned from labelled series.

The share of every reach, and of going elsewhere, is the one that makes the labelled series likeliest under the model
that judges them: the mean over spanning trees of the product of the ratios on their edges (`features.tree`), under a
Dirichlet prior around the elicited shares.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logit, softmax

from linkage.features.measures import REACHES
from linkage.features.parameters import QUANTILE_90, Parameters
from linkage.features.place import ELSEWHERE, PlaceColumn, reach_of
from linkage.models.labels import Links

STRENGTH = 20.0
"""Links' worth of the elicited shares [G]."""

STEP = 1e-3
"""Step of the central differences that give the curvature of the log posterior."""

Floats = NDArray[np.float64]


def learn_reaches(column: PlaceColumn, links: Links, name: str, parameters: Parameters) -> Parameters:
    """Learn the shares of the evidence `name` from the labelled links whose places are known."""
    known = column.known()
    both = known[links.left] & known[links.right]
    if not both.any():
        return parameters
    trees = _trees(column, links)
    prior = STRENGTH * np.append(column.shares, column.elsewhere)

    def downhill(logits: Floats) -> tuple[float, Floats]:
        """The log posterior and its slope, turned round for a minimiser."""
        value, slope = log_posterior(logits, trees, prior)
        return -value, -slope

    found = minimize(downhill, np.log(prior), jac=True, method="BFGS").x
    shares, deviation = softmax(found), _deviations(found, trees, prior)
    centre = logit(shares)
    low, high = expit(centre - QUANTILE_90 * deviation), expit(centre + QUANTILE_90 * deviation)
    for at, quantity in enumerate([*(reach_of(km) for km in REACHES), ELSEWHERE]):
        now = parameters.values[name][quantity]
        learned = now.learned(float(shares[at]), int(both.sum()), float(low[at]), float(high[at]))
        parameters = parameters.with_value(name, quantity, learned)
    return parameters


def log_posterior(logits: Floats, trees: list[Floats], prior: Floats) -> tuple[float, Floats]:
    """Natural log posterior (but for a constant) of the shares softmax(`logits`), and its slope, shape (shares,).

    `trees` has, for series of each size, the ratios of their pairs at every share alone (series, reports, reports,
    shares): symmetric, 0 between reports that are no link.
    """
    shares = softmax(logits)
    value, slope = float(prior @ np.log(shares)), prior / shares
    for ratios in trees:
        edges = ratios @ shares
        laplacian = np.eye(edges.shape[1]) * edges.sum(axis=2)[:, :, None] - edges
        value += float(np.linalg.slogdet(laplacian[:, 1:, 1:])[1].sum())
        # the chance that an edge is in the tree, over its ratio: the resistance between its ends (Kirchhoff 1847)
        inverse = np.zeros_like(laplacian)
        inverse[:, 1:, 1:] = np.linalg.inv(laplacian[:, 1:, 1:])
        own = np.diagonal(inverse, axis1=1, axis2=2)
        resistance = own[:, :, None] + own[:, None, :] - 2.0 * inverse
        slope += np.einsum("sij,sijk->k", resistance, ratios) / 2.0
    return value, shares * (slope - shares @ slope)


def _trees(column: PlaceColumn, links: Links) -> list[Floats]:
    """The labelled series by how many of their reports have a known place."""
    known = column.known()
    of_size: dict[int, list[Floats]] = {}
    linked = {pair: at for at, pair in enumerate(zip(links.left.tolist(), links.right.tolist(), strict=True))}
    every = column.reach_ratios(links.left, links.right)
    for members in links.series:
        rows = [row for row in members if known[row]]
        ratios = np.zeros((len(rows), len(rows), every.shape[1]))
        for (i, one), (j, other) in combinations(enumerate(rows), 2):
            if (at := linked.get((one, other))) is not None:
                ratios[i, j] = ratios[j, i] = every[at]
        if ratios.any():
            of_size.setdefault(len(rows), []).append(ratios)
    return [np.array(found) for _, found in sorted(of_size.items())]


def _deviations(logits: Floats, trees: list[Floats], prior: Floats) -> Floats:
    """Standard deviation of each share on the logit scale, from the curvature of the log posterior (Laplace)."""
    steps = STEP * np.eye(len(logits))
    slopes = [log_posterior(logits + s, trees, prior)[1] - log_posterior(logits - s, trees, prior)[1] for s in steps]
    covariance = np.linalg.pinv(-np.array(slopes) / (2.0 * STEP), hermitian=True)
    shares = softmax(logits)
    moves = (np.eye(len(shares)) - shares) / (1.0 - shares)[:, None]
    deviations: Floats = np.sqrt(np.maximum(np.einsum("ki,ij,kj->k", moves, covariance, moves), 0.0))
    return deviations
