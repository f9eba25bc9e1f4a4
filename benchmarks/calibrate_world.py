"""Is the synthetic world as hard as it is meant to be? Prints target against reached.

    python benchmarks/calibrate_world.py --reports 4000 --seeds 1 2 3 --preset default

Pairs of one incident are left out. Behaviours, places and dates are those that a report records, in its form or in
its words (`told_...` of truth.csv), so that what is measured is the recorded similarity that the literature measures
and not the reading of text. A place told as a street or an area lies at its postcode district, one told as a town at
the town's centre. The logistic regression is fitted on one half of the offenders and tested on the other, both ways
round; its precision depends on the base rate, so that is printed beside it.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import rankdata
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.metrics import average_precision_score  # type: ignore[import-untyped]
from sklearn.pipeline import Pipeline, make_pipeline  # type: ignore[import-untyped]
from sklearn.preprocessing import StandardScaler  # type: ignore[import-untyped]

from linkage.synthetic import generate, parse_override, presets

Floats = NDArray[np.float64]

JACCARD = {"default": 0.79, "solved": 0.86}
_RECORDED = "Jaccard AUC, recorded behaviours"
TARGETS: dict[str, tuple[float | None, str]] = {  # what, target (None: reported only), where it comes from
    "one-off share of offenders": (0.73, "Davidson & Petherick, Queensland [D]"),
    "mean length of a series": (None, "2.7-5.4 in the literature [D]"),
    "links per report": (None, "1.35 in another generator's world [R]"),
    "share of links over 50 km": (0.10, "[G]"),
    _RECORDED: (None, "unsolved .79, solved .86 (Woodhams et al. 2019) [V]"),
    "Jaccard AUC, true behaviours": (None, "without recording noise"),
    "AUC of -distance": (None, ".90-.93 for burglary (Tonkin & Woodhams 2017) [S]"),
    "AUC of -days": (None, ".77-.91 (Tonkin & Woodhams 2017) [S]"),
    "logistic AUC": (0.95, "UK police, Tonkin et al. 2025, SD .02 [V]"),
    "logistic AUPRC": (0.26, "UK police, Tonkin et al. 2025, SD .10 [V]"),
    "base rate of the tested pairs": (None, "what the AUPRC of chance would be"),
}


@dataclass(frozen=True)
class Pairs:
    """Pairs of rows of a truth table that are not of one incident."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    linked: NDArray[np.bool_]


def measure(truth: pd.DataFrame, seed: int) -> dict[str, float]:
    """The figures of one world."""
    pairs = _pairs(truth)
    recorded = [set(a) | set(b) for a, b in zip(truth["form_behaviours"], truth["text_behaviours"], strict=True)]
    lengths = Counter(truth.drop_duplicates("incident_id")["offender_id"])
    km = kilometres(truth["lat"], truth["lon"], pairs)
    days = _days(truth["occurred"].str[:10], pairs)
    return {
        "one-off share of offenders": float(np.mean([n == 1 for n in lengths.values()])),
        "mean length of a series": float(np.mean([n for n in lengths.values() if n > 1])),
        "links per report": pairs.linked.sum() / len(truth),
        "share of links over 50 km": float(np.mean(km[pairs.linked] > 50)),
        _RECORDED: auc(Shared(recorded).jaccard(pairs), pairs.linked),
        "Jaccard AUC, true behaviours": auc(Shared(list(map(set, truth["behaviours"]))).jaccard(pairs), pairs.linked),
        "AUC of -distance": auc(-km, pairs.linked),
        "AUC of -days": auc(-days, pairs.linked),
        **logistic(truth, recorded, seed),
    }


def logistic(truth: pd.DataFrame, recorded: Sequence[set[str]], seed: int) -> dict[str, float]:
    """Logistic regression on behaviour, place and time, out of sample: mean of the two halves of the offenders."""
    who = truth["offender_id"].to_numpy()
    names = np.unique(who)
    np.random.default_rng(seed).shuffle(names)
    first = np.isin(who, names[: len(names) // 2])
    halves = [np.flatnonzero(first), np.flatnonzero(~first)]
    tables = [_table(truth.iloc[rows], [recorded[row] for row in rows.tolist()]) for rows in halves]
    figures = []
    for (x, linked), (other, known) in (tables, tables[::-1]):
        model: Pipeline = make_pipeline(StandardScaler(), LogisticRegression()).fit(x, linked)
        score = model.decision_function(other)
        figures.append((auc(score, known), float(average_precision_score(known, score)), float(known.mean())))
    means = np.mean(figures, axis=0)
    return dict(zip(("logistic AUC", "logistic AUPRC", "base rate of the tested pairs"), means.tolist(), strict=True))


def _table(truth: pd.DataFrame, recorded: list[set[str]]) -> tuple[Floats, NDArray[np.bool_]]:
    """Pairs x features: Jaccard, shared rarity, log distance, log days, and where the last two are not known."""
    pairs = _pairs(truth)
    shared = Shared(recorded)
    km = np.log(kilometres(truth["told_lat"], truth["told_lon"], pairs) + 0.5)
    days = np.log(_days(truth["told_date"], pairs) + 1)
    columns = [shared.jaccard(pairs), shared.rarity(pairs)]
    for values in (km, days):
        unknown = np.isnan(values)
        columns += [np.where(unknown, np.nanmean(values), values), unknown.astype(float)]
    return np.stack(columns, axis=1), pairs.linked


class Shared:
    """Reports x behaviours, for the similarity of pairs."""

    def __init__(self, sets: Sequence[set[str]]) -> None:
        keys = {key: column for column, key in enumerate(sorted(set().union(*sets)))}
        self.table = np.zeros((len(sets), len(keys)), dtype=np.float32)
        for row, items in enumerate(sets):
            self.table[row, [keys[item] for item in items]] = 1

    def jaccard(self, pairs: Pairs) -> Floats:
        """Shared over all; 0 where both are empty (Jaccard 1912)."""
        both = self.table @ self.table.T
        size = self.table.sum(axis=1)
        found: Floats = (both / np.maximum(size[:, None] + size[None, :] - both, 1))[pairs.left, pairs.right]
        return found

    def rarity(self, pairs: Pairs) -> Floats:
        """Sum over the shared behaviours of -log of how common each is."""
        weight = -np.log(np.maximum(self.table.mean(axis=0), 1e-6))
        found: Floats = ((self.table * weight) @ self.table.T)[pairs.left, pairs.right]
        return found


def auc(score: Floats, linked: NDArray[np.bool_]) -> float:
    """Chance that a linked pair scores above one that is not (Mann & Whitney 1947)."""
    ranks = rankdata(score)
    positives = int(linked.sum())
    return float((ranks[linked].sum() - positives * (positives + 1) / 2) / (positives * (len(linked) - positives)))


def kilometres(lat: pd.Series[Any], lon: pd.Series[Any], pairs: Pairs) -> Floats:
    """Great-circle distances (haversine); nan where a side has no place."""
    north, east = (np.radians(pd.to_numeric(values, errors="coerce").to_numpy(float)) for values in (lat, lon))
    a, b = pairs.left, pairs.right
    half = np.sin((north[a] - north[b]) / 2) ** 2
    half += np.cos(north[a]) * np.cos(north[b]) * np.sin((east[a] - east[b]) / 2) ** 2
    found: Floats = 2 * 6371.009 * np.arcsin(np.sqrt(half))
    return found


def _days(dates: pd.Series[Any], pairs: Pairs) -> Floats:
    when = pd.to_datetime(dates.replace("", None)).to_numpy("datetime64[D]")
    apart = when[pairs.left] - when[pairs.right]
    return np.where(np.isnat(apart), np.nan, np.abs(apart / np.timedelta64(1, "D")))


def _pairs(truth: pd.DataFrame) -> Pairs:
    left, right = np.triu_indices(len(truth), 1)
    incident, who = truth["incident_id"].to_numpy(), truth["offender_id"].to_numpy()
    apart = incident[left] != incident[right]
    left, right = left[apart], right[apart]
    return Pairs(left, right, who[left] == who[right])


def main() -> None:
    """Measures the worlds asked for and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=4000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--preset", choices=presets(), default="default")
    parser.add_argument("--set", dest="overrides", action="append", default=[], metavar="NAME=VALUE")
    given = parser.parse_args()
    overrides = dict(map(parse_override, given.overrides))
    worlds = ((generate(given.reports, seed, overrides, given.preset), seed) for seed in given.seeds)
    rows = pd.DataFrame([measure(pd.DataFrame(world.truth), seed) for world, seed in worlds])
    print(f"preset {given.preset}, {given.reports} reports, seeds {' '.join(map(str, given.seeds))}")
    print(f"{'figure':34} {'target':>7} {'mean':>8} {'least':>8} {'most':>8}  target from")
    targets = TARGETS | {_RECORDED: (JACCARD.get(given.preset), TARGETS[_RECORDED][1])}
    for name, (target, origin) in targets.items():
        aim = f"{target:.2f}" if target is not None else "-"
        low, mean, high = rows[name].min(), rows[name].mean(), rows[name].max()
        print(f"{name:34} {aim:>7} {mean:8.4f} {low:8.4f} {high:8.4f}  {origin}")


if __name__ == "__main__":
    main()
