"""Evidence with a hidden true value: categories, numbers and hours by hand."""

from __future__ import annotations

from math import log10

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.features.category import CONFUSED, smoothed_prior, witness_kernel
from linkage.features.evidence import Column
from linkage.features.latent import LatentColumn, LatentEvidence
from linkage.features.parameters import elicited
from linkage.features.values import averaging
from linkage.report import Report
from tests.features.worlds import EVIDENCE, reports_from
from tests.rows import each_row

WEIGHTS = elicited()
LATENT = [evidence for evidence in EVIDENCE.values() if isinstance(evidence, LatentEvidence)]


def fit(name: str, *people: dict[str, object]) -> Column:
    """Reports of one person each."""
    rows = [Report.model_validate({"report_id": str(i), "suspects": [p]}) for i, p in enumerate(people)]
    return EVIDENCE[name].fit(rows, WEIGHTS)


def weight(column: Column, a: int, b: int) -> float:
    return float(column.pair_weights(np.array([a]), np.array([b]))[0])


@given(
    shares=st.lists(st.floats(0.01, 1), min_size=2, max_size=6),
    exact=st.floats(0, 1),
    confused=st.lists(st.integers(0, 5), max_size=3),
)
def test_a_witness_says_something_columns_sum_to_one(shares: list[float], exact: float, confused: list[int]) -> None:
    states = [str(i) for i in range(len(shares))]
    prior = np.array(shares) / sum(shares)
    kernel = witness_kernel(states, prior, {"0": tuple(map(str, confused))}, exact)

    assert kernel.sum(axis=0) == pytest.approx(np.ones(len(states)))
    assert (kernel >= 0).all()
    assert (np.diag(kernel) >= exact - 1e-12).all()


def test_mistakes_follow_the_base_rates_and_confusions_come_first() -> None:
    prior = np.array([0.5, 0.3, 0.2])
    kernel = witness_kernel(["a", "b", "c"], prior, {"a": ("c",)}, exact=0.6)
    mistaken = np.array([0.5, 0.3, 0.2 * CONFUSED]) / (0.8 + 0.2 * CONFUSED)

    assert kernel[:, 0] == pytest.approx(0.4 * mistaken + np.array([0.6, 0, 0]))
    assert kernel[:, 1] == pytest.approx([0.2, 0.6 + 0.12, 0.08])


def test_two_equal_values_without_mistakes_by_hand() -> None:
    # glasses: 30 reports' worth of 20 % true; two of two say true: (2 + 6) / 32 = .25; exact .9, consistency .5
    found = fit("glasses", {"glasses": True}, {"glasses": True})
    assert isinstance(found, LatentColumn)
    prior = dict(zip(["false", "true"], found.prior, strict=True))
    says = np.array([0.1 * prior["true"], 0.9 + 0.1 * prior["true"]])  # p(says true | false, true)
    ratio = says / (says @ found.prior)

    assert prior["true"] == pytest.approx(0.25, abs=1e-3)
    assert weight(found, 0, 1) == pytest.approx(log10(0.5 + 0.5 * float(found.prior @ ratio**2)), abs=1e-6)


@each_row("evidence", LATENT)
def test_the_ratio_of_every_value_averages_to_one_over_the_prior(evidence: LatentEvidence) -> None:
    column = evidence.fit(reports_from(21, 40, missing=0.2), WEIGHTS)

    assert column.prior.sum() == pytest.approx(1.0)
    assert len(column.values) > 2
    for code in range(1, len(column.values)):
        assert column.ratio(code) @ column.prior == pytest.approx(1.0, abs=1e-6)
    by_hand = [[(column.prior * column.ratio(a)) @ column.ratio(b) for b in (1, 2)] for a in (1, 2)]
    assert column.pair_ratio[1:3, 1:3] == pytest.approx(np.array(by_hand), rel=1e-4)


def test_two_people_speak_with_the_mean_of_their_ratios() -> None:
    shares = averaging([(), ("x",), ("x", "y"), ("x", None), ("y", "y")], ["x", "y"]).toarray()

    assert shares.tolist() == [[0, 0], [1, 0], [0.5, 0.5], [0.5, 0], [0, 1]]


def test_base_rates_are_shrunk_to_the_defaults() -> None:
    shares = smoothed_prior(["a", "b"], {"a": 10.0}, {"a": 0.5, "b": 0.5}, strength=10.0)

    assert shares == pytest.approx([0.75, 0.25], abs=1e-3)


@pytest.mark.parametrize(
    ("one", "near", "apart"),
    [
        ({"min": 30, "max": 34}, {"min": 33, "max": 37}, {"min": 55, "max": 60}),
        ({"min": None, "max": 20}, {"min": 18, "max": 22}, {"min": 40, "max": 45}),
        ({"min": 60, "max": None}, {"min": 62, "max": 66}, {"min": 20, "max": 25}),
    ],
)
def test_near_ages_speak_for_and_far_ages_against(
    one: dict[str, int], near: dict[str, int], apart: dict[str, int]
) -> None:
    ages = fit("age", {"age": one}, {"age": near}, {"age": apart})

    assert weight(ages, 0, 1) > 0 > weight(ages, 0, 2)


def test_a_vaguer_age_says_less() -> None:
    ages = fit("age", *({"age": {"min": low, "max": high}} for low, high in [(50, 52), (50, 52), (40, 62)]))

    assert weight(ages, 0, 1) > weight(ages, 0, 2) > 0


def test_hours_meet_across_midnight() -> None:
    clocks = [(23.5, 23.5), (0.5, 0.5), (11.5, 11.5), (22.0, 2.0)]
    rows = [
        Report.model_validate({"report_id": str(i), "occurred": {"hour_min": low, "hour_max": high}})
        for i, (low, high) in enumerate(clocks)
    ]
    hours = EVIDENCE["hour"].fit(rows, WEIGHTS)

    assert weight(hours, 0, 1) > 0 > weight(hours, 0, 2)
    assert weight(hours, 0, 3) > 0
    assert hours.describe(0, 3).words_b == "22:00 to 02:00"


def test_a_colour_says_that_there_is_hair() -> None:
    styles = fit(
        "hair_style",
        {"hair": {"style": ["bald"]}},
        {"hair": {"colour": ["brown"]}},
        {"hair": {"colour": ["grey"]}},
        {"hair": {"style": ["short"], "colour": ["red"]}},
        {"build": ["slim"]},
    )

    assert weight(styles, 0, 1) < -0.1
    assert 0 < weight(styles, 1, 2) < weight(styles, 0, 0)
    assert 0 < weight(styles, 1, 3) < weight(styles, 3, 3)
    assert weight(styles, 1, 4) == 0
    assert (styles.describe(0, 1).words_b, styles.describe(0, 1).says) == ("has hair", "differs")
    assert styles.answered().tolist() == [True, False, False, True, False]


def test_hair_of_no_told_style_is_spread_over_the_styles_of_hair_as_they_are_told() -> None:
    told = [{"hair": {"style": ["bald"]}}, {"hair": {"style": ["spiky"]}}]
    few = fit("hair_style", *told * 30)
    many = fit("hair_style", *told * 30, *[{"hair": {"colour": ["brown"]}}] * 300)
    assert isinstance(few, LatentColumn)
    assert isinstance(many, LatentColumn)
    states = ["bald", "balding", "cropped", "curly", "long", "receding", "shaved", "short", "spiky", "straight"]
    before, after = (dict(zip(states, column.prior, strict=True)) for column in (few, many))

    assert after["bald"] < before["bald"] / 2
    assert after["spiky"] / after["short"] == pytest.approx(before["spiky"] / before["short"], rel=0.05)


def test_alternatives_say_less_than_one_value() -> None:
    builds = fit("build", {"build": ["slim"]}, {"build": ["slim"]}, {"build": ["slim", "large"]})

    assert weight(builds, 0, 1) > weight(builds, 0, 2)
    assert builds.describe(0, 2).words_b == "large or slim"
