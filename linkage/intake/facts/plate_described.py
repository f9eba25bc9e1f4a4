"""Partial plates that are described rather than written: "last three letters XBT", "had a W and a 7 in it"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linkage.intake.facts.plate_formats import begins_current

_PLATE_WORD = r"(?:car\s)?(?:reg(?:istration)?(?:\splate)?|(?:number\s|licence\s)?plate|index|vrm)"
_OF_IT = rf"(?:\s(?i:of|on|in)\s(?i:it|(?:the|his|its)\s{_PLATE_WORD}))?"
_HEDGED = (
    r"(?:\s(?i:was|were|is|are|being|may be|might be|looked like|i think|got|noted|seen|read|caught|taken|"
    r"remembered|recalled|legible|"
    r"visible|known|recorded|made out|as))*"
)
_COUNTED = re.compile(
    r"\b(?P<lead>(?i:first|last))\s(?i:part|half|bit|two|three|four|[2-4]|letters|digits|"
    r"characters)(?:\s(?i:letters?|digits?|characters?|numbers?))?"
    rf"{_OF_IT}{_HEDGED}[\s:,\"'“‘]+(?P<plate>[A-Z0-9]{{1,4}})\b(?![\s-]?[0-9])"
)
_DIRECTED = re.compile(
    r"\b(?P<lead>(?i:start|begin|began|beg[iu]n|end|finish)\w*)(?:\s(?i:with|in|"
    r"as))?[\s:,\"'“‘]+(?:(?i:the)\s(?i:letters?)\s)?"
    r"(?P<plate>[A-Z]{2}[0-9]{2}\s?[A-Z]{1,2}|[A-Z]{1,3}[0-9]{0,2}|[0-9]{1,2}[A-Z]{1,3})\b(?!['’])"
)
_MORE = re.compile(
    r",?\s(?i:and|but|also)\s(?:(?i:it\s)?(?i:has|had|with|contains|contained|includes|included)\s(?:(?i:an?|"
    r"the|two)\s)?(?P<has>[A-Z]{1,3}|[0-9]{1,3})\b"
    r"(?:\s(?i:in)\s(?i:it|the middle))?|(?i:the\s)?(?i:ends?|ending|ended|finish\w*|last\s(?:letters?|digits?|"
    r"numbers?|ones?))"
    r"(?:\s(?i:in|with|is|was|were|are|may be|might be|could be|possibly|maybe|an?))*\s(?P<last>[A-Z0-9]{1,3})\b)"
)
"""What else is told of a plate whose beginning is known: "starts V and has 8 in it", "begins BX and ends in T"."""
_LETTERS_THEN = re.compile(
    rf"(?i:\b{_PLATE_WORD}|\bnumber)\b[^.!?;\n]{{0,16}}?\b(?i:was|is|were)\s(?P<plate>[A-Z]{{2}})\s(?i:and|"
    rf"then)(?:\s(?i:then|and|number))*\s"
    r"(?P<then>[0-9]{2})\b"
)
_SOMETHING = re.compile(
    rf"\b(?P<plate>[A-Z]{{1,2}}[0-9]{{0,2}})(?:-|\s)(?i:something|summat|"
    rf"reg)\s(?i:{_PLATE_WORD})\b"
)
_PART_OF = re.compile(
    r"\b(?P<plate>[A-Z]{2}[0-9]{2}|[A-Z]{2,3}|[0-9]{2,3})\b\s(?:(?:was|were|is|are|being)\s)?(?:part\sof|in|on)\s"
    rf"(?:the|his|its)\s{_PLATE_WORD}\b"
)
_HAD = re.compile(
    rf"(?i:\b{_PLATE_WORD}\b[^.!?;\n]{{0,12}}?\b(?:had|has|with|contain\w*|includ\w*)\s(?:an?\s|"
    rf"the\s(?:letters?\s|numbers?\s)?)?)"
    r"(?P<plate>[A-Z]{2}[0-9]{2}|[A-Z]{1,3}|[0-9]{1,3})(?:\s(?:and|then)\s(?:an?\s)?(?P<second>[A-Z]{1,3}|"
    r"[0-9]{1,3}))?"
    r"\s(?:in|on)\s(?:it|the|there)\b"
)
_VEHICLE = re.compile(r"\b(?:car|van|plate|reg\w*|number|index|vehicle|taxi|driv\w+|drove|motor)\b", re.IGNORECASE)
_OTHER_NUMBER = re.compile(r"\b(?:phone|mobile|tel\w*|post ?code|call\w*|text\w*)\b[^.!?;\n]*$", re.IGNORECASE)
_PLATE_WORDS = ("reg", "plate", "index", "vrm", "number")
_CUES = ("first", "last ", "start", "beg", "end", "finish", *_PLATE_WORDS)
_REACH = 90  # [G] characters before "ending 4TJ" in which a vehicle or its plate must be spoken of


def described(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, pattern) of each partial plate that `text` describes in one of these ways."""
    low = text.lower()
    if not any(word in low for word in _CUES):
        return
    for found in _COUNTED.finditer(text):
        if re.search("[A-Z]", found["plate"]):
            yield *found.span(), _directed(found["lead"], found["plate"])
    for found in _LETTERS_THEN.finditer(text):
        yield *found.span(), f"{found['plate']}{found['then']}*"
    for found in _SOMETHING.finditer(text):
        yield *found.span("plate"), f"{found['plate']}*"
    for found in _DIRECTED.finditer(text):
        before = text[max(0, found.start() - _REACH) : found.start()]
        if re.search("[A-Z]", found["plate"]) and _VEHICLE.search(before) and not _OTHER_NUMBER.search(before):
            plate, more = _directed(found["lead"], found["plate"]), _MORE.match(text, found.end())
            if more and plate.endswith("*"):
                plate += f"{more['has']}*" if more["has"] else more["last"]
            yield found.start(), more.end() if more else found.end(), plate
    if not any(word in low for word in _PLATE_WORDS):
        return
    for found in _PART_OF.finditer(text):
        yield *found.span(), f"{found['plate']}*" if begins_current(found["plate"]) else f"*{found['plate']}*"
    for found in _HAD.finditer(text):
        second = f"{found['second']}*" if found["second"] else ""
        yield *found.span(), f"*{found['plate']}*{second}"


def _directed(lead: str, plate: str) -> str:
    plate = re.sub(r"\s", "", plate)
    first = lead.lower().startswith(("first", "start", "beg"))
    return f"{plate}*" if first else f"*{plate}"
