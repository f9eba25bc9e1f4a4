"""Registration marks: people's words to one pattern, and plates found in a text.

Canonical form (contract section 2): upper case, no spaces, `?` one unknown character, `*` any number of them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from linkage.intake.document.tokens import Token, tokens
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.plate_formats import begins_current, format_of
from linkage.intake.facts.plate_grammar import Plates
from linkage.intake.facts.plate_surroundings import low, roles
from linkage.intake.patterns import compiled

_LONGEST = 10  # a European mark with its separators off has at most nine characters [M]
_UNKNOWN = compiled(
    r"\s*(?:(?:was |is )?(?:un|not )known|unk|(?:was |were )?not (?:seen|noted|recorded|given|known|remembered|"
    r"taken|sure|visible|stated|clear)|un(?:sure|seen|clear|readable)|n/?[ak]|none(?: seen)?|nil|no|null|nan|missing|"
    r"covered|did ?n[o']t (?:see|get|notice).*|don'?t (?:know|remember).*|dunno|can'?t remember.*|could ?n[o']t .*|"
    r"no (?:idea|plates?|number plates?|reg\w*)|[-?.*_ ]*)\s*",
    re.IGNORECASE,
)
_AGE = compiled(
    r"['\"‘“]?(?:(?P<figures>\d\d)|(?P<letter>[A-HJ-NPR-TV-Ya-hj-npr-tv-y]))['\"’”]?[ -]?(?:reg(?:istration|"
    r"istered|'?d)?|plates?)\b\.?"
)
_CHOICE = compiled(r"(?<=\s)or(?=\s)|,\s*maybe\b", re.IGNORECASE)
_SEPARATOR = compiled(r"(?<=[\w?*])[-.·:](?=[\w?*])")
_PATTERN = compiled(r"(?=.*[0-9?*])[A-Z0-9?*]+")
_OPEN_YEAR = compiled(r"[A-Z]{2}[0-9]\*[A-Z]{3}")
_SAYS_NOTHING = frozenset(
    (
        "plate",
        "number",
        "kind",
        "link",
        "vehicle",
        "inside",
        "part",
        "private",
        "noted",
        "holds",
        "rest",
        "may",
        "post",
    )
) | {"legible", "start", "end", "unread"}
_CONFUSED_FOR_DIGIT, _CONFUSED_FOR_LETTER = {"O": "0", "I": "1"}, {"0": "O", "1": "I"}
_CONFIDENCE = {"full_plate": 0.9, "before_cue": 0.85, "described": 0.8}
"""How often each rule is right [G]."""


@lru_cache(maxsize=50_000)
def normalise(words: str) -> str | None:
    """The pattern that the words describe, or None when no character of the plate is known or it can be no plate.

    "W?? 4X?" -> "W??4X?"; "starts with YH05" -> "YH05*"; "ends in 7XK" -> "*7XK"; "partial: 5TR" -> "*5TR*";
    "57 plate" -> "??57???"; "W reg" -> "W*"; "unknown" -> None. Foreign marks are kept as they are.
    """
    words = words.strip().strip("\"'“”‘’()[]")
    if _UNKNOWN.fullmatch(words):
        return None
    if age := _AGE.fullmatch(words):
        return f"??{age['figures']}???" if age["figures"] else f"{age['letter'].upper()}*"
    choices = _CHOICE.split(words)
    if len(choices) > 1:
        return _either([plate for choice in choices if (plate := normalise(choice))])
    return _checked(_assemble(words))


def find(text: str) -> list[Finding]:
    """Registration marks, full and partial, in a text; spans hold the plate and the words that place it."""
    return [
        Finding("registration", _put_right(plate), start, end, rule, _CONFIDENCE[rule])
        for start, end, plate, rule in Plates(text).found()
    ]


def _either(plates: list[str]) -> str | None:
    """One pattern for plates a witness could not choose between: what they share stays known."""
    if not plates or len({len(plate) for plate in plates}) > 1:
        return None
    return _checked("".join(chars[0] if len(set(chars)) == 1 else "?" for chars in zip(*plates, strict=True)))


def _assemble(words: str) -> str:
    """Plate characters in their order, with "*" where the words leave a part open."""
    if _PATTERN.fullmatch(words):
        return _opened(re.sub(r"\*{2,}", "*", words), part=False)
    text = words.replace("-", "?") if "--" in words else _SEPARATOR.sub(" ", words)
    pieces: list[str] = []
    inside, start, end = False, False, False
    spaced = re.fullmatch(r"\w(?: \w){3,}", text) is not None
    said = tokens(text.replace(" ", "") if spaced else text)
    for at, word in enumerate(said):
        can = frozenset[str]() if spaced else roles(word.low)
        if _is_characters(word, can):
            pieces.append(re.sub(r"[_#]", "?", word.text).upper())
        elif "start" in can:
            start, end = True, False
        elif "end" in can:
            end = True
            pieces.append("*")
        elif ("unread" in can and low(said, at + 1) != "like") or word.text[:2] == ".." or word.text == "…":
            pieces.append("*")
        elif "holds" in can and "part" not in can and not start:
            inside = True
            pieces.append("" if pieces else "*")
    plate = "".join(pieces) + ("*" if (start or inside) and not end else "")
    part = any("part" in roles(word.low) for word in tokens(words)) and not (start or end or inside)
    return _opened(re.sub(r"\*{2,}", "*", plate), part)


def _is_characters(word: Token, can: frozenset[str]) -> bool:
    if not (word.text[0].isalnum() and word.text.isascii()):
        return word.text[0] in "?*_#"
    if can & _SAYS_NOTHING and not (len(word.text) == 1 and word.text.isupper()):
        return word.text.isdigit() and not can & {"start", "end"}
    return not (word.text.isalpha() and len(word.text) > 3 and not word.text.isupper())


def _opened(plate: str, part: bool) -> str:
    """A fragment with no word on where it belongs, given the open ends it must have."""
    if "*" in plate or ("?" in plate and not part) or not plate or (len(plate) == 7 and format_of(plate)):
        return plate
    if begins_current(plate):
        return f"{plate}*"
    return f"*{plate}*" if part or len(plate) <= 4 else plate


def _checked(plate: str) -> str | None:
    known = [char for char in plate if char not in "?*"]
    if not known or len(plate.replace("*", "")) > _LONGEST or not all(c.isascii() for c in known):
        return None
    # what is left open in a current plate can be counted: "KN5 something ELB"
    return plate.replace("*", "?") if _OPEN_YEAR.fullmatch(plate) else _put_right(plate)


def _put_right(plate: str) -> str:
    """O for 0 and I for 1 put right where only that makes a current plate: "YHO5XKT" -> "YH05XKT"."""
    if len(plate) != 7 or "*" in plate or format_of(plate) is not None:
        return plate
    figures = "".join(_CONFUSED_FOR_DIGIT.get(char, char) for char in plate[2:4])
    ends = [_CONFUSED_FOR_LETTER.get(char, char) for char in plate[:2] + plate[4:]]
    fixed = "".join(ends[:2]) + figures + "".join(ends[2:])
    return fixed if format_of(fixed) == "current" else plate
