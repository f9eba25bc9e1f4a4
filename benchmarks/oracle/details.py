"""Marks, clothes, names and things said: short lists out of many words."""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

from linkage.synthetic.parameters import read_table

from .hidden import Tellers, confusion, ratios, shown
from .observed import Account, Seen

Array = NDArray[np.float64]


def speech(seen: Seen) -> Array:
    """Two stock phrases of his own, beside what anybody says."""
    params, rows = seen.made.params, read_table("words.toml")["speech"]["rows"]
    phrases = [row[0] for row in rows]
    count, right, own = len(phrases), params["witness"]["speech"], params["offenders"]["speech_share"]
    day = shown(seen, "speech", phrases, right * np.eye(count) + (1 - right) / count)
    first, second = np.array(list(product(range(count), repeat=2))).T
    return ratios(np.ones(count**2), own * (day[first] + day[second]) / 2 + (1 - own) * day.mean(axis=0))


def names(seen: Seen) -> Array:
    """His usual name, or a fresh one."""
    params, listed = seen.made.params, read_table("words.toml")["names"]["list"]
    heard = confusion(listed, params["witness"]["name"], lambda _: listed)
    likely = np.ones((len(listed), len(seen)))
    for row, accounts in enumerate(seen.rows):
        for account in accounts:
            if told := account.told("names_used"):
                likely[:, row] *= heard[:, listed.index(told[0])]
    usual = params["offenders"]["names_kept"]
    return ratios(np.ones(len(listed)), usual * likely + (1 - usual) * likely.mean(axis=0))


def clothing(seen: Seen) -> Array:
    """His usual two things, or others."""
    params, listed = seen.made.params, read_table("words.toml")["clothing"]["list"]
    noticed = confusion(listed, params["witness"]["garment"], lambda _: listed)
    worn = _sets(len(listed))[1:]
    prior = _chances(len(listed), 1.0)[1:]
    day = np.ones((len(worn), len(seen)))
    for row, accounts in enumerate(seen.rows):
        for account in accounts:
            if told := account.told("clothing"):
                day[:, row] *= _listed([listed.index(one) for one in told], worn, noticed)
    usual = params["offenders"]["clothing_habit"]
    return ratios(prior, usual * day + (1 - usual) * (prior @ day))


def marks(seen: Seen) -> Array:
    """No mark, one or two; that none is told of is itself likelier of somebody without."""
    params, tellers = seen.made.params, Tellers(seen.made.params)
    listed = read_table("words.toml")["marks"]["list"]
    settings = params["offenders"]
    remembered, told_as = _remembered(listed, params["witness"]["mark"])
    borne = _sets(len(listed))
    prior = settings["marks_share"] * _chances(len(listed), settings["second_mark"])
    prior[0] = 1 - settings["marks_share"]
    has = np.array([bool(one) for one in borne])
    likely = np.ones((len(borne), len(seen)))
    for row, accounts in enumerate(seen.rows):
        for account in accounts:
            if told := account.told("marks"):
                likely[:, row] *= _listed([told_as.index(one) for one in told], borne, remembered)
            else:
                likely[:, row] *= 1 - has * _chance(tellers, account)
    return ratios(prior, likely)


def _chance(tellers: Tellers, account: Account) -> float:
    return tellers.chance(account, "marks")


def _remembered(listed: list[str], right: float) -> tuple[Array, list[str]]:
    """Chance of a mark as told by the true one (true, told), and the told ones: a wrong one changes sides, as
    `Witness._mark` does it."""
    told = list(listed)
    other_side: dict[str, str] = {}
    for mark in listed:
        for side, other in (("left", "right"), ("right", "left")):
            if side in mark:
                other_side[mark] = mark.replace(side, other)
                break
    told += [mark for mark in dict.fromkeys(other_side.values()) if mark not in told]
    found = np.zeros((len(listed), len(told)))
    for at, mark in enumerate(listed):
        found[at, at] = right
        others = [other_side[mark]] if mark in other_side else [one for one in listed if one != mark]
        for other in others:
            found[at, told.index(other)] += (1 - right) / len(others)
    return found, told


def _sets(count: int) -> list[tuple[int, ...]]:
    """Nothing, one of `count` things, or two in their order."""
    one = [(first,) for first in range(count)]
    return [(), *one, *((a, b) for a in range(count) for b in range(count) if a != b)]


def _chances(count: int, second: float) -> Array:
    """Chance of each of `_sets` where at least one thing is drawn, and with the chance `second` another: the same
    one again counts once."""
    one, two = (1 - second) / count + second / count**2, second / count**2
    return np.array([0.0, *[one] * count, *[two] * (count * (count - 1))])


def _listed(told: list[int], sets: list[tuple[int, ...]], chance: Array) -> Array:
    """Chance of a told list by each true one: as many things, each told on its own."""
    found = np.zeros(len(sets))
    for at, true in enumerate(sets):
        if len(true) == len(told):
            found[at] = np.prod([chance[one, other] for one, other in zip(true, told, strict=True)])
    return found
