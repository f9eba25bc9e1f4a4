"""The inbox: every suggestion of a run with what became of it, in the order that is asked for, a page at a time.

A suggestion is one question: are two reports of one person (`pair`), does a report belong to a series
(`report_series`), are two reports one incident (`same_incident`), and what else was decided on. All of them can be
reached. Building takes well under a second for twenty thousand reports: everything that orders them is an array, and
words are made for the rows that are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from linkage.review.blind import Blind, blind_for
from linkage.review.outcome import Outcome, State
from linkage.review.people import Actor
from linkage.review.risk import UNKNOWN_DAY, Profiles, risk_reasons, seriousness_word, tables
from linkage.review.settings import settings
from linkage.review.wellbeing import care

_STATES = tuple(State)

ORDERS = ("risk", "strength", "learn", "newest")
"""Risk first, strongest first, most to learn first, newest first."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One question of the inbox. `key` names it in addresses and stays the same from run to run.

    `probability` is the run's belief and `weight` the log10 likelihood ratio, both None where the run does not list
    it; `same_incident` the probability that it is one incident, None where nothing proposes that. `risk` are points
    (see risk.toml) with `risk_reasons` in words, `learn` bits, `newest` the day when the newest report came in.
    `blind` asks to hide all scores until it is decided. `second_of` is the decision that waits for a second check,
    made by `first_by`.
    """

    key: str
    kind: str
    left: str
    right: str
    probability: float | None
    weight: float | None
    lane: str
    distance_km: float | None
    days: int | None
    same_incident: float | None
    risk: float
    risk_reasons: tuple[str, ...]
    seriousness: str
    learn: float
    newest: date | None
    state: State
    judgement: str | None
    decided_by: str | None
    decided_at: str | None
    decisions: tuple[int, ...]
    reopened: tuple[str, ...]
    second_of: int | None
    first_by: str | None
    blind: bool
    stream: str


@dataclass(frozen=True, slots=True)
class Filters:
    """Which suggestions are shown; None asks for all. `area` is a police force or region of any of the reports,
    `since` and `until` the day of any incident, `consent` (alert, police, scas) what all reports allow, `seriousness`
    the least (a word of risk.toml), `kind` as in Suggestion, `lane` main or far (see Linker.score)."""

    area: str | None = None
    since: date | None = None
    until: date | None = None
    consent: str | None = None
    seriousness: str | None = None
    kind: str | None = None
    lane: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the suggestions in order; `number` counts pages from 1 and `total` suggestions on all of them."""

    suggestions: list[Suggestion]
    number: int
    pages: int
    total: int


@dataclass(frozen=True)
class Queue:
    """All suggestions. `frame` has a row for each (see build_queue), `left` and `right` their rows in `profiles`."""

    frame: pd.DataFrame
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    profiles: Profiles
    today: date
    outcomes: Mapping[tuple[str, ...], Outcome] = field(default_factory=dict)

    def counts(self, filters: Filters | None = None, analyst: str | None = None) -> dict[State, int]:
        """How many suggestions each tab has; of second checks those that `analyst` may make."""
        shown = self._passing(filters or Filters())
        return {state: int((shown & self._of(state, analyst)).sum()) for state in State}

    def order(
        self, state: State, by: str = "risk", filters: Filters | None = None, analyst: str | None = None
    ) -> NDArray[np.int64]:
        """Rows of a tab in order (`by` is one of ORDERS), with the random draws spread evenly among the rest."""
        if by not in ORDERS:
            raise ValueError(f"order {by!r} is not one of {', '.join(ORDERS)}")
        rows = np.flatnonzero(self._passing(filters or Filters()) & self._of(state, analyst))
        keys = [rows, -self.frame["weight"].fillna(-np.inf).to_numpy()[rows]]
        if by == "strength":
            keys.append(-self.frame["probability"].fillna(-1.0).to_numpy()[rows])
        else:
            keys.append(-self.frame[by].to_numpy()[rows].astype(np.float64))
        rows = rows[np.lexsort(keys)]
        drawn = (self.frame["stream"].to_numpy()[rows] == "random") & (state == State.TODO)
        return _spread(rows[~drawn], np.sort(rows[drawn]))

    def severe(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of these rows tell of something severe (see wellbeing.toml)."""
        grave = self.profiles.seriousness >= tables()["words"][care().severe]
        found: NDArray[np.bool_] = grave[self.left[rows]] | grave[self.right[rows]]
        return found

    def drawn(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of these rows were drawn at random."""
        found: NDArray[np.bool_] = self.frame["stream"].to_numpy()[rows] == "random"
        return found

    def page(
        self,
        state: State,
        by: str = "risk",
        number: int = 1,
        size: int | None = None,
        filters: Filters | None = None,
        analyst: str | None = None,
    ) -> Page:
        """One page of a tab; a number beyond the last gives the last."""
        size = size or settings().page
        rows = self.order(state, by, filters, analyst)
        pages = max(1, -(-len(rows) // size))
        number = min(max(1, number), pages)
        return Page(
            [self.at(int(row)) for row in rows[(number - 1) * size : number * size]], number, pages, len(rows)
        )

    def find(self, key: str) -> Suggestion | None:
        """The suggestion of a key, None where there is none."""
        kind, *words = key.split(":")
        lefts, rights = self.frame["left"].to_numpy(), self.frame["right"].to_numpy()
        for at in range(1, len(words)):  # an id may hold a colon itself
            named = (lefts == ":".join(words[:at])) & (rights == ":".join(words[at:]))
            for row in np.flatnonzero(named).tolist():
                if self.frame["kind"].iat[row] == kind:
                    return self.at(row)
        return None

    def together(self) -> list[list[Suggestion]]:
        """Same-incident questions to do, those that share reports gathered: each group is reviewed in one go."""
        kinds = self.frame["kind"].to_numpy()
        rows = np.flatnonzero((kinds == "same_incident") & self._of(State.TODO, None))
        if not len(rows):
            return []
        many = len(self.profiles.size)
        ends = (self.left[rows], self.right[rows])
        label = connected_components(coo_array((np.ones(len(rows)), ends), shape=(many, many)), directed=False)[1]
        found: dict[int, list[Suggestion]] = {}
        for row in rows[np.argsort(-self.frame["risk"].to_numpy()[rows], kind="stable")].tolist():
            found.setdefault(int(label[self.left[row]]), []).append(self.at(row))
        return list(found.values())

    def at(self, row: int) -> Suggestion:
        """The suggestion in one row."""
        values = self.frame.iloc[row]
        kind, left, right = values["kind"], values["left"], values["right"]
        outcome = self.outcomes.get(question(kind, left, right))
        newest, state = int(values["newest"]), _STATES[int(values["state"])]
        probability, weight = _known(values["probability"]), _known(values["weight"])
        days = _known(values["days"])
        return Suggestion(
            key=f"{kind}:{left}:{right}",
            kind=kind,
            left=left,
            right=right,
            probability=probability,
            weight=weight,
            lane=values["lane"],
            distance_km=_known(values["distance_km"]),
            days=None if days is None else round(days),
            same_incident=_known(values["same_incident"]),
            risk=float(values["risk"]),
            risk_reasons=risk_reasons(self.profiles, (int(self.left[row]), int(self.right[row])), self.today),
            seriousness=seriousness_word(float(self._worst(row))),
            learn=float(values["learn"]),
            newest=None if newest == UNKNOWN_DAY else date.fromordinal(newest),
            state=state,
            judgement=outcome.judgement if outcome else None,
            decided_by=outcome.by if outcome else None,
            decided_at=outcome.at if outcome else None,
            decisions=outcome.decisions if outcome else (),
            reopened=outcome.reopened if outcome else (),
            second_of=outcome.second_of if outcome else None,
            first_by=outcome.first_by if outcome else None,
            blind=values["stream"] == "random" or state == State.SECOND,
            stream=values["stream"],
        )

    def blind(self, actor: Actor) -> Blind:
        """What somebody has still to decide with all scores hidden."""
        rows = self.frame[self.frame["stream"] == "random"]
        return blind_for(actor, zip(rows["left"], rows["right"], strict=True), self.outcomes)

    def _worst(self, row: int) -> float:
        return float(max(self.profiles.seriousness[self.left[row]], self.profiles.seriousness[self.right[row]]))

    def _of(self, state: State, analyst: str | None) -> NDArray[np.bool_]:
        rows: NDArray[np.bool_] = self.frame["state"].to_numpy() == _STATES.index(state)
        if state == State.SECOND and analyst is not None:
            rows &= self.frame["first_by"].to_numpy() != analyst
        return rows

    def _passing(self, filters: Filters) -> NDArray[np.bool_]:
        """Rows that every filter lets through."""
        one, passing = self.profiles, np.ones(len(self.frame), dtype=bool)
        if filters.kind:
            passing &= self.frame["kind"].to_numpy() == filters.kind
        if filters.lane:
            passing &= self.frame["lane"].isin([filters.lane, "both"]).to_numpy()
        if filters.area:
            inside = one.forces.get(filters.area, np.zeros(1, bool)) | one.regions.get(
                filters.area, np.zeros(1, bool)
            )
            inside = np.broadcast_to(inside, len(one.size))
            passing &= inside[self.left] | inside[self.right]
        if filters.consent:
            allowed = one.consent[filters.consent]
            passing &= allowed[self.left] & allowed[self.right]
        if filters.seriousness:
            grave = one.seriousness >= tables()["words"][filters.seriousness]
            passing &= grave[self.left] | grave[self.right]
        if filters.since or filters.until:
            first = filters.since.toordinal() if filters.since else UNKNOWN_DAY + 1
            last = filters.until.toordinal() if filters.until else np.iinfo(np.int64).max
            inside = (one.day >= first) & (one.first_day <= last) & (one.day != UNKNOWN_DAY)
            passing &= inside[self.left] | inside[self.right]
        return passing


def question(kind: str, left: str, right: str) -> tuple[str, ...]:
    """The question that a suggestion asks, as decisions on it name it (see Decision.question)."""
    ordered = (left, right) if kind in ("report_series", "split") else sorted((left, right))
    return (kind, *ordered)


def _spread(rows: NDArray[np.int64], drawn: NDArray[np.int64]) -> NDArray[np.int64]:
    """Random draws set among the others, at the share of the settings; what is left of them follows."""
    every = max(1, round(1 / settings().random_share) - 1)
    places = np.minimum(np.arange(1, len(drawn) + 1) * every, len(rows))
    spread: NDArray[np.int64] = np.insert(rows, places, drawn)
    return spread


def _known(value: float) -> float | None:
    return None if pd.isna(value) else float(value)
