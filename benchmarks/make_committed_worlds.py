"""Makes the committed worlds in `data/synthetic/` again; a test holds that they are what their seeds make.

python benchmarks/make_committed_worlds.py
"""

from __future__ import annotations

from pathlib import Path

from linkage.synthetic import DEMO_REPORTS, DEMO_SEED, generate, write_reports, write_world

FOLDER = Path(__file__).resolve().parents[1] / "data" / "synthetic"

if __name__ == "__main__":
    write_world(generate(500, seed=1), FOLDER)
    write_reports(generate(DEMO_REPORTS, DEMO_SEED), FOLDER / "demo.jsonl")
