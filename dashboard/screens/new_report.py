"""A new report: paste the text, confirm what was read, save, and see at once what it resembles."""

from __future__ import annotations

from collections import OrderedDict
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import streamlit as st

from dashboard import work
from dashboard.parts.chrome import as_written, links_line
from dashboard.parts.drafts import draft as draft_of
from dashboard.parts.drafts import keep_draft
from dashboard.parts.entry_form import additions, head, read_values
from dashboard.parts.found_beside import answers_tables
from dashboard.parts.marked_text import marked_text, text_with_details
from dashboard.parts.tables import Link
from dashboard.parts.typed import forget_typed, typed
from dashboard.store_snapshot import StoreSnapshot, current_snapshot, desk, encoding, incident_index, opened, url
from linkage.intake import extract_report
from linkage.intake.fields.reporter_details import Private, private_details, without
from linkage.report import Report
from linkage.review.choices import warning_words
from linkage.review.confirm import confirmed
from linkage.review.draft import items_of
from linkage.review.entry_head import Problem, read_row, refusal_words
from linkage.review.new_report import Answers, SameIncident, same_incident
from linkage.review.run_linker import OldRunError
from linkage.store import ReportTakenError, jobs

PATH = "new-report"
ENTRY = "new_report"
BY = "entered on the page"
LONGEST = 100_000
"""Characters of a text that are taken [G]: about fifty pages, which are read in some two seconds."""
HELD_SHOWN = 3
"""Reports of what may be the same incident that are told before saving."""
REMEMBERED = 50
"""Saved reports whose answers can be returned to."""


@dataclass
class Entry:
    """A report between reading and saving. `details` are those that still wait for a decision, `same` the reports
    that may tell of its incident; `tried` once it was to be saved and something was to put right."""

    draft: Report
    details: list[Private] = field(default_factory=list)
    removed: int = 0
    same: list[SameIncident] = field(default_factory=list)
    tried: bool = False


def render() -> None:
    """Draw the page."""
    now = current_snapshot()
    st.title("New report")
    name = st.query_params.get("id", "")
    if name in now.reports or (now.stamp[0], name) in recent():
        _found(name, recent().get((now.stamp[0], name)), now)
        return
    if why := work.refusal("enter_report"):
        st.info(why)
        return
    entry = st.session_state.get(ENTRY) or _taken_up(now)
    if not isinstance(entry, Entry):
        _paste(now)
    elif entry.details:
        _private(entry, now)
    else:
        _confirm(entry, now)


def _plain(entry: Entry) -> dict[str, Any]:
    """An entry as the draft that is kept of it."""
    details = [asdict(one) for one in entry.details]
    return {"report": entry.draft.to_json(), "details": details, "removed": entry.removed}


def _taken_up(now: StoreSnapshot) -> Entry | None:
    """The entry that an earlier session had begun."""
    body = draft_of(ENTRY)
    if body is None:
        return None
    report = Report.model_validate(body["report"])
    entry = Entry(report, [Private(**one) for one in body["details"]], int(body["removed"]))
    entry.same = same_incident(report, now.reports, incident_index(now.stamp, now))[:HELD_SHOWN]
    st.session_state[ENTRY] = entry
    return entry


def _let_go() -> None:
    st.session_state.pop(ENTRY, None)
    keep_draft(ENTRY, None)


@st.cache_resource(show_spinner=False)
def recent() -> OrderedDict[tuple[str, str], Answers]:
    """What was found for reports that were saved lately, by store and number."""
    return OrderedDict()


def _steps(current: int) -> None:
    names = ("1 Paste the text", "2 Confirm what was read", "3 See what it resembles")
    here = ' aria-current="step"'
    inside = "".join(f"<li{here if number == current else ''}>{name}</li>" for number, name in enumerate(names, 1))
    st.html(f'<ol class="lk-steps" aria-label="Steps">{inside}</ol>')


def _paste(now: StoreSnapshot) -> None:
    _steps(1)
    st.write(
        "Until you save, it is a draft that only you see: it is in no list and no link. "
        "Leave out who reported it: a report has no place for their details."
    )
    # no max_chars: a browser drops what is pasted beyond it without a word
    words = st.text_area("The words of the report", height=280, key=typed("words"))
    label, today = "Received on (the day the report was made)", date.today().isoformat()
    received = st.text_input(label, key=typed("day", today), width=360)
    if not st.button("Read text", type="primary"):
        return
    if not words.strip():
        st.error("There is no text yet: paste the words of the report first.")
        return
    if len(words) > LONGEST:
        st.error(
            f"The text has {len(words):,} characters; at most {LONGEST:,} are read at once. Nothing was taken away: "
            "leave out what is not about this report, or enter it as two reports of the same incident."
        )
        return
    read, refused = read_row({"received": received}, date.today())
    if refused:
        st.error(f"Received on: {as_written(refusal_words(refused[0]))}")
        return
    draft = extract_report(words, received=read.received)
    _take(Entry(draft, private_details(draft.narrative or "")), now)
    desk(now.stamp, now)  # made ready in the background while the report is confirmed
    st.rerun()


def _take(entry: Entry, now: StoreSnapshot) -> None:
    """Go on with this entry; what was typed before it, the text included, is forgotten."""
    forget_typed()
    entry.same = same_incident(entry.draft, now.reports, incident_index(now.stamp, now))[:HELD_SHOWN]
    st.session_state[ENTRY] = entry
    keep_draft(ENTRY, _plain(entry))


def _private(entry: Entry, now: StoreSnapshot) -> None:
    """Details of the reporter, before anything else: each is removed, or said not to be theirs."""
    _steps(2)
    st.warning(
        "The text seems to hold details of the person who reports or was harmed. They have no place in a report. "
        "Take the tick away from what is not theirs."
    )
    text = entry.draft.narrative or ""
    left, right = st.columns([2, 3])
    with left:
        text_with_details(text, entry.details)
    with right:
        ticked = []
        for number, one in enumerate(entry.details, 1):
            label = f"{number}. Remove {one.kind} “{as_written(one.words)}”"
            if st.checkbox(label, key=typed(f"remove_{number}", True)):
                ticked.append(one)
        if not st.button("Remove what is ticked and go on", type="primary"):
            return
    draft = extract_report(without(text, ticked), received=entry.draft.received) if ticked else entry.draft
    _take(Entry(draft, removed=len(ticked)), now)
    st.rerun()


def _confirm(entry: Entry, now: StoreSnapshot) -> None:
    body = st.empty()
    with body.container():
        saved = _confirm_form(entry, now)
        if saved is None:
            _way_back(entry)
    if saved is None:
        return
    body.empty()
    forget_typed()
    _let_go()
    st.query_params["id"] = saved.report_id
    with st.spinner("Laying the report beside those that are held"), suppress(OldRunError):
        recent()[now.stamp[0], saved.report_id] = desk(now.stamp, now).result().answers(saved)
    while len(recent()) > REMEMBERED:
        recent().popitem(last=False)
    jobs.refresh(opened(url()), opened(url()).who)
    with body.container():
        _found(saved.report_id, recent().get((now.stamp[0], saved.report_id)), now)


def _way_back(entry: Entry) -> None:
    with st.container(horizontal=True):
        again, leave = st.button("Back to the text", key="back"), st.button("Leave without saving", key="leave")
    if again or leave:
        forget_typed()
        _let_go()
        if again:
            typed("words", entry.draft.narrative or "")
        st.rerun()


def _confirm_form(entry: Entry, now: StoreSnapshot) -> Report | None:
    """The second step; the report once it is saved."""
    _steps(2)
    draft = entry.draft
    _noticed(entry)
    told = st.container()
    items = items_of(draft)
    left, right = st.columns([2, 3])
    with left:
        st.subheader("The text")
        st.caption("Underlined: words that a value was read from, with the number of the value.")
        marked_text(draft.narrative or "", items)
    with right:
        st.caption("Ticked values are kept. Change the words of a value, or take its tick away to remove it.")
        words = read_values(items)
        added = additions(draft)
        top = head(draft, now.reports)
        wanted = st.button("Save and compare", type="primary")
        below = st.container()  # the form is long: whoever presses the button sees only what stands beside it
    if not wanted and not entry.tried:
        return None
    report, problems = confirmed(draft, items, words, added, top, now.reports, date.today())
    if wanted and not problems:
        try:
            opened(url()).enter(report, BY)
        except ReportTakenError as error:
            problems = [Problem("Report number", str(error))]
        else:
            return report
    entry.tried = bool(problems)
    for place in (told, below):
        with place:
            _to_put_right(problems)
    return None


def _to_put_right(problems: list[Problem]) -> None:
    if problems:
        lines = "\n".join(f"- **{as_written(one.label)}**: {as_written(one.words)}" for one in problems)
        st.error(f"Not saved yet. {len(problems)} to put right:\n\n{lines}")
    else:
        st.info("Nothing is left to put right. It is not saved yet.")


def _noticed(entry: Entry) -> None:
    """What to check before saving: contradictions, a text that is held already, details that were removed."""
    if entry.removed:
        count = "One detail was" if entry.removed == 1 else f"{entry.removed} details were"
        st.success(f"{count} removed from the text and kept nowhere.")
    for warning in entry.draft.warnings:
        st.warning(f"Check: {as_written(warning_words(warning))}")
    for one in entry.same:
        st.warning(
            f"It may tell of the incident of report {as_written(one.report_id)}: {as_written(', '.join(one.why))}. "
            "If so, name that report under “Same incident as report”."
        )
        links_line([Link(f"Report {one.report_id}", "report", (("id", one.report_id),))])


def _found(name: str, answers: Answers | None, now: StoreSnapshot) -> None:
    _steps(3)
    st.success(f"Saved as report {as_written(name)}.")
    links_line([Link(f"Report {name}", "report", (("id", name),)), Link("Enter another report", PATH)])
    if answers is None:
        st.write("What it resembles is on the page of the report.")
    else:
        running = jobs.status(opened(url())).running
        if running:
            st.info(
                "The report is being added to the latest run in the background: its own suggestions, the lists that "
                "it enters and the series that it touches. This goes on when you leave the page."
            )
        until = (
            "Until that is done it"
            if running
            else "Nothing else was changed: no series, no link. The report is in the next run, when the store is "
            "linked again; until then it"
        )
        st.write(f"{until} stands in no series, and what follows is for a person to look at.")
        answers_tables(name, answers, now)
    encoding(now.stamp, now)  # what the pages of the new report need is made ready while this one is read
    if current_snapshot().stamp != now.stamp:
        st.rerun()  # the answers stand on the screen; now the store is read with the new report in it
