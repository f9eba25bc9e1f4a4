"""How far a weight would move in another count of as many reports, against counts that were drawn."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.features.catalogue import CATALOGUE
from linkage.features.explanation import EvidencePart, Explanation
from linkage.features.parameters import elicited
from linkage.report import Report
from tests.factories import incident

BUILDS = ["slim"] * 5 + ["medium"] * 9 + ["stocky"] * 3 + ["large"]
DEEDS = ["slaps_or_punches", "kicks", "strangles", "bites"]


def world() -> list[Report]:
    fate = random.Random(4)
    found = []
    for _ in range(400):
        deeds = [deed for deed in DEEDS if fate.random() < 0.3]
        found.append(incident(build=fate.choice(BUILDS), behaviours=deeds or ["kicks"]))
    return found


@pytest.mark.parametrize("name", ["build", "behaviour_violence"])
def test_other_draws_of_the_reports_move_a_weight_no_further_than_it_says(name: str) -> None:
    evidence = next(one for one in CATALOGUE if one.name == name)
    reports, parameters, fate = world(), elicited(), random.Random(1)
    column = evidence.fit(reports, parameters)
    first, *others = map(int, np.flatnonzero(column.known())[:7])
    bases = [[fate.choice(reports) for _ in reports] for _ in range(25)]
    said, drawn = [], []
    for other in others:
        pair_of = [reports[first], reports[other]]
        left, right = np.array([0]), np.array([1])
        weights = [evidence.fit(pair_of, parameters, base).pair_weights(left, right)[0] for base in bases]
        said.append(column.sampling_sd(first, other) or 0.0)
        drawn.append(float(np.std(weights)))
    assert all(drawn[number] <= 1.2 * said[number] for number in range(len(said))), (said, drawn)
    assert max(said) < 0.2  # no more than the smallest step of a weight that anybody would act on


def test_what_is_not_known_does_not_move() -> None:
    reports = [*world()[:50], incident(town="Leeds")]
    for evidence in CATALOGUE:
        column = evidence.fit(reports, elicited())
        assert column.sampling_sd(0, 50) in (0.0, None) or column.known()[50]


def part(weight: float, sd: float | None) -> EvidencePart:
    return EvidencePart("build", "build", "Build", "x", "x", "agrees", "", weight, False, sd)


def pair(*parts: EvidencePart) -> Explanation:
    weight = sum(one.weight for one in parts)
    return Explanation("a", "b", -3.0, weight, weight - 3.0, 0.5, None, None, False, list(parts))


Moves = list[tuple[float, float | None]]
SDS = st.lists(st.tuples(st.floats(-3, 3), st.none() | st.floats(0, 2)), max_size=6)


@given(SDS)
def test_the_interval_holds_the_strength_and_names_what_it_leaves_out(
    moves: Moves,
) -> None:
    explanation = pair(*(part(*one) for one in moves))
    found = explanation.interval
    wide = 1.645 * math.sqrt(sum(sd**2 for _, sd in moves if sd is not None))
    assert found.low == pytest.approx(explanation.strength - wide)
    assert found.high == pytest.approx(explanation.strength + wide)
    assert bool(found.without) == any(sd is None and weight for weight, sd in moves)
    assert explanation.to_json()["interval"] == {"low": found.low, "high": found.high, "without": found.without}
