"""Partial plates that are described rather than written: "last three letters XBT", "had a W and a 7 in it"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linkage.intake.facts import plate_run
from linkage.intake.facts.plate_bare import bare
from linkage.intake.facts.plate_context import (
    ANY_ORDER,
    BEHIND,
    OTHER_NUMBER,
    PLATE,
    REACH,
    SENTENCE,
    composed,
    of_a_plate,
)
from linkage.intake.facts.plate_counted import counted
from linkage.intake.facts.plate_formats import begins_current, cues, format_of
from linkage.intake.facts.plate_fragment import NO_PLATE, VEHICLE, fragments, of_a_vehicle
from linkage.intake.facts.plate_jotted import jotted
from linkage.intake.facts.plate_places import END, HAND, KINDS, NUMBER, PLATE_WORD, START, placed_words
from linkage.intake.facts.plate_set_in import set_in
from linkage.intake.facts.surface import holds
from linkage.intake.patterns import compiled

_LINK = compiled(
    r"(?:[\s:,()\"'“‘=–-]+|\b(?:with|in|on(?!\s(?:the|his|its|their|it)\b)|as|by|was|were|is|are|being|be|reads?|read\sas|thought|believed|said|understood|"
    r"reported|remembered|to|at|old[- ]style|may|might|could|have|been|it|got|noted|seen|caught|taken|recalled|"
    r"legible|visible|known|recorded|made\sout|down|looked\slike|s(?:ome|um)\s?thing?\slike|summat\slike|(?:along|on)\sthe\slines\sof|wit|(?-i:w)/?|it['’]?s|from(?!\s(?:the|his|its|a)\b)|like|written|possibly|either|just|only|capital|i\sthink|we\sthink|they\sthink|(?-i:an?|A(?=\s))|the|"
    rf"(?:mark|plate|number)\sof|{KINDS}|mark|plate|two(?!\s(?:zed|zee|one|two|three|four|five|six|seven|eight|nine|(?-i:[A-Z0-9])['’]?)e?s\b)|(?:of|on|in)\s(?:it|{PLATE_WORD}|(?:the|his|its|their)\s(?:(?:[\w'’-]+\s)?{NUMBER}|car|van|vehicle|bike|moped|lorry|taxi|cab)))\b(?![-'’]))*",
    re.IGNORECASE,
)
_MORE = compiled(
    rf"['\"”’]?[,;]?\s(?:(?:and|but|then|also|it|which|that|the|poss|possibly|maybe|perhaps)\s)*(?:(?P<start>{START})|(?P<end>{END}|(?:the\s)?last\s(?:ones?))|"
    r"(?P<inside>contain(?:s|ed|ing)?|includ\w+|ha[sd]|having|with))\b",
    re.IGNORECASE,
)
"""What else is told of a plate: "starts V and has 8 in it", "begins BX and ends in T"."""
_IN_IT = compiled(
    rf"\s(?:was\s|were\s|is\s)?(?:somewhere\s)?(?:in|on)\s(?:it|there|the\smiddle|(?:the|its|his)\s(?:[\w'’-]+\s)?{NUMBER})\b|"
    r"[,;]?\s+in\sthat\sorder",
    re.IGNORECASE,
)
_MAY = compiled(r"\b(?:may|might|could)\s(?:also\s|have\s){0,2}$", re.IGNORECASE)
"""Before "include a B and a D": neither the characters nor their order are sure enough for a pattern."""
_AT_AN_END = compiled(
    r"\b(?P<plate>[A-Z]{1,3}[0-9]{0,2}|[0-9]{1,3}[A-Z]{0,3})['\"”’]?\s(?:(?:was|were|is|are|being)\s)?(?:at|as|for|towards)\s"
    r"(?:the|its)\s"
    rf"(?:(?P<start>start|beginning|front|first)|(?P<end>end|back|last))(?:\s{HAND})?(?:\s{KINDS})?\b"
)
_LETTERS_THEN = compiled(
    rf"(?i:\b{PLATE_WORD}|\bnumber)\b[^.!?;\n]{{0,16}}?\b(?i:was|is|were)\s(?P<plate>[A-Z]{{2}})\s(?i:and|"
    rf"then)(?:\s(?i:then|and|number))*\s"
    r"(?P<then>[0-9]{2})\b"
)
_SOMETHING = compiled(
    rf"\b(?P<plate>[A-Z]{{1,2}}[0-9]{{0,2}})(?:-|\s)(?i:something|summat|"
    rf"reg)\s(?i:{PLATE_WORD})\b"
)
_PART_OF = compiled(
    r"\b(?P<plate>[A-Z]{2}[0-9]{2}|[A-Z]{2,3}|[0-9]{2,3})\b\s"
    r"(?:(?:was|were|is|are|being)\s)?(?:part\sof|in|on)\s"
    rf"(?:(?i:the|his|its)\s|(?<=[A-Z][A-Z][0-9][0-9]\son\s))(?i:{PLATE_WORD})\b"
)
_ENDS_OF = compiled(
    rf"\s(?:(?:was|were|is|are)\s)?(?:at|on|from|towards)\s(?:the|its)\s(?:very\s)?(?:(?P<start>start|beginning|front)|"
    rf"(?P<end>end|back))\sof\s(?:(?:the|its|his|a|their)\s)?(?:[\w'’-]+\s){{0,2}}{PLATE_WORD}\b",
    re.IGNORECASE,
)
_KIND_NAMED = compiled(rf"\b{KINDS}\s['\"“‘]?(?=[A-Z0-9])", re.IGNORECASE)
"""What is told of an end before the end is: "the letters C and P at the start of the number plate"."""
_ASKED = compiled(r"[A-Z]{3}\?")
"""The end of a plate and a mark that asks: "plate ends OJB? he's back"."""
_IN_COMMAS = compiled(
    rf"\b(?i:{PLATE_WORD})\b[^.,;:!?\n]{{1,40}},\s['\"“‘]?(?P<plate>[A-Z]{{2}}[0-9]{{2}})['\"”’]?(?=[,.;]|\s(?:and|then)\s)"
)
_REST_GONE = compiled(
    r"\b(?P<plate>[A-Z]{1,3}\s?[0-9]{1,3}(?:\s[A-Z]{1,2})?|[A-Z]{2,3})(?:[,-]?\s|-)(?:(?:n|and|then)\s)?(?:something|summat)(?=[,.;:!)]|$|\s(?:or\sother|had|was|is|on|"
    r"off|in|from|and|but|then\swe)\b)|\b(?P<torn>[A-Z]{2}[0-9]{2}(?:\s?[A-Z]{1,2})?),?\s(?:(?:with|and|but)\s)?(?:the\s)?(?:rest|remainder)\b"
)
_NAMES = compiled(r"\b(?:names?d?|call(?:s|ed)|street|road|lane|aka|post\s?code)\b[^.!?]{0,24}$", re.IGNORECASE)
_FIRST_SAID = compiled(r"[^.,;:!?\n]{1,40}?\b(?:is|was|as|reads?|reading|like)\s['\"“‘]?(?=[A-Z0-9])")
_ITS_NUMBER = compiled(r"['’]s\s(?:\w+\s)?number\s(?:which\s|that\s)?$", re.IGNORECASE)
_ONLY = compiled(
    r"\b(?i:only|just|all\sbut|except(?:\sfor)?)\s(?:(?i:an?|the)\s)?"
    rf"(?:(?i:{KINDS})\s)?[\"'“‘]?(?P<plate>[A-Z0-9]{{1,4}})[\"'”’]?\s(?:(?i:could|can)\s(?i:be)|(?i:was|were|is|are))\s"
    r"(?i:made|read|seen|visible|legible|remembered|recalled|noted|clear)\b"
)
_PREFIXED = compiled(r"['\"“‘]?\b(?P<plate>[A-HJ-NPR-TV-Y])['\"”’]?[ -](?P<end>(?i:prefix|suffix))\b")
_NOTED = compiled(
    r"\b(?:(?i:got|noted|caught|took\sdown|wrote\sdown|remember\w*|recall\w*|read|saw|made\sout|memori[sz]ed|clocked|"
    r"jotted\sdown|scribbled(?:\sdown)?|copied(?:\sdown)?|spotted|picked\sout|read\sout|photographed)\s(?i:part\sof\sit,?\s)?|"
    r"(?P<whole>(?i:bore|bearing|carry\w*|carried|displaying|displayed)\s(?i:the|a)\s(?:(?i:false|stolen|cloned)\s)?(?i:number)\s))"
    r"['\"“‘]?(?=[A-Z0-9])"
)
_COUNTED = compiled(
    rf"letter\sof\sthe\s{NUMBER}|letters|characters|digits|part|half|bit|two|three|four|[2-4]", re.IGNORECASE
)
_FINAL = compiled(r"final|closing|opening|initial", re.IGNORECASE)
_CAPITAL_BEFORE = compiled(r"\b[A-Z][a-z]+\s(?:[A-Z0-9]\w*\s)?$")
_PLATE_WORDS = ("reg", "plate", "index", "vrm", "number")
_CUES = (
    "first",
    "last ",
    "final",
    "closing",
    "opening",
    "commenc",
    "terminat",
    "half",
    "start",
    "beg",
    "end",
    "finish",
    "prefix",
    "suffix",
    *_PLATE_WORDS,
)
_SPELT = compiled(r"(?i:[a-z]{4,}|\b(?:one|two|six)\b)|\b[A-Z0-9](?:[-–,]\s?[A-Z0-9]\b)+")
_SHORTEST_WHOLE = 6  # [G] spelt characters from which a plate is taken to be told whole
_PARTLY = compiled(
    r"\b(?:part(?:ial(?:ly)?)?|bits?|half|some|portion|piece|fragment|all)\s(?:of\s)?(?:(?:the|its|his|their|a)\s)?$",
    re.IGNORECASE,
)


def described(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, pattern) of each partial plate that `text` describes in one of these ways."""
    low = text.lower()
    told = holds(low, _PLATE_WORDS)
    yield from set_in(text, low, told)
    yield from counted(text, low) if told else ()
    yield from fragments(text, low, told)
    yield from jotted(text, told)
    yield from bare(text)
    yield from _rest_gone(text) if holds(low, ("something", "summat", " rest", "remainder")) else ()
    noted = told or holds(low, ("noted", "wrote down", "took down", "memori", "clocked"))
    yield from _noted(text) if noted else ()
    if not holds(low, _CUES):
        return
    for found in _PREFIXED.finditer(text) if holds(low, ("prefix", "suffix")) else ():
        yield *found.span(), f"{found['plate']}*" if found["end"].lower() == "prefix" else f"*{found['plate']}"
    yield from _ends_of(text) if told else ()
    yield from _spelt_out(text)
    yield from _placed(text)
    if not told:
        return
    for found in _IN_COMMAS.finditer(text):
        read = plate_run.read(text, found.start("plate"))
        plate, end = read if read and read[1] > found.end() else (found["plate"], found.end())
        yield found.start(), end, plate if len(plate) > _SHORTEST_WHOLE else f"{plate}*"
    for found in _LETTERS_THEN.finditer(text):
        yield *found.span(), f"{found['plate']}{found['then']}*"
    for found in _SOMETHING.finditer(text):
        yield *found.span("plate"), f"{found['plate']}*"
    for found in _AT_AN_END.finditer(text):
        if found["plate"] not in NO_PLATE and of_a_plate(text, found.start(), found.end()):
            yield *found.span(), f"{found['plate']}*" if found["start"] else f"*{found['plate']}"
    for found in _ONLY.finditer(text):
        if found["plate"] not in NO_PLATE and of_a_plate(text, found.start(), found.end()):
            yield *found.span(), f"*{found['plate']}*"
    for found in _PART_OF.finditer(text):
        yield *found.span(), f"{found['plate']}*" if begins_current(found["plate"]) else f"*{found['plate']}*"


def _ends_of(text: str) -> Iterator[tuple[int, int, str]]:
    """Characters told before the end at which they stand."""
    for found in _KIND_NAMED.finditer(text):
        read = plate_run.read(text, found.end())
        behind = _ENDS_OF.match(text, read[1]) if read else None
        if read and behind:
            plate = read[0].replace("*", "")
            yield found.start(), behind.end(), f"{plate}*" if behind["start"] else f"*{plate}"


def _rest_gone(text: str) -> Iterator[tuple[int, int, str]]:
    """ "a van, KEZ 4 something" and "WA08 with the rest torn", where a vehicle is spoken of."""
    for found in _REST_GONE.finditer(text):
        plate = (found["plate"] or found["torn"]).replace(" ", "")
        first = max(0, found.start() - 2 * REACH)
        named = _NAMES.search(text, first, found.start()) or OTHER_NUMBER.search(text[first : found.start()])
        if plate not in NO_PLATE and not named and (found["torn"] or of_a_vehicle(text, first, found.start())):
            yield *found.span(), f"{plate}*"


def _placed(text: str) -> Iterator[tuple[int, int, str]]:
    """Characters behind words that say where in the plate they stand, with what is told of its rest."""
    end = 0
    for found in placed_words(text):
        if found.start() < end:
            continue
        read = _run_after(text, found)
        if read is None or not _believed(text, found, *read):
            continue
        parts, end = [(_place(found), read[0])], read[1]
        while (more := _MORE.match(text, end)) and (read := _run_after(text, more)):
            parts.append((_place(more), read[0]))
            end = read[1]
        behind = _IN_IT.match(text, end)
        end = behind.end() if behind else end
        unsure = (
            len(parts) == 1
            and "*" in parts[0][1]
            and _MAY.search(text, max(0, found.start() - BEHIND), found.start()) is not None
        )
        if not unsure and ANY_ORDER.match(text, end) is None:
            yield found.start(), end, composed(parts)


def _spelt_out(text: str) -> Iterator[tuple[int, int, str]]:
    """A plate in spelt characters ("N-five-something-something B-L-O"), or whose end is told behind its beginning."""
    for start, end in cues(text):
        link = _LINK.match(text, end)
        at = link.end() if link else end
        read = plate_run.read(text, at) if at > end and not SENTENCE.search(text, end, at) else None
        said = _FIRST_SAID.match(text, end) if read is None else None
        if said:
            at, read = said.end(), plate_run.read(text, said.end())
            read = read if read and len(set(read[0]) - set("?*")) > 2 and re.search("[0-9?]", read[0]) else None
        partly = _PARTLY.search(text, max(0, start - BEHIND), start)
        if read is None or not _lettered(plate := read[0]):
            continue
        if partly:
            if said and "*" not in plate:
                yield at, read[1], f"{plate}*" if begins_current(plate) or "?" in plate else f"*{plate}*"
            continue
        more = _MORE.match(text, read[1])
        last = _run_after(text, more) if more else None
        if more and last:
            yield at, last[1], composed([("start", plate), (_place(more), last[0])])
        elif _SPELT.search(text, at, read[1]) and len(plate) > 2:
            whole = "*" in plate or len(plate) >= _SHORTEST_WHOLE or ("?" in plate and not begins_current(plate))
            yield at, read[1], plate if whole else f"{plate}*" if begins_current(plate) else f"*{plate}*"


def _noted(text: str) -> Iterator[tuple[int, int, str]]:
    """What somebody took down of a plate, and the number that a vehicle bore."""
    for found in _NOTED.finditer(text):
        read = plate_run.read(text, found.end())
        if read is None or not _lettered(read[0]) or len(read[0]) < 2:
            continue
        partly = ("*" in read[0] or begins_current(read[0])) and not ANY_ORDER.match(text, read[1])
        plate = f"{read[0]}*" if begins_current(read[0]) else read[0]
        whole = found["whole"] or (
            len(read[0]) > _SHORTEST_WHOLE and format_of(read[0]) in ("current", "prefix", "suffix")
        )
        seen = begins_current(read[0]) and not OTHER_NUMBER.search(
            text[max(0, found.start() - REACH) : found.start()]
        )
        if whole or (partly and (seen or of_a_plate(text, found.start(), read[1]))):
            yield found.start(), read[1], plate


def _lettered(plate: str) -> bool:
    return plate not in NO_PLATE and re.search("[A-Z]", plate) is not None


def _place(found: re.Match[str]) -> str:
    return "start" if found["start"] else "end" if found["end"] else "inside"


def _run_after(text: str, found: re.Match[str]) -> tuple[str, int] | None:
    link = _LINK.match(text, found.end())
    at = link.end() if link else found.end()
    if at == found.end():
        return None
    read = plate_run.read(text, at, loose=found["inside"] is not None)
    if read is not None and found["end"] and _ASKED.fullmatch(read[0]):
        read = read[0][:-1], read[1] - 1
    lone = read is not None and read[0] in NO_PLATE and not (read[0] == "A" and text[:at].endswith("an "))
    return None if read is None or lone or SENTENCE.search(text, found.end(), at) else read


def _believed(text: str, found: re.Match[str], plate: str, end: int) -> bool:
    """Whether the words speak of a plate: one is named near by, or letters are told of a vehicle."""
    written, before = text[found.start() : end], text[max(0, found.start() - REACH) : found.start()]
    if OTHER_NUMBER.search(before):
        return False
    letters = re.search("[A-Z]", plate) is not None
    if PLATE.search(found[0]) or of_a_plate(text, found.start(), end):
        return True
    if found["inside"] and re.match("(?i:part)", found[0]):
        return VEHICLE.search(text, max(0, found.start() - 2 * REACH), found.end()) is not None
    if found["inside"] and not re.search(r"\bnumber\b", found[0], re.IGNORECASE):
        return False
    vehicle = of_a_vehicle(text, max(0, found.start() - REACH), found.start()) or (
        _KIND_NAMED.search(text, found.end(), end) is not None and of_a_vehicle(text, end, end + BEHIND)
    )
    if re.match("(?i:first|last)", found[0]) or (vehicle and _FINAL.match(found[0])):
        return letters and _COUNTED.search(written) is not None
    of_a_name = len(plate) > 1 and _CAPITAL_BEFORE.search(before) is not None
    return letters and (of_a_name or _ITS_NUMBER.search(before) is not None or vehicle)
