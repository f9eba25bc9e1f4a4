"""Wilson's interval, against published ones."""

import pytest

from linkage.wilson import wilson


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_intervals_of_newcombe_1998(count: int, n: int, low: float, high: float) -> None:
    assert wilson(count, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("n", [1, 7, 1000])
def test_none_and_all_mirror_each_other_and_reach_the_ends(n: int) -> None:
    (least, above), (below, most) = wilson(0, n), wilson(n, n)
    assert (least, most) == (0.0, 1.0)
    assert above == pytest.approx(1 - below)


@pytest.mark.parametrize(("count", "n"), [(3, 2), (-1, 5), (0, 0)])
def test_what_is_no_share_is_refused(count: int, n: int) -> None:
    with pytest.raises(ValueError, match=f"{count} is no part of {n}"):
        wilson(count, n)
