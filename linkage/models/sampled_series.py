"""Series as the chains see them: sets of units that sampled partitions most often hold as exactly one series.

Linkage of pairs afterwards asks whether two belong together, and may answer with a set that no partition ever held.
Sets that the chains themselves came back to are whole answers; the commonest are taken, and each unit once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

OFTEN = 0.25
"""Share of the sampled partitions that hold a set before it is taken [R]: under a fifth more series are whole on some
worlds and B-cubed F1 falls by .01 to .03, from a quarter on it stays (docs/decisions/0045)."""


def sampled_series(snapshots: NDArray[np.int32], least: float = OFTEN) -> NDArray[np.int32]:
    """A partition of the units (units,), each series named by one of its units: the commonest sets first, each held
    as exactly one series by at least a share `least` of the `snapshots` (kept, units), which name series alike; all
    other units stand alone."""
    units = snapshots.shape[1]
    chosen = np.arange(units, dtype=np.int32)
    mark = np.random.default_rng(0).integers(
        1, 2**62, size=(units,)
    )  # the sum of a set's, overflow and all, tells it
    times: dict[int, int] = {}
    members: dict[int, NDArray[np.int64]] = {}
    for one in snapshots if units else snapshots[:0]:
        order = np.argsort(one, kind="stable")
        start = np.flatnonzero(np.diff(one[order], prepend=-1))
        prints = np.add.reduceat(mark[order], start).tolist()
        for key, begin, end in zip(prints, start.tolist(), [*start[1:].tolist(), units], strict=True):
            if end - begin > 1:
                times[key] = times.get(key, 0) + 1
                members.setdefault(key, np.sort(order[begin:end]))
    wanted = least * len(snapshots)
    often = [key for key, count in times.items() if count >= wanted]
    taken = np.zeros(units, dtype=bool)
    for key in sorted(often, key=lambda one: (-times[one], -len(members[one]), members[one].tolist())):
        if not taken[members[key]].any():
            taken[members[key]] = True
            chosen[members[key]] = members[key][0]
    return chosen


def series_of_pairs(units: int, left: NDArray[np.int64], right: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Units of each series that pairs of one series make, those alone left out."""
    shape = (units, units)
    label = connected_components(coo_array((np.ones(len(left)), (left, right)), shape=shape), directed=False)[1]
    order = np.argsort(label, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(label[order])) + 1)
    return [part for part in parts if len(part) > 1]
