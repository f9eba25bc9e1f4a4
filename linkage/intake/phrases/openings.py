"""What a regular expression says of its own matches, read off its parse: how they begin, what must stand in them."""

from __future__ import annotations

import re
from string import digits
from typing import Any

try:  # the parse of a pattern is no public part of `re`: without it a match may begin with anything
    from re import _constants as sre  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover
    sre = parser = None

_MOST_OF_A_CLASS = 12
"""Characters of a class that are told apart [G]: of more, as in "[a-z]", any may stand there."""

OTHER_DIGIT = "٠"
"""Stands for all digits that are none of ASCII."""

_Groups = tuple[frozenset[str], ...]

_Heads = set[tuple[str, bool]]
"""What a part can begin with, and whether that is all of it, so that what stands behind it goes on."""
_ANYTHING: _Heads = {("", False)}
_NOTHING: _Heads = {("", True)}


def openings(source: str, flags: int = 0, letters: int = 2) -> frozenset[str]:
    """Up to so many characters with one of which every match begins; "" is among them where that may be anything.

    With IGNORECASE they are in lower case, and those letters are left out that are one of ASCII without regard to
    case. What may be a digit begins with one of ASCII, or with OTHER_DIGIT.
    """
    if parser is None:  # pragma: no cover
        return frozenset(("",))
    found = {head for head, _ in _sequence(parser.parse(source, flags), letters)}
    return frozenset(head.lower() for head in found) if flags & re.IGNORECASE else frozenset(found)


def _sequence(items: Any, size: int) -> _Heads:
    """What some parts in a row begin with."""
    ended: _Heads = set()
    still_open = {""}
    for kind, value in items:
        heads = _item(kind, value, size)
        longer = {((before + head)[:size], whole) for before in still_open for head, whole in heads}
        still_open = {head for head, whole in longer if whole and len(head) < size}
        ended |= {(head, False) for head, whole in longer if not whole or len(head) == size}
        if not still_open:
            break
    return ended | {(head, True) for head in still_open}


def _item(kind: Any, value: Any, size: int) -> _Heads:
    if kind is sre.LITERAL:
        return {(chr(value), True)}
    if kind is sre.IN:
        return _of_class(value)
    if kind is sre.BRANCH:
        return set[tuple[str, bool]]().union(*(_sequence(branch, size) for branch in value[1]))
    if kind is sre.SUBPATTERN:
        return _ANYTHING if value[1] else _sequence(value[3], size)
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        return _repeated(value, size)
    return _NOTHING if kind in (sre.AT, sre.ASSERT, sre.ASSERT_NOT) else _ANYTHING


def _repeated(value: tuple[int, int, Any], size: int) -> _Heads:
    least, most, items = value
    heads = _sequence(items, size)
    if most > 1:  # what follows the first time may be another time
        heads = {(head, False) for head, _ in heads}
    return heads | _NOTHING if least == 0 else heads


def _of_class(items: Any) -> _Heads:
    letters = ""
    for kind, value in items:
        if kind is sre.LITERAL:
            letters += chr(value)
        elif kind is sre.RANGE and value[1] - value[0] < _MOST_OF_A_CLASS:
            letters += "".join(map(chr, range(value[0], value[1] + 1)))
        elif (kind, value) == (sre.CATEGORY, sre.CATEGORY_DIGIT):
            letters += digits + OTHER_DIGIT
        else:
            return _ANYTHING
    return {(letter, True) for letter in letters} if len(letters) <= _MOST_OF_A_CLASS else _ANYTHING


def required(source: str, everyday: frozenset[str]) -> _Groups:
    """Groups of words, or parts of words, of each of which one stands in every match; the most telling group first.

    Groups are left out that hold an `everyday` word, which stands in every text, or a single letter.
    """
    if parser is None:  # pragma: no cover
        return ()
    groups = dict.fromkeys(_required(parser.parse(source)))
    telling = [group for group in groups if min(map(len, group)) > 1 and everyday.isdisjoint(group)]
    return tuple(sorted(telling, key=lambda group: (min(map(len, group)), -len(group)), reverse=True))


def _required(items: Any) -> list[frozenset[str]]:
    """The groups of parts in a row. Letters beside alternatives belong to each: the parser takes what those begin
    with out of them."""
    groups: list[frozenset[str]] = []
    run = ""
    for kind, value in items:
        if kind is sre.LITERAL and (chr(value).isalnum() or value == ord("'")):
            run += chr(value)
            continue
        if kind is sre.BRANCH:
            groups += _of_branches(run, value[1])
        elif kind is sre.SUBPATTERN and not value[1]:
            inner = list(value[3])
            if len(inner) == 1 and inner[0][0] is sre.BRANCH:
                groups += _of_branches(run, inner[0][1][1])
            else:
                groups += [frozenset((run,))] * bool(run) + _required(inner)
        elif kind in (sre.MAX_REPEAT, sre.MIN_REPEAT) and value[0] > 0:
            groups += [frozenset((run,))] * bool(run) + _required(value[2])
        elif run:
            groups.append(frozenset((run,)))
        run = ""
    return [*groups, frozenset((run,))] if run else groups


def _of_branches(run: str, branches: Any) -> list[frozenset[str]]:
    """One group for alternatives of which each makes something necessary, with the letters before them."""
    words: set[str] = {run} if run else set()
    several: set[str] = set()
    for branch in branches:
        lead = ""
        for kind, value in branch:
            if kind is not sre.LITERAL or not chr(value).isalnum():
                break
            lead += chr(value)
        inner = _required(branch)
        best = max(inner, key=lambda group: min(map(len, group)), default=frozenset[str]())
        longer = frozenset((run + lead,)) if lead else best
        several |= longer if longer and min(map(len, longer)) >= min(map(len, best), default=0) else best
        if not (longer or best):
            return [frozenset(words)] if words else []
    return [frozenset(several)] if several else [frozenset(words)] if words else []
