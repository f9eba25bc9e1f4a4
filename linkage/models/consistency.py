"""Consistency of behaviours, and how much is told of them, learned from labelled series by empirical Bayes.

What all reports of a series say of an item has a likelihood under every spread of the propensity over people
(`features.propensity`), silence included. An item's consistency rho tilts the mixture of spreads, so each rho has a
likelihood too: that of whole series, with nothing joined in pairs.

Items of one domain share a distribution: log rho of an item = log of its default + shift + deviation, with
deviation normal(0, spread). Shift and spread are integrated over a grid, so each item's rho is shrunk to what its
domain shows, and the domain to the elicited value (Robbins 1956; Gelman et al. 2013, ch. 5).

What the fullest reports tell of things done, `share`, is where the evidence of all domains together peaks: told too
low, silence says nothing and much is lost; too high, and it contradicts those who do a thing and are not asked about
it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from linkage.features.items import ABSENT, PRESENT, RHO_LIMITS, WITHHELD, ItemColumn
from linkage.features.propensity import correlations, spread_rules, tilted
from linkage.models.labels import Links

SHIFT_DEVIATION = 0.4
"""Standard deviation of a domain's shift on the log scale before labels are seen [G]: half as much again."""

SPREADS = np.array([0.15, 0.3, 0.6])
"""Deviations of items from their domain on the log scale that are considered, each as likely [G]."""

Floats = NDArray[np.float64]

LEAST = 1e-9
"""Least likelihood of what a report tells of an item [G]: what is told and cannot be is no reason to stop."""

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
    fit = _of_rho(column, spread_evidence(column, links), rho)
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
    return LearnedRho(
        rho=np.exp((posterior * np.log(rho)).sum(axis=1)),
        low=rho[items, (cumulated >= 0.05).argmax(axis=1)],
        high=rho[items, (cumulated >= 0.95).argmax(axis=1)],
        n=(column.recorded[links.left] & column.recorded[links.right]).sum(axis=0),
        scale=float(np.exp(np.exp(logsumexp(hyper, axis=1)) @ GRID)),
    )


def spread_evidence(column: ItemColumn, links: Links) -> Floats:
    """Natural log likelihood ratio of the labelled series, one person against many, under each spread of each item's
    propensity, shape (items, SPREADS)."""
    theta, weight = spread_rules(column.prevalence)
    told, denied = (share[:, :, None, None] for share in (column.told, column.denied))
    silent = 1.0 - theta * told - (1.0 - theta) * denied
    likely = np.concatenate([silent, (1.0 - theta)[None], theta[None]])
    mean = (likely * weight).sum(axis=-1)
    ratios = np.log(np.maximum(likely / mean[..., None], 1e-300))
    codes, items = column.codes(), np.arange(len(column.items))
    total = np.zeros(theta.shape[:2])
    for members in links.series:
        logs = ratios[codes[list(members)], items].sum(axis=0)
        peak = logs.max(axis=-1)
        total += peak + np.log((np.exp(logs - peak[..., None]) * weight).sum(axis=-1))
    return total


def total_evidence(column: ItemColumn, links: Links) -> float:
    """Natural log likelihood of what the labelled series tell on all items of the column, each at its own rho."""
    if not column.items:
        return 0.0
    together = float(_of_rho(column, spread_evidence(column, links), column.rho[:, None]).sum())
    return together + sum(_apart(column, list(members)) for members in links.series)


def _apart(column: ItemColumn, rows: list[int]) -> float:
    """Natural log likelihood of what rows tell, each by itself: without it a share that cannot be, under which more
    is told than was done, would have evidence too."""
    state, level, p = column.state[rows], column.level[rows], column.prevalence
    shown, denied = column.told[level] * p, column.denied[level] * (1.0 - p)
    likely = np.where(state == PRESENT, shown, np.where(state == ABSENT, denied, 1.0 - shown - denied))
    return float(np.log(np.maximum(likely, LEAST)[state != WITHHELD]).sum())


def _of_rho(column: ItemColumn, evidence: Floats, rho: Floats) -> Floats:
    """Log likelihood at values of rho (items, values), from that at every spread (items, SPREADS)."""
    correlation = correlations(spread_rules(column.prevalence), column.prevalence)
    shares = np.stack([tilted(correlation, one) for one in rho.T], axis=1)
    found: Floats = logsumexp(np.log(np.maximum(shares, 1e-300)) + evidence[:, None, :], axis=2)
    return found
