"""What one more report adds to the log10 LR of series, column by column, in compiled code.

The newcomer is no row of the packed columns: it brings its ratio over hidden values, and its pair ratios with the
members. Columns that it does not know add nothing and are passed over.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linkage.compiled import njit
from linkage.models.propensity_kernel import silent_joint
from linkage.models.set_kernel import pair_weights, tree_log10


class Arriving(NamedTuple):
    """A newcomer beside the members of some series.

    Series s has `rows[start[s]:start[s + 1]]`. `hidden` (pieces,) says which hidden values the newcomer knows, and
    `ratios` holds its ratios behind each other from `ratio_at` (pieces,); `knows` has a bit for each tree it knows,
    and `weights` (rows, trees) its log10 pair weights with each member. `propensities` (items, nodes) are its ratios
    over the propensity of each item, 1 of those that it does not know.
    """

    rows: NDArray[np.int64]
    start: NDArray[np.int64]
    hidden: NDArray[np.bool_]
    ratio_at: NDArray[np.int64]
    ratios: NDArray[np.float64]
    knows: np.uint64
    weights: NDArray[np.float64]
    propensities: NDArray[np.float64]


@njit(cache=True, nogil=True)
def added_parts(packed, arriving, out):  # type: ignore[no-untyped-def]
    """log10 LR of each series with the newcomer over that without it, for every column, into `out` (series,
    columns)."""
    most = 0
    for s in range(len(arriving.start) - 1):
        most = max(most, arriving.start[s + 1] - arriving.start[s])
    trees = len(packed.tree_column)
    ratios = np.ones((most + 1, most + 1, max(1, trees)), np.float32)
    edges, known = np.zeros((most + 1, most + 1)), np.zeros(most + 1, np.int64)
    fresh, states = (
        np.zeros(max(1, trees)),
        np.zeros(max(1, packed.hidden_states.max()) if len(packed.hidden_states) else 1),
    )
    for s in range(len(arriving.start) - 1):
        first, size = arriving.start[s], arriving.start[s + 1] - arriving.start[s]
        rows = arriving.rows[first : first + size]
        for h in range(len(packed.hidden_column)):
            if arriving.hidden[h]:
                out[s, packed.hidden_column[h]] = _hidden(packed, arriving, h, rows, states)
        if len(packed.nodes):
            _propensities(packed, arriving.propensities, rows, size, out[s])
        for a in range(size):
            for b in range(a + 1, size):
                pair_weights(packed, rows[a], rows[b], fresh)
                for tree in range(trees):
                    ratios[a, b, tree] = 10.0 ** fresh[tree]
        for tree in range(trees):
            if arriving.knows & (np.uint64(1) << np.uint64(tree)):
                weights = arriving.weights[first : first + size, tree]
                out[s, packed.tree_column[tree]] = _tree(packed, weights, rows, tree, ratios, edges, known)


@njit(cache=True, nogil=True)
def _tree(packed, weights, rows, tree, ratios, edges, known):  # type: ignore[no-untyped-def]
    """What the newcomer adds by one tree: the mean over the members that know it and the newcomer, over that of the
    members alone; `ratios` holds those of the members already."""
    size, count = len(rows), 0
    bit = np.uint64(1) << np.uint64(tree)
    for a in range(size):
        if packed.knows[rows[a]] & bit:
            known[count] = a
            ratios[a, size, tree] = 10.0 ** weights[a]
            count += 1
    if count == 0:
        return 0.0
    before = tree_log10(ratios, edges, known, count, tree) if count > 1 else 0.0
    known[count] = size
    return tree_log10(ratios, edges, known, count + 1, tree) - before


@njit(cache=True, nogil=True)
def _hidden(packed, arriving, h, rows, states):  # type: ignore[no-untyped-def]
    """What the newcomer adds by hidden value number h."""
    count, many, prior = 0, packed.hidden_states[h], packed.prior_at[h]
    for t in range(many):
        states[t] = packed.priors[prior + t]
    for row in rows:
        code = packed.hidden_codes[h, row]
        if code > 0:
            count += 1
            start, most = packed.ratio_at[h] + code * many, 0.0
            for t in range(many):
                states[t] *= packed.ratios[start + t]
                most = max(most, states[t])
            if most < 1e-100 or most > 1e100:
                for t in range(many):
                    states[t] /= most
    if count == 0:
        return 0.0
    before, joined, own = 0.0, 0.0, arriving.ratio_at[h]
    for t in range(many):
        before += states[t]
        joined += states[t] * arriving.ratios[own + t]
    # of one report the mean over the prior is 1, whatever it says: the set kernel leaves it out
    return np.log10(joined) - (np.log10(before) if count > 1 else 0.0)


@njit(cache=True, nogil=True)
def _propensities(packed, ratios, rows, size, out):  # type: ignore[no-untyped-def]
    """Add to `out` (columns,) what the newcomer adds by every item's propensity."""
    nodes = packed.nodes.shape[1]
    joint = np.empty(packed.nodes.shape)
    for item in range(len(packed.nodes)):
        silent_joint(packed.nodes[item], packed.item_ratios[item], packed.level, rows, size, joint[item])
    for row in rows:
        level = packed.level[row]
        for at in range(packed.item_start[row], packed.item_start[row + 1]):
            item, most = packed.item[at], 0.0
            told, silent = packed.item_ratios[item, packed.item_code[at]], packed.item_ratios[item, level]
            for q in range(nodes):
                joint[item, q] *= told[q] / silent[q]
                most = max(most, joint[item, q])
            for q in range(nodes):
                joint[item, q] /= most if most > 1e100 else 1.0
    for item in range(len(packed.nodes)):
        before, joined = 0.0, 0.0
        for q in range(nodes):
            before += joint[item, q]
            joined += joint[item, q] * ratios[item, q]
        out[packed.item_column[item]] += np.log10(joined / before)
