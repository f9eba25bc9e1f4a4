"""What a whole narrative tells about its people: how many are reported, and whether they are women."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

MOST_PEOPLE = 6
"""Reported people told apart in one narrative [G]."""

NUMBERS = {
    "one": 1, "1": 1, "first": 1, "1st": 1, "former": 1, "two": 2, "2": 2, "second": 2, "2nd": 2, "other": 2,
    "another": 2, "latter": 2, "three": 3, "3": 3, "third": 3, "3rd": 3, "four": 4, "4": 4, "fourth": 4, "4th": 4,
    "five": 5, "5": 5, "six": 6, "6": 6, "couple of": 2, "pair of": 2, "group of": 2, "gang of": 2, "several": 2,
}  # fmt: skip

_LABELLED = re.compile(
    r"\b(?:offender|suspect|perpetrator|attacker|client|subject|person|male|man)\s*(?:no\.?\s*|number\s*|#)?([1-6a-f])\b"
    r"(?!\s*(?:ft|foot|['’]|years?|st\b|stone))"
)
_WOMAN = r"(?:wom[ae]n|females?|lady|girl)"
_OF_THEM = re.compile(
    r"\b(two|three|four|five|six|[2-6]) of them\b|\bthere (?:were|was) (two|three|four|[2-4])(?= in)"
)
_WITH_MATE = re.compile(
    r"\bhis (?:mate|friend|pal|cousin|brother|companion)\b\s*(?:[,(]|was\b|is\b|had\b|who\b|wore\b|about\b|in a\b)"
)


@cache
def table() -> dict[str, Any]:
    """`people_words.toml` as it stands."""
    return tomllib.loads(files("linkage.vocabulary").joinpath("data/people_words.toml").read_text(encoding="utf-8"))


@cache
def nouns(group: str) -> str:
    """The nouns of a group of `people_words.toml` as one regular expression."""
    return "|".join(sorted(table()[group]["nouns"], key=len, reverse=True))


@cache
def _attack() -> str:
    return "|".join(table()["verbs"]["attack"])


@cache
def _help() -> re.Pattern[str]:
    return re.compile(rf"[^.!?\n]{{0,40}}?\b(?:{'|'.join(table()['verbs']['help'])})")


def count_people(low: str) -> int:
    """How many reported people lower-case text speaks of, as far as it says; at least 1, at most `MOST_PEOPLE`."""
    plural = rf"(?:{nouns('male')}|{nouns('reported')}|people|persons)"
    pattern = rf"\b({'|'.join(NUMBERS)})\b(?!(?<=of) (?:[2-6]|two|three|four|five|six)\b)"
    pattern += rf"(?:(?:unknown|other|more|[\w'-]+)[ ,-]+|\s){{0,4}}?\b({plural})\b"
    most = max(_numbered(low), _of_them(low))
    for found in re.finditer(pattern, low):
        ordinal, noun = found.group(1), found.group(2)
        if helps(low, found.end()) or "worker" in found.group(0) or re.search(r"[.;!?]", found.group(0)):
            continue
        if ordinal in ("one", "1", "first", "1st", "former"):
            continue
        plural_noun = noun.endswith(("s", "men", "people", "gang"))
        counts = ordinal in ("second", "2nd", "other", "another", "third", "3rd", "fourth", "4th", "latter")
        if (plural_noun and not counts) or (counts and not plural_noun):
            most = max(most, NUMBERS[ordinal])
    return min(most, MOST_PEOPLE)


def _numbered(low: str) -> int:
    """How many people are set apart by "Offender 1 ... Offender 2" or "Suspect A ... Suspect B"; 1 when none are."""
    labels = {found.group(1) for found in _LABELLED.finditer(low)}
    for kind in ("123456", "abcdef"):
        if kind[0] in labels and kind[1] in labels:
            return max(kind.index(label) + 1 for label in labels if label in kind)
    return 1


def _of_them(low: str) -> int:
    """People counted as "two of them"; "his mate was ..." makes two."""
    told = [next(filter(None, found.groups())) for found in _OF_THEM.finditer(low)]
    return max([NUMBERS[number] for number in told], default=2 if _WITH_MATE.search(low) else 1)


@cache
def _woman_named() -> re.Pattern[str]:
    """The reported person called a woman outright, sought as one, or a description that opens "Female, white"."""
    some = r"(?:[\w'-]+[ ,]+)"
    return re.compile(
        rf"\b(?:{nouns('reported')})\s+(?:was|is|were|described as)\s+(?:an?\s+)?{some}{{0,4}}?{_WOMAN}\b"
        rf"|\b(?:female|woman|lady)\s+(?:{nouns('reported')})\b"
        rf"|(?:^|[.!?\n]\s*){_WOMAN}\s*[,:]\s*(?:white|black|asian|aged?|\d|mid|early|late|approx|around|about)"
        rf"|\b(?:trace|identify|speak to|looking for|seeking)\s+(?:an?|the|this)\s+{some}{{0,3}}?{_WOMAN}\b"
    )


def reported_is_female(low: str, known_sex: str | None) -> bool:
    """Whether the reported person is a woman: as known from the field, else as the text tells; else no."""
    if known_sex in ("male", "female"):
        return known_sex == "female"
    if _woman_named().search(low):
        return True
    he = re.search(rf"\b(?:he|{nouns('male')})\b", low) is not None
    opens = rf"(?:^|[.!?\n]\s*)(?:[\w'-]+[ ,]+){{0,3}}?{_WOMAN}\s*(?:,|:|aged|in her|called|claim)"
    if not he and re.search(r"\b(?:i|me|my)\b", low) and re.search(opens, low):
        return True
    named = re.search(rf"\b(?:i|me|my|{nouns('harmed')})\b", low) is not None
    by_her = re.search(rf"\b(?:she|{_WOMAN})\s+(?:then\s+|also\s+)?(?:{_attack()})", low) is not None
    by_him = (
        re.search(rf"\b(?:he|{nouns('male')}|{nouns('reported')})\s+(?:then\s+|also\s+)?(?:{_attack()})", low)
        is not None
    )
    return (not he and named and by_her) or (by_her and not by_him and harmed_is_male(low))


def harmed_is_male(low: str) -> bool:
    """Whether lower-case text says that the person harmed is a man."""
    harmed = rf"(?:{nouns('harmed')})"
    return (
        re.search(rf"\b(?:male|man|gay|trans|transgender|transsexual)\s+{harmed}\b", low) is not None
        or re.search(rf"\b{harmed}\s*(?:,|was|is|\()\s*(?:an?\s+)?(?:[\w'-]+\s+){{0,4}}?(?:male|man)\b", low)
        is not None
    )


def helps(low: str, end: int) -> bool:
    """Whether the person named before `end` came to help."""
    return _help().match(low, end) is not None
