"""What a second import of the same files costs, and one of a file with ten new rows; and that it says the same.

    python benchmarks/reread.py [--reports 5000] [--narratives 1500] [--seed 5] [--before FOLDER]

Two files of a synthetic world, contract reports as JSON Lines and narratives as a table with headings of its own,
are imported by the command into a new store, again unchanged, and with ten more rows, each in a process of its own.
What is told is the processor time of that process and its children, start included. With `--before`, a checkout of
the version before, its command does the same with a store of its own, and what both print, write beside the file and
keep of each report must be the same.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from linkage.synthetic import generate

HERE = Path(__file__).parents[1]
STEPS = ("first", "again", "ten more")
NEW = 10
Row = dict[str, Any]


def write(file: Path, rows: Sequence[Row]) -> None:
    """Rows as their file has them: contract reports whole, or number, day, place and narrative of each."""
    with file.open("w", encoding="utf-8", newline="") as out:
        if file.suffix == ".jsonl":
            out.writelines(json.dumps(row) + "\n" for row in rows)
            return
        table = csv.writer(out)
        table.writerow(["Ref", "Date received", "Where", "What happened"])
        for row in rows:
            table.writerow(
                [row["report_id"], row.get("received"), row.get("place", {}).get("text"), row["narrative"]]
            )


def run(code: Path, folder: Path, file: str) -> tuple[float, bytes]:
    """Import a file; returns processor seconds and what was printed, with the exit code."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    program = "from linkage.cli import main; main()"
    command = [sys.executable, "-c", program, "import", file, "--json", "--store", "sqlite:///store.db"]
    environment = {**os.environ, "PYTHONPATH": str(code), "PYTHONSAFEPATH": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    rejects = folder / f"{file}.rejects.csv"
    said = done.stdout + done.stderr + f"exit {done.returncode}\n".encode()
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, said.replace(str(folder).encode(), b"FOLDER") + (rejects.read_bytes() if rejects.exists() else b"")


def kept(folder: Path) -> list[tuple[Any, ...]]:
    """What the store holds of reports and refusals, without when that was."""
    with create_engine(f"sqlite:///{folder}/store.db").connect() as store:
        reports = store.execute(text("SELECT report_id, version, body, file FROM reports ORDER BY 1, 2")).all()
        rejects = store.execute(text("SELECT fingerprint FROM rejects ORDER BY 1")).all()
        return [*map(tuple, reports), *map(tuple, rejects)]


def measure(code: Path, name: str, rows: Sequence[Row]) -> tuple[list[float], list[Any]]:
    """Processor seconds of each step, and everything that each said and left."""
    folder = Path(tempfile.mkdtemp(prefix="reread-"))
    try:
        folder.chmod(0o700)
        spent, left = [], []
        for step in STEPS:
            write(folder / name, rows if step == STEPS[-1] else rows[:-NEW])
            seconds, said = run(code, folder, name)
            spent.append(seconds)
            left.append((said, kept(folder)))
        return spent, left
    finally:
        shutil.rmtree(folder)


def main() -> None:
    """Print the figures of both files."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=int, default=5000)
    options.add_argument("--narratives", type=int, default=1500)
    options.add_argument("--seed", type=int, default=5)
    options.add_argument("--before", type=Path)
    given = options.parse_args()
    world = generate(max(given.reports, 2 * given.narratives) + NEW, given.seed).reports
    told = [row for row in world if row.get("narrative")]
    files = {"contract.jsonl": world[: given.reports + NEW], "narratives.csv": told[: given.narratives + NEW]}
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, seed {given.seed}")
    for name, rows in files.items():
        if len(rows) <= NEW:
            continue
        spent, left = measure(HERE, name, rows)
        print(f"\n{name}, {len(rows) - NEW:,} rows; processor seconds")
        for step, seconds in zip(STEPS, spent, strict=True):
            print(f"  {step:<10}{seconds:9.2f}   1 : {spent[0] / seconds:.1f}", flush=True)
        if given.before:
            earlier, left_before = measure(given.before.resolve(), name, rows)
            for step, seconds, now in zip(STEPS, earlier, spent, strict=True):
                print(f"  {step:<10}{seconds:9.2f}   before; now {now / seconds:.3f} of it")
            assert left == left_before, "the version before said or kept something else"
            print("  the same was said and kept, byte for byte, at every step")


if __name__ == "__main__":
    main()
