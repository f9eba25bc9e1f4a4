"""Reads what a question denies: behaviours and weapons that should not have happened, and words not to look for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from linkage.intake.behaviours.words import normalise_signed
from linkage.intake.values import place
from linkage.intake.values.times import dates
from linkage.report import Report
from linkage.search.denials import Denial, Span, denials
from linkage.search.expansion import below
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
    asserted = [span for _, each in _behaviours(read, "present") for span in each]
    spans = list[Span]()
    for one in found:
        denied = one.names or words[slice(*one.scope)]
        named = read_question_facts(denied)
        keys = _keys(read, named, one)
        if not _tells(read, keys, one):
            said = "" if any(_overlap(one.whole, span) for span in asserted) else denied
            _give(asked, keys, named, said)
            spans.append(one.whole)
    return spans


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


def _tells(read: Report, keys: Sequence[str], denial: Denial) -> bool:
    """Is a fact told by the denial itself? A behaviour of which the denial denies the general one is not: there is no
    violence on refusal in "refused a condom, was not violent"."""
    spans = [span for person in read.suspects for name in _PERSON for span in person.spans.get(name, [])]
    bare = [span for one in read.suspects if one.glasses is False for span in one.spans.get("glasses", [])]
    if any(_overlap(span, denial.scope) for span in bare):  # the words for none are no part of what was read
        return True
    ruled_out = frozenset[str]().union(*map(below, keys))
    spans += [span for key, each in _behaviours(read, "present") if key not in ruled_out for span in each]
    return any(_overlap(span, denial.cue) and _overlap(span, denial.scope) for span in spans)


def _give(asked: Query, keys: list[str], named: Report, said: str) -> None:
    """Give `asked` what is denied; of what was `said` and means nothing it is told that it is not looked for."""
    keys = keys or [*named.behaviours.present]
    signed = None if keys else normalise_signed(said)
    keys += [signed[0]] if signed and signed[0] in load("behaviours").entries else []
    asked.report.behaviours.absent += keys
    if not keys:
        asked.no_weapons += named.weapons
    if not keys and not named.weapons and _LETTERS.search(said):
        asked.not_sought.append(said.strip())


def _keys(read: Report, named: Report, denial: Denial) -> list[str]:
    """Behaviours denied: those read within the denial, whether as denied or not, and those that what is denied names
    by itself (`named`). One that is read from the next clause as well is not denied, nor is the general one
    ("violence") where the same words name a particular one ("hit her"). One whose words begin before the denial and
    end in it ("phone was not taken") is denied too, but for what the denial denies in general."""
    start, end = denial.whole
    inside: dict[str, list[Span]] = {}
    begun: dict[str, list[Span]] = {}
    for key, spans in _behaviours(read, "absent") + _behaviours(read, "present"):
        within = [one for one in spans if one[1] <= end and _overlap(one, denial.scope)]
        if within:
            (inside if all(one[0] >= start for one in within) else begun).setdefault(key, []).extend(within)
    first = denial.scope[0]
    for key, spans in _behaviours(named, "present"):
        inside.setdefault(key, []).extend((one + first, other + first) for one, other in spans)
    general = frozenset[str]().union(*map(below, inside))
    denied = inside | {key: spans for key, spans in begun.items() if key not in general and key not in inside}
    return [
        key
        for key, spans in denied.items()
        if not any(_overlap(one, other) for part in below(key) for other in denied.get(part, ()) for one in spans)
    ]


def _behaviours(read: Report, name: str) -> list[tuple[str, list[Span]]]:
    """Behaviours that are told ("present") or denied ("absent"), with their spans."""
    keys = enumerate(getattr(read.behaviours, name), start=1)
    return [(key, read.spans[where]) for at, key in keys if (where := f"behaviours.{name}.{at}") in read.spans]
