"""What tells of one incident, learned from `follows`: the weights under which known pairs are likeliest.

`follows` is hidden while features are taken, and so is the kind of report: who names the report that he follows is
known to be a second account, so that its weight stays elicited. Known pairs of one incident are those that `follows`
ties. Pairs of two are those of two known series; where series are not known, those that are improbable already. A
ridge penalty draws every weight to its elicited value, so that few labels change little.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from linkage.intake.incidents.comparison import PROPOSED, IncidentModel, defaults, names
from linkage.intake.incidents.proposals import compared, find_incidents
from linkage.report import Report

FEWEST = 8
"""Known pairs of one incident from which anything is learned [G]."""

HIDDEN = ("second_account",)
"""Features whose weight stays elicited."""


def learn_incidents(reports: Sequence[Report], model: IncidentModel | None = None) -> IncidentModel:
    """The model with its weights learned from these reports; as it was where too few follow each other."""
    start = model or IncidentModel()
    of = {name: number for number, row in enumerate(find_incidents(reports).merged) for name in row}
    once = {report.report_id: report for report in reports}
    series = {name: report.series for name, report in once.items()}
    hidden = [report.model_copy(update={"follows": None, "report_type": None}) for report in once.values()]
    pairs, features, crowd = compared(hidden)
    if not pairs:
        return start
    one = np.array([of[a] == of[b] for a, b in pairs])
    improbable = start.probabilities(features, crowd)[:, 0] < PROPOSED
    apart = np.array([series[a] != series[b] if series[a] and series[b] else None for a, b in pairs], dtype=object)
    known = one | (apart == True) | ((apart == None) & improbable)  # noqa: E711, E712 - arrays of three values
    if int(one.sum()) < FEWEST:
        return start
    return _fitted(start, features[known], crowd[known], one[known])


def _fitted(
    start: IncidentModel, features: NDArray[np.float64], crowd: NDArray[np.float64], one: NDArray[np.bool_]
) -> IncidentModel:
    free = [name for name in names() if name not in HIDDEN]
    middle = np.array([start.weights[name] for name in free])
    deviation = np.array([float(defaults()["weights"][name]["deviation"]) for name in free])

    def with_weights(values: NDArray[np.float64]) -> IncidentModel:
        """The model with the free weights (free,) replaced."""
        return replace(start, weights={**start.weights, **dict(zip(free, values.tolist(), strict=True))})

    def loss(values: NDArray[np.float64]) -> float:
        """Negative log posterior of the free weights (free,), but for a constant."""
        chance = np.clip(with_weights(values).probabilities(features, crowd)[:, 0], 1e-9, 1 - 1e-9)
        away = (values - middle) / deviation
        return float(-np.log(np.where(one, chance, 1 - chance)).sum() + away @ away / 2)

    # a weight that speaks for one incident never turns against it, nor the other way: labels are few
    bounds = [(0.0, 6.0) if value > 0 else (-6.0, 0.0) for value in middle]
    found = minimize(loss, middle, method="L-BFGS-B", bounds=bounds).x
    learned = {name: round(value, 4) for name, value in zip(free, found.tolist(), strict=True)}
    return replace(start, weights={**start.weights, **learned}, pairs=int(one.sum()))
