"""Two reports side by side: what agrees, is close, differs or is not known, and what it adds up to."""

from __future__ import annotations

import streamlit as st

from dashboard.kept import Kept, kept
from dashboard.parts.chrome import as_written, facts, identifiers_switch, key_to_signs, links_line, where_and_when
from dashboard.parts.evidence import context_table, evidence_table, for_and_against, rests_on
from dashboard.parts.journey import leg_table, stop_table
from dashboard.parts.series_map import COAST, series_map
from dashboard.parts.tables import Link
from dashboard.parts.waterfall import waterfall
from linkage.features.explanation import Explanation
from linkage.intake.merge import merge_incident
from linkage.report import Report
from linkage.review.strength import chance_words, percent, signed, strength_words
from linkage.travel import journey, legs


def render() -> None:
    """Draw the page."""
    now = kept()
    links_line([Link("Suggested links", "links"), Link("All series", "./")])
    a, b = st.query_params.get("a", ""), st.query_params.get("b", "")
    st.title("Two reports side by side")
    missing = [name for name in (a, b) if name not in now.reports]
    if missing or a == b:
        names = " and ".join(as_written(name) or "(none named)" for name in missing) or as_written(a)
        st.info(
            f"Two different reports are needed. Not in the store: {names}. Choose a pair from the suggested links."
        )
        return
    explanation = now.explain(a, b)
    first, second = explanation.report_a, explanation.report_b
    links_line([_report(first, now), _report(second, now), *_series(first, second, now)])
    if explanation.same_incident:
        st.warning("These two reports seem to tell of one incident: what they share is no evidence of a series.")
    if not explanation.parts:
        return
    _strength(explanation, now)
    for_and_against(explanation)
    if explanation.strength > -2 and (rests := rests_on(explanation)):
        st.write(f"**What it rests on:** {rests}.")
    identifiers_switch()
    key_to_signs()
    evidence_table(explanation)
    st.header("How it adds up")
    st.altair_chart(waterfall(explanation), theme=None, alt="Bars of the weights; the tables here say the same")
    context_table(explanation)
    _place_and_time(first, second, now)


def _report(name: str, now: Kept) -> Link:
    return Link(f"Report {name}: {where_and_when(now, name)}", "report", (("id", name),))


def _series(a: str, b: str, now: Kept) -> list[Link]:
    names = sorted({*now.series_of.get(a, []), *now.series_of.get(b, [])})
    return [Link(f"Series {name}", "series", (("id", name),)) for name in names]


def _strength(explanation: Explanation, now: Kept) -> None:
    pair = now.run.pair(explanation.report_a, explanation.report_b) if now.run else None
    one_in = round(1 + 10**-explanation.prior)
    alone = f"{chance_words(explanation.probability)} ({percent(explanation.probability)})"
    figures = [
        ("pair alone", f"{strength_words(explanation.strength)}, {alone}"),
        ("starting belief", f"1 in {one_in:,} pairs"),
    ]
    if pair is not None:
        together = f"possible same person, {chance_words(pair.probability)} ({percent(pair.probability)})"
        figures.insert(0, ("with what all other reports say", together))
    facts(figures)
    if pair is not None and abs(pair.weight - explanation.weight) >= 0.01:
        st.caption(
            f"The latest run gave this pair {signed(pair.weight)}; reports or weights have changed since. "
            "Link again to bring both together: linkage link"
        )


def _place_and_time(a: str, b: str, now: Kept) -> None:
    st.header("Place and time")
    incidents = [_whole(name, now) for name in (a, b)]
    stops, travelled = journey(incidents), legs(incidents)
    numbers = {stop.report_id: number for number, stop in enumerate(stops, start=1)}
    if any(stop.located for stop in stops):
        words = "; ".join(f"{numbers[stop.report_id]}: {stop.place}" for stop in stops if stop.located)
        st.caption(f"Numbers are in time order.{COAST}")
        st.altair_chart(series_map(stops, travelled), width="content", theme=None, alt=f"Map of both. {words}")
    leg_table(travelled, numbers, "From one to the other")
    stop_table(stops)


def _whole(name: str, now: Kept) -> Report:
    """A report with what the other accounts of its incident know of place and time, under its own number."""
    incident = now.incident_of.get(name)
    accounts = [now.reports[other] for other, of in now.incident_of.items() if of == incident] if incident else []
    merged = merge_incident(accounts or [now.reports[name]])
    return merged.model_copy(update={"report_id": name})
