"""What crosses a border: series over several police force areas or far apart, and links that would make one."""

from __future__ import annotations

import streamlit as st

from dashboard.parts.blind_pairs import blind_sets
from dashboard.parts.chrome import as_written, not_linked_line
from dashboard.parts.country_map import journeys_map
from dashboard.parts.journey import leg_table
from dashboard.parts.linking import linking_panel
from dashboard.parts.series_map import close_map
from dashboard.parts.tables import Cell, Head, Lines, Link, Noted, Quiet, table
from dashboard.parts.typed import page_box, remember, remembered
from dashboard.queue import queue
from dashboard.screens.series import mean_fit
from dashboard.store_snapshot import StoreSnapshot, current_snapshot
from linkage.review.blind_sets import BlindSets
from linkage.review.outcome import State
from linkage.review.question import questions
from linkage.review.queue import Queue
from linkage.review.strength import chance_words, counted, probability_of
from linkage.review.travel_words import km_words, verdict_words
from linkage.review.travelling import NO_FORCE, Crossing, Likely, crossings, span_words
from linkage.sharing.chart import LEAST_LINK
from linkage.travel import AREA_KM, FAR_KM

PATH = "across"
PAGE = 12
REACHES = {0: "any", 50: "50 km or more", 100: "100 km or more"}
ALL, SERIES, LINKS = "both", "series", "suggested links"


def render() -> None:
    """Draw the page."""
    now = current_snapshot()
    st.title("Across areas")
    st.write(
        f"Series that cross police force areas or reach over {FAR_KM:.0f} km, and suggested links that would make "
        "one, the most urgent first. Suggestions, advisory, and not evidence of identity."
    )
    linking_panel(again=False)
    if now.run is None:
        st.info("Nothing is linked yet.")
        return
    not_linked_line(now)
    every = queue(now)
    found = _found((*now.stamp, *_decided(every)), now)
    kind, reach, turn, look = st.columns([4, 3, 2, 5], vertical_alignment="bottom")
    with kind:
        shown = _of_kind(found)
    with reach:
        shown = _reaching(shown)
    if not shown:
        st.info("No series and no suggested link of this kind crosses a border.")
        return
    with turn:
        pages = max(1, -(-len(shown) // PAGE))
        _turn_to_named(shown)
        page = page_box(pages, "across_page") if pages > 1 else 1
    part = shown[(page - 1) * PAGE : page * PAGE]
    names = [one.name for one in part]
    asked = look.selectbox("Look at", names, key=remembered("across_at"), bind="query-params")
    chosen = next((one for one in part if one.name == asked), part[0])
    _pictures(part, chosen, now)
    _list(part, (page - 1) * PAGE, shown, blind_sets(now))


def _turn_to_named(shown: list[Crossing]) -> None:
    """Turn to the page of the one that the address names, until this visit looks at one."""
    named = st.query_params.get("across_at")
    place = next((at for at, one in enumerate(shown) if one.name == named), None)
    if place is not None and "across_at" not in st.session_state and "across_page" not in st.query_params:
        remember("across_page", place // PAGE + 1)


def _of_kind(every: list[Crossing]) -> list[Crossing]:
    kind = st.radio("Show", (ALL, SERIES, LINKS), horizontal=True, key=remembered("across_kind"), bind="query-params")
    return [one for one in every if kind == ALL or bool(one.series_id) == (kind == SERIES)]


def _reaching(every: list[Crossing]) -> list[Crossing]:
    """Those that reach so far at least; one of which no distance is known reaches nowhere."""
    least = st.selectbox(
        "Reach", list(REACHES), format_func=REACHES.__getitem__, key=remembered("across_reach"), bind="query-params"
    )
    return [one for one in every if (one.mobility.widest_km or 0.0) >= least]


def _decided(every: Queue) -> tuple[int, int]:
    """What tells that decisions or the day changed."""
    newest = max((number for one in every.outcomes.values() for number in one.decisions), default=0)
    return newest, every.today.toordinal()


@st.cache_resource(max_entries=2, show_spinner="Laying out the journeys")
def _found(stamp: tuple[object, ...], _now: StoreSnapshot) -> list[Crossing]:
    """All that crosses a border in the latest run, as far as it was not decided against."""
    del stamp
    every = queue(_now)
    series = {
        name: (_now.incidents([member.report_id for member in one.members]), probability_of(mean_fit(one)))
        for name, one in _now.series.items()
    }
    frame = every.frame[
        (every.frame["kind"] == "pair")
        & (every.frame["probability"] >= LEAST_LINK)
        & every.frame["state"].isin([list(State).index(one) for one in (State.TODO, State.REOPENED, State.WAITING)])
        & (every.frame["stream"] != "random")
    ]
    sides = zip(
        frame["left"].astype(str), frame["right"].astype(str), frame["probability"].astype(float), strict=True
    )
    pairs = [
        Likely(left, right, chance)
        for left, right, chance in sides
        if not set(_now.series_of.get(left, [])) & set(_now.series_of.get(right, []))
    ]
    return crossings(series, pairs, _now.reports, every.profiles, every.today)


def _pictures(part: list[Crossing], chosen: Crossing, now: StoreSnapshot) -> None:
    """The country with all of this page, and the chosen one close with its legs and what would settle it."""
    left, right = st.columns([1, 2])
    with left:
        words = "; ".join(f"{number}: {one.name}" for number, one in enumerate(part, start=1))
        st.altair_chart(
            journeys_map(part, chosen), width="content", theme=None, alt=f"Journeys over the country. {words}"
        )
        st.caption("Numbers as in the list below; the thick line is the one looked at.")
    with right:
        st.subheader(as_written(chosen.name))
        st.write(f"**Held by:** {as_written('; '.join(chosen.forces_in_words))}.")
        stops = list(chosen.stops)
        with st.container(key="map"):
            drawn = close_map(stops, chosen.legs)
            st.altair_chart(drawn, width="content", theme=None, alt=f"Map of {chosen.name}")
        leg_table(list(chosen.legs), {stop.report_id: number for number, stop in enumerate(stops, start=1)})
        _settle(chosen, now)


def _settle(chosen: Crossing, now: StoreSnapshot) -> None:
    """The first question about the two ends of the longest leg."""
    leg = chosen.longest
    if leg is None:
        return
    a, b = leg.start.report_id, leg.end.report_id
    if a not in now.reports or b not in now.reports:
        return
    explanation = now.explain(a, b)
    found = questions(explanation, now.levels(explanation.report_a, explanation.report_b))
    words = found[0].words if found else "no answer to what is missing could move these two far"
    st.write(f"**What would settle the longest leg, {as_written(f'{a} to {b}')}:** {as_written(words)}.")


def _list(part: list[Crossing], before: int, shown: list[Crossing], sets: BlindSets) -> None:
    forces = {force for one in shown for force in one.forces if force != NO_FORCE}
    series = sum(bool(one.series_id) for one in shown)
    heads: list[Head] = ["Series or link", "Forces, with the incidents each holds", "How far", "One person?"]
    heads += ["Why up here", "Possible same person"]
    note = (
        f"Local: each incident within {AREA_KM:.0f} km of another; commuter: further, but less than {FAR_KM:.0f} km "
        "apart; traveller: further still. All by where incidents were and not by borders: where somebody lives is "
        "not known."
    )
    rows = [_row(number, one, sets.hides(one.reports)) for number, one in enumerate(part, start=1)]
    caption = (
        f"{before + 1:,} to {before + len(part):,} of {len(shown):,}: {series:,} series and "
        f"{counted(len(shown) - series, 'suggested link')}, in {counted(len(forces), 'police force area')}"
    )
    table(caption, heads, rows, small=note)


def _row(number: int, one: Crossing, hidden: bool) -> list[Cell]:
    link = (
        Link(f"{number} {one.name}", "series", (("id", one.series_id),))
        if one.series_id
        else Link(f"{number} {one.name}", "pair", (("a", one.reports[0]), ("b", one.reports[1])))
    )
    widest = one.mobility.widest_km
    far = "distance not known" if widest is None else f"widest {km_words(widest)}"
    return [
        Noted(link, counted(len(one.stops), "incident")),
        Lines(one.forces_in_words),
        Quiet(f"{one.kind}, {far}", span_words(one)),
        verdict_words(one.legs, one.stops),
        Lines(one.reasons or ("",)),
        "hidden" if hidden else chance_words(one.probability),
    ]
