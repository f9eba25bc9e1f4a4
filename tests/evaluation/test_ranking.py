"""Figures of an order of pairs: by hand, against scikit-learn, and whatever order tied pairs are given in."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, roc_auc_score

from linkage.evaluation.ranking import Curve, LinkRanks, Ranking, link_ranks, weighted_median
from linkage.evaluation.truth import EvaluatedPairs
from tests.evaluation.small import pairs_of, random_pairs, values_of


def curve_of(linked: list[int] | np.ndarray, value: list[float] | np.ndarray) -> Curve:
    return Ranking.of(np.array(linked, dtype=bool), np.array(value, dtype=float)).curve()


def ranks_of(pairs: EvaluatedPairs, value: np.ndarray) -> LinkRanks:
    return link_ranks(pairs.left, pairs.right, pairs.linked, Ranking.of(pairs.linked, value).level)


class TestTheWholeList:
    # best first: link, other, link, other, other, link
    PLAIN = curve_of([1, 0, 1, 0, 0, 1], [0.9, 0.8, 0.7, 0.6, 0.5, 0.4])
    # best first: a link; then a link and two others tied; then an other
    TIED = curve_of([1, 1, 0, 0, 0], [2.0, 1.0, 1.0, 1.0, 0.0])

    def test_auc_is_the_share_of_links_above_others(self) -> None:
        # the links stand above 3, 2 and 0 of the 3 others: 5 of 9
        assert self.PLAIN.auc() == pytest.approx(5 / 9)
        # above 3 of 3; above 1 and level with 2: 3 + 1 + 2/2 of 6
        assert self.TIED.auc() == pytest.approx(5 / 6)

    def test_average_precision_is_the_mean_precision_where_links_are_found(self) -> None:
        # found at places 1, 3 and 6: (1/1 + 2/3 + 3/6) / 3
        assert self.PLAIN.average_precision() == pytest.approx((1 + 2 / 3 + 1 / 2) / 3)
        # found at place 1, and in the tied step that ends at place 4 with 2 links: (1 + 2/4) / 2
        assert self.TIED.average_precision() == pytest.approx(0.75)

    def test_precision_at_k_is_the_share_of_links_in_the_first_k(self) -> None:
        assert [self.PLAIN.precision_at(k) for k in (1, 2, 3, 6)] == pytest.approx([1, 1 / 2, 2 / 3, 1 / 2])
        # place 2 is one of three tied pairs, one of them a link: 1 + 1/3 links in 2
        assert self.TIED.precision_at(2) == pytest.approx((1 + 1 / 3) / 2)

    def test_a_short_list_is_read_to_its_end(self) -> None:
        assert self.PLAIN.precision_at(500) == pytest.approx(3 / 6)

    def test_work_is_how_many_pairs_are_read_until_enough_links_are_found(self) -> None:
        # 80 % of 3 links is 3 links, the last at place 6; half of them is 2 links, the second at place 3
        assert self.PLAIN.work() == 6
        assert self.PLAIN.work(0.5) == 3
        # the second link is one of three tied from place 2 on: on average at place 3
        assert self.TIED.work() == 3

    def test_chance_reads_four_fifths_of_the_list(self) -> None:
        # 5 links among 100 tied pairs: the fourth is expected at 4 * 101 / 6
        assert curve_of([1] * 5 + [0] * 95, [0.0] * 100).work() == pytest.approx(4 * 101 / 6)

    def test_without_links_nothing_is_known(self) -> None:
        none = curve_of([0, 0], [0.1, 0.2])
        empty = curve_of([], [])
        figures = [one for c in (none, empty) for one in (c.auc(), c.average_precision(), c.work())]
        assert np.isnan([*figures, none.precision_at(1), empty.precision_at(1)]).all()

    def test_without_unlinked_pairs_there_is_no_auc(self) -> None:
        assert np.isnan(curve_of([1, 1], [0.1, 0.2]).auc())

    def test_a_pair_without_a_score_is_refused(self) -> None:
        with pytest.raises(ValueError, match="1 pairs have no score"):
            Ranking.of(np.array([True, False]), np.array([0.5, np.nan]))


LISTS = st.lists(st.tuples(st.booleans(), st.integers(0, 4), st.integers(0, 3)), min_size=2, max_size=40)


@given(LISTS)
def test_weighted_auc_and_average_precision_are_those_of_scikit_learn(drawn: list[tuple[bool, int, int]]) -> None:
    linked, value, weight = (np.array(column) for column in zip(*drawn, strict=True))
    if not (weight[linked].sum() and weight[~linked].sum()):
        return
    ranking = Ranking.of(linked, value.astype(float))
    curve = ranking.curve(weight[ranking.order])
    assert curve.auc() == pytest.approx(roc_auc_score(linked, value, sample_weight=weight))
    assert curve.average_precision() == pytest.approx(average_precision_score(linked, value, sample_weight=weight))


@given(LISTS)
def test_a_weight_is_a_number_of_copies(drawn: list[tuple[bool, int, int]]) -> None:
    linked, value, weight = (np.array(column) for column in zip(*drawn, strict=True))
    ranking = Ranking.of(linked, value.astype(float))
    weighted = ranking.curve(weight[ranking.order])
    copied = curve_of(np.repeat(linked, weight), np.repeat(value, weight))
    for figure in (Curve.auc, Curve.average_precision, Curve.work, lambda curve: curve.precision_at(3)):
        assert figure(weighted) == pytest.approx(figure(copied), nan_ok=True)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 2)), min_size=1, max_size=6), st.integers(1, 7))
def test_tied_pairs_count_as_if_laid_in_every_order(drawn: list[tuple[bool, int]], k: int) -> None:
    linked, value = (np.array(column) for column in zip(*drawn, strict=True))
    if not linked.any():
        return
    orders = [np.array(order) for order in permutations(range(len(value)))]
    laid = [linked[order] for order in orders if (np.diff(value[order]) <= 0).all()]
    wanted = int(np.ceil(0.8 * linked.sum()))
    curve = curve_of(linked, value)
    assert curve.precision_at(k) == pytest.approx(np.mean([one[:k].mean() for one in laid]))
    assert curve.work() == pytest.approx(np.mean([np.flatnonzero(one)[wanted - 1] + 1 for one in laid]))


@given(st.integers(0, 10_000))
def test_no_figure_depends_on_the_order_in_which_pairs_are_given(seed: int) -> None:
    rng = np.random.default_rng(seed)
    pairs, shuffled = random_pairs(seed, 8, 4), rng.permutation(28)
    value = rng.integers(3, size=len(pairs)).astype(float)
    one, other = (curve_of(pairs.linked[order], value[order]) for order in (slice(None), shuffled))
    for figure in (Curve.auc, Curve.average_precision, Curve.work, lambda curve: curve.precision_at(5)):
        assert figure(one) == pytest.approx(figure(other), nan_ok=True)
    level = Ranking.of(pairs.linked, value).level
    sides = (pairs.left, pairs.right, pairs.linked, level)
    first, again = link_ranks(*sides), link_ranks(*(side[shuffled] for side in sides))
    assert sorted(zip(first.query, first.rank, strict=True)) == sorted(zip(again.query, again.rank, strict=True))


class TestOwnLists:
    # A and B are of one person, C and D of another
    PAIRS = pairs_of({"A": "p", "B": "p", "C": "q", "D": "q"})
    VALUE = values_of(PAIRS, {"AB": 0.9, "AC": 0.8, "AD": 0.1, "BC": 0.95, "BD": 0.2, "CD": 0.3})

    def test_a_link_stands_once_in_the_list_of_each_of_its_reports(self) -> None:
        # A reads B C D: B is 1st. B reads C A D: A is 2nd. C reads B A D: D is 3rd. D reads C B A: C is 1st.
        ranks = ranks_of(self.PAIRS, self.VALUE)
        assert dict(zip(ranks.query.tolist(), ranks.rank.tolist(), strict=True)) == {0: 1, 1: 2, 2: 3, 3: 1}

    def test_recall_is_the_share_of_partners_among_the_first(self) -> None:
        ranks = ranks_of(self.PAIRS, self.VALUE)
        assert [ranks.among_first(k).mean() for k in (1, 2, 3, 10)] == [0.5, 0.75, 1.0, 1.0]

    def test_tied_pairs_share_their_average_rank_and_their_chance_of_being_first(self) -> None:
        ranks = ranks_of(self.PAIRS, np.zeros(6))
        assert set(ranks.rank) == {2.0}
        assert ranks.among_first(1) == pytest.approx([1 / 3] * 4)

    def test_the_first_rank_is_that_of_the_best_placed_partner(self) -> None:
        # A, B and C are of one person. A reads D B C: 2. B reads C D A: 1. C reads B D A: 1. D has no link.
        pairs = pairs_of({"A": "p", "B": "p", "C": "p", "D": "q"})
        value = values_of(pairs, {"AD": 0.9, "AB": 0.5, "AC": 0.4, "BC": 0.8, "BD": 0.6, "CD": 0.6})
        asking, best = ranks_of(pairs, value).best()
        assert asking.tolist() == [0, 1, 2]
        assert best.tolist() == [2, 1, 1]

    def test_reports_of_one_incident_are_not_in_each_others_lists(self) -> None:
        # A and B tell of one incident, so A reads C D only
        pairs = pairs_of({"A": "p", "B": "p", "C": "p", "D": "q"}, incidents={"A": "i", "B": "i"})
        ranks = ranks_of(pairs, values_of(pairs, {"AC": 0.1, "AD": 0.9}))
        assert ranks.rank[ranks.query == 0].tolist() == [2]
        assert len(ranks.pair) == 4

    def test_without_links_nobody_asks(self) -> None:
        pairs = pairs_of({"A": "p", "B": "q"})
        assert len(ranks_of(pairs, np.zeros(1)).best()[0]) == 0
        assert len(ranks_of(pairs_of({}), np.zeros(0)).rank) == 0


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_ranks_are_those_of_a_plain_count(seed: int) -> None:
    pairs = random_pairs(seed, 9, 3)
    value = np.random.default_rng(seed).integers(5, size=len(pairs)).astype(float)
    ranks = ranks_of(pairs, value)
    assert len(ranks.pair) == 2 * pairs.linked.sum()
    for query, pair, rank in zip(ranks.query, ranks.pair, ranks.rank, strict=True):
        own = value[(pairs.left == query) | (pairs.right == query)]
        assert rank == (own > value[pair]).sum() + ((own == value[pair]).sum() + 1) / 2


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), min_size=1, max_size=12))
def test_a_weighted_median_is_that_of_the_copies(drawn: list[tuple[int, int]]) -> None:
    values, weight = (np.array(column) for column in zip(*sorted(drawn), strict=True))
    copies = np.repeat(values, weight)
    expected = np.median(copies) if len(copies) else np.nan
    assert weighted_median(values.astype(float), weight) == pytest.approx(expected, nan_ok=True)
