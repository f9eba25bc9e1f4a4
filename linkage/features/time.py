"""When: the gap between incidents with uncertain dates, and the day of the week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from linkage.features.evidence import MILLIBAN, Detail, Encode, Evidence, Fitted, millibans
from linkage.features.measures import GAP_LEVELS, GAP_STEPS, SPREAD_LIMITS, gap_one, gap_pairs
from linkage.features.newcomer import ByRow, Newcomer
from linkage.features.packing import GapPiece
from linkage.features.parameters import Parameters
from linkage.features.readings import Readings
from linkage.features.tree import TreeColumn
from linkage.report import Report

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LONGEST_GAP = 16_383
"""Days; the last gap level."""

DAYS = np.arange(LONGEST_GAP + 1, dtype=float)
"""Every number of days between two reports."""

SAMPLED = 3000
"""Reports whose gaps give the base rate of gaps [G]; evenly thinned from the sorted dates."""


@dataclass
class GapColumn(TreeColumn):
    """Middle (ordinal day less `start`) and half-width (days) of each date range, and the table in millibans."""

    middle: NDArray[np.float32]
    half: NDArray[np.float32]
    dated: NDArray[np.bool_]
    table: NDArray[np.int16]
    words: list[str]
    start: int = 0

    def __post_init__(self) -> None:
        self.n = len(self.dated)

    def known(self) -> NDArray[np.bool_]:
        """Per row: is any date known?"""
        return self.dated

    def piece(self, temper: float) -> GapPiece:
        """Dates and the tempered table."""
        dates = np.stack([self.middle, self.half, self.dated.astype(np.float32)], axis=1)
        return GapPiece(dates.astype(np.float32), np.rint(temper * self.table).astype(np.int16))

    def millibans(self, left: NDArray[np.intp], right: NDArray[np.intp], temper: float) -> NDArray[np.int64]:
        """Tempered gap weights of listed pairs."""
        found = gap_pairs(self.middle, self.half, self.piece(temper).table, left, right)
        return np.where(self.dated[left] & self.dated[right], found, 0).astype(np.int64)

    def known_pair_weights(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.float64]:
        """Pair weights of dated rows."""
        found: NDArray[np.float64] = gap_pairs(self.middle, self.half, self.table, left, right) / MILLIBAN
        return found

    def days(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.float64]:
        """Days between the middles of two date ranges; nan where a side has no date."""
        gap = np.abs(self.middle[left].astype(float) - self.middle[right])
        return np.where(self.dated[left] & self.dated[right], gap, np.nan)

    def words_at(self, row: int) -> str:
        """The date of one row in words."""
        return self.words[row]

    def describe(self, a: int, b: int) -> Detail:
        """Both dates and the days between; they agree where the gap is twice as likely for one person (.3) [G]."""
        if not (self.dated[a] and self.dated[b]):
            return Detail(self.words[a], self.words[b], "not known", "")
        gap = float(self.days(np.array([a]), np.array([b]))[0])
        weight = float(self.known_pair_weights(np.array([a]), np.array([b]))[0])
        return Detail(self.words[a], self.words[b], _says(weight), days_words(gap))


@dataclass(frozen=True)
class GapEvidence(Evidence):
    """Days between incidents. Parameters: median (days), sigma (log-normal), elsewhere (chance of no relation)."""

    learnable: ClassVar[tuple[str, ...]] = ("median", "sigma")

    def readings(self, reports: Sequence[Report]) -> DateReadings:
        """The dates of each report."""
        return DateReadings(tuple((report.occurred.days, date_words(report)) for report in reports))

    def fit_readings(
        self, read: Readings[Any], parameters: Parameters, base: Readings[Any] | None = None
    ) -> GapColumn:
        """Encode dates; the base rate of gaps comes from the reports at hand."""
        assert isinstance(read, DateReadings)
        counted = read if base is None else base
        assert isinstance(counted, DateReadings)
        spans = [span for span, _ in read.rows]
        dated = np.array([span is not None for span in spans], dtype=bool)
        first = np.array([span[0] if span else 0 for span in spans], dtype=float)
        last = np.array([span[1] if span else 0 for span in spans], dtype=float)
        # Ordinals are shifted to a day near those seen: float32 then holds half days exactly.
        start = min((span[0] for span, _ in [*counted.rows, *read.rows] if span), default=0)
        middle = np.where(dated, (first + last) / 2 - start, 0.0)
        half = np.where(dated, (last - first) / 2, 0.0)
        weights = gap_table(
            counted.gaps,
            parameters.get(self.name, "median"),
            parameters.get(self.name, "sigma"),
            parameters.get(self.name, "elsewhere"),
        )
        return GapColumn(
            middle=middle.astype(np.float32),
            half=half.astype(np.float32),
            dated=dated,
            table=millibans(weights),
            words=[words for _, words in read.rows],
            start=start,
        )

    def newcomers(self, fitted: Fitted) -> Encode:
        """Lay its dates beside every other."""
        column = fitted.column
        assert isinstance(column, GapColumn)
        start = column.start

        def encode(report: Report) -> Newcomer | None:
            """The weight beside every report; None where it has no date."""
            span = report.occurred.days
            if span is None:
                return None
            one = (np.float32((span[0] + span[1]) / 2 - start), np.float32((span[1] - span[0]) / 2))
            found = gap_one(one, column.middle, column.half, column.dated, column.table)
            return Newcomer(column.n, ByRow(found), date_words(report), lambda row: _says(int(found[row]) / MILLIBAN))

        return encode


def days_words(days: float) -> str:
    """A number of days between two reports in words."""
    return f"{days:,.0f} {'day' if round(days) == 1 else 'days'} apart"


def _says(weight: float) -> str:
    return "agrees" if weight > 0.3 else "close" if weight > 0 else "differs"


@dataclass(frozen=True)
class Gaps:
    """The `period` in days that reports cover, and how often unrelated ones lie any number of days apart, `base`
    (days,)."""

    period: float
    base: NDArray[np.float64]

    @classmethod
    def of(cls, middle: NDArray[np.float64]) -> Gaps:
        """As the middles of the reports' dates tell. The period is taken to be a month at least, a year without
        dates [G]."""
        period = max(30.0, float(np.ptp(middle)) + 1 if len(middle) else 365.0)
        return cls(period, gap_base_rate(middle, _levels(), period))


@dataclass(frozen=True, eq=False)
class DateReadings(Readings[tuple[tuple[int, int] | None, str]]):
    """First and last day (ordinals) that each report may be of, and its date in words."""

    @cached_property
    def gaps(self) -> Gaps:
        """How far apart the reports lie."""
        return Gaps.of(np.array([(span[0] + span[1]) / 2 for span, _ in self.rows if span], dtype=float))


def gap_table(gaps: Gaps, median: float, sigma: float, elsewhere: float) -> NDArray[np.float64]:
    """Weight of each gap level at each level of date uncertainty, shape (gap levels, spread levels).

    The gap of two incidents of one person is log-normal (plus one day), seen only inside the period the reports
    cover; the gap of two unrelated reports is that of the reports at hand, smoothed on the log scale. Uncertain
    dates average both over all gaps they allow. No gap says more than 3 either way [G].
    """
    base = gaps.base
    seen = np.maximum(gaps.period - DAYS, 0.0)
    linked = np.exp(-(((np.log(DAYS + 1) - np.log(median + 1)) / sigma) ** 2) / 2) / (DAYS + 1) * seen
    linked = (1 - elsewhere) * linked / linked.sum() + elsewhere * base
    sums = np.concatenate([[0.0], np.cumsum(linked)]), np.concatenate([[0.0], np.cumsum(base)])
    level, first, last = _days_of_levels()
    spread = np.array(SPREAD_LIMITS)
    low = np.maximum(0, (first[:, None] - spread).astype(int))
    high = np.minimum(LONGEST_GAP, (last[:, None] + spread).astype(int)) + 1
    table = np.zeros((GAP_LEVELS, len(SPREAD_LIMITS) + 1))
    table[level, :-1] = np.log10((sums[0][high] - sums[0][low]) / (sums[1][high] - sums[1][low]))
    filled = np.maximum.accumulate(np.where(np.isin(np.arange(GAP_LEVELS), level), np.arange(GAP_LEVELS), 0))
    return np.clip(table[filled], -3.0, 3.0)


@cache
def _levels() -> NDArray[np.int_]:
    """Level of each number of days (days,)."""
    found: NDArray[np.int_] = np.minimum(GAP_LEVELS - 1, (GAP_STEPS * np.log2(1 + DAYS)).astype(int))
    return found


@cache
def _days_of_levels() -> tuple[NDArray[np.int_], NDArray[np.int_], NDArray[np.int_]]:
    """The levels that any number of days has, and the first and last such number of each."""
    level, first, count = np.unique(_levels(), return_index=True, return_counts=True)
    return level, first, first + count - 1


def gap_base_rate(middle: NDArray[np.float64], levels: NDArray[np.int_], period: float) -> NDArray[np.float64]:
    """Share of unrelated pairs at each gap of 0.. days, shape (days,), sums to 1 and is nowhere 0.

    Counts of the reports at hand by gap level, shrunk to the triangle that evenly spread reports would give with
    the weight of 200 pairs; the counts themselves weigh 10,000 pairs at most [G].
    """
    days = np.arange(len(levels), dtype=float)
    triangle = np.maximum(period - days, 0.0) + 1e-3
    triangle /= triangle.sum()
    ordered = np.sort(middle)
    if len(ordered) > SAMPLED:
        ordered = ordered[np.linspace(0, len(ordered) - 1, SAMPLED).astype(int)]
    counts = np.zeros(levels.max() + 1)
    for index in range(1, len(ordered)):
        gaps = np.minimum(len(levels) - 1, np.rint(ordered[index:] - ordered[:-index])).astype(int)
        counts += np.bincount(levels[gaps], minlength=len(counts))
    expected = np.bincount(levels, weights=triangle, minlength=len(counts))
    factor = (counts / max(1.0, counts.sum()) * min(counts.sum(), 1e4) + 200 * expected) / np.maximum(
        expected, 1e-300
    )
    rate = triangle * factor[levels]
    shares: NDArray[np.float64] = rate / rate.sum()
    return shares


def weekday_choices(report: Report) -> list[tuple[str, ...]]:
    """Weekdays the incident may have been on; empty when the date is vaguer than two days."""
    span = report.occurred.days
    if span is not None and span[1] - span[0] <= 1:
        return [tuple(WEEKDAYS[date.fromordinal(day).weekday()] for day in range(span[0], span[1] + 1))]
    return [(report.occurred.weekday,)] if report.occurred.weekday in WEEKDAYS else [()]


def date_words(report: Report) -> str:
    """The date or range as an analyst reads it."""
    occurred = report.occurred
    if occurred.from_ is None:
        return "not known"
    first = occurred.from_[:10]
    last = occurred.to[:10] if occurred.to else first
    return first if first == last else f"{first} to {last}"
