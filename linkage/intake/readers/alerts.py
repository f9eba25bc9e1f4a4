"""Plain text -> raw rows, one for each alert: which paragraphs belong together.

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

import hashlib
import re
from collections.abc import Iterator
from pathlib import PurePath

from linkage.intake.limits import limit
from linkage.intake.patterns import PatternTable, compiled
from linkage.intake.readers import RawRow, ReadItem, too_many_rows

_SAID = PatternTable("alerts")
_TELLS = 20
"""Characters that a line tells beside its date, where it is an alert of its own [G]."""
_BLANK, _LINE = compiled(r"\n(?:[ \t\f\v\u00a0]*\n)+"), compiled(r"\n")
_INK = compiled(r"\S(?:.*\S)?", re.DOTALL)
_NUMBER_AT_END = 200
"""Characters from the end of an alert in which the number that closes it stands [G]."""
_HEADING = 80
"""Longest heading, and how far into the first sentence a date opens an alert, in characters [G]."""

Span = tuple[int, int]


def read_alerts(name: str, text: str) -> Iterator[ReadItem]:
    """One row for each alert: its words as `narrative`, and a `report_id` of file name and number.

    The number is the alert's own ("No: 456") where it has one, else its place in the file. `row` is the alert's
    first line.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    stem = PurePath(name).stem or "text"
    seen: set[str] = set()
    line, counted = 1, 0
    for position, (start, end) in enumerate(alert_spans(text), 1):
        if position > limit("rows"):
            yield too_many_rows(name)
            return
        words = text[start:end]
        own = _SAID["own_number"].findall(words)
        report_id = f"{stem}-{own[-1] if own else position}"
        if report_id in seen:
            report_id = f"{report_id}-{hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()[:6]}"
        seen.add(report_id)
        line, counted = line + text.count("\n", counted, start), start
        yield RawRow(name, line, {"report_id": report_id, "narrative": words}, not own)


def alert_spans(text: str) -> list[Span]:
    """Spans [start, end) of the alerts of `text` in order; everything but the blank space between is in one."""
    blocks = _between(text, _BLANK, (0, len(text)))
    paragraphs = [span for block in blocks for span in _lines_apart(text, block)]
    signs = any(_opens(text[a:b]) or _closed(text, (a, b)) for a, b in paragraphs)
    alerts: list[Span] = []
    only_heading = False
    for start, end in paragraphs:
        words = text[start:end]
        begins = not alerts or (not only_heading and (_closed(text, alerts[-1]) or _begins(words, signs)))
        only_heading = (begins or only_heading) and _is_heading(words)
        if begins:
            alerts.append((start, end))
        else:
            alerts[-1] = (alerts[-1][0], end)
    return alerts


def _between(text: str, apart: re.Pattern[str], within: Span) -> list[Span]:
    """What stands between all that `apart` finds within a span, stripped of space, where that is anything."""
    edges = [within[0], *(edge for found in apart.finditer(text, *within) for edge in found.span()), within[1]]
    inner = (_INK.search(text, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True))
    return [found.span() for found in inner if found]


def _closed(text: str, span: Span) -> bool:
    """Whether an alert closes with its number; to look through all of it takes time by its square."""
    return _SAID["closes"].search(text, max(span[0], span[1] - _NUMBER_AT_END), span[1]) is not None


def _begins(words: str, signs: bool) -> bool:
    if _opens(words):
        return True
    alone = not signs or (_is_heading(words) and not words.endswith(":"))
    return alone and not _SAID["carries_on"].match(words)


def _opens(words: str) -> bool:
    if _SAID["opens"].match(words):
        return not _SAID["closes"].fullmatch(words.strip())
    if _SAID["carries_on"].match(words):
        return False
    head = re.split(r"[.!?]\s|\n", words[:_HEADING], maxsplit=1)[0]
    return _SAID["date_in_head"].search(head) is not None


def _is_heading(words: str) -> bool:
    return (
        len(words) <= _HEADING
        and "\n" not in words
        and words.rstrip()[-1:] not in ".!?\"”’'"
        and not _SAID["closes"].search(words)
        and not ((dated := _SAID["dated"].fullmatch(words)) and len(dated["told"]) >= _TELLS)
    )


def _lines_apart(text: str, block: Span) -> list[Span]:
    lines = _between(text, _LINE, block)
    said = [text[a:b] for a, b in lines]
    each_opens = len(lines) > 1 and all(len(line) > _HEADING and _opens(line) for line in said)
    joined: list[Span] = []
    for span, head in zip(lines, _dated_heads(said), strict=True):
        if joined and not each_opens and not head and not _closed(text, joined[-1]):
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
    return joined


def _dated_heads(lines: list[str]) -> list[bool]:
    """Which lines of a paragraph begin an alert of their own: those that open with a date and tell something.

    Two such lines at least, of different days or with bullets, the first line among them; where other lines stand
    between, each date is set off ("03/03/2024 - Leeds"). A day's log ("3 May he texted, 4 May he came") is one alert.
    """
    found = [_SAID["dated"].fullmatch(line) for line in lines]
    told = [one for one in found if one and len(one["told"]) >= _TELLS and not _SAID["log"].match(one["told"])]
    heads = [one is not None and one in told for one in found]
    apart = len({one["date"] for one in told}) > 1 or all(one["bullet"] for one in told)
    set_off = len(told) == len(lines) or all(one["sep"].strip() for one in told)
    logged = any(one and _SAID["log"].match(one["told"]) for one in found)
    return heads if len(told) > 1 and heads[0] and apart and set_off and not logged else [False] * len(lines)
