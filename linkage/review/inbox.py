"""Builds the inbox from what a run found, the reports as they are now, and what was decided so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from linkage.report import Report
from linkage.review.decision import OF_SERIES, Decision
from linkage.review.outcome import Outcome, State
from linkage.review.queue import Queue, question
from linkage.review.risk import Profiles, profiles, risk_points
from linkage.review.settings import settings

Pair = tuple[str, str]

_PAIR = ("left", "right", "probability", "weight", "lane", "distance_km", "days", "same_incident")
_ROWS = ("kind", *_PAIR, "stream")


@dataclass(frozen=True)
class Suggested:
    """What a run suggests, as plain tables.

    `pairs`: report_a, report_b, weight, probability, lane, distance_km, days. `series`: series_id, report_id, fit.
    `ambiguous`: report_id, other_series_id, other_fit. `same_incident`: pairs (smaller id first) that may be one
    incident, with its probability. `drawn`: pairs drawn at random (see labels), to be decided with the score hidden.
    """

    pairs: pd.DataFrame
    series: pd.DataFrame
    ambiguous: pd.DataFrame
    same_incident: Mapping[Pair, float] = field(default_factory=dict)
    drawn: Sequence[Pair] = ()


def build_queue(
    suggested: Suggested,
    reports: Mapping[str, Report],
    decisions: Sequence[Decision] = (),
    outcomes: Mapping[tuple[str, ...], Outcome] | None = None,
    today: date | None = None,
) -> Queue:
    """The inbox. `outcomes` are those of the decisions (see outcome.outcomes); `today` is what recency counts from.

    Pairs below the least probability of the settings are left out, and so is every question that names a report or
    series which is not known any more. Questions that were decided on are in it whether the run lists them or not.
    """
    outcomes, today = outcomes or {}, today or date.today()
    series = _members(suggested.series)
    for decision in decisions:  # a series that is no longer found is shown as it was decided on
        sides = (decision.left, "left"), (decision.right, "right")
        for name, side in sides if decision.kind in OF_SERIES else ():
            if name not in reports and name not in series:
                series[name] = list(decision.side(side))
    laid = profiles(reports, series)
    drawn = sorted({(min(pair), max(pair)) for pair in suggested.drawn} - suggested.same_incident.keys())
    parts = [_drawn(suggested, drawn), _pairs(suggested, drawn, outcomes), _memberships(suggested)]
    frame = pd.concat(parts, ignore_index=True)
    frame = pd.concat([frame, _decided(frame, outcomes)], ignore_index=True)
    left, right = _rows(laid, frame["left"]), _rows(laid, frame["right"])
    known = (left >= 0) & (right >= 0)
    frame, left, right = frame[known].reset_index(drop=True), left[known], right[known]
    belief = frame["probability"].where(frame["kind"] != "same_incident", frame["same_incident"]).fillna(0.0)
    frame["risk"] = risk_points(laid, left, right, belief.to_numpy(), today)
    frame["learn"] = _learn(laid, left, right, belief.to_numpy(), frame["kind"].to_numpy(), series)
    frame["newest"] = np.maximum(laid.received[left], laid.received[right])
    frame["state"], frame["first_by"] = _states(frame, outcomes)
    return Queue(frame, left, right, laid, today, dict(outcomes))


def with_outcomes(queue: Queue, outcomes: Mapping[tuple[str, ...], Outcome]) -> Queue | None:
    """The inbox with what was decided since it was built: other states, the same rows. None where the decisions
    change its rows, so that it has to be built anew: they ask what no row asks, or are about incidents."""

    def incidents(found: Mapping[tuple[str, ...], Outcome]) -> dict[tuple[str, ...], str]:
        """What was judged of each pair that was asked about as one incident."""
        return {one: outcome.judgement for one, outcome in found.items() if one[0] == "same_incident"}

    if incidents(outcomes) != incidents(queue.outcomes):
        return None
    asked = set(zip(queue.frame["kind"], queue.frame["left"], queue.frame["right"], strict=True))
    if not outcomes.keys() <= asked:
        return None
    state, first_by = _states(queue.frame, outcomes)
    return replace(queue, frame=queue.frame.assign(state=state, first_by=first_by), outcomes=dict(outcomes))


def _rows(laid: Profiles, names: pd.Series[Any]) -> NDArray[np.int64]:
    """Row of each thing in the profiles, -1 where it is not known."""
    return pd.Index(laid.index).get_indexer(pd.Index(names)).astype(np.int64)


def _members(series: pd.DataFrame) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, report in zip(series["series_id"], series["report_id"], strict=True):
        found.setdefault(str(name), []).append(str(report))
    return found


def _frame(kind: str, columns: Mapping[str, pd.Series[Any]], stream: str = "queue") -> pd.DataFrame:
    """Rows of one kind; what is not given is not known."""
    frame = pd.DataFrame({name: columns.get(name) for name in _PAIR}, index=columns["left"].index)
    frame["lane"] = frame["lane"].fillna("main").astype(object)
    for name in ("probability", "weight", "distance_km", "days", "same_incident"):
        frame[name] = frame[name].astype(float)
    return frame.assign(kind=kind, stream=stream)[list(_ROWS)]


def _pairs(suggested: Suggested, drawn: Sequence[Pair], outcomes: Mapping[tuple[str, ...], Outcome]) -> pd.DataFrame:
    """Pairs of reports; those that may be one incident ask that first."""
    pairs = suggested.pairs
    pairs = pairs[pairs["probability"].to_numpy() >= settings().least_probability]
    first = {
        pair: chance
        for pair, chance in suggested.same_incident.items()
        if (done := outcomes.get(question("same_incident", *pair))) is None or done.judgement != "not_linked"
    }
    person = _frame("pair", _named(_without(pairs, [*drawn, *first])))
    if not first:
        return person
    asked = pd.DataFrame(
        [(*pair, chance) for pair, chance in first.items()], columns=["report_a", "report_b", "same"]
    )
    asked = _looked_up(asked, suggested.pairs)
    incident = _frame("same_incident", {**_named(asked), "same_incident": asked["same"]})
    return pd.concat([person, incident], ignore_index=True)


def _without(pairs: pd.DataFrame, listed: Sequence[Pair]) -> pd.DataFrame:
    """The rows of other pairs than these; a few in many, so that only rows that name their reports are looked at."""
    near = np.flatnonzero(
        pairs["report_a"].isin({one for one, _ in listed}) & pairs["report_b"].isin({b for _, b in listed})
    )
    named, out = pairs.iloc[near], set(listed)
    gone = [pair in out for pair in zip(named["report_a"], named["report_b"], strict=True)]
    stays = np.ones(len(pairs), dtype=bool)
    stays[near[np.array(gone, dtype=bool)]] = False
    return pairs[stays]


def _named(pairs: pd.DataFrame) -> dict[str, pd.Series[Any]]:
    own = {"left": pairs["report_a"], "right": pairs["report_b"]}
    return own | {name: pairs[name] for name in ("probability", "weight", "lane", "distance_km", "days")}


def _memberships(suggested: Suggested) -> pd.DataFrame:
    """Reports and the series that they may belong to: members of three reports or more, and ambiguous ones."""
    series, other = suggested.series, suggested.ambiguous
    size = series.groupby("series_id")["report_id"].transform("size") if len(series) else series["report_id"]
    larger = series[size.to_numpy() > 2] if len(series) else series
    rows = pd.DataFrame(
        {
            "left": [*larger["report_id"], *other["report_id"]],
            "right": [*larger["series_id"], *other["other_series_id"]],
            "probability": [*larger["fit"], *other["other_fit"]],
        }
    ).drop_duplicates(["left", "right"], ignore_index=True)
    chance = rows["probability"].astype(float).clip(1e-9, 1 - 1e-9)
    strength = np.log10(chance / (1 - chance))
    columns: dict[str, pd.Series[Any]] = {name: rows[name] for name in ("left", "right")}
    columns |= {"probability": chance, "weight": pd.Series(strength)}
    return _frame("report_series", columns)


def _drawn(suggested: Suggested, pairs: Sequence[Pair]) -> pd.DataFrame:
    """Pairs that were drawn at random, with what the run says of them where it lists them."""
    rows = pd.DataFrame(list(pairs), columns=["report_a", "report_b"], dtype=object)
    return _frame("pair", _named(_looked_up(rows, suggested.pairs)), "random")


def _looked_up(rows: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Named pairs with what the run says of them."""
    near = pairs[pairs["report_a"].isin(rows["report_a"]) & pairs["report_b"].isin(rows["report_b"])]
    return rows.merge(near, how="left", on=["report_a", "report_b"])


def _decided(frame: pd.DataFrame, outcomes: Mapping[tuple[str, ...], Outcome]) -> pd.DataFrame:
    """Questions that were decided on and that no other row asks."""
    some = frame[frame["left"].isin({left for _, left, _ in outcomes})] if outcomes else frame.iloc[:0]
    asked = set(zip(some["kind"], some["left"], some["right"], strict=True))
    rest = [one for one in outcomes if one not in asked]
    columns = pd.DataFrame(rest, columns=["kind", "left", "right"], dtype=object)
    rows = _frame("pair", {"left": columns["left"], "right": columns["right"]})
    return rows.assign(kind=columns["kind"])


def _learn(
    laid: Profiles,
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    belief: NDArray[np.float64],
    kind: NDArray[Any],
    series: Mapping[str, Sequence[str]],
) -> NDArray[np.float64]:
    """Bits that an answer settles, times the doublings of reports that it moves: 0 where all is certain."""
    chance = np.clip(belief, 1e-9, 1 - 1e-9)
    bits = -(chance * np.log2(chance) + (1 - chance) * np.log2(1 - chance))
    size = laid.size.copy()
    for members in series.values():
        for one in members:
            if one in laid.index:
                size[laid.index[one]] = max(size[laid.index[one]], len(members))
    moved = np.where(kind == "same_incident", 2, size[left] + size[right])
    learned: NDArray[np.float64] = bits * np.log2(moved)
    return learned


def _states(
    frame: pd.DataFrame, outcomes: Mapping[tuple[str, ...], Outcome]
) -> tuple[NDArray[np.int8], NDArray[Any]]:
    """The state of each row by its place in State, and whose first decision waits for a second check."""
    places = {state: number for number, state in enumerate(State)}
    state = np.full(len(frame), places[State.TODO], dtype=np.int8)
    first_by = np.full(len(frame), None, dtype=object)
    decided = np.flatnonzero(frame["left"].isin({left for _, left, _ in outcomes}).to_numpy())
    some = frame.iloc[decided]
    for row, asked in zip(decided, zip(some["kind"], some["left"], some["right"], strict=True), strict=True):
        if (outcome := outcomes.get(asked)) is not None:
            state[row], first_by[row] = places[outcome.state], outcome.first_by
    return state, first_by
