"""Search: a box and a form; every row says why it is there, and a question can be kept to ask it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard.parts.blind_pairs import named_apart
from dashboard.parts.chrome import as_written, identifiers_switch, key_to_signs, links_line, shown, where_and_when
from dashboard.parts.echo_notes import notes_on_listed
from dashboard.parts.evidence import brief, masked_words
from dashboard.parts.search_form import ASKED, PURPOSE, ask_address, clear, fill, form, into_address
from dashboard.parts.search_narrow import Chosen, facet_pills, narrow_of, narrowed_line, page_of, pages_line, read_as
from dashboard.parts.series_map import close_map
from dashboard.parts.status import guarded
from dashboard.parts.tables import Cell, Lines, Link, Noted, Number, table
from dashboard.queue import blind
from dashboard.screens.watch import watch_button
from dashboard.stamp import Stamp
from dashboard.store_snapshot import StoreSnapshot, current_snapshot, opened, url
from dashboard.work import go
from linkage.features.identifier import IDENTIFIERS
from linkage.report import Report
from linkage.review.closed_narrative import LABEL, closed
from linkage.review.partly import partly
from linkage.review.strength import SIGNS, counted, side_of, signed
from linkage.search import Found, Question, QuestionError, Reason, Row, Searcher
from linkage.store import SavedSearch, drop_search, record_search, save_search, saved_searches
from linkage.store.search_index import searcher_of
from linkage.travel import journey

TOP = 20
REASONS = 6
HEADS = ("Report", "Reasons", "Score", "Candidate series")
MASKED = {
    *("Registration", "Phone", "Email", "Username", "Website", "Other"),
    *(kind.label for kind in IDENTIFIERS),
}
"""Labels of reasons whose words are identifiers: of one asked for, and of the comparisons with another report."""
SAVE_AS, SAVED = "search_save_as", "search_saved"


def render() -> None:
    """Draw the page."""
    now = current_snapshot()
    st.title("Search")
    st.write(
        "Write what you know, in any words. What a report does not say is “not known” and never counts against it, "
        "unless it must be said. A report is listed when it agrees with enough of what you ask."
    )
    ask_address()
    _saved()
    asked = form()
    if asked is not None:
        st.session_state[ASKED] = asked
        if purpose := st.session_state.get(PURPOSE, "").strip():
            record_search(opened(url()), asked.plain(), purpose)
    question = st.session_state.get(ASKED)
    if not isinstance(question, Question):
        return
    st.button("New search", key="search_clear", on_click=guarded(clear))
    into_address(question)
    question = replace(question, apart=blind(now).partners(question.like) if question.like else frozenset())
    narrow = narrow_of(question)
    start = TOP * (page_of(question, narrow) - 1)
    try:
        with now.lock, st.spinner("Searching; the first search after a change takes longer"):
            found = searcher(now.stamp, now).find(question, TOP, narrow=narrow, start=start)
    except QuestionError as error:
        st.warning(as_written(str(error)))
        return
    read_as(found, question)
    if question.apart:
        named_apart(question.like, now)
    _answer(found, question, start, now)
    if found.partly:
        _partly(found.partly, question, now)
    _save(question)
    _why_not(question, now)


@st.cache_resource(max_entries=1, show_spinner=False)
def searcher(stamp: Stamp, _kept: StoreSnapshot) -> Searcher:
    """A searcher over all reports (`stamp` is its cache key)."""
    return searcher_of(opened(stamp[0]), list(_kept.reports.values()))


def _saved() -> None:
    """Questions that are kept, to ask again or to keep no longer."""
    searches = {one.name: one for one in saved_searches(opened(url()))}
    if not searches:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox("Saved searches", list(searches), key=SAVED)
        st.button(
            "Ask again", key="search_again", on_click=guarded(fill), args=(Question.of(searches[name].question),)
        )
        watch_button("search", name)
        st.button("Keep no longer", key="search_drop", on_click=guarded(drop_search), args=(opened(url()), name))
    if searches[name].purpose:
        st.caption(as_written(f"Purpose: {searches[name].purpose}. Saved by {searches[name].who}."))


def _save(question: Question) -> None:
    """A name, and the button that keeps the question under it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("Save this search as", key=SAVE_AS).strip()
        if st.button("Save", key="search_save"):
            if not name:
                st.warning("Give the search a name first.")
                return
            purpose = st.session_state.get(PURPOSE, "").strip()
            save_search(opened(url()), SavedSearch(name, question.plain(), purpose))
            st.rerun()


def _answer(found: Found, question: Question, start: int, now: StoreSnapshot) -> None:
    narrow = narrow_of(question)
    for note in found.notes:
        st.info(as_written(note))
    rows = [row for row in found.rows if row.agrees]
    partly = f"{found.partly:,} {_agree(found.partly)} with a small part of it"
    others = f"{partly}, {others_words(found, len(question.apart))}"
    if not rows and not found.asked and found.notes:
        return
    if not rows:
        st.info(f"Nothing found: none of {found.total:,} reports agrees with enough of it; {others}.")
        return
    key_to_signs()
    identifiers_switch()
    narrowed_line(found, narrow)
    where = f", from number {start + 1:,}" if start else ""
    table(
        f"{first_of(len(rows), found.agreeing)} {_agree(found.agreeing)} with enough of it{where}",
        HEADS,
        [_cells(row, now) for row in rows],
        small=f"Of the others {others}. The score is the sum of the weights: log10 of how much likelier what the "
        "report says is if it is one of those asked for.",
    )
    notes_on_listed([row.report_id for row in rows], now)
    _export(found, question, narrow, now)
    pages_line(found, question, narrow, TOP)
    if found.facets:
        with st.expander(
            "What the listed reports have in common; choose some to narrow the list", expanded=bool(narrow)
        ):
            facet_pills(found.facets, question, narrow)
    if st.toggle("Show the listed reports on a map", key="search_map"):
        _map([now.reports[row.report_id] for row in rows], start)


def _export(found: Found, question: Question, narrow: Chosen, now: StoreSnapshot) -> None:
    """The way to the page for exports with every listed report, those of other pages of the list too."""
    rows = [row for row in found.rows if row.agrees]
    if found.agreeing <= len(rows):
        about = (("kind", "reports"), ("about", " ".join(row.report_id for row in rows)))
        links_line([Link("Export the listed reports", "exports", about)])
        return
    label = f"Export all {found.agreeing:,} listed reports"
    st.button(label, key="search_export", on_click=guarded(_export_all), args=(question, found.agreeing, narrow, now))


def _export_all(question: Question, many: int, narrow: Chosen, now: StoreSnapshot) -> None:
    with now.lock:
        whole = searcher(now.stamp, now).find(question, many, narrow=narrow)
    go("exports", {"kind": "reports", "about": " ".join(row.report_id for row in whole.rows if row.agrees)})


def _map(reports: Sequence[Report], start: int) -> None:
    """Where the listed reports were; the numbers are their places in the table above."""
    stops = [journey([report])[0] for report in reports]
    if not any(stop.located for stop in stops):
        st.write("No place of these reports is known.")
        return
    words = "; ".join(f"{at}: {stop.place}" for at, stop in enumerate(stops, start=1) if stop.located)
    lost = ", ".join(str(at) for at, stop in enumerate(stops, start=1) if not stop.located)
    st.caption(
        f"Numbers are places in the table{f', counted from {start + 1:,}' if start else ''}. Rings say how unsure a "
        f"place is.{f' Not on the map, place not known: {lost}.' if lost else ''}"
    )
    with st.container(key="map"):
        st.altair_chart(
            close_map(stops, []), width="content", theme=None, alt=f"Places of the listed reports. {words}"
        )


def _partly(many: int, question: Question, now: StoreSnapshot) -> None:
    """Reports that agree with too little to be listed, for whoever asks to see them."""
    if not st.toggle(f"Show what agrees with a small part ({many:,})", key="search_partly"):
        return
    with now.lock:
        rows = partly(searcher(now.stamp, now), question, TOP)
    small = "Not listed: each agrees with something that was asked, with too little of it, or differs in the rest."
    caption = f"Small part only: {first_of(len(rows), many)} {_agree(many)} with a small part of it"
    table(caption, HEADS, [_cells(row, now) for row in rows], small=small)


def first_of(shown: int, many: int) -> str:
    """The reports of a table, as "1 report that" or "20 of 145 reports that"."""
    return f"{f'{shown} of ' if shown < many else ''}{counted(many, 'report')} that"


def others_words(found: Found, hidden: int) -> str:
    """Where the reports are that agree with nothing, each counted once; `hidden` are those to be decided blind."""
    listed = found.unnarrowed or found.agreeing
    apart = found.total - listed - found.partly - found.silent - found.left_out - found.differing
    alone = [f"{_are(apart - hidden)} the report compared with"] if apart > hidden else []
    blind_ones = [f"{_are(hidden)} not compared before you decide them"] if hidden else []
    differing = f"{found.differing:,} only {'differs' if found.differing == 1 else 'differ'}"
    silent = f"{found.silent:,} {'does' if found.silent == 1 else 'do'} not say"
    left_out = f"{_are(found.left_out)} left out by place, time or a must"
    return ", ".join([differing, silent, left_out, *alone, *blind_ones])


def _agree(many: int) -> str:
    return "agrees" if many == 1 else "agree"


def _are(many: int) -> str:
    return f"{many:,} {'is' if many == 1 else 'are'}"


def _cells(row: Row, now: StoreSnapshot) -> list[Cell]:
    name = row.report_id
    own = now.series_of.get(name, [])
    series: Cell = ", ".join(f"Series {one}" for one in own) or "none"
    if len(own) == 1:
        series = Link(f"Series {own[0]}", "series", (("id", own[0]),))
    told, rest = row.shown(REASONS)
    more = (f"and {len(rest)} more, together {signed(sum(one.weight for one in rest))}",) if rest else ()
    reasons = Lines((*map(_reason, told), *more))
    link = Link(name, "report", (("id", name),))
    return [Noted(link, where_and_when(now, name)), reasons, Number(signed(row.score)), series]


def _reason(reason: Reason) -> str:
    if reason.says == "not known":
        which = f" “{reason.words.removesuffix(': not known')}”" if reason.label == "Behaviour" else ""
        return f"{SIGNS[reason.says]} {reason.label}{which} not known"
    words = brief(reason.words)
    if reason.label == LABEL:
        words = closed(reason.words)
    elif reason.label in ("Place", "Meaning", "Behaviour"):  # the end says how far away, what is meant or told
        words = reason.words
    elif reason.label in MASKED:
        words = masked_words(reason.words)
    count = f" ({reason.count})" if reason.count and reason.label not in MASKED else ""
    side, why = side_of(reason.says, reason.weight)
    words = f"{words}{count}{f', {reason.says}, {why}' if why else ''}"
    return f"{SIGNS[side]} {reason.label}: {words} {signed(reason.weight)}"


def _why_not(question: Question, now: StoreSnapshot) -> None:
    name = st.text_input("Why is a report not here? Its number:", key="search_why").strip()
    if not name:
        return
    try:
        with now.lock:
            told = searcher(now.stamp, now).why_not(question, name, TOP)
        st.write(as_written(shown_words(told, now, name)))
    except QuestionError as error:
        st.warning(as_written(str(error)))


def shown_words(words: str, now: StoreSnapshot, name: str) -> str:
    """An explanation with the report's own plates and identifiers masked unless asked for."""
    report = now.reports[name]
    plates = [vehicle.registration for vehicle in report.vehicles if vehicle.registration]
    for value in [*plates, *(one.value for one in report.identifiers)]:
        words = words.replace(value, shown(value))
    return words
