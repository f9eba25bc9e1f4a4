"""Kept regular expressions are the ones that `re` would compile."""

from __future__ import annotations

import re

import pytest

from linkage import disk_cache
from linkage.intake import patterns
from linkage.intake.patterns import compiled
from linkage.intake.values.people import clothing
from tests.rows import each_row

SOURCES = [
    ("", 0),
    (r"a(?P<first>b)c|(?P<second>d)(e)?", 0),
    (r"(?i:X)|[à-ü]+(?<!é)$", re.IGNORECASE | re.MULTILINE),
    (r"\bhair\b(?=\s)(?!x)(?P<q>['\"])?.{0,3}?(?(q)y|z)", re.DOTALL),
    (r"\w+\d", re.ASCII),
    (r"a  b # c", re.VERBOSE),
]


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk_cache, "_made", {})
    monkeypatch.setattr(disk_cache, "_on_disk", dict)
    monkeypatch.setattr(disk_cache.atexit, "register", lambda _: None)


@each_row(("source", "flags"), SOURCES)
def test_a_kept_pattern_is_the_compiled_one(source: str, flags: int) -> None:
    wanted = re.compile(source, flags)
    for _ in range(2):  # made, then found
        pattern = compiled(source, flags)
        assert pattern == wanted  # compares the code too
        assert (pattern.pattern, pattern.flags, pattern.groups) == (source, wanted.flags, wanted.groups)
        assert pattern.groupindex == wanted.groupindex


@pytest.mark.parametrize("pattern", [clothing._NOUNS.pattern, clothing._SAID["described_by"]])
def test_the_large_patterns_are_as_re_compiles_them(pattern: re.Pattern[str]) -> None:
    assert pattern == re.compile(pattern.pattern, pattern.flags)


def test_no_pattern_at_all_is_an_error() -> None:
    with pytest.raises(re.error):
        compiled("(")


@pytest.mark.parametrize("part", ["_sre", "_parser", "_compiler"])
def test_where_the_steps_of_re_are_not_there_the_pattern_is_compiled(
    part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patterns, part, None)
    assert compiled("a(b)").fullmatch("ab")


def test_code_that_the_engine_refuses_is_compiled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "_compile", lambda *_: (0, b"\xff\xff\xff\xff", 0, {}, (None,)))
    assert compiled("a(b)").fullmatch("ab")
