"""Checks: no exact place, no full number or plate, nothing kept word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linkage.intake.values import identifier
from linkage.report import Identifier
from linkage.sharing.alert_about import About
from linkage.sharing.alert_rules import has_phrase, marks, plain, rules
from linkage.sharing.alert_values import exact_places, is_outdoors
from linkage.store.alert_record import STOP, WARN, Check

_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.IGNORECASE)
_PLATE = re.compile(r"\b[a-z]{2}\d{2}\s?[a-z]{3}\b|\b[a-z]\d{1,3}\s?[a-z]{3}\b", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SITE = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_FIGURES = re.compile(r"\+?\d(?:[\s().-]{0,3}\d){6,}")
_PARTED = re.compile(r"(?:\d[^\w\s]{1,2}){6,}\d")  # "0/7/7/0/0/9": every figure parted from the next
_CONTACTS = ("email", "username", "website")
_LAST = 7  # figures by which a telephone number is known, whatever stands before
_SHORT = 4  # letters and figures below which a value is compared as a whole word


def exact_place(text: str, about: About) -> Iterator[Check]:
    """House numbers, postcodes, and streets of what happened indoors."""
    rule = "no exact place indoors"
    street = "|".join(re.escape(word) for word in rules()["places"]["street_words"])
    house = re.compile(rf"\b\d{{1,3}}[a-z]?,?\s+(?:[^\W\d]+\s+){{1,2}}(?:{street})\b", re.IGNORECASE)
    room = re.compile(r"\b(?:flat|apartment|room|suite|unit|house|number|no\.?)\s+\d+[a-z]?\b", re.IGNORECASE)
    found = [one[0] for pattern in (_POSTCODE, house) for one in pattern.finditer(text)]
    found += [one[0] for one in room.finditer(text) if not one[0].casefold().startswith("no")]
    for report in about.reports:
        named = [words for words in exact_places(report.place) if has_phrase(text, words)]
        if named and is_outdoors(report.place):
            yield Check("no exact place", WARN, tuple(named), "a street: would its district do?")
        elif named:
            found += named
        code = report.place.postcode or ""
        if len(marks(code)) > _SHORT and marks(code) in marks(text):
            found.append(code)
    if found:
        yield Check(rule, STOP, tuple(dict.fromkeys(found)), "tell the district or town")


def full_number(text: str, about: About) -> Iterator[Check]:
    """Telephone numbers, addresses and plates in full."""
    rule, allowed = "no full number, address or plate", rules()["numbers"]["full"]
    given = [one for report in about.reports for one in report.identifiers]
    patterns = (_FIGURES, _PARTED, _EMAIL, _SITE, _PLATE)
    found = [one[0].strip() for pattern in patterns for one in pattern.finditer(text)]
    found += [one.words(text) for one in identifier.find(text) if one.field in _CONTACTS]
    known = {marks(one.value) for one in given} | {
        marks(v.registration or "") for report in about.reports for v in report.vehicles
    }
    found = [one for one in found if not (allowed and marks(one) in known)]
    if not allowed:
        found += [one.value for one in given if _names(text, one)]
        found += [one for one in _plates(about) if one in marks(text)]
    if found:
        yield Check(rule, STOP, tuple(dict.fromkeys(found)), "tell the last figures or the beginning")


def _names(text: str, one: Identifier) -> bool:
    letters = marks(one.value)
    digits = "".join(letter for letter in letters if letter.isdigit())
    if one.kind == "phone" and len(digits) >= _LAST:
        return digits[-_LAST:] in "".join(letter for letter in text if letter.isdigit() or letter.isalpha())
    return letters in marks(text) if len(letters) > _SHORT else bool(letters) and has_phrase(text, one.value)


def _plates(about: About) -> list[str]:
    """Runs of known characters that are too much of a plate."""
    most = rules()["numbers"]["plate_characters"] + 1
    found = set()
    for report in about.reports:
        for vehicle in report.vehicles:
            for piece in re.split(r"[?*]", vehicle.registration or ""):
                letters = marks(piece)
                found |= {letters[at : at + most] for at in range(len(letters) - most + 1)}
    return sorted(found)


def verbatim(text: str, about: About) -> Iterator[Check]:
    """Runs of words that stand so in a report's own text."""
    most = rules()["lengths"]["narrative_words"] + 1
    words = plain(text).split()
    known = set()
    for narrative in about.narratives:
        its = plain(narrative).split()
        known |= {tuple(its[at : at + most]) for at in range(len(its) - most + 1)}
    runs = (tuple(words[at : at + most]) for at in range(len(words) - most + 1))
    found = tuple(dict.fromkeys(" ".join(run) for run in runs if run in known))
    if found:
        yield Check("nothing word for word", STOP, found, f"more than {most - 1} words of a report's own text")
