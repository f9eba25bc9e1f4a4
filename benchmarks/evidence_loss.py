"""Which evidence the engine wastes: bits a true link beside those of an oracle that knows the synthetic world.

    python benchmarks/evidence_loss.py --reports 800 --seed 51 [--preset adversarial] [--kinds behaviours place]
        [--no-labels] [--sensitive]

The world of `--seed` is judged by pair weights alone; that of `--seed` + 1 is learned from. The oracle knows every
number of the generator and reads every report without error, but does not know who did it: it integrates over the
hidden person (benchmarks/oracle). In "as read" rows it knows what the engine read, and how often that is wrong, so
that they lie between loss by reading and loss by weighing. Bits a true link are the mean log2 likelihood ratio over
linked pairs of different incidents; the mean ratio over unrelated pairs is 1 for a true likelihood ratio. The last
two columns take one kind from the oracle and leave all others the engine's. Synthetic, and no claim about real cases.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from linkage.evaluation.ranking import FAR_KM

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.oracle.losses import ORACLES, Loss, Mean, Weighed, weigh
from benchmarks.oracle.observed import Made

HEAD = (
    *("kind", "bits a true link, ours", "oracle", f"over {FAR_KM:g} km, ours", "oracle"),
    *("mean ratio unrelated, ours", "oracle", "AUPRC with oracle's", "far recall@10 with oracle's"),
)


def said(mean: Mean, places: int = 2) -> str:
    """A mean and its standard error."""
    return f"{mean.value:.{places}f} ({mean.error:.{places}f})"


def row(loss: Loss) -> str:
    """One line of the table."""
    bits = (loss.ours, loss.oracle, loss.far_ours, loss.far_oracle, loss.ratio_ours, loss.ratio_oracle)
    figures = [*(said(mean) for mean in bits), f"{loss.precision:.3f}", f"{loss.far_recall:.3f}"]
    return "| " + " | ".join([loss.kind, *figures]) + " |"


def show(weighed: Weighed) -> None:
    """Print the table."""
    pairs = weighed.pairs
    far = int((pairs.linked & (pairs.km > FAR_KM)).sum())
    precision, recall = weighed.ranked(weighed.total)
    print(f"{int(pairs.linked.sum()):,} links, {far:,} over {FAR_KM:g} km, {len(pairs):,} pairs", end="; ")
    print(f"the engine's own pair weights: AUPRC {precision:.3f}, far recall@10 {recall:.3f}; errors in brackets\n")
    print("| " + " | ".join(HEAD) + " |\n" + "| --- " * len(HEAD) + "|")
    for loss in weighed.losses():
        print(row(loss), flush=True)


def choices(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """What was asked on the command line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--reports", type=int, default=800)
    asked.add_argument("--seed", type=int, default=51)
    asked.add_argument("--preset", default="default")
    asked.add_argument("--kinds", nargs="+", default=list(ORACLES), choices=list(ORACLES))
    asked.add_argument("--labels", action=argparse.BooleanOptionalAction, default=True)
    asked.add_argument("--sensitive", action="store_true", help="perceived ethnicity and its neighbours carry weight")
    return asked.parse_args(arguments)


def main() -> None:
    """Print the table with what makes it."""
    asked = choices()
    learned = Made.of(asked.reports, asked.seed + 1, asked.preset) if asked.labels else None
    judged = Made.of(asked.reports, asked.seed, asked.preset)
    taught = f"learned from seed {asked.seed + 1}" if asked.labels else "no labels"
    print(f"synthetic {asked.preset}, n = {len(judged.reports):,} reports, seed {asked.seed}, {taught}", end="; ")
    show(weigh(judged, learned, asked.kinds, asked.sensitive))
    print(f"\nmade with: python benchmarks/evidence_loss.py {' '.join(sys.argv[1:])}".rstrip())


if __name__ == "__main__":
    main()
