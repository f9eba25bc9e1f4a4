"""A series against its best split, what it hangs on, and a report's place in it: what the pages draw of them."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.parts.chrome import as_written
from dashboard.parts.evidence import box
from dashboard.parts.tables import Cell, Lines, Link, Noted, Number, Quiet, Stack, table
from linkage.models.cohesion import LeftOut, SeriesExplanation
from linkage.models.membership import MembershipExplanation, Option
from linkage.models.set_weights import SetPart
from linkage.review.series_words import (
    group_words,
    hangs_on_words,
    left_words,
    option_words,
    part_sides,
    reports_words,
    whole_words,
)
from linkage.review.strength import alone_words, chance_words, signed, strength_words

GROUPS, PLACES = 6, 4
"""Groups of evidence and places that are listed; what is lighter is counted."""


def for_and_against_parts(parts: tuple[SetPart, ...]) -> None:
    """Two boxes of one size: what speaks for, and what speaks against."""
    found = part_sides(parts)
    left, right = st.columns(2)
    for column, kind, side in ((left, "for", found.supports), (right, "against", found.against)):
        told = [f"{part.label} ({signed(part.weight)})" for part in side]
        column.html(box(kind, told))


def whole_or_split(found: SeriesExplanation) -> None:
    """Kept whole against its best split, in words, with what speaks for either."""
    st.header("One series, or two?")
    told = "".join(f"<li>{escape(sentence)}</li>" for sentence in hangs_on_words(found))
    st.html(f"<p><strong>{escape(whole_words(found.split))}</strong></p><ul>{told}</ul>")
    split = found.split
    for_and_against_parts(split.parts)
    st.caption(
        f"For and against {as_written(reports_words(split.second))} being of the same person as the rest. Starting "
        f"belief {signed(split.prior)} and all weights {signed(split.weight)} add up to {signed(split.strength)} "
        "(log10 odds)."
    )


def hangs_on(found: SeriesExplanation) -> None:
    """What a series would be without each report and each group of evidence."""
    st.header("What it hangs on")
    note = (
        "What is left, kept whole against its own best split (log10 odds): holds above 0, falls apart below. "
        f"All evidence together {signed(found.weight)}, starting belief {signed(found.prior)}."
    )
    evidence: list[list[Cell]] = [
        [group_words(one.group, found.parts).capitalize(), Number(signed(one.carries)), left_words(one)]
        for one in found.groups_left_out[:GROUPS]
    ]
    more = len(found.groups_left_out) - len(evidence)
    reports: list[list[Cell]] = [
        [_reports(one), Number(signed(one.carries)), left_words(one)] for one in found.members_left_out
    ]
    left, right = st.columns(2)
    with left:
        caption = f"Without a kind of evidence{f' ({more} that matter less are not shown)' if more > 0 else ''}"
        table(caption, ["Evidence", "Carries", "What is left"], evidence, small=note)
    with right:
        table("Without a report", ["Report", "Carries", "What is left"], reports, small="The most missed first.")


def _reports(one: LeftOut) -> Cell:
    if len(one.reports) == 1:
        return Link(one.reports[0], "report", (("id", one.reports[0]),))
    return Lines(one.reports)


def strength_cell(found: MembershipExplanation) -> Quiet:
    """The chance that a member belongs to all others, and how strongly."""
    return Quiet(chance_words(found.probability), alone_words(found.strength))


def without_strongest(found: MembershipExplanation) -> Stack:
    """What would be left without the member, and without the group of evidence, that carries most."""
    return Stack((_without_member(found), _without_group(found)))


def _without_member(found: MembershipExplanation) -> Noted | str:
    if not found.members_left_out:
        return "members hidden until you have decided"
    one = found.members_left_out[0]
    link = Link(f"Compare with {one.reports[0]}", "pair", (("a", found.report_id), ("b", one.reports[0])))
    return Noted(link, "nobody is left" if one.strength is None else _left(one.strength))


def _without_group(found: MembershipExplanation) -> Quiet | str:
    if not found.groups_left_out or found.groups_left_out[0].weight <= 0:
        return "nothing speaks for it"
    one = found.groups_left_out[0]
    return Quiet(group_words(one.group, found.parts).capitalize(), _left(one.strength))


def _left(strength: float) -> str:
    return f"without it: {strength_words(strength)}"


def option_cell(found: MembershipExplanation) -> Cell:
    """The best other place that a report could take, with its chance."""
    if not found.options:
        return "hidden until you have decided"
    option = found.best_alternative
    chance = chance_words(option.probability)
    if option.reports:
        link = Link(f"With {option.reports[0]}", "report", (("id", option.reports[0]),))
        return Noted(link, f"in no series; {chance}")
    if option.series_id is None:
        return Quiet("standing alone", chance)
    return Noted(Link(f"Series {option.series_id}", "series", (("id", option.series_id),)), chance)


def place_in_series(found: MembershipExplanation) -> None:
    """A report's place in a series: what carries it, without what it would not stand, and where else it could be."""
    for_and_against_parts(found.parts)
    st.caption(
        f"Starting belief for joining a series of this size {signed(found.prior)} and all weights "
        f"{signed(found.weight)} add up to the strength {signed(found.strength)} (log10 odds against standing alone)."
    )
    members: list[list[Cell]] = [
        [
            Link(f"Compare with {one.reports[0]}", "pair", (("a", found.report_id), ("b", one.reports[0]))),
            strength_words(one.by_itself),
            "nobody is left" if one.strength is None else strength_words(one.strength),
        ]
        for one in found.members_left_out
    ]
    groups: list[list[Cell]] = [
        [
            group_words(one.group, found.parts).capitalize(),
            Number(signed(one.weight)),
            strength_words(one.strength),
        ]
        for one in found.groups_left_out[:GROUPS]
    ]
    left, right = st.columns(2)
    with left:
        heads = ["Member", "With it alone", "Without it"]
        table("Without a member", heads, members, small="Those that carry most first.")
    with right:
        table("Without a kind of evidence", ["Evidence", "Weight", "Without it"], groups, small="The heaviest first.")
    if found.options:
        best = found.best_alternative
        st.html(f"<p>Best alternative: {escape(option_words(best))}, {chance_words(best.probability)}.</p>")
    places(found)


def places(found: MembershipExplanation) -> None:
    """The places a report could take, likeliest first; none where one of them tells a pair that is decided blind."""
    if not found.options:
        st.write("Where it could belong is hidden: one place is with a report that you have still to decide blind.")
        return
    rows: list[list[Cell]] = [
        [
            _place(one),
            Quiet(chance_words(one.probability), ""),
            Number(signed(one.strength)),
        ]
        for one in found.options[:PLACES]
    ]
    note = (
        "These chances hold all other reports to be where they are; those of suggested links also count that others "
        "may be gathered otherwise."
    )
    table("Where it could belong", ["Place", "Chance", "Strength"], rows, small=note)


def _place(one: Option) -> Cell:
    if one.reports:
        return Noted(Link(f"With {one.reports[0]}", "report", (("id", one.reports[0]),)), "in no series")
    if one.series_id is None:
        return "Standing alone"
    return Link(f"Series {one.series_id}", "series", (("id", one.series_id),))
