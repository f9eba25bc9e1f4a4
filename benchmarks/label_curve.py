"""What labelled links are worth: the engine judged on one synthetic world after learning from links of another.

    python benchmarks/label_curve.py --reports 1400 --seed 31 [--learn 2600] [--links 0 20 200 2000]

The world of `--seed` is judged; that of `--seed` + 1, of `--learn` reports, is learned from, with the labels of so
many series kept as give the links asked for. Intervals are 95 % (bootstrap over people); the difference is from no
labels, over the same draws. Synthetic, and no claim about real cases.
"""

from __future__ import annotations

import argparse

from linkage.evaluation.conditions import made_world
from linkage.evaluation.label_curve import LINKS, Point, label_curve
from linkage.evaluation.paired import Difference


def said(figure: Difference | None) -> str:
    """A figure with its interval."""
    return f"{figure.value:.3f} ({figure.low:.3f} to {figure.high:.3f})" if figure else "-"


def line(point: Point) -> str:
    """One row of the table."""
    auprc = point.figures["auprc"]
    change = f"{auprc.change:+.3f} ({auprc.change_low:+.3f} to {auprc.change_high:+.3f})"
    likely = "-" if point.likely is None else f"{point.likely:,} / {point.true:,}"
    cells = [point.name, "-" if point.links is None else f"{point.links:,}", said(auprc), change]
    cells += [said(point.figures.get(key)) for key in ("recall_at_10", "expected_links_all")]
    return "| " + " | ".join([*cells, likely]) + " |"


def main() -> None:
    """Print the table with what makes it."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--reports", type=int, default=1400)
    asked.add_argument("--learn", type=int, default=2600)
    asked.add_argument("--seed", type=int, default=31)
    asked.add_argument("--preset", default="default")
    asked.add_argument("--links", type=int, nargs="+", default=list(LINKS))
    asked.add_argument("--replicates", type=int, default=200)
    choices = asked.parse_args()
    judged = made_world(choices.reports, choices.seed, choices.preset)
    learned = made_world(choices.learn, choices.seed + 1, choices.preset)
    print(
        f"synthetic {choices.preset}: judged on n = {len(judged.reports):,} reports, seed {choices.seed}; learned "
        f"from n = {len(learned.reports):,} reports, seed {choices.seed + 1}; {choices.replicates} draws of people"
    )
    print("| way | labelled links | AUPRC | change | recall at 10 | expected / true links | over .5 / true links |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for point in label_curve(learned, judged, choices.links, choices.seed, choices.replicates):
        print(line(point), flush=True)


if __name__ == "__main__":
    main()
