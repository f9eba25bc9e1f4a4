"""Which suggestions the inbox shows: area, dates, consent, seriousness and kind."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.parts.settings import chosen, control, forget
from dashboard.parts.status import guarded
from linkage.review.queue import Filters, Queue
from linkage.review.risk import tables

ANY = "any"
KINDS = {
    "pair": "two reports",
    "report_series": "a report and a series",
    "same_incident": "same incident?",
    "merge": "two series",
    "split": "a series and reports that leave it",
}
CONSENT = {"alert": "alert", "police": "police", "scas": "SCAS"}
LANES = {"far": "far apart (over 50 km)"}
_NAMES = (
    *("filter_area", "filter_seriousness", "filter_kind", "filter_consent"),
    *("filter_since", "filter_until", "filter_lane"),
)


def filters() -> Filters:
    """The filters as they are set."""
    area, seriousness, kind, consent = (chosen(name, ANY) for name in _NAMES[:4])
    since, until = (_year(str(chosen(name, ""))) for name in _NAMES[4:6])
    lane = chosen("filter_lane", ANY)
    return Filters(
        lane=None if lane == ANY else lane,
        area=None if area == ANY else area,
        since=date(since, 1, 1) if since else None,
        until=date(until, 12, 31) if until else None,
        consent=None if consent == ANY else consent,
        seriousness=None if seriousness == ANY else seriousness,
        kind=None if kind == ANY else kind,
    )


def areas(queue: Queue) -> list[str]:
    """Police forces and regions of the reports."""
    return sorted({*queue.profiles.forces, *queue.profiles.regions})


def filter_row(queue: Queue) -> None:
    """The controls, with a line that tells what is set and clears it."""
    with st.expander(f"Filter: {_words(filters())}"):
        first, second, third = st.columns(3), st.columns(3), st.columns(3)
        first[0].selectbox("Area", [ANY, *areas(queue)], key=control("filter_area", ANY))
        grave = list(tables()["words"])
        first[1].selectbox("At least this serious", [ANY, *grave], key=control("filter_seriousness", ANY))
        kinds = {ANY: "any", **KINDS}
        first[2].selectbox("Kind", list(kinds), format_func=kinds.__getitem__, key=control("filter_kind", ANY))
        allowed = {ANY: "any", **CONSENT}
        second[0].selectbox(
            "All reports may go to",
            list(allowed),
            format_func=allowed.__getitem__,
            key=control("filter_consent", ANY),
        )
        second[1].text_input("Happened from (year)", key=control("filter_since", ""), placeholder="for example 2024")
        second[2].text_input("Happened up to (year)", key=control("filter_until", ""), placeholder="for example 2025")
        lanes = {ANY: "any", **LANES}
        third[0].selectbox("Distance", list(lanes), format_func=lanes.__getitem__, key=control("filter_lane", ANY))
        st.button("Clear the filters", on_click=guarded(forget), args=_NAMES, key="filters_clear")


def _words(set_to: Filters) -> str:
    told = [
        set_to.area,
        f"{set_to.seriousness} or more" if set_to.seriousness else None,
        KINDS.get(set_to.kind or ""),
        f"may go to {CONSENT[set_to.consent]}" if set_to.consent else None,
        "far apart" if set_to.lane else None,
        f"from {set_to.since.year}" if set_to.since else None,
        f"up to {set_to.until.year}" if set_to.until else None,
    ]
    return ", ".join(filter(None, told)) or "nothing is filtered"


def _year(words: str) -> int | None:
    """A year that was typed; None for anything else."""
    return int(words) if words.strip().isdecimal() and 1900 <= int(words) <= 9999 else None
