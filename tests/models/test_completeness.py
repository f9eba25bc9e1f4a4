"""How many links are expected among pairs that nobody has solved."""

from __future__ import annotations

import numpy as np
import pytest

from linkage.models.completeness import UnsolvedPairs, promised, share_of_links, unsolved_count

LN10 = np.log(10.0)


def pairs(linked: int, others: int, apart: float = 6.0, seed: int = 1) -> UnsolvedPairs:
    """Log ratios of linked and other pairs, as of one normal value that is `apart` deviations higher when linked; of
    the other pairs only the strongest tenth is listed."""
    draw = np.random.default_rng(seed)
    value = np.concatenate([draw.normal(apart, 1.0, linked), draw.normal(0.0, 1.0, others)])
    log10 = (apart * value - apart**2 / 2) / LN10
    listed = np.argsort(-log10)[: linked + others // 10]
    halves = np.stack([log10[listed] / 2, log10[listed] / 2], axis=1)
    return UnsolvedPairs(halves, linked + others)


def expected(*parts: UnsolvedPairs, offset: float = 0.0) -> float:
    """Links expected among all of these."""
    return share_of_links(parts, np.ones(2), offset) * sum(part.count for part in parts)


@pytest.mark.parametrize("linked", [20, 200])
def test_as_many_links_are_expected_as_there_are(linked: int) -> None:
    assert expected(pairs(linked, 40_000)) == pytest.approx(linked, rel=0.1)


def test_several_parts_are_one_mixture() -> None:
    assert expected(pairs(150, 20_000, seed=2), pairs(0, 20_000, seed=3)) == pytest.approx(150, rel=0.1)


def test_no_link_is_expected_where_there_is_none() -> None:
    assert expected(pairs(0, 40_000)) < 3
    assert share_of_links([UnsolvedPairs(np.zeros((0, 2)), 0)], np.ones(2), 0.0) == 0.0


def test_weights_that_say_too_much_expect_too_many() -> None:
    blurred = pairs(100, 40_000, apart=3.0)
    assert expected(blurred, offset=1.0) > expected(blurred) > expected(blurred, offset=-1.0)


def test_pairs_without_a_label_are_those_that_are_not_among_the_labelled() -> None:
    assert unsolved_count(5, 2) == 7
    assert unsolved_count(4, 0) == 0


def test_a_file_of_solved_series_promises_its_links() -> None:
    assert promised(links=530, rows=400) == pytest.approx(1.0)
