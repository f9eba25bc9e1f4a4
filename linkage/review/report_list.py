"""The list of reports: which are shown, by area, kind, consent, series and date, and in what order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from linkage.intake.values.times import dates
from linkage.report import Report
from linkage.review.risk import seriousness

NEWEST, OLDEST, MOST_SERIOUS = "newest first", "oldest first", "most serious first"
ORDERS = (NEWEST, OLDEST, MOST_SERIOUS)
CONSENTS = ("alert", "police", "scas")


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """What reports have to be to be listed; empty or None where anything will do.

    `in_series` is True for those in a series; `first` and `last` are days between which the incident may have been: a
    report without a date is left out by both.
    """

    area: str = ""
    kind: str = ""
    consent: str = ""
    in_series: bool | None = None
    first: date | None = None
    last: date | None = None


def area_of(report: Report) -> str:
    """The police force area, else the region; empty where neither is known."""
    return report.place.admin.police_force or report.place.admin.region or ""


def listed(reports: Iterable[Report], wanted: ReportFilter, in_series: Collection[str], order: str) -> list[Report]:
    """The reports that a filter lets through, in one of ORDERS. KeyError for another."""
    let_through = [one for one in reports if _passes(one, wanted, in_series)]
    key, turned = _KEYS[order]
    return sorted(let_through, key=key, reverse=turned)


def _passes(report: Report, wanted: ReportFilter, in_series: Collection[str]) -> bool:
    days = report.occurred.days
    return (
        (not wanted.area or area_of(report) == wanted.area)
        and (not wanted.kind or report.report_type == wanted.kind)
        and (not wanted.consent or getattr(report.consent, wanted.consent) is True)
        and (wanted.in_series is None or (report.report_id in in_series) == wanted.in_series)
        and (wanted.first is None or (days is not None and days[1] >= wanted.first.toordinal()))
        and (wanted.last is None or (days is not None and days[0] <= wanted.last.toordinal()))
    )


def _came(report: Report) -> tuple[str, str]:
    return report.received or "", report.report_id


_KEYS: dict[str, tuple[Callable[[Report], Any], bool]] = {
    NEWEST: (_came, True),
    OLDEST: (_came, False),
    MOST_SERIOUS: (lambda report: (seriousness(report).value, _came(report)), True),
}


def day_of(words: str, first: bool) -> date | None:
    """The first or last day of what was typed: a day, a month or a year. None for nothing; ValueError for no date."""
    if not words.strip():
        return None
    found = dates.normalise(words)
    if found is None:
        raise ValueError(f"No date can be read in {words!r}; write for example 2025-03-01 or March 2025")
    return date.fromisoformat(found.first if first else found.last)
