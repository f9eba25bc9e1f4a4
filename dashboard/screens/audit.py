"""Audit: who did what and why, whether all is as it was written, and any decision opened as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import streamlit as st

from dashboard import work
from dashboard.parts.as_it_was import as_it_was
from dashboard.parts.chrome import as_written
from dashboard.parts.status import guarded
from dashboard.parts.tables import Cell, Lines, Link, Quiet, Stack, Wide, table
from dashboard.parts.typed import page_box, remembered
from dashboard.queue import queue
from dashboard.store_snapshot import current_snapshot, opened, url
from linkage.review.audit_words import EntryWords, entry_words, judged_words
from linkage.review.decision import Decision
from linkage.review.outcome import State
from linkage.store import Store
from linkage.store.audit import AuditEntry, written
from linkage.store.verify import Fault

PATH = "audit"
PAGE = 40
SHOWN = 12
"""Faults that are named one by one."""
ANY = "any"
OPENING = "opened"

Row = tuple[AuditEntry, EntryWords]


def render() -> None:
    """Draw the page."""
    store = opened(url())
    number = st.query_params.get("decision", "")
    if number and work.may("look"):
        as_it_was(number, store)
        return
    st.title("Audit")
    if why := work.refusal("audit"):
        st.info(why)
        return
    st.write(
        "Everything that was done, newest first. Entries are only ever added, and each carries a fingerprint of the "
        "one before. That a narrative was opened is shown to the person who opened it and to administrators only."
    )
    made = {one.id: one for one in store.decisions()}
    shown = visible_to(store.audit(), work.analyst(), work.may("accounts"))
    rows = [(entry, entry_words(entry.what, entry.detail | _decided(entry, made))) for entry in shown]
    _chain(store, rows)
    found = _filtered(rows)
    _export([entry for entry, _ in found])
    _open_again()
    _draw(found)


def visible_to(entries: Sequence[AuditEntry], who: str, every: bool) -> list[AuditEntry]:
    """The entries that a person may see: of opened narratives their own, or `every` one."""
    return [entry for entry in entries if every or entry.what != OPENING or entry.who == who]


def _decided(entry: AuditEntry, made: Mapping[int | None, Decision]) -> dict[str, Any]:
    """The decision that an entry recorded, as plain values: the entry itself holds only its seal and its sides."""
    found = made.get(entry.detail.get("id")) if entry.what == "decision" else None
    return {} if found is None else asdict(found)


def _chain(store: Store, rows: list[Row]) -> None:
    """The check that all is as it was written, when it is asked for: it reads every row of the store."""
    newest = rows[0][0] if rows else None
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Check that nothing was changed", key="audit_check"):
            st.session_state["audit_checked"] = (newest.id if newest else 0, store.verify(deep=True))
        checked = st.session_state.get("audit_checked")
        if checked is not None and newest is not None and checked[0] == newest.id:
            _checked(checked[1], newest)


def _checked(faults: list[Fault], newest: AuditEntry) -> None:
    if not faults:
        st.markdown(f"**+ all is as it was written**, up to entry {newest.id:,} of {newest.at[:16]} UTC")
        return
    told = "\n".join(f"- {as_written(str(fault))}" for fault in faults[:SHOWN])
    more = f"\n- and {len(faults) - SHOWN:,} more" if len(faults) > SHOWN else ""
    st.error(f"! Not as it was written, the first named first:\n{told}{more}")


def _open_again() -> None:
    """Decisions that are open again, each with why: nobody did that, so that no entry says it."""
    now = current_snapshot()
    if now.run is None:
        return
    every = queue(now)
    again = [every.at(row) for row in every.order(State.REOPENED).tolist()[:SHOWN]]
    if not again:
        return
    rows: list[list[Cell]] = []
    for one in again:
        page, query = work.address(one)
        was = f"{judged_words(one.kind, one.judgement or '')}, {one.decided_by}, {(one.decided_at or '')[:10]}"
        rows.append([Link(f"{one.left} and {one.right}", page, tuple(query.items())), was, Lines(one.reopened)])
    table("Open again, since something changed", ["About", "Was", "Why"], rows)


def _filtered(rows: list[Row]) -> list[Row]:
    people = sorted({entry.who for entry, _ in rows})
    deeds = sorted({entry.what for entry, _ in rows})
    first, second, third, fourth = st.columns(4)
    who = first.selectbox("Who", [ANY, *people], key=_filter("audit_who", people))
    what = second.selectbox("What", [ANY, *deeds], key=_filter("audit_what", deeds))
    report = third.text_input("Report", key=remembered("audit_report", "")).strip()
    series = fourth.text_input("Series", key=remembered("audit_series", "")).strip()
    return [
        (entry, words)
        for entry, words in rows
        if who in (ANY, entry.who)
        and what in (ANY, entry.what)
        and (not report or report in words.reports)
        and (not series or series in words.series)
    ]


def _filter(name: str, offered: Sequence[str]) -> str:
    """The key of a filter as it was left, also before the page was loaded anew; what is not there any more is not."""
    key = remembered(name, ANY)
    if st.session_state.get(key) not in offered:
        st.session_state[key] = ANY
    return key


def _export(entries: Sequence[AuditEntry]) -> None:
    """The entries that are listed as a file, in the form of `linkage audit export`."""
    if not work.may("export"):
        return
    st.download_button(
        f"Export {len(entries):,} {'entry' if len(entries) == 1 else 'entries'}",
        lambda: written(entries),
        "audit.jsonl",
        "application/x-ndjson",
        key="audit_export",
        on_click=guarded(opened(url()).record),
        args=("audit exported", {"entries": len(entries)}),
        disabled=not entries,
    )


def _draw(rows: list[Row]) -> None:
    pages = max(1, -(-len(rows) // PAGE))
    page = page_box(pages, "audit_page") if pages > 1 else 1
    part = rows[(page - 1) * PAGE : page * PAGE]
    first = (page - 1) * PAGE + 1
    caption = f"Entries {first:,} to {first + len(part) - 1:,} of {len(rows):,}" if part else "No entry"
    table(caption, ["When", "Who", "What", "Why", "Then"], [_cells(*row) for row in part])


def _cells(entry: AuditEntry, words: EntryWords) -> list[Cell]:
    when = Quiet(entry.at[:10], f"{entry.at[11:19]} UTC, entry {entry.id:,}")
    then: Cell = ""
    why = Wide(words.why)
    if words.decision is not None:
        query = (("decision", str(words.decision)),)
        then = Link("Open as it was", PATH, query, f"Open decision {words.decision} as it was")
    return [when, entry.who, Stack((words.what, Quiet("", words.by))) if words.by else Wide(words.what), why, then]
