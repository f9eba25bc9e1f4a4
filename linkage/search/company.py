"""How many people a question asks for, and of which sex: "a man and a woman together", "gang of lads"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from linkage.report import Report
from linkage.search.condition import AGREES, CLOSE, DIFFERS, NOT_KNOWN, Condition, rarity_weight, unseen_weight
from linkage.vocabulary.english import forms

KIND = "company"
"""Kind of fact of the words that say it."""

ALONE = -0.3
"""Weight of a report of one person where several are asked for [G]: about half as likely."""

CLOSE_SHARE = 0.5
"""Share of the weight where there are several people whose sex is not told [G]."""

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


@dataclass(frozen=True, slots=True)
class Company:
    """At least so many people; `sexes` are those that have to be among them, at least two of it where it is one."""

    words: str
    least: int
    sexes: tuple[str, ...] = ()


def read_company(words: str) -> tuple[Company, tuple[int, int]] | None:
    """What a question says of the number and sexes of the people it asks for, and where it says so."""
    text = words.lower()
    for pattern, sexes in _pairs():
        if found := pattern.search(text):
            said = found.start("joined") if "joined" in pattern.groupindex else found.start()
            return Company(text[said : found.end()].strip(), 2, sexes), (said, found.end())
    several, gang = _several()
    if found := several.search(text):
        sex = next((sex for sex in ("male", "female") if found[sex]), None)
        return Company(found.group().strip(), 2, (sex,) if sex else ()), found.span()
    if found := gang.search(text):
        return Company(found.group().strip(), 2), found.span()
    return None


def _any(name: str) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, forms("company", name)), key=len, reverse=True)) + ")"


@cache
def _pairs() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    man, woman, both = _any("man"), _any("woman"), ("male", "female")
    return (
        (re.compile(rf"\b{_any('couple')}\b"), both),
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


class Peopled:
    """How many people every report tells of, how many of them men and women, and whether another came up."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self.reports = reports
        sexes = [[person.sex for person in report.suspects] for report in reports]
        self.number = np.array([len(one) for one in sexes], dtype=int)
        self.of_sex = {sex: np.array([one.count(sex) for one in sexes], dtype=int) for sex in ("male", "female")}
        self.another = np.array(["second_person_appears" in r.behaviours.present for r in reports], dtype=bool)


def company_condition(asked: Company, people: Peopled) -> Condition:
    """Reports of so many people of these sexes agree; with enough people of whom not all is told they are close."""
    n = len(people.reports)
    needed = 1 if len(asked.sexes) > 1 else asked.least
    enough = people.number >= asked.least
    shown: NDArray[np.bool_] = enough.copy()
    for sex in asked.sexes:
        shown &= people.of_sex[sex] >= needed
    told = sum(people.of_sex.values())
    maybe = ~shown & ((enough & (told < people.number)) | (people.another & (people.number < asked.least)))
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
