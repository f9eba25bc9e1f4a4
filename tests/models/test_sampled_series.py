"""Sets that the sampled partitions came back to."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from linkage.models.sampled_series import sampled_series, series_of_pairs


def sampled(*partitions: list[int], least: float = 0.25) -> list[int]:
    return sampled_series(np.array(partitions, dtype=np.int32), least).tolist()


def test_a_set_that_most_partitions_hold_is_a_series() -> None:
    assert sampled([0, 0, 0, 3], [0, 0, 0, 3], [0, 0, 2, 2]) == [0, 0, 0, 3]


def test_a_set_counts_only_where_it_is_a_series_by_itself() -> None:
    with_others = [[0, 0, 2, 2, 4], [0, 0, 0, 0, 4], [0, 0, 0, 3, 0], [0, 0, 2, 0, 4]]
    assert sampled(*with_others, least=0.5) == [0, 1, 2, 3, 4]


def test_each_unit_goes_with_the_commonest_set_and_once() -> None:
    assert sampled([0, 0, 2], [0, 0, 2], [0, 1, 1]) == [0, 0, 2]


def test_of_sets_as_common_the_larger_is_taken() -> None:
    assert sampled([0, 0, 2, 3], [0, 0, 0, 3]) == [0, 0, 0, 3]


def test_nobody_together_and_nobody_sampled_are_no_series() -> None:
    assert sampled([0, 1, 2]) == [0, 1, 2]
    assert sampled_series(np.zeros((0, 3), np.int32)).tolist() == [0, 1, 2]
    assert sampled_series(np.zeros((4, 0), np.int32)).tolist() == []


@given(st.lists(st.lists(st.integers(0, 4), min_size=5, max_size=5), min_size=1, max_size=12))
def test_every_series_was_held_by_enough_partitions_whatever_the_order_of_units(labels: list[list[int]]) -> None:
    partitions = [[one.index(label) for label in one] for one in labels]
    found = sampled(*partitions, least=0.3)
    for name in set(found):
        members = [unit for unit, series in enumerate(found) if series == name]
        if len(members) > 1:
            holds = [[u for u, s in enumerate(one) if s == one[members[0]]] == members for one in partitions]
            assert sum(holds) >= 0.3 * len(partitions)


def test_pairs_of_one_series_make_it_again() -> None:
    left, right = np.array([0, 0, 2, 4]), np.array([2, 5, 5, 6])
    assert [part.tolist() for part in series_of_pairs(8, left, right)] == [[0, 2, 5], [4, 6]]
    assert series_of_pairs(3, left[:0], right[:0]) == []
