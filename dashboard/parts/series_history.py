"""A series through time: its name and state, its members after each step, and decisions that contradict others."""

from __future__ import annotations

import streamlit as st

from dashboard import work
from dashboard.parts.chrome import as_written
from dashboard.parts.settings import chosen, control, forget
from dashboard.parts.status import guarded, tell
from dashboard.parts.tables import Cell, Lines, Link, Wide, table
from dashboard.store_snapshot import StoreSnapshot, opened, url
from linkage.review.audit_words import judged_words
from linkage.review.binding import Conflict, binding
from linkage.review.decision import Decision
from linkage.review.series_event import SeriesEvent
from linkage.review.series_history import (
    Registered,
    SeriesError,
    SeriesState,
    Step,
    moved_to,
    named_when,
    registry,
    renamed,
    replay,
    steps,
)
from linkage.review.strength import counted

STATES = {
    SeriesState.PROPOSED: "proposed",
    SeriesState.UNDER_REVIEW: "under review",
    SeriesState.CONFIRMED: "confirmed",
    SeriesState.REJECTED: "rejected",
    SeriesState.CLOSED: "closed",
}


def registered(series_id: str, events: list[SeriesEvent]) -> Registered:
    """The series as its history tells it; as proposed where none was kept."""
    return registry(events).get(series_id, Registered(series_id))


MOST_OTHERS = 0.5
"""Share of reports in common below which a name is told to be of other reports [G]."""


def name_line(one: Registered, events: list[SeriesEvent]) -> None:
    """The name and the state."""
    name = f"{as_written(f'“{one.name}”')}, " if one.name else ""
    st.write(f"{name}**{STATES[one.state]}**. Possible same person: advisory, not evidence of identity.")
    _named_when(one, named_when(events, one.series_id))


def rename(one: Registered) -> None:
    """Changing the name and the state, each with a reason."""
    if one.merged_into:
        return
    st.header("Rename it, or change its state")
    if why := work.refusal("rename_series"):
        st.caption(why)
        return
    with st.container():
        left, middle, right = st.columns([3, 2, 4], vertical_alignment="bottom")
        left.text_input("Name", key=control(f"name {one.series_id}", one.name), max_chars=120)
        middle.selectbox(
            "State", list(STATES), format_func=STATES.__getitem__, key=control(f"state {one.series_id}", one.state)
        )
        right.text_input("Reason", key=control(f"why {one.series_id}", ""), max_chars=500)
        st.button("Save name and state", key="series_state_save", on_click=guarded(_save), args=(one,))


def _named_when(one: Registered, then: tuple[str, ...]) -> None:
    """What the series held when it was named, where that is not what it holds: a name stays until somebody changes
    it."""
    came, went = set(one.members) - set(then), set(then) - set(one.members)
    if not then or not (came or went):
        return
    words = as_written(f"Name given when it held {', '.join(then)}.")
    changed = f"Since then {counted(len(came), 'report')} came in and {len(went):,} went out."
    if 1 - len(came | went) / len({*then, *one.members}) < MOST_OTHERS:
        st.warning(f"{words} {changed} Most of it is other reports now: is the name still right?")
    else:
        st.caption(f"{words} {changed}")


def _save(one: Registered) -> None:
    name, state = str(chosen(f"name {one.series_id}", "")), chosen(f"state {one.series_id}", one.state)
    reason = str(chosen(f"why {one.series_id}", ""))
    events: list[SeriesEvent] = []
    try:
        if name.strip() and name.strip() != one.name:
            events.append(renamed(one, name))
        if state != one.state:
            events.append(moved_to(one, state, reason))
        if not events:
            tell("Nothing was changed.", refused=True)
            return
        opened(url()).record_series_events(events)
    except (SeriesError, PermissionError) as error:
        tell(f"Not saved: {error}", refused=True)
        return
    forget(f"name {one.series_id}", f"state {one.series_id}", f"why {one.series_id}")
    tell(f"Saved: series {one.series_id}, {name.strip() or 'no name'}, {STATES[state]}.")


def history(series_id: str, events: list[SeriesEvent]) -> None:
    """How the series was built, step by step, and its members after any step."""
    taken = steps(events, series_id)
    st.header(f"Built in {counted(len(taken), 'step')}" if taken else "History")
    if not taken:
        st.write("No history was kept: it was found before histories were.")
        return
    table("Steps, oldest first", ["Step", "When", "Who", "What"], [_step(one) for one in taken])
    if len(taken) > 1:
        last = len(taken)
        number = st.number_input(
            f"As it stood after step (1 to {last})", 1, last, last, key=f"step_{series_id}", width=220
        )
        then = replay(events, series_id, int(number))
        st.write(f"{counted(len(then.members), 'report')}: {as_written(', '.join(then.members))}.")


def _step(one: Step) -> list[Cell]:
    at = (one.event.at or "")[:16].replace("T", " ")
    words: Cell = Wide(one.words)
    if one.event.decision is not None:
        words = Link(one.words, "audit", (("decision", str(one.event.decision)),))
    return [str(one.number), at, one.event.who, words]


def conflicts(members: list[str], now: StoreSnapshot) -> None:
    """Decisions about these reports that contradict each other, each with the decisions that make it."""
    made = opened(url()).decisions()
    inside = set(members)
    found = [one for one in binding(made, now.reports).conflicts if inside & {one.report_a, one.report_b}]
    if not found:
        return
    st.header("Decisions that contradict each other")
    by_id = {one.id: one for one in made if one.id is not None}
    note = "Apart wins until somebody looks again: take back one of them, or decide anew."
    table(
        counted(len(found), "contradiction"),
        ["Reports", "What", "Decisions"],
        [_conflict(one, by_id) for one in found],
        small=note,
    )


def _conflict(one: Conflict, by_id: dict[int, Decision]) -> list[Cell]:
    pair = Link(f"{one.report_a} and {one.report_b}", "pair", (("a", one.report_a), ("b", one.report_b)))
    made = [by_id[number] for number in one.decisions if number in by_id]
    told = tuple(f"{d.id}: {judged_words(d.kind, d.judgement)}, {d.left} and {d.right}, {d.analyst}" for d in made)
    return [pair, Wide(one.words), Lines(told or ("",))]
