"""The top of a page on which something is decided: judgement, reasons, and the way to the next one."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import work
from dashboard.parts.chrome import as_written, identifiers_switch
from dashboard.parts.deciding import Matter, Save, decision_bar, reason_bar
from dashboard.parts.decision_history import decision_history
from dashboard.parts.keys import action, key_line, keys_switch
from dashboard.parts.settings import control, preference
from dashboard.parts.status import guarded
from dashboard.parts.tables import Link, link_html
from dashboard.parts.wellbeing import break_note, seen


def review_bar(case: work.Case, matter: Matter, save: Save) -> None:
    """Draw the bar; what is chosen on it is given to `save`."""
    seen(case.suggestion)
    break_note()
    st.html(f'<span class="lk-about" data-about="{escape(case.about)}"></span>')  # what a key is meant for
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if work.may("decide"):
            decision_bar(matter, save)
        else:
            st.caption(work.refusal("decide"), width="content")
        st.space("stretch")
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            _moves(case)
    _standing(case)
    decision_history(case.kind, case.left, case.right, own=bool(case.must_hide))
    if work.may("decide"):
        reason_bar(matter, save)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.html(link_html(Link("Inbox", work.INBOX)), width="content")
        if last := work.last_decided():
            action("Undo", "Z", "undo", work.undo)
            st.caption(f"Last: {last.words}", width="content")
        keys_switch()
        if case.must_hide:
            st.caption(f"Scores are hidden: {case.must_hide}.", width="content")
        else:
            st.toggle("Hide the scores until I have decided", key=control(work.BLIND, preference(work.BLIND)))
        identifiers_switch()
    key_line()


def _standing(case: work.Case) -> None:
    """What was decided before and why it is open again: whoever comes by a link of another page has not seen the
    inbox, and would decide as if nobody had."""
    one = case.suggestion
    if one is None or case.must_hide:
        return
    if said := work.decided_words(one):
        st.write(f"**Decided last:** {as_written(said)}.")
    if one.reopened:
        st.write(f"**Open again:** {as_written('; '.join(one.reopened))}.")


def _moves(case: work.Case) -> None:
    """The ways to the suggestion before and the next one; they stay together where the line breaks."""
    action("Back", "J", "back", work.go_to, (case.before,), disabled=case.before is None)
    st.markdown(case.place_words, width="content")
    action("Next", "K", "next", work.go_to, (case.after,), disabled=case.after is None)
    if case.suggestion is not None:
        act = (case.suggestion, case.after or case.before, False)
        st.button("Pass this one", key="pass_one", on_click=guarded(work.pass_one), args=act)
