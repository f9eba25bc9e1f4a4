"""How many seconds one saved report takes to enter the latest run, beside linking all again.

    python benchmarks/update.py [--reports 2000 5000] [--seed 1] [--changes 1]

A store of a synthetic world is linked; then one more report of that world is imported and the run brought up to date,
first quickly and then exactly, and so once more with a changed report. Each step is timed as `linkage link` and
`linkage link --update` take it, the reading and writing of the store included. Where the quick update was
provisional, a line tells how far it agrees with the exact one: in the series of the report and of those near it, and
in the partners of the report over one half.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import linkage
from linkage.intake import Reject
from linkage.report import Report
from linkage.store import Store
from linkage.store.linking import Choices, Linked, link_store, update_store
from linkage.synthetic import generate


@dataclass
class Batch:
    """Reports as they are read."""

    reports: list[Report]
    rejects: list[Reject] = field(default_factory=list)


def read_world(folder: Path, reports: int, seed: int) -> list[Report]:
    """A synthetic world as it is read from its file."""
    file = folder / "reports.jsonl"
    with file.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in generate(reports, seed).reports)
    return linkage.read_reports(file).reports


@dataclass(frozen=True)
class Clock:
    """Seconds by the clock, and of the processor."""

    wall: float
    processor: float

    @classmethod
    def now(cls) -> Clock:
        """As they stand."""
        return cls(time.perf_counter(), time.process_time())


def told(what: str, linked: Linked, started: Clock) -> None:
    """One line of the outcome, with the stages that took longest."""
    now = Clock.now()
    stages = linked.found.record["timings_seconds"]
    longest = sorted(stages.items(), key=lambda stage: -stage[1])[:4]
    parts = ", ".join(f"{name} {seconds:.1f}" for name, seconds in longest)
    processor = now.processor - started.processor
    print(f"{what}: {now.wall - started.wall:.1f} s, {processor:.1f} s of processor ({parts})", flush=True)


def partners(linked: Linked, report: str) -> set[str]:
    """Reports that are believed to be of one person with a report."""
    pairs = linked.found.pairs[linked.found.pairs["probability"] > 0.5]
    mine = pairs[(pairs["report_a"] == report) | (pairs["report_b"] == report)]
    return set(mine["report_a"]) | set(mine["report_b"]) | {report}


def companies(linked: Linked) -> dict[str, frozenset[str]]:
    """For each report the reports of its series."""
    series = linked.found.series
    members = series.groupby("series_id")["report_id"].agg(frozenset)
    return dict(zip(series["report_id"], series["series_id"].map(members), strict=True))


def agreement(report: str, quick: Linked, exact: Linked) -> None:
    """One line of how far a provisional update agrees with the exact one."""
    near = quick.found.record["update"]["provisional"]["reports"]
    found, wanted = companies(quick), companies(exact)
    same = sum(found.get(name) == wanted.get(name) for name in near)
    believed, true = partners(quick, report), partners(exact, report)
    share = len(believed & true) / len(believed | true)
    own = "the same" if found.get(report) == wanted.get(report) else "another"
    print(
        f"  provisional: {own} series for {report}, {len(believed & true) - 1} partners over .5 in both "
        f"({share:.2f} of all), {same} of {len(near)} reports near it in the same series",
        flush=True,
    )


def update(store: Store, report: Report, what: str) -> None:
    """Bring the run up to one report, quickly and exactly."""
    store.import_batch(Batch([report]), f"{report.report_id}.jsonl")
    started = Clock.now()
    quick = update_store(store, quick=True)
    told(f"{what}, quick", quick, started)
    if quick.provisional:
        started = Clock.now()
        exact = update_store(store)
        told(f"{what}, exact", exact, started)
        agreement(report.report_id, quick, exact)


def measure(reports: int, seed: int, changes: int) -> None:
    """Link, and add one report and change one, so many times."""
    with tempfile.TemporaryDirectory() as folder:
        world = read_world(Path(folder), reports + changes, seed)
        with Store(f"sqlite:///{folder}/linkage.db") as store:
            store.import_batch(Batch(world[:reports]), "world.jsonl")
            started = Clock.now()
            told(f"{reports:,} reports linked", link_store(store, Choices()), started)
            for at, new in enumerate(world[reports:]):
                update(store, new, "one new report")
                old = world[(at + 1) * reports // (changes + 1)]
                changed = old.model_copy(update={"weapons": [], "speech": ["get in the back"]})
                update(store, changed, "one changed report")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="+", default=[2000, 5000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--changes", type=int, default=1)
    given = parser.parse_args()
    for size in given.reports:
        measure(size, given.seed, given.changes)
