"""Places at which it should not have been: "not in Leeds", "anywhere but Hull", "over 20 miles from Derby"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from linkage.report import Place
from linkage.search.denials import Span, blanked
from linkage.search.distance import LENGTH, circle_of, km_of, place_at_start
from linkage.search.expansion import is_ordinary
from linkage.search.query import Circle
from linkage.vocabulary import fold, load
from linkage.vocabulary.english import stem
from linkage.vocabulary.tables import table

_JOINED = re.compile(r"\s*(?:\bor\b|\bnor\b|/)\s*(?:in\b\s*|near\b\s*)?", re.IGNORECASE)
_WORD = re.compile(r"\S+")


def without_elsewhere(words: str) -> tuple[str, list[Circle]]:
    """The words without the places at which it should not have been, and their circles: as far as the distance that
    is told, else as far as the place itself reaches."""
    found: list[Circle] = []
    spans: list[Span] = []
    for cue in _cues().finditer(words):
        far = km_of(cue) if cue["number"] else None
        end = cue.end()
        for where, last in _places(words, end, bare=cue["bare"] is not None):
            found.append(circle_of(where, far or (where.radius_m or 0.0) / 1000))
            end = last
        if end > cue.end():
            spans.append((cue.start(), end))
    return blanked(words, spans), found


def _places(words: str, start: int, bare: bool) -> Iterator[tuple[Place, int]]:
    """The places that follow each other from a character on, joined by "or", with where each ends. A word behind a
    `bare` denial ("not reading") has to be a name."""
    at: int | None = start
    while at is not None:
        first = _WORD.match(words, at)
        if first is None or (bare and not _is_name(first[0])):
            return
        if (found := place_at_start(words[at:])) is None:
            return
        at += found[1]
        yield found[0], at
        joined = _JOINED.match(words, at)
        at = joined.end() if joined else None


def _is_name(word: str) -> bool:
    """A capital letter, or no everyday word; "not Vauxhall" is of a car."""
    of_vehicles = any(load(name).find(fold(word)) for name in ("makes", "models"))
    return not of_vehicles and (word[:1].isupper() or not is_ordinary(stem(fold(word))))


@cache
def _cues() -> re.Pattern[str]:
    said = table("search")["elsewhere"]
    places, bare, beyond = ("|".join(said[name]) for name in ("places", "bare", "beyond"))
    return re.compile(
        rf"\b(?:(?<!\bno\s)(?<!\bnot\s)(?:{beyond})\s+{LENGTH}\s+(?:away\s+)?(?:from|of)|(?:{places})|(?P<bare>{bare}))\s+(?=\w)",
        re.IGNORECASE,
    )
