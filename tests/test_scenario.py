"""Three reports of one person among six hundred others: two in Liverpool, one in Coventry five months later.

One is full, one comes from a third party, one is anonymous and partial. They are invented, written the way people
write them, and read from a file as a user's are; each tells something the others tell too, none tells all of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import linkage
from linkage import Linker, Report
from linkage.intake.batch import Batch
from linkage.review.decision import Decision
from linkage.store import Found, Store
from linkage.synthetic import generate
from linkage.travel import Leg, legs

FULL = {
    "report_id": "case-full",
    "report_type": "full",
    "source": {"kind": "individual"},
    "occurred": {"from": "Friday 6 October 2023, 11.30 pm"},
    "place": {"text": "Sheil Road, Liverpool"},
    "contact": {"method": "picked up on the street by car"},
    "suspects": [{"age": "mid 30s", "build": "stocky", "height": "5 ft 9", "hair": "short dark", "accent": "Scouse"}],
    "vehicles": [{"make": "mitsubishi", "model": "shogun", "colour": "silver", "registration": "K?57 ??N"}],
    "speech": ["nobody hears you out here sweetheart"],
    "narrative": "He picked her up in a silver 4x4 and drove to a car park by the docks. He locked the doors and "
    "would not let her out of the car. He put his hand over her mouth. He drove off without paying.",
}
THIRD_PARTY = {
    "report_id": "case-third-party",
    "report_type": "third_party",
    "source": {"kind": "project"},
    "occurred": {"from": "12 November 2023"},
    "place": {"text": "Liverpool"},
    "suspects": [{"age": "30s", "build": "stocky"}],
    "vehicles": [{"colour": "silvery", "body": "jeep type 4x4"}],
    "narrative": "A project worker passes this on. The man refused to let her out of the car and held his hand over "
    'her mouth. He said to her "nobody would hear you out here". The car was a big silver 4x4.',
}
PARTIAL = {
    "report_id": "case-partial",
    "report_type": "partial",
    "occurred": {"from": "March 2024"},
    "place": {"text": "Coventry"},
    "vehicles": [{"body": "4x4", "colour": "silver"}],
    "speech": ["nobody can hear you out here"],
    "narrative": "He had a silver 4x4, he was in his thirties, heavy build, Scouse accent. Would not let me out of "
    "the car, put his hand over my mouth. Kept saying nobody can hear you out here sweetheart.",
}
CASE = {row["report_id"] for row in (FULL, THIRD_PARTY, PARTIAL)}


@dataclass
class Run:
    reports: dict[str, Report]
    linker: Linker
    pairs: pd.DataFrame
    series: pd.DataFrame


def test_three_reports_of_one_traveller_come_out_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One test, so that tests run side by side read and link the reports once."""
    run = _linked(tmp_path / "reports.jsonl")
    _the_three_reports_are_read_whole(run)
    _they_come_out_in_one_series_or_first_in_each_others_lists(run)
    _nobody_else_is_drawn_into_their_series(run)
    _the_distance_speaks_against_the_far_link_and_what_was_done_for_it(run)
    _the_travel_leg_is_shown(run)
    address = f"sqlite:///{tmp_path / 'case.db'}"
    monkeypatch.setenv("LINKAGE_STORE", address)
    _the_page_of_what_crosses_areas_shows_it_with_both_forces(run, address)
    _two_analysts_link_it_and_the_link_binds(address)


def _linked(file: Path) -> Run:
    rows: list[dict[str, Any]] = [*generate(600, seed=3).reports, FULL, THIRD_PARTY, PARTIAL]
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    batch = linkage.read_reports(file, today=date(2026, 6, 30))
    linker = Linker().fit(batch.reports)
    pairs = linker.score(batch.reports)
    return Run({report.report_id: report for report in batch.reports}, linker, pairs, linker.cluster(pairs))


def _the_three_reports_are_read_whole(run: Run) -> None:
    assert len(run.reports) == 603
    full, third, partial = (run.reports[row["report_id"]] for row in (FULL, THIRD_PARTY, PARTIAL))

    assert {report.place.town for report in (full, third)} == {"Liverpool"}
    assert partial.place.town == "Coventry"
    assert all("hand_over_mouth" in report.behaviours.present for report in (full, third, partial))
    assert all(report.vehicles[0].colour == ["silver"] for report in (full, third, partial))


def _they_come_out_in_one_series_or_first_in_each_others_lists(run: Run) -> None:
    of = dict(zip(run.series["report_id"], run.series["series_id"], strict=True))
    together = len({of.get(name, name) for name in CASE}) == 1
    ranks = {(a, b): _rank(run.pairs, a, b) for a in CASE for b in CASE if a != b}

    assert together or max(ranks.values()) <= 10, ranks


def _nobody_else_is_drawn_into_their_series(run: Run) -> None:
    found = set(run.series[run.series["report_id"].isin(CASE)]["series_id"])
    members = run.series[run.series["series_id"].isin(found)]

    assert len(set(members[members["role"] == "core"]["report_id"]) - CASE) <= 1
    assert len(set(members["report_id"]) - CASE) <= 2


def _the_distance_speaks_against_the_far_link_and_what_was_done_for_it(run: Run) -> None:
    told = run.linker.explain("case-full", "case-partial")
    parts = {part.name: part for part in told.parts}

    assert parts["place"].weight < 0
    assert parts["place"].says == "differs"
    assert parts["speech"].weight > 0.5
    assert parts["behaviour_control"].weight > 0
    assert parts["vehicle"].weight > 0
    assert parts["registration"].says == "not known"
    assert told.distance_km == pytest.approx(149, abs=5)
    assert told.prior + sum(part.weight for part in told.parts) == pytest.approx(told.strength, abs=1e-9)


def _the_travel_leg_is_shown(run: Run) -> None:
    journey = legs([run.reports[name] for name in CASE])
    home, away = journey

    assert [leg.start.report_id for leg in journey] == ["case-full", "case-third-party"]
    assert home.straight_km is not None
    assert home.straight_km < 10
    assert _miles(away) == (pytest.approx(93, abs=3), pytest.approx(130, abs=4))
    assert away.days == pytest.approx(125, abs=1)
    assert run.linker.explain("case-full", "case-partial").days == pytest.approx(162, abs=1)


def _the_page_of_what_crosses_areas_shows_it_with_both_forces(run: Run, address: str) -> None:
    reports = list(run.reports.values())
    with Store(address) as store:
        store.import_batch(Batch(reports, []), "case.jsonl")
        tables = (run.pairs, run.series, run.linker.incidents_, run.linker.ambiguous_)
        found = store.save_run(Found(*tables, dict(run.linker.run_record_)))
        held = {member.report_id: one.series_id for one in found.series() for member in one.members}
    page = AppTest.from_string("from dashboard.screens import travelling\ntravelling.render()", default_timeout=120)
    if held.get("case-partial") in {held.get("case-full"), held.get("case-third-party")} - {None}:
        page.query_params["across_at"] = f"Series {held['case-partial']}"
    else:
        page.query_params["across_kind"] = "suggested links"
        page.query_params["across_at"] = "case-full and case-partial"
    page.run()
    assert not page.exception
    told = "\n".join([*(one.value for one in page.markdown), *(one.proto.body for one in page.html)])
    assert "Merseyside" in told
    assert "West Midlands" in told
    assert "case-partial" in told or f"Series {held.get('case-partial')}" in told
    assert "What would settle the longest leg" in told


def _two_analysts_link_it_and_the_link_binds(address: str) -> None:
    with Store(address, create=False) as store:
        link = Decision("ann", "pair", "case-full", "case-partial", "link", reasons_for=["speech"])
        first = store.record_decision(link)
        assert store.binding().soft_link == [("case-full", "case-partial")]
        store.record_decision(replace(link, analyst="bob", second_of=first, blind=True))
        assert store.binding().must_link == [("case-full", "case-partial")]


def _miles(leg: Leg) -> tuple[float, float]:
    assert leg.straight_km is not None
    assert leg.road_km is not None
    return leg.straight_km / 1.609344, leg.road_km / 1.609344


def _rank(pairs: pd.DataFrame, report: str, other: str) -> int:
    """Place of `other` among the partners of `report`: the better of the main list and the far lane."""
    own = pairs[(pairs["report_a"] == report) | (pairs["report_b"] == report)].copy()
    own["partner"] = own["report_b"].where(own["report_a"] == report, own["report_a"])
    far = own[own["distance_km"] > 50]
    lists = (
        own.sort_values("weight", ascending=False)["partner"].tolist(),
        far.assign(weight=far["weight"] - far["w_place"]).sort_values("weight", ascending=False)["partner"].tolist(),
    )
    return min((ranked.index(other) + 1 for ranked in lists if other in ranked), default=10**6)
