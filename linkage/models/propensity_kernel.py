"""Behaviours in the set kernel: hidden propensities integrated out over the nodes of each item.

Most items are told by nobody in a set, so what silence on all of them weighs is worked out once for each mixture of
levels, and only the items that some row tells are gone through.
"""

from __future__ import annotations

import numpy as np

from linkage.features.propensity import NODES
from linkage.models.compiled import inlined, leaf
from linkage.models.set_memory import find_slot

FEW = 16
"""Rows up to which the product of what they tell of an item is not looked at for overflow [D]: no ratio is above 1e9,
a behaviour being as common as one report in so many."""


@inlined
def add_propensities(packed, memory, rows, size):  # type: ignore[no-untyped-def]
    """Items as hidden propensities: what silence on all of them weighs, and what telling some of them changes.

    Levels are multiplied in order: sets of the same levels share what is remembered of silence, and a run must be the
    same to the last bit whichever thread was quicker.
    """
    level, known = memory.level, 0
    for a in range(size):
        one, to = packed.level[rows[a]], a
        while to > 0 and level[to - 1] > one:
            level[to] = level[to - 1]
            to -= 1
        level[to] = one
        known += one > 0
    if known < 2:
        return
    _silence(packed, memory, level, size)
    seen, lift, product, parts = memory.seen, memory.lift, memory.product, memory.parts
    nodes, ratios, column = packed.nodes, packed.item_ratios, packed.item_column
    for place in range(_told(packed, memory, rows, size)):
        item = seen[place]
        a0, a1, a2, a3, a4 = _silent(nodes[item], ratios[item], level, size)
        told = lift[place]
        unsaid = a0 + a1 + a2 + a3 + a4
        said = a0 * told[0] + a1 * told[1] + a2 * told[2] + a3 * told[3] + a4 * told[4]
        at = column[item]
        product[at] *= said / unsaid
        if product[at] > 1e150 or product[at] < 1e-150:
            parts[at] += np.log10(product[at])
            product[at] = 1.0
    _close(packed, product, parts)


@inlined
def _silent(nodes, ratios, level, size):  # type: ignore[no-untyped-def]
    """Joint ratio of an item at its five nodes were all rows silent on it, whose levels are `level` (size,)."""
    # One name for each node: five products at once stay in registers, which a loop over the nodes does not give.
    a0, a1, a2, a3, a4 = nodes[0], nodes[1], nodes[2], nodes[3], nodes[4]
    for a in range(size):
        silent = ratios[level[a]]
        a0 *= silent[0]
        a1 *= silent[1]
        a2 *= silent[2]
        a3 *= silent[3]
        a4 *= silent[4]
    return a0, a1, a2, a3, a4


@inlined
def _told(packed, memory, rows, size):  # type: ignore[no-untyped-def]
    """Items that some row tells, into `memory.seen`, each with what telling lifts silence by at its nodes, into
    `memory.lift`; returns how many they are."""
    start, items, lifts, column = packed.item_start, packed.item, packed.item_lift, packed.item_column
    seen, lift, at_item, count = memory.seen, memory.lift, memory.at_item, 0
    for a in range(size):
        for at in range(start[rows[a]], start[rows[a] + 1]):
            item = items[at]
            place = at_item[item]
            if place < 0:
                place = at_item[item] = count
                seen[count] = item
                for q in range(NODES):
                    lift[count, q] = lifts[at, q]
                count += 1
                continue
            for q in range(NODES):
                lift[place, q] *= lifts[at, q]
            if size > FEW:
                most = 0.0
                for q in range(NODES):
                    most = max(most, lift[place, q])
                if most > 1e100:
                    memory.parts[column[item]] += np.log10(most)
                    for q in range(NODES):
                        lift[place, q] /= most
    for place in range(count):
        at_item[seen[place]] = -1
    return count


@inlined
def _close(packed, product, parts):  # type: ignore[no-untyped-def]
    """Add the products of ratios by column to the parts, and leave them at one for the next set."""
    for number in range(len(packed.item_columns)):
        at = packed.item_columns[number]
        if product[at] != 1.0:
            parts[at] += np.log10(product[at])
            product[at] = 1.0


@leaf
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


@inlined
def _silence(packed, memory, level, size):  # type: ignore[no-untyped-def]
    """Add what silence on every item weighs, which goes with how many rows there are of each `level` (size,)."""
    quiet, key = memory.quiet, np.uint64(1)
    for a in range(size):
        mixed = (np.uint64(level[a]) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        key += mixed ^ (mixed >> np.uint64(27))
    slot = find_slot(memory.quiet_key, key)
    if slot < 0:
        slot = -1 - slot
        memory.quiet_key[slot] = key
        _quiet(packed, level, size, quiet[slot])
    for at in range(len(packed.item_columns)):
        column = packed.item_columns[at]
        memory.parts[column] += quiet[slot, column]


@leaf
def _quiet(packed, level, size, quiet):  # type: ignore[no-untyped-def]
    """What silence on every item weighs for rows of these levels, by column, into `quiet` (columns,)."""
    quiet[:] = 0.0
    for item in range(len(packed.nodes)):
        a0, a1, a2, a3, a4 = _silent(packed.nodes[item], packed.item_ratios[item], level, size)
        quiet[packed.item_column[item]] += np.log10(a0 + a1 + a2 + a3 + a4)
