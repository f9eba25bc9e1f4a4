"""A run brought up to date is the run that all reports would give under the same weights."""

from __future__ import annotations

import random
from dataclasses import replace

import pandas as pd
import pytest

from linkage import Linker, Report
from linkage.models.carried import Carried, Holding
from tests.features.worlds import reports_from

TOP = 6


def world(seed: int, count: int = 20) -> list[Report]:
    return reports_from(seed, count, missing=0.4)


def changed(reports: list[Report], seed: int) -> list[Report]:
    """Some new reports, some with other content, some gone, and one that follows another."""
    draw, fresh = random.Random(seed), reports_from(seed + 1000, 8, missing=0.2)
    now = {report.report_id: report for report in reports}
    for at, name in enumerate(draw.sample(sorted(now), draw.randint(0, 3))):
        now[name] = fresh[at].model_copy(update={"report_id": name})
    for name in draw.sample(sorted(now), draw.randint(0, 2)):
        del now[name]
    for at in range(draw.randint(1, 3)):
        name = draw.choice(["A", "R0155", "Z"]) + str(at)
        now[name] = fresh[4 + at].model_copy(update={"report_id": name})
    for name in draw.sample(sorted(now), 2):
        seen = now[name].behaviours
        now[name] = now[name].model_copy(update={"behaviours": seen.withhold(seen.present[::2])})
    if draw.random() < 0.5:
        now["F1"] = fresh[7].model_copy(update={"report_id": "F1", "follows": draw.choice(sorted(now))})
    return list(now.values())


def run(
    reports: list[Report], holding: Holding, **bound: list[tuple[str, str]]
) -> tuple[list[pd.DataFrame], Holding]:
    linker = Linker().take(reports).hold(holding)
    pairs = linker.score(reports, TOP, **bound)
    series = linker.cluster(pairs, **bound)
    return [pairs, series, linker.incidents_, linker.ambiguous_], linker.carry()


def alike(one: list[pd.DataFrame], other: list[pd.DataFrame]) -> None:
    for left, right in zip(one, other, strict=True):
        pd.testing.assert_frame_equal(left, right, check_exact=True)


@pytest.fixture(scope="module")
def first() -> tuple[list[Report], list[pd.DataFrame], Holding]:
    reports = world(1)
    found, holding = run(reports, Holding())
    return reports, found, holding


def test_a_run_held_to_its_own_weights_is_the_same_run(
    first: tuple[list[Report], list[pd.DataFrame], Holding],
) -> None:
    reports, found, holding = first
    again, _ = run(reports, replace(holding, carried=None))
    alike(again, found)
    assert len(found[0])


@pytest.mark.parametrize("seed", range(2))
def test_updating_gives_what_all_reports_give_under_the_same_weights(
    first: tuple[list[Report], list[pd.DataFrame], Holding], seed: int
) -> None:
    reports, _, holding = first
    for step in range(2):  # one update upon another
        reports = changed(reports, 10 * seed + step)
        updated, after = run(reports, holding)
        whole, _ = run(reports, replace(holding, carried=None))
        alike(updated, whole)
        holding = after


def test_decisions_made_since_enter(first: tuple[list[Report], list[pd.DataFrame], Holding]) -> None:
    reports, found, holding = first
    ranked = found[0].sort_values("probability", ascending=False)
    apart = [(ranked.iloc[0].report_a, ranked.iloc[0].report_b)]
    tied = [(ranked.iloc[-1].report_a, ranked.iloc[-1].report_b)]
    updated, after = run(reports, holding, must_link=tied, cannot_link=apart)
    whole, _ = run(reports, replace(holding, carried=None), must_link=tied, cannot_link=apart)
    alike(updated, whole)
    taken_back, _ = run(reports, after)
    alike(taken_back, found)


def test_only_what_changed_is_judged_again(
    first: tuple[list[Report], list[pd.DataFrame], Holding], monkeypatch: pytest.MonkeyPatch
) -> None:
    reports, _, holding = first
    asked: list[int] = []
    sample = "linkage.models.work.sample"
    monkeypatch.setattr(sample, lambda *_: asked.append(1))
    run(reports, holding)
    assert asked == []


def test_what_is_carried_is_kept_as_plain_arrays(first: tuple[list[Report], list[pd.DataFrame], Holding]) -> None:
    reports, _, holding = first
    assert holding.carried is not None
    written = holding.carried.to_bytes()
    assert b"pickle" not in written
    again, _ = run(changed(reports, 5), replace(holding, carried=Carried.from_bytes(written)))
    alike(again, run(changed(reports, 5), holding)[0])
