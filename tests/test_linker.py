"""Linker: the same results whatever the order, whole lists, and explanations that say what the pairs say."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from linkage import Linker, Report, Settings
from linkage.features.explanation import Explanation, Told
from linkage.results import Results, write_results
from tests.factories import incident
from tests.features.worlds import reports_from
from tests.shared import generated

pytestmark = pytest.mark.usefixtures("few_chains")

TOP = 10


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return generated(240, seed=4)


@pytest.fixture(scope="module")
def linker(reports: list[Report]) -> Linker:
    return Linker().fit(reports)


@pytest.fixture(scope="module")
def pairs(linker: Linker, reports: list[Report]) -> pd.DataFrame:
    return linker.score(reports, top=TOP)


@pytest.fixture(scope="module")
def everything(reports: list[Report]) -> pd.DataFrame:
    """Every pair, listed."""
    return Linker().fit(reports).score(reports, top=len(reports))


@pytest.fixture(scope="module")
def series(linker: Linker, pairs: pd.DataFrame) -> pd.DataFrame:
    return linker.cluster(pairs)


def run(reports: list[Report], **settings: Any) -> tuple[pd.DataFrame, pd.DataFrame, Linker]:
    linker = Linker(Settings(**settings)).fit(reports)
    pairs = linker.score(reports, top=TOP)
    return pairs, linker.cluster(pairs), linker


# The same whatever the order


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_the_reports_changes_nothing(
    reports: list[Report], pairs: pd.DataFrame, series: pd.DataFrame, linker: Linker, seed: int
) -> None:
    shuffled = random.Random(seed).sample(reports, len(reports))
    other_pairs, other_series, other = run(shuffled)

    pd.testing.assert_frame_equal(pairs, other_pairs, check_exact=True)
    pd.testing.assert_frame_equal(series, other_series, check_exact=True)
    pd.testing.assert_frame_equal(linker.incidents_, other.incidents_, check_exact=True)
    pd.testing.assert_frame_equal(linker.ambiguous_, other.ambiguous_, check_exact=True)


def test_the_same_reports_twice_give_the_same_bytes(reports: list[Report], tmp_path: Path) -> None:
    written = []
    for turn in ("first", "second"):
        pairs, series, linker = run(list(reports))
        found = Results(pairs, series, linker.incidents_, linker.ambiguous_, linker.run_record_)
        written.append(write_results(tmp_path / turn, found))
    for name in ("pairs.csv", "series.csv", "incidents.csv", "ambiguous.csv"):
        assert written[0][name].read_bytes() == written[1][name].read_bytes()


def test_a_report_given_twice_counts_once(reports: list[Report], pairs: pd.DataFrame) -> None:
    again, _, _ = run([*reports, *reports[:20]])

    pd.testing.assert_frame_equal(pairs, again, check_exact=True)


# However few


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_handful_of_reports_is_no_trouble(count: int) -> None:
    pairs, series, linker = run(reports_from(5, count))

    assert len(pairs) == (1 if count == 2 else 0)
    assert list(pairs.columns[:7]) == [
        "report_a", "report_b", "weight", "probability", "lane", "distance_km", "days",
    ]  # fmt: skip
    assert list(series.columns) == ["series_id", "report_id", "role", "fit"]
    assert linker.run_record_["counts"] == {"reports": count, "incidents": count}
    assert json.dumps(linker.run_record_)


def test_reports_that_say_nothing_at_all_are_scored_as_nothing() -> None:
    pairs, series, linker = run([Report(report_id=f"R{i}") for i in range(4)])

    assert (pairs.filter(regex="^w").to_numpy() == 0).all()
    assert len(series) == 0
    assert {part.says for part in linker.explain("R0", "R3").parts} == {"not known"}


# The list of pairs


def test_a_pair_is_listed_once_smaller_id_first(pairs: pd.DataFrame) -> None:
    assert (pairs["report_a"] < pairs["report_b"]).all()
    assert not pairs.duplicated(["report_a", "report_b"]).any()


def test_reports_of_one_incident_are_not_listed(linker: Linker, pairs: pd.DataFrame) -> None:
    of = dict(zip(linker.incidents_["report_id"], linker.incidents_["incident_id"], strict=True))

    assert len(of) > 10
    assert {"follows"} <= set(linker.incidents_["basis"])
    assert all(of.get(a, a) != of.get(b, b) for a, b in zip(pairs["report_a"], pairs["report_b"], strict=True))


def test_every_report_has_its_best_partners(reports: list[Report], pairs: pd.DataFrame) -> None:
    counts = pd.concat([pairs["report_a"], pairs["report_b"]]).value_counts()

    assert set(counts.index) == {report.report_id for report in reports}
    assert counts.min() >= TOP


def test_the_best_partners_are_the_heaviest_of_all(
    reports: list[Report], pairs: pd.DataFrame, everything: pd.DataFrame
) -> None:
    for report in [one.report_id for one in reports[::40]]:
        mine = everything[(everything["report_a"] == report) | (everything["report_b"] == report)]
        bound = mine["weight"].sort_values(ascending=False).iloc[TOP - 1]
        wanted = mine[mine["weight"] > bound]
        kept = pairs.merge(wanted[["report_a", "report_b"]], on=["report_a", "report_b"])
        assert len(kept) == len(wanted)


def test_every_likely_pair_is_listed_however_many_partners(reports: list[Report], everything: pd.DataFrame) -> None:
    narrow = Linker().fit(reports).score(reports, top=1)
    likely = everything[everything["probability"] >= 0.01]
    kept = narrow.merge(likely[["report_a", "report_b"]], on=["report_a", "report_b"])

    assert len(kept) == len(likely) > 0


def test_the_far_lane_holds_far_pairs_only(pairs: pd.DataFrame) -> None:
    assert set(pairs["lane"]) == {"main", "far", "both"}
    assert (pairs.loc[pairs["lane"] != "main", "distance_km"] > 50).all()


def test_the_far_lane_is_ranked_without_the_distance(
    reports: list[Report], pairs: pd.DataFrame, everything: pd.DataFrame
) -> None:
    everything = everything.assign(apart=everything["weight"] - everything["w_place"])
    report = reports[0].report_id
    far = everything[
        ((everything["report_a"] == report) | (everything["report_b"] == report)) & (everything["distance_km"] > 50)
    ]
    bound = far["apart"].sort_values(ascending=False).iloc[9]
    best = far[far["apart"] > bound + 1e-9]
    kept = pairs[pairs["lane"] != "main"].merge(best[["report_a", "report_b"]], on=["report_a", "report_b"])

    assert len(kept) == len(best) > 0


def test_the_parts_add_up_in_every_row(pairs: pd.DataFrame) -> None:
    parts = pairs.filter(regex="^w_").sum(axis=1)
    assert np.abs(parts - pairs["weight"]).max() < 1e-9


# Explanations


@pytest.fixture(scope="module")
def explained(linker: Linker, pairs: pd.DataFrame) -> list[tuple[dict[str, Any], Explanation]]:
    """Rows of the list and their explanations."""
    rows = pairs.iloc[:: max(1, len(pairs) // 40)].to_dict("records")
    return [(row, linker.explain(row["report_b"], row["report_a"])) for row in rows]


def test_an_explanation_says_what_the_pair_says(explained: list[tuple[dict[str, Any], Explanation]]) -> None:
    for row, told in explained:
        assert (told.report_a, told.report_b) == (row["report_a"], row["report_b"])
        assert told.weight == pytest.approx(row["weight"], abs=1e-9)
        assert told.together == pytest.approx(row["probability"], abs=1e-12)
        assert told.prior + told.weight == pytest.approx(
            np.log10(told.probability / (1 - told.probability)), abs=1e-6
        )
        assert {f"w_{part.name}": part.weight for part in told.parts} == {
            name: row[name] for name in row if str(name).startswith("w_")
        }
        assert (
            told.distance_km == pytest.approx(row["distance_km"], abs=0.001, nan_ok=True) or told.distance_km is None
        )
        assert not told.same_incident
        assert json.dumps(told.to_json())


def test_what_is_not_known_weighs_nothing_in_an_explanation(
    explained: list[tuple[dict[str, Any], Explanation]],
) -> None:
    for _, told in explained:
        for part in told.parts:
            assert part.says in ("agrees", "close", "differs", "not mentioned", "not known")
            assert part.says != "not mentioned" or part.name.startswith("behaviour_")
            assert part.says != "not known" or part.weight == 0


def test_a_report_nobody_has_seen_can_be_explained(reports: list[Report]) -> None:
    linker = Linker().fit(reports[:60])
    new = incident(report_id="new", town="Leeds", vehicle="yellow Saab", date="3 May 2019")
    told = linker.explain(new, reports[0].report_id)

    assert {told.report_a, told.report_b} == {"new", reports[0].report_id}
    assert told.prior + sum(part.weight for part in told.parts) == pytest.approx(told.strength, abs=1e-9)


def test_a_report_that_is_not_there_is_an_error(linker: Linker, reports: list[Report]) -> None:
    with pytest.raises(KeyError):
        linker.explain(reports[0].report_id, "nobody")


# Fit to a series


def test_the_fit_to_one_report_is_the_pair(linker: Linker, pairs: pd.DataFrame) -> None:
    best = pairs.sort_values("weight", ascending=False).iloc[0]
    told = linker.explain_membership(best["report_a"], [best["report_b"]])

    assert told.weight == pytest.approx(told.scale * best["weight"], abs=0.1)
    weighing = [name.removeprefix("w_") for name in pairs.columns if name.startswith("w_")]
    assert {part.name for part in told.parts} <= set(weighing)


def test_a_member_is_compared_with_the_others(linker: Linker, series: pd.DataFrame) -> None:
    members = series[series["series_id"] == series["series_id"].iloc[0]]["report_id"].tolist()

    with_itself, others = (linker.explain_membership(members[0], group) for group in (members, members[1:]))
    assert with_itself.parts == others.parts
    assert with_itself.strength == others.strength


def test_members_of_a_series_fit_it_better_than_others_do(
    linker: Linker, series: pd.DataFrame, reports: list[Report]
) -> None:
    sizes = series["series_id"].value_counts()
    members = series[series["series_id"] == sizes.index[0]]["report_id"].tolist()
    strangers = [report.report_id for report in reports if report.report_id not in members][:20]
    own = np.median([linker.explain_membership(member, members).strength for member in members])
    others = np.median([linker.explain_membership(stranger, members).strength for stranger in strangers])

    assert own > others


def test_nobody_to_fit_is_an_error(linker: Linker, reports: list[Report]) -> None:
    name = reports[0].report_id

    for nobody in ([], [name]):
        with pytest.raises(ValueError, match="there is no"):
            linker.explain_membership(name, nobody)


# Series and decisions


def test_a_series_has_at_least_two_incidents(linker: Linker, series: pd.DataFrame) -> None:
    of = dict(zip(linker.incidents_["report_id"], linker.incidents_["incident_id"], strict=True))

    assert len(series) > 0
    assert not series["report_id"].duplicated().any()
    assert all(len({of.get(r, r) for r in group["report_id"]}) > 1 for _, group in series.groupby("series_id"))


def test_decisions_hold(linker: Linker, pairs: pd.DataFrame, series: pd.DataFrame) -> None:
    together = series[series["series_id"] == series["series_id"].iloc[0]]["report_id"].tolist()[:2]
    alone = next(a for a in pairs["report_a"] if a not in set(series["report_id"]))
    decided = linker.cluster(pairs, must_link=[(together[0], alone)], cannot_link=[(together[0], together[1])])
    of = dict(zip(decided["report_id"], decided["series_id"], strict=True))

    assert of[together[0]] == of[alone]
    assert of.get(together[1]) != of[together[0]]
    assert linker.conflicts_ == []


def test_the_run_is_recorded(linker: Linker, reports: list[Report]) -> None:
    record = linker.run_record_

    assert record["settings"]["sensitive"] is False
    assert record["counts"]["reports"] == len(reports)
    assert record["prior"]["log10_odds"] == pytest.approx(linker.prior_)
    assert 0.3 <= record["temper"] <= 1
    assert all(row["tag"] and row["source"] for group in record["weights"].values() for row in group.values())


def test_two_reports_that_follow_each_other_are_not_weighed_against_each_other() -> None:
    first = incident(report_id="A1", vehicle="silver Shogun", town="Leeds", date="3 May 2019")
    later = incident(report_id="A2", follows="A1", vehicle="silver Shogun", town="Leeds", date="3 May 2019")
    other = incident(report_id="B1", vehicle="silver Shogun", town="York", date="9 May 2019")
    found = Linker().take([first, later, other]).explain("A1", "A2")
    assert found.same_incident
    assert (found.weight, found.parts, found.strength) == (0.0, [], found.prior)


def test_each_account_of_an_incident_is_told_by_what_it_says_itself() -> None:
    first = incident(report_id="A1", type="full", town="Leeds", date="3 May 2019", build="slim")
    later = incident(report_id="A2", follows="A1", type="follow_up", build="stocky", vehicle="silver Shogun")
    other = incident(report_id="B1", town="York", date="9 May 2019", build="slim", vehicle="silver Shogun")
    found = Linker().take([first, later, other]).explain("A2", "B1")
    parts = {part.name: part for part in found.parts}

    assert (found.accounts_a, found.accounts_b) == (("A1", "A2"), ())
    assert parts["build"].words_a == "slim"
    assert parts["build"].told_a == (Told("A1", "slim"), Told("A2", "stocky"))
    assert [one.report for one in parts["vehicle"].told_a] == ["A2"]
    assert [one.report for one in parts["gap"].told_a] == ["A1"]
    assert not any(part.told_b for part in found.parts)


def test_what_sensitive_evidence_does_is_recorded() -> None:
    reports = [incident(ethnicity=kind, town="Leeds") for kind in ("white", "asian", "black") for _ in range(20)]
    off, on = Linker(), Linker(Settings(sensitive=True))
    for linker in (off, on):
        linker.score(reports)
    assert off.run_record_["sensitive_effect"]["mean_absolute_weight"] == 0.0
    assert on.run_record_["sensitive_effect"]["mean_absolute_weight"] > 0.0


def test_the_far_lane_starts_from_a_lower_belief() -> None:
    linker = Linker().take([incident(town="Leeds"), incident(town="Bristol")])
    record = linker.run_record_
    assert record["far_lane"]["prior_log10_odds"] < record["prior"]["log10_odds"]


def test_a_decision_on_a_report_that_is_not_at_hand_makes_no_series() -> None:
    reports = [incident(report_id=name, town="Leeds") for name in ("A1", "A2")]
    linker = Linker()
    pairs = linker.score(reports)
    assert linker.cluster(pairs, must_link=[("A1", "Z9")]).empty


def test_deciding_again_gives_the_same_series_again() -> None:
    reports = [incident(report_id=f"A{i}", town="Leeds", vehicle="silver Shogun") for i in range(6)]
    linker = Linker()
    pairs = linker.score(reports)
    free = linker.cluster(pairs)
    tied = linker.cluster(pairs, must_link=[("A0", "A1")])
    pd.testing.assert_frame_equal(linker.cluster(pairs, must_link=[("A0", "A1")]), tied)
    pd.testing.assert_frame_equal(linker.cluster(pairs), free)
