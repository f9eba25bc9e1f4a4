"""Pairs of which whoever is at the screen sees no score before deciding, and lists of suggested links without them.

A list in which such a pair stood without its score would still tell it by where the pair stands, and a line of a
chart that it is drawn: it is in none of them, and named apart. That both reports are in one series is no secret.
"""

from __future__ import annotations

import streamlit as st

from dashboard.parts.tables import Link, link_html
from dashboard.queue import blind
from dashboard.store_snapshot import StoreSnapshot
from linkage.models.membership import MembershipExplanation
from linkage.review.blind_sets import BlindSets
from linkage.store import Pair


def blind_pairs(now: StoreSnapshot) -> frozenset[tuple[str, str]]:
    """The pairs that this analyst decides with all scores hidden: drawn at random, or waiting for a second check. Of
    each the smaller id stands first."""
    return blind(now).pairs


def seen_pairs(now: StoreSnapshot, name: str, lane: str | None = None, top: int | None = None) -> list[Pair]:
    """The suggested links of a report as `pairs_for` of a run gives them, without those decided blind."""
    if now.run is None:
        return []
    hidden = {pair for pair in blind_pairs(now) if name in pair}
    found = now.run.pairs_for(name, lane, None if top is None else top + len(hidden))
    return [pair for pair in found if (pair.report_a, pair.report_b) not in hidden][:top]


def blind_sets(now: StoreSnapshot) -> BlindSets:
    """What takes out of series what would tell the strength of such a pair."""
    return BlindSets(blind_pairs(now), now.incident_of)


def seen_place(found: MembershipExplanation, now: StoreSnapshot) -> MembershipExplanation | None:
    """A report's place without what would tell such a pair; None where all of it would."""
    return blind_sets(now).place(found, {name: now.members(name) for name in now.series})


def set_hidden_line() -> None:
    """Say why no strength stands here."""
    st.write("Strength hidden: it would tell that of a pair that you have still to decide with all scores hidden.")


def named_apart(name: str, now: StoreSnapshot) -> None:
    """Name the pairs of a report that are decided blind, in the order of their numbers."""
    others = sorted(a if b == name else b for a, b in blind_pairs(now) if name in (a, b))
    if others:
        links = [Link(one, "pair", (("a", name), ("b", one)), f"Compare with {one}, scores hidden") for one in others]
        words = "To be decided with all scores hidden, whatever they are, and therefore in no list or chart here:"
        st.html(f"<p>{words} {' &nbsp; '.join(map(link_html, links))}</p>")
