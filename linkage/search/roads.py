"""Numbered roads among the words of a question: no car, district, plate, age or ethnicity is read of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from linkage.intake.gazetteer.resolution import gazetteer
from linkage.search.marks import asks_for_plate
from linkage.vocabulary import fold, load
from linkage.vocabulary.tables import table

Span = tuple[int, int]

_SIGNS = re.compile(r"(?<![\w?*-])(?:[ABM][0-9]{1,4}(?:\(M\))?|J[0-9]{1,2})(?![\w?*(-])", re.IGNORECASE)
"""What may be a road, or a junction of one."""
_JOINED = re.compile(r"\s*(?:,|/|&|\b(?:or|and)\b|\b(?:junction|jct|at|of)\b(?:\s+the\b)?)?\s*", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?:(?<!\bin\s)\bthe"
    r"|\bjunction\s+[0-9]+\w?(?:\s+(?:of|on)(?:\s+the)?)?|\bmotorway)\s+$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\s+(?:services|motorway|slip|roundabout|junction|jct|carriageway|lay-?by|(?:north|south|east|west)bound)\b",
    re.IGNORECASE,
)


_ALONE = re.compile(r"(?:(?:near|off|on|by|along|around)\s+)?(?P<sign>[AM][0-9]{1,3})", re.IGNORECASE)


def roads_in(words: str) -> list[Span]:
    """Where numbered roads stand: what can be nothing else (M62), what the words around it say ("off the A1", "M1
    services"), and what is named beside one ("M62 or A1", "J27 M62"). Not behind a make or "reg"."""
    found: list[Span] = []
    run: list[Span] = []
    for span in (one.span() for one in _SIGNS.finditer(words)):
        if run and not _JOINED.fullmatch(words, run[-1][1], span[0]):
            found += _of_road(words, run)
            run = []
        run.append(span)
    return found + _of_road(words, run)


def perhaps_roads(words: str) -> list[str]:
    """The sign that is all of a question and may be a road as well as a district or a car ("m4", "near A1"): reports
    that have it in words are looked for beside what it is read as."""
    found = _ALONE.fullmatch(words.strip())
    if found is None or roads_in(words):
        return []
    letter, number = found["sign"][0].upper(), int(found["sign"][1:])
    return [found["sign"]] if letter == "A" or number in table("search")["roads"]["motorways"] else []


def _of_road(words: str, run: Sequence[Span]) -> list[Span]:
    """All of a run that stands together, or none."""
    if not run:
        return []
    before = words[: run[0][0]]
    last = re.findall(r"[\w-]+", before)[-1:]
    if asks_for_plate(before) or (last and load("makes").find(fold(last[0]))):
        return []
    told = _BEFORE.search(before) or _BEHIND.match(words, run[-1][1])
    letters = {words[start].upper() for start, _ in run} - {"J"}
    roads = told or len(letters) > 1 or any(_only_a_road(words[slice(*span)]) for span in run)
    return [*run] if letters and roads else []


def _only_a_road(sign: str) -> bool:
    """Can it be no car, no district and no code for an ethnicity? A junction is none by itself."""
    others = (load(name).find(fold(sign)) for name in ("models", "ethnicities"))
    return sign[0] not in "jJ" and not any(others) and gazetteer().resolve(sign.upper()) is None
