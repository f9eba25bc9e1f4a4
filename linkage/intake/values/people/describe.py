"""Findings about one person -> `Person`, and what a narrative says laid beside what the fields say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rapidfuzz import fuzz

from linkage.intake.finding import Finding
from linkage.report import Hair, Person, Range
from linkage.vocabulary.loader import load

AGES_APART, HEIGHTS_APART = 5.0, 8.0
"""Gap between two ranges (years, centimetres) from which they are told as a contradiction [G]."""

SAME_PHRASE = 90.0
"""rapidfuzz token-set ratio at which two short phrases of a list say the same thing [G]."""

_SINGLE = ("sex", "complexion", "eyes", "glasses")
_RANGES = {"age": AGES_APART, "height_cm": HEIGHTS_APART}
_ALTERNATIVES = ("build", "ethnicity")
_UNITED = ("facial_hair", "accent", "marks", "clothing", "names_used")
_OF_HAIR = ("hair_colour", "hair_style")
_COMPARED = (*_SINGLE, *_RANGES, *_ALTERNATIVES, "hair")
_NOT_TOGETHER: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {
    "build": (("slim", frozenset(("stocky", "large"))),),
    "facial_hair": (("clean-shaven", frozenset(("beard", "moustache", "goatee", "stubble"))),),
}


def describe(findings: Iterable[Finding], text: str, path: str) -> tuple[Person, list[str]]:
    """The person that `findings` in `text` describe, with words and spans, and the contradictions among them.

    `path` names the person in warnings ("suspects.1"). Both values of a contradiction are kept: a list holds both, a
    range reaches over both; of single values the surer one is kept, then the first.
    """
    person = Person()
    warnings: list[str] = []
    asserted = [one for one in findings if not one.negated]
    for one in sorted(asserted, key=lambda f: (-f.confidence if f.field in _SINGLE else 0.0, f.start, f.end)):
        field = "hair" if one.field in _OF_HAIR else one.field
        first = f"“{text[slice(*person.spans[field][0])]}” and “{one.words(text)}”" if field in person.spans else ""
        known = getattr(person, field, None)
        if field in _SINGLE and known not in (None, one.value):
            if field in ("sex", "glasses") and "other" not in (
                one.value,
                known,
            ):  # who is trans is a "he" or "she" too
                warnings.append(f"{path}.{field}: {first} do not go together; the first is kept")
            continue
        if field in _RANGES and known is not None and gap(known, one.value) > _RANGES[field]:
            warnings.append(f"{path}.{field}: {first} are far apart; the range reaches over both")
        _add(person, one)
        if (one.start, one.end) not in person.spans.setdefault(field, []):
            person.spans[field].append((one.start, one.end))
    for field, spans in person.spans.items():
        spans.sort()
        person.raw[field] = "; ".join(dict.fromkeys(text[start:end] for start, end in spans))
    for field in _NOT_TOGETHER:
        if _never_together(field, *(2 * [getattr(person, field)])):
            said = " and ".join(f"“{text[start:end]}”" for start, end in person.spans[field])
            warnings.append(f"{path}.{field}: {said} do not go together; both are kept")
    return person, warnings


def _add(person: Person, one: Finding) -> None:
    field, value = one.field, one.value
    if field in _OF_HAIR:
        person.hair = person.hair or Hair()
        _extend(person.hair.colour if field == "hair_colour" else person.hair.style, value)
    elif field in _RANGES:
        known: Range | None = getattr(person, field)
        setattr(person, field, value if known is None else _joined(known, value))
    elif field in (*_UNITED, *_ALTERNATIVES):
        _extend(getattr(person, field), value)
    else:
        setattr(person, field, value)


def _joined(one: Range, other: Range) -> Range:
    """What two ranges agree on, or the range over both when they do not overlap."""
    lows = [end for end in (one.min, other.min) if end is not None]
    highs = [end for end in (one.max, other.max) if end is not None]
    if lows and highs and max(lows) > min(highs):
        return Range(min=min(lows), max=max(highs))
    return Range(min=max(lows, default=None), max=min(highs, default=None))


def gap(one: Range, other: Range) -> float:
    """Distance between two ranges; 0 when they overlap or touch."""
    low, high = (one, other) if (one.min or 0) <= (other.min or 0) else (other, one)
    if low.max is None or high.min is None:
        return 0.0
    return max(0.0, high.min - low.max)


def _extend(values: list[str], found: Any) -> None:
    for item in found if isinstance(found, list | tuple) else [found]:
        if item not in values:
            values.append(item)


def unite(given: list[str], found: list[str]) -> list[str]:
    """`found` phrases that `given` does not already say."""
    new: list[str] = []
    for phrase in found:
        if not any(phrase == known or fuzz.token_set_ratio(phrase, known) >= SAME_PHRASE for known in (*given, *new)):
            new.append(phrase)
    return new


def lay_beside(given: Person, found: Person, path: str) -> list[str]:
    """Fill what `given` lacks from `found`, in place; a list is added to. Returns the contradictions: the field's
    value is kept and the narrative's is told."""
    warnings: list[str] = []
    for field in (*_SINGLE, *_RANGES, *_ALTERNATIVES, *_UNITED, "hair"):
        if _contradict(field, given, found):
            said, read = _in_words(given, field), _in_words(found, field)
            warnings.append(f"{path}.{field}: the field says {said}, the narrative {read}; the field is kept")
        elif _fill(given, field, getattr(found, field)):
            words, before = found.raw.get(field), given.raw.get(field)
            if words:
                given.raw[field] = words if not before else before if words in before else f"{before}; {words}"
            if found.spans.get(field):
                given.spans[field] = found.spans[field]
    return warnings


def _fill(given: Person, field: str, read: Any) -> bool:
    """Whether a value adds to what is known of a field, which it then does."""
    known = getattr(given, field)
    if field in _UNITED:
        new = unite(known, read)
        known.extend(new)
        return bool(new)
    if known in (None, []):
        setattr(given, field, read)
        return read not in (None, [])
    if field != "hair" or read is None:
        return False
    new = [part for part in ("colour", "style") if getattr(read, part) and not getattr(known, part)]
    for part in new:
        setattr(known, part, getattr(read, part))
    return bool(new)


def _told(person: Person, field: str) -> Any:
    """What is compared of a field: of hair its colours."""
    return (person.hair and person.hair.colour) if field == "hair" else getattr(person, field)


def _contradict(field: str, given: Person, found: Person) -> bool:
    """Whether both tell a field, and not the same."""
    known, read = _told(given, field), _told(found, field)
    if known in (None, []) or read in (None, []):
        return False
    if field in _RANGES:
        return gap(known, read) > _RANGES[field]
    if field in ("ethnicity", "hair"):
        return not set(known) & set(read)
    if field == "eyes":
        known_colour = load("eye_colours").entries.get(known)
        return bool(known != read and known_colour and read not in known_colour.data.get("goes_with", ()))
    if field in _NOT_TOGETHER:
        return not set(known) & set(read) and _never_together(field, known, read)
    return field in ("sex", "glasses") and bool(known != read)


def _never_together(field: str, known: list[str], read: list[str]) -> bool:
    """Whether something that the one says excludes something that the other says."""
    return any(
        (one in known and others & set(read)) or (one in read and others & set(known))
        for one, others in _NOT_TOGETHER[field]
    )


def _in_words(person: Person, field: str) -> str:
    """What is told of a field, with the value that it was read as where the words alone do not say that."""
    words, value = person.raw.get(field, ""), _plain(getattr(person, field))
    return f"“{words}” ({value})" if words and words.casefold() != value.casefold() else f"“{value}”"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Range):
        if value.min is None or value.max is None:
            return f"up to {value.max:g}" if value.max is not None else f"{value.min or 0:g} or more"
        return f"{value.min:g}" if value.min == value.max else f"{value.min:g}-{value.max:g}"
    if isinstance(value, Hair):
        return ", ".join((*value.colour, *value.style))
    return (", ".join(value) if isinstance(value, list) else str(value)).replace("_", " ")


def likeness(given: Person, found: Person) -> int:
    """Attributes that agree, less those that contradict: which of several reported people a description fits."""
    both = [one for one in _COMPARED if _told(given, one) not in (None, []) and _told(found, one) not in (None, [])]
    return sum(-1 if _contradict(field, given, found) else 1 for field in both)
