"""What other reports add to a pair: sums that end at the final log odds, and values recomputed by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage import Linker
from linkage.features.explanation import Explanation
from linkage.models import context as models_context
from linkage.models.context import CERTAIN, co_membership_odds, log_odds, shapley
from linkage.models.series_inference import Constraints
from tests.features.worlds import reports_from

EXACT = 1e-9


def partitions(units: list[int]) -> list[list[list[int]]]:
    """Every way to divide the units into series."""
    if not units:
        return [[]]
    first, *rest = units
    found = []
    for smaller in partitions(rest):
        found.append([[first], *smaller])
        found += [[*smaller[:at], [first, *smaller[at]], *smaller[at + 1 :]] for at in range(len(smaller))]
    return found


def odds_by_hand(weights: np.ndarray, units: list[int]) -> float:
    """Log10 odds of units 0 and 1 being together, every partition weighed one by one."""
    together = apart = 0.0
    for partition in partitions(units):
        share = 10.0 ** sum(weights[sum(1 << unit for unit in series)] for series in partition)
        if any(0 in series and 1 in series for series in partition):
            together += share
        else:
            apart += share
    return float(np.log10(together / apart))


def drawn(seed: int, size: int) -> np.ndarray:
    weights = np.random.default_rng(seed).normal(0, 2, 1 << size)
    weights[[0, *(1 << unit for unit in range(size))]] = 0.0
    return weights


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), size=st.integers(2, 6))
def test_the_odds_of_a_pair_are_those_of_all_partitions_weighed_one_by_one(seed: int, size: int) -> None:
    weights = drawn(seed, size)
    odds = co_membership_odds(weights, size)

    for others in range(1 << (size - 2)):
        units = [0, 1, *(at + 2 for at in range(size - 2) if others >> at & 1)]
        assert odds[others] == pytest.approx(odds_by_hand(weights, units), abs=1e-8)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), players=st.integers(1, 5))
def test_a_share_is_the_mean_over_all_orders_and_the_shares_add_up(seed: int, players: int) -> None:
    value = np.random.default_rng(seed).normal(0, 3, 1 << players)
    orders = list(permutations(range(players)))
    by_hand = np.zeros(players)
    for order in orders:
        mask = 0
        for player in order:
            by_hand[player] += (value[mask | 1 << player] - value[mask]) / len(orders)
            mask |= 1 << player

    assert shapley(value, players) == pytest.approx(by_hand, abs=EXACT)
    assert shapley(value, players).sum() == pytest.approx(value[-1] - value[0], abs=EXACT)


def test_a_third_report_that_is_tied_to_both_lends_them_its_ties_and_a_rival_draws_one_away() -> None:
    friend, rival = np.zeros(8), np.zeros(8)
    friend[[0b101, 0b110, 0b111]] = 3.0, 3.0, 6.0
    rival[[0b101, 0b110, 0b111]] = 3.0, -3.0, -3.0

    assert co_membership_odds(friend, 3)[1] > co_membership_odds(friend, 3)[0] + 1
    assert co_membership_odds(rival, 3)[1] < co_membership_odds(rival, 3)[0]


def adds_up(told: Explanation) -> None:
    assert told.final is not None
    assert told.together is not None
    assert abs(told.prior + sum(part.weight for part in told.parts) - told.strength) < EXACT
    assert abs(told.strength + sum(part.weight for part in told.context) - told.final) < EXACT
    assert told.final == pytest.approx(log_odds(told.together), abs=EXACT)


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), count=st.integers(8, 30), missing=st.sampled_from([0.05, 0.4]))
def test_the_sum_ends_at_the_final_probability_judged_here_and_kept(seed: int, count: int, missing: float) -> None:
    reports = reports_from(seed, count, missing)
    ids = [report.report_id for report in reports]
    judged = Linker().fit(reports)
    pairs = judged.score(reports, top=5, must_link=[(ids[0], ids[1])], cannot_link=[(ids[2], ids[3])])
    kept = Linker.from_record(judged.run_record_).take(reports)
    held = Constraints.of([(ids[0], ids[1])], [(ids[2], ids[3])], ids)

    for row in pairs.iloc[:: max(1, len(pairs) // 6)].to_dict("records"):
        a, b, chance = row["report_a"], row["report_b"], row["probability"]
        here, there = judged.explain(a, b), kept.explain(a, b, chance, held)
        for told in (here, there):
            adds_up(told)
            assert told.together == pytest.approx(chance, abs=1e-12)
        assert [(one.kind, one.reports) for one in here.context] == [(one.kind, one.reports) for one in there.context]
        assert [one.weight for one in here.context] == pytest.approx([one.weight for one in there.context], abs=1e-6)


def test_what_is_decided_is_said_so_and_is_as_sure_as_it_is_drawn() -> None:
    reports = reports_from(5, 12, 0.1)
    linker = Linker().fit(reports)
    linker.score(reports, top=5, must_link=[("R000", "R001")], cannot_link=[("R002", "R003")])
    tied, kept_apart = linker.explain("R000", "R001"), linker.explain("R002", "R003")

    for told, final in ((tied, CERTAIN), (kept_apart, -CERTAIN)):
        adds_up(told)
        assert told.final == final
        assert [part.kind for part in told.context] == ["decided"]


def test_before_series_are_judged_there_is_no_context() -> None:
    told = Linker().take(reports_from(5, 6, 0.1)).explain("R000", "R001")

    assert (told.together, told.final, told.context) == (None, None, ())


def test_a_pair_without_the_others_is_the_first_part_of_the_whole_sum() -> None:
    linker = Linker().fit(reports_from(5, 12, 0.1))
    linker.score(reports_from(5, 12, 0.1), top=5)
    whole, alone = linker.explain("R004", "R005"), linker.explain_alone("R004", "R005")

    assert replace(whole, together=None, final=None, context=()) == alone
    assert whole.context


def test_a_pair_names_no_more_reports_than_are_judged_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models_context, "NEAREST", 2)
    reports = reports_from(11, 25, 0.05)
    linker = Linker().fit(reports)
    pairs = linker.score(reports, top=5)
    best = pairs.sort_values("probability").iloc[-1]
    told = linker.explain(best["report_a"], best["report_b"])

    adds_up(told)
    assert sum(part.kind == "report" for part in told.context) <= 2
    assert not {told.report_a, told.report_b} & {name for part in told.context for name in part.reports}
