"""The bootstrap draws persons: sums, their spread and their bounds are what they should be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.evaluation.resampling import Draws, interval, ratio

PERSON = np.array([0, 0, 1, 2, 2, 2])
LEFT, RIGHT = np.triu_indices(6, 1)


def by_hand(times: np.ndarray, values: np.ndarray) -> float:
    """The weighted sum over pairs, one at a time."""
    total = 0.0
    for left, right, value in zip(PERSON[LEFT], PERSON[RIGHT], values, strict=True):
        total += value * (times[left] if left == right else times[left] * times[right])
    return total


@settings(max_examples=30)
@given(st.integers(0, 2**32 - 1))
def test_pairs_are_summed_as_often_as_their_persons_were_drawn(seed: int) -> None:
    values = np.random.default_rng(seed).random(len(LEFT))
    draws = Draws.of(3, seed, 4)
    summed = draws.over_pairs(values, PERSON[LEFT], PERSON[RIGHT])
    assert summed == pytest.approx([by_hand(times, values) for times in draws.times.T])


def test_every_draw_has_as_many_persons_as_there_are() -> None:
    draws = Draws.of(7, 1, 50)
    assert draws.times.shape == (7, 50)
    assert (draws.times.sum(axis=0) == 7).all()
    assert Draws.of(7, 1, 50).times.tolist() == draws.times.tolist()
    assert Draws.of(7, 2, 50).times.tolist() != draws.times.tolist()


def test_the_spread_of_a_mean_over_persons_is_that_of_the_textbook() -> None:
    rng = np.random.default_rng(3)
    values = rng.normal(size=400)
    draws = Draws.of(400, 4, 2000)
    means = draws.over_reports(values, np.arange(400)) / 400
    # standard error s / sqrt(n); with 2,000 draws it is known to about 1.6 %, so 6 % is nearly four of its errors
    assert means.std() == pytest.approx(values.std() / 20, rel=0.06)
    low, high = interval(means)
    assert low < values.mean() < high


def test_what_cannot_be_divided_is_not_a_number_and_bounds_nothing() -> None:
    assert np.isnan(ratio(np.array([1.0]), np.array([0.0]))).all()
    assert ratio(np.array([1.0, 3.0]), np.array([2.0, 0.0])).tolist()[0] == 0.5
    assert np.isnan(interval(np.array([np.nan, np.nan, 1.0]))).all()
    assert np.isnan(interval(np.zeros(0))).all()
