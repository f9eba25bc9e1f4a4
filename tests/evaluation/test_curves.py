"""The curves of a ranked list, by hand and against scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import precision_recall_curve

from linkage.evaluation.curves import CurvePoint, curve, ranks_of_links
from linkage.evaluation.scorer import Scores
from tests.evaluation.small import pairs_of, random_pairs, values_of

PAIRS = pairs_of({"A": "p", "B": "p", "C": "p", "D": "q"})
"""Links AB, AC, BC; no links AD, BD, CD."""


def test_by_hand() -> None:
    scores = Scores(values_of(PAIRS, {"AB": 9, "AD": 8, "AC": 7, "BC": 5}))
    assert ranks_of_links(PAIRS, scores).tolist() == [1, 3, 4]
    assert curve(PAIRS, scores) == [
        CurvePoint(1, pytest.approx(1 / 3), 1.0),
        CurvePoint(3, pytest.approx(2 / 3), pytest.approx(2 / 3)),
        CurvePoint(4, 1.0, 0.75),
    ]


def test_ties_are_read_together() -> None:
    assert curve(PAIRS, Scores(values_of(PAIRS, {}))) == [CurvePoint(6, 1.0, 0.5)]
    half = curve(PAIRS, Scores(values_of(PAIRS, {"AB": 1, "AC": 1, "AD": 1})))
    assert half == [CurvePoint(3, pytest.approx(2 / 3), pytest.approx(2 / 3)), CurvePoint(6, 1.0, 0.5)]


def test_without_links_there_is_no_curve() -> None:
    pairs = pairs_of({"A": "p", "B": "q"})
    assert curve(pairs, Scores(np.zeros(1))) == []


@given(seed=st.integers(0, 2**32), levels=st.integers(1, 40))
def test_every_point_is_one_of_scikit_learns(seed: int, levels: int) -> None:
    pairs = random_pairs(seed, reports=14, persons=5)
    value = np.random.default_rng(seed).integers(levels, size=len(pairs)).astype(float)
    points = curve(pairs, Scores(value))
    if pairs.linked.any():
        precision, recall, _ = precision_recall_curve(pairs.linked, value)
        theirs = {(round(r, 9), round(p, 9)) for r, p in zip(recall, precision, strict=True)}
        assert {(round(point.found, 9), round(point.precision, 9)) for point in points} <= theirs
        assert points[-1].found == 1


def test_a_long_curve_is_thinned_and_keeps_its_ends() -> None:
    pairs = random_pairs(3, reports=150, persons=4)
    value = np.random.default_rng(3).random(len(pairs))
    points = curve(pairs, Scores(value))
    places = ranks_of_links(pairs, Scores(value))
    assert len(points) < 120 < len(places)
    assert (points[0].read, points[-1].read) == (places[0], places[-1])
