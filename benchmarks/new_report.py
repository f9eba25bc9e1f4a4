"""How long it takes to place one new report beside judged series, and what the placing says.

    python benchmarks/new_report.py [--reports 2000 20000] [--new 200] [--seed 1]

From a synthetic world of canonical reports some are held out. The rest are scored, judged and gathered into series
once; then the place of each report held out is asked for, warm: after the run was prepared and one report placed. As
a check of the answers, not of the linkage, it is told how often the likeliest place of a report whose person has a
series or a lone report among the rest holds a report of that person, and of one whose person has none is "none".
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

import linkage
from linkage import Linker, Report
from linkage.models.offered import NONE
from linkage.synthetic import generate


def read_world(reports: int, seed: int) -> list[Report]:
    """A synthetic world as it is read from its file, series known."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "reports.jsonl"
        with file.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(row) + "\n" for row in generate(reports, seed, labelled=True).reports)
        return linkage.read_reports(file).reports


def measure(count: int, new: int, seed: int) -> None:
    """Print the figures of one size."""
    world = read_world(count + new, seed)
    chosen = set(np.random.default_rng(seed).choice(len(world), new, replace=False).tolist())
    held = [report for at, report in enumerate(world) if at not in chosen]
    arriving = [world[at] for at in sorted(chosen)]
    started = time.perf_counter()
    linker = Linker().take(held)
    series = linker.cluster(linker.score(held))
    judging = time.perf_counter() - started
    before = peak()
    started = time.perf_counter()
    linker.place_report(arriving[0], series)
    preparing = time.perf_counter() - started
    times, placed = [], []
    for report in arriving:
        started = time.perf_counter()
        placed.append(linker.place_report(report, series))
        times.append(1000 * (time.perf_counter() - started))
    middle, late = np.quantile(times, [0.5, 0.95])
    offered = np.median([len(frame) - 1 for frame in placed])
    print(
        f"\nn = {count:,} reports held, {new} placed, seed {seed}\n"
        f"  scored, judged and gathered once   {judging:9.1f} s\n"
        f"  prepared for new reports once      {preparing:9.1f} s\n"
        f"  placing one, warm: median          {middle:9.1f} ms\n"
        f"  placing one, warm: 95th percentile {late:9.1f} ms\n"
        f"  placing one, warm: slowest         {max(times):9.1f} ms\n"
        f"  series offered, median             {offered:9.0f}\n"
        f"  {told(placed, arriving, held, series)}\n"
        f"  peak memory                        {peak():9.2f} GB ({before:.2f} before preparing)",
        flush=True,
    )


def told(placed: list[pd.DataFrame], arriving: list[Report], held: list[Report], series: pd.DataFrame) -> str:
    """How often the likeliest place is right, for reports with others of their person and without."""
    person = {report.report_id: report.series for report in held}
    people: dict[str, set[str | None]] = {}
    for name, report_id in zip(series["series_id"], series["report_id"], strict=True):
        people.setdefault(name, set()).add(person[report_id])
    known = {name for name in person.values() if name}
    right: dict[bool, list[bool]] = {True: [], False: []}
    for frame, report in zip(placed, arriving, strict=True):
        first = frame["series_id"].iloc[0]
        has = report.series in known if report.series else False
        found = first != NONE and report.series in people.get(first, {person.get(first)})
        right[has].append(found if has else first == NONE)
    return (
        f"likeliest place right: {sum(right[True])} of {len(right[True])} whose person is known, "
        f"{sum(right[False])} of {len(right[False])} others"
    )


def peak() -> float:
    """Most memory so far, GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**3 if sys.platform == "darwin" else 1024**2)


def main() -> None:
    """Measure all sizes asked for."""
    parser = argparse.ArgumentParser(description="Time the placing of new reports beside judged series.")
    parser.add_argument("--reports", type=int, nargs="+", default=[2000, 20000])
    parser.add_argument("--new", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(
        f"python benchmarks/new_report.py --reports {' '.join(map(str, asked.reports))} --new {asked.new} "
        f"--seed {asked.seed}\n"
        f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, numpy {np.__version__}"
    )
    for count in asked.reports:
        measure(count, asked.new, asked.seed)


if __name__ == "__main__":
    main()
