"""The demonstration world: committed in a clone, made again from its seed in an installed package."""

from __future__ import annotations

import tempfile
from pathlib import Path

from linkage.synthetic.world import generate, write_reports

DEMO_REPORTS = 3000
DEMO_SEED = 2012
_COMMITTED = Path(__file__).resolve().parents[2] / "data" / "synthetic" / "demo.jsonl"


def demo_path(folder: str | Path | None = None) -> Path:
    """Path of the demonstration reports (contract section 1, JSON Lines).

    In a clone this is `data/synthetic/demo.jsonl`. Where that file is missing the same world is generated from its
    seed into `folder`, by default a new temporary folder.
    """
    if _COMMITTED.is_file():
        return _COMMITTED
    target = Path(folder) if folder is not None else Path(tempfile.mkdtemp(prefix="linkage-demo-"))
    target.mkdir(parents=True, exist_ok=True)
    path = target / "demo.jsonl"
    write_reports(generate(DEMO_REPORTS, DEMO_SEED), path)
    return path
