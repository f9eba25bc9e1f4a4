"""The members of a series: who is in and why, and what each would be without what carries most."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.parts.chrome import where_and_when
from dashboard.parts.tables import Cell, Head, Lines, Link, Noted, Quiet, table
from dashboard.parts.whole import option_cell, strength_cell, without_strongest
from dashboard.store_snapshot import StoreSnapshot
from linkage.models.membership import MembershipExplanation
from linkage.review.series_words import part_sides
from linkage.review.strength import alone_words, chance_words, signed
from linkage.store import Member, Series

REASONS = 2
"""Comparisons that a member's row names on each side."""


def members_table(one: Series, places: Mapping[str, MembershipExplanation], now: StoreSnapshot) -> None:
    """Who is in, and why: two lines each, so that some stand on the first screen."""
    here = [member for member in one.members if member.report_id in now.reports]
    rows = [_member(member, places.get(member.report_id), now) for member in here]
    heads: list[Head] = ["Report", "Where and when", "One person, with all others", "Mainly for", "Mainly against"]
    table("Members of the series", heads, rows)


def _member(member: Member, place: MembershipExplanation | None, now: StoreSnapshot) -> list[Cell]:
    who = Noted(Link(member.report_id, "report", (("id", member.report_id),)), member.role)
    if place is None:
        return [who, where_and_when(now, member.report_id), "not told", "not told", "not told"]
    found = part_sides(place.parts)
    reasons, contrary = (
        tuple(f"{part.label} {signed(part.weight, 1)}" for part in side[:REASONS]) or ("nothing",)
        for side in (found.supports, found.against)
    )
    return [
        who,
        where_and_when(now, member.report_id),
        Quiet(chance_words(place.probability), alone_words(place.strength, 1)),
        Lines(reasons, wide=False),
        Lines(contrary, wide=False),
    ]


def alternatives_table(one: Series, places: Mapping[str, MembershipExplanation]) -> None:
    """What each member would be without what carries most, and where else it could stand."""
    rows: list[list[Cell]] = [
        [
            Link(member.report_id, "report", (("id", member.report_id),)),
            strength_cell(places[member.report_id]),
            without_strongest(places[member.report_id]),
            option_cell(places[member.report_id]),
        ]
        for member in one.members
        if member.report_id in places
    ]
    note = "Each against all others together (log10 odds). They support each other, so it can be far above any pair."
    heads: list[Head] = [
        *("Report", "With all others"),
        *(Quiet("Without its strongest", "member, kind of evidence"), "Best alternative"),
    ]
    table("Each member without what carries most", heads, rows, small=note)
