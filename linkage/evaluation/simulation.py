"""Reports drawn from a model that is known to the last number, to see whether learning finds it again.

Each person has two reports; what one says is independent of what it says of other things, given the person. That is
the model that the engine's evidence assumes, no more and no less: what is not recovered here cannot be trusted on
reports that are less orderly. How well the model fits real reports is another question (`synthetic/`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from linkage.features.behaviour import consistency, prevalence
from linkage.features.category import base_rates, confusions, witness_kernel
from linkage.features.items import RHO_LIMITS
from linkage.features.measures import REACHES
from linkage.features.parameters import elicited
from linkage.features.place import shares_of
from linkage.geography import EARTH_RADIUS_KM
from linkage.models.consistency import SHIFT_DEVIATION, SPREADS
from linkage.models.learning import POSITIVE, PRIOR_DEVIATION
from linkage.models.reaches import STRENGTH
from linkage.report import Behaviours, Hair, Occurred, Person, Place, Report
from linkage.vocabulary import load

Floats = NDArray[np.float64]

DOMAINS = ("control", "violence", "sexual", "theft_payment")
ITEMS_A_DOMAIN = 6
"""Behaviour variables that are simulated, the first of each domain by name [G]."""

CATEGORIES = ("build", "eyes", "hair_colour")
"""Descriptors that are simulated: one that witnesses err on much, one that few tell, one that changes [G]."""

CENTRE = (52.5, -1.5)
"""Middle of the simulated country, degrees: somewhere in England [G]."""

FIRST_DAY = date(2015, 1, 1)


@dataclass(frozen=True)
class Item:
    """A behaviour variable with its true prevalence and intra-person correlation."""

    key: str
    domain: str
    prevalence: float
    rho: float


@dataclass(frozen=True)
class Category:
    """A descriptor with true base rates `prior` over `states`, the witness's `kernel` p(told | true), shape (states,
    states), and `lasting`, the chance that both of two reports show the person's lasting value."""

    name: str
    states: list[str]
    prior: Floats
    kernel: Floats
    lasting: float

    def ratios(self) -> Floats:
        """True likelihood ratio of each two told values, shape (states, states)."""
        ratio = self.kernel / (self.kernel @ self.prior)[:, None]
        return 1 - self.lasting + self.lasting * (ratio * self.prior) @ ratio.T


@dataclass(frozen=True)
class Known:
    """The true model. Shares of values that are told: `shown` of behaviours that happened, `denied` of those that did
    not, `told` of descriptors [G]. `place_shares` are those of each reach and, last, of going elsewhere. The country
    is a square; distances are in km, gaps and the period in days."""

    items: list[Item]
    categories: list[Category]
    place_shares: Floats
    gap_median: float
    gap_sigma: float
    gap_elsewhere: float
    shown: float = 0.75
    denied: float = 0.4
    told: float = 0.7
    country_km: float = 300.0
    period: int = 2500


@dataclass(frozen=True)
class Simulated:
    """Reports of a known model: `left` and `right` are rows of the links, `known` is the model."""

    reports: list[Report]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    known: Known
    xy: Floats = field(repr=False)
    days: NDArray[np.int64] = field(repr=False)


def moved_by(name: str, value: float, by: float) -> float:
    """A parameter moved on the scale that learning moves it on: log where it is positive, else logit."""
    return float(value * np.exp(by)) if name in POSITIVE else float(expit(logit(value) + by))


def known_model(seed: int = 0, **changes: Any) -> Known:
    """A model drawn from what the engine believes before it sees labels; `changes` replace fields of Known.

    Truth drawn from the prior is what intervals are held against: 90 % of the 90 % intervals hold it, whatever the
    labels (simulation-based calibration; Cook, Gelman and Rubin 2006 [M]). Parameters move from their elicited values
    by PRIOR_DEVIATION on their scale, consistencies of behaviour by domain and then by item (SHIFT_DEVIATION, the
    middle of SPREADS), base rates as far as their `strength` in reports allows.
    """
    rng = np.random.default_rng(seed)
    believed = elicited()

    def moved(evidence: str, name: str) -> float:
        """One parameter, moved from its believed value by a normal draw of PRIOR_DEVIATION."""
        return moved_by(name, believed.get(evidence, name), float(rng.normal(0, PRIOR_DEVIATION)))

    items = [item for domain in DOMAINS for item in _items(domain, rng)]
    categories = []
    for name in CATEGORIES:
        shares = base_rates(name)
        states = sorted(shares)
        default = np.array([shares[state] for state in states]) / sum(shares.values())
        prior = rng.dirichlet(believed.get(name, "strength") * default)
        kernel = witness_kernel(states, prior, confusions(name), believed.get(name, "exact"))
        categories.append(Category(name, states, prior, kernel, moved(name, "consistency")))
    drawn: dict[str, Any] = {
        "place_shares": rng.dirichlet(STRENGTH * np.append(*shares_of(believed))),
        "gap_median": moved("gap", "median"),
        "gap_sigma": moved("gap", "sigma"),
        "gap_elsewhere": believed.get("gap", "elsewhere"),
    }
    return Known(items, categories, **(drawn | changes))


def _items(domain: str, rng: np.random.Generator) -> list[Item]:
    """The first items of a domain, each with a prevalence and a consistency of its own."""
    strength = elicited().get(f"behaviour_{domain}", "strength")
    entries = {key: entry for key, entry in load("behaviours").entries.items() if entry.data["domain"] == domain}
    shift = rng.normal(0, SHIFT_DEVIATION)
    items = []
    for key in sorted(entries)[:ITEMS_A_DOMAIN]:
        default, spread = prevalence(entries[key]), float(np.median(SPREADS))
        p = float(np.clip(rng.beta(strength * default, strength * (1 - default)), 0.02, 0.9))
        rho = consistency(entries[key]) * float(np.exp(shift + rng.normal(0, spread)))
        items.append(Item(key, domain, p, float(np.clip(rho, *RHO_LIMITS))))
    return items


def simulate(known: Known, series: int, one_offs: int, seed: int) -> Simulated:
    """`series` persons with two reports each, labelled, and `one_offs` with one."""
    rng = np.random.default_rng(seed)
    people = series + one_offs
    owner = np.concatenate([np.repeat(np.arange(series), 2), np.arange(series, people)])
    second = np.concatenate([np.tile([False, True], series), np.zeros(one_offs, dtype=bool)])
    states = {item.key: _item_states(item, owner, people, known, rng) for item in known.items}
    words = {category.name: _words(category, owner, people, known, rng) for category in known.categories}
    xy = _places(known, second, rng)
    days = _days(known, second, rng)
    lat = CENTRE[0] + np.degrees(xy[:, 1] / EARTH_RADIUS_KM)
    lon = CENTRE[1] + np.degrees(xy[:, 0] / EARTH_RADIUS_KM / np.cos(np.radians(lat)))
    reports = [
        Report(
            report_id=f"SIM-{row:05}",
            series=f"S{owner[row]:05}" if owner[row] < series else None,
            behaviours=Behaviours(
                present=[key for key, state in states.items() if state[row] == 1],
                absent=[key for key, state in states.items() if state[row] == 0],
            ),
            suspects=[_person({name: told[row] for name, told in words.items()})],
            place=Place(lat=float(lat[row]), lon=float(lon[row])),
            occurred=Occurred(**{"from": (FIRST_DAY + timedelta(days=int(days[row]))).isoformat()}),
        )
        for row in range(len(owner))
    ]
    left = np.arange(series, dtype=np.int64) * 2
    return Simulated(reports, left, left + 1, known, xy, days)


def _item_states(
    item: Item, owner: NDArray[np.int64], people: int, known: Known, rng: np.random.Generator
) -> NDArray[np.int8]:
    """1 told as present, 0 told as absent, -1 not told; beta-binomial over a person's reports."""
    spread = (1 - item.rho) / item.rho
    propensity = rng.beta(item.prevalence * spread, (1 - item.prevalence) * spread, people)
    happened = rng.random(len(owner)) < propensity[owner]
    recorded = rng.random(len(owner)) < np.where(happened, known.shown, known.denied)
    return np.where(recorded, happened, -1).astype(np.int8)


def _words(
    category: Category, owner: NDArray[np.int64], people: int, known: Known, rng: np.random.Generator
) -> list[str | None]:
    """The told value of each report; None where none is told."""
    lasting = rng.choice(len(category.states), people, p=category.prior)[owner]
    passing = rng.choice(len(category.states), len(owner), p=category.prior)
    true = np.where(rng.random(len(owner)) < category.lasting**0.5, lasting, passing)
    steps = category.kernel.cumsum(axis=0)
    value = (rng.random(len(owner)) > steps[:, true]).sum(axis=0).clip(max=len(category.states) - 1)
    told = rng.random(len(owner)) < known.told
    return [category.states[v] if said else None for v, said in zip(value, told, strict=True)]


def _places(known: Known, second: NDArray[np.bool_], rng: np.random.Generator) -> Floats:
    """Points in km, even over a square; a second report lies at one of the reaches from the first, or elsewhere.

    The distance of the two-dimensional Cauchy is the reach times sqrt(u^-2 - 1), u uniform. Displacements that leave
    the square are drawn anew.
    """
    half = known.country_km / 2
    xy = rng.uniform(-half, half, (len(second), 2))
    for row in np.flatnonzero(second):
        kind = rng.choice(len(known.place_shares), p=known.place_shares)
        if kind == len(REACHES):
            continue
        while True:
            away, angle = REACHES[kind] * np.sqrt(rng.random() ** -2 - 1), rng.uniform(0, 2 * np.pi)
            point = xy[row - 1] + away * np.array([np.cos(angle), np.sin(angle)])
            if np.abs(point).max() <= half:
                xy[row] = point
                break
    return xy


def _days(known: Known, second: NDArray[np.bool_], rng: np.random.Generator) -> NDArray[np.int64]:
    """Days, even over the period; the gap to a second report is log-normal, seen only inside the period."""
    days = rng.integers(0, known.period, len(second))
    gaps = np.arange(known.period)
    chance = linked_gaps(known)
    for row in np.flatnonzero(second):
        if rng.random() < known.gap_elsewhere:
            continue
        gap = int(rng.choice(gaps, p=chance))
        first = int(rng.integers(0, known.period - gap))
        turned = rng.random() < 0.5
        days[row - 1], days[row] = (first + gap, first) if turned else (first, first + gap)
    return days


def linked_gaps(known: Known) -> Floats:
    """Chance of each gap of 0.. days between two reports of one person whose gap follows the habit."""
    gaps = np.arange(known.period, dtype=float)
    away = (np.log(gaps + 1) - np.log(known.gap_median + 1)) / known.gap_sigma
    density = np.exp(-(away**2) / 2) / (gaps + 1) * (known.period - gaps)
    shares: Floats = density / density.sum()
    return shares


def unrelated_gaps(known: Known) -> Floats:
    """Chance of each gap of 0.. days between two reports of different people."""
    density = np.where(np.arange(known.period) == 0, 1.0, 2.0) * (known.period - np.arange(known.period))
    shares: Floats = density / density.sum()
    return shares


def _person(told: dict[str, str | None]) -> Person:
    colour, build = told["hair_colour"], told["build"]
    return Person(
        build=[build] if build else [],
        eyes=told["eyes"],
        hair=Hair(colour=[colour]) if colour else None,
    )
