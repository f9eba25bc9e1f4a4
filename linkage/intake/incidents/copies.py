"""Copies of one account: reports that differ in nothing but who sent them and when. A form that was sent many times
makes nothing common, and its copies are no crowd. Perceived ethnicity and complexion decide nothing here either."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linkage.report import Person, Report

LONG = 40
"""Characters of a narrative by which an account is known again [G]."""
DETAILED = 6
"""Things told of people, vehicles and deeds by which an account without such a narrative is known again [G]: five
reports of one day that tell nothing but "male, robbery" may be of five evenings."""

_COMPARED = {
    *("occurred", "place", "contact", "offences", "behaviours", "suspects", "vehicles", "identifiers", "weapons"),
    *("speech", "narrative"),
}
_WORDS = {"raw", "spans"}
_ELSEWHERE = {*_WORDS, "ethnicity", "complexion", "other"}
"""What is left out of a person: `other` may name what is perceived once more."""
_LEFT_OUT: dict[str, Any] = {
    **dict.fromkeys(("occurred", "place", "contact"), _WORDS),
    **{"suspects": {"__all__": _ELSEWHERE}, "vehicles": {"__all__": _WORDS}},
}
_OF_A_PERSON = Person.model_fields.keys() - {*_ELSEWHERE, "sex"}


def originals(reports: Iterable[Report]) -> Mapping[str, str]:
    """For the id of each report that of the first account (in the order of ids) which it copies, else its own."""
    first: dict[str, str] = {}
    found: dict[str, str] = {}
    for report in sorted(reports, key=lambda one: one.report_id):
        name = report.report_id
        if _is_known_again(report):
            name = first.setdefault(report.model_dump_json(include=_COMPARED, exclude=_LEFT_OUT), name)
        found[report.report_id] = name
    return found


def _is_known_again(report: Report) -> bool:
    if report.occurred.days is None and report.place.text is None:
        return False
    return len(report.narrative or "") >= LONG or _details(report) >= DETAILED


def _details(report: Report) -> int:
    """How many things a report tells apart from where and when."""
    people = sum(bool(getattr(person, name)) for person in report.suspects for name in _OF_A_PERSON)
    vehicles = sum(
        bool(value)
        for one in report.vehicles
        for value in (one.make, one.model, one.colour, one.body, one.registration)
    )
    deeds = len(report.behaviours.present) + len(report.weapons) + len(report.speech)
    return people + vehicles + deeds + len(report.identifiers)
