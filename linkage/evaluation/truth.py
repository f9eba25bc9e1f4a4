"""Who is behind each report, and which pairs of reports are judged."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from linkage.errors import LinkageError
from linkage.intake.incidents.merge import incident_rows
from linkage.report import Report

TRUTH_COLUMNS = ("report_id", "incident_id", "offender_id")
"""Columns that a truth file must have; `linkage synth` writes more beside them."""


class TruthError(LinkageError, ValueError):
    """A truth file cannot be read; the message names file, row, field and cure."""


@dataclass(frozen=True)
class Truth:
    """The person and the incident of each report, by report id.

    A report that is in neither belongs to nobody known: it is left out of what is judged.
    """

    person: Mapping[str, str]
    incident: Mapping[str, str]

    @classmethod
    def from_labels(cls, reports: Sequence[Report], one_offs: bool = True) -> Truth:
        """Truth from the reports' own `series`; reports of one incident are those that `follows` joins.

        With `one_offs` a report without a label counts as the only one of its person, as in a file where every
        series is labelled; without, it is left out, since it may belong to any series.
        """
        laid = incident_rows(reports)
        incident = {report: row[0] for row in laid.rows for report in row}
        labels = {report.report_id: report.series for report in reports}
        person: dict[str, str] = {}
        for row in laid.rows:
            told = [label for report in row if (label := labels[report]) is not None]
            if told or one_offs:
                person.update({report: labels[report] or (told[0] if told else f"\0{row[0]}") for report in row})
        return cls(person=person, incident=incident)

    @classmethod
    def from_file(cls, path: str | Path) -> Truth:
        """Truth from a CSV with the columns `TRUTH_COLUMNS`. TruthError when it cannot be used."""
        rows = _truth_rows(path)
        seen: set[str] = set()
        for number, row in enumerate(rows, start=2):
            for name in TRUTH_COLUMNS:
                if not row[name]:
                    raise TruthError(f"{path}, row {number}, {name}: empty; every row names its {name}")
            if row["report_id"] in seen:
                raise TruthError(
                    f"{path}, row {number}, report_id: {row['report_id']} again; give each report one row"
                )
            seen.add(row["report_id"])
        return cls(
            person={row["report_id"]: row["offender_id"] for row in rows},
            incident={row["report_id"]: row["incident_id"] for row in rows},
        )

    def of(self, reports: Iterable[str]) -> Truth:
        """The truth of these reports alone."""
        kept = set(reports)
        return Truth(
            {report: person for report, person in self.person.items() if report in kept},
            {report: incident for report, incident in self.incident.items() if report in kept},
        )


def _truth_rows(path: str | Path) -> list[dict[str, str]]:
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as lines:
            table = csv.DictReader(lines)
            rows, named = list(table), table.fieldnames or ()
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TruthError(f"{path}: cannot be read ({error}); give a CSV in UTF-8") from error
    missing = [name for name in TRUTH_COLUMNS if name not in named]
    if missing:
        needed = ", ".join(TRUTH_COLUMNS)
        raise TruthError(
            f"{path}, row 1: no column {', '.join(missing)}; the first row of a truth file names {needed}"
        )
    return rows


@dataclass(frozen=True)
class EvaluatedPairs:
    """Every pair of reports that is judged: both known, and not of one incident.

    `reports` are sorted by id; `left` < `right` are rows of them (int32, pairs); `linked` is true where one person
    is behind both; `person` numbers the persons (reports,); `km` (pairs, float32) is the distance between the
    places as reported, nan where a side has none. `incident` numbers the incidents (reports,); without it each report
    is one of its own.
    """

    reports: list[Report]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    linked: NDArray[np.bool_]
    person: NDArray[np.int64]
    km: NDArray[np.float32]
    incident: NDArray[np.int64] | None = None

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Row of each report id."""
        return {report.report_id: row for row, report in enumerate(self.reports)}

    def __len__(self) -> int:
        return len(self.left)


def evaluated_pairs(reports: Sequence[Report], truth: Truth) -> EvaluatedPairs:
    """All judged pairs of these reports, in the order of `np.triu_indices`."""
    known = sorted((r for r in reports if r.report_id in truth.person), key=lambda report: report.report_id)
    names = [report.report_id for report in known]
    person = _numbered([truth.person[name] for name in names])
    incident = _numbered([truth.incident.get(name, name) for name in names])
    left, right = (rows.astype(np.int32) for rows in np.triu_indices(len(known), 1))
    apart = incident[left] != incident[right]
    left, right = left[apart], right[apart]
    return EvaluatedPairs(
        reports=known,
        left=left,
        right=right,
        linked=person[left] == person[right],
        person=person,
        km=_kilometres(known, left, right),
        incident=incident,
    )


def _numbered(names: Sequence[str]) -> NDArray[np.int64]:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int64)


def _kilometres(reports: Sequence[Report], left: NDArray[np.int32], right: NDArray[np.int32]) -> NDArray[np.float32]:
    places = [(report.place.lat, report.place.lon) if report.place else (None, None) for report in reports]
    points = np.radians(np.array([[np.nan if x is None else x for x in point] for point in places], dtype=float))
    points = points.reshape(-1, 2)
    # the chord between unit vectors, turned into an arc: exact and cheap for millions of pairs
    flat = np.cos(points[:, 0])
    xyz = np.stack([flat * np.cos(points[:, 1]), flat * np.sin(points[:, 1]), np.sin(points[:, 0])], axis=1)
    chord = np.sqrt(((xyz[left] - xyz[right]) ** 2).sum(axis=1))
    arc: NDArray[np.float64] = 2 * 6371.009 * np.arcsin(np.minimum(1.0, chord / 2))
    return arc.astype(np.float32)
