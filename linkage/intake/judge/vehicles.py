"""Which vehicles of a text a reported person used."""

from __future__ import annotations

from collections.abc import Sequence

from linkage.intake.budget import check
from linkage.intake.document.document import Document
from linkage.intake.facts.finding import Finding
from linkage.intake.judge.linear import learned
from linkage.intake.judge.people import names_nobody_else
from linkage.intake.judge.surroundings import Candidate, Surroundings
from linkage.intake.mentions.people import find_people

USED = 0.7
"""Chance from which a vehicle is a reported person's [G]: one wrongly given harms more than one missed."""
USED_ALONE = 0.5
"""The same where the text names nobody else whose it could be [G]."""
_TELLING = ("make", "model", "registration")
"""Fields by which two mentions are of one vehicle."""
_MENTIONS = 5
"""Other mentions of one vehicle that count [G]."""
_AGAIN = ("sentence ", "last0 ", "opens ", "subject ", "before ")
"""Features of another mention of the same vehicle that count too: "the Micra was found burnt out"."""

Group = Sequence[Finding]
"""All that one mention of a vehicle tells."""


def features_of_vehicles(document: Document, groups: Sequence[Group]) -> list[set[str]]:
    """The features of each mention of a vehicle or a plate, those of its other mentions told apart."""
    around = Surroundings(document, [_candidate(group) for group in groups])
    alone = [around.of(at) for at in range(len(groups))]
    told = [{str(one.value) for one in group if one.field in _TELLING} for group in groups]
    again = [{f"again {name}" for name in features if name.startswith(_AGAIN)} for features in alone]
    found: list[set[str]] = []
    for at, features in enumerate(alone):
        check()
        every = {*features, *(f"tells {one.field}" for one in groups[at])}
        same = [other for other, values in enumerate(told) if other != at and values & told[at]]
        found.append(every.union(*(again[other] for other in same[:_MENTIONS])))
    return found


def used_vehicles(document: Document, groups: Sequence[Group]) -> list[bool]:
    """Whether a reported person used each."""
    least = least_chance(document)
    if not least:
        return [True for _ in groups]
    return [learned("vehicle").chance(features) >= least for features in features_of_vehicles(document, groups)]


def least_chance(document: Document) -> float:
    """The chance from which on a vehicle of a text is a reported person's."""
    people = find_people(document)
    if not people:  # notes and questions: what else would they tell of
        return 0.0
    own = any(one.kind == "i" and one.possessive for one in people)
    return USED_ALONE if not own and names_nobody_else(document) else USED


def _candidate(group: Group) -> Candidate:
    told = [one for one in group if one.field != "features"] or group
    plate = all(one.field == "registration" for one in told)
    start, end = min(one.start for one in told), max(one.end for one in told)
    return Candidate("plate" if plate else "vehicle", start, end)
