"""Sums down an ordered list of pairs, for many draws of persons at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from linkage.compiled import njit


def sums_before(
    values: NDArray[np.float64],
    one: NDArray[np.int64],
    other: NDArray[np.int64],
    places: NDArray[np.int64],
    times: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Weighed sum of `values` over the pairs above each of `places`, in each draw: (places, draws).

    `values` (pairs,) and the pairs' persons `one` and `other` (pairs,) stand in the order of the list; `places` are
    numbers of pairs, in any order; `times` (persons, draws) says how often each person is counted. A pair of two
    persons counts as often as the product of both, a pair within one as often as that person. One pass over the
    pairs serves all draws, so that millions of pairs take no longer than a sort of them.
    """
    ascending, back = np.unique(places, return_inverse=True)
    counted = np.ascontiguousarray(times, dtype=np.float32)  # small whole numbers: exact, and half the memory
    sums: NDArray[np.float64] = _sums_before(
        np.asarray(values, dtype=np.float64), one.astype(np.int64), other.astype(np.int64), ascending, counted
    )
    return sums[back]


@njit(cache=True, nogil=True)
def _sums_before(values, one, other, places, times):  # type: ignore[no-untyped-def]
    draws = times.shape[1]
    sums = np.zeros((len(places), draws))
    running = np.zeros(draws)
    start = 0
    for number in range(len(places)):
        for pair in range(start, places[number]):
            value, first, second = values[pair], times[one[pair]], times[other[pair]]
            if one[pair] == other[pair]:
                for draw in range(draws):
                    running[draw] += value * first[draw]
            else:
                for draw in range(draws):
                    running[draw] += value * (first[draw] * second[draw])
        start = places[number]
        sums[number] = running
    return sums
