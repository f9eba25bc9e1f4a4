"""Distance: the kernel at known distances, both doubts, and how dense reports are."""

from __future__ import annotations

from math import log10, pi

import numpy as np
import pytest

from linkage.features.density import RADIUS_90, UNITED_KINGDOM_KM2
from linkage.features.evidence import Detail, Fitted
from linkage.features.measures import REACHES
from linkage.features.parameters import elicited
from linkage.features.place import PlaceColumn, shares_of
from linkage.geography import geodesic_km
from linkage.report import Report
from tests.features.worlds import EVIDENCE
from tests.rows import each_row

WEIGHTS = elicited()
SHARES, ELSEWHERE = shares_of(WEIGHTS)


def report_at(number: int, lat: float | None, lon: float | None, radius: float) -> Report:
    return Report.model_validate({"report_id": str(number), "place": {"lat": lat, "lon": lon, "radius_m": radius}})


def fit(*points: tuple[float | None, float | None, float]) -> PlaceColumn:
    """Reports at (latitude, longitude, radius in metres)."""
    rows = [report_at(number, *point) for number, point in enumerate(points)]
    column = EVIDENCE["place"].fit(rows, WEIGHTS)
    assert isinstance(column, PlaceColumn)
    return column


def weight(column: PlaceColumn, a: int, b: int) -> float:
    return float(column.pair_weights(np.array([a]), np.array([b]))[0])


def by_hand(apart_km: float, doubt_m: float = 0.0) -> float:
    """Two reports alone: each one's density is that of the other, seen from it, at every reach."""
    ratio = ELSEWHERE
    for reach, share in zip(REACHES, SHARES, strict=True):
        variance = reach**2 + 2 * (doubt_m / 1000 / RADIUS_90) ** 2
        kernel = (1 + apart_km**2 / variance) ** -1.5 / (2 * pi * variance)
        ratio += share * kernel / (0.95 * kernel + 0.05 / UNITED_KINGDOM_KM2)
    return log10(ratio)


@each_row("doubt_m", [0.0, 3000.0])
@each_row("north", [0.0, 0.01, 0.1, 1.0])
def test_the_kernel_at_a_known_distance(north: float, doubt_m: float) -> None:
    column = fit((53.0, -2.0, doubt_m), (53.0 + north, -2.0, doubt_m))

    assert weight(column, 0, 1) == pytest.approx(by_hand(north * 111.195, doubt_m), abs=0.002)


def test_liverpool_and_coventry_are_as_far_apart_as_on_the_ground() -> None:
    column = fit((53.4106, -2.9779, 0), (52.4066, -1.5122, 0), (None, None, 0))
    apart = column.distance_km(np.array([0, 0]), np.array([1, 2]))

    assert apart[0] == pytest.approx(geodesic_km(53.4106, -2.9779, 52.4066, -1.5122), abs=1e-6)
    assert np.isnan(apart[1])


def test_near_speaks_for_and_far_against_but_never_more_than_that_people_travel() -> None:
    towns = [(51.0 + i / 4, -1.0 - i / 5, 500.0) for i in range(12)]
    column = fit((53.41, -2.98, 500), (53.42, -2.97, 500), (50.1, -5.2, 500), *towns)

    assert weight(column, 0, 1) > 1
    assert log10(ELSEWHERE) - 0.001 <= weight(column, 0, 2) < 0


def test_a_town_of_the_region_speaks_less_against_than_one_at_the_other_end_of_the_country() -> None:
    towns = [(51.0 + i / 4, -1.0 - i / 5, 500.0) for i in range(12)]
    column = fit((51.5, -1.4, 500), (52.0, -1.8, 500), (53.75, -3.2, 500), *towns)

    assert weight(column, 0, 1) > weight(column, 0, 2) + 0.3


def test_a_vague_place_says_less_either_way() -> None:
    others = [(51.0 + i / 4, -1.0, 500.0) for i in range(12)]
    exact = fit((53.41, -2.98, 100), (53.41, -2.98, 100), *others)
    vague = fit((53.41, -2.98, 100), (53.41, -2.98, 20_000), *others)

    assert weight(exact, 0, 1) > weight(vague, 0, 1) > 0


def test_near_among_many_says_less_than_near_among_few() -> None:
    city = [(53.41, -2.98, 500.0)] * 30
    column = fit((53.41, -2.98, 500), (53.41, -2.98, 500), (54.6, -3.1, 500), (54.6, -3.1, 500), *city)

    assert weight(column, 2, 3) > weight(column, 0, 1) + 0.5


def test_the_distance_is_said_with_how_many_lie_as_near() -> None:
    column = fit((53.41, -2.98, 100), (53.42, -2.98, 100), (52.41, -1.51, 100), (None, None, 0))

    assert column.describe(0, 1).says == "agrees"
    assert column.describe(0, 1).rarity == "1 km apart; 1 of 3 reports this near"
    assert column.describe(0, 2).says == "differs"
    assert column.describe(0, 3) == Detail(column.words[0], "not known", "not known", "")


def test_a_newcomer_counts_among_the_reports_around_as_after_a_refit() -> None:
    points = [(53.41, -2.98, 100.0), (53.42, -2.98, 3000.0), (53.9, -2.5, 500.0)]
    fitted = Fitted(fit(*points), [report_at(number, *point) for number, point in enumerate(points)], WEIGHTS)
    encode = EVIDENCE["place"].newcomers(fitted)

    for point in ((51.0, -1.0, 500.0), (53.412, -2.98, 200.0)):
        found, again = encode(report_at(9, *point)), fit(*points, point)
        assert found is not None
        assert found.weights == pytest.approx([weight(again, 3, row) for row in range(3)], abs=0.002)
