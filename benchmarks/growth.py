"""How time and memory of every step grow with the number of reports, as a table and as a chart.

    python benchmarks/growth.py [--reports 2000 5000 10000 20000] [--seed 1] [--series 5000] [--out growth.svg]

The first n reports of one synthetic world go through the steps of `linkage link` in one process, and through what the
pages make ready: reading (row by row, one process), incidents, evidence (columns and base rates), pairs (layout and
scan), series (up to `--series` reports, 0 for none), making ready for new reports, and for questions (the first
question). Told are seconds of processor time, the highest memory of the process in each step, and exponents fitted by
least squares on the logarithms: 1 is growth in step with the reports, 2 with the pairs. What is compiled is compiled
before (Linux, for the memory).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import altair as alt
import numpy as np
import pandas as pd
import vl_convert

import linkage
from linkage import Linker, Report
from linkage.models.scan import ScanSettings, scan
from linkage.search import Question, Searcher
from linkage.synthetic import generate

T = TypeVar("T")

FEW = 150
"""Reports of the run that compiles."""

QUESTION = Question(words="stocky man in a silver van who took her phone near Manchester")


class Steps:
    """What each step took: rows of the number of reports, the step, processor seconds, and memory in GB."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []

    def take(self, reports: int, step: str, work: Callable[[], T], before: float = 0.0) -> T:
        """Do one step; `before` are seconds that a part of it took earlier."""
        Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")  # begin a new peak (man 5 proc)
        started = time.process_time()
        found = work()
        seconds = before + time.process_time() - started
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
        peak = float(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) / 1024**2
        self.rows.append({"reports": reports, "step": step, "seconds": seconds, "memory": peak})
        print(f"{reports:9,}  {step:28}{seconds:10.2f} s{peak:8.2f} GB", flush=True)
        return found


def measure(steps: Steps, reports: list[Report], judge: bool) -> None:
    """All steps behind the reading."""
    n, linker = len(reports), Linker()
    scored = steps.take(n, "incidents and evidence", lambda: linker._prepare(reports))
    steps.take(n, "pairs", lambda: scan(scored.table.pack(), scored.incident, ScanSettings()))
    if judge:
        steps.take(n, "pairs, series and listing", lambda: linker.cluster(linker.score(reports)))
    steps.take(n, "ready for new reports", linker.newcomers)
    searcher = steps.take(n, "ready for questions", lambda: _asked(Searcher(reports)))
    steps.take(n, "a question, warm", lambda: searcher.find(QUESTION))


def _asked(searcher: Searcher) -> Searcher:
    searcher.find(QUESTION)
    return searcher


def fitted(frame: pd.DataFrame) -> pd.DataFrame:
    """Exponent of each step's time and memory in the number of reports."""
    rows = []
    for step, of_step in frame.groupby("step", sort=False):
        if len(of_step) > 1:
            size = np.log(of_step["reports"].to_numpy(dtype=float))
            slopes = [np.polyfit(size, np.log(of_step[name].to_numpy()), 1)[0] for name in ("seconds", "memory")]
            rows.append({"step": step, "time": slopes[0], "memory": slopes[1]})
    return pd.DataFrame(rows)


def chart(frame: pd.DataFrame, exponents: pd.DataFrame) -> str:
    """Both charts side by side as SVG; a line's name ends with its exponent."""
    panels = []
    for value, title, of in (("seconds", "Processor time, s", "time"), ("memory", "Highest memory, GB", "memory")):
        power = dict(zip(exponents["step"], exponents[of], strict=True))
        named = frame.assign(step=[f"{s}: n^{power[s]:.2f}" if s in power else s for s in frame["step"]])
        panels.append(
            alt.Chart(named, title=title)
            .mark_line(point=True)
            .encode(
                alt.X("reports:Q", title="reports", scale=alt.Scale(type="log")),
                alt.Y(f"{value}:Q", title=None, scale=alt.Scale(type="log")),
                alt.Color("step:N", title=None, sort=None),
            )
            .properties(width=330, height=300)
        )
    both = alt.hconcat(*panels).resolve_scale(color="independent")
    svg: str = vl_convert.vegalite_to_svg(both.to_dict())
    return svg


def main() -> None:
    """Measure, print and draw."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--reports", type=int, nargs="+", default=[2000, 5000, 10000, 20000])
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--series", type=int, default=5000, help="most reports that series are judged for")
    asked.add_argument("--out", type=Path, default=Path("growth.svg"))
    choices = asked.parse_args()
    sizes = sorted(choices.reports)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, seed {choices.seed}")
    steps, reports, reading = Steps(), list[Report](), 0.0
    lines = [json.dumps(row) + "\n" for row in generate(sizes[-1], choices.seed).reports]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "reports.jsonl"
        for size in [FEW, *sizes]:
            file.write_text("".join(lines[len(reports) : size]), encoding="utf-8")
            added = steps.take(
                size, "reading", lambda: linkage.read_reports(file, processes=1).reports, before=reading
            )
            reading, reports = steps.rows[-1]["seconds"], [*reports, *added]
            measure(steps, reports, size <= choices.series)
            if size == FEW:
                steps.rows.clear()
    frame = pd.DataFrame(steps.rows)
    exponents = fitted(frame)
    print(exponents.round(2).to_string(index=False))
    choices.out.write_text(chart(frame, exponents), encoding="utf-8")


if __name__ == "__main__":
    main()
