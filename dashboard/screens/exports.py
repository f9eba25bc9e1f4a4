"""Exports: choose what leaves and for whom, see what is left out, ask, check what others asked for, and take it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard import work
from dashboard.parts.chrome import as_written, links_line, sentence
from dashboard.parts.status import tell
from dashboard.parts.tables import Cell, Lines, Quiet, report_link, table
from dashboard.stamp import Stamp
from dashboard.store_snapshot import StoreSnapshot, current_snapshot, fitted, opened, url
from linkage.review.pack_outcome import outcomes
from linkage.review.run_linker import OldRunError
from linkage.review.strength import counted
from linkage.sharing.consent_gate import ConsentError, purposes
from linkage.sharing.exporting import Prepared, ask, forces_of, hand_over, prepare, stale, wanted_of
from linkage.sharing.grading import Grades, GradingError, grades, titles
from linkage.sharing.kinds import KINDS
from linkage.sharing.material import Material, material
from linkage.sharing.pack import Pack, Wanted
from linkage.sharing.write_pdf import NoPdfError
from linkage.store import exports
from linkage.store.exports import APPROVED, ASKED, WRITTEN, Export, ExportError, Step

PATH = "exports"
SHOWN = 30
"""Exports that are listed, the newest first."""
_CANNOT = (ConsentError, ExportError, GradingError, NoPdfError, OldRunError, PermissionError)
_LOOKED, _MADE = "export_looked_at", "export_made"
NONE = "not chosen"


def render() -> None:
    """Draw the page."""
    now = current_snapshot()
    st.title("Exports")
    checks = (
        "This store has no accounts, so nobody else can check: who approves says why."
        if opened(url()).actor_now().local
        else "Another person checks it first."
    )
    st.write(
        "Packs, lists and charts for the police and analysts outside leave here; alerts have their own page. Only "
        "reports whose consent allows it are in them, under numbers that the scheme alone can resolve. "
        f"{checks} The program sends nothing."
    )
    known = _material(now.stamp, now)
    if why := work.refusal("ask_export"):
        st.info(why)
    else:
        _ask(known)
    _list(known)


@st.cache_resource(max_entries=1, show_spinner=False)
def _material(stamp: Stamp, _now: StoreSnapshot) -> Material:
    del stamp
    return material(opened(url()), fitted(_now.stamp, _now) if _now.run else None)


def _ask(known: Material) -> None:
    st.header("Ask for an export")
    left, middle, right = st.columns(3)
    asked_for = st.query_params.get("kind", "pack")
    first = list(KINDS).index(asked_for) if asked_for in KINDS else 0
    kind = left.selectbox("What", list(KINDS), first, format_func=lambda name: KINDS[name].words, key="export_kind")
    aims = list(KINDS[kind].purposes)
    aim = middle.selectbox("For", aims, format_func=lambda name: purposes()[name].words, key=f"export_for_{kind}")
    about = right.text_input("Series and reports, by their ids", st.query_params.get("about", ""), key="export_about")
    names = tuple(dict.fromkeys(about.replace(",", " ").split()))
    force = ""
    if aim == "force":
        areas = forces_of(names, aim, known)
        force = st.selectbox("Force", areas, key="export_force", placeholder="no force area is known") or ""
    graded = _grades() if kind == "pack" and aim != "analyst" else Grades()
    reason = st.text_input("What it is for, in words", key="export_reason")
    wanted = Wanted(kind, aim, names, force, graded)
    if kind in ("pack", "chart") and not names:
        st.write("Name a series or a report to see what would leave.")
        return
    look, send = st.columns(2)
    if look.button("Show what would leave and what not", key="export_look"):
        st.session_state[_LOOKED] = wanted
    if send.button("Ask for it", key="export_ask", type="primary"):
        st.session_state[_LOOKED] = wanted
        _send(wanted, known, reason)
    if st.session_state.get(_LOOKED) == wanted:
        _look(wanted, known)


def _grades() -> Grades:
    """The grades of the 3x5x2 and the word for probability, which a person chooses."""
    chosen: dict[str, str] = {}
    for place, (name, meaning) in zip(st.columns(4), grades().items(), strict=True):
        told = {NONE: NONE, **{key: f"{key}: {words}" for key, words in meaning.items()}}
        found = place.selectbox(titles()[name], list(told), format_func=told.__getitem__, key=f"export_{name}")
        chosen[name] = "" if found == NONE else str(found)
    return Grades(**chosen)


def _send(wanted: Wanted, known: Material, reason: str) -> None:
    store = opened(url())
    try:
        number = ask(store, prepare(store, wanted, known), known, reason)
    except _CANNOT as error:
        tell(f"Not asked for: {error}", refused=True)
    else:
        tell(f"Export {number} is asked for. Another person has to check it before it is written.")
    st.rerun()


def _look(wanted: Wanted, known: Material) -> None:
    try:
        one = prepare(opened(url()), replace(wanted, look=True), known)
    except _CANNOT as error:
        st.info(as_written(str(error)))
        return
    kept_out = ", ".join(one.left_out[:SHOWN]) + (" ..." if len(one.left_out) > SHOWN else "")
    st.markdown(
        f"**{counted(len(one.reports), 'report')} would leave: {as_written(', '.join(one.reports[:SHOWN]))}.** "
        f"Left out for lack of consent: {as_written(kept_out) or 'none'}."
    )
    _strength(one)
    with st.expander("As it would be written"):
        _tables(one)


def _strength(one: Prepared) -> None:
    """How strong a series is on what would leave."""
    thing = one.content.thing
    if isinstance(thing, Pack):
        st.markdown(f"**Strength:** {as_written(thing.asker_words)}.")


def _tables(one: Prepared) -> None:
    """The tables as they would be written."""
    for each in one.content.document("", ()).tables:
        table(each.caption, list(each.heads), [list(row) for row in each.rows])


def _list(known: Material) -> None:
    st.header("Asked for and written")
    every = exports.all_exports(opened(url()))[::-1]
    rows = [_cells(one, known) for one in every[:SHOWN]]
    heads = ["Export", "What", "About", "Asked by", "State", "What became of it", "Still as it was?"]
    if not rows:
        st.write("Nothing was asked for yet.")
        return
    table(f"The newest {len(rows)} of {len(every):,}", heads, rows)
    for one in every[:SHOWN]:
        if one.state == ASKED and work.may("export"):
            _check(one, known)
        elif one.state in (APPROVED, WRITTEN) and work.may("export"):
            _take(one, known)
        if one.state == WRITTEN and work.may("outcome"):
            _enter_outcome(one)


def _cells(one: Export, known: Material) -> list[Cell]:
    detail, old = one.asked.detail, stale(one, known)
    checked = f"by {one.check.who}" if one.check else "not checked yet"
    return [
        f"Export {one.asked.id}",
        Quiet(KINDS[detail["kind"]].words, f"for {_for(detail)}"),
        ", ".join(detail["names"]) or "all",
        Quiet(one.asked.who, one.asked.at[:10]),
        Quiet(one.state, checked),
        Lines(tuple(_became(step) for step in one.outcomes)) if one.outcomes else "",
        Lines(tuple(f"! {why}" for why in old)) if old else "+ yes",
    ]


def _for(detail: Mapping[str, Any]) -> str:
    """For what and, where it is one force's, for whom an export was asked."""
    return ", ".join(filter(None, (purposes()[detail["for"]].words, detail["force"])))


def _content(one: Export, known: Material) -> None:
    """What an export would hold, for who checks it: the tables, or why it is not what was asked for any more."""
    try:
        now = prepare(opened(url()), wanted_of(one), known)
    except _CANNOT as error:
        st.info(as_written(str(error)))
        return
    if now.content_hash != one.asked.content_hash:
        st.warning("It is not what was asked for any more: a report, a consent or the run has changed since.")
    _strength(now)
    _tables(now)


def _check(one: Export, known: Material) -> None:
    number, store, detail = one.asked.id, opened(url()), one.asked.detail
    with st.expander(f"Check export {number}", key=f"export_check_{number}"):
        st.write(
            f"{sentence(KINDS[detail['kind']].words)} for {as_written(_for(detail))}, asked for by "
            f"{as_written(one.asked.who)}: {as_written(one.asked.reason) or 'no reason was given'}. "
            f"It holds {counted(len(one.asked.reports), 'report')}."
        )
        links_line([report_link(name) for name in one.asked.reports])
        for title, grade in wanted_of(one).grades.words():
            st.caption(as_written(f"{title}: {grade}"))
        if st.toggle(f"Show what would be written as export {number}", key=f"export_show_{number}"):
            _content(one, known)
        why = st.text_input("Why you approve or refuse", key=f"export_why_{number}")
        yes, no = st.columns(2)
        for place, words, approve in ((yes, "Approve", True), (no, "Refuse", False)):
            if place.button(f"{words} export {number}", key=f"export_{words}_{number}"):
                try:
                    exports.check(store, number, approve, why)
                    tell(f"Export {number} is {'approved' if approve else 'refused'}.")
                except _CANNOT as error:
                    tell(f"Not saved: {error}", refused=True)
                st.rerun()


def _take(one: Export, known: Material) -> None:
    number, writers = one.asked.id, list(KINDS[one.asked.detail["kind"]].formats)
    with st.expander(f"Take export {number}"):
        formats = st.multiselect("Formats", writers, writers[:1], key=f"export_formats_{number}")
        if st.button(f"Make the files of export {number}", key=f"export_make_{number}", disabled=not formats):
            try:
                made = hand_over(opened(url()), number, known, formats)
                st.session_state[_MADE] = (number, _zipped(made))
            except _CANNOT as error:
                tell(f"Not made: {error}", refused=True)
                st.rerun()
        ready = st.session_state.get(_MADE)
        if ready and ready[0] == number and not stale(one, known):  # a consent may have been taken back since
            name = f"export-{number}.zip"
            st.download_button(f"Download {name}", ready[1], name, "application/zip", key=f"export_download_{number}")


def _became(step: Step) -> str:
    name = str(step.detail["outcome"])
    note = f": {step.reason}" if step.reason else ""
    return f"{step.at[:10]} {outcomes().get(name, name)}{note}"


def _enter_outcome(one: Export) -> None:
    number, told = one.asked.id, outcomes()
    with st.expander(f"Enter what became of export {number}"):
        chosen = st.selectbox(
            "What became of it", list(told), None, format_func=told.__getitem__, key=f"export_became_{number}"
        )
        note = st.text_input("What else is to be known", key=f"export_became_note_{number}")
        if st.button(f"Enter it for export {number}", key=f"export_enter_{number}", disabled=chosen is None):
            try:
                exports.record_outcome(opened(url()), number, str(chosen), note)
                tell(f"Export {number}: {told[str(chosen)]}.")
            except _CANNOT as error:
                tell(f"Not saved: {error}", refused=True)
            st.rerun()


def _zipped(made: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as files:
        for name, words in made.items():
            files.writestr(zipfile.ZipInfo(name), words)
    return whole.getvalue()
