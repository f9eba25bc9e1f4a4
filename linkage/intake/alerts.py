"""Plain text -> alerts: which paragraphs belong together.

An alert is one paragraph, or a paragraph with those that carry it on. Paragraphs are set apart by blank lines. One
begins a new alert when

* the one before it closed with its number ("No: 456"), or
* it opens with a date, a weekday with a date, "Alert", "Ref", "Report" or a number, or names a date at once, or
* no paragraph of the text shows any of these signs, and it does not carry on ("He then ...", "Vehicle: ...").

A heading (a short line without a full stop) belongs to what follows it. Lines that follow each other without a blank
line are one paragraph, unless each of them opens as an alert does the line before closed with its number,
or they open with dates of different days.
"""

from __future__ import annotations

import re

from linkage.intake.patterns import compiled

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = (
    rf"(?:\d{{1,2}}\s*(?:st|nd|rd|th)?\s*(?:of\s+)?{_MONTH}\b|{_MONTH}\.?\s+\d{{1,4}}|\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]\d{{2,4}}"
    r"|\d{4}-\d{2}-\d{2})"
)
_WEEKDAY = r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\b"
_OPENS = compiled(
    rf"\W*(?:(?:on|date|dated|when)\b[\s:,-]*)?(?:the\s+)?(?:{_DATE}|{_WEEKDAY}[^.\n]{{0,30}}?\d)"
    r"|\W*(?:ugly\s+mugs?\s+)?(?:alert|warning|ref|reference|incident|report|case|no|number)\b\.?\s*(?:no\.?|number)?\s*[:#]?\s*"
    r"[a-z]{0,6}-?\d"
    r"|\W*(?:alert|warning)\b\s*[:!]"
    r"|\s*(?:#\s*\d+|\d{1,5}\s*[.):])\s",
    re.IGNORECASE,
)
_DATE_IN_HEAD = compiled(_DATE, re.IGNORECASE)
_CLOSES = compiled(
    r"\b(?:no|ref|reference|alert|report)\b\.?\s*(?:no\.?|number)?\s*[:#]\s*[a-z]{0,6}-?\d{1,12}\W*$", re.IGNORECASE
)
_CARRIES_ON = compiled(
    r"\W*(?:he|she|they|his|her|their|it|this|these|then|after|afterwards|later|when|while|the|also|another|both|one"
    r"|during|following|as|but|and|so|i|we|my|business|description|vehicle|car|offender|suspect|male|man|female|please"
    r"|details|location|time|place|what happened|narrative|summary|reported|update)\b",
    re.IGNORECASE,
)
_DATED = compiled(
    rf"\s*(?P<bullet>[-*•·–—>]+|\(?\d{{1,3}}[.)])?\s*(?:{_WEEKDAY}[\s,]+)?(?P<date>{_DATE}(?:,?\s+\d{{4}})?)"
    r"(?P<sep>[\s,;:|–—-]+)(?P<told>.*)",
    re.IGNORECASE,
)
_LOG = compiled(r"(?:he|she|they|i|we|his|her|my|then|again|after|later|same|this|it)\b", re.IGNORECASE)
_TELLS = 20
"""Characters that a line tells beside its date, where it is an alert of its own [G]."""
_BLANK = compiled(r"\n[ \t\f\v\u00a0]*(?:\n[ \t\f\v\u00a0]*)*\n")
_NUMBER_AT_END = 200
"""Characters from the end of an alert in which the number that closes it stands [G]."""
_HEADING = 80
"""Longest heading, in characters [G]."""
_HEAD = 80
"""A date within so many characters of the first sentence opens an alert [G]."""


def split_alerts(text: str) -> list[str]:
    """The alerts of `text` in order; everything but the blank space between them is in one of them."""
    return [text[start:end] for start, end in alert_spans(text)]


def alert_spans(text: str) -> list[tuple[int, int]]:
    """Character spans [start, end) of the alerts of `text`, stripped of surrounding space."""
    paragraphs = [span for block in _blocks(text) for span in _lines_apart(text, block)]
    signs = any(_opens(text[a:b]) or _CLOSES.search(_tail(text, (a, b))) for a, b in paragraphs)
    alerts: list[tuple[int, int]] = []
    only_heading = False
    for start, end in paragraphs:
        words = text[start:end]
        if alerts and not _begins(words, _tail(text, alerts[-1]), signs, only_heading):
            alerts[-1] = (alerts[-1][0], end)
            only_heading = only_heading and _is_heading(words)
        else:
            alerts.append((start, end))
            only_heading = _is_heading(words)
    return alerts


def _tail(text: str, span: tuple[int, int]) -> str:
    """The end of an alert, in which its number would close it: looking through all of it again and again would take
    time by the square of its length."""
    return text[max(span[0], span[1] - _NUMBER_AT_END) : span[1]]


def _begins(words: str, before: str, signs: bool, only_heading: bool) -> bool:
    if only_heading:
        return False
    if _CLOSES.search(before) or _opens(words):
        return True
    if _is_heading(words) and not words.rstrip().endswith(":"):
        return not _CARRIES_ON.match(words)
    return not signs and not _CARRIES_ON.match(words)


def _opens(words: str) -> bool:
    if _OPENS.match(words):
        return not _CLOSES.fullmatch(words.strip())
    if _CARRIES_ON.match(words):
        return False
    head = re.split(r"[.!?]\s|\n", words[:_HEAD], maxsplit=1)[0]
    return _DATE_IN_HEAD.search(head) is not None


def _is_heading(words: str) -> bool:
    return (
        len(words) <= _HEADING
        and "\n" not in words
        and words.rstrip()[-1:] not in ".!?\"”’'"
        and not _CLOSES.search(words)
        and not ((dated := _DATED.fullmatch(words)) and len(dated["told"]) >= _TELLS)
    )


def _blocks(text: str) -> list[tuple[int, int]]:
    edges = [0, *(edge for found in _BLANK.finditer(text) for edge in found.span()), len(text)]
    return [span for a, b in zip(edges[0::2], edges[1::2], strict=True) if (span := _stripped(text, a, b))]


def _lines_apart(text: str, block: tuple[int, int]) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    at = block[0]
    for line in text[slice(*block)].split("\n"):
        if span := _stripped(text, at, at + len(line)):
            lines.append(span)
        at += len(line) + 1
    each_opens = len(lines) > 1 and all(b - a > _HEADING and _opens(text[a:b]) for a, b in lines)
    dated = _dated_heads([text[a:b] for a, b in lines])
    joined: list[tuple[int, int]] = []
    for (start, end), head in zip(lines, dated, strict=True):
        if joined and not each_opens and not head and not _CLOSES.search(_tail(text, joined[-1])):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _dated_heads(lines: list[str]) -> list[bool]:
    """Which lines of a paragraph begin an alert of their own: those that open with a date and tell something.

    Two such lines at least, of different days or with bullets, the first line among them; where other lines stand
    between, each date is set off ("03/03/2024 - Leeds"). A day's log ("3 May he texted, 4 May he came") is one alert.
    """
    found = [_DATED.fullmatch(line) for line in lines]
    told = [one for one in found if one and len(one["told"]) >= _TELLS and not _LOG.match(one["told"])]
    heads = [one is not None and one in told for one in found]
    apart = len({one["date"] for one in told}) > 1 or all(one["bullet"] for one in told)
    set_off = len(told) == len(lines) or all(one["sep"].strip() for one in told)
    logged = any(one and _LOG.match(one["told"]) for one in found)
    return heads if len(told) > 1 and heads[0] and apart and set_off and not logged else [False] * len(lines)


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    words = text[start:end]
    inner = words.strip()
    if not inner:
        return None
    first = start + words.index(inner)
    return first, first + len(inner)
