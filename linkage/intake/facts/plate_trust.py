"""Whether words around some characters speak of a registration mark, or of a phone number, a flat, a road, a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Protocol

from linkage.intake.facts.plate_characters import Run
from linkage.intake.facts.plate_formats import begins_current, format_of
from linkage.intake.facts.plate_patterns import is_road
from linkage.intake.facts.plate_surroundings import Around, Words, low, roles
from linkage.intake.facts.vehicle_names import compact, readings
from linkage.intake.facts.vehicle_words import context_words
from linkage.intake.gazetteer_tables import load_tables
from linkage.intake.patterns import compiled

_ABOUT = 130  # [G] characters before a fragment in which its vehicle or plate is named
_OTHER = 60  # [G] characters before a fragment in which a number of another kind is named
_BEHIND = 24  # [G] characters behind it in which a plate is named, or before it in which a name is
_EVERYDAY = 2  # [G] caution from which the name of a make or model is also an everyday word
_ANY_ORDER = compiled(
    r"[^.;]{0,40}(?:\b(?:not|n[o']t)\b[^.;]{0,24}|\bany\b[^.;]{0,12})\border\b|[^.;]{0,40}\border\b[^.;]{0,15}\b(?:unknown|unclear|not)\b"
)
_STOP = compiled(r"[.!?;]\s|\n")
_SENTENCE = compiled(r"[.!?]\s|\n\s*\n")
_WORD = compiled(r"[\w'’-]+")
_NAME = compiled(r"[A-Za-z][A-Za-z-]+")
_WILD = compiled(r"(?!.*\*)(?=.*[A-Z])(?=.*\?)(?![A-Z]+\?+$)(?![A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z?]{2}$).{4,}")
_LIKE_CURRENT = compiled(r"[A-Z]{2}\d\d[A-Z]{3}")  # a witness may name letters that are not issued
_GAPPED = compiled(r"[A-Z]{2}\d{1,2}\*[A-Z]{1,3}")
_TAG = compiled(r"[A-Z]{2}\d{1,2}")
_OPEN_TAG = compiled(r"[A-Z]{2,3}|[A-Z]\d")
_REFERENCE = compiled(
    r"\b(?:ref(?:erence)?|crime|log|incident|case|badge|collar|order|booking|quote|quoting)\b"
    r"(?: (?:no|number|ref|code))?\.?[\s:#]*$"
)


class _Part(Protocol):
    run: Run
    left: Around
    right: Around

    @property
    def place(self) -> str: ...


@cache
def _areas() -> frozenset[str]:
    """The two letters with which postcodes begin, where there are two."""
    return frozenset(code[:2] for code in load_tables().postcodes if code[:2].isalpha())


class Trust:
    """Judges the runs of one text."""

    def __init__(self, text: str, words: Words) -> None:
        self.text, self.words, self.low = text, words, text.lower()

    def believed(self, parts: Sequence[_Part]) -> bool:
        """Whether parts with nothing else between them are taken for a plate."""
        first = parts[0]
        known = "".join(part.run.plate for part in parts)
        start, end = self.words[first.run.first].start, self.words[parts[-1].run.last - 1].end
        if len(parts) == 1 and self.before_cue(first):
            return self._told_by_age(first.run)
        plate = any(part.left.plate or part.right.plate for part in parts)
        if _ANY_ORDER.match(self.low, end) or self._something_else(parts, known, plate):
            return False
        if plate:
            return re.search("[A-Z]", known) is not None or any(part.place or part.left.kind for part in parts)
        if len(known) > 4 and "?" not in known and (kind := self._full(known)):
            return not self._of_words(known, kind) and not _REFERENCE.search(self.low, max(0, start - 30), start)
        other = self._other_number(self.words[first.left.edge].start)
        return not other and (_WILD.fullmatch(known) is not None or self._told_of(parts, known, start, end))

    def _something_else(self, parts: Sequence[_Part], known: str, plate: bool) -> bool:
        """Words in capitals, ages, roads, marks of countries and of learners."""
        first, letters = parts[0], known.replace("?", "").replace("*", "")
        left = first.left
        lone = len(parts) == 1
        shown = left.kind or left.place or left.private
        longest = (4 if left.strange == 0 else 3) - ("?" in known and not left.plate)
        gapped = "*" in known.strip("*")
        if lone and not gapped and "??" not in known and letters.isalpha() and len(letters) >= longest and not shown:
            return True
        if not plate and ((known[0].isdigit() and gapped) or (first.run.plate.isdigit() and left.strange)):
            return True
        if left.strange and ((is_road(known) and not first.place) or letters.isdigit()):
            return True
        if left.strange and len(letters) == 1 and not left.place:
            return True
        if gapped and not first.place and not left.plate and self._loosely(first.run):
            return True
        learner = len(known) == 1 and known.isalpha()
        at_end = left.place in ("start", "end")
        return lone and self._adjacent(first) and not at_end and (learner or "country" in roles(known))

    def _loosely(self, run: Run) -> bool:
        """ "an H and an 8", of which no order is told."""
        return low(self.words, run.last - 2) in ("a", "an")

    def _told_of(self, parts: Sequence[_Part], known: str, start: int, end: int) -> bool:
        """Whether parts that are no whole mark, and that no word for a plate leads to, are of one by other signs."""
        first = parts[0]
        left, at_end = first.left, first.left.place in ("start", "end")
        plate, vehicle = self._of_a_plate(start, end), self._vehicle(start - _ABOUT, start)
        if left.number and left.holds and (plate or (left.part and self._vehicle(0, start))):
            return True
        if not re.search("[A-Z]", known):
            return False
        numbered = left.kind or left.private or at_end or (vehicle and (left.part or first.place))
        noted = left.noted or (first.right.noted and (vehicle or left.number or plate))
        if (
            (at_end and (left.kind or left.number) and len(known) <= 4 and left.strange == 0)
            or _GAPPED.fullmatch(known)
            or (left.number and numbered)
            or (plate and any(part.place for part in parts))
            or (left.noted and begins_current(known))
            or (noted and (vehicle or plate or left.number) and (left.number or plate or self._tagged(first, known)))
        ):
            return True
        return vehicle and not is_road(known) and self._told_of_a_vehicle(parts, known, start)

    def _tagged(self, part: _Part, known: str) -> bool:
        tagged = _TAG.fullmatch(known) is not None or begins_current(known)
        return tagged or (part.right.noted and any(char.isdigit() for char in known))

    def _told_of_a_vehicle(self, parts: Sequence[_Part], known: str, start: int) -> bool:
        first = parts[0]
        place, told_before = first.place, first.left.place == first.place
        if place in ("start", "end") and not told_before:
            if not (first.right.number or any(char.isdigit() for char in known)):
                return False
        elif place and first.left.strange and not first.left.number:
            return False
        sure = any(part.left.number or part.right.number or part.place != "inside" for part in parts)
        if any(part.place for part in parts) and (len(parts) > 1 or sure):
            return told_before or "place_before" not in roles(self._led(start))
        return self._fragment(first, start)

    def _fragment(self, part: _Part, start: int) -> bool:
        """Half a plate that nothing announces, behind a vehicle or before a "something" for its rest."""
        known = part.run.plate.rstrip("*?")
        if readings(compact(known)) or known[:2].lower() in context_words("no_tag") or "no_plate" in roles(known):
            return False
        if "place_before" in roles(self._led(start)):
            return False
        if part.right.unread or part.run.plate.endswith(("*", "?")):
            return _OPEN_TAG.match(known) is not None
        return begins_current(known) and known[:2] not in _areas()

    def before_cue(self, part: _Part) -> bool:
        """Whether the word for a plate stands right behind the characters: "57 plate", "YH05 reg"."""
        apart = not (part.left.plate or part.left.number) or low(self.words, part.run.first - 1) == ","
        return part.right.plate and apart and part.place in ("", "inside") and self._adjacent(part)

    def _adjacent(self, part: _Part) -> bool:
        at = part.run.last
        at += low(self.words, at) in ("-", "'", "’", '"', "”")
        return "plate" in roles(low(self.words, at))

    def _told_by_age(self, run: Run) -> bool:
        at = run.last
        cue = low(self.words, at) if low(self.words, at)[0].isalnum() else low(self.words, at + 1)
        if run.plate.isdigit():
            return len(run.plate) == 2 and cue not in ("plates", "regs")
        if len(run.plate) == 1:
            return cue.startswith("reg") and run.plate not in "AIOQUZ"
        return "country" not in roles(run.plate) and run.plate != "?"

    def _full(self, known: str) -> str:
        kind = format_of(known) if "*" not in known else None
        if kind in ("current", "prefix", "suffix") and not begins_current(known):
            return kind or ""
        return "current" if _LIKE_CURRENT.fullmatch(known) else ""

    def _of_words(self, known: str, kind: str) -> bool:
        return (known[:3] if kind == "suffix" else known[-3:]).lower() in context_words("not_plate")

    def _other_number(self, start: int) -> bool:
        said = _STOP.split(self.low[max(0, start - _OTHER) : start])[-1]
        far, near = _WORD.findall(said), _WORD.findall(said[-_BEHIND:])
        return any("other_number" in roles(word) for word in far) or any("name" in roles(word) for word in near)

    def _of_a_plate(self, start: int, end: int) -> bool:
        said = _SENTENCE.split(self.low[max(0, start - _ABOUT) : start])[-1]
        return any("plate" in roles(word) for word in _WORD.findall(f"{said} {self.low[start : end + _BEHIND]}"))

    def _vehicle(self, first: int, last: int) -> bool:
        """Whether a vehicle is spoken of between two places, also by its name or two doubtful ones: "Seat Leon"."""
        said = self.text[max(0, first) : last]
        if any("vehicle" in roles(word) for word in _WORD.findall(said.lower())):
            return True
        names = [readings(compact(word)) for word in _NAME.findall(said)]
        sure = any(name.caution < _EVERYDAY for each in names for name in each)
        return sure or any(a and b for a, b in pairwise(names))

    def _led(self, start: int) -> str:
        return str((_WORD.findall(self.low[max(0, start - 16) : start]) or [""])[-1])
