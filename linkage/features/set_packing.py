"""Columns laid out as plain arrays for the set kernel: hidden values by their states, all else by pair ratios."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from linkage.features.measures import LOCATED, POINT
from linkage.features.packing import (
    GapPiece,
    HiddenPiece,
    NearPiece,
    PropensityPiece,
    SetPiece,
    SparsePiece,
    TablePiece,
)

MILLIBAN = 1000.0
"""Units of the pieces in one unit of log10 likelihood ratio, as `evidence.MILLIBAN`."""

MOST_TREES = 64
"""Columns with a tree that fit the bits in which a row says what it knows."""


class PackedSets(NamedTuple):
    """All pieces of `n` rows. Pieces of one family lie behind each other; `*_column` says which column each is.

    Hidden values: `codes` (pieces, n), `ratios` and `priors` flat with their offsets, `states` of each. Trees: a bit
    of `knows` (n,) for each, in the order tables, sparse, place, gap; `tree_column` (trees,). Propensities: the
    `level` (n,) of each row, `item` and `item_code` what row r tells from `item_start[r]` on, with the ratio of
    telling it to being silent at every node (`item_lift`); and of each item its `item_column` (`item_columns` are all
    there are), `item_ratios` (items, codes, nodes) and `nodes` (items, nodes), as in `PropensityPiece`. The rest is
    what the pair kernel has, in log10 units and untempered.
    """

    columns: int
    hidden_column: NDArray[np.int64]
    hidden_codes: NDArray[np.uint16]
    hidden_states: NDArray[np.int64]
    ratio_at: NDArray[np.int64]
    ratios: NDArray[np.float64]
    prior_at: NDArray[np.int64]
    priors: NDArray[np.float64]
    tree_column: NDArray[np.int64]
    knows: NDArray[np.uint64]
    table_codes: NDArray[np.uint16]
    table_at: NDArray[np.int64]
    table_width: NDArray[np.int64]
    tables: NDArray[np.float32]
    level: NDArray[np.int64]
    item_start: NDArray[np.int64]
    item: NDArray[np.int32]
    item_code: NDArray[np.int8]
    item_lift: NDArray[np.float64]
    item_column: NDArray[np.int64]
    item_columns: NDArray[np.int64]
    item_ratios: NDArray[np.float64]
    nodes: NDArray[np.float64]
    shared_start: NDArray[np.int64]
    shared_row: NDArray[np.int32]
    shared_weight: NDArray[np.float32]
    shared_default: NDArray[np.float64]
    points: NDArray[np.float32]
    elsewhere: float
    dates: NDArray[np.float32]
    gap_table: NDArray[np.float32]


def pack_sets(pieces: Sequence[SetPiece], n: int) -> PackedSets:
    """Lay out the set pieces of all columns over `n` rows; piece i is column i. At most one place and one gap."""
    hidden = [(c, piece) for c, piece in enumerate(pieces) if isinstance(piece, HiddenPiece)]
    tables = [(c, piece) for c, piece in enumerate(pieces) if isinstance(piece, TablePiece)]
    items = [(c, piece) for c, piece in enumerate(pieces) if isinstance(piece, PropensityPiece)]
    sparse = [(c, piece) for c, piece in enumerate(pieces) if isinstance(piece, SparsePiece)]
    near = [(c, piece) for c, piece in enumerate(pieces) if isinstance(piece, NearPiece)]
    gap = [(c, piece) for c, piece in enumerate(pieces) if isinstance(piece, GapPiece)]
    told = [piece.codes > 0 for _, piece in tables]
    told += [piece.recorded for _, piece in sparse]
    told += [piece.points[:, LOCATED] > 0 for _, piece in near]
    told += [piece.dates[:, 2] > 0 for _, piece in gap]
    trees = [c for family in (tables, sparse, near, gap) for c, _ in family]
    return PackedSets(
        columns=len(pieces),
        tree_column=np.array(trees, dtype=np.int64),
        knows=_bits(told, n),
        points=near[0][1].points if near else np.zeros((n, POINT), np.float32),
        elsewhere=near[0][1].elsewhere if near else 1.0,
        dates=gap[0][1].dates if gap else np.zeros((n, 3), np.float32),
        gap_table=((gap[0][1].table if gap else np.zeros((1, 1))) / MILLIBAN).astype(np.float32),
        **_hidden(hidden, n),
        **_tables([piece for _, piece in tables], n),
        **_items(items, n),
        **_shared([piece for _, piece in sparse]),
    )


def _hidden(pieces: Sequence[tuple[int, HiddenPiece]], n: int) -> dict[str, Any]:
    return {
        "hidden_column": np.array([c for c, _ in pieces], dtype=np.int64),
        "hidden_codes": np.array([piece.codes for _, piece in pieces], dtype=np.uint16).reshape(len(pieces), n),
        "hidden_states": np.array([len(piece.prior) for _, piece in pieces], dtype=np.int64),
        "ratio_at": _offsets([piece.ratios.size for _, piece in pieces]),
        "ratios": _flat([piece.ratios for _, piece in pieces]),
        "prior_at": _offsets([len(piece.prior) for _, piece in pieces]),
        "priors": _flat([piece.prior for _, piece in pieces]),
    }


def _tables(pieces: Sequence[TablePiece], n: int) -> dict[str, Any]:
    return {
        "table_codes": np.array([piece.codes for piece in pieces], dtype=np.uint16).reshape(len(pieces), n),
        "table_at": _offsets([piece.table.size for piece in pieces]),
        "table_width": np.array([len(piece.table) for piece in pieces], dtype=np.int64),
        "tables": (_flat([piece.table for piece in pieces]) / MILLIBAN).astype(np.float32),
    }


def _items(pieces: Sequence[tuple[int, PropensityPiece]], n: int) -> dict[str, Any]:
    """What each row tells of the items of all columns, in order, and the ratios of every item."""
    nodes = pieces[0][1].weight.shape[1] if pieces else 1
    codes = max((piece.ratios.shape[1] for _, piece in pieces), default=1)
    first = np.concatenate([[0], np.cumsum([len(piece.weight) for _, piece in pieces])]).astype(np.int64)
    row = _joined([np.repeat(np.arange(n), np.diff(piece.start)) for _, piece in pieces], np.int64)
    order = np.argsort(row, kind="stable")
    item = _joined([piece.item + at for (_, piece), at in zip(pieces, first, strict=False)], np.int32)
    item, row = item[order], row[order]
    code = _joined([piece.code for _, piece in pieces], np.int8)[order]
    level = np.max([np.zeros(n, np.int64), *(piece.level for _, piece in pieces)], axis=0)
    ratios = np.concatenate([np.ones((0, codes, nodes)), *(piece.ratios for _, piece in pieces)])
    return {
        "level": level,
        "item_start": np.searchsorted(row, np.arange(n + 1)).astype(np.int64),
        "item": item,
        "item_code": code,
        "item_lift": ratios[item, code] / ratios[item, level[row]],
        "item_column": np.repeat([c for c, _ in pieces], np.diff(first)).astype(np.int64),
        "item_columns": np.array([c for c, _ in pieces], dtype=np.int64),
        "item_ratios": ratios,
        "nodes": np.concatenate([np.ones((0, nodes)), *(piece.weight for _, piece in pieces)]),
    }


def _joined(parts: Sequence[NDArray[Any]], kind: type) -> NDArray[Any]:
    return np.concatenate([np.zeros(0), *parts]).astype(kind)


def _shared(pieces: Sequence[SparsePiece]) -> dict[str, Any]:
    """Additions of all sparse pieces behind each other; row r of piece p starts at `shared_start[p * n + r]`."""
    starts, rows, weights, at = [np.zeros(0, np.int64)], [np.zeros(0, np.int32)], [np.zeros(0, np.float32)], 0
    for piece in pieces:
        added = piece.additions
        starts.append(added.indptr[:-1].astype(np.int64) + at)
        rows.append(added.indices.astype(np.int32))
        weights.append(added.data.astype(np.float32) / np.float32(MILLIBAN))
        at += len(added.data)
    return {
        "shared_start": np.concatenate([*starts, [at]]).astype(np.int64),
        "shared_row": np.concatenate(rows),
        "shared_weight": np.concatenate(weights),
        "shared_default": np.array([piece.default for piece in pieces], dtype=np.float64) / MILLIBAN,
    }


def _offsets(sizes: Sequence[int]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(sizes)])[: len(sizes)].astype(np.int64)


def _flat(parts: Sequence[NDArray[Any]]) -> NDArray[np.float64]:
    return np.concatenate([part.ravel() for part in parts] or [np.zeros(0)]).astype(np.float64)


def _bits(told: Sequence[NDArray[np.bool_]], n: int) -> NDArray[np.uint64]:
    """Which trees each row says something about, a bit each."""
    if len(told) > MOST_TREES:
        raise ValueError(f"{len(told)} columns with a tree; {MOST_TREES} can be held")
    knows = np.zeros(n, dtype=np.uint64)
    for bit, rows in enumerate(told):
        knows |= rows.astype(np.uint64) << np.uint64(bit)
    return knows
