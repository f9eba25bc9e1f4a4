"""The form in which a report is confirmed: what was read, what was not found, what is added, and the head."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from html import escape
from itertools import groupby

import streamlit as st

from dashboard.parts.typed import typed
from linkage.report import Report, quoted
from linkage.review.choices import GRADES, behaviours, grades, labels, silent_groups
from linkage.review.confirm import Added
from linkage.review.draft import Item
from linkage.review.entry_head import CONSENTS, Head, proposed_id

NOT_SAID = "not said"


def read_values(items: list[Item]) -> dict[str, str]:
    """Draw every item under its section; returns the words of each by its path, empty where it is not kept."""
    words: dict[str, str] = {}
    for section, found in groupby(items, key=lambda item: item.section):
        listed = list(found)
        st.subheader(section)
        told = [item for item in listed if item.value]
        for item in told:
            words[item.path] = _row(item)
        if not told:
            st.caption("Nothing was found in the text.")
        silent = [item for item in listed if not item.value]
        if silent:
            names = ", ".join(item.label.lower() for item in silent)
            with st.expander(f"Not found in the text: {names}"):
                st.caption("Left empty, a value stays unknown.")
                columns = st.columns(2)
                for number, item in enumerate(silent):
                    with columns[number % 2]:
                        words[item.path] = st.text_input(item.label, key=typed(item.path))
    return words


def _row(item: Item) -> str:
    """One value that was read: keep it, change it, or take the tick away to remove it."""
    keep, change, source = st.columns([2.6, 3, 2.8])
    number = f"{item.number}. " if item.number else ""
    kept = keep.checkbox(f"{number}{item.label}", key=typed(f"keep_{item.path}", True))
    label = f"{number}{item.label}, value"
    value = change.text_input(label, key=typed(item.path, item.value), label_visibility="collapsed")
    said = f"from {quoted(item.said)}" if item.said else ""
    source.html(f'<span class="lk-from">{escape("; ".join(filter(None, (said, item.note))))}</span>')
    return value if kept else ""


def additions(draft: Report) -> Added:
    """What the text does not tell: happened, did not happen, and more people, vehicles and contact details."""
    st.subheader("What the text does not tell")
    silent = silent_groups(draft)
    if silent:
        st.write(f"Nothing was found on: {', '.join(group.lower() for group in silent)}.")
    st.caption(
        "What nobody mentioned stays unknown: the report format holds no difference between unknown and not "
        "mentioned, and neither counts as absent. Choose “said not to have happened” only where the person says so."
    )
    known = behaviours()
    happened = st.multiselect("Also happened", list(known), key=typed("present"), accept_new_options=True)
    denied = st.multiselect("Said not to have happened", list(known), key=typed("absent"), accept_new_options=True)
    with st.expander("Add more: offences, weapons, words said, contact details, a person, a vehicle"):
        st.caption("Several in one box: put ; between them.")
        left, right = st.columns(2)
        offences = left.multiselect("Offences", list(labels("offences")), key=typed("offences"))
        weapons = right.multiselect("Weapons", list(labels("weapons")), key=typed("weapons"), accept_new_options=True)
        speech = left.text_input("Words the reported person said", key=typed("speech"))
        contact = right.text_input("Phone, e-mail or account the reported person used", key=typed("identifiers"))
        person = left.text_input("Another reported person, in words", key=typed("person"))
        vehicle = right.text_input("Another vehicle, in words", key=typed("vehicle"))
    return Added(
        present=tuple(known.get(words, words) for words in happened),
        absent=tuple(known.get(words, words) for words in denied),
        offences=tuple(labels("offences").get(words, words) for words in offences),
        weapons=tuple(labels("weapons").get(words, words) for words in weapons),
        speech=_split(speech),
        identifiers=_split(contact),
        person=person.strip(),
        vehicle=vehicle.strip(),
    )


def _split(words: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in words.split(";") if part.strip())


def head(draft: Report, taken: Container[str]) -> Head:
    """Number, kind, source, day received and consent."""
    st.subheader("About the report")
    left, right = st.columns(2)
    proposed = proposed_id(draft.received, taken, date.today())
    number = left.text_input("Report number", key=typed("report_id", proposed))
    received = right.text_input("Received on", key=typed("received", draft.received or ""))
    kinds = labels("report_types")
    kind = left.selectbox("Kind of report", [NOT_SAID, *kinds], key=typed("report_type"))
    follows = right.text_input("Same incident as report (its number, if known)", key=typed("follows"))
    sources = labels("source_kinds")
    source = left.selectbox("Source", [NOT_SAID, *sources], key=typed("source"))
    given = {"kind": sources.get(source, "")}
    for at, (name, label) in enumerate(GRADES.items()):
        known = grades(name)
        column = (right, left, right)[at]
        given[name] = known.get(column.selectbox(f"{label} grade (3x5x2)", [NOT_SAID, *known], key=typed(name)), "")
    return Head(number, received, kinds.get(kind, ""), follows.strip(), given, _consent())


def _consent() -> dict[str, bool | None]:
    """An answer for each use; none is chosen beforehand."""
    st.subheader("Consent of the person who reported")
    st.caption("May the report be shared? Each needs an answer. It is compared with other reports all the same.")
    answers: dict[str, bool | None] = {}
    for key, label in CONSENTS.items():
        chosen = st.radio(f"Share {label}", ("Yes", "No"), index=None, horizontal=True, key=typed(f"consent_{key}"))
        answers[key] = None if chosen is None else chosen == "Yes"
    return answers
