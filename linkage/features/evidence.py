"""The one abstraction: a kind of evidence, and its column over a set of reports.

A kind of evidence is a small probabilistic model of how one person shows up in reports. It answers: how much
likelier are these values if the reports come from one person than if they come from different people?

    set_weight(rows)          = log10  p(values of rows | one person) / product of p(value)
    weight(row | members)     = set_weight(members + row) - set_weight(members)
    pair weight(a, b)         = set_weight(a, b)

`set_weight` is a symmetric function of the set, so weights are symmetric and do not depend on the order in which
a series was built. A value that is not known contributes exactly 0. Three families implement it: `latent` (a
hidden true value that reports show through witness error), `items` (three-valued beta-binomial variables) and
`tree` (pair comparisons joined by the matrix-tree theorem).

Weights are log10 of a likelihood ratio. The pair kernel works in whole thousandths of that unit (millibans, after
Good 1950), so that sums are exact whatever their order.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from linkage.features.newcomer import Newcomer
from linkage.features.packing import ItemPiece, Piece, SetPiece
from linkage.features.parameters import Parameters
from linkage.features.readings import Readings
from linkage.report import Report

MILLIBAN = 1000
"""Kernel units in one unit of log10 likelihood ratio."""

WEIGHT_LIMIT = 30.0
"""Largest absolute weight one comparison may reach (fits int16 in millibans)."""

Rows = Sequence[int]
Value = Hashable | None


def millibans(weights: Any) -> NDArray[np.int16]:
    """Weights (log10 likelihood ratio, any shape) rounded to whole millibans."""
    whole: NDArray[np.int16] = np.rint(np.clip(weights, -WEIGHT_LIMIT, WEIGHT_LIMIT) * MILLIBAN).astype(np.int16)
    return whole


@dataclass(frozen=True, slots=True)
class Detail:
    """One comparison of one pair, said to an analyst.

    `says` is "agrees", "close", "differs", "not mentioned" (where silence has a likelihood) or "not known"; `rarity`
    is a count such as "31 of 1,240 reports".
    """

    words_a: str
    words_b: str
    says: str
    rarity: str


Encode = Callable[[Report], Newcomer | None]
"""One more report beside a column; None when it does not know the value."""


class Column(ABC):
    """One kind of evidence over `n` reports: values encoded, base rates estimated, weights ready."""

    n: int
    nothing: ClassVar[str] = "not known"
    """What is said of a report that does not know the value."""

    @abstractmethod
    def known(self) -> NDArray[np.bool_]:
        """Per row: is the value known?"""

    def answered(self) -> NDArray[np.bool_]:
        """Per row: does it give a value, as against being silent where silence has a likelihood?"""
        return self.known()

    @abstractmethod
    def set_weight(self, rows: Rows) -> float:
        """log10 likelihood ratio of the rows' values coming from one person against from different people."""

    @abstractmethod
    def pair_weights(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.float64]:
        """Pair weights, log10 likelihood ratio, shape (len(left),); 0 where a side is not known."""

    @abstractmethod
    def piece(self, temper: float) -> Piece:
        """The column as arrays for the pair kernel, weights scaled by `temper` (0-1)."""

    def set_piece(self) -> SetPiece:
        """The column as arrays for the set kernel, untempered; by default a tree over the pair kernel's weights."""
        piece = self.piece(1.0)
        assert not isinstance(piece, ItemPiece), "items have hidden propensities, no tree"
        return piece

    @abstractmethod
    def millibans(self, left: NDArray[np.intp], right: NDArray[np.intp], temper: float) -> NDArray[np.int64]:
        """Exactly what the pair kernel adds up for listed pairs, shape (len(left),)."""

    def agreeing(self, rows: NDArray[np.intp], temper: float) -> NDArray[np.int64]:
        """What each row's value would weigh against a second report that shows the very same, millibans."""
        return self.millibans(rows, rows, temper)

    @abstractmethod
    def describe(self, a: int, b: int) -> Detail:
        """The comparison of rows a and b in words."""

    @abstractmethod
    def words_at(self, row: int) -> str:
        """The value of one row in words."""

    def sampling_sd(self, a: int, b: int) -> float | None:
        """How far the weight of rows a and b would move at most if its base rates were counted in as many other
        reports: a standard deviation in log10 units, by the delta method (Oehlert 1992). Smoothing towards default
        base rates and what witnesses confuse make it less. None for a kind that cannot say."""
        del a, b
        return None

    def weight(self, row: int, members: Rows) -> float:
        """How strongly `row` speaks for sharing a person with `members` (rows that share one person)."""
        if not len(members):
            return 0.0
        return self.set_weight([*members, row]) - self.set_weight(members)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A column with the reports and the parameters that it was fitted to."""

    column: Column
    reports: Sequence[Report]
    parameters: Parameters


@dataclass(frozen=True)
class Evidence(ABC):
    """A kind of evidence: what it is called and how it makes a column from reports.

    `name` names the column `w_<name>` of pairs.csv; comparisons of one `group` are correlated and share a temper;
    `sensitive` evidence carries no weight unless the setting turns it on.
    """

    name: str
    label: str
    group: str
    about: str
    sensitive: bool = False
    learnable: ClassVar[tuple[str, ...]] = ()

    @property
    def source(self) -> str:
        """What it reads: kinds of one source read the same, which then is read once for all of them."""
        return self.name

    @abstractmethod
    def readings(self, reports: Sequence[Report]) -> Readings[Any]:
        """What the reports say that it compares: all that no parameter changes."""

    @abstractmethod
    def fit_readings(self, read: Readings[Any], parameters: Parameters, base: Readings[Any] | None = None) -> Column:
        """Encode what was read and estimate base rates from it, or from what was read in a `base`."""

    def fit(self, reports: Sequence[Report], parameters: Parameters, base: Sequence[Report] | None = None) -> Column:
        """Encode the reports and estimate base rates from them, or from `base`. Row i of the column is reports[i].

        Under a `base` what two rows weigh depends on these two and on the base alone, whatever other rows there are;
        what the base does not know counts as if the two were the first to tell it.
        """
        return self.fit_readings(self.readings(reports), parameters, None if base is None else self.readings(base))

    @abstractmethod
    def newcomers(self, fitted: Fitted) -> Encode:
        """Prepare to encode one more report beside a fitted column.

        A shared word, phrase or identifier counts the newcomer among those that have it, since one that two reports
        hold is not one that nobody shares; all other base rates stay as fitted.
        """


def count_words(count: int, total: int) -> str:
    """A count as an analyst reads it: "31 of 1,240 reports"."""
    return f"{count:,} of {total:,} reports"
