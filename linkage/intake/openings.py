"""The letters that a match of a regular expression can begin with, read off its parse."""

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
