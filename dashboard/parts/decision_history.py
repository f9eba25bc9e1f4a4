"""What was decided on a suggestion, and the way to take it back, whenever and wherever its page is opened."""

from __future__ import annotations

import streamlit as st

from dashboard import work
from dashboard.parts.settings import chosen, control
from dashboard.parts.status import guarded
from dashboard.parts.tables import Cell, Number, table
from dashboard.store_snapshot import opened, url
from linkage.review.audit_words import judged_words, why_words
from linkage.review.decision import Decision
from linkage.review.queue import question
from linkage.review.strength import counted
from linkage.review.taking_back import Made, history

ON_PAIRS = ("pair", "same_incident")
"""Kinds that are decided on one page."""


def decision_history(kind: str, left: str, right: str, own: bool = False) -> None:
    """Draw every decision on a suggestion of this kind with a button for each that can be taken back; `own` leaves
    out those of others, which whoever checks blindly is not to know."""
    kinds = ON_PAIRS if kind in ON_PAIRS else (kind,)
    asked = {question(one, left, right) for one in kinds}
    made = history(opened(url()).decisions(), asked)
    if own:
        made = [one for one in made if one.decision.analyst == work.analyst()]
    if not made:
        return
    _take_back([one.decision for one in made if one.stands and work.may_take_back(one.decision)])
    with st.expander(f"What was decided here: {counted(len(made), 'record')}"):
        heads = ["Decision", "When", "Who", "What", "Why", "What became of it"]
        table("Decisions on this, the newest first", heads, [_row(one) for one in made])


def _take_back(decisions: list[Decision]) -> None:
    """A button for each; why it is taken back is kept with it."""
    if not decisions:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        for one in decisions:
            label = f"Take back: {judged_words(one.kind, one.judgement)} ({_by(one)})"
            why = control(f"why back {one.id}", "")
            st.button(label, key=f"take_back_{one.id}", on_click=guarded(_taken_back), args=(one,))
            st.text_input("Why it is taken back, if anybody should know", key=why, max_chars=2_000)


def _by(one: Decision) -> str:
    who = "yours" if one.analyst == work.analyst() else one.analyst
    return f"{who}, {(one.at or '')[:10]}"


def _taken_back(one: Decision) -> None:
    work.take_back(one, str(chosen(f"why back {one.id}", "")).strip())


def _row(one: Made) -> list[Cell]:
    made = one.decision
    return [
        Number(str(made.id)),
        (made.at or "")[:16].replace("T", " "),
        made.analyst,
        judged_words(made.kind, made.judgement),
        why_words(made.reasons_for, made.reasons_against, made.note),
        one.became,
    ]
