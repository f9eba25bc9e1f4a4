"""Best partners of every row after a few rows changed: only lists that they enter or leave are made anew.

The outcome is that of a whole scan under the same weights. A row keeps its list unless a partner in it changed or
went away; then, and where the row itself changed, it is scored against all others. Changed rows enter the lists of
others by their scores against these.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linkage.features.packing import Packed
from linkage.models.kernel import score_block
from linkage.models.scan import Partners, ScanSettings, scan_rows
from linkage.models.work import BLOCK

Array = NDArray[np.int64]


@dataclass(frozen=True)
class Lists:
    """Kept partners with the weights by which they stand in the lists: `total` and, without place, `away`
    (millibans)."""

    partners: Partners
    total: Array
    away: Array

    def of_rows(self, number: Array) -> Lists:
        """The lists in the new numbers of rows; what is of a row that is gone or changed (-1) is left out."""
        one, other = number[self.partners.left], number[self.partners.right]
        stay = (one >= 0) & (other >= 0)
        order = np.lexsort((other[stay], one[stay]))
        at, parts = np.flatnonzero(stay)[order], self.partners
        partners = Partners(one[at], other[at], parts.main[at], parts.far[at])
        return Lists(partners, self.total[at], self.away[at])


@dataclass(frozen=True)
class _Entrants:
    """Changed rows (`right`) that may enter the list of a row that did not change (`left`)."""

    left: Array
    right: Array
    total: Array
    away: Array
    beyond: NDArray[np.bool_]


def relisted(before: Lists, number: Array, packed: Packed, incident: Array, settings: ScanSettings) -> Partners:
    """Partners as `scan` gives them. `number` (rows before,) is the number of each row now, -1 where it changed or is
    gone; every row now that has no earlier number is taken to have changed."""
    count, settings = packed.n, settings.within(packed.n)
    stays = np.zeros(count, dtype=bool)
    stays[number[number >= 0]] = True
    left, right = number[before.partners.left], number[before.partners.right]
    again = ~stays
    again[left[(left >= 0) & (right < 0)]] = True
    fresh = scan_rows(packed, incident, settings, np.flatnonzero(again))
    lists = before.of_rows(number)
    kept = ~again[lists.partners.left]
    parts = lists.partners
    lists = Lists(
        Partners(parts.left[kept], parts.right[kept], parts.main[kept], parts.far[kept]),
        lists.total[kept],
        lists.away[kept],
    )
    entrants = _entrants(lists, packed, incident, settings, (np.flatnonzero(~stays), again))
    return _joined(fresh, _entered(lists, entrants, settings))


def _entrants(
    lists: Lists,
    packed: Packed,
    incident: Array,
    settings: ScanSettings,
    changed: tuple[Array, NDArray[np.bool_]],
) -> _Entrants:
    """Changed rows, and the rows whose lists they may enter; `changed` = (their numbers, rows listed anew)."""
    rows, again = changed
    main_least, far_least = _thresholds(lists, packed.n, settings)
    least = settings.least if settings.least is not None else 2**31 - 1
    found = []
    for start in range(0, len(rows), BLOCK):
        chosen = rows[start : start + BLOCK]
        total, near, squared = score_block(packed.take(chosen), packed)
        away = total.astype(np.int64) - near
        beyond = squared > settings.far_squared
        open_to = ~again[None, :] & (incident[chosen][:, None] != incident[None, :])
        enters = (total >= np.minimum(main_least, least)[None, :]) | (beyond & (away >= far_least[None, :]))
        at, row = np.nonzero(enters & open_to)
        found.append((row, chosen[at], total[at, row].astype(np.int64), away[at, row], beyond[at, row]))
    if not found:
        none = np.zeros(0, dtype=np.int64)
        return _Entrants(none, none, none, none, none.astype(bool))
    return _Entrants(*(np.concatenate(part) for part in zip(*found, strict=True)))


def _thresholds(lists: Lists, count: int, settings: ScanSettings) -> tuple[Array, Array]:
    """What a pair must weigh to enter each row's main list, and its far list."""
    lowest = np.iinfo(np.int64).min
    found = []
    for flag, weight, most in (
        (lists.partners.main, lists.total, settings.top),
        (lists.partners.far, lists.away, settings.far_top),
    ):
        row, value = lists.partners.left[flag], weight[flag]
        order = np.lexsort((-value, row))
        row, value = row[order], value[order]
        first = np.searchsorted(row, np.arange(count))
        full = np.searchsorted(row, np.arange(count), side="right") - first >= most
        threshold = np.full(count, lowest if most else np.iinfo(np.int64).max, dtype=np.int64)
        if most:
            threshold[full] = value[first[full] + most - 1]
        found.append(threshold)
    return found[0], found[1]


def _entered(lists: Lists, entrants: _Entrants, settings: ScanSettings) -> Partners:
    """The lists of rows that did not change, with those that enter and without those that they push out."""
    parts = lists.partners
    left = np.concatenate([parts.left, entrants.left])
    right = np.concatenate([parts.right, entrants.right])
    total = np.concatenate([lists.total, entrants.total])
    away = np.concatenate([lists.away, entrants.away])
    in_main = np.concatenate([parts.main, np.ones(len(entrants.left), dtype=bool)])
    in_far = np.concatenate([parts.far, entrants.beyond])
    main = _first(left, right, total, in_main, settings.top)
    if settings.least is not None:
        main |= in_main & (total >= settings.least)
    far = _first(left, right, away, in_far, settings.far_top)
    kept = main | far
    return Partners(left[kept], right[kept], main[kept], far[kept])


def _first(left: Array, right: Array, weight: Array, among: NDArray[np.bool_], most: int) -> NDArray[np.bool_]:
    """Which entries are among the `most` heaviest of their row, ties to the lower partner."""
    chosen = np.flatnonzero(among)
    order = chosen[np.lexsort((right[chosen], -weight[chosen], left[chosen]))]
    rows = left[order]
    rank = np.arange(len(order)) - np.searchsorted(rows, rows)
    found = np.zeros(len(left), dtype=bool)
    found[order[rank < most]] = True
    return found


def _joined(one: Partners, other: Partners) -> Partners:
    """All partners of both, in the order of rows."""
    left, right = np.concatenate([one.left, other.left]), np.concatenate([one.right, other.right])
    main, far = np.concatenate([one.main, other.main]), np.concatenate([one.far, other.far])
    order = np.lexsort((right, left))
    return Partners(left[order], right[order], main[order], far[order])
