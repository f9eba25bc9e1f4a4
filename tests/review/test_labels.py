"""Labels come only from decisions that no score had a hand in; random draws say what the ranking misses."""

from __future__ import annotations

import pandas as pd
import pytest

from linkage.report import Report
from linkage.review.labels import HIGH, LOW, UNLISTED, drawn, labelled, labels, missed, share_drawn
from linkage.review.settings import settings
from tests.review.deciding import Book


def test_rule_5_an_accepted_suggestion_is_never_a_label() -> None:
    book = Book()
    book.pair("ann", "a", "b", "link")
    book.pair("ann", "c", "d", "not_linked")
    assert labels(book.made).together == labels(book.made).apart == []


def test_rule_5_blind_and_second_checked_decisions_are_labels() -> None:
    book = Book()
    book.linked_twice("a", "b")
    book.pair("ann", "c", "d", "not_linked", blind=True)
    book.pair("ann", "f", "e", "link", blind=True, stream="random")
    book.pair("ann", "g", "h", "unsure", blind=True)
    found = labels(book.made)
    assert (found.together, found.apart) == ([("a", "b"), ("e", "f")], [("c", "d")])


def test_rule_5_what_is_contradicted_or_withdrawn_is_no_label() -> None:
    book = Book()
    book.pair("ann", "a", "b", "link", blind=True)
    book.pair("bob", "a", "b", "not_linked")
    number = book.pair("ann", "c", "d", "link", blind=True)
    book.withdraw("ann", number)
    assert labels(book.made).together == labels(book.made).apart == []


def test_linked_pairs_make_series_to_learn_from_unless_two_of_them_are_apart() -> None:
    book = Book()
    for left, right in ("ab", "bc", "xy", "yz"):
        book.pair("ann", left, right, "link", blind=True)
    book.pair("ann", "x", "z", "not_linked", blind=True)
    reports = [Report(report_id=name, series="given") for name in "abcxyzq"]
    found = {report.report_id: report.series for report in labelled(reports, labels(book.made))}
    assert found == {"a": "decided-1", "b": "decided-1", "c": "decided-1"} | dict.fromkeys("xyzq")


NAMES = [f"r{number:03d}" for number in range(80)]
KEPT = pd.DataFrame(
    [(NAMES[n], NAMES[n + 1], (n % 20) / 20) for n in range(79)], columns=["report_a", "report_b", "probability"]
)


def test_rule_5_the_random_stream_has_low_and_unlisted_pairs_and_is_the_same_for_a_seed() -> None:
    found = drawn(KEPT, NAMES, seed=5, most=20)
    chance = {(a, b): p for a, b, p in KEPT.itertuples(index=False)}
    strata = [
        UNLISTED if pair not in chance else LOW if chance[pair] < settings().low_probability else HIGH
        for pair in found
    ]
    assert [strata.count(one) for one in (LOW, UNLISTED, HIGH)] == [8, 5, 5]  # there are but eight low ones
    assert len(set(found)) == len(found)
    assert found == drawn(KEPT.sample(frac=1, random_state=1), NAMES[::-1], seed=5, most=20)
    assert found != drawn(KEPT, NAMES, seed=6, most=20)
    assert 0.05 <= settings().random_share <= 0.10


def test_a_small_inbox_has_its_share_of_random_draws_over_many_runs() -> None:
    many = [share_drawn(5, seed) for seed in range(400)]
    assert set(many) == {0, 1}
    assert 0.05 * 5 < sum(many) / len(many) < 0.10 * 5
    assert {share_drawn(1000, seed) for seed in range(9)} == {70}
    assert share_drawn(0, 1) == 0


def test_a_single_draw_may_be_of_any_stratum() -> None:
    lows = set(zip(KEPT["report_a"], KEPT["report_b"], strict=True))
    found = [drawn(KEPT, NAMES, seed, most=1) for seed in range(40)]
    assert all(len(one) == 1 for one in found)
    assert {one[0] in lows for one in found} == {True, False}


def test_every_unlisted_pair_can_be_drawn() -> None:
    seen = {pair for seed in range(60) for pair in drawn(KEPT.iloc[:0], ["a", "b", "c"], seed, most=4)}
    assert seen == {("a", "b"), ("a", "c"), ("b", "c")}
    assert drawn(KEPT.iloc[:0], ["a"], 1) == []


def test_what_the_ranking_misses_is_told_with_an_interval() -> None:
    book = Book()
    for number in range(20):
        judgement = "link" if number < 2 else "not_linked"
        book.pair("ann", f"a{number}", f"b{number}", judgement, blind=True, stream="random", score=-2.0)
    book.pair("ann", "c", "d", "link", blind=True, stream="random")
    book.pair("ann", "e", "f", "link", blind=True, stream="queue", score=-2.0)  # was chosen, not drawn
    book.pair("ann", "g", "h", "link", stream="random", score=-2.0)  # the score was seen
    high, low, unlisted = missed(book.made)
    assert (low.decided, low.linked, low.share) == (20, 2, 0.1)
    # Clopper and Pearson's interval for 2 of 20, as tables have it
    assert (low.low, low.high) == pytest.approx((0.0123, 0.3170), abs=5e-4)
    assert low.words == "of 20 random low pairs 2 were linked (1.2% to 31.7% of all)"
    assert (unlisted.decided, unlisted.linked, unlisted.high) == (1, 1, 1.0)
    assert high.words.startswith("No high pair")
