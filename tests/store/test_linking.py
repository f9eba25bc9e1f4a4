"""Linking a store: its reports under its decisions become the latest run."""

from __future__ import annotations

import pytest

from linkage.store import Decision, Store
from linkage.store.linking import Choices, TooFewReportsError, link_store
from tests.features.worlds import reports_from
from tests.store.test_store import Batch


@pytest.fixture
def filled(store: Store) -> Store:
    reports = reports_from(seed=3, count=24, missing=0.3)
    store.import_batch(Batch(reports), "random.jsonl")
    return store


def test_a_run_is_kept_of_all_reports(filled: Store) -> None:
    stages: list[str] = []
    linked = link_store(filled, Choices(), lambda stage, _done, _total: stages.append(stage))
    run = filled.latest_run()
    assert run is not None
    assert linked.run is not None
    assert run.id == linked.run.id
    assert run.record["counts"]["reports"] == filled.count()
    assert {"evidence", "pairs"} <= set(stages)


def test_what_was_decided_to_be_apart_is_apart(filled: Store) -> None:
    best = link_store(filled, Choices()).found.pairs.nlargest(1, "probability").iloc[0]
    filled.record_decision(
        Decision("ann", "pair", best.report_a, best.report_b, "not_linked", reasons_against=["seen"])
    )
    pairs = link_store(filled, Choices()).found.pairs.set_index(["report_a", "report_b"])
    assert best.probability > 0.0
    assert pairs.loc[(best.report_a, best.report_b), "probability"] == 0.0


def test_a_store_with_one_report_says_what_to_do(store: Store) -> None:
    with pytest.raises(TooFewReportsError, match="linkage import FILE"):
        link_store(store, Choices())
