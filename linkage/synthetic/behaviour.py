"""What an offender does, over and over or once: beta-binomial behaviours with situational themes and escalation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linkage.synthetic.parameters import Parameters, stream

_CHUNK = 20_000
_EDGE = 1e-6
_RHO_LIMITS = (0.01, 0.9)  # [D] outside, a beta's parameters are too large or too small to draw from


@dataclass(frozen=True)
class Cast:
    """Who did what where, as columns over incidents."""

    offender: NDArray[np.int64]
    """Each incident's offender, from 0."""
    number: NDArray[np.int64]
    """Its place in his series, from 0."""
    sector: NDArray[np.int64]
    """Its sector, an index into `sector_names`."""
    main_sector: NDArray[np.int64]
    """Each offender's own sector."""


@dataclass(frozen=True)
class Habits:
    """How often and how consistently behaviours happen in one world."""

    base: NDArray[np.float64]
    """Sectors x behaviours: log odds."""
    rho: NDArray[np.float64]
    """Intra-offender correlation of each behaviour."""
    loading: NDArray[np.float64]
    """What one SD of its theme adds to the log odds of each behaviour."""
    theme: NDArray[np.int64]
    """The theme that each behaviour belongs to."""

    def propensity(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Sectors x behaviours: both parameters of the beta distribution of propensities in that sector."""
        p, strength = _expit(self.base), (1 - self.rho) / self.rho
        return p * strength, (1 - p) * strength


def source(seed: int) -> np.random.Generator:
    """Where the behaviours of the world of `seed` are drawn from, from its beginning."""
    return np.random.default_rng(stream(seed, "behaviour").getrandbits(64))


def habits(params: Parameters, rng: np.random.Generator) -> Habits:
    """The first thing that is drawn of a world's behaviours."""
    base = _logits(params, rng)
    rho = _consistency(params, rng)
    return Habits(base, rho, *_themes(params, rng))


def draw_behaviours(params: Parameters, rng: np.random.Generator, cast: Cast) -> NDArray[np.bool_]:
    """Incidents x behaviours: what happened, columns in the order of `params["behaviours"]`.

    An offender's propensity for an item is Beta(p(1-rho)/rho, (1-p)(1-rho)/rho), whose intra-class correlation is rho
    (Skellam 1948); themes, escalation, a change of sector and a random walk over his career shift its log odds.
    """
    settings = params["behaviour"]
    law = habits(params, rng)
    base, items = law.base, len(law.rho)
    violent = np.array([item["domain"] == "violence" for item in params["behaviours"].values()])
    likely, unlikely = law.propensity()
    propensity = rng.beta(likely[cast.main_sector], unlikely[cast.main_sector])
    happened = np.empty((len(cast.offender), items), dtype=np.bool_)
    for rows in _chunks(cast.number):
        who = cast.offender[rows]
        logit = _logit(propensity[who]) + base[cast.sector[rows]] - base[cast.main_sector[who]]
        theme = rng.standard_normal((len(who), settings["themes"]))
        logit += theme[:, law.theme] * law.loading
        logit += settings["escalation"] * cast.number[rows, None] * violent
        logit += _drift(rng, cast.number[rows], items) * settings["drift"]
        happened[rows] = rng.random(logit.shape) < _expit(logit)
    return happened


def sector_names(params: Parameters) -> list[str]:
    """Sectors in file order; their index is what `Cast` holds."""
    return [name for name, table in params["sector"].items() if isinstance(table, dict)]


def _consistency(params: Parameters, rng: np.random.Generator) -> NDArray[np.float64]:
    """Each item's intra-offender correlation: its domain's, spread from item to item."""
    settings = params["behaviour"]
    domain = np.array([settings["rho"][item["domain"]] for item in params["behaviours"].values()])
    spread = np.exp(rng.standard_normal(len(domain)) * settings["rho_spread"])
    rho: NDArray[np.float64] = np.clip(domain * settings["rho_scale"] * spread, *_RHO_LIMITS)
    return rho


def _chunks(number: NDArray[np.int64]) -> Iterator[slice]:
    """Slices of about `_CHUNK` incidents that hold whole series."""
    starts = np.flatnonzero(number == 0)
    cuts = np.searchsorted(starts, np.arange(0, len(number), _CHUNK))
    edges = [*dict.fromkeys(starts[cuts[cuts < len(starts)]].tolist()), len(number)]
    yield from (slice(a, b) for a, b in pairwise(edges))


def _drift(rng: np.random.Generator, number: NDArray[np.int64], items: int) -> NDArray[np.float64]:
    """Incidents x items: how far a random walk with steps of SD 1 has led from the series' first incident."""
    later = number > 0
    steps = np.zeros((len(number), items))
    steps[later] = rng.standard_normal((int(later.sum()), items))
    walked = np.cumsum(steps, axis=0)
    began = np.maximum.accumulate(np.where(later, 0, np.arange(len(number))))
    return walked - walked[began]


def _logits(params: Parameters, rng: np.random.Generator) -> NDArray[np.float64]:
    """Sectors x behaviours: log odds, shifted by each sector's odds and by this world's own spread."""
    items: dict[str, Any] = params["behaviours"]
    base = _logit(np.array([item["p"] for item in items.values()]))
    base = base + rng.standard_normal(len(items)) * params["behaviour"]["prevalence_spread"]
    odds = [[params["sector"][name]["odds"].get(key, 1.0) for key in items] for name in sector_names(params)]
    shifted: NDArray[np.float64] = base + np.log(np.maximum(odds, _EDGE))
    return shifted


def _themes(params: Parameters, rng: np.random.Generator) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Each item belongs to one theme, which pushes it up or down."""
    count = len(params["behaviours"])
    settings = params["behaviour"]
    sign = np.where(rng.random(count) < settings["theme_positive"], 1.0, -1.0)
    return sign * settings["theme_loading"], rng.integers(settings["themes"], size=count)


def _logit(p: NDArray[np.float64]) -> NDArray[np.float64]:
    p = np.clip(p, _EDGE, 1 - _EDGE)
    odds: NDArray[np.float64] = np.log(p / (1 - p))
    return odds


def _expit(logit: NDArray[np.float64]) -> NDArray[np.float64]:
    p: NDArray[np.float64] = 1 / (1 + np.exp(-logit))
    return p
