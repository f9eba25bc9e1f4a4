"""Is the synthetic world as hard as it is meant to be? Prints target against reached.

    python benchmarks/calibrate_world.py --reports 3000 --seeds 1 2 3 --preset default

Pairs of one incident are left out. Behaviours are those that a report records, in its form or in its words, so that
what is measured is the recorded similarity that the literature measures and not the reading of text.
"""

from __future__ import annotations

import argparse
from collections import Counter
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from linkage.synthetic import generate, presets

TARGETS = {  # what, target (None: reported only), where it comes from
    "one-off share of offenders": (0.73, "Davidson & Petherick, Queensland [D]"),
    "mean length of a series": (None, "2.7-5.4 in the literature [D]"),
    "links per report": (None, "1.35 in another generator's world [R]"),
    "share of links over 50 km": (0.10, "[G]"),
    "Jaccard AUC, recorded behaviours": (None, "default .79 unsolved-like, solved .86 (Woodhams et al. 2019)"),
    "Jaccard AUC, true behaviours": (None, "without recording noise"),
    "AUC of -distance": (None, ".90-.93 for burglary (Tonkin & Woodhams 2017)"),
}


def measure(reports: int, seed: int, preset: str, overrides: dict[str, Any] | None = None) -> dict[str, float]:
    """The figures of one world."""
    truth = pd.DataFrame(generate(reports, seed, overrides, preset).truth)
    left, right = np.triu_indices(len(truth), 1)
    incident, who = truth["incident_id"].to_numpy(), truth["offender_id"].to_numpy()
    apart = incident[left] != incident[right]
    left, right = left[apart], right[apart]
    linked = who[left] == who[right]
    km = _kilometres(truth, left, right)
    lengths = Counter(truth.drop_duplicates("incident_id")["offender_id"])
    recorded = [set(a) | set(b) for a, b in zip(truth["form_behaviours"], truth["text_behaviours"], strict=True)]
    return {
        "one-off share of offenders": float(np.mean([n == 1 for n in lengths.values()])),
        "mean length of a series": float(np.mean([n for n in lengths.values() if n > 1])),
        "links per report": linked.sum() / len(truth),
        "share of links over 50 km": float(np.mean(km[linked] > 50)),
        "Jaccard AUC, recorded behaviours": auc(jaccard(recorded, left, right), linked),
        "Jaccard AUC, true behaviours": auc(jaccard([set(x) for x in truth["behaviours"]], left, right), linked),
        "AUC of -distance": auc(-km, linked),
    }


def jaccard(sets: list[set[str]], left: Any, right: Any) -> Any:
    """Shared over all, for pairs of sets; 0 where both are empty."""
    keys = {key: column for column, key in enumerate(sorted(set().union(*sets)))}
    table = np.zeros((len(sets), len(keys)), dtype=np.float32)
    for row, items in enumerate(sets):
        table[row, [keys[item] for item in items]] = 1
    both = table @ table.T
    size = table.sum(axis=1)
    either = size[:, None] + size[None, :] - both
    return (both / np.maximum(either, 1))[left, right]


def auc(score: Any, linked: Any) -> float:
    """Chance that a linked pair scores above one that is not (Mann & Whitney 1947)."""
    ranks = rankdata(score)
    positives = int(linked.sum())
    return float((ranks[linked].sum() - positives * (positives + 1) / 2) / (positives * (len(linked) - positives)))


def _kilometres(truth: pd.DataFrame, left: Any, right: Any) -> Any:
    lat, lon = np.radians(truth["lat"].to_numpy()), np.radians(truth["lon"].to_numpy())
    half = np.sin((lat[left] - lat[right]) / 2) ** 2
    half += np.cos(lat[left]) * np.cos(lat[right]) * np.sin((lon[left] - lon[right]) / 2) ** 2
    return 2 * 6371.009 * np.arcsin(np.sqrt(half))


def main() -> None:
    """Measures the worlds asked for and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=3000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--preset", choices=presets(), default="default")
    given = parser.parse_args()
    rows = pd.DataFrame([measure(given.reports, seed, given.preset) for seed in given.seeds])
    print(f"preset {given.preset}, {given.reports} reports, seeds {' '.join(map(str, given.seeds))}")
    print(f"{'figure':36} {'target':>8} {'mean':>8} {'least':>8} {'most':>8}  target from")
    for name, (target, origin) in TARGETS.items():
        aim = f"{target:.3f}" if target is not None else "-"
        print(
            f"{name:36} {aim:>8} {rows[name].mean():8.3f} {rows[name].min():8.3f} {rows[name].max():8.3f}  {origin}"
        )


if __name__ == "__main__":
    main()
