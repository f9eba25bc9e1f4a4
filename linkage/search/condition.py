"""One condition of a question, laid beside every report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from linkage.features.evidence import count_words

NOT_KNOWN, AGREES, CLOSE, DIFFERS = 0, 1, 2, 3
SAYS = ("not known", "agrees", "close", "differs")
"""Words of the codes above, as the comparisons of a pair have them."""

FAINT = 0.05
"""Weight of a silence, log10, below which it rounds to 0.0."""

Detail = tuple[str, str, str]
"""What a comparison says, the report's words, and how rare it is."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a row's score: `says` is one of `SAYS`, or "not mentioned" of a behaviour beside a report; `weight`
    is log10 of a likelihood ratio, `count` such as "31 of 1,240 reports"."""

    label: str
    says: str
    words: str
    count: str
    weight: float

    @property
    def faint(self) -> bool:
        """Is it only silence, with a weight that rounds to nothing?"""
        return self.says == "not mentioned" and abs(self.weight) < FAINT


@dataclass
class Condition:
    """`weights` (n,) are signed parts of the score and `says` (n,) codes; row i is the searcher's report i.

    `field` is the part of the question it belongs to. A `strict` condition leaves out the reports that differ, one
    that does not keep what is not known or `close` leaves those out as well. A `quiet` one is no reason where it is
    not known. `most` is the weight of a report that agrees with all of it, what an answer is measured by; 0 for a
    condition that only stands in for another. `key` is the behaviour it is about, if any. `detail` says a row in its
    own words where codes are too coarse.
    """

    field: str
    label: str
    asked: str
    weights: NDArray[np.float64]
    says: NDArray[np.int8]
    words: Callable[[int], str]
    strict: bool = False
    keeps_unknown: bool = True
    keeps_close: bool = True
    quiet: bool = False
    count: str = ""
    key: str = ""
    most: float | None = None
    detail: Callable[[int], Detail] | None = None

    def __post_init__(self) -> None:
        agreeing = int(np.count_nonzero(self.says == AGREES)) if not self.count or self.most is None else 0
        if not self.count:
            self.count = count_words(agreeing, len(self.says))
        if self.most is None:
            largest = float(self.weights.max(initial=0.0))
            self.most = largest if agreeing else max(largest, unseen_weight(len(self.says)))

    @property
    def part(self) -> str:
        """The part of the question as it was understood."""
        return f"{self.label}: {self.asked}"

    @property
    def name(self) -> str:
        """What the words of a fact are sorted by: the behaviour, else the comparison."""
        return self.key or self.label

    def fails(self, must: bool) -> NDArray[np.bool_]:
        """Rows that this condition leaves out, shape (n,)."""
        failed = np.zeros(len(self.says), dtype=bool)
        if must or not self.keeps_unknown:
            failed |= self.says == NOT_KNOWN
        if not self.keeps_close:
            failed |= self.says == CLOSE
        if must or self.strict:
            failed |= self.says == DIFFERS
        return failed

    def scaled(self, share: float) -> Condition:
        """The same condition with a share of its weight."""
        return self if share == 1 else replace(self, weights=share * self.weights, most=share * (self.most or 0.0))

    def reason(self, row: int) -> Reason:
        """What this condition says of one row."""
        weight = round(float(self.weights[row]), 3) + 0.0
        if self.detail is not None:
            says, words, count = self.detail(row)
            return Reason(self.label, says, words, count, weight)
        says = SAYS[int(self.says[row])]
        return Reason(self.label, says, self.words(row), self.count if says == "agrees" else "", weight)


def rarity_weight(count: int, total: int) -> float:
    """log10 of one over the share of reports that show something; one report more is added so that it stays finite.

    It is the limit of the linking weight of a shared word, log10(1 + rho (1-p)/p), at rho = 1: who asks for a word
    says that the reports sought show it.
    """
    return float(np.log10((total + 1) / (count + 0.5))) if count else 0.0


def unseen_weight(total: int) -> float:
    """What it would weigh to show something that none of `total` reports shows: as rare as half a report."""
    return float(np.log10((total + 1) / 0.5)) if total else 0.0
