"""Strata count what their names say, and add up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.evaluation.scorer import Scores
from linkage.evaluation.strata import Row, distance_bands, lengths, look_alikes, pooled, reach_of_links, rows, strata
from linkage.evaluation.truth import evaluated_pairs
from linkage.report import Place, Report, Vehicle
from tests.evaluation.small import pairs_of, random_pairs, truth_of, values_of

LONDON, LEEDS, BESIDE = (51.5, -0.12), (53.8, -1.55), (51.51, -0.12)


def scored(probability: np.ndarray) -> Scores:
    return Scores(value=probability, probability=probability)


def row(found: list[Row], by: str, group: str) -> Row:
    return next(one for one in found if (one.by, one.group) == (by, group))


def test_distances_part_all_pairs() -> None:
    pairs = pairs_of(dict.fromkeys("ABCD", "P"), places={"A": LONDON, "B": BESIDE, "C": LEEDS})
    bands = distance_bands(pairs)
    far = bands.pop("over 50 km, all")
    assert (np.sum(list(bands.values()), axis=0) == 1).all()
    assert {name: int(band.sum()) for name, band in bands.items() if band.any()} == {
        "0 to 5 km": 1,
        "over 150 km": 2,
        "distance not known": 3,
    }
    assert far.sum() == 2


def test_a_report_whose_links_are_all_far_is_told_from_one_with_some() -> None:
    pairs = pairs_of(
        {"A": "P", "B": "P", "C": "P", "D": "Q"}, places={"A": LONDON, "B": BESIDE, "C": LEEDS, "D": LEEDS}
    )
    assert reach_of_links(pairs) == ["some far", "some far", "all far", ""]


def test_the_length_of_a_series_counts_incidents() -> None:
    truth = truth_of({"A": "P", "B": "P", "C": "P", "D": "Q", "E": "Q"}, {"D": "1", "E": "1", "A": "2", "B": "2"})
    pairs = evaluated_pairs([Report(report_id=name) for name in "ABCDE"], truth)
    assert lengths(pairs) == ["two incidents"] * 3 + ["", ""]


def test_look_alikes_share_a_town_and_a_common_make() -> None:
    ford = Vehicle(make="Ford", model="Focus")
    reports = [
        Report(report_id="A", place=Place(town="Leeds"), vehicles=[ford]),
        Report(
            report_id="B",
            place=Place(town="Leeds"),
            vehicles=[Vehicle(make="Ford", model="Fiesta"), Vehicle(make="Audi")],
        ),
        Report(report_id="C", place=Place(town="York"), vehicles=[ford]),
        Report(report_id="D", place=Place(town="Leeds"), vehicles=[Vehicle(colour=["red"])]),
        Report(report_id="E", vehicles=[ford]),
    ]
    pairs = evaluated_pairs(reports, truth_of({name: name for name in "ABCDE"}))
    (alike,) = look_alikes(pairs).values()
    assert [(int(a), int(b)) for a, b in zip(pairs.left[alike], pairs.right[alike], strict=True)] == [(0, 1)]


def test_a_band_tells_what_was_said_and_what_is_true() -> None:
    pairs = pairs_of({"A": "P", "B": "P", "C": "Q"})
    found = rows(pairs, scored(values_of(pairs, {"AB": 0.6, "AC": 0.7, "BC": 1.0})))
    band = row(found, "all", "all pairs").bands[2]
    assert (band.n, band.linked, band.share) == (2, 1, 0.5)
    assert band.said == pytest.approx(0.65)
    assert row(found, "all", "all pairs").bands[3].n == 1


def test_a_share_of_few_links_is_left_out() -> None:
    pairs = pairs_of({"A": "P", "B": "P", "C": "Q"})
    found = row(rows(pairs, scored(values_of(pairs, {"AB": 0.6}))), "all", "all pairs")
    assert (found.links, found.found, found.asked, found.first) == (1, 1, 2, 2.0)
    assert np.isnan([found.first_ten, found.found_share, found.expected_over_true]).all()


def test_without_probabilities_nothing_is_counted() -> None:
    pairs = pairs_of({"A": "P", "B": "P"})
    with pytest.raises(ValueError, match="states none"):
        rows(pairs, Scores(value=np.zeros(1)))


@given(seed=st.integers(0, 1000))
def test_reports_of_one_kind_or_another_ask_for_all_links(seed: int) -> None:
    pairs = random_pairs(seed, 30, 8)
    found = rows(pairs, scored(np.random.default_rng(seed).random(len(pairs))))
    every = row(found, "all", "all pairs")
    for by in ("length of the series", "what is told", "reporter kind"):
        own = [one for one in found if one.by == by]
        assert sum(one.asked for one in own) == every.asked
        assert sum(one.first for one in own) == pytest.approx(every.first)


@given(seed=st.integers(0, 1000))
def test_worlds_are_counted_together(seed: int) -> None:
    worlds = []
    for one in (seed, seed + 1):
        pairs = random_pairs(one, 20, 6)
        worlds.append(rows(pairs, scored(np.random.default_rng(one).random(len(pairs)))))
    both = row(pooled(worlds), "all", "all pairs")
    own = [row(world, "all", "all pairs") for world in worlds]
    assert both.links == sum(one.links for one in own)
    assert both.expected == pytest.approx(sum(one.expected for one in own))
    for at, band in enumerate(both.bands):
        assert band.n == sum(one.bands[at].n for one in own)
        assert band.n * band.said == pytest.approx(sum(one.bands[at].n * one.bands[at].said for one in own))


def test_every_stratum_has_a_name_of_its_own() -> None:
    names = [(one.by, one.group) for one in strata(random_pairs(1, 20, 5))]
    assert len(names) == len(set(names))
