"""Sparse columns, and how they are built from values that few reports hold: registrations, phones, usernames."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from linkage.features.evidence import MILLIBAN, Detail
from linkage.features.newcomer import ByHolder, Newcomer
from linkage.features.packing import SparsePiece, empty_matrix
from linkage.features.tree import TreeColumn

Compared = dict[tuple[str, str], float]
"""Weight (log10 LR) of two distinct or equal values, keyed in sorted order; what is missing weighs the default."""


@dataclass
class SparseColumn(TreeColumn):
    """A default weight for any two known rows, and listed exceptions.

    `exceptions` is a symmetric integer matrix (n, n) of what is added to `default`, both in millibans. `at_most` is
    the most that two rows may be said to do, "agrees" or "close".
    """

    recorded: NDArray[np.bool_]
    default: int
    exceptions: csr_array
    words: list[str]
    explain: Callable[[int, int], str]
    at_most: Callable[[int, int], str] = lambda _a, _b: "agrees"

    def __post_init__(self) -> None:
        self.n = len(self.recorded)

    def known(self) -> NDArray[np.bool_]:
        """Per row: is anything recorded?"""
        return self.recorded

    def piece(self, temper: float) -> SparsePiece:
        """Default and additions, tempered."""
        return SparsePiece(self.recorded, round(temper * self.default), tempered(self.exceptions, temper))

    def millibans(self, left: NDArray[np.intp], right: NDArray[np.intp], temper: float) -> NDArray[np.int64]:
        """Tempered default and additions of listed pairs."""
        both = self.recorded[left] & self.recorded[right]
        added = np.rint(temper * lookup(self.exceptions, left, right)).astype(np.int64)
        return np.where(both, round(temper * self.default) + added, 0)

    def agreeing(self, rows: NDArray[np.intp], temper: float) -> NDArray[np.int64]:
        """What a row shares most with another, else the usual such weight of the column, else, where nobody shares,
        that of a value which two reports of all have [G]."""
        added = np.asarray(self.exceptions.max(axis=1).todense()).ravel().astype(np.float64)
        usual = np.median(added[added > 0]) if (added > 0).any() else np.log10(max(self.n, 2) / 2) * MILLIBAN
        best = np.where(added[rows] > 0, added[rows], usual)
        found: NDArray[np.int64] = np.rint(temper * (self.default + best)).astype(np.int64)
        return found

    def known_pair_weights(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.float64]:
        """Pair weights of known rows."""
        added = lookup(self.exceptions, left, right)
        weights: NDArray[np.float64] = (self.default + added) / MILLIBAN
        return weights

    def words_at(self, row: int) -> str:
        """What one row records in words."""
        return self.words[row]

    def describe(self, a: int, b: int) -> Detail:
        """Both sides in words, and what is shared. Other words for one thing agree from a weight of .5 on [G]."""
        if not (self.recorded[a] and self.recorded[b]):
            return Detail(self.words[a], self.words[b], "not known", "")
        weight = float(self.known_pair_weights(np.array([a]), np.array([b]))[0])
        shared = self.explain(a, b)
        says = said_of(self.words[a] == self.words[b], weight, bool(shared))
        if says == "agrees" and self.at_most(a, b) == "close":
            says = "close"
        return Detail(self.words[a], self.words[b], says, shared)


def said_of(same: bool, weight: float, shared: bool) -> str:
    """Whether two values agree, being the `same` or weighing much, are close, as they have something `shared`, or
    differ."""
    return "agrees" if same or weight > 0.5 else "close" if shared or weight > 0 else "differs"


def tempered(matrix: csr_array, temper: float) -> csr_array:
    """A sparse matrix of whole numbers times `temper`, rounded; it shares the places with `matrix`, which may be most
    of what a run holds in memory."""
    data = np.rint(temper * matrix.data).astype(np.int32)
    return csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)


def lookup(matrix: csr_array, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.int64]:
    """Entries of a sparse matrix with sorted indices at listed places, 0 where nothing is stored."""
    if not len(left):  # scipy gives a sparse array then
        return np.zeros(0, dtype=np.int64)
    return np.asarray(matrix[left, right]).astype(np.int64)


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
    place = {value: at for at, value in enumerate(holders)}
    pairs = [
        (place[one], place[other], weight)
        for (one, other), weight in sorted(compared.items())
        if weight > default and one in place and other in place
    ]
    floor = round(default * MILLIBAN)
    return SparseColumn(
        recorded=np.array([bool(values) for values in held], dtype=bool),
        default=floor,
        exceptions=_best_of_pairs(pairs, list(holders.values()), tries, floor),
        words=["; ".join(values) or "not known" for values in held],
        explain=explain,
    )


def _best_of_pairs(
    pairs: Sequence[tuple[int, int, float]], holders: Sequence[list[int]], tries: NDArray[np.float64], floor: int
) -> csr_array:
    """Symmetric millibans above the floor, the largest for each two rows; `pairs` are places of two values among
    `holders`, the rows that hold each, with their weight."""
    size = len(tries)
    if not pairs:
        return empty_matrix(size)
    one, other, weight = (np.array(part) for part in zip(*pairs, strict=True))
    left, right, pair = _rows_of_pairs(one, other, holders)
    added = np.maximum(np.rint((weight[pair] - tries[left] - tries[right]) * MILLIBAN).astype(np.int64) - floor, 0)
    keys, added = np.concatenate([left * size + right, right * size + left]), np.tile(added, 2)
    order = np.lexsort((-added, keys))
    first = np.flatnonzero(np.diff(keys[order], prepend=-1))
    keys, added = keys[order][first], added[order][first]
    row, other = np.divmod(keys, size)
    places = row.astype(np.int32), other.astype(np.int32)
    matrix = csr_array((added.astype(np.int32), places), shape=(size, size))
    matrix.eliminate_zeros()
    matrix.sort_indices()
    return matrix


def _rows_of_pairs(
    one: NDArray[np.int64], other: NDArray[np.int64], holders: Sequence[list[int]]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Every two different rows of which one holds the first and one the second value of a pair, and the pair."""
    count = np.array([len(rows) for rows in holders])
    start, rows = np.cumsum(count) - count, np.array([row for rows in holders for row in rows], dtype=np.int64)
    of_pair = count[one] * count[other]
    pair = np.repeat(np.arange(len(one)), of_pair)
    number = np.arange(len(pair)) - (np.cumsum(of_pair) - of_pair)[pair]
    left = rows[start[one][pair] + number // count[other][pair]]
    right = rows[start[other][pair] + number % count[other][pair]]
    apart = left != right
    return left[apart], right[apart], pair[apart]


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

    def newcomer(
        self, own: Sequence[str], found: Sequence[tuple[int, float]], words: str | None = None
    ) -> Newcomer | None:
        """A report that holds its `own` values, with the weight of one of them against held value number `at`; its
        `words` are those values where not given."""
        if not own:
            return None
        column, tries, told = self.column, np.log10(len(own)), "; ".join(own) if words is None else words
        best: dict[int, float] = {}
        for at, weight in found:
            rows = self.rows[self.start[at] : self.start[at + 1]]
            said = np.rint((weight - tries - self.tries[rows]) * MILLIBAN) - column.default
            for row, one in zip(rows.tolist(), said.tolist(), strict=True):
                best[row] = max(best.get(row, 0.0), one)
        rows, added = np.array(list(best), dtype=np.int64), np.array(list(best.values())) / MILLIBAN
        against = ByHolder(column.recorded, column.default / MILLIBAN, rows, added)

        def says(row: int) -> str:
            """Whether a row has the same, or something like it."""
            weight = (column.default + best.get(row, 0.0)) / MILLIBAN
            return said_of(column.words[row] == told, weight, row in best)

        return Newcomer(column.n, against, told, says)
