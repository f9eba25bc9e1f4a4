"""A new report beside judged series: chances that add up, are those of a refit, and leave everything as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

import linkage
from linkage import Linker, Report
from linkage.features.table import fit_table
from linkage.intake.incidents.merge import merge_incident
from linkage.models.calibration import Calibration
from linkage.models.lengths import series_prior
from linkage.models.newcomers import _chances
from linkage.models.offered import NONE
from linkage.synthetic import generate
from tests.factories import TODAY

ASKED = 25
"""Reports held out and placed."""

NEAR, USUAL = 0.5, 0.12
"""Most that the log10 odds of a series may differ from a refit, and the most that they may on average: a refit counts
the new report among the values by which rarity is known."""

LN10 = float(np.log(10.0))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> list[Report]:
    file = tmp_path_factory.mktemp("world") / "reports.jsonl"
    rows = generate(300, seed=4).reports
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return linkage.read_reports(file, today=TODAY).reports


@pytest.fixture(scope="module")
def arriving(world: list[Report]) -> list[Report]:
    return [report for report in world[3 :: len(world) // ASKED] if report.follows is None]


@pytest.fixture(scope="module")
def linker(world: list[Report], arriving: list[Report]) -> Linker:
    left_out = {report.report_id for report in arriving}
    held = [report for report in world if report.report_id not in left_out and report.follows not in left_out]
    found = Linker().take(held)
    found.model_ = replace(found.model_, calibration=Calibration())  # as the sampler says it, to be compared with it
    found.score(held)
    return found


@pytest.fixture(scope="module")
def pairs(linker: Linker) -> pd.DataFrame:
    return linker.score(list(linker._require().reports.values()))


@pytest.fixture(scope="module")
def series(linker: Linker, pairs: pd.DataFrame) -> pd.DataFrame:
    return linker.cluster(pairs)


@pytest.fixture(scope="module")
def placed(linker: Linker, series: pd.DataFrame, arriving: list[Report]) -> list[pd.DataFrame]:
    return [linker.place_report(report, series) for report in arriving]


def weights(frame: pd.DataFrame) -> np.ndarray:
    return frame[[name for name in frame if str(name).startswith("w_")]].to_numpy()


def test_the_chances_add_up_to_one(placed: list[pd.DataFrame]) -> None:
    assert sum(len(frame) for frame in placed) > 2 * len(placed)
    for frame in placed:
        assert frame["probability"].sum() == pytest.approx(1.0)
        assert frame["probability"].between(0, 1).all()
        assert frame["probability"].is_monotonic_decreasing
        assert list(frame["series_id"]).count(NONE) == 1
        assert frame["series_id"].is_unique


def test_prior_and_parts_add_up_to_the_strength_and_strengths_to_the_chances(placed: list[pd.DataFrame]) -> None:
    for frame in placed:
        np.testing.assert_allclose(frame["prior"] + weights(frame).sum(axis=1), frame["strength"], atol=1e-9)
        odds = 10.0 ** frame["strength"].to_numpy()
        np.testing.assert_allclose(odds / odds.sum(), frame["probability"], atol=1e-9)


def test_far_series_are_believed_less_where_the_calibration_says_so() -> None:
    strength, far = np.array([0.8, -0.5]), Calibration(far=-1.0)
    near, away, nowhere = (_chances(strength, far, np.array([km, 3.0])) for km in (5.0, 120.0, np.nan))

    assert near[0] == nowhere[0] == pytest.approx(_chances(strength, Calibration())[0])
    assert away[0] < near[0]
    assert away.sum() == pytest.approx(1.0)


def test_every_place_is_a_series_or_a_report_that_stands_alone(
    placed: list[pd.DataFrame], series: pd.DataFrame, linker: Linker
) -> None:
    in_series, named = set(series["report_id"]), set(series["series_id"])
    for frame in placed:
        for place in set(frame["series_id"]) - {NONE} - named:
            assert place in linker._require().reports
            assert place not in in_series


def test_it_says_what_a_refit_says_of_the_same_series(
    linker: Linker, series: pd.DataFrame, arriving: list[Report], placed: list[pd.DataFrame]
) -> None:
    scored = linker._require()
    assert scored.judged is not None
    members = series.groupby("series_id")["report_id"].apply(list).to_dict()
    prior = series_prior(int(scored.judged.unit.max()) + 2, linker.model_.parameters)
    held = [merge_incident([scored.reports[name] for name in row]) for row in scored.rows]
    away, checked = [], 0
    for report, frame in list(zip(arriving, placed, strict=True))[:8]:
        table = fit_table([*held, report], linker.model_.parameters)
        new = len(held)
        wanted, said = [], []
        for _, offer in frame[frame["series_id"] != NONE].iterrows():
            names = members.get(offer["series_id"])
            if names is None:
                unit = scored.judged.unit[scored.row_of[offer["series_id"]]]
                rows = np.flatnonzero(scored.judged.unit == unit).tolist()
            else:
                rows = sorted({scored.row_of[name] for name in names})
            size = len(set(scored.judged.unit[rows].tolist()))
            parts = np.array([column.weight(new, rows) for column in table.columns])
            gain = scored.judged.posterior.scale * float(parts @ scored.series_tempers)
            base = prior.log_series[size + 1] - prior.log_series[size] - prior.log_series[1] - prior.log_people
            wanted.append(gain + base / LN10)
            said.append(offer["strength"])
        odds = 10.0 ** np.array([*wanted, 0.0])
        chances = frame[frame["series_id"] != NONE]["probability"].to_numpy()
        np.testing.assert_allclose(odds[:-1] / odds.sum(), chances, atol=0.15)
        away += np.abs(np.array(wanted) - said).tolist()
        checked += len(wanted)
    assert checked > 10
    assert max(away) <= NEAR
    assert float(np.mean(away)) <= USUAL  # with it how much reports tell is another, and so what silence weighs


def moved(report: Report, name: str, days: int = 0) -> Report:
    """The same report under another id, some days later."""
    when = report.occurred
    if days and when.from_:
        start = date.fromisoformat(when.from_[:10]) + timedelta(days=days)
        when = when.model_copy(update={"from_": start.isoformat(), "to": None})
    return report.model_copy(update={"report_id": name, "occurred": when, "follows": None})


def fullest(linker: Linker, series: pd.DataFrame) -> tuple[str, str]:
    """The id and series of the member that tells most."""
    reports = linker._require().reports
    told = {name: len(reports[name].model_dump_json(exclude_defaults=True)) for name in series["report_id"]}
    best = max(told, key=lambda name: (told[name], name))
    return best, str(series.set_index("report_id")["series_id"][best])


@pytest.mark.parametrize("days", [0, 30])
def test_a_copy_of_a_member_joins_its_series(linker: Linker, series: pd.DataFrame, days: int) -> None:
    name, own = fullest(linker, series)
    frame = linker.place_report(moved(linker._require().reports[name], "R-new", days), series)
    assert frame["series_id"].iloc[0] == own
    assert frame["probability"].iloc[0] > 0.9
    assert frame["reasons"].iloc[0]
    assert (name in frame["same_incident"].iloc[0].split("; ")) is (days == 0)


def test_a_report_about_nothing_stands_alone(linker: Linker, series: pd.DataFrame) -> None:
    frame = linker.place_report(Report(report_id="R-new"), series)
    assert list(frame["series_id"]) == [NONE]
    assert frame["probability"].iloc[0] == 1.0


def test_a_report_that_follows_one_is_where_that_is(linker: Linker, series: pd.DataFrame) -> None:
    name, own = fullest(linker, series)
    frame = linker.place_report(Report(report_id="R-new", follows=name), series)
    assert frame.set_index("series_id")["probability"][own] == 1.0
    assert frame["probability"].sum() == 1.0


def test_nothing_else_is_changed(
    linker: Linker, pairs: pd.DataFrame, series: pd.DataFrame, arriving: list[Report]
) -> None:
    record, incidents = linker.run_record_, linker.incidents_.copy()
    before, reports = pairs.copy(), dict(linker._require().reports)
    first = linker.place_report(arriving[0], series)
    pd.testing.assert_frame_equal(linker.place_report(arriving[0], series), first, check_exact=True)
    assert linker.run_record_ == record
    assert linker._require().reports == reports
    pd.testing.assert_frame_equal(linker.incidents_, incidents, check_exact=True)
    pd.testing.assert_frame_equal(pairs, before, check_exact=True)
    pd.testing.assert_frame_equal(linker.cluster(pairs), series, check_exact=True)


def test_decisions_shape_the_series_that_are_offered(linker: Linker) -> None:
    held = list(linker._require().reports.values())
    own = Linker().take(held)
    found = own.score(held)
    series = own.cluster(found)
    name, where = fullest(own, series)
    other = next(n for n in sorted(own._require().reports) if n not in set(series["report_id"]))
    tied = own.cluster(found, must_link=[(name, other)])
    together = tied.set_index("report_id")["series_id"]
    assert together[name] == together[other]
    frame = own.place_report(moved(own._require().reports[name], "R-new", 30), tied)
    assert frame["series_id"].iloc[0] == together[name]
    assert other not in set(frame["series_id"])
    away = [member for member in series.loc[series["series_id"] == where, "report_id"] if member != name]
    apart = own.cluster(found, cannot_link=[(name, member) for member in away])
    assert apart.set_index("report_id")["series_id"].get(name) != apart.set_index("report_id")["series_id"].get(
        away[0]
    )
    frame = own.place_report(moved(own._require().reports[name], "R-new", 30), apart)
    assert frame["series_id"].iloc[0] in {name, *apart.loc[apart["report_id"] == name, "series_id"]}
    assert frame["probability"].sum() == pytest.approx(1.0)


def test_the_order_of_the_reports_changes_nothing(
    linker: Linker, arriving: list[Report], placed: list[pd.DataFrame]
) -> None:
    held = list(linker._require().reports.values())[::-1]
    other = Linker().take(held)
    other.model_ = linker.model_
    series = other.cluster(other.score(held))
    pd.testing.assert_frame_equal(other.place_report(arriving[0], series), placed[0], check_exact=True)


def test_a_run_that_was_kept_places_as_the_run_itself(
    linker: Linker, series: pd.DataFrame, arriving: list[Report], placed: list[pd.DataFrame]
) -> None:
    kept = Linker.from_record(linker.run_record_).take(list(linker._require().reports.values()))
    for report, frame in list(zip(arriving, placed, strict=True))[:5]:
        pd.testing.assert_frame_equal(kept.newcomers().place(report, series), frame)


def test_what_a_report_resembles_most_is_told_with_parts_that_add_up(linker: Linker, arriving: list[Report]) -> None:
    found = linker.newcomers().nearest(arriving[0], 5)
    strengths = [one.strength for one in found]
    assert strengths == sorted(strengths, reverse=True)
    for one in found:
        assert linker.prior_ + one.weights.sum() == pytest.approx(one.strength, abs=1e-9)
    assert len(linker.newcomers().nearest(arriving[0], 10_000)) == len(linker._require().rows)


def test_a_report_that_was_scored_is_refused(linker: Linker, series: pd.DataFrame) -> None:
    held = next(iter(linker._require().reports.values()))
    with pytest.raises(ValueError, match="no new report"):
        linker.place_report(held, series)
    with pytest.raises(ValueError, match="score the reports first"):
        Linker().take([held]).place_report(Report(report_id="R-new"), series)
