"""Which reports are worth comparing with one that has no date, or a wide one: those that share an identifier, the
same words, or several rare details in its neighbourhood."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from linkage.intake.incident_blocks import cell, neighbourhood, telling_tokens
from linkage.intake.same_incident import LONGEST, Rarity, particulars, vague
from linkage.report import Report

MOST_SHARING = 60
"""Reports that share a token above which it proposes nobody [G]: it tells of a person or habit, not of an evening."""

MOST_COMPARED = 30
"""Reports that one without a date is compared with, those that share what is rarest [G]."""

FEWEST_DETAILS, RARE_TOGETHER = 2, 2.5
"""Details that must be shared where no identifier is, and how rare together (-log10 of frequency) [G]."""

Cell = tuple[int, int]


class UndatedBlocks:
    """Reports by what they share whatever the day, and how many there are of a place and time."""

    def __init__(self, reports: Mapping[str, Report], rarity: Rarity) -> None:
        self._reports, self._rarity = reports, rarity
        self._telling: dict[str, list[str]] = defaultdict(list)
        self._details: dict[tuple[Cell, str], list[str]] = defaultdict(list)
        self._first_days: dict[Cell | None, list[int]] = defaultdict(list)
        self._anytime: Counter[Cell | None] = Counter()
        self.vague = {name for name, report in reports.items() if vague(report)}
        for name, report in reports.items():
            self._hold(name, report)
        for days in self._first_days.values():
            days.sort()

    def _hold(self, name: str, report: Report) -> None:
        here = cell(report)
        for token in telling_tokens(report):
            self._telling[token].append(name)
        if here is not None:
            for detail in set(particulars(report)):
                self._details[(here, detail)].append(name)
        days = report.occurred.days
        for where in (None, here) if here else (None,):
            if name in self.vague or days is None:
                self._anytime[where] += 1
            else:
                self._first_days[where].append(days[0])

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Pairs worth comparing in which a side has no date or a wide one, smaller name first; some come twice."""
        for name in sorted(self.vague):
            yield from ((min(name, other), max(name, other)) for other in self.beside(self._reports[name]))

    def beside(self, report: Report) -> list[str]:
        """The reports worth comparing with this one, at most MOST_COMPARED; where it has a date of its own only those
        that have none."""
        shared: dict[str, list[float]] = defaultdict(list)
        sure: set[str] = set()
        for token in telling_tokens(report):
            sure.update(self._few(self._telling.get(token, [])))
        for detail in set(particulars(report)):
            weight = self._rarity.weight(detail)
            for where in neighbourhood(report):
                for other in self._few(self._details.get((where, detail), [])):
                    shared[other].append(weight)
        mine, found = vague(report), []
        for other in sure | shared.keys():
            rare = shared.get(other, [])
            enough = other in sure or (len(rare) >= FEWEST_DETAILS and sum(rare) >= RARE_TOGETHER)
            if enough and other != report.report_id and (mine or other in self.vague):
                found.append((other not in sure, -sum(rare), other))
        possible = (other for *_, other in sorted(found) if may_be_one_day(report, self._reports[other]))
        return [other for other, _ in zip(possible, range(MOST_COMPARED), strict=False)]

    def crowd(self, report: Report) -> float:
        """How many of the reports here may be of the place and days of this one: of all places where it names none,
        of all days where it has none."""
        known: Iterable[Cell | None] = neighbourhood(report) or (None,)
        return float(sum(self._of_days(where, *_days(report)) for where in known))

    def _of_days(self, where: Cell | None, low: float, high: float) -> int:
        first = self._first_days.get(where, [])
        return bisect_right(first, high) - bisect_left(first, low - LONGEST) + self._anytime[where]

    @staticmethod
    def _few(names: list[str]) -> Iterable[str]:
        return names if len(names) <= MOST_SHARING else ()


def may_be_one_day(one: Report, other: Report) -> bool:
    """Whether what is known of days leaves one day for both: no report is made before what it tells of."""
    a, b = (_days(report) for report in (one, other))
    return a[0] <= b[1] and b[0] <= a[1]


def _days(report: Report) -> tuple[float, float]:
    """First and last day possible, as ordinals."""
    low, high = report.occurred.days or (float("-inf"), float("inf"))
    if report.received and report.occurred.days is None:
        high = min(high, date.fromisoformat(report.received[:10]).toordinal())
    return low, high
