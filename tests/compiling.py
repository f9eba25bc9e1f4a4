"""Compiles the engine's kernels before the tests want them: `python -m tests.compiling`.

In a fresh clone nothing is compiled, and every process that links before another has put the machine code on disk
compiles it for itself, which takes over a minute of a core. One process does it while the tests read texts.
"""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path

import linkage
from linkage.synthetic import generate

REPORTS = 60
"""So many that two reports share a part of a plate, an incident and a series, so that no kernel is left out."""


def compile_all() -> None:
    """Link a small world and place a report in it: numba writes what it compiles into `__pycache__`."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "reports.jsonl"
        file.write_text("\n".join(json.dumps(row) for row in generate(REPORTS, seed=4).reports), encoding="utf-8")
        reports = linkage.read_reports(file, today=date(2026, 6, 30)).reports
    linker = linkage.Linker().fit(reports)
    series = linker.cluster(linker.score(reports))
    linker.place_report(reports[3].model_copy(update={"report_id": "new"}), series)


if __name__ == "__main__":
    compile_all()
