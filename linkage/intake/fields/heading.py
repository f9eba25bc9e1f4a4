"""What stands at the head of a report: type, when it was received, language, source, translation and consent.

Each takes what a field gives and the notes of its row; words that name nothing are refused there.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from linkage.intake.document.language import normalise
from linkage.intake.fields.parts import Notes
from linkage.intake.fields.plain_row import consents
from linkage.intake.fields.reporter_details import private_details, without
from linkage.intake.patterns import compiled
from linkage.intake.readers.column_names import cure
from linkage.intake.reject import shorten
from linkage.intake.values.times import dates
from linkage.report import Consent, Source, Translation
from linkage.vocabulary.loader import fold, load

SLIP = 85.0
"""rapidfuzz ratio from which words are a known word with a slip of the pen [G]: one letter in seven."""

_GRADES = ("evaluation", "assessment", "handling")
_GRADE_ALONE = compiled(r"(?:grade|code|source|level)?\s*([1-3a-ep])(?:\.0)?(?:\s*[-:–=(,].*)?")
_FILLER = compiled(r"\b(?:report|form|type|an?|the|earlier|previous|to)\b")


def report_type(words: str, notes: Notes) -> str | None:
    """One of the four types, or None with a refusal for words that name none."""
    notes.raw.setdefault("report_type", words)
    types = load("report_types")
    folded = fold(words.replace("_", " "))
    bare = " ".join(_FILLER.sub(" ", folded).split())
    several = {found for word in bare.split() if len(word) > 3 and (found := types.find(word, SLIP))}
    kind = types.find(folded) or types.find(bare, SLIP) or (several.pop() if len(several) == 1 else None)
    if kind is None:
        notes.refuse("report_type", words, f"not one of the four types; {cure('report_type')}")
    return kind


def language(words: str, notes: Notes) -> str | None:
    """The code of the narrative's language, or None with a refusal for words that name none."""
    code = normalise(words)
    if code is None:
        notes.raw.setdefault("language", words)
        notes.refuse("language", words, "no language is called so; give its code, as en or ro (ISO 639-1)")
    return code


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
    reason = f"names no single day; {cure('received')}"
    try:
        days = dates.normalise(words, None, notes.today) if words else None
        if days is not None and days.first == days.last:
            return days.first
    except dates.UnusableDate as unusable:
        reason = str(unusable)
    if words:
        notes.refuse("received", words, reason)
    return None


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
        known, alone = _grade_words(name), _GRADE_ALONE.fullmatch(words.strip().lower())
        grade = known.get(fold(words)) or (known.get(alone[1]) if alone else None)
        if grade is None:
            notes.refuse(f"source.{name}", words, f"not one of the grades; {cure(f'source.{name}')}")
        else:
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
        says = consents(words, name)
        if says is None:
            words = without(words, private_details(words))
            notes.refuse(f"consent.{name}", words, f"neither a plain yes nor a plain no; {cure('consent')}")
        else:
            read[name] = says
        notes.raw.setdefault(f"consent.{name}", words)
    return Consent.model_validate(read)
