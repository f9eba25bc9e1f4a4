"""A raw row -> the report format's own names and plain values, with every refusal told.

Nothing here knows what a value means: that is `assemble`. Here names are resolved, values that only say that nothing
is known are dropped, personal columns are refused by name, and values of the wrong kind are turned or refused.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, TypeVar

from rapidfuzz.distance import OSA

from linkage.intake.limits import limit, too_long
from linkage.intake.readers import column_names
from linkage.intake.readers.column_names import PROVENANCE, REPEATED, Slot, fold_name, locate_open
from linkage.intake.reject import HELD_UNSEEN, NAMING, WITHHELD, Reject, beyond, clean, seen, shorten
from linkage.vocabulary.tables import table

T = TypeVar("T")
MANY = 5
"""More unknown columns than this in one row are told in one refusal [G]."""
PLAIN_WORDS = table("plain_words")
_FLAGS = {word: answer == "yes" for answer, words in PLAIN_WORDS["flag"].items() for word in words}
_NOT_KNOWN = frozenset(PLAIN_WORDS["not_known"])
_LONG_NOT_KNOWN = tuple(sorted(words for words in _NOT_KNOWN if len(words) > 7))
_PROSE = (("narrative",), ("translation", "text"))


class NotUsableError(ValueError):
    """A value of a kind that its field cannot hold; the message is the reason."""


@dataclass(slots=True)
class Notes:
    """One row under the format's names, repeated tables as lists, and what is noted while it is read: `refusals` for
    the rejects file, which do not say yet of what row; `warnings` and `raw` words of its own fields for the report,
    among them text that was refused for its kind, by dotted name. `today` bounds dates, and so does the day on which
    the report was `received`."""

    today: date = date.max
    values: dict[str, Any] = field(default_factory=dict)
    refusals: list[Reject] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    raw: dict[str, str] = field(default_factory=dict)
    received: str | None = None

    def refuse(self, name: str, value: Any, reason: str, keep: bool = False) -> None:
        """Note that the value of the dotted field `name` was not used; `keep` keeps its words."""
        self.refusals.append(Reject("", None, None, name, shorten(value), reason))
        if keep:
            self.raw[name] = shorten(value, 400)

    def usable(self, name: str, words: Any, value: T | None, reason: str) -> T | None:
        """The value that words of the field `name` were read as; where there is none, they are refused."""
        if value is None:
            self.refuse(name, words, reason)
        return value


def raw_of(given: Mapping[str, Any]) -> dict[str, str]:
    """The words that a part brings along under `raw`."""
    raw = given.get("raw")
    return {str(key): str(words) for key, words in raw.items() if key} if isinstance(raw, dict) else {}


def said(value: Any) -> str:
    """A field's value in words, for `raw`."""
    if isinstance(value, dict) and set(value) <= {"min", "max"}:
        return "-".join("" if end is None else f"{end:g}" for end in (value.get("min"), value.get("max")))
    if isinstance(value, dict):
        return "; ".join(said(item) for item in value.values() if item)
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def tidy(row: Mapping[str, Any], today: date = date.max) -> Notes:
    """`row` under the format's own names; never raises, whatever the row holds."""
    found = Notes(today)
    tree: dict[str, Any] = {}
    unknown: list[tuple[str, Any]] = []
    personal: set[str] = set()
    for name, value in _flat(row, "", 0):
        slot = locate_open(name) if len(name) <= limit("name_characters") else None
        if slot is not None:
            _place(tree, slot, value, found)
        elif column_names.is_personal(name):
            personal.add(name)
        else:
            unknown.append((name, value))
    for name in sorted(personal):
        found.refuse(shorten(name), WITHHELD, column_names.PERSONAL)
    if len(unknown) > MANY:
        names = ", ".join(shorten(name, 30) for name, _ in unknown)
        reason = f"{len(unknown)} fields of this row are not in the report format ({names}); map or rename them"
        found.refuse("(many)", "", reason)
    else:
        for name, value in unknown:
            _refuse_unknown(name, value, found)
    found.values = _listed(tree)
    found.raw |= raw_of(found.values)
    return found


def _refuse_unknown(name: str, value: Any, found: Notes) -> None:
    if len(name) > limit("name_characters"):
        found.refuse(shorten(name), "", f"the name is longer than {limit('name_characters')} characters; shorten it")
        return
    near = column_names.nearest(name)
    cure = f"did you mean {near}?" if near else "rename it, or move its words to the narrative"
    person = f"suspects.1.{fold_name(name)}"
    if not near and locate_open(person):  # never taken for it unasked: it may describe the person who was harmed
        cure = f"if it describes the reported person, rename it to {person}"
    shown = WITHHELD if column_names.names_somebody(name) else shorten(value)
    found.refuse(shorten(name) or "(no name)", shown, f"the field is not in the report format; {cure}")


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
        yield from ((f"{name}.{counter}", item) for counter, item in enumerate(value, 1) if not is_unknown(item))
    elif not is_unknown(value):
        yield name, value


def _place(tree: dict[str, Any], slot: Slot, value: Any, found: Notes) -> None:
    try:
        usable = _within_limits(_HOLD[slot.holds](value), slot, found)
    except NotUsableError as error:
        found.refuse(slot.name, value, str(error), keep=True)
        return
    usable = _as_seen(usable, slot, found)
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


def _as_seen(value: Any, slot: Slot, found: Notes) -> Any:
    """A value as somebody sees it, but for prose, whose places are counted; of what names a report that is told, so
    that no two ids differ that look alike."""
    if slot.path in _PROSE or slot.holds in PROVENANCE:
        return value
    if isinstance(value, list):
        return [_as_seen(item, slot, found) for item in value]
    if not isinstance(value, str) or (plain := seen(value)) == value:
        return value
    if slot.path[0] in NAMING:
        found.refuse(slot.name, ascii(value), HELD_UNSEEN)
    return plain or None


def _within_limits(value: Any, slot: Slot, found: Notes) -> Any:
    """A value, or None for one that is longer than its field may hold; of a list, the items that are not."""
    if isinstance(value, list) and slot.holds != "spans":
        most = limit("items")
        if len(value) > most:
            found.refuse(slot.name, value[most], beyond(f"{len(value):,} items are more", "items", "leave some out"))
        return [item for item in value[:most] if _within_limits(item, slot, found) is not None] or None
    if isinstance(value, str) and (why := too_long(slot.name, len(value))) is not None:
        found.refuse(slot.name, value, why, keep=True)
        return None
    return value


def _beyond(tree: dict[str, Any], slot: Slot, found: Notes) -> bool:
    """Whether a value is of one more person, vehicle or identifier than a report may hold; told once a table."""
    whole = str(slot.path[0])
    known = tree.get(whole)
    if whole not in REPEATED or not isinstance(known, dict) or slot.path[1] in known or len(known) < limit("items"):
        return False
    if not any(told.field == whole for told in found.refusals):
        found.refuse(whole, "", beyond("the report holds more", "items", "split it", " of these"))
    return True


def _listed(node: Any, of: Any = None) -> Any:
    """Counted levels as lists in the order of their counters."""
    if not isinstance(node, dict) or of in PROVENANCE:
        return node
    if of in REPEATED or (node and all(isinstance(step, int) for step in node)):
        return [_listed(node[counter]) for counter in sorted(node)]
    return {key: _listed(item, key) for key, item in node.items()}


def is_unknown(value: Any) -> bool:
    """Whether a value only says that nothing is known: None, NaN, blank, "n/a", "not known", an empty list."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return True
    if isinstance(value, str):
        return len(value) < 20 and _says_unknown(value.strip().lower())
    if isinstance(value, list | tuple):
        return all(is_unknown(item) for item in value)
    return isinstance(value, Mapping) and not value


@lru_cache(maxsize=65_536)
def _says_unknown(words: str) -> bool:
    """Whether words are one of those that say that nothing is known, one of the longer ones with slips of the pen."""
    slips = 2 if words.startswith("unk") else 1
    return (
        words in _NOT_KNOWN
        or (len(words) > 5 and words[0] in "un" and OSA.distance(words, "unknown", score_cutoff=slips) <= slips)
        or (len(words) > 7 and any(OSA.distance(words, known, score_cutoff=1) <= 1 for known in _LONG_NOT_KNOWN))
    )


def as_text(value: Any) -> str | None:
    """Text of a value; None when it is blank. Numbers and dates are written out, a list of one is its item.

    Raises NotUsableError for what has no plain text.
    """
    if isinstance(value, str):
        return clean(value).strip() or None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
        try:
            return str(int(value) if whole else value)
        except ValueError:  # an integer of thousands of digits
            raise NotUsableError("the number is too long; check the column") from None
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if not isinstance(value, list | tuple):
        raise NotUsableError(f"{type(value).__name__} stands where text is expected; write the value in words")
    known = [item for item in value if not is_unknown(item)]
    if len(known) != 1:
        raise NotUsableError("a list stands where one value is expected; give one, or put the rest in the narrative")
    return as_text(known[0])


def _as_list(value: Any) -> list[str] | None:
    if isinstance(value, bool):
        raise NotUsableError("yes or no stands where a list of words is expected; write the words, separated by ;")
    if isinstance(value, str):
        value = re.split("[\n;]", value)
    items = value if isinstance(value, list | tuple) else [value]
    return [text for item in items if not is_unknown(item) and (text := as_text(item))] or None


def _as_flag(value: Any) -> bool | str | None:
    """Truth of a value; the words themselves when they are no plain yes or no."""
    words = as_text(value)
    return _FLAGS.get((words or "").lower(), words)


def _as_answer(value: Any) -> bool | str | None:
    """A plain yes or no to whether something may be done; a cross may be either, so it stays words."""
    words = as_text(value)
    return words if (words or "").lower() == "x" else _as_flag(value)


def _as_range(value: Any) -> Any:
    if isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(v, int | float) for v in value):
        return {"min": value[0], "max": value[1]}
    return as_text(value)


def _as_end(value: Any) -> float:
    number = _as_number(value)
    if isinstance(number, int | float):
        return float(number)
    raise NotUsableError("a number is expected here; write the whole range in words instead")


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
    **dict.fromkeys(("text", "item", "raw"), as_text),
    "list": _as_list,
    "flag": _as_flag,
    "answer": _as_answer,
    "number": _as_number,
    "range": _as_range,
    "end": _as_end,
    "hair": _as_hair,
    "spans": lambda value: value,
    "derived": lambda _: None,
}
"""What a field holds, as `column_names.TABLES` says -> its reader, which raises NotUsableError for what it cannot."""
