"""The results document holds plain values only, and says every one of them in words."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from linkage.evaluation.document import document, number, rows_of
from linkage.evaluation.groups import RATES
from linkage.evaluation.intervals import LABELS
from linkage.evaluation.paired import LEADING
from linkage.evaluation.protocol import evaluate
from linkage.evaluation.reading import (
    CONDITION_FIGURES,
    GROUP_FIGURES,
    TABLES,
    by_condition,
    change,
    counted,
    ten_of,
    trial_words,
)
from tests.evaluation.trials import Near, laid_out


@cache
def found() -> dict[str, Any]:
    reports, truth = laid_out()
    return document(evaluate(reports, truth, folds=3, replicates=10, scorers=[Near(), Near(name="near again")]))


def test_it_is_json_without_what_json_does_not_know() -> None:
    assert json.loads(json.dumps(found(), allow_nan=False)) == found()


def test_every_figure_has_a_label() -> None:
    for way in found()["trials"][0]["ways"]:
        assert set(way["figures"]) <= set(found()["labels"])


def test_what_is_not_defined_is_none_and_not_nought() -> None:
    reports, truth = laid_out()
    nowhere = [report.model_copy(update={"place": type(report.place)()}) for report in reports]

    class Silent(Near):
        def score(self, pairs: Any) -> Any:
            scores = super().score(pairs)
            return type(scores)(np.zeros(len(pairs)), np.zeros(len(pairs)))

    told = document(evaluate(nowhere, truth, folds=3, replicates=5, scorers=[Silent()]))
    way = told["trials"][0]["ways"][0]
    assert way["figures"]["recall_at_10_far"]["value"] is None
    assert way["figures"]["ppv_0.5"]["value"] is None
    assert way["reliability"][5]["share"] is None
    assert way["reliability"][0]["share"] == pytest.approx(told["trials"][0]["counts"]["base_rate"])


def test_tables_name_figures_that_there_are() -> None:
    assert {key for table in TABLES for key in table.figures} <= set(LABELS)
    assert set(GROUP_FIGURES) == set(RATES)
    assert set(CONDITION_FIGURES) == set(LEADING)


def test_a_trial_says_its_base_rate_and_how_people_were_held_out() -> None:
    words = trial_words(found()["trials"][0])
    assert "66 reports of 30 people, 12 series" in words[0]
    assert "60 of them links" in words[0]
    assert "whole people" in words[1]
    assert "3 folds, seed 0" in counted(found())


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.0, ".00"),
        (0.624, ".62"),
        (1.0, "1.00"),
        (-0.5, "-0.50"),
        (3.5, "3.50"),
        (19.99, "19.99"),
        (12345.6, "12,346"),
    ],
)
def test_numbers_as_they_are_written(value: float, words: str) -> None:
    assert number(value) == words


def test_of_ten_pairs_is_said_of_bins_that_hold_ten() -> None:
    rows = [
        {"from": 0.2, "to": 0.3, "n": 9, "share": 0.9},
        {"from": 0.6, "to": 0.7, "n": 1200, "share": 0.71},
        {"from": 0.9, "to": 1.0, "n": 0, "share": None},
    ]
    assert ten_of({"name": "near", "reliability": rows}) == "near: of 10 pairs said .6-.7, 7 are links (n = 1,200)."
    assert "too few pairs" in ten_of({"name": "near", "reliability": rows[:1]})


def test_a_frame_becomes_plain_rows() -> None:
    frame = pd.DataFrame({"a": [1, 2], "b": [0.5, np.nan], "c": ["x", None], "d": [True, False]})
    assert rows_of(frame) == [{"a": 1, "b": 0.5, "c": "x", "d": True}, {"a": 2, "b": None, "c": None, "d": False}]
    assert rows_of(pd.DataFrame()) == []
    json.dumps(rows_of(frame), allow_nan=False)


def test_conditions_stand_once_with_all_their_figures() -> None:
    row = {"condition": "worse", "against": "as they are", "value": 0.5, "change": -0.1}
    ends = {"change_low": -0.2, "change_high": 0.0}
    rows = [{**row, **ends, "figure": "auprc"}, {**row, **ends, "figure": "recall_at_10"}]
    (entry,) = by_condition(rows)
    assert set(entry["figures"]) == {"auprc", "recall_at_10"}
    assert change(entry["figures"]["auprc"]) == "-0.10 (-0.20 to +0.00)"
    assert change({**rows[0], "against": ""}) == ""
    assert change({**rows[0], "change_low": None}) == "-0.10"
    assert change(None) == ""
