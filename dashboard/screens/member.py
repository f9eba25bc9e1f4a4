"""Does a report belong to a series? The report against all members together, and a judgement in a key or two."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import work
from dashboard.parts.blind_pairs import seen_place
from dashboard.parts.chrome import as_written, facts, links_line, where_and_when
from dashboard.parts.deciding import NO_CONTACT, Choice, Matter, Reason
from dashboard.parts.decision_history import decision_history
from dashboard.parts.narratives import narratives
from dashboard.parts.provenance import provenance
from dashboard.parts.review_bar import review_bar
from dashboard.parts.tables import Cell, Link, Quiet, Stack, table
from dashboard.parts.whole import place_in_series
from dashboard.queue import model_version
from dashboard.store_snapshot import StoreSnapshot, current_snapshot
from linkage.models.membership import MembershipExplanation
from linkage.review.decision import Decision
from linkage.review.question import untold
from linkage.review.series_words import part_sides
from linkage.review.strength import alone_words, chance_words, percent, signed, strength_word
from linkage.review.travel_words import in_time_order, journeys_words
from linkage.travel import legs

OFFERED = ("link", "not_linked", "unsure", "needs_info")


def render() -> None:
    """Draw the page."""
    now = current_snapshot()
    name, series = st.query_params.get("id", ""), st.query_params.get("series", "")
    st.title("A report and a series")
    if name not in now.reports or series not in now.series:
        st.info("A report and a series of the latest run are needed. Choose a suggestion from the inbox.")
        decision_history("report_series", name, series, own=True)
        return
    place = now.place(name, series)
    if place is None:
        st.info(f"Series {as_written(series)} has no other incident than that of report {as_written(name)}.")
        decision_history("report_series", name, series, own=True)
        return
    case = work.case(("report_series",), name, series, now)
    report = Link(f"Report {name}: {where_and_when(now, name)}", "report", (("id", name),))
    links_line([report, Link(f"Series {series}", "series", (("id", series),))])
    review_bar(case, matter(case, place, now), partial(_save, case, place, now))
    _members(place, now)
    _travel(place, now)
    if not case.hidden and (seen := seen_place(place, now)) is not None:
        _scored(seen)
        provenance(now)
    narratives(now, [name])
    work.prepare(case.after, now)


def matter(case: work.Case, place: MembershipExplanation, now: StoreSnapshot) -> Matter:
    """What is decided on; where the scores are hidden the kinds of evidence stand in the order of the catalogue and
    on both sides, as which side one speaks for is the score's to say."""
    if case.hidden:
        reasons = [Reason(part.name, part.label, side) for side in (True, False) for part in place.parts]
    else:
        told = part_sides(place.parts)
        weighed = [*((part, True) for part in told.supports), *((part, False) for part in told.against)]
        reasons = [Reason(part.name, f"{part.label} {signed(part.weight, 1)}", side) for part, side in weighed]
    words = (("link", "Belongs"), ("not_linked", "Does not belong"))
    return Matter(
        case.about, OFFERED, tuple(reasons), _to_ask(place, now), words=words, contact=NO_CONTACT, at_once=("unsure",)
    )


def _to_ask(place: MembershipExplanation, now: StoreSnapshot) -> tuple[tuple[str, str], ...]:
    """What the report does not tell and members do."""
    pairs = [now.explain_alone(place.report_id, other) for other in place.members]
    return tuple(untold(place.report_id, [(one, now.levels(one.report_a, one.report_b)) for one in pairs]))


def _members(place: MembershipExplanation, now: StoreSnapshot) -> None:
    rows: list[list[Cell]] = [
        [
            Stack((Link(other, "report", (("id", other),)), Quiet("", where_and_when(now, other)))),
            Link(f"Compare with {other}", "pair", (("a", place.report_id), ("b", other))),
        ]
        for other in place.members
    ]
    table(f"Members of series {place.series_id}", ["Member", "Side by side"], rows)


def _travel(place: MembershipExplanation, now: StoreSnapshot) -> None:
    """Can one person have travelled to the incident from the one before it, and from it to the next?"""
    mine = (place.report_id, *place.together)
    incidents = in_time_order(now.incidents([*mine, *place.members]))
    around = [leg for leg in legs(incidents) if {leg.start.report_id, leg.end.report_id} & set(mine)]
    facts([("travel", journeys_words(around, mine))])


def _scored(place: MembershipExplanation) -> None:
    chance = f"{chance_words(place.probability)} ({percent(place.probability)})"
    facts([("with all members, possible same person", f"{chance}, {alone_words(place.strength)}")])
    place_in_series(place)


def _save(case: work.Case, place: MembershipExplanation, now: StoreSnapshot, chosen: Choice, note: str) -> None:
    """Keep what was chosen as a decision; the members are those that were on the screen."""
    second = case.suggestion.second_of if case.suggestion else None
    decision = Decision(
        analyst=work.analyst(),
        kind="report_series",
        left=place.report_id,
        right=place.series_id,
        judgement=chosen.judgement,
        reasons_for=[one.name for one in chosen.cited if one.supports],
        reasons_against=[one.name for one in chosen.cited if not one.supports],
        note=note,
        blind=case.hidden,
        score=place.strength,
        band=strength_word(place.strength),
        model_version=model_version(now),
        evidence_snapshot=place.to_json() | {"asked": chosen.asked},
        scope={"left": [place.report_id, *place.together], "right": list(place.members)},
        second_of=second,
        stream=work.stream(case, second),
    )
    work.decided(case, decision)
