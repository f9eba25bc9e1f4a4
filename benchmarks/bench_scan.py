"""How fast every pair is scored, beside a plain numpy pair table on the same machine and in the same run.

    python benchmarks/bench_scan.py [--reports 3000 20000] [--seed 1]

Scored are the canonical reports of a synthetic world, all evidence on. The plain table works out every comparison's
weight for slices of pairs with numpy and adds them up; it is timed on as many pairs as fit a few seconds. Both are
timed after a warm-up, and their totals are compared: they are the same numbers. Peak memory is of the whole process
(`ru_maxrss`), so of the largest size so far.
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
from numpy.typing import NDArray

import linkage
from linkage.features.parameters import elicited
from linkage.features.table import EvidenceTable, fit_table
from linkage.models.kernel import score_block
from linkage.models.scan import ScanSettings, scan
from linkage.report import Report
from linkage.synthetic import generate

PLAIN_PAIRS = 200_000
"""Pairs the plain table is timed on: enough for a steady figure within seconds."""

WARM_UP = 64


def read_world(reports: int, seed: int) -> list[Report]:
    """A synthetic world as it is read from its file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "reports.jsonl"
        with file.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(row) + "\n" for row in generate(reports, seed).reports)
        return linkage.read_reports(file).reports


def silent(_done: int, _total: int) -> None:
    """No progress is shown."""


def time_scan(table: EvidenceTable, count: int) -> tuple[float, float]:
    """Seconds to pack the columns and to scan all pairs, partners kept."""
    started = time.perf_counter()
    packed = table.pack()
    packing = time.perf_counter() - started
    started = time.perf_counter()
    scan(packed, np.arange(count), ScanSettings(), silent)
    return packing, time.perf_counter() - started


def plain_table(table: EvidenceTable, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
    """The pair table without the kernel: every comparison's weight for all listed pairs, then their sum."""
    return np.stack([column.pair_weights(left, right) for column in table.columns]).sum(axis=0)


def measure(count: int, seed: int) -> None:
    """Print the figures of one size."""
    reports = read_world(count, seed)
    started = time.perf_counter()
    table = fit_table(reports, elicited(), sensitive=True)
    fitting = time.perf_counter() - started
    time_scan(fit_table(reports[:WARM_UP], elicited()), WARM_UP)
    packing, scanning = time_scan(table, count)

    rng = np.random.default_rng(seed)
    left, right = rng.integers(0, count, (2, PLAIN_PAIRS))
    left, right = left[left != right], right[left != right]
    plain_table(table, left[:WARM_UP], right[:WARM_UP])
    started = time.perf_counter()
    plain = plain_table(table, left, right)
    plain_seconds = time.perf_counter() - started

    packed = table.pack()
    exact, _, _ = score_block(packed.take(left[:WARM_UP]), packed)
    difference = np.abs(exact[np.arange(WARM_UP), right[:WARM_UP]] / 1000 - plain[:WARM_UP]).max()
    # counted once each, though the scan works every pair out from both sides, as each report keeps a list of its own
    pairs = count * (count - 1) // 2
    rate = pairs / scanning
    plain_rate = len(left) / plain_seconds
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1024) / 1024
    print(
        f"\nn = {count:,} reports, seed {seed}: {pairs:,} pairs, {len(table.names)} comparisons\n"
        f"  columns from reports   {fitting:8.2f} s\n"
        f"  packing                {packing:8.2f} s\n"
        f"  scan, partners kept    {scanning:8.2f} s   {rate / 1e6:8.2f} M pairs/s\n"
        f"  plain numpy table      {plain_seconds:8.2f} s   {plain_rate / 1e6:8.2f} M pairs/s ({len(left):,} pairs)\n"
        f"  ratio                  {rate / plain_rate:8.1f} x\n"
        f"  largest difference     {difference:8.4f} (rounding to thousandths of each part)\n"
        f"  peak memory            {peak:8.2f} GB"
    )


def main() -> None:
    """Measure all sizes asked for."""
    parser = argparse.ArgumentParser(description="Time the scan of every pair against a plain numpy pair table.")
    parser.add_argument("--reports", type=int, nargs="+", default=[3000, 20000])
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(f"python benchmarks/bench_scan.py --reports {' '.join(map(str, asked.reports))} --seed {asked.seed}")
    print(
        f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, numpy {np.__version__}"
    )
    for count in asked.reports:
        measure(count, asked.seed)


if __name__ == "__main__":
    main()
