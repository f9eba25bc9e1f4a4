"""Whether learning finds known weights again: what was learned from simulated reports beside the truth.

For each weight and parameter: the true value, the learned one, its stated interval (90 %, where the model states
one), and the standard error that no unbiased estimate from these labels can beat (Cramer 1946, Rao 1945 [M]): the
inverse root of the Fisher information of the links, with the error of base rates beside it. An estimate many standard
errors off is biased, or shrunk to a default that is wrong.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from linkage.evaluation.simulation import Floats, Item, Simulated, linked_gaps, unrelated_gaps
from linkage.features.catalogue import CATALOGUE
from linkage.features.evidence import Column
from linkage.features.items import ItemColumn, rho_of
from linkage.features.latent import LatentColumn
from linkage.features.measures import REACHES
from linkage.features.parameters import Parameter, Parameters
from linkage.features.place import reach_of
from linkage.linker import Linker

LOG10 = math.log10(math.e)
"""Turns natural logarithms into log10 units."""

WEIGHT, PARAMETER = "weight", "parameter"
NAN = float("nan")


def learned_from(simulated: Simulated) -> tuple[Parameters, dict[str, float]]:
    """Parameters and tempers that `Linker.fit` learns from the labelled reports."""
    model = Linker().fit(simulated.reports).model_
    return model.parameters, dict(model.tempers)


def recovery_table(simulated: Simulated, parameters: Parameters) -> pd.DataFrame:
    """Truth and what was learned, for parameters that were learned from `simulated`.

    Columns: `family` (behaviour, descriptor, place, gap), `name`, `quantity`, `kind` (a "weight" in log10 units, or a
    "parameter"), `true`, `learned`, `low`, `high` (nan where no interval is stated; a weight's is that of rho or
    consistency alone), `standard_error` and `n`, the links that tell of it.
    """
    rows = [*_behaviours(simulated, parameters), *_descriptors(simulated, parameters)]
    return pd.DataFrame([*rows, *_place(simulated, parameters), *_gap(simulated, parameters)])


def summary(table: pd.DataFrame) -> pd.DataFrame:
    """For each family, kind and quantity: how many, mean error `bias`, root mean square error `rmse`, the same in
    standard errors (`z`), and how many of the stated 90 % intervals hold the truth (`held` of `stated`)."""
    rows: list[dict[str, Any]] = []
    for (family, kind, quantity), own in table.groupby(["family", "kind", "quantity"], sort=False):
        error = (own["learned"] - own["true"]).to_numpy()
        held = (own["low"] <= own["true"]) & (own["true"] <= own["high"])
        rows.append(
            {
                "family": family,
                "kind": kind,
                "quantity": quantity,
                "count": len(own),
                "bias": float(error.mean()),
                "rmse": float(np.sqrt((error**2).mean())),
                "z": float(np.sqrt(((error / own["standard_error"].to_numpy()) ** 2).mean())),
                "held": int(held.sum()),
                "stated": int(own["low"].notna().sum()),
            }
        )
    return pd.DataFrame(rows)


def item_weights(prevalence: float, rho: float) -> dict[str, float]:
    """Weights (log10 LR) of a pair of reports by what each says of an item (SCIENCE.md 0.5)."""
    p, q = prevalence, 1 - prevalence
    return {
        "both present": float(np.log10(1 + rho * q / p)),
        "both absent": float(np.log10(1 + rho * p / q)),
        "one of each": float(np.log10(1 - rho)),
    }


def rho_error(item: Item, shown: float, denied: float, links: int) -> float:
    """Standard error of rho from linked pairs whose reports tell a share of what happened and of what did not.

    The kinds of pair are multinomial: both told present, both absent, one of each, and the rest.
    """
    p, q, r = item.prevalence, 1 - item.prevalence, item.rho
    told = np.array([shown**2, denied**2, shown * denied])
    chance = np.array([p * p + r * p * q, q * q + r * p * q, 2 * p * q * (1 - r)]) * told
    slope = np.array([p * q, p * q, -2 * p * q]) * told
    chance, slope = np.append(chance, 1 - chance.sum()), np.append(slope, -slope.sum())
    return float(1 / np.sqrt(links * (slope**2 / np.maximum(chance, 1e-12)).sum()))


def place_ratios(simulated: Simulated, *shares: float) -> Floats:
    """Likelihood ratio of the places of each link by the shares of the reaches; what is left of 1 goes elsewhere."""
    ratios: Floats = _reach_ratios(simulated) @ np.append(shares, 1 - sum(shares))
    return ratios


def _reach_ratios(simulated: Simulated) -> Floats:
    """Likelihood ratio of the places of each link at every reach alone, and elsewhere, (links, reaches + 1)."""
    side = simulated.known.country_km
    left, right = simulated.xy[simulated.left], simulated.xy[simulated.right]
    squared = ((left - right) ** 2).sum(axis=1)
    ratios = np.ones((len(squared), len(REACHES) + 1))
    for k, reach in enumerate(REACHES):
        inside = np.sqrt(_inside(left, reach, side / 2) * _inside(right, reach, side / 2))
        ratios[:, k] = side**2 * (1 + squared / reach**2) ** -1.5 / (2 * np.pi * reach**2) / inside
    return ratios


def _inside(xy: Floats, reach: float, half: float) -> Floats:
    """Share of the kernel around each point that lies in the square, (n,): of a two-dimensional Cauchy the rectangle
    from its middle to (x, y) holds arctan(x y / (reach sqrt(reach^2 + x^2 + y^2))) / (2 pi) [D]."""
    total = np.zeros(len(xy))
    for x in (half - xy[:, 0], half + xy[:, 0]):
        for y in (half - xy[:, 1], half + xy[:, 1]):
            total += np.arctan(x * y / (reach * np.sqrt(reach**2 + x**2 + y**2)))
    return total / (2 * np.pi)


def gap_ratios(simulated: Simulated, median: float, sigma: float) -> Floats:
    """Likelihood ratio of the days between the reports of each link under the habit the simulation drew from."""
    known = replace(simulated.known, gap_median=median, gap_sigma=sigma)
    gaps = np.abs(simulated.days[simulated.left] - simulated.days[simulated.right])
    habit: Floats = (linked_gaps(known) / unrelated_gaps(known))[gaps]
    return known.gap_elsewhere + (1 - known.gap_elsewhere) * habit


def _row(
    family: str, name: str, quantity: str, kind: str, true: float, learned: float, **more: float
) -> dict[str, Any]:
    row = {"family": family, "name": name, "quantity": quantity, "kind": kind, "true": true, "learned": learned}
    return {**row, "low": NAN, "high": NAN, "standard_error": NAN, "n": 0, **more}


def _stated(parameter: Parameter | None) -> dict[str, float]:
    if parameter is None or parameter.low is None or parameter.high is None:
        return {"low": NAN, "high": NAN}
    return {"low": parameter.low, "high": parameter.high}


def _parameter(
    family: str, parameters: Parameters, name: str, quantity: str, true: float, error: float
) -> dict[str, Any]:
    learned = parameters.values[name][quantity]
    told = {**_stated(learned), "standard_error": error, "n": learned.n}
    return _row(family, name, quantity, PARAMETER, true, learned.value, **told)


def _behaviours(simulated: Simulated, parameters: Parameters) -> Iterator[dict[str, Any]]:
    for domain in dict.fromkeys(item.domain for item in simulated.known.items):
        name = f"behaviour_{domain}"
        column = _column(name, simulated, parameters)
        assert isinstance(column, ItemColumn)
        for item in simulated.known.items:
            if item.domain == domain:
                yield from _item(item, column, simulated, parameters.values[name].get(rho_of(item.key)))


def _item(item: Item, column: ItemColumn, simulated: Simulated, stated: Parameter | None) -> Iterator[dict[str, Any]]:
    known, at = simulated.known, column.items.index(item.key)
    p, rho = float(column.prevalence[at]), float(column.rho[at])
    told = column.recorded[:, at]
    n = int((told[simulated.left] & told[simulated.right]).sum())
    error_rho = rho_error(item, known.shown, known.denied, len(simulated.left))
    error_p = float(np.sqrt(item.prevalence * (1 - item.prevalence) / max(1, int(told.sum()))))
    ends = _stated(stated)
    yield _row("behaviour", item.key, "prevalence", PARAMETER, item.prevalence, p, standard_error=error_p, n=n)
    yield _row("behaviour", item.key, "rho", PARAMETER, item.rho, rho, **ends, standard_error=error_rho, n=n)
    true, learned = item_weights(item.prevalence, item.rho), item_weights(p, rho)
    by_rho, by_p = item_weights(item.prevalence, item.rho + 1e-4), item_weights(item.prevalence + 1e-4, item.rho)
    low, high = (item_weights(p, end) for end in ends.values())
    for cell, weight in true.items():
        error = float(np.hypot((by_rho[cell] - weight) * error_rho, (by_p[cell] - weight) * error_p)) / 1e-4
        bounds = sorted((low[cell], high[cell]))
        told_of = {"low": bounds[0], "high": bounds[1], "standard_error": error, "n": n}
        yield _row("behaviour", item.key, cell, WEIGHT, weight, learned[cell], **told_of)


def _descriptors(simulated: Simulated, parameters: Parameters) -> Iterator[dict[str, Any]]:
    for category in simulated.known.categories:
        column = _column(category.name, simulated, parameters)
        assert isinstance(column, LatentColumn)
        codes = {
            value[0][0]: code for code, value in enumerate(column.values) if value and isinstance(value[0], tuple)
        }
        state = np.array([category.states.index(word) for word in codes])
        code = np.array(list(codes.values()))
        seen = np.zeros((len(code), len(code)), dtype=np.int64)
        for one, other in zip(column.codes[simulated.left], column.codes[simulated.right], strict=True):
            if one and other:
                seen[np.flatnonzero(code == one)[0], np.flatnonzero(code == other)[0]] += 1
        ratios = category.ratios()[np.ix_(state, state)]
        slope = (ratios - 1) / category.lasting / ratios
        error = float(1 / np.sqrt(max(float((seen * slope**2).sum()), 1e-12)))
        yield _parameter("descriptor", parameters, category.name, "consistency", category.lasting, error)
        learned = column.table()[np.ix_(code, code)]
        told = (category.kernel @ category.prior)[state]
        spread = (1 - told) / (int(column.known().sum()) * told)  # relative variance of a base rate
        for one, other in zip(*np.triu_indices(len(code)), strict=True):
            if n := int(seen[one, other] + (one != other) * seen[other, one]):
                yield _row(
                    "descriptor",
                    f"{category.name}: {category.states[state[one]]}, {category.states[state[other]]}",
                    "same value" if one == other else "other value",
                    WEIGHT,
                    float(np.log10(ratios[one, other])),
                    float(learned[one, other]),
                    standard_error=LOG10
                    * float(np.sqrt((slope[one, other] * error) ** 2 + (spread[one] + spread[other]) / 2)),
                    n=n,
                )


def _place(simulated: Simulated, parameters: Parameters) -> Iterator[dict[str, Any]]:
    shares = simulated.known.place_shares[:-1]
    true = dict(zip(map(reach_of, REACHES), shares.tolist(), strict=True))
    # the kernel estimate of how densely reports lie has relative variance 1 / (8 pi reach^2 reports per km^2) [D],
    # the integral of the squared kernel over its own; it counts as far as the link is one of that reach
    parts = _reach_ratios(simulated)[:, :-1] * shares / place_ratios(simulated, *shares)[:, None]
    reports = len(simulated.reports) / simulated.known.country_km**2
    density = np.sqrt(np.square(parts / np.sqrt(8 * np.pi * np.square(REACHES) * reports)).sum(axis=1))
    yield from _curve("place", true, lambda *v: place_ratios(simulated, *v), density, simulated, parameters)


def _gap(simulated: Simulated, parameters: Parameters) -> Iterator[dict[str, Any]]:
    true = {"median": simulated.known.gap_median, "sigma": simulated.known.gap_sigma}
    nothing = np.zeros(len(simulated.left))
    yield from _curve("gap", true, lambda *v: gap_ratios(simulated, *v), nothing, simulated, parameters)


def _curve(
    name: str,
    true: dict[str, float],
    ratios: Callable[..., Floats],
    base: Floats,
    simulated: Simulated,
    parameters: Parameters,
) -> Iterator[dict[str, Any]]:
    """The parameters of evidence that weighs pairs by a curve, and the weight of each link.

    The information is that of the links' log likelihood ratios, slopes by central differences of a thousandth; `base`
    (links,) is the standard error that the base rate brings, natural log.
    """
    values = np.array(list(true.values()))
    steps = np.diag(values / 1000)
    slopes = np.array([np.log(ratios(*(values + s))) - np.log(ratios(*(values - s))) for s in steps])
    slopes /= 2 * np.diag(steps)[:, None]
    covariance = np.linalg.inv(slopes @ slopes.T)
    for at, (quantity, value) in enumerate(true.items()):
        yield _parameter(name, parameters, name, quantity, value, float(np.sqrt(covariance[at, at])))
    errors = LOG10 * np.sqrt(np.einsum("il,ij,jl->l", slopes, covariance, slopes) + base**2)
    learned = _column(name, simulated, parameters).pair_weights(simulated.left, simulated.right)
    for link, (ratio, weight, error) in enumerate(zip(ratios(*values), learned, errors, strict=True)):
        told_of = {"standard_error": float(error), "n": 1}
        yield _row(name, f"link {link}", "link", WEIGHT, float(np.log10(ratio)), float(weight), **told_of)


def _column(name: str, simulated: Simulated, parameters: Parameters) -> Column:
    kind = next(kind for kind in CATALOGUE if kind.name == name)
    return kind.fit(simulated.reports, parameters)
