"""A raw row -> the report format's own names and plain values, with every refusal told.

Nothing here knows what a value means: that is `assemble`. Here names are resolved, values that only say that nothing
is known are dropped, personal columns are refused by name, and values of the wrong kind are turned or refused.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from linkage.intake.limits import how_to_raise, limit, too_long
from linkage.intake.names import PROVENANCE, REPEATED, Slot, fold_name, locate, nearest
from linkage.intake.readers.encoding import clean
from linkage.intake.reject import WITHHELD, is_personal, names_somebody, shorten
from linkage.intake.unknown import is_unknown

_YES = frozenset(("yes", "y", "true", "t", "1", "1.0", "x", "✓", "given", "agreed", "on"))
_NO = frozenset(("no", "n", "false", "f", "0", "0.0", "refused", "declined", "not agreed", "off"))
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


class NotUsableError(ValueError):
    """A value of a kind that its field cannot hold; the message is the reason."""


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
    found.refusals += [_personal(name) for name in sorted(personal)]
    found.refusals += _unknown(unknown)
    found.values = _listed(tree)
    return found


@lru_cache(maxsize=65_536)
def _slot(name: str) -> Slot | None:
    """Where a column goes; nowhere for a personal one, even when a part of its name is known."""
    return None if is_personal(fold_name(name)) else locate(name)


def _flat(value: Any, name: str, depth: int) -> Iterator[tuple[str, Any]]:
    """Dotted name and value of every leaf; lists of tables are counted from 1, other lists are leaves."""
    if isinstance(value, Mapping) and depth < limit("levels"):
        for key, item in value.items():
            yield from _flat(item, f"{name}.{key}" if name else str(key), depth + 1)
    elif (
        isinstance(value, list | tuple)
        and any(isinstance(item, Mapping) for item in value)
        and depth < limit("levels")
    ):
        for counter, item in enumerate(value, 1):
            yield from _flat(item, f"{name}.{counter}", depth + 1)
    elif isinstance(value, list | tuple) and fold_name(name) in ("suspects", "vehicles", "identifiers"):
        for counter, item in enumerate(value, 1):
            yield f"{name}.{counter}", item
    elif not is_unknown(value):
        yield name, value


def _place(tree: dict[str, Any], slot: Slot, value: Any, found: Tidy) -> None:
    try:
        kept = _HOLD[slot.holds](value)
    except NotUsableError as error:
        found.refusals.append(Refusal(slot.name, shorten(value), str(error)))
        found.refused_words[slot.name] = shorten(value, 400)
        return
    kept = _within_limits(kept, slot, found)
    if kept is None or _beyond(tree, slot, found):
        return
    node: Any = tree
    for step in slot.path[:-1]:
        node = node.setdefault(step, {})
        if not isinstance(node, dict):
            found.refusals.append(
                Refusal(slot.name, shorten(value), "given once as a whole and once in parts; use one")
            )
            return
    last = slot.path[-1]
    if last in node and node[last] != kept:
        reason = "the field is given twice with different values; the first is used; take one column out"
        found.refusals.append(Refusal(slot.name, shorten(value), reason))
        return
    node[last] = kept


def _within_limits(kept: Any, slot: Slot, found: Tidy) -> Any:
    """A value, or None for one that is longer than its field may hold; of a list, the items that are not."""
    if isinstance(kept, list) and slot.holds != "spans":
        most = limit("items")
        if len(kept) > most:
            reason = (
                f"{len(kept):,} items are more than the limit of {most}; {how_to_raise('items', 'leave some out')}"
            )
            found.refusals.append(Refusal(slot.name, shorten(kept[most]), reason))
        return [item for item in kept[:most] if _within_limits(item, slot, found) is not None] or None
    why = too_long(slot.name, len(kept)) if isinstance(kept, str) else None
    if why is None:
        return kept
    found.refusals.append(Refusal(slot.name, shorten(kept), why))
    found.refused_words[slot.name] = shorten(kept, 400)
    return None


def _beyond(tree: dict[str, Any], slot: Slot, found: Tidy) -> bool:
    """Whether a value is of one more person, vehicle or identifier than a report may hold; told once a table."""
    table = str(slot.path[0])
    known = tree.get(table)
    if table not in REPEATED or not isinstance(known, dict) or slot.path[1] in known or len(known) < limit("items"):
        return False
    reason = f"the report holds more than the limit of {limit('items')} of these; {how_to_raise('items', 'split it')}"
    if not any(told.field == table for told in found.refusals):
        found.refusals.append(Refusal(table, "", reason))
    return True


def as_text(value: Any) -> str | None:
    """Text of a value; None when it is blank. Numbers and dates are written out, a list of one is its item.

    Raises NotUsableError for what has no plain text.
    """
    if isinstance(value, str):
        return clean(value).strip() or None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number_words(value)
    if isinstance(value, datetime):
        at_midnight = value.time() == time(0)
        return value.date().isoformat() if at_midnight else value.replace(microsecond=0).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        known = [item for item in value if not is_unknown(item)]
        if len(known) == 1:
            return as_text(known[0])
        raise NotUsableError("a list stands where one value is expected; give one, or put the rest in the narrative")
    raise NotUsableError(f"{type(value).__name__} stands where text is expected; write the value in words")


def _number_words(value: int | float) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    try:
        return str(value)
    except ValueError as error:  # an integer of thousands of digits
        raise NotUsableError("the number is too long; check the column") from error


def _as_list(value: Any) -> list[str] | None:
    if isinstance(value, bool):
        raise NotUsableError("yes or no stands where a list of words is expected; write the words, separated by ;")
    if isinstance(value, str):
        value = [part for line in value.split("\n") for part in line.split(";")]
    items = value if isinstance(value, list | tuple) else [value]
    words = [text for item in items if not is_unknown(item) and (text := as_text(item))]
    return words or None


def _as_flag(value: Any) -> bool | str | None:
    """Truth of a value; the words themselves when they are no plain yes or no."""
    words = as_text(value)
    folded = (words or "").lower()
    return True if folded in _YES else False if folded in _NO else words


def _as_answer(value: Any) -> bool | str | None:
    """A plain yes or no to whether something may be done; a cross may be either, so it stays words."""
    words = as_text(value)
    return words if (words or "").lower() == "x" else _as_flag(value)


def _as_range(value: Any) -> Any:
    if isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(v, int | float) for v in value):
        return {"min": value[0], "max": value[1]}
    return as_text(value)


def _as_end(value: Any) -> float | None:
    words = as_text(value)
    try:
        number = float(words or "")
    except ValueError as error:
        raise NotUsableError("a number is expected here; write the whole range in words instead") from error
    if not math.isfinite(number):
        raise NotUsableError("a number is expected here")
    return number


def _as_hair(value: Any) -> Any:
    return "; ".join(_as_list(value) or []) or None if isinstance(value, list | tuple) else as_text(value)


def _as_number(value: Any) -> float | str | None:
    """A number, or the words when they are none, so that the refusal can name them."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    words = as_text(value)
    try:
        number = float((words or "").replace(",", "."))
    except ValueError:
        return words
    if not math.isfinite(number):
        return words
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


_HOLD: dict[str, Callable[[Any], Any]] = {
    "text": as_text,
    "item": as_text,
    "list": _as_list,
    "flag": _as_flag,
    "answer": _as_answer,
    "number": _as_number,
    "range": _as_range,
    "end": _as_end,
    "hair": _as_hair,
    "raw": as_text,
    "spans": lambda value: value,
    "derived": lambda _: None,
}


def _personal(name: str) -> Refusal:
    reason = (
        "refused by name: details of the person who reports or was harmed have no place here and are not stored; "
        "take the column out"
    )
    return Refusal(shorten(name), WITHHELD, reason)


def _unknown(unknown: list[tuple[str, Any]]) -> list[Refusal]:
    if len(unknown) > MANY:
        names = ", ".join(shorten(name, 30) for name, _ in unknown)
        reason = f"{len(unknown)} fields of this row are not in the report format ({names}); map or rename them"
        return [Refusal("(many)", "", reason)]
    return [_unknown_one(name, value) for name, value in unknown]


def _unknown_one(name: str, value: Any) -> Refusal:
    if len(name) > limit("name_characters"):
        return Refusal(
            shorten(name), "", f"the name is longer than {limit('name_characters')} characters; shorten it"
        )
    near = nearest(name)
    cure = f"did you mean {near}?" if near else "rename it, or move its words to the narrative"
    person = f"suspects.1.{fold_name(name)}"
    if not near and _slot(person):  # never taken for it unasked: it may describe the person who was harmed
        cure = f"if it describes the reported person, rename it to {person}"
    shown = WITHHELD if names_somebody(fold_name(name)) else shorten(value)
    return Refusal(shorten(name) or "(no name)", shown, f"the field is not in the report format; {cure}")


def _listed(node: Any) -> Any:
    """Counted levels as lists in the order of their counters; empty ones fall away."""
    if not isinstance(node, dict):
        return node
    done: dict[Any, Any] = {}
    for key, item in node.items():
        if key in REPEATED and isinstance(item, dict):
            done[key] = [_listed(item[counter]) for counter in sorted(item)]
        elif key in PROVENANCE:
            done[key] = item
        elif isinstance(item, dict) and item and all(isinstance(step, int) for step in item):
            done[key] = [item[counter] for counter in sorted(item)]
        else:
            done[key] = _listed(item)
    return done
