"""The vehicle as one: a make seen rightly, a colour taken for another, a body that is only a car."""

from __future__ import annotations

from typing import Any

import numpy as np

from linkage.features.evidence import Column
from linkage.features.parameters import elicited
from linkage.features.vehicle_kinds import kind_likelihood, vehicle_states
from linkage.report import Report
from tests.features.worlds import EVIDENCE
from tests.rows import each_row

WEIGHTS = elicited()
TRAFFIC = [
    {"make": "Ford", "model": "Focus", "colour": ["silver"], "body": "hatchback"},
    {"make": "Vauxhall", "model": "Astra", "colour": ["blue"], "body": "hatchback"},
    {"make": "Ford", "model": "Transit", "colour": ["white"], "body": "van"},
    {"make": "BMW", "model": "3 Series", "colour": ["black"], "body": "saloon"},
]


def fit(*vehicles: dict[str, Any]) -> Column:
    """The vehicles given, among 200 of everyday traffic."""
    listed = [*vehicles, *TRAFFIC * 50]
    rows = [Report.model_validate({"report_id": str(i), "vehicles": [v] if v else []}) for i, v in enumerate(listed)]
    return EVIDENCE["vehicle"].fit(rows, WEIGHTS)


def weight(column: Column, a: int = 0, b: int = 1) -> float:
    return float(column.pair_weights(np.array([a]), np.array([b]))[0])


def test_a_shared_yellow_saab_is_not_a_shared_silver_focus() -> None:
    saab = {"make": "Saab", "model": "9-3", "colour": ["yellow"]}
    focus = {"make": "Ford", "model": "Focus", "colour": ["silver"]}
    column = fit(saab, saab, focus, focus)

    assert weight(column, 0, 1) > weight(column, 2, 3) + 1 > 1


@each_row(
    ("nearer", "further"),
    [
        ({"colour": ["grey"]}, {"colour": ["red"]}),  # silver is often called grey
        ({"body": "4x4"}, {"body": "van"}),
        ({"make": "Mitsubishi"}, {"make": "Toyota"}),
        ({"model": "Pajero", "make": "Mitsubishi"}, {"model": "Colt", "make": "Mitsubishi"}),  # the Shogun's sister
        ({"colour": ["silver", "red"]}, {"colour": ["red"]}),
    ],
)
def test_what_is_nearer_to_a_silver_shogun_weighs_more(nearer: dict[str, Any], further: dict[str, Any]) -> None:
    shogun = {"make": "Mitsubishi", "model": "Shogun", "colour": ["silver"], "body": "4x4"}
    column = fit(shogun, nearer, further)

    assert weight(column, 0, 1) > weight(column, 0, 2)


def test_another_vehicle_speaks_against_within_what_cars_change() -> None:
    column = fit({"make": "Saab", "colour": ["yellow"]}, {"make": "Ford", "body": "van", "colour": ["white"]})

    assert np.log10(1 - WEIGHTS.get("vehicle", "consistency")) - 0.001 <= weight(column) < 0


def test_the_more_is_said_alike_the_more_it_weighs() -> None:
    column = fit({"make": "Saab", "model": "9-3", "colour": ["yellow"]}, {"colour": ["yellow"]}, {"make": "Saab"})
    whole = fit(*[{"make": "Saab", "model": "9-3", "colour": ["yellow"]}] * 2)

    assert weight(whole) > weight(column, 0, 1) > 0
    assert weight(whole) > weight(column, 0, 2) > 0


def test_a_hatchback_may_be_called_a_car_and_a_van_may_not() -> None:
    states = vehicle_states()
    car = kind_likelihood([(None, None, "car")], WEIGHTS, "vehicle")[0]
    bodies = np.array([state.body for state in states])

    assert car[bodies == "hatchback"].min() > 5 * car[bodies == "van"].max()


def test_a_vehicle_of_which_nothing_is_known_is_not_known() -> None:
    column = fit({"features": ["dented door"]}, {"make": "Saab"})

    assert not column.known()[0]
    assert column.describe(0, 1).says == "not known"


def test_a_vehicle_is_said_in_one_phrase() -> None:
    column = fit({"make": "Saab", "model": "9-3", "colour": ["yellow", "gold"]}, {"body": "van"})

    assert column.describe(0, 1).words_a == "gold or yellow Saab 9-3"
