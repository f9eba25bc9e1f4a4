"""Plates in the shorthand of notes and forms: "gold, SK09 and the last bit is a mystery", "poss WK70 + 3 more",
"MA66 part plate", "12 LH plate", "LV-plate, 10 after"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linkage.intake.facts import plate_run
from linkage.intake.facts.plate_formats import begins_current
from linkage.intake.facts.plate_fragment import NO_PLATE, of_a_vehicle
from linkage.intake.facts.plate_places import HAND, KINDS
from linkage.intake.patterns import compiled

_TAG = r"(?P<plate>[A-Z]{2}\s?[0-9]{1,2}\??|[A-Z][0-9]{1,3})"
_WORD = r"(?:rego?|reg'?n|registration|(?:number|licen[cs]e|index)?\s?plates?|vrm|vrn|index)"
_THINKS = r"(?:poss(?:ibl[ey])?|prob(?:ably)?|maybe|perhaps|think|i\sthink|she\sthinks|believed|reads?)\.?"
_TAILED = compiled(
    rf"(?<![\w*?-]){_TAG}(?:"
    rf"(?i:\s(?:part(?:ial)?|start|beginning)\s{_WORD})\b|"
    r"(?i:,?\s(?:and|but|then|&)?\s?(?:then\s)?(?:i|we|she|he|they)?\s?(?:lost|missed|couldn'?t|didn'?t|forgot|forget)\b)|"
    r"(?i:,?\s(?:and|but|with)?\s?(?:the\s)?(?:last|other|final)\s(?:bit|part|half|letters?|ones?|three|3)\b)|"
    r"(?i:,?\s(?:is|was)\s(?:all|as\smuch|as\sfar)\b)|(?i:\s(?:only|seen)(?=[.,;:)\n]|$))|"
    rf"(?:,?\s?(?:\+|plus|and|then)\s(?:{HAND}|(?i:some|a\sfew|others?))\s(?i:more|others?|unknown|further|{KINDS})\b)|"
    r"(?i:\s(?:at|on|in|to)\s(?:the\s)?(?:front|start|beginning)\b(?!\sof))|"
    r"(?i:,?\s(?:and\s|then\s)*(?:some(?:thing|\smore)|summat|etc|blank|unknown)(?=\s*[\n(]))|\s?(?:\.{2,}|…|[_–-](?:\s?[_–-]){1,4}(?!\w)))"
)
"""The first characters of a plate, and words or signs behind them by which the rest is not known."""
_LEANED = compiled(
    rf"\b(?i:{_WORD})\b[^.!?;\n]{{0,60}}?(?:[.:]\s)?\b(?i:{_THINKS})\s['\"“‘]?(?P<plate>[A-Z]{{2}}\s?[0-9]{{1,2}})(?![\w?*]|\s?[A-Z]{{3}}\b)|"
    r"\b(?i:i|we|she|he|they)\s(?i:only\s|just\s)?(?i:got|saw|caught|clocked|noted)\s(?P<got>[A-Z]{2}[0-9]{1,2})(?![\w?*]|\s?[A-Z]{3}\b)"
)
"""Behind a word for a plate and one that tells a guess; and what somebody says they got of it."""
_GUESSED = compiled(
    r"(?<=[,;]\s)(?i:poss(?:ibly)?|maybe|think|i\sthink)\.?\s(?=(?P<two>[A-Z]{2})(?:\s?[0-9]|\s(?i:and|then|with)\b))"
)
"""A guess at the end of a list that tells a vehicle: "Chrysler, silver, poss ND5 7", "red, think MX and then 62"."""
_IRISH = compiled(rf"(?<![\w-])(?P<year>[0-9]{{2,3}})[ -](?P<county>[A-Z]{{1,2}})(?:-(?![\w])|-?\s(?i:{_WORD})\b)")
_LETTERS = compiled(
    r"(?<![\w-])(?P<two>[A-Z]{2})(?:[ -](?i:registration|reg|plates?))\b"
    r"(?:,?\s(?:then\s)?(?P<then>[0-9]{2})\s(?i:after|behind|then|next)\b)?"
)
_MARKS = "IE GB UK EU PL RO LT LV EE FR DE NL ES IT BE PT BG HU CZ SK AT CH SE NO DK FI UA TR US"
_COUNTRIES = NO_PLATE | {*re.findall(r"[A-Z]+", _MARKS), "UN", "OK", "ID", "ANPR", "SU", "VW", "MG", "KA"}
"""Marks of countries, and other letters before "plates" that stand on none."""
_NEAR = 130
"""[G] Characters before a fragment in which its vehicle is told."""
_NOT_A_CAR = compiled(
    r"\b(?:flat|room|apartment|unit|bus|route|number|no|phone|tel|ref|log|post ?code|platform|"
    r"motorway|roads?|the|up|down|along|off|via|size|of|on|in|near|at|from|to|onto|into|towards?|around|past|by|through)"
    r"\.?\s$",
    re.IGNORECASE,
)
_ROAD = compiled(r"[ABM][0-9]{1,3}")
_PLATE_NAMED = compiled(rf"\b{_WORD}\b", re.IGNORECASE)
_BODY = compiled(
    r"\b(?:hatchback|hatch|saloon|estate|pick-?up|4 ?x ?4|people carrier|minibus|coupe|convertible|jeep|"
    r"suv|motorbike|m/bike)\b",
    re.IGNORECASE,
)


def jotted(text: str, told: bool) -> Iterator[tuple[int, int, str]]:
    """(start, end, pattern) of each partial plate noted in these ways; `told`: the text names a plate."""
    for found in _TAILED.finditer(text):
        if _of_a_car(text, found.start("plate")):
            yield *found.span("plate"), _open(found["plate"])
    for found in _GUESSED.finditer(text):
        if _of_a_car(text, found.start()) and (read := plate_run.read(text, found.end())):
            plate = read[0].replace("*", "")
            if begins_current(plate) or len(plate) == 3:
                yield found.end(), read[1], _open(plate)
    if not told:
        return
    for found in _LEANED.finditer(text):
        group = "plate" if found["plate"] else "got"
        start, end = found.span(group)
        if begins_current(found[group].replace(" ", "")) or _of_a_car(text, start):
            yield start, end, _open(found[group])
    for found in _IRISH.finditer(text):
        if of_a_vehicle(text, max(0, found.start() - _NEAR), found.end()):
            yield found.start(), found.end(), f"{found['year']}{found['county']}*"
    for found in _LETTERS.finditer(text):
        if found["then"] or found["two"] not in _COUNTRIES:
            yield found.start(), found.end(), f"{found['two']}{found['then'] or ''}*"


def _open(plate: str) -> str:
    return f"{plate.replace(' ', '').rstrip('?')}*"


def _of_a_car(text: str, start: int) -> bool:
    if _NOT_A_CAR.search(text, max(0, start - 16), start):
        return False
    near = max(0, start - _NEAR)
    if _ROAD.match(text, start) and not _PLATE_NAMED.search(text, max(0, start - 30), start):
        return False
    return _BODY.search(text, near, start) is not None or of_a_vehicle(text, near, start)
