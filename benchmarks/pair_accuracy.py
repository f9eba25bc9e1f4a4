"""How well the listed pairs find the true links of a synthetic world, without labels or with another world's.

    python benchmarks/pair_accuracy.py --reports 1469 --seed 7 [--preset default] [--train-seed 8]

Synthetic, and no claim about real cases. Average precision counts links that are not listed as never found.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from linkage.intake import read_reports
from linkage.linker import Linker
from linkage.report import Report
from linkage.synthetic import generate, write_reports, write_world

FAR_KM = 50.0


def world(reports: int, seed: int, preset: str, labelled: bool = False) -> tuple[list[Report], pd.DataFrame]:
    """Canonical reports and the truth of one world."""
    made = generate(reports, seed, preset=preset, labelled=labelled)
    with tempfile.TemporaryDirectory() as folder:
        write_world(made, Path(folder))
        write_reports(made, Path(folder) / "reports.jsonl")
        truth = pd.read_csv(Path(folder) / "truth.csv", dtype=str)
        return list(read_reports(Path(folder) / "reports.jsonl").reports), truth


def number_of_links(truth: pd.DataFrame) -> int:
    """Pairs of reports of one person on different incidents."""
    pairs = truth.groupby("offender_id").size().map(lambda k: k * (k - 1) // 2).sum()
    return int(pairs - truth.groupby("incident_id").size().map(lambda k: k * (k - 1) // 2).sum())


def average_precision(linked: np.ndarray, order: np.ndarray, links: int) -> float:
    """Mean over all links of the precision at which each is found."""
    sorted_links = linked[order]
    precision = np.cumsum(sorted_links) / np.arange(1, len(sorted_links) + 1)
    return float(precision[sorted_links > 0].sum() / links)


def main() -> None:
    """Print the figures with what makes them."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reports", type=int, default=1469)
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--preset", default="default")
    asked.add_argument("--train-seed", type=int)
    choices = asked.parse_args()
    reports, truth = world(choices.reports, choices.seed, choices.preset)
    train = world(choices.reports, choices.train_seed, choices.preset, True)[0] if choices.train_seed else None
    linker = Linker().fit(reports, labelled=train)
    pairs = linker.score(reports)
    offender = dict(zip(truth["report_id"], truth["offender_id"], strict=True))
    incident = dict(zip(truth["report_id"], truth["incident_id"], strict=True))
    one, other = pairs["report_a"], pairs["report_b"]
    pairs = pairs[(one.map(incident) != other.map(incident)).to_numpy()]
    linked = (pairs["report_a"].map(offender) == pairs["report_b"].map(offender)).to_numpy().astype(int)
    links, chance = number_of_links(truth), pairs["probability"].to_numpy()
    order = np.argsort(-chance, kind="stable")
    print(f"synthetic {choices.preset}, n = {len(reports)}, seed {choices.seed}, train seed {choices.train_seed}")
    print(f"links {links}, listed {linked.sum()}, of them over {FAR_KM:g} km", end=" ")
    print(int((linked * (pairs["distance_km"] > FAR_KM)).sum()))
    print(f"average precision {average_precision(linked, order, links):.3f}")
    print(f"precision at 100 {linked[order[:100]].mean():.2f}, at 500 {linked[order[:500]].mean():.2f}")
    print(f"over probability .5: {(chance > 0.5).sum()}, true {linked[chance > 0.5].sum()}")
    for low in np.arange(0.1, 1.0, 0.2):
        said = (chance >= low) & (chance < low + 0.2)
        true = linked[said].mean() if said.any() else 0.0
        print(f"said {low:.1f}-{min(1.0, low + 0.2):.1f}: n {said.sum()}, true {true:.2f}")


if __name__ == "__main__":
    main()
