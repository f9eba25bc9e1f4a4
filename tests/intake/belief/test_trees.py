"""Learned trees tell what the library that grew them tells."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from numpy.testing import assert_allclose
from sklearn.ensemble import HistGradientBoostingClassifier

from linkage.intake.belief.trees import Trees

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"


def test_walked_trees_tell_the_chances_of_the_library(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(sys, "path", [str(BENCHMARKS), *sys.path])
    from learn_reading import numbers

    draw = np.random.default_rng(5)
    asked = draw.integers(0, 4, size=(400, 3)) / 4
    label = (asked[:, 0] + asked[:, 1] * asked[:, 2] + draw.normal(0, 0.3, 400) > 0.8).astype(int)
    grown = HistGradientBoostingClassifier(max_iter=20, max_leaf_nodes=6, random_state=0).fit(asked, label)
    kept = tmp_path / "trees.json"
    kept.write_text(json.dumps(numbers(grown, ["a", "b", "c"])), encoding="utf-8")
    rows = [dict(zip("abc", row, strict=True)) for row in asked]
    assert_allclose(Trees.load(kept).chances(rows), grown.predict_proba(asked)[:, 1], atol=1e-3)


def test_a_feature_that_is_not_told_is_0_and_one_that_is_not_known_is_left() -> None:
    trees = Trees(
        ["a"], 0.0, [0], [0, 0, 0], [0.5, 0, 0], [1, 1, 2], [2, 1, 2], [0.0, -2.0, 2.0],
    )  # fmt: skip
    low, high = 1 / (1 + np.exp(2)), 1 / (1 + np.exp(-2))
    assert_allclose(trees.chances([{}, {"a": 1.0}, {"b": 9.0}]), [low, high, low])
