"""How fast every pair is scanned, beside the scan without pruning, a pandas pair table and Splink, all in one run.

    python benchmarks/bench_scan.py [--reports 3000 20000] [--seed 1] [--runs 2] [--splink 1500]

Scanned are the canonical reports of a synthetic world, all evidence on, 50 partners of each report and 10 far ones.
*Unpruned* scores every pair whole (`score_block`) and sorts; its partners are asserted to be the same, pair by pair
and flag by flag. The pandas table works out every comparison's weight for some whole rows, adds them up and lists the
50 best of each row; its weights are asserted to be those of the kernel but for rounding. Splink scores all pairs of a
smaller world with the published configuration (`splink.toml`), untrained: what m and u are does not change how long
it takes.

All times are of the processor, over all threads, the best of the runs, which alternate; rates are per second of two
busy cores. A pair counts once, though the scan weighs it from both sides, as each report has a list of its own; the
pandas table gets its rows counted in full. Memory is what the process reaches above what it had once its reports were
read (Linux).
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import platform
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import linkage
from linkage.features.packing import Packed
from linkage.features.parameters import elicited
from linkage.features.table import EvidenceTable, fit_table
from linkage.models.kernel import score_block
from linkage.models.pruned_kernel import best_partners
from linkage.models.scan import Partners, ScanSettings, limits_of, scan, scan_rows
from linkage.models.scan_columns import columns_of
from linkage.report import Report
from linkage.synthetic import generate

CORES = 2
PLAIN_PAIRS = 200_000
"""Pairs the pandas table is timed on: enough for a steady figure within seconds."""

WARM_UP = 64
KILOBYTE, MEGABYTE = 2**10, 2**20
PRIOR = 5e-4
"""Of Splink's model; it has no influence on the time."""

T = TypeVar("T")


def read_world(reports: int, seed: int) -> list[Report]:
    """A synthetic world as it is read from its file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "reports.jsonl"
        with file.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(row) + "\n" for row in generate(reports, seed).reports)
        return linkage.read_reports(file).reports


def processor(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds of processor time and what came out."""
    started = time.process_time()
    found = work()
    return time.process_time() - started, found


def memory(what: str) -> float:
    """Megabytes of this process: VmRSS now, or VmHWM, the most since `forget_peak`."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return float(next(line.split()[1] for line in lines if line.startswith(what))) * KILOBYTE / MEGABYTE


def forget_peak() -> None:
    """Begin a new peak (Linux, man 5 proc: clear_refs)."""
    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")


def pandas_table(table: EvidenceTable, left: NDArray[np.int64], right: NDArray[np.int64]) -> pd.DataFrame:
    """The 50 best partners of the rows `left` among the listed pairs, with the weight of every comparison."""
    frame = pd.DataFrame({"left": left, "right": right})
    for name, column in zip(table.names, table.columns, strict=True):
        frame[name] = column.pair_weights(left, right)
    frame["total"] = frame[table.names].sum(axis=1)
    listed: pd.DataFrame = frame.sort_values(["left", "total"], ascending=[True, False]).groupby("left").head(50)
    return listed


def assert_equal(one: Partners, other: Partners) -> None:
    """Both list the same pairs under the same flags."""
    for name in ("left", "right", "main", "far"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), f"other {name}"


def pandas_rate(table: EvidenceTable, packed: Packed) -> float:
    """Pairs a second of one core; the weights are asserted to be the kernel's."""
    rows = np.arange(max(1, PLAIN_PAIRS // packed.n))
    left, right = np.repeat(rows, packed.n), np.tile(np.arange(packed.n), len(rows))
    left, right = left[left != right], right[left != right]
    pandas_table(table, left[:WARM_UP], right[:WARM_UP])
    seconds, listed = processor(lambda: pandas_table(table, left, right))
    total, _, _ = score_block(packed.take(rows), packed)
    exact = total[listed["left"].to_numpy(), listed["right"].to_numpy()] / 1000
    difference = np.abs(exact - listed["total"].to_numpy()).max()
    assert difference < len(table.names) * 0.002, f"weights differ by {difference}"
    return len(left) / seconds


def splink_rate(reports: list[Report]) -> tuple[float, int]:
    """Pairs a second of one core, DuckDB on one thread, and the number of comparisons."""
    from linkage.evaluation.baselines.splink_model import settings
    from linkage.evaluation.baselines.splink_scorer import _linker

    logging.disable(logging.WARNING)
    model = settings(True, PRIOR, reports=0)  # as of so few that Splink, too, scores every pair
    with _linker(reports, model) as (linker, _):
        seconds, found = processor(lambda: linker.inference.predict(warning_mode="never").as_duckdbpyrelation())
        pairs = len(found)
    assert pairs == len(reports) * (len(reports) - 1) // 2
    return pairs / seconds, len(model["comparisons"])


def warm_up(packed: Packed) -> None:
    """Compile the scan, or load what was compiled."""
    best_partners(columns_of(packed, np.arange(packed.n)), 0, 1, limits_of(ScanSettings()))


def measure(count: int, seed: int, runs: int) -> None:
    """Print the figures of one size."""
    reports = read_world(count, seed)
    fit_table(reports[:WARM_UP], elicited())
    loaded = memory("VmRSS")
    fitting, table = processor(lambda: fit_table(reports, elicited(), sensitive=True))
    packing, packed = processor(table.pack)
    incident, wanted = np.arange(count), ScanSettings()
    warm_up(packed)
    scan_rows(packed, incident, wanted, np.arange(1))
    before, pruned, unpruned = memory("VmRSS"), [], []
    for _ in range(runs):
        forget_peak()
        seconds, found = processor(lambda: scan(packed, incident, wanted))
        peak = memory("VmHWM")
        pruned.append(seconds)
        seconds, plain = processor(lambda: scan_rows(packed, incident, wanted, incident))
        unpruned.append(seconds)
        assert_equal(found, plain)
    pairs = count * (count - 1) // 2
    rate, old, pandas = (
        CORES * pairs / min(pruned),
        CORES * pairs / min(unpruned),
        CORES * pandas_rate(table, packed),
    )
    print(
        f"\nn = {count:,} reports, seed {seed}: {pairs:,} pairs, {len(table.names)} comparisons, "
        f"{len(found.left):,} partners, the same with and without pruning\n"
        f"  columns from reports   {fitting:8.2f} s\n"
        f"  packing                {packing:8.2f} s\n"
        f"  scan                   {min(pruned):8.2f} s   {rate / 1e6:8.2f} M pairs/s   ({_all(pruned)})\n"
        f"  scan, unpruned         {min(unpruned):8.2f} s   {old / 1e6:8.2f} M pairs/s   ({_all(unpruned)})\n"
        f"  ratio                  {rate / old:8.1f} x\n"
        f"  pandas pair table      {'':8s}     {pandas / 1e6:8.3f} M pairs/s   ratio {rate / pandas:,.0f} x\n"
        f"  memory of the scan     {peak - before:8.0f} MB; with columns and all {peak - loaded:,.0f} MB over "
        f"the loaded reports"
    )


def _all(seconds: list[float]) -> str:
    return ", ".join(f"{one:.2f}" for one in seconds)


def main() -> None:
    """Measure all sizes asked for."""
    parser = argparse.ArgumentParser(description="Time the scan of every pair beside other ways of doing it.")
    parser.add_argument("--reports", type=int, nargs="+", default=[3000, 20000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--splink", type=int, default=1500, help="reports of the world Splink scores, 0 for none")
    asked = parser.parse_args()
    print(
        f"python benchmarks/bench_scan.py --reports {' '.join(map(str, asked.reports))} --seed {asked.seed} "
        f"--runs {asked.runs} --splink {asked.splink}\n"
        f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, numpy {np.__version__}"
    )
    for count in asked.reports:
        measure(count, asked.seed, asked.runs)
    if asked.splink:
        rate, comparisons = splink_rate(read_world(asked.splink, asked.seed))
        print(
            f"\nSplink, all pairs of {asked.splink:,} reports on {comparisons} comparisons: "
            f"{CORES * rate / 1e6:.3f} M pairs/s of two cores"
        )


if __name__ == "__main__":
    main()
