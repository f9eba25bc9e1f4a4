"""Calibration of what is said of pairs once series were judged together."""

from __future__ import annotations

import numpy as np
import pytest

from linkage.models.calibration import Calibration, distance_term, learn_calibration, shipped


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


def test_far_pairs_that_are_said_too_boldly_are_said_more_timidly() -> None:
    said, km = np.full(400, 0.6), np.where(np.arange(400) < 200, 2.0, 80.0)
    linked = np.where(km > 50, np.arange(400) % 4 == 0, np.arange(400) % 5 < 3)
    learned = learn_calibration([said], [linked], [np.ones(400)], [km])
    near, far = learned.of(np.full(2, 0.6), np.array([2.0, 80.0]))

    assert near == pytest.approx(0.6, abs=0.06)
    assert far == pytest.approx(0.25, abs=0.06)


@pytest.mark.parametrize("km", [0.0, 7.0, 300.0, np.nan])
def test_at_every_distance_more_said_is_more_believed(km: float) -> None:
    said = np.linspace(0.0, 1.0, 21)
    believed = Calibration(0.2, 0.8, -1.1).of(said, np.full(21, km))

    assert (np.diff(believed) > 0).all()
    assert (believed[0], believed[-1]) == (0.0, 1.0)


def test_an_unknown_distance_counts_as_none() -> None:
    said = np.array([0.3])

    assert Calibration(far=-1.0).of(said, np.array([np.nan])) == Calibration().of(said) == pytest.approx(0.3)
    assert distance_term(np.array([0.0, 50.0])).tolist() == [0.0, 1.0]


def test_a_file_from_before_distances_counted_is_read() -> None:
    assert Calibration.from_json({"intercept": 0.1, "slope": 0.9}) == Calibration(0.1, 0.9, 0.0)


def test_without_pairs_nothing_is_moved() -> None:
    assert learn_calibration([np.zeros(0)], [np.zeros(0, bool)], [np.zeros(0)]) == Calibration()


@pytest.mark.parametrize("km", [0.0, 80.0, np.nan])
def test_without_labels_less_is_believed_than_said(km: float) -> None:
    said = np.linspace(0.05, 0.95, 10)

    assert (shipped().of(said, np.full(10, km)) < said).all()
