"""How time and memory of the whole command grow with the number of reports.

    python benchmarks/growth.py [--reports 2000 5000 10000 20000] [--seed 1] [--preset default]

For each size a synthetic world is made and linked by `linkage link` in a process of its own, after a first run on a
few reports that compiles what is not yet compiled. Told are seconds for each step, the highest memory of the process,
and how the time grew beside the size before: an exponent of 1 is growth in step with the reports, 2 with the pairs.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from math import log
from pathlib import Path
from typing import Any

FEW = 200
"""Reports of the run that compiles."""


def command(*words: str) -> tuple[float, float]:
    """Run `linkage` with these words: peak memory in GB and processor seconds. RuntimeError when it fails."""
    child = subprocess.Popen([Path(sys.executable).with_name("linkage"), *words], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise RuntimeError(f"linkage {' '.join(words)} failed")
    return used.ru_maxrss / 1024**2, used.ru_utime + used.ru_stime


def measure(reports: int, seed: int, preset: str, folder: Path) -> dict[str, Any]:
    """The record of one run with memory and time."""
    world, out = folder / f"world{reports}", folder / f"out{reports}"
    command("synth", "--reports", str(reports), "--seed", str(seed), "--preset", preset, "--out", str(world))
    memory, processor = command("link", str(world / "reports.jsonl"), "--out", str(out))
    run: dict[str, Any] = json.loads((out / "run.json").read_text(encoding="utf-8"))
    timings: dict[str, float] = run["timings_seconds"]
    return {"timings": timings, "seconds": sum(timings.values()), "memory": memory, "processor": processor}


def main() -> None:
    """Print a row for each size."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--reports", type=int, nargs="+", default=[2000, 5000, 10000, 20000])
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--preset", default="default")
    choices = asked.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, seed {choices.seed}")
    with tempfile.TemporaryDirectory() as name:
        measure(FEW, choices.seed, choices.preset, Path(name))
        before: tuple[int, float] | None = None
        for reports in choices.reports:
            found = measure(reports, choices.seed, choices.preset, Path(name))
            steps = ", ".join(f"{step} {seconds:.1f}" for step, seconds in found["timings"].items())
            grew = f", exponent {log(found['seconds'] / before[1]) / log(reports / before[0]):.2f}" if before else ""
            print(
                f"{reports:,} reports: {found['seconds']:.0f} s ({steps}); {found['processor']:.0f} s of processor; "
                f"{found['memory']:.2f} GB{grew}",
                flush=True,
            )
            before = reports, found["seconds"]


if __name__ == "__main__":
    main()
