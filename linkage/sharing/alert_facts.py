"""What an alert can tell of a report or of several: each value as it is shown, with the words it came from.

Of several reports a value is agreed where those of at least two incidents tell it alike, one where only one
incident's do, and it differs where they tell it apart: two accounts of one incident may be one person's, and agree on
nothing. What a person chose where they contradict each other (`settled`) stands in its place. A behaviour is a fact
where a report tells it surely; what was read less surely is left out, and told to who drafts (`left_out_of`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from linkage.features.accounts import doubt_of
from linkage.report import Person, Range, Report
from linkage.review.facts import label_of
from linkage.review.summary import words_of_items
from linkage.sharing import alert_values as values
from linkage.sharing.alert_rules import kind_of, plain, rules
from linkage.store.alert_record import Fact
from linkage.store.hold_backs import HoldBack
from linkage.vocabulary import load

AGREED, ONE, DIFFERS = "agreed", "one", "differs"
LEAVE_OUT = "leave out"
"""The choice that tells nothing where reports contradict each other."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A behaviour that no report tells surely: its label, what is said of its doubt, the report and its words."""

    shown: str
    doubt: str
    report: str
    words: str


@dataclass(frozen=True, slots=True)
class _ReportValue:
    """One value of one report, before it is laid beside those of others."""

    field: str
    shown: str
    report: str
    words: str
    open: bool = False
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Incidents:
    """Which reports are accounts of one incident: `of` names the incident of those that share one."""

    of: Mapping[str, str]

    def count(self, reports: Iterable[Report]) -> int:
        """How many incidents these reports tell of."""
        return len({self.of.get(one.report_id, one.report_id) for one in reports})

    def several(self, names: Iterable[str]) -> bool:
        """Are the reports of these ids of more than one incident?"""
        return len({self.of.get(name, name) for name in names}) > 1


_SINGLE: tuple[tuple[str, Callable[[Person], str]], ...] = (
    ("sex", lambda one: one.sex or ""),
    ("ethnicity", lambda one: " or ".join(label_of("ethnicities", word) for word in one.ethnicity)),
    ("build", lambda one: " or ".join(one.build)),
    ("hair", lambda one: values.hair(one.hair) if one.hair else ""),
    ("eyes", lambda one: f"{one.eyes} eyes" if one.eyes else ""),
    ("glasses", lambda one: {None: "", True: "glasses", False: "no glasses"}[one.glasses]),
)
_OPEN: tuple[tuple[str, Callable[[Person], list[str]]], ...] = (
    ("facial_hair", lambda one: one.facial_hair),
    ("accent", lambda one: [word if "accent" in word else f"{word} accent" for word in one.accent]),
    ("marks", lambda one: one.marks),
    ("clothing", lambda one: one.clothing),
)
_RANGES: tuple[tuple[str, Callable[[Person], Range | None], Callable[[Range], str]], ...] = (
    ("age", lambda one: one.age, values.age),
    ("height", lambda one: one.height_cm, values.height),
)
_RAW = {"height": "height_cm"}


def facts_of(
    reports: Sequence[Report],
    settled: Mapping[str, str] | None = None,
    held: Sequence[HoldBack] = (),
    incidents: Mapping[str, str] | None = None,
) -> list[Fact]:
    """Everything that may be told, the most useful first within each part of the alert. `incidents` names the
    incident of each report that shares one; any other is of an incident of its own."""
    of = Incidents(incidents or {})
    told = [one for report in reports for one in _report_values(report, single=len(reports) == 1)]
    grouped: dict[str, list[_ReportValue]] = {}
    for one in told:
        if one.shown and one.doubt is None and not _is_held(one, held):
            grouped.setdefault(one.field, []).append(one)
    found = [fact for field, group in grouped.items() for fact in _laid_together(field, group, of.count(reports), of)]
    found += [fact for name in ("age", "height") if (fact := _range(reports, name, of))]
    return [one for fact in found for one in _settled(fact, settled or {}) if _may_be_told(one, of)]


def left_out_of(reports: Sequence[Report], held: Sequence[HoldBack] = ()) -> list[LeftOut]:
    """Behaviours that could be told if they were sure, by report: those that some report tells surely, and those that
    are held back or never told, are not among them."""
    told = [one for report in reports for one in _events(report) if not _is_held(one, held)]
    sure = {one.field for one in told if one.doubt is None}
    return [
        LeftOut(one.shown, one.doubt, one.report, one.words)
        for one in told
        if one.doubt is not None
        and one.field not in sure
        and _may_be_told(Fact(one.field, one.shown, ((one.report, one.words),)), Incidents({}))
    ]


def _report_values(report: Report, single: bool) -> Iterator[_ReportValue]:
    yield from _setting(report)
    people = report.suspects[: rules()["lengths"]["people"] if single else 1]
    for number, person in enumerate(people, start=1):
        yield from _person(report, person, "" if number == 1 else str(number))
    for number, vehicle in enumerate(report.vehicles[: 2 if single else 1], start=1):
        name = f"vehicle{'' if number == 1 else number}"
        raw = "; ".join(dict.fromkeys(words for field, words in vehicle.raw.items() if field != "registration"))
        yield _ReportValue(name, values.vehicle(vehicle), report.report_id, raw)
        yield _ReportValue("plate", values.plate(vehicle), report.report_id, "the plate")
        for words in vehicle.features:
            yield _ReportValue(
                "vehicle_detail", words, report.report_id, vehicle.raw.get("features", words), open=True
            )
    for identifier in report.identifiers:
        yield _ReportValue("phone", values.number_end(identifier), report.report_id, "the number")
    yield from _events(report)


def _setting(report: Report) -> Iterator[_ReportValue]:
    name, occurred, place = report.report_id, report.occurred, report.place
    yield _ReportValue("when", values.when(occurred), name, occurred.raw.get("from", ""))
    yield _ReportValue("time", values.clock(occurred, values.is_hers(place)), name, occurred.raw.get("hour_min", ""))
    yield _ReportValue("place", values.place_words(place), name, place.raw.get("text", ""))


def _person(report: Report, person: Person, number: str) -> Iterator[_ReportValue]:
    for field, read in _SINGLE:
        yield _ReportValue(f"{field}{number}", read(person), report.report_id, person.raw.get(field, ""))
    complexion = f"{person.complexion} complexion" if person.complexion else ""
    yield _ReportValue(f"complexion{number}", complexion, report.report_id, person.raw.get("complexion", ""))
    for name, range_of, shown in _RANGES if number else ():
        if (found := range_of(person)) is not None:
            yield _ReportValue(
                f"{name}{number}", shown(found), report.report_id, person.raw.get(_RAW.get(name, name), "")
            )
    listed = [*((field, read(person)) for field, read in _OPEN), ("names_used", report.names_of(person))]
    for field, told in listed:
        for words in told:
            yield _ReportValue(f"{field}{number}", words, report.report_id, person.raw.get(field, words), open=True)


def _events(report: Report) -> Iterator[_ReportValue]:
    for path, vocabulary, keys, field in (
        ("behaviours.present", "behaviours", report.behaviours.present, "did"),
        ("weapons", "weapons", report.weapons, "weapon"),
        ("offences", "offences", report.offences, "offence"),
    ):
        labels = [label_of(vocabulary, key) for key in keys]
        for key, label, words in zip(keys, labels, words_of_items(report, path, keys, labels), strict=True):
            if key in load(vocabulary).entries:  # own words of a report are its story, not a value
                doubt = doubt_of(report.behaviours, key) if field == "did" else None
                yield _ReportValue(f"{field}.{key}", label, report.report_id, words, doubt=doubt)
    for words in report.speech:
        yield _ReportValue("speech", words, report.report_id, words, open=True)


def _laid_together(field: str, group: list[_ReportValue], incidents: int, of: Incidents) -> Iterator[Fact]:
    """The facts of one field: one for each value of an open list, else one with what the reports agree on or not."""
    by_value: dict[str, list[_ReportValue]] = {}
    for one in group:
        by_value.setdefault(plain(one.shown), []).append(one)
    listed = group[0].open or field in ("when", "place", "time", "plate", "phone")
    if listed or len(by_value) == 1:
        for number, same in enumerate(by_value.values(), start=1):
            alike = incidents == 1 or of.several(one.report for one in same)
            name = f"{field}.{number}" if listed and len(by_value) > 1 else field
            yield Fact(name, same[0].shown, _sources(same), AGREED if alike else ONE)
        return
    shown = " or ".join(same[0].shown for same in sorted(by_value.values(), key=len, reverse=True))
    yield Fact(field, shown, _sources(group), DIFFERS)


def _range(reports: Sequence[Report], name: str, of: Incidents) -> Fact | None:
    """Age or height of the first person: what all reports allow, or between the lowest and the highest. Reports
    differ where what is told spans: apart by less than one value tells, they agree on it."""
    _, read, shown = next(one for one in _RANGES if one[0] == name)
    found = [(r, span) for r in reports for p in r.suspects[:1] if (span := read(p)) is not None and shown(span)]
    if not found:
        return None
    lows = [span.min for _, span in found if span.min is not None]
    highs = [span.max for _, span in found if span.max is not None]
    apart = bool(lows and highs) and max(lows) > min(highs)
    low = (min if apart else max)(lows, default=None)
    high = (max if apart else min)(highs, default=None)
    raw = tuple((r.report_id, r.suspects[0].raw.get(_RAW.get(name, name), "")) for r, _ in found)
    words = shown(Range(min=low, max=high))
    alike = of.count(reports) == 1 or of.several(r.report_id for r, _ in found)
    return Fact(name, words, raw, DIFFERS if apart and values.spans(words) else AGREED if alike else ONE)


def _sources(same: Sequence[_ReportValue]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((one.report, one.words) for one in same))


def _settled(fact: Fact, settled: Mapping[str, str]) -> list[Fact]:
    named = [fact.field, *(f"{kind_of(fact.field)}.{report}" for report, _ in fact.sources)]
    choice = next((settled[one] for one in named if one in settled), None)
    if choice is None:
        return [fact]
    return [] if choice == LEAVE_OUT else [replace(fact, shown=choice, standing=AGREED)]


def _may_be_told(fact: Fact, of: Incidents) -> bool:
    """Is it nothing that only the two could know, and no story in the place of a value?"""
    several = of.several(report for report, _ in fact.sources)
    key = fact.field.partition(".")[2]
    if fact.field.startswith("did."):
        behaviours = rules()["behaviours"]
        silent: set[str] = {*behaviours["never"], *(() if several else behaviours["private"])}
        return key not in silent
    if fact.field.startswith("speech"):
        return several
    return not _is_open(fact.field) or len(fact.shown.split()) <= int(rules()["lengths"]["open_words"])


def _is_open(field: str) -> bool:
    return field.split(".", maxsplit=1)[0].rstrip("0123456789") in {name for name, _ in _OPEN} | {
        "vehicle_detail",
        "speech",
    }


def _is_held(one: _ReportValue, held: Sequence[HoldBack]) -> bool:
    from linkage.sharing.hold_back_evidence import part_of, stands_in

    words = part_of(one.words, one.shown)
    return any(
        (kept.detail == "behaviour" and one.field == f"did.{kept.value}")
        or stands_in(kept, one.shown)
        or stands_in(kept, words)  # "bushy beard" is kept out as words, and told as "beard"
        for kept in held
    )
