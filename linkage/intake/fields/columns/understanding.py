"""Headings of a file -> how each column is read. What names two people, or nobody, is asked and never guessed.

What a person says of columns goes before: "Mobile=identifiers.phone", on the command line or line by line in a file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from linkage.errors import LinkageError
from linkage.intake.fields.columns.heading import (
    IGNORE,
    about_consent,
    by_phrase,
    consent_field,
    denies,
    headings,
    holds_any,
    longest,
    of_reported,
    of_reporter,
    own_field,
    words_of,
)
from linkage.intake.readers.column_names import fold_name, nearest
from linkage.intake.reject import PERSONAL, shorten


class MappingError(LinkageError, ValueError):
    """A mapping of columns that cannot be; the message says which, why, and what to do."""


class Basis(StrEnum):
    """Why a column is read as it is."""

    NAME = "named so"
    HEADING = "understood"
    GIVEN = "mapped"
    KEPT = "mapped before"
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
    headings: Sequence[str], given: Mapping[str, str] | None = None, kept: Mapping[str, str] | None = None
) -> list[Column]:
    """How each column is read, in the order of the headings. `given` and `kept` map folded headings to fields; what
    is given goes before what was kept, and both before the heading's own words."""
    columns = [_column(heading, given or {}, kept or {}) for heading in headings]
    dated = any(column.field == "occurred.from" for column in columns)
    return [_time(column) if dated and column.basis is Basis.UNREAD else column for column in columns]


def _column(heading: str, given: Mapping[str, str], kept: Mapping[str, str]) -> Column:
    folded, consent = fold_name(heading), about_consent(heading)
    for choices, basis in ((given, Basis.GIVEN), (kept, Basis.KEPT)):
        field = choices.get(folded)
        if field == IGNORE:
            return Column(heading, None, Basis.IGNORED, "left out as it was mapped", consent)
        if field is not None:
            return Column(heading, field, basis, consent=consent)
    own, asked = own_field(heading), " ".join(words_of(heading)) in headings()["asked"]["names"]
    if own is not None and not asked:
        return Column(heading, own, Basis.NAME, consent=own.startswith("consent."))
    phrase = by_phrase(heading)
    if consent and phrase is None:
        field, why = consent_field(heading)
        return Column(heading, field, Basis.HEADING if field else Basis.ASKED, why, True)
    return _by_its_words(heading, phrase, asked)


def _by_its_words(heading: str, phrase: str | None, asked: bool) -> Column:
    """A column that a question of a form asks for, a known heading, or a detail of a person: whose?"""
    whole = " ".join(words_of(heading))
    field = phrase or next((str(one) for one, names in headings()["names"].items() if whole in names), None)
    named = longest(heading, "details")
    detail = named[1] if named else None
    if field is None and of_reporter(heading):
        return Column(heading, None, Basis.PERSONAL, PERSONAL)
    two_sided = bool(detail) and holds_any(heading, headings()["asked"]["two_sided"])
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


def _time(column: Column) -> Column:
    """A bare time beside a date of the incident is the incident's."""
    if fold_name(column.heading) in ("time", "hour", "start_time"):
        return replace(column, field="occurred.time", basis=Basis.HEADING, why="")
    return column


def field_named(name: str) -> str | None:
    """The dotted field that a column can be mapped to under this name, or "ignore"; None for what is none."""
    return IGNORE if fold_name(name) in (IGNORE, "none", "skip") else own_field(name)


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
    """The field that a heading may be mapped to. MappingError for none, or one that it must not be."""
    field, shown = field_named(name), shorten(heading)
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
