"""Evidence made of many three-valued items: behaviours that are present, absent or not recorded.

Beta-binomial (SCIENCE.md 0.5): an item has prevalence p; a person's own propensity scatters around p with
intra-person correlation rho. For a pair: LR(1,1) = 1 + rho (1-p)/p, LR(0,0) = 1 + rho p/(1-p), LR(1,0) = 1 - rho.
What is not recorded on a side contributes exactly 0. In a set each report is taken to resemble some one other
(`tree.py`): counting k of m over a whole set would take what nobody denied for what everybody did, and series would
gather strangers without end (docs/decisions/0013).

People record what happened and seldom what did not, so reports that tell much share much with everybody. A ratio of
p(a, b) to p(a) p(b) averages to 1 over b whatever a is; `usual_ratios` finds how far each report's ratios lie above
that over other reports that record the domain, and the pair weight leaves as much out (docs/decisions/0007).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numba import njit
from numpy.typing import NDArray

from linkage.features.evidence import Column, Detail, Newcomer, Rows, count_words, millibans
from linkage.features.packing import ItemPiece
from linkage.features.tree import tree_weight

NOT_RECORDED, ABSENT, PRESENT = 0, 1, 2

RHO_LIMITS = (0.001, 0.9)
"""No item is quite without consistency or quite fixed [G]."""


def rho_of(item: str) -> str:
    """Name of the parameter that holds an item's own learned rho."""
    return f"rho {item}"


@dataclass
class ItemColumn(Column):
    """Items over rows: `state` has shape (n, items) with NOT_RECORDED, ABSENT or PRESENT.

    `prevalence` and `rho` have shape (items,); `labels` are the items in words; `usual` (n,) is what each row's
    weights with others lie above 0 by telling much (log10), none when not given.
    """

    items: list[str]
    labels: list[str]
    state: NDArray[np.int8]
    prevalence: NDArray[np.float64]
    rho: NDArray[np.float64]
    usual: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        self.n = len(self.state)
        if not len(self.usual):
            self.usual = np.zeros(self.n)

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
        told = self.known()
        return total - np.where(told[left] & told[right], self.usual[left] + self.usual[right], 0.0)

    def piece(self, temper: float) -> ItemPiece:
        """Presence, absence and the tempered weights of each item."""
        both, neither, one = (millibans(temper * weights).astype(np.float32) for weights in self.agreement_weights())
        present, absent = (self.state == PRESENT).astype(np.float32), (self.state == ABSENT).astype(np.float32)
        usual = millibans(temper * self.usual).astype(np.float32)
        return ItemPiece(present, absent, both, neither, one, self.known().astype(np.float32), usual)

    def millibans(self, left: NDArray[np.intp], right: NDArray[np.intp], temper: float) -> NDArray[np.int64]:
        """Tempered item weights of listed pairs, summed over the items."""
        both, neither, one = (millibans(temper * weights) for weights in self.agreement_weights())
        usual, told = millibans(temper * self.usual).astype(np.int64), self.known()
        sums = item_sums(self.state, both, neither, one, left, right)
        return sums - np.where(told[left] & told[right], usual[left] + usual[right], 0)

    def set_weight(self, rows: Rows) -> float:
        """Weight of the rows sharing one person: matrix-tree mean of the pair ratios (docs/decisions/0013)."""
        return tree_weight(self, rows)

    def sampling_sd(self, a: int, b: int) -> float | None:
        """See `Column`: each item that both rows tell alike moves with its prevalence p, counted where it is told."""
        p, rho = self.prevalence, self.rho
        told = np.maximum((self.state != NOT_RECORDED).sum(axis=0), 1)
        both = rho / p**2 / (1 + rho * (1 - p) / p)
        neither = rho / (1 - p) ** 2 / (1 + rho * p / (1 - p))
        left, right = self.state[a], self.state[b]
        moves = np.where(left == PRESENT, both, neither) * ((left == right) & (left != NOT_RECORDED))
        return float(np.sqrt(np.sum(moves**2 * p * (1 - p) / told)) / np.log(10.0))

    def describe(self, a: int, b: int) -> Detail:
        """The comparison of rows a and b in words: items recorded on both sides, the telling ones first."""
        weights = self.item_weights(a, b)
        left, right = self.state[a], self.state[b]
        shared = np.flatnonzero((left != NOT_RECORDED) & (right != NOT_RECORDED))
        if not len(shared):
            told = self.known()
            says = "differs" if told[a] and told[b] and self.usual[a] + self.usual[b] > 0 else "not known"
            return Detail(self.words_of(self.state[a]), self.words_of(self.state[b]), says, "")
        order = sorted(shared.tolist(), key=lambda item: (-abs(weights[item]), item))
        total = float(weights.sum()) - float(self.usual[a] + self.usual[b])
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

    def words_of(self, state: NDArray[np.int8]) -> str:
        """All recorded items of one state (items,) in words."""
        return self._words(state, np.flatnonzero(state).tolist()) or "not known"


REFERENCE = 400
"""Most rows against which a row's usual ratio is measured [G]: its standard error is then a few hundredths."""

USUAL_STRENGTH = 20.0
"""Rows' worth of the belief that a row's ratios average to 1 [G]."""

BALANCING = 12
"""Rounds of balancing; each halves what is left, so the last changes nothing that counts [D]."""


@dataclass(frozen=True)
class Reference:
    """Recorded `rows` against which usual ratios are measured, with their own `scale`; `shown` and `denied` (items,
    rows) are the weights of an item that is present, or absent, with each of them."""

    rows: NDArray[np.intp]
    shown: NDArray[np.float64]
    denied: NDArray[np.float64]
    scale: NDArray[np.float64]

    def usual(
        self, present: NDArray[np.bool_], absent: NDArray[np.bool_], rows: NDArray[np.intp]
    ) -> NDArray[np.float64]:
        """What each of `rows` (-1 for none of the column) lies above 0, from its items (rows, items)."""
        ratios = 10.0 ** (present @ self.shown + absent @ self.denied)
        ratios[rows[:, None] == self.rows[None, :]] = 0.0
        others = len(self.rows) - np.isin(rows, self.rows)
        found: NDArray[np.float64] = np.maximum(0.0, np.log10(_shrunk_mean(ratios @ (1 / self.scale), others)))
        return found


def reference(column: ItemColumn) -> Reference | None:
    """Rows sampled evenly and their scale: row scaling of a symmetric matrix to unit means (Sinkhorn and Knopp
    1967). None with fewer than two recorded rows."""
    told = np.flatnonzero(column.known())
    if len(told) < 2:
        return None
    both, neither, one = column.agreement_weights()
    chosen = told[np.unique(np.linspace(0, len(told) - 1, REFERENCE).astype(int))]
    present, absent = column.state[chosen] == PRESENT, column.state[chosen] == ABSENT
    shown, denied = (present * both + absent * one).T, (present * one + absent * neither).T
    ratios = 10.0 ** (present @ shown + absent @ denied)
    np.fill_diagonal(ratios, 0.0)
    scale, others = np.ones(len(chosen)), np.full(len(chosen), len(chosen) - 1)
    for _ in range(BALANCING):
        scale *= np.sqrt(_shrunk_mean(ratios @ (1 / scale) / scale, others))
    return Reference(chosen, shown, denied, scale)


def with_usual_ratios(
    column: ItemColumn, base: ItemColumn | None = None, of_base: NDArray[np.intp] | None = None
) -> ItemColumn:
    """The column with `usual` found among its own rows, or among those of `base`, which has the first of its items;
    `of_base` (n,) is where each row stands in that, -1 for nowhere.

    A row whose ratios average below 1 is left as it is: it tells little, and little is not evidence.
    """
    measured = base or column
    measure = reference(measured)
    if measure is None:
        return column
    told, usual, items = np.flatnonzero(column.known()), np.zeros(column.n), len(measured.items)
    state, rows = column.state[told, :items], told if of_base is None else of_base[told]
    usual[told] = measure.usual(state == PRESENT, state == ABSENT, rows)
    return replace(column, usual=usual)


class ItemRows:
    """The rows of a column laid out item by item, to lay one more beside them."""

    def __init__(self, column: ItemColumn) -> None:
        self.column, self.known = column, column.known()
        self.by_item = np.ascontiguousarray(column.state.T)
        both, neither, one = column.agreement_weights()
        none = np.zeros(len(both))
        self.tables = {PRESENT: np.stack([none, one, both], 1), ABSENT: np.stack([none, neither, one], 1)}
        self.measure = reference(column)

    def newcomer(self, state: NDArray[np.int8]) -> Newcomer:
        """A report with the given states (items,)."""
        total, usual = np.zeros(self.column.n), 0.0
        for item in np.flatnonzero(state).tolist():
            total += self.tables[int(state[item])][item][self.by_item[item]]
        if self.measure is not None:
            rows = np.array([-1])
            usual = float(self.measure.usual(state[None, :] == PRESENT, state[None, :] == ABSENT, rows)[0])
        weights = np.where(self.known, total - self.column.usual - usual, 0.0)
        return Newcomer(weights, self.column.words_of(state))


def _shrunk_mean(totals: NDArray[np.float64], count: NDArray[np.int64]) -> NDArray[np.float64]:
    return (totals + USUAL_STRENGTH) / (count + USUAL_STRENGTH)


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
