"""How many people a question asks for, and of which sex: "a man and a woman together", "gang of lads"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from linkage.search.condition import AGREES, CLOSE, DIFFERS, NOT_KNOWN, Condition, rarity_weight, unseen_weight
from linkage.search.report_index import ReportIndex
from linkage.vocabulary.english import forms

KIND = "company"
"""Kind of fact of the words that say it."""

ALONE = -0.3
"""Weight of a report of one person where several are asked for [G]: about half as likely."""

SEVERAL = 2
"""People from which they are several."""

CLOSE_SHARE = 0.5
"""Share of the weight where there are several people whose sex is not told, or in another number [G]."""

_BETWEEN = (
    r"(?:\W+(?!or\b|nor\b)[a-z]+){0,3}?\W+(?:and|with|plus|n|&|\+)\W+"
    r"(?:an?\W+|his\W+|her\W+|another\W+)?(?:[a-z]+\W+)?"
)
"""What stands between a man and a woman who are named together."""
_BESIDE = (
    r"(?:\W+(?!or\b|nor\b)[a-z]+){0,6}?\W+(?P<joined>(?:(?:working|acting|teamed|along|together|operating)\W+"
    r"(?:up\W+)?with|(?:accompanied|helped|assisted|aided|driven)\W+by|alongside)\W+"
    r"(?:an?\W+|his\W+|her\W+|another\W+)?(?:[a-z]+\W+)?)"
)
"""The same where the one is described first: "woman with a scarf working with a man"."""

_NUMBERS = {
    **{word: at for at, word in enumerate(("one", "two", "three", "four", "five", "six", "seven"), start=1)},
    **{str(number): number for number in range(1, 8)},
    **{"both": 2, "pair": 2, "trio": 3},
}
"""Words for a number of people; "a couple of" is any small number."""
_OPEN = re.compile(r"\b(?:at least|no (?:less|fewer) than|more than|over|or more|plus)\b|\+")
_OR_MORE = re.compile(r"\s+(?:or more|plus)\b")
_OVER = re.compile(r"\b(?:more than|over)\b")
_BEFORE = re.compile(
    r"\b(?:(?:at least|no (?:less|fewer) than|more than|over)\s+"
    rf"|(?:{'|'.join(_NUMBERS)})\s*(?:\bor\b|\bto\b|-)\s*)$"
)


@dataclass(frozen=True, slots=True)
class GroupComposition:
    """At least so many people, at most `most` where a number is asked for; `sexes` are those that have to be among
    them, all of `least` where it is one."""

    words: str
    least: int
    sexes: tuple[str, ...] = ()
    most: int | None = None


def read_group_composition(words: str) -> tuple[GroupComposition, tuple[int, int]] | None:
    """What a question says of the number and sexes of the people it asks for, and where it says so."""
    text = words.lower()
    for pattern, sexes in _pairs():
        if found := pattern.search(text):
            said = found.start("joined") if "joined" in pattern.groupindex else found.start()
            return GroupComposition(_plain(text[said : found.end()]), 2, sexes), (said, found.end())
    several, gang = _several()
    if found := several.search(text):
        sex = next((sex for sex in ("male", "female") if found[sex]), None)
        before = _BEFORE.search(text, 0, found.start())
        behind = _OR_MORE.match(text, found.end())
        start, end = before.start() if before else found.start(), behind.end() if behind else found.end()
        least, most = _bounds(text[start:end])
        return GroupComposition(_plain(text[start:end]), least, (sex,) if sex else (), most), (start, end)
    if found := gang.search(text):
        return GroupComposition(found.group().strip(), 2), found.span()
    return None


def _plain(said: str) -> str:
    """The words without the room of what was read before: "two unarmed men" are two men."""
    return " ".join(said.split())


def _any(name: str) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, forms("company", name)), key=len, reverse=True)) + ")"


@cache
def _pairs() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    man, woman, both = _any("man"), _any("woman"), ("male", "female")
    return (
        (re.compile(rf"\b{_any('couple')}\b(?!\W+of\b)"), both),
        (re.compile(rf"\b{man}\b{_BESIDE}\b{woman}\b"), both),
        (re.compile(rf"\b{woman}\b{_BESIDE}\b{man}\b"), both),
        (re.compile(rf"\b{man}\b{_BETWEEN}\b{woman}\b(?:\W+(?:together|working together))?"), both),
        (re.compile(rf"\b{woman}\b{_BETWEEN}\b{man}\b(?:\W+(?:together|working together))?"), both),
    )


@cache
def _several() -> tuple[re.Pattern[str], re.Pattern[str]]:
    kinds = f"(?:(?P<male>{_any('men')})|(?P<female>{_any('women')})|{_any('people')})"
    return (
        re.compile(rf"\b{_any('number')}\W+(?:[a-z]+\W+)?{kinds}\b"),
        re.compile(rf"\b{_any('gang')}\b"),
    )


def _bounds(words: str) -> tuple[int, int | None]:
    """Fewest and most people that words name: "two or three men", "at least three", "several"."""
    told = [_NUMBERS[one] for one in re.findall(r"[a-z]+|[0-9]+", words) if one in _NUMBERS]
    if not told:
        return SEVERAL, None
    least, most = max(SEVERAL, min(told)), max(told)
    if _OPEN.search(words):
        return (max(SEVERAL, most + 1) if _OVER.search(words) else least), None
    return least, max(least, most)


class Peopled:
    """How many people every report tells of, how many of them men and women, and whether another came up."""

    def __init__(self, index: ReportIndex) -> None:
        self.number = index.numbers["people"]
        self.of_sex = {sex: index.numbers[sex] for sex in ("male", "female")}
        self.another = index.values["present"].holding(["second_person_appears"])


def group_condition(asked: GroupComposition, people: Peopled) -> Condition:
    """Reports of so many people of these sexes agree; with enough people of whom not all is told they are close, and
    so are several people in another number than the one asked for, as witnesses do not count alike."""
    n = len(people.number)
    needed = 1 if len(asked.sexes) > 1 else asked.least
    enough = people.number >= asked.least
    shown: NDArray[np.bool_] = enough & (people.number <= (asked.most or people.number))
    untold = people.number - sum(people.of_sex.values())
    several = (people.number >= SEVERAL) & (asked.most is not None or asked.least > SEVERAL)
    for sex in asked.sexes:
        shown &= people.of_sex[sex] >= needed
        several &= people.of_sex[sex] + untold >= min(needed, SEVERAL)
    maybe = ~shown & ((enough & (untold > 0)) | (people.another & (people.number < asked.least)) | several)
    says = np.full(n, DIFFERS, dtype=np.int8)
    says[people.number == 0] = NOT_KNOWN
    says[maybe], says[shown] = CLOSE, AGREES
    count = int(shown.sum())
    full = rarity_weight(count, n) if count else 0.0
    weights = np.array([0.0, full, CLOSE_SHARE * full, ALONE])[says]
    return Condition(
        field="person",
        label="Number of people",
        asked=asked.words,
        weights=weights,
        says=says,
        words=lambda row: _words(people, row),
        most=full or unseen_weight(n),
    )


def _words(people: Peopled, row: int) -> str:
    if not people.number[row]:
        return "not known"
    told = {sex: int(of_sex[row]) for sex, of_sex in people.of_sex.items()}
    parts = [f"{number} {sex}" for sex, number in told.items() if number]
    rest = int(people.number[row]) - sum(told.values())
    return ", ".join([*parts, *([f"{rest} of sex not told"] if rest else [])])
