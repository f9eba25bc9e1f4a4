"""The demonstration worlds: the small one is committed in a clone and made again from its seed in an installed
package, the large one is always made."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from linkage.synthetic.world import World, generate, write_reports, write_truth

DEMO_REPORTS = 400
DEMO_SEED = 2019
"""Of seeds 2000 to 2023 one with many offenders of three incidents or more, of whom a fifth reach over 50 km [R]."""
LARGE_REPORTS, LARGE_SEED = 3000, 2012
_COMMITTED = Path(__file__).resolve().parents[2] / "data" / "synthetic" / "demo.jsonl"


def demo_path(folder: str | Path | None = None, large: bool = False) -> Path:
    """Path of the demonstration reports (contract section 1, JSON Lines).

    In a clone this is `data/synthetic/demo.jsonl`. Where that file is missing the same world is generated from its
    seed into `folder`, by default a new temporary folder; so is the `large` one always.
    """
    if _COMMITTED.is_file() and not large:
        return _COMMITTED
    target = Path(folder) if folder is not None else Path(tempfile.mkdtemp(prefix="linkage-demo-"))
    target.mkdir(parents=True, exist_ok=True)
    path = target / ("demo-large.jsonl" if large else "demo.jsonl")
    write_reports(_world(large), path)
    return path


def demo_truth(folder: str | Path, large: bool = False) -> Path:
    """Path of the truth behind the demonstration reports, made from their seed into `folder` (made when missing)."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    path = target / ("truth-large.csv" if large else "truth.csv")
    write_truth(_world(large), path)
    return path


@cache
def _world(large: bool) -> World:
    return generate(LARGE_REPORTS, LARGE_SEED) if large else generate(DEMO_REPORTS, DEMO_SEED)
