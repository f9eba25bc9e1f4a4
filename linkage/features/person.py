"""The reported person: what witnesses say they looked and sounded like."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from linkage.features.category import CategoryEvidence
from linkage.features.evidence import Evidence
from linkage.features.marks import MarkEvidence
from linkage.features.number import RangeEvidence
from linkage.features.words import TokenEvidence
from linkage.report import Person, Report
from linkage.vocabulary import load

BODY, FACE, MANNER = "person_body", "person_face", "person_manner"


def _hair(part: str, person: Person) -> list[str]:
    return list(getattr(person.hair, part)) if person.hair else []


HAIR = "has hair"
"""Style of a head of which only the colour of its hair is told."""


def _style(person: Person) -> list[str]:
    """Style of the hair; where its colour alone is told, that there is hair."""
    return _hair("style", person) or ([HAIR] if _hair("colour", person) else [])


@cache
def _bare() -> frozenset[str]:
    """Styles of heads without hair."""
    return frozenset(entry.label for entry in load("hair_styles").entries.values() if entry.data.get("bare"))


def _glasses(person: Person) -> list[str]:
    return [] if person.glasses is None else [str(person.glasses).lower()]


def _stands_for_ethnicity(accent: str) -> bool:
    """Accents the vocabulary does not name as of the British Isles may stand for ethnicity: sensitive."""
    vocabulary = load("accents")
    key = vocabulary.find(accent)
    return key is None or bool(vocabulary.entries[key].data.get("sensitive", False))


def _accents(person: Person, sensitive: bool) -> list[str]:
    return [accent for accent in person.accent if _stands_for_ethnicity(accent) is sensitive]


def _phrases(field: str) -> Callable[[Report], list[list[str]]]:
    """Reads one list field of every reported person that has it."""
    return lambda report: [told for person in report.suspects if (told := getattr(person, field))]


PERSON: list[Evidence] = [
    CategoryEvidence(
        "sex",
        "Sex",
        BODY,
        "Perceived sex of the reported person.",
        read_choices=lambda r: [[p.sex] if p.sex else [] for p in r.suspects],
    ),
    RangeEvidence(
        "age",
        "Age",
        BODY,
        "Perceived age as an interval, with the witness's error.",
        read_ranges=lambda r: [p.age for p in r.suspects],
        lowest=14,
        highest=85,
        unit=" years",
    ),
    RangeEvidence(
        "height",
        "Height",
        BODY,
        "Perceived height as an interval, with the witness's error.",
        read_ranges=lambda r: [p.height_cm for p in r.suspects],
        lowest=145,
        highest=215,
        unit=" cm",
    ),
    CategoryEvidence(
        "build",
        "Build",
        BODY,
        "Perceived build; neighbouring builds are often confused.",
        read_choices=lambda r: [p.build for p in r.suspects],
    ),
    CategoryEvidence(
        "hair_colour",
        "Hair colour",
        FACE,
        "Colour of the hair that there is; changes and confusions allowed for.",
        read_choices=lambda r: [_hair("colour", p) for p in r.suspects],
    ),
    CategoryEvidence(
        "hair_style",
        "Hair style",
        FACE,
        "Hair style, or that there is hair where only its colour is told; it changes over months.",
        read_choices=lambda r: [_style(p) for p in r.suspects],
        broad=(HAIR, lambda style: style not in _bare()),
    ),
    CategoryEvidence(
        "facial_hair",
        "Facial hair",
        FACE,
        "Facial hair; it changes within weeks.",
        read_choices=lambda r: [p.facial_hair for p in r.suspects],
    ),
    CategoryEvidence(
        "glasses",
        "Glasses",
        FACE,
        "Glasses worn or not; sunglasses do not count.",
        read_choices=lambda r: [_glasses(p) for p in r.suspects],
    ),
    CategoryEvidence(
        "eyes",
        "Eyes",
        FACE,
        "Eye colour.",
        read_choices=lambda r: [[p.eyes] if p.eyes else [] for p in r.suspects],
    ),
    CategoryEvidence(
        "ethnicity",
        "Perceived ethnicity",
        "ethnicity",
        "Ethnicity as the witness perceived it.",
        sensitive=True,
        read_choices=lambda r: [p.ethnicity for p in r.suspects],
        vocabulary="ethnicities",
    ),
    CategoryEvidence(
        "complexion",
        "Perceived complexion",
        "ethnicity",
        "Complexion as the witness perceived it.",
        sensitive=True,
        read_choices=lambda r: [[p.complexion] if p.complexion else [] for p in r.suspects],
    ),
    CategoryEvidence(
        "accent",
        "Accent",
        MANNER,
        "Regional accent of the British Isles.",
        read_choices=lambda r: [_accents(p, False) for p in r.suspects],
    ),
    CategoryEvidence(
        "accent_other",
        "Accent (other)",
        "ethnicity",
        "Accent that may stand for ethnicity.",
        sensitive=True,
        read_choices=lambda r: [_accents(p, True) for p in r.suspects],
    ),
    MarkEvidence(
        "marks",
        "Marks",
        "person_marks",
        "Tattoos, scars, teeth and other lasting marks, on a side and part of the body that may be the same.",
        read_phrases=_phrases("marks"),
    ),
    TokenEvidence(
        "clothing",
        "Clothing",
        MANNER,
        "Clothing and other things worn.",
        read_phrases=_phrases("clothing"),
    ),
    TokenEvidence(
        "names_used",
        "Name used",
        "identifier",
        "Names the reported person gave.",
        read_phrases=lambda r: [told for person in r.suspects if (told := r.names_of(person))],
    ),
]
