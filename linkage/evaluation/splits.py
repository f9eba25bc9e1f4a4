"""Which reports teach and which are judged: apart by person, or by person and time; never by pair.

Reports that no truth names, being nobody's, are on neither side. All reports of one person and all reports of one
incident stay together; persons who share an incident therefore stay together too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from linkage.errors import LinkageError
from linkage.evaluation.truth import Truth
from linkage.report import Report


class SplitError(LinkageError, ValueError):
    """The reports cannot be split so; the message says why and what would do."""


@dataclass(frozen=True)
class Split:
    """Reports to learn from, reports to be judged on, and known reports that are on neither side; each by id."""

    name: str
    train: list[Report]
    test: list[Report]
    left_out: list[Report]


def by_person(reports: Sequence[Report], truth: Truth, folds: int = 5, seed: int = 0) -> list[Split]:
    """Every report is judged once, by what was learned from other persons.

    Persons are dealt to `folds` folds, series and one-offs apart: the numbers of each differ by at most one between
    folds. Large series are dealt first, each to the fold with the fewest reports among those that are due. The
    deal is seeded and does not depend on the order of `reports`. SplitError when there are fewer series than folds.
    """
    groups = _groups(reports, truth)
    serial: list[list[Report]] = []
    single: list[list[Report]] = []
    for group in groups:
        incidents = {truth.incident.get(report.report_id, report.report_id) for report in group}
        (serial if len(incidents) > 1 else single).append(group)
    if folds < 2 or len(serial) < folds:
        raise SplitError(f"{folds} folds of {len(serial)} series; give from 2 folds to as many as there are series")
    rng = np.random.default_rng(seed)
    fold_of: dict[str, int] = {}
    load = np.zeros(folds, dtype=np.int64)
    for stratum in (serial, single):
        dealt = np.zeros(folds, dtype=np.int64)
        shuffled = [stratum[index] for index in rng.permutation(len(stratum))]
        for group in sorted(shuffled, key=len, reverse=True):
            fold = int(np.lexsort((rng.random(folds), load, dealt))[0])
            dealt[fold] += 1
            load[fold] += len(group)
            fold_of.update({report.report_id: fold for report in group})
    known = sorted((report for group in groups for report in group), key=lambda report: report.report_id)
    return [
        Split(
            name=f"fold {fold + 1} of {folds}",
            train=[report for report in known if fold_of[report.report_id] != fold],
            test=[report for report in known if fold_of[report.report_id] == fold],
            left_out=[],
        )
        for fold in range(folds)
    ]


def by_time(reports: Sequence[Report], truth: Truth, cut: date | None = None, share: float = 0.7) -> Split:
    """Learn from what had come in before `cut`; be judged on persons first reported after it.

    A report counts by the day it was received, or else by the last day it may have happened on. Without `cut` it is
    the day by which `share` of the dated reports had come. Persons reported on both sides teach with their earlier
    reports, as they would have done on that day, and their later reports are left out: nobody is recognised by what
    was learned from that very person. An undated report teaches nothing, and a person with one is not judged, since
    it may be from before. SplitError when a side would be empty.
    """
    groups = _groups(reports, truth)
    days = {report.report_id: _day(report) for group in groups for report in group}
    dated = sorted(day for day in days.values() if day is not None)
    if not dated:
        raise SplitError("no report has a date (received or occurred); split by person instead")
    when = cut.toordinal() if cut else dated[min(len(dated) - 1, int(share * len(dated)))]
    train: list[Report] = []
    test: list[Report] = []
    left_out: list[Report] = []
    for group in groups:
        later = all((day := days[report.report_id]) is not None and day >= when for report in group)
        for report in group:
            day = days[report.report_id]
            side = test if later else train if day is not None and day < when else left_out
            side.append(report)
    told = date.fromordinal(when).isoformat()
    if not train or not test:
        first, last = (date.fromordinal(dated[end]).isoformat() for end in (0, -1))
        lacking = f"no report from before {told}" if not train else f"nobody first reported on {told} or later"
        raise SplitError(f"{lacking}; reports are from {first} to {last}: cut elsewhere, or split by person")
    sides = [sorted(side, key=lambda report: report.report_id) for side in (train, test, left_out)]
    return Split(f"before and after {told}", *sides)


def _day(report: Report) -> int | None:
    if report.received:
        return date.fromisoformat(report.received[:10]).toordinal()
    return report.occurred.days[1] if report.occurred.days else None


def _groups(reports: Sequence[Report], truth: Truth) -> list[list[Report]]:
    """Known reports that must stay on one side: joined by person or incident. Sorted, whatever the order given."""
    known = sorted((r for r in reports if r.report_id in truth.person), key=lambda report: report.report_id)
    ends: dict[tuple[str, str], int] = {}
    rows, columns = [], []
    for row, report in enumerate(known):
        name = report.report_id
        for end in (("person", truth.person[name]), ("incident", truth.incident.get(name, name))):
            rows.append(row)
            columns.append(ends.setdefault(end, len(known) + len(ends)))
    count = len(known) + len(ends)
    joined = coo_array((np.ones(len(rows), dtype=np.bool_), (rows, columns)), shape=(count, count))
    groups: dict[int, list[Report]] = {}
    for report, label in zip(known, connected_components(joined, directed=False)[1].tolist(), strict=False):
        groups.setdefault(label, []).append(report)
    return list(groups.values())
