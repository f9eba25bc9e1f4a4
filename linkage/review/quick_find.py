"""Quick find: a report by its number, a piece of a plate, phone or account, or its words; a series by its number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from linkage.report import Report

LEAST_CHARACTERS = 2
"""Known plate characters a fragment needs: one alone agrees with nearly every plate [G]."""
LEAST_DIGITS, LEAST_LETTERS = 4, 3
"""Digits of a phone number, and characters of an account or of words, that a piece needs [G]."""
WORDS = "words"
_NOT_DIGIT, _LETTER, _WORD = re.compile(r"[^0-9]"), re.compile(r"[A-Za-z]"), re.compile(r"[a-z0-9']+")
_NOT_PLATE = re.compile(r"[^A-Z0-9?*]")


@dataclass(frozen=True, slots=True)
class Found:
    """A report, or a `series`, by its number, and why it was found."""

    name: str
    why: str
    series: bool = False


def quick_find(words: str, reports: Iterable[Report], series: Iterable[str] = (), most: int = 20) -> list[Found]:
    """Reports and series whose number holds `words`, then reports one of whose plates agrees with them as a fragment,
    that hold them as a piece of a phone number, an e-mail address or an account, or that tell them word for word.

    Where `words` are a whole number nothing else is found. In a fragment `?` is one unknown character and `*` any
    number; it may stand anywhere in the plate. Unknown characters of a report's plate agree with anything, but at
    least `LEAST_CHARACTERS` must be known on both sides.
    """
    wanted = words.strip().upper()
    plate = _NOT_PLATE.sub("", wanted)
    if not wanted:
        return []
    numbers, rest = [], []
    for report in reports:
        if wanted in report.report_id.upper():
            numbers.append(Found(report.report_id, "report number"))
        elif any(one.registration and plates_agree(plate, one.registration) for one in report.vehicles):
            rest.append(Found(report.report_id, "plate"))
        elif kind := _identified(wanted, report):
            rest.append(Found(report.report_id, kind))
        elif _tells(wanted, report):
            rest.append(Found(report.report_id, WORDS))
    number = wanted.removeprefix("SERIES ").strip()
    numbers += [Found(one, "series", True) for one in series if number and number in one.upper()]
    whole = [one for one in numbers if one.name.upper() in (wanted, number)]
    return whole or (sorted(numbers, key=_order) + sorted(rest, key=_order))[:most]


def _order(found: Found) -> tuple[bool, bool, str]:
    return found.series, found.why == WORDS, found.name


def _identified(wanted: str, report: Report) -> str | None:
    """The kind of the identifier that the words are a piece of; of a phone number they need LEAST_DIGITS digits."""
    digits = _NOT_DIGIT.sub("", wanted)
    number = wanted.lower() if len(wanted) >= LEAST_LETTERS else ""
    without_trunk = digits.removeprefix("44").removeprefix("0") if wanted[:1] in "+0" else digits
    for one in report.identifiers:
        if one.kind == "phone":
            enough = len(digits) >= LEAST_DIGITS and not _LETTER.search(wanted)
            whole = len(without_trunk) >= LEAST_DIGITS and without_trunk in one.value
            if enough and (digits in one.value or whole):
                return "phone"
        elif number and number in one.value.lower():
            return one.kind
    return None


def _tells(wanted: str, report: Report) -> bool:
    """Does the narrative hold the words as whole words?"""
    words = " ".join(_WORD.findall(wanted.lower()))
    told = (report.narrative or "").lower()
    if len(words) < LEAST_LETTERS or not _LETTER.search(wanted) or words.split()[0] not in told:
        return False
    return f" {words} " in f" {' '.join(_WORD.findall(told))} "


def plates_agree(fragment: str, plate: str) -> bool:
    """Can `fragment` be a piece of `plate`? Both are upper case without spaces and may hold `?` and `*`."""
    pieces = [piece for piece in fragment.split("*") if piece]
    if sum(character not in "?*" for character in fragment) < LEAST_CHARACTERS:
        return False
    seen = 0
    for piece in pieces:
        at = next((i for i in range(seen, len(plate)) if _agrees_at(piece, plate, i)), None)
        if at is None:
            return False
        seen = at + len(piece)
    return True


def _agrees_at(piece: str, plate: str, at: int) -> bool:
    window = plate[at : at + len(piece)]
    if len(window) < len(piece):
        return False
    if any(a != b and "?" not in (a, b) for a, b in zip(piece, window, strict=True)):
        return False
    return sum(a == b != "?" for a, b in zip(piece, window, strict=True)) >= min(
        LEAST_CHARACTERS, sum(character != "?" for character in piece)
    )


def masked(value: str) -> str:
    """An identifier with most of its characters hidden: the first and the last two stay."""
    if len(value) <= 3:
        return "•" * len(value)
    return value[0] + "".join("•" if character.isalnum() else character for character in value[1:-2]) + value[-2:]
