"""What the person looks and sounds like. Exact but for: a hair that changes does so at most once between two
incidents, the region of a home is that of the incident, and a second person is left out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import gamma, norm

from linkage.synthetic.geography import Geography
from linkage.synthetic.parameters import Parameters
from linkage.synthetic.people import Wardrobe
from linkage.synthetic.witness import _AGES, _BARE

from .hidden import Tellers, confusion, ratios, shares, shown, told_as
from .observed import Seen

Array = NDArray[np.float64]
YEAR = 365.25


def plain(seen: Seen, name: str) -> Array:
    """A lasting trait of a few values: sex, build, eyes."""
    params = seen.made.params
    if name == "sex":
        table = {"male": params["offenders"]["male_share"], "female": 1 - params["offenders"]["male_share"]}
    else:
        table = params["offenders"][name]
    values, confused = list(table), params["witness"].get(f"{name}_confused")
    taken_for = (confused or dict.fromkeys(values, values)).__getitem__
    seen_as = confusion(values, params["witness"][name], taken_for)
    return ratios(shares(table), shown(seen, name, told_as(values, taken_for), seen_as))


def facial_hair(seen: Seen) -> Array:
    """His usual beard, and on some days another."""
    settings, table = seen.made.params["offenders"], seen.made.params["offenders"]["facial_hair"]
    values, prior = list(table), shares(table)
    seen_as = confusion(values, seen.made.params["witness"]["facial_hair"], lambda _: values)
    day = shown(seen, "facial_hair", values, seen_as)
    other = settings["facial_hair_change"]
    return ratios(prior, (1 - other) * day + other * (prior @ day))


def hair(seen: Seen) -> Array:
    """Colour and style as one; either may change with time, and bald or shaved heads have no colour."""
    params = seen.made.params
    settings, error = params["offenders"], params["witness"]
    colours, styles = list(settings["hair_colour"]), list(settings["hair_style"])
    colour = confusion(colours, error["hair"], error["hair_confused"].__getitem__)
    told_colours = told_as(colours, error["hair_confused"].__getitem__)
    likely = np.ones((len(colours), len(styles), len(seen)))
    bare = np.array([style in _BARE for style in styles])
    style = confusion(styles, error["hair_style"], lambda one: [x for x in styles if (x in _BARE) == (one in _BARE)])
    untold = params["missing"]["hair_style"]
    for row, accounts in enumerate(seen.rows):
        for account in accounts:
            said, cut = account.told("hair_colour"), account.told("hair_style")
            if said is None and cut is None:
                continue
            of_colour = np.ones(len(colours)) if said is None else colour[:, told_colours.index(said)]
            of_style = np.where(bare, 0.0, untold) if cut is None else style[:, styles.index(cut)]
            if said is not None:
                of_style = np.where(bare, 0.0, of_style)
            likely[:, :, row] *= of_colour[:, None] * of_style
    return _changing(seen, likely, shares(settings["hair_colour"]), shares(settings["hair_style"]))


def _changing(seen: Seen, likely: Array, colour: Array, style: Array) -> Array:
    """Ratios of hair (colours, styles, rows) of which colour and style may each have been drawn anew."""
    settings = seen.made.params["offenders"]
    changed = 1 - np.exp(-seen.days * settings["hair_change_per_year"] / YEAR)
    same_colour = 1 - settings["hair_dyed"] * changed
    same_style = 1 - (1 - settings["hair_dyed"]) * changed
    whole = ratios(np.outer(colour, style).ravel(), likely.reshape(-1, len(seen)))
    by_colour = ratios(colour, np.einsum("csr,s->cr", likely, style))
    by_style = ratios(style, np.einsum("csr,c->sr", likely, colour))
    found: Array = (
        same_colour * (same_style * whole + (1 - same_style) * by_colour)
        + (1 - same_colour) * (same_style * by_style)
        + (1 - same_colour) * (1 - same_style)
    )
    return found


def glasses(seen: Seen) -> Array:
    """Worn or not; that none are told of is itself likelier of somebody without."""
    params, tellers = seen.made.params, Tellers(seen.made.params)
    right, worn = params["witness"]["glasses"], params["offenders"]["glasses_share"]
    likely = np.ones((2, len(seen)))
    for row, accounts in enumerate(seen.rows):
        for account in accounts:
            told = account.told("glasses")
            share = {1: tellers.chance(account, "glasses"), 0: tellers.chance(account, "glasses_none")}
            perceived = {1: np.array([1 - right, right]), 0: np.array([right, 1 - right])}
            silent = sum((1 - share[one]) * perceived[one] for one in (0, 1))
            likely[:, row] *= silent if told is None else perceived[int(told)]
    return ratios(np.array([1 - worn, worn]), likely)


def age(seen: Seen) -> Array:
    """Years, which pass between incidents."""
    settings, error = seen.made.params["offenders"], seen.made.params["witness"]
    mean, sd = settings["age_mean"], settings["age_sd"]
    low, high = settings["age_limits"]
    edges = np.arange(low, high + 1.0, 0.5)
    below = gamma.cdf(edges, (mean / sd) ** 2, scale=sd**2 / mean)
    prior = np.append(np.diff(below), 1 - below[-1])
    prior[0] += below[0]
    likely = np.ones((len(edges), len(seen)))
    middle = seen.day.mean()
    for row, accounts in enumerate(seen.rows):
        truly = edges + (seen.day[row] - middle) / YEAR
        for account in accounts:
            if (told := account.told("age")) is not None:
                likely[:, row] *= _told_age(error, told, truly)
    return ratios(prior, likely)


def _told_age(error: Parameters, told: int, truly: Array) -> Array:
    """Chance of a told age by true ones: a normal error, heaped on fives, and nobody under or over `_AGES`."""
    seen = error["age_centre"] + error["age_shrink"] * (truly - error["age_centre"])

    def within(width: float) -> Array:
        low = -np.inf if told <= _AGES[0] else told - width / 2
        high = np.inf if told >= _AGES[1] else told + width / 2
        return np.asarray(norm.cdf((high - seen) / error["age_rms"]) - norm.cdf((low - seen) / error["age_rms"]))

    heaped = within(5) if told % 5 == 0 or told in _AGES else np.zeros(len(truly))
    found: Array = error["age_heap"] * heaped + (1 - error["age_heap"]) * within(1) + 1e-12
    return found


def height(seen: Seen) -> Array:
    """Centimetres."""
    settings, error = seen.made.params["offenders"], seen.made.params["witness"]
    truly = settings["height_mean"] + settings["height_sd"] * np.linspace(-4, 4, 81)
    prior = norm.pdf(np.linspace(-4, 4, 81))
    centre = error["height_centre"] + error["height_shrink"] * (truly - error["height_centre"])
    likely = np.ones((len(truly), len(seen)))
    for row, accounts in enumerate(seen.rows):
        for account in accounts:
            if (told := account.told("height")) is not None:
                likely[:, row] *= norm.pdf(told, centre, error["height_sd"])
    return ratios(prior, likely)


def regions(seen: Seen) -> list[str]:
    """Region of each row's incident."""
    geography = Geography(seen.made.params, seen.made.seed)
    points = np.array([(row[0].row["lat"], row[0].row["lon"]) for row in seen.rows])
    return [geography.towns[town].region for town in geography.nearest_town(points)[1]]


def _by_region(priors: Array, likelihood: Array) -> Array:
    """Ratios where each row has a prior of its own (rows, values): that of two rows lies half-way."""
    alone = np.einsum("rv,vr->r", priors, likelihood)
    both = (likelihood.T * priors) @ likelihood
    return (both + both.T) / 2 / np.outer(alone, alone)


def ethnicity(seen: Seen) -> Array:
    """Perceived ethnicity and complexion as one."""
    params = seen.made.params
    settings, error = params["offenders"], params["witness"]
    values = list(settings["ethnicity"])
    hues = list(error["complexion_confused"])
    groups, shades = error["ethnicity_confused"].__getitem__, error["complexion_confused"].__getitem__
    likely = shown(seen, "ethnicity", told_as(values, groups), confusion(values, error["ethnicity"], groups))
    of_hue = shown(seen, "complexion", told_as(hues, shades), confusion(hues, error["complexion"], shades))
    skin = np.array([[settings["complexion"][one].get(x, 0) for x in hues] for one in values], dtype=float)
    skin /= skin.sum(axis=1, keepdims=True)
    joint = (likely[:, None, :] * of_hue[None, :, :]).reshape(-1, len(seen))
    priors = {
        london: (shares(settings["ethnicity_london" if london else "ethnicity"])[:, None] * skin).ravel()
        for london in (True, False)
    }
    return _by_region(np.array([priors[region == "London"] for region in regions(seen)]), joint)


def accent(seen: Seen) -> Array:
    """Whole accent: of which region, or from abroad."""
    params = seen.made.params
    local = list(Wardrobe(params).words["accents"]["local"])
    values = [*local, "foreign"]
    kinds = dict(zip(params["offenders"]["accent"], shares(params["offenders"]["accent"]), strict=True))
    even = np.array([(1 - kinds["foreign"]) / len(local)] * len(local) + [kinds["foreign"]])
    right = params["witness"]["accent"]
    likely = shown(seen, "accent", values, right * np.eye(len(values)) + (1 - right) * even)
    priors = []
    for region in regions(seen):
        if region in local:
            prior = np.array([kinds["elsewhere"] / len(local)] * len(local) + [kinds["foreign"]])
            prior[local.index(region)] += kinds["local"]
        else:
            prior = even
        priors.append(prior)
    return _by_region(np.array(priors), likely)


def foreign(seen: Seen) -> Array:
    """Whether an accent is from abroad, and no more."""
    params = seen.made.params
    abroad = shares(params["offenders"]["accent"])[list(params["offenders"]["accent"]).index("foreign")]
    right = params["witness"]["accent"]
    prior = np.array([1 - abroad, abroad])
    chance = right * np.eye(2) + (1 - right) * prior
    likely = np.ones((2, len(seen)))
    for row, accounts in enumerate(seen.rows):
        for account in accounts:
            if (told := account.told("accent")) is not None:
                likely[:, row] *= chance[:, int(told == "foreign")]
    return ratios(prior, likely)


def british(seen: Seen) -> Array:
    """What an accent says beyond being from abroad or not."""
    return accent(seen) / foreign(seen)
