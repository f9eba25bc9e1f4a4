"""Descriptions written as lists: what stands beside a word that says nothing by itself ("white", "27").

A report lists what a person looked like between commas, slashes or stops: "Male, white, 30s / 5 9 / slim". A word
that could speak of a van as well is read as a descriptor only where its neighbours in the list describe a person.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from linkage.intake.patterns import PatternTable
from linkage.intake.phrases.surface import Lexicon, flagged, unflagged

_REACH = 60
"""Characters of a neighbour in a list that are looked at [G]."""
_SAID = PatternTable(
    "descriptions",
    build=Lexicon("builds", only=unflagged("weak", "noun_only")).source,
    style=Lexicon("hair_styles", only=flagged("alone")).source,
    ethnicity=Lexicon("ethnicities", only=unflagged("of_things", "field_only")).source,
    accent=Lexicon("accents", only=flagged("alone")).source,
    make=Lexicon("makes", only=lambda make, _: make.data.get("caution", 0) == 0).source,
)
_ENDS_BEFORE = (*",;:/|(&+•.!?-*", "and", *_SAID.rows["hedge"])
"""With one of these, or the end of a line, all ends that may stand before an item of a list."""


class Item(NamedTuple):
    """Some words as an item of a list: whether a break of the list stands on both sides, the item `before` (empty at
    the start of a text), and the two items `after` (empty at its end)."""

    alone: bool
    before: str
    after: str


@lru_cache(maxsize=64)
def item(low: str, start: int, end: int) -> Item:
    """The words low[start:end] as an item."""
    before, behind = low[max(0, start - _REACH) : start], _SAID["behind_item"].match(low, end)
    said = before.rstrip()
    may_open = not said or said.endswith(_ENDS_BEFORE) or "\n" in before[len(said) :]
    opens = _SAID["before_item"].search(before) if may_open else None
    after = low[behind.end() if behind else end : end + _REACH].lstrip(" -")
    return Item(
        opens is not None and behind is not None,
        _SAID["between_items"].split(before[: opens.start()] if opens else before)[-1],
        " , ".join(_SAID["between_items"].split(after, 2)[:2]),
    )


def is_item(low: str, start: int, end: int) -> bool:
    """Whether low[start:end] is an item of a list by itself."""
    return item(low, start, end).alone


def among_descriptors(low: str, start: int, end: int, colour: bool = False) -> bool:
    """Whether the item low[start:end] stands in a list beside a descriptor of a person, and not behind a vehicle.

    A `colour` may be that of the garment before it; beside another word a garment is a descriptor too.
    """
    _, before, after = item(low, start, end)
    if colour and (_SAID["worn"].search(before) or _SAID["worn"].search(after)):
        return False
    return says_person(before, worn=True) or (not names_vehicle(before) and says_person(after, worn=True))


def names_vehicle(words: str) -> bool:
    """Whether some words name a vehicle ("a small purple car")."""
    return _SAID["thing"].search(words) is not None


@lru_cache(maxsize=256)
def says_person(words: str, worn: bool = False) -> bool:
    """Whether some words describe a person ("5ft 6", "curly hair") and name no vehicle; `worn`: also by a garment."""
    person = _SAID["person"].search(words) or (worn and _SAID["worn"].search(words))
    return bool(person) and not names_vehicle(words)


def tells_of_thing(low: str, end: int) -> bool:
    """Whether the sentence up to `end` tells of a vehicle, of hair or of something worn."""
    sentence = _SAID["sentence_end"].split(low[max(0, end - _REACH) : end])[-1]
    return any(said.search(sentence) is not None for said in (_SAID["thing"], _SAID["worn"], _SAID["other_thing"]))
