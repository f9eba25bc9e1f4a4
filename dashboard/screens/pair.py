"""Pair review: two reports side by side, what speaks for and against one person, and a judgement in a key or two."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard import work
from dashboard.parts.chrome import as_written, facts, key_to_signs, links_line, where_and_when
from dashboard.parts.deciding import NO_CONTACT, Choice, Matter, Reason
from dashboard.parts.echo_notes import echo_notes
from dashboard.parts.evidence import context_table, evidence_table, for_and_against, rests_on, side_by_side
from dashboard.parts.journey import leg_table, stop_table
from dashboard.parts.narratives import narratives
from dashboard.parts.provenance import provenance
from dashboard.parts.review_bar import review_bar
from dashboard.parts.series_map import COAST, series_map
from dashboard.parts.settle import settle
from dashboard.parts.tables import Link
from dashboard.parts.waterfall import waterfall
from dashboard.queue import model_version
from dashboard.store_snapshot import StoreSnapshot, current_snapshot
from linkage.features.explanation import EvidencePart, Explanation
from linkage.intake.incidents.comparison import SHOWN
from linkage.intake.incidents.merge import merge_incident
from linkage.report import Report
from linkage.review.decision import Decision
from linkage.review.question import Question, questions
from linkage.review.strength import (
    NOT_KNOWN,
    NOT_MENTIONED,
    chance_words,
    gave_a_value,
    interval_words,
    percent,
    sides,
    signed,
    strength_word,
    strength_words,
)
from linkage.review.travel_words import leg_words
from linkage.travel import journey, legs

OFFERED = {
    "pair": ("link", "not_linked", "unsure", "needs_info", "same_incident"),
    "same_incident": ("same_incident", "not_linked", "unsure", "needs_info"),
}
"""Judgements that a suggestion of each kind takes; a pair may turn out to be one incident."""


def render() -> None:
    """Draw the page."""
    now = current_snapshot()
    a, b = st.query_params.get("a", ""), st.query_params.get("b", "")
    st.title("Two reports side by side")
    missing = [name for name in (a, b) if name not in now.reports]
    if missing or a == b:
        names = " and ".join(as_written(name) or "(none named)" for name in missing) or as_written(a)
        st.info(f"Two different reports are needed. Not in the store: {names}. Choose a pair from the inbox.")
        return
    explanation = now.explain(a, b)
    first, second = explanation.report_a, explanation.report_b
    case = work.case(("pair", "same_incident"), first, second, now)
    series = [] if case.hidden else _series(first, second, now)
    links_line([_report(first, now), _report(second, now), *series])
    asked = questions(explanation, now.levels(first, second)) if explanation.parts else []
    review_bar(case, matter(case, explanation, asked), partial(_save, case, explanation, now))
    key_to_signs()
    if case.hidden:
        side_by_side(explanation)
    elif explanation.parts:
        _scored(explanation, now)
        settle(explanation, asked)
        echo_notes(explanation, now)
    _place_and_time(first, second, now)
    narratives(now, [first, second])
    work.prepare(case.after, now)


def matter(case: work.Case, explanation: Explanation, asked: Sequence[Question] = ()) -> Matter:
    """What is decided on, with the comparisons that can be cited: the strongest first, or in the order of the
    catalogue where the scores are hidden, as a list by weight would give them away. What is not mentioned is worth
    asking as what is not known is; it can be cited by its weight alone, as it agrees and differs in nothing."""
    found = sides(explanation)
    unknown = [part for part in explanation.parts if part.says in (NOT_KNOWN, NOT_MENTIONED)]
    if case.hidden:
        reasons = [Reason(part.name, part.label, part.says != "differs") for part in gave_a_value(explanation)]
    else:
        told = [*((part, True) for part in found.supports), *((part, False) for part in found.against)]
        reasons = [Reason(part.name, f"{part.label} {signed(part.weight, 1)}", supports) for part, supports in told]
    same = case.kind == "same_incident"
    return Matter(
        about=case.about,
        offered=OFFERED[case.kind],
        reasons=tuple(reasons),
        questions=_to_ask(case, asked, unknown),
        contact=NO_CONTACT,
        words=(("not_linked", "Not the same incident"),) if same else (),
        at_once=("unsure", "same_incident", "not_linked") if same else ("unsure", "same_incident"),
    )


def _to_ask(
    case: work.Case, asked: Sequence[Question], unknown: Sequence[EvidencePart]
) -> tuple[tuple[str, str], ...]:
    """Items that are not known: those that could move the pair most first, unless that is for the score to tell."""
    first = [] if case.hidden else [(one.name, one.label) for one in asked]
    named = {name for name, _ in first}
    return (*first, *((part.name, part.label) for part in unknown if part.name not in named))


def _save(case: work.Case, explanation: Explanation, now: StoreSnapshot, chosen: Choice, note: str) -> None:
    """Keep what was chosen as a decision."""
    same = chosen.judgement == "same_incident"
    kind = "same_incident" if same else case.kind
    second = case.suggestion.second_of if case.suggestion and kind == case.kind else None
    decision = Decision(
        analyst=work.analyst(),
        kind=kind,
        left=explanation.report_a,
        right=explanation.report_b,
        judgement=chosen.judgement,
        reasons_for=[one.name for one in chosen.cited if one.supports],
        reasons_against=[one.name for one in chosen.cited if not one.supports],
        note=note,
        blind=case.hidden,
        score=explanation.strength,
        band=strength_word(explanation.strength),
        model_version=model_version(now),
        evidence_snapshot=explanation.to_json() | {"asked": chosen.asked},
        second_of=second,
        stream=work.stream(case, second),
    )
    work.decided(case, decision)


def _scored(explanation: Explanation, now: StoreSnapshot) -> None:
    _strength(explanation, now)
    for_and_against(explanation)
    if explanation.strength > -2 and (rests := rests_on(explanation)):
        st.write(f"**What it rests on:** {rests}.")
    evidence_table(explanation)
    st.header("How it adds up")
    _how_known(explanation, now)
    with st.container(key="waterfall"):
        st.altair_chart(waterfall(explanation), theme=None, alt="Bars of the weights; the tables here say the same")
    context_table(explanation)


def _report(name: str, now: StoreSnapshot) -> Link:
    return Link(f"Report {name}: {where_and_when(now, name)}", "report", (("id", name),))


def _series(a: str, b: str, now: StoreSnapshot) -> list[Link]:
    names = sorted({*now.series_of.get(a, []), *now.series_of.get(b, [])})
    return [Link(f"Series {name}", "series", (("id", name),)) for name in names]


def _strength(explanation: Explanation, now: StoreSnapshot) -> None:
    pair = now.run.pair(explanation.report_a, explanation.report_b) if now.run else None
    alone = f"{chance_words(explanation.probability)} ({percent(explanation.probability)})"
    figures = [("pair alone", f"{strength_words(explanation.strength)}, {alone}")]
    if pair is not None:
        together = f"possible same person, {chance_words(pair.probability)} ({percent(pair.probability)})"
        figures.insert(0, ("with what all other reports say", together))
    if words := _one_incident(explanation):
        first = 0 if explanation.same_incident_probability is not None else len(figures)
        figures.insert(first, ("one incident", words))
    incidents = [_whole(name, now) for name in (explanation.report_a, explanation.report_b)]
    facts([*figures, *(("travel", leg_words(one)) for one in legs(incidents))])
    if pair is not None and abs(pair.weight - explanation.weight) >= 0.01:
        st.caption(
            f"The latest run gave this pair {signed(pair.weight)}; reports or weights have changed since. "
            "Link again to bring both together: linkage link"
        )


def _how_known(explanation: Explanation, now: StoreSnapshot) -> None:
    """What the strength starts from, how well it is known, and by which weights it was found."""
    one_in = round(1 + 10**-explanation.prior)
    facts([("starting belief", f"1 in {one_in:,} pairs"), ("how well it is known", interval_words(explanation))])
    provenance(now)


def _one_incident(explanation: Explanation) -> str:
    """How likely both tell of one incident; empty for reports of another day or place."""
    chance = explanation.same_incident_probability
    if chance is None:
        return "not known, a date is missing"
    return f"{chance_words(chance)} ({percent(chance)})" if chance >= SHOWN else ""


def _place_and_time(a: str, b: str, now: StoreSnapshot) -> None:
    st.header("Place and time")
    incidents = [_whole(name, now) for name in (a, b)]
    stops, travelled = journey(incidents), legs(incidents)
    numbers = {stop.report_id: number for number, stop in enumerate(stops, start=1)}
    if any(stop.located for stop in stops):
        words = "; ".join(f"{numbers[stop.report_id]}: {stop.place}" for stop in stops if stop.located)
        st.caption(f"Numbers are in time order. {COAST}")
        st.altair_chart(series_map(stops, travelled), width="content", theme=None, alt=f"Map of both. {words}")
    leg_table(travelled, numbers, "From one to the other")
    stop_table(stops, now.accounts)


def _whole(name: str, now: StoreSnapshot) -> Report:
    """A report with what the other accounts of its incident know of place and time, under its own number."""
    return merge_incident(now.accounts(name)).model_copy(update={"report_id": name})
