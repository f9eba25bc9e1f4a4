"""Sums down a list, for many draws at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.evaluation.weighing import sums_before


def test_pairs_above_a_place_are_summed_as_often_as_their_persons_are_counted() -> None:
    # pairs of persons 0-1, 1-1 and 0-2, worth 1, 10 and 100; first draw: everybody once; second: 0 twice, 1 thrice
    one, other = np.array([0, 1, 0]), np.array([1, 1, 2])
    times = np.array([[1, 2], [1, 3], [1, 0]])
    sums = sums_before(np.array([1.0, 10.0, 100.0]), one, other, np.array([0, 1, 2, 3]), times)
    assert sums[:, 0].tolist() == [0, 1, 11, 111]
    # 0-1 counts 2 * 3 times, the pair within person 1 thrice, 0-2 never
    assert sums[:, 1].tolist() == [0, 6, 36, 36]


def test_places_may_stand_in_any_order_and_more_than_once() -> None:
    row, times = np.zeros(3, dtype=np.int64), np.ones((1, 1), dtype=np.int64)
    assert sums_before(np.ones(3), row, row, np.array([3, 0, 2, 3]), times).ravel().tolist() == [3, 0, 2, 3]


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_sums_are_those_of_a_plain_cumulative_sum(seed: int) -> None:
    rng = np.random.default_rng(seed)
    one, other = rng.integers(4, size=(2, 30))
    values, times, places = rng.random(30), rng.integers(5, size=(4, 3)), rng.integers(31, size=8)
    weight = np.where(one == other, 1, times.T[:, other]) * times.T[:, one]
    expected = np.cumsum(np.hstack([np.zeros((3, 1)), weight * values]), axis=1)[:, places]
    assert sums_before(values, one, other, places, times) == pytest.approx(expected.T)
