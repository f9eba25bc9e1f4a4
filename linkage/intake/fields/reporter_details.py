"""Details in a text that seem to be of the person who reports or was harmed: found, so that they can be taken out.

A report has no field for that person, but a pasted or imported text may hold a name, a number or an address. The page
tells what is found to the person who enters the report; an import takes it out. Nothing is kept here.

A heading that names that person governs what follows ("Reporter's phone: 07700 ..."): a word of `heading_roles` with
a kind of detail before or behind it, or alone before a colon. It opens a line, a sentence, a bracket or a part of a
list, so that "the nuisance caller's number" is none; "my" opens one anywhere. What it governs ends with the line or
sentence, or where words for the reported person begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from linkage.intake.document.document import read_document
from linkage.intake.document.pieces import pieces
from linkage.intake.limits import check
from linkage.intake.patterns import PatternTable
from linkage.intake.values import identifier
from linkage.intake.values.people.first_names import is_given_name
from linkage.vocabulary.tables import table

_BACK = 500
"""Characters before a number in which its sentence may begin [G]."""
_LONGEST = 120
"""Characters behind a heading that it may govern [G]."""
REMOVED = "[removed]"
"""Stands in a text where a detail was taken out."""

_KINDS = {"phone": "phone number", "email": "e-mail address", "username": "username", "website": "website"}


def _one_of(words: Sequence[str]) -> str:
    """A pattern for any of these phrases, the longest first; any white space may part their words."""
    return "|".join(r"[\s_]+".join(map(re.escape, one.split())) for one in sorted(words, key=len, reverse=True))


_WORDS = table("reporter_words")
_DETAILS = {word: kind for kind, words in _WORDS["heading_details"].items() for word in words}
"""Word for a kind of detail in a heading -> name, contact, place or any."""
_SAID = PatternTable(
    "reporter",
    detail=_one_of([*_DETAILS]),
    **{name: _one_of(words) for name, words in _WORDS.items() if isinstance(words, list)},
)


_MASK = re.compile(rf"\[[^\[\]\n]{{0,30}}\b(?:{_one_of(_WORDS['mask'])})\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Private:
    """A detail at [start, end) of the text: its `kind` in words, and what stands there."""

    kind: str
    words: str
    start: int
    end: int


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


def blanked_masks(text: str) -> str:
    """The text with white space where a detail was taken out, by this program or by who wrote it ("[name redacted]"),
    every other letter where it was: "my number is [removed]" tells of nothing that anybody removed."""
    return _MASK.sub(lambda mask: " " * len(mask[0]), text) if "[" in text else text


def _candidates(text: str, plain: str) -> Iterator[Private]:
    document = read_document(text)
    for found in identifier.find(text):
        if _SAID["others"].search(plain, max(0, found.start - _LONGEST), found.start):
            continue  # "Phone of suspect: ..."
        own = _SAID["own"].search(plain, max(0, found.start - _BACK), found.start)
        if own or not identifier.is_reported(document, found.start):
            yield _private(_KINDS.get(found.field, "contact detail"), text, found.start, found.end)
    for said in _SAID["name"].finditer(plain):
        if not _said_by_him(plain, said.start()) and not document.quoted(said.start()):
            yield from _name(text, plain, said.end(), any_case=True)
    for said in (*_SAID["capital"].finditer(plain), *_SAID["title"].finditer(plain)):
        no_name = ":" in said.group(0) and not _opens_with_name(text, plain, said.end())
        if not no_name and not _said_by_him(plain, said.start()) and not document.quoted(said.start()):
            yield from _name(text, plain, said.end(), any_case=False)
    for said in _SAID["label"].finditer(plain):
        yield from _rest("line", "detail", text, said.end(), _end_of(plain, said.end()))
    for said in _SAID["heading"].finditer(plain):
        if not _said_by_him(plain, said.start()):
            yield from _governed(text, plain, said)
    for said in _SAID["private"].finditer(plain):
        yield from _rest("clause", "address or date of birth", text, said.end())


def _said_by_him(plain: str, at: int) -> bool:
    """Whether it is the reported person who says what stands here, without quotation marks: "he said I'm Dave"."""
    return _SAID["his"].search(plain, max(0, at - _BACK), at) is not None


def _name(text: str, plain: str, at: int, *, any_case: bool) -> Iterator[Private]:
    """A name at this place: words with a capital letter, or the first word whatever it looks like."""
    found = _SAID["names"].match(plain, at)
    if found is None or plain.startswith(REMOVED, at):
        return
    end, no_name = at, _WORDS["no_name"]
    for number, word in enumerate(_SAID["one_name"].finditer(found[0])):
        own = word.group(0)
        # an alphabet without capitals has names all the same
        capital = own[0].isupper() or own[0].lower() == own[0].upper()
        if own.lower().removesuffix("'s") in no_name or not (capital or (any_case and number == 0)):
            break
        end = at + word.end() - (2 if own.endswith("'s") else 0)
    if end > at:
        yield _private("name", text, at, end)


def _governed(text: str, plain: str, heading: re.Match[str]) -> Iterator[Private]:
    """Details behind a heading that names the person who reports or was harmed."""
    start, end = heading.end(), _end_of(plain, heading.end())
    words = heading["own"] or heading["of"] or heading["mine"]
    kind = _DETAILS[" ".join(re.split(r"[\s_]+", words.lower()))] if words else "any"
    if end <= start or _SAID["describes"].match(plain, start, end):
        return
    if kind == "name":
        yield from _name(text, plain, start, any_case=True)
        return
    calls = [found.span() for found in _SAID["called"].finditer(plain, start, end)]
    if kind == "place" or (kind == "any" and _opens_with_name(text, plain, start)):
        yield _private("detail", text, start, end)
    elif kind == "contact" or (calls and calls[0][0] == start):
        yield from (_private("contact detail", text, *span) for span in calls)


def _end_of(text: str, start: int) -> int:
    """Where what a heading governs ends that is followed by this place."""
    found = _SAID["ends"].search(text, start, start + _LONGEST)
    end = found.start() if found else min(len(text), start + _LONGEST)
    return start + len(text[start:end].rstrip(" \t,.(["))


def _opens_with_name(text: str, plain: str, at: int) -> bool:
    """Two words with a capital letter, or a first name: "Robbed at the door" is none."""
    found = next(_name(text, plain, at, any_case=False), None)
    return found is not None and (" " in found.words or is_given_name(found.words))


def _rest(row: str, kind: str, text: str, at: int, end: int | None = None) -> Iterator[Private]:
    """What a row finds at a place, up to an end where one is given."""
    found = _SAID[row].match(text, at, len(text) if end is None else end)
    if found is not None and found.group(0).strip().lower() not in ("", REMOVED, *_WORDS["no_name"]):
        yield _private(kind, text, at, at + len(found.group(0).rstrip()))


def _private(kind: str, text: str, start: int, end: int) -> Private:
    return Private(kind, text[start:end], start, end)
