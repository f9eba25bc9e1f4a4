"""How people write dates: rules that read one spoken date off a text, before anybody decides which days it means.

`read` walks over the words once and tries a rule only where a number, a weekday, a month or another date word
starts, so that a long narrative costs little. What it returns is still words ("the 30th of a September, year not
said"); `date_resolve` turns it into days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from linkage.intake.facts.date_words import (
    FIXED,
    FORMS,
    MONTH_KEYS,
    ORDINAL,
    ORDINALS,
    PARTS,
    SEASONS,
    WEEKDAYS,
    alternation,
)


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


_WD = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_OR = r"\s*(?:-|/|&|\bor\b|\band\b|\bto\b|\binto\b)\s*"
_LEAD = (
    rf"(?:(?P<wd>{_WD})\b(?:{_OR}(?P<wd2>{_WD})\b)?"
    r"[\s,.]*(?:(?:the|on|night|morning|evening|afternoon|of)\b[\s,.]*)*)?"
)
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sep(?:t(?:emb?er)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])"
)
_TH = r"\s*(?:st|nd|rd|th)?(?![a-z0-9])"
_DAY = rf"(?P<d>[0-9]{{1,2}}|{ORDINAL}){_TH}"
_CONN = rf"\s*(?:-|/|&|\bto\b|\band\b|\bor\b|\binto\b|\buntil\b|\btill\b)\s*(?:the\s+)?(?:{_WD}\s+(?:the\s+)?)?"
_DAY2 = rf"(?:{_CONN}(?P<d2>[0-9]{{1,2}}|{ORDINAL}){_TH}(?!\s*(?:am\b|pm\b|[.:]\s?[0-9])))?"
_NOT_CLOCK = r"(?![0-9]|\s*(?:am|pm|hrs?|hours|h)\b|\s*[.:]\s*[0-9])"
_Y2 = r"'[0-9]{2}|[0-9]{2}" + (
    r"(?!\s*-\s*[0-9]{1,2}\s*(?:am|pm|[.:]))"
    r"(?=\s*(?:$|[,;)-]|\.|to\b|at\b|between\b|and\b|around\b|[0-9]{4}\s?h|[0-9]{1,2}[:.][0-9]{2}))"
)
_YEAR = rf"(?:[\s,./-]*(?:(?:of|in)\s+)?(?P<y>[0-9]{{4}}|{_Y2}){_NOT_CLOCK})"
_NOT_VERB = (
    r"(?!(?<=may)\s+(?:have|be|not|also|well|know|still|want|need|come|go|look|or\s+may|appear|use|live|drive)\b)"
)
_YEAR4 = r"(?P<y4>(?:19|20)[0-9]{2})" + _NOT_CLOCK


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


_DM = ("day", _rule(rf"{_LEAD}(?:the\s+)?{_DAY}{_DAY2}[\s,./-]*(?:day\s+)?(?:of\s+)?{_MONTH}(?:{_YEAR}|{_NOT_VERB})"))
_MD = ("day", _rule(rf"{_LEAD}{_MONTH}[\s,./-]*(?:the\s+)?{_DAY}{_DAY2}(?!\s*(?:am\b|pm\b|[.:]\s*[0-9])){_YEAR}?"))
_ISO = ("day", _rule(r"(?P<y>[0-9]{4})(?P<s>[-/.])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})(?![0-9])"))
_NUMERIC = (
    "day",
    _rule(
        rf"{_LEAD}(?P<d>[0-9]{{1,2}})(?:\s?[-&/]\s?(?P<d2>[0-9]{{1,2}}))?\s?(?P<s>[./-])\s?(?P<m>[0-9]{{1,2}})\s?(?P=s)"
        r"\s?(?P<y>[0-9]{4}|[0-9]{2})(?![0-9]|[./-][0-9])"
    ),
)
_SHORT = ("short", _rule(rf"{_LEAD}(?P<d>[0-9]{{1,2}})/(?P<m>[0-9]{{1,2}})(?![0-9]|\s?[./:-]\s?[0-9])"))
_PART = (
    "part",
    _rule(
        rf"(?P<part>{alternation(PARTS)})[\s-]+(?:(?:in|of|the)\s+)*"
        rf"(?:{_MONTH}(?:{_YEAR}|{_NOT_VERB})|{_YEAR4})"
    ),
)
_SEASON = (
    "season",
    _rule(rf"(?P<season>{alternation(SEASONS)})[\s,]*(?:of\s+|time\s+)*{_YEAR4}(?:\s?[/-]\s?[0-9]{{2}}(?![0-9]))?"),
)
_FIXED_DAY = ("fixed", _rule(rf"(?P<fixed>{alternation(FIXED)})(?![a-z])(?:[\s,]*(?:of\s+|in\s+)?{_YEAR4})?"))
_MONTH_YEAR = (
    "month",
    _rule(rf"{_MONTH}[\s,./-]*(?:of\s+|in\s+)?(?:(?P<y>[0-9]{{4}})|(?P<y2>'[0-9]{{2}})){_NOT_CLOCK}"),
)
_MONTH_TO_MONTH = (
    "month",
    _rule(rf"{_MONTH}(?=\s*(?:-|/|to\b|and\b|or\b|until\b)\s*{_MONTH.replace('?P<month>', '?:')}{_YEAR})"),
)
_NUMERIC_MONTH = ("month", _rule(r"(?P<m>0?[1-9]|1[0-2])[/-](?P<y>(?:19|20)[0-9]{2})(?![0-9]|[./-][0-9])"))
_ISO_MONTH = ("month", _rule(r"(?P<y>(?:19|20)[0-9]{2})-(?P<m>0[1-9]|1[0-2])(?![0-9]|[./-][0-9])"))
_CUED_MONTH = ("month", _rule(rf"(?:in|during|last|since)\s+{_MONTH}(?!\s*[0-9])"))
_CUED_YEAR = ("year", _rule(rf"(?:in|during|since|year)\s+(?:the\s+year\s+)?{_YEAR4}(?!\s?-?[0-9])"))
_WEEK_OF = ("week", _rule(r"(?:w/c|w/b|week\s+(?:commencing|beginning|starting|of))[\s,:.]*(?:the\s+)?(?=[0-9a-z])"))
_NUMBER = r"(?:[0-9]{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|few|couple|several)"
_AGO = (
    "relative",
    _rule(
        rf"(?P<rel>(?:(?:a|the)\s+(?=few|couple))?{_NUMBER}(?:\s+of)?\s+(?:days?|nights?|weeks?|fortnights?|months?|years?)\s+"
        r"(?:ago|back|earlier(?=\s*$)))\b"
    ),
)
_DEICTIC = (
    "relative",
    _rule(
        r"(?P<rel>(?:the\s+)?day\s+before\s+yesterday|(?:the\s+)?night\s+before\s+last|yesterday|today|tonight|"
        r"this\s+(?:morning|afternoon|evening|week|month|year)|last\s+(?:night|evening|week|weekend|month|year)|"
        r"(?:the\s+)?other\s+(?:day|night|evening)|earlier\s+today|(?:at|over)\s+the\s+weekend)\b"
    ),
)
_LAST_DAY = (
    "weekday",
    _rule(rf"(?P<last>last|this|this\s+past|on|this\s+last|past)\s+(?P<wd>{_WD})\b"),
)
_FULL_WD = ("weekday", _rule(r"(?P<wd>(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?\b"))
_SHORT_WD = ("weekday", _rule(rf"(?P<wd>{_WD})\s+(?=(?:night|evening|morning|afternoon)\b)"))

_Rule = tuple[str, re.Pattern[str]]
_DIGIT_RULES: tuple[_Rule, ...] = (_ISO, _NUMERIC, _DM, _ISO_MONTH, _NUMERIC_MONTH, _SHORT, _AGO)
_WEEKDAY_RULES: tuple[_Rule, ...] = (_DM, _MD, _NUMERIC, _SHORT, _FULL_WD, _SHORT_WD)


def _anchors() -> dict[str, tuple[_Rule, ...]]:
    """First word of a rule -> the rules to try there."""
    table: dict[str, tuple[_Rule, ...]] = {}
    months = "january february febuary march april june july august september septemer october november december sept"
    for word in (*MONTH_KEYS, *months.split()):
        table[word] = (_MD, _MONTH_YEAR, _MONTH_TO_MONTH)
    for day in WEEKDAYS:
        low = day.lower()
        for word in (low, low[:3], low[:4], low[:5]):
            table[word] = _WEEKDAY_RULES
    for forms, rule in ((PARTS, _PART), (SEASONS, _SEASON), (FIXED, _FIXED_DAY)):
        for form in forms:
            word = re.split(r"[^a-z]", form)[0]
            table[word] = (*table.get(word, ()), *(() if rule in table.get(word, ()) else (rule,)))
    for word in ORDINALS:
        table[word.split("-")[0]] = (*table.get(word, ()), _DM)
    for word in [
        "a",
        "an",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "twelve",
        "few",
        "couple",
        "several",
    ]:
        table[word] = (_AGO,)
    for word in ["yesterday", "today", "tonight", "day", "night", "other", "earlier", "at", "over"]:
        table[word] = (_DEICTIC,)
    for word in ("last", "this", "on", "past"):
        table[word] = (_PART, _CUED_MONTH, _DEICTIC, _LAST_DAY) if word == "last" else (_DEICTIC, _LAST_DAY)
    for word in ("in", "during", "since", "year"):
        table[word] = (_CUED_MONTH, _CUED_YEAR)
    table["the"] = (*table.get("the", ()), _DEICTIC)
    table["w"] = table["week"] = (_WEEK_OF,)
    return table


_ANCHORS = _anchors()
_TOKEN = re.compile(r"[0-9]+|[a-z]+", re.ASCII)
_APPROX = re.compile(
    r"(?:\b(?:about|around|approx(?:imately)?|circa|roughly|possibly|maybe|perhaps|probably|think|thinks|thought)\b|~)"
    r"[^.;]{0,12}$"
)
_NIGHT_OF = re.compile(r"\bnight(?:\s+(?:of|between))?[\s,]*(?:the\s+)?$")
_JOIN = re.compile(
    rf"\s*(?:-|\bto\b|\buntil\b|\btill\b|\bor\b|\binto\b|\bthrough\b|(\band\b))\s*(?:the\s+)?(?:{_WD}\s+)?$"
)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$")


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


def _spoken(kind: str, found: re.Match[str], text: str) -> Spoken:
    groups = found.groupdict()
    month_word = groups.get("month")
    month = MONTH_KEYS.index(month_word[:3]) + 1 if month_word else _number(groups, "m")
    weekdays = tuple(day for day in (_weekday(groups.get("wd")), _weekday(groups.get("wd2"))) if day)
    start = found.start()
    before = text[max(0, start - 25) : start]
    part = groups.get("part") or groups.get("season") or groups.get("fixed")
    return Spoken(
        start=start,
        end=start + len(found.group().rstrip(" \t\n,.-/")),
        kind="day" if kind == "short" else kind,
        year=_year(groups.get("y") or groups.get("y2") or groups.get("y4")),
        month=month,
        day=_number(groups, "d"),
        day2=_number(groups, "d2"),
        part=FORMS[re.sub(r"[\s-]+", " ", part)] if part else None,
        weekdays=weekdays,
        weekday_span=found.span("wd") if weekdays else None,
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
        return not any(rule.match(text, found.start("wd")) for _, rule in _WEEKDAY_RULES[:4])
    if kind == "short" and not lenient:
        return bool(found["wd"]) or text[max(0, start - 3) : start] == "on "
    return True


def _at(text: str, position: int, rules: tuple[_Rule, ...], lenient: bool) -> Spoken | None:
    for kind, rule in rules:
        found = rule.match(text, position)
        if found is not None and _allowed(kind, found, text, lenient):
            return _spoken(kind, found, text)
    return None


def _single(text: str, lenient: bool) -> Iterator[Spoken]:
    done = 0
    week: Spoken | None = None
    for token in _TOKEN.finditer(text):
        word = token.group()
        rules = _DIGIT_RULES if word[0] <= "9" and len(word) in (1, 2, 4) else _ANCHORS.get(word)
        if rules is None or token.start() < done:
            continue
        spoken = _at(text, token.start(), rules, lenient)
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
