"""Explained series in plain words: what is told, and that even odds are not told as a finding."""

from __future__ import annotations

from typing import Any

import pytest

from linkage.models.cohesion import LeftOut, SeriesExplanation, Split
from linkage.models.membership import Option
from linkage.models.set_weights import SetPart
from linkage.review.series_words import (
    group_words,
    hangs_on_line,
    hangs_on_words,
    left_words,
    option_words,
    part_sides,
    provisional_words,
    reports_words,
    times_words,
    whole_words,
)


def part(label: str, weight: float, group: str = "g") -> SetPart:
    return SetPart(label.lower(), group, label, weight, False)


def split(strength: float, exact: bool = True) -> Split:
    return Split(("a", "b"), ("c",), -1.0, strength + 1.0, strength, (), exact)


def explained(members: list[LeftOut], groups: list[LeftOut], **more: Any) -> SeriesExplanation:
    parts = more.pop("parts", (part("Place", 2.0, "place"), part("Age", 1.0, "body"), part("Build", 0.2, "body")))
    whole = split(more.pop("strength", 1.0))
    return SeriesExplanation(("a", "b", "c"), 1.0, 0.0, 0.0, 0.0, parts, whole, tuple(members), tuple(groups))


@pytest.mark.parametrize(
    ("odds", "words"),
    [(0.48, "about 3 times"), (1.54, "about 35 times"), (-2.0, "about 100 times"), (4, "over 1,000")],
)
def test_odds_are_told_as_times(odds: float, words: str) -> None:
    assert times_words(odds).startswith(words)


def test_the_whole_is_told_for_and_against_alike() -> None:
    assert (
        whole_words(split(1.0)) == "One series is about 10 times likelier than its best split: c apart from a and b."
    )
    assert whole_words(split(-1.0)) == "Two series are about 10 times likelier than one: c apart from a and b."
    assert "about equally likely" in whole_words(split(0.1))
    assert "the best split that was found" in whole_words(split(1.0, exact=False))


def test_what_it_hangs_on_names_reports_and_evidence() -> None:
    members = [LeftOut(("a",), "", 3.0, -0.9), LeftOut(("b",), "", 3.0, 0.1), LeftOut(("c",), "", 1.0, 2.0)]
    told = hangs_on_words(explained(members, [LeftOut((), "body", 1.2, -0.5), LeftOut((), "place", 2.0, 0.5)]))
    assert told == [
        "If one of these reports were taken away, it would fall apart: a.",
        "If one of these reports were taken away, it would be about as likely two series as one: b.",
        "If one of these kinds of evidence were taken away, it would fall apart: age, build.",
    ]
    steady = [LeftOut((name,), "", 3.0, 2.0) for name in "abc"]
    assert hangs_on_words(explained(steady, [])) == [
        "It would hold without any one of its reports.",
        "It would hold without any one of its kinds of evidence.",
    ]
    two = [LeftOut((name,), "", 3.0, None) for name in "ab"]
    assert len(hangs_on_words(explained(two, []))) == 1  # that a pair needs both its reports goes without saying


def test_of_a_series_that_is_likelier_two_only_what_would_mend_it_is_told() -> None:
    members = [LeftOut(("a",), "", 0.5, -1.7), LeftOut(("b",), "", -2.4, 1.1), LeftOut(("c",), "", 0.1, -1.4)]
    apart = explained(members, [LeftOut((), "body", 0.1, -1.5)], strength=-1.4)
    assert hangs_on_words(apart) == ["It falls apart as it stands; without one of these it would hold: b."]
    assert hangs_on_line(apart) == "nothing more: it falls apart as it stands"
    assert hangs_on_words(explained(members[:1], [], strength=-1.4)) == ["It falls apart as it stands."]


def test_small_things_are_said_right() -> None:
    assert reports_words(["a", "b", "c"]) == "a, b and c"
    assert reports_words([*"abcde"]) == "5 reports"
    assert option_words(Option(None, 0.0, 0.5)) == "standing alone"
    assert option_words(Option("S-1", 0.0, 0.5)) == "series S-1"
    assert option_words(Option(None, 0.0, 0.5, ("a",))) == "with a, in no series"
    assert option_words(Option("", 0.0, 0.5)) == "this series"
    assert left_words(LeftOut(("a",), "", 1.0, None)) == "one report is left"
    assert left_words(LeftOut(("a",), "", 1.0, 0.1)) == "about even +0.10"
    assert left_words(LeftOut(("a",), "", 1.0, -1.0)) == "falls apart -1.00"
    many = [part(str(number), number + 1.0) for number in range(6)]
    assert group_words("g", many) == "5, 4, 3, 2 and 2 more"
    sides = part_sides([part("A", 1.0), part("B", -2.0), part("C", 0.001)])
    assert [[one.label for one in side] for side in (sides.supports, sides.against)] == [["A"], ["B"]]


def test_series_that_are_provisional_are_told_with_what_they_are_near() -> None:
    record = {"update": {"provisional": {"near": ["R-77"], "reports": ["R-77", "R-1"], "series": ["S-1", "S-2"]}}}
    assert provisional_words(record) == "2 series near R-77 are provisional until the next update"
    record["update"]["provisional"] |= {"near": ["A", "B", "C", "D", "E"], "series": ["S-1"]}
    assert provisional_words(record) == "One series near A, B, C, D and 1 more is provisional until the next update"
    record["update"]["provisional"] |= {"near": [], "series": []}
    assert provisional_words(record).startswith("What is believed of series near what is gone is provisional")
    assert provisional_words({"update": {"provisional": {}}}) == provisional_words({}) == ""
