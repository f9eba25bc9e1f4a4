"""What the set kernel remembers and works in: scratch space, and tables of values that were worked out before.

The ratios of pairs, and the weights of whole sets under a fingerprint of their members (Zobrist 1970), so that
nothing depends on the order in which a set was built.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linkage.features.set_packing import PackedSets
from linkage.models.compiled import leaf

PROBES = 3
"""Places looked at in a table of remembered values before an old one is overwritten [R]: looking is what costs."""

QUIET = 1 << 14
"""Mixtures of levels for which the weight of silence is remembered [G]: sets are of few rows, most of few levels."""


class Memory(NamedTuple):
    """Scratch space and remembered values of one worker, for sets of at most `most` rows.

    `pair_key`/`pair_ratio` hold tree ratios of row pairs, `set_key`/`set_weight` tempered weights (natural log), and
    `quiet_key`/`quiet` what silence on every item weighs for rows of some levels, by column. `at_item` (items,) is
    where an item stands among those that some row of the set tells, `seen` (items,) which these are, with what
    telling makes of silence (`lift`, (items, nodes)), and their `product` by column; `level` (rows,) are those of the
    set.
    """

    pair_key: NDArray[np.uint64]
    pair_ratio: NDArray[np.float32]
    set_key: NDArray[np.uint64]
    set_weight: NDArray[np.float64]
    parts: NDArray[np.float64]
    edges: NDArray[np.float64]
    ratios: NDArray[np.float32]
    known: NDArray[np.int64]
    states: NDArray[np.float64]
    fresh: NDArray[np.float64]
    quiet_key: NDArray[np.uint64]
    quiet: NDArray[np.float64]
    at_item: NDArray[np.int64]
    seen: NDArray[np.int64]
    lift: NDArray[np.float64]
    product: NDArray[np.float64]
    level: NDArray[np.int64]


def memory(packed: PackedSets, most: int, pairs: int, sets: int) -> Memory:
    """Room for sets of up to `most` rows; tables for at least `pairs` pairs and `sets` sets."""
    trees = len(packed.tree_column)
    of_pairs, of_sets = (1 << max(10, int(count - 1).bit_length()) for count in (pairs, sets))
    return Memory(
        np.zeros(of_pairs, np.uint64),
        np.ones((of_pairs, max(1, trees)), np.float32),
        np.zeros(of_sets, np.uint64),
        np.zeros(of_sets, np.float64),
        np.zeros(max(1, packed.columns)),
        np.zeros((most + 2, most + 2)),
        np.ones((most + 2, most + 2, max(1, trees)), np.float32),
        np.zeros(most + 2, np.int64),
        np.zeros(int(packed.hidden_states.max(initial=1))),
        np.zeros(max(1, trees)),
        np.zeros(QUIET, np.uint64),
        np.zeros((QUIET, max(1, packed.columns))),
        np.full(len(packed.nodes), -1, np.int64),
        np.zeros(len(packed.nodes), np.int64),
        np.ones(packed.nodes.shape),
        np.ones(max(1, packed.columns)),
        np.zeros(most + 2, np.int64),
    )


@leaf
def find_slot(keys, key):  # type: ignore[no-untyped-def]
    """Where `key` stands in a table of remembered values, or -1 - the place where it may be put.

    That is an empty one if there is any among the places looked at, else the first of them.
    """
    mask = np.uint64(len(keys) - 1)
    home = (key * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(20)) & mask
    at = home
    for _ in range(PROBES):
        if keys[at] == key:
            return np.int64(at)
        if keys[at] == 0:
            return -1 - np.int64(at)
        at = (at + np.uint64(1)) & mask
    return -1 - np.int64(home)
