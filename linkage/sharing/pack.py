"""A pack: what a series, or one report, amounts to for the police, as plain values under anonymous numbers.

Everything in it comes from reports that passed the consent gate and were cleared. Reports that did not are a count,
and the series is weighed anew without them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import networkx as nx

from linkage.intake.incidents.merge import merge_incident
from linkage.models.cohesion import SeriesExplanation
from linkage.report import Report
from linkage.review.series_view import Row, matrix
from linkage.review.series_words import group_words, part_sides
from linkage.review.strength import strength_words
from linkage.review.summary import Section as Summary
from linkage.review.summary import summarise
from linkage.review.travel_words import in_time_order
from linkage.sharing.clearing import cleared
from linkage.sharing.consent_gate import Admitted, ConsentError, admit
from linkage.sharing.grading import Grades
from linkage.sharing.material import Material
from linkage.travel import Leg, Stop, journey, legs

UNKNOWN_FORCE = "force area not known"
LINKED = 0.5
"""Probability from which two reports count as tied when articulation reports are sought: likelier than not."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants out: `kind` of export, `purpose` of the consent gate, `names` of the series or reports,
    `force` for a force's pack, and what a person graded. Only to `look` at it no grade is needed."""

    kind: str
    purpose: str
    names: tuple[str, ...]
    force: str = ""
    grades: Grades = field(default_factory=Grades)
    look: bool = False


@dataclass(frozen=True, slots=True)
class Weight:
    """A reason: what was compared, its group, and its weight (log10)."""

    label: str
    group: str
    weight: float


@dataclass(frozen=True, slots=True)
class Without:
    """What is left of a series without something: `whole` is log10 odds against its best split, None for nothing."""

    what: str
    whole: float | None


@dataclass(frozen=True, slots=True)
class Hinges:
    """What a series hangs on: without each report and each group of evidence, and the reports (`articulation`) whose
    loss would part it, as the ties likelier than not go."""

    reports: tuple[Without, ...]
    groups: tuple[Without, ...]
    articulation: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack. `members` are cleared reports by number in time order, `own` those that are given in full, `areas` how
    many are in each force area. `whole` and `alone` are strengths (log10 odds against the best split) with all
    reports of the series and with those here, None where there is no series. Values that were left out as no plain
    ones are counted in `dropped`."""

    reference: str
    kind: str
    purpose: str
    recipient: str
    grades: Grades
    members: tuple[Report, ...]
    roles: Mapping[str, str]
    own: tuple[str, ...]
    areas: Mapping[str, int]
    facts: Mapping[str, tuple[Summary, ...]]
    rows: tuple[Row, ...]
    stops: tuple[Stop, ...]
    legs: tuple[Leg, ...]
    supports: tuple[Weight, ...]
    against: tuple[Weight, ...]
    hinges: Hinges
    left_out: int
    whole: float | None
    alone: float | None
    dropped: int
    method: Mapping[str, Any]

    @property
    def consent_words(self) -> str:
        """How much of the series is here, and what it is on that alone."""
        total = len(self.members) + self.left_out
        count = f"{len(self.members)} of {total} reports may be shared for this purpose and are here"
        if self.kind == "report" or total == 1:
            return count
        if self.alone is None:
            return f"{count}; those alone are no series"
        if not self.left_out:
            return f"{count}: the series is {strength_words(self.alone, 1)} (log10 odds)"
        return f"{count}; on these alone the series is {strength_words(self.alone, 1)} (log10 odds)"

    @property
    def asker_words(self) -> str:
        """As `consent_words`, with the strength on all reports: for who asks, and for nobody outside, as it rests on
        reports that may not be shared."""
        before = (
            f"; with all reports {strength_words(self.whole, 1)}" if self.left_out and self.whole is not None else ""
        )
        return f"{self.consent_words}{before}"


@cache
def standing_words() -> dict[str, Any]:
    """The standing words of a pack (pack.toml)."""
    return tomllib.loads((files("linkage.sharing") / "pack.toml").read_text(encoding="utf-8"))


def force_of(report: Report) -> str:
    """The force area of a report."""
    return report.place.admin.police_force or UNKNOWN_FORCE


def subject(wanted: Wanted, known: Material) -> tuple[str, list[str]]:
    """Kind of what is named (`series` or `report`), and its reports. ConsentError where there is none."""
    name = wanted.names[0]
    if name in known.series:
        return "series", [one for one in known.series[name] if one in known.reports]
    if name in known.reports:
        return "report", [name]
    raise ConsentError(f"There is no series and no report {name!r} in the store")


def admitted_of(wanted: Wanted, known: Material) -> Admitted:
    """The reports that a pack may hold. ConsentError where none may leave, or none is in the force's area."""
    _, members = subject(wanted, known)
    found = admit([known.reports[name] for name in members], wanted.purpose)
    if wanted.purpose == "force":
        areas = sorted({force_of(report) for report in found.reports.values()})
        if wanted.force not in areas:
            raise ConsentError(
                f"No report that may be shared is in the area of {wanted.force or '(no force named)'}; "
                f"there are: {', '.join(areas)}"
            )
    return found


def build_pack(wanted: Wanted, known: Material, numbers: Mapping[str, str], reference: str) -> Pack:
    """The pack of a series or a report. `numbers` stand for the reports that may leave, `reference` for the subject.

    Raises ConsentError as `admitted_of` does, GradingError where a person has not filled in the grades
    of what is to leave.
    """
    kind, members = subject(wanted, known)
    found = admitted_of(wanted, known)
    made = {name: cleared(report, numbers[name]) for name, report in found.reports.items()}
    plain = {name: one.report for name, one in made.items()}
    incidents = in_time_order(_incidents(plain, known.incident_of))
    explained = _explained(list(plain), known)
    whole = explained if not found.left_out else _explained(members, known)
    own = [name for name in plain if wanted.purpose != "force" or force_of(plain[name]) == wanted.force]
    roles = known.series.get(wanted.names[0], {})
    return Pack(
        reference=reference,
        kind=kind,
        purpose=wanted.purpose,
        recipient=wanted.force or standing_words()["for_words"][wanted.purpose],
        grades=wanted.grades if wanted.look or wanted.purpose == "analyst" else wanted.grades.checked(),
        members=tuple(in_time_order(list(plain.values()))),
        roles={numbers[name]: roles[name] for name in plain if name in roles},
        own=tuple(sorted(numbers[name] for name in own)),
        areas=_areas(plain),
        facts={numbers[name]: tuple(_facts(plain[name])) for name in own},
        rows=tuple(matrix(incidents, known.counted)) if len(incidents) > 1 else (),
        stops=tuple(journey(incidents)),
        legs=tuple(legs(incidents)),
        supports=_weights(explained, "supports"),
        against=_weights(explained, "against"),
        hinges=_hinges(explained, plain, known, numbers),
        left_out=len(found.left_out),
        whole=_strength(whole),
        alone=_strength(explained),
        dropped=sum(one.dropped for one in made.values()),
        method=known.method,
    )


def _incidents(plain: Mapping[str, Report], incident_of: Mapping[str, str]) -> list[Report]:
    """One cleared report an incident, from the accounts of it that may leave."""
    groups: dict[str, list[Report]] = {}
    for name, report in plain.items():
        groups.setdefault(incident_of.get(name, name), []).append(report)
    return [merge_incident(accounts) for accounts in groups.values()]


def _areas(plain: Mapping[str, Report]) -> dict[str, int]:
    forces = [force_of(report) for report in plain.values()]
    return {force: forces.count(force) for force in sorted(set(forces))}


def _facts(report: Report) -> list[Summary]:
    """The summary of a cleared report, without what it says of the report as a report."""
    return [section for section in summarise(report) if section.title != "About the report"]


def _explained(names: Sequence[str], known: Material) -> SeriesExplanation | None:
    if len(names) < 2:
        return None
    try:
        return known.explain(tuple(names))
    except ValueError:  # of one incident
        return None


def _strength(found: SeriesExplanation | None) -> float | None:
    return None if found is None else round(found.split.strength, 2)


def _weights(found: SeriesExplanation | None, side: str) -> tuple[Weight, ...]:
    if found is None:
        return ()
    parts = getattr(part_sides(found.parts), side)
    return tuple(Weight(part.label, part.group, round(part.weight, 2)) for part in parts)


def _hinges(
    found: SeriesExplanation | None, plain: Mapping[str, Report], known: Material, numbers: Mapping[str, str]
) -> Hinges:
    if found is None:
        return Hinges((), (), ())
    return Hinges(
        tuple(
            Without(", ".join(numbers[name] for name in one.reports), _rounded(one.whole))
            for one in found.members_left_out
        ),
        tuple(Without(group_words(one.group, found.parts), _rounded(one.whole)) for one in found.groups_left_out),
        tuple(numbers[name] for name in _articulation(list(plain), known)),
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _articulation(names: Sequence[str], known: Material) -> list[str]:
    """Reports whose loss would part the others, along ties that are likelier than not."""
    graph = nx.Graph()
    graph.add_nodes_from(names)
    for number, one in enumerate(names):
        for other in names[number + 1 :]:
            pair = known.linked(one, other)
            if pair is not None and pair.probability >= LINKED:
                graph.add_edge(one, other)
    return sorted(nx.articulation_points(graph))
