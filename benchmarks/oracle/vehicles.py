"""The first vehicle of an incident: one of the person's, kept for years, or another's.

How long a vehicle lasts is counted in careers drawn anew. Left out: a second vehicle, and prison where the gap alone
does not tell of it. A plate is weighed sign by sign.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from linkage.synthetic.offenders import Incident
from linkage.synthetic.people import _NEVER_ISSUED, _PLATE_LETTERS, Wardrobe
from linkage.synthetic.sighting import _ALIKE, _BODIES, Sighting

from .careers import Careers
from .hidden import Tellers, confusion, kept, ratios, shares, told_as
from .observed import Account, Seen

Array = NDArray[np.float64]
_LETTERS, _DIGITS = "ABCDEFGHKLMNPRSTVWXY", "0123456789"


def _plate_of(incident: Incident) -> str | None:
    return incident.cars[0].plate if incident.cars else None


def same_car(seen: Seen) -> Array:
    """Chance that two incidents of one person with a vehicle have the same one (rows, rows)."""
    return Careers.of(seen).lasting(_plate_of, seen.days)


def vehicle(seen: Seen) -> Array:
    """Make, model, body and colour."""
    params = seen.made.params
    palette = _palette(seen)
    colours = shares(palette)
    fleet = [(make, model, body) for make, model, body, _ in params["vehicle"]["fleet"]]
    white = params["vehicle"]["van_white"]
    prior = np.array([row[3] for row in params["vehicle"]["fleet"]])[:, None] * np.array(
        [
            white * (np.array(list(palette)) == "white") + (1 - white) * colours if body == "van" else colours
            for _, _, body in fleet
        ]
    )
    sighting = Sighting(params, Wardrobe(params))
    likely = np.ones((*prior.shape, len(seen)))
    for row, accounts in enumerate(seen.rows):
        for account in accounts:
            likely[:, :, row] *= _type(seen, sighting, fleet, account)[:, None] * _colour(seen, account)
    return kept(same_car(seen), ratios(prior.ravel(), likely.reshape(-1, len(seen))))


def _type(seen: Seen, sighting: Sighting, fleet: list[tuple[str, str, str]], account: Account) -> Array:
    """Chance of what is told of make, model and body by each car of the fleet."""
    error = seen.made.params["witness"]
    make, model, body = (account.told(name) for name in ("make", "model", "body"))
    found = np.ones(len(fleet))
    for at, car in enumerate(fleet):
        if make is not None:
            steps = np.diff(sighting.makes.steps, prepend=0.0) / sighting.makes.steps[-1]
            drawn = sum(s for s, value in zip(steps, sighting.makes.values, strict=True) if value == make)
            found[at] *= error["make"] * (car[0] == make) + (1 - error["make"]) * drawn
        if model is not None and make is not None:
            known = sighting.models[make]
            right = error["model"] / max(error["make"], error["model"]) if car[0] == make else 0.0
            found[at] *= right * (car[1] == model) + (1 - right) * known.count(model) / len(known)
        if body is not None:
            others = [one for one in _BODIES if one != car[2]]
            found[at] *= error["body"] if body == car[2] else (1 - error["body"]) * (body in others) / len(others)
    return found


def _palette(seen: Seen) -> dict[str, float]:
    """Weights of colours; vans may be white where nothing else is."""
    weights: dict[str, float] = seen.made.params["vehicle"]["colour"]
    return {"white": 0.0} | weights


def _colour(seen: Seen, account: Account) -> Array:
    """Chance of the told colour by each true one."""
    colours, error = list(_palette(seen)), seen.made.params["witness"]
    told = account.told("colour")
    if told is None:
        return np.ones(len(colours))
    right = error["night_colour" if account.night else "colour"]
    taken_for: dict[str, list[str]] = {one: error["colour_confused"].get(one, []) for one in colours}
    found: Array = confusion(colours, right, taken_for.__getitem__)
    return found[:, told_as(colours, taken_for.__getitem__).index(told)]


def features(seen: Seen) -> Array:
    """Something a passenger would remember, or nothing; silence tells where a vehicle is described."""
    params, tellers = seen.made.params, Tellers(seen.made.params)
    listed = Wardrobe(params).words["vehicle_features"]["list"]
    share, noticed = params["vehicle"]["features_share"], params["witness"]["feature"]
    heard = confusion(listed, noticed, lambda _: listed)
    likely = np.ones((len(listed) + 1, len(seen)))
    for row, accounts in enumerate(seen.rows):
        for account in accounts:
            if told := account.told("features"):
                likely[:, row] *= np.append(0.0, heard[:, listed.index(told[0])])
            elif any(account.told(name) is not None for name in ("make", "colour", "body", "registration")):
                likely[1:, row] *= 1 - tellers.chance(account, "features")
    prior = np.append(1 - share, np.full(len(listed), share / len(listed)))
    return kept(same_car(seen), ratios(prior, likely))


def registration(seen: Seen) -> Array:
    """A plate, whole or in part, each of its signs perhaps misread; the first is never."""
    plates = [_written(next((x for a in row if (x := a.told("registration"))), None)) for row in seen.rows]
    error = seen.made.params["witness"]["plate_character"]
    found = np.ones((len(seen), len(seen)))
    for place, values in enumerate(_alphabets()):
        read = sorted({*values, *_LETTERS, *_DIGITS, *_ALIKE.values()})
        chance = _reading(values, read, error if place else 0.0)
        likely = np.ones((len(values), len(seen)))
        for row, plate in enumerate(plates):
            if plate and plate[place] != "?":
                likely[:, row] = chance[:, read.index(plate[place])]
        found *= ratios(np.ones(len(values)), likely)
    return kept(same_car(seen), found)


def _alphabets() -> list[str]:
    """Signs that each place of a true plate may have: two letters, a year as `people._plate` draws it, three."""
    return [_NEVER_ISSUED, _PLATE_LETTERS, "012567", _DIGITS, *[_PLATE_LETTERS] * 3]


def _written(pattern: str | None) -> str:
    """Seven signs, ? where not known."""
    if not pattern:
        return ""
    if pattern.endswith("*"):
        return pattern[:-1].ljust(7, "?")
    return pattern[1:].rjust(7, "?") if pattern.startswith("*") else pattern


def _reading(true: str, read: list[str], error: float) -> Array:
    """Chance of each sign read by the true one (true, read), as `Sighting._plate` misreads."""
    found = np.zeros((len(true), len(read)))
    for at, sign in enumerate(true):
        found[at, read.index(sign)] += 1 - error
        others = [_ALIKE[sign]] if sign in _ALIKE else list(_LETTERS if sign.isalpha() else _DIGITS)
        for other in others:
            found[at, read.index(other)] += error / len(others)
    return found
