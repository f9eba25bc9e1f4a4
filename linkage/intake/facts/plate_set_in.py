"""Characters told before the words that say where in a plate they stand: "a private plate with ROY in it", "a Y at
the start of the number", "had V and S as its last two letters", "the letters JK appear in the registration"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linkage.intake.facts import plate_run
from linkage.intake.facts.plate_context import OTHER_NUMBER, PLATE, REACH, composed, of_a_plate
from linkage.intake.facts.plate_formats import begins_current
from linkage.intake.facts.plate_fragment import NO_PLATE, of_a_vehicle
from linkage.intake.facts.plate_places import HAND, KINDS, NUMBER
from linkage.intake.facts.spoken_numbers import number
from linkage.intake.facts.vehicle_names import compact, readings
from linkage.intake.patterns import compiled

_OF = rf"(?P<of>\s(?:of|on|in)\s(?:(?:the|its|his|her|a|their)\s)?(?:[\w'’-]+\s){{0,2}}?{NUMBER}\b)?"
_PLACE = compiled(
    r"['\"”’]?,?\s(?:(?:(?:can|could)\sbe\s)?(?:appear(?:s|ed|ing)?|featur(?:es|ed|ing)|occur(?:s|red)?|was|were|is|are|"
    r"being|seen|visible|standing|somewhere|shown?|right)\s){0,2}"
    r"(?:(?:at|on|in|from|to|towards|near)\s(?:the|its)\s(?:very\s)?"
    r"(?:(?P<start>start|beginning|front)|(?P<end>end|back|tail)|(?P<middle>middle|centre))\b"
    rf"|(?:as|for)\s(?:its|the|their|his)\s(?:(?P<first>first|opening|initial)|(?P<last>last|final|closing))"
    rf"(?:\s(?P<hand>{HAND}))?\s(?:{KINDS}|bit|part|half)\b){_OF}(?!\sof\b)"
    r"|['\"”’]?,?\s(?:(?:(?:can|could)\sbe\s)?(?:appear(?:s|ed|ing)?|featur(?:es|ed|ing)|occur(?:s|red)?|was|were|"
    r"seen|visible|somewhere)\s){0,2}(?:in|on|within|off|from|inside)\s"
    rf"(?P<inside>it\b|(?:the|its|his|her|their|that)\s(?:(?:car|van|vehicle|bike|lorry|taxi|rear|front|back|private|"
    rf"false|foreign|number|car|van)(?:['’]s)?\s){{0,2}}{NUMBER}\b)",
    re.IGNORECASE,
)
"""Where characters before it stand, with the plate where it is named."""
_OPENS = compiled(
    r"\s(?:at|on|in|from|to|towards|near|as|for|within|off|inside)\s(?:it|the|its|his|her|their|that)\b"
)
_FIGURE = r"(?:one|two|three|four|five|six|seven|eight|nine|zero)"
_WORD = compiled(
    r"(?<![\w?*'’£$€#@.-])(?:[A-Z0-9?]|(?i:double|treble|triple|zed)\b|(?i:two|three|four)\s[A-Za-z0-9]+s\b|"
    rf"(?i:{_FIGURE}[-\s]{_FIGURE})\b)"
)
_PLACED_BEFORE = compiled(
    r"\b(?:first|last|final|start\w*|begin\w*|beg[au]n|end(?:s|ed|ing)?|finish\w*|opening|closing|prefix|suffix)\b[^.;:!?]*$",
    re.IGNORECASE,
)
"""What tells a closer place than that the characters are in the plate."""
_LISTED = compiled(r"\b[A-Z0-9]['\"”’]?,?\s(?:and|or)\s(?:an?\s)?['\"“‘]?$")
"""Before the last of several characters that could not be read together."""
_SPACE = compiled(r"['\"”’]?,?\s")
_VERB = 24  # [G] characters of "somewhere appearing" before "in the plate"
_LONGEST_RUN = 48  # [G] characters in which a run is told
_AND = compiled(r",?\s(?:and|with|then)\s(?:also\s|then\s){0,2}(?:(?:an?|the)\s)?", re.IGNORECASE)
_OTHER_THING = compiled(
    r"\b(?:tattoo\w*|cap|hat|beanie|t?-?shirts?|top|hoody?|hoodie|jumper|jersey|jacket|coat|vest|bag|holdall|badge|"
    r"signs?|stickers?|logo|chain|ring|necklace|pendant|letter|envelope|note|door|gate|house|flat|bus|shop|mug|flag|phone|"
    r"card|shorts|trousers|trainers|motif|writing|written|slogan|name|names|called|knuckles|arm|neck|hand|postcode)\b",
    re.IGNORECASE,
)
_NO_ORDER = compiled(r"^(?![A-Z]{2,3}\*).*\w\*\w")
"""Of a part of which only is told that it is in the plate: "a 7 and an O in it" names no order."""
_ON_ITS = compiled(r",?\s(?:in|on)\s", re.IGNORECASE)
"""With the front or the back of a vehicle: "a learner's L on the back"."""
_ABOUT = 130  # [G] characters before a fragment in which its vehicle is named
_BARE = 40  # [G] characters before "FN19 on it" in which nothing else may be spoken of that can be written on
_SHORTEST = 4  # a whole tag and year: "FN19"


def set_in(text: str, low: str, told: bool) -> Iterator[tuple[int, int, str]]:
    """(start, end, pattern) of each such plate in `text`; `low` is it in lower case, `told`: it may name a plate."""
    if not told and " on it" not in low and " at the front" not in low and " at the start" not in low:
        return
    end = 0
    for opening in _OPENS.finditer(low):
        place = _place_at(text, end, opening)
        if place is None:
            continue
        run = _run_before(text, max(end, place.start() - _LONGEST_RUN), place)
        if run is None:
            continue
        start, parts, places = run[0], [(_where(place), run[1])], [place]
        end = place.end()
        while more := _more(text, end):
            parts.append((_where(more[1]), more[0]))
            places.append(more[1])
            end = more[1].end()
        if plate_run.TOGETHER.match(text, end):
            parts = [(where, plate.replace("*", "")) for where, plate in parts]
        if _believed(text, start, end, parts, places):
            yield start, end, _pattern(parts)


def _place_at(text: str, end: int, opening: re.Match[str]) -> re.Match[str] | None:
    """The words that `opening` belongs to, which may begin before it ("appear in the ..."), behind `end`."""
    for found in _SPACE.finditer(text, max(end, opening.start() - _VERB), opening.start() + 1):
        place = _PLACE.match(text, found.start())
        if place is not None and place.end() >= opening.end():
            return place
    return None


def _run_before(text: str, first: int, place: re.Match[str]) -> tuple[int, str] | None:
    """(start, pattern) of the longest run of characters that ends where the words of `place` begin."""
    for word in _WORD.finditer(text, first, place.start()):
        read = plate_run.read(text, word.start(), loose=place["inside"] is not None)
        if read is None or read[1] != place.start() or _names_something(text, word.start(), place.start()):
            continue
        if _LISTED.search(text, max(0, word.start() - 12), word.start()):
            return None
        return word.start(), _counted(read[0], place)
    return None


def _counted(plate: str, place: re.Match[str]) -> str:
    """The pattern without gaps where "its last two letters" counts the characters: "V and S"."""
    known = plate.replace("*", "")
    return known if place["hand"] and number(place["hand"].lower()) == len(known) else plate


def _names_something(text: str, start: int, end: int) -> bool:
    """Whether the first of several written words is the name of a vehicle: "a VW, K7 on the plate"."""
    first = re.match(r"[A-Z0-9]+", text[start:end])
    if first is None:
        return False
    if first.end() == end - start:
        return first[0] in NO_PLATE
    return first[0] in NO_PLATE or bool(readings(compact(first[0])))


def _more(text: str, at: int) -> tuple[str, re.Match[str]] | None:
    """What is told of another part of the same plate: "... and 22 in the middle"."""
    joint = _AND.match(text, at)
    read = plate_run.read(text, joint.end()) if joint else None
    place = _PLACE.match(text, read[1]) if read else None
    return (_counted(read[0], place), place) if read and place else None


def _where(place: re.Match[str]) -> str:
    if place["start"] or place["first"]:
        return "start"
    return "end" if place["end"] or place["last"] else "inside"


def _believed(text: str, start: int, end: int, parts: list[tuple[str, str]], places: list[re.Match[str]]) -> bool:
    """Whether the words speak of a plate: it is named, or a vehicle and characters that are hardly anything else."""
    closer = places[0]["inside"] is not None and _PLACED_BEFORE.search(text, max(0, start - _BARE), start)
    if closer or any(where == "inside" and _NO_ORDER.search(plate) for where, plate in parts):
        return False
    named = [words for one in places if (words := one["of"] or (one["inside"] if one["inside"] != "it" else None))]
    before = text[max(0, start - REACH) : start]
    if any(PLATE.search(words) for words in named):
        return OTHER_NUMBER.search(before[-_BARE:]) is None
    known = "".join(plate for _, plate in parts)
    if OTHER_NUMBER.search(before) or not re.search("[A-Z]", known) or _OTHER_THING.search(before[-_BARE:]):
        return False
    if not named and of_a_plate(text, start, end):
        return places[-1]["inside"] is not None or _ON_ITS.match(places[-1][0]) is None
    vehicle = of_a_vehicle(text, max(0, start - _ABOUT), start)
    if named or len(parts) > 1:
        return vehicle and (named != [] or "*" not in known)
    on_it = places[0]["inside"] is not None and text[: places[0].end()].endswith("on it")
    return vehicle and on_it and len(known) == _SHORTEST and begins_current(known)


def _pattern(parts: list[tuple[str, str]]) -> str:
    if len(parts) > 1 and parts[0][0] != "start":
        parts = sorted(parts, key=lambda part: ("start", "inside", "end").index(part[0]))
    return composed(parts)
