"""Reports of one incident become one report: what any of them knows, the fullest account first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, TypeVar

from linkage.intake.incidents.candidates import Pair, Rarity
from linkage.intake.incidents.comparison import IncidentModel
from linkage.intake.incidents.proposals import Groups, Incidents, find_incidents
from linkage.report import Behaviours, Occurred, Part, Place, Report

T = TypeVar("T", bound=Part)

_FULLEST_FIRST = {"full": 0, None: 1, "partial": 2, "follow_up": 3, "third_party": 4}


@dataclass(frozen=True)
class IncidentRows:
    """Reports laid out as rows: one row for each incident, as far as `follows` and decisions say so.

    `rows` are the report ids of each row and `reports` what stands for it; `number` is equal for rows of one
    incident, proposed ones included; `proposals` are pairs of rows that hold a proposed incident together, with their
    probability; `found` tells the incidents of the reports.
    """

    rows: list[list[str]]
    reports: list[Report]
    number: list[int]
    proposals: list[tuple[int, int, float]]
    found: Incidents


def incident_rows(
    reports: Sequence[Report],
    model: IncidentModel | None = None,
    same: Iterable[Pair] = (),
    other: Iterable[Pair] = (),
    base: Collection[Report] | None = None,
) -> IncidentRows:
    """Merge reports that follow each other or were decided to be of one incident; proposed ones keep their own rows.

    Sorted by report id, so that nothing depends on the order of the reports. Parameters as of `find_incidents`;
    `base` are merged reports of which rarities are taken, by default those at hand.
    """
    same = [*same]
    groups = Groups(reports, same)
    merged = [merge_incident([groups.by_id[name] for name in row]) for row in groups.all()]
    found = find_incidents(reports, model, same, other, Rarity.of(merged if base is None else base))
    incident_of = {row.report_id: row.incident_id for row in found.rows}
    numbers: dict[str, int] = {}
    row_of = {name: number for number, row in enumerate(found.merged) for name in row}
    return IncidentRows(
        rows=found.merged,
        reports=merged,
        number=[numbers.setdefault(incident_of.get(row[0], f"\0{row[0]}"), len(numbers)) for row in found.merged],
        proposals=[(row_of[one.report_a], row_of[one.report_b], one.probability) for one in found.proposals],
        found=found,
    )


def merge_incident(reports: Sequence[Report]) -> Report:
    """One report that stands for the incident; it carries the id of the fullest account.

    A value that several accounts give is taken from the fullest; lists are united; people and vehicles are joined
    in the order in which they are told, so that the first person of one account is the first of another.
    """
    ordered = sorted(reports, key=lambda r: (_FULLEST_FIRST.get(r.report_type, 1), r.report_id))
    if len(ordered) == 1:
        return ordered[0]
    first = ordered[0]
    return first.model_copy(
        update={
            "occurred": _tightest([r.occurred for r in ordered]),
            "place": _nearest([r.place for r in ordered]),
            "contact": _fill([r.contact for r in ordered]),
            "offences": _united([r.offences for r in ordered]),
            "behaviours": _behaviours([r.behaviours for r in ordered]),
            "suspects": _aligned([r.suspects for r in ordered]),
            "vehicles": _aligned([r.vehicles for r in ordered]),
            "identifiers": list({(i.kind, i.value): i for r in ordered for i in r.identifiers}.values()),
            "weapons": _united([r.weapons for r in ordered]),
            "speech": _united([r.speech for r in ordered]),
            "narrative": "\n\n".join(r.narrative for r in ordered if r.narrative) or None,
            "series": next((r.series for r in ordered if r.series), None),
        }
    )


def _united(lists: Sequence[list[str]]) -> list[str]:
    return list(dict.fromkeys(value for values in lists for value in values))


def _behaviours(lists: Sequence[Behaviours]) -> Behaviours:
    present = _united([b.present for b in lists])
    absent = [item for item in _united([b.absent for b in lists]) if item not in present]
    withheld = {item for b in lists for item in b.withheld}.difference(present, absent)
    sure, items = (
        {key: max(one.get(key, 0.0) for one in each) for key in sorted(set().union(*each))}
        for each in ([b.probability for b in lists], [b.item_probability for b in lists])
    )
    given = {item for b in lists for item in b.present if item not in b.probability}
    sure = {key: chance for key, chance in sure.items() if key not in given}
    both = Behaviours(present=[*present, *sorted(withheld)], absent=absent, probability=sure, item_probability=items)
    return both.withhold(withheld)


def _tightest(times: Sequence[Occurred]) -> Occurred:
    widths = {at: days[1] - days[0] for at, time in enumerate(times) if (days := time.days)}
    best = times[min(widths, key=widths.__getitem__, default=0)]
    clock = next((time for time in (best, *times) if time.hour_min is not None), best)
    weekday = next((time.weekday for time in (best, *times) if time.weekday), None)
    return best.model_copy(update={"weekday": weekday, "hour_min": clock.hour_min, "hour_max": clock.hour_max})


def _nearest(places: Sequence[Place]) -> Place:
    located = (place for place in places if place.lat is not None)
    best = min(located, key=lambda place: place.radius_m or 0.0, default=places[0])
    return best.model_copy(update={"venue": next((p.venue for p in (best, *places) if p.venue), None)})


def _aligned(lists: Sequence[list[T]]) -> list[T]:
    return [_fill([part for part in told if part is not None]) for told in zip_longest(*lists)]


def _fill(parts: Sequence[T]) -> T:
    update: dict[str, Any] = {}
    for name in type(parts[0]).model_fields:
        known = [value for part in parts if (value := getattr(part, name)) not in (None, [], {})]
        if known:
            update[name] = _united(known) if name in _UNITED else known[0]
    return parts[0].model_copy(update=update)


_UNITED = {"marks", "clothing", "names_used", "features", "accent"}
