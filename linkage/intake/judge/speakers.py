"""Whether the subject of a verb is a reported person."""

from __future__ import annotations

from linkage.intake.document.document import Document
from linkage.intake.judge.linear import learned
from linkage.intake.judge.surroundings import Candidate, Surroundings
from linkage.intake.mentions.people import find_people

_LIKELY = 0.5
"""Chance from which a subject is a reported person [G]."""


def reported_subject(document: Document, start: int, end: int) -> bool | None:
    """Whether the last subject between two characters is a reported person (True) or a bystander (False).

    None where that is not sure, or nobody stands there.
    """
    there = (one for one in reversed(find_people(document)) if start <= one.start < end)
    subject = next((one for one in there if one.place == "subject" and not one.possessive and one.kind != "i"), None)
    if subject is None or subject.kind == "harmed":
        return None
    around = Surroundings(document, [Candidate("pronoun", subject.start, subject.end, subject.sex or "")])
    if learned("owner").chance(around.of(0)) >= _LIKELY:
        return True
    return False if subject.kind == "bystander" else None
