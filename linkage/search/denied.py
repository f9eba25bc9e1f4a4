"""Reads what a question denies: behaviours and weapons that should not have happened, and words not to look for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from linkage.intake.behaviours.reading import normalise_signed
from linkage.intake.values import place
from linkage.intake.values.times import dates
from linkage.report import Report
from linkage.search.denials import Denial, Span, denials
from linkage.search.expansion import asking, below
from linkage.search.query import Query, overlap
from linkage.search.query_intent import read_question_facts
from linkage.vocabulary import fold, load
from linkage.vocabulary.english import stem

_PERSON = ("glasses", "facial_hair", "hair", "marks", "accent")
"""Of a person, what the words for having none of it tell as well: clean shaven, no hair."""

_OR_NOT = re.compile(r"\b[\w'’-]+\s+or\s+not\b(?=\s*(?:[,.;:!?]|$))", re.IGNORECASE)
"""A word that may hold or not: nothing is asked then."""
_OR_WORD = re.compile(r"\s*(?:\bor\b|/)\s*([\w'’-]+)", re.IGNORECASE)
_WORD = re.compile(r"[\w'’-]+|/")
_LETTERS = re.compile(r"[A-Za-z0-9]")


def read_denials(asked: Query, words: str, put: Sequence[Span]) -> list[Span]:
    """Give `asked` what is denied and return where it stands. Nothing is denied where a fact is told by a denial
    ("did not pay", "no glasses"), or where slang was put into one (`put`)."""
    spans = [found.span() for found in _OR_NOT.finditer(words)]
    asked.not_sought += [words[slice(*span)] for span in spans]
    found = [one for one in denials(words, names_where) if not _within(one.cue, put) and not _within(one.cue, spans)]
    if not found:
        return spans
    read = read_question_facts(words)
    asserted = [span for _, each in _behaviours(read, "present") for span in each]
    for one in found:
        if (either := _either_way(words, one)) is not None:
            asked.not_sought.append(words[slice(*either)])
            spans.append(either)
            continue
        denied = one.names or words[slice(*one.scope)]
        named = read_question_facts(denied)
        keys = _keys(read, named, one)
        if not _tells(read, keys, one):
            said = "" if any(overlap(one.whole, span) for span in asserted) else denied
            _give(asked, keys, named, said)
            spans.append(one.whole)
    return spans


def _either_way(words: str, denial: Denial) -> Span | None:
    """Where what a denial denies is the other alternative as well ("armed or unarmed", "with or without a condom"):
    nothing is asked then. None for a denial that stands for something of its own."""
    start, end = denial.whole
    behind = _OR_WORD.match(words, end)
    if denial.names and behind and _named_by(denial.names) & _named_by(behind[1]):
        return start, behind.end()
    before = [one.span() for one in _WORD.finditer(words, 0, start)]
    if len(before) < 2 or words[slice(*before[-1])].lower() not in ("or", "/"):
        return None
    denied = denial.names or words[slice(*denial.scope)]
    content = _content(denied)
    other = before[-1 - max(1, len(content)) : -1] or before[:-1]
    said = words[other[0][0] : other[-1][1]]
    told = _named_by(words[slice(*before[-2])])
    same = _content(said) == content or bool(told & _named_by(denied)) or words[slice(*before[-2])].lower() == "with"
    return ((before[-2] if told or not content else other[0])[0], end) if same else None


def _content(words: str) -> list[str]:
    return [stem(one) for one in fold(words).split() if stem(one) not in asking()]


def _named_by(words: str) -> frozenset[str]:
    """The behaviour that a field would read in the words, and those below it."""
    signed = normalise_signed(words)
    return below(signed[0]) | {signed[0]} if signed and signed[0] in load("behaviours").entries else frozenset()


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


def _tells(read: Report, keys: Sequence[str], denial: Denial) -> bool:
    """Is a fact told by the denial itself? A behaviour of which the denial denies the general one is not: there is no
    violence on refusal in "refused a condom, was not violent"."""
    spans = [span for person in read.suspects for name in _PERSON for span in person.spans.get(name, [])]
    bare = [span for one in read.suspects if one.glasses is False for span in one.spans.get("glasses", [])]
    if any(overlap(span, denial.scope) for span in bare):  # the words for none are no part of what was read
        return True
    ruled_out = frozenset[str]().union(*map(below, keys))
    spans += [span for key, each in _behaviours(read, "present") if key not in ruled_out for span in each]
    return any(overlap(span, denial.cue) and overlap(span, denial.scope) for span in spans)


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
        within = [one for one in spans if one[1] <= end and overlap(one, denial.scope)]
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
        if not any(overlap(one, other) for part in below(key) for other in denied.get(part, ()) for one in spans)
    ]


def _behaviours(read: Report, name: str) -> list[tuple[str, list[Span]]]:
    """Behaviours that are told ("present") or denied ("absent"), with their spans."""
    keys = enumerate(getattr(read.behaviours, name), start=1)
    return [(key, read.spans[where]) for at, key in keys if (where := f"behaviours.{name}.{at}") in read.spans]
