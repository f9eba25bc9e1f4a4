"""Builds sparse columns from values held by few reports: registrations, phones, e-mails, usernames."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from linkage.features.evidence import MILLIBAN, Newcomer
from linkage.features.words import SparseColumn, empty_matrix

Compared = dict[tuple[str, str], float]
"""Weight (log10 LR) of two distinct or equal values, keyed in sorted order; what is missing weighs the default."""


def value_column(
    held: Sequence[tuple[str, ...]], compared: Compared, default: float, explain: Callable[[int, int], str]
) -> SparseColumn:
    """A column from the values each report holds and the weights of compared values, held or not.

    With several values on a side the best comparison speaks, less log10 of the number of tries, and never below
    the default.
    """
    holders: dict[str, list[int]] = {}
    for row, values in enumerate(held):
        for value in values:
            holders.setdefault(value, []).append(row)
    tries = np.log10([max(1, len(values)) for values in held])
    at = {value: np.array(rows, dtype=np.int64) for value, rows in holders.items()}
    pairs = [
        (at[one], at[other], weight)
        for (one, other), weight in sorted(compared.items())
        if weight > default and one in at and other in at
    ]
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


class Holders:
    """Which rows of a column hold each value, to lay one more report beside them."""

    def __init__(self, column: SparseColumn, held: Sequence[tuple[str, ...]]) -> None:
        self.values = sorted({value for values in held for value in values})
        self.place = {value: at for at, value in enumerate(self.values)}
        entries = [(self.place[value], row) for row, values in enumerate(held) for value in values]
        value, self.rows = np.array(sorted(entries), dtype=np.int64).reshape(-1, 2).T
        self.start = np.searchsorted(value, np.arange(len(self.values) + 1))
        self.tries = np.log10([max(1, len(values)) for values in held])
        self.column = column

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many rows hold each value."""
        return np.diff(self.start)

    def newcomer(self, own: Sequence[str], found: Sequence[tuple[int, float]]) -> Newcomer | None:
        """A report that holds its `own` values, with the weight of one of them against held value number `at`."""
        if not own:
            return None
        floor, tries = self.column.default, np.log10(len(own))
        added = np.zeros(self.column.n)
        for at, weight in found:
            rows = self.rows[self.start[at] : self.start[at + 1]]
            said = np.rint((weight - tries - self.tries[rows]) * MILLIBAN) - floor
            added[rows] = np.maximum(added[rows], said)
        weights = np.where(self.column.recorded, (floor + added) / MILLIBAN, 0.0)
        return Newcomer(weights, "; ".join(own))
