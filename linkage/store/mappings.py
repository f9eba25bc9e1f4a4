"""Keeps how the columns of a file were mapped, for the next file with the same headings, as entries of the audit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from linkage.errors import LinkageError
from linkage.intake.readers.column_names import fold_name
from linkage.store import audit
from linkage.store.connect import writing
from linkage.store.store import Store

ADDED, DROPPED = "mapping kept", "mapping dropped"


class NoMappingError(LinkageError, KeyError):
    """No mapping is kept under this name; the message says where to look."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class SavedMapping:
    """`name` stands for the headings, whatever their order; `fields` maps headings to fields or "ignore"; `file` is
    the one that it was made for."""

    name: str
    headings: tuple[str, ...]
    fields: Mapping[str, str]
    file: str = ""
    who: str = ""
    at: str = ""

    @property
    def folded(self) -> dict[str, str]:
        """The same by folded headings, as columns are understood."""
        return {fold_name(heading): field for heading, field in self.fields.items()}


def name_of(headings: Sequence[str]) -> str:
    """What stands for a set of headings: eight hexadecimal digits, the same in any order, case and punctuation."""
    return sha256("\n".join(sorted({fold_name(one) for one in headings})).encode()).hexdigest()[:8]


def keep_mapping(store: Store, headings: Sequence[str], fields: Mapping[str, str], file: str) -> SavedMapping:
    """Keep how some of these headings were mapped, beside what was kept for them before. Nothing is written where
    that is kept already."""
    store.require("import")
    name = name_of(headings)
    before = mapping_for(store, headings)
    own = {heading: fields[fold_name(heading)] for heading in headings if fold_name(heading) in fields}
    merged = {**(before.fields if before else {}), **own}
    if before is None or merged != before.fields:
        detail = {"name": name, "headings": list(headings), "fields": merged, "file": file}
        _append(store, ADDED, detail)
    return SavedMapping(name, tuple(headings), merged, file)


def drop_mapping(store: Store, name: str) -> None:
    """Keep a mapping no longer. NoMappingError for a name that is not there."""
    store.require("import")
    if name not in {one.name for one in saved_mappings(store)}:
        raise NoMappingError(f"No mapping is kept as {name!r}; linkage mapping list shows them")
    _append(store, DROPPED, {"name": name})


def saved_mappings(store: Store) -> list[SavedMapping]:
    """Mappings that are kept, the oldest first."""
    found: dict[str, SavedMapping] = {}
    for entry in reversed(store.audit(what=(ADDED, DROPPED))):
        detail = entry.detail
        found.pop(detail["name"], None)
        if entry.what == ADDED:
            headings, fields = tuple(detail["headings"]), dict(detail["fields"])
            found[detail["name"]] = SavedMapping(
                detail["name"], headings, fields, detail["file"], entry.who, entry.at
            )
    return list(found.values())


def mapping_for(store: Store, headings: Sequence[str]) -> SavedMapping | None:
    """The mapping that is kept for these headings, or None."""
    name = name_of(headings)
    return next((one for one in saved_mappings(store) if one.name == name), None)


def _append(store: Store, what: str, detail: dict[str, Any]) -> None:
    with writing(store.engine) as connection:
        audit.append(connection, store.who, what, detail)
