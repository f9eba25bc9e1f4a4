"""Numbered roads among the words of a question: no car, district, plate, age or ethnicity is read of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from linkage.intake.gazetteer.resolution import gazetteer
from linkage.search.marks import asks_for_plate
from linkage.vocabulary import fold, load
from linkage.vocabulary.tables import table

Span = tuple[int, int]

_SIGNS = re.compile(r"(?<![\w?*-])(?:[AM][0-9]{1,4}(?:\(M\))?|B[0-9]{3,4}|J[0-9]{1,2})(?![\w?*(-])", re.IGNORECASE)
"""What may be a road, or a junction of one; no B road has fewer than three figures, and "b4" is also "before"."""
_JOINED = re.compile(r"\s*(?:,|/|&|\b(?:or|and|to)\b|\b(?:junction|jct|at|of)\b(?:\s+the\b)?)?\s*", re.IGNORECASE)
_NEVER_OF_A_DISTRICT = re.compile(r"A[0-9]{1,4}(?:\(M\))?|B[0-9]{3,4}", re.IGNORECASE)
"""A sign that no district has as its code; near one of these is near a road."""


def roads_in(words: str) -> list[Span]:
    """Where numbered roads stand: what can be nothing else (M62), what the words around it say ("off the A1", "up
    m4", "M1 services"), and what is named beside one ("M62 or A1", "J27 M62"), with the words that lead to it, which
    would lead nowhere without it ("near"); junctions by number ("junction 24 and 26"). Not behind a make or "reg"."""
    found = [one.span() for one in _junctions().finditer(words)]
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
    found = _alone().fullmatch(words.strip())
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
    behind = _behind().match(words, run[-1][1])
    sure, near = _before("before").search(before), _before("near").search(before)
    told = sure or (near and _NEVER_OF_A_DISTRICT.fullmatch(words, *run[0])) or behind
    letters = {words[start].upper() for start, _ in run}
    roads = told or len(letters) > 1 or any(_only_a_road(words[slice(*span)]) for span in run)
    if letters == {"J"} or not roads:
        return []
    return [*(lead.span() for lead in (sure, near) if lead), *run, *([behind.span("said")] if behind else [])]


@cache
def _before(name: str) -> re.Pattern[str]:
    """Words right before a road that say it is one."""
    return re.compile(rf"(?:{'|'.join(table('search')['roads'][name])})\s+$", re.IGNORECASE)


@cache
def _alone() -> re.Pattern[str]:
    """A sign with nothing but what may stand before a road or a district."""
    near = "|".join(table("search")["roads"]["near"])
    return re.compile(rf"(?:(?:{near})\s+)?(?P<sign>[AM][0-9]{{1,3}})", re.IGNORECASE)


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(rf"\s+(?P<said>{'|'.join(table('search')['roads']['behind'])})\b", re.IGNORECASE)


@cache
def _junctions() -> re.Pattern[str]:
    """Junctions that are named by their numbers, with what joins several: no ages and no hours."""
    said, number = table("search")["roads"], r"[0-9]{1,2}[a-c]?"
    more = rf"(?:\s*(?:{'|'.join(said['junctions_joined'])})\s*{number})*"
    behind = rf"(?!\w)(?!\s*-?(?:{'|'.join(said['measures'])})\b)"
    return re.compile(rf"\b(?:{'|'.join(said['junctions'])})\s*{number}{more}{behind}", re.IGNORECASE)


def _only_a_road(sign: str) -> bool:
    """Can it be no car, no district and no code for an ethnicity? A junction is none by itself."""
    others = (load(name).find(fold(sign)) for name in ("models", "ethnicities"))
    return sign[0] not in "jJ" and not any(others) and gazetteer().resolve(sign.upper()) is None
