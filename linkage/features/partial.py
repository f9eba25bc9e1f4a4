"""Identifiers of which a part is not known: what it says that two of them can be one.

Beginnings of real numbers are uneven: half of the phones at hand may begin alike. So chance is the share of the full
values at hand that a partial one fits, not one in ten to the digits that are known: to share what many share says
little. In a partial value `?` is one unknown character and `*` any number of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

EVEN_STRENGTH = 10.0
"""Full values' worth of the belief that digits are spread evenly [G]: little, since beginnings are not."""

PHONE_DIGITS = 11
"""Digits of a phone number of the UK [S], so that a beginning and an ending can be laid over each other."""

EVERY_MOBILE = frozenset({("0", "0"), ("1", "7")})
"""Place and digit of what every mobile phone begins with, which says nothing."""


def partial(value: str) -> bool:
    """Whether a part of the value is not known."""
    return "?" in value or "*" in value


class Spread:
    """How values of one kind are spread: `full` are those known from end to end, each once."""

    def __init__(self, full: Sequence[str], phone: bool) -> None:
        self.full = list(full)
        self.phone = phone
        self._masks: dict[str, int] = {}

    def fitting(self, value: str) -> list[str]:
        """The full values that a partial one can be."""
        mask = self._mask(value)
        return [full for at, full in enumerate(self.full) if mask >> at & 1]

    def described(self, value: str) -> str:
        """How many full values a partial one can be, as an analyst reads it."""
        return f"{value} fits {self._fits(value):,} of {len(self.full):,} full ones"

    def to_full(self, value: str) -> float:
        """Likelihood ratio of a partial value and a full one that it fits: one to the share of others it fits."""
        return 1.0 / self._share(value, self._fits(value) - 1, len(self.full) - 1)

    def to_new(self, value: str) -> float:
        """As `to_full`, for a full value that fits and is not yet among those at hand."""
        return 1.0 / self._share(value, self._fits(value), len(self.full))

    def to_partial(self, one: str, other: str) -> float:
        """Likelihood ratio of two partial values that can be one.

        As many full values as fit both, over as many as would by chance if neither part told of the other. One
        pseudo-count stands for digits spread evenly, where each that both know is worth ten.
        """
        shares = [self._share(value, self._fits(value), len(self.full)) for value in (one, other)]
        most = 1.0 / max(shares)
        even = min(most, 10.0 ** len(_known(one, self.phone) & _known(other, self.phone)))
        both = (self._mask(one) & self._mask(other)).bit_count()
        by_chance = len(self.full) * shares[0] * shares[1]
        return min(most, (both + 1.0) / (by_chance + 1.0 / even))

    def _share(self, value: str, fitting: int, total: int) -> float:
        """Share of values that a partial one fits, never below that of digits spread evenly."""
        even = 10.0 ** -len(_known(value, self.phone))
        return max(even, (fitting + EVEN_STRENGTH * even) / (total + EVEN_STRENGTH))

    def _fits(self, value: str) -> int:
        return self._mask(value).bit_count()

    def _mask(self, value: str) -> int:
        """The full values that a partial one fits, as bits."""
        if value not in self._masks:
            pattern = re.compile("".join({"?": ".", "*": ".*"}.get(char, re.escape(char)) for char in value))
            fits = "".join("1" if pattern.fullmatch(full) else "0" for full in reversed(self.full))
            self._masks[value] = int(fits or "0", 2)
        return self._masks[value]


@lru_cache(maxsize=20_000)
def _known(value: str, phone: bool) -> frozenset[tuple[str, str]]:
    """Known characters by place; without those that every mobile phone begins with."""
    start, *rest = value.split("*")
    end = rest.pop() if rest else ""
    behind = PHONE_DIGITS - len(end) if phone else -len(end)
    places = [(str(at), char) for at, char in enumerate(start)]
    places += [(str(at), char) for at, char in enumerate(end, start=behind)]
    places += [(f"{piece} {at}", char) for piece in rest for at, char in enumerate(piece)]
    return frozenset(place for place in places if place[1] != "?") - (EVERY_MOBILE if phone else frozenset())
