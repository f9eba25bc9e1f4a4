"""The simulation draws from the model that it states."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from linkage.evaluation import simulation
from linkage.evaluation.simulation import Category, Item, known_model, linked_gaps, simulate, unrelated_gaps
from linkage.features.parameters import elicited
from linkage.features.place import shares_of
from linkage.models.reaches import STRENGTH

PEOPLE = 20_000


def four_errors(share: float, n: int) -> float:
    """Four standard errors of a binomial share."""
    return 4 * float(np.sqrt(share * (1 - share) / n))


@pytest.mark.parametrize(("p", "rho"), [(0.1, 0.3), (0.4, 0.15), (0.5, 0.6)])
def test_two_reports_of_one_person_agree_as_the_beta_binomial_says(p: float, rho: float) -> None:
    known = known_model(0, shown=1.0, denied=1.0)
    owner = np.repeat(np.arange(PEOPLE), 2)
    state = simulation._item_states(Item("x", "control", p, rho), owner, PEOPLE, known, np.random.default_rng(1))
    one, other = state[::2] == 1, state[1::2] == 1
    for share, expected in (
        ((one & other).mean(), p * p + rho * p * (1 - p)),
        ((~one & ~other).mean(), (1 - p) ** 2 + rho * p * (1 - p)),
        ((one ^ other).mean(), 2 * p * (1 - p) * (1 - rho)),
    ):
        assert abs(share - expected) < four_errors(expected, PEOPLE)


def test_what_happened_and_what_did_not_are_told_as_often_as_stated() -> None:
    known = known_model(0, shown=0.8, denied=0.3)
    state = simulation._item_states(
        Item("x", "control", 0.4, 0.2), np.arange(PEOPLE), PEOPLE, known, np.random.default_rng(2)
    )
    for mark, expected in ((1, 0.4 * 0.8), (0, 0.6 * 0.3)):
        assert abs((state == mark).mean() - expected) < four_errors(expected, PEOPLE)


def test_told_values_come_in_pairs_as_often_as_their_ratio_says() -> None:
    kernel = np.array([[0.8, 0.1, 0.3], [0.15, 0.7, 0.1], [0.05, 0.2, 0.6]])
    category = Category("eyes", ["a", "b", "c"], np.array([0.5, 0.3, 0.2]), kernel, lasting=0.6)
    known = known_model(0, told=1.0)
    owner = np.repeat(np.arange(PEOPLE), 2)
    words = simulation._words(category, owner, PEOPLE, known, np.random.default_rng(3))
    told = kernel @ category.prior
    expected = np.outer(told, told) * category.ratios()
    assert expected.sum() == pytest.approx(1.0)
    for i, one in enumerate(category.states):
        for j, other in enumerate(category.states):
            seen = np.mean([a == one and b == other for a, b in zip(words[::2], words[1::2], strict=True)])
            assert abs(seen - expected[i, j]) < four_errors(expected[i, j], PEOPLE)


def test_gaps_are_those_of_the_stated_habit_and_of_chance() -> None:
    known = replace(known_model(0), gap_median=90.0, gap_sigma=1.2, gap_elsewhere=0.2)
    assert linked_gaps(known).sum() == pytest.approx(1.0)
    assert unrelated_gaps(known).sum() == pytest.approx(1.0)
    second = np.tile([False, True], PEOPLE // 4)
    days = simulation._days(known, second, np.random.default_rng(4))
    gaps = np.abs(days[::2] - days[1::2])
    mixed = 0.8 * linked_gaps(known) + 0.2 * unrelated_gaps(known)
    for bound in (10, 90, 500, 1500):
        expected = float(mixed[: bound + 1].sum())
        assert abs((gaps <= bound).mean() - expected) < four_errors(expected, len(gaps))


def test_places_lie_as_near_as_the_kernel_says() -> None:
    known = replace(known_model(0), place_shares=np.array([0.0, 1.0, 0.0, 0.0, 0.0]), country_km=4000.0)
    second = np.tile([False, True], PEOPLE // 4)
    xy = simulation._places(known, second, np.random.default_rng(5))
    away = np.sqrt(((xy[::2] - xy[1::2]) ** 2).sum(axis=1))
    for bound in (2.0, 4.0 * 3**0.5, 30.0):
        expected = 1 - (1 + bound**2 / 16.0) ** -0.5  # the kernel's median distance is the reach times sqrt(3)
        assert abs((away <= bound).mean() - expected) < four_errors(expected, len(away))


def test_reports_hold_what_was_drawn_and_labels_the_links_alone() -> None:
    made = simulate(known_model(1), series=20, one_offs=15, seed=2)
    assert len(made.reports) == 55
    assert [report.series is not None for report in made.reports] == [True] * 40 + [False] * 15
    for left, right in zip(made.left, made.right, strict=True):
        assert made.reports[left].series == made.reports[right].series
    again = simulate(known_model(1), series=20, one_offs=15, seed=2)
    assert again.reports == made.reports
    assert simulate(known_model(1), series=20, one_offs=15, seed=3).reports != made.reports


def test_models_are_drawn_around_what_is_believed() -> None:
    drawn, believed = (
        np.array([known_model(seed).place_shares for seed in range(60)]),
        np.append(*shares_of(elicited())),
    )
    deviation = np.sqrt(believed * (1 - believed) / (STRENGTH + 1))  # of a share of the Dirichlet
    assert drawn.sum(axis=1) == pytest.approx(1.0)
    assert (np.abs(drawn.mean(axis=0) - believed) < 4 * deviation / 60**0.5).all()
