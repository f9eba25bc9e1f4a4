"""Consistency of behaviours learned from labelled series by empirical Bayes.

For each item the linked pairs fall into four kinds: both show it, both are recorded without it, one of each, and the
rest, where a side does not say. Unrelated pairs show the first three with shares u11, u00, u10; linked pairs with
u times the item's likelihood ratio. The rest is what is left. Counting the pairs that say nothing matters: people
record what happened and seldom what did not, so among pairs where both sides are recorded nearly all agree, linked
or not, and consistency estimated from them alone runs away.

Items of one domain share a distribution: log rho of an item = log of its default + shift + deviation, with
deviation normal(0, spread). Shift and spread are integrated over a grid, so each item's rho is shrunk to what its
domain shows, and the domain to the elicited value (Robbins 1956; Gelman et al. 2013, ch. 5).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from linkage.features.items import ABSENT, NOT_RECORDED, PRESENT, RHO_LIMITS, ItemColumn
from linkage.models.labels import Links

SHIFT_DEVIATION = 0.4
"""Standard deviation of a domain's shift on the log scale before labels are seen [G]: half as much again."""

SPREADS = np.array([0.15, 0.3, 0.6])
"""Deviations of items from their domain on the log scale that are considered, each as likely [G]."""

GRID = np.linspace(-3.0, 2.0, 26)
"""Log ratios of rho to its default."""


@dataclass(frozen=True)
class LearnedRho:
    """Posterior mean and 90 % interval of each item's rho, shape (items,), and the linked pairs behind it.

    `scale` is what the domain as a whole multiplies its defaults by: it stands for items that were never seen.
    """

    rho: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    n: NDArray[np.int64]
    scale: float


def learn_consistency(column: ItemColumn, links: Links) -> LearnedRho:
    """Learn every item's rho from the links; `column.rho` are the defaults."""
    rho = np.clip(column.rho[:, None] * np.exp(GRID), *RHO_LIMITS)
    fit = _log_likelihood(column, links, rho)
    shift = -(GRID**2) / (2 * SHIFT_DEVIATION**2)
    away = GRID[None, None, :] - GRID[:, None, None]  # shift, spread, item's own log ratio
    density = -(away**2) / (2 * SPREADS[None, :, None] ** 2)
    density -= logsumexp(density, axis=2, keepdims=True)
    marginal = logsumexp(fit[:, None, None, :] + density[None], axis=3)  # item, shift, spread
    hyper = marginal.sum(axis=0) + shift[:, None]
    hyper -= logsumexp(hyper)
    joint = fit[:, None, None, :] + density[None] - marginal[..., None] + hyper[None, :, :, None]
    posterior = np.exp(logsumexp(joint, axis=(1, 2)))
    posterior /= posterior.sum(axis=1, keepdims=True)
    cumulated = posterior.cumsum(axis=1)
    items = np.arange(len(rho))
    recorded = column.state != NOT_RECORDED
    return LearnedRho(
        rho=np.exp((posterior * np.log(rho)).sum(axis=1)),
        low=rho[items, (cumulated >= 0.05).argmax(axis=1)],
        high=rho[items, (cumulated >= 0.95).argmax(axis=1)],
        n=(recorded[links.left] & recorded[links.right]).sum(axis=0),
        scale=float(np.exp(np.exp(logsumexp(hyper, axis=1)) @ GRID)),
    )


def _log_likelihood(column: ItemColumn, links: Links, rho: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log likelihood of the linked pairs, shape (items, values of rho); `rho` has that shape."""
    present, absent = column.state == PRESENT, column.state == ABSENT
    share = links.share
    seen = np.stack(
        [
            share @ (present[links.left] & present[links.right]),
            share @ (absent[links.left] & absent[links.right]),
            share @ ((present[links.left] & absent[links.right]) | (absent[links.left] & present[links.right])),
        ]
    )
    p1, p0 = present.mean(axis=0), absent.mean(axis=0)
    apart = np.stack([p1**2, p0**2, 2 * p1 * p0])
    p = column.prevalence[:, None]
    ratio = np.stack([1 + rho * (1 - p) / p, 1 + rho * p / (1 - p), 1 - rho])
    linked = apart[:, :, None] * ratio
    total = linked.sum(axis=0)
    linked *= np.minimum(1.0, 0.999 / np.maximum(total, 1e-300))  # shares of pairs cannot exceed 1
    rest = np.maximum(1 - linked.sum(axis=0), 1e-9)
    fit: NDArray[np.float64] = (seen[:, :, None] * np.log(np.maximum(linked, 1e-300))).sum(axis=0)
    fit += np.maximum(share.sum() - seen.sum(axis=0), 0.0)[:, None] * np.log(rest)
    return fit
