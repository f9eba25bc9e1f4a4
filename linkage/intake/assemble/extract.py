"""Free text -> facts of the reported person: a narrative read beside the fields, an alert read alone."""

from __future__ import annotations

from datetime import date
from functools import partial
from types import NoneType

from rapidfuzz import fuzz

from linkage.arguments import iso_date, one_of
from linkage.disk_cache import uncollected
from linkage.intake.assemble.setting import keep, read_circumstances, read_setting
from linkage.intake.assemble.vehicles import read_vehicles
from linkage.intake.behaviours.reading import Behaviours, read_behaviours
from linkage.intake.document.document import Document, read_document
from linkage.intake.document.language import words_to_read
from linkage.intake.document.pieces import parts_of, read_pieces
from linkage.intake.finding import SURE, Finding
from linkage.intake.judge.people import facts_of_people, reported_people
from linkage.intake.judge.utterances import reported_speech
from linkage.intake.limits import OutOfTimeError, allowed, check, how_to_raise, limit
from linkage.intake.reject import clean
from linkage.intake.values import identifier
from linkage.intake.values.circumstances import find as find_circumstances
from linkage.intake.values.people.describe import describe, lay_beside, likeness
from linkage.intake.values.people.person import share_likenesses
from linkage.report import Identifier, Person, Report

_SAME_SPEECH = 85.0
"""rapidfuzz partial ratio at which two utterances are one [G]."""


def extract_report(
    text: str, report_id: str | None = None, received: str | None = None, today: date | None = None
) -> Report:
    """The canonical report of one alert in plain words; each value keeps its character span in `narrative`.

    `received` (ISO 8601) is the day of the report, to read "last Friday" against. Nothing is raised for any text: one
    that takes longer than its budget is kept with a warning that it was not read. ArgumentError for what is no text.
    """
    one_of("text", text, str, "give the words of one alert")
    one_of("report_id", report_id, (str, NoneType), "give words, or None for no id")
    iso_date("received", received)
    one_of("today", today, (date, NoneType), "give a datetime.date, or None for the clock's")
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
    described = [one.facts for one in reported_people(document, facts_of_people(document.text))]
    share_likenesses(document, described)
    read = [describe(facts, document.text, f"suspects.{at}") for at, facts in enumerate(described, 1)]
    return [warning for _, said in read for warning in said] + _lay_people(report, [one for one, _ in read])


def _lay_people(report: Report, people: list[Person]) -> list[str]:
    """Each described person beside the field's person that fits best; those that are left are added."""
    if not report.suspects:
        report.suspects = people
        return []
    warnings: list[str] = []
    free = list(range(len(report.suspects)))
    for index, read in enumerate(people):
        if not free:
            if read.spans.keys() - {"sex"}:
                report.suspects.append(read)
            continue
        best = max(free, key=lambda at: (likeness(report.suspects[at], read), at == index, -at))
        free.remove(best)
        warnings += lay_beside(report.suspects[best], read, f"suspects.{best + 1}")
    return warnings


def _read_identifiers(report: Report, document: Document) -> None:
    known = {(one.kind, one.value) for one in report.identifiers}
    for one in identifier.find(document.text):
        if one.negated or one.confidence < SURE or not identifier.is_reported(document, one.start):
            continue
        if (one.field, one.value) not in known:
            known.add((one.field, one.value))
            raw, spans = {"value": one.words(document.text)}, {"value": [(one.start, one.end)]}
            report.identifiers.append(Identifier(kind=one.field, value=one.value, raw=raw, spans=spans))


def _lay_behaviours(report: Report, text: str, read: Behaviours) -> list[str]:
    """What a field says is certain; of what was read in several pieces the likeliest counts."""
    both = report.behaviours
    given = (set(both.present) | set(both.absent)) - both.probability.keys()
    for known, told in ((both.probability, read.told), (both.item_probability, read.items)):
        known |= {key: max(chance, known.get(key, 0.0)) for key, chance in told.items() if key not in given}
    happened = {str(one.value) for one in read.findings if not one.negated}
    absent = both.absent[:]
    warnings: dict[str, str] = {}
    for one in read.findings:
        key = str(one.value)
        if one.negated:
            if key not in happened and key not in both.absent and key not in both.present:
                _add(report, "behaviours.absent", both.absent, one, text)
        elif key in absent and f"behaviours.absent.{absent.index(key) + 1}" not in report.spans:
            said = f"is given as absent, the narrative says “{one.words(text)}”; the field is kept"
            warnings.setdefault(key, f"behaviours: “{key}” {said}")
        elif key not in both.present and key not in absent:
            _add(report, "behaviours.present", both.present, one, text)
    return [*warnings.values()]


def _add(report: Report, name: str, items: list[str], finding: Finding, text: str) -> None:
    """Add what was found to a list of the report, with its words and span under its dotted name counted from 1."""
    items.append(str(finding.value))
    keep(report, f"{name}.{len(items)}", finding, text)


def _read_lists(report: Report, document: Document, weapons: list[Finding]) -> None:
    text = document.text
    offences = [one for one in find_circumstances("offences", text) if not one.negated and one.confidence >= SURE]
    for name, found, items in (("weapons", weapons, report.weapons), ("offences", offences, report.offences)):
        for finding in found:
            if finding.value not in items:
                _add(report, name, items, finding, text)
    for finding in reported_speech(document):
        said = str(finding.value)
        if not any(fuzz.partial_ratio(said.lower(), known.lower()) >= _SAME_SPEECH for known in report.speech):
            _add(report, "speech", report.speech, finding, text)
