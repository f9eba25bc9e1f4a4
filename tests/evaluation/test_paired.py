"""Figures draw by draw are the figures, and differences are taken within each draw."""

from __future__ import annotations

import numpy as np
import pytest

from linkage.evaluation.intervals import drawn, figures
from linkage.evaluation.paired import LEADING, Difference, compared, draws_for
from linkage.evaluation.scorer import Scores
from linkage.evaluation.truth import EvaluatedPairs, Truth, evaluated_pairs
from linkage.report import Place, Report


def world(seed: int, people: int = 30) -> tuple[EvaluatedPairs, Scores]:
    """Reports of `people` persons, two or three each, some far away, with noisy scores and series by chance."""
    rng = np.random.default_rng(seed)
    persons = [f"p{i}" for i in range(people) for _ in range(2 + i % 2)]
    reports = [
        Report(report_id=f"R{i:03}", place=Place(lat=51.5 + 3 * (rng.random() < 0.3), lon=-0.1))
        for i in range(len(persons))
    ]
    truth = Truth({r.report_id: p for r, p in zip(reports, persons, strict=True)}, {})
    pairs = evaluated_pairs(reports, truth)
    chance = 1 / (1 + np.exp(-np.where(pairs.linked, 1.0, -3.0) - rng.normal(size=len(pairs))))
    series = [{f"R{i:03}", f"R{i + 1:03}"} for i in range(0, len(persons) - 1, 2)]
    return pairs, Scores(value=chance, probability=chance, series=series)


def test_values_and_intervals_are_those_of_the_figures() -> None:
    pairs, scores = world(1)
    found = drawn(pairs, scores, draws_for(pairs, 7, 60))
    told = figures(pairs, scores, seed=7, replicates=60)
    for key in LEADING:
        values = found[key]
        difference = Difference.between(values, values)
        assert (difference.value, difference.low, difference.high) == pytest.approx(
            (told[key].value, told[key].low, told[key].high)
        )
        assert (difference.change, difference.change_low, difference.change_high) == (0.0, 0.0, 0.0)


def test_what_scores_do_not_state_is_not_compared() -> None:
    pairs, scores = world(2)
    draws = draws_for(pairs, 1, 5)
    plain = drawn(pairs, Scores(value=scores.value), draws)
    found = compared(drawn(pairs, scores, draws), plain)
    assert set(found) == set(LEADING) - {"b_cubed_f1", "expected_links"}


def test_a_paired_difference_is_surer_than_the_figures_it_is_of() -> None:
    pairs, scores = world(3, people=60)
    rng = np.random.default_rng(4)
    worse = Scores(value=scores.value - 0.1 * rng.random(len(pairs)) * pairs.linked)
    draws = draws_for(pairs, 5, 200)
    found = compared(drawn(pairs, scores, draws), drawn(pairs, worse, draws))["auprc"]
    assert found.change < 0
    assert found.change_high < 0
    assert found.change_low <= found.change <= found.change_high
    assert found.change_high - found.change_low < (found.high - found.low) / 2
