"""What of a series would tell the strength of a pair that is decided blind is not told; all else is."""

from __future__ import annotations

from dataclasses import replace

from linkage.models.cohesion import LeftOut, SeriesExplanation, Split
from linkage.models.membership import MemberLeftOut, MembershipExplanation, Option
from linkage.review.blind_sets import BlindSets

SETS = BlindSets({("a", "b")}, {"b2": "b"})
ALONE = Option(None, 0.0, 0.1)
PLACE = MembershipExplanation(
    "a", (), "S", ("b", "c", "d"), 1.0, -1.0, 3.0, 2.0, 0.9, (),
    tuple(MemberLeftOut((name,), 1.0, 1.0) for name in "bcd"), (), (Option("S", 2.0, 0.9), ALONE), ALONE,
)  # fmt: skip


def series(*names: str) -> SeriesExplanation:
    split = Split(names[:1], names[1:], 0.0, 1.0, 1.0, (), True)
    left = tuple(LeftOut((name,), "", 1.0, 1.0) for name in names)
    return SeriesExplanation(names, 1.0, 0.0, 1.0, 1.0, (), split, left, ())


def test_a_series_that_is_the_pair_is_not_told_and_of_three_not_what_is_left_without_the_third() -> None:
    assert SETS.whole(series("a", "b")) is None
    assert SETS.whole(series("a", "b", "b2")) is None
    of_three = SETS.whole(series("a", "b", "c"))
    assert of_three is not None
    assert [one.reports for one in of_three.members_left_out] == [("a",), ("b",)]
    assert SETS.whole(series("a", "c")) == series("a", "c")


def test_a_place_is_told_without_the_member_that_makes_the_pair_and_without_chances_that_tell_it() -> None:
    here = {"S": ["a", "b", "c", "d"]}
    told = SETS.place(PLACE, here)
    assert told is not None
    assert [one.reports for one in told.members_left_out] == [("c",), ("d",)]
    assert told.options == PLACE.options
    of_three = replace(PLACE, members=("b", "c"), members_left_out=PLACE.members_left_out[:2])
    told = SETS.place(of_three, here)
    assert told is not None
    assert not told.members_left_out
    assert SETS.place(replace(PLACE, members=("b",), members_left_out=PLACE.members_left_out[:1]), here) is None
    beside = replace(PLACE, members=("c", "d"), options=(*PLACE.options, Option(None, 1.0, 0.1, ("b",))))
    told = SETS.place(beside, here)
    assert told is not None
    assert told.options == ()
