"""A new report beside those that are held: is it the same incident, which series and reports does it resemble, why.

Nothing of what is held changes: no series, pair or figure of the run. The new report is in the next run like any
other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from linkage.features.explanation import EvidencePart, Explanation
from linkage.features.time import days_words
from linkage.geography import geodesic_km
from linkage.intake.incidents.proposals import IncidentIndex
from linkage.linker import Linker
from linkage.models.nearest import ComparedReport, Resemblance
from linkage.models.newcomers import LEAST_REASON, Newcomers
from linkage.models.offered import NONE
from linkage.report import Report
from linkage.review.same_incident_words import plain, same_incident_words, same_text, texts_of
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
    return _same_incident(report, reports, same_text(report, reports.values()), index.proposed(report))


def _same_incident(
    report: Report, reports: Mapping[str, Report], texts: Sequence[str], proposed: Sequence[str]
) -> list[SameIncident]:
    names = [report.follows] if report.follows in reports else []
    names += [*texts, *proposed]
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
        self._named, self._texts = set(series or ()), texts_of(self.reports.values())

    def answers(self, report: Report) -> Answers:
        """What a report that is not among those held resembles."""
        newcomers = self.newcomers
        if newcomers is None:
            return Answers([], None if self.series is None else [], [], 0)
        compared = newcomers.compare(report)
        same = _same_incident(report, self.reports, self._texts.get(plain(report.narrative), []), compared.same)
        places = None if self.series is None else self._places(compared, newcomers, self.series)
        nearest = [_explained(compared, one, newcomers, self.reports) for one in compared.nearest(NEAREST)]
        return Answers(same, places, nearest, len(self.reports))

    def _places(self, compared: ComparedReport, newcomers: Newcomers, series: pd.DataFrame) -> list[PlaceOf]:
        """The likeliest places, and none wherever it stands."""
        kinds = [(kind.name, kind.label) for kind in newcomers.scored.table.evidence]
        words = {
            name: one.words for (name, _), one in zip(kinds, compared.comparisons, strict=True) if one is not None
        }
        placed, found = newcomers.places(compared, series), []
        for at, place in enumerate(placed.names):
            if at >= PLACES and place != NONE:
                continue
            weighed = [(*kind, weight) for kind, weight in zip(kinds, placed.weights[at].tolist(), strict=True)]
            heaviest = sorted((one for one in weighed if abs(one[2]) >= LEAST_REASON), key=lambda one: -abs(one[2]))
            sides = [[one for one in heaviest if (one[2] > 0) is supports][:REASONS] for supports in (True, False)]
            reasons = tuple(Reason(*one, words.get(one[0], "")) for side in sides for one in side)
            name = None if place == NONE else place
            lone = name is not None and name not in self._named
            chance, strength = float(placed.probability[at]), float(placed.strength[at])
            found.append(PlaceOf(name, lone, chance, strength, reasons))
        return found


def _explained(
    compared: ComparedReport, near: Resemblance, newcomers: Newcomers, reports: Mapping[str, Report]
) -> Explanation:
    """One pair in words, by the columns of all reports: nothing is fitted for it."""
    scored, row, report = newcomers.scored, near.row, compared.report
    table, other = scored.table, reports[scored.rows[row][0]]
    km, days = _km(report, other), _days(report, other)
    apart = {"place": "" if km is None else f"{km:.0f} km apart", "gap": "" if days is None else days_words(days)}
    parts = []
    for at, (kind, column, one) in enumerate(zip(table.evidence, table.columns, compared.comparisons, strict=True)):
        says, weight = newcomers.says(one, at, row), float(near.weights[at])
        parts.append(
            EvidencePart(
                kind.name,
                kind.group,
                kind.label,
                column.nothing if one is None else one.words,
                column.words_at(row),
                "close" if weight > 0 and says == "differs" else says,
                apart.get(kind.name, ""),
                weight,
                kind.sensitive,
            )
        )
    return Explanation(
        report_a=report.report_id,
        report_b=other.report_id,
        prior=scored.prior,
        weight=float(near.weights.sum()),
        strength=near.strength,
        probability=probability_of(near.strength),
        distance_km=km,
        days=days,
        same_incident=False,
        parts=parts,
    )


def _km(one: Report, other: Report) -> float | None:
    """Distance as it is shown; None where a place is not known."""
    a, b = one.place, other.place
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return geodesic_km(a.lat, a.lon, b.lat, b.lon)


def _days(one: Report, other: Report) -> float | None:
    """Days between the middles of two date ranges; None where a date is not known."""
    a, b = one.occurred.days, other.occurred.days
    return abs(sum(a) - sum(b)) / 2 if a and b else None
