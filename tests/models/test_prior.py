"""The prior of a link and the odds it is told in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.models.prior import honest_temper, log10_odds, pair_prior, probability_of
from linkage.models.scan import HISTOGRAM_LIMIT, HISTOGRAM_STEP


@pytest.mark.parametrize(
    ("reports", "prior"),
    [(1001, 0.00265), (2651, 0.001), (10, 0.01), (2, 0.01), (1, 0.01), (0, 0.01)],
)
def test_the_chance_of_a_pair_falls_as_reports_grow_and_is_bounded(reports: int, prior: float) -> None:
    assert pair_prior(reports, partners=2.65, most=0.01) == pytest.approx(prior)


@given(probability=st.floats(1e-6, 1 - 1e-6))
def test_odds_and_probability_are_inverse(probability: float) -> None:
    assert probability_of(np.array([log10_odds(probability)]))[0] == pytest.approx(probability, rel=1e-9)


@pytest.mark.parametrize(("strength", "probability"), [(0, 0.5), (1, 10 / 11), (-1, 1 / 11), (400, 1), (-400, 0)])
def test_strength_is_log10_odds(strength: float, probability: float) -> None:
    assert probability_of(np.array([strength]))[0] == pytest.approx(probability)


def _at(weights: dict[int, int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """A histogram with counts at weights in thousandths."""
    histogram = np.zeros(2 * HISTOGRAM_LIMIT // HISTOGRAM_STEP + 1, dtype=np.int64)
    for weight, count in weights.items():
        histogram[(weight + HISTOGRAM_LIMIT) // HISTOGRAM_STEP] = count
    return histogram


def test_evidence_that_promises_no_more_links_than_the_prior_is_left_alone() -> None:
    assert honest_temper(_at({-1000: 9000, 0: 1000}), 0.001) == 1.0


def test_evidence_that_promises_too_many_links_is_tempered() -> None:
    # 1,000 of 10,000 pairs at weight 3 and prior .001 would make 500 links of an expected 10; at weight 0.9 about 8.
    temper = honest_temper(_at({-2000: 9000, 3000: 1000}), 0.001)

    assert temper == pytest.approx(0.33, abs=0.04)


def test_evidence_is_never_believed_less_than_the_lowest_temper() -> None:
    assert honest_temper(_at({20_000: 10_000}), 0.001) == pytest.approx(0.3)


def test_no_pairs_need_no_temper() -> None:
    assert honest_temper(_at({}), 0.01) == 1.0
