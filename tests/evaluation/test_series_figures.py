"""Gathered series against true ones: by hand, and against the figures of a library for it."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
from er_evaluation.error_analysis import record_error_table
from er_evaluation.metrics import b_cubed_precision, b_cubed_recall, pairwise_precision, pairwise_recall
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.evaluation.series_figures import Gathering
from tests.evaluation.small import truth_of

# p has four incidents, q two, r and s one each
TRUTH = truth_of({"A": "p", "B": "p", "C": "p", "D": "p", "E": "q", "F": "q", "G": "r", "H": "s"})
# gathered: three of p with r's only one; both of q; D and H alone
SERIES = [{"A", "B", "C", "G"}, {"E", "F"}]


def test_b_cubed_is_a_mean_over_incidents() -> None:
    precision, recall, f1 = Gathering.of(TRUTH, SERIES).b_cubed()
    # share of its series that is its person's: A B C 3/4 each, G 1/4, D E F H 1
    assert precision == pytest.approx((3 * 3 / 4 + 1 / 4 + 4) / 8)
    # share of its person's that are in its series: A B C 3/4 each, D 1/4, the others 1
    assert recall == pytest.approx((3 * 3 / 4 + 1 / 4 + 4) / 8)
    assert f1 == pytest.approx(6.5 / 8)


def test_f1_is_the_harmonic_mean() -> None:
    # everything in one series: precision (4 * 4/8 + 2 * 2/8 + 2 * 1/8) / 8 = 11/32, recall 1
    precision, recall, f1 = Gathering.of(TRUTH, [set("ABCDEFGH")]).b_cubed()
    assert (precision, recall, f1) == pytest.approx((11 / 32, 1.0, 2 * 11 / 43))


def test_pairwise_figures_count_pairs_of_incidents() -> None:
    precision, recall, f1 = Gathering.of(TRUTH, SERIES).pairwise()
    # gathered pairs: 6 + 1, of which 3 + 1 linked; true links: 6 + 1
    assert (precision, recall, f1) == pytest.approx((4 / 7, 4 / 7, 4 / 7))


def test_gathering_nothing_has_no_pairwise_precision() -> None:
    precision, recall, f1 = Gathering.of(TRUTH, []).pairwise()
    assert np.isnan(precision)
    assert (recall, f1) == (0.0, 0.0)
    assert np.isnan(Gathering.of(truth_of({"A": "p"}), []).pairwise()).all()
    assert np.isnan(Gathering.of(truth_of({}), []).b_cubed()).all()


@pytest.mark.parametrize(
    ("series", "how"),
    [
        ([set("ABCD"), set("EF")], {"p": "whole", "q": "whole"}),
        ([set("ABCDG"), set("EF")], {"p": "in part", "q": "whole"}),  # one too many
        ([set("ABC")], {"p": "in part", "q": "none"}),  # one too few
        ([set("AB"), set("CD")], {"p": "in part", "q": "none"}),  # in two halves
        ([set("AE"), set("BF"), set("CG")], {"p": "none", "q": "none"}),  # no two of one person together
        ([], {"p": "none", "q": "none"}),
    ],
)
def test_a_series_is_rebuilt_whole_in_part_or_not_at_all(series: list[set[str]], how: dict[str, str]) -> None:
    gathering = Gathering.of(TRUTH, series)
    serial, state = gathering.rebuilt()
    said = {
        gathering.names[person]: ("none", "in part", "whole")[one] for person, one in zip(serial, state, strict=True)
    }
    assert said == how


class TestReportsOfOneIncident:
    # A1 and A2 tell of one incident; p has two incidents, q one
    TRUTH = truth_of({"A1": "p", "A2": "p", "B": "p", "C": "q"}, incidents={"A1": "a", "A2": "a"})

    def test_count_as_one(self) -> None:
        # units a, B, C; gathered a with C: precision (1/2 + 1 + 1/2) / 3, recall (1/2 + 1/2 + 1) / 3
        gathering = Gathering.of(self.TRUTH, [{"A1", "A2", "C"}])
        assert gathering.b_cubed()[:2] == pytest.approx((2 / 3, 2 / 3))
        assert gathering.pairwise()[:2] == (0.0, 0.0)

    def test_are_no_success_of_their_own(self) -> None:
        gathering = Gathering.of(self.TRUTH, [{"A1", "A2"}])
        assert np.isnan(gathering.pairwise()[0])
        assert gathering.rebuilt()[1].tolist() == [0]

    def test_stand_where_any_of_them_was_gathered(self) -> None:
        assert Gathering.of(self.TRUTH, [{"A2", "B"}]).rebuilt()[1].tolist() == [2]

    def test_stand_where_most_of_them_were_gathered(self) -> None:
        truth = truth_of(
            {"A1": "p", "A2": "p", "A3": "p", "B": "p", "C": "q"}, dict.fromkeys(("A1", "A2", "A3"), "a")
        )
        assert Gathering.of(truth, [{"A1", "C"}, {"A2", "A3", "B"}]).rebuilt()[1].tolist() == [2]
        assert Gathering.of(truth, [{"A1", "A2", "C"}, {"A3", "B"}]).rebuilt()[1].tolist() == [0]

    def test_of_two_persons_are_two_units(self) -> None:
        truth = truth_of({"A1": "p", "A2": "q", "B": "q"}, incidents={"A1": "a", "A2": "a"})
        assert Gathering.of(truth, [{"A2", "B"}]).pairwise() == (1.0, 1.0, 1.0)


def test_reports_that_the_truth_does_not_know_are_left_out() -> None:
    assert Gathering.of(TRUTH, [{"E", "F", "X", "Y"}]).rebuilt()[1].tolist() == [0, 2]


def test_a_report_in_two_series_is_refused() -> None:
    with pytest.raises(ValueError, match="report B stands in two series"):
        Gathering.of(TRUTH, [{"A", "B"}, {"B", "C"}])


PARTITIONS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=30)


def partition_of(drawn: list[tuple[int, int]]) -> tuple[Gathering, pd.Series, pd.Series]:
    """Gathered incidents from (person, series) of each, and the same as a library takes them."""
    names = [f"R{row:02}" for row in range(len(drawn))]
    series: dict[int, set[str]] = {}
    for name, (_, gathered) in zip(names, drawn, strict=True):
        series.setdefault(gathered, set()).add(name)
    truth = truth_of({name: f"P{person}" for name, (person, _) in zip(names, drawn, strict=True)})
    gathering = Gathering.of(truth, [members for members in series.values() if len(members) > 1])
    person, gathered = (pd.Series(column, index=names) for column in zip(*drawn, strict=True))
    return gathering, gathered, person


@settings(max_examples=25)
@given(PARTITIONS)
def test_figures_are_those_of_er_evaluation(drawn: list[tuple[int, int]]) -> None:
    gathering, prediction, reference = partition_of(drawn)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library calls pandas in ways that pandas will drop
        table = record_error_table(prediction, reference)
        by_person = (b_cubed_precision(prediction, reference), b_cubed_recall(prediction, reference))
        by_pair = (pairwise_precision(prediction, reference), pairwise_recall(prediction, reference))
    extra, missing = table["extra"] / table["pred_cluster_size"], table["missing"] / table["ref_cluster_size"]
    assert gathering.b_cubed()[:2] == pytest.approx((1 - extra.mean(), 1 - missing.mean()))
    # its B-cubed lets each person count alike and not each incident: counted the other way round, ours is the same
    size = np.bincount(gathering.person)
    assert gathering.b_cubed(np.lcm.reduce(size) // size)[:2] == pytest.approx(by_person)
    # it says 1 where there are no pairs to be wrong about; here that is not known
    own = [1.0 if np.isnan(value) else value for value in gathering.pairwise()[:2]]
    assert own == pytest.approx(by_pair)


@settings(max_examples=60)
@given(PARTITIONS, st.integers(0, 1000))
def test_a_person_counted_so_often_is_that_many_persons_in_the_pairs(drawn: list[tuple[int, int]], seed: int) -> None:
    gathering, _, _ = partition_of(drawn)
    times = np.random.default_rng(seed).integers(3, size=len(gathering.names))
    weight = {"linked": 0, "gathered": 0, "both": 0}
    for one, (person, series) in enumerate(drawn):
        for other_person, other_series in drawn[:one]:
            one_name, other_name = (gathering.names.index(f"P{who}") for who in (person, other_person))
            linked, together = person == other_person, series == other_series
            counted = int(times[one_name]) * (1 if linked else int(times[other_name]))
            weight["linked"] += linked * counted
            weight["gathered"] += together * counted
            weight["both"] += (linked and together) * counted
    precision, recall, _ = gathering.pairwise(times)
    assert precision == pytest.approx(
        weight["both"] / weight["gathered"] if weight["gathered"] else np.nan, nan_ok=True
    )
    assert recall == pytest.approx(weight["both"] / weight["linked"] if weight["linked"] else np.nan, nan_ok=True)


@given(PARTITIONS)
def test_a_person_counted_never_is_not_asked(drawn: list[tuple[int, int]]) -> None:
    gathering, _, _ = partition_of(drawn)
    times = np.zeros(len(gathering.names), dtype=np.int64)
    times[0] = 1
    precision, recall, _ = gathering.b_cubed(times)
    own = gathering.series[gathering.person == 0]
    assert recall == pytest.approx(np.mean([(own == one).mean() for one in own]))
    assert precision == pytest.approx(np.mean([(own == one).sum() / (gathering.series == one).sum() for one in own]))
