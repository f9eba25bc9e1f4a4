"""Narratives stay closed until one deliberate action opens them; each opening is kept."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import work
from dashboard.parts.chrome import as_written
from dashboard.parts.keys import action
from dashboard.parts.wellbeing import opened_narratives
from dashboard.store_snapshot import StoreSnapshot, opened, url
from linkage.report import Report
from linkage.review.people import may
from linkage.review.summary import content_labels, marked_spans

_OPEN = "narratives_open"


def narratives(now: StoreSnapshot, names: list[str]) -> None:
    """The narratives of these reports side by side, closed: only a brief label of what they tell is shown."""
    st.header("Narratives")
    told = [now.reports[name] for name in names if name in now.reports and now.reports[name].narrative]
    if not told:
        st.write("Neither report has a narrative." if len(names) > 1 else "This report has no narrative.")
        return
    if not work.may("open_narrative"):
        st.write("Closed. Your role does not open narratives.")
        return
    about = " ".join(names)
    is_open = st.session_state.get(_OPEN) == about
    label = "Close" if is_open else "Show the narratives" if len(told) > 1 else "Show the narrative"
    labels = list(dict.fromkeys(label for report in told for label in content_labels(report)))
    if not is_open:
        st.write(f"Closed. {', '.join(labels).capitalize()}." if labels else "Closed.")
    if not may_open():
        return
    action(label, "T", "narratives", _turn, (about, [report.report_id for report in told]))
    if not is_open:
        return
    st.caption("Marked: the words that values were read from. That they were opened is kept in the audit.")
    for column, report in zip(st.columns(len(told)), told, strict=True):
        column.markdown(f"**{as_written(report.report_id)}**")
        column.html(f'<div class="lk-text">{narrative_html(report)}</div>')


def may_open() -> bool:
    """May the person at the screen open narratives? Where not, it is said."""
    allowed = may(opened(url()).actor_now(), "open_narrative")
    if not allowed:
        st.write("Your role opens no narratives.")
    return allowed


def narrative_html(report: Report) -> str:
    """The narrative, escaped, with the words marked that values were read from."""
    text, at, pieces = report.narrative or "", 0, []
    for start, end in marked_spans(report):
        pieces += [escape(text[at:start]), f"<mark>{escape(text[start:end])}</mark>"]
        at = end
    return "".join([*pieces, escape(text[at:])])


def _turn(about: str, names: list[str]) -> None:
    if st.session_state.get(_OPEN) == about:
        st.session_state.pop(_OPEN)
        return
    store = opened(url())
    for name in names:
        store.record_opening(name)
    opened_narratives(len(names))
    st.session_state[_OPEN] = about
