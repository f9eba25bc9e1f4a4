"""The whole world: people and their incidents, those who report them, and the files of reports and truth."""

from __future__ import annotations

import csv
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.otherworld.careers import Draft, Incident, Person, incidents_of, person_of
from benchmarks.otherworld.constants import between, constants, pick, stream
from benchmarks.otherworld.habits import scripts
from benchmarks.otherworld.reporters import Form, forms_of, reporter_of
from benchmarks.otherworld.roads import Ground
from benchmarks.otherworld.telling import report_of
from linkage.evaluation.conditions import Labelled
from linkage.evaluation.truth import TRUTH_COLUMNS, Truth
from linkage.intake import read_reports

MORE_COLUMNS = ("incidents", "role", "of", "mover", "habit")
"""Beside `TRUTH_COLUMNS`: incidents of the person, what they are beside whom, way of moving, number of the script."""


@dataclass(frozen=True)
class Reported:
    """A report as it comes in, and the incident it is of."""

    row: dict[str, Any]
    incident: Incident


@dataclass(frozen=True)
class MadeWorld:
    """A world with all that is known of it: `reports` in the order in which they came in."""

    draft: Draft
    incidents: list[Incident]
    reports: list[Reported]

    @property
    def people(self) -> list[Person]:
        """Everybody who did something, by number."""
        return self.draft.people

    def truth_rows(self) -> list[dict[str, Any]]:
        """The rows of the truth file."""
        rows = []
        for report in self.reports:
            person = self.people[report.incident.person]
            more = (
                len(person.days),
                person.role,
                "" if person.of is None else _person_id(person.of),
                person.mover.kind,
                self.draft.scripts.index(person.script),
            )
            own = (report.row["report_id"], _incident_id(report.incident), _person_id(person.number))
            rows.append(dict(zip((*TRUTH_COLUMNS, *MORE_COLUMNS), (*own, *more), strict=True)))
        return rows


def other_world(n_reports: int, seed: int) -> Labelled:
    """Reports of a world, written and read as a user's file is, and the truth about them."""
    with tempfile.TemporaryDirectory() as folder:
        reports, truth = write(make(n_reports, seed), Path(folder))
        return Labelled(list(read_reports(reports).reports), Truth.from_file(truth))


def make(n_reports: int, seed: int) -> MadeWorld:
    """A world of exactly so many reports; the same for the same seed."""
    rng = stream(seed, "world", n_reports)
    days = round(365.25 * between(rng, constants("time")["years"]))
    draft = Draft(Ground.of(seed), scripts(seed), days, _numbers(rng))
    plan = _plan(rng, n_reports)
    told: list[tuple[Incident, int]] = []
    for number, reports in enumerate(plan):
        person = person_of(rng, draft, number, len(reports))
        draft.add(person)
        told += zip(incidents_of(rng, draft, person), reports, strict=True)
    forms, rows = forms_of(seed), []
    for incident, number in told:
        rows += _reports(rng, forms, incident, number)
    rows.sort(key=lambda report: (report.row["received"], report.incident.person, report.incident.number))
    return MadeWorld(draft, [incident for incident, _ in told], _numbered(rows))


def write(world: MadeWorld, folder: Path) -> tuple[Path, Path]:
    """Writes `reports.jsonl` and `truth.csv` into the folder and says where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    reports, truth = folder / "reports.jsonl", folder / "truth.csv"
    reports.write_text("".join(json.dumps(one.row) + "\n" for one in world.reports), encoding="utf-8")
    with truth.open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, (*TRUTH_COLUMNS, *MORE_COLUMNS), lineterminator="\n")
        table.writeheader()
        table.writerows(world.truth_rows())
    return reports, truth


def _plan(rng: Random, reports: int) -> list[list[int]]:
    """For each person the number of reports of each of their incidents; they add up to `reports`."""
    shares, sizes = constants("shares"), constants("series_sizes")["sizes"]
    alone = round(reports * between(rng, shares["no_series"]))
    plan: list[list[int]] = []
    left = reports - alone
    while left > 1:
        person = [_times(rng) for _ in range(min(int(pick(rng, sizes)), left))]
        person = person if sum(person) <= left else [1] * len(person)
        left -= sum(person)
        plan.append(person)
    left += alone
    while left:
        plan.append([min(_times(rng), left)])
        left -= plan[-1][0]
    rng.shuffle(plan)
    return plan


def _times(rng: Random) -> int:
    return 2 if rng.random() < constants("shares")["told_twice"] else 1


def _numbers(rng: Random) -> list[str]:
    numbers = []
    for start in constants("phones")["ranges"]:
        numbers += rng.sample([f"{start}{end:03}" for end in range(1000)], 1000)
    return numbers


def _reports(rng: Random, forms: dict[str, list[Form]], incident: Incident, number: int) -> list[Reported]:
    town = incident.stop.town
    first = reporter_of(rng, forms, town)
    made = [Reported(report_of(rng, incident, first), incident)]
    if number > 1:
        second = reporter_of(rng, forms, town, other_than=first.form.channel)
        made.append(Reported(report_of(rng, incident, second), incident))
        made.sort(key=lambda report: str(report.row["received"]))
        if rng.random() < constants("shares")["told_twice_follows"]:
            made[1].row["follows"] = made[0].row
    return made


def _numbered(reports: list[Reported]) -> list[Reported]:
    """Numbers in the order in which reports came in; a number says nothing else."""
    for number, report in enumerate(reports, 1):
        report.row["report_id"] = f"OW-{number:05}"
    for report in reports:
        if "follows" in report.row:
            report.row["follows"] = report.row["follows"]["report_id"]
    return reports


def _person_id(number: int) -> str:
    return f"P{number:05}"


def _incident_id(incident: Incident) -> str:
    return f"{_person_id(incident.person)}-{incident.number:02}"
