"""What all pairs of many reports take on many cores, planned from measured blocks.

    python -m benchmarks.cluster_plan [--reports 200000 1000000] [--cores 2 32 320] [--rows 1024] [--check .1 .01]

Columns of so many reports are made from those of a small synthetic world: every table, the behaviours, the places
and the dates are dealt anew for each copy of the world, by a permutation of their own, so that no report has a twin
and every value is as common as it was; what goes together in a report and what only two reports share across copies
is lost, and tables of distinct values are as small as in the world. Rows drawn at random are weighed against all
rows, in processor time of one core. The plan is that time for all rows, divided by the cores: sending, Dask, reading,
series and the tables of results are not in it. `--check` weighs another share of the rows of each size, in
blocks, and says how far the plan was off.

Series are not planned: how many components there are and how large depends on the reports, and dealt columns have no
series. A worker's own memory is measured on a real one.
"""

from __future__ import annotations

import argparse
import logging
import os
import time
from collections.abc import Sequence
from dataclasses import replace

import distributed
import numpy as np
import psutil
from numpy.typing import NDArray
from scipy.sparse import block_diag, csr_array

from benchmarks.bench_scan import processor, read_world
from linkage.cluster.arrays import size_of
from linkage.cluster.place import EVERY_WORKER, Cluster
from linkage.cluster.worker import ROOM_TO_SPARE
from linkage.features.packing import Packed
from linkage.features.parameters import elicited
from linkage.features.table import fit_table
from linkage.models.pruned_kernel import best_partners
from linkage.models.scan import ScanSettings, limits_of, scan
from linkage.models.scan_columns import Columns, columns_of
from linkage.models.work import ranges

WORLD, SEED = 1_000, 1


def dealt(packed: Packed, copies: int, seed: int) -> Packed:
    """Columns of `copies` times as many rows, each copy of each column in an order of its own."""
    draw = np.random.default_rng(seed)

    def orders() -> NDArray[np.int64]:
        return np.concatenate([draw.permutation(packed.n) for _ in range(copies)])

    many = replace(packed, shared=csr_array(packed.shared)).take(orders())
    return replace(
        many,
        codes=np.array([codes[orders()] for codes in packed.codes], dtype=packed.codes.dtype),
        points=packed.points[orders()],
        dates=packed.dates[orders()],
        shared=csr_array(block_diag([packed.shared] * copies, format="csr")),
    )


def seconds_of(columns: Columns, blocks: Sequence[tuple[int, int]]) -> tuple[float, int]:
    """Processor time of blocks, and the bytes of their answers."""
    limits = limits_of(ScanSettings())
    seconds, found = processor(lambda: [best_partners(columns, start, end, limits).nbytes for start, end in blocks])
    return seconds, sum(found)


def worker_memory(packed: Packed) -> float:
    """Megabytes of a real worker that has scanned a small world."""
    with (
        distributed.LocalCluster(
            n_workers=1,
            threads_per_worker=1,
            dashboard_address=None,
            worker_dashboard_address=None,
            silence_logs=logging.CRITICAL,
        ) as local,
        distributed.Client(local, set_as_default=False) as client,
    ):
        scan(packed, np.arange(packed.n), ScanSettings(), work=Cluster(lambda: distributed.Client(local)))
        process = next(iter(client.run(os.getpid).values()))
        return float(psutil.Process(process).memory_info().rss / 1e6)


def plan(packed: Packed, reports: int, rows: int, cores: Sequence[int], check: float) -> None:
    """Print what so many reports take."""
    many = dealt(packed, -(-reports // packed.n), SEED)
    laying, columns = processor(lambda: columns_of(many, np.arange(many.n)))
    draw = np.random.default_rng(SEED)
    starts = draw.choice(many.n - 1, rows, replace=False)
    seconds, answers = seconds_of(columns, [(int(at), int(at) + 1) for at in starts])
    whole, sent, room = seconds / rows * many.n, size_of(columns), 48 * many.n
    needed = (EVERY_WORKER + 2 * sent + room) / ROOM_TO_SPARE
    print(
        f"\nn = {many.n:,} reports dealt from {packed.n:,} (seed {SEED}), {rows} rows measured: {seconds:.1f} s, "
        f"{many.n * rows / seconds / 1e6:.0f} M weighed pairs/s of one core\n"
        f"  laying out {laying:.1f} s; sent to each worker {sent / 1e6:.0f} MB; asked of a worker with one thread "
        f"{needed / 1e9:.1f} GB; answers {answers / rows * many.n / 1e6:,.0f} MB in all\n"
        f"  all pairs: {whole:,.0f} s of one core\n"
        + "\n".join(f"  on {count:>4} cores {whole / count:10,.1f} s" for count in cores),
        flush=True,
    )
    blocks = ranges(0, many.n)
    chosen = draw.choice(len(blocks), max(1, round(check * len(blocks))), replace=False)
    taken, _ = seconds_of(columns, [blocks[at] for at in chosen])
    share = sum(blocks[at][1] - blocks[at][0] for at in chosen) / many.n
    print(
        f"  checked on {len(chosen)} blocks, {share:.1%} of the rows: {taken:.1f} s, planned "
        f"{whole * share:.1f} s, ratio {taken / (whole * share):.3f}",
        flush=True,
    )


def main() -> None:
    """Measure and plan."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="+", default=[200_000, 1_000_000])
    parser.add_argument("--cores", type=int, nargs="+", default=[2, 32, 320])
    parser.add_argument("--rows", type=int, default=1024)
    parser.add_argument("--check", type=float, nargs="+", default=[0.1, 0.01])
    asked = parser.parse_args()
    started = time.perf_counter()
    packed = fit_table(read_world(WORLD, SEED), elicited(), sensitive=True).pack()
    seconds_of(columns_of(packed, np.arange(packed.n)), [(0, 1)])
    print(
        f"a worker with one thread that has scanned {packed.n:,} reports: {worker_memory(packed):.0f} MB", flush=True
    )
    for reports, check in zip(asked.reports, asked.check, strict=True):
        plan(packed, reports, asked.rows, asked.cores, check)
    print(f"\n{time.perf_counter() - started:.0f} s in all", flush=True)


if __name__ == "__main__":
    main()
