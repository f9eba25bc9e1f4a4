"""Writes the reports and the truth of a synthetic world by another hand.

    python -m benchmarks.otherworld --reports 800 --seed 71 --out build/otherworld

Structured fields only: no free text is written. Synthetic, and no claim about real cases.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.otherworld.world import make, write


def main() -> None:
    """Makes the world and writes it."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--reports", type=int, default=800, help="how many reports")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--out", type=Path, required=True, help="folder for reports.jsonl and truth.csv")
    given = asked.parse_args()
    world = make(given.reports, given.seed)
    reports, truth = write(world, given.out)
    series = [len(person.days) for person in world.people if len(person.days) > 1]
    print(
        f"{given.reports} synthetic reports, seed {given.seed}: "
        f"{len(world.incidents)} incidents of {len(world.people)} people"
    )
    print(f"{len(series)} people with more than one incident, the longest series of {max(series, default=0)}")
    print(f"{reports}\n{truth}")


if __name__ == "__main__":
    main()
