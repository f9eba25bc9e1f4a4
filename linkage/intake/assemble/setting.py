"""When, where and how an incident was, read off a narrative: of the candidates of each, the best by one ranking; the
way of contact, the kind of place and weapons as the rules found them and the words of the whole text judge them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from linkage.intake.document.document import Document
from linkage.intake.finding import SURE, Finding
from linkage.intake.judge.overall import CONTACT, NONE, VENUE, WEAPONS, Judgement, Read, learned, usable
from linkage.intake.judge.weapons import find_weapons
from linkage.intake.values import circumstances, place
from linkage.intake.values.times import clock, dates, occurred
from linkage.report import WHOLE_TEXT, Part, Report

_REGION = 0.3
"""How much surer than a town a region must be to be the place [G]."""

_NEAR = 160
"""A clock time within so many characters of the date belongs to it, before any other [G]."""

_SAME_DAY = 40
"""A date that follows a weekday within so many characters says which one: "last Thursday, i.e. the 6th" [G]."""

_REPORTED = {"date_of_call": 4, "date_of_note": 5}
"""Days on which help was called or a note was made, of which the incident's is one where no other is told."""

SHORT = 50
"""Words below which the rules decide [G]: few texts that were learned from are shorter."""

GIVEN = {WEAPONS: 0.5, VENUE: 0.35, CONTACT: 0.35}
"""Chance from which a value is given that the rules did not find, or did not choose [G]; F1 of authors left out of
the learning is flat around it (docs/decisions/0019)."""

STAYS = {WEAPONS: 0.03}
"""Chance from which a value stays that the rules found [G]; chosen likewise."""

_PLAINLY, _NEARLY = 0.85, 0.8
"""Confidence of a phrase for a kind of place or a way of contact, and share of the likeliest's chance, from which it
stays [G]: one that a text says outright is not given up for one that its words hardly favour."""

_ON_FOOT, _STREET = "kerb_on_foot", "street"


def read_setting(report: Report, text: str, today: date) -> list[str]:
    """Fill `occurred` and `place` of `report` from its narrative `text`; returns contradictions."""
    found = dates.find(text, report.received, today)
    day = _day(found)
    time = _clock(clock.find(text), day)
    warnings = [f"occurred: {f.value}" for f in found if f.field == "date_problem" and f.confidence >= SURE]
    if report.occurred.from_ is None:
        warnings += _fill_when(report, found, day, time, text)
    else:
        warnings += _compared_with_given(report, day, time, text)
    _read_where(report, text)
    return warnings


def _day(found: list[Finding]) -> Finding | None:
    """The day of the incident: one told to be it, else a single day or night, else the first that is told."""

    def rank(one: Finding) -> int | None:
        if one.field != "date" or one.value.first is None:
            return None
        if one.confidence < SURE:
            return _REPORTED.get(one.rule)
        single = bool(one.value.first == one.value.last or one.value.night)
        return 3 - single - (single and one.rule == "date_of_incident")

    ranked = [(order, one) for one in found if (order := rank(one)) is not None]
    best = min(ranked, key=lambda each: each[0], default=(0, None))[1]
    if best is None or best.value.weekday is None or best.rule == "date_day":
        return best
    days = (one for order, one in ranked if order < 3 and one.value.weekday is None)
    return next((one for one in days if 0 < one.start - best.end < _SAME_DAY), best)


def _clock(found: list[Finding], day: Finding | None) -> Finding | None:
    """The most exact clock time, one near the day before any other."""
    near = [f for f in found if day and day.start - _NEAR <= f.start <= day.end + _NEAR]
    best = clock.most_exact(near)
    return best if best and best.rule != "day_part" else clock.most_exact(found)


def _fill_when(
    report: Report, found: list[Finding], day: Finding | None, time: Finding | None, text: str
) -> list[str]:
    """The day, weekday and hours of the narrative where no field gives a day; a weekday may stand without a date."""
    known = report.occurred
    read, contradictions = occurred.from_findings(day, time, text)
    if day is not None and read.from_ is not None:
        known.from_, known.to = read.from_, read.to
        keep(known, "from", day, text)
    weekdays = [f for f in found if f.field == "weekday" and f.confidence >= SURE]
    if day is not None:
        weekdays = [f for f in weekdays if day.start <= f.start <= day.end + 2] or [day]
    if known.weekday is None and weekdays and (day is None or read.weekday is not None):
        known.weekday = read.weekday or str(weekdays[0].value)
        keep(known, "weekday", weekdays[0], text)
    if known.hour_min is None and time is not None:
        known.hour_min, known.hour_max = read.hour_min, read.hour_max
        keep(known, "hour_min", time, text)
    return [f"occurred: {warning}" for warning in contradictions]


def _compared_with_given(report: Report, day: Finding | None, time: Finding | None, text: str) -> list[str]:
    """A given date stands; the narrative adds the clock time, and a date far off is told."""
    known = report.occurred
    if known.hour_min is None and time is not None:
        known.hour_min, known.hour_max = time.value
        keep(known, "hour_min", time, text)
    given = known.days
    if day is None or given is None or day.confidence < 0.9:
        return []
    first, last = (date.fromisoformat(end).toordinal() for end in (day.value.first, day.value.last))
    if first <= given[1] + 1 and given[0] - 1 <= last:
        return []
    said = known.raw.get("from") or known.from_
    return [f"occurred.from: the field says “{said}”, the narrative “{day.words(text)}”; the field is kept"]


def keep(part: Part, name: str, finding: Finding, text: str) -> None:
    """Keep the words and the span of a value of `part` under its name; a finding at no words rests on all."""
    part.raw[name] = finding.words(text) or WHOLE_TEXT
    part.spans[name] = [(finding.start, finding.end)] if finding.end > finding.start else []


def _read_where(report: Report, text: str) -> None:
    known = report.place
    if known.lat is not None:
        return
    found = [f for f in place.find(text) if f.confidence >= SURE and not f.negated]
    named = max((f for f in found if f.field == "place"), key=_locating, default=None)
    code = next((f for f in found if f.field == "postcode"), None)
    if named is None and code is None:
        return
    words = ", ".join(w for w in (known.text, named.words(text) if named else None) if w)
    postcode = known.postcode or (code.words(text) if code else None)
    read, _ = place.normalise({name: said for name, said in (("text", words), ("postcode", postcode)) if said})
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


def read_circumstances(report: Report, document: Document, happened: Sequence[str]) -> list[Finding]:
    """Fill `contact.method` and `place.venue` of `report` where its fields do not say; returns the weapons of a text
    as all its words judge them. `happened` are its behaviours."""
    text = document.text
    hows, wheres = circumstances.find("contact_methods", text), circumstances.find("venues", text)
    armed = [one for one in find_weapons(text) if not one.negated and one.confidence >= SURE]
    how, where = _surest(hows), _surest(wheres)
    if where is None and how is not None and how.value == _ON_FOOT:
        where = replace(how, value=_STREET)  # who was approached on foot was approached in the street
    if len(text.split()) >= SHORT:
        weapons = [str(one.value) for one in armed]
        read = Read(tuple(happened), weapons, _value(where), _value(how), usable(wheres), usable(hows))
        judged = Judgement(learned(), document, read)
        how, where = _one_of(judged, CONTACT, how, hows), _one_of(judged, VENUE, where, wheres)
        armed = _several(judged, WEAPONS, armed)
    if report.contact.method is None and how is not None:
        report.contact.method = str(how.value)
        keep(report.contact, "method", how, text)
    if report.place.venue is None and where is not None:
        report.place.venue = str(where.value)
        keep(report.place, "venue", where, text)
    return armed


def _value(chosen: Finding | None) -> str | None:
    return None if chosen is None else str(chosen.value)


def _surest(found: Sequence[Finding]) -> Finding | None:
    sure = [f for f in found if not f.negated and f.confidence >= SURE]
    return max(sure, key=lambda f: (f.confidence, -f.start), default=None)


def _one_of(judged: Judgement, family: str, chosen: Finding | None, found: Sequence[Finding]) -> Finding | None:
    """The likeliest value, at the rules' surest words for it where they have any."""
    chances = judged.chances(family)
    if chosen is not None and str(chosen.value) not in chances:
        return chosen  # too rare to be learned
    best = max(chances, key=chances.__getitem__)
    if chosen is not None and chosen.confidence >= _PLAINLY and chances[str(chosen.value)] >= _NEARLY * chances[best]:
        return chosen
    if best == NONE or chances[best] < GIVEN[family]:
        return None
    if chosen is not None and chosen.value == best:
        return chosen
    here = [one for one in found if one.value == best and not one.negated]
    return max(here, key=lambda one: one.confidence, default=None) or judged.finding(family, best, chances[best])


def _several(judged: Judgement, family: str, told: list[Finding]) -> list[Finding]:
    """`told` without what is unlikely, and with what is likely though no phrase told or denied it."""
    chances = judged.chances(family)
    sure = [f for f in told if f.negated or chances.get(str(f.value), 1.0) >= STAYS[family]]
    known = {str(one.value) for one in told}
    likely = [key for key, chance in chances.items() if chance >= GIVEN[family] and key not in known]
    added = [one for key in likely if (one := judged.finding(family, key, chances[key])) is not None]
    return sorted([*sure, *added], key=lambda one: (one.start, one.end, str(one.value)))
