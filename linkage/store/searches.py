"""Searches that analysts keep to run again: entries of the audit, so that who looked for what and why stays told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from linkage.store import audit
from linkage.store.connect import writing
from linkage.store.store import Store

SAVED, DROPPED, ASKED = "search saved", "search dropped", "search"


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """`question` is a question as plain values; `purpose` is what it is for, in the analyst's words."""

    name: str
    question: dict[str, Any]
    purpose: str = ""
    who: str = ""
    at: str = ""


def save_search(store: Store, search: SavedSearch) -> None:
    """Keep a search under its name; a later one of the same name takes its place. ValueError without a name."""
    if not search.name.strip():
        raise ValueError("A search needs a name to be saved under")
    store.require("save_search")
    detail = {"name": search.name.strip(), "question": search.question, "purpose": search.purpose}
    _append(store, search.who or store.who, SAVED, detail)


def drop_search(store: Store, name: str, who: str = "") -> None:
    """Keep a search no longer. KeyError for a name that is not there."""
    if name not in {one.name for one in saved_searches(store)}:
        raise KeyError(name)
    store.require("save_search")
    _append(store, who or store.who, DROPPED, {"name": name})


def record_search(store: Store, question: dict[str, Any], purpose: str, who: str = "") -> None:
    """Put down in the audit that a question was asked, and what for."""
    store.require("search")
    _append(store, who or store.who, ASKED, {"question": question, "purpose": purpose})


def saved_searches(store: Store) -> list[SavedSearch]:
    """Searches that are kept, by name."""
    found: dict[str, SavedSearch] = {}
    for entry in reversed(store.audit(what=(SAVED, DROPPED))):
        if entry.what == SAVED:
            found[entry.detail["name"]] = SavedSearch(**entry.detail, who=entry.who, at=entry.at)
        elif entry.what == DROPPED:
            found.pop(entry.detail["name"], None)
    return [found[name] for name in sorted(found, key=str.casefold)]


def _append(store: Store, who: str, what: str, detail: dict[str, Any]) -> None:
    with writing(store.engine) as connection:
        audit.append(connection, who, what, detail)
