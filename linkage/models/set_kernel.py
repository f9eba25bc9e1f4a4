"""The set kernel: how strongly a set of rows speaks for one person, column by column.

It gives what `Column.set_weight` gives, in compiled code, and remembers what it has worked out (`set_memory.py`).
"""

from __future__ import annotations

import numpy as np

from linkage.features.measures import LOCATED, gap_level, near_ratio, spread_level
from linkage.models.compiled import inlined, leaf
from linkage.models.propensity_kernel import add_propensities
from linkage.models.set_memory import find_slot

LN10 = float(np.log(10.0))

STRETCH = 8
"""Rows of a set after which the product of their ratios is looked at for over- and underflow [D]: what eight change
it by is within 1e200, as no row's ratio is beyond 1e25 at every state."""


@leaf
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


@leaf
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


@leaf
def _near_and_gap(packed, i, j, both, tree, out):  # type: ignore[no-untyped-def]
    points = packed.points
    if points[i, LOCATED] > 0 and points[j, LOCATED] > 0 and (both >> np.uint64(tree)) & np.uint64(1):
        ratio = near_ratio(points[i], points, j, packed.elsewhere)[0]
        out[tree] = min(max(np.log10(ratio), -30.0), 30.0)
    last = len(packed.tree_column) - 1
    if packed.dates[i, 2] > 0 and packed.dates[j, 2] > 0 and (both >> np.uint64(last)) & np.uint64(1):
        one, other = packed.dates[i], packed.dates[j]
        out[last] = packed.gap_table[gap_level(abs(one[0] - other[0])), spread_level(one[1] + other[1])]


@inlined
def set_parts(packed, memory, rows, size):  # type: ignore[no-untyped-def]
    """log10 LR of the first `size` of `rows`, in ascending order, for every column, into `memory.parts`."""
    # Calls that pass all arrays of a tuple cost more than the work they do, so small steps take what they need alone.
    parts, ratios, known = memory.parts, memory.ratios, memory.known
    parts[:] = 0.0
    if size < 2:
        return
    _hidden(packed, memory, rows, size)
    if len(packed.nodes):
        add_propensities(packed, memory, rows, size)
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


@inlined
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
        scale, told = 0.0, 0
        for a in range(size):
            code = packed.hidden_codes[h, rows[a]]
            if code > 0:
                start = packed.ratio_at[h] + code * states
                for t in range(states):
                    memory.states[t] *= packed.ratios[start + t]
                told += 1
                if told % STRETCH == 0:
                    scale += _scaled(memory.states, states)
        memory.parts[packed.hidden_column[h]] = np.log10(_total(memory.states, states)) + scale


@leaf
def _total(values, count):  # type: ignore[no-untyped-def]
    """Sum of the first `count` values, in two sums that need not wait for each other."""
    even, odd = 0.0, 0.0
    for t in range(0, count - 1, 2):
        even += values[t]
        odd += values[t + 1]
    return even + odd + (values[count - 1] if count % 2 else 0.0)


@leaf
def _scaled(values, count):  # type: ignore[no-untyped-def]
    """Bring the greatest of the first `count` values to 1 where doubles may not hold their products; log10 of it."""
    most = 0.0
    for t in range(count):
        most = max(most, values[t])
    if 1e-100 <= most <= 1e100:
        return 0.0
    for t in range(count):
        values[t] /= most
    return np.log10(most)


@leaf
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


@inlined
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
