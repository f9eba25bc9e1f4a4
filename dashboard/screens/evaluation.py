"""Evaluation: how good what is shown is, where it errs, and each error opened as a pair."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import work
from dashboard.parts.chrome import as_written, not_linked_line
from dashboard.parts.evaluation_figures import (
    all_figures,
    parts_tables,
    rebuilt_chart,
    said_chart,
    work_chart,
)
from dashboard.parts.evidence import apart
from dashboard.parts.tables import Cell, Head, Lines, Link, Quiet, table
from dashboard.parts.typed import page_box, remembered
from dashboard.queue import suggested
from dashboard.stamp import Stamp
from dashboard.store_snapshot import StoreSnapshot, current_snapshot, opened, url
from linkage.evaluation.run_evaluation import (
    VARIABLE,
    EvaluatedRun,
    Run,
    Share,
    distance_words,
    judge_run,
    kinds_in_words,
    known_truth,
    precision_and_recall,
)
from linkage.evaluation.truth import TruthError
from linkage.review.agreement import agreement
from linkage.review.labels import missed
from linkage.review.strength import chance_words, counted, sides, signed

PATH = "evaluation"
PAGE = 10
REASONS = 2
FEWEST = 10
"""Links below which a part is not called the weakest [G]."""
WRONG, MISSED, ANY = "Wrongly suggested", "Missed", "any"


def render() -> None:
    """Draw the page: words first, then the errors, then what analysts found, and figures behind one step."""
    now = current_snapshot()
    st.title("Evaluation")
    if why := work.refusal("evaluation"):
        st.info(why)
        return
    if now.run is None:
        st.info("Nothing is linked yet.")
        return
    not_linked_line(now)
    found = _found(now)
    if found is not None:
        _head(found, now)
        _in_words(found)
        _errors(found, now)
        _figures(found)
    _analysts()


def _found(now: StoreSnapshot) -> EvaluatedRun | None:
    """The run held against the truth; says why where it cannot be."""
    named = os.environ.get(VARIABLE, "")
    try:
        changed = Path(named).stat().st_mtime_ns if named else 0
        return _judged(now.stamp, (named, changed), now)
    except (OSError, TruthError) as error:
        st.error(as_written(str(error)))
    except ValueError as error:
        st.info(f"Nothing can be judged: {as_written(str(error))}.")
    return None


@st.cache_resource(max_entries=2, show_spinner="Holding the run against what is known; once after each linking")
def _judged(stamp: Stamp, truth_file: tuple[str, int], _now: StoreSnapshot) -> EvaluatedRun:
    del stamp, truth_file
    reports = list(_now.reports.values())
    truth, _ = known_truth(reports)
    if truth is None:
        raise ValueError(
            f"it is not known which reports are of one person. Name a truth file in {VARIABLE} (see the reference, "
            "Evaluation), or import reports with their series"
        )
    shown = suggested(_now)
    return judge_run(reports, truth, Run(shown.pairs, shown.series, "this run"))


def _head(found: EvaluatedRun, now: StoreSnapshot) -> None:
    assert now.run is not None
    _, where = known_truth(list(now.reports.values()))
    invented = {"all": "**Synthetic, no claim about real cases.** ", "some": "**Partly synthetic.** "}.get(
        now.synthetic, ""
    )
    learned = " The weights were learned from the same series, which flatters." if "own series" in where else ""
    st.write(
        f"{invented}{counted(found.counts.reports, 'report')} with a known person, "
        f"{found.counts.series:,} series of two incidents or more, from {as_written(where)}; run {now.run.id}, "
        f"version {as_written(str(now.run.record.get('version', 'unknown')))}. Beside it: near in place and time "
        f"alone.{learned}"
    )


def of_ten(share: Share) -> str:
    """A share as people say it: "about 3 of these 10"."""
    if share.value is None:
        return "none to count"
    ten = round(share.value * 10)
    if ten == 0:
        return "hardly any of 10" if share.part else "none of 10"
    return "nearly all of 10" if ten == 10 and share.part < share.whole else f"about {ten} of 10"


def counted_words(share: Share, over: str) -> str:
    """What a share was counted from, with its interval: "14 of 74 series (11 % to 29 %)"."""
    counts = f"{share.part:,} of {share.whole:,} {over}"
    return counts if share.value is None else f"{counts} ({share.low:.0%} to {share.high:.0%})"


def _in_words(found: EvaluatedRun) -> None:
    """What matters, in words; each with what it was counted from."""
    own, plain = found.ways
    right, suggested_ = precision_and_recall(found.parts.iloc[0])
    rows: list[list[Cell]] = []
    for words, key in (("whole", "series_whole"), ("in part", "series_in_part"), ("not at all", "series_none")):
        rows.append([f"Known series put together {words}", *_figure(own, key), ""])
    rows += [
        ["Suggested links that are right (precision)", of_ten(right), counted_words(right, "suggested links"), ""],
        ["Links that are suggested (recall)", of_ten(suggested_), counted_words(suggested_, "links"), ""],
    ]
    for words, key in (
        ("Links among the first ten of a report's list", "recall_at_10"),
        ("The same for links over 50 km", "recall_at_10_far"),
    ):
        rows.append([words, *_figure(own, key), Quiet("", _figure(plain, key)[0])])
    note = "Suggested: said to be even chance or likelier. A link: two reports of one person, other incidents."
    heads: list[Head] = ["How many of ten", "Found", Quiet("Counted", "with 95 % interval"), "Place and time alone"]
    table("How good what is shown is", heads, rows, small=note)
    if weak := _weakest(found.parts):
        st.markdown(f"**Weakest where:** {weak}")


def _figure(way: dict[str, Any], key: str) -> tuple[str, str]:
    """A figure in words and with its interval and what it is over."""
    found = way["figures"].get(key)
    if not found or found["value"] is None:
        return "not known", ""
    many = round(found["value"] * found["n"])
    ends = found["low"], found["high"]
    share = Share(many, found["n"], found["value"], *(0.0 if one is None else one for one in ends))
    return of_ten(share), counted_words(share, found["over"])


def _weakest(parts: pd.DataFrame) -> str:
    """The kinds of link of which the fewest are suggested, by distance and by what is told."""
    some = parts[parts["by"].isin(["distance", "what both tell"]) & (parts["links"] >= FEWEST)]
    if some.empty:
        return ""
    ordered = some.assign(share=some["found"] / some["links"]).sort_values("share").head(2)
    return "; ".join(
        f"{row['by']}: {row['group']}, {row['found']:,} of {row['links']:,} links suggested"
        for row in ordered.to_dict("records")
    )


def _errors(found: EvaluatedRun, now: StoreSnapshot) -> None:
    """Wrong and missed links; each opens as a pair, with what misled."""
    st.header("Errors")
    wrong, lost = found.wrong, found.missed
    st.write(f"{len(wrong):,} wrongly suggested, {len(lost):,} missed. Each opens as a pair.")
    kind, far, told, turn = st.columns([5, 3, 3, 2], vertical_alignment="bottom")
    shown = kind.radio("Show", (WRONG, MISSED), horizontal=True, key=remembered("errors"), bind="query-params")
    rows = wrong if shown == WRONG else lost
    rows = _narrowed(rows, far, "Distance", "errors_far", lambda row: distance_words(row["km"]))
    rows = _narrowed(rows, told, "What both tell", "errors_told", lambda row: kinds_in_words(row["told"]))
    pages = max(1, -(-len(rows) // PAGE))
    with turn:
        page = page_box(pages, "errors_page") if pages > 1 else 1
    part = rows.iloc[(page - 1) * PAGE : page * PAGE]
    why = "What misled" if shown == WRONG else "What spoke against"
    caption = f"{shown}: {(page - 1) * PAGE + 1:,} to {(page - 1) * PAGE + len(part):,} of {len(rows):,}"
    heads = ["Pair", "Said", "Apart", "Both tell", why]
    table(
        caption if len(part) else f"{shown}: none",
        heads,
        [_error(row, shown == WRONG, now) for row in part.to_dict("records")],
        small="The surest first." if shown == WRONG else "Those nearest to being suggested first.",
    )


def _narrowed(
    rows: pd.DataFrame,
    place: st.delta_generator.DeltaGenerator,
    label: str,
    key: str,
    of: Callable[[dict[Any, Any]], str],
) -> pd.DataFrame:
    words = pd.Series([of(row) for row in rows.to_dict("records")], index=rows.index, dtype=object)
    offered = [ANY, *sorted(set(words))]
    held = remembered(key, ANY)
    if st.session_state.get(held) not in offered:
        st.session_state[held] = ANY
    chosen = place.selectbox(label, offered, key=held)
    return rows if chosen == ANY else rows[words == chosen]


def _error(row: dict[Any, Any], wrong: bool, now: StoreSnapshot) -> list[Cell]:
    a, b = str(row["report_a"]), str(row["report_b"])
    pair = Link(f"{a} and {b}", work.PAIR, (("a", a), ("b", b)))
    said, km, days = (None if pd.isna(row[name]) else float(row[name]) for name in ("probability", "km", "days"))
    evidence = sides(now.explain_alone(a, b)) if a in now.reports and b in now.reports else None
    reasons = () if evidence is None else evidence.supports if wrong else evidence.against
    why = tuple(f"{part.label} {signed(part.weight, 1)}" for part in reasons[:REASONS]) or ("nothing",)
    return [
        pair,
        "not listed" if said is None else chance_words(said),
        apart(km, None if days is None else round(days)),
        kinds_in_words(row["told"]),
        Lines(why),
    ]


def _figures(found: EvaluatedRun) -> None:
    """Charts, and every figure behind one step."""
    st.header("Pictures and figures")
    parts: dict[str, Callable[[EvaluatedRun], None]] = {
        "Series put together": rebuilt_chart,
        "Said and true": said_chart,
        "Work": work_chart,
        "By distance and group": parts_tables,
        "All figures": all_figures,
    }
    tabs = st.tabs(list(parts), key=remembered("figures_part"), bind="query-params")
    for tab, draw in zip(tabs, parts.values(), strict=True):
        if tab.open:
            with tab:
                draw(found)


def _analysts() -> None:
    """What blind decisions tell: what the order misses, and how far two analysts agree."""
    st.header("What analysts found, blind")
    made = opened(url()).decisions()
    st.markdown("  \n".join(f"{as_written(one.words)}." for one in missed(made)))
    both = agreement(made)
    st.write(f"{as_written(both.words)}.")
