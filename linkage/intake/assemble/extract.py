"""Free text -> facts of the reported person: a narrative read beside the fields, an alert read alone."""

from __future__ import annotations

from datetime import date
from functools import partial

from rapidfuzz import fuzz

from linkage.disk_cache import uncollected
from linkage.intake.assemble.circumstances import read_circumstances
from linkage.intake.assemble.setting import read_setting
from linkage.intake.assemble.vehicles import read_vehicles
from linkage.intake.behaviours.reading import Behaviours, read_behaviours
from linkage.intake.budget import OutOfTimeError, allowed, check
from linkage.intake.document.document import Document, read_document
from linkage.intake.document.language import words_to_read
from linkage.intake.document.pieces import parts_of, read_pieces
from linkage.intake.finding import SURE, Finding
from linkage.intake.judge.identifiers import is_reported
from linkage.intake.judge.people import facts_of_people, reported_people
from linkage.intake.judge.utterances import reported_speech
from linkage.intake.limits import how_to_raise, limit
from linkage.intake.reject import clean
from linkage.intake.values import identifier
from linkage.intake.values.circumstances import find as find_circumstances
from linkage.intake.values.people import same_as
from linkage.intake.values.people.describe import describe, lay_beside, likeness
from linkage.report import Behaviours as Recorded
from linkage.report import Identifier, Person, Report

_SAME_SPEECH = 85.0
"""rapidfuzz partial ratio at which two utterances are one [G]."""


def extract_report(
    text: str, report_id: str | None = None, received: str | None = None, today: date | None = None
) -> Report:
    """The canonical report of one alert in plain words; each value keeps its character span in `narrative`.

    `received` (ISO 8601) is the day of the report, to read "last Friday" against. Nothing is raised for any text: one
    that takes longer than its budget is kept with a warning that it was not read.
    """
    report = Report(report_id=report_id or "", narrative=clean(text) or None, received=received)
    try:
        # hardly anything that reading makes is garbage in a circle: looking for it takes a twentieth of the time
        with allowed(limit("row_seconds")), uncollected():
            read_narrative(report, today or date.today())
    except OutOfTimeError:
        report = Report(report_id=report.report_id, narrative=report.narrative, received=received)
        report.warnings.append(f"narrative: {not_read()}")
    return report


def not_read() -> str:
    """What is told of a text whose reading took longer than its budget."""
    seconds = limit("row_seconds")
    return (
        f"not read: reading it took longer than the limit of {seconds} s of processor time; its words are kept; "
        f"shorten it {how_to_raise('row_seconds')}"
    )


def read_narrative(report: Report, today: date) -> None:
    """Read `report.narrative` into the report, in place; a long one piece by piece.

    A value given by a field stands; the narrative fills what is missing and adds to lists. Where both speak and
    contradict each other, the field is kept and a warning tells it. Raises OutOfTimeError within a budget.
    """
    words = words_to_read(report)
    if words:
        warnings = read_pieces(report, words, partial(_read_piece, today=today))
        report.warnings += [warning for warning in warnings if warning not in report.warnings]
    if words != report.narrative:
        for _, part in parts_of(report):
            part.spans.clear()  # they would name letters of the translation


def _read_piece(report: Report, text: str, today: date) -> list[str]:
    document = read_document(text)
    check()
    warnings = read_setting(report, text, today)
    check()
    warnings += _read_people(report, document)
    check()
    read_vehicles(report, text)
    _read_identifiers(report, document)
    check()
    behaviours = read_behaviours(text)
    happened = [str(one.value) for one in behaviours.findings if not one.negated]
    weapons = read_circumstances(report, document, happened)
    warnings += _lay_behaviours(report, text, behaviours)
    check()
    _read_lists(report, document, weapons)
    return warnings


def _read_people(report: Report, document: Document) -> list[str]:
    """The reported people that a text describes, laid beside those of the report."""
    sure = facts_of_people(document.text)
    described = reported_people(document, [one for one in sure if one.field != same_as.FIELD])
    belongs = {index: one.facts for index, one in enumerate(described)}
    for one in (one for one in sure if one.field == same_as.FIELD):
        _of_the_same_sentence(one, document, belongs)
    same_as.resolve(belongs)
    same_as.share_out_ages(document.text, belongs)
    read = [describe(belongs[index], document.text, f"suspects.{index + 1}") for index in range(len(described))]
    warnings = [warning for _, said in read for warning in said]
    return warnings + _lay_people(report, [one for one, _ in read])


def _of_the_same_sentence(one: Finding, document: Document, belongs: dict[int, list[Finding]]) -> None:
    """Give a likeness to the person of whom the facts next to it in its sentence are told, in place."""
    sentence = document.sentence_at(one.start)
    there = [
        (abs(fact.start - one.start), index)
        for index, facts in belongs.items()
        for fact in facts
        if document.sentence_at(fact.start) == sentence
    ]
    if there:
        belongs[min(there)[1]].append(one)


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


def _read_identifiers(report: Report, document: Document) -> None:
    text = document.text
    known = {(one.kind, one.value) for one in report.identifiers}
    for finding in identifier.find(text):
        if (
            finding.negated
            or finding.confidence < SURE
            or (finding.field, finding.value) in known
            or not is_reported(document, finding.start)
        ):
            continue
        known.add((finding.field, finding.value))
        span = (finding.start, finding.end)
        report.identifiers.append(
            Identifier(
                kind=finding.field, value=finding.value, raw={"value": finding.words(text)}, spans={"value": [span]}
            )
        )


def _lay_behaviours(report: Report, text: str, read: Behaviours) -> list[str]:
    found = read.findings
    happened = {f.value for f in found if not f.negated}
    both = report.behaviours
    _lay_probabilities(both, read)
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


def _lay_probabilities(both: Recorded, read: Behaviours) -> None:
    """What a field says is certain; of what was read in several pieces the likeliest counts."""
    given = (set(both.present) | set(both.absent)) - both.probability.keys()
    for known, told in ((both.probability, read.told), (both.item_probability, read.items)):
        known |= {key: max(chance, known.get(key, 0.0)) for key, chance in told.items() if key not in given}


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


def _read_lists(report: Report, document: Document, weapons: list[Finding]) -> None:
    text = document.text
    offences = [one for one in find_circumstances("offences", text) if not one.negated and one.confidence >= SURE]
    for name, found, items in (("weapons", weapons, report.weapons), ("offences", offences, report.offences)):
        for finding in found:
            if finding.value not in items:
                items.append(str(finding.value))
                _tell(report, f"{name}.{len(items)}", finding, text)
    for finding in reported_speech(document):
        said = str(finding.value)
        if not any(fuzz.partial_ratio(said.lower(), known.lower()) >= _SAME_SPEECH for known in report.speech):
            report.speech.append(said)
            _tell(report, f"speech.{len(report.speech)}", finding, text)
