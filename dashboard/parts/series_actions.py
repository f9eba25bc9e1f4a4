"""What can be done to a series: keep, take out, move, split, merge, each with a preview and a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard import work
from dashboard.parts.blind_pairs import blind_sets
from dashboard.parts.chrome import as_written, where_and_when
from dashboard.parts.evidence import box
from dashboard.parts.settings import control, forget
from dashboard.parts.status import tell
from dashboard.queue import model_version
from dashboard.store_snapshot import StoreSnapshot
from linkage.models.cohesion import SeriesExplanation
from linkage.review.decision import Decision
from linkage.review.parting import Parting, parting, parting_words
from linkage.review.series_view import DIFFERS, INCONSISTENT, Row
from linkage.review.series_words import part_sides, whole_words
from linkage.review.snapshot import snapshot
from linkage.review.strength import counted, signed, strength_word
from linkage.review.travel_words import in_time_order
from linkage.store import Series

KEEP, TAKE_OUT, MOVE, SPLIT, MERGE = "Keep a report in", "Take a report out", "Move a report", "Split", "Merge"
BEST = "the likeliest split"
OWN_WORDS = "own words"


@dataclass(frozen=True, slots=True)
class Step:
    """What an action would record: kind, the two sides by name and as reports, and the judgement."""

    kind: str
    left: str
    right: str
    scope: tuple[tuple[str, ...], tuple[str, ...]]
    judgement: str


def series_actions(one: Series, rows: Sequence[Row], whole: SeriesExplanation | None, now: StoreSnapshot) -> None:
    """The actions on a series: choose one, see what it would come to, say why, save."""
    st.header("Decide on this series")
    if why := work.refusal("merge_split"):
        st.caption(why)
        return
    st.caption("A decision is kept with its reasons, can be taken back, and counts from the next linking.")
    what = st.selectbox("What to do", (KEEP, TAKE_OUT, MOVE, SPLIT, MERGE), key="series_action")
    drawn = {KEEP: _keep, TAKE_OUT: _take_out, MOVE: _move, MERGE: _merge}
    found = _split(one, rows, whole, now) if what == SPLIT else drawn[what](one, now)
    if found is None:
        return
    steps, parted = found
    if parted is not None:
        preview(parted)
    _reasons_and_save(f"{one.series_id} {what}", steps, parted, now)


Drawn = tuple[list[Step], Parting | None] | None


def _keep(one: Series, now: StoreSnapshot) -> Drawn:
    report = _member("Report to keep", one, now)
    rest = _but(one, report, now)
    return [Step("report_series", report, one.series_id, ((report,), rest), "link")], _parted(rest, (report,), now)


def _take_out(one: Series, now: StoreSnapshot) -> Drawn:
    report = _member("Report to take out", one, now)
    rest = _but(one, report, now)
    found = _parted(rest, (report,), now)
    left = found.sides[0] if found else None
    told = f"Without it: {as_written(whole_words(left.split))}" if left else "Without it, one incident is left."
    if not blind_sets(now).hides(rest):
        st.write(told)
    return [Step("report_series", report, one.series_id, ((report,), rest), "not_linked")], found


def _move(one: Series, now: StoreSnapshot) -> Drawn:
    report = _member("Report to move", one, now)
    others = [name for name in now.series if name != one.series_id]
    if not others:
        st.info("There is no other series.")
        return None
    to = st.selectbox("Series to move it to", others, key="series_other", help="Type to search")
    rest, there = _but(one, report, now), now.members(to)
    st.write(f"In series {as_written(to)}, which it would join:")
    steps = [
        Step("report_series", report, one.series_id, ((report,), rest), "not_linked"),
        Step("report_series", report, to, ((report,), tuple(m for m in there if m != report)), "link"),
    ]
    return steps, _parted(steps[1].scope[1], (report,), now)


def _split(one: Series, rows: Sequence[Row], whole: SeriesExplanation | None, now: StoreSnapshot) -> Drawn:
    """Some reports leave: those of the likeliest split, or those that say otherwise on an item."""
    if whole is None:
        st.info("Its reports are of one incident.")
        return None
    members = now.members(one.series_id)
    incidents = [report.report_id for report in in_time_order(now.incidents(members))]
    named: dict[str, list[str]] = {BEST: list(whole.split.second)}
    for row in rows:
        if row.kind == INCONSISTENT and row.weighs and not row.masked:
            apart = [name for name, cell in zip(incidents, row.cells, strict=True) if cell.says == DIFFERS]
            of = {now.incident_of.get(name, name) for name in apart}
            named[row.words] = [name for name in members if now.incident_of.get(name, name) in of]
    by = st.selectbox("Split by", list(named), key="series_split_by", help="The evidence that parts them")
    leave = st.multiselect("Reports that leave", members, key=control(f"leave_{one.series_id}_{by}", named[by]))
    stay = tuple(name for name in members if name not in leave)
    if not leave or not stay:
        st.info("Some reports have to leave, and some to stay.")
        return None
    step = Step("split", one.series_id, "new series", (stay, tuple(leave)), "not_linked")
    return [step], _parted(stay, tuple(leave), now)


def _merge(one: Series, now: StoreSnapshot) -> Drawn:
    others = [name for name in now.series if name != one.series_id]
    if not others:
        st.info("There is no other series.")
        return None
    other = st.selectbox("Series to merge it with", others, key="series_other", help="Type to search")
    judgement = st.radio(
        "Judgement", ("link", "not_linked"), format_func={"link": "Merge", "not_linked": "Keep apart"}.__getitem__,
        horizontal=True, key="series_merge",
    )  # fmt: skip
    sides = tuple(now.members(one.series_id)), tuple(now.members(other))
    return [Step("merge", one.series_id, other, sides, judgement)], _parted(*sides, now)


def _member(label: str, one: Series, now: StoreSnapshot) -> str:
    members = now.members(one.series_id)
    return str(
        st.selectbox(
            label,
            members,
            format_func=lambda name: f"{name}: {where_and_when(now, name)}",
            key=f"series_member_{one.series_id}",
        )
    )


def _but(one: Series, report: str, now: StoreSnapshot) -> tuple[str, ...]:
    return tuple(name for name in now.members(one.series_id) if name != report)


def _parted(first: Sequence[str], second: Sequence[str], now: StoreSnapshot) -> Parting | None:
    """What a change comes to; None for one that nothing is told of, as of a pair that is decided blind."""
    if not first or not second or blind_sets(now).hides((*first, *second)):
        return None
    return parting(now.series_of_reports, first, second)


def preview(found: Parting) -> None:
    """What a change would come to: one series against two, in words and by what speaks for and against."""
    told = part_sides(found.parts)
    st.markdown(f"**{as_written(parting_words(found))}**")
    left, right = st.columns(2)
    for column, kind, side in ((left, "for", told.supports), (right, "against", told.against)):
        column.html(box(kind, [f"{part.label} ({signed(part.weight)})" for part in side]))
    st.caption(
        f"For and against being of one person. Starting belief {signed(found.prior)} and all weights add up to "
        f"{signed(found.strength)} (log10 odds)."
    )


def _reasons_and_save(about: str, steps: list[Step], parted: Parting | None, now: StoreSnapshot) -> None:
    told = part_sides(parted.parts) if parted else part_sides(())
    cited: dict[str, list[str]] = {}
    for column, side, parts in zip(st.columns(2), ("for", "against"), (told.supports, told.against), strict=True):
        offered = {part.name: part.label for part in parts} | {OWN_WORDS: "see the note"}
        cited[side] = column.multiselect(
            f"Reasons {side}",
            list(offered),
            format_func=offered.__getitem__,
            key=control(f"series_{side}_{about}", []),
            placeholder="choose one or more",
        )
    note = st.text_input("Note", key=control(f"series_note_{about}", ""), max_chars=2_000)
    if not st.button("Save the decision", key="series_save"):
        return
    needed = {"for" if step.judgement == "link" else "against" for step in steps}
    if lacking := sorted(side for side in needed if not cited[side]):
        st.warning(f"Choose at least one reason {' and one '.join(lacking)} it.")
        return
    score = parted.strength if parted else None
    for step in steps:
        decision = Decision(
            analyst=work.analyst(),
            kind=step.kind,
            left=step.left,
            right=step.right,
            judgement=step.judgement,
            reasons_for=cited["for"],
            reasons_against=cited["against"],
            note=note.strip(),
            score=score,
            band=strength_word(score) if score is not None else None,
            model_version=model_version(now),
            scope={"left": list(step.scope[0]), "right": list(step.scope[1])},
            evidence_snapshot=None if parted is None else snapshot(parted),
        )
        if work.record(decision) is None:
            return
    forget(f"series_for_{about}", f"series_against_{about}", f"series_note_{about}")
    tell(f"Saved: {counted(len(steps), 'decision')}. It counts from the next linking.")
    st.rerun()
