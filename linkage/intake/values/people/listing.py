"""Descriptions written as lists: what stands beside a word that says nothing by itself ("white", "27").

A report lists what a person looked like between commas, slashes or stops: "Male, white, 30s / 5 9 / slim". A word
that could speak of a van as well is read as a descriptor only where its neighbours in the list describe a person.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from linkage.intake.document.context_phrases import cue, turn_of_phrase
from linkage.intake.patterns import compiled
from linkage.intake.phrases.surface import Lexicon, flagged, unflagged

_REACH = 60
"""Characters of a neighbour in a list that are looked at [G]."""
_HEDGES = (
    *("maybe", "possibly", "perhaps", "probably", "quite", "very", "rather", "fairly", "extremely", "painfully"),
    *("enormously", "look", "looks", "looked", "either", "both"),
)
_ENDS_BEFORE = (*",;:/|(&+•.!?-*", "and", *_HEDGES)
"""With one of these, or the end of a line, all ends that may stand before an item of a list."""
_BREAK_BEFORE = compiled(
    rf"(?:^|[,;:/|(\n&+•]|\.(?!\d)|[!?]|\s-|\band)\s*[-*•]?\s*(?:(?:{'|'.join(reversed(_HEDGES))})\s+)*$"
)
_BREAK_AFTER = compiled(
    r"(?:\s+(?:maybe|possibly|i think|probably|too|also))?\s*(?:[,;/|)\n&+•]|\.(?!\d)|[!?]|-\s|$)|"
    r"\s+(?:and|with|but)\b"
)
_ITEMS = compiled(r"[,;:/|(\n)&+•]|\.(?!\d)|[!?]|\s-\s|\s+(?:and|with|but)\s+")
_SENTENCE_END = compiled(r"[.;!?](?!\d)")


@cache
def _person() -> re.Pattern[str]:
    builds = Lexicon("builds", only=unflagged("weak", "noun_only")).source
    styles = Lexicon("hair_styles", only=flagged("alone")).source
    ethnicities = Lexicon("ethnicities", only=unflagged("of_things", "field_only")).source
    accents = Lexicon("accents", only=flagged("alone")).source
    told = f"{turn_of_phrase('describes_person')}|{turn_of_phrase('describing_word')}"
    return compiled(rf"{told}|\b(?:{builds}|{styles}|{ethnicities}|{accents}|thin|fat|thickset|lean)\b")


@cache
def _things() -> re.Pattern[str]:
    makes = Lexicon("makes", only=lambda make, _: make.data.get("caution", 0) == 0)
    return compiled(rf"{turn_of_phrase('tells_of_vehicle')}|\b{makes.source}\b")


class Item(NamedTuple):
    """Some words as an item of a list: whether a break of the list stands on both sides, the item `before` (empty at
    the start of a text), and the two items `after` (empty at its end)."""

    alone: bool
    before: str
    after: str


@lru_cache(maxsize=64)
def item(low: str, start: int, end: int) -> Item:
    """The words low[start:end] as an item."""
    before, behind = low[max(0, start - _REACH) : start], _BREAK_AFTER.match(low, end)
    said = before.rstrip()
    may_open = not said or said.endswith(_ENDS_BEFORE) or "\n" in before[len(said) :]
    opens = _BREAK_BEFORE.search(before) if may_open else None
    after = low[behind.end() if behind else end : end + _REACH].lstrip(" -")
    return Item(
        opens is not None and behind is not None,
        _ITEMS.split(before[: opens.start()] if opens else before)[-1],
        " , ".join(_ITEMS.split(after, 2)[:2]),
    )


def is_item(low: str, start: int, end: int) -> bool:
    """Whether low[start:end] is an item of a list by itself."""
    return item(low, start, end).alone


def among_descriptors(low: str, start: int, end: int, colour: bool = False) -> bool:
    """Whether the item low[start:end] stands in a list beside a descriptor of a person, and not behind a vehicle.

    A `colour` may be that of the garment before it; beside another word a garment is a descriptor too.
    """
    _, before, after = item(low, start, end)
    if colour and (cue("worn").search(before) or cue("worn").search(after)):
        return False
    return says_person(before, worn=True) or (not names_vehicle(before) and says_person(after, worn=True))


def names_vehicle(words: str) -> bool:
    """Whether some words name a vehicle ("a small purple car")."""
    return _things().search(words) is not None


@lru_cache(maxsize=256)
def says_person(words: str, worn: bool = False) -> bool:
    """Whether some words describe a person ("5ft 6", "curly hair") and name no vehicle; `worn`: also by a garment."""
    person = _person().search(words) or (worn and cue("worn").search(words))
    return bool(person) and not names_vehicle(words)


def tells_of_thing(low: str, end: int) -> bool:
    """Whether the sentence up to `end` tells of a vehicle, of hair or of something worn."""
    sentence = _SENTENCE_END.split(low[max(0, end - _REACH) : end])[-1]
    return any(said.search(sentence) is not None for said in (_things(), cue("worn"), cue("other_thing")))
