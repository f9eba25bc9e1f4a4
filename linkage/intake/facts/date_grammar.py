"""How people write dates: rules that read one spoken date off a text, before anybody decides which days it means.

`read` walks over the words once and tries a rule only where a number, a weekday, a month or another date word
starts, so that a long narrative costs little. What it returns is still words ("the 30th of a September, year not
said"); `date_resolve` turns it into days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from linkage.intake.facts.date_rules import (
    ANCHOR_WORDS,
    ANCHORS,
    DIGIT_RULES,
    FOLLOWED_BY,
    WEEKDAY,
    WEEKDAY_RULES,
    Rule,
)
from linkage.intake.facts.date_words import FORMS, MONTH_KEYS, MONTH_SLIPS, ORDINALS, WEEKDAYS, runs
from linkage.intake.patterns import compiled


@dataclass(frozen=True, slots=True)
class Spoken:
    """A date as said. `kind` is day, month, part (of month or year), season, fixed, year, weekday or relative."""

    start: int
    end: int
    kind: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    day2: int | None = None
    part: str | None = None
    weekdays: tuple[str, ...] = ()
    weekday_span: tuple[int, int] | None = None
    relative: str | None = None
    certain: bool = True
    night: bool = False
    until: Spoken | None = None


LAST_DAY = "last day"
"""`Spoken.part` of "the last day of February": which day it is depends on the year."""

_APPROX = compiled(
    r"(?:\b(?:about|around|approx(?:imately)?|circa|roughly|possibly|maybe|perhaps|probably|think|thinks|"
    r"thought)\b|~)"
    r"[^.;]{0,12}$"
)
_SHORT_AFTER = compiled(r"(?:\bon|\bdate|\bwhen|\bnight|\bmorning)\W{1,3}(?:the\s+)?$")
_NIGHT_OF = compiled(r"\bnight(?:\s+(?:of|between))?[\s,]*(?:the\s+)?$")
_JOIN = compiled(
    rf"\s*(?:-|\bto\b|\buntil\b|\btill\b|\bor\b|\binto\b|\bthrough\b|(\band\b))\s*(?:the\s+)?(?:{WEEKDAY}\s+)?$"
)
_BETWEEN = compiled(r"\bbetween\s+(?:the\s+)?$")


def _weekday(word: str | None) -> str | None:
    return next((day for day in WEEKDAYS if word and day[:3].lower() == word[:3]), None)


def _year(words: str | None) -> int | None:
    """Two digits are 20xx up to 68 and 19xx from 69 (POSIX strptime %y) [V]."""
    if not words:
        return None
    number = int(words.lstrip("'"))
    return number if number > 99 else number + (2000 if number < 69 else 1900)


def _number(groups: dict[str, str | None], name: str) -> int | None:
    words = groups.get(name)
    if not words:
        return None
    return int(words) if words.isdigit() else ORDINALS[words.replace(" ", "-")]


def _month(word: str) -> int:
    return MONTH_SLIPS.get(word) or MONTH_KEYS.index(word[:3]) + 1


def _spoken(kind: str, found: re.Match[str], text: str) -> Spoken:
    groups = found.groupdict()
    month_word = groups.get("month")
    month = _month(month_word) if month_word else _number(groups, "m")
    weekdays = tuple(day for name in ("wd", "wd2", "wd3") if (day := _weekday(groups.get(name))))
    start = found.start()
    before = text[max(0, start - 25) : start]
    part = groups.get("part") or groups.get("season") or groups.get("fixed")
    return Spoken(
        start=start,
        end=start + len(found.group().rstrip(" \t\n,.-/")),
        kind="day" if kind in ("short", "monthday", "lastday") else kind,
        year=_year(groups.get("y") or groups.get("y2") or groups.get("y4")),
        month=month,
        day=_number(groups, "d"),
        day2=_number(groups, "d2"),
        part=LAST_DAY if kind == "lastday" else FORMS[re.sub(r"[\s-]+", " ", part)] if part else None,
        weekdays=weekdays,
        weekday_span=found.span("wd" if groups.get("wd") else "wd3") if weekdays else None,
        relative=groups.get("rel") or groups.get("last"),
        certain=_APPROX.search(before) is None,
        night=_NIGHT_OF.search(before) is not None,
    )


def _allowed(kind: str, found: re.Match[str], text: str, lenient: bool) -> bool:
    """Digits glued to other digits or money are no dates, and "24/7" is none without a weekday or "on" before it."""
    start = found.start()
    if text[start].isdigit() and start:
        last = text[start - 1]
        if last in "£$€#@" or (last in "./:" and start > 1 and text[start - 2].isdigit()):
            return False
    if kind == "weekday" and "last" in found.re.groupindex:
        return not any(rule.match(text, found.start("wd")) for name, rule in WEEKDAY_RULES if name != "weekday")
    if kind == "short" and not lenient:
        return bool(found["wd"]) or _SHORT_AFTER.search(text[max(0, start - 12) : start]) is not None
    return True


def _at(text: str, position: int, rules: tuple[Rule, ...], lenient: bool) -> Spoken | None:
    for kind, rule in rules:
        found = rule.match(text, position)
        if found is not None and _allowed(kind, found, text, lenient):
            return _spoken(kind, found, text)
    return None


def _ends_at_once(word: str, behind: str) -> bool:
    """Whether an everyday word has behind it what is in none of its rules: "the man"."""
    wanted = FOLLOWED_BY.get(word)
    return wanted is not None and behind[:3] not in wanted and not behind[:1].isdigit()


def _single(text: str, lenient: bool) -> Iterator[Spoken]:
    done = 0
    week: Spoken | None = None
    for word, start, behind in runs(text, ANCHOR_WORDS):
        rules = DIGIT_RULES if word[0] <= "9" and len(word) in (1, 2, 4) else ANCHORS.get(word)
        if rules is None or start < done or (behind is not None and _ends_at_once(word, behind)):
            continue
        spoken = _at(text, start, rules, lenient)
        if spoken is None:
            continue
        done = spoken.end
        if spoken.kind == "week":
            week = spoken
            continue
        if week is not None and spoken.kind == "day" and spoken.start - week.end <= 6:
            spoken = replace(spoken, start=week.start, kind="week")
        week = None
        yield spoken


def read(text: str, lenient: bool = False) -> list[Spoken]:
    """Every date said in `text` (already `plain`), in order; "3 May - 2 June 2019" is one with an `until`.

    `lenient` accepts day and month alone in figures ("30/9"), for a field that holds nothing but a date.
    """
    joined: list[Spoken] = []
    for spoken in _single(text, lenient):
        first = joined[-1] if joined else None
        if first and first.until is None and first.kind == spoken.kind and spoken.kind in ("day", "month", "year"):
            between = _JOIN.match(text[first.end : spoken.start])
            if between and (not between[1] or _BETWEEN.search(text[: first.start])):
                joined[-1] = replace(first, end=spoken.end, until=spoken, certain=first.certain and spoken.certain)
                continue
        joined.append(spoken)
    return joined
