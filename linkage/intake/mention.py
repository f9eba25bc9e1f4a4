"""Words of a narrative that stand for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from linkage.intake.headcount import NUMBERS
from linkage.intake.patterns import compiled

REPORTED, HARMED, BYSTANDER = "reported", "harmed", "bystander"
MALE, FEMALE = "male", "female"

_NUMBER_AFTER = compiled(
    r"\s*(?:no\.?|number)?\s*[(#]?([1-6])\b(?!\s*(?:ft|foot|['’]|years?|st\b|stone|:\d|/\s*\d|\.\d|m\b|pm|am))"
)
_SPELT_AFTER = compiled(r"\s+(one|two|three|four|five|six)(?=\s*[,:;(-]|\s+(?:who|is|was|had|wore|then)\b)")
_LETTER_AFTER = compiled(r"\s+([a-f])\b(?!\s+\w+ed\b)")
_LETTERS = "abcdef"
_LABEL = compiled(r"(?:^[os]|#\s?|no\.? ?|number |^\(?)([1-6])\)?$")
_WORDS = compiled(r"\w+")
ORDINALS = frozenset(("first", "second", "third", "fourth", "1st", "2nd", "3rd", "4th", "other", "another", "latter",
                      "former", "different"))  # fmt: skip


_POINTING = frozenset(("he", "she", "i", "they", "alias"))


@dataclass(slots=True)
class Mention:
    """Words that stand for somebody. `people` are indexes of reported people, for role "reported" only.

    `opens` is where its phrase begins ("a tall man" opens at "a"); `place` is "subject", "agent" (after "by"),
    "predicate" or "object". `governs` says whether a description that follows in the sentence is about this person:
    true for subjects and for people newly introduced ("approached by a man, 30s"), false for "grabbed the woman".
    `article` is "new" (a, two), "known" (the), "own" (her, the victim's) or "" for none; `same` marks a noun that
    only says what the mention before it is, `named` a first name or an initial, `borne` where an "alias" was first
    told of somebody; `entity` is a place in the persons named so far, -1 for none; `sure` tells of a pronoun that the
    text sets beside a reported person's, so that it is surely another reported person's.
    """

    start: int
    end: int
    kind: str
    words: str
    sentence: int = 0
    opens: int = 0
    article: str = ""
    before: str = ""
    place: str = "subject"
    plural: bool = False
    count: int = 0
    possessive: bool = False
    governs: bool = False
    sex: str | None = None
    role: str = ""
    people: frozenset[int] = frozenset()
    entity: int = -1
    described: bool = False
    same: bool = False
    named: bool = False
    borne: int = -1
    sure: bool = False
    heads: set[str] = field(default_factory=set)

    def __copy__(self) -> Mention:
        return Mention(*_fields(self))

    @property
    def noun(self) -> bool:
        """Whether it names somebody, rather than pointing back to them."""
        return self.kind not in _POINTING


_fields = attrgetter(*Mention.__slots__)


def ordinal(made: Mention) -> str | None:
    """ "first", "other", "another" ... said of a mention."""
    return next((w for w in _WORDS.findall(f"{made.before} {made.words}") if w in ORDINALS), None)


def reported_subject(people: Sequence[Mention], start: int, end: int) -> bool | None:
    """Whether the last subject between two places of the text is a reported person (True) or a named bystander
    (False); None where that is not sure."""
    there = (m for m in reversed(people) if start <= m.start < end)
    one = next((m for m in there if m.place == "subject" and not m.possessive and m.kind != "i"), None)
    if one is None or one.role == HARMED or (one.role == BYSTANDER and one.kind != BYSTANDER):
        return None
    return one.role == REPORTED


def label(low: str, made: Mention, lettered: bool) -> int | None:
    """The number of "offender 2", "suspect b" and "o2", counted from 1."""
    number = made.words.removeprefix("number ") if made.kind == "number" else ""
    if number in NUMBERS and not number.isdigit():
        return NUMBERS[number]
    if made.kind == "number" and made.words.strip("(") in _LETTERS:
        return _LETTERS.index(made.words.strip("(")) + 1
    inside = _LABEL.search(made.words)
    spelt = _SPELT_AFTER.match(low, made.end)
    if spelt and made.kind in ("reported", MALE, FEMALE, "person"):
        return NUMBERS[spelt[1]]
    after = _NUMBER_AFTER.match(low, made.end)
    letter = _LETTER_AFTER.match(low, made.end) if lettered else None
    if figure := inside or after:
        return int(figure[1])
    return _LETTERS.index(letter[1]) + 1 if letter else None
