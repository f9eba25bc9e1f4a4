"""What lies around a series: reports near it that are not in it, what it is on shareable reports alone, conflicts."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.parts.blind_pairs import blind_sets, seen_pairs, set_hidden_line
from dashboard.parts.chrome import as_written, where_and_when
from dashboard.parts.evidence import apart
from dashboard.parts.tables import Cell, Link, Quiet, Stack, table
from dashboard.store_snapshot import StoreSnapshot
from linkage.models.cohesion import SeriesExplanation
from linkage.review.consent_strength import consent_strength
from linkage.review.strength import alone_words, chance_words, signed
from linkage.store import Pair, Series

NEAR = 8
"""Reports near a series that are listed."""


def nearby(one: Series, now: StoreSnapshot) -> None:
    """Reports outside the series with the strongest suggested links to its members, each against all members."""
    st.header("Nearby reports that are not in it")
    rows = [_near(pair, name, member, one, now) for name, member, pair in nearest_outside(one, now)]
    note = "The strongest suggested link to a member; beside it, the report against all members taken together."
    heads = ["Report", "Closest member", "With that member", "With all members", "Apart"]
    table("Nearby reports" if rows else "No report lies near", heads, rows, small=note)


def nearest_outside(one: Series, now: StoreSnapshot) -> list[tuple[str, str, Pair]]:
    """Report outside, the member it is closest to, and their pair; the likeliest first."""
    inside = set(now.members(one.series_id))
    best: dict[str, tuple[str, Pair]] = {}
    for member in sorted(inside):
        for pair in seen_pairs(now, member, top=2 * NEAR + len(inside)):
            other = pair.other(member)
            known = other in now.reports and other not in inside
            if known and (other not in best or pair.probability > best[other][1].probability):
                best[other] = (member, pair)
    ordered = sorted(best.items(), key=lambda item: (-item[1][1].probability, item[0]))
    return [(name, member, pair) for name, (member, pair) in ordered[:NEAR]]


def _near(pair: Pair, name: str, member: str, one: Series, now: StoreSnapshot) -> list[Cell]:
    place = now.member(name, one.series_id)
    stands = ", ".join(f"in series {of}" for of in now.series_of.get(name, [])) or "in no series"
    link = Link(name, "report", (("id", name),))
    return [
        Stack((link, Quiet("", where_and_when(now, name)), Quiet("", stands))),
        Link(f"Compare with {member}", "pair", (("a", name), ("b", member))),
        Quiet(chance_words(pair.probability), f"weight of the pair alone {signed(pair.weight, 1)}"),
        Quiet(chance_words(place.probability), alone_words(place.strength)),
        apart(pair.distance_km, pair.days),
    ]


def shareable(one: Series, now: StoreSnapshot) -> None:
    """What the series is on the reports alone that may go to the police."""

    def explained(members: Sequence[str]) -> SeriesExplanation:
        """These reports as a series, remembered. ValueError where they are of one incident."""
        found = now.series_of_reports(list(members))
        if found is None:
            raise ValueError("of one incident")
        return found

    members = now.members(one.series_id)
    alone = [name for name in members if now.reports[name].consent.police]
    if blind_sets(now).hides(alone):
        st.markdown(f"**With the police:** {len(alone)} of {len(members)} may be shared.")
        set_hidden_line()
        return
    found = consent_strength(members, now.reports, explained)
    st.markdown(f"**With the police:** {as_written(found.words)}.")
