"""A "?" or "*" of a question: punctuation after a word, an unknown character in a registration."""

from __future__ import annotations

import re

from linkage.intake.gazetteer.resolution import gazetteer

PLATE = re.compile(r"(?=.*[?*])(?=.*[0-9])(?=(?:.*[A-Za-z0-9]){2})[A-Za-z0-9?*]{3,10}|\*[A-Za-z]{3}|[A-Z]{2}\*")
"""A registration that its wildcards and a digit give away, or the first or last letters of one."""

_CUE = (
    r"\b(?:reg(?:istration|istered|'d)?|number ?plate|licen[cs]e ?plate|plates?|vr[mn]|"
    r"index(?= (?:no|number|mark|plate|was|is|of|being|as|beg|start|end|contain|includ|read|may|might|"
    r"(?:of )?['\"“‘]?(?-i:[A-Z]{1,3}[0-9])))|(?<=part.)index|"
    r"partial(?=\s?[:–-]\s(?:(?:start|begin|end|began)|(?-i:[A-Z]{1,2}[0-9]{1,3}\b)))|"
    r"(?:car|van|vehicle|bike|motorcycle|motorbike|moped|scooter|lorry|truck|taxi|cab|motor|pick-?up|its|"
    r"his)(?:['’]s)? number"
    r"(?=[ ,:]+(?:(?:as|was|is|being|(?:she|he|they) (?:gave|noted|read|took)|"
    r"beginning|began|starting|started|ending|ended|may be|could be|possibly)[ ,:]+)*"
    r"[\"'“‘]?(?-i:[A-Z]{1,2}(?:[0-9]|, ))))\b\.?"
)
"""A word behind which a question gives a registration mark."""
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")
_CUED = re.compile(
    rf"(?:{_CUE})(?:[ :]+(?:is|was|of|like|with|starts?|starting|begins?|beginning|ends?|ending|in|contains?|"
    r"containing|partial|no|number|plate|mark))*[ :]*$",
    re.IGNORECASE,
)
_MARKED = re.compile(
    r"(?<![^\s(,;:/\"“'‘])(?P<word>[^\s?*,;\"“”]*\w\w[)'’!.]*|I)(?P<marks>\?+!*|!+\?[?!]*)(?=$|[\s),;:.\"”])"
)
_PLATE_LIKE = re.compile(r"[A-Z]{1,3}[0-9][A-Z0-9]*|[a-z]{2}[0-9]{2}|[A-Z0-9]*[0-9][A-Z][A-Z0-9]*")
_GOES_ON = re.compile(r"\s(?=[A-Z?*]*[?*])[A-Z?*]{3}(?![\w?*])")
"""The rest of a registration behind a mark: "SP1? ???", which begins as a postcode does."""
_SIGNS = 7
"""Signs of a registration of the current format."""
ROAD = re.compile(r"[ABM][0-9]{1,4}")
"""A motorway or another numbered road."""
_BEGINS_UNREAD = re.compile(r"[A-Z]{2}\?\?")
"""The first half of a registration of these years whose figures nobody read: "YK?? ?FD"."""


def without_marks(words: str) -> str:
    """The words without the question marks that only end a question; what stands in quotes is left as it is.

    A mark stays after what may be a part of a registration ("KX18?"), and where the words ask for one ("reg ABC?").
    """
    quoted = [found.span() for found in _QUOTED.finditer(words)]

    def bare(found: re.Match[str]) -> str:
        """The word without its mark; as it stands inside quotation marks or as a plate."""
        inside = any(start <= found.start() < end for start, end in quoted)
        return found.group() if inside or _of_plate(words, found) else found["word"] + " "

    return _MARKED.sub(bare, words)


def asks_for_plate(before: str) -> bool:
    """Do the words before say that a registration follows?"""
    return _CUED.search(before) is not None


def _of_plate(words: str, found: re.Match[str]) -> bool:
    word = found["word"]
    if asks_for_plate(words[: found.start()]) and word.isalnum():
        return True
    if _BEGINS_UNREAD.fullmatch(word + found["marks"]) and _GOES_ON.match(words, found.end()):
        return True
    whole = len(found["word"] + found["marks"]) == _SIGNS or _GOES_ON.match(words, found.end())
    if _PLATE_LIKE.fullmatch(word) and whole:
        return True
    known = ROAD.fullmatch(word) or gazetteer().resolve(word.upper()) is not None
    return _PLATE_LIKE.fullmatch(word) is not None and not known
