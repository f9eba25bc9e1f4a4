"""From pair weights to judged series: constraints, contradictions, and what is believed of each pair."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from linkage.features.packing import TablePiece
from linkage.features.parameters import elicited
from linkage.features.table import fit_table
from linkage.models import candidate_graph
from linkage.models.calibration import Calibrate, Calibration
from linkage.models.collective import SWEEPS, Posterior, chains_for
from linkage.models.series import Conflict, Pair
from linkage.models.series_inference import Constraints, RowPairs, SeriesPosterior, judge
from linkage.report import Report
from tests.models.exact import strengths_of

PRIOR = -2.0
"""log10 odds of a pair."""

few = settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])


def nowhere(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
    """Nobody knows how far apart rows are."""
    assert len(left) == len(right)
    return np.full(len(left), np.nan)


def judged(
    strengths: NDArray[np.float64],
    must: Sequence[Pair] = (),
    cannot: Sequence[Pair] = (),
    proposed: Sequence[tuple[int, int, float]] = (),
    soft: Sequence[Pair] = (),
    rows: Sequence[Sequence[str]] | None = None,
    calibration: Calibration | None = None,
    km: Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.float64]] | None = None,
) -> SeriesPosterior:
    """Rows that weigh by pair `strengths` (log10 LR), named a, b, c ...; `proposed` are rows and log10 odds."""
    count = len(strengths)
    table = np.zeros((count + 1, count + 1), np.int16)
    table[1:, 1:] = np.rint(1000 * strengths)
    names = rows or [["abcdefghijkl"[row]] for row in range(count)]
    left, right = np.triu_indices(count, 1)
    same = np.array(proposed, dtype=float).reshape(-1, 3)
    return judge(
        [TablePiece(np.arange(1, count + 1, dtype=np.uint16), table)],
        np.ones(1),
        names,
        RowPairs(same[:, 0].astype(np.int64), same[:, 1].astype(np.int64), same[:, 2]),
        RowPairs(left, right, PRIOR + strengths[left, right]),
        elicited(),
        Constraints.of(must, cannot, [name for row in names for name in row], soft),
        Calibrate(calibration or Calibration(), km or nowhere),
    )


def believed(found: SeriesPosterior, one: int, other: int, alone: float = 0.01) -> float:
    return float(found.belief(np.array([one]), np.array([other]), np.array([alone]))[0])


SERIES = strengths_of([0, 0, 0, 1, 1, 1, 2, 3], 3.0, -1.0)


# Constraints


def test_series_are_found_and_strangers_left_alone() -> None:
    found = judged(SERIES)

    assert min(believed(found, *pair) for pair in [(0, 1), (0, 2), (1, 2), (3, 4), (4, 5)]) > 0.5
    assert max(believed(found, *pair) for pair in [(0, 3), (2, 5), (0, 6), (6, 7)]) < 0.1
    assert found.conflicts == []


def test_a_must_link_holds_whatever_the_evidence_says() -> None:
    found = judged(SERIES, must=[("a", "h"), ("g", "h")])

    assert found.unit[0] == found.unit[6] == found.unit[7]
    assert len(set(found.unit.tolist())) == 6
    assert believed(found, 0, 7) == believed(found, 0, 6) == 1.0


def test_a_cannot_link_holds_whatever_the_evidence_says() -> None:
    found = judged(SERIES + 4, cannot=[("b", "a")])

    assert believed(found, 0, 1, alone=0.9999) == believed(found, 1, 0, alone=0.9999) == 0.0
    assert (found.posterior.snapshots[:, 0] != found.posterior.snapshots[:, 1]).all()
    assert (found.apart == [[0, 1]]).all()


def test_a_cannot_link_holds_for_all_of_a_unit() -> None:
    found = judged(SERIES + 4, must=[("a", "b")], cannot=[("b", "c")])

    assert believed(found, 0, 2, alone=0.9999) == believed(found, 1, 2, alone=0.9999) == 0.0
    assert believed(found, 0, 1) == 1.0


def test_a_cannot_link_holds_where_nobody_has_a_neighbour() -> None:
    found = judged(SERIES[:2, :2], cannot=[("a", "b")])

    assert believed(found, 0, 1, alone=0.9999) == 0.0
    assert (found.posterior.snapshots == [[0, 1]]).all()


pairs = st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")).filter(lambda pair: pair[0] != pair[1])


@few
@given(
    seed=st.integers(0, 1000),
    must=st.lists(pairs, max_size=2),
    cannot=st.lists(pairs, max_size=4),
    proposed=st.lists(st.tuples(st.integers(0, 3), st.integers(4, 7), st.floats(-2, 4)), max_size=3),
    soft=st.lists(pairs, max_size=2),
)
def test_constraints_hold_in_every_partition_of_every_chain(
    seed: int, must: list[Pair], cannot: list[Pair], proposed: list[tuple[int, int, float]], soft: list[Pair]
) -> None:
    draw = np.random.default_rng(seed).normal(1.5, 2.0, (8, 8))
    found = judged((draw + draw.T) / 2, must, cannot, proposed, soft)
    of, at = found.unit, {name: row for row, name in enumerate("abcdefgh")}
    partitions = found.posterior.snapshots
    broken = {(conflict.report_a, conflict.report_b) for conflict in found.conflicts}

    assert len(partitions) in (1, chains_for(0) * SWEEPS)
    assert all(of[at[a]] == of[at[b]] for a, b in must)
    for a, b in cannot:
        together = partitions[:, of[at[a]]] == partitions[:, of[at[b]]]
        assert together.all() if (min(a, b), max(a, b)) in broken else not together.any()


def test_decisions_on_unknown_reports_are_passed_over_and_each_counts_once() -> None:
    kept = Constraints.of(
        [("b", "a"), ("a", "b"), ("a", "z")], [("c", "a"), ("z", "y")], "abc", [("c", "b")], (), [("z", "a")]
    )

    assert kept == Constraints((("a", "b"),), (("a", "c"),), (("b", "c"),))
    assert kept.within("ab") == Constraints((("a", "b"),))


# Contradictions


def test_a_cannot_link_that_a_must_link_contradicts_is_told_with_it() -> None:
    found = judged(SERIES, must=[("a", "b")], cannot=[("b", "a")])

    assert found.conflicts == [Conflict("a", "b", (("a", "b"),))]
    assert believed(found, 0, 1) == 1.0


def test_the_shortest_chain_of_decisions_is_told() -> None:
    found = judged(SERIES, must=[("d", "c"), ("a", "b"), ("b", "c"), ("d", "e"), ("e", "a")], cannot=[("a", "d")])

    assert found.conflicts == [Conflict("a", "d", (("a", "e"), ("d", "e")))]


def test_a_chain_is_told_in_the_order_in_which_it_ties() -> None:
    found = judged(SERIES, must=[("d", "c"), ("a", "b"), ("b", "c"), ("g", "h")], cannot=[("d", "a")])

    assert found.conflicts == [Conflict("a", "d", (("a", "b"), ("b", "c"), ("c", "d")))]


def test_reports_of_one_row_contradict_without_any_decision() -> None:
    found = judged(SERIES[:3, :3], rows=[["a", "x"], ["b"], ["c"]], cannot=[("a", "x")])

    assert found.conflicts == [Conflict("a", "x", ())]


def test_a_chain_goes_through_reports_of_one_row() -> None:
    rows = [["a", "x"], ["b", "y"], ["c"]]
    found = judged(SERIES[:3, :3], rows=rows, must=[("a", "b"), ("y", "c")], cannot=[("x", "c"), ("b", "y")])

    assert found.conflicts == [Conflict("b", "y", ()), Conflict("c", "x", (("c", "y"), ("a", "b")))]


# Ties


def test_a_proposal_ties_nothing_and_takes_its_own_odds() -> None:
    alone = judged(SERIES[6:, 6:], proposed=[(0, 1, 0.5)])

    assert len(set(alone.unit.tolist())) == 2
    assert believed(alone, 0, 1) == pytest.approx(10**0.5 / (1 + 10**0.5), abs=0.05)


def test_two_accounts_of_one_evening_do_not_make_a_third_report_likelier() -> None:
    strengths = np.full((3, 3), 2.2)
    strengths[0, 1] = strengths[1, 0] = 6.0
    three, told_twice = judged(strengths), judged(strengths, proposed=[(0, 1, 5.0)])
    two = judged(strengths[1:, 1:])

    assert believed(told_twice, 0, 1) > 0.99
    assert believed(told_twice, 1, 2) == pytest.approx(believed(two, 0, 1), abs=0.12)
    assert believed(three, 1, 2) > believed(told_twice, 1, 2)


def test_a_cannot_link_holds_against_a_proposal() -> None:
    assert believed(judged(SERIES, cannot=[("a", "b")], proposed=[(0, 1, 5.0)]), 0, 1) == 0.0


def test_a_first_link_makes_a_pair_likelier_and_forces_nothing() -> None:
    weak, strangers = np.array([[0.0, 1.9], [1.9, 0.0]]), np.array([[0.0, -3.0], [-3.0, 0.0]])

    assert believed(judged(weak, soft=[("a", "b")]), 0, 1) > believed(judged(weak), 0, 1) + 0.2
    assert believed(judged(strangers, soft=[("a", "b")]), 0, 1) < 0.05


# What is believed of a pair


def of_units(
    unit: list[int], together: dict[tuple[int, int], float], apart: Sequence[tuple[int, int]] = ()
) -> SeriesPosterior:
    ends = np.array(sorted(together), dtype=np.int64).reshape(-1, 2)
    chance = np.array([together[pair] for pair in sorted(together)])
    posterior = Posterior(
        ends[:, 0], ends[:, 1], chance, chance > 1.0, np.zeros((0, max(unit) + 1), np.int64), 1.0, 0.0
    )
    return SeriesPosterior(np.array(unit), posterior, chance, [], np.array(apart, dtype=np.int64).reshape(-1, 2))


LAID_OUT = of_units([0, 1, 1, 2, 3], {(0, 1): 0.7, (0, 3): 0.004, (1, 2): 0.2}, apart=[(3, 2)])


@pytest.mark.parametrize(
    ("pair", "belief"),
    [((0, 1), 0.7), ((0, 2), 0.7), ((1, 2), 1.0), ((3, 3), 1.0), ((2, 3), 0.2), ((0, 4), 0.004), ((1, 4), 0.33)],
)
def test_belief_is_one_within_a_unit_and_the_pairs_own_where_nothing_was_weighed(
    pair: tuple[int, int], belief: float
) -> None:
    assert believed(LAID_OUT, *pair, alone=0.33) == believed(LAID_OUT, *pair[::-1], alone=0.33) == belief


def test_belief_is_nothing_where_decisions_hold_apart() -> None:
    assert believed(LAID_OUT, 3, 4, alone=0.33) == believed(LAID_OUT, 4, 3, alone=0.33) == 0.0


def test_belief_of_many_pairs_is_that_of_each() -> None:
    left, right = (side.ravel() for side in np.mgrid[:5, :5])
    alone = np.linspace(0, 0.03, 25)
    each = [believed(LAID_OUT, a, b, p) for a, b, p in zip(left, right, alone, strict=True)]

    assert LAID_OUT.belief(left, right, alone).tolist() == each
    assert len(LAID_OUT.belief(left[:0], right[:0], alone[:0])) == 0


def test_pairs_of_rows_are_those_of_their_units_and_all_within_one() -> None:
    def listed(least: float) -> set[tuple[int, int]]:
        left, right = LAID_OUT.row_pairs(least)
        assert (left < right).all()
        return set(zip(left.tolist(), right.tolist(), strict=True))

    assert listed(0.5) == {(0, 1), (0, 2), (1, 2)}
    assert listed(0.2) == {(0, 1), (0, 2), (1, 2), (1, 3), (2, 3)}
    assert listed(0.001) == {(0, 1), (0, 2), (1, 2), (1, 3), (2, 3), (0, 4)}


def test_what_is_believed_is_calibrated_and_certainty_stays() -> None:
    plain, drawn = judged(SERIES), judged(SERIES, calibration=Calibration(intercept=0.4, slope=0.8))
    held = judged(SERIES, must=[("a", "b")], cannot=[("d", "e")], calibration=Calibration(1.0, 0.8))

    assert (drawn.together == Calibration(0.4, 0.8).of(plain.posterior.together)).all()
    assert believed(drawn, 0, 1) == drawn.together[0] != plain.together[0]
    assert (believed(held, 0, 1), believed(held, 3, 4)) == (1.0, 0.0)


def test_far_pairs_are_believed_less_where_the_calibration_says_so() -> None:
    def km(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
        """Rows lie on a line, 20 km from one to the next; nobody knows where row 5 is."""
        away = 20.0 * np.abs(left - right)
        return np.where((left == 5) | (right == 5), np.nan, away)

    plain, drawn = judged(SERIES), judged(SERIES, calibration=Calibration(far=-1.0), km=km)

    assert believed(drawn, 0, 2) < believed(plain, 0, 2)
    assert believed(drawn, 4, 5) == believed(plain, 4, 5)


def test_a_unit_is_where_its_nearest_row_is() -> None:
    place = np.array([0.0, 30.0, 35.0, np.nan])
    calibrate = Calibrate(Calibration(), lambda left, right: np.abs(place[left] - place[right]))
    unit = np.array([0, 0, 1, 2])

    assert calibrate.apart(np.array([0]), np.array([1]), unit).tolist() == [5.0]
    assert np.isnan(calibrate.apart(np.array([0]), np.array([2]), unit)).all()


# However few, however many


def of_reports(reports: list[Report]) -> SeriesPosterior:
    table = fit_table(reports, elicited())
    left, right = np.triu_indices(len(reports), 1)
    strength = PRIOR + table.parts(left, right).sum(axis=1) / 1000
    pieces = [column.set_piece() for column in table.columns]
    names = [[report.report_id] for report in reports]
    near = RowPairs(left, right, strength)
    return judge(pieces, np.ones(len(pieces)), names, RowPairs.none(), near, elicited(), Constraints(), Calibration())


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_reports_that_say_nothing_all_stand_alone(count: int) -> None:
    found = of_reports([Report(report_id=f"R{row}") for row in range(count)])

    assert found.unit.tolist() == list(range(count))
    assert found.posterior.snapshots.tolist() == [list(range(count))]
    assert [len(side) for side in found.row_pairs(0.0)] == [0, 0]
    assert found.belief(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)).tolist() == []


def test_two_reports_may_be_of_one_person() -> None:
    found = judged(np.array([[0.0, 4.0], [4.0, 0.0]]))

    assert found.posterior.left.tolist() == [0]
    assert 0.9 < believed(found, 0, 1) < 1.0


@pytest.mark.parametrize("most", [120, 5])
def test_a_file_that_is_one_series_only_is_no_trouble(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidate_graph, "MOST_ROWS", most)
    found = judged(np.full((12, 12), 5.0))
    sizes = [int(np.bincount(one).max()) for one in found.posterior.snapshots]

    assert max(sizes) == min(12, most)
    assert len(found.posterior.together) == 66
    assert found.posterior.together.min() > (0.5 if most == 120 else 0.1)
