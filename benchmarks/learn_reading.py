"""Learns how far the rules can be trusted, from what they decided on texts that they had not been repaired against.

    python benchmarks/learn_reading.py FAMILY            # how well, leaving authors out
    python benchmarks/learn_reading.py FAMILY --write    # writes linkage/intake/belief/FAMILY.json

FAMILY is `person` (whose a fact is, the default) or `vehicles` (whose one is).
`reading/FAMILY.jsonl.gz` is what reading_table.py and reading_table_vehicles.py made of
labelled texts (docs/decisions/0018 says with which commits). An author is the part of a text's id before the dash.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from linkage.intake.belief import wording
from linkage.intake.belief.learned import WORDING

HERE = Path(__file__).parent
BELIEF = HERE.parent / "linkage/intake/belief"
COMMON: dict[str, Any] = {
    "l2_regularization": 1.0,
    "min_samples_leaf": 15,
    "early_stopping": False,
    "random_state": 0,
}
TREES: dict[str, dict[str, Any]] = {
    "person": {
        **COMMON, "max_iter": 150, "learning_rate": 0.06, "max_leaf_nodes": 15, "max_depth": 6,
    },
    "vehicles": {**COMMON, "max_iter": 120, "learning_rate": 0.08, "max_leaf_nodes": 8, "max_depth": 5},
}  # fmt: skip
"""Chosen by leaving authors out; smaller steps and more trees do as well [R]."""
WORDS: dict[str, dict[str, float]] = {
    "person": {"C": 0.15, "least": 10, "authors": 3},
    "vehicles": {"C": 0.1, "least": 5, "authors": 3},
}  # fmt: skip
"""Strength of the regression on words, and in how many facts and by how many authors a word must stand to have a
weight; chosen likewise [R]."""
FOLDS, INNER = 8, 5
"""Groups of authors left out in turn, and within each for the wording that the trees learn from."""
DIGITS = 5


def main() -> None:
    """Prints the figures, or writes the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("family", nargs="?", default="person", choices=TREES)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    with gzip.open(HERE / f"reading/{given.family}.jsonl.gz", "rt", encoding="utf-8") as table:
        rows = [json.loads(line) for line in table]
    facts = Facts(given.family, rows)
    if given.write:
        kept = facts.learned()
        (BELIEF / f"{given.family}.json").write_text(json.dumps(kept) + "\n", encoding="utf-8")
        return
    print(f"{len(rows)} facts, {len(np.unique(facts.author))} authors")
    print("rules     ", told(facts.rule, facts.label))
    chance = facts.left_out()
    for least in (0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8):
        print(f"from {least:.2f} ", told(chance >= least, facts.label))


class Facts:
    """The table of one family: features, words, labels, what the rules decided, and who wrote each text."""

    def __init__(self, family: str, rows: list[dict[str, Any]]) -> None:
        self.family = family
        self.names = DictVectorizer(sparse=False)
        self.asked = self.names.fit_transform([row["x"] for row in rows])
        self.label = np.array([row["label"] for row in rows])
        self.rule = np.array([row["x"].get("rule", 0) for row in rows]) > 0
        self.author = np.array([row["id"].partition("-")[0] for row in rows])
        self.words = DictVectorizer()
        self.said = self.words.fit_transform(list(self._counting([dict.fromkeys(worded(row), 1) for row in rows])))

    def _counting(self, told: list[dict[str, int]]) -> list[dict[str, int]]:
        """Only the words that enough authors wrote often enough."""
        often = Counter(name for one in told for name in one)
        by: defaultdict[str, set[str]] = defaultdict(set)
        for one, author in zip(told, self.author, strict=True):
            for name in one:
                by[name].add(author)
        least, authors = WORDS[self.family]["least"], WORDS[self.family]["authors"]
        return [{name: 1 for name in one if often[name] >= least and len(by[name]) >= authors} for one in told]

    def left_out(self) -> NDArray[np.float64]:
        """The chance of each fact by what was learned from other authors."""
        chance = np.zeros(len(self.label))
        for rest, out in GroupKFold(FOLDS).split(self.asked, self.label, self.author):
            odds = self._regression(rest).decision_function(self.said[out])
            chance[out] = self._trees(rest).predict_proba(np.c_[self.asked[out], odds])[:, 1]
        return chance

    def learned(self) -> dict[str, Any]:
        """The numbers that linkage/intake/belief reads."""
        every = np.arange(len(self.label))
        regression = self._regression(every)
        weights = zip(self.words.get_feature_names_out(), regression.coef_[0], strict=True)
        kept = {name: round(float(weight), 3) for name, weight in weights if abs(weight) >= 0.0005}
        return {
            **numbers(self._trees(every), [*self.names.feature_names_, WORDING]),
            "wording": {"base": round(float(regression.intercept_[0]), DIGITS), "weights": kept},
        }

    def _regression(self, those: NDArray[np.int64]) -> LogisticRegression:
        return LogisticRegression(C=WORDS[self.family]["C"], max_iter=300).fit(self.said[those], self.label[those])

    def _trees(self, those: NDArray[np.int64]) -> HistGradientBoostingClassifier:
        """Trees that see of each fact the odds of its wording by what other authors taught."""
        odds = np.zeros(len(those))
        for rest, out in GroupKFold(INNER).split(those, groups=self.author[those]):
            odds[out] = self._regression(those[rest]).decision_function(self.said[those[out]])
        shown = np.c_[self.asked[those], odds]
        return HistGradientBoostingClassifier(**TREES[self.family]).fit(shown, self.label[those])


def worded(row: dict[str, Any]) -> list[str]:
    """The features of the wording of a fact of a table."""
    return list(wording.of_fact(row["field"], row["said"]))


def told(given: NDArray[np.bool_], label: NDArray[np.int64]) -> str:
    """Facts given rightly, missed and given wrongly, and F1."""
    right, missed, wrong = (given & (label == 1)).sum(), (~given & (label == 1)).sum(), (given & (label == 0)).sum()
    return f"right {right}  missed {missed}  wrong {wrong}  F1 {2 * right / (2 * right + missed + wrong):.3f}"


def numbers(model: Any, names: list[str]) -> dict[str, Any]:
    """The fitted trees as lists of numbers, with the features that they ask for; a leaf is its own child."""
    grown = [node for (tree,) in model._predictors for node in tree.nodes if not node["is_leaf"]]
    asked = sorted({int(node["feature_idx"]) for node in grown})
    kept: dict[str, Any] = {
        "features": [names[at] for at in asked],
        "base": round(float(model._baseline_prediction.ravel()[0]), DIGITS),
        "roots": [], "at": [], "threshold": [], "left": [], "right": [], "value": [],
    }  # fmt: skip
    for (tree,) in model._predictors:
        start = len(kept["at"])
        kept["roots"].append(start)
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
