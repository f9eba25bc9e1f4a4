"""Time and setting: days between, hour, how and where contact was made, what kind of place it was."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from linkage.synthetic.behaviour import sector_names
from linkage.synthetic.parameters import Parameters, read_table

from .careers import Careers
from .hidden import confusion, ratios, shares
from .observed import Seen, own_sector, sector_chances

Array = NDArray[np.float64]
HOURS = np.arange(0.25, 24, 0.5)


def gap(seen: Seen) -> Array:
    """Days between the incidents, by classes, from careers drawn anew."""
    return Careers.of(seen).gap_ratio(seen.days)


def hour(seen: Seen) -> Array:
    """His own time of day, which he keeps to in his own sector."""
    params = seen.made.params
    peaks = np.array([_peak(params, name) for name in sector_names(params)])
    wide = np.hypot(params["time"]["usual_hour_sd"], params["witness"]["hour_sd"])
    one, two = own_sector(params)
    usual = params["time"]["usual_hour_share"]
    alone = np.zeros(len(seen))
    both = np.zeros((len(seen), len(seen)))
    for own, peak in enumerate(peaks):
        likely = np.ones((len(HOURS), len(seen)))
        for row, accounts in enumerate(seen.rows):
            told = [account.told("hour") for account in accounts if account.told("hour") is not None]
            if told:
                anyone = peaks[seen.sector[row], int(told[0] * 2) % 48]
                share = usual if seen.sector[row] == own else 0.0
                likely[:, row] = share * _round(told[0] - HOURS, wide) + (1 - share) * anyone
        alone += one[seen.sector, own] * (peak / 2 @ likely)
        both += two[seen.sector[:, None], seen.sector, own] * ((likely * peak[:, None] / 2).T @ likely)
    return both / np.outer(alone, alone)


def _peak(params: Parameters, sector: str) -> Array:
    """Density of a sector's hours at `HOURS`, an hour."""
    low, high = params["sector"][sector]["peak"]
    inside = sum(((HOURS + day >= low) & (HOURS + day < high)).astype(float) for day in (0, 24))
    found = params["time"]["peak_share"] * inside / (high - low) + (1 - params["time"]["peak_share"]) / 24
    return np.asarray(found / found.sum() * 2)


def _round(apart: Array, sd: float) -> Array:
    """Density of hours round the clock."""
    return np.asarray(sum(norm.pdf(apart + day, 0, sd) for day in (-24, 0, 24)))


def setting(seen: Seen) -> Array:
    """Contact and kind of place, each of them a sign of the sector alone."""
    params = seen.made.params
    share, moves = sector_chances(params)
    likely = np.ones((len(share), len(seen)))
    for row, accounts in enumerate(seen.rows):
        for account in accounts:
            for at, name in enumerate(sector_names(params)):
                table = params["sector"][name]
                if (told := account.told("contact")) is not None:
                    likely[at, row] *= table["contact"].get(told, 0) / sum(table["contact"].values())
                if (told := account.told("venue")) is not None:
                    venues = list(table["venue"])
                    chance = confusion(venues, params["witness"]["venue"], dict.fromkeys(venues, venues).__getitem__)
                    likely[at, row] *= shares(table["venue"]) @ chance[:, venues.index(told)] if told in venues else 0
    return ratios(share, moves @ likely)


def contact_place(seen: Seen) -> Array:
    """Where contact was made, by each way of making it; the engine has no comparison for it."""
    params = seen.made.params
    habit, right = params["offenders"]["contact_habit"], params["witness"]["contact_place"]
    found = np.ones((len(seen), len(seen)))
    for method, table in read_table("words.toml")["contact_place"].items():
        values = list(table)
        heard = confusion(values, right, dict.fromkeys(values, values).__getitem__)
        likely = np.ones((len(values), len(seen)))
        for row, accounts in enumerate(seen.rows):
            for account in accounts:
                place, how = account.told("contact_place"), account.told("contact")
                if place in values and how == method:
                    likely[:, row] *= heard[:, values.index(place)]
        found *= ratios(np.ones(len(values)), habit * likely + (1 - habit) * likely.mean(axis=0))
    return found
