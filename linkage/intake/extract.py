"""Free text -> facts of the reported person: a narrative read beside the fields, an alert read alone."""

from __future__ import annotations

from datetime import date
from functools import partial

from rapidfuzz import fuzz

from linkage.intake.behaviours.reading import Behaviours, read_behaviours
from linkage.intake.belief import person as belief
from linkage.intake.budget import OutOfTimeError, allowed, check
from linkage.intake.circumstances import read_circumstances
from linkage.intake.describe import describe, lay_beside, likeness
from linkage.intake.facts import (
    age_each,
    identifier,
    likewise,
    names_used,
    offence,
    person,
    speech,
)
from linkage.intake.facts.finding import SURE, Finding
from linkage.intake.facts.stretches import inside
from linkage.intake.language import words_to_read
from linkage.intake.limits import how_to_raise, limit
from linkage.intake.mention import MALE, REPORTED, reported_subject
from linkage.intake.patterns import compiled
from linkage.intake.pieces import parts_of, read_pieces
from linkage.intake.readers.encoding import clean
from linkage.intake.setting import read_setting
from linkage.intake.vehicles import read_vehicles
from linkage.intake.whose import Whose
from linkage.report import Behaviours as Recorded
from linkage.report import Identifier, Person, Report

Told = list[tuple[Finding, frozenset[int]]]
"""The facts of people in order, each with the reported people to whom the rules give it."""

_SEX_SAID = {"he": "male", "she": "female"}
"""Kind of pronoun -> the sex it tells."""

_HER_NAME = compiled(r"\b(?:her|your|my|whose)\s+(?:\w+\s+){0,2}?name\b")
_KNOWN_AS = compiled(r"[^.;!?]{0,60}?\b(?:known (?:[\w-]+ ){0,4}as|nicknamed|go(?:es)? by|went by)\s+[\"'“‘]?")
_OF_THAT_ONE = compiled(
    r"(?:,? (?:who|that|which|and)\b| (?:was|is|were)\b| (?:called|named|known|nicknamed)\b|, known\b|, \d\d)"
)
"""Behind somebody of whom a name is told: "the witness, who is known as", "one was nicknamed"."""

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
        with allowed(limit("row_seconds")):
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
    known = report.suspects[0].sex if len(report.suspects) == 1 else None
    whose = Whose.read(text, known)
    check()
    warnings = read_setting(report, text, today)
    check()
    found = [f for f in sorted(person.find(text), key=lambda f: (f.start, f.end)) if f.confidence >= SURE]
    check()
    told = [(finding, whose.person(*(finding.about or (finding.start, finding.end)))) for finding in found]
    warnings += _read_people(report, text, whose, told)
    check()
    read_vehicles(report, text, whose, [(finding, bool(owners)) for finding, owners in told])
    _read_identifiers(report, text, whose)
    check()
    behaviours = read_behaviours(text)
    happened = [str(one.value) for one in behaviours.findings if not one.negated]
    weapons = read_circumstances(report, text, whose.breaks, happened)
    warnings += _lay_behaviours(report, text, behaviours)
    check()
    _read_lists(report, text, whose, weapons)
    return warnings


def _read_people(report: Report, text: str, whose: Whose, told: Told) -> list[str]:
    belongs: dict[int, list[Finding]] = {}
    found = [finding for finding, _ in told]
    by_rules = frozenset[int]().union(*(owners for _, owners in told))
    for finding, owners in zip(found, belief.belongs_to(text, found, [who for _, who in told], whose), strict=True):
        for index in owners or _bearer(finding, whose):
            belongs.setdefault(index, []).append(finding)
    nobody = by_rules - belongs.keys() if belongs else frozenset()  # all that was told of them is somebody else's
    _own_sex_first(belongs)
    _sex_of_pronouns(belongs, whose, nobody)
    likewise.resolve(belongs)
    age_each.share_out(text, belongs)
    described = [(index, belongs.get(index, [])) for index in range(max(belongs, default=-1) + 1)]
    described = [(index, facts) for index, facts in described if index not in nobody]
    read = [describe(found, text, f"suspects.{index + 1}") for index, found in described]
    people = [one for one, _ in read]
    warnings = [warning for _, said in read for warning in said]
    return warnings + _lay_people(report, people)


def _bearer(finding: Finding, whose: Whose) -> frozenset[int]:
    """Whose a name is that the rules give to nobody: the one reported person's, unless it is plainly that of somebody
    else who was named right before; of two, the one to whom the other calls."""
    if finding.field != "names_used" or whose.count() > 2:
        return frozenset()
    before = [m for m in whose.people if m.end <= finding.start]
    if whose.count() == 2:
        speaker = next((m for m in reversed(before) if len(m.people) == 1), None)
        called = finding.rule == names_used.CALLED_OUT and speaker is not None
        return frozenset((0, 1)) - speaker.people if called and speaker is not None else frozenset()
    if finding.rule in (names_used.BOOKED, names_used.CALLED_OUT):
        return frozenset((0,))
    last = before[-1] if before else None
    theirs = last is not None and last.role != REPORTED and last.place == "subject" and not last.noun
    if theirs and last is not None and _KNOWN_AS.fullmatch(whose.low, last.end, finding.start):
        return frozenset()  # "She is 50, known as Big Rena"
    named = next((m for m in reversed(before) if m.noun and not m.possessive and m.kind != "name"), None)
    hers = _HER_NAME.search(whose.low, max(0, finding.start - 40), finding.start)
    told = whose.low[named.end : finding.start] if named is not None else "."
    others = named is not None and named.role != REPORTED and _OF_THAT_ONE.match(told)
    return (
        frozenset()
        if hers or others or inside((finding.about or (finding.start, 0))[0], whose.quoted)
        else frozenset((0,))
    )


def _own_sex_first(belongs: dict[int, list[Finding]]) -> None:
    """What is told of one person alone stands before what is told of several: "two, one man and one woman"."""
    for index, found in belongs.items():
        others = [f for other, facts in belongs.items() if other != index for f in facts]
        own = {f.value for f in found if f.field == "sex" and not f.negated and f not in others}
        if own:
            belongs[index] = [f for f in found if f.field != "sex" or f.value in own or f not in others]


def _sex_of_pronouns(belongs: dict[int, list[Finding]], whose: Whose, nobody: frozenset[int]) -> None:
    """ "he", or "the third" of several men, tells the sex of the reported person where nothing else does; but not of
    those who are `nobody`."""
    for mention in whose.people:
        sex = mention.sex if mention.kind in ("member", "number") else _SEX_SAID.get(mention.kind)
        sex = MALE if mention.words == "mate" else sex
        if sex is None or mention.role != REPORTED or len(mention.people) != 1 or mention.people <= nobody:
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


def _read_lists(report: Report, text: str, whose: Whose, weapons: list[Finding]) -> None:
    offences = [one for one in offence.find(text) if not one.negated and one.confidence >= SURE]
    for name, found, items in (("weapons", weapons, report.weapons), ("offences", offences, report.offences)):
        for finding in found:
            if finding.value not in items:
                items.append(str(finding.value))
                _tell(report, f"{name}.{len(items)}", finding, text)
    for finding in speech.find(text, partial(reported_subject, whose.people)):
        said = str(finding.value)
        if not any(fuzz.partial_ratio(said.lower(), known.lower()) >= _SAME_SPEECH for known in report.speech):
            report.speech.append(said)
            _tell(report, f"speech.{len(report.speech)}", finding, text)
