"""Shares of the reaches: learned from the trees that judge series, with the slope that a difference shows."""

from __future__ import annotations

import numpy as np
import pytest

from linkage.features.measures import REACHES
from linkage.features.parameters import elicited
from linkage.features.place import ELSEWHERE, PlaceColumn, reach_of, shares_of
from linkage.models.labels import labelled_links
from linkage.models.reaches import STRENGTH, learn_reaches, log_posterior
from linkage.report import Report
from tests.features.worlds import EVIDENCE

KM_A_DEGREE = 111.195


def series(*north_km: float, people: int = 40) -> list[Report]:
    """`people` of three reports each, five or six km from each other, and `north_km` from their first."""
    return [
        Report.model_validate(
            {
                "report_id": f"{person}-{km}",
                "series": f"S{person}",
                "place": {"lat": 52.0 + person % 8 / 20 + km / KM_A_DEGREE, "lon": -2.0 + person // 8 / 12},
            }
        )
        for person in range(people)
        for km in (0.0, *north_km)
    ]


def learned(reports: list[Report]) -> dict[str, float]:
    links = labelled_links([report.series for report in reports], range(len(reports)))
    column = EVIDENCE["place"].fit(reports, elicited())
    assert isinstance(column, PlaceColumn)
    values = learn_reaches(column, links, "place", elicited()).values["place"]
    return {name: parameter.value for name, parameter in values.items()}


def test_the_reach_of_the_labelled_series_is_found() -> None:
    near, around = learned(series(0.5, -0.6)), learned(series(9.0, -14.0))

    assert near[reach_of(1)] > 3 * elicited().get("place", reach_of(1))
    assert around[reach_of(16)] > 3 * elicited().get("place", reach_of(16))
    assert sum(near.values()) == pytest.approx(1.0)


def test_without_a_known_place_nothing_is_learned() -> None:
    reports = [Report.model_validate({"report_id": str(i), "series": "S"}) for i in range(3)]

    assert learned(reports) == {name: one.value for name, one in elicited().values["place"].items()}


def test_the_slope_is_that_of_the_posterior_and_pairs_are_trees_of_one_edge() -> None:
    rng = np.random.default_rng(3)
    several, pairs = rng.gamma(1.0, 2.0, (6, 4, 4, 5)), rng.gamma(1.0, 2.0, (9, 2, 2, 5))
    trees = [ratios + ratios.swapaxes(1, 2) for ratios in (several, pairs)]
    for ratios in trees:
        ratios[:, np.arange(ratios.shape[1]), np.arange(ratios.shape[1])] = 0.0
    prior, logits = STRENGTH * np.append(*shares_of(elicited())), rng.normal(size=5)
    value, slope = log_posterior(logits, trees, prior)
    shares = np.exp(logits) / np.exp(logits).sum()

    for at in range(5):
        move = np.zeros(5)
        move[at] = 1e-5
        rise = log_posterior(logits + move, trees, prior)[0] - log_posterior(logits - move, trees, prior)[0]
        assert slope[at] == pytest.approx(rise / 2e-5, rel=1e-5, abs=1e-5)
    alone = log_posterior(logits, trees[1:], prior)[0]
    assert alone == pytest.approx(prior @ np.log(shares) + np.log(trees[1][:, 0, 1] @ shares).sum())
    assert value < np.inf
    assert {ELSEWHERE, *(reach_of(km) for km in REACHES)} == elicited().values["place"].keys()
