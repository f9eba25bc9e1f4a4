"""A link chart draws what two reports say for themselves, and tells where a series hangs by one of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linkage.review.binding import Binding
from linkage.review.link_graph import Edge, LinkGraph, State, hanging_words, link_graph, positions

Listed = dict[tuple[str, str], tuple[float, float]]


def graph(members: str, listed: Listed, bound: Binding | None = None, outside: str = "") -> LinkGraph:
    return link_graph(list(members), list(outside), listed, bound or Binding(), {})


CHAIN: Listed = {("a", "b"): (2.0, 0.9), ("b", "c"): (1.5, 0.8), ("a", "c"): (0.2, 0.7)}


def test_the_middle_of_a_chain_holds_it_together() -> None:
    found = graph("abc", CHAIN)
    assert [(hinge.report, hinge.parts) for hinge in found.hinges] == [("b", (("a",), ("c",)))]
    assert {(edge.a, edge.b) for edge in found.bridges} == {("a", "b"), ("b", "c")}
    assert "Hangs on b" in hanging_words(found)[0]


def test_a_pair_that_only_others_make_likely_is_no_edge() -> None:
    assert ("a", "c") not in {(edge.a, edge.b) for edge in graph("abc", CHAIN).edges}


def test_a_ring_hangs_on_nobody_and_says_so() -> None:
    found = graph("abc", CHAIN | {("a", "c"): (1.1, 0.9)})
    assert (found.hinges, found.bridges) == ((), ())
    assert hanging_words(found) == [
        "No single report holds it together: without any of them the others are still linked"
    ]


def test_members_without_a_link_of_their_own_fall_into_groups() -> None:
    found = graph("abcd", {("a", "b"): (3.0, 0.9)})
    assert found.groups == (("a", "b"), ("c",), ("d",))
    assert "3 groups: a and b; c; d" in hanging_words(found)[0]


def test_decisions_are_drawn_whatever_the_evidence_and_apart_ties_nobody() -> None:
    bound = Binding(must_link=[("a", "c")], cannot_link=[("b", "c")], soft_link=[("a", "d")])
    found = graph("abcd", {("b", "c"): (4.0, 0.1)}, bound)
    states = {(edge.a, edge.b): edge.state for edge in found.edges}
    assert states == {("a", "c"): State.CONFIRMED, ("b", "c"): State.APART, ("a", "d"): State.ONE_ANALYST}
    assert ("b",) in found.groups


def test_accounts_of_one_incident_are_tied() -> None:
    found = link_graph(["a", "b"], [], {}, Binding(), {"a": "I1", "b": "I1"})
    assert found.edges == (Edge("a", "b", State.INCIDENT),)


def test_a_report_outside_neither_joins_groups_nor_hangs_them() -> None:
    found = graph("ab", {("a", "x"): (2.0, 0.9), ("b", "x"): (2.0, 0.9)}, outside="x")
    assert found.groups == (("a",), ("b",))
    assert found.hinges == ()
    assert len(found.strongest) == 2


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")).filter(lambda pair: pair[0] < pair[1]),
        st.tuples(st.floats(-3, 6), st.floats(0, 1)),
    )
)
def test_without_a_hinge_its_group_falls_into_its_parts_and_every_report_has_a_place(listed: Listed) -> None:
    found = graph("abcdefg", listed)
    assert sorted(name for group in found.groups for name in group) == list("abcdefg")
    for hinge in found.hinges:
        [group] = [one for one in found.groups if hinge.report in one]
        assert sorted(name for part in hinge.parts for name in part) == sorted(set(group) - {hinge.report})
        assert len(hinge.parts) > 1
        rest = graph("".join(sorted(set("abcdefg") - {hinge.report})), listed)
        assert set(hinge.parts) <= set(rest.groups)
    assert len(found.strongest) == 7 - len(found.groups)
    places = positions(found)
    assert places.keys() == set("abcdefg")
    assert all(-1.01 <= side <= 1.01 for at in places.values() for side in at)
    assert places == positions(found)
