"""Labelled reports to learn from: laid out in rows and read once, however often they are fitted and scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from linkage.features.table import TableReadings
from linkage.intake.incidents.merge import IncidentRows, incident_rows
from linkage.models.labels import Links, labelled_links
from linkage.report import Report


@dataclass(frozen=True)
class Sample:
    """Reports with the label of each in `series`, laid out in rows, what the rows say, and the labelled links between
    them."""

    series: Mapping[str, str | None]
    laid: IncidentRows
    read: TableReadings
    links: Links


def samples(parts: Sequence[Sequence[Report]]) -> list[Sample]:
    """Each part of the reports laid out by itself; what stands for an incident in several of them is read once."""
    laid = [incident_rows(part) for part in parts]
    rows: dict[tuple[str, ...], Report] = {}
    for one in laid:
        rows |= zip(map(tuple, one.rows), one.reports, strict=True)
    every, place = TableReadings(list(rows.values())), {members: at for at, members in enumerate(rows)}
    return [
        Sample(
            {report.report_id: report.series for report in part},
            one,
            every.take([place[tuple(members)] for members in one.rows]),
            labelled_links([report.series for report in one.reports], one.number),
        )
        for part, one in zip(parts, laid, strict=True)
    ]
