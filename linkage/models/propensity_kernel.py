"""Behaviours in the set kernel: hidden propensities integrated out over the nodes of each item.

Most items are told by nobody in a set, so what silence on all of them weighs is worked out once for each mixture of
levels, and only the items that some row tells are gone through.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from linkage.features.propensity import NODES
from linkage.models.set_memory import find_slot


@njit(cache=True, nogil=True)
def add_propensities(packed, memory, rows, size):  # type: ignore[no-untyped-def]
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
