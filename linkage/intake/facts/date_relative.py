"""Days counted from another day: "two nights ago", "the day before", "last weekend"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from linkage.intake.facts.date_words import NUMBERS

_UNIT_DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14}
_COUNTS = {
    **{word: number for number, word in enumerate(NUMBERS, 1)},
    **{"a": 1, "an": 1, "couple": 2, "few": 3, "several": 4},  # [G] few and several
}
_VAGUE = {"few": 0.5, "couple": 0.5, "several": 0.5}  # [G] more slack, as a share of the time counted back
# [G] days of slack either side: "two weeks ago" is hardly ever 14 days to the day
_SLACK_DAYS = {"day": 0, "night": 0, "week": 2, "fortnight": 3, "month": 10, "year": 120}


def _month_span(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def counted_back(words: str, day: date, certain: bool) -> tuple[date, date]:
    """First and last day that relative words mean, counted from `day`; hedged words (not `certain`) widen them."""
    if re.search(r"\b(?:hours?|hrs?|minutes?|mins?|just now)\b", words):
        return day, day
    words = words.replace("nite", "night").replace("wk", "week")
    counted = re.search(r" (?:ago|back|earlier|before|previously|prior)$", words)
    if counted and not re.search(r"\bthe (?:day|night|evening) before$", words):
        return _ago(words, day, certain)
    return _said(words, day)


def _month_back(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _ago(words: str, day: date, certain: bool) -> tuple[date, date]:
    """ "about two weeks ago": the day counted back, and the slack either side; hedged words double it [G]."""
    unit = next(u for u in ("fortnight", "night", "day", "week", "month", "year") if u in words)
    number = next((w for w in re.findall(r"[a-z]+|[0-9]+", words) if w in _COUNTS and w not in ("a", "an")), None)
    figures = re.match(r"[0-9]+", words)
    count = int(figures.group()) if figures else _COUNTS[number or "a"]
    if unit in ("month", "year"):
        middle = _month_back(day, min(count, 50) * (12 if unit == "year" else 1))
    else:
        middle = day - timedelta(days=count * _UNIT_DAYS[unit])
    slack = _SLACK_DAYS[unit] * (1 if certain else 2)
    if not certain and not slack:
        slack = 1
    if number in _VAGUE:
        slack += round(_VAGUE[number] * (day - middle).days)
    return middle - timedelta(days=slack), min(middle + timedelta(days=slack), day)


def _said(words: str, day: date) -> tuple[date, date]:
    """Days meant by "yesterday", "last week", "the other night" ..., counted from `day`."""
    if re.search(r"previous|preceding|(?:day|evening) before$", words):
        return day - timedelta(days=1), day - timedelta(days=1)
    if words.endswith("night before"):
        return day - timedelta(days=1), day
    back = {"the day before yesterday": (2, 2), "night before last": (2, 1), "last night": (1, 0), "other": (7, 1)}
    for phrase, (first, last) in back.items():
        if phrase.removeprefix("the ") in words:
            return day - timedelta(days=first), day - timedelta(days=last)
    if words.startswith("y") or words == "last evening":
        return day - timedelta(days=1), day - timedelta(days=1)
    return _named_stretch(words, day)


def _named_stretch(words: str, day: date) -> tuple[date, date]:
    """Days of "this" or "last" weekend, week, month or year; the day itself for "today" and "this morning"."""
    last = "last" in words
    if "weekend" in words:
        saturday = day - timedelta(days=(day.weekday() - 5) % 7 or 7)
        return saturday, saturday + timedelta(days=1)
    if "week" in words:
        monday = day - timedelta(days=day.weekday() + 7 * last)
        return monday, monday + timedelta(days=6)
    if "month" in words:
        there = _month_back(day, int(last))
        return _month_span(there.year, there.month)
    return (date(day.year - last, 1, 1), date(day.year - last, 12, 31)) if "year" in words else (day, day)
