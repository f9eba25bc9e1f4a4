"""What a whole narrative tells about its people: how many it counts, and whether they are women."""

from __future__ import annotations

import re
from functools import cache

from linkage.intake.alternation import Anywhere
from linkage.intake.cues import nouns, people_words
from linkage.intake.patterns import compiled

MOST_PEOPLE = 6
"""Reported people told apart in one narrative [G]."""

NUMBERS = {
    "one": 1, "1": 1, "first": 1, "1st": 1, "former": 1, "two": 2, "2": 2, "second": 2, "2nd": 2, "other": 2,
    "another": 2, "latter": 2, "different": 2, "three": 3, "3": 3, "third": 3, "3rd": 3, "four": 4, "4": 4,
    "fourth": 4, "4th": 4, "five": 5, "5": 5, "six": 6, "6": 6, "couple of": 2, "pair of": 2, "group of": 2,
    "gang of": 2, "several": 2,
}  # fmt: skip

_SHE = compiled(r"\bshe\b")
_WOMAN = r"(?:wom[ae]n|females?|lady|girl)"
_IS_A_WOMAN = compiled(rf"\s(?:was|is|were|described as)\s+(?:an?\s+)?(?:[\w'-]+[ ,]+){{0,4}}?{_WOMAN}\b")
"""Somebody is told to be a woman: stands wherever `_woman_named` does, which is slow, and in few other texts."""

_OF_THEM = compiled(
    r"\b(two|three|four|five|six|[2-6]) of (?:them|'?em)\b|\bthere (?:were|was) (two|three|four|[2-4])"
    r"(?= in| (?:others? )?(?:in|inside|waiting))"
    r"|\bthey (?:were|was) (two|three|four|[2-4])\b"
)
_THINGS = compiled(
    r"\b(?:notes|messages|calls|texts|e-?mails|photo(?:graph)?s|pictures|letters|bags|phones|cards|sums|visits|payments"
    r"|bookings|images|videos|clips|bottles|bites|burns|cuts|wounds|stitches|times|victims|women|girls|workers|escorts)\b"
    r"[,:(–-]?\s*$"
)
"""Before "five of them" that counts things, or who was harmed: "the notes, five of them, all shared a number"."""

_COUNTING = (" of them", " of 'em", " of em", "there w", "they w")
"""One of these stands wherever `_OF_THEM` does."""


@cache
def _attack() -> str:
    return "|".join(people_words()["verbs"]["attack"])


def of_them(low: str) -> int:
    """People counted as "two of them" or "they were two"; 1 when nobody is."""
    if not any(words in low for words in _COUNTING):
        return 1
    told = [
        next(filter(None, found.groups()))
        for found in _OF_THEM.finditer(low)
        if not _THINGS.search(low, max(0, found.start() - 24), found.start())
    ]
    return max([NUMBERS[number] for number in told], default=1)


@cache
def _woman_named() -> re.Pattern[str]:
    """The reported person told to be a woman."""
    some = r"(?:(?!by\b)(?!(?!being\b)[\w'-]+ing\b)[\w'-]+[ ,]+)"  # not "is targeting lone women"
    return compiled(
        rf"\b(?!passenger)(?:{nouns('reported')})\s+(?:was|is|were|described as)\s+(?:an?\s+)?"
        rf"{some}{{0,4}}?{_WOMAN}\b"
    )


@cache
def _woman_so_named() -> re.Pattern[str]:
    """The reported person called so: "a woman driver"; opens with a letter, for which `re` looks fast."""
    return compiled(rf"(?:f(?<=\bf)emale|w(?<=\bw)oman|l(?<=\bl)ady)\s+(?:{nouns('reported')})\b")


@cache
def _woman_sought() -> re.Pattern[str]:
    return compiled(
        r"\b(?:trace|identify|speak to|looking for|seeking)\s+(?:an?|the|this)\s+(?:[\w'-]+[ ,]+){0,3}?"
        + rf"{_WOMAN}\b"
    )


@cache
def _turn(name: str) -> re.Pattern[str]:
    """Turns of phrase that tell who is a woman and who did it."""
    male, harmed, reported = nouns("male"), nouns("harmed"), nouns("reported")
    patterns = {
        "headed": rf"(?:^|[.!?\n]\s*){_WOMAN}\s*[,:]\s*"
        r"(?:white|black|asian|aged?|\d|mid|early|late|approx|around|about)",
        "him": rf"\b(?:he|him|{male})\b",
        "he": rf"\b(?:he|{male})\b",
        "opens": rf"(?:^|[.!?\n]\s*)(?:[\w'-]+[ ,]+){{0,3}}?{_WOMAN}\s*(?:,|:|aged|in her|called|claim)",
        "named": rf"\b(?:i|me|my|{harmed})\b",
        "by_her": rf"\b(?:she|{_WOMAN})\s+(?:then\s+|also\s+)?(?:{_attack()})",
        "by_him": rf"\b(?:he|{male}|{reported})\s+(?:then\s+|also\s+)?(?:{_attack()})",
    }
    return compiled(patterns[name])


def reported_is_female(low: str, known_sex: str | None) -> bool:
    """Whether the reported person is a woman: as known from the field, else as the text tells; else no."""
    if known_sex in ("male", "female"):
        return known_sex == "female"
    if (_IS_A_WOMAN.search(low) and _woman_named().search(low)) or _woman_so_named().search(low):
        return True
    he = _turn("he").search(low) is not None
    if not he and (_woman_sought().search(low) or (_turn("headed").search(low) and not _turn("him").search(low))):
        return True
    if not he and re.search(r"\b(?:i|me|my)\b", low) and _turn("opens").search(low):
        return True
    if _turn("by_her").search(low) is None:
        return False
    named = _turn("named").search(low) is not None
    return (not he and named) or (_turn("by_him").search(low) is None and harmed_is_male(low))


@cache
def _male_harmed() -> Anywhere:
    harmed = nouns("harmed")
    return Anywhere(
        rf"\b(?:male|man|gay|trans|transgender|transsexual)\s+(?:{harmed})\b"
        rf"|\b(?:{harmed})\s*(?:,|was|is|\()\s*(?:an?\s+)?(?:[\w'-]+\s+){{0,4}}?(?:male|man)\b"
    )


def harmed_is_male(low: str) -> bool:
    """Whether lower-case text says that the person harmed is a man."""
    said = _male_harmed().search(low)
    return said is not None and not (said.group(0).startswith("tran") and _SHE.search(low))
