"""Plates that a text tells, whole or in part: runs of characters, where in the plate the words put each, and whether
the words speak of a plate at all.

A run is looked at with the words that lead up to it ("registration began ...") and those that follow ("... at the
start of the plate"). Runs with nothing but such words between them are parts of one plate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from linkage.intake.document.tokens import ends_sentence, tokens
from linkage.intake.facts.plate_characters import GOES_ON, SPELT, Run, glued, read, starts
from linkage.intake.facts.plate_formats import begins_current, format_of, joined
from linkage.intake.facts.plate_patterns import composed, is_road, tag_first
from linkage.intake.facts.plate_surroundings import Around, before, behind, low, roles
from linkage.intake.facts.plate_trust import Trust
from linkage.intake.facts.vehicle_names import compact, readings
from linkage.intake.patterns import compiled

_NEXT = 6  # [G] characters between two things told of one plate
_ADJACENT = 14  # [G] characters between a word for a plate and small letters of it
_WHOLE = 6  # [G] characters from which a plate is taken to be told whole
_AT_MOST_BETWEEN = 12  # [G] tokens between two parts of one plate
_PLACES = ("start", "inside", "end")
_AGE = compiled(r"\d\d")
_IRISH = compiled(r"\d{2,3}[A-Z]{1,2}")
"""Year and county, which come first: "191-W"."""
_ASKED = compiled(r"[A-Z]{3}\?")
"""The end of a plate and a mark that asks: "plate ends OJB? he's back"."""
_CUE_WORDS = (
    "reg", "plate", "vrm", "vrn", "index", "number", "letter", "ends ", "ended", "ending", "begin", "began", "starts",
    "front",
)  # fmt: skip
_MAY_HOLD = compiled(r"\b(?:[A-Z]{2,3}\b|[A-Z?_]{1,3}[\d?_]|\d{1,4}[A-Z]|[a-z]{2}\d\d)")
"""Without these, looked for at once, a text tells of no plate."""
_SMALL_TAG = compiled(r"[a-z]{2}\d\d(?:[a-z]{3})?|[A-Z][a-z]\d\d")
_CUES = frozenset(("plate", "number", "kind", "start", "end"))
"""What must be spoken of where the characters of a plate are not in capitals."""
_COUNTS = frozenset(("one", "two", "three", "four", "1", "2", "3", "4", "5"))
_COUNTED = frozenset(("first", "last", "final", "opening", "closing", "other"))
_END = compiled(r"[.!?]\s")


@dataclass(slots=True)
class Part:
    """A run with what stands around it."""

    run: Run
    left: Around
    right: Around

    @property
    def place(self) -> str:
        """Where in the plate it stands, "" where nothing says; an end that follows is surer than "with" before."""
        if self.left.place in ("start", "end"):
            return self.left.place
        return self.right.place if self.right.place in ("start", "end") else self.left.place or self.right.place


Told = tuple[int, int, str, str]
"""(start, end, pattern, rule) of a plate."""


class Plates:
    """The plates of one text."""

    def __init__(self, text: str) -> None:
        may = any(word in text.lower() for word in _CUE_WORDS) or _MAY_HOLD.search(text)
        self.text, self.words = text, tokens(text) if may else ()

    @cached_property
    def _trust(self) -> Trust:
        return Trust(self.text, self.words)

    def found(self) -> list[Told]:
        """Each in the order of the text; what is told of one plate side by side is one."""
        made: list[Told] = []
        for one in self._each():
            last = made[-1] if made else None
            near = last and one[0] - last[1] <= _NEXT and not _END.search(self.text, last[1], one[0])
            both = joined(last[2], one[2]) if last and near and "full_plate" not in (last[3], one[3]) else None
            if last and both:
                made[-1] = (last[0], one[1], both, one[3])
            else:
                made.append(one)
        return made

    def _each(self) -> Iterator[Told]:
        parts: list[Part] = []
        for part in self._runs():
            if parts and not self._same_plate(parts[-1], part):
                yield from self._told(parts)
                parts = []
            parts.append(part)
        yield from self._told(parts)

    def _runs(self) -> Iterator[Part]:
        at = stop = 0
        cued = any(not _CUES.isdisjoint(roles(word.low)) for word in self.words)
        while at < len(self.words):
            last = at + 1
            if starts(self.words[at], cued):
                left = before(self.words, at, stop)
                run = self._read(at, left)
                if run is not None:
                    yield Part(run, left, behind(self.words, run.last))
                    last = stop = run.last
            at = last

    def _read(self, at: int, left: Around) -> Run | None:
        near = left.plate or bool(left.place) or left.kind
        if not self._may_begin(at, left, near):
            return None
        word = self.words[at]
        letters = any(one.low in ("letter", "letters", "characters") for one in self.words[left.edge : at])
        small = left.plate or left.place in ("start", "end") or not word.text.isupper()
        run = read(self.words, at, small=small, loose=left.place == "inside" and not letters)
        if run is None or not self._may_stand_alone(run, left):
            return None
        named = left.place or left.kind
        return None if "no_plate" in roles(run.plate) and not named and run.plate != "A" else run

    def _may_begin(self, at: int, left: Around, near: bool) -> bool:
        """Whether the characters of a plate may begin with the token `at`: no count, no vehicle's name, no road."""
        word, ahead = self.words[at], self.words[at - 1] if at else None
        can = roles(word.low)
        if "plate" in can or (low(self.words, at - 1) in _COUNTED and word.low in _COUNTS):
            return False
        if ahead and ahead.end == word.start and (word.text == "?" or (ahead.text == "/" and not left.place)):
            return False
        if "no_plate" in roles(word.text) and len(word.text) > 1 and not (left.place or left.kind):
            return False
        if near:
            linked = can & {"link", "inside"} and not (word.text.isupper() or word.text.isdigit())
            return not linked or word.low in ("one", "two", "three", "four")
        return word.low not in SPELT and self._written_as_plates_are(at)

    def _written_as_plates_are(self, at: int) -> bool:
        word, ahead = self.words[at], low(self.words, at - 1)
        written = "".join(one.text for one in self.words[at : glued(self.words, at)])
        model = re.search(r"[A-Za-z]\w*\d|[A-Za-z]{3}|\d[A-Za-z]", written) or readings(compact(ahead))
        if not set(written) & set("?*_") and ((model and readings(compact(written))) or is_road(written)):
            return False
        known = written.strip("?*_") != ""
        return known and (written.upper() == written or _SMALL_TAG.fullmatch(word.text) is not None)

    def _may_stand_alone(self, run: Run, left: Around) -> bool:
        """Whether one word may be all that is known: "a seven", and of small letters only "ends in kd"."""
        word, after = self.words[run.first], self.words[run.last] if run.last < len(self.words) else None
        small = word.text.isalpha() and word.text.islower() and run.plate.lower().startswith(word.low)
        if small and word.low not in SPELT:
            close = word.start - self.words[left.edge].end <= _ADJACENT
            return left.plate and left.place in ("start", "end") and close
        if run.last - run.first > 1 or word.low not in SPELT:
            return True
        figure = SPELT[word.low].isdigit() or SPELT[word.low] == "Z"
        led = left.place or left.kind or (figure and (left.plate or left.number or left.reached))
        closes = after is None or not after.text[0].isalnum() or after.low in GOES_ON
        return bool(led) and closes and word.low != "one"

    def _same_plate(self, one: Part, other: Part) -> bool:
        first, last = one.run.last, other.run.first
        if last - first > _AT_MOST_BETWEEN or any(ends_sentence(self.words, at) for at in range(first, last)):
            return False
        placed = bool(other.place) and (bool(one.place) or one.left.plate)
        return other.left.reached and placed and not (one.place == other.place and one.place != "inside")

    def _told(self, parts: list[Part]) -> Iterator[Told]:
        if not parts or not self._trust.believed(parts):
            return
        first, last = parts[0].left.edge, max(parts[-1].run.last, parts[-1].right.edge)
        pattern = _of_several(parts) if len(parts) > 1 else self._of_one(parts[0])
        if pattern is None:
            return
        rule = "full_plate" if not set("*?") & set(pattern) and format_of(pattern) else "described"
        rule = "before_cue" if rule == "described" and self._trust.before_cue(parts[0]) else rule
        yield self.words[first].start, self.words[last - 1].end, pattern, rule

    def _of_one(self, part: Part) -> str | None:
        plate, place, left = part.run.plate, part.place, part.left
        if self._trust.before_cue(part):
            return f"??{plate}???" if _AGE.fullmatch(plate) else f"{plate.rstrip('*')}*"
        if left.may and place == "inside" and left.kind and not left.part and self._lists(part.run):
            return None  # "may include the letters B and D": neither they nor their order are sure
        if place in ("start", "end"):
            return _at_an_end(plate, place, told_behind=left.place != place)
        if left.private and _chosen(plate.strip("*")):
            return plate.strip("*")
        if part.right.unread and re.fullmatch(r"[A-Z]+\d\?", plate):
            return f"{plate[:-1]}*"
        return _undirected(plate, place == "inside", part)

    def _lists(self, run: Run) -> bool:
        return any(word.low == "and" for word in self.words[run.first : run.last])


def _at_an_end(plate: str, place: str, told_behind: bool) -> str:
    if told_behind:
        plate = plate[0] + plate[1:-1].replace("*", "") + plate[1:][-1:]
    if place == "end" and _ASKED.fullmatch(plate):
        plate = plate[:3]
    if "*" in plate[1:-1]:
        return plate
    if place == "end":
        return f"*{plate.lstrip('*')}"
    return plate if len(plate) >= _WHOLE and "*" not in plate else f"{plate.rstrip('*?')}*"


def _chosen(plate: str) -> bool:
    """Whether this is a mark that somebody chose: "61 BQA", "D 4 VEY"."""
    mixed = plate.isalnum() and not plate.isalpha()
    return mixed and format_of(plate) is not None and not begins_current(plate)


def _undirected(plate: str, inside: bool, part: Part) -> str:
    if plate.startswith("*") and not inside:
        return plate  # written as what it ends with
    left, known = part.left, plate.rstrip("*")
    somewhere, gapped = inside or left.kind or left.part, "*" in plate
    whole = len(plate) > 4 and format_of(plate) and not begins_current(plate) and not inside
    counted = "?" in plate and (len(plate) > 4 or plate.endswith("??"))
    if (not gapped and (whole or counted)) or ("*" in plate.strip("*") and not (inside or left.part)):
        return plate
    tagged = (inside and tag_first(plate) and not left.kind) or ("?" not in known and begins_current(known))
    if tagged or (part.right.unread and "?" not in plate) or (not somewhere and _IRISH.fullmatch(plate)):
        return f"{known}*"
    if somewhere:
        return f"*{plate.strip('*')}*"
    return plate if gapped or "?" in plate or len(plate) > 4 else f"*{plate}*"


def _of_several(parts: list[Part]) -> str:
    told = [(part.place or ("inside" if at else "start"), part.run.plate) for at, part in enumerate(parts)]
    if told[0][0] != "start":
        told.sort(key=lambda one: _PLACES.index(one[0]))
    return composed(told)
