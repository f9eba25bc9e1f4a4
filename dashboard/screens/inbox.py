"""Inbox: what waits for a decision, the most urgent first, with reasons for and against on every row."""

from __future__ import annotations

import streamlit as st

from dashboard import work
from dashboard.parts.chrome import identifiers_switch, not_linked_line, where_and_when
from dashboard.parts.evidence import apart, reasons
from dashboard.parts.inbox_address import ORDER, TAB, take_up, write
from dashboard.parts.keys import action, key_line, keys_switch
from dashboard.parts.linking import linking_panel
from dashboard.parts.queue_filters import KINDS, filter_row, filters
from dashboard.parts.settings import control, preference
from dashboard.parts.status import guarded
from dashboard.parts.tables import Cell, Lines, Link, Quiet, Stack, table
from dashboard.parts.wellbeing import break_note
from dashboard.queue import Listed, listed, must_hide, queue, why_blind
from dashboard.store_snapshot import StoreSnapshot, current_snapshot
from linkage.review.outcome import State
from linkage.review.queue import Suggestion
from linkage.review.series_words import part_sides
from linkage.review.strength import alone_words, chance_words, counted, interval_ends, sides, signed, strength_words

MOST = 3
"""Reasons of each side that a row shows."""
TABS = {
    State.TODO: "To do",
    State.SECOND: "Second check",
    State.WAITING: "Waiting for information",
    State.REOPENED: "Re-opened",
    State.DONE: "Done",
}
ORDERS = {"risk": "risk first", "strength": "strength", "learn": "most to learn", "newest": "newest"}


def render() -> None:
    """Draw the page."""
    now = current_snapshot()
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.title("Suggested links", width="content")
        with st.container(width=420):
            linking_panel()
    break_note()
    if now.run is None:
        st.info("Nothing is linked yet.")
        return
    not_linked_line(now)
    every = queue(now)
    asked = take_up(every)
    counts = every.counts(filters(), work.analyst())
    left, right = st.columns([5, 3])
    left.radio(
        "Show",
        list(TABS),
        format_func=lambda state: f"{TABS[state]} {counts[state]:,}",
        horizontal=True,
        label_visibility="collapsed",
        key=control(TAB, State.TODO),
    )
    right.radio(
        "Order",
        list(ORDERS),
        format_func=ORDERS.__getitem__,
        horizontal=True,
        label_visibility="collapsed",
        key=control(ORDER, "risk"),
    )
    groups = every.together()
    wide, beside = st.columns([5, 2]) if groups else (st.container(), None)
    with wide:
        filter_row(every)
    if beside is not None:
        pairs = counted(sum(map(len, groups)), "pair")
        words = f"Same incident? {pairs}"
        beside.button(
            words, on_click=guarded(work.go), args=(work.TOGETHER, {}), width="stretch", key="inbox_together"
        )
    shown = listed(now)
    if asked is not None and (first := shown.at((asked - 1) * _size())) is not None:
        work.select(first)
    _rows(shown, now)
    write(work.selected(shown) // _size() + 1)


def _rows(shown: Listed, now: StoreSnapshot) -> None:
    """One page of the list, the selected row marked, with what can be done to it."""
    at = work.selected(shown)
    size = _size()
    page, one = at // size, shown.at(at)
    before, after = shown.at(at - 1), shown.at(at + 1)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        action("Open", "O", "inbox_open", work.go_to, (one,), disabled=one is None)
        action("Back", "J", "inbox_back", work.select, (before,), disabled=before is None)
        action("Next", "K", "inbox_next", work.select, (after,), disabled=after is None)
        act = (one, after or before, True)
        st.button("Pass this one", key="inbox_pass", on_click=guarded(work.pass_one), args=act, disabled=one is None)
        if len(shown) > size:
            _pages(page, shown)
        keys_switch()
        identifiers_switch()
    key_line()
    first = page * size
    part = [found for found in map(shown.at, range(first, min(first + size, len(shown)))) if found is not None]
    caption = f"{first + 1:,} to {first + len(part):,} of {len(shown):,}" if part else "Nothing here"
    note = (
        "▶ is the one that Open opens. + agrees, ~ close, - differs, the heaviest first. In brackets: how well the "
        "strength is known (Help). The order is no evidence."
    )
    rows = [_row(found, first + number == at, now) for number, found in enumerate(part)]
    table(caption, ["Suggestion", "For", "Against", "Possible same person", "Why up here"], rows, small=note)


def _size() -> int:
    """Suggestions on one page, as the person set it."""
    return int(preference("inbox_rows"))


def _pages(page: int, shown: Listed) -> None:
    """The box that turns to a page by its number."""
    last = -(-len(shown) // _size())
    st.session_state["inbox_page"] = page + 1
    st.number_input(
        f"Page (1 to {last:,})", 1, last, key="inbox_page", on_change=guarded(_turn), args=(shown,), width=150
    )


def _turn(shown: Listed) -> None:
    found = shown.at((int(st.session_state["inbox_page"]) - 1) * _size())
    if found is not None:
        work.select(found)


def _row(one: Suggestion, marked: bool, now: StoreSnapshot) -> list[Cell]:
    page, query = work.address(one)
    label = _label(one)
    link = Link(f"▶ {label}" if marked else label, page, tuple(query.items()), f"{label}, selected" if marked else "")
    small = [where_and_when(now, name) for name in (one.left, one.right) if name in now.reports]
    kind = () if one.kind == "pair" else (Quiet("", KINDS[one.kind]),)
    told = (*small, *accounts_words(one.left, one.right, now))
    first = Stack((link, *kind, *(Quiet("", words) for words in told), *_state(one)))
    if must_hide(one):
        return [first, "hidden", "hidden", Quiet("hidden", why_blind(one)), Lines(one.risk_reasons or ("",))]
    supports, against, strength = _weighed(one, now)
    why = one.reopened or one.risk_reasons
    away = () if one.kind in ("report_series", "same_incident") else (apart(one.distance_km, one.days),)
    return [first, supports, against, Stack((strength, *away)), Lines(why or ("",))]


def _label(one: Suggestion) -> str:
    """What a suggestion is about."""
    first = "series " if one.kind in ("merge", "split") else ""
    second = "series " if one.kind in ("report_series", "merge") else ""
    return f"{first}{one.left} and {second}{one.right}"


def accounts_words(left: str, right: str, now: StoreSnapshot) -> list[str]:
    """The other accounts of an incident on either side: what stands in the row may be told by any of them."""
    found = []
    for name in (left, right):
        others = (
            [each.report_id for each in now.accounts(name) if each.report_id != name] if name in now.reports else []
        )
        if others:
            found.append(f"{name} is one incident with {', '.join(others)}")
    return found


def _state(one: Suggestion) -> tuple[Quiet, ...]:
    """What was decided, where anything was, without what a second analyst is not to know."""
    said = work.decided_words(one)
    return (Quiet("", said),) if said else ()


def _weighed(one: Suggestion, now: StoreSnapshot) -> tuple[Cell, Cell, Quiet]:
    """Reasons for and against and the strength of a suggestion."""
    if one.kind == "report_series" and one.right in now.series and one.left in now.reports:
        place = now.place(one.left, one.right)
        if place is None:
            return "", "", Quiet("not known", "the series has no other incident")
        told = part_sides(place.parts)
        lines = [
            Lines(tuple(f"{sign} {part.label} {signed(part.weight, 1)}" for part in side[:MOST]) or ("nothing",))
            for sign, side in (("+", told.supports), ("-", told.against))
        ]
        words = f"with all members: {alone_words(place.strength, 1)}"
        return lines[0], _many(lines[1], len(told.against)), Quiet(chance_words(place.probability), words)
    if one.left not in now.reports or one.right not in now.reports:
        return "", "", Quiet("", "open it to see the evidence")
    explanation = now.explain_alone(one.left, one.right)
    found = sides(explanation)
    alone = f"pair alone: {strength_words(explanation.strength, 1)} ({interval_ends(explanation, 1)})"
    chance = chance_words(one.probability) if one.probability is not None else "not in the list"
    if one.kind == "same_incident":
        same = "not known" if one.same_incident is None else chance_words(one.same_incident)
        chance, alone = (
            f"one incident: {same}",
            f"same person, were it two: {strength_words(explanation.strength, 1)} ({interval_ends(explanation, 1)})",
        )
    return reasons(found.supports), _many(reasons(found.against), len(found.against)), Quiet(chance, alone)


def _many(lines: Lines, many: int) -> Lines:
    """The reasons against, their number first: a strong row with many contraries shows it."""
    return Lines((f"{many} against", *lines.texts)) if many else lines
