"""The exhaustive scan: every pair is weighed, and each row keeps its best partners.

Row blocks go through the pruned kernel on a few threads, or where else work is done. What is kept does not depend on
the blocks or the place: ties go to the lower row. Single rows are scored whole by `score_block`, which needs no
layout made beforehand, and sorted; both ways keep the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from linkage.compiled import njit
from linkage.features.packing import Packed
from linkage.models.kernel import score_block
from linkage.models.pruned_kernel import FAR, FLAG_BITS, MAIN, NEVER, Limits
from linkage.models.scan_columns import columns_of
from linkage.models.work import BLOCK, THREADS, Block, Work

HISTOGRAM_STEP = 50
"""Millibans in one bin of the weight histogram."""

HISTOGRAM_LIMIT = 30_000
"""Millibans at the ends of the histogram."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class ScanSettings:
    """`top` main partners and `far_top` far ones a row; far is beyond `far_km`; every pair of weight `least` or more
    (millibans, None for no such rule) is kept too."""

    top: int = 50
    far_top: int = 10
    far_km: float = 50.0
    least: int | None = None

    @property
    def far_squared(self) -> float:
        """Squared kilometres beyond which a partner is far."""
        return self.far_km * self.far_km

    def within(self, rows: int) -> ScanSettings:
        """The same for so many rows: room is made for as many partners as are asked for, and there are no more than
        others."""
        others = max(rows - 1, 0)
        return replace(self, top=min(self.top, others), far_top=min(self.far_top, others))


@dataclass(frozen=True)
class Partners:
    """Kept pairs as rows `left` and partner rows `right` (each side lists its own), in row order.

    `main` and `far` say in which of the row's two lists the partner stands; a pair kept only by the `least` rule
    counts as main.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    main: NDArray[np.bool_]
    far: NDArray[np.bool_]

    def with_pairs(self, left: NDArray[np.int64], right: NDArray[np.int64], incident: NDArray[np.int64]) -> Partners:
        """These and other pairs of rows of different incidents; a pair that was not kept counts as main."""
        known = self.left * len(incident) + self.right
        keys = np.concatenate([left * len(incident) + right, right * len(incident) + left])
        both = np.setdiff1d(keys[np.tile(incident[left] != incident[right], 2)], known)
        one, other = np.divmod(both, np.int64(max(1, len(incident))))
        return Partners(
            np.concatenate([self.left, one]),
            np.concatenate([self.right, other]),
            np.concatenate([self.main, np.ones(len(both), dtype=bool)]),
            np.concatenate([self.far, np.zeros(len(both), dtype=bool)]),
        )


def scan(
    packed: Packed,
    incident: NDArray[np.int64],
    settings: ScanSettings,
    progress: Progress | None = None,
    work: Work = THREADS,
) -> Partners:
    """Best partners of every row, found where `work` says. Rows of one `incident` (n,) are never partners."""
    found: list[tuple[int, Partners]] = []
    done = 0
    limits = limits_of(settings.within(packed.n))
    for block in work.blocks(columns_of(packed, incident), limits, [(0, packed.n)]):
        found.append((block.start, _partners(block, packed.n)))
        done += block.end - block.start
        if progress:
            progress(done, packed.n)
    return _all([parts for _, parts in sorted(found, key=lambda one: one[0])])


def limits_of(settings: ScanSettings) -> Limits:
    """The settings for the pruned kernel."""
    least = NEVER if settings.least is None else max(-NEVER, min(settings.least, NEVER))
    return Limits(settings.top, settings.far_top, settings.far_squared, least)


def _partners(block: Block, n: int) -> Partners:
    pair, flags = np.divmod(np.sort(block.keys), 1 << FLAG_BITS)
    left, right = np.divmod(pair, np.int64(n))
    return Partners(left, right, (flags & MAIN) > 0, (flags & FAR) > 0)


def scan_rows(
    packed: Packed, incident: NDArray[np.int64], settings: ScanSettings, rows: NDArray[np.int64]
) -> Partners:
    """Best partners of some rows, as `scan` finds them, from all weights of their pairs."""
    bound = settings.within(packed.n)
    found = [_best(packed, incident, bound, rows[start : start + BLOCK]) for start in range(0, len(rows), BLOCK)]
    return _all(found)


def _all(found: list[Partners]) -> Partners:
    if not found:
        empty = np.zeros(0, np.int64)
        return Partners(empty, empty, empty.astype(bool), empty.astype(bool))
    return Partners(
        left=np.concatenate([part.left for part in found]),
        right=np.concatenate([part.right for part in found]),
        main=np.concatenate([part.main for part in found]),
        far=np.concatenate([part.far for part in found]),
    )


def weight_histogram(packed: Packed, incident: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Counts of pair weights of the given rows against all others, by bins of HISTOGRAM_STEP from the low end."""
    counts = np.zeros(2 * HISTOGRAM_LIMIT // HISTOGRAM_STEP + 1, dtype=np.int64)
    for start in range(0, len(rows), BLOCK):
        chosen = rows[start : start + BLOCK]
        total, _, _ = score_block(packed.take(chosen), packed)
        others = total[incident[chosen][:, None] != incident[None, :]]
        bins = (np.clip(others, -HISTOGRAM_LIMIT, HISTOGRAM_LIMIT) + HISTOGRAM_LIMIT) // HISTOGRAM_STEP
        counts += np.bincount(bins, minlength=len(counts))
    return counts


def _best(packed: Packed, incident: NDArray[np.int64], settings: ScanSettings, chosen: NDArray[np.int64]) -> Partners:
    total, near, squared = score_block(packed.take(chosen), packed)
    top, far_top, far_squared = settings.top, settings.far_top, settings.far_squared
    least = settings.least if settings.least is not None else 2**31 - 1
    rows, partners, flags = [], [], []
    for i, row in enumerate(chosen.tolist()):
        same = incident == incident[row]
        index, flag = _keep(total[i], near[i], squared[i], same, top, far_top, far_squared, least)
        rows.append(np.full(len(index), row, dtype=np.int64))
        partners.append(index)
        flags.append(flag)
    flag = np.concatenate(flags)
    return Partners(np.concatenate(rows), np.concatenate(partners), (flag & 1) > 0, (flag & 2) > 0)


@njit(cache=True, nogil=True)
def _keep(  # type: ignore[no-untyped-def]
    total, near, squared, same, top, far_top, far_squared, least
):
    """Kept partner rows in ascending order, and flags: 1 main list, 2 far lane."""
    n = len(total)
    main = _largest(total, same, top)
    away = np.empty(n, dtype=np.int32)
    not_far = np.empty(n, dtype=np.bool_)
    for j in range(n):
        away[j] = total[j] - near[j]
        not_far[j] = same[j] or squared[j] <= far_squared
    far = _largest(away, not_far, far_top)
    flags = np.zeros(n, dtype=np.uint8)
    for j in main:
        flags[j] |= 1
    for j in far:
        flags[j] |= 2
    for j in range(n):
        if total[j] >= least and not same[j]:
            flags[j] |= 1
    kept = np.flatnonzero(flags)
    return kept, flags[kept]


@njit(cache=True, nogil=True)
def _largest(values, skip, top):  # type: ignore[no-untyped-def]
    """Rows of the `top` largest values that are not skipped, ties to the lower row; a min-heap of packed keys."""
    heap = np.empty(top, dtype=np.int64)
    size = 0
    for j in range(len(values)):
        if skip[j]:
            continue
        key = (np.int64(values[j]) << 31) + (2147483647 - j)
        if size < top:
            at = size
            size += 1
            while at > 0 and heap[(at - 1) // 2] > key:
                heap[at] = heap[(at - 1) // 2]
                at = (at - 1) // 2
            heap[at] = key
        elif top > 0 and key > heap[0]:
            at = 0
            while 2 * at + 1 < top:
                child = 2 * at + 1
                if child + 1 < top and heap[child + 1] < heap[child]:
                    child += 1
                if heap[child] >= key:
                    break
                heap[at] = heap[child]
                at = child
            heap[at] = key
    rows = np.empty(size, dtype=np.int64)
    for k in range(size):
        rows[k] = 2147483647 - (heap[k] & 2147483647)
    return rows
