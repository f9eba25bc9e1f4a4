"""When and where an incident was, read off a narrative."""

from __future__ import annotations

from datetime import date
from typing import Any

from linkage.intake.facts import clock, dates, occurred, place
from linkage.intake.facts.finding import SURE, Finding
from linkage.report import Occurred, Part, Report

_REGION = 0.3
"""How much surer than a town a region must be to be the place [G]."""

_NEAR = 160
"""A clock time within so many characters of the date belongs to it, before any other [G]."""


_SAME_DAY = 40
"""A date that follows a weekday within so many characters says which one: "last Thursday, i.e. the 6th" [G]."""


def read_setting(report: Report, text: str, today: date) -> list[str]:
    """Fill `occurred` and `place` of `report` from its narrative `text`; returns contradictions."""
    warnings = _read_when(report, text, today)
    _read_where(report, text)
    return warnings


def _read_when(report: Report, text: str, today: date) -> list[str]:
    found = dates.find(text, report.received, today)
    day = _day(found)
    time = _clock_near(clock.find(text), day)
    warnings = [f"occurred: {f.value}" for f in found if f.field == "date_problem" and f.confidence >= SURE]
    if report.occurred.from_ is not None:
        return warnings + _beside_given(report.occurred, day, time, text)
    if day is None and time is None:
        _weekday_alone(report, found, text)
        return warnings
    read, contradictions = occurred.from_findings(day, time, text)
    warnings += [f"occurred: {warning}" for warning in contradictions]
    _fill_when(report.occurred, read, (day, time), found, text)
    if day is None:
        _weekday_alone(report, found, text)
    return warnings


def _day(found: list[Finding]) -> Finding | None:
    """The day of the incident: one told to be it, else the most exact kind of date, else the day on which help was
    called or a note was made."""
    dated = [f for f in found if f.field == "date" and f.value.first]
    own = [f for f in dated if f.confidence >= SURE]
    single = [f for f in own if f.value.first == f.value.last or f.value.night]
    told = [f for f in single if f.rule == "date_of_incident"]
    for fallback in ("date_of_call", "date_of_note"):
        own = own or [f for f in dated if f.rule == fallback]
    best = next(iter(told or single or own), None)
    plainer = [f for f in single if best and 0 < f.start - best.end < _SAME_DAY and f.value.weekday is None]
    return next(iter(plainer), best) if best and best.value.weekday and best.rule != "date_day" else best


def _weekday_alone(report: Report, found: list[Finding], text: str) -> None:
    """Fill a weekday that is told without a date."""
    weekday = next((f for f in found if f.field == "weekday" and f.confidence >= SURE), None)
    if weekday is not None and report.occurred.weekday is None:
        report.occurred.weekday = str(weekday.value)
        keep(report.occurred, "weekday", weekday, text)


def _clock_near(found: list[Finding], day: Finding | None) -> Finding | None:
    if day is not None:
        near = [f for f in found if day.start - _NEAR <= f.start <= day.end + _NEAR]
        if (best := clock.most_exact(near)) and best.rule != "day_part":
            return best
    return clock.most_exact(found)


def _fill_when(
    known: Occurred, read: Occurred, said: tuple[Finding | None, Finding | None], found: list[Finding], text: str
) -> None:
    day, time = said
    if read.from_ is not None:
        known.from_, known.to = read.from_, read.to
        if day is not None:
            keep(known, "from", day, text)
    if known.weekday is None and read.weekday is not None:
        known.weekday = read.weekday
        inside = [f for f in found if f.field == "weekday" and day and day.start <= f.start <= day.end + 2]
        if inside or day is not None:
            keep(known, "weekday", inside[0] if inside else day, text)  # type: ignore[arg-type]
    if known.hour_min is None and read.hour_min is not None:
        known.hour_min, known.hour_max = read.hour_min, read.hour_max
        if time is not None or day is not None:
            keep(known, "hour_min", time or day, text)  # type: ignore[arg-type]


def _beside_given(known: Occurred, day: Finding | None, time: Finding | None, text: str) -> list[str]:
    """A given date stands; the narrative adds the clock time, and a date far off is told."""
    if known.hour_min is None and time is not None:
        known.hour_min, known.hour_max = time.value
        keep(known, "hour_min", time, text)
    given = known.days
    if day is None or given is None or day.confidence < 0.9:
        return []
    first = date.fromisoformat(day.value.first).toordinal()
    last = date.fromisoformat(day.value.last).toordinal()
    if first <= given[1] + 1 and given[0] - 1 <= last:
        return []
    said = known.raw.get("from") or known.from_
    return [f"occurred.from: the field says “{said}”, the narrative “{day.words(text)}”; the field is kept"]


def keep(part: Part, name: str, finding: Finding, text: str) -> None:
    """Keep the words and the span of a value of `part` under its name."""
    part.raw[name] = finding.words(text)
    part.spans[name] = [(finding.start, finding.end)]


def _read_where(report: Report, text: str) -> None:
    known = report.place
    if known.lat is not None:
        return
    found = [f for f in place.find(text) if f.confidence >= SURE and not f.negated]
    named = max((f for f in found if f.field == "place"), key=_locating, default=None)
    code = next((f for f in found if f.field == "postcode"), None)
    if named is None and code is None:
        return
    fields: dict[str, Any] = {
        "text": ", ".join(w for w in (known.text, named.words(text) if named else None) if w) or None,
        "postcode": known.postcode or (code.words(text) if code else None),
    }
    read, _ = place.normalise({name: words for name, words in fields.items() if words})
    read.venue, read.text = known.venue, known.text or read.text
    read.raw = {**read.raw, **known.raw}
    read.spans = dict(known.spans)
    if named is not None:
        keep(read, "text", named, text)
        read.raw["text"] = known.raw.get("text") or read.raw["text"]
    if code is not None and known.postcode is None:
        keep(read, "postcode", code, text)
    report.place = read


def _locating(found: Finding) -> tuple[float, int]:
    """A region says little beside a town, unless it is told much more plainly."""
    region = found.value.precision == "region"
    return found.confidence - (_REGION if region else 0.0), -found.start
