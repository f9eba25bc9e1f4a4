"""A quick update judges only what lies near what changed, and leaves nothing behind that the next one rests on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from linkage import Linker, Report
from linkage.models import collective, provisional
from linkage.models.carried import Holding
from tests.features.worlds import reports_from
from tests.models.test_carried import TOP, alike, changed, run, world

First = tuple[list[Report], list[pd.DataFrame], Holding]


@pytest.fixture(scope="module")
def first() -> First:
    reports = world(1, 24)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collective, "CHAINS", ((1_000_000, 4),))  # later runs are held to as few
        found, holding = run(reports, Holding())
    return reports, found, holding


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Regions as small, beside worlds of few reports, as they are beside stores."""
    monkeypatch.setattr(provisional, "MOST_UNITS", 10)


def quick(reports: list[Report], holding: Holding) -> tuple[list[pd.DataFrame], Holding, dict[str, list[str]]]:
    linker = Linker().take(reports).hold(replace(holding, quick=True))
    pairs = linker.score(reports, TOP)
    found = [pairs, linker.cluster(pairs), linker.incidents_, linker.ambiguous_]
    return found, linker.carry(), linker.run_record_["series"].get("provisional", {})


def with_one(reports: list[Report], seed: int) -> list[Report]:
    return [*reports, reports_from(seed, 1, missing=0.1)[0].model_copy(update={"report_id": "NEW"})]


def believed(pairs: pd.DataFrame) -> dict[tuple[str, str], float]:
    ends = zip(pairs["report_a"], pairs["report_b"], pairs["probability"], strict=True)
    return {(a, b): chance for a, b, chance in ends}


def test_what_is_not_near_stays_as_it_was(first: First) -> None:
    reports, found, holding = first
    updated, _, near = quick(with_one(reports, 5), holding)
    assert near["near"] == ["NEW"]
    assert 1 <= len(near["reports"]) < len(reports)
    was, now = believed(found[0]), believed(updated[0])
    far = [pair for pair in was if pair in now and not set(pair) & set(near["reports"])]
    assert far
    assert [now[pair] for pair in far] == [was[pair] for pair in far]
    assert any("NEW" in pair for pair in now)


def test_weights_lists_and_incidents_are_those_of_a_full_run(first: First) -> None:
    reports, _, holding = first
    reports = with_one(reports, 5)
    updated, _, _ = quick(reports, holding)
    whole, _ = run(reports, replace(holding, carried=None))
    lists = [frame.set_index(["report_a", "report_b"])["weight"] for frame in (updated[0], whole[0])]
    both = lists[0].index.intersection(lists[1].index)
    assert len(both) > 0.75 * len(lists[1])  # the rest came together in the chains of the full run alone
    pd.testing.assert_series_equal(lists[0][both], lists[1][both], check_exact=True)
    pd.testing.assert_frame_equal(updated[2], whole[2])


def test_nothing_of_it_enters_the_next_exact_update(first: First) -> None:
    reports, _, holding = first
    for step in range(2):  # one quick update upon another
        reports = changed(reports, 40 + step)
        _, holding, _ = quick(reports, holding)
    updated, _ = run(reports, holding)
    whole, _ = run(reports, replace(holding, carried=None))
    alike(updated, whole)


def test_a_new_report_is_believed_to_be_with_those_that_a_full_run_puts_it_with(first: First) -> None:
    reports, found, holding = first
    strong = found[0][found[0]["probability"] > 0.9]
    told = next(report for report in reports if report.report_id == strong.iloc[0].report_a)
    twin = told.model_copy(update={"report_id": "TWIN"})
    updated, _, near = quick([*reports, twin], holding)
    whole, _ = run([*reports, twin], replace(holding, carried=None))
    assert near
    now, then = believed(updated[0]), believed(whole[0])
    own = [pair for pair in then if "TWIN" in pair]
    likely, unlikely = (
        np.mean([now.get(pair, 0.0) for pair in own if (then[pair] > 0.5) == held]) for held in (1, 0)
    )
    assert likely > max(0.9, unlikely + 0.1)


def test_where_decisions_changed_all_is_judged(first: First) -> None:
    reports, found, holding = first
    pair = found[0].iloc[0]
    linker = Linker().take(reports).hold(replace(holding, quick=True))
    linker.score(reports, TOP, cannot_link=[(pair.report_a, pair.report_b)])
    assert "provisional" not in linker.run_record_["series"]


def test_where_much_changed_all_is_judged(first: First) -> None:
    reports, _, holding = first
    fresh = [one.model_copy(update={"report_id": f"N{at}"}) for at, one in enumerate(reports_from(9, 9, missing=0.2))]
    assert quick([*reports, *fresh], holding)[2] == {}
