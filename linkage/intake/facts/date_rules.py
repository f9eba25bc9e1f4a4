"""The patterns in which dates are written, and the words at which each is to be tried."""

from __future__ import annotations

import re

from linkage.intake.facts.date_words import (
    FIXED,
    MONTH_KEYS,
    MONTH_SLIPS,
    NUMBERS,
    ORDINAL,
    ORDINALS,
    PARTS,
    SEASONS,
    WEEKDAYS,
    alternation,
)
from linkage.intake.patterns import compiled

WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_OR = r"\s*(?:-|/|&|\bor\b|\band\b|\bto\b|\binto\b)\s*"
_LEAD = (
    rf"(?:(?P<wd>{WEEKDAY})\b(?:{_OR}(?P<wd2>{WEEKDAY})\b)?"
    r"[\s,.]*(?:(?:the|on|night|morning|evening|afternoon|of)\b[\s,.]*)*)?"
)
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sep(?:t(?:emb?er)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|" + "|".join(MONTH_SLIPS) + r")(?![a-z])"
)
_TH = r"\s*(?:st|nd|rd|th)?(?![a-z0-9])"
_DAY = rf"(?P<d>[0-9]{{1,2}}|{ORDINAL}){_TH}"
_CONN = rf"\s*(?:-|/|&|\bto\b|\band\b|\bor\b|\binto\b|\buntil\b|\btill\b)\s*(?:the\s+)?(?:{WEEKDAY}\s+(?:the\s+)?)?"
_DAY2 = rf"(?:{_CONN}(?P<d2>[0-9]{{1,2}}|{ORDINAL}){_TH}(?!\s*(?:am\b|pm\b|[.:]\s?[0-9])))?"
_NOT_CLOCK = r"(?![0-9]|\s*(?:am|pm|hrs?|hours|h)\b|\s*[.:]\s*[0-9])"
_Y2 = r"'[0-9]{2}|[0-9]{2}" + (
    r"(?!\s*-\s*[0-9]{1,2}\s*(?:am|pm|[.:]))"
    r"(?=\s*(?:$|[,;)-]|\.|to\b|at\b|between\b|and\b|around\b|[0-9]{4}\s?h|[0-9]{1,2}[:.][0-9]{2}))"
)
_Y4 = r"(?:19|20)[0-9]{2}(?![0-9]|\s*(?:am|pm|hrs?|hours|h)\b|[.:][0-9]{2}\b)"
_YEAR = (
    rf"(?:[\s,./-]*\(?(?:{WEEKDAY}\b\)?[\s,]+)?(?:(?:of|in|year)\s+)*"
    rf"(?P<y>{_Y4}|(?:[0-9]{{4}}|{_Y2}){_NOT_CLOCK}))"
)
_ON_DAY = "|".join(rf"(?<=\bon\s{day}\smay)" for day in (r"\d", r"\d\d", r"\d[snrt][tdh]", r"\d\d[snrt][tdh]"))
_NOT_VERB = (
    rf"(?:{_ON_DAY}|(?!(?<=may)\s+(?:have|be|not|also|well|know|still|want|need|come|go|look|or\s+may|appear|use|live|"
    r"drive)\b))"
)
"""Behind a month: what follows does not make it a verb, as in "anyone of the 20 may have seen him", unless a day is
said outright, as in "a robbery on 4 May want to hear"."""
_NOT_VERB_OF_WEEKDAY = rf"(?(wd)|{_NOT_VERB})"
"""The same where a weekday before the day makes it one: "on Saturday 4 May want to trace"."""
_YEAR4 = r"(?P<y4>(?:19|20)[0-9]{2})" + _NOT_CLOCK


def _rule(pattern: str) -> re.Pattern[str]:
    return compiled(pattern, re.ASCII)


_DM = (
    "day",
    _rule(
        rf"{_LEAD}(?:the\s+)?{_DAY}{_DAY2}[\s,./-]*(?:day\s+)?(?:of\s+)?{_MONTH}(?:{_YEAR}|{_NOT_VERB_OF_WEEKDAY})"
    ),
)
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
_GLUED = (
    "day",
    _rule(
        rf"(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?{_MONTH.replace('(?![a-z])', '')}(?P<y>[0-9]{{4}}|[0-9]{{2}})(?![0-9])"
    ),
)
_SPACED = ("day", _rule(r"(?<![0-9] )(?P<d>[0-9]{2}) (?P<m>[01][0-9]) (?P<y>(?:19|20)[0-9]{2})(?![0-9]| [0-9])"))
_LAST_OF_MONTH = ("lastday", _rule(rf"(?:the\s+)?(?:last|final)\s+day\s+(?:of|in)\s+{_MONTH}{_YEAR}?"))
_OF_MONTH = r"(?:\s+of\s+(?:this|the\s+same)\s+month)"
_DAY_AFTER_WEEKDAY = (
    "monthday",
    _rule(
        rf"(?P<wd>{WEEKDAY})\b[\s,.]*\(?(?:the\s+)?(?P<d>[0-9]{{1,2}}|{ORDINAL})\s?(?:st|nd|rd|th)\b\)?{_OF_MONTH}?"
    ),
)
_DAY_ALONE = (
    "monthday",
    _rule(
        rf"the\s+(?P<d>[0-9]{{1,2}})\s?(?:st|nd|rd|th)\b(?:{_OF_MONTH}|(?=\s*(?:$|[,.;:)]|(?:at|about|around|"
        rf"between|when|he|she|i|"
        r"we|they|a|an|in|last)\b)))"
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
_BEFORE_THAT = (
    "relative",
    _rule(
        rf"(?P<rel>(?:{_NUMBER}\s+(?:days?|nights?|weeks?)\s+(?:before|earlier|previously|prior)|"
        r"the\s+(?:previous|preceding)\s+(?:day|night|evening|afternoon|morning)|the\s+(?:day|night|"
        r"evening)\s+before)"
        r"(?=\s*(?:$|[,.;:)(]|(?:at|about|around|a|an|he|she|when|between|in)\b)))"
    ),
)
_AGO = (
    "relative",
    _rule(
        rf"(?P<rel>(?:(?:a|the)\s+(?=few|couple)|half\s+(?=an\s))?{_NUMBER}(?:\s+of)?\s+(?:days?|nights?|nites?|"
        rf"weeks?|wks?|fortnights?|months?|years?|hours?|hrs?|minutes?|mins?)\s+"
        r"(?:ago|back|earlier(?=\s*$)))\b"
    ),
)
_DEICTIC = (
    "relative",
    _rule(
        r"(?P<rel>(?:the\s+)?day\s+before\s+yesterday|"
        r"(?:the\s+)?night\s+before\s+last|yesterday|yday|yest|ystrday|yesterdy|yesturday|yestrday|yesterda|"
        r"today|just\s+now|2day|tonight|2nite|tonite|"
        r"this\s+(?:morning|mornin|morn|afternoon|evening|week|month|year)|last\s+(?:night|nite|evening|week|wk|"
        r"weekend|month|year)|"
        r"(?:the\s+)?other\s+(?:day|night|evening)|earlier\s+today|(?:at|over)\s+the\s+weekend(?!\s+of\b))\b"
    ),
)
_LAST_DAY = (
    "weekday",
    _rule(rf"(?P<last>last|this|this\s+past|on|this\s+last|past)\s+(?P<wd>{WEEKDAY})\b"),
)
_FULL_WD = ("weekday", _rule(r"(?P<wd>(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?\b"))
_SHORT_WD = (
    "weekday",
    _rule(
        rf"(?P<wd>{WEEKDAY})\s+(?=(?:night|nite|evening|evenin|eve|morning|mornin|morn|afternoon|aft|"
        rf"just\s+gone|gone)\b)|"
        r"(?P<wd3>weds|thurs?|tues)\b(?!\s*-)"
    ),
)

Rule = tuple[str, re.Pattern[str]]
DIGIT_RULES: tuple[Rule, ...] = (
    _ISO,
    _NUMERIC,
    _GLUED,
    _DM,
    _SPACED,
    _ISO_MONTH,
    _NUMERIC_MONTH,
    _SHORT,
    _AGO,
    _BEFORE_THAT,
    _DEICTIC,
)
WEEKDAY_RULES: tuple[Rule, ...] = (_DM, _MD, _NUMERIC, _SHORT, _DAY_AFTER_WEEKDAY, _FULL_WD, _SHORT_WD)


def _anchors() -> dict[str, tuple[Rule, ...]]:
    """First word of a rule -> the rules to try there."""
    table: dict[str, tuple[Rule, ...]] = {}
    months = "january february febuary march april june july august september septemer october november december sept"
    for word in (*MONTH_KEYS, *months.split(), *MONTH_SLIPS):
        table[word] = (_MD, _MONTH_YEAR, _MONTH_TO_MONTH)
    for day in WEEKDAYS:
        low = day.lower()
        for word in (low, low[:3], low[:4], low[:5]):
            table[word] = WEEKDAY_RULES
    for forms, rule in ((PARTS, _PART), (SEASONS, _SEASON), (FIXED, _FIXED_DAY)):
        for form in forms:
            word = re.split(r"[^a-z]", form)[0]
            table[word] = (*table.get(word, ()), *(() if rule in table.get(word, ()) else (rule,)))
    for word in ORDINALS:
        table[word.split("-")[0]] = (*table.get(word, ()), _DM)
    for word in ("a", "an", "half", "few", "couple", "several", *NUMBERS):
        table[word] = (_AGO, _BEFORE_THAT)
    for word in [
        "yesterday",
        "yday",
        "yest",
        "ystrday",
        "yesterdy",
        "yesturday",
        "yestrday",
        "yesterda",
        "just",
        "today",
        "2day",
        "tonight",
        "2nite",
        "tonite",
        "day",
        "night",
        "other",
        "earlier",
        "at",
        "over",
    ]:
        table[word] = (_DEICTIC,)
    for word in ("last", "this", "on", "past"):
        table[word] = (
            (_LAST_OF_MONTH, _PART, _CUED_MONTH, _DEICTIC, _LAST_DAY) if word == "last" else (_DEICTIC, _LAST_DAY)
        )
    for word in ("in", "during", "since", "year"):
        table[word] = (_CUED_MONTH, _CUED_YEAR)
    table["final"] = (_LAST_OF_MONTH,)
    table["the"] = (*table.get("the", ()), _LAST_OF_MONTH, _DEICTIC, _BEFORE_THAT, _DAY_ALONE)
    table["w"] = table["week"] = (_WEEK_OF,)
    return table


ANCHORS = _anchors()
"""First word -> the rules to try there."""
ANCHOR_WORDS = frozenset(word for word in ANCHORS if word.isalpha())

_DAYS = frozenset(day[:3].lower() for day in WEEKDAYS)
_UNITS = frozenset(
    ["few", "cou", "of", "day", "nig", "nit", "wee", "wk", "wks", "for", "mon", "yea", "hou", "hr", "hrs", "min"]
)
"""What is behind "two" and "a" in `_AGO` and `_BEFORE_THAT`."""
FOLLOWED_BY: dict[str, frozenset[str]] = {
    **dict.fromkeys(("a", "an", *NUMBERS), _UNITS),
    "the": frozenset(["fir", "beg", "las", "mid", "sta", "end", "fin", "day", "nig", "oth", "pre", "eve"]),
    "in": frozenset(word[:3] for word in (*MONTH_KEYS, *MONTH_SLIPS, "the")),
    "on": _DAYS,
    "at": frozenset(("the",)),
}
"""The everyday words among them -> the first three letters of the word that must be next, where that is no figure."""
