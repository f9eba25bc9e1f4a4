"""Headings of a file -> how each column is read. What names two people, or nobody, is asked and never guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from linkage.intake.columns.consent import about_consent, consent_field
from linkage.intake.columns.heading import (
    IGNORE,
    asked_by_name,
    by_name,
    by_phrase,
    detail_of,
    named_whole,
    of_reported,
    of_reporter,
    own_field,
    two_sided,
)
from linkage.intake.names import fold_name, nearest


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


PERSONAL = (
    "refused by name: details of the person who reports or was harmed have no place here and are not stored; "
    "take the column out"
)


def understood(
    headings: Sequence[str], given: Mapping[str, str] | None = None, kept: Mapping[str, str] | None = None
) -> list[Column]:
    """How each column is read, in the order of the headings. `given` and `kept` map folded headings to fields; what
    is given goes before what was kept, and both before the heading's own words."""
    columns = [_column(heading, given or {}, kept or {}) for heading in headings]
    dated = any(column.field == "occurred.from" for column in columns)
    return [_time(column) if dated and column.field is None else column for column in columns]


def _column(heading: str, given: Mapping[str, str], kept: Mapping[str, str]) -> Column:
    folded, consent = fold_name(heading), about_consent(heading)
    for choices, basis in ((given, Basis.GIVEN), (kept, Basis.KEPT)):
        field = choices.get(folded)
        if field == IGNORE:
            return Column(heading, None, Basis.IGNORED, "left out as it was mapped", consent)
        if field is not None:
            return Column(heading, field, basis, consent=consent)
    own = own_field(heading)
    if own is not None and not asked_by_name(heading):
        return Column(heading, own, Basis.NAME, consent=own.startswith("consent."))
    if consent and by_phrase(heading) is None:
        field, why = consent_field(heading)
        return Column(heading, field, Basis.HEADING if field else Basis.ASKED, why, True)
    return _by_its_words(heading)


def _by_its_words(heading: str) -> Column:
    field = by_phrase(heading) or named_whole(heading)
    detail = detail_of(heading)
    if field is None and of_reporter(heading):
        return Column(heading, None, Basis.PERSONAL, PERSONAL)
    if field is None and (asked_by_name(heading) or (two_sided(heading) and detail)):
        return _asked(heading, detail)
    if field is None:
        field = by_name(heading) or (detail if of_reported(heading) else None)
    if field is not None:
        return Column(heading, field, Basis.HEADING)
    return _asked(heading, detail) if detail else _unread(heading)


def _asked(heading: str, detail: str | None) -> Column:
    field = detail or ("place.text" if "address" in fold_name(heading) else "narrative")
    whose = "if the reported person's" if detail else "if it is of the incident"
    why = f"not read: whose? {whose}, map it to {field}; if not, map it to {IGNORE}"
    return Column(heading, None, Basis.ASKED, why, proposed=field)


def _unread(heading: str) -> Column:
    near = nearest(heading)
    cure = f"did you mean {near}? Map" if near else "map"
    return Column(
        heading, None, Basis.UNREAD, f"no field of a report is named so; {cure} it to a field or to {IGNORE}"
    )


def _time(column: Column) -> Column:
    """A bare time beside a date of the incident is the incident's."""
    if fold_name(column.heading) in ("time", "hour", "start_time") and column.basis is Basis.UNREAD:
        return replace(column, field="occurred.time", basis=Basis.HEADING, why="")
    return column
