"""Puts the slang and the nouns of whoever asks into plain words that readers of facts know (`data/slang.toml`)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from linkage.intake.phrases.surface import plain as lowered
from linkage.intake.values.vehicles.vehicle_look import features_in
from linkage.search.marks import asks_for_plate
from linkage.vocabulary import english

ANY = "_"
"""Stands in a way of saying something for one small word or none."""

_TOKEN = re.compile(r"[A-Za-z0-9]+(?:['’][A-Za-z]+)?")
_QUOTED = re.compile(r"[\"“][^\"“”]{3,}[\"”]")
_JOINED = re.compile(r"[\s-]+")
_EITHER_WAY = re.compile(r"\bwith\s*(?:\bor\b|/)\s*without\b(?:\s+\w+){1,3}", re.IGNORECASE)
_LETTERS = re.compile(r"[A-Z]{2,3}")


class Put(NamedTuple):
    """A question in plain words, the words of whoever asks that were put so, and where the plain ones stand."""

    words: str
    said: list[str]
    spans: list[tuple[int, int]]


class _Way(NamedTuple):
    """One way of saying something: its words, as stems where there are several, and the plain words."""

    words: tuple[str, ...]
    plain: str


class _Table(NamedTuple):
    """Ways by their first word, the small words that "_" stands for, and those that join what follows."""

    ways: dict[str, list[_Way]]
    small: frozenset[str]
    joining: frozenset[str]


@cache
def _table(name: str) -> _Table:
    text = files("linkage.vocabulary").joinpath("data/slang.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    ways: dict[str, list[_Way]] = {}
    for plain, said in read[name].items():
        for words in said:
            parts = tuple(_bare(part) for part in re.split(r"[\s-]+", words))
            if len(parts) > 1:
                parts = tuple(english.stem(part) for part in parts)
            ways.setdefault(parts[0], []).append(_Way(parts, plain))
    for listed in ways.values():
        listed.sort(key=lambda way: (-len(way.words), way.words))
    return _Table(ways, frozenset(read["small"]["words"]), frozenset(read["small"]["joining"]))


def _bare(word: str) -> str:
    return word.lower().replace("'", "").replace("’", "")


def plain(words: str) -> Put:
    """A question with every way of saying that is known put plainly; what stands in quotes is left as it is."""
    first = _put(words, _table("first"))
    found = _put(first.words, _table("plain"))
    return Put(found.words, first.said + found.said, found.spans)


def _put(words: str, table: _Table) -> Put:
    quoted = [found.span() for found in _QUOTED.finditer(words)]
    quoted += [found.span() for found in _EITHER_WAY.finditer(words)]
    tokens = [one for one in _TOKEN.finditer(words) if not any(a <= one.start() < b for a, b in quoted)]
    whole = [(found.start, found.end) for found, _ in features_in(lowered(words))]
    put, said, spans, kept, at = "", list[str](), list[tuple[int, int]](), 0, 0
    while at < len(tokens):
        found = _longest(words, tokens, at, table)
        if found is None:
            at += 1
            continue
        way, after = found
        start, end = tokens[at].start(), tokens[after - 1].end()
        if _is_of_vehicle(words, (start, end), whole):
            at += 1
            continue
        put += words[kept:start]
        if way.plain not in (put[a:b] for a, b in spans):
            spans.append((len(put), len(put) + len(way.plain)))
            put += way.plain + _stop(words, tokens, after, way.plain, table)
        said.append(words[start:end])
        kept, at = end, after
    return Put(put + words[kept:], said, spans)


def _is_of_vehicle(words: str, span: tuple[int, int], features: list[tuple[int, int]]) -> bool:
    """Is it a part of what a vehicle has ("blacked out" of "blacked out windows"), or letters of its plate?"""
    start, end = span
    if any(first <= start and end <= last and (first, last) != span for first, last in features):
        return True
    return _LETTERS.fullmatch(words, start, end) is not None and asks_for_plate(words[:start])


def _stop(words: str, tokens: list[re.Match[str]], after: int, said: str, table: _Table) -> str:
    """A comma where a new thing begins: "robbed her" is not "robbed her an old lady"."""
    if after >= len(tokens) or not words[tokens[after - 1].end() : tokens[after].start()].isspace():
        return ""
    put = _longest(words, tokens, after, table)
    following = (put[0].plain if put else tokens[after].group()).split()[0].lower()
    return "," if said.endswith(" her") and following not in table.joining else ""


def _longest(words: str, tokens: list[re.Match[str]], at: int, table: _Table) -> tuple[_Way, int] | None:
    """The way that covers most words from a token on, and the token after it."""
    ways = table.ways
    word = _bare(tokens[at].group())
    singular = word[:-1] if word.endswith("s") else word
    known = [*ways.get(word, ()), *(ways.get(english.stem(word), ()) if english.stem(word) != word else ())]
    known += [way for way in ways.get(singular, ()) if singular != word and len(way.words) == 1]
    ends = [(way, after) for way in known if (after := _fits(words, tokens, at, way, table.small)) is not None]
    return max(ends, key=lambda one: (one[1], len(one[0].words)), default=None)


def _fits(words: str, tokens: list[re.Match[str]], at: int, way: _Way, small: frozenset[str]) -> int | None:
    """The token after the words of a way that begins at a token; None where they do not stand there."""
    if len(way.words) == 1:
        return at + 1 if _bare(tokens[at].group()) in (way.words[0], f"{way.words[0]}s") else None
    now = at
    for part in way.words:
        here = _bare(tokens[now].group()) if now < len(tokens) else ""
        apart = now > at and now < len(tokens) and not _JOINED.fullmatch(words, *_between(tokens, now))
        if part == ANY:
            now += here in small and not apart
        elif apart or english.stem(here) != part:
            return None
        else:
            now += 1
    return now


def _between(tokens: list[re.Match[str]], at: int) -> tuple[int, int]:
    return tokens[at - 1].end(), tokens[at].start()
