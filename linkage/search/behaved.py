"""Reads the lines of a question that are about behaviours: what should, must or must not have happened."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from linkage.intake.behaviours.reading import normalise_signed
from linkage.search.items import Item, item_named
from linkage.search.query import Query
from linkage.search.query_intent import read_question_facts
from linkage.search.question import QuestionError
from linkage.search.slang import Put
from linkage.search.victims import without_victims
from linkage.vocabulary import load

_DENIED = re.compile(r"^\s*(?:not\s*:?\s+|no\s+)", re.IGNORECASE)
_SIGN = re.compile(r"^\s*(?:(?P<must>\+|must\s*:?\s+(?!not\b))|(?P<must_not>-|must\s+not\s*:?\s+))\s*", re.IGNORECASE)


MANY = 2
"""Behaviours from which a line is a sentence that tells them; one is named better by the line as a whole [G]."""


def read_behaviours(asked: Query, lines: Sequence[str], plainly: Callable[[str], Put]) -> None:
    """All lines, after the free words were read; `plainly` puts words plainly.

    Raises QuestionError where a line wants what another, or the free words, do not.
    """
    held = asked.report.behaviours
    wanted, unwanted = dict.fromkeys(held.present, ""), dict.fromkeys(held.absent, "")
    for line in lines:
        for key, happened in _read_line(asked, line, plainly):
            mine, others = (wanted, unwanted) if happened else (unwanted, wanted)
            if key in others:
                raise QuestionError(_contradiction(key, line, others[key]))
            mine.setdefault(key, line)


def _contradiction(key: str, line: str, other: str) -> str:
    entry = load("behaviours").entries.get(key)
    before = repr(other) if other else f"the free words ({entry.label if entry else key})"
    return f"{line!r} contradicts {before}; leave out one of the two"


def _read_line(asked: Query, words: str, plainly: Callable[[str], Put]) -> list[tuple[str, bool]]:
    """One line: a behaviour or a sentence that tells some, "+" or "-" before it for must and must not, "not" for what
    should not have happened. Gives each behaviour with whether it should have happened.

    Words that no behaviour is known by are looked for as words.
    """
    signed = _SIGN.match(words)
    bare = words[signed.end() :] if signed else words
    rest = _DENIED.sub("", bare, count=1)
    wanted = rest == bare
    if (item := item_named(rest)) is not None:
        return _read_item(asked, item, signed, wanted)
    found = _behaviours_denied_or_not(rest, plainly) or [(rest.strip().lower(), True)]
    held, read = asked.report.behaviours, list[tuple[str, bool]]()
    for key, happened in found:
        if not key:
            continue
        if key not in load("behaviours").entries:
            asked.own.append(key)
        should = happened == wanted
        if signed:
            should = bool(signed["must"]) == should
            (asked.must if should else asked.must_not).add(key)
        (held.present if should else held.absent).append(key)
        read.append((key, should))
    return read


def _read_item(asked: Query, name: str, signed: re.Match[str] | None, wanted: bool) -> list[tuple[str, bool]]:
    item = Item(name, wanted == bool(signed["must"]) if signed else wanted)
    asked.items.append(item)
    if signed:
        (asked.must if item.happened else asked.must_not).add(item.key)
    return [(item.key, item.happened)]


def _behaviours_denied_or_not(words: str, plainly: Callable[[str], Put]) -> list[tuple[str, bool]]:
    """The behaviours of a line, each with whether it is said to have happened: the one that its words name, or those
    that it tells as a sentence."""
    named, put = normalise_signed(words), plainly(words)
    read = read_question_facts(without_victims(put.words))
    present, absent = read.behaviours.present, read.behaviours.absent
    spans = [span for name, each in read.spans.items() if name.startswith("behaviours.") for span in each]
    for start, end in put.spans:
        if not any(first < end and start < last for first, last in spans):
            present += [key for key in behaviours_in(put.words[start:end]) if key not in present]
    if named and len(present) + len(absent) < MANY:
        return [named]
    return [(key, True) for key in present] + [(key, False) for key in absent]


@cache
def behaviours_in(words: str) -> tuple[str, ...]:
    """Behaviours of words that were put plainly, read by themselves."""
    return tuple(read_question_facts(words).behaviours.present)
