"""What each field of a tidy row gives its report, in the table FIELDS, and each part of a list, in PARTS.

A reader of a field takes what the field gives and the notes of its row; words that name nothing are refused there.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache, partial
from typing import Any

from linkage.intake.behaviours.reading import normalise_signed
from linkage.intake.document.language import normalise
from linkage.intake.fields.parts import read_identifier, read_person
from linkage.intake.fields.plain_row import PLAIN_WORDS, Notes, raw_of
from linkage.intake.fields.reporter_details import private_details, without
from linkage.intake.fields.vehicle import read_vehicle
from linkage.intake.judge.utterances import as_said
from linkage.intake.limits import check
from linkage.intake.patterns import PatternTable
from linkage.intake.readers.column_names import cure
from linkage.intake.reject import shorten
from linkage.intake.values import circumstances, place
from linkage.intake.values.times import dates, occurred
from linkage.report import Behaviours, Consent, Contact, Occurred, Person, Place, Source, Translation, Vehicle
from linkage.vocabulary.loader import fold, load

SLIP = 85.0
"""rapidfuzz ratio from which words are a known word with a slip of the pen [G]: one letter in seven."""

_GRADES = ("evaluation", "assessment", "handling")
_SAID = PatternTable("surface")


def report_type(words: str, notes: Notes) -> str | None:
    """One of the four types, or None with a refusal for words that name none."""
    notes.raw.setdefault("report_type", words)
    types = load("report_types")
    folded = fold(words.replace("_", " "))
    bare = " ".join(_SAID["fills_report_type"].sub(" ", folded).split())
    several = {found for word in bare.split() if len(word) > 3 and (found := types.find(word, SLIP))}
    kind = types.find(folded) or types.find(bare, SLIP) or (several.pop() if len(several) == 1 else None)
    return notes.usable("report_type", words, kind, f"not one of the four types; {cure('report_type')}")


def language(words: str, notes: Notes) -> str | None:
    """The code of the narrative's language, or None with a refusal for words that name none."""
    code = normalise(words)
    if code is None:
        notes.raw.setdefault("language", words)
    return notes.usable("language", words, code, "no language is called so; give its code, as en or ro (ISO 639-1)")


def translation(given: dict[str, Any], notes: Notes) -> Translation | None:
    """The narrative in English, where one is given."""
    if not given.get("text"):
        if given:
            notes.refuse("translation", str(given), "a translation without its text is left out")
        return None
    return Translation(
        text=given["text"],
        translator=given.get("translator") or "not known",
        checked=bool(given.get("checked")),
        date=_single_day(given.get("date"), notes),
    )


def received(words: str, notes: Notes) -> str | None:
    """The day the report was made; words that name no single day are refused."""
    notes.raw.setdefault("received", words)
    notes.received = _single_day(words, notes)
    return notes.received


def _single_day(words: str | None, notes: Notes) -> str | None:
    if not words:
        return None
    reason = f"names no single day; {cure('received')}"
    try:
        days = dates.normalise(words, None, notes.today)
    except dates.UnusableDate as unusable:
        days, reason = None, str(unusable)
    day = days.first if days is not None and days.first == days.last else None
    return notes.usable("received", words, day, reason)


def source(given: dict[str, Any], notes: Notes) -> Source:
    """Kind and grades of the source. A kind that is none of the named ones is `other`, its words stay in `raw`."""
    read: dict[str, Any] = {}
    if words := given.get("kind"):
        notes.raw.setdefault("source.kind", words)
        kind = load("source_kinds").find(words.replace("_", " "), SLIP)
        read["kind"] = kind or "other"
        if kind is None:
            notes.warnings.append(f"source.kind: “{shorten(words)}” is none of the kinds; it is kept as other")
    for name in _GRADES:
        if (words := given.get(name)) is None:
            continue
        notes.raw.setdefault(f"source.{name}", words)
        known, alone = _grade_words(name), _SAID["grade_alone"].fullmatch(words.strip().lower())
        grade = known.get(fold(words)) or (known.get(alone[1]) if alone else None)
        grade = notes.usable(f"source.{name}", words, grade, f"not one of the grades; {cure(f'source.{name}')}")
        if grade is not None:
            read[name] = int(grade) if name == "evaluation" else grade
    return Source.model_validate(read)


@cache
def _grade_words(name: str) -> dict[str, str]:
    """Folded words of one of the three gradings -> its grade."""
    grades = [(one, one.data) for one in load("source_grades").entries.values() if one.data["grade"] == name]
    keyed = [(str(data.get("key", entry.key)), entry) for entry, data in grades]
    return {fold(words): key for key, entry in keyed for words in (key, entry.label, *entry.synonyms)}


def consent(given: dict[str, Any], notes: Notes) -> Consent:
    """What is allowed. Only a plain yes is yes; other words than a plain no are told, and are no. Of words that may
    name somebody only what names nobody is kept."""
    read: dict[str, bool] = {}
    for name, answer in given.items():
        if isinstance(answer, bool):
            read[name] = answer
            continue
        words = str(answer)
        says = _consents(words, name)
        if says is None:
            words = without(words, private_details(words))
        reason = f"neither a plain yes nor a plain no; {cure('consent')}"
        if notes.usable(f"consent.{name}", words, says, reason) is not None:
            read[name] = says is True
        notes.raw.setdefault(f"consent.{name}", words)
    return Consent.model_validate(read)


def _consents(answer: str, purpose: str) -> bool | None:
    """What an answer says of sharing for a purpose (police, scas, alert): True for a plain yes, False for a plain no,
    None for anything else, which no reader may take for a yes: a condition, a cross, words that are not known."""
    known = PLAIN_WORDS["consent"]
    words = [word for word in _SAID["between_words"].split(answer.lower().replace("_", " ")) if word]
    if " ".join(words) in known["yes"]:
        return True
    if words and words[0] in known["no"]:
        return False
    may_follow = {*known["with_yes"], *known["for"].get(purpose, ())}
    return True if words and words[0] in ("yes", "y") and may_follow.issuperset(words) else None


def _occurred(given: dict[str, Any], notes: Notes) -> Occurred:
    ends = {name: given[name] for name in ("from", "to") if given.get(name)}
    read, warnings = _between(ends.get("from"), ends.get("to"), notes)
    read = read.model_copy(deep=True)
    notes.warnings += [f"occurred: {warning}" for warning in warnings]
    nothing = read.from_ is None and read.hour_min is None and read.weekday is None
    if "from" in ends and nothing and not any(refusal.field.startswith("occurred") for refusal in notes.refusals):
        notes.refuse("occurred.from", ends["from"], f"holds no date or time that could be read; {cure('occurred')}")
    read.raw = ends | raw_of(given)
    _given_clock(read, given, notes)
    return read


@lru_cache(maxsize=65_536)
def _when(begin: str | None, end: str | None, received: str | None, today: date) -> tuple[Occurred, list[str]]:
    """The incident's time; one after the report was received is kept with a warning, for either may be the slip."""
    try:
        return occurred.normalise(begin, end, received, today)
    except dates.AfterReceived as reason:
        read, warnings = occurred.normalise(begin, end, None, today)
        return read, [*warnings, f"{reason}; both are kept"]


def _between(begin: str | None, end: str | None, notes: Notes) -> tuple[Occurred, list[str]]:
    """What both ends say; where they cannot be together what the beginning says, and the end at fault is refused."""
    reasons: list[str] = []
    for last in (end,) if begin is None or end is None else (end, None):
        try:
            read = _when(begin, last, notes.received, notes.today)
        except dates.UnusableDate as unusable:
            reasons.append(str(unusable))
            continue
        if reasons:
            notes.refuse("occurred.to", end, reasons[0])
        return read
    notes.refuse("occurred.to" if begin is None else "occurred.from", end if begin is None else begin, reasons[-1])
    return Occurred(), []


def _given_clock(read: Occurred, given: dict[str, Any], notes: Notes) -> None:
    """Weekday and hours that are given as fields of their own."""
    day = str(given.get("weekday") or "").strip().title()
    if day and read.weekday is None:
        names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
        named = next((name for name in names if len(day) > 1 and name.startswith(day)), None)
        read.weekday = notes.usable("occurred.weekday", day, named, "not a weekday; write for example Friday")
        if named and read.from_ and (warning := dates.contradiction(read.from_, read.to, named)):
            notes.warnings.append(f"occurred: {warning}")
    for name in ("hour_min", "hour_max"):
        hour = given.get(name)
        if hour is not None and getattr(read, name) is None:
            usable = float(hour) if isinstance(hour, float | int) and 0 <= hour <= 24 else None
            reason = "not an hour from 0 to 24; write for example 21.5"
            setattr(read, name, notes.usable(f"occurred.{name}", hour, usable, reason))


def _place(given: dict[str, Any], notes: Notes) -> Place:
    fields = {name: value for name, value in given.items() if name not in ("spans", "admin")}
    town, text = fields.get("town"), fields.get("text")
    if town and fold(town) not in fold(text or ""):
        fields["text"] = f"{text}, {town}" if text else town
    words = fields.pop("venue", None)
    fields.pop("town", None)
    read, problems = place.normalise(fields)
    for name, value, reason in problems:
        if reason.startswith("kept"):
            notes.warnings.append(f"place.{name}: {reason}")
        else:
            notes.refuse(f"place.{name}", value, reason)
            read.raw.setdefault(name, str(value))
    if words:
        read.venue = _key("venues", words)
        read.raw.setdefault("venue", words)
    return read


def _contact(given: dict[str, Any], _: Notes) -> Contact:
    read = Contact(raw=raw_of(given))
    if words := given.get("method"):
        read.method = _key("contact_methods", words)
        read.raw.setdefault("method", words)
    if words := given.get("place"):
        read.place = " ".join(words.lower().split())
        read.raw.setdefault("place", words)
    return read


def _key(vocabulary: str, words: str) -> str:
    """The key of a vocabulary that words stand for; words that it does not know are kept, folded, as an item."""
    return circumstances.normalise(vocabulary, words) or _own_words(words)


def _own_words(words: str) -> str:
    return fold(words) or " ".join(words.split())


def _keys(name: str, words: list[str], notes: Notes) -> list[str]:
    """Vocabulary keys of a list of words, each once."""
    items = []
    for one in words:
        check()
        items.append(_key(name, one))
    if words:
        notes.raw.setdefault(name, "; ".join(words))
    return list(dict.fromkeys(item for item in items if item))


def _behaviours(given: dict[str, Any], notes: Notes) -> Behaviours:
    present: dict[str, None] = {}
    absent: dict[str, None] = {}
    known = load("behaviours").entries
    for name in ("present", "absent"):
        words = given.get(name) or []
        if words:
            notes.raw.setdefault(f"behaviours.{name}", "; ".join(words))
        for one in words:
            check()
            signed = (one, True) if one in known else normalise_signed(one)
            key, happened = signed or (_own_words(one), True)
            if key:
                (present if name == "present" and happened else absent)[key] = None
    for key in [key for key in absent if key in present]:
        notes.warnings.append(f"behaviours: “{key}” is given both as present and as absent; it is kept as present")
        del absent[key]
    return Behaviours(present=list(present), absent=list(absent))


FIELDS: dict[str, Callable[[Any, Notes], Any]] = {
    "report_type": report_type,
    "received": received,
    "source": source,
    "language": language,
    "translation": translation,
    "consent": consent,
    "occurred": _occurred,
    "place": _place,
    "contact": _contact,
    "behaviours": _behaviours,
    "offences": partial(_keys, "offences"),
    "weapons": partial(_keys, "weapons"),
    "speech": lambda words, _: [one for one in map(as_said, words) if one],
}
"""How what is given of each field is read, in this order: the date of an incident is read beside `received`."""

PARTS: dict[str, tuple[Callable[..., Any], Callable[[], Any]]] = {
    "suspects": (read_person, Person),
    "vehicles": (read_vehicle, Vehicle),
    "identifiers": (read_identifier, lambda: None),
}
"""How each part of a list is read, and what stands for one on which the program fails."""
