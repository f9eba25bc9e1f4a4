"""What a regular expression says of its own matches, read off its source: words a text must have, how it opens."""

from __future__ import annotations

import re
from collections.abc import Iterable

from linkage.disk_cache import cached, name_of
from linkage.intake.document.words import CODE
from linkage.intake.patterns import compiled
from linkage.vocabulary.english import words

_EVERYDAY = words("words", "light") | {"on", "over", "through", "via", "man", "he", "she"}
_LITERAL = compiled(r"[a-z0-9' ]+")
_LETTERS = compiled(r"[a-z0-9]+")
_OPTIONAL = compiled(r"[?*]|\{[0,]")
_LEFT_OUT = compiled(r"(?:[?*]|\{0?,[^}]*\}|\{0\})[?+]?")
_HEX = len(r"\x27")
_ZERO_WIDTH = compiled(r"\(\?(?:[!=]|<[!=])")

ReadOff = tuple[tuple[frozenset[str], ...], bool, frozenset[str]]
"""The groups of words that a pattern needs, whether it opens a word, and what it then begins with."""


def read_off(pattern: str) -> ReadOff:
    """All of it, worked out once for all processes: for the rules of a grammar it takes as long as ten texts."""
    said: ReadOff = cached(name_of("rule", CODE, pattern), lambda: _read_off(pattern))
    return said


def _read_off(pattern: str) -> ReadOff:
    at_word = _opens_a_word(pattern)
    heads = _heads(pattern) if at_word else None
    return tuple(map(frozenset, all_needed(pattern))), at_word, heads or frozenset()


def _opens_a_word(pattern: str) -> bool:
    return re.match(r"[\w(]", pattern) is not None and not pattern.startswith("(?<")


def _heads(pattern: str) -> frozenset[str] | None:
    """What each way of `pattern` begins with, and a space where the word must end; None where that is not seen at
    once."""
    return _all_heads(alternatives(pattern))


def _all_heads(ways: Iterable[str]) -> frozenset[str] | None:
    found: set[str] = set()
    for way in ways:
        said = _heads_of(way)
        if said is None:
            return None
        found |= said
    return frozenset(found)


def _heads_of(way: str) -> frozenset[str] | None:
    if _ZERO_WIDTH.match(way):
        return _heads_of(way[_closing(way, 0) + 1 :])
    if way.startswith("(?:"):
        end = _closing(way, 0)
        if way[end + 1 : end + 2] not in tuple("?*+{"):
            return _all_heads(f"{one}{way[end + 1 :]}" for one in alternatives(way[3:end]))
        said, left_out = _heads(way[3:end]), _LEFT_OUT.match(way, end + 1)
        further = _heads_of(way[left_out.end() :]) if left_out else frozenset[str]()
        return None if said is None or further is None else said | further
    letters = _LETTERS.match(way)
    if letters is None:
        return None
    head, end = letters[0], letters.end()
    if _OPTIONAL.match(way, end):
        head = head[:-1]
    elif way.startswith(r"\b", end) or (way[end : end + 1] == " " and not _OPTIONAL.match(way, end + 1)):
        return frozenset((f"{head} ",))
    return frozenset((head,)) if head else None


def all_needed(pattern: str) -> tuple[tuple[str, ...], ...]:
    """Groups of words of each of which at least one stands in every text that `pattern` finds something in, the most
    telling first; everyday words are left out, for they stand in every text."""
    branches = alternatives(pattern)
    if len(branches) > 1:
        said = [needed(pattern)]
    else:
        pieces, at = [], 0
        while at < len(pattern):
            words_of_piece, at = _next(pattern, at)
            pieces.append(words_of_piece)
        said = sorted(dict.fromkeys(p for p in pieces if _telling(p)[0]), key=_telling, reverse=True)
        said = said or [needed(pattern)]
    return tuple(group for group in said if group)


def needed(pattern: str) -> tuple[str, ...]:
    """Words of which at least one stands in every text that `pattern` finds something in; empty when none are seen.

    Read off the pattern's outermost level: a literal, or a group of alternatives that all begin with letters.
    """
    branches = [_needed_by(branch) for branch in alternatives(pattern)]
    return tuple(dict.fromkeys(word for said in branches for word in said)) if all(branches) else ()


def _needed_by(branch: str) -> tuple[str, ...]:
    best: tuple[str, ...] = ()
    at = 0
    while at < len(branch):
        said, at = _next(branch, at)
        if said and _telling(said) > _telling(best):
            best = said
    return best


def _telling(said: tuple[str, ...]) -> tuple[bool, int]:
    """How much the presence of one of the words tells: everyday ones little, long ones more."""
    shortest = min(map(len, said), default=0)
    return bool(said) and shortest > 1 and _EVERYDAY.isdisjoint(said), shortest if shortest > 1 else 0


def _next(branch: str, at: int) -> tuple[tuple[str, ...], int]:
    """The words that the piece at `at` makes necessary, and where the next piece begins."""
    if branch[at] == "(":
        end = _closing(branch, at)
        inner = branch[at + 3 : end] if branch.startswith("(?:", at) else ""
        idle = _ZERO_WIDTH.match(branch, at) or _OPTIONAL.match(branch, end + 1)
        return (() if idle or not inner else needed(inner)), end + 1
    if branch[at] == "[":
        return (), branch.index("]", at + 2) + 1
    if branch[at] == "\\":
        return (), at + (_HEX if branch.startswith("\\x", at) else 2)
    if branch[at] == "{":
        return (), branch.index("}", at) + 1
    run = _LITERAL.match(branch, at)
    if run is None:
        return (), at + 1
    said = run[0][:-1] if _OPTIONAL.match(branch, run.end()) else run[0]
    longest = max(said.split(), key=len, default="")
    return ((longest,) if longest else ()), run.end()


def _closing(pattern: str, at: int) -> int:
    """Index of the bracket that closes the one at `at`."""
    depth = 0
    while True:
        if pattern[at] == "\\":
            at += 1
        elif pattern[at] == "[":
            at = pattern.index("]", at + 2)
        elif pattern[at] in "()":
            depth += 1 if pattern[at] == "(" else -1
            if depth == 0:
                return at
        at += 1


def alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern at its outermost level."""
    pieces, start, at = [], 0, 0
    while at < len(pattern):
        if pattern[at] == "(":
            at = _closing(pattern, at)
        elif pattern[at] == "[":
            at = pattern.index("]", at + 2)
        elif pattern[at] == "\\":
            at += 1
        elif pattern[at] == "|":
            pieces.append(pattern[start:at])
            start = at + 1
        at += 1
    return [*pieces, pattern[start:]]
