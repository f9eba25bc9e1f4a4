"""One series: who is in and why, what is rare and shared, can one person have done the travel, what is weakest."""

from __future__ import annotations

import streamlit as st

from dashboard.kept import Kept, kept
from dashboard.parts.chrome import facts, identifiers_switch, links_line, where_and_when
from dashboard.parts.journey import leg_table, mobility_words, stop_table, verdict_words
from dashboard.parts.matrix import matrix_tables, shared_words
from dashboard.parts.series_map import COAST, series_map
from dashboard.parts.tables import Cell, Lines, Link, Number, Quiet, table
from dashboard.parts.timeline import timeline
from linkage.features.catalogue import CATALOGUE
from linkage.report import Report
from linkage.review.series_view import INCONSISTENT, matrix, pillars
from linkage.review.strength import chance_words, probability_of, strength_word
from linkage.store import Series
from linkage.travel import Leg, Stop, journey, legs, mobility

Fits = dict[str, dict[str, float]]
LABELS = {evidence.name: evidence.label for evidence in CATALOGUE}


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
    st.title(f"Series {one.series_id}")
    st.write("Proposed by the program: **possible same person**, advisory, not evidence of identity.")
    members = [now.reports[m.report_id] for m in one.members if m.report_id in now.reports]
    fits = series_fits(now.stamp, one.series_id, now)
    together = sum(sum(fit.values()) for fit in fits.values()) / max(1, len(fits))
    strength = mean_fit(one)
    core = sum(member.role == "core" for member in one.members)
    facts(
        [
            ("incidents", str(len(incidents))),
            ("reports", f"{len(members)} ({core} core, {len(one.members) - core} edge)"),
            (
                "strength, pair by pair",
                f"{strength_word(strength)} {strength:+.1f}, {chance_words(probability_of(strength))}",
            ),
            ("range", mobility_words(mobility(incidents))),
            ("travel", verdict_words(travelled)),
            ("may go to police", f"{sum(r.consent.police for r in members)} of {len(members)}"),
        ]
    )
    against = sum(row.kind == INCONSISTENT for row in rows)
    st.write(f"**Rare and shared:** {shared_words(rows, 5)}. **Against:** {against} items that do not fit (below).")
    identifiers_switch()
    _members(one, fits, now)
    _places(stops, travelled)
    st.header("What they share and what differs")
    every = st.toggle("Show every item", key="matrix_all")
    matrix_tables(rows, stops, every)
    _hangs_on(fits, together)
    _overlaps(one, now)


def mean_fit(one: Series) -> float:
    """Mean over the members of their mean strength with each other member (log10 odds), as the run found it."""
    fits = [member.fit for member in one.members if member.fit is not None]
    return sum(fits) / len(fits) if fits else 0.0


def in_time_order(incidents: list[Report]) -> list[Report]:
    """Incidents in the order in which the map and the timeline number them."""
    place = {stop.report_id: number for number, stop in enumerate(journey(incidents))}
    return sorted(incidents, key=lambda report: place[report.report_id])


@st.cache_resource(max_entries=200, show_spinner="Weighing the members")
def series_fits(stamp: tuple[str, int, int], series_id: str, _now: Kept) -> Fits:
    """How each member fits the others, by comparison."""
    del stamp
    members = [m.report_id for m in _now.series[series_id].members if m.report_id in _now.reports]
    return {name: _now.fit(name, others) for name in members if (others := _others(name, members, _now))}


def _others(name: str, members: list[str], now: Kept) -> list[str]:
    """Members of other incidents: accounts of the same one are no evidence."""
    own = now.incident_of.get(name, name)
    return [other for other in members if now.incident_of.get(other, other) != own]


def _members(one: Series, fits: Fits, now: Kept) -> None:
    st.header("Members")
    rows: list[list[Cell]] = []
    for member in one.members:
        fit = fits.get(member.report_id, {})
        parts = sorted(((w, LABELS.get(n, n)) for n, w in fit.items() if n != "prior"), reverse=True)
        strength = sum(fit.values())
        reasons = tuple(f"{label} {weight:+.1f}" for weight, label in parts[:3] if weight > 0.05)
        contrary = tuple(f"{label} {weight:+.1f}" for weight, label in parts[::-1][:3] if weight < -0.05)
        rows.append(
            [
                Link(member.report_id, "report", (("id", member.report_id),)),
                where_and_when(now, member.report_id),
                member.role,
                Quiet(f"{strength_word(strength)} {strength:+.1f}", chance_words(probability_of(strength))),
                Lines(reasons or ("nothing",)),
                Lines(contrary or ("nothing",)),
                _closest(member.report_id, one, now),
            ]
        )
    note = (
        "Fit: how strongly a report speaks for the same person as all other members taken together (log10 odds). It "
        "can be higher than the strength pair by pair, because members support each other."
    )
    heads = [
        "Report",
        "Where and when",
        "Role",
        "Fit to all others",
        "Mainly for",
        "Mainly against",
        "Closest member",
    ]
    table("Members of the series", heads, rows, small=note)


def _closest(report_id: str, one: Series, now: Kept) -> Cell:
    inside = {member.report_id for member in one.members}
    if now.run is None:
        return "not known"
    for pair in now.run.pairs_for(report_id):
        if pair.other(report_id) in inside:
            other = pair.other(report_id)
            return Link(f"Compare with {other}", "pair", (("a", report_id), ("b", other)))
    return "none listed"


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


def _hangs_on(fits: Fits, strength: float) -> None:
    rows: list[list[Cell]] = [
        [
            LABELS.get(pillar.name, pillar.name),
            Number(f"{pillar.mean_weight:+.2f}"),
            f"{strength_word(pillar.strength_without)} {pillar.strength_without:+.1f}",
        ]
        for pillar in pillars(fits)
        if abs(pillar.mean_weight) >= 0.05
    ]
    st.header("What it hangs on")
    prior = next((fit["prior"] for fit in fits.values()), 0.0)
    note = f"Mean over the members. Starting belief {prior:+.1f} and all weights add up to {strength:+.1f}."
    table("Comparisons, heaviest first", ["Comparison", "Mean weight", "Strength without it"], rows, small=note)


def _overlaps(one: Series, now: Kept) -> None:
    found = [o for o in now.overlaps if one.series_id in (o.series_id, o.other_series_id)]
    if not found:
        return
    st.header("May belong to two series")
    rows: list[list[Cell]] = [
        [
            Link(o.report_id, "report", (("id", o.report_id),)),
            Link(f"Series {o.series_id}", "series", (("id", o.series_id),)),
            Number("" if o.fit is None else f"{o.fit:+.1f}"),
            Link(f"Series {o.other_series_id}", "series", (("id", o.other_series_id),)),
            Number("" if o.other_fit is None else f"{o.other_fit:+.1f}"),
        ]
        for o in found
    ]
    table("Reports that may belong to a second series", ["Report", "Stands in", "Fit", "May belong to", "Fit"], rows)
