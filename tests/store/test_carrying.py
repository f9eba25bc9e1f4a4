"""A store's latest run is brought up to date, and the result is that of all reports under the same weights."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from linkage.models import provisional
from linkage.models.carried import Carried
from linkage.review.series_words import provisional_words
from linkage.store import Decision, Store, carrying
from linkage.store.carrying import NothingToUpdateError, suggestion
from linkage.store.connect import writing
from linkage.store.linking import Choices, choices_of, link_store, update_store
from tests.features.worlds import reports_from
from tests.store.test_store import Batch

FIRST, LATER = reports_from(3, 16, 0.4), reports_from(4, 3, 0.3)


@pytest.fixture
def linked(store: Store) -> Store:
    store.import_batch(Batch(FIRST), "first.jsonl")
    link_store(store, Choices(top=5))
    return store


def test_new_and_changed_reports_and_decisions_enter_the_latest_run(linked: Store) -> None:
    full = linked.latest_run()
    assert full is not None
    changed = LATER[0].model_copy(update={"report_id": FIRST[2].report_id})
    new = LATER[1].model_copy(update={"report_id": "N1"})
    linked.import_batch(Batch([changed, new]), "later.jsonl")
    apart = Decision("ann", "pair", FIRST[0].report_id, FIRST[1].report_id, "not_linked", reasons_against=["seen"])
    linked.record_decision(apart)

    found = update_store(linked)

    run = linked.latest_run()
    assert run is not None
    assert run.id == full.id + 1
    assert (run.record["update"]["of"], run.record["update"]["full_run"]) == (full.id, full.id)
    assert run.record["counts"]["reports"] == 17
    assert run.record["update"]["drift"] == round(2 / 16, 4)
    assert "link all again" in run.record["update"]["suggests"]
    kept = carrying.read(linked, run.id)
    linker = found.linker.hold(type(kept.holding)(kept.holding.frozen, kept.holding.base))
    whole = linker.score(linked.reports(), 5, cannot_link=linked.binding().cannot_link)
    pd.testing.assert_frame_equal(found.found.pairs, whole, check_exact=True)


def test_an_update_upon_an_update_tells_the_full_run(linked: Store) -> None:
    full = linked.latest_run()
    assert full is not None
    for name in ("N1", "N2"):
        linked.import_batch(Batch([LATER[1].model_copy(update={"report_id": name})]), name)
        update_store(linked)
    run = linked.latest_run()
    assert run is not None
    assert (run.record["update"]["of"], run.record["update"]["full_run"]) == (full.id + 1, full.id)
    assert run.record["update"]["number"] == 2


def test_a_quick_update_says_what_is_provisional_until_an_exact_one(
    linked: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provisional, "MOST_UNITS", 8)
    pairs = link_store(linked, Choices(top=5)).found.pairs
    twin = pairs.nlargest(1, "probability").iloc[0].report_a
    new = next(one for one in FIRST if one.report_id == twin).model_copy(update={"report_id": "N1"})
    linked.import_batch(Batch([new]), "later.jsonl")

    quick = update_store(linked, quick=True)

    told = quick.found.record["update"]
    series = quick.found.series
    near = set(told["provisional"]["reports"])
    assert (quick.provisional, told["number"]) == (True, 0)
    assert set(told["provisional"]["near"]) <= {"N1", twin}
    assert set(told["provisional"]["series"]) == set(series["series_id"][series["report_id"].isin(near)])
    assert "N1" in provisional_words(quick.found.record)
    exact = update_store(linked)
    assert (exact.provisional, exact.found.record["update"]["number"]) == (False, 1)
    assert provisional_words(exact.found.record) == ""


def test_without_a_run_or_its_weights_nothing_is_updated(linked: Store) -> None:
    with writing(linked.engine) as connection:
        carrying.forget(connection)
    with pytest.raises(NothingToUpdateError, match="linkage link"):
        update_store(linked)


def test_a_run_of_another_version_is_not_brought_up_to_date_but_linked_again(
    linked: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = linked.latest_run()
    assert run is not None
    record = {**run.record, "top": 7, "model": {**run.record["model"], "version": 3}}
    older = replace(run, record=record)
    monkeypatch.setattr(Store, "latest_run", lambda _: older)
    with pytest.raises(NothingToUpdateError, match=r"another version of linkage.*linkage link"):
        update_store(linked)
    choices = choices_of(older)
    assert (choices.top, choices.model) == (7, None)
    assert link_store(linked, choices).run is not None


def test_what_was_carried_before_series_were_sampled_is_read(linked: Store) -> None:
    run = linked.latest_run()
    assert run is not None
    carried = carrying.read(linked, run.id, {one.report_id: one for one in linked.reports()}).holding.carried
    assert carried is not None
    with np.load(io.BytesIO(carried.to_bytes())) as kept:
        older = {name: kept[name] for name in kept.files if name != "whole"}
    file = io.BytesIO()
    np.savez_compressed(file, **older)
    assert not Carried.from_bytes(file.getvalue()).components.whole.any()


def test_an_erasure_takes_away_what_rests_on_the_report(linked: Store) -> None:
    linked.erase(FIRST[0].report_id, "asked for")
    run = linked.latest_run()
    assert run is not None
    assert not carrying.there(linked, run.id)


def test_a_full_run_is_suggested_when_much_changed_or_after_many_updates() -> None:
    assert suggestion(0.05, 3) == ""
    assert "12%" in suggestion(0.12, 3)
    assert "50 times" in suggestion(0.01, 50)
