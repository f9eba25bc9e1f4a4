"""The prior over lengths of series: shares, expected pairs, and what labels make of it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.features.parameters import elicited
from linkage.models.lengths import LONG, LONGEST, learned_lengths, length_shares, series_prior

K = np.arange(LONGEST + 1)
PARTNERS, MOST = elicited().get("series", "partners"), elicited().get("series", "most")


@given(one_off=st.floats(0, 1), stop=st.floats(0.05, 1), long=st.floats(0, 1))
def test_shares_sum_to_one_and_nothing_is_impossible(one_off: float, stop: float, long: float) -> None:
    shares = length_shares(one_off, stop, long)

    assert shares.sum() == pytest.approx(1)
    assert shares[1] == pytest.approx(max(one_off, 1e-300))
    assert (shares > 0).all()


def test_short_series_fall_geometrically_and_long_ones_are_spread_evenly() -> None:
    short, long = length_shares(0.5, 0.6, 0.0), length_shares(0.5, 0.6, 1.0)
    low, high = LONG

    assert short[3:10] / short[2:9] == pytest.approx(np.full(7, 0.4))
    assert long[low : high + 1] == pytest.approx(np.full(high - low + 1, long[low]))
    assert long[2:low].max() < 1e-200


@pytest.mark.parametrize("incidents", [300, 3000, 20_000])
def test_among_many_an_incident_has_as_many_partners_as_expected(incidents: int) -> None:
    prior = series_prior(incidents, elicited())
    people, shares = np.exp(prior.log_people), _shares(prior.log_series)

    assert prior.expected == pytest.approx(incidents * PARTNERS / 2, rel=1e-6)
    assert people * (shares @ K) == pytest.approx(incidents, rel=1e-6)
    assert prior.deviation**2 == pytest.approx(people * (shares @ (K * (K - 1) / 2) ** 2), rel=1e-6)


@pytest.mark.parametrize("incidents", [0, 1, 2, 40, 200])
def test_a_small_set_comes_from_as_many_people_as_keep_a_pair_rare(incidents: int) -> None:
    prior = series_prior(incidents, elicited())
    shares = _shares(prior.log_series)

    assert np.exp(prior.log_people) * (shares @ K) == pytest.approx(PARTNERS / MOST, rel=1e-6)
    assert prior.expected == pytest.approx(incidents**2 * MOST / 2, rel=1e-6)


def test_two_incidents_are_of_one_person_about_as_often_as_a_pair_may_be() -> None:
    prior = series_prior(2, elicited())
    odds = np.exp(prior.log_series[2] - 2 * prior.log_series[1] - prior.log_people)

    # among two incidents of one-offs and pairs only; longer series would have shown more than two
    assert 0.0005 < odds < MOST


def test_without_labels_lengths_are_the_given_ones() -> None:
    assert learned_lengths([], 0.55, 0.1, 20.0) == pytest.approx((0.55, 0.1))
    assert learned_lengths([1, 1, 1], 0.55, 0.1, 20.0) == pytest.approx((0.55, 0.1))


def test_many_labels_say_how_long_series_are() -> None:
    draw = np.random.default_rng(2)
    short, long = 1 + draw.geometric(0.8, 3000), draw.integers(LONG[0] + 1, LONG[1] + 1, 1000)
    more, share = learned_lengths([*short, *long], 0.55, 0.1, 20.0)

    assert more == pytest.approx(0.8, abs=0.03)
    assert share == pytest.approx(0.25, abs=0.01)


def test_few_labels_move_lengths_a_little() -> None:
    more, share = learned_lengths([2, 2, 9], 0.55, 0.1, 20.0)

    assert 0.55 < more < 0.6
    assert 0.1 < share < 0.15


def _shares(log_series: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    return np.exp(log_series - np.cumsum(np.log(np.maximum(K, 1))))
