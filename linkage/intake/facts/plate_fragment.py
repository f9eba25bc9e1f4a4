"""Fragments of plates told before the words that say what they are: "Ford Galaxy, EY58 being all that was seen",
"NXZ formed the first letters of the registration", "Grey Astra, SD something"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linkage.intake.facts import plate_run
from linkage.intake.facts.plate_formats import begins_current
from linkage.intake.facts.plate_places import HAND, KINDS, NUMBER
from linkage.intake.facts.vehicle_names import compact, readings
from linkage.intake.patterns import compiled

VEHICLE = compiled(
    r"\b(?:car|van|plate|rego?|reg\w*|number|index|vehicle|taxi|driv\w+|drove|motor\w*|bike|moped|lorry|truck|cab|scooter)\b",
    re.IGNORECASE,
)
NO_PLATE = frozenset(
    ("A", "I", "UK", "GB", "EU", "NI", "IRL", "CCTV", "DNA", "PM", "AM", "DC", "PC", "DS", "DI", "TV", "USA", "IC1")
)
"""What capitals behind such words mean without being of a plate."""
_BEHIND_VEHICLE = compiled(
    r"(?<=[a-z0-9],\s)(?P<plate>[A-Z]{2}[0-9]{1,2}|[A-Z][0-9]{1,3}|[0-9]{2,3}-?[A-Z]{1,2})\s(?:(?:being|was|is)\s"
    r"(?:legible|visible|readable|all|the\s(?:only|bit|part|first|start)|seen|noted|remembered|clear|as\smuch)|"
    rf"(?:at|as)\s(?:the|its)\s(?:start|beginning|front)|(?P<more>and\s(?:one|two|three|four|some|[1-4])\s"
    rf"(?:(?:further|more|other|unknown)\s)?{KINDS}))\b"
)
"""Behind the name of a vehicle and a comma, characters and words by which they are part of its plate."""
_TAILS = (
    " being ", " at the ", " at its ", " as the ", " was all", " is all", "visible", "legible", "characters",
    "letters", "digits", "figures",
)  # fmt: skip
_OF_PART = compiled(
    r"(?<![\w?*-])(?P<plate>[A-Z?]{2}[0-9?]{1,2}(?:\s?[A-Z]{1,3})?|[A-Z]{1,3}|[0-9]{2,3}-?[A-Z]{1,2}|[0-9]{2,3})['\"”’]?,?\s"
    r"(?:(?:which|that)\s)?(?:(?:was|were|is|are|being|form(?:s|ed|ing)?|ma[dk]es?(?:\sup)?|making(?:\sup)?|began|begins|"
    r"as|may\sbe|could\sbe)\s)(?:(?:all|only|just)\s)?(?:the|as|all|its|his)\s(?:only\s)?"
    r"(?:(?P<start>first|opening|start|beginning|initial|front)|(?P<end>last|final|end|closing)|part|portion|bit|half|"
    rf"section|much|characters|letters)\b(?:\s(?:part|half|bit|{HAND}|{KINDS})){{0,2}}\s(?:of|on|in)\s"
    rf"(?:(?:the|its|his|a|their)\s)?(?:[\w'’-]+\s){{0,3}}?{NUMBER}\b"
)
"""Characters told before the words that say which part of a plate they are."""
_NAME = compiled(r"\b[A-Z][A-Za-z-]{2,}\b")
_EVERYDAY = 2  # [G] caution from which the name of a make or model is also an everyday word
_BEFORE = 34  # [G] characters before a fragment in which its vehicle is named


def of_a_vehicle(text: str, first: int, start: int) -> bool:
    """Whether the words between two places of `text` speak of a vehicle, also by its name ("Grey Astra, ")."""
    if VEHICLE.search(text, first, start) is not None:
        return True
    doubtful = -1
    for word in _NAME.finditer(text, first, start):
        names = readings(compact(word[0]))
        if any(name.caution < _EVERYDAY for name in names) or (names and word.start() == doubtful + 1):
            return True
        doubtful = word.end() if names else -1  # two side by side: "Seat Leon"
    return False


def fragments(text: str, low: str, told: bool) -> Iterator[tuple[int, int, str]]:
    """(start, end, pattern) of each such fragment in `text`; `low` is it in lower case, `told`: it names a plate."""
    if any(word in low for word in _TAILS):
        yield from _behind_vehicle(text)
    if told:
        yield from _of_part(text)


def _behind_vehicle(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _BEHIND_VEHICLE.finditer(text):
        start = found.start("plate")
        if found["plate"] in NO_PLATE or not of_a_vehicle(text, max(0, start - _BEFORE), start):
            continue
        read = plate_run.read(text, start) if found["more"] else None
        plate, end = read or (f"{found['plate'].replace('-', '')}*", found.end())
        yield start, end, plate


def _of_part(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _OF_PART.finditer(text):
        plate = re.sub("[ -]", "", found["plate"])
        if plate in NO_PLATE:
            continue
        irish = plate[0].isdigit() and plate[-1].isalpha()  # "191-W": year and county come first
        if found["start"] or (not found["end"] and (begins_current(plate) or irish)):
            pattern = f"{plate}*"
        else:
            pattern = f"*{plate}" if found["end"] else f"*{plate}*"
        yield found.start("plate"), found.end(), pattern
