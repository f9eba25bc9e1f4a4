"""What stands at the head of a report: type, what it follows, when it was received, source and consent."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

from linkage.intake.facts import dates
from linkage.intake.language import normalise
from linkage.intake.names import cure
from linkage.intake.parts import Told
from linkage.intake.patterns import compiled
from linkage.intake.reject import shorten
from linkage.intake.reporter_details import private_details, without
from linkage.intake.values import consents
from linkage.report import Consent, Source, Translation
from linkage.vocabulary.loader import fold, load

SLIP = 85.0
"""rapidfuzz ratio from which words are a known word with a slip of the pen [G]: one letter in seven."""

_GRADES = ("evaluation", "assessment", "handling")
_GRADE_ALONE = compiled(r"(?:grade|code|source|level)?\s*([1-3a-ep])(?:\.0)?(?:\s*[-:–=(,].*)?", re.IGNORECASE)
_FILLER = compiled(r"\b(?:report|form|type|an?|the|earlier|previous|to)\b")


def report_type(words: str | None, raw: dict[str, str], told: Told) -> str | None:
    """One of the four types, or None with a refusal for words that name none."""
    if words is None:
        return None
    raw.setdefault("report_type", words)
    types = load("report_types")
    folded = fold(words.replace("_", " "))
    bare = " ".join(_FILLER.sub(" ", folded).split())
    kind = types.find(folded) or types.find(bare) or types.find(bare, SLIP) or _named(bare)
    if kind is None:
        told.refuse("report_type", words, f"not one of the four types; {cure('report_type')}")
    return kind


def language(words: str | None, raw: dict[str, str], told: Told) -> str | None:
    """The code of the narrative's language, or None with a refusal for words that name none."""
    code = normalise(words)
    if words and code is None:
        raw.setdefault("language", words)
        told.refuse("language", words, "no language is called so; give its code, as en or ro (ISO 639-1)")
    return code


def translation(given: dict[str, Any], told: Told, today: date) -> Translation | None:
    """The narrative in English, where one is given."""
    if not given.get("text"):
        if given:
            told.refuse("translation", str(given), "a translation without its text is left out")
        return None
    day = received(given.get("date"), {}, told, today)
    return Translation(
        text=given["text"],
        translator=given.get("translator") or "not known",
        checked=bool(given.get("checked")),
        date=day,
    )


def _named(words: str) -> str | None:
    """The one type that a word among several names, with slips of the pen: "full reprot"."""
    kinds = {kind for word in words.split() if len(word) > 3 and (kind := load("report_types").find(word, SLIP))}
    return kinds.pop() if len(kinds) == 1 else None


def follows(words: str | None, report_id: str, raw: dict[str, str], told: Told) -> str | None:
    """The report that this one belongs to; itself is refused."""
    if words == report_id:
        told.refuse("follows", words, "a report cannot follow itself; name the report it belongs to")
        raw.setdefault("follows", words)
        return None
    return words


def received(words: str | None, raw: dict[str, str], told: Told, today: date) -> str | None:
    """The day the report was made; words that name no single day are refused."""
    if words is None:
        return None
    raw.setdefault("received", words)
    try:
        days = dates.normalise(words, None, today)
    except dates.UnusableDate as reason:
        told.refuse("received", words, str(reason))
        return None
    if days is None or days.first != days.last:
        told.refuse("received", words, f"names no single day; {cure('received')}")
        return None
    return days.first


def source(given: dict[str, Any], raw: dict[str, str], told: Told) -> Source:
    """Kind and grades of the source. A kind that is none of the named ones is `other`, its words stay in `raw`."""
    read: dict[str, Any] = {}
    if words := given.get("kind"):
        raw.setdefault("source.kind", words)
        kinds = load("source_kinds")
        folded = fold(words.replace("_", " "))
        read["kind"] = kinds.find(folded) or kinds.find(folded, SLIP) or "other"
        if read["kind"] == "other" and not kinds.find(folded, SLIP):
            told.warnings.append(f"source.kind: “{shorten(words)}” is none of the kinds; it is kept as other")
    for name in _GRADES:
        words = given.get(name)
        if words is None:
            continue
        raw.setdefault(f"source.{name}", words)
        grade = _grade(name, words)
        if grade is None:
            told.refuse(f"source.{name}", words, f"not one of the grades; {cure(f'source.{name}')}")
        else:
            read[name] = int(grade) if name == "evaluation" else grade
    return Source.model_validate(read)


@cache
def _grade_words(name: str) -> dict[str, str]:
    """Folded words of one of the three gradings -> its grade."""
    found: dict[str, str] = {}
    for entry in load("source_grades").entries.values():
        if entry.data["grade"] == name:
            key = str(entry.data.get("key", entry.key))
            found |= {fold(words): key for words in (key, entry.label, *entry.synonyms)}
    return found


def _grade(name: str, words: str) -> str | None:
    known = _grade_words(name)
    alone = _GRADE_ALONE.fullmatch(words.strip())
    return known.get(fold(words)) or (known.get(alone[1].lower()) if alone else None)


def consent(given: dict[str, Any], raw: dict[str, str], told: Told) -> Consent:
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
            told.refuse(f"consent.{name}", words, f"neither a plain yes nor a plain no; {cure('consent')}")
        else:
            read[name] = says
        raw.setdefault(f"consent.{name}", words)
    return Consent.model_validate(read)
