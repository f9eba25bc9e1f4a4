"""What a person says of columns: "Mobile=identifiers.phone", on the command line or line by line in a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from linkage.errors import LinkageError
from linkage.intake.columns.consent import about_consent, denies
from linkage.intake.columns.heading import IGNORE, headings, of_reported, of_reporter, own_field
from linkage.intake.names import fold_name, nearest
from linkage.intake.reject import shorten


class MappingError(LinkageError, ValueError):
    """A mapping of columns that cannot be; the message says which, why, and what to do."""


def field_named(name: str) -> str | None:
    """The dotted field that a column can be mapped to under this name, or "ignore"; None for what is none."""
    return IGNORE if fold_name(name) in (IGNORE, "none", "skip") else own_field(name)


def chosen(choices: Iterable[str]) -> dict[str, str]:
    """`HEADING=FIELD` choices as folded heading -> field. MappingError for one that cannot be."""
    found: dict[str, str] = {}
    for words in choices:
        heading, equals, name = words.rpartition("=")
        if not equals or not heading.strip() or not name.strip():
            raise MappingError(
                f"“{shorten(words)}” is no mapping; write HEADING=FIELD, for example Mobile=identifiers.phone"
            )
        field = checked(heading.strip(), name.strip())
        if found.setdefault(fold_name(heading), field) != field:
            raise MappingError(f"“{shorten(heading)}” is mapped twice, to different fields; map it once")
    return found


def checked(heading: str, name: str) -> str:
    """The field that a heading may be mapped to. MappingError for none, or one that it must not be."""
    field = field_named(name)
    if field is None:
        near = nearest(name)
        cure = f"did you mean {near}?" if near else f"one of {', '.join(headings()['offered'])}, or {IGNORE}"
        raise MappingError(
            f"“{shorten(heading)}” is mapped to “{shorten(name)}”, which is no field of a report; {cure}"
        )
    if field == IGNORE:
        return field
    consent = field.startswith("consent.")
    if consent and denies(heading):
        raise MappingError(
            f"“{shorten(heading)}” cannot be mapped to {field}: a yes under it may be a no. "
            "Write a column in which yes allows it"
        )
    if of_reporter(heading) and not (consent and about_consent(heading)) and not of_reported(heading):
        raise MappingError(
            f"“{shorten(heading)}” cannot be mapped to {field}: it names the person who reports or was harmed, whose "
            f"details have no place here. Leave it out: {shorten(heading)}={IGNORE}"
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
        rows = csv.reader(io.StringIO("\n".join(lines)))
        pairs = [[*row, "", ""][:2] for row in rows]
        return [f"{heading}={field}" for heading, field in pairs if fold_name(heading) != "heading"]
    return lines
