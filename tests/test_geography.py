"""Distances and the National Grid, against published figures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.features.measures import squared_km, unit_km
from linkage.geography import (
    CIRCUITY,
    EARTH_RADIUS_KM,
    distance_km,
    ellipsoid_km,
    geodesic_km,
    osgb36_to_wgs84,
    road_km,
)

LIVERPOOL, COVENTRY = (53.4106, -2.9779), (52.4066, -1.5122)
KM_A_MILE = 1.609344


def test_liverpool_to_coventry_is_93_miles_straight_and_130_by_road():
    assert distance_km(*LIVERPOOL, *COVENTRY) / KM_A_MILE == pytest.approx(93, abs=2)
    assert road_km(*LIVERPOOL, *COVENTRY) / KM_A_MILE == pytest.approx(130, abs=3)


def test_a_quarter_of_the_equator():
    assert distance_km(0, 0, 0, 90) == pytest.approx(10_007.6, abs=1)


def test_arrays_broadcast_and_unknown_stays_unknown():
    apart = distance_km(53.4, -2.2, np.array([53.4, np.nan]), np.array([-2.2, -2.2]))
    assert apart[0] == 0
    assert np.isnan(apart[1])


latitudes, longitudes = st.floats(-90, 90), st.floats(-180, 180)


@given(latitudes, longitudes, latitudes, longitudes)
def test_distance_is_symmetric_and_at_most_half_the_globe(lat1, lon1, lat2, lon2):
    there, back = distance_km(lat1, lon1, lat2, lon2), distance_km(lat2, lon2, lat1, lon1)
    assert there == pytest.approx(back, abs=1e-9)
    assert 0 <= there <= 20_016
    assert road_km(lat1, lon1, lat2, lon2) == pytest.approx(ellipsoid_km(lat1, lon1, lat2, lon2) * CIRCUITY)


@given(latitudes, longitudes, latitudes, longitudes)
def test_the_formula_for_arrays_is_the_geodesic_to_a_metre(lat1, lon1, lat2, lon2):
    assert ellipsoid_km(lat1, lon1, lat2, lon2) == pytest.approx(geodesic_km(lat1, lon1, lat2, lon2), abs=0.001)


@given(latitudes, longitudes, latitudes, longitudes)
def test_the_sphere_is_the_geodesic_to_six_in_a_thousand(lat1, lon1, lat2, lon2):
    assert distance_km(lat1, lon1, lat2, lon2) == pytest.approx(
        geodesic_km(lat1, lon1, lat2, lon2), rel=0.006, abs=0.001
    )


at_home = {"lat": st.floats(49, 61), "lon": st.floats(-9, 2)}


@given(at_home["lat"], at_home["lon"], at_home["lat"], at_home["lon"])
def test_the_pair_kernel_goes_by_the_geodesic_to_six_in_a_thousand(lat1, lon1, lat2, lon2):
    one, other = unit_km(np.array([lat1, lat2]), np.array([lon1, lon2])).astype(float)
    chord = np.sqrt(squared_km(*one, *other))
    arc = 2 * EARTH_RADIUS_KM * np.arcsin(chord / (2 * EARTH_RADIUS_KM))
    assert arc == pytest.approx(geodesic_km(lat1, lon1, lat2, lon2), rel=0.006, abs=0.002)


def test_points_opposite_each_other_and_unknown_ones_among_many_keep_their_places():
    lat, lon = np.array([0.0, np.nan, 53.4, 0.5]), np.array([0.0, 0.0, -2.2, 0.0])
    found = ellipsoid_km(lat, lon, np.array([0.0, 53.4, 53.4, -0.5]), np.array([179.9, -2.2, -2.2, 179.7]))
    assert found[0] == pytest.approx(geodesic_km(0.0, 0.0, 0.0, 179.9), abs=0.001)
    assert np.isnan(found[1])
    assert found[2] == 0
    assert found[3] == pytest.approx(geodesic_km(0.5, 0.0, -0.5, 179.7), abs=0.001)


@pytest.mark.parametrize(
    ("easting", "northing", "lat", "lon"),
    [
        # Caister water tower, the worked example of the Ordnance Survey's guide, in ETRS89.
        (651409.903, 313177.270, 52 + 39 / 60 + 28.72 / 3600, 1 + 42 / 60 + 57.79 / 3600),
    ],
)
def test_national_grid_agrees_with_published_points_to_ten_metres(easting, northing, lat, lon):
    found = osgb36_to_wgs84(easting, northing)
    assert distance_km(*found, lat, lon) < 0.010


def test_grid_arrays_keep_their_shape():
    lat, lon = osgb36_to_wgs84([530000, 384000], [180000, 398000])
    assert lat.shape == lon.shape == (2,)
    assert lat[1] > lat[0]
