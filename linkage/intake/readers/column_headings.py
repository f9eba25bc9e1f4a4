"""Headings of a file -> how each column is read. What names two people, or nobody, is asked and never guessed.

What a person says of columns goes before: "Mobile=identifiers.phone", on the command line or line by line in a file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from linkage.errors import LinkageError
from linkage.intake.readers.column_names import PERSONAL, fold_name, is_personal, locate_open, nearest
from linkage.intake.reject import shorten
from linkage.vocabulary.tables import table

IGNORE = "ignore"
"""What a column is mapped to that is left out on purpose."""
KINDS = ("phone", "email", "username", "website", "other")
"""Kinds of identifier that a column may hold."""
TIMES = {"occurred.time": "occurred.from", "occurred.time_to": "occurred.to"}
"""Columns of clock times -> the field of the day beside which they stand."""
_CLOSED = "consent was not read, and the reports stay closed"


@cache
def headings() -> dict[str, Any]:
    """The data file."""
    return table("column_headings")


@lru_cache(maxsize=65_536)
def words_of(heading: str) -> str:
    """The words of a heading, lower case, with abbreviations written out and a space between them."""
    short = headings()["abbreviations"]
    return " ".join(short.get(word, word) for word in fold_name(heading).replace(".", "_").split("_") if word)


def holds(heading: str, phrases: Iterable[str]) -> bool:
    """Whether one of these phrases stands in a heading, its words one behind the other."""
    words = f" {words_of(heading)} "
    return any(f" {phrase} " in words for phrase in phrases)


def of_reporter(heading: str) -> bool:
    """Whether a heading names the person who reports or was harmed."""
    return is_personal(heading) or holds(heading, headings()["reporter"]["words"])


def of_reported(heading: str) -> bool:
    """Whether a heading names the reported person."""
    return holds(heading, headings()["reported"]["words"])


def own_field(name: str) -> str | None:
    """The dotted name of a field that `name` is or stands for, or None: those of the format, `identifiers.phone` and
    the like, and `occurred.time`."""
    folded = fold_name(name)
    if folded in TIMES:
        return folded
    if folded.startswith("identifiers.") and (kind := folded.rpartition(".")[2]) in KINDS:
        return f"identifiers.{kind}"
    slot = locate_open(name)
    return slot.name if slot else None


def longest(heading: str, section: str) -> tuple[str, str] | None:
    """The longest phrase of a section of the data file that stands in a heading, and the field it is listed for."""
    every = ((phrase, str(field)) for field, phrases in headings()[section].items() for phrase in phrases)
    found = (one for one in every if holds(heading, one[:1]))
    return max(found, key=lambda one: len(one[0].split()), default=None)


def by_phrase(heading: str) -> str | None:
    """The field that a question of a form asks for; None where it asks beside it for somebody's details."""
    found = longest(heading, "phrases")
    if found is None:
        return None
    phrase, field = found
    guarded = {one for one in headings()["guards"]["words"] if holds(heading, [one]) and not holds(phrase, [one])}
    at_place = field.startswith("place.") and guarded <= {"address"} and not of_reporter(heading)
    return field if not guarded or at_place else None


def about_consent(heading: str) -> bool:
    """Whether a heading asks for consent, or seems to."""
    cues = headings()["consent"]
    plain, willing, share = (holds(heading, cues[kind]) for kind in ("plain", "willing", "share"))
    to_somebody = bool(_recipients(heading))
    return plain or (willing and (share or to_somebody)) or (share and to_somebody)


def _recipients(heading: str) -> list[str]:
    """Whom a heading names as those who may be told: of police, scas and alert."""
    return [kind for kind, names in headings()["consent"]["recipients"].items() if holds(heading, names)]


def denies(heading: str) -> bool:
    """Whether a yes under a heading would be a no."""
    return holds(heading, headings()["consent"]["negated"]) or (
        holds(heading, ["no"]) and not holds(heading, ["yes"])
    )


def consent_field(heading: str) -> tuple[str | None, str]:
    """The field of a heading about consent, or None and why it is not read."""
    cues, found = headings()["consent"], _recipients(heading)
    why = ""
    if denies(heading):
        why = f"a yes under it may be a no; {_CLOSED}; write a column in which yes allows it"
    elif holds(heading, cues["past"]) and not holds(heading, cues["willing"]):
        why = f"it seems to say what was done, not what is allowed; {_CLOSED}"
    elif len(found) != 1:
        named = "names nobody who may be told" if not found else f"names several ({', '.join(found)})"
        why = f"it {named}; {_CLOSED}; say which: consent.police, consent.alert or consent.scas"
    elif not _words_of_consent().issuperset(words_of(heading).split()):
        why = f"it may ask for something else; {_CLOSED}; if yes under it allows it, map it to consent.{found[0]}"
    elif found != ["alert"] and holds(heading, cues["conditional"]):
        why = f"it allows less than sharing the report as it is; {_CLOSED}"
    return (None, why) if why else (f"consent.{found[0]}", "")


@cache
def _words_of_consent() -> frozenset[str]:
    """Every word that belongs to a question for consent."""
    cues = headings()["consent"]
    phrases = [*cues["recipients"].values(), *(one for kind, one in cues.items() if kind != "recipients")]
    return frozenset(word for several in phrases for phrase in several for word in phrase.split())


class MappingError(LinkageError, ValueError):
    """A mapping of columns that cannot be; the message says which, why, and what to do."""


class Basis(StrEnum):
    """Why a column is read as it is."""

    NAME = "named so"
    HEADING = "understood"
    GIVEN = "mapped"
    SAVED = "mapped before"
    IGNORED = "left out as mapped"
    ASKED = "asked"
    PERSONAL = "refused"
    UNREAD = "not read"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the field that it is read as (dotted; None where it is not read), on what ground, and
    why where it is not read. `consent` tells that it is about consent, and `proposed` where it would go if what is
    asked is answered so that it may be read."""

    heading: str
    field: str | None
    basis: Basis
    why: str = ""
    consent: bool = False
    proposed: str = ""


def understood(
    headings: Sequence[str], given: Mapping[str, str] | None = None, saved: Mapping[str, str] | None = None
) -> list[Column]:
    """How each column is read, in the order of the headings. `given` and `saved` map folded headings to fields; what
    is given goes before what was saved, and both before the heading's own words."""
    columns = [_column(heading, given or {}, saved or {}) for heading in headings]
    if any(column.field == "occurred.from" for column in columns):  # a bare time beside it is the incident's
        for at, column in enumerate(columns):
            if column.basis is Basis.UNREAD and fold_name(column.heading) in ("time", "hour", "start_time"):
                columns[at] = Column(column.heading, "occurred.time", Basis.HEADING)
    return columns


def _column(heading: str, given: Mapping[str, str], saved: Mapping[str, str]) -> Column:
    folded, consent = fold_name(heading), about_consent(heading)
    for choices, basis in ((given, Basis.GIVEN), (saved, Basis.SAVED)):
        field = choices.get(folded)
        if field == IGNORE:
            return Column(heading, None, Basis.IGNORED, "left out as it was mapped", consent)
        if field is not None:
            return Column(heading, field, basis, consent=consent)
    own, asked = own_field(heading), words_of(heading) in headings()["asked"]["names"]
    if own is not None and not asked:
        return Column(heading, own, Basis.NAME, consent=own.startswith("consent."))
    phrase = by_phrase(heading)
    if consent and phrase is None:
        field, why = consent_field(heading)
        return Column(heading, field, Basis.HEADING if field else Basis.ASKED, why, True)
    return _by_its_words(heading, phrase, asked)


def _by_its_words(heading: str, phrase: str | None, asked: bool) -> Column:
    """A column that a question of a form asks for, a known heading, or a detail of a person: whose?"""
    whole = words_of(heading)
    field = phrase or next((str(one) for one, names in headings()["names"].items() if whole in names), None)
    named = longest(heading, "details")
    detail = named[1] if named else None
    if field is None and of_reporter(heading):
        return Column(heading, None, Basis.PERSONAL, PERSONAL)
    two_sided = bool(detail) and holds(heading, headings()["asked"]["two_sided"])
    if field is None and not asked and not two_sided:
        field = own_field(whole.replace(" ", "_")) or (detail if of_reported(heading) else None)
    if field is not None:
        return Column(heading, field, Basis.HEADING)
    if detail or asked:
        proposed = detail or ("place.text" if "address" in fold_name(heading) else "narrative")
        whose = "if the reported person's" if detail else "if it is of the incident"
        why = f"not read: whose? {whose}, map it to {proposed}; if not, map it to {IGNORE}"
        return Column(heading, None, Basis.ASKED, why, proposed=proposed)
    near = nearest(heading)
    cure = f"did you mean {near}? Map" if near else "map"
    why = f"no field of a report is named so; {cure} it to a field or to {IGNORE}"
    return Column(heading, None, Basis.UNREAD, why)


def chosen(choices: Iterable[str]) -> dict[str, str]:
    """`HEADING=FIELD` choices as folded heading -> field. MappingError for one that cannot be."""
    found: dict[str, str] = {}
    for words in choices:
        heading, equals, name = (part.strip() for part in words.rpartition("="))
        if not equals or not heading or not name:
            raise MappingError(
                f"“{shorten(words)}” is no mapping; write HEADING=FIELD, for example Mobile=identifiers.phone"
            )
        field = _mappable(heading, name)
        if found.setdefault(fold_name(heading), field) != field:
            raise MappingError(f"“{shorten(heading)}” is mapped twice, to different fields; map it once")
    return found


def _mappable(heading: str, name: str) -> str:
    """The field that a heading may be mapped to, or "ignore". MappingError for none, or one that it must not be."""
    field = IGNORE if fold_name(name) in (IGNORE, "none", "skip") else own_field(name)
    shown = shorten(heading)
    if field is None:
        near = nearest(name)
        cure = f"did you mean {near}?" if near else f"one of {', '.join(headings()['offered'])}, or {IGNORE}"
        raise MappingError(f"“{shown}” is mapped to “{shorten(name)}”, which is no field of a report; {cure}")
    consent = field.startswith("consent.")
    if consent and denies(heading):
        why = "a yes under it may be a no. Write a column in which yes allows it"
        raise MappingError(f"“{shown}” cannot be mapped to {field}: {why}")
    allowed = field == IGNORE or of_reported(heading) or (consent and about_consent(heading))
    if of_reporter(heading) and not allowed:
        raise MappingError(
            f"“{shown}” cannot be mapped to {field}: it names the person who reports or was harmed, whose details "
            f"have no place here. Leave it out: {shown}={IGNORE}"
        )
    return field


def from_file(path: Path) -> list[str]:
    """The choices of a mapping file: a line each, `HEADING=FIELD`, or a CSV with the columns heading and field.
    Blank lines and those that begin with # are left out. MappingError where it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise MappingError(f"{path}: the mapping cannot be read; give a text file of HEADING=FIELD lines") from error
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if lines and "=" not in lines[0] and "," in lines[0]:
        pairs = ([*row, "", ""][:2] for row in csv.reader(lines))
        return [f"{heading}={field}" for heading, field in pairs if fold_name(heading) != "heading"]
    return lines
