"""The legs and the incidents of a series as tables: the twins of its map and its timeline."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.parts.tables import Cell, Lines, Link, Quiet, sourced, table
from linkage.features.explanation import Told
from linkage.geography import CIRCUITY
from linkage.report import Report
from linkage.review.attribution_words import whose
from linkage.review.travel_words import between_words, hours_words, verdict_sign_words, when_words
from linkage.travel import NO_PLACE, Leg, Stop, stop_of


def leg_table(legs: Sequence[Leg], numbers: dict[str, int], caption: str = "Legs in time order") -> None:
    """The table twin of the map's lines. `numbers` gives each report its number on the map."""
    if not legs:
        table(caption, ["Leg"], [["No two incidents with a date"]])
        return
    note = f"Road distance is the straight line times {CIRCUITY}. Doubt: both places' uncertainty together."
    heads = ["Leg", "From, to", "Distance", "Between", "Hours needed", "One person?"]
    table(caption, heads, [_cells(leg, numbers) for leg in legs], small=note)


def _cells(leg: Leg, numbers: dict[str, int]) -> list[Cell]:
    start, end = numbers.get(leg.start.report_id, 0), numbers.get(leg.end.report_id, 0)
    order = "" if leg.order_certain else "order not certain"
    distance: Cell = "not known"
    if leg.straight_km is not None and leg.road_km is not None:
        doubt = f" ± {leg.doubt_km:,.1f} km" if leg.doubt_km else ""
        distance = Quiet(f"{leg.straight_km:,.0f} km{doubt}", f"by road {leg.road_km:,.0f} km")
    return [
        Quiet(f"{start} to {end}", order),
        Lines((leg.start.place, leg.end.place), wide=False),
        distance,
        between_words(leg),
        hours_words(leg.hours_needed),
        verdict_sign_words(leg),
    ]


def stop_table(stops: Sequence[Stop], accounts: Callable[[str], Sequence[Report]]) -> None:
    """The table twin of the map's points and of the timeline. `accounts` gives all reports of a report's incident:
    where there are several, each value says which of them it comes from."""
    rows: list[list[Cell]] = []
    for number, stop in enumerate(stops, start=1):
        link = Link(f"{number} {stop.report_id}", "report", (("id", stop.report_id),))
        told = [stop_of(one) for one in accounts(stop.report_id)]
        if len(told) == 1:
            rows.append([link, Quiet(stop.place, _doubt(stop)), when_words(stop)])
            continue
        where = [Told(one.report_id, _place(one)) for one in told if one.place != NO_PLACE]
        when = [Told(one.report_id, when_words(one)) for one in told if one.middle]
        cells = [(_place(stop), where), (when_words(stop), when)]
        rows.append([link, *(sourced(words, whose(words, known)) for words, known in cells)])
    table("Incidents in time order", ["Incident", "Place", "When"], rows)


def _place(stop: Stop) -> str:
    return f"{stop.place} {_doubt(stop)}".strip()


def _doubt(stop: Stop) -> str:
    return f"± {stop.radius_km:,.1f} km" if stop.radius_km else ""
