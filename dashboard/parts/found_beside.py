"""What a new report resembles: the same incident, places it could take, and the nearest reports, each with why."""

from __future__ import annotations

import streamlit as st

from dashboard.parts.chrome import identifiers_switch, key_to_signs, where_and_when
from dashboard.parts.evidence import MASKED_PARTS, apart, brief, masked_words, reasons
from dashboard.parts.tables import Cell, Lines, Link, Noted, Quiet, Stack, table
from dashboard.store_snapshot import StoreSnapshot
from linkage.features.explanation import Explanation
from linkage.review.closed_narrative import NARRATIVE, closed
from linkage.review.new_report import Answers, PlaceOf, Reason
from linkage.review.strength import chance_words, counted, sides, signed, strength_words


def answers_tables(name: str, found: Answers, now: StoreSnapshot) -> None:
    """Everything that was found for the report of this number."""
    _same_incident(name, found, now)
    if not found.compared:
        st.write("It is the first report in the store: there is nothing to lay it beside.")
        return
    identifiers_switch()
    _places(name, found, now)
    _nearest(found, now)


def _same_incident(name: str, found: Answers, now: StoreSnapshot) -> None:
    st.header("Is it an incident that is held already?")
    if not found.same_incident:
        st.write(f"None of the {found.compared:,} reports held seems to tell of the same incident.")
        return
    st.write(
        "These may tell of the same incident. A person has to confirm it: what two accounts of one incident share is "
        "no evidence of a series."
    )
    rows: list[list[Cell]] = [
        [
            _compare(name, one.report_id),
            where_and_when(now, one.report_id),
            Lines(("the report itself says so", *one.why) if one.said else one.why),
        ]
        for one in found.same_incident
    ]
    table("Possibly the same incident", ["Report", "Where and when", "Why"], rows)


def _compare(name: str, other: str) -> Link:
    return Link(f"Compare with {other}", "pair", (("a", name), ("b", other)))


def _places(name: str, found: Answers, now: StoreSnapshot) -> None:
    st.header("Which series does it resemble?")
    if found.places is None:
        st.write("Nothing is linked yet, so there are no series to lay it beside. Run: linkage link")
        return
    note = (
        "The chances add up to all: a series, a report in no series, or none of them. They take all other reports to "
        "be where the latest run has them. Strength is log10 odds against standing alone."
    )
    rows = [_place(name, one, now) for one in found.places]
    table("Possible same person", ["Place", "Chance", "Strength", "For", "Against"], rows, small=note)


def _place(name: str, one: PlaceOf, now: StoreSnapshot) -> list[Cell]:
    if one.series_id is None:
        return ["None: it stands alone", Quiet(chance_words(one.probability), ""), "", "", ""]
    cell: Cell = Link(f"Series {one.series_id}", "series", (("id", one.series_id),))
    if one.lone:
        cell = _compare(name, one.series_id)
    words = strength_words(one.strength)
    supports = [_reason(reason) for reason in one.reasons if reason.weight > 0]
    against = [_reason(reason) for reason in one.reasons if reason.weight < 0]
    small = f"in no series; {where_and_when(now, one.series_id)}" if one.lone else counted(_size(one, now), "report")
    return [
        cell,
        Quiet(chance_words(one.probability), small),
        words,
        Lines(tuple(supports) or ("nothing",)),
        Lines(tuple(against) or ("nothing",)),
    ]


def _size(one: PlaceOf, now: StoreSnapshot) -> int:
    return len(now.series[one.series_id].members) if one.series_id in now.series else 0


def _reason(reason: Reason) -> str:
    words = reason.words
    if reason.name == NARRATIVE:
        words = closed(words)
    elif reason.name in MASKED_PARTS:
        words = masked_words(words)
    return f"{'+' if reason.weight > 0 else '-'} {reason.label}: {brief(words)} ({signed(reason.weight)})"


def _nearest(found: Answers, now: StoreSnapshot) -> None:
    st.header("Which reports does it resemble?")
    key_to_signs()
    heads = ["Report", "For", "Against", "Possible same person"]
    note = "The heaviest comparisons of the pair on each side. The chance is that of the two reports alone."
    table(f"The nearest of {found.compared:,} reports", heads, [_near(one, now) for one in found.nearest], small=note)


def _near(one: Explanation, now: StoreSnapshot) -> list[Cell]:
    side = sides(one)
    strength = strength_words(one.strength, 1)
    return [
        Noted(_compare(one.report_a, one.report_b), where_and_when(now, one.report_b)),
        reasons(side.supports),
        reasons(side.against),
        Stack((Quiet(chance_words(one.probability), f"pair alone: {strength}"), apart(one.distance_km, one.days))),
    ]
