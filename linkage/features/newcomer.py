"""One more report beside a fitted column, whose rows and base rates stay as they are.

A newcomer weighs against every row, and there may be a million: so its weights are kept by what rows share (a code, a
word, a level of telling) and added up in one walk, never laid out for each kind of evidence.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linkage.features.newcomer_sums import add_by_code, add_by_items


class Against(ABC):
    """Weights (log10 LR) of one report against every row of a column, 0 where the row's value is not known."""

    @abstractmethod
    def add_to(self, total: NDArray[np.float64], temper: float) -> None:
        """Add `temper` times the weights to `total` (n,)."""

    @abstractmethod
    def at(self, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """The weights against some rows, shape (len(rows),)."""


@dataclass(frozen=True, slots=True)
class ByCode(Against):
    """`weights` (distinct,) of the distinct values, of which row j has number `codes[j]`."""

    codes: NDArray[Any]
    weights: NDArray[np.float64]

    def add_to(self, total: NDArray[np.float64], temper: float) -> None:
        """See `Against`."""
        add_by_code(total, self.codes, temper * self.weights)

    def at(self, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """See `Against`."""
        found: NDArray[np.float64] = self.weights[self.codes[rows]]
        return found


@dataclass(frozen=True, slots=True)
class ByHolder(Against):
    """The `default` against rows that record anything, and what is `added` to it for the distinct `rows`."""

    recorded: NDArray[np.bool_]
    default: float
    rows: NDArray[np.int64]
    added: NDArray[np.float64]

    def add_to(self, total: NDArray[np.float64], temper: float) -> None:
        """See `Against`."""
        add_by_code(total, self.recorded.view(np.uint8), temper * np.array([0.0, self.default]))
        total[self.rows] += temper * self.added

    def at(self, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """See `Against`."""
        order = np.argsort(self.rows, kind="stable")
        held = self.rows[order]
        place = np.searchsorted(held, rows)
        found = np.where(self.recorded[rows], self.default, 0.0)
        shares = place < len(held)
        shares[shares] = held[place[shares]] == rows[shares]
        found[shares] += self.added[order][place[shares]]
        return found


@dataclass(frozen=True, slots=True)
class MentionedItems:
    """What rows tell of some items: row j has `level[j]` and tells `items[start[j]:start[j + 1]]` under `codes`."""

    level: NDArray[np.int64]
    start: NDArray[np.int64]
    items: NDArray[np.int32]
    codes: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class ByItem(Against):
    """Weights of what the newcomer says of each item `against` (items, codes) whatever a row may say of it; the first
    `levels` codes are silence at each level. `told` is what the rows say."""

    told: MentionedItems
    against: NDArray[np.float64]
    levels: int

    def add_to(self, total: NDArray[np.float64], temper: float) -> None:
        """See `Against`."""
        told, base = self.told, self.against[:, : self.levels].sum(axis=0)
        add_by_items(total, temper, told.level, base, told.start, told.items, told.codes, self.against)

    def at(self, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """See `Against`."""
        told, found = self.told, np.zeros(len(rows))
        starts = np.concatenate([[0], np.cumsum(told.start[rows + 1] - told.start[rows])])
        each = [np.arange(told.start[row], told.start[row + 1]) for row in rows.tolist()]
        at = np.concatenate([np.zeros(0, np.int64), *each])
        of_rows = MentionedItems(told.level[rows], starts, told.items[at], told.codes[at])
        ByItem(of_rows, self.against, self.levels).add_to(found, 1.0)
        return found


@dataclass(frozen=True, slots=True)
class ByRow(Against):
    """A weight of its own for every row, in millibans, (n,)."""

    millibans: NDArray[np.int32]

    def add_to(self, total: NDArray[np.float64], temper: float) -> None:
        """See `Against`."""
        total += temper * (self.millibans / 1000)

    def at(self, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """See `Against`."""
        found: NDArray[np.float64] = self.millibans[rows] / 1000
        return found


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What one more report says beside a fitted column of `n` rows.

    `against` are its pair weights with the rows; `ratio` (states,) its ratio over the states of a hidden value,
    passing values mixed in, or over the nodes of each item's propensity behind each other (None for evidence by
    pairs); `words` its value as an analyst reads it. `says` tells of a row that knows the value whether it agrees, is
    close or differs, or that one of the two does not mention it. `apart` is the squared distance of each row in km^2
    (n,), -1 where it is not known (of places alone).
    """

    n: int
    against: Against
    words: str
    says: Callable[[int], str]
    ratio: NDArray[np.float64] | None = None
    apart: NDArray[np.float32] | None = None

    @property
    def weights(self) -> NDArray[np.float64]:
        """Pair weights with every row (log10 LR), shape (n,), 0 where the row's value is not known."""
        total = np.zeros(self.n)
        self.against.add_to(total, 1.0)
        return total


def mentioned_items(
    state: NDArray[np.int8], level: NDArray[np.int64], codes: Callable[[Any], NDArray[np.int64]]
) -> MentionedItems:
    """What rows tell, by their `state` (n, items), 0 for nothing; `codes` gives those of some rows (rows, items)."""
    starts, items, held = [np.zeros(1, np.int64)], [np.zeros(0, np.int32)], [np.zeros(0, np.int8)]
    for first in range(0, len(state), 65_536):  # so that the codes of all items are never there at once
        part = slice(first, first + 65_536)
        row, item = np.nonzero(state[part])
        starts.append(np.cumsum(np.bincount(row, minlength=len(state[part]))) + starts[-1][-1])
        items.append(item.astype(np.int32))
        held.append(codes(part)[row, item].astype(np.int8))
    return MentionedItems(level, np.concatenate(starts).astype(np.int64), np.concatenate(items), np.concatenate(held))
