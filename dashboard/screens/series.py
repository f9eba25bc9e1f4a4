"""One series: who is in and why, what is rare and shared, can one person have done the travel, what is weakest."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard.kept import Kept, kept, opened, url
from dashboard.parts.chrome import as_written, facts, identifiers_switch, links_line, where_and_when
from dashboard.parts.journey import leg_table, stop_table
from dashboard.parts.linking import linking_panel
from dashboard.parts.matrix import matrix_tables, shared_words
from dashboard.parts.provenance import provenance
from dashboard.parts.series_actions import series_actions
from dashboard.parts.series_around import nearby, shareable
from dashboard.parts.series_history import conflicts, history, name_and_state, registered
from dashboard.parts.series_map import COAST, series_map
from dashboard.parts.status import status_line
from dashboard.parts.tables import Cell, Head, Lines, Link, Noted, Number, Quiet, Stack, table
from dashboard.parts.timeline import timeline
from dashboard.parts.typed import remembered
from dashboard.parts.whole import (
    hangs_on,
    option_cell,
    strength_cell,
    whole_or_split,
    without_strongest,
)
from dashboard.stamp import Stamp
from linkage.models.cohesion import SeriesExplanation
from linkage.models.membership import MembershipExplanation
from linkage.review.series_view import INCONSISTENT, matrix
from linkage.review.series_words import part_sides
from linkage.review.strength import chance_words, counted, probability_of, signed, strength_words
from linkage.review.travel_words import in_time_order, mobility_words, verdict_words
from linkage.store import Member, Series
from linkage.travel import Leg, Stop, journey, legs, mobility


def render() -> None:
    """Draw the page."""
    now = kept()
    links_line([Link("All series", "./")])
    one = now.series.get(st.query_params.get("id", ""))
    if one is None:
        st.title("Series")
        st.info("There is no such series in the latest run. Choose one from the list.")
        return
    incidents = in_time_order(now.incidents([member.report_id for member in one.members]))
    stops, rows = journey(incidents), matrix(incidents, now.rates)
    travelled = legs(incidents)
    st.title(f"Series {as_written(one.series_id)}")
    links_line([Link("Pack, list or chart of it", "exports", (("about", one.series_id),))])
    status_line()
    linking_panel(again=False)
    events = opened(url()).series_events(one.series_id)
    name_and_state(registered(one.series_id, events), events)
    members = [now.reports[m.report_id] for m in one.members if m.report_id in now.reports]
    explained = series_explained(now.stamp, one.series_id, now)
    strength = mean_fit(one)
    core = sum(member.role == "core" for member in one.members)
    facts(
        [
            ("incidents", _incidents_words(now.size([m.report_id for m in members]), len(incidents))),
            ("reports", f"{len(members)} ({core} core, {len(one.members) - core} edge)"),
            (
                "belief, over its pairs",
                f"{strength_words(strength, 1)}, {chance_words(probability_of(strength))}",
            ),
            ("range", mobility_words(mobility(incidents))),
            ("travel", verdict_words(travelled, stops)),
            ("may go to police", f"{sum(r.consent.police for r in members)} of {len(members)}"),
        ]
    )
    provenance(now)
    against = sum(row.kind == INCONSISTENT for row in rows)
    contrary = f"{counted(against, 'item')} that {'does' if against == 1 else 'do'} not fit (below)"
    st.write(f"**Rare and shared:** {as_written(shared_words(rows, 5))}. **Against:** {contrary}.")
    identifiers_switch()
    if explained is None:
        st.info("The reports of this series that are in the store are of one incident.")
    else:
        whole_or_split(explained.whole)
    _members(one, explained.members if explained else {}, now)
    shareable(one, now)
    series_actions(one, rows, explained.whole if explained else None, now)
    conflicts(now.members(one.series_id), now)
    nearby(one, now)
    _places(stops, travelled)
    st.header("What they share and what differs")
    every = st.toggle("Show every item", key=remembered("matrix_all"), bind="query-params")
    matrix_tables(rows, stops, every)
    if explained is not None:
        hangs_on(explained.whole)
    _overlaps(one, now)
    history(one.series_id, events)


def _incidents_words(size: int, apart: int) -> str:
    """How many incidents, what may be one counted once."""
    return str(size) if size == apart else f"{size} ({apart} if what may be one incident is not)"


@dataclass(frozen=True)
class Explained:
    """A series explained, and the place of each of its members."""

    whole: SeriesExplanation
    members: dict[str, MembershipExplanation]


@st.cache_resource(max_entries=200, show_spinner="Weighing the members")
def series_explained(stamp: Stamp, series_id: str, _now: Kept) -> Explained | None:
    """What explains a series; None where what is left of it is of one incident."""
    del stamp
    members = [m.report_id for m in _now.series[series_id].members if m.report_id in _now.reports]
    try:
        return Explained(_now.whole(series_id), {name: _now.member(name, series_id) for name in members})
    except ValueError:
        return None


def mean_fit(one: Series) -> float:
    """Mean over the members of their mean strength with each other member (log10 odds), as the run found it."""
    fits = [member.fit for member in one.members if member.fit is not None]
    return sum(fits) / len(fits) if fits else 0.0


def _members(one: Series, places: dict[str, MembershipExplanation], now: Kept) -> None:
    st.header("Members")
    rows = [_member(member, places[member.report_id], now) for member in one.members if member.report_id in places]
    note = (
        "Each report against all other members taken together (log10 odds, and the chance, against standing alone or "
        "another series). Members support each other, so it can be far above the strength of any pair."
    )
    heads: list[Head] = [
        *("Report", "With all others", "Mainly for", "Mainly against"),
        *(Quiet("Without its strongest", "member, kind of evidence"), "Best alternative"),
    ]
    table("Members of the series", heads, rows, small=note)


def _member(member: Member, place: MembershipExplanation, now: Kept) -> list[Cell]:
    sides = part_sides(place.parts)
    reasons, contrary = (
        tuple(f"{part.label} {signed(part.weight, 1)}" for part in side[:3]) or ("nothing",)
        for side in (sides.supports, sides.against)
    )
    link = Link(member.report_id, "report", (("id", member.report_id),))
    return [
        Stack((Noted(link, member.role), Quiet("", where_and_when(now, member.report_id)))),
        strength_cell(place),
        Lines(reasons, wide=False),
        Lines(contrary, wide=False),
        without_strongest(place),
        option_cell(place.best_alternative),
    ]


def _places(stops: list[Stop], travelled: list[Leg]) -> None:
    numbers = {stop.report_id: number for number, stop in enumerate(stops, start=1)}
    st.header("Map and travel")
    lost = [str(numbers[stop.report_id]) for stop in stops if not stop.located]
    note = f" Not on the map, place not known: {', '.join(lost)}." if lost else ""
    st.caption(
        f"Numbers are in time order. Each dashed disc holds about 9 in 10 of where it may have been.{note}{COAST}"
    )
    words = "; ".join(f"{numbers[stop.report_id]}: {stop.place}" for stop in stops if stop.located)
    st.altair_chart(series_map(stops, travelled), width="content", theme=None, alt=f"Map of the incidents. {words}")
    leg_table(travelled, numbers)
    st.header("Timeline")
    chart = timeline(stops)
    if chart is None:
        st.write("No incident has a date.")
    else:
        st.caption("A bar is as long as the date is uncertain; the point is its middle.")
        st.altair_chart(chart, theme=None, alt="Timeline; the table below says the same")
    stop_table(stops)


def _overlaps(one: Series, now: Kept) -> None:
    found = [o for o in now.overlaps if one.series_id in (o.series_id, o.other_series_id)]
    if not found:
        return
    st.header("May belong to two series")
    rows: list[list[Cell]] = [
        [
            Link(o.report_id, "report", (("id", o.report_id),)),
            Link(f"Series {o.series_id}", "series", (("id", o.series_id),)),
            Number("" if o.fit is None else signed(o.fit, 1)),
            Link(f"Series {o.other_series_id}", "series", (("id", o.other_series_id),)),
            Number("" if o.other_fit is None else signed(o.other_fit, 1)),
        ]
        for o in found
    ]
    table("Reports that may belong to a second series", ["Report", "Stands in", "Fit", "May belong to", "Fit"], rows)
