"""Evidence with a hidden true value: build, age, hair, vehicle, contact method, hour ...

A person has a true value t drawn from `prior`. A report shows value v with probability p(v | t), the witness's
error. With ratio r_v(t) = p(v | t) / p(v), which averages to 1 over the prior, the weight of a set of reports is

    log10  sum_t prior(t) * product_i [ (1 - s) + s * r_i(t) ]

where s is the chance that a report shows the person's lasting value at all rather than a passing one (another car,
a shaved beard). For a pair this is log10(1 - s^2 + s^2 R) with R = sum_t prior r_a r_b; `consistency` = s^2.

A report on several people (or vehicles) has the mean of their ratios: any one of them may be the linked person, so
the best agreement speaks, divided by the number of tries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from linkage.features.evidence import Column, Detail, Encode, Evidence, Fitted, Rows, count_words, millibans
from linkage.features.newcomer import ByCode, Newcomer
from linkage.features.packing import HiddenPiece, SetPiece, TablePiece
from linkage.features.parameters import Parameters
from linkage.features.readings import Readings
from linkage.features.tree import tree_weight
from linkage.features.values import Single, ValueReadings, Values, averaging, trimmed, words_of
from linkage.report import Report


@dataclass
class LatentColumn(Column):
    """Codes into distinct values; code 0 is "not known".

    `ratio(code)` is the value's ratio over the states, shape (states,); `pair_ratio` (distinct, distinct) holds R;
    `vague` are the codes of values that can still be asked about.
    """

    codes: NDArray[np.uint16]
    values: list[Values]
    words: list[str]
    prior: NDArray[np.float64]
    ratio: Callable[[int], NDArray[np.float64]]
    pair_ratio: NDArray[np.float32]
    consistency: float
    vague: tuple[int, ...] = ()
    counts: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        self.n = len(self.codes)
        self.counts = np.bincount(self.codes, minlength=len(self.values))

    def known(self) -> NDArray[np.bool_]:
        """Per row: is the value known?"""
        return self.codes > 0

    def answered(self) -> NDArray[np.bool_]:
        """Per row: is the value told so that nothing is left to ask?"""
        return self.known() & ~np.isin(self.codes, self.vague)

    def table(self) -> NDArray[np.float64]:
        """Pair weights of every two distinct values, shape (distinct, distinct); row and column 0 are 0."""
        mixed = np.log10(np.maximum(1.0 - self.consistency + self.consistency * self.pair_ratio, 1e-30))
        mixed[0, :] = mixed[:, 0] = 0.0
        table: NDArray[np.float64] = mixed.astype(np.float64)
        return table

    def piece(self, temper: float) -> TablePiece:
        """Codes and the tempered table."""
        return TablePiece(self.codes, millibans(temper * self.table()))

    def set_piece(self) -> SetPiece:
        """Codes and the ratio of each distinct value over the states, passing values mixed in."""
        share = self.consistency**0.5
        ratios = [np.ones(len(self.prior)), *(self.ratio(code) for code in range(1, len(self.values)))]
        return HiddenPiece(self.codes, np.maximum(1.0 - share + share * np.array(ratios), 1e-30), self.prior)

    def millibans(self, left: NDArray[np.intp], right: NDArray[np.intp], temper: float) -> NDArray[np.int64]:
        """Tempered table entries of listed pairs."""
        return self.piece(temper).table[self.codes[left], self.codes[right]].astype(np.int64)

    def pair_weights(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.float64]:
        """Pair weights, shape (len(left),)."""
        looked_up: NDArray[np.float64] = self.table()[self.codes[left], self.codes[right]]
        return looked_up

    def set_weight(self, rows: Rows) -> float:
        """Weight of the rows sharing one person."""
        counts = Counter(int(self.codes[row]) for row in rows)
        counts.pop(0, None)
        if sum(counts.values()) < 2:
            return 0.0
        share = self.consistency**0.5
        log_joint = sum(
            (times * np.log(np.maximum(1.0 - share + share * self.ratio(code), 1e-30)))
            for code, times in sorted(counts.items())
        )
        peak = float(np.max(log_joint))
        return float((peak + np.log(np.sum(self.prior * np.exp(log_joint - peak)))) / np.log(10.0))

    def sampling_sd(self, a: int, b: int) -> float | None:
        """See `Column`: R goes with one over the frequency of a shared value, and of both where they differ."""
        codes = {int(self.codes[a]), int(self.codes[b])}
        if 0 in codes:
            return 0.0
        ratio = self.consistency * float(self.pair_ratio[self.codes[a], self.codes[b]])
        moves = ratio / max(1.0 - self.consistency + ratio, 1e-30)
        told = int(self.known().sum())
        variance = sum((1 - self.counts[code] / told) / self.counts[code] for code in codes)
        return float(moves * np.sqrt(variance) / np.log(10.0))

    def words_at(self, row: int) -> str:
        """The value of one row in words."""
        return self.words[int(self.codes[row])]

    def describe(self, a: int, b: int) -> Detail:
        """The comparison of rows a and b in words."""
        code_a, code_b = int(self.codes[a]), int(self.codes[b])
        words_a, words_b = self.words[code_a], self.words[code_b]
        if not code_a or not code_b:
            return Detail(words_a, words_b, "not known", "")
        says = said_of(self.values[code_a], self.values[code_b], float(self.pair_ratio[code_a, code_b]))
        rarity = count_words(int(self.counts[code_a]), int(self.known().sum())) if code_a == code_b else ""
        return Detail(words_a, words_b, says, rarity)


def said_of(one: Values, other: Values, ratio: float) -> str:
    """Whether two values agree in one part, are likelier of one person (`ratio` over 1), or differ."""
    return "agrees" if set(one) & set(other) - {None} else "close" if ratio > 1 else "differs"


class TurnsColumn(LatentColumn):
    """Values that a person has in turn, as one car after another: no one true value lies behind a whole series.

    A pair is as in `LatentColumn`; in a set each report is taken to show the value of some one other (`tree.py`).
    """

    def set_piece(self) -> TablePiece:
        """A tree over the pair table."""
        return self.piece(1.0)

    def set_weight(self, rows: Rows) -> float:
        """Weight of the rows sharing one person: matrix-tree mean of the pair ratios."""
        return tree_weight(self, rows)


@dataclass(frozen=True)
class LatentEvidence(Evidence):
    """Base of evidence with a hidden true value; subclasses say how to read, and what witnesses confuse."""

    learnable: ClassVar[tuple[str, ...]] = ("consistency",)
    column: ClassVar[type[LatentColumn]] = LatentColumn

    def read(self, report: Report) -> Values:
        """Values in a report, one for each reported person or vehicle; None inside where it is not known."""
        raise NotImplementedError

    def say(self, value: Single) -> str:
        """One value in words."""
        return str(value)

    def vague(self, value: Single) -> bool:
        """Does the value only narrow down what could be told, as that there is hair does its style?"""
        del value
        return False

    def model(
        self, singles: list[Single], counts: NDArray[np.float64], parameters: Parameters
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Prior over states, shape (states,), and p(value | state), shape (singles, states).

        `counts` says how often each single value was reported.
        """
        raise NotImplementedError

    def readings(self, reports: Sequence[Report]) -> ValueReadings:
        """The values of each report."""
        return ValueReadings(tuple(trimmed(self.read(report)) for report in reports), self.say, self.vague)

    def fit_readings(
        self, read: Readings[Any], parameters: Parameters, base: Readings[Any] | None = None
    ) -> LatentColumn:
        """Encode reports; unknown everywhere gives code 0."""
        assert isinstance(read, ValueReadings)
        counted = read if base is None else base
        assert isinstance(counted, ValueReadings)
        more = read.unknown_to(counted)
        singles = [*counted.singles, *more]
        prior, single_ratio, single_pairs = self.ratios(list(counted.singles), counted.counts, parameters, more)
        average = read.average if counted is read else averaging(read.distinct, singles)
        known = np.asarray(average.sum(axis=1)).ravel()
        pair_ratio = average @ (average @ single_pairs).T + 1.0 - np.outer(known, known)

        def ratio(code: int) -> NDArray[np.float64]:
            """R of one told value, by its code, with each hidden value, shape (hidden values,)."""
            row = average[[code]]
            parts = (share * single_ratio(int(single)) for single, share in zip(row.indices, row.data, strict=True))
            return sum(parts, np.full(len(prior), 1.0 - known[code]))

        return self.column(
            codes=read.codes,
            values=read.distinct,
            words=read.words,
            prior=prior,
            ratio=ratio,
            pair_ratio=pair_ratio.astype(np.float32),
            consistency=parameters.get(self.name, "consistency"),
            vague=read.left_open,
        )

    def ratios(
        self, singles: list[Single], counts: NDArray[np.float64], parameters: Parameters, more: Sequence[Single] = ()
    ) -> tuple[NDArray[np.float64], Callable[[int], NDArray[np.float64]], NDArray[np.float64]]:
        """Prior (states,), ratio r of single value i over the states, and R of every two single values.

        `more` are values behind the counted ones, weighed under the base rates of those.
        """
        prior, likelihood = self.model(singles, counts, parameters)
        ratio = likelihood / np.maximum(likelihood @ prior, 1e-300)[:, None]
        if more:
            ratio_of = self.any_ratio(singles, counts, parameters)
            ratio = np.vstack([ratio, *(ratio_of(single) for single in more)])
        return prior, lambda single: ratio[single], (ratio * prior) @ ratio.T

    def any_ratio(
        self, singles: list[Single], counts: NDArray[np.float64], parameters: Parameters
    ) -> Callable[[Single], NDArray[np.float64]]:
        """Ratio of any single value over the states, under the base rates of those given."""
        raise NotImplementedError

    def comparer(
        self, singles: list[Single], counts: NDArray[np.float64], parameters: Parameters
    ) -> Callable[[Single], tuple[NDArray[np.float64], NDArray[np.float64]]]:
        """For any single value: its ratio over the states, and its R with each of those given."""
        prior, likelihood = self.model(singles, counts, parameters)
        weighed = likelihood / np.maximum(likelihood @ prior, 1e-300)[:, None] * prior
        ratio_of = self.any_ratio(singles, counts, parameters)

        def one(single: Single) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
            """R of one value with each hidden value, and with each of the `singles`."""
            ratio = ratio_of(single)
            return ratio, weighed @ ratio

        return one

    def newcomers(self, fitted: Fitted) -> Encode:
        """A value that is known keeps its ratios; another one is weighed under the same base rates."""
        column, parameters = fitted.column, fitted.parameters
        assert isinstance(column, LatentColumn)
        place = {value: code for code, value in enumerate(column.values)}
        tally: Counter[Any] = Counter()
        for value, count in zip(column.values, column.counts.tolist(), strict=True):
            for single in value:
                tally[single] += count
        del tally[None]
        singles = sorted(tally, key=repr)
        beside = self.comparer(singles, np.array([float(tally[single]) for single in singles]), parameters)
        average = averaging(column.values, singles)
        known = np.asarray(average.sum(axis=1)).ravel()
        mixed, share, hidden = column.consistency, column.consistency**0.5, not isinstance(column, TurnsColumn)

        def unseen(value: Values) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
            """R of a value that no report holds with each hidden value, and with each value of the column."""
            told = [beside(single) for single in value if single is not None]
            silent = 1.0 - len(told) / len(value)
            ratio = np.sum([ratio for ratio, _ in told], axis=0) / len(value) + silent
            pairs = average @ (np.sum([pairs for _, pairs in told], axis=0) / len(value))
            return ratio, pairs + 1.0 - (1.0 - silent) * known

        def encode(report: Report) -> Newcomer | None:
            """The weight beside every report; None where it tells no value."""
            value = trimmed(self.read(report))
            if not value:
                return None
            code = place.get(value)
            if code is None:
                ratio, pairs = unseen(value)
            else:
                ratio, pairs = column.ratio(code) if hidden else np.zeros(0), column.pair_ratio[code]
            weights = np.log10(np.maximum(1.0 - mixed + mixed * pairs, 1e-30))
            weights[0] = 0.0
            passing = np.maximum(1.0 - share + share * ratio, 1e-30) if hidden else None

            def says(row: int) -> str:
                """Whether the value of a row agrees."""
                return said_of(value, column.values[column.codes[row]], float(pairs[column.codes[row]]))

            against = ByCode(column.codes, weights.astype(np.float64))
            return Newcomer(column.n, against, words_of(value, self.say), says, passing)

        return encode
