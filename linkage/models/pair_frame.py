"""The pairs that are kept, as a table with every part of their weight (contract section 4, pairs.csv)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from linkage.features.evidence import MILLIBAN
from linkage.features.table import EvidenceTable
from linkage.models.prior import probability_of
from linkage.models.scan import Partners
from linkage.models.series_inference import RowPairs
from linkage.models.ties import FIRST_LINK, tied_pair_odds

PAIRS_AT_ONCE = 100_000
"""Pairs whose parts are worked out at a time, to bound memory."""


def pair_frame(
    table: EvidenceTable,
    rows: Sequence[Sequence[str]],
    partners: Partners,
    prior: float,
    belief: Callable[[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]], NDArray[np.float64]] | None = None,
    first_links: Mapping[tuple[int, int], float] | None = None,
) -> pd.DataFrame:
    """Kept row pairs, each once, spread over the reports of their rows, sorted by report ids.

    `prior` is the log10 odds of a random pair. `belief` turns rows and the pair's own probability into the final one.
    `first_links` are the row pairs that one analyst linked, with what that weighs; where there are any, the table
    has a column for them.
    """
    low, high = np.minimum(partners.left, partners.right), np.maximum(partners.left, partners.right)
    width = np.int64(max(1, len(rows)))
    keys, at = np.unique(low * width + high, return_inverse=True)
    main = np.bincount(at, weights=partners.main, minlength=len(keys)) > 0
    far = np.bincount(at, weights=partners.far, minlength=len(keys)) > 0
    lanes = np.where(main & far, "both", np.where(far, "far", "main"))
    ids_a, ids_b, pair = spread_over_reports(rows, *np.divmod(keys, width))
    left, right = np.divmod(keys[pair], width)
    parts = all_parts(table, left, right)
    weight = _total(parts) / MILLIBAN
    if first_links:
        ends = zip(left.tolist(), right.tolist(), strict=True)
        linked = np.array([first_links.get(pair, 0.0) for pair in ends], dtype=float)
        weight = weight + linked
    alone = probability_of(prior + weight)
    columns: dict[str, Any] = {
        "report_a": ids_a,
        "report_b": ids_b,
        "weight": weight,
        "probability": belief(left, right, alone) if belief else alone,
        "lane": lanes[pair],
        "distance_km": np.round(table.place().distance_km(left, right), 3),
        "days": table.gap().days(left, right),
    }
    for name in table.names:
        columns[f"w_{name}"] = parts.pop(0) / MILLIBAN  # one at a time: a table of both would be the highest memory
    if first_links:
        columns[f"w_{FIRST_LINK}"] = linked
    return pd.DataFrame(columns, copy=False)


def proposed_rows(table: EvidenceTable, proposals: Sequence[tuple[int, int, float]], prior: float) -> RowPairs:
    """Pairs of rows that are proposed as one incident with a probability, with the odds of being together at all."""
    left, right = (np.array([pair[end] for pair in proposals], dtype=np.int64) for end in (0, 1))
    if not len(left):
        return RowPairs.none()
    strength = prior + _total(all_parts(table, left, right)) / MILLIBAN
    chance = np.array([pair[2] for pair in proposals])
    return RowPairs(np.minimum(left, right), np.maximum(left, right), tied_pair_odds(chance, strength))


def row_pairs(table: EvidenceTable, partners: Partners, prior: float) -> RowPairs:
    """The kept row pairs, each once, with their strength."""
    low, high = np.minimum(partners.left, partners.right), np.maximum(partners.left, partners.right)
    width = np.int64(max(1, table.columns[0].n))
    left, right = np.divmod(np.unique(low * width + high), width)
    return RowPairs(left, right, prior + _total(all_parts(table, left, right)) / MILLIBAN)


def sensitive_effect(pairs: pd.DataFrame, table: EvidenceTable, prior: float) -> dict[str, float]:
    """What sensitive evidence does to the listed pairs: how many it moves over even odds, up and down, and the mean
    absolute weight it carries. All 0 while the setting is off."""
    names = [f"w_{kind.name}" for kind in table.evidence if kind.sensitive]
    carried = pairs[names].sum(axis=1)
    before, after = pairs["weight"] - carried + prior > 0, pairs["weight"] + prior > 0
    return {
        "pairs_raised_over_even_odds": int((after & ~before).sum()),
        "pairs_lowered_under_even_odds": int((before & ~after).sum()),
        "mean_absolute_weight": round(float(carried.abs().mean()), 4) if len(pairs) else 0.0,
    }


def all_parts(table: EvidenceTable, left: NDArray[np.int64], right: NDArray[np.int64]) -> list[NDArray[np.int32]]:
    """Millibans of every comparison for listed row pairs, one array (pairs,) for each comparison."""
    parts = [np.empty(len(left), dtype=np.int32) for _ in table.names]
    for start in range(0, len(left), PAIRS_AT_ONCE):
        stop = min(start + PAIRS_AT_ONCE, len(left))
        for part, found in zip(parts, table.parts(left[start:stop], right[start:stop]).T, strict=True):
            part[start:stop] = found
    return parts


def _total(parts: Sequence[NDArray[np.int32]]) -> NDArray[np.int64]:
    total: NDArray[np.int64] = np.add.reduce(parts, dtype=np.int64)
    return total


def spread_over_reports(
    rows: Sequence[Sequence[str]], left: NDArray[np.int64], right: NDArray[np.int64]
) -> tuple[NDArray[np.object_], NDArray[np.object_], NDArray[np.int64]]:
    """Report ids (smaller first) of every report pair behind the row pairs, and which row pair each comes from."""
    names = sorted(name for row in rows for name in row)
    place = {name: number for number, name in enumerate(names)}
    most = max((len(row) for row in rows), default=0)
    of_row = np.full((len(rows), most), -1, dtype=np.int64)
    for number, row in enumerate(rows):
        of_row[number, : len(row)] = [place[name] for name in row]
    found = [
        (of_row[left, i], of_row[right, j], np.arange(len(left), dtype=np.int64))
        for i in range(most)
        for j in range(most)
    ]
    if not found or not len(left):
        return np.array([], object), np.array([], object), np.array([], np.int64)
    a, b, pair = (np.concatenate(part) for part in zip(*found, strict=True))
    a, b, pair = (part[(a >= 0) & (b >= 0)] for part in (a, b, pair))
    a, b = np.minimum(a, b), np.maximum(a, b)
    order = np.lexsort((b, a))
    ids = np.array(names, dtype=object)
    return ids[a[order]], ids[b[order]], pair[order]
