"""Reads what a question denies: behaviours and weapons that should not have happened, and words not to look for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from linkage.intake.behaviours.words import normalise_signed
from linkage.intake.values import place
from linkage.intake.values.times import dates
from linkage.report import Report
from linkage.search.behaved import behaviours_in
from linkage.search.denials import Denial, Span, denials
from linkage.search.query import Query
from linkage.search.query_intent import read_question_facts
from linkage.vocabulary import load

_PERSON = ("glasses", "facial_hair", "hair", "marks", "accent")
"""Of a person, what the words for having none of it tell as well: clean shaven, no hair."""

_LETTERS = re.compile(r"[A-Za-z0-9]")


def read_denials(asked: Query, words: str, put: Sequence[Span]) -> list[Span]:
    """Give `asked` what is denied and return where it stands. Nothing is denied where a fact is told by a denial
    ("did not pay", "no glasses"), or where slang was put into one (`put`)."""
    found = [one for one in denials(words, names_where) if not _within(one.cue, put)]
    if not found:
        return []
    read = read_question_facts(words)
    found = [one for one in found if not _tells(read, one)]
    for one in found:
        _read(asked, read, words, one)
    return [one.whole for one in found]


def names_where(words: str) -> bool:
    """Do words behind "in" or "on" name a place or a time?"""
    first = words.split(maxsplit=1)[0]
    if any(place.normalise({"text": said})[0].lat is not None for said in (words, first) if _named(said)):
        return True
    try:
        return any(dates.normalise(said) is not None for said in (words, first))
    except dates.UnusableDate:
        return False


def _named(words: str) -> bool:
    return words[:1].isupper() or len(words) > 3


def _within(span: Span, others: Sequence[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _tells(read: Report, denial: Denial) -> bool:
    """Is a fact told by the denial itself?"""
    spans = [span for name, each in read.spans.items() if name.startswith("behaviours.present.") for span in each]
    spans += [span for person in read.suspects for name in _PERSON for span in person.spans.get(name, [])]
    bare = [span for one in read.suspects if one.glasses is False for span in one.spans.get("glasses", [])]
    if any(_overlap(span, denial.scope) for span in bare):  # the words for none are no part of what was read
        return True
    return any(_overlap(span, denial.cue) and _overlap(span, denial.scope) for span in spans)


def _read(asked: Query, read: Report, words: str, denial: Denial) -> None:
    said = words[slice(*denial.scope)]
    keys = [key for name, key in _behaviours(read) if any(_overlap(one, denial.whole) for one in read.spans[name])]
    keys += [key for key in behaviours_in(said) if key not in keys]
    named = None if keys else normalise_signed(said)
    keys += [named[0]] if named and named[0] in load("behaviours").entries else []
    asked.report.behaviours.absent += keys
    weapons = read_question_facts(said).weapons
    if not keys:
        asked.no_weapons += weapons
    if not keys and not weapons and _LETTERS.search(said):
        asked.not_sought.append(said.strip())


def _behaviours(read: Report) -> list[tuple[str, str]]:
    """Names of the spans of all behaviours that are told or denied, with their keys."""
    held = read.behaviours
    named = [(f"behaviours.present.{at}", key) for at, key in enumerate(held.present, start=1)]
    named += [(f"behaviours.absent.{at}", key) for at, key in enumerate(held.absent, start=1)]
    return [(name, key) for name, key in named if name in read.spans]
