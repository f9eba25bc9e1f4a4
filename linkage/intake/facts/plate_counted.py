"""Plates told by how many of their characters are known, by what is left of them, or as private ones: "one digit of
the number, a 4", "two letters from the middle of the plate, and they are VN", "only FN and a final T can be read",
"RN followed by two figures", "private plate, perhaps 61 BQA"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linkage.intake.facts import plate_run
from linkage.intake.facts.plate_context import ANY_ORDER, OTHER_NUMBER, PLATE, REACH, of_a_plate
from linkage.intake.facts.plate_formats import begins_current, format_of
from linkage.intake.facts.plate_fragment import NO_PLATE, of_a_vehicle
from linkage.intake.facts.plate_places import KINDS, NUMBER, PLATE_WORD
from linkage.intake.facts.spoken_numbers import number
from linkage.intake.facts.vehicle_names import compact, readings
from linkage.intake.patterns import compiled

_THE = r"(?:(?:the|its|his|her|their|a)\s)?(?:[\w'’-]+\s){0,2}?"
_COUNTED = compiled(
    rf"(?<!first\s)(?<!last\s)(?<!final\s)\b(?P<hand>one|an?|two|three|four|five|some|several|[1-5])\s(?:[a-z]+\s)?{KINDS}\s(?:of|on|off|from|in)\s"
    r"(?:(?:the|its)\s(?:(?P<start>start|beginning|front)|(?P<end>end|back)|middle)\sof\s)?"
    rf"{_THE}(?P<number>{NUMBER})\b",
    re.IGNORECASE,
)
_THEY_ARE = compiled(
    r"(?:\s?[,:;(–-]|\s(?:and|they|these|which|that|it|were|was|are|is|being|namely|perhaps|maybe|possibly|might|may|"
    rf"be|known|noted|seen|an?|the|{KINDS})\b){{1,6}}\s?['\"“‘]?",
    re.IGNORECASE,
)
_LEFT = compiled(
    r"\b(?i:only|just|all\sbut|apart\sfrom)\s(?:(?i:the)\s)?(?:(?i:letters|figures|characters)\s)?['\"“‘]?(?=[A-Z0-9])"
)
_CAN_BE_READ = compiled(
    r"['\"”’]?\s(?:(?:could|can)\s(?:be|still)|was|were|is|are|remained|showed|shows)\s?"
    r"(?:made|read|seen|visible|legible|readable|remembered|recalled|noted|clear|known)?\b",
    re.IGNORECASE,
)
_ALL_GOT = compiled(
    r"\ball\s(?:that\s)?(?:i|we|she|he|they|the\s\w+)\s(?:could\s|can\s|had\s|has\s|have\s)?"
    r"(?:got|get|have|has|had|saw|see|seen|read|remember\w*|recall\w*|caught|made\sout|make\sout)\s(?:of|from|on)\s"
    rf"(?:the|its|his|her|their)\s(?:[\w'’-]+\s)?{PLATE_WORD}\s(?:was|is|were|are)\s(?:(?:an?|the)\s)?(?:{KINDS}\s)?"
    r"['\"“‘]?(?=(?-i:[A-Z0-9]))",
    re.IGNORECASE,
)
_WHICH = compiled(
    rf"\b(?P<number>{NUMBER})[,]?\s(?:in|on)\swhich\s(?:there\s(?:is|was|are|were)\s)?(?:(?:the|an?)\s)?(?:{KINDS}\s)?"
    r"['\"“‘]?(?=(?-i:[A-Z0-9]))",
    re.IGNORECASE,
)
_FOLLOWED = compiled(
    r"(?<![\w?*-])(?P<plate>[A-Z]{1,3}|[A-Z]{1,2}[0-9]{1,3}|[0-9]{1,3})['\"”’]?,?\s(?:(?i:was|is)\s)?(?i:followed\sby|"
    r"then|plus|and)\s(?i:(?:an?\s)?(?:one|two|three|four|couple\sof|few|some|[1-4])\s(?:more\s|other\s|unknown\s)?"
    r"(?:letters|characters|digits|numbers|numerals|figures))\b"
)
_PRIVATE = compiled(
    rf"\b(?:private|personal(?:i[sz]ed)?|cherished|vanity|custom|novelty)\s(?:{PLATE_WORD}|number)\b|"
    rf"\b{PLATE_WORD}\s(?:was|is)\s(?:a\s)?(?:private|personal(?:i[sz]ed)?|cherished)(?:\sone)?\b",
    re.IGNORECASE,
)
_SPELLS = compiled(
    r"(?:\s?[,:(–-]|\s(?:reads?|reading|spells?|spelling|out|perhaps|maybe|possibly|like|is|was|of|said|saying|one|a|"
    r"private|two|three|and|letters|numbers|figures|digits|something|i\sthink)\b){0,9}\s['\"“‘]?",
    re.IGNORECASE,
)
_WHOLE = compiled(
    r"(?P<plate>(?:[A-Z]{1,3}\s?[0-9]{1,4}(?:\s?[A-Z]{2,3})?|[0-9]{1,4}\s?[A-Z]{1,3}))"
    r"(?![\w?*]|['’]?s\b|\s(?:something|summat|and|then|or)\b|\.{2})"
)
_NUMBER = compiled(r"\bnumber\b", re.IGNORECASE)
_KINDS_OF_CHARACTERS = ("letter", "character", "digit", "number", "numeral", "figure")
_MOST = 5  # [G] characters that are called some of a plate
_ABOUT = 130  # [G] characters before a fragment in which its vehicle is named


def counted(text: str, low: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, pattern) of each plate that `text`, in lower case `low`, tells in these ways."""
    if any(word in low for word in _KINDS_OF_CHARACTERS):
        yield from _known_characters(text)
        yield from _followed(text)
    if "only " in low or "just " in low or "all but" in low or "apart from" in low:
        yield from _left_over(text)
    if "all " in low:
        yield from _all_got(text)
    if " which " in low:
        yield from _in_which(text)
    if "priv" in low or "person" in low or "cherished" in low or "vanity" in low or "novelty" in low:
        yield from _private(text)


def _known_characters(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _COUNTED.finditer(text):
        link = _THEY_ARE.match(text, found.end())
        read = plate_run.read(text, link.end()) if link else None
        if link is None or read is None or not _of_its_number(text, found):
            continue
        known = read[0].replace("*", "")
        many = number(found["hand"].lower()) or (1 if found["hand"].lower() in ("a", "an") else 0)
        if (many and many != len(known)) or "*" in read[0].strip("*") or len(known) > _MOST or known in NO_PLATE:
            continue
        if not ANY_ORDER.match(text, read[1]):
            yield found.start(), read[1], _placed(found, known)


def _placed(found: re.Match[str], known: str) -> str:
    if found["start"] or begins_current(known):
        return f"{known}*"
    return f"*{known}" if found["end"] else f"*{known}*"


def _of_its_number(text: str, found: re.Match[str]) -> bool:
    """Whether the number that is named is a plate: it is called one, or a vehicle is spoken of before it."""
    before = text[max(0, found.start() - REACH) : found.start()]
    if OTHER_NUMBER.search(before) or OTHER_NUMBER.search(found[0]):
        return False
    plate = PLATE.search(found["number"]) is not None
    return plate or of_a_vehicle(text, max(0, found.start() - _ABOUT), found.start())


def _left_over(text: str) -> Iterator[tuple[int, int, str]]:
    """ "Only FN and a final T can be read", where a plate is spoken of."""
    for found in _LEFT.finditer(text):
        read = plate_run.read(text, found.end())
        if read is None or "*" not in read[0].strip("*") or not re.search("[A-Z]", read[0]):
            continue
        behind = _CAN_BE_READ.match(text, read[1])
        before = text[max(0, found.start() - REACH) : found.start()]
        if not behind or OTHER_NUMBER.search(before):
            continue
        far = max(0, found.start() - 2 * REACH)
        numbered = _NUMBER.search(text, far, found.start()) and of_a_vehicle(text, far, found.start())
        if numbered or PLATE.search(text, far, behind.end() + REACH // 3):
            yield found.start(), behind.end(), read[0]


def _in_which(text: str) -> Iterator[tuple[int, int, str]]:
    """ "A registration in which the figures 737 appear"."""
    for found in _WHICH.finditer(text):
        read = plate_run.read(text, found.end())
        known = read[0].replace("*", "") if read else ""
        if read and _of_its_number(text, found) and read[0] not in NO_PLATE and "*" not in read[0]:
            yield found.start(), read[1], f"{known}*" if begins_current(known) else f"*{known}*"


def _followed(text: str) -> Iterator[tuple[int, int, str]]:
    """ "RN followed by two figures", of a plate or in a text on a vehicle."""
    for found in _FOLLOWED.finditer(text):
        read = plate_run.read(text, found.start("plate"))
        if read is None or found["plate"] in NO_PLATE or not re.search("[A-Z]", found["plate"]):
            continue
        before = text[max(0, found.start() - REACH) : found.start()]
        if OTHER_NUMBER.search(before) or read[1] < found.end() - 1:
            continue
        if of_a_plate(text, found.start(), read[1]) or (
            _NUMBER.search(before) and of_a_vehicle(text, max(0, found.start() - _ABOUT), found.start())
        ):
            yield found.start("plate"), read[1], read[0]


def _all_got(text: str) -> Iterator[tuple[int, int, str]]:
    """ "All I got of the plate was 5 PRL"."""
    for found in _ALL_GOT.finditer(text):
        read = plate_run.read(text, found.end())
        if read is None or read[0] in NO_PLATE or not re.search("[A-Z]", read[0]) or "*" in read[0].strip("*"):
            continue
        known = read[0].strip("*")
        if len(known) <= _MOST and not ANY_ORDER.match(text, read[1]):
            yield found.start(), read[1], f"{known}*" if begins_current(known) else f"*{known}*"


def _private(text: str) -> Iterator[tuple[int, int, str]]:
    """A mark that somebody chose, which need not look like one: "61 BQA", "D 4 VEY"."""
    for found in _PRIVATE.finditer(text):
        link = _SPELLS.match(text, found.end())
        whole = _WHOLE.match(text, link.end()) if link else None
        if whole is None or readings(compact(whole["plate"])):
            continue
        plate = whole["plate"].replace(" ", "")
        if format_of(plate) is not None and not begins_current(plate):
            yield whole.start(), whole.end(), plate
