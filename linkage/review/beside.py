"""A new report beside those that are held: is it the same incident, which series and reports does it resemble, why.

Nothing of what is held changes: no series, pair or figure of the run. The new report is in the next run like any
other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from linkage.features.explanation import EvidencePart, Explanation
from linkage.features.table import EvidenceTable, fit_table
from linkage.intake.incidents import IncidentIndex
from linkage.linker import Linker
from linkage.models.newcomers import LEAST_REASON, NONE, Newcomers, Resemblance
from linkage.report import Report
from linkage.review.same_incident_words import same_incident_words, same_text
from linkage.review.strength import probability_of

NEAREST, PLACES, REASONS = 10, 5, 4
"""Reports, places, and reasons on each side of a place that are told of a new report [G]."""


@dataclass(frozen=True, slots=True)
class SameIncident:
    """A report that may tell of the same incident, and why, in words without any identifier. `said` when the new
    report itself names it."""

    report_id: str
    why: tuple[str, ...]
    said: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """What one comparison adds to a place: its name and label, `weight` (log10 LR), and what the new report says."""

    name: str
    label: str
    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class PlaceOf:
    """A place that the report could take: a series, a report in none (`lone`), or none (`series_id` None).

    `probability` over all places adds up to 1; `strength` is log10 odds against standing alone.
    """

    series_id: str | None
    lone: bool
    probability: float
    strength: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Answers:
    """What is found at once. `places` is None where nothing was linked yet; `compared` counts the reports held."""

    same_incident: list[SameIncident]
    places: list[PlaceOf] | None
    nearest: list[Explanation]
    compared: int


def same_incident(report: Report, reports: Mapping[str, Report], index: IncidentIndex) -> list[SameIncident]:
    """Reports held that may tell of the incident of a new one: as it says itself, by the same text, by content."""
    names = [report.follows] if report.follows in reports else []
    names += [*same_text(report, reports.values()), *index.proposed(report)]
    return [
        SameIncident(name, same_incident_words(report, reports[name]), name == report.follows)
        for name in dict.fromkeys(filter(None, names))
    ]


class Desk:
    """Reports that are held, made ready to lay a new one beside them. Preparing takes seconds, asking milliseconds.

    `linker` has taken up `reports` with the weights of the run; `series` gives each series' members, None where
    nothing was linked yet.
    """

    def __init__(
        self, reports: Mapping[str, Report], linker: Linker, series: Mapping[str, Sequence[str]] | None
    ) -> None:
        self.reports = dict(reports)
        self.newcomers: Newcomers | None = linker.newcomers() if self.reports else None
        self.series: pd.DataFrame | None = None
        if series is not None:
            rows = [(name, one) for name, members in series.items() for one in members if one in self.reports]
            self.series = pd.DataFrame(rows, columns=["series_id", "report_id"])

    def answers(self, report: Report) -> Answers:
        """What a report that is not among those held resembles."""
        newcomers = self.newcomers
        if newcomers is None:
            return Answers([], None if self.series is None else [], [], 0)
        same = same_incident(report, self.reports, newcomers.incidents)
        places = None if self.series is None else self._places(report, newcomers, self.series)
        return Answers(same, places, self._nearest(report, newcomers), len(self.reports))

    def _places(self, report: Report, newcomers: Newcomers, series: pd.DataFrame) -> list[PlaceOf]:
        """The likeliest places, and none wherever it stands."""
        known, words = set(series["series_id"]), newcomers.words(report)
        kinds = [(kind.name, kind.label) for kind in newcomers.scored.table.evidence]
        found = []
        for row in newcomers.place(report, series).to_dict("records"):
            weighed = [(name, label, float(row[f"w_{name}"])) for name, label in kinds]
            heaviest = sorted((one for one in weighed if abs(one[2]) >= LEAST_REASON), key=lambda one: -abs(one[2]))
            sides = [[one for one in heaviest if (one[2] > 0) is supports][:REASONS] for supports in (True, False)]
            reasons = tuple(Reason(*one, words.get(one[0], "")) for side in sides for one in side)
            name = None if row["series_id"] == NONE else str(row["series_id"])
            lone = name is not None and name not in known
            found.append(PlaceOf(name, lone, float(row["probability"]), float(row["strength"]), reasons))
        return found[:PLACES] + [one for one in found[PLACES:] if one.series_id is None]

    def _nearest(self, report: Report, newcomers: Newcomers) -> list[Explanation]:
        near = newcomers.nearest(report, NEAREST)
        held = [self.reports[newcomers.scored.rows[one.row][0]] for one in near]
        # what two values say of each other is told by a table of these few reports alone; weights come from all
        table = fit_table([report, *held], newcomers.model.parameters)
        pairs = enumerate(zip(held, near, strict=True), 1)
        return [_explained(report, other, at, one, table, newcomers) for at, (other, one) in pairs]


def _explained(
    report: Report, other: Report, at: int, near: Resemblance, table: EvidenceTable, newcomers: Newcomers
) -> Explanation:
    parts = []
    for kind, detail, weight in zip(table.evidence, table.details(0, at), near.weights.tolist(), strict=True):
        says = detail.says
        if weight and says == "not known":  # among few reports an item may tell nothing
            says = "close" if weight > 0 else "differs"
        if weight > 0 and says == "differs":
            says = "close"
        rarity = detail.rarity if kind.name in ("place", "gap") else ""
        parts.append(
            EvidencePart(
                kind.name,
                kind.group,
                kind.label,
                detail.words_a,
                detail.words_b,
                says,
                rarity,
                weight,
                kind.sensitive,
            )
        )
    here, there = np.array([0]), np.array([at])
    return Explanation(
        report_a=report.report_id,
        report_b=other.report_id,
        prior=newcomers.scored.prior,
        weight=float(near.weights.sum()),
        strength=near.strength,
        probability=probability_of(near.strength),
        distance_km=table.place().shown_km(0, at),
        days=_number(table.gap().days(here, there)[0]),
        same_incident=False,
        parts=parts,
    )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
