"""Which reports are worth comparing as one incident: those of one day, and of one neighbourhood or with something
rare shared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from linkage.intake.same_incident import vague
from linkage.report import Report

CELL = 0.5
"""Degrees of the cells in which reports of one day are compared [G]: 55 km by about 33 km in England."""

REACH = 0.1
"""Degrees around a place whose cells it also stands in [G]: about 11 km, more than the radius of most towns."""

CROWD = 600
"""Reports of one day and cell above which only shared plates, identifiers and speech propose pairs [G]."""


def candidates(reports: Sequence[Report]) -> Iterator[tuple[str, str]]:
    """Pairs worth comparing, each once: of one day and one neighbourhood, or of one day with something rare
    shared."""
    near, rare = blocks(reports)
    seen: set[tuple[str, str]] = set()
    listed = [names for names in near.values() if len(names) <= CROWD] + list(rare.values())
    for names in listed:
        for at, one in enumerate(names):
            for other in names[at + 1 :]:
                pair = (one, other) if one < other else (other, one)
                if one != other and pair not in seen:
                    seen.add(pair)
                    yield pair


Blocks = tuple[dict[tuple[int, int, int], list[str]], dict[tuple[int, str], list[str]]]


def blocks(reports: Iterable[Report]) -> Blocks:
    """Reports by day and neighbourhood, and by day and something rare."""
    near: dict[tuple[int, int, int], list[str]] = defaultdict(list)
    rare: dict[tuple[int, str], list[str]] = defaultdict(list)
    for report in reports:
        days = report.occurred.days
        if days is None or vague(report):
            continue
        for day in range(days[0], days[1] + 1):
            for where in neighbourhood(report):
                near[(day, *where)].append(report.report_id)
            for token in telling_tokens(report):
                rare[(day, token)].append(report.report_id)
    return near, rare


def cell(report: Report) -> tuple[int, int] | None:
    """The cell a report stands in, None where its place is not known."""
    lat, lon = report.place.lat, report.place.lon
    return None if lat is None or lon is None else (int(lat // CELL), int(lon // CELL))


def neighbourhood(report: Report) -> set[tuple[int, int]]:
    """The cells within REACH of a report's place; none where that is not known."""
    lat, lon = report.place.lat, report.place.lon
    if lat is None or lon is None:
        return set()
    return {
        (int((lat + up) // CELL), int((lon + right) // CELL))
        for up in (-REACH, 0.0, REACH)
        for right in (-REACH, 0.0, REACH)
    }


def telling_tokens(report: Report) -> set[str]:
    """What is telling by itself: plates, identifiers, utterances, and how the narrative opens."""
    plates = {f"plate {v.registration}" for v in report.vehicles if v.registration}
    numbers = {f"{i.kind} {i.value}" for i in report.identifiers}
    said = {f"said {' '.join(words.lower().split())}" for words in report.speech if len(words) > 11}
    opening = " ".join((report.narrative or "").lower().split())[:60]
    return plates | numbers | said | ({f"text {opening}"} if len(opening) > 40 else set())
