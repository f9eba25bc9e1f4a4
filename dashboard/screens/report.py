"""One report: the structured summary first; the narrative behind one deliberate action; its suggested links."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import streamlit as st

from dashboard import work
from dashboard.parts.blind_pairs import named_apart, seen_pairs, seen_place, set_hidden_line
from dashboard.parts.chrome import as_written, identifiers_switch, links_line, not_linked_line, shown, where_and_when
from dashboard.parts.link_chart import link_chart
from dashboard.parts.narratives import may_open
from dashboard.parts.report_filters import filtered
from dashboard.parts.status import guarded
from dashboard.parts.tables import Cell, Link, Noted, Number, Quiet, link_html, table
from dashboard.parts.typed import page_box
from dashboard.parts.wellbeing import opened_narratives
from dashboard.parts.whole import place_in_series, places
from dashboard.screens.watch import watch_button
from dashboard.stamp import Stamp
from dashboard.store_snapshot import StoreSnapshot, current_snapshot, opened, url
from linkage.models.membership import MembershipExplanation
from linkage.report import Report, quoted
from linkage.review.choices import warning_words
from linkage.review.risk import seriousness, seriousness_word
from linkage.review.strength import alone_words, chance_words, signed
from linkage.review.summary import NOT_MENTIONED, Line, content_labels, day_words, marked_spans, summarise
from linkage.sharing.chart import LEAST_LINK
from linkage.store import Pair

PAGE = 25
TOP = 10
NEAREST = 3
"""Reports that are named first as what to compare with."""
LETTERS = 22
"""About as many fit into a cell's line; only to keep the two columns of one length."""


def render() -> None:
    """Draw the page."""
    now = current_snapshot()
    name = st.query_params.get("id", "")
    report = now.reports.get(name)
    if report is None:
        _list(name, now)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(f"Report {as_written(report.report_id)}")
        warn = [Link("Draft an alert", work.ALERTS, (("about", report.report_id),))] if _may_warn(report) else []
        links_line([Link("All reports", "report"), *_series(report.report_id, now), *warn])
        watch_button("report", report.report_id)
    _nearest(report.report_id, now)
    st.write(f"{as_written(where_and_when(now, report.report_id))}. What is not mentioned may still have happened.")
    _same_incident(report, now)
    identifiers_switch()
    _summary(report)
    _narrative(report)
    if now.run is None:
        st.write("Nothing is linked yet.")
        return
    _place(report.report_id, now)
    st.header("Suggested links of this report")
    _links("Strongest", seen_pairs(now, report.report_id, "main", TOP), report.report_id, now)
    _links("Far apart (over 50 km)", seen_pairs(now, report.report_id, "far", TOP), report.report_id, now)
    named_apart(report.report_id, now)
    st.header("Who links to whom")
    likely = [pair for pair in seen_pairs(now, report.report_id, top=TOP) if pair.probability >= LEAST_LINK]
    link_chart([report.report_id], [pair.other(report.report_id) for pair in likely], now)


def _may_warn(report: Report) -> bool:
    """May an alert be drafted on it, by whoever is here and by its consent?"""
    return report.consent.alert and work.may("draft_alert")


def _list(asked: str, now: StoreSnapshot) -> None:
    """All reports; `asked` is the number that was asked for and that no report has, empty where none was."""
    st.title("Reports")
    if asked:
        st.info(f"There is no report {as_written(asked)} in the store. Choose one from the list, or use quick find.")
    st.write("Quick find above goes straight to a report number or a piece of a plate. What is told stays closed.")
    not_linked_line(now)
    ordered = filtered(now)
    if not ordered:
        st.info(f"None of {len(now.reports):,} reports is left by what is chosen above.")
        return
    pages = max(1, -(-len(ordered) // PAGE))
    page = page_box(pages, "reports_page") if pages > 1 else 1
    part = ordered[(page - 1) * PAGE : page * PAGE]
    rows: list[list[Cell]] = []
    for report in part:
        name = report.report_id
        links = ", ".join(f"Series {one}" for one in now.series_of.get(name, [])) or "none"
        kind = (report.report_type or "not known").replace("_", " ")
        grave = seriousness(report)
        worst = Quiet(seriousness_word(grave.value), grave.words) if grave.words else "nothing told"
        came = day_words(report.received) if report.received else "date not known"
        who = Noted(Link(name, "report", (("id", name),)), f"received: {came}")
        rows.append([who, where_and_when(now, name), kind, worst, links])
    caption = f"Reports {(page - 1) * PAGE + 1:,} to {(page - 1) * PAGE + len(part):,} of {len(ordered):,}"
    table(caption, ["Report", "Where and when", "Kind", "Most serious", "Candidate series"], rows)


def _series(name: str, now: StoreSnapshot) -> list[Link]:
    return [Link(f"Series {one}", "series", (("id", one),)) for one in now.series_of.get(name, [])]


def _nearest(name: str, now: StoreSnapshot) -> None:
    """What to look at next: the reports that are most likely of the same person."""
    likely = [pair for pair in seen_pairs(now, name, top=NEAREST) if pair.probability >= LEAST_LINK]
    found = [
        Link(
            f"{pair.other(name)}: {chance_words(pair.probability)}",
            "pair",
            (("a", name), ("b", pair.other(name))),
            f"Compare with {pair.other(name)}, {chance_words(pair.probability)}",
        )
        for pair in likely
    ]
    if found:
        st.html(f"<strong>Compare next:</strong> {' &nbsp; '.join(map(link_html, found))}")
    elif now.run is not None:
        st.write("No other report is likely to be of the same person.")


def _same_incident(report: Report, now: StoreSnapshot) -> None:
    name = report.report_id
    if others := [one.report_id for one in now.accounts(name) if one.report_id != name]:
        st.write("Other accounts of the same incident:")
        links_line([Link(one, "report", (("id", one),)) for one in others])
    if pairs := {pair: chance for pair, chance in now.proposed.items() if name in pair}:
        st.write("May tell of the same incident; nobody has said so yet, and nothing is put together until then:")
        links_line(
            [
                Link(f"{' and '.join(pair)}: {chance_words(chance)}", "pair", (("a", pair[0]), ("b", pair[1])))
                for pair, chance in pairs.items()
            ]
        )


def _summary(report: Report) -> None:
    columns, height = st.columns(2), [0, 0]
    noticed = [warning_words(words) for words in report.warnings]  # they are kept with the paths of their values
    for section in summarise(report.model_copy(update={"warnings": noticed})):
        told = [line for line in section.lines if line.value != NOT_MENTIONED]
        silent = [line.label.lower() for line in section.lines if line.value == NOT_MENTIONED]
        rows = [cells for line in told for cells in _rows(line)]
        note = f"Not mentioned: {', '.join(silent)}." if silent else ""
        shorter = height.index(min(height))
        height[shorter] += 3 + sum(
            1 + max(len(value), len(words)) // LETTERS for line in told for value, words in _each(line)
        )
        with columns[shorter]:
            table(section.title, ["Item", "Value", "Words in the report"], rows, small=note)


def _each(line: Line) -> tuple[tuple[str, str], ...]:
    """Values with their words: one by one where each has its own, so that nobody has to guess which is whose."""
    return line.each or ((line.value, line.raw),)


def _rows(line: Line) -> Iterator[list[Cell]]:
    for value, raw in _each(line):
        masked = shown(raw) if line.masked and raw else raw
        yield [line.label, shown(value) if line.masked else value, quoted(masked)]


def _narrative(report: Report) -> None:
    st.header("Narrative")
    if not report.narrative:
        st.write("This report has no narrative.")
        return
    labels = content_labels(report)
    st.write(f"Closed. {', '.join(labels).capitalize()}." if labels else "Closed.")
    if not may_open():
        return
    key = f"narrative_{report.report_id}"
    if not st.toggle("Show the narrative", key=key, on_change=guarded(_kept_in_audit), args=(key, report.report_id)):
        return
    st.caption("Marked: the words that values were read from.")
    st.html(f'<div class="lk-text">{narrative_html(report)}</div>')


def _kept_in_audit(key: str, report_id: str) -> None:
    if st.session_state[key]:
        st.session_state[key] = False  # what cannot be put down is not opened
        opened(url()).record_opening(report_id)
        st.session_state[key] = True
        opened_narratives(1)


def narrative_html(report: Report) -> str:
    """The narrative, escaped, with the words marked that values were read from."""
    text, at, pieces = report.narrative or "", 0, []
    for start, end in marked_spans(report):
        pieces += [escape(text[at:start]), f"<mark>{escape(text[start:end])}</mark>"]
        at = end
    return "".join([*pieces, escape(text[at:])])


@st.cache_resource(max_entries=500, show_spinner="Weighing the report")
def place_of(stamp: Stamp, report_id: str, _now: StoreSnapshot) -> MembershipExplanation | None:
    """A report's place in its series, else in the one it fits best; None where there is no series."""
    del stamp
    try:
        return _now.member(report_id)
    except ValueError:
        return None


def _place(name: str, now: StoreSnapshot) -> None:
    place = place_of(now.stamp, name, now)
    if place is None:
        return
    stands = place.series_id in now.series_of.get(name, [])
    st.header(f"Its place in series {as_written(place.series_id)}" if stands else "In no series")
    if (seen := seen_place(place, now)) is None:
        set_hidden_line()
        return
    place = seen
    word = f"{chance_words(place.probability)}, {alone_words(place.strength)}"
    if stands:
        st.write(f"With all other members, **possible same person**: {word}.")
        place_in_series(place)
    else:
        st.write(f"The series it fits best is {as_written(place.series_id)}: {word}.")
        places(place)


def _links(caption: str, pairs: list[Pair], name: str, now: StoreSnapshot) -> None:
    rows: list[list[Cell]] = [
        [
            Link(f"Compare with {pair.other(name)}", "pair", (("a", name), ("b", pair.other(name)))),
            where_and_when(now, pair.other(name)),
            Quiet(chance_words(pair.probability), f"weight of the pair alone {signed(pair.weight, 1)}"),
            Number("not known" if pair.distance_km is None else f"{pair.distance_km:,.0f}"),
            Number("not known" if pair.days is None else f"{pair.days:,}"),
        ]
        for pair in pairs
    ]
    note = (
        "The chance counts what all other reports say as well; the weight is that of the two reports alone. Where a "
        "report tells no place or date, those of another account of its incident count."
    )
    table(caption, ["Report", "Where and when", "Possible same person", "km", "Days"], rows, small=note)
