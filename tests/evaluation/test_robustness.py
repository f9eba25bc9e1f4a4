"""Conditions and the table of what each of them costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from linkage.evaluation import conditions
from linkage.evaluation.conditions import (
    OTHER_PRESETS,
    TOWN_DENSITIES,
    Case,
    Labelled,
    MakeScorer,
    engine,
    made_world,
    other_worlds,
    out_of_time,
    sensitive_on,
    worse_reports,
)
from linkage.evaluation.engine import Engine
from linkage.evaluation.paired import LEADING
from linkage.evaluation.robustness import robustness_table
from linkage.evaluation.scorer import Scores
from linkage.evaluation.truth import EvaluatedPairs, Truth, evaluated_pairs
from linkage.linker import Settings
from linkage.report import Report
from linkage.synthetic import parameters, presets
from tests.factories import incident

COLOURS = ["black", "silver", "blue", "red", "green", "yellow", "white", "brown"]
TOWNS = ["Leeds", "Cardiff", "Hull", "Brighton"]


class ByColour:
    """A scorer that knows colours alone, and notes what it was given."""

    name, note, learns = "colour", "same colour of vehicle", True

    def __init__(self) -> None:
        self.learned: list[Sequence[Report]] = []
        self.labels: set[str | None] = set()

    def fit(self, reports: Sequence[Report], truth: Truth) -> ByColour:  # noqa: ARG002
        self.learned.append(reports)
        return self

    def score(self, pairs: EvaluatedPairs) -> Scores:
        self.labels |= {report.series for report in pairs.reports}
        colours = [r.vehicles[0].colour if r.vehicles else None for r in pairs.reports]
        same = np.array([colours[a] == colours[b] for a, b in zip(pairs.left, pairs.right, strict=True)])
        return Scores(value=same.astype(float), probability=np.where(same, 0.9, 0.1))


def world(people: int = 24, first: date = date(2020, 1, 1)) -> Labelled:
    """Three reports a person, of one colour, in towns that change; one person after another in time."""
    reports, person = [], {}
    for index in range(3 * people):
        owner = index // 3
        report = incident(
            colour=COLOURS[owner % len(COLOURS)],
            town=TOWNS[index % len(TOWNS)],
            series=f"P{owner}",
            received=(first + timedelta(days=10 * owner + index % 3)).isoformat(),
        )
        reports.append(report)
        person[report.report_id] = f"P{owner}"
    return Labelled(reports, Truth(person, {name: name for name in person}))


@pytest.fixture
def base() -> Case:
    learned, judged = world(), world()
    return Case("base", "as it is", learned, judged, ByColour)


def test_wrong_colours_cost_a_scorer_of_colours_and_wrong_makes_do_not(base: Case) -> None:
    cases = [base, *worse_reports(base)]
    table = robustness_table(cases, replicates=80).set_index(["condition", "figure"])
    assert list(table.index.unique("condition")) == [case.name for case in cases]
    whole = table.loc[("base", "auprc")]
    assert (whole["change"], whole["against"]) == (0.0, "")
    assert whole["low"] <= whole["value"] <= whole["high"]
    coloured = table.loc[("wrong colour", "auprc")]
    assert coloured["against"] == "base"
    assert bool(coloured["same_people"])
    assert coloured["change"] == pytest.approx(coloured["value"] - whole["value"])
    assert coloured["change_high"] < 0
    same = table.loc[("wrong make", "auprc")]
    assert (same["change"], same["change_low"], same["change_high"]) == (0.0, 0.0, 0.0)


def test_far_links_stay_the_same_links_when_places_are_told_vaguely(base: Case) -> None:
    table = robustness_table([base, *worse_reports(base)], replicates=3)
    assert table["far_links"].nunique() == 1
    assert table["far_links"].iloc[0] > 0


def test_no_label_reaches_the_scorer_and_one_engine_learns_once(base: Case) -> None:
    made: list[ByColour] = []

    def make() -> ByColour:
        made.append(ByColour())
        return made[-1]

    cases = [replace(case, scorer=make) for case in (base, *worse_reports(base))]
    robustness_table(cases, replicates=2)
    assert len(made) == 1
    assert made[0].learned == [base.learned.reports]
    assert made[0].labels == {None}


def test_other_people_are_compared_with_independent_draws(base: Case) -> None:
    other = replace(base, name="other", judged=world(people=40))
    row = robustness_table([base, other], replicates=100).set_index(["condition", "figure"]).loc[("other", "auprc")]
    assert not row["same_people"]
    assert row["change_low"] < row["change"] < row["change_high"]


def test_a_case_is_held_against_one_that_stands_before_it(base: Case) -> None:
    with pytest.raises(ValueError, match="does not stand before it"):
        robustness_table([base, replace(base, name="odd", against="nothing")], replicates=1)


def test_out_of_time_judges_later_people_by_earlier_reports_alone() -> None:
    made = world(people=40)
    in_time, late = out_of_time(made, ByColour, seed=3)
    judged = {made.truth.person[r.report_id] for r in late.judged.reports}
    assert in_time.judged is late.judged
    first = min(r.received or "" for r in late.judged.reports)
    assert max(r.received or "" for r in late.learned.reports) < first
    for case in (in_time, late):
        assert judged.isdisjoint({made.truth.person[r.report_id] for r in case.learned.reports})
    assert max(r.received or "" for r in in_time.learned.reports) > first
    assert abs(len(in_time.learned.reports) - len(late.learned.reports)) <= 3  # within one person's reports
    table = robustness_table([in_time, late], replicates=5)
    assert table.loc[table["condition"] == "in time", "against"].unique().tolist() == [""]
    assert table.loc[table["condition"] == "out of time", "against"].unique().tolist() == ["in time"]
    assert table["same_people"].all()


def test_other_worlds_are_made_of_presets_and_numbers_that_there_are(
    base: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, ...]] = []

    def noted(*arguments: object, **overrides: object) -> Labelled:
        asked.append((*arguments, *overrides.values()))
        return Labelled([], Truth({}, {}))

    monkeypatch.setattr(conditions, "made_world", noted)
    assert set(OTHER_PRESETS) <= set(presets())
    for overrides in TOWN_DENSITIES.values():
        made = parameters("default", overrides)["mobility"]
        assert {f"mobility.{name}": made[name] for name in ("town_power", "hot_per_million")} == dict(overrides)
    cases = other_worlds(base, reports=40, seed=1)
    assert len(cases) == len(OTHER_PRESETS) + 2 * len(TOWN_DENSITIES)
    assert len({seed for _, seed, *_ in asked}) == len(asked)  # no world is another one told again
    assert {words for _, _, words in asked[: len(OTHER_PRESETS)]} == set(OTHER_PRESETS)
    for case in cases[: len(OTHER_PRESETS)]:
        assert case.judged is base.judged
        assert case.learned is not base.learned
    for there, moved in zip(cases[len(OTHER_PRESETS) :: 2], cases[len(OTHER_PRESETS) + 1 :: 2], strict=True):
        assert there.judged is moved.judged
        assert moved.learned is base.learned
        assert moved.against == there.name


def test_sensitive_items_carry_weight_where_they_are_asked_to(base: Case) -> None:
    on = sensitive_on(base)
    assert (on.judged, on.learned) == (base.judged, base.learned)
    for make, expected in ((engine, False), (on.scorer, True)):
        made = make()
        assert isinstance(made, Engine)
        assert made.learns
        assert made.settings.sensitive is expected


def test_the_engine_goes_through_the_table() -> None:
    def bare(sensitive: bool) -> MakeScorer:
        return lambda: Engine(labels=False, settings=Settings(sensitive=sensitive))

    judged = made_world(150, 6)
    base = Case("base", "", judged, judged, bare(sensitive=False))
    silent = replace(judged, reports=[Report(report_id=report.report_id) for report in judged.reports])
    cases = [
        base,
        replace(base, name="sensitive", scorer=bare(sensitive=True)),
        replace(base, name="nothing told", judged=silent),
    ]
    table = robustness_table(cases, seed=1, replicates=20).set_index(["condition", "figure"])
    assert set(table.index.unique("figure")) == set(LEADING)
    assert table["same_people"].all()
    assert table.loc[("sensitive", "auprc"), "change"] != 0.0
    nothing = table.loc[("nothing told", "auprc")]
    pairs = evaluated_pairs(judged.reports, judged.truth)
    assert nothing["value"] == pytest.approx(pairs.linked.mean())  # all pairs alike: the base rate is left
    assert nothing["change_high"] < 0
