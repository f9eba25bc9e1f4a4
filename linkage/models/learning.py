"""Weights learned from labelled series, shrunk to the elicited defaults.

Each learnable parameter is the one that makes the labelled links likeliest, sum of log LR over them, under a normal
prior around its elicited value on the log or logit scale: few labels leave it where it was. Behaviours are learned
item by item (`consistency.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from linkage.features.behaviour import BehaviourEvidence
from linkage.features.evidence import Evidence
from linkage.features.items import ItemColumn, rho_of
from linkage.features.parameters import QUANTILE_90, Parameter, Parameters
from linkage.features.place import PlaceColumn
from linkage.features.table import TableReadings
from linkage.models.consistency import learn_consistency, total_evidence
from linkage.models.labels import Links
from linkage.models.reaches import learn_reaches
from linkage.report import Report

PRIOR_DEVIATION = 0.4
"""Standard deviation of a parameter around its elicited value on its scale [G]: half as much again either way."""

TELLING, SHARE, RELIANCE = "telling", "share", "reliance"
"""Where the parameters say what the fullest reports tell of what was done, and how far readers are borne out."""

SHARE_DEVIATION = 0.5
"""Standard deviation of both around their elicited values on the logit scale [G]: wide, since labels tell them
well."""

STEPS = np.linspace(-3.0, 3.0, 7)
"""Values tried around the elicited one, in prior standard deviations."""

FINE = 0.4
"""Distance of the two values tried beside the best of them, in prior standard deviations."""

OWN_WORDS_KIND = "behaviour_other"
"""The comparison whose items are behaviours in the reporters' own words."""

OWN_WORDS_PEOPLE = 10
"""People of whom a behaviour in own words must be told before its words and a number of its own go into the model,
which may be passed on [G]: what ten tell alike points at nobody. Others follow their domain."""

POSITIVE = frozenset({"scale", "median", "sigma", "spread"})
"""Parameters on the log scale; all others are probabilities, on the logit scale."""


def learn_parameters(
    read: TableReadings,
    links: Links,
    evidence: Sequence[Evidence],
    parameters: Parameters,
    progress: Callable[[int, int], None] | None = None,
) -> Parameters:
    """Learn every learnable parameter of every kind of evidence in turn; without a link there is nothing to learn.

    Links are between the rows of what was `read`.
    """
    if not len(links.left):
        return parameters
    for name in (SHARE, RELIANCE):
        parameters = _learn_telling(name, read, links, evidence, parameters)
    for done, kind in enumerate(evidence):
        for name in kind.learnable:
            parameters = _learn_one(read, links, kind, name, parameters)
        column = read.fit(kind, parameters)
        if isinstance(column, PlaceColumn):
            parameters = learn_reaches(column, links, kind.name, parameters)
        if isinstance(column, ItemColumn) and column.items:
            parameters = _learn_items(column, read.reports, links, kind, parameters)
        if progress:
            progress(done + 1, len(evidence))
    return parameters


def _learn_telling(
    name: str, read: TableReadings, links: Links, evidence: Sequence[Evidence], parameters: Parameters
) -> Parameters:
    """What the fullest reports tell of what was done, or how far readers are borne out: where the evidence of all
    behaviours together peaks. How a text is read says nothing of how likely it is, so reports apart tell no
    reliance."""
    kinds = [kind for kind in evidence if isinstance(kind, BehaviourEvidence)]
    elicited = parameters.values[TELLING][name]

    def score(step: float) -> float:
        """Log posterior (but for a constant), `step` deviations from the elicited value."""
        value = _moved(name, elicited.value, step * SHARE_DEVIATION)
        tried = parameters.with_value(TELLING, name, elicited.learned(value, 0, value, value))
        columns = (kind.fit_readings(read.of(kind), tried) for kind in kinds)
        return total_evidence(columns, links, apart=name == SHARE) - step**2 / 2

    best, low, high = (_moved(name, elicited.value, step * SHARE_DEVIATION) for step in _peak(score))
    return parameters.with_value(TELLING, name, elicited.learned(best, len(links.series), low, high))


def _learn_items(
    column: ItemColumn, reports: Sequence[Report], links: Links, kind: Evidence, parameters: Parameters
) -> Parameters:
    learned = learn_consistency(column, links)
    if not learned.n.any():
        return parameters
    scale = parameters.values[kind.name]["scale"]
    values = {**parameters.values[kind.name], "scale": scale.learned(learned.scale, int(learned.n.sum()), None, None)}
    told = _people_telling(column, reports) if kind.name == OWN_WORDS_KIND else np.full(len(column.items), np.inf)
    for at, item in enumerate(column.items):
        n, rho, low, high = learned.n[at], learned.rho[at], learned.low[at], learned.high[at]
        if n and told[at] >= OWN_WORDS_PEOPLE:
            source = "intra-person correlation of the item, by empirical Bayes over its domain"
            values[rho_of(item)] = Parameter(float(rho), "R", source).learned(
                float(rho), int(n), float(low), float(high)
            )
    return Parameters({**parameters.values, kind.name: values})


def _people_telling(column: ItemColumn, reports: Sequence[Report]) -> NDArray[np.int64]:
    """Of how many people each item is told, shape (items,): a series is one, a report without a label another."""
    told: list[set[str]] = [set() for _ in column.items]
    for row, item in np.argwhere(column.recorded):
        told[item].add(reports[row].series or f"report {reports[row].report_id}")
    return np.array([len(people) for people in told], dtype=np.int64)


def _learn_one(read: TableReadings, links: Links, kind: Evidence, name: str, parameters: Parameters) -> Parameters:
    elicited = parameters.values[kind.name][name]
    told = read.fit(kind, parameters).known()
    known = int((told[links.left] & told[links.right]).sum())
    if not known:
        return parameters

    def score(step: float) -> float:
        """Log posterior (but for a constant) of the parameter, `step` deviations from the elicited value."""
        value = _moved(name, elicited.value, step * PRIOR_DEVIATION)
        return _log_likelihood(read, links, kind, _with(parameters, kind, name, value)) - step**2 / 2

    best, low, high = (_moved(name, elicited.value, step * PRIOR_DEVIATION) for step in _peak(score))
    return parameters.with_value(kind.name, name, elicited.learned(best, known, low, high))


def _peak(score: Callable[[float], float]) -> tuple[float, float, float]:
    """Where `score` peaks, and the 90 % interval that its curvature there gives (Laplace), in deviations."""
    scores = [score(step) for step in STEPS]
    best = int(np.argmax(scores))
    middle = float(STEPS[best])
    before, at, after = score(middle - FINE), scores[best], score(middle + FINE)
    bend = max(2 * at - before - after, 1e-6)
    peak = middle + FINE * float(np.clip((after - before) / (2 * bend), -1.5, 1.5))
    half = QUANTILE_90 * FINE / float(np.sqrt(bend))
    return peak, peak - half, peak + half


def _with(parameters: Parameters, kind: Evidence, name: str, value: float) -> Parameters:
    return parameters.with_value(kind.name, name, parameters.values[kind.name][name].learned(value, 0, value, value))


def _log_likelihood(read: TableReadings, links: Links, kind: Evidence, parameters: Parameters) -> float:
    column = read.fit(kind, parameters)
    return float(links.share @ column.pair_weights(links.left, links.right) * np.log(10.0))


def _moved(name: str, value: float, by: float) -> float:
    return float(value * np.exp(by) if name in POSITIVE else expit(logit(np.clip(value, 1e-4, 1 - 1e-4)) + by))
