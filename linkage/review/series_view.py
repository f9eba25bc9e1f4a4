"""What a series has in common, what is common anyway, and what does not fit: the item by report matrix.

After the crime analyst's comparative case analysis: rows are items, columns incidents, and every row says how often
the item is seen in all reports, because a shared item tells little when half of all reports show it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from linkage.features.behaviour import DOMAINS, OTHER
from linkage.features.telling import tells
from linkage.report import Range, Report
from linkage.review.facts import ATTRIBUTES, RANGES, Attribute, RangeAttribute, label_of, overlap, range_words
from linkage.vocabulary import fold, load

DISTINCTIVE, COMMON, INCONSISTENT = "DISTINCTIVE", "COMMON", "INCONSISTENT"
RARE_SHARE = 0.10
"""A shared item seen in at most this share of all reports is distinctive [G]."""
LEAST_SURPRISE = 1.3
"""Surprise of an item that is named first: twenty to one against chance, as in two reports where one in twenty shows
it, or in three where up to one in five does [G]."""
LEAST_BASE = 0.5
"""Reports added to a base count, so that an item seen nowhere else is rare and not impossible (Jeffreys) [V]."""

AGREES, CLOSE, DIFFERS, SILENT, UNKNOWN = "agrees", "close", "differs", "not mentioned", "not known"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one incident says about an item, with its words: agrees, differs, not mentioned (a behaviour, where it
    tells of others) or not known."""

    says: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One item over the incidents of a series.

    `cells` are in the order of the incidents; `base_count` of `base_total` reports in the whole store show the item,
    `base_total` being those that record it for a single-valued attribute and all reports otherwise. `weighs` is False
    for an attribute that carries no weight by default.
    """

    kind: str
    group: str
    item: str
    cells: tuple[Cell, ...]
    base_count: int
    base_total: int
    masked: bool = False
    weighs: bool = True

    @property
    def shown_in(self) -> int:
        """Incidents that show the item."""
        return sum(cell.says == AGREES for cell in self.cells)

    @property
    def words(self) -> str:
        """The item so that it can stand alone: a value goes with the attribute it is of."""
        return self.item if self.group in DOMAINS.values() else f"{self.group}: {self.item}"

    @property
    def against(self) -> int:
        """Incidents that say otherwise."""
        return sum(cell.says == DIFFERS for cell in self.cells)

    @property
    def base_share(self) -> float:
        """Share of the reports that show the item (0-1)."""
        return self.base_count / max(self.base_total, 1)

    @property
    def surprise(self) -> float:
        """How unlikely the agreement is by chance: repeats times -log10 of the base share, smoothed."""
        smoothed = (self.base_count + LEAST_BASE) / (self.base_total + 2 * LEAST_BASE)
        return (self.shown_in - 1) * -math.log10(smoothed)

    @property
    def telling(self) -> bool:
        """Is it rare, shared, of a kind that carries weight, and shared by enough for its rarity?"""
        return self.kind == DISTINCTIVE and self.weighs and self.surprise >= LEAST_SURPRISE


@dataclass
class BaseRates:
    """How often each item is seen in a set of reports: counted once, asked for each series."""

    total: int = 0
    present: Counter[str] = field(default_factory=Counter)
    values: dict[str, Counter[str]] = field(default_factory=dict)
    recorded: Counter[str] = field(default_factory=Counter)
    ranges: dict[str, Counter[tuple[float | None, float | None]]] = field(default_factory=dict)

    def overlapping(self, key: str, wanted: Range) -> tuple[int, int]:
        """Values of an interval attribute that overlap `wanted`, and how many there are."""
        held = self.ranges.get(key, Counter())
        inside = sum(n for (low, high), n in held.items() if overlap(wanted, Range(min=low, max=high)))
        return inside, held.total()


def base_rates(reports: Iterable[Report]) -> BaseRates:
    """Count every item over all reports of a store."""
    rates = BaseRates()
    for report in reports:
        rates.total += 1
        rates.present.update(set(report.behaviours.present))
        for attribute in ATTRIBUTES:
            values = {fold(value) for value in attribute.read(report)}
            rates.values.setdefault(attribute.key, Counter()).update(values)
            rates.recorded[attribute.key] += bool(values)
        for interval in RANGES:
            held = rates.ranges.setdefault(interval.key, Counter())
            held.update((value.min, value.max) for value in interval.read(report))
    return rates


def matrix(reports: Sequence[Report], rates: BaseRates) -> list[Row]:
    """The item rows of a series; give one report for each incident, in the order of the columns.

    A row stands where at least two incidents show an item, or where one shows it and another says otherwise.
    Distinctive rows come first, the least likely by chance first; then common ones; then inconsistent ones, those
    that most incidents contradict first.
    """
    rows = [*_behaviour_rows(reports, rates)]
    for attribute in ATTRIBUTES:
        rows += (_open_rows if attribute.open else _single_rows)(attribute, reports, rates)
    for interval in RANGES:
        rows += _range_rows(interval, reports, rates)
    order = (DISTINCTIVE, COMMON, INCONSISTENT)
    return sorted(rows, key=lambda r: (order.index(r.kind), -r.against, -r.surprise, r.group, r.item))


def _kind(cells: Sequence[Cell], share: float) -> str | None:
    shown = sum(cell.says == AGREES for cell in cells)
    against = any(cell.says == DIFFERS for cell in cells)
    if against and shown:
        return INCONSISTENT
    if shown < 2:
        return None
    return DISTINCTIVE if share <= RARE_SHARE else COMMON


def _row(
    group: str, item: str, cells: Sequence[Cell], count: int, total: int, of: Attribute | None = None
) -> list[Row]:
    kind = _kind(cells, count / max(total, 1))
    if kind is None:
        return []
    masked, weighs = (of.masked, _weighs(of, item)) if of else (False, True)
    return [Row(kind, group, item, tuple(cells), count, total, masked, weighs)]


def _weighs(attribute: Attribute, value: str) -> bool:
    """Does it carry weight by default? Of accents, those of the British Isles do: others may stand for ethnicity."""
    if attribute.key != "accent":
        return not attribute.sensitive
    accents = load("accents")
    key = accents.find(value)
    return key is not None and not accents.entries[key].data.get("sensitive", False)


def _behaviour_rows(reports: Sequence[Report], rates: BaseRates) -> list[Row]:
    known = load("behaviours").entries
    rows: list[Row] = []
    for item in sorted({item for report in reports for item in report.behaviours.present}):
        cells = [_behaviour_cell(item, report) for report in reports]
        domain = str(known[item].data.get("domain", "")) if item in known else ""
        group = DOMAINS.get(domain, DOMAINS[OTHER])
        rows += _row(group, label_of("behaviours", item), cells, rates.present[item], rates.total)
    return rows


def _behaviour_cell(item: str, report: Report) -> Cell:
    if item in report.behaviours.present:
        return Cell(AGREES)
    if item in report.behaviours.absent:
        return Cell(DIFFERS)
    return Cell(SILENT if tells(report) else UNKNOWN)


def _open_rows(attribute: Attribute, reports: Sequence[Report], rates: BaseRates) -> list[Row]:
    held = [{fold(value): value for value in attribute.read(report)} for report in reports]
    rows: list[Row] = []
    for value in sorted({value for values in held for value in values}):
        cells = [Cell(AGREES, values[value]) if value in values else Cell(UNKNOWN) for values in held]
        words = next(values[value] for values in held if value in values)
        count = rates.values.get(attribute.key, Counter())[value]
        rows += _row(attribute.label, words, cells, count, rates.total, attribute)
    return rows


def _single_rows(attribute: Attribute, reports: Sequence[Report], rates: BaseRates) -> list[Row]:
    held = [{fold(value): value for value in attribute.read(report)} for report in reports]
    tally = Counter(value for values in held for value in values)
    if not tally:
        return []
    usual = min(tally, key=lambda value: (-tally[value], value))
    cells = [
        Cell(UNKNOWN) if not values else Cell(AGREES if usual in values else DIFFERS, " or ".join(values.values()))
        for values in held
    ]
    words = next(values[usual] for values in held if usual in values)
    count = rates.values.get(attribute.key, Counter())[usual]
    return _row(attribute.label, words, cells, count, rates.recorded[attribute.key], attribute)


def _range_rows(attribute: RangeAttribute, reports: Sequence[Report], rates: BaseRates) -> list[Row]:
    unit, held = attribute.unit, [attribute.read(report) for report in reports]
    every = [value for values in held for value in values]
    if not every:
        return []
    supported = [sum(any(overlap(one, other) for other in values) for values in held) for one in every]
    usual = every[max(range(len(every)), key=lambda i: (supported[i], -_width(every[i]), -i))]
    cells = [
        Cell(UNKNOWN)
        if not values
        else Cell(
            AGREES if any(map(partial(overlap, usual), values)) else DIFFERS,
            " or ".join(dict.fromkeys(range_words(value, unit) for value in values)),
        )
        for values in held
    ]
    return _row(attribute.label, f"about {range_words(usual, unit)}", cells, *rates.overlapping(attribute.key, usual))


def _width(value: Range) -> float:
    return math.inf if value.min is None or value.max is None else value.max - value.min
