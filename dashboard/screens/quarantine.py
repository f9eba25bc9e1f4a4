"""What came in from outside: read it, take it in as a report, or refuse it with a reason."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import work
from dashboard.parts.status import tell
from dashboard.parts.tables import Cell, Quiet, table
from dashboard.store_snapshot import opened, url
from linkage.review.choices import warning_words
from linkage.review.strength import counted
from linkage.store.quarantine import REFUSED, TAKEN, WAITING, Item
from linkage.store.taking_in import QuarantineError, TakenIn, listed, refuse, shown, take

PATH = "quarantine"
SHOWN = 50
"""Arrivals of a list that are shown."""
_KINDS = {
    "full": "Report",
    "partial": "Part of a report",
    "follow_up": "Follow-up",
    "third_party": "For another",
}
_STATES = {WAITING: "Waiting", REFUSED: "Refused", TAKEN: "Taken in"}


def render() -> None:
    """Draw the page."""
    st.title("Came in")
    st.write(
        "What people and projects sent by the pages and the API. It is no report yet: it is in no list and no link. "
        "Taking it in masks details of the person who reported, as importing a file does."
    )
    if why := work.refusal("quarantine"):
        st.info(why)
        return
    state = st.radio("Show", list(_STATES), format_func=_STATES.__getitem__, horizontal=True, key="quarantine_state")
    found = listed(opened(url()), str(state))
    if not found:
        st.write("Nothing here.")
        return
    first = found[:SHOWN]
    heads = ["Number", "What", "Came", "From", "Follows"] + ([] if state == WAITING else ["By"])
    table(f"The oldest {len(first)} of {len(found):,}", heads, [_cells(one) for one in first])
    if state == TAKEN:
        return
    names = [one.number for one in first]
    number = st.selectbox("Look at", names, index=None, key="quarantine_number", placeholder="choose a number")
    if number:
        _one(str(number))


def _cells(one: Item) -> list[Cell]:
    cells: list[Cell] = [one.number, _KINDS.get(one.kind, one.kind), one.at[:16].replace("T", " "), one.by]
    return [*cells, one.follows or "none"] + ([Quiet(one.who, one.reason)] if one.who else [])


def _one(number: str) -> None:
    """One arrival: opened on purpose, then judged."""
    if st.session_state.get("quarantine_open") != number:
        if st.button(f"Open {number}", key="quarantine_open_it", help="That it was opened stands in the audit."):
            shown(opened(url()), number)
            st.session_state["quarantine_open"] = number
            st.rerun()
        return
    found = next((one for one in listed(opened(url())) if one.number == number), None)
    if found is None:
        return
    table(f"What was told under {number}", ["Field", "As it came"], [[name, words] for name, words in _told(found)])
    if st.button(f"Take {number} in as a report", key="quarantine_take", type="primary"):
        _judge(number, "")
    reason = st.text_input("Why it is refused", key="quarantine_reason")
    if found.state == WAITING and st.button(f"Refuse {number}", key="quarantine_refuse"):
        _judge(number, reason or " ")


def _told(found: Item) -> list[tuple[str, str]]:
    """Field and words of all that was told."""

    def flat(value: Any, name: str) -> list[tuple[str, str]]:
        if isinstance(value, dict):
            return [one for key, inner in value.items() for one in flat(inner, f"{name}.{key}".lstrip("."))]
        if isinstance(value, list) and any(isinstance(inner, dict) for inner in value):
            return [one for at, inner in enumerate(value, 1) for one in flat(inner, f"{name}.{at}")]
        words = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
        return [(name.replace("suspects", "reported people"), words)]

    return flat(dict(found.values), "")


def _judge(number: str, reason: str) -> None:
    """Take it in, or with a reason refuse it."""
    store = opened(url())
    try:
        if reason:
            refuse(store, number, reason)
            tell(f"{number} is refused.")
        else:
            tell(_taken_words(take(store, number)))
    except QuarantineError as error:
        tell(f"Not done: {error}", refused=True)
    st.rerun()


def _taken_words(done: TakenIn) -> str:
    masked = f" {counted(done.masked, 'detail')} of the person who reported masked." if done.masked else ""
    lost = f" It follows {done.unfound}, which is not in the store." if done.unfound else ""
    noticed = f" Check: {'; '.join(map(warning_words, done.warnings))}." if done.warnings else ""
    refused = f" {counted(len(done.rejects), 'value')} could not be used." if done.rejects else ""
    return f"{done.report_id} is a report now.{masked}{lost}{noticed}{refused}"
