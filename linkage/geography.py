"""Distances on the ground and the step from British National Grid to latitude and longitude.

Three ways to one distance, each where it belongs. `geodesic_km` (geopy, on the WGS84 ellipsoid) is what a single
distance is shown by; `ellipsoid_km` is the same for arrays, so that lists of pairs show the same kilometres; and
`distance_km` on a sphere is what reading and the pair kernel go by, where half a per cent changes nothing and there
are millions of pairs. Tests hold the two formulas to the first.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

EARTH_RADIUS_KM = 6371.0088
"""Mean Earth radius, kilometres (IUGG, Moritz 2000) [V]."""

CIRCUITY = 1.4
"""Road distance over straight distance: Liverpool-Coventry is 93 miles straight and 130 by road [D]."""

_AIRY = (6377563.396, 6356256.909)
_WGS84 = (6378137.0, 6356752.3141)
_MOST_STEPS = 20
"""Steps of Vincenty's iteration: points of one country need four."""
_HELMERT = (446.448, -125.157, 542.060, 0.1502, 0.2470, 0.8421, -20.4894)


def distance_km(lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike) -> NDArray[np.float64]:
    """Great-circle distance in kilometres between points in WGS84 degrees; arrays broadcast.

    Haversine formula (Sinnott 1984) on a sphere: within 0.6 % of the ellipsoid. NaN in, NaN out.
    """
    phi1, phi2 = np.radians(np.asarray(lat1, float)), np.radians(np.asarray(lat2, float))
    dlon = np.radians(np.asarray(lon2, float)) - np.radians(np.asarray(lon1, float))
    chord = np.sin((phi2 - phi1) / 2) ** 2 + np.cos(phi1) * np.cos(phi2) * np.sin(dlon / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0))))


def geodesic_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Distance in kilometres along the WGS84 ellipsoid between two points in degrees (Karney 2013, through geopy)."""
    from geopy.distance import geodesic  # loads the clients of geocoding services too, which takes its time

    return float(geodesic((lat1, lon1), (lat2, lon2)).km)


def ellipsoid_km(lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike) -> NDArray[np.float64]:
    """`geodesic_km` for arrays, which broadcast; NaN in, NaN out.

    Vincenty's inverse formula (1975), within a metre of `geodesic_km`; the few pairs for which it does not settle,
    almost opposite points of the globe, are left to geopy.
    """
    given = np.broadcast_arrays(*(np.asarray(side, float) for side in (lat1, lon1, lat2, lon2)))
    shape, points = given[0].shape, np.array([side.ravel() for side in given])
    found, settled = _vincenty_km(*np.radians(points))
    known = np.isfinite(points).all(axis=0)
    found[~known] = np.nan
    for at in np.flatnonzero(known & ~settled):
        found[at] = geodesic_km(*points[:, at].tolist())
    return found.reshape(shape)


def _vincenty_km(
    lat1: NDArray[Any], lon1: NDArray[Any], lat2: NDArray[Any], lon2: NDArray[Any]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Kilometres on WGS84 between points in radians, and for which of them the iteration settled."""
    a, b = _WGS84
    f = (a - b) / a
    u1, u2, away = np.arctan((1 - f) * np.tan(lat1)), np.arctan((1 - f) * np.tan(lat2)), lon2 - lon1
    sin1, cos1, sin2, cos2 = np.sin(u1), np.cos(u1), np.sin(u2), np.cos(u2)
    turn, last = away, np.full_like(away, np.inf)
    with np.errstate(invalid="ignore", divide="ignore"):
        for _ in range(_MOST_STEPS):
            sin_turn, cos_turn = np.sin(turn), np.cos(turn)
            sin_arc = np.hypot(cos2 * sin_turn, cos1 * sin2 - sin1 * cos2 * cos_turn)
            cos_arc = sin1 * sin2 + cos1 * cos2 * cos_turn
            arc = np.arctan2(sin_arc, cos_arc)
            sin_azimuth = np.where(sin_arc > 0, cos1 * cos2 * sin_turn / sin_arc, 0.0)
            cos2_azimuth = 1 - sin_azimuth**2
            middle = np.where(cos2_azimuth > 1e-12, cos_arc - 2 * sin1 * sin2 / cos2_azimuth, 0.0)
            c = f / 16 * cos2_azimuth * (4 + f * (4 - 3 * cos2_azimuth))
            swung = arc + c * sin_arc * (middle + c * cos_arc * (2 * middle**2 - 1))
            turn, last = away + (1 - c) * f * sin_azimuth * swung, turn
            settled = np.abs(turn - last) < 1e-12
            if bool(np.all(settled | ~np.isfinite(turn))):
                break
        squared = cos2_azimuth * (a**2 - b**2) / b**2
        big = 1 + squared / 16384 * (4096 + squared * (squared * (320 - 175 * squared) - 768))
        small = squared / 1024 * (256 + squared * (squared * (74 - 47 * squared) - 128))
        third = small / 6 * middle * (4 * sin_arc**2 - 3) * (4 * middle**2 - 3)
        less = small * sin_arc * (middle + small / 4 * (cos_arc * (2 * middle**2 - 1) - third))
        return b * big * (arc - less) / 1000, settled & (np.abs(turn) <= np.pi)


def road_km(lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike) -> NDArray[np.float64]:
    """Expected distance by road in kilometres: straight distance times `CIRCUITY`; blind to water and mountains."""
    return ellipsoid_km(lat1, lon1, lat2, lon2) * CIRCUITY


def osgb36_to_wgs84(easting: ArrayLike, northing: ArrayLike) -> tuple[NDArray[Any], NDArray[Any]]:
    """Latitude and longitude (WGS84 degrees) of British National Grid metres; arrays broadcast.

    Ordnance Survey, "A guide to coordinate systems in Great Britain", annexes B and C: inverse Transverse Mercator
    on Airy 1830, then the seven-parameter Helmert shift. Good to about 5 m (the guide's own figure) [V].
    """
    lat, lon = _grid_to_airy(np.asarray(easting, float), np.asarray(northing, float))
    x, y, z = _to_cartesian(lat, lon, *_AIRY)
    tx, ty, tz, rx, ry, rz, ppm = _HELMERT
    rx, ry, rz = (math.radians(seconds / 3600) for seconds in (rx, ry, rz))
    scale = 1 + ppm * 1e-6
    shifted = (tx + scale * x - rz * y + ry * z, ty + rz * x + scale * y - rx * z, tz - ry * x + rx * y + scale * z)
    lat, lon = _to_geodetic(*shifted, *_WGS84)
    return np.degrees(lat), np.degrees(lon)


def _grid_to_airy(east: NDArray[Any], north: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Annex C.2: National Grid metres to latitude and longitude on Airy 1830, radians."""
    a, b = _AIRY
    f0, phi0, lambda0, e0, n0 = 0.9996012717, math.radians(49), math.radians(-2), 400000.0, -100000.0
    e2 = 1 - (b / a) ** 2
    phi = phi0 + (north - n0) / (a * f0)
    for _ in range(10):
        phi = phi + (north - n0 - _meridian_arc(phi, phi0, f0)) / (a * f0)
    sin2, tan = np.sin(phi) ** 2, np.tan(phi)
    nu = a * f0 / np.sqrt(1 - e2 * sin2)
    rho = a * f0 * (1 - e2) / (1 - e2 * sin2) ** 1.5
    eta2, tan2, sec, de = nu / rho - 1, tan**2, 1 / np.cos(phi), east - e0
    vii = tan / (2 * rho * nu)
    viii = tan / (24 * rho * nu**3) * (5 + 3 * tan2 + eta2 - 9 * tan2 * eta2)
    ix = tan / (720 * rho * nu**5) * (61 + 90 * tan2 + 45 * tan2**2)
    xi = sec / (6 * nu**3) * (nu / rho + 2 * tan2)
    xii = sec / (120 * nu**5) * (5 + 28 * tan2 + 24 * tan2**2)
    xiia = sec / (5040 * nu**7) * (61 + 662 * tan2 + 1320 * tan2**2 + 720 * tan2**3)
    lat = phi - vii * de**2 + viii * de**4 - ix * de**6
    lon = lambda0 + sec / nu * de - xi * de**3 + xii * de**5 - xiia * de**7
    return lat, lon


def _meridian_arc(phi: NDArray[Any], phi0: float, f0: float) -> NDArray[Any]:
    """Annex C, equation C3: developed arc of meridian from `phi0`, metres."""
    a, b = _AIRY
    n = (a - b) / (a + b)
    minus, plus = phi - phi0, phi + phi0
    return np.asarray(
        b
        * f0
        * (
            (1 + n + 1.25 * n**2 + 1.25 * n**3) * minus
            - (3 * n + 3 * n**2 + 2.625 * n**3) * np.sin(minus) * np.cos(plus)
            + (1.875 * n**2 + 1.875 * n**3) * np.sin(2 * minus) * np.cos(2 * plus)
            - 35 / 24 * n**3 * np.sin(3 * minus) * np.cos(3 * plus)
        )
    )


def _to_cartesian(lat: NDArray[Any], lon: NDArray[Any], a: float, b: float) -> tuple[NDArray[Any], ...]:
    e2 = 1 - (b / a) ** 2
    nu = a / np.sqrt(1 - e2 * np.sin(lat) ** 2)
    return nu * np.cos(lat) * np.cos(lon), nu * np.cos(lat) * np.sin(lon), (1 - e2) * nu * np.sin(lat)


def _to_geodetic(
    x: NDArray[Any], y: NDArray[Any], z: NDArray[Any], a: float, b: float
) -> tuple[NDArray[Any], NDArray[Any]]:
    e2 = 1 - (b / a) ** 2
    p = np.hypot(x, y)
    lat = np.arctan2(z, p * (1 - e2))
    for _ in range(5):
        nu = a / np.sqrt(1 - e2 * np.sin(lat) ** 2)
        lat = np.arctan2(z + e2 * nu * np.sin(lat), p)
    return lat, np.arctan2(y, x)
