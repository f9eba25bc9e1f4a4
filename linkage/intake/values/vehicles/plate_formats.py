"""Formats of UK registration marks, and which of them a full or partial plate can have.

Formats as the DVLA issues or issued them (INF104, "Vehicle registration numbers and number plates"; [M] for the
letters left out): current since 2001 (AB12 CDE), prefix 1983-2001 (A123 BCD), suffix 1963-1983 (ABC 123D), Northern
Ireland (AIZ 1234) and dateless (ABC 123, 1234 AB).
"""

from __future__ import annotations

import re
from functools import lru_cache

from linkage.intake.patterns import compiled

FIGURE_LETTER = dict(zip("01582", "OISBZ", strict=True))
"""Figures and the letters that are taken for them."""
Shape = tuple[str, ...]
"""The characters allowed at each place."""

_LETTERS, _FIGURES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
_KINDS = {
    "L": _LETTERS,
    "D": _FIGURES,
    "N": _FIGURES[1:],
    "T": "ABCDEFGHJKLMNOPRSTUVWXY",  # area tag: no I, Q, Z
    "F": "ABCDEFGHJKLMNOPRSTUVWXYZ",  # behind the age: no I, Q
    "Y": "ABCDEFGHJKLMNPQRSTVWXY",  # year letter: no I, O, U, Z
}
"""Kind of place in a format -> what may stand there; any other sign is itself."""
_NUMBERS = ("NDDD", "NDD", "ND", "N")
_WRITTEN = {
    "current": ["TTDDFFF"],
    "prefix": ["YDLLL", "YDDLLL", "YDDDLLL"],
    "suffix": ["LLLDY", "LLLDDY", "LLLDDDY"],
    "northern_ireland": [mark + number for number in _NUMBERS for mark in ("LIL", "LLZ", "LZ")],
    "dateless": [
        shape for mark in ("L", "LL", "LLL") for number in _NUMBERS for shape in (mark + number, number + mark)
    ],
}
FORMATS: dict[str, list[Shape]] = {
    name: [tuple(_KINDS.get(kind, kind) for kind in shape) for shape in shapes] for name, shapes in _WRITTEN.items()
}


def _fits(plate: str, shape: Shape, at: int = 0, position: int = 0) -> bool:
    while at < len(plate):
        char = plate[at]
        if char == "*":
            return any(_fits(plate, shape, at + 1, later) for later in range(position, len(shape) + 1))
        if position >= len(shape) or (char != "?" and char not in shape[position]):
            return False
        at, position = at + 1, position + 1
    return position == len(shape)


@lru_cache(maxsize=50_000)
def format_of(registration: str) -> str | None:
    """current, prefix, suffix, northern_ireland or dateless; None for a foreign or impossible mark.

    For a partial plate: the first of these, in that order, which it can be completed to; the order is that of how
    common they are on UK roads. "*" alone, which says nothing, has no format.
    """
    if not any(char.isalnum() for char in registration):
        return None
    for name, shapes in FORMATS.items():
        if any(_fits(registration, shape) for shape in shapes):
            return name
    return None


def begins_current(characters: str) -> bool:
    """Whether these known characters can only be the start of a current plate: area tag and age figures at least."""
    return 4 <= len(characters) < 7 and any(_fits(characters + "*", shape) for shape in FORMATS["current"])


@lru_cache(maxsize=50_000)
def fits_pattern(a: str, b: str) -> bool:
    """Whether some text satisfies both patterns ("?" one character, "*" any number, on either side)."""
    reach = [True]
    for char in b:
        reach.append(reach[-1] and char == "*")
    for left in a:
        below = [reach[0] and left == "*"]
        for at, right in enumerate(b):
            same = left == right or "?" in (left, right)
            if "*" in (left, right):
                below.append(reach[at + 1] or below[at] or reach[at])
            else:
                below.append(reach[at] and same)
        reach = below
    return reach[-1]


_BEGINNING = compiled(r"[A-Z]{1,2}[0-9]{0,3}\*")
_AGE = compiled(r"\?\?([0-9]{2})\?\?\?")
_ENDING = compiled(r"\*([A-Z]{3})")


def joined(a: str, b: str) -> str | None:
    """One pattern of two that are told of one plate ("06 plate, first two letters KM"); None where they contradict.

    Of two whose parts cannot be laid side by side, the one with more known characters.
    """
    if not fits_pattern(a, b):
        return None
    for one, other in ((a, b), (b, a)):
        age, start, end = _AGE.fullmatch(other), _BEGINNING.fullmatch(one), _ENDING.fullmatch(one)
        if age and start and len(one) == len("XX*"):
            return f"{one[:2]}{age[1]}*"
        if age and end:
            return f"??{age[1]}{end[1]}"
        if start and _ENDING.fullmatch(other):
            return one + other[1:]
    return max(a, b, key=lambda plate: sum(char.isalnum() for char in plate))


_OPEN = compiled(r"(?<=[A-Z0-9])\?\*$|\*{2,}")


def composed(parts: list[tuple[str, str]]) -> str:
    """One pattern of (place, characters) in their order; what an end tells may fill characters only counted."""
    start = "".join(plate for place, plate in parts[:1] if place == "start")
    rest = [plate for place, plate in parts if place == "inside"] + [p for at, p in parts[1:] if at == "start"]
    last = next((plate for place, plate in parts if place == "end"), "")
    if last and start.endswith("?" * len(last)) and not rest:
        return start[: -len(last)] + last
    if not last and len(rest) == 1 and begins_current(start + rest[0]):
        return f"{start}{rest[0]}*"  # "begins KE and has 09" tells the tag of a current plate
    whole = f"{start}*{'*'.join(rest)}*{last}" if rest else f"{start}*{last}"
    return re.sub(_OPEN, "*", whole)
