"""Series as the chains see them: sets of units that sampled partitions most often hold as exactly one series.

Linkage of pairs afterwards asks whether two belong together, and may answer with a set that no partition ever held.
Sets that the chains themselves came back to are whole answers; the commonest are taken, and each unit once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

OFTEN = 0.15
"""Share of the sampled partitions that hold a set before it is taken [G]: of .1 to .2, on labelled worlds, alike."""


def sampled_series(snapshots: NDArray[np.int32], least: float = OFTEN) -> list[tuple[int, ...]]:
    """Disjoint sets of two units or more, the commonest first, each held as exactly one series by at least a share
    `least` of the `snapshots` (kept, units), which name every unit's series by one of its units."""
    if not snapshots.size:
        return []
    units = snapshots.shape[1]
    mark = np.random.default_rng(0).integers(1, 2**63, units, dtype=np.uint64)  # a set's fingerprint is their sum
    found: dict[int, tuple[int, tuple[int, ...]]] = {}
    for one in snapshots:
        order = np.argsort(one, kind="stable")
        start = np.flatnonzero(np.diff(one[order], prepend=-1))
        sizes = np.diff(np.append(start, units))
        prints = np.add.reduceat(mark[order], start)
        for at in np.flatnonzero(sizes > 1).tolist():
            key = int(prints[at])
            times, members = found.get(key, (0, ()))
            if not members:
                members = tuple(sorted(order[start[at] : start[at] + sizes[at]].tolist()))
            found[key] = times + 1, members
    wanted = least * len(snapshots)
    often = sorted((-times, -len(members), members) for times, members in found.values() if times >= wanted)
    chosen, taken = [], np.zeros(units, dtype=bool)
    for _, _, members in often:
        if not taken[list(members)].any():
            taken[list(members)] = True
            chosen.append(members)
    return chosen
