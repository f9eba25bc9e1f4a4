"""Which of the formats of UK registration marks (`patterns/plates.toml`) a full or partial plate can have."""

from __future__ import annotations

from functools import lru_cache

from linkage.intake.patterns import PatternTable

FIGURE_LETTER = dict(zip("01582", "OISBZ", strict=True))
"""Figures and the letters that are taken for them."""
Shape = tuple[str, ...]
"""The characters allowed at each place."""

_SAID = PatternTable("plates")
FORMATS: dict[str, list[Shape]] = {
    name: [tuple(_SAID.rows["places"].get(place, place) for place in shape) for shape in shapes]
    for name, shapes in _SAID.rows["formats"].items()
}


@lru_cache(maxsize=50_000)
def format_of(registration: str) -> str | None:
    """current, prefix, suffix, northern_ireland or dateless; None for a foreign or impossible mark.

    For a partial plate: the first of these, in that order, which it can be completed to; the order is that of how
    common they are on UK roads. "*" alone, which says nothing, has no format.
    """
    if not any(char.isalnum() for char in registration):
        return None
    for name, shapes in FORMATS.items():
        as_long = (shape for shape in shapes if "*" in registration or len(shape) == len(registration))
        if any(fits_pattern(registration, shape) for shape in as_long):
            return name
    return None


def begins_current(characters: str) -> bool:
    """Whether these known characters can only be the start of a current plate: area tag and age figures at least."""
    return 4 <= len(characters) < 7 and any(fits_pattern(f"{characters}*", shape) for shape in FORMATS["current"])


@lru_cache(maxsize=50_000)
def fits_pattern(a: str, b: str | Shape) -> bool:
    """Whether some text satisfies both patterns ("?" one character, "*" any number, on either side), or a shape."""
    reach = [True]
    for right in b:
        reach.append(reach[-1] and right == "*")
    for left in a:
        below = [reach[0] and left == "*"]
        for at, right in enumerate(b):
            if "*" in (left, right):
                below.append(reach[at + 1] or below[at] or reach[at])
            else:
                below.append(reach[at] and (left in right or "?" in (left, right)))
        reach = below
    return reach[-1]


def joined(a: str, b: str) -> str | None:
    """One pattern of two that are told of one plate ("06 plate, first two letters KM"); None where they contradict.

    Of two whose parts cannot be laid side by side, the one with more known characters.
    """
    if not fits_pattern(a, b):
        return None
    for one, other in ((a, b), (b, a)):
        age, start, end = (
            _SAID["with_age"].fullmatch(other),
            _SAID["beginning"].fullmatch(one),
            _SAID["ending"].fullmatch(one),
        )
        if age and start and len(one) == len("XX*"):
            return f"{one[:2]}{age[1]}*"
        if age and end:
            return f"??{age[1]}{end[1]}"
        if start and _SAID["ending"].fullmatch(other):
            return one + other[1:]
    return max(a, b, key=lambda plate: sum(char.isalnum() for char in plate))


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
    return _SAID["open"].sub("*", whole)
