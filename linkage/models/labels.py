"""Labelled series as links between rows, and how many links they promise elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from linkage.features.parameters import Parameters
from linkage.models.lengths import learned_lengths
from linkage.report import Report

PARTNERS_STRENGTH = 200.0
"""Reports' worth of the elicited number of partners [G]."""

LENGTHS_STRENGTH = 50.0
"""Series' worth of the elicited lengths [G]."""

LEARNING_REPORTS = 4000
"""Reports that learning reads [G]: intervals no longer narrow much beyond, and it refits each column many times."""

DEALS = ((0, 3), (0, 1), (0, 2))
"""Ways to deal by turns of four into two halves: which turns the first half has."""

T = TypeVar("T")


@dataclass(frozen=True)
class Links:
    """Labelled links as rows `left` and `right`, each with a `share`: a series of k incidents has k(k-1)/2 pairs
    and k - 1 links' worth of information, so each pair counts 2/k. `series` holds the rows of each linked series."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    share: NDArray[np.float64]
    series: tuple[tuple[int, ...], ...] = ()


def labelled_links(labels: Sequence[str | None], incident: Sequence[int]) -> Links:
    """All pairs of rows with one label that are not one incident."""
    rows: dict[str, list[int]] = {}
    for row, label in enumerate(labels):
        if label is not None:
            rows.setdefault(label, []).append(row)
    found = [
        (a, b, 2.0 / len({incident[row] for row in members}))
        for members in rows.values()
        for i, a in enumerate(members)
        for b in members[i + 1 :]
        if incident[a] != incident[b]
    ]
    left, right, share = zip(*found, strict=True) if found else ((), (), ())
    series = tuple(tuple(members) for members in rows.values() if len({incident[row] for row in members}) > 1)
    return Links(np.array(left, np.int64), np.array(right, np.int64), np.array(share, np.float64), series)


def learn_partners(labels: Sequence[str | None], links: Links, parameters: Parameters) -> Parameters:
    """Learn how many partners a report has, from the labels of all rows; `parameters` have the elicited number."""
    partners = parameters.values["series"]["partners"]
    value = learned_partners(labels, links, partners.value)
    return parameters.with_value("series", "partners", partners.learned(value, len(links.left), value, value))


def learn_lengths(reports: Sequence[Report], parameters: Parameters) -> Parameters:
    """Learn how long series get, from those of which two reports or more are labelled."""
    sizes = Counter(report.series for report in reports if report.series is not None)
    own = parameters.values["series"]
    known = [size for size in sizes.values() if size > 1]
    found = learned_lengths(known, own["more"].value, own["long"].value, LENGTHS_STRENGTH)
    for name, value in zip(("more", "long"), found, strict=True):
        parameters = parameters.with_value("series", name, own[name].learned(value, len(known), None, None))
    return parameters


def learned_partners(labels: Sequence[str | None], links: Links, elicited: float) -> float:
    """Partners a report has, from twice the labelled links a row, shrunk to the elicited number.

    Rows without a label may be one-offs or simply not looked into. Over all rows the links give the least there can
    be, over the labelled rows alone the most; the elicited number is moved only as far as these bounds ask.
    """
    known = sum(label is not None for label in labels)
    prior = PARTNERS_STRENGTH * elicited
    least = (2.0 * len(links.left) + prior) / (len(labels) + PARTNERS_STRENGTH)
    most = (2.0 * len(links.left) + prior) / (known + PARTNERS_STRENGTH)
    return min(max(elicited, least), most)


def thinned(reports: Sequence[Report], most: int = LEARNING_REPORTS) -> list[Report]:
    """At most about `most` reports to learn from: whole series first, evenly thinned when they alone are too many,
    then an even share of the rest, which keep base rates what they are."""
    ordered = sorted(reports, key=lambda report: report.report_id)
    if len(ordered) <= most:
        return ordered
    labels = sorted({report.series for report in ordered if report.series})
    labelled = sum(report.series is not None for report in ordered)
    kept = set(_evenly(labels, min(1.0, most / 2 / max(1, labelled))))
    rest = [report for report in ordered if report.series is None]
    told = [report for report in ordered if report.series in kept]
    return told + _evenly(rest, min(1.0, (most - len(told)) / max(1, len(rest))))


def halves(reports: Sequence[Report], deal: int = 0) -> tuple[list[Report], list[Report]]:
    """Reports in two halves that share no series: series are dealt in turn by size, the rest by report id.

    `deal` is one of DEALS: each pair of series shares a half in one of the three.
    """
    rows: dict[str, list[Report]] = {}
    rest: list[Report] = []
    for report in sorted(reports, key=lambda report: report.report_id):
        if report.series is None:
            rest.append(report)
        else:
            rows.setdefault(report.series, []).append(report)
    dealt = sorted(rows.values(), key=lambda members: (-len(members), members[0].report_id))
    found: tuple[list[Report], list[Report]] = ([], [])
    for several in (dealt, [[report] for report in rest]):
        for turn, members in enumerate(several):
            found[turn % 4 not in DEALS[deal]].extend(members)
    return found


def _evenly(values: Sequence[T], share: float) -> list[T]:
    """An even share of the values, in order."""
    return [value for i, value in enumerate(values) if int((i + 1) * share) > int(i * share)]
