"""Marks agree only where their side and part of the body may be the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkage.features.evidence import Fitted
from linkage.features.parameters import elicited
from linkage.features.sites import APART, SAME, UNSURE, relation
from linkage.features.sparse import SparseColumn
from linkage.report import Person, Report
from tests.features.worlds import EVIDENCE
from tests.rows import each_row

WEIGHTS = elicited()
few = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
MARKS = EVIDENCE["marks"]
SITED = [
    "missing finger, right", "missing finger, left", "missing finger", "scar on left cheek", "scar on chin",
    "scar on face", "scar", "swallow tattoo on neck", "swallow tattoo on left hand", "tattoos on both arms",
    "gold tooth",
]  # fmt: skip


def bearing(*marks: str, number: int = 0) -> Report:
    return Report(report_id=f"R{number}", suspects=[Person(marks=list(marks))])


def beside(one: list[str], other: list[str]) -> tuple[str, float]:
    """What two lists of marks say among a crowd of others, and their weight."""
    crowd = [bearing(f"odd mark {number}", number=number) for number in range(60)]
    column = MARKS.fit([bearing(*one), bearing(*other), *crowd], WEIGHTS)
    return column.describe(0, 1).says, float(column.pair_weights(np.array([0]), np.array([1]))[0])


@each_row(
    ("one", "other", "expected"),
    [
        ("missing finger, right", "missing finger, left", APART),
        ("missing finger, right", "missing finger, right hand", SAME),
        ("missing finger, right", "missing finger", UNSURE),
        ("scar on left cheek", "scar on right cheek", APART),
        ("scar on cheek", "scar on chin", APART),
        ("scar on cheek", "scar on face", SAME),
        ("scar over left eye", "scar above left eyebrow", SAME),
        ("burn marks on both hands", "burn mark on left hand", SAME),
        ("tattoo on hand", "tattoo on knuckles", SAME),
        ("swallow tattoo on neck", "swallow tattoo on arm", APART),
        ("swallow tattoo on neck", "swallow tattoo", UNSURE),
        ("gold tooth", "gold teeth", SAME),
    ],
)  # fmt: skip
def test_marks_may_be_one_unless_side_or_part_says_otherwise(one: str, other: str, expected: str) -> None:
    assert relation(one, other) == relation(other, one) == expected


def test_the_other_side_differs_and_weighs_as_nothing_shared() -> None:
    says, weight = beside(["missing finger, right"], ["missing finger, left"])

    assert says == "differs"
    assert weight == pytest.approx(beside(["missing finger, right"], ["gold tooth"])[1], abs=0.05)
    assert weight < 0


def test_a_side_said_of_one_alone_is_close_and_still_weighs() -> None:
    says, weight = beside(["missing finger, right"], ["missing finger"])

    assert says == "close"
    assert weight > 0.5


def test_the_same_side_agrees() -> None:
    says, weight = beside(["missing finger, right"], ["missing finger on the right"])

    assert says == "agrees"
    assert weight > 0.5


def test_another_mark_still_speaks_where_one_is_on_the_other_side_and_they_are_at_most_close() -> None:
    says, weight = beside(["missing finger, right", "anchor tattoo"], ["missing finger, left", "anchor tattoo"])

    assert says == "close"
    assert 0 < weight < beside(["missing finger", "anchor tattoo"], ["missing finger", "anchor tattoo"])[1]


def test_two_people_with_a_mark_on_each_side_still_agree_with_the_same_two() -> None:
    both = ["missing finger, right", "missing finger, left"]

    assert beside(both, both)[0] == "agrees"


@few
@given(lists=st.lists(st.lists(st.sampled_from(SITED), min_size=1, max_size=2, unique=True), min_size=3, max_size=8))
def test_marks_that_cannot_be_one_never_agree_and_a_later_report_weighs_the_same(lists: list[list[str]]) -> None:
    rows = [bearing(*told, number=number) for number, told in enumerate([*lists, *([f"odd {n}"] for n in range(40))])]
    column = MARKS.fit(rows, WEIGHTS)
    assert isinstance(column, SparseColumn)
    later = MARKS.newcomers(Fitted(MARKS.fit(rows[1:], WEIGHTS), rows[1:], WEIGHTS))(rows[0])
    assert later is not None
    weights = column.pair_weights(np.zeros(len(lists), dtype=int), np.arange(len(lists)))

    for other in range(1, len(lists)):
        apart = all(relation(a, b) == APART for a in lists[0] for b in lists[other])
        assert not apart or column.describe(0, other).says == "differs"
        alone = later.weights[other - 1]
        assert (alone > 0.5) == (weights[other] > 0.5) or abs(alone - weights[other]) < 0.1
