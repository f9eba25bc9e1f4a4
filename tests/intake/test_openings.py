"""What a pattern says of its own matches: how they begin, and what must stand in them."""

from __future__ import annotations

import re

from linkage.intake.phrases.openings import openings, required
from tests.rows import each_row


@each_row(
    ("source", "wanted"),
    [("abc|b", {"ab", "b"}), (r"a?bc", {"ab", "bc"}), (r"(?:ab)+c", {"ab"}), (r"a+b", {"a"}), (r"\bx(?=y)", {"x"}),
     (r"(?P<n>[ab])c", {"ac", "bc"}), (r"a[a-z]", {"a"}), ("a{0,2}", {"", "a"})],
)  # fmt: skip
def test_what_a_match_can_begin_with(source: str, wanted: set[str]) -> None:
    assert openings(source) == wanted


def test_without_regard_to_case_letters_are_small() -> None:
    assert openings("AB|cD", re.IGNORECASE) == {"ab", "cd"}


@each_row(
    ("source", "groups"),
    [
        (r"red\slight\s(?:area|district)", [{"light"}, {"area", "district"}, {"red"}]),
        (r"(?:in|on)\sa\s(?:\w+\s)?(?:bus|boat)\sstop\b", [{"stop"}, {"bus", "boat"}]),
        (r"pick(?:ed|s)?[ -]up", [{"pick"}, {"up"}]),
        (r"colou?r", [{"colo"}]),
        (r"\w+", []),
        (r"(?:a|\d+)b", []),
    ],
)
def test_what_stands_in_every_match(source: str, groups: list[set[str]]) -> None:
    assert list(required(source, frozenset(("in", "on", "a")))) == groups
