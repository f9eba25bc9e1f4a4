"""The hold-back list: details that no alert may tell, added and dropped."""

from __future__ import annotations

import streamlit as st

from dashboard import work
from dashboard.parts.chrome import as_written, sentence
from dashboard.parts.status import tell
from dashboard.parts.tables import Cell, table
from linkage.sharing.hold_back_evidence import detail_of, words_of
from linkage.store import HoldBackError, Store, drop_hold_back, held_back, hold_back
from linkage.store.hold_backs import DETAILS


def held_back_form(store: Store) -> None:
    """Draw the list, and the form that adds to it."""
    st.header("Details kept out of alerts")
    st.caption("A later report that tells one of these cannot have it from an alert.")
    found = held_back(store)
    rows: list[tuple[Cell, ...]] = [(one.subject, one.detail, words_of(one), one.reason, one.who) for one in found]
    if rows:
        table("Held back", ["Report or series", "Kind", "Detail", "Why", "By"], rows)
    if work.refusal("hold_back"):
        return
    with st.expander("Keep a detail out, or let it be told"), st.form("hold_back", border=False):
        subject = st.text_input("Report or series", key="hold_subject").strip()
        kind = st.selectbox("Kind of detail", DETAILS, DETAILS.index("phrase"), key="hold_kind")
        value = st.text_input("The detail, in the report's words", key="hold_value").strip()
        reason = st.text_input("Why", key="hold_reason")
        with st.container(horizontal=True):
            added = st.form_submit_button("Keep it out")
            dropped = st.form_submit_button("Let it be told")
    if (added or dropped) and subject and value:
        try:
            one = detail_of(store, subject, kind, value, reason, new=added)
            (hold_back if added else drop_hold_back)(store, one)
        except HoldBackError as error:
            st.error(as_written(sentence(str(error))))
            return
        told = f"“{words_of(one)}” of {subject}"
        tell(f"Kept out of alerts: {told}." if added else f"May be told again: {told}.")
        st.rerun()
    elif added or dropped:
        st.error("Name a report or a series, and the detail.")
