"""One series: who is in and why, what is rare and shared, can one person have done the travel, what is weakest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from dashboard.parts.blind_pairs import blind_sets, seen_place
from dashboard.parts.chrome import as_written, facts, identifiers_switch, links_line
from dashboard.parts.journey import leg_table, stop_table
from dashboard.parts.link_chart import link_chart
from dashboard.parts.linking import linking_panel
from dashboard.parts.matrix import matrix_tables, shared_words
from dashboard.parts.provenance import provenance
from dashboard.parts.series_actions import series_actions
from dashboard.parts.series_around import nearby, nearest_outside, shareable
from dashboard.parts.series_history import conflicts, history, name_line, registered, rename
from dashboard.parts.series_map import COAST, close_map, overview_map
from dashboard.parts.series_members import alternatives_table, members_table
from dashboard.parts.tables import Cell, Link, Number, link_html, table
from dashboard.parts.timeline import timeline
from dashboard.parts.typed import remembered
from dashboard.parts.whole import (
    hangs_on,
    whole_or_split,
)
from dashboard.screens.watch import watch_button
from dashboard.stamp import Stamp
from dashboard.store_snapshot import StoreSnapshot, current_snapshot, opened, url
from dashboard.work import ALERTS, MEMBER, SERIES_LIST, may
from linkage.models.cohesion import SeriesExplanation
from linkage.models.membership import MembershipExplanation
from linkage.review.series_event import SeriesEvent
from linkage.review.series_history import Registered
from linkage.review.series_view import INCONSISTENT, Row, matrix
from linkage.review.series_words import hangs_on_line
from linkage.review.strength import chance_words, counted, probability_of, signed
from linkage.review.travel_words import in_time_order, mobility_words, verdict_words
from linkage.store import Series
from linkage.travel import Leg, Mobility, Stop, journey, legs, mobility

HIDDEN_WORDS = "How strong it is stays hidden: you have still to decide its only pair with all scores hidden."
MAP_WIDE, MAP = 410, 176
"""Pixels: width of the close map, and height of map and timeline, so that members begin on the first screen."""


def render() -> None:
    """Draw the page: who, where, when and why on the first screen, all else in parts that are opened."""
    now = current_snapshot()
    one = now.series.get(st.query_params.get("id", ""))
    if one is None:
        links_line([Link("All series", SERIES_LIST)])
        st.title("Series")
        st.info("There is no such series in the latest run. Choose one from the list.")
        return
    shown = _laid_out(one, now)
    warn = [Link("Draft an alert", ALERTS, (("about", one.series_id),))] if may("draft_alert") else []
    pack = Link("Pack, list or chart of it", "exports", (("about", one.series_id),))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(f"Series {as_written(one.series_id)}")
        links_line([Link("All series", SERIES_LIST), *warn, pack])
        watch_button("series", one.series_id)
    with st.container(gap=None):
        linking_panel(again=False)
        name_line(shown.named, shown.events)
        _facts(shown, now)
        _why(shown)
    _places(shown)
    members_table(one, shown.explained.members if shown.explained else {}, now)
    _parts(shown, now)


@dataclass(frozen=True)
class Shown:
    """A series as the page shows it; `explained` is None where all its reports in the store are of one incident, or
    where it is `hidden` as it would tell a pair that is decided blind. `named` is what its `events` tell."""

    series: Series
    stops: list[Stop]
    rows: list[Row]
    legs: list[Leg]
    travel: Mobility
    explained: Explained | None
    events: list[SeriesEvent]
    named: Registered
    hidden: bool = False

    @property
    def unexplained(self) -> str:
        """Why there is nothing of how strong it is."""
        return HIDDEN_WORDS if self.hidden else "Its reports in the store are of one incident."


def _laid_out(one: Series, now: StoreSnapshot) -> Shown:
    incidents = in_time_order(now.incidents([member.report_id for member in one.members]))
    stops, rows = journey(incidents), matrix(incidents, now.rates)
    explained = series_explained(now.stamp, one.series_id, now)
    events = opened(url()).series_events(one.series_id)
    named = registered(one.series_id, events)
    seen = _seen(explained, now) if explained else None
    hidden = explained is not None and seen is None
    return Shown(one, stops, rows, legs(incidents), mobility(incidents), seen, events, named, hidden)


def _facts(shown: Shown, now: StoreSnapshot) -> None:
    one, strength = shown.series, mean_fit(shown.series)
    members = [now.reports[m.report_id] for m in one.members if m.report_id in now.reports]
    incidents = _incidents_words(now.size([m.report_id for m in members]), len(shown.stops))
    facts(
        [
            ("incidents", f"{incidents}, in {counted(len(members), 'report')}"),
            ("one person, over its pairs", "hidden" if shown.hidden else chance_words(probability_of(strength))),
            ("range", mobility_words(shown.travel)),
            ("travel", verdict_words(shown.legs, shown.stops)),
            ("may go to police", f"{sum(r.consent.police for r in members)} of {len(members)}"),
        ]
    )


def _why(shown: Shown) -> None:
    """What is rare and shared, what does not fit, and what it hangs on, in three lines."""
    against = sum(row.kind == INCONSISTENT for row in shown.rows)
    shared = f"**Rare and shared:** {as_written(shared_words(shown.rows, 5))}."
    contrary = f"{counted(against, 'item')} that {'does' if against == 1 else 'do'} not fit"
    if shown.explained is None:
        st.markdown(f"{shared}  \n**Against:** {contrary}. {shown.unexplained}")
        return
    hangs = hangs_on_line(shown.explained.whole)
    st.markdown(f"{shared}  \n**Against:** {contrary}. **Would fall apart without:** {as_written(hangs)}.")
    weakest = min(shown.explained.members.values(), key=lambda one: one.strength)
    about = (("id", weakest.report_id), ("series", shown.series.series_id))
    words = f"does {weakest.report_id} belong? {chance_words(weakest.probability)}"
    st.html(f"<strong>Next:</strong> {link_html(Link(words, MEMBER, about))}, the weakest member.")


def _places(shown: Shown) -> None:
    """Map and timeline side by side."""
    stops = shown.stops
    lost = [str(number) for number, stop in enumerate(stops, start=1) if not stop.located]
    note = f" Not on the map, place not known: {', '.join(lost)}." if lost else ""
    words = "; ".join(f"{number}: {stop.place}" for number, stop in enumerate(stops, start=1) if stop.located)
    left, right = st.columns([11, 9])
    with left.container(key="series_map", horizontal=True, gap="small"):  # below each other where there is no room
        whole, close = overview_map(stops, MAP), close_map(stops, shown.legs, (MAP_WIDE, MAP))
        st.altair_chart(whole, width="content", theme=None, alt="Where in the country the map beside this lies")
        st.altair_chart(close, width="content", theme=None, alt=f"Map of the incidents. {words}")
    with right:
        chart = timeline(stops, MAP)
        if chart is None:
            st.write("No incident has a date.")
        else:
            st.altair_chart(chart, theme=None, alt="Timeline; under Travel a table says the same")
        st.caption(
            f"Numbers in time order. A disc holds about 9 in 10 of where it may have been.{note} A bar is as long as "
            "the date is uncertain. Table: under Travel."
        )


def _links(shown: Shown, now: StoreSnapshot) -> None:
    around = [name for name, _, _ in nearest_outside(shown.series, now)]
    link_chart(now.members(shown.series.series_id), around, now)


def _items(shown: Shown, now: StoreSnapshot) -> None:
    identifiers_switch()
    every = st.toggle("Show every item", key=remembered("matrix_all"), bind="query-params")
    matrix_tables(shown.rows, shown.stops, now.accounts, every)


def _travel(shown: Shown, now: StoreSnapshot) -> None:
    leg_table(shown.legs, {stop.report_id: number for number, stop in enumerate(shown.stops, start=1)})
    stop_table(shown.stops, now.accounts)
    st.caption(COAST)


def _one_or_two(shown: Shown, now: StoreSnapshot) -> None:
    del now
    if shown.explained is None:
        st.info(shown.unexplained)
        return
    whole_or_split(shown.explained.whole)
    hangs_on(shown.explained.whole)
    alternatives_table(shown.series, shown.explained.members)


def _around(shown: Shown, now: StoreSnapshot) -> None:
    nearby(shown.series, now)
    _overlaps(shown.series, now)


def _decide(shown: Shown, now: StoreSnapshot) -> None:
    shareable(shown.series, now)
    series_actions(shown.series, shown.rows, shown.explained.whole if shown.explained else None, now)
    conflicts(now.members(shown.series.series_id), now)
    rename(shown.named)


def _history(shown: Shown, now: StoreSnapshot) -> None:
    history(shown.series.series_id, shown.events)
    provenance(now)


_PARTS: dict[str, Callable[[Shown, StoreSnapshot], None]] = {
    "Who links to whom": _links,
    "What they share": _items,
    "Travel": _travel,
    "One series, or two?": _one_or_two,
    "Nearby": _around,
    "Decide": _decide,
    "History": _history,
}
"""Names of the parts below the first screen -> what draws each."""


def _parts(shown: Shown, now: StoreSnapshot) -> None:
    """The rest of the page; only the part that is open is worked out."""
    tabs = st.tabs(list(_PARTS), key=remembered("part"), bind="query-params")
    for tab, draw in zip(tabs, _PARTS.values(), strict=True):
        if tab.open:
            with tab:
                draw(shown, now)


def _incidents_words(size: int, apart: int) -> str:
    """How many incidents, what may be one counted once and apart."""
    return str(size) if size == apart else f"{size} to {apart}"


@dataclass(frozen=True)
class Explained:
    """A series explained, and the place of each of its members."""

    whole: SeriesExplanation
    members: dict[str, MembershipExplanation]


@st.cache_resource(max_entries=200, show_spinner="Weighing the members")
def series_explained(stamp: Stamp, series_id: str, _now: StoreSnapshot) -> Explained | None:
    """What explains a series; None where what is left of it is of one incident."""
    del stamp
    members = [m.report_id for m in _now.series[series_id].members if m.report_id in _now.reports]
    try:
        return Explained(_now.whole(series_id), {name: _now.member(name, series_id) for name in members})
    except ValueError:
        return None


def _seen(found: Explained, now: StoreSnapshot) -> Explained | None:
    """What explains a series, without what would tell a pair that is decided blind; None where all of it would."""
    whole = blind_sets(now).whole(found.whole)
    places = {name: seen_place(place, now) for name, place in found.members.items()} if whole else {}
    return Explained(whole, {name: place for name, place in places.items() if place}) if whole else None


def mean_fit(one: Series) -> float:
    """Mean over the members of their mean strength with each other member (log10 odds), as the run found it."""
    fits = [member.fit for member in one.members if member.fit is not None]
    return sum(fits) / len(fits) if fits else 0.0


def _overlaps(one: Series, now: StoreSnapshot) -> None:
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
