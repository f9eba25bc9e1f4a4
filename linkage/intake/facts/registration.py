"""Registration marks: people's words in a field to one pattern.

Canonical form (contract section 2): upper case, no spaces, `?` one unknown character, `*` any number of them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from linkage.intake.document.tokens import tokens
from linkage.intake.facts.plate_formats import FIGURE_LETTER, begins_current, format_of
from linkage.intake.facts.plate_grammar import gathered, parts, pattern_of
from linkage.intake.facts.surface import is_unknown
from linkage.intake.patterns import compiled

_LONGEST = 10  # a European mark with its separators off has at most nine characters [M]
_AGE = compiled(
    r"['\"‘“]?(?:(?P<figures>\d\d)|(?P<letter>[A-HJ-NPR-TV-Ya-hj-npr-tv-y]))['\"’”]?[ -]?(?:reg(?:istration|"
    r"istered|'?d)?|plates?)\b\.?"
)
_SEPARATOR = compiled(r"(?<=[\w?*])[-.·:](?=[\w?*])")
_SPELT_OUT = compiled(r"\w(?: \w){3,}")
_PATTERN = compiled(r"(?=.*[0-9?*])[A-Z0-9?*]+")
_OPEN_YEAR = compiled(r"[A-Z]{2}[0-9]\*[A-Z]{3}")
_LETTERS = str.maketrans(FIGURE_LETTER)
_FIGURES = str.maketrans({letter: figure for figure, letter in FIGURE_LETTER.items()})


@lru_cache(maxsize=50_000)
def normalise(words: str) -> str | None:
    """The pattern that the words describe, or None when no character of the plate is known or it can be no plate.

    "W?? 4X?" -> "W??4X?"; "starts with YH05" -> "YH05*"; "ends in 7XK" -> "*7XK"; "partial: 5TR" -> "*5TR*";
    "57 plate" -> "??57???"; "W reg" -> "W*"; "unknown" -> None. Foreign marks are kept as they are.
    """
    words = words.strip().strip("\"'“”‘’()[]")
    if is_unknown(words):
        return None
    if age := _AGE.fullmatch(words):
        return f"??{age['figures']}???" if age["figures"] else f"{age['letter'].upper()}*"
    if _PATTERN.fullmatch(words):
        return _checked(re.sub(r"\*{2,}", "*", words))
    spaced = words.replace("-", "?") if "--" in words else _SEPARATOR.sub(" ", words)
    said = tokens(f"reg {spaced.replace(' ', '') if _SPELT_OUT.fullmatch(spaced) else spaced}")
    first = next(gathered(said, parts(said, lambda _: True)), None)
    return _checked(pattern_of(said, first)) if first else None


def _opened(plate: str) -> str:
    """A fragment with no word on where it belongs, given the open ends it must have."""
    if "*" in plate or "?" in plate or (len(plate) == 7 and format_of(plate)):
        return plate
    if begins_current(plate):
        return f"{plate}*"
    return f"*{plate}*" if len(plate) <= 4 else plate


def _checked(plate: str) -> str | None:
    plate = _opened(plate)
    known = [char for char in plate if char not in "?*"]
    if not known or len(plate.replace("*", "")) > _LONGEST or not all(c.isascii() for c in known):
        return None
    # what is left open in a current plate can be counted: "KN5 something ELB"
    return plate.replace("*", "?") if _OPEN_YEAR.fullmatch(plate) else put_right(plate)


def put_right(plate: str) -> str:
    """Figures for letters and letters for figures where only that makes a current plate: "YHO5XKT" -> "YH05XKT"."""
    if len(plate) != 7 or "*" in plate or format_of(plate) is not None:
        return plate
    fixed = plate[:2].translate(_LETTERS) + plate[2:4].translate(_FIGURES) + plate[4:].translate(_LETTERS)
    return fixed if format_of(fixed) == "current" else plate
