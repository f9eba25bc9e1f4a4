"""The inbox of the store as it stands: every suggestion with its state, and what is shown of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from dashboard.parts.inbox_address import ORDER, TAB, restore
from dashboard.parts.queue_filters import filters
from dashboard.parts.settings import chosen, preference
from dashboard.parts.wellbeing import passed
from dashboard.stamp import Stamp
from dashboard.store_snapshot import StoreSnapshot, opened, url
from linkage.review.binding import binding
from linkage.review.blind import DRAWN_WORDS, SECOND_WORDS, Blind, hidden_from
from linkage.review.decision import Decision
from linkage.review.inbox import Suggested, build_queue, with_outcomes
from linkage.review.labels import drawn_of_run
from linkage.review.outcome import State, outcomes
from linkage.review.queue import ORDERS, Queue, Suggestion
from linkage.review.reopen import Version, reopened
from linkage.review.snapshot import model_version as version_of
from linkage.review.standing import standing
from linkage.review.wellbeing import mixed
from linkage.store.blind import blind_here, versions

LEFT_OPEN = ("unsure", "needs_info")
PAIR_COLUMNS = ["report_a", "report_b", "weight", "probability", "lane", "distance_km", "days"]


Question = tuple[str, str, str]
"""Kind, left and right of what a suggestion asks."""


@dataclass(frozen=True)
class Listed:
    """The inbox as it is filtered and ordered in this session; `rows` are rows of the queue."""

    queue: Queue
    rows: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.rows)

    def at(self, place: int) -> Suggestion | None:
        """The suggestion in a place, None before the first and after the last."""
        return self.queue.at(int(self.rows[place])) if 0 <= place < len(self.rows) else None

    def place(self, question: Question) -> int | None:
        """Where a question stands in the list, None where it does not."""
        kind, left, right = question
        frame = self.queue.frame
        mine = (frame["left"].to_numpy()[self.rows] == left) & (frame["right"].to_numpy()[self.rows] == right)
        named = frame["kind"].to_numpy()[self.rows[mine]] == kind
        found = np.flatnonzero(mine)[named]
        return int(found[0]) if len(found) else None


def question_of(one: Suggestion) -> Question:
    """What a suggestion asks."""
    return one.kind, one.left, one.right


def queue(now: StoreSnapshot) -> Queue:
    """Every suggestion of the latest run, with what was decided on it so far."""
    store = opened(url())
    made = store.decisions()
    newest = max((one.id or 0 for one in made), default=0)
    return _queue((*now.stamp, newest, date.today().toordinal()), now, made)


@st.cache_resource(max_entries=2, show_spinner="Ordering the inbox")
def _queue(stamp: tuple[object, ...], _now: StoreSnapshot, _made: list[Decision]) -> Queue:
    """The inbox after these decisions: that of the run with other states where that is enough."""
    bound = binding(_made, _now.reports)
    found = outcomes(_made, reopened(_made, _versions(_made), _strengths(_made, _now)), bound.conflicts)
    held = _last()
    before, key = held.get("queue"), stamp[:-2] + stamp[-1:]
    now = with_outcomes(before[1], found) if before is not None and before[0] == key else None
    if now is None:
        now = build_queue(suggested(_now), _now.reports, _made, found)
    held["queue"] = (key, now)
    return now


@st.cache_resource(show_spinner=False)
def _last() -> dict[str, tuple[tuple[object, ...], Queue]]:
    """The inbox as it was built last, with the state of the store it is of."""
    return {}


def _versions(made: list[Decision]) -> dict[str, list[Version]]:
    """The versions of the reports that were decided on, of those that have more than one."""
    about = {name for one in made for name in one.reports}
    return {name: found for name, found in versions(opened(url()), about).items() if len(found) > 1}


def _strengths(made: list[Decision], now: StoreSnapshot) -> dict[tuple[str, ...], float]:
    """The strengths of today of pairs that were left open under other weights, as decisions keep them."""
    here = model_version(now)
    left_open = {one.question for one in standing(made) if one.judgement in LEFT_OPEN and one.model_version != here}
    pairs = [question for question in left_open if question[0] == "pair" and set(question[1:]) <= now.reports.keys()]
    return {question: now.explain(question[1], question[2]).strength for question in pairs}


def model_version(now: StoreSnapshot) -> str:
    """The program and the run whose weights are on the screen."""
    return version_of(now.run.record, now.run.id) if now.run else version_of(None, None)


@st.cache_resource(max_entries=1, show_spinner=False)
def _tables(stamp: Stamp, _now: StoreSnapshot) -> Suggested:
    del stamp
    run = _now.run
    assert run is not None
    pairs = pd.DataFrame([asdict(pair) for pair in run.top_pairs(None)], columns=PAIR_COLUMNS)
    members = [(one.series_id, m.report_id, m.fit) for one in _now.series.values() for m in one.members]
    second = [(one.report_id, one.other_series_id, one.other_fit) for one in _now.overlaps]
    return Suggested(
        pairs,
        pd.DataFrame(members, columns=["series_id", "report_id", "fit"]),
        pd.DataFrame(second, columns=["report_id", "other_series_id", "other_fit"]),
        same_incident=_now.proposed,
        drawn=drawn_of_run(pairs, list(_now.reports), run.id),
    )


def suggested(now: StoreSnapshot) -> Suggested:
    """What the latest run suggests, as the inbox reads it."""
    return _tables(now.stamp, now)


def listed(now: StoreSnapshot) -> Listed:
    """The inbox as it is filtered and ordered; what the person passed stands last, and severe ones apart
    where they asked for it."""
    every = queue(now)
    restore(every)
    rows = every.order(chosen(TAB, State.TODO), chosen(ORDER, ORDERS[0]), filters(), opened(url()).who)
    if most := preference("severe_in_a_row"):
        rows = rows[mixed(every.severe(rows), every.drawn(rows), most)]
    found = Listed(every, rows)
    late = [place for place in map(found.place, passed()) if place is not None]
    return Listed(every, np.concatenate([np.delete(rows, late), rows[late]])) if late else found


def blind(now: StoreSnapshot) -> Blind:
    """What the person at the screen has still to decide with all scores hidden."""
    store = opened(url())
    return queue(now).blind(store.actor) if now.run is not None else blind_here(store)


def must_hide(one: Suggestion) -> bool:
    """Whether the person at the screen may see no score of a suggestion yet."""
    return hidden_from(opened(url()).actor, one.stream == "random", one.state, one.decided_by, one.first_by)


def why_blind(one: Suggestion) -> str:
    """Why nobody sees the scores of a suggestion before deciding."""
    return SECOND_WORDS if one.second_of is not None else DRAWN_WORDS
