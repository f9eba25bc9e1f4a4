"""Builds sparse columns from values held by few reports: registrations, phones, e-mails, usernames."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from linkage.features.evidence import MILLIBAN
from linkage.features.words import SparseColumn, empty_matrix

Compared = dict[tuple[str, str], float]
"""Weight (log10 LR) of two distinct or equal values, keyed in sorted order; what is missing weighs the default."""


def value_column(
    held: Sequence[tuple[str, ...]], compared: Compared, default: float, explain: Callable[[int, int], str]
) -> SparseColumn:
    """A column from the values each report holds and the weights of compared values.

    With several values on a side the best comparison speaks, less log10 of the number of tries, and never below
    the default.
    """
    holders: dict[str, list[int]] = {}
    for row, values in enumerate(held):
        for value in values:
            holders.setdefault(value, []).append(row)
    tries = np.log10([max(1, len(values)) for values in held])
    at = {value: np.array(rows, dtype=np.int64) for value, rows in holders.items()}
    pairs = [(at[one], at[other], weight) for (one, other), weight in sorted(compared.items()) if weight > default]
    floor = round(default * MILLIBAN)
    return SparseColumn(
        recorded=np.array([bool(values) for values in held], dtype=bool),
        default=floor,
        exceptions=_best_of_pairs(pairs, tries, floor),
        words=["; ".join(values) or "not known" for values in held],
        explain=explain,
    )


def _best_of_pairs(
    pairs: Sequence[tuple[NDArray[np.int64], NDArray[np.int64], float]], tries: NDArray[np.float64], floor: int
) -> csr_array:
    """Symmetric millibans above the floor, the largest for each pair of rows; (rows, rows, weight) as given."""
    size = len(tries)
    found = [_spread(one, other, weight, tries) for one, other, weight in pairs]
    if not found:
        return empty_matrix(size)
    keys, weights = (np.concatenate(part) for part in zip(*found, strict=True))
    added = np.maximum(np.rint(weights * MILLIBAN).astype(np.int64) - floor, 0)
    order = np.lexsort((-added, keys))
    first = np.flatnonzero(np.diff(keys[order], prepend=-1))
    keys, added = keys[order][first], added[order][first]
    matrix = csr_array((added.astype(np.int32), np.divmod(keys, size)), shape=(size, size))
    matrix.eliminate_zeros()
    matrix.sort_indices()
    return matrix


def _spread(
    one: NDArray[np.int64], other: NDArray[np.int64], weight: float, tries: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Keys (row * rows + row) both ways round of all pairs of holders, and their weight less the tries."""
    left, right = (side.ravel() for side in np.meshgrid(one, other, indexing="ij"))
    left, right = left[left != right], right[left != right]
    keys = np.concatenate([left * len(tries) + right, right * len(tries) + left])
    return keys, np.tile(weight - tries[left] - tries[right], 2)
