"""The head of a report that is entered by hand: number, kind, source, day received, and what may be shared."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from linkage.intake.assemble.extract import assemble
from linkage.intake.readers import RawRow
from linkage.intake.reject import Reject
from linkage.report import Report

CONSENTS = {
    "alert": "for an alert",
    "police": "to the police, anonymously",
    "scas": "to the Serious Crime Analysis Section (SCAS)",
}
"""What the person who reported may allow, in words."""

_SCRATCH = "being entered"


@dataclass(frozen=True)
class Head:
    """What is not read from the text. A consent that was not answered is None."""

    report_id: str
    received: str = ""
    report_type: str = ""
    follows: str = ""
    source: Mapping[str, str] = field(default_factory=dict)
    consent: Mapping[str, bool | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps a report from being saved: the label of what is meant, and what to do."""

    label: str
    words: str


def proposed_id(received: str | None, taken: Container[str], today: date) -> str:
    """A report number that is not taken: the day it was received and a counter."""
    day = (received or today.isoformat()).replace("-", "")[:8]
    number = 1
    while f"R-{day}-{number:02d}" in taken:
        number += 1
    return f"R-{day}-{number:02d}"


def fill_head(report: Report, head: Head, taken: Container[str], today: date) -> list[Problem]:
    """Fill in what is not read from the text, in place; returns what is wrong or missing."""
    problems: list[Problem] = []
    name = " ".join(head.report_id.split())
    if not name:
        problems.append(Problem("Report number", "give the report a number that no other has"))
    elif name in taken:
        problems.append(Problem("Report number", f"{name} is taken; give the report a number that no other has"))
    if head.follows and head.follows not in taken:
        problems.append(Problem("Same incident as", f"there is no report {head.follows}"))
    for key, label in CONSENTS.items():
        if head.consent.get(key) is None:
            problems.append(Problem("Consent", f"say whether the report may be shared {label}"))
    row = {"received": head.received, "report_type": head.report_type}
    row |= {f"source.{key}": value for key, value in head.source.items()}
    read, refused = read_row(row, today)
    problems += [Problem(one.field.replace("_", " ").capitalize(), refusal_words(one)) for one in refused]
    report.report_id, report.report_type, report.source = name, read.report_type, read.source
    report.received = read.received
    report.follows = head.follows or None
    for key in CONSENTS:
        setattr(report.consent, key, head.consent.get(key) is True)
    return problems


def read_row(row: Mapping[str, Any], today: date) -> tuple[Report, list[Reject]]:
    """What the intake makes of a row that has no number yet, and what it refuses."""
    found, refused = assemble(RawRow("", 0, {"report_id": _SCRATCH, **row}), today)
    assert found is not None  # it has an id
    return found, refused


def refusal_words(refusal: Reject) -> str:
    """Why a value was refused, with the value."""
    return f"“{refusal.value}”: {refusal.reason}"
