"""Evidence that compares reports in pairs: place, time gap, vehicles, words, plates, identifiers, behaviours.

Each report of one person is taken to resemble some one other report of that person, so the reports form a tree.
The likelihood ratio of a set is the mean, over all n^(n-2) spanning trees (Cayley 1889), of the product of the pair
ratios on the tree's edges. Kirchhoff's matrix-tree theorem (1847) gives the sum as a determinant; averaging
tree-shaped models so is from Meila and Jaakkola (2006). It is symmetric and exchangeable, and for two reports it
is the pair ratio itself.
"""

from __future__ import annotations

from abc import abstractmethod

import numpy as np
from numpy.typing import NDArray

from linkage.features.evidence import Column, Rows


class TreeColumn(Column):
    """A column whose model is a ratio for each pair of known rows."""

    @abstractmethod
    def known_pair_weights(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.float64]:
        """Pair weights (log10 LR) of rows that are known on both sides, shape (len(left),)."""

    def pair_weights(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.float64]:
        """Pair weights, shape (len(left),); 0 where a side is not known."""
        known = self.known()
        both = known[left] & known[right]
        weights = np.zeros(len(left))
        weights[both] = self.known_pair_weights(left[both], right[both])
        return weights

    def set_weight(self, rows: Rows) -> float:
        """Weight of the rows sharing one person: matrix-tree mean of the pair ratios."""
        return tree_weight(self, rows)


def tree_weight(column: Column, rows: Rows) -> float:
    """Weight of the rows sharing one person by the tree over the column's pair weights; unknown rows are left out."""
    known = column.known()
    members = np.array(sorted(row for row in rows if known[row]), dtype=np.intp)
    if len(members) < 2:
        return 0.0
    left, right = np.triu_indices(len(members), 1)
    return tree_mean(len(members), left, right, column.pair_weights(members[left], members[right]))


def tree_mean(size: int, left: NDArray[np.intp], right: NDArray[np.intp], weights: NDArray[np.float64]) -> float:
    """log10 of the mean over spanning trees of the product of edge ratios; `weights` are log10 of the ratios."""
    shift = float(weights.max())
    edges = np.zeros((size, size))
    edges[left, right] = edges[right, left] = 10.0 ** (weights - shift)
    # The Laplacian's determinant by taking nodes away one by one, which never subtracts: ratios many orders of
    # magnitude apart (a shared plate beside a stranger) would cancel to nothing in the usual elimination.
    log_sum = 0.0
    for node in range(size - 1, 0, -1):
        mine = edges[node, :node]
        total = float(mine.sum())
        log_sum += np.log10(total)
        edges[:node, :node] += np.outer(mine, mine) / total
    return float(log_sum + (size - 1) * shift - (size - 2) * np.log10(size))
