"""How a part of the body looks, in whatever order it is told ("a broken nose", "the nose broken", "jug-eared"), and
tattoos of which nobody says the word: "a saltire on his calf", '"MUM" across his knuckles'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from linkage.intake.patterns import compiled
from linkage.intake.phrases.pattern_table import PatternTable
from linkage.intake.phrases.surface import Lexicon, alternation, found_at, openings, places_of, words_at
from linkage.vocabulary.loader import Entry, fold, load

_LONGEST = 36
"""Characters before a part of the body in which its look is told [G]."""
_LONGEST_PICTURE = 44
"""Characters before a part of the body in which a picture is told [G]."""
_ON_GARMENT_REACH = 80
"""Characters before a picture in which the garment is told that it stands on [G]."""
_SAID = PatternTable("marks", picture=Lexicon("pictures").source)
_SITES = frozenset(_SAID.rows["inked_sites"])
_LEADS = frozenset(("all", *_SAID.rows["inked_at"], *_SAID.rows["which_site"]))
"""Parts of the body on which something is inked, and the words one of which stands right before them."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the body, and how its looks are told; `adjectival` where a word only ends an adjective ("eared")."""

    entry: Entry
    adjectival: bool
    looks: PatternTable


@cache
def _parts() -> dict[str, _Part]:
    """The part of each word for one."""
    found: dict[str, _Part] = {}
    for entry in load("body_parts").entries.values():
        between = entry.data.get("between", ())
        gap = f"|{alternation(between)}{_SAID.source('between_parts')}" if between else ""
        looks = PatternTable(_SAID.rows, state=alternation(map(fold, entry.data["states"])), gap=gap)
        for adjectival, words in ((False, entry.synonyms), (True, entry.data["adjectival"])):
            found |= {fold(word).replace(" ", ""): _Part(entry, adjectival, looks) for word in words}
    return found


@cache
def _nouns() -> tuple[re.Pattern[str], dict[str, frozenset[str] | None]]:
    words = [fold(w) for e in load("body_parts").entries.values() for w in (*e.synonyms, *e.data["adjectival"])]
    return compiled(rf"\b{alternation(words)}\b"), openings(words)


def find(low: str) -> Iterator[tuple[str, int, int]]:
    """(mark, start, end) of looks told before a part, behind it or as one adjective with it, in the usual order of
    words where a row says so ("nose broken" is "broken nose"), else in the words of the text."""
    for noun in found_at(*_nouns(), low):
        part = _parts()[_SAID["apart"].sub("", noun.group())]
        first, end = max(0, noun.start() - _LONGEST), noun.end()
        if before := part.looks["look_before"].search(low, first, noun.start()):
            start = before.start()
            state = before["state"]
            word = part.entry.label if part.adjectival else low[before.end("state") : end].strip(" -")
            usual = state and (part.adjectival or fold(state) in part.entry.data["said_as"])
            yield _usual(part, before, word) if usual else low[start:end], start, end
        elif behind := part.looks["look_behind"].match(low, end):
            where = _SAID["where_before"].search(low[first : noun.start()])
            start = first + where.start() if where else noun.start()
            yield _usual(part, behind, low[start:end]), start, behind.end()


def _usual(part: _Part, look: re.Match[str], word: str) -> str:
    usual = part.entry.data["said_as"]
    state = fold(look["state"])
    return " ".join((usual.get(state, state), *(usual.get(one, one) for one in word.split())))


def pictures(low: str) -> Iterator[tuple[str, int, int]]:
    """(mark, start, end) of each picture or word told with a part of the body: "saltire tattoo on his calf"."""
    words, places = words_at(low)[0], places_of(low)
    if not any(words[at - 1] in _LEADS for site in places.keys() & _SITES for at in places[site]):
        return
    for place in _SAID["pictured"].finditer(low):
        before = low, max(0, place.start() - _LONGEST_PICTURE), place.start()
        shown = _SAID["picture_before"].search(*before) or _SAID["words_as_picture"].search(*before)
        if shown is None:
            continue
        if shown.group().endswith(('"', "'")) and place["at"] not in ("on", "across", "down"):
            continue  # what was said, and then where: "'get out' over his shoulder"
        start, end = shown.start(), place.end()
        if not _SAID["on_garment"].search(low, max(0, start - _ON_GARMENT_REACH), start):
            inked = "tattoo" in low[start:end] or "ink" in place.group()
            yield low[start:end] if inked else f"{shown.group()} tattoo{place.group()}".replace('"', ""), start, end
