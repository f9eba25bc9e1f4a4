"""The characters that stand behind a word for a plate: "registration began YH05", "number plate is AB12 CDE"."""

from __future__ import annotations

import re

from linkage.intake.patterns import compiled
from linkage.vocabulary import load

LONGEST = 10  # a European mark with its separators off has at most nine characters [M]
START = (
    r"(?:(?:which |that |it )?(?:starts?|starting|started|begins?|beginning|began|begun)"
    r"(?: (?:with|wit|(?-i:w)(?:/|(?=\s))|in|as|off))?|"
    r"(?:the )?first (?:part|half|bit|letters?|digits?|characters?|numbers?|two|three|four|[2-4])(?: (?:letters?|"
    r"digits?|characters?))?"
    r"(?: (?:is|are|was|were|being|of))?)"
)
END = (
    r"(?:(?:which |that |it )?(?:ends?|ending|ended|finish(?:es|ing|ed)?)(?: (?:with|in|as))?|"
    r"(?:the )?last (?:part|half|bit|letters?|digits?|characters?|numbers?|two|three|four|[2-4])(?: (?:letters?|"
    r"digits?|characters?))?"
    r"(?: (?:is|are|was|were|being|of))?)"
)
INSIDE = r"(?:contain(?:s|ing|ed)|includ(?:es|ing|ed)|has|having|had|with|middle(?: (?:is|was))?)"
BLANK = (
    r"(?:something(?: else)?|some ?thing|summat|blank|unknown|etc|dunno|whatever|then|the rest unknown|"
    r"rest unknown|onwards|\.{3,}|…)"
)
_LINK = compiled(
    r"(?:[\s:,=\-–(\"'“‘]+|\b(?:reg(?:istration)?|no|num|number|mark|plate|of|is|was|were|being|the|some ?thing like|"
    r"sumthing? like|along the lines of|summat like|similar to|like|maybe|possibly|"
    r"possible|may have been|might have been|may be|might be|could be|believed to be|believed|thought to be|i "
    r"think|she thinks|thinks|"
    r"think|approx|about|partial|partially|part|only|remembered|noted|noted as|seen as|as|it|that|which|a|uk)\b\.?)*",
    re.IGNORECASE,
)
_LEAD = compiled(
    rf"(?:(?:{START}|{END}|{INSIDE}|{BLANK})[\s:,\"'“‘]+)+(?:the |letters? |digits? |numbers? |characters? )*",
    re.IGNORECASE,
)
_TOKEN = compiled(
    rf"(?P<gap>(?:[ .\-]|, ?| and |[\"'”’] ?)?)(?:(?P<blank>{BLANK})(?![A-Za-z])|(?P<end>{END}) |"
    r"(?P<plate>[A-Za-z0-9?*_#]{1,9})(?![A-Za-z0-9?*_#]|['’][A-Za-z]))",
    re.IGNORECASE,
)
_NOT_KNOWN = compiled(r"n/?[ak]\b", re.IGNORECASE)
COMMON = frozenset(load("vehicle_context").entries["not_plate"].synonyms)
_CAPITALS = compiled("[A-Z]")
_ENDS = compiled(r"\b(?:end|last|finish)", re.IGNORECASE)
_ZED = compiled("zed|zee", re.IGNORECASE)
_MAY_END = compiled(r"[0-9] [a-z]{1,3}$")
"""Small letters behind capitals, which are more of the plate only behind its figures: "AB12 cde"."""
_ASKED = compiled(r"[A-Z]{3}\?")
"""The last letters of a plate with a question mark behind them, which asks: "plate ends OJB? he's back"."""


def after_cue(text: str, at: int) -> tuple[int, int] | None:
    """Span of plate characters that follow a cue word at `at`, with the words that say where they belong."""
    link = _LINK.match(text, at)
    begin = link.end() if link else at
    if _NOT_KNOWN.match(text, begin):
        return None
    lead = _LEAD.match(text, begin)
    end = lead.end() if lead else begin
    last, seen = None, ""
    while len(seen) < LONGEST:
        token = _TOKEN.match(text, end)
        if token is None or (token["gap"] in (". ", ", ", ",") and not seen):
            break
        if token["plate"] is not None:
            if not _plausible(token["plate"], seen, lead is not None):
                break
            if lead and _ENDS.match(lead[0]) and _ASKED.fullmatch(token["plate"]):
                return begin, token.end() - 1
            seen += token["plate"]
        last = token.end() if token["end"] is None else last
        end = token.end()
    if last is None or not re.search(r"[A-Za-z0-9]", seen):
        return None
    return begin, last


def _plausible(piece: str, seen: str, directed: bool) -> bool:
    """Whether a word after a cue can be plate characters, given those before it."""
    if re.search(r"[?*_#]", piece):
        return re.search(r"[a-z]{3}", piece) is None
    small = piece.islower() and _CAPITALS.search(seen) is not None
    if piece.lower() in COMMON or _ZED.fullmatch(piece) or (small and not _MAY_END.search(f"{seen} {piece}")):
        return False
    if piece.isdigit():
        return len(piece) <= 4 and bool(seen or directed)
    if piece.isalpha():
        if len(piece) > 3:
            return False
        return piece.isupper() or directed or (len(piece) == 3 and seen[-1:].isdigit())
    return re.fullmatch(r"[A-Za-z]{0,3}\d{1,4}[A-Za-z]{0,3}", piece) is not None and not re.fullmatch(
        r"\d+(?:st|nd|rd|th|am|pm|yrs?|ft|km|mins?|hrs?)", piece, re.IGNORECASE
    )
