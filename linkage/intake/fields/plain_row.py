"""A raw row -> the report format's own names and plain values, with every refusal told.

Nothing here knows what a value means: that is `assemble`. Here names are resolved, values that only say that nothing
is known are dropped, personal columns are refused by name, and values of the wrong kind are turned or refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from linkage.intake.fields.plain_values import HOLD, NotUsableError, is_unknown
from linkage.intake.limits import limit, too_long
from linkage.intake.readers.column_names import PROVENANCE, REPEATED, Slot, fold_name, locate, nearest
from linkage.intake.reject import PERSONAL, WITHHELD, beyond, is_personal, names_somebody, shorten

MANY = 5
"""More unknown columns than this in one row are told in one refusal [G]."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A value that was not used: its dotted field, the value as given (shortened), and why, with the cure."""

    field: str
    value: str
    reason: str


@dataclass(slots=True)
class Tidy:
    """One row under the format's names. Repeated tables are lists; `refused_words` keeps text that was refused for
    its kind, by dotted name, so that it can stay in the part's `raw`."""

    values: dict[str, Any] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    refused_words: dict[str, str] = field(default_factory=dict)

    def refuse(self, name: str, value: Any, reason: str, keep: bool = False) -> None:
        """Tell of a value that is not used; `keep` keeps its words."""
        self.refusals.append(Refusal(name, shorten(value), reason))
        if keep:
            self.refused_words[name] = shorten(value, 400)


def tidy(row: Mapping[str, Any]) -> Tidy:
    """`row` under the format's own names; never raises, whatever the row holds."""
    found = Tidy()
    tree: dict[str, Any] = {}
    unknown: list[tuple[str, Any]] = []
    personal: set[str] = set()
    for name, value in _flat(row, "", 0):
        slot = _slot(name) if len(name) <= limit("name_characters") else None
        if slot is None and is_personal(fold_name(name)):
            personal.add(name)
        elif slot is None:
            unknown.append((name, value))
        else:
            _place(tree, slot, value, found)
    found.refusals += [Refusal(shorten(name), WITHHELD, PERSONAL) for name in sorted(personal)]
    if len(unknown) > MANY:
        names = ", ".join(shorten(name, 30) for name, _ in unknown)
        reason = f"{len(unknown)} fields of this row are not in the report format ({names}); map or rename them"
        found.refuse("(many)", "", reason)
    else:
        found.refusals += [_unknown(name, value) for name, value in unknown]
    found.values = _listed(tree)
    return found


@lru_cache(maxsize=65_536)
def _slot(name: str) -> Slot | None:
    """Where a column goes; nowhere for a personal one, even when a part of its name is known."""
    return None if is_personal(fold_name(name)) else locate(name)


def _unknown(name: str, value: Any) -> Refusal:
    if len(name) > limit("name_characters"):
        reason = f"the name is longer than {limit('name_characters')} characters; shorten it"
        return Refusal(shorten(name), "", reason)
    near = nearest(name)
    cure = f"did you mean {near}?" if near else "rename it, or move its words to the narrative"
    person = f"suspects.1.{fold_name(name)}"
    if not near and _slot(person):  # never taken for it unasked: it may describe the person who was harmed
        cure = f"if it describes the reported person, rename it to {person}"
    shown = WITHHELD if names_somebody(fold_name(name)) else shorten(value)
    return Refusal(shorten(name) or "(no name)", shown, f"the field is not in the report format; {cure}")


def _flat(value: Any, name: str, depth: int) -> Iterator[tuple[str, Any]]:
    """Dotted name and value of every leaf; lists of tables are counted from 1, other lists are leaves."""
    listed, deeper = isinstance(value, list | tuple), depth < limit("levels")
    if isinstance(value, Mapping) and deeper:
        for key, item in value.items():
            yield from _flat(item, f"{name}.{key}" if name else str(key), depth + 1)
    elif listed and deeper and any(isinstance(item, Mapping) for item in value):
        for counter, item in enumerate(value, 1):
            yield from _flat(item, f"{name}.{counter}", depth + 1)
    elif listed and fold_name(name) in REPEATED:
        yield from ((f"{name}.{counter}", item) for counter, item in enumerate(value, 1))
    elif not is_unknown(value):
        yield name, value


def _place(tree: dict[str, Any], slot: Slot, value: Any, found: Tidy) -> None:
    try:
        usable = _within_limits(HOLD[slot.holds](value), slot, found)
    except NotUsableError as error:
        found.refuse(slot.name, value, str(error), keep=True)
        return
    if usable is None or _beyond(tree, slot, found):
        return
    node: Any = tree
    for step in slot.path[:-1]:
        node = node.setdefault(step, {})
        if not isinstance(node, dict):
            found.refuse(slot.name, value, "given once as a whole and once in parts; use one")
            return
    if node.setdefault(slot.path[-1], usable) != usable:
        reason = "the field is given twice with different values; the first is used; take one column out"
        found.refuse(slot.name, value, reason)


def _within_limits(value: Any, slot: Slot, found: Tidy) -> Any:
    """A value, or None for one that is longer than its field may hold; of a list, the items that are not."""
    if isinstance(value, list) and slot.holds != "spans":
        most = limit("items")
        if len(value) > most:
            found.refuse(slot.name, value[most], beyond(f"{len(value):,} items are more", "items", "leave some out"))
        return [item for item in value[:most] if _within_limits(item, slot, found) is not None] or None
    why = too_long(slot.name, len(value)) if isinstance(value, str) else None
    if why is not None:
        found.refuse(slot.name, value, why, keep=True)
    return None if why is not None else value


def _beyond(tree: dict[str, Any], slot: Slot, found: Tidy) -> bool:
    """Whether a value is of one more person, vehicle or identifier than a report may hold; told once a table."""
    table = str(slot.path[0])
    known = tree.get(table)
    if table not in REPEATED or not isinstance(known, dict) or slot.path[1] in known or len(known) < limit("items"):
        return False
    if not any(told.field == table for told in found.refusals):
        found.refuse(table, "", beyond("the report holds more", "items", "split it", " of these"))
    return True


def _listed(node: Any) -> Any:
    """Counted levels as lists in the order of their counters; empty ones fall away."""
    if not isinstance(node, dict):
        return node
    done: dict[Any, Any] = {}
    for key, item in node.items():
        counted = isinstance(item, dict) and item and all(isinstance(step, int) for step in item)
        if key in PROVENANCE:
            done[key] = item
        elif counted or (key in REPEATED and isinstance(item, dict)):
            done[key] = [_listed(item[counter]) for counter in sorted(item)]
        else:
            done[key] = _listed(item)
    return done
