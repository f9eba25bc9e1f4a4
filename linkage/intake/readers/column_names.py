"""Column names -> places in the report format: any case, spaces, counters, and the usual other names; and those that
name the person who reports or was harmed, for whom the format has no place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from rapidfuzz import fuzz, process

from linkage.intake.patterns import compiled
from linkage.intake.reject import WITHHELD
from linkage.vocabulary.tables import table

Path = tuple[str | int, ...]

_NAMES: dict[str, dict[str, Any]] = table("field_names")
_HOLDS: dict[str, str] = {name: holds for holds, names in _NAMES["holds"].items() for name in names}
PERSONAL = (
    "refused by name: details of the person who reports or was harmed have no place here and are not stored; "
    "take the column out"
)
"""Why a column is refused that names the person who reports or was harmed."""

PROVENANCE = ("raw", "spans")
COLUMNS = {name: holds for name, holds in _HOLDS.items() if "." not in name}
"""Fields of a report that are no tables -> what they hold."""
TABLES = {
    table: {name.partition(".")[2]: holds for name, holds in _HOLDS.items() if name.startswith(f"{table}.")}
    for table in dict.fromkeys(name.partition(".")[0] for name in _HOLDS if "." in name)
}
"""Tables of a report: field -> what it holds."""
REPEATED = frozenset(("suspects", "vehicles", "identifiers"))

_CAMEL = compiled(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT_NAME = compiled(r"[^a-z0-9.]+")
_INDEX = compiled(r"\[(\d+)\]")
_OF_PART = compiled(r"(?P<table>[a-z_]+?)(?:[._](?P<number>\d+))?\.(?P<what>raw|spans)(?:\.(?P<rest>.*))?")
_ADMIN = compiled(r"[a-z]+(?:[._]\d+)?[._]admin[._](?P<rest>.+)")
_PERSONAL, _DETAILS = (
    compiled(rf"(?:^|[_.])(?:{'|'.join(_NAMES['personal'][kind])})(?:$|[_.\d])") for kind in ("people", "details")
)
_PARTS = {
    "range": {"min": "min", "max": "max", "from": "min", "to": "max", "low": "min", "high": "max"},
    "hair": {"colour": "colour", "color": "colour", "style": "style", "length": "style"},
}
"""Other names of the parts of a field, by what it holds."""


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


def is_personal(name: str) -> bool:
    """Whether a column name ("victim age", "place.reporter_phone") is about the reporting or harmed person."""
    return _PERSONAL.search(fold_name(name)) is not None


def names_somebody(name: str) -> bool:
    """Whether a column name that the format does not know may hold a private person's details."""
    return is_personal(name) or _DETAILS.search(fold_name(name)) is not None


def without_personal(value: Any) -> Any:
    """A copy of a row in which whatever stands under a personal name is withheld."""
    if isinstance(value, Mapping):
        return {key: WITHHELD if is_personal(str(key)) else without_personal(item) for key, item in value.items()}
    return [without_personal(item) for item in value] if isinstance(value, list) else value


@lru_cache(maxsize=65_536)
def locate(name: str) -> Slot | None:
    """The place of a column in a report, or None for a name the format does not know: "suspects.1.age",
    "suspect_2_hair_colour", "vehicle colour", "number plate"."""
    folded = fold_name(name)
    head, _, rest = folded.partition(".")
    if head in PROVENANCE and rest:
        return Slot((head, rest), head)
    if part := _OF_PART.fullmatch(folded):
        named = (own for own, more in _NAMES["tables"].items() if part["table"] in more)
        whole = part["table"] if part["table"] in TABLES else next(named, None)
        path = (*_head(whole, part["number"]), part["what"], part["rest"] or "") if whole else ()
        return Slot(path, part["what"]) if path else None
    if admin := _ADMIN.fullmatch(folded):
        return Slot(("place", "admin", admin["rest"]), "derived")
    tokens = re.split(r"[._]", folded)
    numbers = [at for at, token in enumerate(tokens) if token.isdigit()]
    known = _places(bool(numbers) or "." in folded).get("_".join(token for token in tokens if not token.isdigit()))
    if known is None:
        return None
    path, holds, behind = known
    counter = tokens[behind] if behind and behind in numbers else None
    item = numbers[-1:] == [len(tokens) - 1] and len(numbers) > (counter is not None)
    if len(numbers) > (counter is not None) + item or (item and holds != "list"):
        return None
    path = (*_head(str(path[0]), counter), *path[1:])
    return Slot((*path, int(tokens[-1])), "item") if item else Slot(path, holds)


@lru_cache(maxsize=65_536)
def locate_open(name: str) -> Slot | None:
    """The same; None also for a name of the reporting or harmed person, even where a part of it is known."""
    return None if is_personal(name) else locate(name)


def _head(whole: str, counter: str | None) -> Path:
    """Beginning of the path of a table's field."""
    return (whole, int(counter or 1)) if whole in REPEATED else (whole,)


@cache
def _places(nested_first: bool) -> dict[str, tuple[Path, str, int]]:
    """Every name without counters -> its path without one, what it holds, and how many words name its table: behind
    them a counter may stand. Of two meanings that of a column, or, where a name has counters or dots, of a table."""
    columns: dict[str, tuple[Path, str, int]] = {field: ((field,), holds, 0) for field, holds in COLUMNS.items()}
    for field, others in _NAMES["columns"].items():
        columns |= {other: (tuple(field.split(".")), _HOLDS[field], 0) for other in others}
    nested: dict[str, tuple[Path, str, int]] = {}
    for whole in TABLES:
        for own in (whole, *_NAMES["tables"].get(whole, ())):
            behind = own.count("_") + 1
            if bare := _NAMES["bare"].get(whole):
                nested.setdefault(own, ((whole, bare), TABLES[whole][bare], behind))
            for name, path, holds in _within(whole):
                nested.setdefault(f"{own}_{name}", ((whole, *path), holds, behind))
    return columns | nested if nested_first else nested | columns


def _within(whole: str) -> Iterator[tuple[str, Path, str]]:
    """Names within a table, the path of each within it, and what it holds: those of fields before those of parts."""
    fields: list[tuple[str, Path, str]] = [(field, (field,), holds) for field, holds in TABLES[whole].items()]
    for field, others in _NAMES["within"].items():
        path: Path = tuple(field.split(".")[1:])
        if field.split(".")[0] == whole:
            fields += [(other, path, TABLES[whole][str(path[0])] if len(path) == 1 else "list") for other in others]
    yield from fields
    for name, path, holds in fields:
        for other, part in _PARTS.get(holds, {}).items():
            yield f"{name}_{other}", (*path, part), "end" if holds == "range" else "list"


@lru_cache(maxsize=4096)
def nearest(name: str) -> str | None:
    """The known name most like an unknown one, to help with a slip of the pen."""
    names = [name for name in COLUMNS if name not in PROVENANCE]
    names += [
        f"{table}.1.{field}" if table in REPEATED else f"{table}.{field}"
        for table, fields in TABLES.items()
        for field in fields
        if field not in (*PROVENANCE, "words")
    ]
    best = process.extractOne(fold_name(name), names, scorer=fuzz.ratio, score_cutoff=75)
    return best[0] if best else None


def cure(field: str) -> str:
    """What to write instead of a value of `field` that was not understood."""
    return str(_NAMES["cures"].get(field, "correct it, or move its words to the narrative"))


def names_series(words: str) -> bool:
    """Whether the words of `series` name one, and do not say that there is none ("unlinked", "-1")."""
    return words.strip().lower().replace("_", " ") not in _NAMES["no_series"]["words"]
