"""Registration marks: people's words to one pattern, and plates found in a text.

Canonical form (contract section 2): upper case, no spaces, `?` one unknown character, `*` any number of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from linkage.intake.facts.finding import Finding
from linkage.intake.facts.plate_after_cue import BLANK, COMMON, END, INSIDE, LONGEST, START, after_cue
from linkage.intake.facts.plate_compare import PlateComparison, compare
from linkage.intake.facts.plate_described import described
from linkage.intake.facts.plate_formats import begins_current, cues, format_of, may_hold_full
from linkage.intake.facts.plate_joined import joined_up
from linkage.intake.patterns import compiled

__all__ = ["PlateComparison", "compare", "find", "format_of", "normalise"]

_UNKNOWN = compiled(
    r"\s*(?:(?:was |is )?(?:un|not )known|unk|(?:was |were )?not (?:seen|noted|recorded|given|known|remembered|"
    r"taken|sure|visible|stated|clear)|"
    r"un(?:sure|seen|clear|readable)|n/?[ak]|none(?: seen)?|nil|no|null|nan|missing|covered|did ?n[o']t (?:see|get|"
    r"notice).*|"
    r"don'?t (?:know|remember).*|dunno|can'?t remember.*|could ?n[o']t .*|no (?:idea|plates?|number plates?|"
    r"reg\w*)|[-?.*_ ]*)\s*",
    re.IGNORECASE,
)
_FILLER = (
    r"(?:vehicle|car|uk|part(?:ial(?:ly)?)?|reg(?:istration)?s?|regi?|number|no|num|plates?|mark|vrm|index|"
    r"licen[cs]e|is|was|being|"
    r"the|of|like|possibly|maybe|perhaps|probably|similar(?: to)?|approx(?:imately)?|about|only|i think|think|and|"
    r"(?-i:a)|an|in it|in|"
    r"letters?|digits?|characters?|numbers?|said to be|believed to be|believed|thought to be|may be|might be|could "
    r"be|or similar|as|it|on)"
)
_WORD = compiled(
    rf"(?P<start>\b{START}(?![a-z0-9?*_]))|(?P<end>\b{END}(?![a-z0-9?*_]))|(?P<blank>{BLANK}(?![a-z]))|"
    rf"(?P<filler>\b{_FILLER}\b(?![?*_]))|(?P<inside>\b{INSIDE}\b(?![?*_]))|(?P<plate>[a-z0-9?*_#]+|-{{2,}}|\.\.)",
    re.IGNORECASE,
)
_AGE_IDIOM = compiled(
    r"['\"‘“]?(?:(?P<figures>\d\d)|(?P<letter>[A-HJ-NPR-TV-Ya-hj-npr-tv-y]))['\"’”]?[ -]?(?:reg(?:istration|"
    r"istered|'?d)?|plates?)\b\.?"
)
_OPEN_YEAR = compiled(r"[A-Z]{2}[0-9]\*[A-Z]{3}")
_SINGLES = str.maketrans({"_": "?", "#": "?", "-": "?", ".": "?"})
_CONFUSED_FOR_DIGIT, _CONFUSED_FOR_LETTER = {"O": "0", "I": "1"}, {"0": "O", "1": "I"}


@lru_cache(maxsize=50_000)
def normalise(words: str) -> str | None:
    """The pattern that the words describe, or None when no character of the plate is known or it can be no plate.

    "W?? 4X?" -> "W??4X?"; "starts with YH05" -> "YH05*"; "ends in 7XK" -> "*7XK"; "partial: 5TR" -> "*5TR*";
    "57 plate" -> "??57???"; "W reg" -> "W*"; "unknown" -> None. Foreign marks are kept as they are.
    """
    words = words.strip().strip("\"'“”‘’()[]")
    if _UNKNOWN.fullmatch(words):
        return None
    idiom = _AGE_IDIOM.fullmatch(words)
    if idiom:
        return f"??{idiom['figures']}???" if idiom["figures"] else f"{idiom['letter'].upper()}*"
    choices = re.split(r"(?<=\s)or(?=\s)|,\s*maybe\b", words, flags=re.IGNORECASE)
    if len(choices) > 1:
        read = [plate for choice in choices if (plate := normalise(choice))]
        return _either(read)
    return _checked(_assemble(words))


def _either(plates: list[str]) -> str | None:
    """One pattern for plates a witness could not choose between: what they share stays known."""
    if not plates:
        return None
    if len({len(plate) for plate in plates}) > 1:
        return None
    return _checked("".join(chars[0] if len(set(chars)) == 1 else "?" for chars in zip(*plates, strict=True)))


def _assemble(words: str) -> str:
    """Plate characters in their order, with "*" where the words leave a part open."""
    text = words.replace("-", "?") if "--" in words else re.sub(r"(?<=[\w?*])[-.·:](?=[\w?*])", " ", words)
    if re.fullmatch(r"\w(?: \w){3,}", text):
        text = text.replace(" ", "")
    pieces: list[str] = []
    open_start, open_end, directed, ending = False, False, False, False
    for found in _WORD.finditer(text):
        kind = found.lastgroup
        if kind == "start":
            directed, open_end = True, True
        elif kind == "end":
            directed, ending, open_end = True, True, False
            pieces.append("*")
        elif kind == "inside":
            directed = True
            open_start, open_end = not pieces, True
        elif kind == "blank":
            pieces.append("*")
        elif kind == "plate" and (piece := _plate_piece(found[0], words)):
            pieces.append(piece)
    plate = "".join(pieces)
    plate = f"*{plate}" if open_start else plate
    plate = f"{plate}*" if open_end and not ending else plate
    partial = re.search(r"\bpart(?:ial(?:ly)?)?\b", words, re.IGNORECASE) is not None
    return _opened(re.sub(r"\*{2,}", "*", plate), partial and not directed)


def _plate_piece(piece: str, words: str) -> str | None:
    if not re.search(r"[A-Za-z0-9]", piece):
        return piece.translate(_SINGLES)
    if piece.isalpha() and len(piece) > 3 and (len(words.split()) > 2 or not piece.isupper()):
        return None
    return re.sub(r"[_#]", "?", piece).upper()


def _opened(plate: str, partial: bool) -> str:
    """A fragment with no word on where it belongs, given the open ends it must have."""
    if "*" in plate or ("?" in plate and not partial) or not plate or (len(plate) == 7 and format_of(plate)):
        return plate
    if begins_current(plate):
        return f"{plate}*"
    return f"*{plate}*" if partial or len(plate) <= 4 else plate


def _checked(plate: str) -> str | None:
    known = [char for char in plate if char not in "?*"]
    if not known or len(plate.replace("*", "")) > LONGEST or not all(c.isascii() for c in known):
        return None
    return _spelt(plate)


def _spelt(plate: str) -> str:
    """O for 0 and I for 1 put right where only that makes a current plate ("YHO5XKT" -> "YH05XKT"), and what is left
    open in one counted ("KN5 something ELB" -> "KN5?ELB")."""
    if _OPEN_YEAR.fullmatch(plate):
        return plate.replace("*", "?")
    if len(plate) != 7 or "*" in plate or format_of(plate) is not None:
        return plate
    figures = "".join(_CONFUSED_FOR_DIGIT.get(char, char) for char in plate[2:4])
    ends = [_CONFUSED_FOR_LETTER.get(char, char) for char in plate[:2] + plate[4:]]
    fixed = "".join(ends[:2]) + figures + "".join(ends[2:])
    return fixed if format_of(fixed) == "current" else plate


_FULL = compiled(
    r"\b(?:(?P<current>[A-Z]{2}[0-9OI]{2}[ .\-]?[A-Z]{3}|[a-z]{2}[0-9]{2} ?[a-z]{3}|[A-Z][a-z][0-9]{2} [A-Za-z]{3})|"
    r"(?P<prefix>[A-HJ-NPR-TV-Y][0-9]{1,3} ?[A-Z]{3})|(?P<suffix>[A-Z]{3} ?[0-9]{1,3}[A-HJ-NPR-TV-Y]))\b"
)
_WILD = compiled(r"(?<![\w?*@/.&=+])[A-Z0-9?*_]{1,8}(?: [A-Z0-9?*_]{1,5})?(?![\w?*@/=])")
_LIKE_CURRENT = compiled(r"[A-Z]{2}[0-9]{2}[A-Z]{3}")  # a witness may name letters that are not issued
_REFERENCE = compiled(
    r"\b(?:ref(?:erence)?|crime|log|incident|case|badge|collar|order|booking|quote|quoting)\b"
    r"(?: (?:no|number|ref|code))?\.?[\s:#]*$",
    re.IGNORECASE,
)
_POSTCODE = compiled(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z?]{2}")
_AGE_CUE = compiled(
    r"(?:\b\d\d[ -]?(?:plate|reg(?:istration|istered|'?d)?)|(?:['‘“\"][A-HJ-NPR-TV-Y]['’”\"]|"
    r"\b[B-HJ-NPR-TV-Y])[ -]reg(?:istration|istered|'?d)?|"
    r"\bA-reg(?:istration|istered)?)\b"
)
_BEFORE_CUE = compiled(
    r"\b(?P<plate>[A-Za-z]{2}[0-9]{2}|[A-Z][0-9]{1,3})(?= (?:reg|registration|number plates?|plates?)\b)"
)


def _spans(text: str) -> Iterator[tuple[int, int, str, float]]:
    """(start, end, rule, confidence) of the candidates in the order in which they are believed."""
    for _, end in cues(text):
        if span := after_cue(text, end):
            yield (*span, "after_cue", 0.95)
    for found in _FULL.finditer(text) if may_hold_full(text) else ():
        if _full_plate(found):
            yield found.start(), found.end(), "full_plate", 0.9
    if "reg" in text or "plate" in text:
        for found in _BEFORE_CUE.finditer(text):
            yield found.start(), found.end(), "before_cue", 0.85
        for found in _AGE_CUE.finditer(text):
            yield found.start(), found.end(), "age_identifier", 0.85
    if "?" in text or "*" in text or "_" in text:
        for found in _WILD.finditer(text):
            if _wild_plate(found[0]):
                yield found.start(), found.end(), "wildcards", 0.8


def _full_plate(found: re.Match[str]) -> bool:
    kind = found.lastgroup
    letters = found[0][:3] if kind == "suffix" else found[0][-3:]
    if _REFERENCE.search(found.string[max(0, found.start() - 30) : found.start()]):
        return False
    plain = normalise(found[0]) or ""
    fits = format_of(plain) == kind or (kind == "current" and _LIKE_CURRENT.fullmatch(plain) is not None)
    return letters.lower() not in COMMON and fits


def _wild_plate(words: str) -> bool:
    inner, parts = words.rstrip("?*"), words.split()
    if len(parts) > 1 and any(part.isalpha() for part in parts) and any(not re.search("[A-Z0-9]", p) for p in parts):
        return False  # "** BE AWARE **"
    if not re.search(r"[A-Z]", words) or not re.search(r"[?*_]", words) or _POSTCODE.fullmatch(words):
        return False
    if len(words.replace(" ", "")) < 4 or re.fullmatch(r"[A-Z]+[?*_]+", words.replace(" ", "")):
        return re.fullmatch(r"[A-Z]{1,2}[?_]{3,6}", words.replace(" ", "")) is not None
    return bool(re.search(r"[?*_]", inner)) or len(words) - len(inner) >= 2


CUE_CHARACTERS = 20
"""Longest cue between two marks that may claim it, "registration number" [G]."""


def find(text: str) -> list[Finding]:
    """Registration marks, full and partial, in a text; spans hold the plate and the words that place it.

    Read after a cue ("reg", "number plate", "registration began YH05"), before one ("YH05 reg"), from the age idiom
    ("57 plate", "W reg"), and without a cue only full marks and marks written with wildcards. Postcodes, road numbers
    and models are left alone.
    """
    taken: list[Finding] = []
    written = [(*span, plate) for span in _spans(text) if (plate := normalise(text[span[0] : span[1]])) is not None]
    for start, end, told in sorted(described(text), key=lambda one: -_known(one[2])):
        value = re.sub(r"\*{2,}", "*", told)
        if any(start < other.end and other.start < end for other in taken):
            continue
        if not any(a <= start and end <= b and _known(plate) > _known(value) for a, b, _, _, plate in written):
            taken.append(Finding("registration", value, start, end, "described", 0.8))
    for start, end, rule, confidence, value in written:
        if not any(start < other.end and other.start < end for other in taken):
            taken.append(Finding("registration", value, start, end, rule, confidence))
    return joined_up(
        text, sorted((one for one in taken if not _yields(one, taken)), key=lambda finding: finding.start)
    )


def _known(plate: str) -> int:
    return sum(char.isalnum() for char in plate)


def _yields(finding: Finding, others: list[Finding]) -> bool:
    """A cue that has a plate behind it speaks of that one: in "Audi A3 reg ending 5KX" the A3 is the model."""
    return finding.rule == "before_cue" and any(
        other.rule in ("after_cue", "described") and 0 < other.start - finding.end <= CUE_CHARACTERS
        for other in others
    )
