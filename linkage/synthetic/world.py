"""A seed becomes a world: reports as they come in, and the truth behind them."""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linkage.output.files import drafted
from linkage.synthetic.behaviour import Cast, draw_behaviours, sector_names, source
from linkage.synthetic.geography import Geography, moved
from linkage.synthetic.ledger import TRUTH_COLUMNS
from linkage.synthetic.offenders import Casting, Incident
from linkage.synthetic.parameters import Parameters, parameters, stream
from linkage.synthetic.people import Wardrobe
from linkage.synthetic.reporting import Desk, Draft


def _id(place: int) -> str:
    return f"SYN-{place:06d}"


_REPORTS, _TRUTH = "reports.jsonl", "truth.csv"
_BEGINNINGS = {_REPORTS: f'{{"report_id": "{_id(1)}"'.encode(), _TRUTH: ",".join(TRUTH_COLUMNS[:3]).encode()}
"""How the files of a world begin, whatever its seed and settings."""


@dataclass(frozen=True)
class World:
    """A synthetic world: `reports` in contract section 1 form, `truth` with one row a report in the same order."""

    reports: list[dict[str, Any]]
    truth: list[dict[str, Any]]


def generate(
    reports: int, seed: int, overrides: dict[str, Any] | None = None, preset: str = "default", labelled: bool = False
) -> World:
    """A world of exactly `reports` reports, the same to the byte for the same arguments.

    `overrides` changes parameters by dotted name ({"report.typo": 0.1}); `preset` is a named set of overrides.
    `labelled` writes the true series (the offender of two or more incidents) into the reports' `series`.
    Raises ValueError for fewer than one report, an unknown preset or an unknown parameter.
    """
    if reports < 1:
        raise ValueError(f"a world has at least one report, not {reports}")
    params = parameters(preset, overrides)
    geography = Geography(params, seed)
    incidents, again = _incidents(params, seed, geography, reports)
    _behave(params, seed, incidents)
    drafts = _drafts(params, seed, geography, incidents, again)
    return _numbered(params, seed, drafts, labelled)


def foreign(out_dir: str | Path) -> Path | None:
    """The first file in `out_dir` that `write_world` would replace and that, by how it begins, did not write; None
    where there is none. OSError when one cannot be read."""
    for file, begins in ((Path(out_dir, name), begins) for name, begins in _BEGINNINGS.items()):
        if file.is_file():
            with file.open("rb") as stream:
                found = stream.read(len(begins))
            if found not in (b"", begins):
                return file
    return None


def write_world(world: World, out_dir: str | Path) -> tuple[Path, Path]:
    """Writes `reports.jsonl` and `truth.csv` into `out_dir` (made when missing) and returns their paths."""
    folder = Path(out_dir)
    folder.mkdir(parents=True, exist_ok=True)
    reports, truth = folder / _REPORTS, folder / _TRUTH
    write_reports(world, reports)
    write_truth(world, truth)
    return reports, truth


def write_truth(world: World, path: str | Path) -> None:
    """Writes the truth as a CSV of `TRUTH_COLUMNS`."""
    with drafted(Path(path)) as stream, TextIOWrapper(stream, encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, TRUTH_COLUMNS, lineterminator="\n")
        writer.writeheader()
        for row in world.truth:
            writer.writerow({name: ";".join(v) if isinstance(v, list) else v for name, v in row.items()})


def write_reports(world: World, path: str | Path) -> None:
    """Writes the reports as JSON Lines."""
    with drafted(Path(path)) as stream:
        stream.writelines(f"{json.dumps(report, ensure_ascii=False)}\n".encode() for report in world.reports)


def _incidents(params: Parameters, seed: int, geography: Geography, reports: int) -> tuple[list[Incident], list[int]]:
    """Incidents, offender by offender, and how many reports each gets, together exactly `reports`."""
    settings = params["world"]
    years = min(max(reports / settings["reports_per_year"], settings["years_min"]), settings["years_max"])
    casting = Casting(params, seed, geography, years)
    rng = stream(seed, "again")
    incidents: list[Incident] = []
    counts: list[int] = []
    left, index = reports, 0
    while left:
        for incident in casting.offender(index):
            if not left:
                break
            count = min(left, 2 if rng.random() < params["report"]["again"] else 1)
            incident.incident_id = f"INC-{len(incidents) + 1:06d}"
            incidents.append(incident)
            counts.append(count)
            left -= count
        index += 1
    points = geography.on_land(np.array([incident.point for incident in incidents]))
    for incident, (lat, lon) in zip(incidents, points.tolist(), strict=True):
        incident.point = (lat, lon)
    return incidents, counts


def _behave(params: Parameters, seed: int, incidents: list[Incident]) -> None:
    """Gives every incident its behaviours and the offences that follow from them."""
    sectors = {name: index for index, name in enumerate(sector_names(params))}
    names = list(dict.fromkeys(incident.offender.offender_id for incident in incidents))
    index_of = {name: index for index, name in enumerate(names)}
    main = {incident.offender.offender_id: sectors[incident.offender.sector] for incident in incidents}
    cast = Cast(
        offender=np.array([index_of[incident.offender.offender_id] for incident in incidents]),
        number=np.array([incident.number for incident in incidents]),
        sector=np.array([sectors[incident.sector] for incident in incidents]),
        main_sector=np.array([main[name] for name in names]),
    )
    _assign(params, seed, incidents, draw_behaviours(params, source(seed), cast))


def _assign(params: Parameters, seed: int, incidents: list[Incident], happened: NDArray[np.bool_]) -> None:
    """Writes what happened into the incidents, and draws the offences."""
    keys = list(params["behaviours"])
    rng = stream(seed, "offences")
    rules = [(name, rule) for name, rule in params["offence"].items() if isinstance(rule, dict)]
    for incident, row in zip(incidents, happened, strict=True):
        incident.behaviours = [keys[column] for column in np.flatnonzero(row)]
        for name, rule in rules:
            implied = not set(rule["by"]).isdisjoint(incident.behaviours)
            chance = params["offence"]["implied"] if implied else rule["share"] * params["offence"]["otherwise"]
            if rng.random() < chance:
                incident.offences.append(name)


def _drafts(
    params: Parameters, seed: int, geography: Geography, incidents: list[Incident], counts: list[int]
) -> list[Draft]:
    """Every report of every incident; second reports point to the first by its place in the list."""
    desk = Desk(params, Wardrobe(params))
    aside = stream(seed, "aside")
    points = [incident.point for incident in incidents]
    off = params["place"]["wrong_km"]
    nearby = geography.on_land(np.array([moved(aside, point, off) for point in points]))
    spots = zip(geography.spots(np.array(points)), geography.spots(nearby), strict=True)
    drafts: list[Draft] = []
    for incident, names, count in zip(incidents, spots, counts, strict=True):
        first = len(drafts)
        for number in range(count):
            rng = stream(seed, "report", incident.incident_id, number)
            draft = desk.report(rng, incident, names, drafts[first] if number else None)
            if number:
                draft.received = max(draft.received, drafts[first].received)
                draft.report["received"] = draft.received.isoformat()
                if rng.random() < params["report"]["follows_given"]:
                    draft.follows = first
            drafts.append(draft)
        drafts[first].told = None  # a world of 100,000 reports has to fit into memory
    return drafts


def _numbered(params: Parameters, seed: int, drafts: list[Draft], labelled: bool) -> World:
    """Reports in the order in which they came in, with numbers that tell nothing about who did it."""
    rng = stream(seed, "order")
    last = date.fromisoformat(params["world"]["end"])
    keys = [(min(draft.received, last), draft.follows is not None, rng.random()) for draft in drafts]
    order = sorted(range(len(drafts)), key=keys.__getitem__)
    ids = {index: _id(place) for place, index in enumerate(order, 1)}
    incidents = {(draft.truth["offender_id"], draft.truth["incident_id"]) for draft in drafts}
    serial = {who for who, count in Counter(who for who, _ in incidents).items() if count > 1}
    reports, truth = [], []
    for index in order:
        draft = drafts[index]
        head: dict[str, Any] = {"report_id": ids[index]}
        if draft.follows is not None:
            head["follows"] = ids[draft.follows]
        who = draft.truth["offender_id"]
        label = {"series": who} if labelled and who in serial else {}
        reports.append(head | draft.report | label)
        row = {"report_id": ids[index]} | draft.truth
        draft.truth = {}
        truth.append({name: row[name] for name in TRUTH_COLUMNS})
    return World(reports, truth)
