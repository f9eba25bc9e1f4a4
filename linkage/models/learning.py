"""Weights learned from labelled series, shrunk to the elicited defaults.

Each learnable parameter is the one that makes the labelled links likeliest, sum of log LR over them, under a normal
prior around its elicited value on the log or logit scale: few labels leave it where it was. Then one temper for each
group of comparisons is fitted by logistic regression on the listed pairs, shrunk to 1 and kept within 0 and 1, so
that correlated evidence adds up honestly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logit

from linkage.features.evidence import Evidence
from linkage.features.parameters import Parameters
from linkage.features.table import EvidenceTable
from linkage.report import Report

PRIOR_DEVIATION = 0.4
"""Standard deviation of a parameter around its elicited value on its scale [G]: half as much again either way."""

STEPS = np.linspace(-3.5, 3.5, 15)
"""Values tried around the elicited one, in prior standard deviations."""

INSIDE_90 = 1.35
"""Fall in log likelihood that bounds a 90 % interval: half the chi-square quantile with one degree of freedom."""

TEMPER_DEVIATION = 0.3
"""Standard deviation of a group's temper around 1 before labels are seen [G]."""

PARTNERS_STRENGTH = 200.0
"""Reports' worth of the elicited number of partners [G]."""

LEARNING_REPORTS = 4000
"""Reports that learning reads [G]: intervals no longer narrow much beyond, and it refits each column many times."""

T = TypeVar("T")

POSITIVE = frozenset({"scale", "median", "sigma"})
"""Parameters on the log scale; all others are probabilities, on the logit scale."""


@dataclass(frozen=True)
class Links:
    """Labelled links as rows `left` and `right`, each with a `share`: a series of k incidents has k(k-1)/2 pairs
    and k - 1 links' worth of information, so each pair counts 2/k."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    share: NDArray[np.float64]


def labelled_links(labels: Sequence[str | None], incident: Sequence[int]) -> Links:
    """All pairs of rows with one label that are not one incident."""
    rows: dict[str, list[int]] = {}
    for row, label in enumerate(labels):
        if label is not None:
            rows.setdefault(label, []).append(row)
    found = [
        (a, b, 2.0 / len({incident[row] for row in members}))
        for members in rows.values()
        for i, a in enumerate(members)
        for b in members[i + 1 :]
        if incident[a] != incident[b]
    ]
    left, right, share = zip(*found, strict=True) if found else ((), (), ())
    return Links(np.array(left, np.int64), np.array(right, np.int64), np.array(share, np.float64))


def learn_parameters(
    reports: Sequence[Report],
    links: Links,
    evidence: Sequence[Evidence],
    parameters: Parameters,
    progress: Callable[[int, int], None],
) -> Parameters:
    """Learn every learnable parameter of every kind of evidence in turn."""
    for done, kind in enumerate(evidence):
        for name in kind.learnable:
            parameters = _learn_one(reports, links, kind, name, parameters)
        progress(done + 1, len(evidence))
    return parameters


def learn_partners(reports: Sequence[Report], links: Links, parameters: Parameters) -> Parameters:
    """Learn how many partners a report has, from all labelled reports."""
    partners = parameters.values["series"]["partners"]
    value = learned_partners([report.series for report in reports], links, partners.value)
    return parameters.with_value("series", "partners", partners.learned(value, len(links.left), value, value))


def thinned(reports: Sequence[Report], most: int = LEARNING_REPORTS) -> list[Report]:
    """At most about `most` reports to learn from: whole series first, evenly thinned when they alone are too many,
    then an even share of the rest, which keep base rates what they are."""
    ordered = sorted(reports, key=lambda report: report.report_id)
    if len(ordered) <= most:
        return ordered
    labels = sorted({report.series for report in ordered if report.series})
    labelled = sum(report.series is not None for report in ordered)
    kept = set(_evenly(labels, min(1.0, most / 2 / max(1, labelled))))
    rest = [report for report in ordered if report.series is None]
    told = [report for report in ordered if report.series in kept]
    return told + _evenly(rest, min(1.0, (most - len(told)) / max(1, len(rest))))


def _evenly(values: Sequence[T], share: float) -> list[T]:
    """An even share of the values, in order."""
    return [value for i, value in enumerate(values) if int((i + 1) * share) > int(i * share)]


def _learn_one(
    reports: Sequence[Report], links: Links, kind: Evidence, name: str, parameters: Parameters
) -> Parameters:
    elicited = parameters.values[kind.name][name]
    told = kind.fit(reports, parameters).known()
    known = int((told[links.left] & told[links.right]).sum())
    if not known:
        return parameters
    values = [_moved(name, elicited.value, step * PRIOR_DEVIATION) for step in STEPS]
    scores = np.array(
        [
            _log_likelihood(reports, links, kind, _with(parameters, kind, name, value)) - step**2 / 2
            for value, step in zip(values, STEPS, strict=True)
        ]
    )
    best = int(np.argmax(scores))
    inside = np.flatnonzero(scores >= scores[best] - INSIDE_90)
    learned = elicited.learned(values[best], known, values[inside[0]], values[inside[-1]])
    return parameters.with_value(kind.name, name, learned)


def _with(parameters: Parameters, kind: Evidence, name: str, value: float) -> Parameters:
    return parameters.with_value(kind.name, name, parameters.values[kind.name][name].learned(value, 0, value, value))


def _log_likelihood(reports: Sequence[Report], links: Links, kind: Evidence, parameters: Parameters) -> float:
    weights = kind.fit(reports, parameters).pair_weights(links.left, links.right)
    return float(links.share @ weights * np.log(10.0))


def _moved(name: str, value: float, by: float) -> float:
    return float(value * np.exp(by) if name in POSITIVE else expit(logit(np.clip(value, 1e-4, 1 - 1e-4)) + by))


def learn_tempers(
    groups: Sequence[str], weights: NDArray[np.float64], linked: NDArray[np.bool_], share: NDArray[np.float64]
) -> dict[str, float]:
    """One temper for each group.

    `weights` (pairs, groups) are each group's log10 LR over the listed pairs, `linked` their truth and `share` how
    much each counts. The intercept is free: the listed pairs have their own base rate.
    """
    scaled = weights * np.log(10.0)

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logits = values[0] + scaled @ values[1:]
        away = (values[1:] - 1.0) / TEMPER_DEVIATION
        wrong = share * (expit(logits) - linked)
        total = float(share @ (np.logaddexp(0.0, logits) - linked * logits) + away @ away / 2)
        return total, np.concatenate([[wrong.sum()], scaled.T @ wrong + away / TEMPER_DEVIATION])

    start = np.concatenate([[-5.0], np.ones(len(groups))])
    bounds = [(None, None), *[(0.0, 1.0)] * len(groups)]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    return {group: round(float(value), 4) for group, value in zip(groups, found.x[1:], strict=True)}


def tempers_from_pairs(
    pairs: pd.DataFrame, series: Mapping[str, str | None], table: EvidenceTable, temper: float
) -> dict[str, float]:
    """Group tempers from the listed pairs of labelled reports, scored with all tempers equal to `temper`.

    Only pairs with a label on both sides tell something: a report without one may belong to any series.
    """
    one, other = pairs["report_a"].map(series), pairs["report_b"].map(series)
    told = (one.notna() & other.notna()).to_numpy()
    weighing = [kind for kind in table.evidence if table.temper(kind) > 0]
    groups = sorted({kind.group for kind in weighing})
    weights = np.zeros((len(pairs), len(groups)))
    for kind in weighing:
        weights[:, groups.index(kind.group)] += pairs[f"w_{kind.name}"].to_numpy() / temper
    linked = (one == other).to_numpy()
    sizes = one.map(Counter(label for label in series.values() if label is not None)).fillna(2.0).to_numpy()
    share = np.where(linked, 2.0 / np.maximum(2.0, sizes), 1.0)
    return learn_tempers(groups, weights[told], linked[told], share[told])


def learned_partners(labels: Sequence[str | None], links: Links, elicited: float) -> float:
    """Partners a report has, from twice the labelled links a row, shrunk to the elicited number.

    Rows without a label may be one-offs or simply not looked into. Over all rows the links give the least there can
    be, over the labelled rows alone the most; the elicited number is moved only as far as these bounds ask.
    """
    known = sum(label is not None for label in labels)
    prior = PARTNERS_STRENGTH * elicited
    least = (2.0 * len(links.left) + prior) / (len(labels) + PARTNERS_STRENGTH)
    most = (2.0 * len(links.left) + prior) / (known + PARTNERS_STRENGTH)
    return min(max(elicited, least), most)
