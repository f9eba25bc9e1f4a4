"""Bounds of places are bounds, for every pair."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from linkage.features.measures import (
    FIRST_REACH,
    LOCATED,
    POINT,
    REACHES,
    VARIANCE,
    near_millibans,
    near_ratio,
    unit_km,
)
from linkage.models import place_cells as module
from linkage.models.place_cells import bound_places, place_cells


def some_points(seed: int, count: int, spread: float) -> NDArray[np.float32]:
    """Places on a map of `spread` degrees, some of them vague or unknown, some of them the same."""
    draw = np.random.default_rng(seed)
    points = np.zeros((count, POINT), np.float32)
    points[:, :VARIANCE] = unit_km(52 + spread * draw.normal(size=count), spread * draw.normal(size=count))
    points[:, VARIANCE] = 10.0 ** draw.uniform(-4, 4, count)
    points[:, FIRST_REACH:] = 10.0 ** draw.uniform(-1, 2, (count, len(REACHES)))
    points[draw.random(count) < 0.2] = points[0]
    points[:, LOCATED] = draw.random(count) < 0.9
    points[points[:, LOCATED] == 0] = 0
    return points


@settings(max_examples=20)
@given(
    seed=st.integers(0, 2**32),
    spread=st.sampled_from([0.0, 0.01, 1.0, 30.0]),
    near=st.tuples(st.sampled_from([1e-9, 0.05, 1.0]), st.sampled_from([0.0, 0.4, 1.0, 2.5])),
)
def test_every_pair_lies_within_the_bounds_of_its_cell(seed: int, spread: float, near: tuple[float, float]) -> None:
    points = some_points(seed, 150, spread)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "CELL_ROWS", 8)
        cells = place_cells(points)
    ordered = points[cells.order]
    cell = np.repeat(np.arange(len(cells.begin) - 1), np.diff(cells.begin))

    for i in range(0, len(points), 10):
        least, most, nearest, farthest = bound_places(points[i], cells, near)
        for j in range(len(points)):
            weight, squared = 0, 0.0
            if points[i, LOCATED] and ordered[j, LOCATED]:
                ratio, squared = near_ratio(points[i], ordered, j, near[0])
                weight = int(np.rint(near[1] * near_millibans(ratio)))
            assert least[cell[j]] <= weight <= most[cell[j]]
            assert nearest[cell[j]] <= squared <= farthest[cell[j]]


def test_every_row_is_in_one_cell_and_those_without_a_place_in_the_first() -> None:
    points = some_points(3, 1000, 1.0)
    cells = place_cells(points)

    assert sorted(cells.order.tolist()) == list(range(1000))
    assert (points[cells.order[: cells.begin[1]], LOCATED] == 0).all()
    assert (points[cells.order[cells.begin[1] :], LOCATED] == 1).all()
    assert np.diff(cells.begin)[1:].max() <= module.CELL_ROWS


def test_no_places_make_no_cells() -> None:
    cells = place_cells(np.zeros((5, POINT), np.float32))

    assert cells.begin.tolist() == [0, 5]
    assert cells.low.shape == (POINT, 1)
