"""How many seconds one saved report takes to enter the latest run, beside linking all again.

    python benchmarks/update.py [--reports 2000 5000] [--seed 1]

A store of a synthetic world is linked; then one more report of that world is imported and the run brought up to date,
and so once more with a changed report. Each step is timed as `linkage link` and `linkage link --update` take it, the
reading and writing of the store included.
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


def told(what: str, linked: Linked, started: float) -> None:
    """One line of the outcome, with the stages that took longest."""
    stages = linked.found.record["timings_seconds"]
    longest = sorted(stages.items(), key=lambda stage: -stage[1])[:4]
    parts = ", ".join(f"{name} {seconds:.1f}" for name, seconds in longest)
    print(f"{what}: {time.perf_counter() - started:.1f} s ({parts})", flush=True)


def measure(reports: int, seed: int) -> None:
    """Link, add one report, change one."""
    with tempfile.TemporaryDirectory() as folder:
        world = read_world(Path(folder), reports + 1, seed)
        with Store(f"sqlite:///{folder}/linkage.db") as store:
            store.import_batch(Batch(world[:-1]), "world.jsonl")
            started = time.perf_counter()
            told(f"{reports:,} reports linked", link_store(store, Choices()), started)
            store.import_batch(Batch(world[-1:]), "one.jsonl")
            started = time.perf_counter()
            told("one new report", update_store(store), started)
            changed = world[reports // 2].model_copy(update={"weapons": [], "speech": ["get in the back"]})
            store.import_batch(Batch([changed]), "changed.jsonl")
            started = time.perf_counter()
            told("one changed report", update_store(store), started)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="+", default=[2000, 5000])
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for size in given.reports:
        measure(size, given.seed)
