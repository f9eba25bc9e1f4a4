"""Series from hand-made strengths."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.models.series import Conflict, Pair, SeriesResult, find_series, mean_strength

Strengths = dict[Pair, float]


def groups(found: SeriesResult) -> list[list[str]]:
    series: dict[str, list[str]] = {}
    for row in found.members:
        series.setdefault(row.series_id, []).append(row.report_id)
    return sorted(series.values())


def clique(names: str, strength: float) -> Strengths:
    return {(a, b): strength for a in names for b in names if a < b}


def test_strong_pairs_make_series_and_the_rest_stays_alone() -> None:
    found = find_series(clique("abc", 1.0) | clique("xy", 0.5) | {("c", "x"): -1.0}, {})

    assert groups(found) == [["a", "b", "c"], ["x", "y"]]
    assert {row.series_id for row in found.members} == {"S-a", "S-x"}


def test_a_pair_at_even_odds_is_no_series() -> None:
    assert groups(find_series({("a", "b"): 0.0}, {})) == []


def test_a_chain_of_strong_pairs_is_no_series() -> None:
    chain = {("a", "b"): 1.0, ("b", "c"): 0.9, ("c", "d"): 0.8, ("d", "e"): 0.7}

    assert groups(find_series(chain, {})) == [["a", "b"], ["c", "d"]]


def test_a_pair_that_is_not_listed_counts_with_the_floor() -> None:
    # Mean of c with a and b: (5 - 3) / 2 = 1 above the stop; with a floor of -6 it is -0.5 below.
    strengths = {("a", "b"): 9.0, ("b", "c"): 5.0}

    assert groups(find_series(strengths, {}, floor=-3.0)) == [["a", "b", "c"]]
    assert groups(find_series(strengths, {}, floor=-6.0)) == [["a", "b"]]


def test_weaker_than_the_floor_is_no_worse_than_not_listed() -> None:
    listed = find_series({("a", "b"): 9.0, ("b", "c"): 5.0, ("a", "c"): -40.0}, {}, floor=-3.0)

    assert groups(listed) == [["a", "b", "c"]]


def test_the_stop_says_how_strong_is_enough() -> None:
    assert groups(find_series(clique("abc", 1.0), {}, stop=1.5)) == []


def test_must_link_holds_whatever_the_evidence_says() -> None:
    # q has no evidence at all, so with q at its side b is no longer near enough to a: (2 - 3) / 2.
    assert groups(find_series({("a", "b"): 2.0}, {}, must_link=[("q", "b")])) == [["b", "q"]]
    assert groups(find_series({("a", "b"): 9.0}, {}, must_link=[("q", "b")])) == [["a", "b", "q"]]
    assert groups(find_series({}, {}, must_link=[("b", "a")])) == [["a", "b"]]


def test_must_links_carry_on() -> None:
    found = find_series({}, {}, must_link=[("a", "b"), ("c", "b"), ("d", "e")])

    assert groups(found) == [["a", "b", "c"], ["d", "e"]]


def test_cannot_link_keeps_reports_apart_however_strong() -> None:
    found = find_series(clique("abcd", 3.0), {}, cannot_link=[("d", "a")])

    assert not any({"a", "d"} <= set(group) for group in groups(found))
    assert groups(find_series({("a", "b"): 9.0}, {}, cannot_link=[("b", "a")])) == []


def test_cannot_link_holds_for_all_who_joined() -> None:
    strengths = {("a", "b"): 9.0, ("c", "d"): 8.0, ("b", "c"): 7.0, ("a", "c"): 7.0, ("b", "d"): 7.0, ("a", "d"): 7.0}
    found = find_series(strengths, {}, cannot_link=[("a", "d")])

    assert groups(found) == [["a", "b"], ["c", "d"]]


def test_a_cannot_link_that_a_must_link_contradicts_is_reported() -> None:
    found = find_series({}, {}, must_link=[("a", "b"), ("b", "c")], cannot_link=[("c", "a")])

    assert found.conflicts == [Conflict("a", "c")]
    assert groups(found) == [["a", "b", "c"]]


def test_a_cannot_link_inside_one_incident_is_reported() -> None:
    found = find_series({("a", "x"): 2.0, ("b", "x"): 2.0}, {"a": "I", "b": "I"}, cannot_link=[("a", "b")])

    assert found.conflicts == [Conflict("a", "b")]


def test_reports_of_one_incident_stay_together_and_are_no_series_alone() -> None:
    incident = {"a": "I", "b": "I"}

    assert groups(find_series({("a", "b"): 9.0}, incident)) == []
    assert groups(find_series({("a", "c"): 2.0, ("b", "c"): 2.0}, incident)) == [["a", "b", "c"]]


def test_fit_is_the_mean_strength_with_the_other_incidents() -> None:
    strengths = {("a", "b"): 3.0, ("a", "c"): 1.0, ("b", "c"): 2.0}
    fits = {row.report_id: row.fit for row in find_series(strengths, {}).members}

    assert fits == {"a": 2.0, "b": 2.5, "c": 1.5}
    assert mean_strength("a", ["a", "b", "c"], strengths, {}, -3.0) == 2.0
    assert mean_strength("a", ["a", "b", "c"], strengths, {"a": "I", "b": "I"}, -3.0) == 1.0
    assert mean_strength("a", ["b", "z"], strengths, {}, -3.0) == 0.0


def test_core_is_whom_the_evidence_holds_and_edge_whom_only_a_decision_holds() -> None:
    found = find_series(clique("abc", 2.0), {}, must_link=[("c", "z")])
    roles = {row.report_id: row.role for row in found.members}

    assert roles["z"] == "edge"


def test_a_member_that_fits_elsewhere_too_is_told_as_an_overlap() -> None:
    strengths = clique("abc", 3.0) | clique("xyz", 3.0) | {("c", "x"): 1.0, ("c", "y"): 1.0, ("c", "z"): 1.0}
    found = find_series(strengths, {})
    (overlap,) = [row for row in found.overlaps if row.report_id == "c"]

    assert groups(found) == [["a", "b", "c"], ["x", "y", "z"]]
    assert (overlap.series_id, overlap.other_series_id) == ("S-a", "S-x")
    assert (overlap.fit, overlap.other_fit) == (3.0, 1.0)
    assert not [row for row in found.overlaps if row.report_id in "ab"]


def test_nothing_gives_nothing() -> None:
    assert find_series({}, {}) == SeriesResult([], [], [])


pairs = st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")).filter(lambda pair: pair[0] < pair[1])


@given(
    strengths=st.dictionaries(pairs, st.sampled_from([-2.0, -0.5, 0.5, 1.0, 1.0, 2.0, 3.5]), max_size=20),
    must=st.lists(pairs, max_size=2),
    cannot=st.lists(pairs, max_size=3),
    incident=st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(["I", "J"]), max_size=4),
    order=st.randoms(use_true_random=False),
)
def test_nothing_depends_on_the_order_and_constraints_hold(
    strengths: Strengths, must: list[Pair], cannot: list[Pair], incident: dict[str, str], order: random.Random
) -> None:
    found = find_series(strengths, incident, must, cannot)
    again = find_series(
        dict(order.sample(list(strengths.items()), len(strengths))),
        dict(order.sample(list(incident.items()), len(incident))),
        [(b, a) for a, b in order.sample(must, len(must))],
        [(b, a) for a, b in order.sample(cannot, len(cannot))],
    )
    of = {row.report_id: row.series_id for row in found.members}
    broken = {(conflict.report_a, conflict.report_b) for conflict in found.conflicts}

    assert found == again
    assert all(of.get(a, a) == of.get(b, b) for a, b in must if incident.get(a, a) != incident.get(b, b))
    assert all(a not in of or of.get(a) != of.get(b) for a, b in cannot if (a, b) not in broken)
    assert len({row.report_id for row in found.members}) == len(found.members)


@pytest.mark.parametrize("size", [2, 5])
def test_a_series_carries_the_name_of_its_first_report(size: int) -> None:
    names = "abcde"[:size]

    assert {row.series_id for row in find_series(clique(names, 1.0), {}).members} == {"S-a"}


def test_a_second_series_that_a_decision_forbids_is_no_overlap() -> None:
    strengths = {("A1", "A2"): 1.0, ("B1", "B2"): 1.0, ("A1", "B1"): 0.9, ("A1", "B2"): 0.9}
    free = find_series(strengths, {}, must_link=[("A1", "A2")], floor=-3.0)
    told = find_series(strengths, {}, cannot_link=[("A1", "B1")], must_link=[("A1", "A2")], floor=-3.0)
    assert any(row.report_id == "A1" for row in free.overlaps)
    assert not any(row.report_id == "A1" for row in told.overlaps)
