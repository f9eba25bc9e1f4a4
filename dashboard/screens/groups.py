"""One series or two? A merge or a split that somebody decided, for a second check or to be decided anew."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard import work
from dashboard.parts.chrome import as_written, links_line, where_and_when
from dashboard.parts.deciding import Choice, Matter, Reason
from dashboard.parts.decision_history import decision_history
from dashboard.parts.matrix import matrix_tables
from dashboard.parts.provenance import provenance
from dashboard.parts.review_bar import review_bar
from dashboard.parts.series_actions import preview
from dashboard.parts.tables import Cell, Link, Quiet, Stack, table
from dashboard.queue import model_version
from dashboard.store_snapshot import StoreSnapshot, current_snapshot, opened, url
from linkage.review.decision import Decision
from linkage.review.parting import Parting, parting
from linkage.review.queue import question
from linkage.review.series_view import matrix
from linkage.review.series_words import part_sides
from linkage.review.snapshot import snapshot
from linkage.review.standing import standing
from linkage.review.strength import signed, strength_word
from linkage.review.travel_words import in_time_order
from linkage.travel import journey

OFFERED = {"merge": ("link", "not_linked", "unsure", "needs_info"), "split": ("not_linked", "unsure", "needs_info")}
WORDS = {
    "merge": (("link", "Merge"), ("not_linked", "Keep apart")),
    "split": (("not_linked", "Split"),),
}

Sides = tuple[tuple[str, ...], tuple[str, ...]]


def render() -> None:
    """Draw the page."""
    now = current_snapshot()
    kind, left, right = (st.query_params.get(name, "") for name in ("kind", "left", "right"))
    st.title("One series or two?")
    groups = sides(kind, left, right, now) if kind in OFFERED else None
    found = parting(now.series_of_reports, *groups) if groups and all(groups) else None
    if groups is None or found is None:
        st.info("Two groups of reports of more than one incident are needed. Choose a suggestion from the inbox.")
        decision_history(kind, left, right, own=True)
        return
    case = work.case((kind,), left, right, now)
    links_line([Link(f"Series {one}", "series", (("id", one),)) for one in (left, right) if one in now.series])
    save = partial(_save, case, found, now)
    review_bar(case, matter(case, found), save)
    for name, side, column in zip((left, right), groups, st.columns(2), strict=True):
        with column:
            _group(name if name in now.series else f"{name} ({kind})", side, now)
    if not case.hidden:
        preview(found)
        provenance(now)
    incidents = in_time_order(now.incidents([*groups[0], *groups[1]]))
    st.header("What they share and what differs")
    matrix_tables(matrix(incidents, now.rates), journey(incidents), now.accounts, every=False)
    work.prepare(case.after, now)


def sides(kind: str, left: str, right: str, now: StoreSnapshot) -> Sides | None:
    """The reports on each side as they were meant by whoever decided it last, else as the series stand; None where
    neither says. Reports that are not in the store any more are left out."""
    asked = question(kind, left, right)
    made = [one for one in standing(opened(url()).decisions()) if one.question == asked and one.scope is not None]
    if made:
        first, second = made[-1].side("left"), made[-1].side("right")
        meant = (first, second) if made[-1].left == left else (second, first)
    elif left in now.series and right in now.series:
        meant = tuple(now.members(left)), tuple(now.members(right))
    else:
        return None
    here = [tuple(name for name in side if name in now.reports) for side in meant]
    return here[0], here[1]


def matter(case: work.Case, found: Parting) -> Matter:
    """What is decided on; where the scores are hidden the kinds of evidence stand on both sides, in a fixed order."""
    if case.hidden:
        reasons = [Reason(part.name, part.label, side) for side in (True, False) for part in found.parts]
    else:
        told = part_sides(found.parts)
        weighed = [*((part, True) for part in told.supports), *((part, False) for part in told.against)]
        reasons = [Reason(part.name, f"{part.label} {signed(part.weight, 1)}", side) for part, side in weighed]
    return Matter(case.about, OFFERED[case.kind], tuple(reasons), words=WORDS[case.kind], at_once=("unsure",))


def _group(name: str, members: Sequence[str], now: StoreSnapshot) -> None:
    rows: list[list[Cell]] = [
        [Stack((Link(one, "report", (("id", one),)), Quiet("", where_and_when(now, one))))] for one in members
    ]
    table(f"Series {as_written(name)}", ["Report"], rows)


def _save(case: work.Case, found: Parting, now: StoreSnapshot, chosen: Choice, note: str) -> None:
    """Keep what was chosen as a decision on the reports that were on the screen."""
    second = case.suggestion.second_of if case.suggestion else None
    decision = Decision(
        analyst=work.analyst(),
        kind=case.kind,
        left=case.left,
        right=case.right,
        judgement=chosen.judgement,
        reasons_for=[one.name for one in chosen.cited if one.supports],
        reasons_against=[one.name for one in chosen.cited if not one.supports],
        note=note,
        blind=case.hidden,
        score=found.strength,
        band=strength_word(found.strength),
        model_version=model_version(now),
        evidence_snapshot=snapshot(found),
        scope={"left": list(found.first), "right": list(found.second)},
        second_of=second,
        stream=work.stream(case, second),
    )
    work.decided(case, decision)
