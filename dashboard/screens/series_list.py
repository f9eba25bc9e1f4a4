"""All candidate series, with what each shares and what speaks against it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import streamlit as st

from dashboard.parts.blind_pairs import blind_sets
from dashboard.parts.chrome import facts, identifiers_switch, not_linked_line
from dashboard.parts.linking import linking_panel
from dashboard.parts.matrix import contrary, shared_words
from dashboard.parts.tables import Cell, Link, Number, Quiet, Stack, table
from dashboard.parts.typed import page_box, remembered
from dashboard.screens.series import mean_fit
from dashboard.stamp import Stamp
from dashboard.store_snapshot import StoreSnapshot, current_snapshot
from linkage.report import Report
from linkage.review.series_view import Row, matrix
from linkage.review.strength import chance_words, counted, probability_of, strength_words
from linkage.review.travel_words import km_words
from linkage.store import Series
from linkage.travel import Mobility, journey, mobility

PAGE = 25
ORDERS = ("largest first", "strongest first", "newest first", "widest first")
ANYWHERE = "anywhere"


@dataclass(frozen=True)
class Listed:
    """A series with what the list shows of it; `size` counts incidents, what may be one of them once;
    `strength` is that over its pairs, minus infinity where it would tell a pair that is decided blind."""

    series: Series
    incidents: list[Report]
    size: int
    rows: list[Row]
    strength: float
    newest: str
    first: str
    last: str
    travel: Mobility
    areas: list[str]


def render() -> None:
    """Draw the page."""
    now = current_snapshot()
    st.title("Candidate series")
    st.write(
        "Reports that may come from the same person, put together by what they share. "
        "A series is a suggestion to look at, advisory, and not evidence of identity."
    )
    linking_panel(again=False)
    if not now.series:
        st.info("There is no candidate series yet.")
        return
    sets = blind_sets(now)
    every = [
        replace(one, strength=-math.inf) if sets.hides(now.members(one.series.series_id)) else one
        for one in listed(now.stamp, now)
    ]
    in_series = {member.report_id for one in every for member in one.series.members}
    facts(
        [
            ("candidate series", f"{len(every):,}"),
            ("reports in them", f"{len(in_series):,} of {len(now.reports):,}"),
            ("may belong to a second series", f"{len({o.report_id for o in now.overlaps}):,}"),
        ]
    )
    not_linked_line(now)
    _draw(_filtered(every), now)


def _filtered(every: list[Listed]) -> list[Listed]:
    areas = sorted({area for one in every for area in one.areas})
    left, middle, right = st.columns(3, vertical_alignment="bottom")
    order = left.selectbox("Order", ORDERS, key=remembered("series_order"), bind="query-params")
    area = middle.selectbox("Area", [ANYWHERE, *areas], key=remembered("series_area"), bind="query-params")
    least = right.number_input(
        "At least this many incidents", 2, 50, 2, key=remembered("series_least"), bind="query-params"
    )
    identifiers_switch()
    shown = [one for one in every if one.size >= least and (area in (ANYWHERE, *one.areas))]
    keys = {
        "largest first": lambda one: (-one.size, -one.strength),
        "strongest first": lambda one: (-one.strength, -one.size),
        "newest first": lambda one: ([-ord(c) for c in one.newest], -one.strength),
        "widest first": lambda one: (-(one.travel.widest_km or 0.0), -one.strength),
    }
    return sorted(shown, key=keys[order])


def _draw(shown: list[Listed], now: StoreSnapshot) -> None:
    pages = max(1, -(-len(shown) // PAGE))
    page = 1
    if pages > 1:
        page = page_box(pages, "series_page")
    part = shown[(page - 1) * PAGE : page * PAGE]
    heads = ["Series", "Where", "Rare and shared", "Against", "Belief", "May go to police"]
    note = (
        "Belief is the mean over all pairs of members, with what all other reports say (log10 odds). Against: items "
        "that at least one incident contradicts. May go to police: reports with that consent."
    )
    table(
        f"Series {(page - 1) * PAGE + 1:,} to {(page - 1) * PAGE + len(part):,} of {len(shown):,}"
        if part
        else "No series",
        heads,
        [_cells(one, now) for one in part],
        small=note,
    )


def _cells(one: Listed, now: StoreSnapshot) -> list[Cell]:
    members = [now.reports[m.report_id] for m in one.series.members if m.report_id in now.reports]
    consent = sum(report.consent.police for report in members)
    link = Link(f"Series {one.series.series_id}", "series", (("id", one.series.series_id),))
    size = counted(one.size, "incident")
    if len(members) > one.size:
        size += f", {counted(len(members), 'report')}"
    when = f"{one.first} to {one.last}" if one.first != one.last else one.first
    return [
        Stack((link, Quiet(size, when))),
        Quiet(", ".join(one.areas[:2]) + (" ..." if len(one.areas) > 2 else ""), _range(one.travel)),
        shared_words(one.rows),
        contrary(one.rows),
        "hidden until you have decided its pair"
        if one.strength == -math.inf
        else Quiet(strength_words(one.strength, 1), chance_words(probability_of(one.strength))),
        Number(f"{consent} of {len(members)}"),
    ]


def _range(travel: Mobility) -> str:
    return "distance not known" if travel.widest_km is None else f"widest {km_words(travel.widest_km)}"


@st.cache_resource(max_entries=2, show_spinner="Laying out the series")
def listed(stamp: Stamp, _now: StoreSnapshot) -> list[Listed]:
    """Every series with what the list shows of it."""
    del stamp
    return [_listed(one, _now) for one in _now.series.values()]


def _listed(one: Series, now: StoreSnapshot) -> Listed:
    incidents = now.incidents([member.report_id for member in one.members])
    stops = journey(incidents)
    dated = [stop.middle for stop in stops if stop.middle is not None]
    areas = [r.place.admin.region or r.place.admin.police_force or "area not known" for r in incidents]
    return Listed(
        series=one,
        incidents=incidents,
        size=now.size([member.report_id for member in one.members]),
        rows=matrix(incidents, now.rates),
        strength=mean_fit(one),
        newest=dated[-1].isoformat() if dated else "",
        first=f"{dated[0]:%b %Y}" if dated else "date not known",
        last=f"{dated[-1]:%b %Y}" if dated else "date not known",
        travel=mobility(incidents),
        areas=list(dict.fromkeys(areas)),
    )
