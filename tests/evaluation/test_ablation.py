"""Ablations: parts add up to the engine's score, and evidence is worth what it was made to be worth."""

from __future__ import annotations

import numpy as np
import pytest

from linkage.evaluation.ablation import ALONE, EVERYTHING, WITHOUT, Parts, ablation_table, families_of, family
from linkage.evaluation.truth import EvaluatedPairs, Truth, evaluated_pairs
from linkage.features.catalogue import CATALOGUE
from linkage.features.evidence import MILLIBAN
from linkage.features.parameters import elicited
from linkage.features.table import fit_table
from linkage.linker import Linker
from linkage.report import Report
from tests.features.worlds import reports_from


def pairs_of(reports: list[Report], people: int) -> EvaluatedPairs:
    truth = Truth({r.report_id: f"p{i % people}" for i, r in enumerate(reports)}, {})
    return evaluated_pairs(reports, truth)


@pytest.fixture(scope="module")
def made() -> tuple[EvaluatedPairs, Parts]:
    """A world in which one group of evidence knows the truth, another knows nothing, and a third is silent."""
    pairs = pairs_of([Report(report_id=f"R{i:03}") for i in range(60)], 30)
    rng = np.random.default_rng(1)
    told = np.where(pairs.linked, 2.0, -1.0) + 0.5 * rng.normal(size=len(pairs))
    noise = rng.normal(size=len(pairs))
    weights = np.stack([told, noise, np.zeros(len(pairs))]).astype(np.float32)
    return pairs, Parts(["vehicle", "time", "place"], weights, prior=-2.0)


@pytest.mark.parametrize("sensitive", [False, True])
def test_parts_of_a_pair_add_up_to_what_the_engine_scores(sensitive: bool) -> None:
    reports = reports_from(5, 25)
    pairs = pairs_of(reports, 10)
    tempers = {kind.group: 0.3 + 0.7 / (1 + i) for i, kind in enumerate(CATALOGUE)}
    table = fit_table(reports, elicited(), sensitive).with_tempers(tempers)
    row = np.arange(len(reports))
    parts = Parts.of(table, row, pairs, prior=-2.5)
    whole = table.parts(pairs.left.astype(np.intp), pairs.right.astype(np.intp)).sum(axis=1) / MILLIBAN
    assert parts.scores(parts.groups).value == pytest.approx(whole - 2.5, abs=1e-4)
    assert parts.scores([]).value == pytest.approx(np.full(len(pairs), -2.5))
    assert bool(parts.weights[parts.groups.index("ethnicity")].any()) is sensitive


def test_parts_come_from_the_linker_that_scored_the_reports() -> None:
    reports = reports_from(8, 12, missing=0.2)
    pairs = pairs_of(reports, 4)
    linker = Linker()
    frame = linker.score(reports).set_index(["report_a", "report_b"])
    parts = Parts.from_linker(linker, pairs)
    names = [report.report_id for report in pairs.reports]
    listed = [frame["weight"].get((names[a], names[b])) for a, b in zip(pairs.left, pairs.right, strict=True)]
    assert sum(weight is not None for weight in listed) > 20
    for weight, score in zip(listed, parts.scores(parts.groups).value, strict=True):
        assert weight is None or score == pytest.approx(linker.prior_ + weight, abs=1e-4)


def test_parts_of_single_comparisons_add_up_to_their_groups() -> None:
    reports = reports_from(9, 15, missing=0.2)
    pairs = pairs_of(reports, 5)
    table = fit_table(reports, elicited()).with_tempers({"person_body": 0.5})
    row = np.arange(len(reports))
    single = Parts.of(table, row, pairs, prior=-2.0, each="name")
    assert single.groups == table.names
    assert single.scores(single.groups).value == pytest.approx(
        Parts.of(table, row, pairs, prior=-2.0).scores(list({kind.group for kind in CATALOGUE})).value, abs=1e-4
    )


def test_folds_together_keep_their_own_prior(made: tuple[EvaluatedPairs, Parts]) -> None:
    pairs, parts = made
    other = Parts(parts.groups, parts.weights[:, ::-1], prior=-1.0)
    both = Parts.combined([parts, other])
    alone = [fold.scores(["vehicle", "time"]) for fold in (parts, other)]
    found = both.scores(["vehicle", "time"])
    assert np.array_equal(found.value, np.concatenate([scores.value for scores in alone]))
    assert found.probability is not None
    assert len(found.probability) == 2 * len(pairs)


def test_reports_that_follow_each_other_have_no_parts() -> None:
    reports = reports_from(6, 6, missing=0.1)
    pairs = pairs_of(reports, 3)
    merged = np.array([0, 0, 1, 2, 3, 4])
    table = fit_table(reports[1:], elicited())
    parts = Parts.of(table, merged, pairs, prior=-2.0)
    together = (pairs.left == 0) & (pairs.right == 1)
    assert not parts.weights[:, together].any()
    assert parts.weights[:, ~together].any(axis=0).all()


def test_evidence_that_knows_is_missed_and_evidence_that_does_not_is_not(made: tuple[EvaluatedPairs, Parts]) -> None:
    pairs, parts = made
    table = ablation_table(pairs, parts, replicates=60).set_index(["evidence", "use", "figure"])
    whole = table.loc[(EVERYTHING, EVERYTHING, "auprc")]
    assert (whole["change"], whole["change_low"], whole["change_high"]) == (0.0, 0.0, 0.0)
    assert whole["low"] <= whole["value"] <= whole["high"]
    blind = table.loc[("vehicle", WITHOUT, "auprc")]
    assert blind["change"] == pytest.approx(blind["value"] - whole["value"])
    assert blind["change_high"] < -0.3
    assert table.loc[("time", WITHOUT, "auprc")]["change"] > 0  # noise costs
    assert table.loc[("vehicle", ALONE, "auprc")]["value"] == pytest.approx(
        table.loc[("time", WITHOUT, "auprc")]["value"]
    )
    assert table.loc[("time", ALONE, "auprc")]["value"] < 0.2


def test_evidence_that_says_nothing_is_left_out(made: tuple[EvaluatedPairs, Parts]) -> None:
    pairs, parts = made
    table = ablation_table(pairs, parts, replicates=2)
    assert list(table["evidence"].unique()) == [EVERYTHING, "vehicle", "time"]
    chosen = ablation_table(pairs, parts, {"both": ["vehicle", "time"]}, replicates=2)
    assert list(chosen["evidence"].unique()) == [EVERYTHING, "both"]
    alone = chosen.set_index(["use", "figure"]).loc[(ALONE, "auprc"), "value"]
    assert alone == pytest.approx(chosen.set_index(["use", "figure"]).loc[(EVERYTHING, "auprc"), "value"])


def test_the_same_seed_gives_the_same_table(made: tuple[EvaluatedPairs, Parts]) -> None:
    pairs, parts = made
    assert ablation_table(pairs, parts, seed=3, replicates=5).equals(
        ablation_table(pairs, parts, seed=3, replicates=5)
    )
    other = ablation_table(pairs, parts, seed=4, replicates=5)
    assert not ablation_table(pairs, parts, seed=3, replicates=5).equals(other)


def test_every_group_of_the_catalogue_has_one_family_and_an_unknown_one_its_own() -> None:
    groups = list(dict.fromkeys(kind.group for kind in CATALOGUE))
    found = families_of(groups)
    assert sorted(group for members in found.values() for group in members) == sorted(groups)
    assert {"behaviour", "person", "vehicle", "place", "time", "words", "identifiers"} <= found.keys()
    assert family("behaviour_something_new") == "behaviour"
    assert family("gait") == "gait"
