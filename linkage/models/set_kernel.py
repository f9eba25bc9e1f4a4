"""The set kernel: how strongly a set of rows speaks for one person, column by column.

It gives what `Column.set_weight` gives, in compiled code, and remembers what it has worked out: the ratios of pairs,
and the weights of whole sets under a fingerprint of their members (Zobrist 1970), so that nothing depends on the
order in which a set was built.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from linkage.features.measures import gap_level, spread_level, squared_km
from linkage.features.propensity import NODES
from linkage.features.set_packing import PackedSets

PROBES = 3
"""Places looked at in a table of remembered values before an old one is overwritten [R]: looking is what costs."""

QUIET = 1 << 12
"""Mixtures of levels for which the weight of silence is remembered [G]: sets are of few rows, most of few levels."""

LN10 = float(np.log(10.0))


class Memory(NamedTuple):
    """Scratch space and remembered values of one worker, for sets of at most `most` rows.

    `pair_key`/`pair_ratio` hold tree ratios of row pairs, `set_key`/`set_weight` tempered weights (natural log), and
    `quiet_key`/`quiet` what silence on every item weighs for rows of some levels, by column. `at_item` (items,) is
    where an item stands among those that some row of the set tells, `seen` (items,) which these are, with their
    `joint` (items, nodes), what silence alone would make of them, and their `product` by column.
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
    joint: NDArray[np.float64]
    unsaid: NDArray[np.float64]
    product: NDArray[np.float64]


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
        np.ones(len(packed.nodes)),
        np.ones(max(1, packed.columns)),
    )


@njit(cache=True, nogil=True)
def pair_weights(packed, i, j, out):  # type: ignore[no-untyped-def]
    """log10 ratio of rows i and j for every tree; 0 where a side is not known."""
    out[:] = 0.0
    both = packed.knows[i] & packed.knows[j]
    tree = 0
    for t in range(len(packed.table_at)):
        if (both >> np.uint64(tree)) & np.uint64(1):
            start = packed.table_at[t] + packed.table_codes[t, i] * packed.table_width[t]
            out[tree] = packed.tables[start + packed.table_codes[t, j]]
        tree += 1
    n = len(packed.knows)
    for s in range(len(packed.shared_default)):
        if (both >> np.uint64(tree)) & np.uint64(1):
            out[tree] = packed.shared_default[s] + _shared(packed, s * n + i, j)
        tree += 1
    if tree < len(packed.tree_column) and len(packed.tree_column) > 0:
        _near_and_gap(packed, i, j, both, tree, out)


@njit(cache=True, nogil=True)
def _shared(packed, at, row):  # type: ignore[no-untyped-def]
    """What is added to the default for `row` in the list of additions number `at`."""
    low, high = packed.shared_start[at], packed.shared_start[at + 1]
    end = high
    while low < high:
        middle = (low + high) // 2
        if packed.shared_row[middle] < row:
            low = middle + 1
        else:
            high = middle
    if low < end and packed.shared_row[low] == row:
        return packed.shared_weight[low]
    return np.float32(0.0)


@njit(cache=True, nogil=True)
def _near_and_gap(packed, i, j, both, tree, out):  # type: ignore[no-untyped-def]
    if packed.points[i, 5] > 0 and packed.points[j, 5] > 0 and (both >> np.uint64(tree)) & np.uint64(1):
        one, other = packed.points[i], packed.points[j]
        apart = squared_km(one[0], one[1], one[2], other[0], other[1], other[2])
        variance, elsewhere = packed.near[0] + (one[3] + other[3]), packed.near[1]
        kernel = (1.0 + apart / variance) ** -1.5 / (6.283185307179586 * variance)
        ratio = elsewhere + (1.0 - elsewhere) * kernel * np.exp(-0.5 * (one[4] + other[4]))
        out[tree] = min(max(np.log10(ratio), -30.0), 30.0)
    last = len(packed.tree_column) - 1
    if packed.dates[i, 2] > 0 and packed.dates[j, 2] > 0 and (both >> np.uint64(last)) & np.uint64(1):
        one, other = packed.dates[i], packed.dates[j]
        out[last] = packed.gap_table[gap_level(abs(one[0] - other[0])), spread_level(one[1] + other[1])]


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
def set_parts(packed, memory, rows, size):  # type: ignore[no-untyped-def]
    """log10 LR of the first `size` of `rows`, in ascending order, for every column, into `memory.parts`."""
    # Calls that pass all arrays of a tuple cost more than the work they do, so small steps take what they need alone.
    parts, ratios, known = memory.parts, memory.ratios, memory.known
    parts[:] = 0.0
    if size < 2:
        return
    _hidden(packed, memory, rows, size)
    if len(packed.nodes):
        _propensities(packed, memory, rows, size)
    keys, remembered, trees = memory.pair_key, memory.pair_ratio, len(packed.tree_column)
    for a in range(size):
        start = np.uint64(rows[a]) * np.uint64(len(packed.knows)) + np.uint64(1)
        for b in range(a + 1, size):
            key = start + np.uint64(rows[b])
            slot = find_slot(keys, key)
            if slot < 0:
                slot = -1 - slot
                pair_weights(packed, rows[a], rows[b], memory.fresh)
                for tree in range(trees):
                    remembered[slot, tree] = 10.0 ** memory.fresh[tree]
                keys[slot] = key
            for tree in range(trees):
                ratios[a, b, tree] = remembered[slot, tree]
    twice, once = np.uint64(0), np.uint64(0)
    for a in range(size):
        twice |= once & packed.knows[rows[a]]
        once |= packed.knows[rows[a]]
    for tree in range(trees):
        if (twice >> np.uint64(tree)) & np.uint64(1):
            told = 0
            for a in range(size):
                if (packed.knows[rows[a]] >> np.uint64(tree)) & np.uint64(1):
                    known[told] = a
                    told += 1
            parts[packed.tree_column[tree]] = tree_log10(ratios, memory.edges, known, told, tree)


@njit(cache=True, nogil=True)
def _hidden(packed, memory, rows, size):  # type: ignore[no-untyped-def]
    for h in range(len(packed.hidden_column)):
        told = 0
        for a in range(size):
            told += packed.hidden_codes[h, rows[a]] > 0
        if told < 2:
            continue
        states, prior = packed.hidden_states[h], packed.prior_at[h]
        for t in range(states):
            memory.states[t] = packed.priors[prior + t]
        scale = 0.0
        for a in range(size):
            code = packed.hidden_codes[h, rows[a]]
            if code > 0:
                start = packed.ratio_at[h] + code * states
                most = 0.0
                for t in range(states):
                    memory.states[t] *= packed.ratios[start + t]
                    most = max(most, memory.states[t])
                if most < 1e-100 or most > 1e100:
                    scale += np.log10(most)
                    for t in range(states):
                        memory.states[t] /= most
        total = 0.0
        for t in range(states):
            total += memory.states[t]
        memory.parts[packed.hidden_column[h]] = np.log10(total) + scale


@njit(cache=True, nogil=True)
def _propensities(packed, memory, rows, size):  # type: ignore[no-untyped-def]
    """Items as hidden propensities: what silence on all of them weighs, and what telling some of them changes."""
    row_level, start, items, codes = packed.level, packed.item_start, packed.item, packed.item_code
    ratios, nodes, column = packed.item_ratios, packed.nodes, packed.item_column
    seen, joint, at_item, unsaid, parts = memory.seen, memory.joint, memory.at_item, memory.unsaid, memory.parts
    known = 0
    for a in range(size):
        known += row_level[rows[a]] > 0
    if known < 2:
        return
    _silence(packed, memory, rows, size)
    product, count = memory.product, 0
    for a in range(size):
        level = row_level[rows[a]]
        for at in range(start[rows[a]], start[rows[a] + 1]):
            item = items[at]
            place = at_item[item]
            if place < 0:
                place = at_item[item] = count
                seen[count] = item
                unsaid[count] = silent_joint(nodes[item], ratios[item], row_level, rows, size, joint[count])
                count += 1
            one, silent, most = ratios[item, codes[at]], ratios[item, level], 0.0
            for q in range(NODES):
                joint[place, q] *= one[q] / silent[q]
                most = max(most, joint[place, q])
            if most > 1e100:
                parts[column[item]] += np.log10(most)
                for q in range(NODES):
                    joint[place, q] /= most
    for place in range(count):
        total, at = 0.0, column[seen[place]]
        for q in range(NODES):
            total += joint[place, q]
        product[at] *= total / unsaid[place]
        at_item[seen[place]] = -1
        if product[at] > 1e150 or product[at] < 1e-150:
            parts[at] += np.log10(product[at])
            product[at] = 1.0
    _close(packed, product, parts)


@njit(cache=True, nogil=True)
def _close(packed, product, parts):  # type: ignore[no-untyped-def]
    """Add the products of ratios by column to the parts, and leave them at one for the next set."""
    for number in range(len(packed.item_columns)):
        at = packed.item_columns[number]
        if product[at] != 1.0:
            parts[at] += np.log10(product[at])
            product[at] = 1.0


@njit(cache=True, nogil=True)
def silent_joint(nodes, ratios, row_level, rows, size, joint):  # type: ignore[no-untyped-def]
    """Joint ratio of an item over its `nodes` were all rows silent on it, into `joint` (NODES,); returns its sum."""
    for q in range(NODES):
        joint[q] = nodes[q]
    for a in range(size):
        silent = ratios[row_level[rows[a]]]
        for q in range(NODES):
            joint[q] *= silent[q]
    total = 0.0
    for q in range(NODES):
        total += joint[q]
    return total


@njit(cache=True, nogil=True)
def _silence(packed, memory, rows, size):  # type: ignore[no-untyped-def]
    """Add what silence on every item weighs, which goes with how many rows there are of each level."""
    row_level, nodes, ratios, quiet = packed.level, packed.nodes, packed.item_ratios, memory.quiet
    key = np.uint64(1)
    for a in range(size):
        level = np.uint64(row_level[rows[a]])
        mixed = (level + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        key += mixed ^ (mixed >> np.uint64(27))
    slot = find_slot(memory.quiet_key, key)
    if slot < 0:
        slot = -1 - slot
        memory.quiet_key[slot] = key
        quiet[slot] = 0.0
        joint = np.empty(NODES)
        # in the order of levels: sets of the same levels share what is remembered, and whoever comes first must leave
        # the same to the last bit, or a run would depend on which thread was quicker
        ordered = rows[:size][np.argsort(row_level[rows[:size]])]
        for item in range(len(nodes)):
            total = silent_joint(nodes[item], ratios[item], row_level, ordered, size, joint)
            quiet[slot, packed.item_column[item]] += np.log10(total)
    for at in range(len(packed.item_columns)):
        column = packed.item_columns[at]
        memory.parts[column] += quiet[slot, column]


@njit(cache=True, nogil=True)
def tree_log10(ratios, edges, known, told, tree):  # type: ignore[no-untyped-def]
    """log10 of the mean over spanning trees of the product of ratios (tree.tree_mean), for `told` rows, `known`."""
    first = ratios[known[0], known[1], tree]
    if told == 2:
        return np.log10(np.float64(first))
    alike = True
    for a in range(1, told):
        for b in range(a):
            ratio = ratios[known[b], known[a], tree]
            edges[a, b] = ratio
            alike &= ratio == first
    if alike:  # every tree has the same product
        return (told - 1) * np.log10(np.float64(first))
    product, total = 1.0, -(told - 2) * np.log10(told)
    for node in range(told - 1, 0, -1):
        last = edges[node]
        mine = 0.0
        for b in range(node):
            mine += last[b]
        product *= mine
        if product > 1e100 or product < 1e-100:
            total += np.log10(product)
            product = 1.0
        for a in range(1, node):
            share, row = last[a] / mine, edges[a]
            for b in range(a):
                row[b] += share * last[b]
    return total + np.log10(product)


@njit(cache=True, nogil=True)
def set_weight(packed, memory, tempers, rows, size, key):  # type: ignore[no-untyped-def]
    """Tempered natural log LR of a set of rows whose fingerprint is `key`; `rows` are brought into order."""
    if size < 2:
        return 0.0
    key = key | np.uint64(1)
    slot = find_slot(memory.set_key, key)
    if slot >= 0:
        return memory.set_weight[slot]
    for i in range(1, size):
        row, to = rows[i], i
        while to > 0 and rows[to - 1] > row:
            rows[to] = rows[to - 1]
            to -= 1
        rows[to] = row
    set_parts(packed, memory, rows, size)
    weight = 0.0
    for column in range(packed.columns):
        weight += tempers[column] * memory.parts[column]
    memory.set_key[-1 - slot] = key
    memory.set_weight[-1 - slot] = weight * LN10
    return weight * LN10
