"""Same incident, told more than once? Such pairs are reviewed together, each confirmed by itself."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard import work
from dashboard.parts.chrome import links_line, where_and_when
from dashboard.parts.evidence import reasons
from dashboard.parts.keys import action, keys_switch
from dashboard.parts.tables import Cell, Link, Quiet, Stack, table
from dashboard.queue import model_version, queue
from dashboard.store_snapshot import StoreSnapshot, current_snapshot
from linkage.review.decision import Decision
from linkage.review.queue import Suggestion
from linkage.review.same_incident_words import same_incident_words
from linkage.review.strength import chance_words, counted, sides

PAGE = 8
"""Groups on one page."""
ANSWERS = {
    "same_incident": ("Same incident", "D"),
    "not_linked": ("Not the same incident", "N"),
    "unsure": ("Unsure", "U"),
}
"""Judgement -> its words, and the key that makes it of the pair that is selected."""
_AT, _PLACE = "together_at", "together_place"


def render() -> None:
    """Draw the page."""
    now = current_snapshot()
    links_line([Link("Suggested links", work.INBOX)])
    st.title("Same incident?")
    st.write(
        "These reports may tell of one incident: a partial and its follow-up, or two people's accounts. Confirm each "
        "by itself. What is one incident is no evidence of a series, and is put together before anything is weighed."
    )
    groups = queue(now).together() if now.run is not None else []
    if not groups:
        st.info("Nothing waits here.")
        _undo()
        return
    if why := work.refusal("decide"):
        st.caption(why)
    shown = [one for group in groups[:PAGE] for one in group]
    at = _selected(shown)
    _moves(shown, at)
    if len(groups) > PAGE:
        st.caption(f"The first {PAGE} of {counted(len(groups), 'group')}; the next follow as these are answered.")
    for number, group in enumerate(groups[:PAGE], start=1):
        st.header(f"{number}. {counted(len(group), 'pair')}")
        for one in group:
            _pair(one, now, one is shown[at])


def _selected(shown: Sequence[Suggestion]) -> int:
    """Which pair the keys are about: the one that was selected, else the one that took its place."""
    keys = [one.key for one in shown]
    held = st.session_state.get(_AT)
    at = keys.index(held) if held in keys else min(st.session_state.get(_PLACE, 0), len(keys) - 1)
    st.session_state[_AT], st.session_state[_PLACE] = keys[at], at
    return at


def _moves(shown: Sequence[Suggestion], at: int) -> None:
    """The ways to the pair before and the next one, and to take back what was answered last."""
    st.html(f'<span class="lk-about" data-about="{escape(shown[at].key)}"></span>')  # what a key is meant for
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        action("Back", "J", "together_back", _select, (shown, at - 1), disabled=at == 0)
        st.markdown(f"{at + 1:,} of {len(shown):,}", width="content")
        action("Next", "K", "together_next", _select, (shown, at + 1), disabled=at + 1 == len(shown))
        _undo()
        keys_switch()


def _undo() -> None:
    if last := work.last_decided():
        action("Undo", "Z", "together_undo", work.undo)
        st.caption(f"Last: {last.words}", width="content")


def _select(shown: Sequence[Suggestion], at: int) -> None:
    st.session_state[_AT] = shown[at].key


def _pair(one: Suggestion, now: StoreSnapshot, marked: bool) -> None:
    left, right = now.reports[one.left], now.reports[one.right]
    why = same_incident_words(left, right)
    found = sides(now.explain_alone(one.left, one.right))
    chance = "not known" if one.same_incident is None else chance_words(one.same_incident)
    page, query = work.address(one)
    label = f"{one.left} and {one.right}"
    link = Link(f"▶ {label}" if marked else label, page, tuple(query.items()), f"{label}, selected" if marked else "")
    places = (Quiet("", where_and_when(now, one.left)), Quiet("", where_and_when(now, one.right)))
    row: list[Cell] = [
        Stack((link, *places)),
        Stack((Quiet(chance, "that it is one incident"), *why)),
        reasons(found.supports),
        reasons(found.against),
    ]
    table(label, ["Pair", "One incident", "Agrees", "Differs"], [row])
    with st.container(horizontal=True, gap="small"):
        for answer, (words, letter) in ANSWERS.items():
            key, shut = f"together_{answer}_{one.key}", not work.may("decide")
            help_words = f"{words}: {label}"
            act = (one, answer, now)
            action(words, letter if marked else "", key, _answer, act, disabled=shut, help_words=help_words)


def _answer(one: Suggestion, answer: str, now: StoreSnapshot) -> None:
    explanation = now.explain_alone(one.left, one.right)
    decision = Decision(
        analyst=work.analyst(),
        kind="same_incident",
        left=one.left,
        right=one.right,
        judgement=answer,
        score=one.same_incident,
        model_version=model_version(now),
        evidence_snapshot=explanation.to_json(),
        stream=one.stream,
    )
    work.keep(decision, (work.TOGETHER, {}))
