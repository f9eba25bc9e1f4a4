"""Evidence made of many three-valued items: behaviours that are present, absent or not recorded.

Beta-binomial (SCIENCE.md 0.5): an item has prevalence p; a person's own propensity scatters around p with
intra-person correlation rho. With k of m recorded reports showing the item, the next shows it with probability
(p (1-rho)/rho + k) / ((1-rho)/rho + m). For a pair: LR(1,1) = 1 + rho (1-p)/p, LR(0,0) = 1 + rho p/(1-p),
LR(1,0) = 1 - rho. What is not recorded on a side contributes exactly 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.special import gammaln

from linkage.features.evidence import Column, Detail, Rows, count_words, millibans
from linkage.features.packing import ItemPiece

NOT_RECORDED, ABSENT, PRESENT = 0, 1, 2


@dataclass
class ItemColumn(Column):
    """Items over rows: `state` has shape (n, items) with NOT_RECORDED, ABSENT or PRESENT.

    `prevalence` and `rho` have shape (items,); `labels` are the items in words.
    """

    items: list[str]
    labels: list[str]
    state: NDArray[np.int8]
    prevalence: NDArray[np.float64]
    rho: NDArray[np.float64]

    def __post_init__(self) -> None:
        self.n = len(self.state)

    def known(self) -> NDArray[np.bool_]:
        """Per row: is any item recorded?"""
        recorded: NDArray[np.bool_] = (self.state != NOT_RECORDED).any(axis=1)
        return recorded

    def agreement_weights(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Weights (log10 LR) of both present, both absent and one of each; each of shape (items,)."""
        p, rho = self.prevalence, self.rho
        both = np.log10(1 + rho * (1 - p) / p)
        neither = np.log10(1 + rho * p / (1 - p))
        return both, neither, np.log10(1 - rho)

    def item_weights(self, a: int, b: int) -> NDArray[np.float64]:
        """Pair weight of each item for rows a and b, shape (items,); 0 where a side is not recorded."""
        both, neither, one = self.agreement_weights()
        left, right = self.state[a], self.state[b]
        same = np.where(left == PRESENT, both, neither)
        recorded = (left != NOT_RECORDED) & (right != NOT_RECORDED)
        return np.where(recorded, np.where(left == right, same, one), 0.0)

    def pair_weights(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.float64]:
        """Pair weights, shape (len(left),)."""
        both, neither, one = self.agreement_weights()
        pa, pb = self.state[left] == PRESENT, self.state[right] == PRESENT
        aa, ab = self.state[left] == ABSENT, self.state[right] == ABSENT
        total: NDArray[np.float64] = (pa & pb) @ both + (aa & ab) @ neither + ((pa & ab) | (aa & pb)) @ one
        return total

    def piece(self, temper: float) -> ItemPiece:
        """Presence, absence and the tempered weights of each item."""
        both, neither, one = (millibans(temper * weights).astype(np.float32) for weights in self.agreement_weights())
        present, absent = (self.state == PRESENT).astype(np.float32), (self.state == ABSENT).astype(np.float32)
        return ItemPiece(present, absent, both, neither, one)

    def millibans(self, left: NDArray[np.intp], right: NDArray[np.intp], temper: float) -> NDArray[np.int64]:
        """Tempered item weights of listed pairs, summed over the items."""
        both, neither, one = (millibans(temper * weights) for weights in self.agreement_weights())
        return item_sums(self.state, both, neither, one, left, right)

    def set_weight(self, rows: Rows) -> float:
        """Weight of the rows sharing one person: beta-binomial marginal over independent marginals."""
        state = self.state[list(rows)]
        k = (state == PRESENT).sum(axis=0)
        m = k + (state == ABSENT).sum(axis=0)
        spread = (1 - self.rho) / self.rho
        a, b = self.prevalence * spread, (1 - self.prevalence) * spread
        joint = gammaln(a + k) - gammaln(a) + gammaln(b + m - k) - gammaln(b) - gammaln(spread + m) + gammaln(spread)
        apart = k * np.log(self.prevalence) + (m - k) * np.log1p(-self.prevalence)
        return float(np.sum(np.where(m > 1, joint - apart, 0.0)) / np.log(10.0))

    def describe(self, a: int, b: int) -> Detail:
        """The comparison of rows a and b in words: items recorded on both sides, the telling ones first."""
        weights = self.item_weights(a, b)
        left, right = self.state[a], self.state[b]
        shared = np.flatnonzero((left != NOT_RECORDED) & (right != NOT_RECORDED))
        if not len(shared):
            return Detail(self._recorded(a), self._recorded(b), "not known", "")
        order = sorted(shared.tolist(), key=lambda item: (-abs(weights[item]), item))
        total = float(weights.sum())
        differing = bool((left[shared] != right[shared]).any())
        says = "agrees" if not differing else "close" if total > 0 else "differs"
        best = [item for item in order if left[item] == right[item] == PRESENT]
        rarity = ""
        if best:
            count = int((self.state[:, best[0]] == PRESENT).sum())
            rarity = f"{self.labels[best[0]]}: {count_words(count, self.n)}"
        return Detail(self._words(left, order), self._words(right, order), says, rarity)

    def _words(self, state: NDArray[np.int8], items: list[int]) -> str:
        return "; ".join(
            self.labels[item] if state[item] == PRESENT else f"no: {self.labels[item]}" for item in items
        )

    def _recorded(self, row: int) -> str:
        present = np.flatnonzero(self.state[row] == PRESENT)
        return "; ".join(self.labels[item] for item in present) or "not known"


@njit(cache=True)
def item_sums(
    state: NDArray[np.int8],
    both: NDArray[np.int16],
    neither: NDArray[np.int16],
    one: NDArray[np.int16],
    left: NDArray[np.intp],
    right: NDArray[np.intp],
) -> NDArray[np.int64]:
    """Sum of item weights for listed pairs; `state` as in ItemColumn."""
    out = np.zeros(len(left), dtype=np.int64)
    for k in range(len(left)):
        for item in range(state.shape[1]):
            a, b = state[left[k], item], state[right[k], item]
            if a and b:
                out[k] += one[item] if a != b else both[item] if a == PRESENT else neither[item]
    return out


def prevalence_from(
    state: NDArray[np.int8], default: NDArray[np.float64], strength: float, unrecorded_share: float
) -> NDArray[np.float64]:
    """Prevalence of each item from recorded reports, shape (items,), strictly inside (0, 1).

    People record what happened more readily than what did not, so present / recorded is too high. Unrecorded
    reports are taken to show the item at `unrecorded_share` times the recorded (shrunk) rate, itself no higher
    than what the default and the observed share of all reports allow. None is below .0001 or above .98 [G].
    """
    n = len(state)
    present = (state == PRESENT).sum(axis=0)
    absent = (state == ABSENT).sum(axis=0)
    recorded = present + absent
    upper = (present + strength * default) / (recorded + strength)
    among_unrecorded = unrecorded_share * np.minimum(upper, np.maximum(default, present / max(1, n)))
    share = (present + among_unrecorded * (n - recorded) + strength * default) / (n + strength)
    clipped: NDArray[np.float64] = np.clip(share, 1e-4, 0.98)
    return clipped
