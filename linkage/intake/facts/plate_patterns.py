"""Patterns of registration marks put together from what is told of their parts."""

from __future__ import annotations

import re

from linkage.intake.facts.plate_formats import begins_current
from linkage.intake.patterns import compiled

_ROAD = compiled(r"[ABM]\d{1,4}")
_TAG = compiled(r"[A-Z]{1,2}[0-9]{1,3}\*|[A-Z]{2}\?\*?")
_OPEN = compiled(r"(?<=[A-Z0-9])\?\*$|\*{2,}")


def is_road(characters: str) -> bool:
    """Whether these are the name of a numbered road."""
    return _ROAD.fullmatch(characters) is not None


def tag_first(part: str) -> bool:
    """Whether a part that is told without its place can only be the beginning: "FP57", "M4.."."""
    return ("?" not in part and begins_current(part)) or _TAG.fullmatch(part) is not None


def composed(parts: list[tuple[str, str]]) -> str:
    """One pattern of (place, characters) in their order; what an end tells may fill characters only counted."""
    start = "".join(plate for place, plate in parts[:1] if place == "start")
    rest = [plate for place, plate in parts if place == "inside"] + [p for at, p in parts[1:] if at == "start"]
    last = next((plate for place, plate in parts if place == "end"), "")
    if last and start.endswith("?" * len(last)) and not rest:
        return start[: -len(last)] + last
    if not last and len(rest) == 1 and (tag_first(rest[0]) if not start else begins_current(start + rest[0])):
        return f"{start}{rest[0]}*"  # "begins KE and has 09" tells the tag of a current plate
    whole = f"{start}*{'*'.join(rest)}*{last}" if rest else f"{start}*{last}"
    return re.sub(_OPEN, "*", whole)
