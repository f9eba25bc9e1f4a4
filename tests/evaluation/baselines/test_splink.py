"""Splink runs, quietly and offline, on the published configuration."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from linkage.evaluation.baselines import SPLINK, NoLinksError, baselines, left_out
from linkage.evaluation.baselines.fields import SENSITIVE
from linkage.evaluation.baselines.splink_model import configuration, settings, table
from linkage.evaluation.scorer import Scorer, Scores
from linkage.evaluation.truth import Truth, evaluated_pairs
from linkage.report import Report

from .worlds import LEARNED, SCORED, same, world

REPORTS = 130

pytestmark = pytest.mark.skipif(bool(left_out()), reason="; ".join(left_out().values()) or "Splink is here")


def fresh(name: str) -> Scorer:
    return next(scorer for scorer in baselines() if scorer.name == name)


@cache
def fitted(name: str) -> Scorer:
    learned = world(LEARNED, REPORTS)
    return fresh(name).fit(learned.reports, learned.truth)


@cache
def scored(name: str) -> Scores:
    return fitted(name).score(world(SCORED, REPORTS).pairs)


@pytest.mark.parametrize("name", SPLINK)
def test_it_finds_links_better_than_chance_and_scores_every_pair(name: str) -> None:
    pairs, found = world(SCORED, REPORTS).pairs, scored(name)
    assert found.value.shape == (len(pairs),)
    assert np.isfinite(found.value).all()
    assert found.probability is not None
    assert found.series is not None
    assert np.allclose(found.probability, 1 / (1 + 2.0**-found.value), atol=1e-6)
    assert roc_auc_score(pairs.linked, found.value) > 0.6


@pytest.mark.parametrize("name", SPLINK)
def test_neither_answers_nor_the_order_of_rows_change_it(
    name: str, capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, draw = world(SCORED, REPORTS), np.random.default_rng(4)
    first = scored(name)
    monkeypatch.chdir(tmp_path)
    capfd.readouterr()
    hidden = [report.model_copy(update={"series": None}) for report in told.reports[::-1]]
    pairs = evaluated_pairs(hidden, told.truth)
    hidden_pairs = replace(pairs, linked=draw.permutation(pairs.linked), person=draw.permutation(pairs.person))
    assert same(fitted(name).score(hidden_pairs), first)
    assert capfd.readouterr() == ("", "")
    assert list(tmp_path.iterdir()) == []


def test_with_labels_it_needs_a_link() -> None:
    reports = [Report(report_id=name) for name in "ABC"]
    with pytest.raises(NoLinksError, match="no link to learn from"):
        fresh("Splink, labels").fit(reports, Truth.from_labels(reports))


def test_a_large_set_is_scored_by_rules_and_the_rest_comes_last(monkeypatch: pytest.MonkeyPatch) -> None:
    told = world(SCORED, REPORTS)
    monkeypatch.setitem(configuration()["model"], "all_pairs_up_to", 10)
    found = fitted("Splink, labels").score(told.pairs)
    assert found.probability is not None
    left = found.probability == 0
    everything = scored("Splink, labels")
    assert 0 < left.sum() < len(told.pairs)
    assert np.allclose(found.value[~left], everything.value[~left])
    assert found.value[left].max() < found.value[~left].min()


def test_without_labels_it_does_without_a_certain_link() -> None:
    told = world(SCORED, REPORTS)
    bare = [report.model_copy(update={"identifiers": [], "vehicles": []}) for report in told.reports[:60]]
    pairs = evaluated_pairs(bare, told.truth)
    found = fresh("Splink, no labels").score(pairs)
    assert found.probability is not None
    assert np.isfinite(found.value).all()
    assert 0 < found.probability.mean() < 0.5


def test_sensitive_fields_are_left_out_when_asked() -> None:
    def compared(sensitive: bool) -> set[str]:
        return {c["output_column_name"] for c in settings(sensitive, 0.001, 10)["comparisons"]}

    assert compared(True) - compared(False) == SENSITIVE


def test_what_is_not_known_is_null_in_its_table() -> None:
    row = table([Report(report_id="R")]).to_pylist()[0]
    assert {name for name, value in row.items() if value is not None} == {"row"}


@pytest.mark.parametrize("missing", ["splink", "duckdb"])
def test_without_its_packages_it_is_left_out_and_the_reason_said(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "linkage.evaluation.baselines.find_spec", lambda name: None if name == missing else find_spec(name)
    )
    assert not {scorer.name for scorer in baselines()} & set(SPLINK)
    assert set(left_out()) == set(SPLINK)
    assert all("linkage[bench]" in why for why in left_out().values())
