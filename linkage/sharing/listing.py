"""Lists of reports and of series that may leave, under anonymous numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from linkage.report import Report
from linkage.review.strength import counted
from linkage.review.summary import NOT_MENTIONED, date_words, summarise
from linkage.sharing.clearing import cleared
from linkage.sharing.consent_gate import Admitted, ConsentError, admit
from linkage.sharing.document import Document, Section, Table
from linkage.sharing.material import Material
from linkage.sharing.pack import Wanted, force_of, standing_words


@dataclass(frozen=True, slots=True)
class ReportList:
    """Cleared reports in the order in which they were asked for."""

    purpose: str
    reports: tuple[Report, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class SeriesList:
    """Series by their numbers, each with the numbers of the reports of it that may leave, and their roles; `left_out`
    counts the reports of these series that may not."""

    purpose: str
    series: Mapping[str, Mapping[str, str]]
    reports: Mapping[str, Report]
    left_out: int


def reports_wanted(wanted: Wanted, known: Material) -> Admitted:
    """The reports named, or all, that may leave. ConsentError where none may, or one is not in the store."""
    _require(wanted.names, known.reports, "report")
    return admit([known.reports[name] for name in wanted.names or sorted(known.reports)], wanted.purpose)


def report_list(wanted: Wanted, known: Material, numbers: Mapping[str, str]) -> ReportList:
    """The reports named, or all, as far as they may leave. ConsentError as `reports_wanted`."""
    found = reports_wanted(wanted, known)
    plain = tuple(cleared(report, numbers[name]).report for name, report in found.reports.items())
    return ReportList(wanted.purpose, plain, len(found.left_out))


def series_wanted(wanted: Wanted, known: Material) -> Admitted:
    """The reports of the series named, or of all, that may leave. ConsentError as `reports_wanted`."""
    _require(wanted.names, known.series, "series")
    members = [one for name in wanted.names or sorted(known.series) for one in known.series[name]]
    return admit([known.reports[one] for one in dict.fromkeys(members) if one in known.reports], wanted.purpose)


def series_list(
    wanted: Wanted, known: Material, numbers: Mapping[str, str], series_numbers: Mapping[str, str]
) -> SeriesList:
    """The series named, or all, as far as their reports may leave. ConsentError as `reports_wanted`."""
    found = series_wanted(wanted, known)
    here = {
        series_numbers[name]: {numbers[one]: role for one, role in known.series[name].items() if one in found.reports}
        for name in wanted.names or sorted(known.series)
    }
    plain = {numbers[name]: cleared(report, numbers[name]).report for name, report in found.reports.items()}
    return SeriesList(wanted.purpose, {n: m for n, m in here.items() if m}, plain, len(found.left_out))


def _require(names: Sequence[str], known: Mapping[str, Any], what: str) -> None:
    missing = [name for name in names if name not in known]
    if missing:
        raise ConsentError(f"There is no {what} {missing[0]!r} in the store")


def report_list_plain(one: ReportList) -> dict[str, Any]:
    """A list of reports as plain JSON values."""
    return {"for": one.purpose, "reports": [report.to_json() for report in one.reports], "left_out": one.left_out}


def series_list_plain(one: SeriesList) -> dict[str, Any]:
    """A list of series as plain JSON values."""
    series = {name: dict(members) for name, members in one.series.items()}
    reports = {name: report.to_json() for name, report in one.reports.items()}
    return {"for": one.purpose, "series": series, "reports": reports, "left_out": one.left_out}


def report_list_document(one: ReportList, mark: str, steps: Sequence[tuple[str, str]]) -> Document:
    """A list of reports, one a row, with every item of any of them a column."""
    rows = [_flat(report) for report in one.reports]
    heads = list(dict.fromkeys(head for row in rows for head in row))
    cells = [[report.report_id, *(row.get(head, NOT_MENTIONED) for head in heads)]
             for report, row in zip(one.reports, rows, strict=True)]  # fmt: skip
    table = Table("reports", "Reports", ["Report", *heads], cells)
    return _listed("Reports", one.purpose, one.left_out, table, mark, steps)


def series_list_document(one: SeriesList, mark: str, steps: Sequence[tuple[str, str]]) -> Document:
    """A list of series, one report of each a row."""
    heads = ["Series", "Report", "Role", "Date", "Place", "Force area"]
    cells = [
        [name, number, role, date_words(one.reports[number]), one.reports[number].place.text or NOT_MENTIONED,
         force_of(one.reports[number])]
        for name, members in one.series.items()
        for number, role in members.items()
    ]  # fmt: skip
    return _listed("Series", one.purpose, one.left_out, Table("series", "Series", heads, cells), mark, steps)


def _flat(report: Report) -> dict[str, str]:
    """Every item of a cleared report that it mentions, by part and label."""
    return {
        f"{section.title}: {line.label}": line.value
        for section in summarise(report)
        if section.title != "About the report"
        for line in section.lines
        if line.value != NOT_MENTIONED
    }


def _listed(
    title: str, purpose: str, left_out: int, table: Table, mark: str, steps: Sequence[tuple[str, str]]
) -> Document:
    words = standing_words()
    told = f"{counted(left_out, 'report')} may not be shared for this purpose and left out."
    sections = [Section(title, [told], tables=[table]), Section("Limits", words["limits"])]
    return Document(title, mark, [("For", words["for_words"][purpose]), *steps], sections)
