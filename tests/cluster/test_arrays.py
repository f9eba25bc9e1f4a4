"""What tells nested arrays apart."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from linkage.cluster.arrays import fingerprint_of


class Two(NamedTuple):
    """An array and a number."""

    one: object
    other: object


GRID = np.arange(6).reshape(2, 3)


def test_the_same_arrays_have_the_same_fingerprint_wherever_they_lie() -> None:
    assert fingerprint_of(Two(GRID, 1.5), "x") == fingerprint_of(Two(GRID.copy(order="F"), 1.5), "x")
    assert len(fingerprint_of()) == len(fingerprint_of(GRID)) == 32


def test_whatever_differs_is_told_apart() -> None:
    different = [
        *((), (GRID,), (GRID + 1,), (GRID.T,), (GRID.reshape(-1),), (GRID.astype(np.int32),), (GRID[:0],)),
        *((GRID[0], GRID[1]), (GRID[1], GRID[0]), (GRID, GRID), (np.int64(3),), (3,), (3.0,), ("3",), (np.array(3),)),
        *(("a", "bc"), ("ab", "c"), (True,), (None,)),
    ]

    assert len({fingerprint_of(*one) for one in different}) == len(different)
