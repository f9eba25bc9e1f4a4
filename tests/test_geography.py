"""Distances and the National Grid, against published figures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.geography import CIRCUITY, distance_km, osgb36_to_wgs84, road_km

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
    assert road_km(lat1, lon1, lat2, lon2) == pytest.approx(there * CIRCUITY)


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
