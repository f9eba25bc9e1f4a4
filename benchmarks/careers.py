"""What a kind of evidence would gain if it were trusted less the longer the time between two reports.

    python benchmarks/careers.py other:71 other:72 default:51 default:52 [--reports 800]

Cars, phones and looks change during a career. Trust k in a likelihood ratio LR makes it 1 - k + k LR; the best k
for all links together is laid beside the best k for each stretch of days between their reports, both chosen on the
very links they are judged by, so that the gain is an upper bound. Weights are the elicited ones. Synthetic worlds.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from linkage.evaluation.truth import evaluated_pairs
from linkage.features.catalogue import CATALOGUE
from linkage.features.parameters import elicited

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.worlds import world

STRETCHES = (0, 60, 180, 365, 730)
"""Days from which each stretch counts."""
FEWEST = 60
"""Links that know a comparison on both sides, below which it is not judged."""

Floats = NDArray[np.float64]


def trusted(ratio: Floats) -> tuple[float, float]:
    """The best trust in likelihood ratios (links,), and the sum of log2 of what they are under it."""
    best = minimize_scalar(lambda k: -np.log2(1.0 - k + k * ratio).sum(), bounds=(0.0, 1.0), method="bounded")
    return float(best.x), -float(best.fun)


def known_links(name: str, seed: int, reports: int) -> dict[str, tuple[Floats, Floats]]:
    """Likelihood ratios and days between of the links of a world that know a comparison, by comparison."""
    made = world(name, seed, reports)
    pairs = evaluated_pairs(made.reports, made.truth)
    left, right = (side[pairs.linked].astype(np.intp) for side in (pairs.left, pairs.right))
    day = np.array([report.occurred.days[0] if report.occurred.days else np.nan for report in pairs.reports])
    days, found = np.abs(day[left] - day[right]), {}
    for kind in CATALOGUE:
        column = kind.fit(pairs.reports, elicited())
        known = column.known()
        both = known[left] & known[right] & ~np.isnan(days)
        found[kind.name] = 10.0 ** column.pair_weights(left[both], right[both]), days[both]
    return found


def line(name: str, ratio: Floats, days: Floats) -> str:
    """One comparison: links, trust in all, bits a link that trust by days would add, and trust in each stretch."""
    trust, bits = trusted(ratio)
    stretch = np.searchsorted(STRETCHES, days, side="right") - 1
    of_each = [trusted(ratio[stretch == at]) for at in range(len(STRETCHES)) if (stretch == at).any()]
    gain = max(sum(bits_of for _, bits_of in of_each) - bits, 0.0) / len(ratio)
    shown = " ".join(f"{trust_of:.2f}" for trust_of, _ in of_each)
    return f"| {name} | {len(ratio)} | {trust:.2f} | {gain:.4f} | {shown} |"


def main() -> None:
    """Print a table, and what all comparisons together would gain for each link."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("worlds", nargs="+", metavar="WORLD:SEED")
    asked.add_argument("--reports", type=int, default=800)
    chosen = asked.parse_args()
    each = [known_links(*split(one), chosen.reports) for one in chosen.worlds]
    print("| comparison | links | trust | bits a link gained | trust by stretch |\n|---|---|---|---|---|")
    for kind in CATALOGUE:
        ratio, days = (np.concatenate([one[kind.name][part] for one in each]) for part in (0, 1))
        if len(ratio) >= FEWEST:
            print(line(kind.name, ratio, days))


def split(name: str) -> tuple[str, int]:
    """WORLD:SEED as its two parts."""
    world_name, seed = name.split(":")
    return world_name, int(seed)


if __name__ == "__main__":
    main()
