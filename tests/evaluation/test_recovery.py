"""What is learned from reports of a known model is the model, within the error that so many labels allow.

Bounds are not chosen by eye. A root mean square error over n weights, in standard errors, lies under the root of the
.999 quantile of chi-square / n when every error is as large as its standard error; intervals of 90 % hold the truth
at least as often as the .001 quantile of the binomial says. Items of one domain share a shift, and cells of one
descriptor a consistency, so n is taken as small as that makes it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom, chi2

from linkage.evaluation.recovery import item_weights, learned_from, recovery_table, rho_error, summary
from linkage.evaluation.simulation import Item, Simulated, known_model, simulate
from linkage.features.measures import REACHES
from linkage.features.parameters import elicited
from linkage.features.place import reach_of

SERIES = 400


def most_errors(independent: int) -> float:
    """Root mean square error, in standard errors, that once in a thousand is passed by chance."""
    return float(np.sqrt(chi2.ppf(0.999, independent) / independent))


@pytest.fixture(scope="module")
def made() -> Simulated:
    return simulate(known_model(5), series=SERIES, one_offs=SERIES, seed=5)


@pytest.fixture(scope="module")
def learned(made: Simulated) -> tuple[pd.DataFrame, dict[str, float]]:
    parameters, tempers = learned_from(made)
    return recovery_table(made, parameters), tempers


@pytest.fixture(scope="module")
def figures(learned: tuple[pd.DataFrame, dict[str, float]]) -> pd.DataFrame:
    return summary(learned[0]).set_index(["family", "quantity"])


def test_weights_of_an_item_are_those_of_the_beta_binomial() -> None:
    assert item_weights(0.2, 0.3) == pytest.approx(
        {"both present": np.log10(2.2), "both absent": np.log10(1.075), "one of each": np.log10(0.7)}
    )


def test_the_standard_error_of_rho_is_the_spread_of_its_estimates() -> None:
    item, links, rng = Item("x", "control", 0.3, 0.35), 500, np.random.default_rng(1)
    p, q = 0.3, 0.7
    grid = np.linspace(0.001, 0.9, 900)

    def chances(rho: np.ndarray) -> np.ndarray:
        told = np.array([0.75**2, 0.4**2, 0.75 * 0.4])[:, None]
        cells = np.stack([p * p + rho * p * q, q * q + rho * p * q, 2 * p * q * (1 - rho)]) * told
        return np.vstack([cells, 1 - cells.sum(axis=0)])

    counts = rng.multinomial(links, chances(np.array([0.35]))[:, 0], size=1500)
    likeliest = grid[np.argmax(counts @ np.log(chances(grid)), axis=1)]
    # the spread of 1,500 estimates is known to 1.8 %; asymptotics are good to a few per cent at 500 links
    assert likeliest.std() == pytest.approx(rho_error(item, 0.75, 0.4, links), rel=0.1)


@pytest.mark.parametrize("cell", ["both present", "both absent", "one of each"])
def test_weights_of_behaviours_are_recovered(figures: pd.DataFrame, cell: str) -> None:
    row = figures.loc[("behaviour", cell)]
    assert row["count"] == 24
    assert row["z"] < most_errors(24)


def test_intervals_of_behaviours_hold_the_truth_as_often_as_they_say(figures: pd.DataFrame) -> None:
    row = figures.loc[("behaviour", "rho")]
    assert row["stated"] == 24
    # a domain's shift is shared by its six items: half as many are taken to be independent
    assert row["held"] / 24 >= binom.ppf(0.001, 12, 0.9) / 12


@pytest.mark.parametrize("cell", ["same value", "other value"])
def test_weights_of_descriptors_are_recovered_value_by_value(figures: pd.DataFrame, cell: str) -> None:
    row = figures.loc[("descriptor", cell)]
    assert row["count"] >= 10
    # errors of the cells of one descriptor move with one consistency and a few base rates: three each
    assert row["z"] < most_errors(9)


@pytest.mark.parametrize("family", ["place", "gap"])
def test_weights_of_place_and_gap_are_recovered(figures: pd.DataFrame, family: str) -> None:
    row = figures.loc[(family, "link")]
    assert row["count"] == SERIES
    # two parameters make all the error there is of a gap, and two or more that of a place
    assert row["z"] < most_errors(2)


@pytest.mark.parametrize(
    ("family", "quantity"),
    [
        ("descriptor", "consistency"),
        *(("place", reach_of(km)) for km in REACHES),
        ("gap", "median"),
        ("gap", "sigma"),
    ],
)
def test_parameters_are_recovered(figures: pd.DataFrame, family: str, quantity: str) -> None:
    row = figures.loc[(family, quantity)]
    assert row["z"] < most_errors(int(row["count"]))
    assert row["stated"] == row["count"]


@pytest.mark.parametrize(
    ("family", "quantity"),
    [("behaviour", "both present"), ("behaviour", "one of each"), ("place", reach_of(1)), ("gap", "link")],
)
def test_learning_brings_weights_nearer_the_truth(
    made: Simulated, figures: pd.DataFrame, family: str, quantity: str
) -> None:
    believed = summary(recovery_table(made, elicited())).set_index(["family", "quantity"])
    assert figures.loc[(family, quantity), "rmse"] < 0.8 * believed.loc[(family, quantity), "rmse"]


def test_evidence_that_is_independent_is_hardly_tempered(learned: tuple[pd.DataFrame, dict[str, float]]) -> None:
    tempers = learned[1]
    # one prior deviation of a temper is .3: less than that is taken from any group
    assert min(tempers.values()) > 0.7


def test_the_summary_counts_what_intervals_hold() -> None:
    table = pd.DataFrame(
        {
            "family": "f", "kind": "weight", "quantity": "q", "true": [1.0, 2.0, 3.0], "learned": [1.5, 2.0, 2.0],
            "low": [0.5, 2.5, np.nan], "high": [1.5, 3.0, np.nan], "standard_error": [0.5, 1.0, 1.0],
        }
    )  # fmt: skip
    row = summary(table).iloc[0]
    assert (row["count"], row["held"], row["stated"]) == (3, 1, 2)
    assert row["bias"] == pytest.approx(-1 / 6)
    assert row["rmse"] == pytest.approx(np.sqrt(1.25 / 3))
    assert row["z"] == pytest.approx(np.sqrt(2 / 3))
