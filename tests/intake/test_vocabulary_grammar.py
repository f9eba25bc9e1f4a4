"""What a rule of a grammar says of its own matches: the words that stand in each of them."""

from __future__ import annotations

from linkage.intake.phrases.vocabulary_grammar import required
from tests.rows import each_row


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
