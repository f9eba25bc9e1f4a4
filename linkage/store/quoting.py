"""What would still tell of an erased report: its plates, numbers, names and wordings, wherever they are quoted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

ERASED = "[erased]"
"""What stands in place of words that were taken out."""

_PHRASE = 4  # [G] consecutive words that are a wording of the report and not a common one
_LONG = 8  # [G] consecutive words that are a wording even where texts are all written in one form
_LETTERS = 4  # [G] letters and figures from which a plate or an identifier is told apart
_NUMBER = 7  # [G] last figures by which a telephone number is known, whatever stands before
_WORD = re.compile(r"\w+")
_IDENTIFIERS = ("value", "registration", "email", "phone", "username", "website")


@dataclass(frozen=True)
class Quoted:
    """What a report is known by: `marks` letters and figures alone, `names` whole words, `phrases` runs of words."""

    marks: frozenset[str]
    names: frozenset[str]
    phrases: frozenset[tuple[str, ...]]

    def stands_in(self, words: str) -> bool:
        """Do these words quote the report?"""
        plain = _letters(words)
        if any(mark in plain for mark in self.marks):
            return True
        found = _words(words)
        if self.names & set(found):
            return True
        return any(run in self.phrases for run in _runs(found))

    def stands_at_length_in(self, words: str) -> bool:
        """Do words in a set form, as alerts are written, quote the report? Names and short runs are common there."""
        plain = _letters(words)
        if any(mark in plain for mark in self.marks):
            return True
        run = 0
        for one in _runs(_words(words)):
            run = run + 1 if one in self.phrases else 0
            if run > _LONG - _PHRASE:
                return True
        return False

    def taken_out(self, value: Any, in_set_form: bool = False) -> Any:
        """A plain JSON value with each text that quotes the report replaced; names of fields stay."""
        if isinstance(value, str):
            quotes = self.stands_at_length_in(value) if in_set_form else self.stands_in(value)
            return ERASED if quotes else value
        if isinstance(value, dict):
            return {
                self.taken_out(name, in_set_form): self.taken_out(one, in_set_form) for name, one in value.items()
            }
        return [self.taken_out(one, in_set_form) for one in value] if isinstance(value, list) else value


def quoted_of(bodies: Iterable[str]) -> Quoted:
    """What the versions of a report (as JSON) are known by."""
    marks, names, phrases = set[str](), set[str](), set[tuple[str, ...]]()
    for body in bodies:
        for field, words in _texts(json.loads(body)):
            if field in _IDENTIFIERS:
                marks |= _marks(words)
            elif field == "names_used":
                names |= {word for word in _words(words) if len(word) > 2}
            phrases |= set(_runs(_words(words)))
    return Quoted(frozenset(marks), frozenset(names), frozenset(phrases))


def _marks(words: str) -> set[str]:
    plain = _letters(words)
    if plain.isdigit():
        return {plain[-_NUMBER:]} if len(plain) >= _NUMBER else set()
    return {plain} if len(plain) >= _LETTERS else set()


def _texts(value: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a report with the field it stands in; what stands in a list, in the list's."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, dict):
        for name, one in value.items():
            if name not in ("report_id", "follows", "spans"):
                yield from _texts(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one, field)


def _letters(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())


def _words(words: str) -> list[str]:
    return _WORD.findall(words.casefold())


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[start : start + _PHRASE]) for start in range(len(words) - _PHRASE + 1))
