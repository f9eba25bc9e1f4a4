"""How long it takes to find what a new report resembles among a million: the exact 50 nearest and the far lane.

    python benchmarks/many_held.py [--reports 1000] [--held 20000 200000 1000000] [--new 20] [--seed 1]

Columns are fitted to a small synthetic world, and what a new report weighs against its rows is repeated until there
are as many rows as asked: base rates, distinct values and words are those of the small world, memory and work those
of the large one. Places are weighed anew against all rows; dates are not, and encoding the report is not timed. Timed
by the processor, warm: weights of all rows, the 50 strongest, the 10 strongest beyond 50 km, and every comparison's
weight for these. Series and explanations are not in it: they do not depend on how many reports there are but for
one pass over the strengths.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

import linkage
from linkage import Linker, Report
from linkage.features.measures import LOCATED, near_one
from linkage.features.newcomer import Against, ByCode, ByHolder, ByItem, ByRow, MentionedItems, Newcomer
from linkage.features.newcomer_sums import squared_from
from linkage.models.nearest import ComparedReport
from linkage.models.newcomers import Newcomers
from linkage.synthetic import generate

TOP, FAR_TOP, FAR_KM = 50, 10, 50.0


def read_world(reports: int, seed: int) -> list[Report]:
    """A synthetic world as it is read from its file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "reports.jsonl"
        rows = generate(reports, seed).reports
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return linkage.read_reports(file, processes=1).reports


def tiled(against: Against, times: int) -> Against:
    """The same weights against so many times the rows."""
    if isinstance(against, ByCode):
        return replace(against, codes=np.tile(against.codes, times))
    if isinstance(against, ByHolder):
        n = len(against.recorded)
        rows = (np.arange(times)[:, None] * n + against.rows).ravel()
        return replace(
            against, recorded=np.tile(against.recorded, times), rows=rows, added=np.tile(against.added, times)
        )
    if isinstance(against, ByItem):
        told, own = against.told, np.diff(against.told.start)
        start = np.concatenate([[0], np.cumsum(np.tile(own, times))])
        items, codes = np.tile(told.items, times), np.tile(told.codes, times)
        return replace(against, told=MentionedItems(np.tile(told.level, times), start, items, codes))
    assert isinstance(against, ByRow)
    return ByRow(np.tile(against.millibans, times))


def measure(newcomers: Newcomers, new: list[Report], held: int) -> None:
    """Print the figures of so many rows."""
    place = newcomers.scored.table.place()
    times = -(-held // place.n)
    points, took = np.tile(place.points, (times, 1)), []
    for report in new:
        compared = newcomers.compare(report)
        told: list[Newcomer | None] = [
            one and replace(one, n=one.n * times, against=tiled(one.against, times)) for one in compared.told
        ]
        at = next((k for k, one in enumerate(told) if one is not None and one.apart is not None), None)
        started = time.thread_time()
        if at is not None and (one := told[at]) is not None:
            row = int(np.flatnonzero(place.located)[0])
            found = near_one(points[row], points, place.elsewhere)
            apart = squared_from(points[row], points, LOCATED)
            told[at] = replace(one, against=ByRow(found), apart=apart)
        wide = ComparedReport(report, told, compared.tempers, compared.prior, place.n * times, [])
        wide.nearest(TOP)
        wide.far(FAR_TOP, FAR_KM)
        took.append(1000 * (time.thread_time() - started))
    middle, late = np.quantile(took[1:], [0.5, 0.95])
    print(f"{place.n * times:10,} rows: median {middle:8.1f} ms, 95th percentile {late:8.1f} ms", flush=True)


def main() -> None:
    """Measure all sizes asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--reports", type=int, default=1000)
    asked.add_argument("--held", type=int, nargs="+", default=[20_000, 200_000, 1_000_000])
    asked.add_argument("--new", type=int, default=20)
    asked.add_argument("--seed", type=int, default=1)
    chosen = asked.parse_args()
    world = read_world(chosen.reports + chosen.new, chosen.seed)
    new = world[:: len(world) // chosen.new][: chosen.new]
    names = {report.report_id for report in new}
    newcomers = Linker().take([report for report in world if report.report_id not in names]).newcomers()
    for held in chosen.held:
        measure(newcomers, new, held)


if __name__ == "__main__":
    main()
