"""Three-valued items: ratios of hidden propensities by hand, and what silence may say."""

from __future__ import annotations

from math import log10

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.features.accounts import accounts_of
from linkage.features.item_states import (
    ABSENT,
    FAINT,
    GRADES,
    LIKELY,
    NOT_RECORDED,
    POSSIBLE,
    PRESENT,
    READ,
    SURENESS,
    WITHHELD,
    settled,
    sureness,
)
from linkage.features.items import SHOWN_SILENT, ItemColumn
from linkage.features.parameters import elicited
from linkage.features.propensity import (
    NODES,
    SPREADS,
    Propensity,
    atoms,
    correlations,
    gauss,
    normal,
    spread_rules,
    tilted,
)
from linkage.intake.behaviours.reading import TOLD
from linkage.report import Behaviours, Report
from tests.features.worlds import EVIDENCE, every_pair
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


def speaking(*states: int, told: float, denied: float = 0.0, p: float = P, rho: float = RHO) -> ItemColumn:
    """One item over reports that all tell something, and tell `told` of what was done and deny `denied` of what was
    not."""
    state = np.array(states, dtype=np.int8)[:, None]
    share = [np.array([[0.0], [value]]) for value in (told, denied)]
    level = np.ones(len(states), dtype=np.int64)
    return ItemColumn(["item"], ["the item"], state, np.array([p]), np.array([rho]), level, *share)


def by_brute_force(column: ItemColumn) -> float:
    """log10 LR of all rows being of one person, from every spread and node of the propensity that there is."""
    theta = atoms(column.prevalence)[0]
    correlation = ((theta**2) @ normal()[1] - column.prevalence**2) / (column.prevalence * (1 - column.prevalence))
    shares = tilted(np.maximum(correlation, 0.0)[None], column.rho)[0]
    weight, told, denied = shares[:, None] * normal()[1], column.told[1, 0], column.denied[1, 0]
    likely = {PRESENT: theta, ABSENT: 1 - theta, NOT_RECORDED: 1 - theta * told - (1 - theta) * denied}
    joint, apart = weight.copy(), 1.0
    for state in column.state[:, 0]:
        joint *= likely[int(state)]
        apart *= (weight * likely[int(state)]).sum()
    return float(np.log10(joint.sum() / apart))


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from((PRESENT, ABSENT, NOT_RECORDED)), min_size=2, max_size=2 * NODES - 1),
    st.floats(0.01, 0.6),
    st.floats(0.02, 0.4),
    st.floats(0.0, 0.9),
    st.floats(0.0, 0.9),
)
def test_few_nodes_weigh_a_series_as_all_of_them_do(
    states: list[int], p: float, rho: float, told: float, denied: float
) -> None:
    series = speaking(*states, told=told, denied=denied, p=p, rho=rho)

    assert series.set_weight(range(len(states))) == pytest.approx(by_brute_force(series), abs=1e-6)


def test_series_longer_than_the_rule_is_exact_for_are_weighed_nearly_so() -> None:
    long = speaking(*[PRESENT] * 20, told=0.6, p=0.05)

    assert long.set_weight(range(20)) == pytest.approx(by_brute_force(long), rel=0.01)


def test_a_measure_on_fewer_points_than_nodes_gets_nodes_without_weight() -> None:
    points, weight = gauss(np.array([[0.3, 0.3, 0.3]]), np.array([[0.2, 0.3, 0.5]]))

    assert (weight * points).sum() == pytest.approx(0.3)
    assert weight.max() == pytest.approx(1.0)


def test_propensities_have_the_mean_and_the_consistency_they_were_made_for() -> None:
    p, rho = np.array([0.01, 0.2, 0.6]), np.array([0.1, 0.3, 0.05])
    made = Propensity.of(p, rho)
    scatter = (made.weight * made.theta**2).sum(axis=1) - p**2

    assert made.mean == pytest.approx(p, rel=1e-6)
    assert scatter / (p * (1 - p)) == pytest.approx(rho, abs=1e-6)
    assert len(SPREADS) == tilted(correlations(spread_rules(p), p), rho).shape[1]


def test_silence_speaks_against_what_the_other_tells_and_a_little_for_the_other_silent() -> None:
    pair = [np.array([0]), np.array([1])]
    against = speaking(PRESENT, NOT_RECORDED, told=0.6).pair_weights(*pair)[0]
    denied = speaking(PRESENT, ABSENT, told=0.6).pair_weights(*pair)[0]
    both = speaking(NOT_RECORDED, NOT_RECORDED, told=0.6).pair_weights(*pair)[0]

    assert denied < against < 0 < both < -against
    assert speaking(PRESENT, NOT_RECORDED, told=0.1).pair_weights(*pair)[0] > against
    assert speaking(PRESENT, NOT_RECORDED, told=0.0).pair_weights(*pair)[0] == 0.0


def test_what_is_withheld_weighs_nothing_whatever_the_other_says_and_its_pair_says_so() -> None:
    states = [PRESENT, ABSENT, NOT_RECORDED, WITHHELD, WITHHELD]
    series = speaking(*states, told=0.6, denied=0.3)
    for other in range(len(states)):
        pair = np.array([other]), np.array([4])
        assert series.millibans(*pair, 1.0)[0] == series.pair_weights(*pair)[0] == 0
        assert series.sampling_sd(other, 4) == 0
        assert series.describe(other, 4).says == "not known"
    assert series.set_weight([0, 1, 2, 3, 4]) == pytest.approx(series.set_weight([0, 1, 2]), abs=1e-12)
    assert series.millibans(np.array([0]), np.array([2]), 1.0)[0] < 0


@settings(max_examples=30)
@given(st.integers(0, 2**32), st.sampled_from((1, 2, 40)))
def test_a_pair_is_the_sum_of_its_items_and_all_of_them_withheld_leave_exactly_nothing(seed: int, items: int) -> None:
    draw = np.random.default_rng(seed)
    state = draw.choice([NOT_RECORDED] * 8 + list(range(ABSENT, WITHHELD + 1)), (6, items)).astype(np.int8)
    state[5] = WITHHELD
    share = [np.vstack([np.zeros(items), draw.uniform(0, 0.6, (2, items))]) for _ in range(2)]
    names, level = [str(at) for at in range(items)], draw.integers(1, 3, 6)
    column = ItemColumn(names, names, state, draw.uniform(0.01, 0.5, items), np.full(items, RHO), level, *share)
    left, right = every_pair(6)
    found = column.millibans(left, right, 0.7)

    assert (found[(left == 5) | (right == 5)] == 0).all()
    assert found == pytest.approx(700 * column.pair_weights(left, right), abs=1 + items)


def test_what_one_tells_and_the_other_withholds_is_not_known_beside_what_it_leaves_out() -> None:
    state = np.array([[PRESENT, PRESENT], [WITHHELD, NOT_RECORDED]], dtype=np.int8)
    share = [np.array([[0.0, 0.0], [value, value]]) for value in (0.6, 0.0)]
    level = np.ones(2, dtype=np.int64)
    both = ItemColumn(["a", "b"], ["first", "second"], state, np.array([P, P]), np.array([RHO, RHO]), level, *share)
    told = both.describe(0, 1)

    assert (told.says, told.words_a) == ("not mentioned", "second; first")
    assert told.words_b == "not known: first; not mentioned: second"
    assert both.answered().tolist() == [True, False]


def test_ratios_average_to_one_over_unrelated_reports() -> None:
    one = speaking(PRESENT, told=0.6, denied=0.3)
    share = np.array([(1 - P * 0.6 - (1 - P) * 0.3), (1 - P) * 0.3, P * 0.6])  # silent, denied, told
    ratios = 10.0 ** one.weights[1:4, 1:4, 0]

    assert ratios @ share == pytest.approx(1.0)


def test_the_less_plainly_a_narrative_tells_the_less_it_weighs_for_a_link_and_against_one() -> None:
    states = (PRESENT, READ, LIKELY, POSSIBLE, FAINT, NOT_RECORDED)
    both = [column(PRESENT, state).pair_weights(np.array([0]), np.array([1]))[0] for state in states]
    denied = [column(ABSENT, state).pair_weights(np.array([0]), np.array([1]))[0] for state in states]

    assert both[0] > both[1] > both[2] > both[3] > both[4] > both[5] == 0
    assert denied == sorted(denied)


@given(st.sampled_from((READ, LIKELY, POSSIBLE, FAINT)), st.floats(0.01, 0.6), st.floats(0.02, 0.4))
def test_what_is_read_with_a_probability_lies_between_told_and_nothing_by_that_share(
    state: int, p: float, rho: float
) -> None:
    told, read = (10.0 ** column(PRESENT, one, p=p, rho=rho).set_weight([0, 1]) for one in (PRESENT, state))

    assert read - 1 == pytest.approx(SURENESS[state] * (told - 1))


def test_readers_that_are_never_borne_out_tell_nothing_and_fields_all() -> None:
    assert sureness(1.0) == pytest.approx(SURENESS)
    assert sureness(0.0).tolist() == [0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0]


def test_what_is_likely_reads_as_told_and_a_hint_is_shown_only_beside_what_the_other_tells() -> None:
    state = np.array([[LIKELY, FAINT], [PRESENT, PRESENT]], dtype=np.int8)
    both = ItemColumn(["a", "b"], ["first", "second"], state, np.array([0.02, 0.02]), np.array([RHO, RHO])).describe(
        0, 1
    )

    assert (both.says, both.words_a, both.words_b) == (
        "agrees",
        "first (likely); second (hinted at)",
        "first; second",
    )
    assert settled(state).tolist() == [[PRESENT, NOT_RECORDED], [PRESENT, PRESENT]]


@each_row(
    ("said", "others", "says", "words"),
    [
        ([PRESENT, NOT_RECORDED], [FAINT, NOT_RECORDED], "close", "first (hinted at)"),
        ([ABSENT, NOT_RECORDED], [FAINT, NOT_RECORDED], "differs", "first (hinted at)"),
        ([PRESENT, NOT_RECORDED], [NOT_RECORDED, FAINT], "not mentioned", "not mentioned"),
    ],
)
def test_a_hint_at_what_the_other_tells_is_no_silence(
    said: list[int], others: list[int], says: str, words: str
) -> None:
    state = np.array([said, others], dtype=np.int8)
    both = ItemColumn(
        ["a", "b"], ["first", "second"], state, np.array([P, P]), np.array([0.01, 0.01]), np.ones(2, np.int64)
    )
    told = both.describe(0, 1)

    assert abs(both.item_weights(0, 1)[0]) < SHOWN_SILENT
    assert (told.says, told.words_b) == (says, words)
    assert both.newcomer(state[0], 1).says(1) == says


def test_items_add_up() -> None:
    state = np.array([[PRESENT, ABSENT], [PRESENT, PRESENT]], dtype=np.int8)
    two = ItemColumn(["a", "b"], ["a", "b"], state, np.array([P, P]), np.array([RHO, RHO]))

    assert two.pair_weights(np.array([0]), np.array([1]))[0] == pytest.approx(log10(2.0) + log10(0.75))
    assert two.millibans(np.array([0]), np.array([1]), 1.0)[0] == 301 - 125


def test_what_is_recorded_on_one_side_only_is_not_known() -> None:
    state = np.array([[PRESENT, NOT_RECORDED], [NOT_RECORDED, PRESENT]], dtype=np.int8)
    told = ItemColumn(["a", "b"], ["first", "second"], state, np.array([P, P]), np.array([RHO, RHO])).describe(0, 1)

    assert (told.says, told.words_a, told.words_b) == ("not mentioned", "first", "second")


def test_a_report_tells_as_surely_as_its_narrative_was_read_and_what_a_field_says_is_sure() -> None:
    sure = {"bites": 0.9, "spits": 0.6, "kicks": 0.3, "insults": 0.2, "beats": 0.7}
    said = Behaviours(present=["strangles", "bites", "spits", "kicks"], absent=["beats"], probability=sure)
    account = accounts_of([Report(report_id="a", behaviours=said)])
    items = ["strangles", "bites", "spits", "kicks", "insults", "beats", "gags_or_blindfolds"]

    assert account.states(items)[0].tolist() == [PRESENT, READ, LIKELY, POSSIBLE, FAINT, ABSENT, NOT_RECORDED]
    assert account.count.tolist() == [4]


def test_an_item_both_told_and_denied_counts_as_told() -> None:
    reports = [Report(report_id=name, behaviours=Behaviours(present=["hums"], absent=["hums"])) for name in "ab"]
    found = EVIDENCE["behaviour_other"].fit(reports, elicited())

    assert isinstance(found, ItemColumn)
    assert (found.state == PRESENT).all()


def test_own_words_that_only_one_report_uses_weigh_nothing() -> None:
    reports = [Report(report_id=name, behaviours=Behaviours(present=[f"hums {name}"])) for name in "ab"]

    assert EVIDENCE["behaviour_other"].fit(reports, elicited()).pair_weights(np.array([0]), np.array([1]))[0] == 0.0


def test_a_report_of_which_no_behaviour_is_known_is_not_silent_but_unknown() -> None:
    words = [Behaviours(present=["strangles"]), Behaviours()]
    reports = [Report(report_id=str(at), behaviours=told) for at, told in enumerate(words * 3)]
    for kind in (one for name, one in EVIDENCE.items() if name.startswith("behaviour_")):
        column = kind.fit(reports, elicited())
        assert column.known().tolist() == [True, False] * 3
        assert column.describe(0, 1).says == "not known"


def test_what_is_given_as_told_weighs_at_least_as_possible():
    assert {state: least for least, state in GRADES.items()}[POSSIBLE] == TOLD
