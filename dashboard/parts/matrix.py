"""The item by incident matrix of a series."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.parts.chrome import key_to_signs, shown
from dashboard.parts.tables import Cell, Head, Link, Noted, Number, Quiet, Reports, Says, report_link, table
from linkage.report import Report
from linkage.review.series_view import COMMON, DISTINCTIVE, INCONSISTENT, Row
from linkage.travel import Stop

TITLES = {
    DISTINCTIVE: ("DISTINCTIVE: shared here, rare elsewhere", "Seen in at most 1 report in 10 of the whole store."),
    COMMON: ("COMMON: shared here, but usual", "Many unrelated reports show these too; they tell little."),
    INCONSISTENT: (
        "INCONSISTENT: at least one incident says otherwise",
        "Speaks against the series, or for taking an incident out. People also misremember and change.",
    ),
}
NAMED = 4
"""Incidents up to which each column has the number of its report."""
FIRST = 12
"""Rows of each kind that are shown before somebody asks for all."""


def matrix_tables(
    rows: Sequence[Row], stops: Sequence[Stop], accounts: Callable[[str], Sequence[Report]], every: bool
) -> None:
    """One table for each kind of row; columns are the incidents, numbered as on the map. `accounts` gives all reports
    of a report's incident: a column of several leads to each."""
    key_to_signs()
    heads_of_stops = [_head(n, stop, accounts(stop.report_id), len(stops)) for n, stop in enumerate(stops, 1)]
    heads: list[Head] = ["Item", *heads_of_stops, "In all reports"]
    for kind, (title, about) in TITLES.items():
        of_kind = [row for row in rows if row.kind == kind]
        drawn = of_kind if every else of_kind[:FIRST]
        if not drawn:
            table(f"{title} (none)", ["Item"], [["No item of this kind"]], small=about)
            continue
        more = f" First {len(drawn)} of {len(of_kind):,}." if len(drawn) < len(of_kind) else ""
        table(title, heads, [_cells(row) for row in drawn], small=about + more)


def _head(number: int, stop: Stop, accounts: Sequence[Report], many: int) -> Head:
    """An incident's number, which leads to its report; its name under it while there is room for all. An incident of
    several accounts names each, as any of them may tell what stands below."""
    if len(accounts) > 1:
        return Reports(str(number), tuple(report_link(one.report_id) for one in accounts))
    name = stop.report_id
    link = Link(str(number), "report", (("id", name),), f"{number}: report {name}")
    return Noted(link, name) if many <= NAMED else link


def _cells(row: Row) -> list[Cell]:
    cells: list[Cell] = [Quiet(shown(row.item) if row.masked else row.item, row.group)]
    for cell in row.cells:
        words = "" if row.masked or cell.words == row.item else cell.words
        cells.append(Says(cell.says, words, short=True))
    return [*cells, Quiet(share_words(row), f"{row.base_count:,} of {row.base_total:,}")]


def share_words(row: Row) -> str:
    """The share of all reports that show an item, as the counts beside it give it."""
    return f"{row.base_share:.1%}" if row.base_share < 0.1 else f"{row.base_share:.0%}"


def shared_words(rows: Sequence[Row], most: int = 3) -> str:
    """The most telling shared items in one line: rare in all reports, and of a kind that carries weight."""
    best = [row for row in rows if row.telling][:most]
    return "; ".join(f"{row.group}: {shown(row.item)}" if row.masked else row.words for row in best) or "nothing rare"


def contrary(rows: Sequence[Row]) -> Number:
    """How many items at least one incident contradicts."""
    return Number(f"{sum(row.kind == INCONSISTENT for row in rows):,}")
