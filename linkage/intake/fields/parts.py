"""Tidy fields of one part -> the part in canonical form: reported people, vehicles, identifiers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from linkage.intake.fields import vehicle
from linkage.intake.fields.plain_row import Refusal
from linkage.intake.finding import Finding
from linkage.intake.judge.people import find_facts
from linkage.intake.patterns import compiled
from linkage.intake.phrases.field_words import respelt, slip_in_phrase
from linkage.intake.phrases.surface import is_unknown
from linkage.intake.readers.column_names import cure
from linkage.intake.reject import shorten
from linkage.intake.values import identifier
from linkage.intake.values.people import clothing, marks, person
from linkage.intake.values.people.describe import describe
from linkage.report import Hair, Identifier, Person, Range, Vehicle

_LIMITS = {"age": (5.0, 110.0), "height": (100.0, 240.0)}
"""Years and centimetres between which a range of numbers is believed [G]."""


_UNSEEN = compiled(
    r"\b(?:not|n[o']t|never|none)\s+(?:seen|see|visible|known|noticed|noted|sure|heard|clear|given|described)\b"
    r"|\b(?:covered|hidden|obscured|concealed)\b|\bunder\s+(?:an?\s+|his\s+|her\s+|the\s+)?(?:hat|hood|cap|helmet)\b",
    re.IGNORECASE,
)
"""Words that only say that something could not be perceived."""

_NOT_GIVEN = frozenset(
    ("withheld", "private", "hidden", "blocked", "no number", "anonymous", "not given", "no caller id")
)
"""What stands for an identifier that did not show."""


@dataclass(slots=True)
class Notes:
    """What is noted while a row is read: refusals for the rejects file, warnings and words of its own fields for the
    report. `today` bounds dates, and so does the day on which the report was `received`."""

    today: date = date.max
    refusals: list[Refusal] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    raw: dict[str, str] = field(default_factory=dict)
    received: str | None = None

    def refuse(self, name: str, value: Any, reason: str) -> None:
        """Note that the value of the dotted field `name` was not used."""
        self.refusals.append(Refusal(name, shorten(value), reason))


@lru_cache(maxsize=65_536)
def _read_words(name: str, words: str) -> Any:
    normalise = person.NORMALISERS[name]
    if name == "age" and (value := respelt(name, words, normalise)) is not None:
        return value  # "erly 20s" would be read as the twenties
    value = normalise(slip_in_phrase(name, words) or words)
    return respelt(name, words, normalise) if value is None and not _unseen(name, words) else value


@lru_cache(maxsize=65_536)
def _elsewhere(name: str, words: str) -> tuple[Finding, ...]:
    """Marks and clothes in words that say nothing of their own field ("lazy eye", sunglasses, "covered by cap")."""
    found = [f for grammar in (marks, clothing) for f in grammar.find(words)]
    return tuple(f for f in found if not f.negated and f.field != name)


def _unseen(name: str, words: str) -> bool:
    """Whether words say that an attribute was not perceived, or that there is nothing to tell of it."""
    field = name.replace("_", " ")
    return is_unknown(words) or _UNSEEN.search(words) is not None or words.strip().lower() in ("no", f"no {field}")


def read_person(given: dict[str, Any], path: str, notes: Notes) -> Person:
    """One reported person; words that cannot be used stay in `raw`."""
    read = Person(other=given.get("other"), raw=raw_of(given))
    for name in person.NORMALISERS:
        if name in given:
            _read_attribute(read, name, given[name], path, notes)
    if "words" in given:
        _read_description(read, given["words"], path, notes)
    return read


def raw_of(given: dict[str, Any]) -> dict[str, str]:
    """The words that a part brings along under `raw`."""
    raw = given.get("raw")
    return {str(key): str(words) for key, words in raw.items() if key} if isinstance(raw, dict) else {}


def _read_attribute(read: Person, name: str, given: Any, path: str, notes: Notes) -> None:
    """One attribute of words, a list of them, parts of hair, a range or a flag; of several words those that are
    understood are united."""
    target = "height_cm" if name == "height" else name
    read.raw.setdefault(target, said(given))
    if isinstance(given, bool):
        value: Any = given if name == "glasses" else None
    elif name in _LIMITS and isinstance(given, dict):
        value = _range(name, given)
    else:
        if isinstance(given, dict):
            given = [word for part in ("colour", "style") for word in given.get(part) or []]
        items = given if isinstance(given, list) else [str(given)]
        values = [value for item in items if (value := _understood(name, item, read, path, notes)) is not None]
        if not values:
            return
        value = _united(values)
    if value is None:
        notes.refuse(f"{path}.{name}", said(given), f"not understood; {cure(name)}")
    elif target in ("marks", "clothing"):
        setattr(read, target, _united([value, getattr(read, target)]))
    else:
        setattr(read, target, value)


def _understood(name: str, words: str, read: Person, path: str, notes: Notes) -> Any:
    """The value of words, or None with a refusal; marks and clothes in them are kept where they belong."""
    value = _read_words(name, words)
    others = _elsewhere(name, words) if value is None else ()
    for finding in others:
        setattr(read, finding.field, _united([getattr(read, finding.field), [finding.value]]))
        read.raw.setdefault(finding.field, words)
    if value is None and not others and not _unseen(name, words):
        notes.refuse(f"{path}.{name}", words, f"not understood; {cure(name)}")
    return value


def _united(values: list[Any]) -> Any:
    """Lists and parts of hair joined, without what stands twice; of other values the first."""
    if isinstance(values[0], Hair):
        colours, styles = [one.colour for one in values], [one.style for one in values]
        return Hair(colour=_united(colours), style=_united(styles))
    if isinstance(values[0], list):
        return list(dict.fromkeys(word for value in values for word in value))
    return values[0].model_copy() if isinstance(values[0], Range) else values[0]


def _range(name: str, ends: dict[str, float]) -> Range | None:
    low, high = ends.get("min"), ends.get("max")
    least, most = _LIMITS[name]
    known = [end for end in (low, high) if end is not None]
    believed = known == sorted(known) and all(least <= end <= most for end in known)
    return Range(min=low, max=high) if believed and ends else None


def _read_description(read: Person, words: str, path: str, notes: Notes) -> None:
    """A whole person in words: what the fields do not give is read off them; the words stay in `other`."""
    seen, warnings = describe(find_facts(words), words, path)
    notes.warnings += warnings
    for name in (one for one in Person.model_fields if one not in ("other", "raw", "spans")):
        if getattr(read, name) in (None, []) and getattr(seen, name) not in (None, []):
            setattr(read, name, getattr(seen, name))
            read.raw.setdefault(name, seen.raw.get(name, words))
    read.other = read.other or words


def said(value: Any) -> str:
    """A field's value in words, for `raw`."""
    if isinstance(value, dict) and set(value) <= {"min", "max"}:
        return "-".join("" if end is None else f"{end:g}" for end in (value.get("min"), value.get("max")))
    if isinstance(value, dict):
        return "; ".join(said(item) for item in value.values() if item)
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def read_vehicle(given: dict[str, Any], path: str, notes: Notes) -> Vehicle:
    """One vehicle; words that cannot be used stay in `raw`."""
    fields = {
        name: ("; " if name == "features" else " or " if name == "colour" else " ").join(value)
        if isinstance(value, list)
        else str(value)
        for name, value in given.items()
        if name not in ("raw", "spans", "words")
    }
    canonical, refused = _vehicle(tuple(sorted(fields.items())), given.get("words"))
    for name, value, reason in refused:
        notes.refuse(f"{path}.{name}", value, reason)
    read = Vehicle.model_validate(canonical)
    read.raw = {**{name: said(given[name]) for name in fields}, **raw_of(given)}
    if "words" in given:
        read.raw.setdefault("words", str(given["words"]))
        if not canonical:
            notes.refuse(path, given["words"], "no vehicle is named in these words; they are kept")
    return read


@lru_cache(maxsize=65_536)
def _vehicle(
    fields: tuple[tuple[str, str], ...], words: str | None
) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    canonical, refused = vehicle.normalise_fields(dict(fields))
    return {**(vehicle.normalise_words(words) if words else {}), **canonical}, refused


def read_identifier(given: dict[str, Any], path: str, notes: Notes) -> Identifier | None:
    """One identifier; None when none was given, or, with a refusal, when there is nothing in it to find again."""
    words = given.get("value")
    if not words or str(words).strip().lower() in _NOT_GIVEN:
        return None  # a kind alone says nothing that could be found again
    read = _identifier(given.get("kind"), str(words))
    if read is None:
        notes.refuse(f"{path}.value", words, f"not understood; {cure('identifier')}")
        return None
    kind, value = read
    return Identifier(kind=kind, value=value, raw={"value": str(words), **raw_of(given)})


@lru_cache(maxsize=65_536)
def _identifier(kind: str | None, words: str) -> tuple[str, str] | None:
    """Kind and value; a missing kind is told by the words."""
    if kind is None:
        found = identifier.find(words)
        return (found[0].field, str(found[0].value)) if found else identifier.normalise("other", words)
    return identifier.normalise(kind, words)


def vehicle_of(findings: list[Finding], text: str) -> Vehicle:
    """A vehicle from the findings of one mention in `text`, with words and spans."""
    read = Vehicle()
    for finding in sorted(findings, key=lambda one: one.start):
        if finding.field in ("colour", "features"):
            values = getattr(read, finding.field)
            values += [finding.value] if finding.value not in values else []
        elif getattr(read, finding.field) is None or (finding.field == "body" and read.body == "car"):
            setattr(read, finding.field, finding.value)
        else:
            continue
        spans = read.spans.setdefault(finding.field, [])
        if (finding.start, finding.end) not in spans:
            spans.append((finding.start, finding.end))
    for name, spans in read.spans.items():
        read.raw[name] = "; ".join(dict.fromkeys(text[a:b] for a, b in spans))
    return read
