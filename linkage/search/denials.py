"""What a question denies: cues of denial and how far they reach (`data/denials.toml`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from linkage.vocabulary.english import forms
from linkage.vocabulary.tables import table

Span = tuple[int, int]

_TOKEN = re.compile(r"[A-Za-z0-9?*]+(?:['’-][A-Za-z0-9]+)*|[^\sA-Za-z0-9]")
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")


class Denial(NamedTuple):
    """Where a cue of denial stands, and what it denies; `names` says in other words what a word denies that is a cue
    by itself ("unarmed")."""

    cue: Span
    scope: Span
    names: str = ""

    @property
    def whole(self) -> Span:
        """Both together."""
        return min(self.cue[0], self.scope[0]), max(self.cue[1], self.scope[1])


class _Word(NamedTuple):
    said: str
    span: Span


@cache
def _cues() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Words of each cue with its direction, the longest first; of equal ones those that deny nothing first."""
    read = table("denials")
    cues = [(tuple(said.split()), way) for way in ("undone", "back", "forward") for said in read[way]]
    return tuple(sorted(cues, key=lambda one: -len(one[0])))


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(table("denials")[name])


def denials(words: str, names_place: Callable[[str], bool]) -> list[Denial]:
    """What is denied in `words`, in order; `names_place` says whether words behind "in" name a place or a time. What
    stands in quotes is looked for as it is."""
    quoted = [one.span() for one in _QUOTED.finditer(words)]
    said = [
        _Word(one.group().lower().replace("’", "'"), one.span())
        for one in _TOKEN.finditer(words)
        if not any(start <= one.start() < end for start, end in quoted)
    ]
    found: list[Denial] = []
    at = first = 0
    while at < len(said):
        cue = _cue_at(said, at)
        if cue is not None and cue[1] == "back" and _first(said, at, first) == at:
            cue = _cue_at(said, at, "forward")  # "never used a knife": there is nothing before it
        if cue is None:
            if names := table("denials")["alone"].get(said[at].said):
                found.append(Denial(said[at].span, said[at].span, names))
            at += 1
            continue
        size, way = cue
        after = at + size
        if way == "forward":
            last = _last(words, said, after, names_place)
            if last > after:
                found.append(Denial(_over(said, at, after), _over(said, after, last)))
            at = first = max(after, last)
        elif way == "back":
            found.append(Denial(_over(said, at, after), _over(said, _first(said, at, first), at)))
            at = first = after
        else:
            at = after
    return found


def _over(said: Sequence[_Word], start: int, end: int) -> Span:
    return said[start].span[0], said[end - 1].span[1]


def _cue_at(said: Sequence[_Word], at: int, only: str = "") -> tuple[int, str] | None:
    for cue, way in _cues():
        if only in ("", way) and tuple(one.said for one in said[at : at + len(cue)]) == cue:
            return len(cue), way
    return None


def _last(words: str, said: Sequence[_Word], start: int, names_place: Callable[[str], bool]) -> int:
    """The token after the scope of a cue that ends before token `start`."""
    for at in range(start, len(said)):
        one = said[at].said
        if one in _list("marks") or (at > start and one in _list("ends")) or one in ("but", "neither", "nor"):
            return at
        if at > start and (_cue_at(said, at) or (one == "and" and _and_ends(said, at + 1))):
            return at
        behind = words[said[at].span[1] :].split(maxsplit=2)[:2]
        if at > start and one in _list("where") and behind and names_place(" ".join(behind).rstrip(",.;")):
            return at
    return len(said)


def _and_ends(said: Sequence[_Word], at: int) -> bool:
    """Does something new begin behind "and"? An article, a person or a past form says so."""
    if at >= len(said):
        return True
    one = said[at].said
    past = one in forms("voice", "past") or (len(one) > 4 and one.endswith("ed"))
    return past or one in _list("and_ends")


def _first(said: Sequence[_Word], at: int, least: int) -> int:
    """The first token of what a cue at token `at` denies before it."""
    start = at
    while start > least:
        one = said[start - 1].said
        if one in _list("marks") or one in _list("ends") or one == "and":
            break
        start -= 1
    return start


def blanked(words: str, spans: Sequence[Span]) -> str:
    """The words with spaces in place of some of them, so that all others stand where they stood."""
    for start, end in spans:
        words = words[:start] + " " * (end - start) + words[end:]
    return words
