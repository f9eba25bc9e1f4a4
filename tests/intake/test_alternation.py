"""Patterns that are tried only where their first letters stand find what they would find everywhere."""

from __future__ import annotations

import re

import pytest

from linkage.intake.alternation import Alternation, Anywhere
from linkage.intake.openings import openings
from tests.rows import each_row

WAYS = [("who", r"(?:eye)?-?witness(?:es)?"), ("who", r"(?<!the )man"), ("who", r"m[ae]n"), ("", r"\d\d[- ]year"),
        ("", r"[a-z]+ed\s+himself"), ("", r"#\s?[1-6]"), ("", "i"), ("", r"(?:the )?other")]  # fmt: skip
TEXTS = [
    "The man saw the other man; men and eyewitnesses. Mansion, -witness",
    "#1 is 30-year, ٣٣ year; I locked himself in, ſlammed himself İn",
    "",
    "the the other witnesses I",
]


@each_row("flags", [0, re.IGNORECASE])
@each_row("text", TEXTS)
def test_an_alternation_finds_what_re_finds_where_words_begin(text: str, flags: int) -> None:
    laid_out = Alternation(WAYS, before=r"(?<!\w)(?=[\w#])", after=r"\b", flags=flags, signs="#")
    groups = "|".join(f"(?P<who{i}>{way})" if group else way for i, (group, way) in enumerate(WAYS))
    whole = re.compile(rf"(?<!\w)(?=[\w#])(?:{groups})\b", flags)
    for at in range(len(text)):
        wanted = [found.span() for found in whole.finditer(text, at)]
        assert [found.span() for found in laid_out.finditer(text, at, len(text))] == wanted
        first = laid_out.search(text, at)
        assert (first.span() if first else None) == next(iter(wanted), None)


def test_an_alternation_tells_which_group_was_found() -> None:
    found = Alternation(WAYS).match("men", 0)
    assert found is not None
    assert found.lastgroup == "who"
    assert Alternation(WAYS).match("zebra", 0) is None


@pytest.mark.parametrize("text", ["recalled by name", "alias, aliases; a.k.a. nickname", "", "ca"])
def test_what_may_begin_within_a_word_is_found_there(text: str) -> None:
    source = r"call(?:ed)?|name|alias(?:es)?|a\.k\.a|\bby\b"
    wanted = [found.span() for found in re.finditer(source, text)]
    assert [found.span() for found in Anywhere(source).finditer(text)] == wanted
    first = Anywhere(source).search(text)
    assert (first.span() if first else None) == next(iter(wanted), None)


@each_row("source", [r"\w+ed", r"x?", r"\d+", r"(?i:x)", r"[^a]b", r"."])
def test_what_may_begin_with_anything_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="anything"):
        Anywhere(source)


@each_row(
    ("source", "wanted"),
    [("abc|b", {"ab", "b"}), (r"a?bc", {"ab", "bc"}), (r"(?:ab)+c", {"ab"}), (r"a+b", {"a"}), (r"\bx(?=y)", {"x"}),
     (r"(?P<n>[ab])c", {"ac", "bc"}), (r"a[a-z]", {"a"}), ("a{0,2}", {"", "a"})],
)  # fmt: skip
def test_what_a_match_can_begin_with(source: str, wanted: set[str]) -> None:
    assert openings(source) == wanted


def test_without_regard_to_case_letters_are_small() -> None:
    assert openings("AB|cD", re.IGNORECASE) == {"ab", "cd"}
