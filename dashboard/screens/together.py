"""Same incident, told more than once? Such pairs are reviewed together, each confirmed by itself."""

from __future__ import annotations

import streamlit as st

from dashboard import work
from dashboard.kept import Kept, kept
from dashboard.parts.chrome import links_line, where_and_when
from dashboard.parts.evidence import reasons
from dashboard.parts.status import status_line
from dashboard.parts.tables import Cell, Link, Quiet, Stack, table
from dashboard.queue import model_version, queue
from linkage.review.decision import Decision
from linkage.review.queue import Suggestion
from linkage.review.same_incident_words import same_incident_words
from linkage.review.strength import chance_words, counted, sides

PAGE = 8
"""Groups on one page."""
ANSWERS = {"same_incident": "Same incident", "not_linked": "Not the same incident", "unsure": "Unsure"}


def render() -> None:
    """Draw the page."""
    now = kept()
    links_line([Link("Suggested links", work.INBOX)])
    st.title("Same incident?")
    status_line()
    st.write(
        "These reports may tell of one incident: a partial and its follow-up, or two people's accounts. Confirm each "
        "by itself. What is one incident is no evidence of a series, and is put together before anything is weighed."
    )
    groups = queue(now).together() if now.run is not None else []
    if not groups:
        st.info("Nothing waits here.")
        return
    if why := work.refusal("decide"):
        st.caption(why)
    if last := work.last_decided():
        st.button(f"Undo: {last.words}", key="together_undo", on_click=work.undo)
    if len(groups) > PAGE:
        st.caption(f"The first {PAGE} of {counted(len(groups), 'group')}; the next follow as these are answered.")
    for number, group in enumerate(groups[:PAGE], start=1):
        st.header(f"{number}. {counted(len(group), 'pair')}")
        for one in group:
            _pair(one, now)


def _pair(one: Suggestion, now: Kept) -> None:
    left, right = now.reports[one.left], now.reports[one.right]
    why = same_incident_words(left, right)
    found = sides(now.explain_alone(one.left, one.right))
    chance = "not known" if one.same_incident is None else chance_words(one.same_incident)
    page, query = work.address(one)
    link = Link(f"{one.left} and {one.right}", page, tuple(query.items()))
    places = (Quiet("", where_and_when(now, one.left)), Quiet("", where_and_when(now, one.right)))
    row: list[Cell] = [
        Stack((link, *places)),
        Stack((Quiet(chance, "that it is one incident"), *why)),
        reasons(found.supports),
        reasons(found.against),
    ]
    table(f"{one.left} and {one.right}", ["Pair", "One incident", "Agrees", "Differs"], [row])
    with st.container(horizontal=True, gap="small"):
        for answer, words in ANSWERS.items():
            label = f"{words}: {one.left} and {one.right}"
            key = f"together_{answer}_{one.key}"
            shut = not work.may("decide")
            st.button(words, key=key, help=label, on_click=_answer, args=(one, answer, now), disabled=shut)


def _answer(one: Suggestion, answer: str, now: Kept) -> None:
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
