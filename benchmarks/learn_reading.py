"""Learns how far the rules can be trusted, from what they decided on texts that they had not been repaired against.

    python benchmarks/learn_reading.py FAMILY            # how well, leaving one author out at a time
    python benchmarks/learn_reading.py FAMILY --write    # writes linkage/intake/belief/FAMILY.json

FAMILY is `person` (whose a fact is, the default) or `deeds` (whether a behaviour is told). `reading/FAMILY.jsonl.gz`
is what benchmarks/reading_table.py and reading_table_deeds.py made of labelled texts (docs/decisions/0017 says with
which commits). An author is the part of a text's id before the dash.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction import DictVectorizer

HERE = Path(__file__).parent
BELIEF = HERE.parent / "linkage/intake/belief"
COMMON: dict[str, Any] = {
    "max_leaf_nodes": 8, "l2_regularization": 1.0, "min_samples_leaf": 15, "early_stopping": False, "random_state": 0,
}  # fmt: skip
SHAPES: dict[str, dict[str, Any]] = {
    "person": {**COMMON, "max_iter": 120, "learning_rate": 0.1, "max_depth": 5},
    "deeds": {**COMMON, "max_iter": 80, "learning_rate": 0.12, "max_depth": 6},
}
"""Chosen by leaving authors out; smaller steps and more trees do as well [R]."""
DIGITS = 5


def main() -> None:
    """Prints the figures, or writes the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("family", nargs="?", default="person", choices=SHAPES)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    shape = SHAPES[given.family]
    with gzip.open(HERE / f"reading/{given.family}.jsonl.gz", "rt", encoding="utf-8") as table:
        rows = [json.loads(line) for line in table]
    names = DictVectorizer(sparse=False)
    asked = names.fit_transform([row["x"] for row in rows])
    label = np.array([row["label"] for row in rows])
    if given.write:
        model = HistGradientBoostingClassifier(**shape).fit(asked, label)
        kept = numbers(model, list(names.feature_names_))
        (BELIEF / f"{given.family}.json").write_text(json.dumps(kept) + "\n", encoding="utf-8")
        return
    rule = np.array([row["x"].get("rule", 0) for row in rows]) > 0
    author = np.array([row["id"].partition("-")[0] for row in rows])
    chance = np.zeros(len(rows))
    for one in np.unique(author):
        model = HistGradientBoostingClassifier(**shape).fit(asked[author != one], label[author != one])
        chance[author == one] = model.predict_proba(asked[author == one])[:, 1]
    print(f"{len(rows)} facts, {len(np.unique(author))} authors")
    print("rules     ", told(rule, label))
    for least in (0.35, 0.4, 0.5, 0.6, 0.65, 0.7, 0.8):
        print(f"from {least:.2f} ", told(chance >= least, label))


def told(given: NDArray[np.bool_], label: NDArray[np.int64]) -> str:
    """Facts given rightly, missed and given wrongly, and F1."""
    right, missed, wrong = (given & (label == 1)).sum(), (~given & (label == 1)).sum(), (given & (label == 0)).sum()
    return f"right {right}  missed {missed}  wrong {wrong}  F1 {2 * right / (2 * right + missed + wrong):.3f}"


def numbers(model: Any, names: list[str]) -> dict[str, Any]:
    """The fitted trees as lists of numbers, with the features that they ask for; a leaf is its own child."""
    grown = [node for (tree,) in model._predictors for node in tree.nodes if not node["is_leaf"]]
    asked = sorted({int(node["feature_idx"]) for node in grown})
    kept: dict[str, Any] = {
        "features": [names[at] for at in asked], "deepest": 0,
        "base": round(float(model._baseline_prediction.ravel()[0]), DIGITS),
        "roots": [], "at": [], "threshold": [], "left": [], "right": [], "value": [],
    }  # fmt: skip
    for (tree,) in model._predictors:
        start = len(kept["at"])
        kept["roots"].append(start)
        kept["deepest"] = max(kept["deepest"], int(tree.nodes["depth"].max()))
        for number, node in enumerate(tree.nodes):
            leaf = bool(node["is_leaf"])
            kept["at"].append(0 if leaf else asked.index(int(node["feature_idx"])))
            kept["threshold"].append(0.0 if leaf else round(float(node["num_threshold"]), DIGITS))
            kept["left"].append(start + (number if leaf else int(node["left"])))
            kept["right"].append(start + (number if leaf else int(node["right"])))
            kept["value"].append(round(float(node["value"]), DIGITS) if leaf else 0.0)
    return kept


if __name__ == "__main__":
    main()
