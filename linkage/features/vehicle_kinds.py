"""Kinds of vehicle there may be, and how likely witnesses name a make, model and body where it is one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linkage.features.parameters import Parameters
from linkage.vocabulary import load

Kind = tuple[str | None, str | None, str | None]
"""Make, model and body as reported; None where not said."""

CAR_BODIES = frozenset({"car", "hatchback", "saloon", "estate", "coupe", "convertible"})
"""Bodies that witnesses call simply a car; a taxi or a people carrier is told apart."""

MOST_WORDS = 4096
"""Reported makes, models and bodies of which it is remembered which kinds of vehicle they may mean."""


@dataclass(frozen=True, slots=True)
class KindState:
    """One kind of vehicle there may be: a model of the vocabulary, or "some other" of a body."""

    make: str | None
    model: str | None
    body: str
    sisters: frozenset[str]
    share: float


@cache
def default_shares() -> NDArray[np.float64]:
    """Shares of the kinds of vehicle before any is reported, shape (states,)."""
    shares = np.array([state.share for state in vehicle_states()])
    default: NDArray[np.float64] = shares / shares.sum()
    default.flags.writeable = False
    return default


def kind_likelihood(kinds: Sequence[Kind], parameters: Parameters, name: str) -> NDArray[np.float64]:
    """p(reported make, model, body | true kind), shape (kinds, states); a part not said has factor 1.

    A wrong make, model or body is drawn by its share of vehicles, taken to be .001 at least (a model
    .0001), so that no mistake is impossible; a sister model counts half as exact [G].
    """
    share = default_shares()
    exact = {part: parameters.get(name, f"{part}_exact") for part in ("make", "model", "body")}

    @cache
    def likely(part: str, word: str, make: str | None = None) -> NDArray[np.float64]:
        """p(reported part | true kind), shape (states,), of a model with the `make` that is told with it."""
        same, least = _meant(part, word), 1e-3
        likeness: NDArray[Any] = same
        if part == "model":
            same, least = same & (_meant("make", make) if make else True), 1e-4
            likeness = np.where(same, 1.0, np.where(_meant("sister", word), 0.5, 0.0))
        found: NDArray[np.float64] = exact[part] * likeness + (1 - exact[part]) * max(float(share[same].sum()), least)
        return found

    rows = np.ones((len(kinds), len(share)))
    for at, (make, model, body) in enumerate(kinds):
        if make is not None:
            rows[at] *= likely("make", make)
        if model is not None:
            rows[at] *= likely("model", model, make)
        if body is not None:
            rows[at] *= likely("body", body)
    return rows


@lru_cache(maxsize=MOST_WORDS)
def _meant(part: str, word: str) -> NDArray[np.bool_]:
    """Which kinds of vehicle have this make, model or sister model, or may be called by this body."""
    has: dict[str, Callable[[KindState], bool]] = {
        "make": lambda state: (state.make or "") == word,
        "model": lambda state: (state.model or "") == word,
        "sister": lambda state: word in state.sisters,
        "body": lambda state: _bodies_agree(word, state.body),
    }
    return np.array([has[part](state) for state in vehicle_states()])


@cache
def vehicle_states() -> tuple[KindState, ...]:
    """The models of the vocabulary with their share, and "some other" of each make and of each body.

    A fifth of all vehicles is taken to be of a model that is not listed, and one in two hundred, for each body, to
    be of no listed make [G].
    """
    models = load("models").entries.values()
    states = [
        KindState(
            entry.data["make"],
            entry.label,
            entry.data["body"],
            frozenset(entry.data.get("sisters", ())),
            float(entry.data["share"]),
        )
        for entry in models
    ]
    listed = sum(state.share for state in states)
    makes = load("makes").entries.values()
    all_makes = sum(float(entry.data["share"]) for entry in makes)
    states += [
        KindState(entry.label, None, "car", frozenset(), 0.2 * listed * float(entry.data["share"]) / all_makes)
        for entry in makes
    ]
    return (*states, *(KindState(None, None, key, frozenset(), 0.005 * listed) for key in load("bodies").entries))


def _bodies_agree(reported: str, true: str) -> bool:
    return reported == true or (reported in CAR_BODIES and true in CAR_BODIES and "car" in (reported, true))
