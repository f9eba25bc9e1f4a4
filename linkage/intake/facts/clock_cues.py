"""What stands around a clock time: which figures are one, how vaguely they are meant, and which half of the day."""

from __future__ import annotations

import re

from linkage.intake.facts.clock_grammar import Time, half_of
from linkage.intake.patterns import compiled

_CONTEXT = 90  # [G] characters in which "evening" or "night" tells the half of the day of a bare "9.30"
BEFORE_WORD = compiled(
    r"(?:(?P<about>'?bout|about|abt|around|(?:a?round|some(?:where|time))\s+(?:about|around)|approx(?:imate?ly|"
    r"\.)?|appr?ox|circa|"
    r"roughly|nearly|almost|towards?|(?:getting|going)\s+on\s+(?:for|to)|(?:coming|going)\s+up\s+to|approaching|"
    r"close\s+to|near|"
    r"maybe|possibly|perhaps|probably|c\.|~|or\s+so)|"
    r"(?P<justafter>(?:just|shortly|soon|(?:a\s+)?(?:little|bit|few\s+minutes|couple\s+of\s+minutes|while)|"
    r"moments|minutes|"
    r"not\s+long)\s+(?:after|past|gone))|(?P<gone>(?:it\s+(?:was|had)\s+|it's\s+)?(?:just\s+)?gone)|"
    r"(?P<justbefore>(?:just|shortly|(?:a\s+)?(?:little|bit|few\s+minutes|couple\s+of\s+minutes)|moments|"
    r"minutes|not\s+long)"
    r"\s+(?:before|short\s+of|off))|(?P<after>after|past|since)|"
    r"(?P<before>before|by|until|till|up\s+to)|(?P<exact>from)|(?P<cue>\bat|@|between|time\s*[:-]|time(?:\s+was)?|"
    r"time\s+of\s+(?:the\s+)?(?:incident|offence|attack)|(?:^|[,.;]\s*|\bit\s+)was))[\s:]*$"
)
BEFORE_ENDS = (
    *(
        "bout",
        "abt",
        "around",
        "approx",
        "appox",
        ".",
        "ly",
        "circa",
        "almost",
        "toward",
        "towards",
        "for",
        "to",
        "near",
    ),
    *("approaching", "maybe", "perhaps", "~", "so", "after", "past", "gone", "before", "of", "off", "from", "since"),
    *("@", "by", "until", "till", "at", "between", "time", "-", "was", "incident", "offence", "attack"),
)
"""What `BEFORE_WORD` ends in where no colon stands, asked first: it is tried at every letter."""
_HALF_WORD = compiled(
    r"\b(?:morning|mornin|morn|afternoon|evening|evenin|eve|night|nite|tonight|2nite|tonite|(?:small|early|wee)\s+hour|"
    r"lunch\s?-?time|dinner\s?-?time|tea\s?-?time|(?:broad\s+)?daylight|daybreak|dawn|dusk)s?\b"
)
ISH = compiled(r"ish\b|\s*\(?(?:or\s+so|approx(?:imately)?|or\s+thereabouts|-?ish)\b")
_BARE = compiled(r"\W*(?:at|between|from)?\W*[0-9]{1,2}\W*(?:(?:to|and|or|until)?\W*[0-9]{1,2})?\W*", re.ASCII)
_TWELVE, _INCHES, _HALF_HOUR = 12, 11, 30
_ARRIVED = compiled(
    r"\b(?:turned\s+up|arrived|came|got\s+(?:here|there)|showed\s+up|appeared|knocked|was\s+here|"
    r"for)\b[^.!?;\n]{0,25}?"
    r"\b(?:at|about|around|for)\s+(?:about\s+|around\s+)?$"
)
_YEARS = 19, 20  # the first two of four figures that are more likely a year
_STOP_BEFORE = compiled(r"(?:[,;|/\n¤•*-]\s?|(?:(?:19|20)|/)\d\d[.,]?\s)$")
_DAY_BEFORE = compiled(
    r"(?:\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|(?:19|20)\d\d|[./]\d\d)\)?[.,]?\s$"
)
_MONTHS = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_DAY_AFTER = compiled(
    r"\s*,?\s*(?:on\s+)?(?:the\s+)?(?:night\s+of\s+|evening\s+of\s+|morning\s+of\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|"
    rf"[0-9]{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTHS}\b|{_MONTHS}\s+[0-9]{{1,2}}\b|[0-9]{{1,2}}[./][0-9]{{1,2}}[./](?:20)?[0-9]{{2}}\b)"
)
"""Behind figures: the day, which a year or a sum of money has not."""
_OF_A_YEAR = compiled(r"\b(?:in|since|of|during|until|the|a|year|by|circa)\s+$")
_ISH_BEHIND = compiled(r"ish\s*(?:[,.;)]|$)")
_STOP_AFTER = compiled(r"\s*(?:$|[.,;|/\n¤•*)-](?!\d))")
_HOUR_CUE = compiled(r"\b(?:hours?|time|o'clock)\s*[:=]?\s*$")
_HALF_BEFORE = compiled(
    r"\b(?:nights?|nite|evening|evenin|eve|morning|mornin|morn|afternoon|tonight|2nite|"
    r"tonite)\b[\s,:(-]*(?:(?:at|about|bout|abt|around|approx(?:imately)?\.?|just|"
    r"shortly|after|gone|nearly|circa|roughly|between|from|sometime|before|earlier|previously|of|the|"
    r"bank\s+holiday|to|\w+day|jan\w*|feb\w*|"
    r"mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|(?:19|20)[0-9]{2}|"
    r"\(?[0-9]{1,2}(?:st|nd|rd|th)?\)?)\)?[\s,(]*){0,8}$"
)
_AFTER_HOUR = compiled(
    r"\s*(?:$|(?<=\n)|[,.;:)-]|-?ish\b|o'?\s?clock|(?:by|near|outside|or\s+so|approx|when|and|he|she|they|i|we|it|the|in|on|my|while|as|"
    r"this|to|that|"
    r"there)\b|an?\s(?!m\b)(?!half))"
)
_TALL = compiled(
    r"\s*(?:,\s*)?(?:tall|in\s+height|slim|stocky|medium|build|ft|foot|feet|height|or\s+so\s+tall|with)\b"
)


def glued(text: str, start: int) -> bool:
    """Figures right behind money, a sign, or another figure's stop ("30.9", "2009-09") do not start a time."""
    if start == 0 or not text[start].isdigit():
        return False
    last = text[start - 1]
    return (
        last in "£$€#+"
        or (last in "./:-'" and start > 1 and text[start - 2].isdigit())
        or (last.isalpha() and last != "t")
    )


def half_nearby(text: str, time: Time) -> str | None:
    """The half of the day that "evening", "night" ... in the same sentence gives to a bare time."""
    after = re.split(r"[.!?;\n](?![0-9 ])", text[time.end : time.end + _CONTEXT])[0]
    before = re.split(r"[!?;\n]|\.(?!\s?[0-9])", text[max(0, time.start - _CONTEXT) : time.start])[-1]
    words = [*_HALF_WORD.findall(before)[::-1], *_HALF_WORD.findall(after)]
    return half_of(words[0].rstrip("s")) if words else None


def strong(time: Time) -> bool:
    """Whether the time says by itself that it is one: "9pm", "21:30", "half past nine", "midnight"."""
    return time.plainly or time.half in ("am", "pm", "night")


def admissible(text: str, time: Time, kind: str | None, lenient: bool) -> bool:
    """Whether figures or words that may be a time are one here; in free text they need a cue, "pm", ":" or "hrs"."""
    if glued(text, time.start) or strong(time):
        return not glued(text, time.start)
    if lenient:
        return has_minutes(text, time) or _BARE.fullmatch(text) is not None or half_nearby(text, time) is not None
    if time.four:
        return _four_figures(text, time, kind)
    if _beside_half(text, time, kind) or (time.hour > _TWELVE and _HOUR_CUE.search(text, 0, time.start) is not None):
        return True
    if kind in ("cue", "about") and not text[time.start].isdigit() and time.minute == _HALF_HOUR:
        return half_nearby(text, time) is not None  # "at half eleven on the night of ..."
    cued = kind in ("cue", "about") or _alone(text, time) or _DAY_AFTER.match(text, time.end) is not None
    return has_minutes(text, time) and cued and not _like_a_height(text, time)


def arrival(text: str, time: Time) -> bool:
    """Whether a bare hour is when somebody came: "turned up at 5"; a time before it tells the half of the day."""
    bare = 1 <= time.hour <= _TWELVE and time.half is None and _AFTER_HOUR.match(text, time.end) is not None
    return bare and _ARRIVED.search(text[max(0, time.start - 60) : time.start]) is not None


def _four_figures(text: str, time: Time, kind: str | None) -> bool:
    """Whether four figures without "hrs" are a time: "at 2130", "approx. 1800", or "0345" between two stops."""
    if kind == "cue":
        return not text.endswith("between ", 0, time.start)
    if _dated(text, time, kind):
        return True
    if _STOP_AFTER.match(text, time.end) is None:
        return False
    if kind == "about":
        return not _YEARS[0] <= time.hour <= _YEARS[1]
    if time.hour and time.hour not in _YEARS and _DAY_BEFORE.search(text[max(0, time.start - 12) : time.start]):
        return True
    return text[time.start] == "0" and _STOP_BEFORE.search(text[max(0, time.start - 3) : time.start]) is not None


def _dated(text: str, time: Time, kind: str | None) -> bool:
    """Whether four figures are meant roughly ("about 0345", "1930ish") or a day stands behind them."""
    if kind == "about" and text[time.start] == "0":
        return True
    if _OF_A_YEAR.search(text, max(0, time.start - 12), time.start):
        return False
    likely = kind == "about" or time.hour not in _YEARS
    return bool(_ISH_BEHIND.match(text, time.start + 4) or (likely and _DAY_AFTER.match(text, time.end)))


def _beside_half(text: str, time: Time, kind: str | None) -> bool:
    """Whether an hour stands right beside its part of the day: "last night at 11", "Friday night, 9ish"."""
    if not 1 <= time.hour <= _TWELVE or not _AFTER_HOUR.match(text, time.end):
        return False
    if _HALF_BEFORE.search(text[max(0, time.start - 60) : time.start]) is None:
        return False
    return kind in ("cue", "about") or time.minute > 0 or "ish" in text[time.start : time.end + 4]


def _like_a_height(text: str, time: Time) -> bool:
    """Whether "5.10" may as well be feet and inches: nothing else says that it is a time."""
    if time.hour not in (4, 5, 6) or time.minute > _INCHES:
        return False
    cued = half_nearby(text, time) is not None or text.endswith("at ", 0, time.start)
    return not cued or _TALL.match(text, time.end) is not None


def has_minutes(text: str, time: Time) -> bool:
    """Whether a time was said in figures with its minutes: "9.30", "2130"."""
    return re.match(r"[0-9]{1,2}\s?[:.;]\s?[0-9]{2}|[0-9]{4}", text[time.start : time.end]) is not None


def _alone(text: str, time: Time) -> bool:
    """Whether "21.30" is a sentence of its own, as in the house form of alerts."""
    before = text[max(0, time.start - 2) : time.start]
    return (
        (before in (". ", ", ", "- ", "") or before.endswith(("\n", "(")))
        and re.match(r"\s*(?:[.,:;)]\s|\)|-|$)", text[time.end :]) is not None
        and has_minutes(text, time)
    )
