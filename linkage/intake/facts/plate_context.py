"""What the words around a fragment tell of it: a plate, a vehicle, or a number of another kind."""

from __future__ import annotations

import re

from linkage.intake.facts.plate_formats import begins_current
from linkage.intake.facts.plate_places import PLATE_WORD
from linkage.intake.patterns import compiled

OTHER_NUMBER = compiled(
    r"\b(?:phone\w*|mobile|tel\w*|post ?code|call\w*|text\w*|rang|ring\w*|email\w*|e-mail\w*|card|account|"
    r"ref\w*|incident|crime|badge|collar|house|flat|room|pin|serial|log)\b[^.!?;\n]*$",
    re.IGNORECASE,
)
ANY_ORDER = compiled(
    r"[^.!?;\n]{0,30}\b(?:(?:not|n[o']t)\s(?:necessarily|certain|sure|in\sthat)|any)\b[^.!?;\n]{0,24}\border\b|"
    r"[^.!?;\n]{0,30}\border\b[^.!?;\n]{0,15}\b(?:unknown|unclear|not\s(?:known|certain|clear))\b"
)
"""Behind characters whose order nobody knows: no pattern can hold them."""
SENTENCE = compiled(r"[.!?]\s|\n\s*\n|;")
REACH = 90  # [G] characters before "ending 4TJ" in which a vehicle or its plate must be spoken of
BEHIND = 24  # [G] characters behind "KX was on the" in which the plate is named, or before it that tell a part
PLATE = compiled(rf"\b{PLATE_WORD}\b", re.IGNORECASE)


def of_a_plate(text: str, start: int, end: int) -> bool:
    """Whether the sentence around [start, end) names a plate, before it or right behind."""
    first = max(0, start - REACH)
    opening = max((m.end() for m in SENTENCE.finditer(text, first, start)), default=first)
    behind = PLATE.search(text, start, min(len(text), end + BEHIND))
    return behind is not None or PLATE.search(text, opening, start) is not None


def tag_first(part: str) -> bool:
    """Whether a part that is told without its place can only be the beginning: "FP57", "M4.."."""
    whole = "?" not in part and begins_current(part)
    return whole or re.fullmatch(r"[A-Z]{1,2}[0-9]{1,3}\*|[A-Z]{2}\?\*?", part) is not None


def composed(parts: list[tuple[str, str]]) -> str:
    """One pattern of the parts and where they stand; what an end tells may fill characters that were only counted."""
    start = "".join(plate for place, plate in parts[:1] if place == "start")
    rest = [plate for place, plate in parts if place == "inside"] + [p for at, p in parts[1:] if at == "start"]
    last = next((plate for place, plate in parts if place == "end"), "")
    if last and start.endswith("?" * len(last)) and not rest:
        return start[: -len(last)] + last
    if not last and len(rest) == 1 and (tag_first(rest[0]) if not start else begins_current(start + rest[0])):
        return f"{start}{rest[0]}*"  # "begins KE and has 09" tells the tag of a current plate
    whole = f"{start}*{'*'.join(rest)}*{last}" if rest else f"{start}*{last}"
    return re.sub(r"(?<=[A-Z0-9])\?\*$|\*{2,}", "*", whole)  # "starting ABC?" asks for no further character
