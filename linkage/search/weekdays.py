"""Weekdays as whoever asks names them: cut short ("fri nights"), several at once ("mon-thu", "weekends"). Their words
stand in `data/search.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from linkage.intake.values.times.time_words import WEEKDAYS
from linkage.vocabulary import load
from linkage.vocabulary.tables import table


def whole_weekdays(words: str) -> str:
    """The words with weekdays in full where they are cut short before a part of the day, or several are meant; those
    that are joined, from one to another, or of a weekend are said one by one, for a report is of one of them."""
    return _habitual().sub(_in_full, _of_week().sub(_each_of_week, _joined().sub(_each_joined, words)))


def _either(days: Iterable[int]) -> str:
    return " or ".join(WEEKDAYS[day] for day in dict.fromkeys(days))


def _each_joined(found: re.Match[str]) -> str:
    """ "Fri, sat and sun nights" or "mon-thu" with each day in full."""
    days, through = list[int](), False
    for word in re.split(rf"({_joints('joined', 'through')})", found["days"], flags=re.IGNORECASE):
        if re.fullmatch(_joints("joined", "through"), word, re.IGNORECASE):
            through = re.fullmatch(_joints("through"), word, re.IGNORECASE) is not None
            continue
        known, said = _weekdays(), word.lower()
        day = known[said if said in known else said.removesuffix("s")]
        days += [(days[-1] + one) % 7 for one in range(1, (day - days[-1]) % 7 + 1)] if through else [day]
    return _either(days)


def _each_of_week(found: re.Match[str]) -> str:
    return _either(table("search")["periods"]["week"][found["part"].lower()])


def _in_full(found: re.Match[str]) -> str:
    day = WEEKDAYS[_weekdays()[(found["short"] or found["alone"] or found["day"]).lower()]]
    return f"{day} {found['part'].lower()}" if found["part"] else day


@cache
def _weekdays() -> dict[str, int]:
    kinds = load("time_words").entries
    return {
        name: number
        for kind in ("weekday", "shortday")
        for name, number in zip(kinds[kind].synonyms, kinds[kind].data["values"], strict=True)
    }


def _joints(*ways: str) -> str:
    return rf"\s*(?:{'|'.join(said for way in ways for said in table('search')['periods'][way])})\s*"


@cache
def _joined() -> re.Pattern[str]:
    day = rf"(?:{'|'.join(sorted(_weekdays(), key=len, reverse=True))})s?"
    return re.compile(rf"\b(?P<days>{day}(?:{_joints('joined', 'through')}{day})+)\b", re.IGNORECASE)


@cache
def _of_week() -> re.Pattern[str]:
    said = table("search")["periods"]
    before = "".join(rf"(?<!\b{one}\s)" for one in [*said["counted"], *said["one_week"]])
    return re.compile(rf"(?<!\d\s)(?<!\d){before}\b(?P<part>{'|'.join(said['week'])})s?\b", re.IGNORECASE)


@cache
def _habitual() -> re.Pattern[str]:
    kinds, said = load("time_words").entries, table("search")["periods"]
    part = "|".join(said["parts_of_day"])
    day, short = "|".join(kinds["weekday"].synonyms), "|".join(kinds["shortday"].synonyms)
    return re.compile(
        rf"\b(?:(?P<short>{short}|{day})s?\.?\s+(?P<part>{part})s?|(?P<day>{day})s"
        rf"|(?P<alone>{'|'.join(said['short_alone'])}))\b",
        re.IGNORECASE,
    )
