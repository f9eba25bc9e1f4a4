"""Search: a box and a form; every row says why it is there."""

from __future__ import annotations

import streamlit as st

from dashboard.kept import Kept, kept
from dashboard.parts.chrome import identifiers_switch, key_to_signs, shown, where_and_when
from dashboard.parts.evidence import brief, closed, masked_words
from dashboard.parts.tables import Cell, Lines, Link, Number, table
from linkage.features.identifier import IDENTIFIERS
from linkage.review.strength import SIGNS
from linkage.search import MUST, Found, Question, QuestionError, Reason, Row, Searcher

TOP = 20
REASONS = 6
MASKED = {"Registration", "Email", "Username", "Website", "Other", *(kind.label for kind in IDENTIFIERS)}
"""Labels of reasons whose words are identifiers: of one asked for, and of the comparisons with another report."""
ASKED = "search_question"


def render() -> None:
    """Draw the page."""
    now = kept()
    st.title("Search")
    st.write(
        "Write what you know, in any words. What a report does not say is “not known” and never counts against it; "
        "tick a part as a must to leave those reports out."
    )
    asked = _form()
    if asked is not None:
        st.session_state[ASKED] = asked
    question = st.session_state.get(ASKED)
    if not isinstance(question, Question):
        return
    try:
        with now.lock, st.spinner("Searching; the first search after a change takes longer"):
            found = searcher(now.stamp, now).find(question, TOP)
    except QuestionError as error:
        st.warning(str(error))
        return
    _answer(found, now)
    _why_not(question, now)


@st.cache_resource(max_entries=1, show_spinner=False)
def searcher(stamp: tuple[str, int, int], _kept: Kept) -> Searcher:
    """A searcher over all reports (`stamp` is its cache key)."""
    del stamp
    return Searcher(list(_kept.reports.values()))


def _form() -> Question | None:
    """The question, when it was just asked."""
    with st.form("search"):
        words = st.text_input(
            "Words", key="search_words", help="For example: silver 4x4 bald stocky northern near Manchester"
        )
        left, middle, right = st.columns(3)
        vehicle = left.text_input("Vehicle", key="search_vehicle")
        plate = left.text_input("Registration (? one unknown, * any number)", key="search_plate")
        person = middle.text_input("Person", key="search_person")
        behaviour = middle.text_input("Behaviour (; between, - for not done)", key="search_did")
        near = right.text_input("Near (town or postcode)", key="search_near")
        within = right.number_input("Within km", 1, 500, 30, key="search_within")
        first, last, like, must = st.columns(4)
        from_ = first.text_input("From (day, month or year)", key="search_from")
        to = last.text_input("To", key="search_to")
        resembling = like.text_input("Like report", key="search_like")
        musts = must.multiselect("Must", sorted(MUST), key="search_must")
        if not st.form_submit_button("Search", type="primary"):
            return None
    return Question(
        words=words,
        vehicle=vehicle,
        registration=plate,
        person=person,
        behaviour=tuple(item.strip() for item in behaviour.split(";") if item.strip()),
        near=near,
        within_km=float(within) if near else None,
        from_=from_,
        to=to,
        like=resembling.strip(),
        must=frozenset(musts),
    )


def _answer(found: Found, now: Kept) -> None:
    if found.asked:
        st.caption(f"Read as: {'; '.join(found.asked)}.")
    rows = [row for row in found.rows if row.agrees]
    left_out = f"{found.left_out:,} are left out by place, time or a must"
    if not rows:
        st.info(f"Nothing found: none of {found.total:,} reports agrees with what was asked; {left_out}.")
        return
    key_to_signs()
    identifiers_switch()
    table(
        f"{len(rows)} of {found.agreeing:,} reports that agree with something",
        ["Report", "Where and when", "Reasons", "Score", "Candidate series"],
        [_cells(row, now) for row in rows],
        small=f"{found.silent:,} more reports do not say; {left_out}. The score is the sum of the weights: log10 of "
        "how much likelier what the report says is if it is one of those asked for.",
    )


def _cells(row: Row, now: Kept) -> list[Cell]:
    name = row.report_id
    own = now.series_of.get(name, [])
    series: Cell = ", ".join(f"Series {one}" for one in own) or "none"
    if len(own) == 1:
        series = Link(f"Series {own[0]}", "series", (("id", own[0]),))
    reasons = Lines(tuple(_reason(reason) for reason in row.reasons[:REASONS]))
    link = Link(name, "report", (("id", name),))
    return [link, where_and_when(now, name), reasons, Number(f"{row.score:+.2f}"), series]


def _reason(reason: Reason) -> str:
    if reason.says == "not known":
        return f"{SIGNS[reason.says]} {reason.label} not known"
    words = brief(reason.words)
    if reason.label == "Narrative":
        words = closed(reason.words)
    elif reason.label == "Place":  # its end says how far away it is
        words = reason.words
    elif reason.label in MASKED:
        words = masked_words(reason.words)
    count = f" ({reason.count})" if reason.count and reason.label not in MASKED else ""
    return f"{SIGNS[reason.says]} {reason.label}: {words}{count} {reason.weight:+.2f}"


def _why_not(question: Question, now: Kept) -> None:
    name = st.text_input("Why is a report not here? Its number:", key="search_why").strip()
    if not name:
        return
    try:
        with now.lock:
            st.write(shown_words(searcher(now.stamp, now).why_not(question, name, TOP), now, name))
    except QuestionError as error:
        st.warning(str(error))


def shown_words(words: str, now: Kept, name: str) -> str:
    """An explanation with the report's own plates and identifiers masked unless asked for."""
    report = now.reports[name]
    plates = [vehicle.registration for vehicle in report.vehicles if vehicle.registration]
    for value in [*plates, *(one.value for one in report.identifiers)]:
        words = words.replace(value, shown(value))
    return words
