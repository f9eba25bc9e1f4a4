"""Descriptions written as lists: what stands beside a word that says nothing by itself ("white", "27"), and initials
at their head ("WM, 35-40", "BF 20s").

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
_BREAK_BEFORE = compiled(
    r"(?:^|[,;:/|(\n&+•]|\.(?!\d)|[!?]|\s-|\band)\s*[-*•]?\s*(?:(?:maybe|possibly|perhaps|probably|quite|very|"
    r"rather|fairly|extremely|painfully|enormously|looks?|looked|either|both)\s+)*$"
)
_BREAK_AFTER = compiled(
    r"(?:\s+(?:maybe|possibly|i think|probably|too|also))?\s*(?:[,;/|)\n&+•]|\.(?!\d)|[!?]|-\s|$)|"
    r"\s+(?:and|with|but)\b"
)
_ITEMS = compiled(r"[,;:/|(\n)&+•]|\.(?!\d)|[!?]|\s-\s|\s+(?:and|with|but)\s+")
_SENTENCE_END = compiled(r"[.;!?](?!\d)")
_ETHNICITIES = {"W": "white", "B": "black", "A": "asian"}
_SEXES = {"M": "male", "F": "female"}
_INITIALS = compiled(
    r"(?P<first>[WBA])(?P<last>[MF])(?<![\w.:/'-]..)(?<!\d ..)(?![\w/'-])"
    r"(?=[\s,;:.]+(?:aged?\b|abt\b|approx|about|c\.|early|mid|late|\d\d\s?(?:[-,/+;.]|to\b|yrs?|y/?o|years?|"
    r"'?s\b|ish)|\d\s?(?:ft|')|"
    r"tall|short|slim|med\b|medium|stocky|fat|thin|heavy|bald|hair|local|scruffy|skinny|ginger|blonde?|beard))",
)
"""What may not stand before is asked behind the letters: two capitals are seldom met, the start of a word often."""


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


def is_item(low: str, start: int, end: int) -> bool:
    """Whether low[start:end] is an item of a list by itself: a break of a list stands on both sides."""
    return (
        _BREAK_AFTER.match(low, end) is not None
        and _BREAK_BEFORE.search(low[max(0, start - 30) : start] if start < 30 else " " + low[start - 30 : start])
        is not None
    )


def item_before(low: str, start: int) -> str:
    """The item of the list that ends just before `start`; empty at the start of a text."""
    before = _BREAK_BEFORE.sub("", low[max(0, start - _REACH) : start])
    return _ITEMS.split(before)[-1]


def item_after(low: str, end: int) -> str:
    """The two items of the list that begin just behind `end`; empty at the end of a text."""
    stop = _BREAK_AFTER.match(low, end)
    after = low[stop.end() if stop else end : end + _REACH].lstrip(" -")
    return " , ".join(_ITEMS.split(after)[:2])


def among_descriptors(low: str, start: int, end: int, colour: bool = False) -> bool:
    """Whether the item low[start:end] stands in a list beside a descriptor of a person, and not behind a vehicle.

    A `colour` may be that of the garment before it; beside another word a garment is a descriptor too.
    """
    before, after = item_before(low, start), item_after(low, end)
    if colour and (cue("worn").search(before) or cue("worn").search(after)):
        return False
    return says_person(before, worn=True) or (not _things().search(before) and says_person(after, worn=True))


def follows_vehicle(low: str, start: int) -> bool:
    """Whether the item of a list before `start` names a vehicle ("a small purple car, Japanese maybe")."""
    return _things().search(item_before(low, start)) is not None


def says_person(words: str, worn: bool = False) -> bool:
    """Whether some words describe a person ("5ft 6", "curly hair") and name no vehicle; `worn`: also by a garment."""
    if _things().search(words):
        return False
    return _person().search(words) is not None or (worn and cue("worn").search(words) is not None)


def tells_of_thing(low: str, end: int) -> bool:
    """Whether the sentence up to `end` tells of a vehicle, of hair or of something worn."""
    sentence = _SENTENCE_END.split(low[max(0, end - _REACH) : end])[-1]
    return any(said.search(sentence) is not None for said in (_things(), cue("worn"), cue("other_thing")))


class Initials(NamedTuple):
    """An ethnicity and a sex, with the character spans of their letters."""

    ethnicity: str
    first: tuple[int, int]
    sex: str
    last: tuple[int, int]


@lru_cache(maxsize=64)
def initials(text: str) -> tuple[Initials, ...]:
    """Each pair of initials in `text` behind which a description goes on; "AM" as a time of day is none."""
    return tuple(
        Initials(_ETHNICITIES[said["first"]], said.span("first"), _SEXES[said["last"]], said.span("last"))
        for said in _INITIALS.finditer(text)
    )
