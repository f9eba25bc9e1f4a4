"""Where the engine errs: by distance, length of series, who reports, how much is told, perceived group and area.

    python benchmarks/strata.py default:51 adversarial:61 other:71 [--reports 800] [--no-labels] [--chains 8]
        [--only distance "length of the series"]

Worlds are named as in `benchmarks/worlds.py`; each is judged once, after learning from that of SEED + 1, and all
strata are counted from that. Of several worlds a table of all together comes last. In the bands stand how many pairs
were said to be linked with such a probability, how likely they were said to be on average, and what share of them is.
Shares are left out below ten links. Synthetic, and no claim about real cases.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Sequence
from pathlib import Path

from linkage.evaluation.engine import Engine
from linkage.evaluation.strata import BANDS, Band, Row, pooled, rows
from linkage.evaluation.truth import evaluated_pairs
from linkage.models import collective

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.worlds import world

HEAD = (
    *("stratum", "reports", "links", "first ten", "over .5", "expected/true"),
    *(f"said {low:g}-{high:g}: n, said, true" for low, high in BANDS),
)


def judged(name: str, seed: int, reports: int, labels: bool) -> list[Row]:
    """The strata of one world."""
    engine = Engine(labels=labels)
    if labels:
        learned = world(name, seed + 1, reports)
        engine.fit(learned.reports, learned.truth)
    made = world(name, seed, reports)
    pairs = evaluated_pairs(made.reports, made.truth)
    return rows(pairs, engine.score(pairs))


def share(value: float) -> str:
    """A share, or nothing where there is too little."""
    return "" if math.isnan(value) else f"{value:.2f}"


def cell(band: Band) -> str:
    """One band."""
    return f"{band.n}: {band.said:.2f}, {band.share:.2f}" if band.n else ""


def line(row: Row) -> str:
    """One line of the table."""
    name = row.group if row.by == "all" else f"{row.by}: {row.group}"
    rates = [share(value) for value in (row.first_ten, row.found_share, row.expected_over_true)]
    return "| " + " | ".join([name, str(row.reports), str(row.links), *rates, *map(cell, row.bands)]) + " |"


def show(title: str, found: Sequence[Row], only: Sequence[str] | None) -> None:
    """Print one table."""
    print(f"\n{title}\n\n| " + " | ".join(HEAD) + " |\n" + "| --- " * len(HEAD) + "|")
    for row in found:
        if not only or row.by in (*only, "all"):
            print(line(row), flush=True)


def main() -> None:
    """Print a table for each world, and one for all."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("worlds", nargs="+", metavar="WORLD:SEED")
    asked.add_argument("--reports", type=int, default=800)
    asked.add_argument("--labels", action=argparse.BooleanOptionalAction, default=True)
    asked.add_argument("--chains", type=int, help="chains a component, where not as many as its size asks for")
    asked.add_argument("--only", nargs="+", metavar="WHAT", help="what reports or pairs are parted by")
    chosen = asked.parse_args()
    if chosen.chains:
        collective.CHAINS = ((sys.maxsize, chosen.chains),)
    worlds = []
    for one in chosen.worlds:
        name, seed = one.split(":")
        worlds.append(judged(name, int(seed), chosen.reports, chosen.labels))
        taught = "labels of the world of the next seed" if chosen.labels else "no labels"
        show(f"{one}, {chosen.reports} reports, {taught}", worlds[-1], chosen.only)
    if len(worlds) > 1:
        show(f"all {len(worlds)} worlds together", pooled(worlds), chosen.only)


if __name__ == "__main__":
    main()
