"""Does a report repeat an alert? What it may have from one, and what two reports weigh without that.

A report that was made after an alert went out to where its reporter could have seen it, and shares its details or
words, may be about the same person, or about another with the alert in mind. Nothing here decides which.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from linkage.features.explanation import EvidencePart
from linkage.report import Person, Range, Report
from linkage.review.facts import overlap
from linkage.vocabulary import fold, load

WORDS = "words"
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Circulated:
    """An alert that went out: its number, the day (ISO), the regions (none for everywhere), the reports that it was
    made from, the kinds of facts that it told, the keys or words of those that are lists, and its text."""

    alert: int
    day: str
    regions: tuple[str, ...]
    reports: tuple[str, ...]
    kinds: frozenset[str]
    values: Mapping[str, frozenset[str]]
    text: str


@dataclass(frozen=True, slots=True)
class Shared:
    """What a report shares with an alert: details as (kind, words); `run` is the longest run of the alert's words in
    its text."""

    alert: int
    details: tuple[tuple[str, str], ...]
    run: int

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of what is shared."""
        return frozenset(kind for kind, _ in self.details) | ({WORDS} if self.run >= rule("blank_run") else set())

    @property
    def words(self) -> str:
        """What is shared, for people."""
        found = [words for _, words in self.details]
        return "; ".join([*found, *([f"{self.run} words in a row"] if self.run >= rule("least_run") else [])])


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("linkage.review") / "echo.toml").read_text(encoding="utf-8"))


def rule(name: str) -> float:
    """A threshold of echo.toml."""
    return float(_table()["rules"][name])


def could_have_seen(report: Report, alert: Circulated) -> bool:
    """Was the report made on the alert's day or later, where it went, and is it none of those the alert was made
    from? A place that is not known may be anywhere; without a day of making, the day of the incident counts."""
    made = (report.received or report.occurred.to or report.occurred.from_ or "")[:10]
    region = report.place.admin.region
    there = not alert.regions or region is None or region in alert.regions
    return report.report_id not in alert.reports and made >= alert.day and there


def shared(report: Report, alert: Circulated, sources: Sequence[Report]) -> Shared | None:
    """What a report that could have seen an alert shares with it; None for too little to mark it. `sources` are the
    reports that the alert was made from, as far as they are at hand."""
    if not could_have_seen(report, alert):
        return None
    details = [one for source in sources for one in _details(report, source, alert)]
    found = Shared(alert.alert, tuple(dict.fromkeys(details)), _longest_run(report.narrative or "", alert.text))
    rare = [one for one in found.details if _is_rare(*one)]
    return found if len(rare) >= rule("least_details") or found.run >= rule("least_run") else None


def _is_rare(kind: str, words: str) -> bool:
    """May what is shared mark a report? Not what so many reports tell that it comes from no alert."""
    if kind in _table()["common"]["kinds"]:
        return False
    key = load("behaviours").find(words) if kind == "did" else None
    known = load("behaviours").entries.get(key or "")
    return known is None or float(known.data.get("prevalence", 0.0)) <= float(_table()["common"]["prevalence"])


def weight_without(parts: Iterable[EvidencePart], found: Shared, a: Report, b: Report, alert: Circulated) -> float:
    """Log10 weight of a pair without what the alert told: of every comparison that speaks for the pair, the share
    that rests on what is shared with the alert is taken out. What speaks against stays."""
    left = 0.0
    for part in parts:
        told = _told_share(part.name, found, a, b, alert) if part.weight > 0 else 0.0
        left += part.weight * (1.0 - told)
    return left


def without_told(report: Report, found: Shared, alert: Circulated) -> Report:
    """The report with what it shares with the alert not known, never absent; its other words stay where they were."""
    kinds = {kind for kind, _ in found.details}
    values = {kind: {fold(words) for one, words in found.details if one == kind} for kind in kinds}
    people = [_person_without(one, kinds, values) if n == 0 else one for n, one in enumerate(report.suspects)]
    gone: dict[str, Any] = {"make": None, "model": None, "colour": [], "body": None} if "vehicle" in kinds else {}
    if report.vehicles and "vehicle_detail" in kinds:
        features = report.vehicles[0].features
        gone["features"] = [words for words in features if fold(words) not in values["vehicle_detail"]]
    vehicles = [one.model_copy(update=gone) if n == 0 else one for n, one in enumerate(report.vehicles)]
    did = {key for key in alert.values.get("did", ()) if "did" in kinds}
    weapons = {key for key in alert.values.get("weapon", ()) if "weapon" in kinds}
    offences = {key for key in alert.values.get("offence", ()) if "offence" in kinds}
    changed = {
        "suspects": people,
        "vehicles": vehicles,
        "behaviours": report.behaviours.withhold(did),
        "weapons": [one for one in report.weapons if one not in weapons],
        "offences": [one for one in report.offences if one not in offences],
        "narrative": _blanked(report.narrative, alert.text),
    }
    return report.model_copy(update=changed)


OWN_WORDS = ("facial_hair", "accent", "marks", "clothing", "names_used", "vehicle_detail")
"""Kinds of which an alert may tell some values and keep others back; those it told stand in its `values`, folded."""

_LISTS: Mapping[str, Callable[[Person], Sequence[str]]] = {
    "facial_hair": lambda one: one.facial_hair,
    "accent": lambda one: one.accent,
    "marks": lambda one: one.marks,
    "clothing": lambda one: one.clothing,
    "names_used": lambda one: one.names_used,
    "build": lambda one: one.build,
    "ethnicity": lambda one: one.ethnicity,
    "hair": lambda one: [*one.hair.colour, *one.hair.style] if one.hair else [],
}
_SINGLE: Mapping[str, Callable[[Person], Any]] = {
    "sex": lambda one: one.sex,
    "eyes": lambda one: one.eyes,
    "glasses": lambda one: one.glasses,
    "complexion": lambda one: one.complexion,
}
_RANGES: Mapping[str, Callable[[Person], Range | None]] = {
    "age": lambda one: one.age,
    "height": lambda one: one.height_cm,
}
_FIELDS = {"height": "height_cm"}


def _details(report: Report, source: Report, alert: Circulated) -> Iterable[tuple[str, str]]:
    """What both reports tell and the alert told."""
    for key, kind in (("present", "did"), ("weapons", "weapon"), ("offences", "offence")):
        own = report.behaviours.present if key == "present" else getattr(report, key)
        vocabulary = "behaviours" if key == "present" else key
        for one in own:
            if one in alert.values.get(kind, ()):
                yield kind, load(vocabulary).entries[one].label if one in load(vocabulary).entries else one
    if report.suspects and source.suspects:
        yield from _of_people(report.suspects[0], source.suspects[0], alert)
    if "vehicle" in alert.kinds and report.vehicles and source.vehicles:
        one, other = report.vehicles[0], source.vehicles[0]
        same_make = one.make is not None and one.make == other.make
        if same_make or (one.body and one.body == other.body and set(one.colour) & set(other.colour)):
            yield "vehicle", " ".join(word for word in (*one.colour, one.make, one.model, one.body) if word)
    if "vehicle_detail" in alert.kinds and report.vehicles and source.vehicles:
        theirs = _told("vehicle_detail", source.vehicles[0].features, alert)
        for words in report.vehicles[0].features:
            if any(_alike(fold(words), one) for one in theirs):
                yield "vehicle_detail", words


def _of_people(own: Person, other: Person, alert: Circulated) -> Iterable[tuple[str, str]]:
    for kind, listed in _LISTS.items():
        theirs = _told(kind, listed(other), alert)
        for words in listed(own):
            if kind in alert.kinds and any(_alike(fold(words), one) for one in theirs):
                yield kind, words
    for kind, read in _SINGLE.items():
        if kind in alert.kinds and read(own) is not None and read(own) == read(other):
            yield kind, str(read(own))
    for kind, span in _RANGES.items():
        one, two = span(own), span(other)
        if kind in alert.kinds and one is not None and two is not None and overlap(one, two):
            yield kind, kind


def _told(kind: str, words: Iterable[str], alert: Circulated) -> list[str]:
    """Of a source's words of a kind, folded, those that the alert told: what was kept out comes from no alert."""
    known = alert.values.get(kind, frozenset()) - {""}
    folded = [fold(one) for one in words]
    if kind not in OWN_WORDS or not known:
        return folded
    return [one for one in folded if any(_alike(one, told) or one in told for told in known)]


def _alike(one: str, other: str) -> bool:
    """Are they the same words, or do they share two of three?"""
    a, b = set(one.split()), set(other.split())
    return one == other or len(a & b) >= max(2, 2 * len(a | b) // 3)


def _told_share(name: str, found: Shared, a: Report, b: Report, alert: Circulated) -> float:
    kind = "did" if name.startswith("behaviour") else _table()["comparisons"].get(name)
    if kind not in found.kinds:
        return 0.0
    if kind in OWN_WORDS:
        agreed = _agreed(kind, a, b)
        told = {fold(words) for one, words in found.details if one == kind}
        return sum(any(_alike(one, other) for other in told) for one in agreed) / len(agreed) if agreed else 1.0
    if kind != "did":
        return 1.0
    domain, known = name.removeprefix("behaviour_"), load("behaviours").entries
    both = set(a.behaviours.present) & set(b.behaviours.present)
    inside = {key for key in both if key in known and known[key].data.get("domain") == domain}
    return len(inside & alert.values.get("did", frozenset())) / len(inside) if inside else 0.0


def _agreed(kind: str, a: Report, b: Report) -> list[str]:
    """The words of a kind that both reports tell, folded."""
    sides: list[Sequence[str]]
    if kind == "vehicle_detail":
        sides = [one.vehicles[0].features if one.vehicles else () for one in (a, b)]
    else:
        sides = [_LISTS[kind](one.suspects[0]) if one.suspects else () for one in (a, b)]
    first, second = ([fold(words) for words in side] for side in sides)
    return [one for one in first if any(_alike(one, other) for other in second)]


def _person_without(one: Person, kinds: set[str], values: Mapping[str, set[str]]) -> Person:
    changed: dict[str, Any] = {}
    for kind in kinds & {*_SINGLE, *_RANGES, "hair"}:
        changed[_FIELDS.get(kind, kind)] = None
    for kind in kinds & ({*_LISTS} - {"hair"}):
        changed[kind] = [words for words in _LISTS[kind](one) if fold(words) not in values[kind]]
    return one.model_copy(update=changed)


def _runs(narrative: str, text: str) -> list[tuple[int, int, int]]:
    """Start, end and number of words of each longest run of the text's words in the narrative."""
    given = [(one.start(), one.end(), one[0].casefold()) for one in _WORD.finditer(narrative)]
    its = [one[0].casefold() for one in _WORD.finditer(text)]
    least = int(rule("blank_run"))
    known = {tuple(its[at : at + least]) for at in range(len(its) - least + 1)}
    inside = [tuple(w for *_, w in given[at : at + least]) in known for at in range(max(0, len(given) - least + 1))]
    found, at = [], 0
    while at < len(inside):
        if not inside[at]:
            at += 1
            continue
        last = at
        while last + 1 < len(inside) and inside[last + 1]:
            last += 1
        found.append((given[at][0], given[last + least - 1][1], last - at + least))
        at = last + 1
    return found


def _longest_run(narrative: str, text: str) -> int:
    return max((words for _, _, words in _runs(narrative, text)), default=0)


def _blanked(narrative: str | None, text: str) -> str | None:
    """The narrative with the alert's words as blanks, so that spans stay where they are."""
    if narrative is None:
        return None
    for start, end, _ in _runs(narrative, text):
        narrative = narrative[:start] + " " * (end - start) + narrative[end:]
    return narrative
