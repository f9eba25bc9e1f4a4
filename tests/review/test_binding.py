"""What decisions bind linking to: soft after one, binding after a blind second check, apart at once."""

from __future__ import annotations

import random
from itertools import combinations

import networkx as nx
import pytest

from linkage.review.binding import Binding, binding
from tests.review.deciding import Book

KNOWN = set("abcdefgh")
SERIES = {"left": ["a"], "right": ["b", "c", "d"]}
GROUPS = {"left": ["a", "b"], "right": ["c", "d"]}


@pytest.fixture
def book() -> Book:
    return Book()


def bound(book: Book) -> Binding:
    return binding(book.made, KNOWN)


# rule 1: the same incident comes before the same person


def test_rule_1_same_incident_pairs_merge_before_scoring(book: Book) -> None:
    book.add("ann", "same_incident", "b", "a", "same_incident")
    found = bound(book)
    assert found.same_incident == [("a", "b")]
    assert found.must_link == found.soft_link == found.conflicts == []


def test_not_the_same_incident_stops_the_proposal_and_says_nothing_of_the_person(book: Book) -> None:
    book.add("ann", "same_incident", "a", "b", "not_linked")
    found = bound(book)
    assert (found.other_incident, found.cannot_link) == ([("a", "b")], [])


def test_same_incident_and_not_the_same_incident_is_not_with_both_decisions_named(book: Book) -> None:
    book.add("ann", "same_incident", "a", "b", "same_incident")
    book.add("bob", "same_incident", "a", "b", "not_linked")
    found = bound(book)
    assert (found.same_incident, found.other_incident) == ([], [("a", "b")])
    assert [(one.about, one.apart, one.ties) for one in found.conflicts] == [("incident", (2,), (1,))]


def test_three_reports_are_not_one_incident_through_the_one_between(book: Book) -> None:
    book.add("ann", "same_incident", "a", "b", "same_incident")
    book.add("ann", "same_incident", "b", "c", "same_incident")
    book.add("bob", "same_incident", "a", "c", "not_linked")
    found = bound(book)
    assert found.same_incident == []
    assert found.conflicts[0].path == ("a", "b", "c")
    assert found.conflicts[0].decisions == (1, 2, 3)


# rule 2: apart at once, together after a second check


def test_rule_2_not_linked_keeps_apart_at_once(book: Book) -> None:
    book.pair("ann", "b", "a", "not_linked")
    assert bound(book).cannot_link == [("a", "b")]


def test_rule_2_link_is_soft_until_somebody_else_checks_it_blindly(book: Book) -> None:
    first = book.pair("ann", "a", "b", "link")
    assert (bound(book).soft_link, bound(book).must_link) == ([("a", "b")], [])
    book.pair("bob", "b", "a", "link", second_of=first, blind=True)
    assert (bound(book).soft_link, bound(book).must_link) == ([], [("a", "b")])


@pytest.mark.parametrize(
    ("analyst", "right", "judgement", "blind"),
    [
        ("ann", "b", "link", True),  # her own check
        ("bob", "b", "link", False),  # not blind
        ("bob", "c", "link", True),  # of another pair
        ("bob", "b", "unsure", True),
    ],
)
def test_what_is_no_second_check_leaves_the_link_soft(
    book: Book, analyst: str, right: str, judgement: str, blind: bool
) -> None:
    first = book.pair("ann", "a", "b", "link")
    book.pair(analyst, "a", right, judgement, second_of=first, blind=blind)
    found = bound(book)
    assert found.must_link == []
    assert ("a", "b") in found.soft_link


def test_two_links_that_do_not_name_each_other_are_two_first_checks(book: Book) -> None:
    book.pair("ann", "a", "b", "link")
    book.pair("bob", "a", "b", "link", blind=True)
    assert bound(book).must_link == []


def test_a_second_check_that_refuses_keeps_apart_and_is_a_conflict(book: Book) -> None:
    first = book.pair("ann", "a", "b", "link")
    book.pair("bob", "a", "b", "not_linked", second_of=first, blind=True)
    found = bound(book)
    assert (found.must_link, found.soft_link, found.cannot_link) == ([], [], [("a", "b")])
    assert [(one.apart, one.ties) for one in found.conflicts] == [((2,), (1,))]


def test_rule_2_a_third_analyst_overrides_nobody_silently(book: Book) -> None:
    book.linked_twice("a", "b")
    book.pair("cyd", "a", "b", "not_linked")
    found = bound(book)
    assert (found.must_link, found.cannot_link) == ([], [("a", "b")])
    assert [one.decisions for one in found.conflicts] == [(1, 2, 3)]


def test_a_chain_of_checked_links_gives_way_to_a_not_linked_and_is_told(book: Book) -> None:
    book.linked_twice("a", "b")
    book.linked_twice("b", "c")
    book.linked_twice("c", "d")
    apart = book.pair("cyd", "a", "c", "not_linked")
    found = bound(book)
    assert found.must_link == [("c", "d")]
    assert found.soft_link == [("a", "b"), ("b", "c")]
    assert [(one.path, one.apart, one.ties) for one in found.conflicts] == [(("a", "b", "c"), (apart,), (1, 2, 3, 4))]


def test_one_incident_of_two_people_is_a_conflict_and_merges_nothing(book: Book) -> None:
    book.add("ann", "same_incident", "a", "b", "same_incident")
    book.pair("ann", "a", "b", "not_linked")
    found = bound(book)
    assert (found.same_incident, found.cannot_link) == ([], [("a", "b")])
    assert found.conflicts[0].about == "person"


def test_no_binding_contradicts_itself_whatever_was_decided() -> None:
    for seed in range(60):
        draw, book = random.Random(seed), Book()
        for _ in range(25):
            a, b = sorted(draw.sample(sorted(KNOWN), 2))
            kind = draw.choice(["pair", "pair", "same_incident"])
            yes = "link" if kind == "pair" else "same_incident"
            first = book.add(draw.choice("xyz"), kind, a, b, draw.choice([yes, yes, "not_linked", "unsure"]))
            if draw.random() < 0.6 and kind == "pair":
                book.pair("second", a, b, draw.choice(["link", "link", "not_linked"]), second_of=first, blind=True)
        found = bound(book)
        people = nx.Graph([*found.must_link, *found.same_incident])
        incidents = nx.Graph(found.same_incident)
        for pairs, graph in ((found.cannot_link, people), (found.other_incident, incidents)):
            assert [p for p in pairs if p[0] in graph and p[1] in graph and nx.has_path(graph, *p)] == []
        assert not set(found.soft_link) & {*found.cannot_link, *found.must_link, *found.same_incident}
        denied = {(one.left, one.right) for one in book.made if one.judgement == "not_linked"}
        assert {(one.report_a, one.report_b) for one in found.conflicts} <= denied


# rule 3: report by report


def test_rule_3_a_report_belongs_without_tying_the_members_to_each_other(book: Book) -> None:
    first = book.add("ann", "report_series", "a", "S-0001", "link", scope=SERIES)
    assert bound(book).soft_link == [("a", "b"), ("a", "c"), ("a", "d")]
    book.add("bob", "report_series", "a", "S-0001", "link", scope=SERIES, second_of=first, blind=True)
    found = bound(book)
    assert found.must_link == [("a", "b")]
    assert found.soft_link == [("a", "c"), ("a", "d")]


def test_taking_a_report_out_binds_at_once_and_only_to_the_members_it_was_taken_from(book: Book) -> None:
    book.add("ann", "report_series", "a", "S-0001", "not_linked", scope=SERIES)
    assert bound(book).cannot_link == [("a", "b"), ("a", "c"), ("a", "d")]


def test_a_report_taken_out_of_the_series_that_two_analysts_put_it_in_is_out_and_a_conflict(book: Book) -> None:
    first = book.add("ann", "report_series", "a", "S-0001", "link", scope=SERIES)
    book.add("bob", "report_series", "a", "S-0001", "link", scope=SERIES, second_of=first, blind=True)
    out = book.add("cyd", "report_series", "a", "S-0001", "not_linked", scope=SERIES)
    found = bound(book)
    assert found.must_link == found.soft_link == []
    assert {out, first} <= set(found.conflicts[0].decisions)


def test_a_report_stays_in_a_series_from_which_one_member_was_taken(book: Book) -> None:
    first = book.add("ann", "report_series", "a", "S-0001", "link", scope=SERIES)
    book.add("bob", "report_series", "a", "S-0001", "link", scope=SERIES, second_of=first, blind=True)
    book.add("cyd", "report_series", "b", "S-0001", "not_linked", scope={"left": ["b"], "right": ["a", "c", "d"]})
    found = bound(book)
    assert found.must_link == [("a", "c")]
    assert found.conflicts == []


def test_a_member_that_an_analyst_said_is_not_linked_with_the_report_is_a_conflict(book: Book) -> None:
    book.add("ann", "report_series", "a", "S-0001", "link", scope=SERIES)
    book.pair("bob", "a", "d", "not_linked")
    found = bound(book)
    assert [(one.report_a, one.report_b, one.decisions) for one in found.conflicts] == [("a", "d", (1, 2))]
    assert found.soft_link == [("a", "b"), ("a", "c")]


def test_a_split_keeps_the_two_groups_apart_at_once(book: Book) -> None:
    book.add("ann", "split", "S-0001", "c d", "not_linked", scope=GROUPS)
    assert bound(book).cannot_link == [("a", "c"), ("a", "d"), ("b", "c"), ("b", "d")]


def test_a_merge_is_soft_until_checked_and_then_ties_all_that_both_saw(book: Book) -> None:
    first = book.add("ann", "merge", "S-0001", "S-0002", "link", scope=GROUPS)
    assert bound(book).soft_link == [("a", "c"), ("a", "d"), ("b", "c"), ("b", "d")]
    newer = {"left": ["c", "d", "e"], "right": ["a", "b"]}
    book.add("bob", "merge", "S-0002", "S-0001", "link", scope=newer, second_of=first, blind=True)
    found = bound(book)
    assert set(nx.node_connected_component(nx.Graph(found.must_link), "a")) == set("abcd")


def test_a_merge_outlives_the_member_that_is_taken_out(book: Book) -> None:
    first = book.add("ann", "merge", "S-0001", "S-0002", "link", scope=GROUPS)
    book.add("bob", "merge", "S-0001", "S-0002", "link", scope=GROUPS, second_of=first, blind=True)
    book.add("cyd", "report_series", "a", "S-0001", "not_linked", scope=SERIES)
    found = bound(book)
    assert set(nx.node_connected_component(nx.Graph(found.must_link), "b")) == set("bcd")
    assert set(found.cannot_link) == {("a", "b"), ("a", "c"), ("a", "d")}
    assert [set(one.decisions) >= {1, 2, 3} for one in found.conflicts] == [True]


def test_two_series_to_be_kept_apart_are(book: Book) -> None:
    book.add("ann", "merge", "S-0001", "S-0002", "not_linked", scope=GROUPS)
    assert len(bound(book).cannot_link) == 4


# rule 7: undo is a new record


def test_rule_7_undo_is_a_new_record_and_restores_what_was(book: Book) -> None:
    first = book.pair("ann", "a", "b", "link")
    changed = book.pair("ann", "a", "b", "not_linked", supersedes=first)
    assert bound(book).cannot_link == [("a", "b")]
    undone = book.withdraw("ann", changed)
    assert (bound(book).soft_link, bound(book).cannot_link) == ([("a", "b")], [])
    book.withdraw("ann", undone)
    assert bound(book).cannot_link == [("a", "b")]
    assert len(book.made) == 4


def test_taking_back_either_half_of_a_checked_link_loosens_it() -> None:
    for number in (1, 2):
        own = Book()
        own.linked_twice("a", "b")
        own.withdraw(own.made[number - 1].analyst, number)
        assert bound(own).must_link == []


def test_a_later_answer_of_one_analyst_takes_the_place_of_the_earlier(book: Book) -> None:
    book.linked_twice("a", "b")
    book.pair("ann", "a", "b", "link")
    assert bound(book).must_link == [("a", "b")]
    book.pair("ann", "a", "b", "unsure")
    assert (bound(book).must_link, bound(book).soft_link) == ([], [("a", "b")])


def test_decisions_on_reports_that_are_gone_bind_nothing(book: Book) -> None:
    book.pair("ann", "a", "erased", "not_linked")
    book.add("ann", "report_series", "a", "S-0001", "not_linked", scope={"left": ["a"], "right": ["b", "erased"]})
    assert bound(book).cannot_link == [("a", "b")]


def test_the_order_of_sides_and_of_unrelated_decisions_changes_nothing(book: Book) -> None:
    for a, b in combinations("abcd", 2):
        book.pair("ann", b, a, "link")
    other = Book()
    for a, b in reversed(list(combinations("abcd", 2))):
        other.pair("ann", a, b, "link")
    assert bound(book) == bound(other)
