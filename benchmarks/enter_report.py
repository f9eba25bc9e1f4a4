"""How long it takes from saving a new report to seeing what it resembles, and what is made ready before.

    python benchmarks/enter_report.py [--reports 3000 20000] [--new 20] [--seed 1]

From a synthetic world of canonical reports some are held out and entered, one after the other, beside the rest.
Series are the true ones: what is timed does not depend on how they were found. Answers are timed by the processor,
all else by the clock.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

import linkage
from linkage import Linker, Report
from linkage.intake import Batch
from linkage.intake.incidents.proposals import IncidentIndex
from linkage.review.new_report import Desk, same_incident
from linkage.review.series_view import base_rates
from linkage.store import Store
from linkage.synthetic import generate


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long something took."""
    started = time.perf_counter()
    yield
    print(f"  {what:<52}{time.perf_counter() - started:9.3f} s", flush=True)


def measure(count: int, new: int, seed: int, folder: Path) -> None:
    """Print the figures of one size."""
    file = folder / "reports.jsonl"
    with file.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in generate(count + new, seed, labelled=True).reports)
    world = [report for report in linkage.read_reports(file).reports if report.follows is None]
    chosen = set(np.random.default_rng(seed).choice(len(world), new, replace=False).tolist())
    held = {report.report_id: report for at, report in enumerate(world) if at not in chosen}
    entered = [world[at] for at in sorted(chosen)]
    print(f"\nn = {len(held):,} reports held, {new} entered, seed {seed}")
    with Store(f"sqlite:///{folder / f'{count}.db'}") as store:
        store.import_batch(Batch(list(held.values())))
        linker = Linker().take(list(held.values()))
        with timed("evidence made ready, in the background"):
            assert linker.prior_ < 0
        with timed("laid out for new reports, in the background"):
            desk = Desk(held, linker, series_of(held))
        with timed("laid out for the same incident"):
            index = IncidentIndex(held.values())
        with timed("same incident, before saving"):
            same_incident(entered[0], held, index)
        desk.answers(entered[0])
        before = store.newest_at()
        with timed("saved"):
            store.enter(entered[0], "benchmark")
        times = []
        for report in entered:
            started = time.thread_time()
            desk.answers(report)
            times.append(time.thread_time() - started)
        print(f"  {'answers, median':<52}{np.median(times):9.4f} s\n  {'answers, slowest':<52}{max(times):9.4f} s")
        with timed("what was added read by the pages, after the answers"):
            assert len(store.added_since(before)) == 1
            base_rates(held.values())


def series_of(held: dict[str, Report]) -> dict[str, list[str]]:
    """The true series of more than one report."""
    found: dict[str, list[str]] = {}
    for report in held.values():
        if report.series:
            found.setdefault(report.series, []).append(report.report_id)
    return {name: members for name, members in found.items() if len(members) > 1}


def main() -> None:
    """Measure all sizes asked for."""
    parser = argparse.ArgumentParser(description="Time the entering of a report.")
    parser.add_argument("--reports", type=int, nargs="+", default=[3000, 20000])
    parser.add_argument("--new", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        for count in asked.reports:
            measure(count, asked.new, asked.seed, Path(folder))


if __name__ == "__main__":
    main()
