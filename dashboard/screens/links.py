"""Suggested links: the strongest pairs, and the far lane of pairs that lie far apart."""

from __future__ import annotations

import streamlit as st

from dashboard.kept import Kept, far_pairs, kept
from dashboard.parts.chrome import identifiers_switch, not_linked_line, where_and_when
from dashboard.parts.evidence import apart, reasons
from dashboard.parts.tables import Cell, Link, Quiet, Stack, table
from linkage.review.strength import chance_words, sides, strength_words
from linkage.store import Pair

PAGE, MOST = 20, 200
MAIN, FAR = "Strongest of all", "Far apart (over 50 km)"


def render() -> None:
    """Draw the page."""
    now = kept()
    st.title("Suggested links")
    st.write(
        "Pairs of reports that may come from the same person, strongest belief first. Distance is strong evidence "
        "and would hide people who travel, so pairs that lie far apart have a list of their own."
    )
    if now.run is None:
        st.info("Nothing is linked yet.")
        return
    left, right = st.columns([5, 2], vertical_alignment="bottom")
    lane = left.radio("List", (MAIN, FAR), horizontal=True, key="links_lane")
    pairs = far_pairs(now.stamp, now) if lane == FAR else now.run.top_pairs(MOST)
    pages = max(1, -(-len(pairs) // PAGE))
    page = int(right.number_input(f"Page (1 to {pages})", 1, pages, 1, key="links_page")) if pages > 1 else 1
    identifiers_switch()
    part = pairs[(page - 1) * PAGE : page * PAGE]
    heads = ["Reports", "For", "Against", "Possible same person"]
    note = (
        "The heaviest comparisons of the pair on each side; + agrees, ~ close, - differs. The chance counts what all "
        "other reports say as well; under it, the strength of the pair alone, and how far apart they are."
    )
    not_linked_line(now)
    table(
        caption((page - 1) * PAGE, len(part), len(pairs), now.listed_pairs if lane == MAIN else 0),
        heads,
        [_cells(pair, now) for pair in part],
        small=note,
    )


def caption(before: int, shown: int, offered: int, listed: int) -> str:
    """Which pairs of the list are shown, and how many more the run listed than this page offers."""
    if not shown:
        return "No pair"
    most = f"the {offered} strongest of {listed:,} kept" if listed > offered else f"{offered:,}"
    if offered == MOST > listed:
        most = f"the {offered} strongest"
    return f"{before + 1} to {before + shown} of {most}"


def _cells(pair: Pair, now: Kept) -> list[Cell]:
    explanation = now.explain_alone(pair.report_a, pair.report_b)
    found = sides(explanation)
    places = [where_and_when(now, name) for name in (pair.report_a, pair.report_b)]
    link = Link(f"{pair.report_a} and {pair.report_b}", "pair", (("a", pair.report_a), ("b", pair.report_b)))
    alone = strength_words(explanation.strength, 1)
    return [
        Stack((link, Quiet("", places[0]), Quiet("", places[1]))),
        reasons(found.supports),
        reasons(found.against),
        Stack((Quiet(chance_words(pair.probability), f"pair alone: {alone}"), apart(pair.distance_km, pair.days))),
    ]
