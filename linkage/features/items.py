"""Evidence made of many three-valued items: behaviours that are told as done, denied, or not mentioned.

Each item is a hidden propensity of the person (`propensity.py`), and silence has a likelihood (`telling.py`). With L
the likelihood of what a report says of an item, r(theta) = L(theta) / mean of L, a set of reports weighs

    log10  sum over theta of weight * product of r(theta)

for every item. What is told has r = theta / p, what is denied (1 - theta) / (1 - p), whatever the report's level;
silence (1 - theta R - (1 - theta) A) / its mean, and exactly 1 where R and A are 0. For a pair told on both sides
this is the beta-binomial ratio 1 + rho (1 - p) / p (SCIENCE.md 0.5) (docs/decisions/0044). What is read with
probability s is soft evidence (Pearl 1988, 2.2.2): 1 + s (theta / p - 1), silence in its place saying nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from linkage.features.evidence import Column, Detail, Rows, count_words, millibans
from linkage.features.item_states import (
    ABSENT,
    FAINT,
    NOT_RECORDED,
    PRESENT,
    SAID,
    SURENESS,
    WITHHELD,
    hinted,
    settled,
    spoken,
)
from linkage.features.newcomer import ByItem, MentionedItems, Newcomer, mentioned_items
from linkage.features.packing import ItemPiece, PropensityPiece
from linkage.features.propensity import Propensity

RHO_LIMITS = (0.001, 0.9)
"""No item is quite without consistency or quite fixed [G]."""

STEP = 1.02
"""Factor on prevalences by which it is found how weights move with them [G]: small, and far from rounding."""

SHOWN_SILENT = 0.05
"""Weight (log10) from which what one report tells and the other does not mention is worth a word [G]."""


def rho_of(item: str) -> str:
    """Name of the parameter that holds an item's own learned rho."""
    return f"rho {item}"


@dataclass
class ItemColumn(Column):
    """Items over rows: `state` has shape (n, items), of NOT_RECORDED to WITHHELD.

    `prevalence` and `rho` have shape (items,); `labels` are the items in words. `level` (n,) is how much each row
    tells, `told` and `denied` (levels, items) the shares R and A of each level; by default silence says nothing. Rows
    of level 0 tell nothing at all, and R and A are 0 there: what is withheld weighs as what such a row says. `sure`
    (states,) is how likely it is that what a row says is told as done.
    """

    nothing: ClassVar[str] = "not mentioned"
    items: list[str]
    labels: list[str]
    state: NDArray[np.int8]
    prevalence: NDArray[np.float64]
    rho: NDArray[np.float64]
    level: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    told: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 0)))
    denied: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 0)))
    sure: NDArray[np.float64] = field(default_factory=lambda: SURENESS)
    _laid_out: tuple[float, ItemPiece] | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.n = len(self.state)
        if not len(self.told):
            self.level = (self.state != NOT_RECORDED).any(axis=1).astype(np.int64)
            self.told = self.denied = np.zeros((2, len(self.items)))

    @cached_property
    def propensity(self) -> Propensity:
        """The items' propensities."""
        return Propensity.of(self.prevalence, self.rho)

    @cached_property
    def silent(self) -> NDArray[np.float64]:
        """Ratio of silence over the nodes of theta, shape (levels, items, nodes)."""
        theta, told, denied = self.propensity.theta, self.told[..., None], self.denied[..., None]
        likely = 1.0 - theta * told - (1.0 - theta) * denied
        mean = (likely * self.propensity.weight).sum(axis=-1, keepdims=True)
        return np.where((told > 0) | (denied > 0), likely / mean, 1.0)

    @cached_property
    def shown(self) -> NDArray[np.float64]:
        """Ratio of an item that is denied, and of one that is told in each grade, over the nodes, shape
        (FAINT, items, nodes)."""
        theta, mean = self.propensity.theta, self.propensity.mean[:, None]
        told = [1.0 + sure * (theta / mean - 1.0) for sure in self.sure[PRESENT:WITHHELD]]
        return np.stack([(1.0 - theta) / (1.0 - mean), *told])

    @cached_property
    def ratios(self) -> NDArray[np.float64]:
        """Ratio over the nodes of everything that a report may say: silence at each level, then denied, then told in
        each grade; shape (levels + FAINT, items, nodes)."""
        return np.concatenate([self.silent, self.shown])

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        """Pair weights (log10 LR) of every two things a report may say of an item: silence at each level, then
        denied, then told in each grade; shape (levels + FAINT, levels + FAINT, items)."""
        ratios = self.ratios
        mean = np.einsum("akq,bkq,kq->abk", ratios, ratios, self.propensity.weight)
        found: NDArray[np.float64] = np.log10(np.maximum(mean, 1e-30))
        silent = (ratios == 1.0).all(axis=2)
        found[silent[:, None] | silent[None, :]] = 0.0  # exactly: nothing said is no evidence
        return found

    def codes(self, rows: NDArray[np.intp] | slice = slice(None)) -> NDArray[np.int64]:
        """What rows say of each item as a place in `weights`, shape (rows, items)."""
        return self._codes(self.state[rows], self.level[rows][:, None])

    def _codes(self, state: NDArray[np.int8], level: NDArray[np.int64] | int) -> NDArray[np.int64]:
        said = np.where(state == WITHHELD, 0, len(self.told) - 1 + state.astype(np.int64))
        return np.where(state == NOT_RECORDED, level, said)

    @property
    def recorded(self) -> NDArray[np.bool_]:
        """What rows tell or deny, shape (n, items)."""
        return spoken(self.state)

    def known(self) -> NDArray[np.bool_]:
        """Per row: does it tell anything, so that its silence may count?"""
        found: NDArray[np.bool_] = self.level > 0
        return found

    def answered(self) -> NDArray[np.bool_]:
        """Per row: does it tell or deny any of these items?"""
        return np.asarray(self.recorded.any(axis=1))

    def item_weights(self, a: int, b: int) -> NDArray[np.float64]:
        """Pair weight of each item for rows a and b, shape (items,)."""
        one, other = self.codes(np.array([a, b]))
        weights: NDArray[np.float64] = self.weights[one, other, np.arange(len(self.items))]
        return weights

    def pair_weights(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.float64]:
        """Pair weights, shape (len(left),)."""
        total = np.zeros(len(left))
        for start in range(0, len(left), 4096):  # a few thousand pairs at a time, so that memory stays small
            part = slice(start, start + 4096)
            one, other = self.codes(left[part]), self.codes(right[part])
            total[part] = self.weights[one, other, np.arange(len(self.items))].sum(axis=1)
        return total

    def piece(self, temper: float) -> ItemPiece:
        """What is told item by item, and the tempered weights laid out so that silence costs nothing to add."""
        return item_piece(self, temper)

    def set_piece(self) -> PropensityPiece:
        """Ratios over the propensities, and who tells what."""
        row, item = np.nonzero(self.state)
        start = np.searchsorted(row, np.arange(self.n + 1)).astype(np.int64)
        code = self.codes()[row, item].astype(np.int8)
        ratios = np.ascontiguousarray(self.ratios.transpose(1, 0, 2))
        return PropensityPiece(self.level, start, item.astype(np.int32), code, ratios, self.propensity.weight)

    def millibans(self, left: NDArray[np.intp], right: NDArray[np.intp], temper: float) -> NDArray[np.int64]:
        """What the pair kernel adds up for listed pairs."""
        laid_out = self._laid_out  # once: another thread may put its own there
        if laid_out is None or laid_out[0] != temper:  # explanations ask for a few pairs at a time
            laid_out = self._laid_out = temper, self.piece(temper)
        return laid_out[1].listed(left, right)

    def set_weight(self, rows: Rows) -> float:
        """Weight of the rows sharing one person: every item's propensity integrated out."""
        members = [row for row in rows if self.level[row]]
        if len(members) < 2:
            return 0.0
        logs = np.zeros_like(self.propensity.theta)
        for code in np.sort(self.codes(np.array(members)), axis=0):
            logs += np.log(np.maximum(self.ratios[code, np.arange(len(self.items))], 1e-300))
        peak = logs.max(axis=1, keepdims=True)
        mean = (np.exp(logs - peak) * self.propensity.weight).sum(axis=1)
        return float((peak[:, 0] + np.log(mean)).sum() / np.log(10.0))

    @cached_property
    def moves(self) -> NDArray[np.float64]:
        """How far each of `weights` moves with the logarithm of its item's prevalence, same shape."""
        up, down = (replace(self, prevalence=self.prevalence * by).weights for by in (STEP, 1.0 / STEP))
        found: NDArray[np.float64] = (up - down) / (2.0 * np.log(STEP))
        return found

    def sampling_sd(self, a: int, b: int) -> float | None:
        """See `Column`: each item's weight moves with its prevalence, which rests on how many reports tell it."""
        one, other = self.codes(np.array([a, b]))
        told = np.maximum(self.sure[self.state].sum(axis=0), 1.0)
        return float(np.sqrt(np.sum(self.moves[one, other, np.arange(len(self.items))] ** 2 / told)))

    def describe(self, a: int, b: int) -> Detail:
        """The comparison of rows a and b in words: items told on both sides first, then those one does not
        mention."""
        left, right = self.state[a], self.state[b]
        if not (self.level[a] and self.level[b]):
            return Detail(self.words_of(left), self.words_of(right), "not known", "")
        weights = self.item_weights(a, b)
        shared = np.flatnonzero(spoken(left) & spoken(right))
        one_sided = np.flatnonzero(spoken(left) ^ spoken(right))
        order = sorted(shared.tolist(), key=lambda item: (-abs(weights[item]), item))
        worth = (np.abs(weights[one_sided]) >= SHOWN_SILENT) | hinted(left, right)[one_sided]
        silent = sorted(one_sided[worth].tolist(), key=lambda item: (weights[item], item))
        silent += one_sided[(left[one_sided] == WITHHELD) | (right[one_sided] == WITHHELD)].tolist()
        words = self._words(left, order + silent), self._words(right, order + silent)
        if not len(shared):
            words = words if silent else (self.words_of(left), self.words_of(right))
            return Detail(*words, said_of(left, right, weights.sum), "")
        says = said_of(left, right, weights.sum)
        best = [item for item in order if settled(left)[item] == settled(right)[item] == PRESENT]
        rarity = ""
        if best:
            count = int((settled(self.state[:, best[0]]) == PRESENT).sum())
            rarity = f"{self.labels[best[0]]}: {count_words(count, self.n)}"
        return Detail(*words, says, rarity)

    def _words(self, state: NDArray[np.int8], items: list[int]) -> str:
        told = [SAID[state[item]].format(self.labels[item]) for item in items if state[item] in SAID]
        for one, words in ((WITHHELD, "not known"), (NOT_RECORDED, "not mentioned")):
            labels = " / ".join(self.labels[item] for item in items if state[item] == one)
            told += [f"{words}: {labels}"] if labels else []
        return "; ".join(told)

    def words_of(self, state: NDArray[np.int8]) -> str:
        """All items of one state (items,) that are told, denied or withheld, in words."""
        return self._words(state, np.flatnonzero(settled(state)).tolist()) or "not mentioned"

    def words_at(self, row: int) -> str:
        """All items that one row tells, denies or withholds, in words."""
        return self.words_of(self.state[row])

    @cached_property
    def mentioned(self) -> MentionedItems:
        """What every row tells, item by item."""
        return mentioned_items(self.state, self.level, self.codes)

    def newcomer(self, state: NDArray[np.int8], level: int) -> Newcomer:
        """One more report of these states (items,) and this level, beside every row."""
        code, every = self._codes(state, level), np.arange(len(self.items))
        against = self.weights[code, :, every]  # items, codes

        def says(row: int) -> str:
            """Whether a row that tells anything agrees."""
            return said_of(state, self.state[row], lambda: float(by_item.at(np.array([row]))[0]))

        ratios = self.ratios[code, every]
        by_item = ByItem(self.mentioned, against, len(self.told))
        return Newcomer(self.n, by_item, self.words_of(state), says, ratios.ravel())


def said_of(left: NDArray[np.int8], right: NDArray[np.int8], weight: Callable[[], float]) -> str:
    """Whether two reports that tell something say the same of the items (items,) that both tell; `weight` is that of
    all items, asked for where they do not. Where both tell none, what one tells and the other hints at is close, and
    what one denies and the other hints at differs, if that is the way the items weigh."""
    shared = spoken(left) & spoken(right)
    if not shared.any():
        if (hints := hinted(left, right)).any():
            denied = bool(((left == ABSENT) | (right == ABSENT))[hints].all())
            if weight() * (-1 if denied else 1) > 0:
                return "differs" if denied else "close"
        unknown = len(left) and ((left == WITHHELD).all() or (right == WITHHELD).all())
        return "not known" if unknown else "not mentioned"
    same = (settled(left)[shared] == settled(right)[shared]).all()
    return "agrees" if same else "close" if weight() > 0 else "differs"


def item_piece(column: ItemColumn, temper: float) -> ItemPiece:
    """The column for the pair kernel: weights in whole tempered millibans.

    A pair is `base` of two levels for silence on everything; `alone` for what each side says while the other is
    silent; and for an item of which both say something, `both` puts the true weight in place of those. What is said
    is that it was not done, that it was (in each grade), or, where it is withheld, nothing: then those take out what
    silence weighed.
    """
    levels = len(column.told)
    whole, states = _whole(temper * column.weights, levels), np.array([*range(levels, levels + FAINT), 0])
    silent, apart = whole[:levels, :levels], whole[states][:, :levels]
    more = apart[:, None] - silent[None]  # what is said, own level, other's level, item
    row, item = np.nonzero(column.state)
    said = column.state[row, item].astype(np.int64) - 1
    alone = np.zeros((column.n, levels), np.int32)
    np.add.at(alone, row, more[said, column.level[row], :, item])
    pair = whole[states][:, states].reshape(WITHHELD, 1, WITHHELD, 1, -1) + silent[None, :, None, :]
    pair = pair - apart[:, None, None] - apart.transpose(1, 0, 2)[None, :, :, None]
    size = WITHHELD * levels
    order = np.argsort(item, kind="stable")
    return ItemPiece(
        level=column.level.astype(np.int32),
        base=silent.sum(axis=2).astype(np.int32),
        alone=alone,
        row_start=np.searchsorted(row, np.arange(column.n + 1)).astype(np.int64),
        row_item=item.astype(np.int32),
        row_code=(said * levels + column.level[row]).astype(np.int32),
        item_start=np.searchsorted(item[order], np.arange(len(column.items) + 1)).astype(np.int64),
        item_row=row[order].astype(np.int32),
        item_code=(said * levels + column.level[row])[order].astype(np.int32),
        both=np.moveaxis(pair, -1, 0).reshape(len(column.items), size, size).astype(np.int32),
    )


def _whole(weights: NDArray[np.float64], levels: int) -> NDArray[np.int64]:
    """Weights (codes, codes, items) in whole millibans, so that whatever is taken out again leaves exactly nothing.

    Silence on both sides is a hair for each item and not little for all: it is rounded so that the sum over the items
    up to each is right.
    """
    found = millibans(weights).astype(np.int64)
    found[:levels, :levels] = np.diff(millibans(weights[:levels, :levels].cumsum(axis=2)), axis=2, prepend=0)
    return found
