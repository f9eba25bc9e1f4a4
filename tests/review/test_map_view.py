"""What the map is made of."""

from __future__ import annotations

import math

import pytest

from linkage.geography import distance_km
from linkage.review.map_view import WHOLE, disc, numbers_words, outline, scale_km, towns, window_around
from linkage.travel import Stop


def stop(lat: float | None, lon: float | None, radius: float = 0.0) -> Stop:
    return Stop("r", "somewhere", lat, lon, radius, None, None)


def test_the_window_holds_every_disc() -> None:
    stops = [stop(53.4, -2.9, 20.0), stop(51.5, -0.1, 5.0)]
    window = window_around(stops)
    for one in stops:
        assert all(max(abs(x), abs(y)) <= window.half_km for x, y in disc(window, one))


def test_without_a_place_the_whole_country_is_shown() -> None:
    assert window_around([stop(None, None)]) is WHOLE
    assert disc(WHOLE, stop(None, None)) == []


def test_distances_on_the_plane_are_those_on_the_ground() -> None:
    window = window_around([stop(53.4, -2.9), stop(51.5, -0.1)])
    away = math.dist(window.plane(53.4, -2.9), window.plane(51.5, -0.1))
    assert away == pytest.approx(float(distance_km(53.4, -2.9, 51.5, -0.1)), rel=0.01)


def test_a_disc_has_the_radius_of_the_doubt() -> None:
    window = window_around([stop(53.4, -2.9, 7.0)])
    centre = window.plane(53.4, -2.9)
    assert all(math.dist(point, centre) == pytest.approx(7.0) for point in disc(window, stop(53.4, -2.9, 7.0)))


def test_the_outline_closes_and_lies_on_the_overview() -> None:
    rings = outline(WHOLE)
    assert len(rings) > 5
    assert any(WHOLE.holds(point) for ring in rings for point in ring)


def test_the_largest_towns_name_the_window() -> None:
    names = [town.name for town in towns(window_around([stop(53.48, -2.24)]))]
    assert names[0] == "Manchester"
    assert len(names) == len(set(names))


@pytest.mark.parametrize("half", [12, 40, 300])
def test_the_scale_bar_is_a_round_length(half: float) -> None:
    length = scale_km(type(WHOLE)(53, -2, half))
    assert half / 5 <= length <= half / 2
    assert str(length)[0] in "125"


def test_numbers_that_follow_each_other_are_a_run() -> None:
    assert numbers_words([8, 1, 2, 3, 4, 5]) == "1-5, 8"
    assert numbers_words([1, 2, 7, 9]) == "1, 2, 7, 9"
    assert numbers_words([3]) == "3"
