"""Start page: what came in, what waits, what is dangerous, and what changed, each a link to where it is worked on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from dashboard import work
from dashboard.parts.chrome import as_written, links_line, not_linked_line, where_and_when
from dashboard.parts.country_map import counts_map
from dashboard.parts.drafts import draft, keep_draft
from dashboard.parts.linking import linking_panel
from dashboard.parts.tables import Cell, Link, Number, Quiet, Stack, table
from dashboard.parts.typed import remembered
from dashboard.queue import blind, must_hide, queue
from dashboard.screens import alerts, exports, quarantine
from dashboard.store_snapshot import StoreSnapshot, current_snapshot, opened, url
from linkage.review.audit_words import judged_words
from linkage.review.changes import Changes, Visit, changes, days_before, visit
from linkage.review.outcome import State
from linkage.review.queue import Queue, Suggestion
from linkage.review.strength import chance_words, counted
from linkage.sharing.suppression import shown as count_words
from linkage.sharing.suppression import suppressed
from linkage.store import alerts as kept_alerts
from linkage.store import exports as kept_exports
from linkage.store import taking_in
from linkage.store.alert_record import AlertState
from linkage.store.blind import versions
from linkage.store.quarantine import WAITING as WAITS

SINCE = {"my last visit": 0, "a day": 1, "a week": 7, "a month": 30}
FIRST = 30
"""Days that are looked back on a first visit [G]."""
DANGEROUS, NAMED = 5, 6
"""Suggestions, and other things of each kind, that are listed."""
_VISIT = "visit"
NO_AREA = "area not known"
WAITING = {
    State.TODO: "To do",
    State.SECOND: "Second check",
    State.WAITING: "Information awaited",
    State.REOPENED: "Re-opened",
}


def render() -> None:
    """Draw the page."""
    now = current_snapshot()
    st.title("Start")
    not_linked_line(now)
    left, right = st.columns([5, 2], vertical_alignment="bottom")
    with left:
        found = _changed(_since(), now)
    with right:
        linking_panel()
    urgent, waiting, country = st.columns([11, 8, 7])
    with urgent:
        _dangerous(now)
    with waiting:
        _waits(now)
        _news(found, now)
    with country:
        _map(found, now)


def _since() -> str:
    """The moment from which on things are new."""
    at = datetime.now(UTC)
    last = _last_visit(at)
    chosen = st.radio("New since", list(SINCE), horizontal=True, key=remembered("since"), bind="query-params")
    if SINCE[chosen]:
        return days_before(at, SINCE[chosen])
    if not last.before:
        st.caption(f"This is your first visit: the last {FIRST} days are shown.")
        return days_before(at, FIRST)
    st.caption(f"Your last visit ended {last.before[:10]}, {last.before[11:16]} UTC.")
    return last.before


def _last_visit(at: datetime) -> Visit:
    """This visit and the one before, kept for the person at the screen once a session."""
    if _VISIT not in st.session_state:
        body = draft(_VISIT)
        last = Visit(str(body["at"]), str(body["before"])) if isinstance(body, dict) else None
        here = visit(last, at)
        st.session_state[_VISIT] = here
        keep_draft(_VISIT, {"at": here.at, "before": here.before})
    found: Visit = st.session_state[_VISIT]
    return found


def _changed(since: str, now: StoreSnapshot) -> Changes:
    """What changed; of decisions none that would tell who decides something blind what others said of it."""
    store = opened(url())
    touched = {report.report_id for report in store.added_since(since)}
    first = {name: found[0].at for name, found in versions(store, touched).items()}
    return changes(since, first, touched, blind(now).shown(store.decisions()), store.series_events(), store.who)


def _dangerous(now: StoreSnapshot) -> None:
    """The suggestions that risk puts first."""
    st.header("Most urgent")
    if now.run is None:
        st.write("Nothing is linked yet.")
        return
    rows = _first_of_each(queue(now))
    note = "Of several links with one series or report, the first. The order is no evidence."
    table(
        "Suggested links, risk first" if rows else "No suggested link waits",
        ["Suggestion", "Why up here"],
        [_suggestion(one, now) for one in rows],
        small=note,
    )
    links_line([Link("All suggested links", work.INBOX), Link("What crosses areas", "across")])


def _first_of_each(every: Queue) -> list[Suggestion]:
    """The most urgent suggestions that share no side: many are often of one series."""
    found: list[Suggestion] = []
    named: set[str] = set()
    for row in every.order(State.TODO, "risk").tolist():
        sides = {str(every.frame[side].iat[row]) for side in ("left", "right")}
        if not sides & named:
            found.append(every.at(row))
            named |= sides
        if len(found) == DANGEROUS:
            break
    return found


def _suggestion(one: Suggestion, now: StoreSnapshot) -> list[Cell]:
    page, query = work.address(one)
    where = [Quiet("", where_and_when(now, name)) for name in (one.left, one.right) if name in now.reports]
    chance = "strength hidden" if must_hide(one) else "" if one.probability is None else chance_words(one.probability)
    link = Link(f"{one.left} and {one.right}", page, tuple(query.items()))
    return [Stack((link, Quiet("", chance), *where)), "; ".join(one.risk_reasons)]


def _waits(now: StoreSnapshot) -> None:
    """What waits for somebody, with how much of it."""
    st.header("Waiting")
    rows: list[list[Cell]] = []
    if now.run is not None:
        counts = queue(now).counts(analyst=work.analyst())
        rows += [
            [Link(words, work.INBOX, (("tab", state),)), Number(f"{counts[state]:,}")]
            for state, words in WAITING.items()
        ]
        if together := queue(now).together():
            rows.append([Link("Same incident?", work.TOGETHER), Number(f"{sum(map(len, together)):,}")])
    rows += [[Link(words, page), Number(f"{count:,}")] for words, page, count in _to_check(now) if count]
    table("Suggested links and more", ["What", "Number"], rows)


def _to_check(now: StoreSnapshot) -> list[tuple[str, str, int]]:
    """What came in, alerts and exports that wait for a person."""
    store = opened(url())
    allowed = {name for name, report in now.reports.items() if report.consent.alert}
    states = [one.state(allowed) for one in kept_alerts.read_alerts(store)]
    came = len(taking_in.listed(store, WAITS)) if work.may("quarantine") else 0
    asked = sum(one.state == kept_exports.ASKED for one in kept_exports.all_exports(store))
    return [
        ("Came in", quarantine.PATH, came),
        ("Alerts to approve", alerts.PATH, states.count(AlertState.DRAFT)),
        ("Alerts to settle", alerts.PATH, states.count(AlertState.STOPPED)),
        ("Alerts to check", alerts.PATH, states.count(AlertState.SECOND_CHECK)),
        ("Exports to check", exports.PATH, asked),
    ]


def _news(found: Changes, now: StoreSnapshot) -> None:
    """What came in and what changed."""
    st.header("New")
    rows: list[list[Cell]] = []
    for words, names, page in (
        ("Reports", found.new, "report"),
        ("Changed reports", found.changed, "report"),
        ("Series", [one for one in found.series_new if one in now.series], "series"),
        ("Changed series", [one for one in found.series_changed if one in now.series], "series"),
    ):
        rows.append([_few(words, names, page), Number(f"{len(names):,}")])
    rows.append([Link("Decisions of others", "audit"), Number(f"{len(found.decisions):,}")])
    table("Since then", ["What", "Number"], rows)
    for one in found.decisions[:NAMED]:
        st.caption(
            f"{as_written(judged_words(one.kind, one.judgement))}: {as_written(f'{one.left} and {one.right}')}, "
            f"{as_written(one.analyst)}, {(one.at or '')[:16].replace('T', ' ')}"
        )


def _few(words: str, names: Sequence[str], page: str) -> Cell:
    """Words that lead to the list, or to the only one there is; the first few named below them."""
    if len(names) == 1:
        return Link(f"{words}: {names[0]}", page, (("id", names[0]),))
    listed = ", ".join(names[:NAMED]) + (" ..." if len(names) > NAMED else "")
    target = work.SERIES_LIST if page == "series" else page
    return Quiet(words, "none") if not names else Link(words, target, (), about=f"{words}: {listed}")


def _map(found: Changes, now: StoreSnapshot) -> None:
    """Where the new reports come from, by police force area; small counts suppressed."""
    st.header("Where from")
    places: dict[str, list[tuple[float, float]]] = {}
    tally: dict[str, int] = {}
    for name in (*found.new, *found.changed):
        report = now.reports.get(name)
        if report is None:
            continue
        area = report.place.admin.police_force or report.place.admin.region or NO_AREA
        tally[area] = tally.get(area, 0) + 1
        if report.place.lat is not None and report.place.lon is not None and area != NO_AREA:
            places.setdefault(area, []).append((report.place.lat, report.place.lon))
    counts = suppressed(tally)
    centres = {area: (_mean(at, 0), _mean(at, 1)) for area, at in places.items()}
    drawn = counts_map({area: count for area, count in counts.items() if area in centres}, centres)
    st.altair_chart(
        drawn, width="content", theme=None, alt="Map of new reports by police force area; a table follows"
    )
    st.caption(
        "New and changed reports by police force area, at the middle of where they lie. An open circle: fewer than "
        "five, not shown. Of numbers that would overlap the largest is written; the table has all."
    )
    with st.expander(f"The same as a table: {counted(len(counts), 'area')}"):
        rows: list[list[Cell]] = [[area, Number(count_words(counts[area]))] for area in sorted(counts)]
        table("New and changed reports by area", ["Area", "Reports"], rows)


def _mean(points: Sequence[tuple[float, float]], side: int) -> float:
    return sum(one[side] for one in points) / len(points)
