"""Which reports are worth comparing as one incident.

Of two that name their day, those of one day that share a neighbourhood or something rare. Beside one that has no
date, or a wide one, those that share an identifier, the same words, or several rare details in its neighbourhood.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from linkage.intake.incidents.copies import originals
from linkage.report import Report

LONGEST = 3
"""Days a report's date may span to be one of those of a day; a wider one is compared like none [G]."""
CELL = 0.5
"""Degrees of the cells in which reports are compared [G]: 55 km by about 33 km in England."""
REACH = 0.1
"""Degrees around a place whose cells it also stands in [G]: about 11 km, more than the radius of most towns."""
CROWD = 600
"""Reports of one day and cell above which only shared plates, identifiers and speech propose pairs [G]."""
MOST_SHARING = 60
"""Reports that share something above which it proposes nobody [G]: it tells of a habit, not of an evening."""
MOST_COMPARED = 30
"""Reports that one without a date is compared with, those that share what is rarest [G]."""
FEWEST_DETAILS, RARE_TOGETHER = 2, 2.5
"""Details that must be shared where no identifier is, and how rare together (-log10 of frequency) [G]."""

Cell = tuple[int, int]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rarity:
    """How common each particular is among the reports at hand; add-one smoothed, so that a first one is not proof."""

    counts: Counter[str]
    total: int

    @classmethod
    def of(cls, reports: Collection[Report]) -> Rarity:
        """Count every particular once for each account: copies of one make nothing common."""
        first = {*originals(reports).values()}
        accounts = [report for report in reports if report.report_id in first]
        return cls(Counter(one for report in accounts for one in set(particulars(report))), len(accounts))

    def weight(self, particular: str) -> float:
        """-log10 of the particular's frequency, at most 2: a hundred reports are no measure of one in a million
        [G]."""
        return min(2.0, -math.log10((self.counts[particular] + 1) / (self.total + 2)))

    def account(self, report: Report) -> Account:
        """A report laid out for many comparisons."""
        return Account(report, {one: self.weight(one) for one in particulars(report)})


def particulars(report: Report) -> Iterator[str]:
    """What a report says, one word a thing, for counting what two reports share."""
    for vehicle in report.vehicles:
        if vehicle.model:
            yield f"model {vehicle.make} {vehicle.model}"
        if vehicle.registration:
            yield f"plate {vehicle.registration}"
    yield from (f"{one.kind} {one.value}" for one in report.identifiers)
    yield from (f"did {key}" for key in report.behaviours.present)
    yield from (f"weapon {key}" for key in report.weapons)
    for person in report.suspects:
        yield from (f"mark {phrase}" for phrase in person.marks)
        yield from (f"name {name.lower()}" for name in person.names_used)
        yield from (f"wore {phrase}" for phrase in person.clothing)
    if report.contact.method:
        yield f"contact {report.contact.method}"
    if report.place.venue:
        yield f"venue {report.place.venue}"


@dataclass(frozen=True, slots=True)
class Account:
    """A report, and each of its particulars with its weight."""

    report: Report
    said: Mapping[str, float]


def vague(report: Report) -> bool:
    """Whether a report has no date, or one so wide that it names no day."""
    days = report.occurred.days
    return days is None or days[1] - days[0] > LONGEST


class IncidentCandidates:
    """Reports by day and place, by what they share whatever the day, and how many there are of a place and time."""

    def __init__(self, reports: Iterable[Report], rarity: Rarity) -> None:
        self.accounts = {report.report_id: rarity.account(report) for report in reports}
        self.vague = {name for name, account in self.accounts.items() if vague(account.report)}
        self._dated: dict[tuple[int, Cell | str], list[str]] = defaultdict(list)
        self._telling: dict[str, list[str]] = defaultdict(list)
        self._details: dict[tuple[Cell, str], list[str]] = defaultdict(list)
        self._original = originals(account.report for account in self.accounts.values())
        self._first_days: dict[Cell | None, list[float]] = defaultdict(list)
        for name, account in self.accounts.items():
            here = _cells(account.report, 0.0)
            for key in _dated_keys(account.report):
                self._dated[key].append(name)
            for token in _telling(account.report):
                self._telling[token].append(name)
            for place in ((cell, detail) for cell in here for detail in account.said):
                self._details[place].append(name)
            days = None if name in self.vague else account.report.occurred.days
            for where in (None, *here) if self._original[name] == name else ():
                self._first_days[where].append(days[0] if days else math.inf)
        for first in self._first_days.values():
            first.sort()

    def pairs(self) -> list[Pair]:
        """All pairs worth comparing, each once, smaller name first, in order."""
        found: set[Pair] = set()
        for name, account in self.accounts.items():
            others = self.undated(account) if name in self.vague else self.of_day(account.report)
            found.update((min(name, other), max(name, other)) for other in others)
        return sorted(found)

    def of_day(self, report: Report) -> set[str]:
        """The dated reports worth comparing with a dated one."""
        blocks = ((key, self._dated.get(key, [])) for key in _dated_keys(report))
        near = (names for key, names in blocks if isinstance(key[1], str) or len(names) <= CROWD)
        return set(chain.from_iterable(near)) - {report.report_id}

    def undated(self, account: Account) -> list[str]:
        """The reports worth comparing with this one of which a side names no day, at most MOST_COMPARED."""
        report = account.report
        shared: dict[str, list[float]] = defaultdict(list)
        sure = {name for token in _telling(report) for name in _few(self._telling.get(token, []))}
        nearby = _cells(report, REACH)
        for detail, weight in sorted(account.said.items()):
            for where in nearby:
                for other in _few(self._details.get((where, detail), [])):
                    shared[other].append(weight)
        mine, found = vague(report), []
        for other in sure | shared.keys():
            rare = shared.get(other, [])
            enough = other in sure or (len(rare) >= FEWEST_DETAILS and sum(rare) >= RARE_TOGETHER)
            if enough and other != report.report_id and (mine or other in self.vague):
                found.append((other not in sure, -sum(rare), other))
        low, high = _days(report)  # no report is made before what it tells of
        days = ((other, *_days(self.accounts[other].report)) for *_, other in sorted(found))
        return list(islice((other for other, first, last in days if low <= last and first <= high), MOST_COMPARED))

    def crowd(self, report: Report) -> float:
        """How many of the accounts here may be of the place and days of this one: of all places where it names none,
        of all days where it has none."""
        low, high = _days(report)
        found = 0
        for where in _cells(report, REACH) or (None,):
            first = self._first_days.get(where, [])
            dated = bisect_left(first, math.inf)  # behind these stand those of any day
            found += min(dated, bisect_right(first, high)) - bisect_left(first, low - LONGEST) + len(first) - dated
        return float(found)

    def crowds(self, pairs: Sequence[Pair]) -> NDArray[np.float64]:
        """How many accounts there are of the day and place of each pair, (pairs,); of its place on all days that may
        be, where a side names none."""
        others: dict[str, set[str]] = defaultdict(set)
        for one, other in (pair for pair in pairs if self.vague.isdisjoint(pair)):
            others[one].add(self._original[other])
            others[other].add(self._original[one])
        near = {name: float(len(accounts)) for name, accounts in others.items()}
        undated = self.vague.intersection(chain(*pairs))
        near |= {name: self.crowd(self.accounts[name].report) for name in undated}
        telling = (self.vague.intersection(pair) or pair for pair in pairs)
        return np.array([sum(near[name] for name in names) / len(names) for names in telling])


def _few(names: list[str]) -> Iterable[str]:
    return names if len(names) <= MOST_SHARING else ()


def _dated_keys(report: Report) -> Iterator[tuple[int, Cell | str]]:
    """Each day of a report that names its day, with each of its cells and each thing that is telling."""
    days = report.occurred.days
    if days is not None and not vague(report):
        kinds: list[Cell | str] = [*_cells(report, REACH), *_telling(report)]
        yield from ((day, kind) for day in range(days[0], days[1] + 1) for kind in kinds)


def _cells(report: Report, reach: float) -> set[Cell]:
    """The cells within some degrees of a report's place; none where that is not known."""
    lat, lon = report.place.lat, report.place.lon
    if lat is None or lon is None:
        return set()
    by = (-reach, 0.0, reach)
    return {(int((lat + up) // CELL), int((lon + right) // CELL)) for up in by for right in by}


def _telling(report: Report) -> set[str]:
    """What is telling by itself: plates, identifiers, utterances, and how the narrative opens."""
    numbers = {f"plate {v.registration}" for v in report.vehicles if v.registration}
    numbers |= {f"{i.kind} {i.value}" for i in report.identifiers}
    said = {f"said {' '.join(words.lower().split())}" for words in report.speech if len(words) > 11}
    opening = " ".join((report.narrative or "")[:200].lower().split())[:60]
    return numbers | said | ({f"text {opening}"} if len(opening) > 40 else set())


def _days(report: Report) -> tuple[float, float]:
    """First and last day possible, as ordinals."""
    low, high = report.occurred.days or (float("-inf"), float("inf"))
    if report.received and report.occurred.days is None:
        high = min(high, date.fromisoformat(report.received[:10]).toordinal())
    return low, high
