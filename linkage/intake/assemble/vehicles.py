"""The vehicles of the reported people in a narrative, each with the plate that is told of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from linkage.intake.document.document import Document, read_document
from linkage.intake.fields.vehicle import vehicle_of
from linkage.intake.finding import SURE, Finding
from linkage.intake.judge.plates import find_plates
from linkage.intake.judge.vehicles import believed, used_vehicles
from linkage.intake.patterns import PatternTable
from linkage.intake.phrases.surface import plain
from linkage.intake.values.people.describe import unite
from linkage.intake.values.vehicles.registration import joined
from linkage.intake.values.vehicles.vehicle_look import attach_features
from linkage.intake.values.vehicles.vehicle_mentions import findings, mentions
from linkage.intake.values.vehicles.vehicle_words import tokens_of
from linkage.report import Report, Vehicle

_SAID = PatternTable("vehicles")
_BEFORE_NAME = ("age_identifier", "before_cue")
"""Rules of plates that stand before the name of their vehicle: "a 55-reg Focus"."""
_BACK = 80
"""Characters back in which words that lead up to a vehicle may begin [G]."""
_NEXT = 12  # [G] characters between such a plate and its vehicle


def read_vehicles(report: Report, text: str) -> None:
    """Lay the vehicles that a reported person used beside those that the report holds, in place."""
    found: list[Vehicle] = []
    for group in _reported_vehicles(read_document(text)):
        one = vehicle_of(group, text)
        if not _filled(found, one):
            found.append(one)
    for one in found:
        named = one.make or one.model or one.registration or one.colour
        if not _filled(report.vehicles, one) and (named or (one.body and not report.vehicles)):
            report.vehicles.append(one)


def _filled(vehicles: list[Vehicle], read: Vehicle) -> bool:
    """Whether one of the vehicles may be the one that was read, which then fills what that lacks."""
    same = next((known for known in vehicles if not known.differs(read)), None)
    if same is not None:
        fill_vehicle(same, read)
    return same is not None


def find_vehicles(text: str) -> list[list[Finding]]:
    """Make, model, colour, body and features that each mention of a vehicle tells, in order, whosever they are.

    Each has the span of its own words. A bare "car" is found with low confidence.
    """
    tokens = tokens_of(text)
    groups = [told for one in mentions(tokens) if (told := findings(tokens, believed(tokens, one)))]
    attach_features(plain(text), groups, strict=True)
    return sorted(groups, key=lambda found: found[0].start)


def found_vehicles(text: str) -> list[list[Finding]]:
    """What each mention of a vehicle tells, and each plate by itself, in order, whosever they are."""
    every = [*find_vehicles(text), *([plate] for plate in find_plates(text))]
    return sorted(every, key=lambda group: min(one.start for one in group))


def _reported_vehicles(document: Document) -> list[list[Finding]]:
    """The findings of each mention of a vehicle that a reported person used, with the plates that are told of it."""
    text, every = document.text, found_vehicles(document.text)
    his = {id(group): used for group, used in zip(every, used_vehicles(document, every), strict=True)}
    plates = [group for group in every if len(group) == 1 and group[0].field == "registration"]
    named = [group for group in every if group not in plates]
    mine, others = ([g for g in named if his[id(g)] is is_his] for is_his in (True, False))
    groups = [sure for g in mine if (sure := [f for f in g if _sure(f, text)])]
    others = [g for g in others if any(_sure(f, text) for f in g) or not _goes_back(g[0].start, text)]
    spoken_of = sorted(_named(groups, True) + _named(others, False), key=lambda one: one.group[0].start)
    for plate in plates:
        if not _lay_plate(plate[0], spoken_of, document.sentences) and his[id(plate)]:
            groups.append(plate)
    return groups


class _Named(NamedTuple):
    """A mention of a vehicle by more than its plate and features, where that stands, and whether it is a reported
    person's."""

    group: list[Finding]
    first: int
    last: int
    his: bool


def _named(groups: list[list[Finding]], his: bool) -> list[_Named]:
    spans = ((group, _span(group)) for group in groups)
    return [_Named(group, *span, his) for group, span in spans if span is not None]


def _lay_plate(plate: Finding, named: list[_Named], sentences: Sequence[int]) -> bool:
    """Add a plate to the vehicle that it is told of; True also where that is somebody else's ("my Fiesta, AB12 CDE").

    Who saw a plate says nothing about whose it is: the vehicle it stands with decides.
    """
    one = _of_plate(plate, named, sentences)
    if one is None:
        return False
    if not one.his:
        return True
    group = one.group
    known = next((f for f in group if f.field == "registration"), None)
    if known is None:
        group.append(plate)
        return True
    both = joined(str(known.value), str(plate.value))
    if both is not None:
        group[group.index(known)] = replace(known, value=both, end=max(known.end, plate.end))
    return both is not None


def _of_plate(plate: Finding, named: list[_Named], sentences: Sequence[int]) -> _Named | None:
    """The mention of a vehicle that a plate is told of: in its words, in its sentence, else the last before it."""
    within = next((one for one in named if plate.start <= one.first and one.last <= plate.end), None)
    if within is not None:
        return within
    close = (one for one in named if 0 <= one.first - plate.end <= _NEXT and plate.rule in _BEFORE_NAME)
    follows = next(close, None)
    if follows is not None:
        return follows
    sentence = bisect_right(sentences, plate.start) - 1
    before = [one for one in named if one.first < plate.start]
    here = [one for one in before if one.first >= sentences[sentence]]
    if here:
        return here[-1]
    previous = sentences[max(0, sentence - 1)]
    his_before = any(one.his for one in before)
    for one in reversed(before):
        told = any(f.field in ("make", "model", "colour") for f in one.group)
        if one.his or not his_before or (told and one.first >= previous):
            return one
    return min(named, key=lambda one: one.first - plate.end, default=None)


def _span(group: list[Finding]) -> tuple[int, int] | None:
    """Where a mention stands, its features left aside; None where it is nothing but features."""
    named = [f for f in group if f.field not in ("features", "registration")]
    return (min(f.start for f in named), max(f.end for f in named)) if named else None


def _goes_back(start: int, text: str) -> bool:
    """Whether the vehicle at `start` was told of before."""
    return _SAID["the_same"].search(text, max(0, start - _BACK), start) is not None


def _sure(finding: Finding, text: str) -> bool:
    """Whether a finding counts: "car" alone does where it is driven."""
    back = max(0, finding.start - _BACK)
    return finding.confidence >= SURE or _SAID["drives"].search(text, back, finding.start) is not None


def fill_vehicle(known: Vehicle, read: Vehicle) -> None:
    """Take from `read` what `known` lacks, with words and spans."""
    for field in ("make", "model", "colour", "body", "registration"):
        if getattr(read, field) and (not getattr(known, field) or (field == "body" and known.body == "car")):
            setattr(known, field, getattr(read, field))
            _provenance(known, read, field)
    if new := unite(known.features, read.features):
        known.features += new
        _provenance(known, read, "features")


def _provenance(known: Vehicle, read: Vehicle, field: str) -> None:
    if field in read.raw:
        known.raw[field] = "; ".join(dict.fromkeys(w for w in (known.raw.get(field), read.raw[field]) if w))
    if field in read.spans:
        known.spans[field] = [*known.spans.get(field, []), *read.spans[field]]
