"""What labels are worth: the engine judged on one synthetic world after learning from labels of another.

    python benchmarks/label_curve.py --reports 1400 --seed 31 [--learn 2600] [--preset other] [--chains 8]
        [--links 0 20 200 2000] [--series 5 20 100 500] [--decisions 20 100 500]

The world of `--seed` is judged; that of `--seed` + 1, of `--learn` reports, is learned from, with the labels of so
many series kept as give the links asked for; with those of so many series; or with what is known after so many of its
own suggestions without labels were judged, the likeliest first, each rightly and blind. Intervals are 95 % (bootstrap
over people); the difference is from no labels, over the same draws. Synthetic, and no claim about real cases.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from linkage.evaluation.conditions import Labelled
from linkage.evaluation.intervals import LABELS
from linkage.evaluation.label_curve import (
    LINKS,
    SHOWN,
    Point,
    Taught,
    label_curve,
    suggested,
    with_decisions,
    with_links,
    with_series,
)
from linkage.evaluation.paired import Difference
from linkage.models import collective

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.worlds import world


def said(figure: Difference | None) -> str:
    """A figure with its interval."""
    return f"{figure.value:.3f} ({figure.low:.3f} to {figure.high:.3f})" if figure else "-"


def line(point: Point) -> str:
    """One row of the table."""
    auprc = point.figures["auprc"]
    change = f"{auprc.change:+.3f} ({auprc.change_low:+.3f} to {auprc.change_high:+.3f})"
    likely = "-" if point.likely is None else f"{point.likely:,} / {point.true:,}"
    cells = [point.name, "-" if point.links is None else f"{point.links:,}", said(auprc), change]
    cells += [said(point.figures.get(key)) for key in SHOWN if key != "auprc"]
    return "| " + " | ".join([*cells, likely]) + " |"


def taught(world: Labelled, asked: argparse.Namespace) -> Iterator[Taught]:
    """What is learned from, in the order asked for."""
    for links in asked.links if asked.links is not None else () if asked.series or asked.decisions else LINKS:
        yield with_links(world, links, asked.seed)
    for series in asked.series:
        yield with_series(world, series, asked.seed)
    listed = suggested(world) if asked.decisions else []
    for decisions in asked.decisions:
        yield with_decisions(world, listed[:decisions])


def main() -> None:
    """Print the table with what makes it."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--reports", type=int, default=1400)
    asked.add_argument("--learn", type=int, default=2600)
    asked.add_argument("--seed", type=int, default=31)
    asked.add_argument("--preset", default="default")
    asked.add_argument("--links", type=int, nargs="+")
    asked.add_argument("--series", type=int, nargs="+", default=[])
    asked.add_argument("--decisions", type=int, nargs="+", default=[])
    asked.add_argument("--chains", type=int, help="chains a component, where not as many as its size asks for")
    asked.add_argument("--replicates", type=int, default=200)
    choices = asked.parse_args()
    if choices.chains:
        collective.CHAINS = ((sys.maxsize, choices.chains),)
    judged = world(choices.preset, choices.seed, choices.reports)
    learned = world(choices.preset, choices.seed + 1, choices.learn)
    print(
        f"synthetic {choices.preset}: judged on n = {len(judged.reports):,} reports, seed {choices.seed}; learned "
        f"from n = {len(learned.reports):,} reports, seed {choices.seed + 1}; {choices.replicates} draws of people"
    )
    head = ["learned from", "labelled links", "AUPRC", "change", *(LABELS[key] for key in SHOWN if key != "auprc")]
    print("| " + " | ".join([*head, "over .5 / true links"]) + " |\n" + "| --- " * (len(head) + 1) + "|")
    for point in label_curve(taught(learned, choices), judged, choices.seed, choices.replicates):
        print(line(point), flush=True)


if __name__ == "__main__":
    main()
