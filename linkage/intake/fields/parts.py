"""Tidy fields of one part -> the part in canonical form: reported people and identifiers."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from linkage.intake.fields.plain_row import PLAIN_WORDS, Notes, raw_of, said
from linkage.intake.finding import Finding
from linkage.intake.judge.people import find_facts
from linkage.intake.patterns import PatternTable
from linkage.intake.phrases.field_words import respelt, slip_in_phrase
from linkage.intake.phrases.surface import is_unknown
from linkage.intake.readers.column_names import cure
from linkage.intake.values import identifier
from linkage.intake.values.people import clothing, marks, person
from linkage.intake.values.people.describe import describe
from linkage.report import Hair, Identifier, Person, Range

BELIEVED = {"age": (5, 110), "height_cm": (100, 240)}
"""Fields that hold a range, and the years and centimetres between which its numbers are believed [G]."""
_SAID = PatternTable("surface")


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
    return (
        is_unknown(words)
        or _SAID["not_perceived"].search(words) is not None
        or words.strip().lower() in ("no", f"no {field}")
    )


def read_person(given: dict[str, Any], path: str, notes: Notes) -> Person:
    """One reported person; words that cannot be used stay in `raw`."""
    read = Person(other=given.get("other"), raw=raw_of(given))
    for name in person.NORMALISERS:
        if name in given:
            _read_attribute(read, name, given[name], path, notes)
    if "words" in given:
        _read_description(read, given["words"], path, notes)
    return read


def _read_attribute(read: Person, name: str, given: Any, path: str, notes: Notes) -> None:
    """One attribute of words, a list of them, parts of hair, a range or a flag; of several words those that are
    understood are united."""
    target = "height_cm" if name == "height" else name
    read.raw.setdefault(target, said(given))
    if isinstance(given, dict) and target not in BELIEVED:
        given = [word for part in ("colour", "style") for word in given.get(part) or []]
    if isinstance(given, bool | dict):
        one = _range(target, given) if isinstance(given, dict) else given if name == "glasses" else None
        values = [notes.usable(f"{path}.{name}", said(given), one, f"not understood; {cure(name)}")]
    else:
        items = given if isinstance(given, list) else [str(given)]
        values = [_understood(name, item, read, path, notes) for item in items]
    values = [value for value in values if value is not None]
    if values and target in ("marks", "clothing"):
        values.append(getattr(read, target))
    if values:
        setattr(read, target, _united(values))


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


def _range(target: str, ends: dict[str, float]) -> Range | None:
    low, high = ends.get("min"), ends.get("max")
    least, most = BELIEVED[target]
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


def read_identifier(given: dict[str, Any], path: str, notes: Notes) -> Identifier | None:
    """One identifier; None when none was given, or, with a refusal, when there is nothing in it to find again."""
    words = given.get("value")
    if not words or str(words).strip().lower() in PLAIN_WORDS["no_identifier"]:
        return None  # a kind alone says nothing that could be found again
    found = _identifier(given.get("kind"), str(words))
    read = notes.usable(f"{path}.value", words, found, f"not understood; {cure('identifier')}")
    return read and Identifier(kind=read[0], value=read[1], raw={"value": str(words), **raw_of(given)})


@lru_cache(maxsize=65_536)
def _identifier(kind: str | None, words: str) -> tuple[str, str] | None:
    """Kind and value; a missing kind is told by the words."""
    if kind is None:
        found = identifier.find(words)
        return (found[0].field, str(found[0].value)) if found else identifier.normalise("other", words)
    return identifier.normalise(kind, words)
