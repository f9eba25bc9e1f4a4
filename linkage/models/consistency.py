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

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from linkage.features.item_states import ABSENT, PRESENT, WITHHELD
from linkage.features.items import RHO_LIMITS, ItemColumn
from linkage.features.propensity import correlations, spread_rules, tilted
from linkage.models.labels import Links

SHIFT_DEVIATION = 0.4
"""Standard deviation of a domain's shift on the log scale before labels are seen [G]: half as much again."""

SPREADS = np.array([0.15, 0.3, 0.6])
"""Deviations of items from their domain on the log scale that are considered, each as likely [G]."""

MOST_AT_ONCE = 1 << 18
"""Most numbers that are worked on at once: they stay in the processor's cache."""

Floats = NDArray[np.float64]
Rules = tuple[Floats, Floats]

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
    rules = spread_rules(column.prevalence)
    fit = _of_rho(column, rules, spread_evidence(column, links, rules), rho)
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


def spread_evidence(column: ItemColumn, links: Links, rules: Rules) -> Floats:
    """Natural log likelihood ratio of the labelled series, one person against many, under each spread of each item's
    propensity, shape (items, SPREADS). `rules` are the `spread_rules` of the items' prevalences."""
    theta, weight = rules
    told, denied = (share[:, :, None, None] for share in (column.told, column.denied))
    silent = 1.0 - theta * told - (1.0 - theta) * denied
    usual = column.prevalence[:, None, None]
    shown = [sure * theta + (1.0 - sure) * usual for sure in column.sure[PRESENT:WITHHELD]]
    likely = np.concatenate([silent, (1.0 - theta)[None], np.stack(shown)])
    mean = _over_nodes(np.add, likely * weight)
    ratios = np.log(np.maximum(likely / mean[..., None], 1e-300))
    codes, items = column.codes(), np.arange(len(column.items))
    found = np.zeros((len(links.series), *theta.shape[:2]))
    for size, places in _by_size(links, max(1, MOST_AT_ONCE // theta.size)):
        members = np.array([links.series[at] for at in places])
        logs = np.zeros((len(places), *theta.shape))
        for member in range(size):
            logs += ratios[codes[members[:, member]], items]
        peak = _over_nodes(np.maximum, logs)
        found[places] = peak + np.log(_over_nodes(np.add, np.exp(logs - peak[..., None]) * weight))
    total: Floats = np.add.reduce(found, axis=0)
    return total


def _over_nodes(ufunc: np.ufunc, values: Floats) -> Floats:
    """`values.sum(axis=-1)`, or the maximum, by columns: the last axis is short, at which numpy is slow."""
    found: Floats = reduce(ufunc, np.moveaxis(values, -1, 0))
    return found


def _by_size(links: Links, most: int) -> Iterator[tuple[int, list[int]]]:
    """Places of the labelled series of one size, as many at a time as have no more than `most` reports."""
    of_size: dict[int, list[int]] = {}
    for at, members in enumerate(links.series):
        of_size.setdefault(len(members), []).append(at)
    for size, places in sorted(of_size.items()):
        for start in range(0, len(places), most):
            yield size, places[start : start + most]


def total_evidence(columns: Iterable[ItemColumn], links: Links, apart: bool = True) -> float:
    """Natural log likelihood of what the labelled series tell on all items of the columns, each at its own rho;
    without that of each report `apart` it is their log likelihood ratio, one person against many."""
    told = [column for column in columns if column.items]
    if not told:
        return 0.0
    prevalence = np.concatenate([column.prevalence for column in told])
    theta, weight = rules = spread_rules(prevalence)
    shares = tilted(correlations(rules, prevalence), np.concatenate([column.rho for column in told]))
    total, ends = 0.0, np.cumsum([len(column.items) for column in told]).tolist()
    for column, end in zip(told, ends, strict=True):
        own = slice(end - len(column.items), end)
        evidence = spread_evidence(column, links, (theta[own], weight[own]))
        total += float(_mixed(shares[own, None], evidence).sum()) + (_apart(column, links) if apart else 0.0)
    return total


def _apart(column: ItemColumn, links: Links) -> float:
    """Natural log likelihood of what the rows of series tell, each row by itself: without it a share that cannot be,
    under which more is told than was done, would have evidence too. What is not read for sure is taken as the mean
    of told and not told."""
    state, level, p = column.state, column.level, column.prevalence
    shown, denied = column.told[level] * p, column.denied[level] * (1.0 - p)
    told, not_told = (np.log(np.maximum(one, LEAST)) for one in (shown, 1.0 - shown - denied))
    sure = column.sure[state]
    logs = np.where(state == ABSENT, np.log(np.maximum(denied, LEAST)), sure * told + (1.0 - sure) * not_told)
    open_ = state != WITHHELD
    return sum(float(logs[rows][open_[rows]].sum()) for rows in map(list, links.series))


def _of_rho(column: ItemColumn, rules: Rules, evidence: Floats, rho: Floats) -> Floats:
    """Log likelihood at values of rho (items, values), from that at every spread (items, SPREADS)."""
    correlation = np.repeat(correlations(rules, column.prevalence), rho.shape[1], axis=0)
    return _mixed(tilted(correlation, rho.ravel()).reshape(*rho.shape, -1), evidence)


def _mixed(shares: Floats, evidence: Floats) -> Floats:
    """Log likelihood under shares of the spreads (items, values, SPREADS), from that at each (items, SPREADS)."""
    found: Floats = logsumexp(np.log(np.maximum(shares, 1e-300)) + evidence[:, None, :], axis=2)
    return found
