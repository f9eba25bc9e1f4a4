"""Latent evidence whose true value is one of a short list of categories."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from linkage.features.latent import LatentEvidence
from linkage.features.parameters import Parameters
from linkage.features.values import Single, Values
from linkage.report import Report
from linkage.vocabulary import load
from linkage.vocabulary.tables import parsed

CONFUSED = 5.0
"""How much likelier a value confused with the true one is to be named by mistake than its base rate says [G]. Were
mistakes spread without regard to base rates, a rare value beside a common one would mostly be a mistake, and sharing
it would weigh less than sharing a common one."""

Choices = tuple[str, ...]
"""One person's value: the alternatives the report leaves open, sorted; empty when not known."""


@cache
def base_rates(name: str) -> dict[str, float]:
    """Default shares of a category's values, `base_rates.toml`."""
    return dict(_tables()["shares"].get(name, {}))


@cache
def confusions(name: str) -> dict[str, tuple[str, ...]]:
    """True value -> the values witnesses take it for, `base_rates.toml`."""
    return {true: tuple(taken) for true, taken in _tables()["confusions"].get(name, {}).items()}


@cache
def _tables() -> dict[str, Any]:
    return parsed(files(__package__).joinpath("base_rates.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class CategoryEvidence(LatentEvidence):
    """A category that a witness names rightly with probability `exact`, else mistakes.

    Mistakes follow the base rates, values confused with the true one being `CONFUSED` times as likely. `broad` is a
    word that stands for all values of which its test is true. Parameters: consistency, exact, strength (reports'
    worth of default base rates).
    """

    learnable: ClassVar[tuple[str, ...]] = ("consistency", "exact")
    read_choices: Callable[[Report], Sequence[Sequence[str]]] = lambda _: ()
    vocabulary: str | None = None
    broad: tuple[str, Callable[[str], bool]] | None = None

    def read(self, report: Report) -> Values:
        """Alternatives for each reported person or vehicle."""
        return tuple(tuple(sorted(set(choices))) or None for choices in self.read_choices(report))

    def say(self, value: Single) -> str:
        """Alternatives joined by "or", as the vocabulary (where there is one) labels them."""
        entries = load(self.vocabulary).entries if self.vocabulary else {}
        return " or ".join(entries[key].label if key in entries else key for key in self._choices(value))

    def vague(self, value: Single) -> bool:
        """Is it the broad word?"""
        return self.broad is not None and value == (self.broad[0],)

    def _choices(self, value: Single) -> Choices:
        return value if isinstance(value, tuple) else (str(value),)

    def model(
        self, singles: list[Single], counts: NDArray[np.float64], parameters: Parameters
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Prior over categories and p(alternatives | category)."""
        chosen, states, prior, kernel = self._laid(singles, counts, parameters)
        place = {state: index for index, state in enumerate(states)}
        rows = [kernel[[place[value] for value in choices]].sum(axis=0) for choices in chosen]
        return prior, np.array(rows).reshape(len(singles), len(states))

    def any_ratio(
        self, singles: list[Single], counts: NDArray[np.float64], parameters: Parameters
    ) -> Callable[[Single], NDArray[np.float64]]:
        """Ratio of any alternatives over the categories."""
        _, states, prior, kernel = self._laid(singles, counts, parameters)
        place = {state: index for index, state in enumerate(states)}
        unseen = 1.0 / (float(counts.sum()) + parameters.get(self.name, "strength") + 1.0)
        exact = parameters.get(self.name, "exact")
        return lambda single: choices_ratio(
            self._open(self._choices(single), states), place, kernel, prior, (exact, unseen)
        )

    def _laid(
        self, singles: list[Single], counts: NDArray[np.float64], parameters: Parameters
    ) -> tuple[list[Choices], list[str], NDArray[np.float64], NDArray[np.float64]]:
        """Alternatives of each single value, the categories, their prior and what witnesses make of each."""
        chosen = [self._choices(single) for single in singles]
        defaults = base_rates(self.name)
        states = sorted(set(defaults) | {value for choices in chosen if not self.vague(choices) for value in choices})
        reported: dict[str, float] = {}
        for choices, count in zip(chosen, counts, strict=True):
            for value in choices:
                reported[value] = reported.get(value, 0.0) + count / len(choices)
        strength = parameters.get(self.name, "strength")
        prior = smoothed_prior(states, reported, defaults, strength)
        if self.broad and self.broad[0] in reported:
            meant = np.array([self.broad[1](state) for state in states]) * prior
            for state, share in zip(states, (meant / meant.sum()).tolist(), strict=True):
                reported[state] = reported.get(state, 0.0) + share * reported[self.broad[0]]
            prior = smoothed_prior(states, reported, defaults, strength)
        kernel = witness_kernel(states, prior, confusions(self.name), parameters.get(self.name, "exact"))
        return [self._open(choices, states) for choices in chosen], states, prior, kernel

    def _open(self, choices: Choices, states: Sequence[str]) -> Choices:
        """The states that alternatives leave open: the broad word leaves all it stands for."""
        return tuple(filter(self.broad[1], states)) if self.broad and self.vague(choices) else choices


def witness_kernel(
    states: Sequence[str], prior: NDArray[np.float64], confused: dict[str, tuple[str, ...]], exact: float
) -> NDArray[np.float64]:
    """p(reported value | true value), shape (reported, true), columns sum to 1."""
    place = {state: index for index, state in enumerate(states)}
    kernel = np.empty((len(states), len(states)))
    for true, column in place.items():
        mistaken = prior.copy()
        mistaken[[place[value] for value in confused.get(true, ()) if value in place]] *= CONFUSED
        kernel[:, column] = (1 - exact) * mistaken / mistaken.sum()
        kernel[column, column] += exact
    return kernel


def choices_ratio(
    choices: Choices,
    place: dict[str, int],
    kernel: NDArray[np.float64],
    prior: NDArray[np.float64],
    odd: tuple[float, float],
) -> NDArray[np.float64]:
    """Ratio of alternatives over the states; `odd` = (chance of a right report, base rate) of a value with no state.

    Two reports of which one names a value that nobody else names are of one category only by mistake: R = 1 - e^2,
    as it were with a state for it, spread over the states there are.
    """
    exact, unseen = odd
    seen = [place[value] for value in choices if value in place]
    strange = unseen * (len(choices) - len(seen))
    row = kernel[seen].sum(axis=0)
    ratio: NDArray[np.float64] = (row + strange * (1.0 - exact**2)) / max(float(row @ prior) + strange, 1e-300)
    return ratio


def smoothed_prior(
    states: Sequence[str], reported: dict[str, float], defaults: dict[str, float], strength: float
) -> NDArray[np.float64]:
    """Base rates: reported counts shrunk to default shares with the weight of `strength` reports; sums to 1.

    A state without a default gets a two-thousandth of an even share [G], so that nothing is impossible.
    """
    floor = 0.5 / max(1, len(states))
    default = np.array([defaults.get(state, 0.0) for state in states]) + 1e-3 * floor
    default /= default.sum()
    counts = np.array([reported.get(state, 0.0) for state in states])
    prior = counts + strength * default
    shares: NDArray[np.float64] = prior / prior.sum()
    return shares
