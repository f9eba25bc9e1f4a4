"""Three-valued items: beta-binomial weights by hand."""

from __future__ import annotations

from math import log10

import numpy as np
import pytest

from linkage.features.items import ABSENT, NOT_RECORDED, PRESENT, ItemColumn, prevalence_from
from linkage.features.parameters import elicited
from linkage.report import Behaviours, Report
from tests.features.worlds import EVIDENCE
from tests.rows import each_row

P, RHO = 0.2, 0.25


def column(*states: int, p: float = P, rho: float = RHO) -> ItemColumn:
    """One item over as many reports as states."""
    state = np.array(states, dtype=np.int8)[:, None]
    return ItemColumn(["item"], ["the item"], state, np.array([p]), np.array([rho]))


@each_row(
    ("one", "other", "ratio"),
    [
        (PRESENT, PRESENT, 2.0),  # 1 + .25 * .8 / .2
        (ABSENT, ABSENT, 1.0625),  # 1 + .25 * .2 / .8
        (PRESENT, ABSENT, 0.75),  # 1 - .25
        (PRESENT, NOT_RECORDED, 1.0),
        (ABSENT, NOT_RECORDED, 1.0),
        (NOT_RECORDED, NOT_RECORDED, 1.0),
    ],
)
def test_pair_ratios(one: int, other: int, ratio: float) -> None:
    assert column(one, other).pair_weights(np.array([0]), np.array([1]))[0] == pytest.approx(log10(ratio))
    assert column(one, other).set_weight([0, 1]) == pytest.approx(log10(ratio), abs=1e-12)


def test_a_third_report_resembles_one_of_the_two() -> None:
    # three trees over three reports, each with two edges of ratio 2: the third doubles what two say
    three = column(PRESENT, PRESENT, PRESENT)

    assert three.weight(2, [0, 1]) == pytest.approx(log10(2.0))
    # edges .75, .75 and 2: (.75 * .75 + .75 * 2 + .75 * 2) / 3 = 1.1875 for three against .75 for the first two
    assert column(PRESENT, ABSENT, PRESENT).weight(2, [0, 1]) == pytest.approx(log10(1.1875 / 0.75))


def test_ratios_average_to_one_over_unrelated_reports() -> None:
    both, neither, one = (10 ** float(weight[0]) for weight in column(PRESENT).agreement_weights())

    assert P * P * both + (1 - P) ** 2 * neither + 2 * P * (1 - P) * one == pytest.approx(1.0)


def test_items_add_up() -> None:
    state = np.array([[PRESENT, ABSENT], [PRESENT, PRESENT]], dtype=np.int8)
    two = ItemColumn(["a", "b"], ["a", "b"], state, np.array([P, P]), np.array([RHO, RHO]))

    assert two.pair_weights(np.array([0]), np.array([1]))[0] == pytest.approx(log10(2.0) + log10(0.75))
    assert two.millibans(np.array([0]), np.array([1]), 1.0)[0] == 301 - 125


def test_what_is_recorded_on_one_side_only_is_not_known() -> None:
    state = np.array([[PRESENT, NOT_RECORDED], [NOT_RECORDED, PRESENT]], dtype=np.int8)
    told = ItemColumn(["a", "b"], ["first", "second"], state, np.array([P, P]), np.array([RHO, RHO])).describe(0, 1)

    assert (told.says, told.words_a, told.words_b) == ("not known", "first", "second")


def test_prevalence_stays_between_what_is_recorded_and_what_is_usual() -> None:
    state = np.array([[PRESENT]] * 30 + [[ABSENT]] * 10 + [[NOT_RECORDED]] * 60, dtype=np.int8)
    found = prevalence_from(state, np.array([0.1]), strength=20.0, unrecorded_share=0.5)[0]

    assert 0.30 < found < 0.75  # 30 of 100 shown for certain; 30 of the 40 that record it
    assert prevalence_from(state[40:], np.array([0.1]), 20.0, 0.5)[0] == pytest.approx(0.1, abs=0.05)


def test_an_item_both_told_and_denied_counts_as_told() -> None:
    reports = [Report(report_id=name, behaviours=Behaviours(present=["hums"], absent=["hums"])) for name in "ab"]
    found = EVIDENCE["behaviour_other"].fit(reports, elicited())

    assert isinstance(found, ItemColumn)
    assert (found.state == PRESENT).all()


def test_own_words_that_only_one_report_uses_are_no_item() -> None:
    reports = [Report(report_id=name, behaviours=Behaviours(present=[f"hums {name}"])) for name in "ab"]

    assert not EVIDENCE["behaviour_other"].fit(reports, elicited()).known().any()
