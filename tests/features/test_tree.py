"""The mean over spanning trees: Kirchhoff by hand."""

from __future__ import annotations

from math import log10

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.features.tree import tree_mean


def mean_of(size: int, ratios: list[float]) -> float:
    left, right = np.triu_indices(size, 1)
    return tree_mean(size, left, right, np.log10(np.array(ratios)))


def test_two_nodes_have_one_tree() -> None:
    assert mean_of(2, [7.0]) == pytest.approx(log10(7.0))


def test_three_nodes_have_three_trees() -> None:
    # edges ab = 2, ac = 3, bc = 5: trees 2*3, 2*5, 3*5
    assert mean_of(3, [2.0, 3.0, 5.0]) == pytest.approx(log10((6 + 10 + 15) / 3))


@pytest.mark.parametrize("size", [2, 3, 4, 7])
def test_evidence_that_says_nothing_weighs_nothing_in_any_number(size: int) -> None:
    assert mean_of(size, [1.0] * (size * (size - 1) // 2)) == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("size", [3, 5])
def test_a_ratio_shared_by_all_counts_once_for_each_edge_of_a_tree(size: int) -> None:
    assert mean_of(size, [10.0] * (size * (size - 1) // 2)) == pytest.approx(size - 1)


@pytest.mark.parametrize("strong", [0, 1, 2])
def test_ratios_many_orders_apart_do_not_cancel(strong: int) -> None:
    weights = np.full(3, -20.0)
    weights[strong] = 0.0
    left, right = np.triu_indices(3, 1)

    assert tree_mean(3, left, right, weights) == pytest.approx(log10(2 / 3) - 20, abs=1e-9)


@given(weights=st.lists(st.floats(-3, 12), min_size=10, max_size=10), order=st.permutations(range(5)))
def test_the_names_of_the_nodes_do_not_matter(weights: list[float], order: list[int]) -> None:
    left, right = np.triu_indices(5, 1)
    matrix = np.zeros((5, 5))
    matrix[left, right] = matrix[right, left] = weights
    renamed = matrix[np.ix_(order, order)][left, right]

    assert tree_mean(5, left, right, renamed) == pytest.approx(tree_mean(5, left, right, np.array(weights)), abs=1e-9)
