"""Columns laid out as plain arrays for the pair kernel.

Every number is in whole millibans and already tempered, so that a sum is exact whatever its order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array


@dataclass(frozen=True)
class TablePiece:
    """`codes` (n,) into `table` (distinct, distinct), int16 millibans."""

    codes: NDArray[np.uint16]
    table: NDArray[np.int16]


@dataclass(frozen=True)
class ItemPiece:
    """Three-valued items: `present` and `absent` (n, items) of 0 or 1; weights (items,) of both, neither and one;
    `recorded` (n,) of 0 or 1, and `usual` (n,) that each of two recorded rows takes off."""

    present: NDArray[np.float32]
    absent: NDArray[np.float32]
    both: NDArray[np.float32]
    neither: NDArray[np.float32]
    one: NDArray[np.float32]
    recorded: NDArray[np.float32]
    usual: NDArray[np.float32]


@dataclass(frozen=True)
class SparsePiece:
    """`default` for two recorded rows, and symmetric additions (n, n) to it."""

    recorded: NDArray[np.bool_]
    default: int
    additions: csr_array


@dataclass(frozen=True)
class NearPiece:
    """`points` (n, 6): x, y, z in km, variance by uncertainty, log density, located; and the kernel's settings."""

    points: NDArray[np.float32]
    variance: float
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

SetPiece = Piece | HiddenPiece
"""What the set kernel adds up: a hidden value's states, or for every other piece a tree over its pair weights."""


@dataclass(frozen=True)
class Packed:
    """All pieces of `n` rows. `codes` has shape (tables, n); `item_left` and `item_right` (n, 2 * items + 2 * item
    pieces).

    `shared` is the sum of all sparse additions against every row of the set the pieces were fitted on.
    """

    codes: NDArray[np.uint16]
    tables: NDArray[np.int16]
    offsets: NDArray[np.int64]
    widths: NDArray[np.int64]
    item_left: NDArray[np.float32]
    item_right: NDArray[np.float32]
    shared: csr_array
    points: NDArray[np.float32]
    near: tuple[float, float, float]
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
            item_left=self.item_left[rows],
            item_right=self.item_right[rows],
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
    left, right = _items([piece for piece in pieces if isinstance(piece, ItemPiece)], n)
    near = next((piece for piece in pieces if isinstance(piece, NearPiece)), None)
    gap = next((piece for piece in pieces if isinstance(piece, GapPiece)), None)
    empty = csr_array((n, n), dtype=np.int32)
    return Packed(
        codes=np.array([piece.codes for piece in tables], dtype=np.uint16).reshape(len(tables), n),
        tables=np.concatenate([piece.table.ravel() for piece in tables]) if tables else np.zeros(1, np.int16),
        offsets=np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64) if tables else np.zeros(0, np.int64),
        widths=np.array([len(piece.table) for piece in tables], dtype=np.int64),
        item_left=left,
        item_right=right,
        shared=csr_array(reduce(lambda a, b: a + b, (piece.additions for piece in sparse), empty)),
        points=near.points if near else np.zeros((n, 6), np.float32),
        near=(near.variance, near.elsewhere, near.temper) if near else (1.0, 0.0, 0.0),
        dates=gap.dates if gap else np.zeros((n, 3), np.float32),
        gap_table=gap.table if gap else np.zeros((1, 1), np.int16),
    )


def _default_table(default: int) -> NDArray[np.int16]:
    return np.array([[0, 0], [0, default]], dtype=np.int16)


def _items(pieces: Sequence[ItemPiece], n: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Factors whose float32 product is the exact integer sum of item weights (all partial sums stay below 2^24)."""
    if not pieces:
        return np.zeros((n, 1), np.float32), np.zeros((n, 1), np.float32)
    left, right = [], []
    for p in pieces:
        off, told = (p.recorded * p.usual)[:, None], p.recorded[:, None]
        left += [p.present * p.both + p.absent * p.one, p.present * p.one + p.absent * p.neither, -off, -told]
        right += [p.present, p.absent, told, off]
    return np.hstack(left).astype(np.float32), np.hstack(right).astype(np.float32)
