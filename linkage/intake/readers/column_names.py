"""Column names -> places in the report format: any case, spaces, counters, and the usual other names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from rapidfuzz import fuzz, process

from linkage.intake.patterns import compiled
from linkage.vocabulary.tables import table

Path = tuple[str | int, ...]

PROVENANCE = {"raw": "raw", "spans": "spans"}
TABLES: dict[str, dict[str, str]] = {
    "source": {"kind": "text", "evaluation": "text", "assessment": "text", "handling": "text"},
    "translation": {"text": "text", "translator": "text", "checked": "flag", "date": "text"},
    "consent": {"alert": "answer", "police": "answer", "scas": "answer"},
    "occurred": {
        "from": "text", "to": "text", "weekday": "text", "hour_min": "number", "hour_max": "number", **PROVENANCE,
    },
    "place": {
        "text": "text", "postcode": "text", "lat": "number", "lon": "number", "radius_m": "number", "venue": "text",
        "town": "text", "precision": "text", "admin": "derived", **PROVENANCE,
    },
    "contact": {"method": "text", "place": "text", **PROVENANCE},
    "behaviours": {"present": "list", "absent": "list"},
    "suspects": {
        "sex": "text", "age": "range", "height": "range", "build": "list", "ethnicity": "list", "complexion": "text",
        "hair": "hair", "facial_hair": "list", "eyes": "text", "glasses": "flag", "accent": "list", "marks": "list",
        "clothing": "list", "names_used": "list", "other": "text", "words": "text", **PROVENANCE,
    },
    "vehicles": {
        "make": "text", "model": "text", "colour": "list", "body": "text", "registration": "text", "features": "list",
        "words": "text", **PROVENANCE,
    },
    "identifiers": {"kind": "text", "value": "text", **PROVENANCE},
}  # fmt: skip
"""Tables of a report: field -> what it holds. `words` stands for a whole person or vehicle in words."""

REPEATED = frozenset(("suspects", "vehicles", "identifiers"))
COLUMNS: dict[str, str] = {
    "report_id": "text", "report_type": "text", "follows": "text", "received": "text", "offences": "list",
    "weapons": "list", "speech": "list", "narrative": "text", "language": "text", "series": "text",
    "warnings": "list", **PROVENANCE,
}  # fmt: skip
"""Fields of a report that are no tables."""

BARE = {
    "source": "kind", "occurred": "from", "place": "text", "contact": "method", "behaviours": "present",
    "suspects": "words", "vehicles": "words", "identifiers": "value", "translation": "text",
}  # fmt: skip
"""Where words go that are given for a whole table."""

_CAMEL = compiled(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT_NAME = compiled(r"[^a-z0-9.]+")
_INDEX = compiled(r"\[(\d+)\]")
_ENDS = {"min": "min", "max": "max", "from": "min", "to": "max", "low": "min", "high": "max"}
_HAIR = {"colour": "colour", "color": "colour", "style": "style", "length": "style"}


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a column's value goes: `path` as ("suspects", 1, "age"), and what it may hold."""

    path: Path
    holds: str

    @property
    def name(self) -> str:
        """The dotted name."""
        return ".".join(map(str, self.path))


@lru_cache(maxsize=65_536)
def fold_name(name: str) -> str:
    """Lower case, words joined by _, levels by dots: "Suspects[1].Hair Colour" -> "suspects.1.hair_colour"."""
    spaced = _CAMEL.sub("_", _INDEX.sub(r".\1", name.strip()))
    parts = _NOT_NAME.sub("_", spaced.lower()).split(".")
    return ".".join(part for part in (part.strip("_") for part in parts) if part)


@lru_cache(maxsize=65_536)
def locate(name: str) -> Slot | None:
    """The place of a column in a report, or None for a name the format does not know."""
    folded = fold_name(name)
    return _column(folded) or _nested(folded)


@lru_cache(maxsize=4096)
def nearest(name: str) -> str | None:
    """The known name most like an unknown one, to help with a slip of the pen."""
    folded = fold_name(name)
    best = process.extractOne(folded, _all_names(), scorer=fuzz.ratio, score_cutoff=75)
    return best[0] if best else None


@cache
def _all_names() -> tuple[str, ...]:
    nested = [
        f"{table}.1.{field}" if table in REPEATED else f"{table}.{field}"
        for table, fields in TABLES.items()
        for field in fields
        if field not in PROVENANCE and field != "words"
    ]
    return (*(column for column in COLUMNS if column not in PROVENANCE), *nested)


@cache
def _aliases() -> dict[str, dict[str, str]]:
    """Sections of the data file, each as other name -> field's name."""
    given = _table()
    return {
        section: {
            (f"{field.split('.')[0]}.{other}" if section == "within" else other): field
            for field, others in fields.items()
            for other in others
        }
        for section, fields in given.items()
        if section not in ("cures", "no_series")
    }


def cure(field: str) -> str:
    """What to write instead of a value of `field` that was not understood."""
    return str(_table()["cures"].get(field, "correct it, or move its words to the narrative"))


def names_series(words: str) -> bool:
    """Whether the words of `series` name one, and do not say that there is none ("unlinked", "-1")."""
    return words.strip().lower().replace("_", " ") not in _table()["no_series"]["words"]


@cache
def _table() -> dict[str, dict[str, Any]]:
    return table("field_names")


def _column(folded: str) -> Slot | None:
    head, _, rest = folded.partition(".")
    if head in COLUMNS and not rest:
        return Slot((head,), COLUMNS[head])
    if head in PROVENANCE:
        return Slot((head, rest), COLUMNS[head])
    if head in COLUMNS and rest.isdigit() and COLUMNS[head] == "list":
        return Slot((head, int(rest)), "item")
    if folded in TABLES and folded in BARE:
        return _slot(folded, 1, BARE[folded])
    known = _aliases()["columns"].get(folded)
    if known is None:
        return None
    table, _, field = known.partition(".")
    return _slot(table, 1, field) if field else Slot((known,), COLUMNS[known])


def _nested(folded: str) -> Slot | None:
    """A name within a table: "suspects.1.age", "suspect_2_hair_colour", "vehicle colour"."""
    tokens = re.split(r"[._]", folded)
    for cut in range(min(3, len(tokens)), 0, -1):
        name = "_".join(tokens[:cut])
        table = name if name in TABLES else _aliases()["tables"].get(name)
        if table is None:
            continue
        rest, counter = tokens[cut:], 1
        if rest and rest[0].isdigit():
            counter, rest = int(rest[0]), rest[1:]
        field = "_".join(rest)
        separated = folded.split(".")
        deep = "raw" in separated or "spans" in separated
        return _provenance(table, counter, separated) if deep else _slot(table, counter, field or BARE.get(table, ""))
    return None


def _provenance(table: str, counter: int, separated: list[str]) -> Slot:
    at = next(i for i, part in enumerate(separated) if part in PROVENANCE)
    head: Path = (table, counter) if table in REPEATED else (table,)
    return Slot((*head, separated[at], ".".join(separated[at + 1 :])), PROVENANCE[separated[at]])


def _slot(table: str, counter: int, field: str) -> Slot | None:
    head: Path = (table, counter) if table in REPEATED else (table,)
    fields = TABLES[table]
    if field in fields:
        return Slot((*head, field), fields[field])
    if not field:
        return None
    known = _aliases()["within"].get(f"{table}.{field}")
    if known:
        return _sub_slot(head, known.partition(".")[2])
    return _deeper_slot(head, field)


def _deeper_slot(head: Path, field: str) -> Slot | None:
    """A name inside a field: "age_min", "hair_colour", "marks_2"."""
    table = str(head[0])
    fields = TABLES[table]
    stem, _, last = field.rpartition("_")
    stem = stem if stem in fields else _aliases()["within"].get(f"{table}.{stem}", "").partition(".")[2]
    holds = fields.get(stem)
    if holds == "list" and last.isdigit():
        return Slot((*head, stem, int(last)), "item")
    if holds == "range" and last in _ENDS:
        return Slot((*head, stem, _ENDS[last]), "end")
    if holds == "hair" and last in _HAIR:
        return Slot((*head, stem, _HAIR[last]), "list")
    return Slot((*head, "admin", field.removeprefix("admin_")), "derived") if field.startswith("admin_") else None


def _sub_slot(head: Path, field: str) -> Slot:
    table = str(head[0])
    stem, _, last = field.partition(".")
    if last:
        return Slot((*head, stem, last), "list")
    return Slot((*head, stem), TABLES[table][stem])
