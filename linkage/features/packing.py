"""Columns laid out as plain arrays for the pair kernel.

Every number is in whole millibans and already tempered, so that a sum is exact whatever its order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from linkage.compiled import njit
from linkage.features.measures import POINT

STRETCH = 2048
"""Rows of sparse matrices that are worked on at a time [G]: what goes before the result stays small."""


@dataclass(frozen=True)
class TablePiece:
    """`codes` (n,) into `table` (distinct, distinct), int16 millibans."""

    codes: NDArray[np.uint16]
    table: NDArray[np.int16]


class ItemPiece(NamedTuple):
    """Three-valued items of `n` rows, each of a `level` (n,) of telling; weights in int32 millibans.

    A pair weighs `base` (levels, levels), what each side tells against the other's silence, `alone` (n, levels), and
    `both` (items, codes, codes) more for every item that both tell. `row_item` and `row_code` are what row r tells
    from `row_start[r]` on; `item_row` and `item_code` the rows that tell item i, from `item_start[i]` on.
    """

    level: NDArray[np.int32]
    base: NDArray[np.int32]
    alone: NDArray[np.int32]
    row_start: NDArray[np.int64]
    row_item: NDArray[np.int32]
    row_code: NDArray[np.int32]
    item_start: NDArray[np.int64]
    item_row: NDArray[np.int32]
    item_code: NDArray[np.int32]
    both: NDArray[np.int32]

    def listed(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.int64]:
        """Weights of listed pairs, millibans (pairs,)."""
        total = self.base[self.level[left], self.level[right]].astype(np.int64)
        total += self.alone[left, self.level[right]] + self.alone[right, self.level[left]]
        add_shared(self.row_start, self.row_item, self.row_code, self.both, left, right, total)
        return total


@dataclass(frozen=True)
class PropensityPiece:
    """Hidden propensities behind three-valued items. `level`, `start` and `item` say what each row tells, as in
    `ItemPiece`, and `code` how.

    `ratios` (items, codes, nodes) is what a row may say of an item over the nodes of its propensity: silence at each
    level, then denied, then told; `weight` (items, nodes) the nodes' own.
    """

    level: NDArray[np.int64]
    start: NDArray[np.int64]
    item: NDArray[np.int32]
    code: NDArray[np.int8]
    ratios: NDArray[np.float64]
    weight: NDArray[np.float64]


@dataclass(frozen=True)
class SparsePiece:
    """`default` for two recorded rows, and symmetric additions (n, n) to it."""

    recorded: NDArray[np.bool_]
    default: int
    additions: csr_array


@dataclass(frozen=True)
class NearPiece:
    """`points` (n, POINT), the chance of `elsewhere`, and the temper."""

    points: NDArray[np.float32]
    elsewhere: float
    temper: float


@dataclass(frozen=True)
class GapPiece:
    """`dates` (n, 3): middle, half-width in days, dated; `table` (gap levels, spread levels)."""

    dates: NDArray[np.float32]
    table: NDArray[np.int16]


@dataclass(frozen=True)
class HiddenPiece:
    """`codes` (n,) into `ratios` (distinct, states) of a hidden value with `prior` (states,); row 0 is all ones."""

    codes: NDArray[np.uint16]
    ratios: NDArray[np.float64]
    prior: NDArray[np.float64]


Piece = TablePiece | ItemPiece | SparsePiece | NearPiece | GapPiece
"""What the pair kernel adds up."""

SetPiece = TablePiece | SparsePiece | NearPiece | GapPiece | HiddenPiece | PropensityPiece
"""What the set kernel adds up: hidden values and propensities, and for every other piece a tree over its pair
weights."""


@dataclass(frozen=True)
class Packed:
    """All pieces of `n` rows. `codes` has shape (tables, n); `items` are those of all item pieces as one.

    `shared` is the sum of all sparse additions against every row of the set the pieces were fitted on.
    """

    codes: NDArray[np.uint16]
    tables: NDArray[np.int16]
    offsets: NDArray[np.int64]
    widths: NDArray[np.int64]
    items: ItemPiece
    shared: csr_array
    points: NDArray[np.float32]
    near: tuple[float, float]
    dates: NDArray[np.float32]
    gap_table: NDArray[np.int16]

    @property
    def n(self) -> int:
        """Number of rows."""
        return int(self.codes.shape[1])

    def take(self, rows: slice | NDArray[np.int64]) -> Packed:
        """The same tables over some of the rows."""
        return replace(
            self,
            codes=np.ascontiguousarray(self.codes[:, rows]),
            items=self.items._replace(
                level=self.items.level[rows], alone=self.items.alone[rows], **_told(self.items, rows)
            ),
            shared=self.shared[rows],
            points=self.points[rows],
            dates=self.dates[rows],
        )


def pack(pieces: Sequence[Piece], n: int) -> Packed:
    """Lay out the pieces of all columns over `n` rows."""
    tables = [piece for piece in pieces if isinstance(piece, TablePiece)]
    sparse = [piece for piece in pieces if isinstance(piece, SparsePiece)]
    tables += [TablePiece(piece.recorded.astype(np.uint16), _default_table(piece.default)) for piece in sparse]
    sizes = np.array([piece.table.size for piece in tables], dtype=np.int64)
    near = next((piece for piece in pieces if isinstance(piece, NearPiece)), None)
    gap = next((piece for piece in pieces if isinstance(piece, GapPiece)), None)
    return Packed(
        codes=np.array([piece.codes for piece in tables], dtype=np.uint16).reshape(len(tables), n),
        tables=np.concatenate([piece.table.ravel() for piece in tables]) if tables else np.zeros(1, np.int16),
        offsets=np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64) if tables else np.zeros(0, np.int64),
        widths=np.array([len(piece.table) for piece in tables], dtype=np.int64),
        items=_items([piece for piece in pieces if isinstance(piece, ItemPiece)], n),
        shared=_summed([piece.additions for piece in sparse], n),
        points=near.points if near else np.zeros((n, POINT), np.float32),
        near=(near.elsewhere, near.temper) if near else (1.0, 0.0),
        dates=gap.dates if gap else np.zeros((n, 3), np.float32),
        gap_table=gap.table if gap else np.zeros((1, 1), np.int16),
    )


def empty_matrix(size: int) -> csr_array:
    """No additions for any pair of `size` rows."""
    none = np.zeros(0, dtype=np.int32)
    return csr_array((none, (none, none)), shape=(size, size))


def _summed(additions: Sequence[csr_array], n: int) -> csr_array:
    """The sum of sparse matrices, some rows at a time: sums of the whole would stand in memory beside each other."""
    if not additions:
        return empty_matrix(n)
    rows = (slice(at, at + STRETCH) for at in range(0, max(1, n), STRETCH))
    parts: list[csr_array] = [reduce(add, (one[some] for one in additions)) for some in rows]
    return csr_array(vstack(parts, format="csr"))


def _default_table(default: int) -> NDArray[np.int16]:
    return np.array([[0, 0], [0, default]], dtype=np.int16)


def _items(pieces: Sequence[ItemPiece], n: int) -> ItemPiece:
    """The items of all pieces behind each other, as one piece: their rows have the same levels."""
    if not pieces:
        none, empty = np.zeros(0, np.int32), np.zeros(n + 1, np.int64)
        zero = np.zeros((1, 1), np.int32)
        return ItemPiece(
            np.zeros(n, np.int32),
            zero,
            np.repeat(zero, n, 0),
            empty,
            none,
            none,
            empty[:1],
            none,
            none,
            zero[None, :0],
        )
    first, at = np.zeros(len(pieces), np.int64), 0
    for number, piece in enumerate(pieces):
        first[number] = at
        at += len(piece.both)
    row = np.concatenate([np.repeat(np.arange(n), np.diff(piece.row_start)) for piece in pieces])
    order = np.argsort(row, kind="stable")
    item = np.concatenate([piece.row_item + start for piece, start in zip(pieces, first, strict=True)])[order]
    starts = np.concatenate([[0], *(np.diff(piece.item_start) for piece in pieces)]).cumsum()
    return ItemPiece(
        level=np.max([piece.level for piece in pieces], axis=0),
        base=sum((piece.base for piece in pieces), np.zeros_like(pieces[0].base)),
        alone=sum((piece.alone for piece in pieces), np.zeros_like(pieces[0].alone)),
        row_start=np.searchsorted(row[order], np.arange(n + 1)).astype(np.int64),
        row_item=item.astype(np.int32),
        row_code=np.concatenate([piece.row_code for piece in pieces])[order],
        item_start=starts.astype(np.int64),
        item_row=np.concatenate([piece.item_row for piece in pieces]),
        item_code=np.concatenate([piece.item_code for piece in pieces]),
        both=np.concatenate([piece.both for piece in pieces]),
    )


def _told(items: ItemPiece, rows: slice | NDArray[np.int64]) -> dict[str, Any]:
    """What some of the rows tell."""
    chosen = np.arange(len(items.level))[rows]
    size = np.diff(items.row_start)[chosen]
    start = np.concatenate([[0], np.cumsum(size)]).astype(np.int64)
    at = np.repeat(items.row_start[chosen] - start[:-1], size) + np.arange(start[-1])
    return {"row_start": start, "row_item": items.row_item[at], "row_code": items.row_code[at]}


@njit(cache=True)
def add_shared(  # type: ignore[no-untyped-def]
    start, item, code, both, left, right, total
):
    """Add to `total` (pairs,) what the items weigh that both rows of a pair tell."""
    for k in range(len(left)):
        a, a_end, b, b_end = start[left[k]], start[left[k] + 1], start[right[k]], start[right[k] + 1]
        while a < a_end and b < b_end:
            if item[a] == item[b]:
                total[k] += both[item[a], code[a], code[b]]
                a += 1
                b += 1
            elif item[a] < item[b]:
                a += 1
            else:
                b += 1
