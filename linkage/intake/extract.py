"""Free text -> facts of the reported person: a narrative read beside the fields, an alert read alone."""

from __future__ import annotations

import re
from datetime import date
from functools import partial

from rapidfuzz import fuzz

from linkage.intake.belief import deeds
from linkage.intake.belief import person as belief
from linkage.intake.describe import describe, lay_beside, likeness, unite
from linkage.intake.facts import (
    behaviour,
    identifier,
    likewise,
    names_used,
    offence,
    person,
    registration,
    speech,
    vehicle,
    vehicle_look,
    weapon,
)
from linkage.intake.facts.finding import Finding
from linkage.intake.mention import MALE, REPORTED, reported_subject
from linkage.intake.parts import vehicle_of
from linkage.intake.readers.encoding import clean
from linkage.intake.setting import read_setting
from linkage.intake.whose import Whose
from linkage.report import Identifier, Person, Report, Vehicle

SURE = 0.5
"""Findings below this confidence are left out [G]."""

_DRIVES = re.compile(r"\b(?:drives|drove|driving)\s+(?:an?|the|his)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_RIDES = re.compile(r"\b(?:rides|rode|riding|on)\s+(?:an?|the|his)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_THEN_COLOUR = re.compile(
    r"[^.!?\n]{0,40}\.\s+(?:it was\s+)?(?P<colour>(?:(?:dark|light|pale|bright|metallic)\s+)?[a-z]{3,8})"
    r"(?=\s*,?\s+(?:reg|plate|in colour))",
    re.IGNORECASE,
)
_SEX_SAID = {"he": "male", "she": "female"}
"""Kind of pronoun -> the sex it tells."""

_SAME_SPEECH = 85.0
"""rapidfuzz partial ratio at which two utterances are one [G]."""


def extract_report(
    text: str, report_id: str | None = None, received: str | None = None, today: date | None = None
) -> Report:
    """The canonical report of one alert in plain words; each value keeps its character span in `narrative`.

    `received` (ISO 8601) is the day of the report, to read "last Friday" against. Nothing is raised for any text.
    """
    report = Report(report_id=report_id or "", narrative=clean(text) or None, received=received)
    read_narrative(report, today or date.today())
    return report


def read_narrative(report: Report, today: date) -> None:
    """Read `report.narrative` into the report, in place.

    A value given by a field stands; the narrative fills what is missing and adds to lists. Where both speak and
    contradict each other, the field is kept and a warning tells it.
    """
    text = report.narrative
    if not text:
        return
    known = report.suspects[0].sex if len(report.suspects) == 1 else None
    whose = Whose.read(text, known)
    warnings = read_setting(report, text, today)
    warnings += _read_people(report, text, whose)
    _read_vehicles(report, text, whose)
    _read_identifiers(report, text, whose)
    warnings += _read_behaviours(report, text, whose)
    _read_lists(report, text, whose)
    report.warnings += [warning for warning in warnings if warning not in report.warnings]


def _read_people(report: Report, text: str, whose: Whose) -> list[str]:
    found = [f for f in sorted(person.find(text), key=lambda f: (f.start, f.end)) if f.confidence >= SURE]
    told = [whose.person(*(finding.about or (finding.start, finding.end))) for finding in found]
    belongs: dict[int, list[Finding]] = {}
    for finding, owners in zip(found, belief.belongs_to(found, told, whose), strict=True):
        booked = not owners and finding.rule == names_used.BOOKED and whose.count() == 1
        for index in (0,) if booked else owners:
            belongs.setdefault(index, []).append(finding)
    _sex_of_pronouns(belongs, whose)
    likewise.resolve(belongs)
    described = [(index, belongs.get(index, [])) for index in range(max(belongs, default=-1) + 1)]
    read = [describe(found, text, f"suspects.{index + 1}") for index, found in described]
    people = [one for one, _ in read]
    warnings = [warning for _, said in read for warning in said]
    return warnings + _lay_people(report, people)


def _sex_of_pronouns(belongs: dict[int, list[Finding]], whose: Whose) -> None:
    """ "he", or "the third" of several men, tells the sex of the reported person where nothing else does."""
    for mention in whose.people:
        sex = mention.sex if mention.kind in ("member", "number") else _SEX_SAID.get(mention.kind)
        sex = MALE if mention.words == "mate" else sex
        if sex is None or mention.role != REPORTED or len(mention.people) != 1:
            continue
        found = belongs.setdefault(next(iter(mention.people)), [])
        if not any(f.field == "sex" and not f.negated for f in found):
            found.append(Finding("sex", sex, mention.start, mention.end, "pronoun", 0.8))


def _lay_people(report: Report, people: list[Person]) -> list[str]:
    """Each described person beside the field's person that fits best; those that are left are added."""
    if not report.suspects:
        report.suspects = people
        return []
    warnings: list[str] = []
    free = list(range(len(report.suspects)))
    for index, read in enumerate(people):
        if not free:
            if _says_more_than_sex(read):
                report.suspects.append(read)
            continue
        best = max(free, key=lambda at: (likeness(report.suspects[at], read), at == index, -at))
        free.remove(best)
        warnings += lay_beside(report.suspects[best], read, f"suspects.{best + 1}")
    return warnings


def _says_more_than_sex(read: Person) -> bool:
    return any(field != "sex" for field in read.spans)


def _read_vehicles(report: Report, text: str, whose: Whose) -> None:
    groups = _reported_vehicles(text, whose)
    found: list[Vehicle] = []
    for group in groups:
        one = vehicle_of(group, text)
        same = next((known for known in found if not vehicles_differ(known, one)), None)
        if same is None:
            found.append(one)
        else:
            fill_vehicle(same, one)
    for one in found:
        same = next((known for known in report.vehicles if not vehicles_differ(known, one)), None)
        if same is not None:
            fill_vehicle(same, one)
        elif one.make or one.model or one.registration or one.colour or (one.body and not report.vehicles):
            report.vehicles.append(one)


def _reported_vehicles(text: str, whose: Whose) -> list[list[Finding]]:
    """The findings of each mention of a vehicle that a reported person used, with the plate that stands by it."""
    named = [[f for f in group if not f.negated] for group in vehicle.find_vehicles(text)]
    plates = [[plate] for plate in registration.find(text)]
    mine: list[list[Finding]] = []
    others: list[list[Finding]] = []
    for group in sorted((g for g in [*named, *plates] if g), key=lambda g: min(f.start for f in g)):
        his = whose.vehicle(min(f.start for f in group), max(f.end for f in group))
        (mine if his else others).append(group)
    groups = [kept for g in mine if g not in plates and (kept := [f for f in g if _sure(f, text)])]
    for group in groups:
        group.extend(_colour_after(text, group))
    for plate in (g for g in mine if g in plates):
        near = min([*groups, *others], key=lambda g: _apart(g, plate[0]), default=None)
        if near in others:
            continue  # "my red Fiesta, AB12 CDE"
        if near is None or any(f.field == "registration" for f in near):
            groups.append(plate)
        else:
            near.extend(plate)
    return groups


def _sure(finding: Finding, text: str) -> bool:
    """Whether a finding counts: a body alone ("bike") does where it is driven or ridden."""
    ridden = finding.value in ("bicycle", "motorcycle") and _RIDES.search(text, 0, finding.start) is not None
    return finding.confidence >= SURE or ridden or _DRIVES.search(text, 0, finding.start) is not None


def _apart(group: list[Finding], plate: Finding) -> int:
    return min(abs(f.start - plate.start) for f in group)


def _colour_after(text: str, group: list[Finding]) -> list[Finding]:
    """The colour that the sentence after a make or model begins with: "a Volvo. Dark green, reg ..." """
    named = any(f.field in ("make", "model") for f in group) and not any(f.field == "colour" for f in group)
    said = _THEN_COLOUR.match(text, max(f.end for f in group)) if named else None
    if said is None:
        return []
    colours = vehicle_look.normalise_colour(said["colour"]) or []
    return [Finding("colour", one, *said.span("colour"), "colour_after", 0.7) for one in colours]


def vehicles_differ(one: Vehicle, other: Vehicle) -> bool:
    """Whether two descriptions cannot be of one vehicle."""
    for field in ("make", "model", "registration"):
        known, read = getattr(one, field), getattr(other, field)
        if (
            known
            and read
            and known != read
            and not (field == "registration" and ("?" in known + read or "*" in known + read))
        ):
            return True
    if one.colour and other.colour and not set(one.colour) & set(other.colour):
        return True
    bodies = {one.body, other.body} - {None, "car", "taxi", "hatchback", "saloon", "estate"}
    return (bool(one.body and other.body) and len(bodies) > 1) or (
        one.body != other.body and "van" in bodies and bool(one.body and other.body)
    )


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


def _read_identifiers(report: Report, text: str, whose: Whose) -> None:
    known = {(one.kind, one.value) for one in report.identifiers}
    for finding in identifier.find(text):
        if (
            finding.negated
            or finding.confidence < SURE
            or (finding.field, finding.value) in known
            or not whose.identifier(finding.start)
        ):
            continue
        known.add((finding.field, finding.value))
        span = (finding.start, finding.end)
        report.identifiers.append(
            Identifier(
                kind=finding.field, value=finding.value, raw={"value": finding.words(text)}, spans={"value": [span]}
            )
        )


def _read_behaviours(report: Report, text: str, whose: Whose) -> list[str]:
    by_others = [f for f in behaviour.find(text) if _by_others(f, whose)]
    found = deeds.told_of(text, whose, by_others)
    happened = {f.value for f in found if not f.negated}
    both = report.behaviours
    warnings: list[str] = []
    for finding in found:
        key, words = str(finding.value), finding.words(text)
        if finding.negated:
            if key not in happened and key not in both.absent and key not in both.present:
                both.absent.append(key)
                _tell(report, f"behaviours.absent.{len(both.absent)}", finding, text)
        elif key in both.absent and not any(key in w for w in warnings) and key not in _read_here(report):
            warnings.append(
                f"behaviours: “{key}” is given as absent, the narrative says “{words}”; the field is kept"
            )
        elif key not in both.present and key not in both.absent:
            both.present.append(key)
            _tell(report, f"behaviours.present.{len(both.present)}", finding, text)
    return warnings


def _by_others(finding: Finding, whose: Whose) -> bool:
    """Whether a bystander did what would be the reported person's deed."""
    entry = behaviour.vocabulary().entries[str(finding.value)]
    his = entry.data.get("actor", "him") == "him" and not finding.negated
    return his and whose.done_by_bystander(finding.start)


def _read_here(report: Report) -> set[str]:
    return {
        report.behaviours.absent[int(name.rpartition(".")[2]) - 1]
        for name in report.spans
        if name.startswith("behaviours.absent.")
    }


def _tell(report: Report, path: str, finding: Finding, text: str) -> None:
    """Words and span of an item of a list, under its dotted name counted from 1."""
    report.raw[path] = finding.words(text)
    report.spans[path] = [(finding.start, finding.end)]


def _read_lists(report: Report, text: str, whose: Whose) -> None:
    for name, grammar, items in (("weapons", weapon, report.weapons), ("offences", offence, report.offences)):
        for finding in grammar.find(text):
            if not finding.negated and finding.confidence >= SURE and finding.value not in items:
                items.append(str(finding.value))
                _tell(report, f"{name}.{len(items)}", finding, text)
    for finding in speech.find(text, partial(reported_subject, whose.people)):
        said = str(finding.value)
        if not any(fuzz.partial_ratio(said.lower(), known.lower()) >= _SAME_SPEECH for known in report.speech):
            report.speech.append(said)
            _tell(report, f"speech.{len(report.speech)}", finding, text)
