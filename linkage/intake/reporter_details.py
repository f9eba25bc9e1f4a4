"""Details in a text that seem to be of the person who reports or was harmed: found, so that they can be taken out.

A report has no field for that person, but a pasted or imported text may hold a name, a number or an address. The page
tells what is found to the person who enters the report; an import takes it out. Nothing is kept here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from linkage.intake.budget import check
from linkage.intake.document.document import read_document
from linkage.intake.facts import identifier
from linkage.intake.given_names import is_given_name
from linkage.intake.judge.identifiers import is_reported
from linkage.intake.pieces import pieces
from linkage.intake.reporter_headings import end_of, governed, of_another, to_call

_BACK = 500
"""Characters before a number in which its sentence may begin [G]."""
REMOVED = "[removed]"
"""Stands in a text where a detail was taken out."""

_NAME = r"[^\W\d_][\w’'\-]*"
_CAPITALS = re.compile(rf"{_NAME}(?:[ \t]+{_NAME}){{0,2}}")
_CLAUSE = re.compile(r"[^.;\n]{2,80}")
_LINE = re.compile(r"[^\n]{2,80}")
_KINDS = {"phone": "phone number", "email": "e-mail address", "username": "username", "website": "website"}


@dataclass(frozen=True, slots=True)
class Private:
    """A detail at [start, end) of the text: its `kind` in words, and what stands there."""

    kind: str
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Words:
    name: re.Pattern[str]
    capital: re.Pattern[str]
    label: re.Pattern[str]
    private: re.Pattern[str]
    title: re.Pattern[str]
    own: re.Pattern[str]
    his: re.Pattern[str]
    no_name: frozenset[str]


@cache
def _words() -> _Words:
    table: dict[str, list[str]] = tomllib.loads(
        files(__package__).joinpath("reporter_words.toml").read_text(encoding="utf-8")
    )

    def one_of(name: str) -> str:
        """The phrases of one list as a regular expression, longest first; any white space may part their words."""
        longest_first = sorted(table[name], key=len, reverse=True)
        return "|".join(r"\s+".join(map(re.escape, words.split())) for words in longest_first)

    return _Words(
        re.compile(rf"\b(?:{one_of('name_follows')})\s*[:,\-]?\s+", re.IGNORECASE),
        re.compile(rf"\b(?:{one_of('capital_follows')})\s*[:,(\-]?\s+", re.IGNORECASE),
        re.compile(rf"^[ \t]*(?:{one_of('labels')})[ \t]*[:=][ \t]*", re.IGNORECASE | re.MULTILINE),
        re.compile(rf"\b(?:{one_of('private_follows')})\s*:?\s+", re.IGNORECASE),
        re.compile(rf"\b(?:{one_of('titles')})\.?\s+", re.IGNORECASE),
        re.compile(rf"\b(?:{one_of('own_contact')})\b[^.!?\n]*$", re.IGNORECASE),
        re.compile(rf"\b(?:{one_of('his_words')})\b[^.!?\n]*$", re.IGNORECASE),
        frozenset(table["no_name"]),
    )


def private_details(text: str) -> list[Private]:
    """Names, numbers, addresses that seem to be of the reporting or harmed person, in order and without overlap."""
    found: list[Private] = []
    for opens, closes in pieces(text):
        check()
        piece = text[opens:closes]
        for one in sorted(_candidates(piece, piece.replace("’", "'")), key=lambda one: (one.start, -one.end)):
            if not found or opens + one.start >= found[-1].end:
                found.append(replace(one, start=opens + one.start, end=opens + one.end))
    return found


def without(text: str, details: Sequence[Private]) -> str:
    """The text with these details of it taken out."""
    for one in sorted(details, key=lambda one: one.start, reverse=True):
        text = f"{text[: one.start]}{REMOVED}{text[one.end :]}"
    return text


def _candidates(text: str, plain: str) -> Iterator[Private]:
    words, document = _words(), read_document(text)
    for found in identifier.find(text, to_call=True):
        if of_another(plain, found.start):
            continue
        own = words.own.search(plain, max(0, found.start - _BACK), found.start)
        if own or not is_reported(document, found.start):
            yield _private(_KINDS.get(found.field, "contact detail"), text, found.start, found.end)
    for said in words.name.finditer(plain):
        if not _said_by_him(plain, said.start()) and not document.quoted(said.start()):
            yield from _name(text, plain, said.end(), any_case=True)
    for said in (*words.capital.finditer(plain), *words.title.finditer(plain)):
        if _said_by_him(plain, said.start()):
            continue
        if ":" in said.group(0) and not _opens_with_name(text, plain, said.end()):
            continue
        if any(_name(text, plain, said.end(), any_case=False)) and not document.quoted(said.start()):
            yield from _name(text, plain, said.end(), any_case=False)
    for said in words.label.finditer(plain):
        yield from _rest(_LINE, "detail", text, said.end(), end_of(plain, said.end()))
    yield from _behind_headings(text, plain)
    for said in words.private.finditer(plain):
        yield from _rest(_CLAUSE, "address or date of birth", text, said.end())


def _said_by_him(plain: str, at: int) -> bool:
    """Whether it is the reported person who says what stands here, without quotation marks: "he said I'm Dave"."""
    return _words().his.search(plain, max(0, at - _BACK), at) is not None


def _name(text: str, plain: str, at: int, *, any_case: bool) -> Iterator[Private]:
    """A name at this place: words with a capital letter, or the first word whatever it looks like."""
    found = _CAPITALS.match(plain, at)
    if found is None or plain.startswith(REMOVED, at):
        return
    end, no_name = at, _words().no_name
    for number, word in enumerate(re.finditer(_NAME, found.group(0))):
        own = word.group(0)
        if own.lower().removesuffix("'s") in no_name or not (_capital(own) or (any_case and number == 0)):
            break
        end = at + word.end() - (2 if own.endswith("'s") else 0)
    if end > at:
        yield _private("name", text, at, end)


def _capital(word: str) -> bool:
    """A capital letter in front, or a letter of an alphabet that has none."""
    return word[0].isupper() or (word[0].lower() == word[0].upper())


def _behind_headings(text: str, plain: str) -> Iterator[Private]:
    """Details behind headings that name the person who reports or was harmed."""
    for one in governed(plain):
        if _said_by_him(plain, one.at):
            continue
        if one.kind == "name":
            yield from _name(text, plain, one.start, any_case=True)
            continue
        calls = list(to_call(plain, one.start, one.end))
        if one.kind == "place" or (one.kind == "any" and _opens_with_name(text, plain, one.start)):
            yield _private("detail", text, one.start, one.end)
        elif one.kind == "contact" or (calls and calls[0][0] == one.start):
            yield from (_private("contact detail", text, start, end) for start, end in calls)


def _opens_with_name(text: str, plain: str, at: int) -> bool:
    """Two words with a capital letter, or a first name: "Robbed at the door" is none."""
    found = next(_name(text, plain, at, any_case=False), None)
    return found is not None and (" " in found.words or is_given_name(found.words))


def _rest(pattern: re.Pattern[str], kind: str, text: str, at: int, end: int | None = None) -> Iterator[Private]:
    """What a pattern finds at a place, up to an end where one is given."""
    found = pattern.match(text, at, len(text) if end is None else end)
    if found is None or found.group(0).strip().lower() in ("", REMOVED, *_words().no_name):
        return
    yield _private(kind, text, at, at + len(found.group(0).rstrip()))


def _private(kind: str, text: str, start: int, end: int) -> Private:
    return Private(kind, text[start:end], start, end)
