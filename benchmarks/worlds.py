"""The engine on one world after another, of several generators, so that two versions can be laid side by side.

    python benchmarks/worlds.py default:51 adversarial:61 other:71 [--reports 800] [--no-labels] [--chains 8]

Each world is PRESET:SEED of `linkage synth`, or other:SEED of `benchmarks/otherworld`. It is judged after learning
from that of SEED + 1. Figures without intervals: what matters is the difference from one version to the next, and
that it is the same on every world. Synthetic, and no claim about real cases.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from linkage.evaluation.conditions import Labelled, made_world
from linkage.evaluation.engine import Engine
from linkage.evaluation.intervals import figures
from linkage.evaluation.truth import evaluated_pairs
from linkage.models import collective

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.otherworld import other_world

SHOWN = ("auprc", "recall_at_10", "recall_at_10_far", "b_cubed_f1", "series_whole", "expected_links_all")


def world(name: str, seed: int, reports: int) -> Labelled:
    """A world of one of the presets, or the one by another hand."""
    return other_world(reports, seed) if name == "other" else made_world(reports, seed, name)


def judge(name: str, seed: int, reports: int, labels: bool) -> str:
    """One line of the table."""
    judged = world(name, seed, reports)
    started = time.process_time()
    engine = Engine(labels=labels)
    if labels:
        learned = world(name, seed + 1, reports)
        started = time.process_time()
        engine.fit(learned.reports, learned.truth)
    pairs = evaluated_pairs(judged.reports, judged.truth)
    found = figures(pairs, engine.score(pairs), 0, 0)
    shown = [found.get(figure) for figure in SHOWN]
    values = " | ".join("" if figure is None else f"{figure.value:.3f}" for figure in shown)
    return f"| {name}:{seed} | {values} | {time.process_time() - started:.0f} |"


def main() -> None:
    """Print a table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("worlds", nargs="+", metavar="WORLD:SEED")
    asked.add_argument("--reports", type=int, default=800)
    asked.add_argument("--labels", action=argparse.BooleanOptionalAction, default=True)
    asked.add_argument("--chains", type=int, help="chains a component, where not as many as its size asks for")
    chosen = asked.parse_args()
    if chosen.chains:
        collective.CHAINS = ((sys.maxsize, chosen.chains),)
    print("| world | " + " | ".join(SHOWN) + " | processor s |\n" + "| --- " * (len(SHOWN) + 2) + "|")
    for one in chosen.worlds:
        name, seed = one.split(":")
        print(judge(name, int(seed), chosen.reports, chosen.labels), flush=True)


if __name__ == "__main__":
    main()
