"""Which rows hold which values, as arrays: the posting lists of an inverted index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

NONE = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True)
class Postings:
    """`known` values, sorted; `value` and `row` (pairs,) say that row `row[i]` of `n` holds `known[value[i]]`. Every
    pair stands once, sorted by value and then by row, so that the same rows give the same arrays however they came
    together. A value that no row holds is not known."""

    known: list[str]
    value: NDArray[np.int32]
    row: NDArray[np.int32]
    n: int

    @classmethod
    def of(cls, held: Iterable[Iterable[str]]) -> Postings:
        """Gather the values of each row."""
        rows: dict[str, list[int]] = {}
        n = 0
        for at, values in enumerate(held):
            n = at + 1
            for one in values:
                rows.setdefault(one, []).append(at)
        return cls.by_value(rows, n)

    @classmethod
    def by_value(cls, rows: dict[str, list[int]], n: int) -> Postings:
        """From the rows of each value, ascending; a row that stands twice counts once."""
        known = sorted(rows)
        lengths = [len(rows[one]) for one in known]
        value = np.repeat(np.arange(len(known), dtype=np.int32), lengths)
        row = np.fromiter((at for one in known for at in rows[one]), dtype=np.int32, count=sum(lengths))
        again = np.zeros(len(row), dtype=bool)
        again[1:] = (value[1:] == value[:-1]) & (row[1:] == row[:-1])
        return cls(known, value[~again], row[~again], n)

    @classmethod
    def joined(cls, parts: Sequence[tuple[Postings, NDArray[np.int32]]], n: int) -> Postings:
        """Several together over `n` rows, each with the new place of each of its rows: -1 for one left out."""
        told = [part.moved(place) for part, place in parts]
        known = sorted({one for part, value, _ in told for one in part._of(np.unique(value))})
        at = {one: number for number, one in enumerate(known)}
        value = np.concatenate(
            [
                np.array([at.get(one, -1) for one in part.known], dtype=np.int32)[value] if len(value) else NONE
                for part, value, _ in told
            ]
        )
        row = np.concatenate([row for *_, row in told])
        order = np.lexsort((row, value))
        return cls(known, value[order], row[order], n)

    def moved(self, place: NDArray[np.int32]) -> tuple[Postings, NDArray[np.int32], NDArray[np.int32]]:
        """The pairs of the rows that have a new place, with that place for the row."""
        row = place[self.row] if len(self.row) else NONE
        stays = row >= 0
        return self, self.value[stays], row[stays]

    def __contains__(self, value: str) -> bool:
        return value in self._place

    def rows(self, value: str) -> NDArray[np.int32]:
        """Rows that hold a value, ascending."""
        at = self._place.get(value)
        return NONE if at is None else self.row[self._starts[at] : self._starts[at + 1]]

    def holding(self, values: Iterable[str]) -> NDArray[np.bool_]:
        """Does each row hold any of these? Shape (n,)."""
        found = np.zeros(self.n, dtype=bool)
        for one in values:
            found[self.rows(one)] = True
        return found

    def of_row(self, row: int) -> list[str]:
        """The values of one row, sorted."""
        return list(self._of(self._value_by_row[self._row_starts[row] : self._row_starts[row + 1]]))

    def best(self, judged: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """The largest of what the values of each row are `judged` (known,), 0 where a row has none, and which rows
        have any; both (n,)."""
        held, found = np.zeros(self.n, dtype=bool), np.full(self.n, -np.inf)
        held[self.row] = True
        np.maximum.at(found, self.row, judged[self.value])
        return np.where(held, found, 0.0), held

    def codes(self) -> NDArray[np.int32]:
        """Of rows that hold one value at most: one more than its place among `known`, 0 for none; shape (n,)."""
        found = np.zeros(self.n, dtype=np.int32)
        found[self.row] = self.value + 1
        return found

    def counted(self, rows: NDArray[np.intp]) -> tuple[NDArray[np.int64], int]:
        """How many of `rows` hold each value (known,), and how many of them hold none."""
        starts = self._row_starts
        length = starts[rows + 1] - starts[rows]
        first = np.repeat(starts[rows] - np.concatenate(([0], np.cumsum(length)))[:-1], length)
        values = self._value_by_row[first + np.arange(int(length.sum()))]
        return np.bincount(values, minlength=len(self.known)), int((length == 0).sum())

    def _of(self, values: NDArray[np.int32]) -> Iterator[str]:
        return (self.known[at] for at in values.tolist())

    @cached_property
    def _place(self) -> dict[str, int]:
        return {one: at for at, one in enumerate(self.known)}

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        return np.searchsorted(self.value, np.arange(len(self.known) + 1)).astype(np.int64)

    @cached_property
    def _value_by_row(self) -> NDArray[np.int32]:
        found: NDArray[np.int32] = self.value[np.argsort(self.row, kind="stable")]
        return found

    @cached_property
    def _row_starts(self) -> NDArray[np.int64]:
        return np.concatenate(([0], np.cumsum(np.bincount(self.row, minlength=self.n)))).astype(np.int64)
