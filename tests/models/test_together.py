"""Calibration of what is said of pairs once series were judged together."""

from __future__ import annotations

import numpy as np
import pytest

from linkage.models.together import Calibration, learn_calibration


def test_pairs_said_too_timidly_are_said_bolder() -> None:
    said = np.full(400, 0.3)
    linked = np.arange(400) < 240
    learned = learn_calibration([said], [linked], [np.ones(400)])
    assert learned.of(said)[0] == pytest.approx(0.6, abs=0.05)


def test_a_pair_that_comes_twice_and_counts_half_counts_once() -> None:
    said, linked = np.tile([0.1, 0.4, 0.8], 50), np.tile([False, True, True], 50)
    once = learn_calibration([said], [linked], [np.ones(150)])
    twice = learn_calibration([said, said], [linked, linked], [np.full(150, 0.5)] * 2)
    assert (twice.intercept, twice.slope) == (
        pytest.approx(once.intercept, abs=1e-3),
        pytest.approx(once.slope, abs=1e-3),
    )


def test_without_pairs_nothing_is_moved() -> None:
    assert learn_calibration([np.zeros(0)], [np.zeros(0, bool)], [np.zeros(0)]) == Calibration()
