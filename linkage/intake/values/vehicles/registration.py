"""Registration marks: characters of a text that may be of one, where in the mark the words put each, and the pattern
that they make; people's words in a field to the same pattern.

Characters are looked at with the words that lead up to them ("registration began ...") and those that follow ("... at
the start of the plate"). Whether they are of a mark is for the judge (`judge/plates.py`); those of one are joined.
Canonical form (contract section 2): upper case, no spaces, `?` one unknown character, `*` any number of them.
Which formats of UK marks a full or partial plate can have stands in `patterns/plates.toml`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from linkage.intake.document.tokens import ends_sentence, tokens
from linkage.intake.patterns import PatternTable
from linkage.intake.phrases.surface import is_unknown
from linkage.intake.values.vehicles.plate_words import (
    MOST,
    Around,
    Run,
    Words,
    before,
    behind,
    low,
    read,
    roles,
    starts,
)

FIGURE_LETTER = dict(zip("01582", "OISBZ", strict=True))
"""Figures and the letters that are taken for them."""
Shape = tuple[str, ...]
"""The characters allowed at each place."""

_SAID = PatternTable("plates")
FORMATS: dict[str, list[Shape]] = {
    name: [tuple(_SAID.rows["places"].get(place, place) for place in shape) for shape in shapes]
    for name, shapes in _SAID.rows["formats"].items()
}


@lru_cache(maxsize=50_000)
def format_of(registration: str) -> str | None:
    """current, prefix, suffix, northern_ireland or dateless; None for a foreign or impossible mark.

    For a partial plate: the first of these, in that order, which it can be completed to; the order is that of how
    common they are on UK roads. "*" alone, which says nothing, has no format.
    """
    if not any(char.isalnum() for char in registration):
        return None
    for name, shapes in FORMATS.items():
        as_long = (shape for shape in shapes if "*" in registration or len(shape) == len(registration))
        if any(fits_pattern(registration, shape) for shape in as_long):
            return name
    return None


def begins_current(characters: str) -> bool:
    """Whether these known characters can only be the start of a current plate: area tag and age figures at least."""
    return 4 <= len(characters) < 7 and any(fits_pattern(f"{characters}*", shape) for shape in FORMATS["current"])


@lru_cache(maxsize=50_000)
def fits_pattern(a: str, b: str | Shape) -> bool:
    """Whether some text satisfies both patterns ("?" one character, "*" any number, on either side), or a shape."""
    reach = [True]
    for right in b:
        reach.append(reach[-1] and right == "*")
    for left in a:
        below = [reach[0] and left == "*"]
        for at, right in enumerate(b):
            if "*" in (left, right):
                below.append(reach[at + 1] or below[at] or reach[at])
            else:
                below.append(reach[at] and (left in right or "?" in (left, right)))
        reach = below
    return reach[-1]


def joined(a: str, b: str) -> str | None:
    """One pattern of two that are told of one plate ("06 plate, first two letters KM"); None where they contradict.

    Of two whose parts cannot be laid side by side, the one with more known characters.
    """
    if not fits_pattern(a, b):
        return None
    for one, other in ((a, b), (b, a)):
        age, start, end = (
            _SAID["with_age"].fullmatch(other),
            _SAID["beginning"].fullmatch(one),
            _SAID["ending"].fullmatch(one),
        )
        if age and start and len(one) == len("XX*"):
            return f"{one[:2]}{age[1]}*"
        if age and end:
            return f"??{age[1]}{end[1]}"
        if start and _SAID["ending"].fullmatch(other):
            return one + other[1:]
    return max(a, b, key=lambda plate: sum(char.isalnum() for char in plate))


def composed(parts: list[tuple[str, str]]) -> str:
    """One pattern of (place, characters) in their order; what an end tells may fill characters only counted."""
    start = "".join(plate for place, plate in parts[:1] if place == "start")
    rest = [plate for place, plate in parts if place == "inside"] + [p for at, p in parts[1:] if at == "start"]
    last = next((plate for place, plate in parts if place == "end"), "")
    if last and start.endswith("?" * len(last)) and not rest:
        return start[: -len(last)] + last
    if not last and len(rest) == 1 and begins_current(start + rest[0]):
        return f"{start}{rest[0]}*"  # "begins KE and has 09" tells the tag of a current plate
    whole = f"{start}*{'*'.join(rest)}*{last}" if rest else f"{start}*{last}"
    return _SAID["open"].sub("*", whole)


_WHOLE = 6  # [G] characters from which a plate is taken to be told whole
_AT_MOST_BETWEEN = 12  # [G] tokens between two parts of one plate
_PLACES = ("start", "inside", "end")
_CUES = frozenset(("plate", "number", "kind", "start", "end"))
"""What must be spoken of near the characters of a plate that are not in capitals, or figures only."""
_NEAR = 20
"""Tokens on either side of such a word in which characters are near it [G]."""
_COUNTS = frozenset(("one", "two", "three", "four", "1", "2", "3", "4", "5"))
_COUNTED = frozenset(("first", "last", "final", "opening", "closing", "other"))
"""Before the number of characters, which is none of them: "last three letters XBT"."""
_SURELY_ALIKE = {figure: letter for figure, letter in FIGURE_LETTER.items() if figure in "01"}
_LETTERS = str.maketrans(_SURELY_ALIKE)
_FIGURES = str.maketrans({letter: figure for figure, letter in _SURELY_ALIKE.items()})


@dataclass(slots=True)
class Part:
    """A run of characters with what stands around it."""

    run: Run
    left: Around
    right: Around

    @property
    def place(self) -> str:
        """Where in the plate it stands, "" where nothing says; an end that follows is surer than "with" before."""
        if self.left.place in ("start", "end"):
            return self.left.place
        return self.right.place if self.right.place in ("start", "end") else self.left.place or self.right.place


def parts(words: Words, accepted: Callable[[Part], bool]) -> Iterator[Part]:
    """The runs that are `accepted`, in their order; what a run holds is asked about once more where it is not."""
    at = stop = 0
    near = _near_cues(words)
    while at < len(words):
        last = at + 1
        part = _part(words, at, stop, at in near) if starts(words[at], at in near) else None
        if part is not None and accepted(part):
            yield part
            last = part.run.last
            stop = part.right.edge if part.right.place in ("start", "end") and not part.left.place else last
        at = last


def _near_cues(words: Words) -> set[int]:
    """The tokens near a word that says something of a plate."""
    near: set[int] = set()
    for at, word in enumerate(words):
        if not _CUES.isdisjoint(roles(word.low)):
            near.update(range(at - _NEAR, at + _NEAR))
    return near


def _part(words: Words, at: int, stop: int, near: bool) -> Part | None:
    ahead, said = words[at - 1] if at else None, words[at]
    if ahead and (
        (said.text[0] == "?" and ahead.end == said.start) or (ahead.low in _COUNTED and said.low in _COUNTS)
    ):
        return None
    if not near and ((run := read(words, at, small=not said.text.isupper())) is None or run.plate.isdigit()):
        return None
    left = before(words, at, stop)
    letters = any(one.low in ("letter", "letters", "characters") for one in words[left.edge : at])
    small = "plate" in left.says or left.place in ("start", "end") or not said.text.isupper()
    run = read(words, at, small=small, loose=left.place == "inside" and not letters)
    if run is None or (said.low == "one" and run.last == at + 1):
        return None
    return Part(run, left, behind(words, run.last))


def gathered(words: Words, found: Iterator[Part]) -> Iterator[list[Part]]:
    """Parts with nothing but words about the plate between them, as parts of one plate."""
    group: list[Part] = []
    for part in found:
        if group and not _same_plate(words, group[-1], part):
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _same_plate(words: Words, one: Part, other: Part) -> bool:
    first, last = one.run.last, other.run.first
    if last - first > _AT_MOST_BETWEEN or any(ends_sentence(words, at) for at in range(first, last)):
        return False
    placed = bool(other.place) and (bool(one.place) or "plate" in one.left.says)
    return "reached" in other.left.says and placed and not (one.place == other.place and one.place != "inside")


def before_cue(words: Words, part: Part) -> bool:
    """Whether the word for a plate stands right behind the characters: "57 plate", "YH05 reg"."""
    apart = "number" not in part.left.says or low(words, part.run.first - 1) in (",", "registered")
    at = part.run.last + (low(words, part.run.last) in ("-", "'", "’", '"', "”"))
    return "plate" in part.right.says and apart and part.place in ("", "inside") and "plate" in roles(low(words, at))


def pattern_of(words: Words, told: Sequence[Part]) -> str:
    """The pattern that the parts of one plate make."""
    if len(told) > 1:
        return _of_several(told)
    part = told[0]
    plate, place = part.run.plate, part.place
    if before_cue(words, part):
        return f"??{plate}???" if _SAID["age"].fullmatch(plate) else f"{plate.rstrip('*')}*"
    if place in ("start", "end"):
        return _at_an_end(plate, place, told_behind=part.left.place != place)
    whole = plate.strip("*")
    chosen = "private" in part.left.says and whole.isalnum() and not whole.isalpha()
    if chosen and format_of(whole) and not begins_current(whole):
        return whole  # a mark that somebody chose: "61 BQA", "D 4 VEY"
    if "unread" in part.right.says and _SAID["half_read"].fullmatch(plate):
        return f"{plate[:-1]}*"
    return _undirected(plate, place == "inside", part)


def _at_an_end(plate: str, place: str, told_behind: bool) -> str:
    if told_behind:
        plate = plate[0] + plate[1:-1].replace("*", "") + plate[1:][-1:]
    if "*" in plate[1:-1]:
        return plate
    if place == "end":
        return f"*{plate.lstrip('*')}"
    return plate if len(plate) >= _WHOLE and "*" not in plate else f"{plate.rstrip('*?')}*"


def _undirected(plate: str, inside: bool, part: Part) -> str:
    if plate.startswith("*") and not inside:
        return plate  # written as what it ends with
    says, known = part.left.says, plate.rstrip("*")
    somewhere, gapped = inside or bool(says & {"kind", "part"}), "*" in plate
    whole = len(plate) > 4 and format_of(plate) and not begins_current(plate) and not inside
    counted = "?" in plate and (len(plate) > 4 or plate.endswith("??"))
    if (not gapped and (whole or counted)) or ("*" in plate.strip("*") and not (inside or "part" in says)):
        return plate
    unread = "unread" in part.right.says and "?" not in plate
    if begins_current(known) or unread or (not somewhere and _SAID["irish"].fullmatch(plate)):
        return f"{known}*"
    if somewhere:
        return f"*{plate.strip('*')}*"
    return plate if gapped or "?" in plate or len(plate) > 4 else f"*{plate}*"


def _of_several(told: Sequence[Part]) -> str:
    placed = [(part.place or ("inside" if at else "start"), part.run.plate) for at, part in enumerate(told)]
    if placed[0][0] != "start":
        placed.sort(key=lambda one: _PLACES.index(one[0]))
    return composed(placed)


@lru_cache(maxsize=50_000)
def normalise(words: str) -> str | None:
    """The pattern that the words describe, or None when no character of the plate is known or it can be no plate.

    "W?? 4X?" -> "W??4X?"; "starts with YH05" -> "YH05*"; "ends in 7XK" -> "*7XK"; "partial: 5TR" -> "*5TR*";
    "57 plate" -> "??57???"; "W reg" -> "W*"; "unknown" -> None. Foreign marks are kept as they are.
    """
    words = words.strip().strip("\"'“”‘’()[]")
    if is_unknown(words):
        return None
    if age := _SAID["told_by_age"].fullmatch(words):
        return f"??{age['figures']}???" if age["figures"] else f"{age['letter'].upper()}*"
    if _SAID["pattern"].fullmatch(words.upper()):
        return _checked(words.upper())
    whole = words.upper().replace(" ", "")
    if "?" in whole and len(whole) <= MOST and _SAID["pattern"].fullmatch(whole):  # "ab12 c?e"
        return _checked(whole)
    spaced = words.replace("-", "?") if "--" in words else _SAID["separator"].sub(" ", words)
    said = tokens(f"reg {spaced.replace(' ', '') if _SAID['spelt_out'].fullmatch(spaced) else spaced}")
    first = next(gathered(said, parts(said, lambda _: True)), None)
    return _checked(pattern_of(said, first)) if first else None


def _opened(plate: str) -> str:
    """A fragment with no word on where it belongs, given the open ends it must have."""
    if "*" in plate or "?" in plate or (len(plate) == 7 and format_of(plate)):
        return plate
    if begins_current(plate):
        return f"{plate}*"
    return f"*{plate}*" if len(plate) <= 4 else plate


def _checked(plate: str) -> str | None:
    plate = _opened(_SAID["stars"].sub("*", plate))
    known = [char for char in plate if char not in "?*"]
    if not known or len(plate.replace("*", "")) > MOST or not all(c.isascii() for c in known):
        return None
    # what is left open in a current plate can be counted: "KN5 something ELB"
    return plate.replace("*", "?") if _SAID["open_year"].fullmatch(plate) else put_right(plate)


def put_right(plate: str) -> str:
    """O for 0 and I for 1, and the other way, where only that makes a current plate: "YHO5XKT" -> "YH05XKT"."""
    if len(plate) != 7 or "*" in plate or format_of(plate) is not None:
        return plate
    fixed = plate[:2].translate(_LETTERS) + plate[2:4].translate(_FIGURES) + plate[4:].translate(_LETTERS)
    return fixed if format_of(fixed) == "current" else plate
