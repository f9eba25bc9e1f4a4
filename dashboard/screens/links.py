"""Suggested links: the strongest pairs, and the far lane of pairs that lie far apart."""

from __future__ import annotations

import streamlit as st

from dashboard.kept import Kept, far_pairs, kept
from dashboard.parts.chrome import identifiers_switch, where_and_when
from dashboard.parts.evidence import apart, reasons
from dashboard.parts.tables import Cell, Link, Quiet, table
from linkage.review.strength import chance_words, sides, strength_word
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
    left, middle, right = st.columns([3, 2, 2], vertical_alignment="bottom")
    lane = left.radio("List", (MAIN, FAR), horizontal=True, key="links_lane")
    pairs = far_pairs(now.stamp, now) if lane == FAR else now.run.top_pairs(MOST)
    pages = max(1, -(-len(pairs) // PAGE))
    page = int(middle.number_input(f"Page (1 to {pages})", 1, pages, 1, key="links_page")) if pages > 1 else 1
    with right:
        identifiers_switch()
    part = pairs[(page - 1) * PAGE : page * PAGE]
    heads = ["Reports", "Where and when", "For", "Against", "Possible same person", "Apart"]
    note = (
        "The heaviest comparisons of the pair on each side; + agrees, ~ close, - differs. The chance counts what all "
        "other reports say as well; under it, the strength of the pair alone."
    )
    table(
        f"{(page - 1) * PAGE + 1} to {(page - 1) * PAGE + len(part)} of {len(pairs)}" if part else "No pair",
        heads,
        [_cells(pair, now) for pair in part],
        small=note,
    )


def _cells(pair: Pair, now: Kept) -> list[Cell]:
    explanation = now.explain(pair.report_a, pair.report_b)
    found = sides(explanation)
    places = [where_and_when(now, name) for name in (pair.report_a, pair.report_b)]
    word = strength_word(explanation.strength)
    return [
        Link(f"{pair.report_a} and {pair.report_b}", "pair", (("a", pair.report_a), ("b", pair.report_b))),
        Quiet(places[0], places[1]),
        reasons(found.supports),
        reasons(found.against),
        Quiet(chance_words(pair.probability), f"pair alone: {word} {explanation.strength:+.1f}"),
        apart(pair.distance_km, pair.days),
    ]
