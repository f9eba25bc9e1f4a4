"""The travel of a series in words: distances, times between, when an incident was, and what all legs say together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from linkage.report import Report
from linkage.review.strength import counted
from linkage.travel import FEASIBLE, NO_LIMIT, NOT_FEASIBLE, NOT_KNOWN, TIGHT, Leg, Mobility, Stop, journey

VERDICT_SIGNS: Mapping[str, str] = {FEASIBLE: "+", NO_LIMIT: "", TIGHT: "!", NOT_FEASIBLE: "-", NOT_KNOWN: "?"}
"""No limit agrees with nothing: anybody could have been at both."""
_NAMED = 3
"""Legs that a line names [G]; the table names all."""


def verdict_sign_words(leg: Leg) -> str:
    """Whether one person can have made a leg, with its sign."""
    return f"{VERDICT_SIGNS[leg.verdict]} {leg.verdict}".strip()


def between_words(leg: Leg) -> str:
    """Time between two incidents: days when days apart, else hours from least to most."""
    if leg.days is None or leg.hours_between is None:
        return "not known"
    if leg.hours_between[0] < 48:
        return hours_words(leg.hours_between)
    return f"{leg.days:,.0f} days"


def hours_words(hours: tuple[float, float] | None) -> str:
    """A range of hours."""
    if hours is None:
        return "not known"
    least, most = (f"{hour:,.1f}" if hour < 10 else f"{hour:,.0f}" for hour in hours)
    return f"{least} h" if least == most else f"{least} to {most} h"


def mobility_words(found: Mobility) -> str:
    """How far a series ranges, in one line."""
    if found.widest_km is None:
        return "not known: fewer than two places"
    areas = "one area" if found.areas == 1 else f"{found.areas} areas"
    back = ", with a return to an earlier area" if found.returns else ""
    kind = "" if found.kind == "one area" else f"{found.kind}: "
    return f"{kind}{areas}, widest {km_words(found.widest_km)}{back}"


def km_words(distance: float) -> str:
    """A distance in whole kilometres."""
    return "under 1 km" if distance < 1 else f"{distance:,.0f} km"


def verdict_words(legs: Sequence[Leg], stops: Sequence[Stop]) -> str:
    """What all legs say together, the worst first with the numbers of their incidents in `stops`; how many are not
    known, and how many incidents are in no leg since they have no date."""
    undated = sum(stop.middle is None for stop in stops)
    left_out = f"; {undated} of {counted(len(stops), 'incident')} without a date" if undated else ""
    of = f"of {counted(len(legs), 'leg')}"
    number = {stop.report_id: at for at, stop in enumerate(stops, start=1)}
    for verdict in (NOT_FEASIBLE, TIGHT):
        if bad := [leg for leg in legs if leg.verdict == verdict]:
            named = [f"{number[leg.start.report_id]} to {number[leg.end.report_id]}" for leg in bad[:_NAMED]]
            more = f" and {len(bad) - _NAMED} more" if len(bad) > _NAMED else ""
            return f"{len(bad)} {of} {verdict}: {', '.join(named)}{more}{left_out}"
    unknown = sum(leg.verdict == NOT_KNOWN for leg in legs)
    if unknown == len(legs):
        return f"not known{left_out}"
    return f"{len(legs) - unknown} {of} possible" + (f", {unknown} not known" if unknown else "") + left_out


def leg_words(leg: Leg) -> str:
    """Whether one person can have made a leg, with the hours that say so where they are few."""
    if leg.verdict not in (NOT_FEASIBLE, TIGHT):
        return verdict_sign_words(leg)
    return f"{verdict_sign_words(leg)}: {between_words(leg)} between, {hours_words(leg.hours_needed)} needed"


def journeys_words(around: Sequence[Leg], mine: Collection[str]) -> str:
    """Whether one person can have come from the incident before those of `mine`, and gone on to the one after."""
    said = [
        f"to {leg.end.report_id}: {leg_words(leg)}"
        if leg.start.report_id in mine
        else f"from {leg.start.report_id}: {leg_words(leg)}"
        for leg in around
    ]
    return "; ".join(said) or "not known: no date"


def when_words(stop: Stop) -> str:
    """The time range of an incident."""
    if stop.earliest is None or stop.latest is None:
        return "not known"
    until = stop.latest - timedelta(microseconds=1)  # a day ends as the next begins
    first, last = f"{stop.earliest:%-d %B %Y}", f"{max(until, stop.earliest):%-d %B %Y}"
    hours = (stop.latest - stop.earliest).total_seconds() / 3600
    if hours == 24 and stop.earliest.hour == 0:
        return first
    if hours < 24:
        return f"{first}, {stop.earliest:%H:%M}" + (f" to {stop.latest:%H:%M}" if hours else "")
    return f"{first} to {last}"


def in_time_order(incidents: list[Report]) -> list[Report]:
    """Incidents in the order in which the map and the timeline number them."""
    place = {stop.report_id: number for number, stop in enumerate(journey(incidents))}
    return sorted(incidents, key=lambda report: place[report.report_id])
