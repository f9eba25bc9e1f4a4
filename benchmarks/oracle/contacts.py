"""Telephone numbers, addresses and user names: each one person's alone while he keeps it.

How long they last is counted in careers drawn anew. A number is one of those that the generator hands out first; an
address with one sign changed is taken for the same.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from linkage.synthetic.offenders import Incident
from linkage.synthetic.parameters import stream
from linkage.synthetic.people import _HANDLE, Phones
from linkage.synthetic.sighting import _NOBODYS

from .careers import Careers
from .hidden import kept, ratios
from .observed import Seen

Array = NDArray[np.float64]

HANDLES = len(_HANDLE[0]) * len(_HANDLE[1]) * 3 * 900
"""User names that `people.username` may draw."""


def _number(incident: Incident) -> str | None:
    return incident.phone


def _handle(incident: Incident) -> str | None:
    return incident.username


def phone(seen: Seen) -> Array:
    """A number, whole or its beginning or end, with digits that may be wrong."""
    numbers = Phones(stream(seen.made.seed, "phones")).free
    digits = np.array([list(number) for number in numbers])
    slip = seen.made.params["witness"]["phone_digit"]
    likely = np.ones((len(numbers), len(seen)), dtype=np.float64)
    for row, accounts in enumerate(seen.rows):
        for account in accounts:
            if told := account.told("phone"):
                likely[:, row] *= _read(digits, told, slip)
    return kept(Careers.of(seen).lasting(_number, seen.days), ratios(np.ones(len(numbers)), likely))


def _read(digits: NDArray[np.str_], told: str, slip: float) -> Array:
    """Chance of a told number, `*` for what is not known, by each number (numbers, 11)."""
    width = digits.shape[1]
    known = told.strip("*")
    start = width - len(known) if told.startswith("*") else 0
    found = np.ones(len(digits))
    for place, sign in enumerate(known, start):
        right = digits[:, place] == sign
        found *= right * (1 - slip) + slip / 10 if place >= _NOBODYS else right
    return found


def account(seen: Seen) -> Array:
    """An e-mail address and a user name, which he changes together."""
    slip = seen.made.params["witness"]["handle_slip"]
    found = np.ones((len(seen), len(seen)))
    for name, size in (("email", HANDLES * 4), ("username", HANDLES)):
        told = [next((x for one in row if (x := one.told(name))), "") for row in seen.rows]
        for a, one in enumerate(told):
            for b, other in enumerate(told):
                if one and other and a != b:
                    found[a, b] *= _alike(one, other, size, slip)
    return kept(Careers.of(seen).lasting(_handle, seen.days), found)


def _alike(one: str, other: str, size: int, slip: float) -> float:
    """Ratio of two told addresses if the true one is the same."""
    if one == other:
        return size * ((1 - slip) ** 2)
    if len(one) != len(other) or sum(a != b for a, b in zip(one, other, strict=True)) > 2:
        return 0.0
    # a slip turns one sign of the name into one of 25 others, which nobody else's name may be
    return size * 2 * slip * (1 - slip) / 2
