"""A report that is being entered: every value that was read, in words that can be changed, and what was not found.

Each item has a path, as in the report format and counted from 1 ("suspects.1.age", "behaviours.present.2"), so that
`confirm` can put back together what a person kept, changed and removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from linkage.features.accounts import doubt_of
from linkage.report import Part, Person, Range, Report, Span, Vehicle
from linkage.review.facts import label_of
from linkage.review.summary import NOT_MENTIONED, date_words, day_words, within_words

LISTS = {
    "behaviours.present": ("Did", "behaviours"),
    "behaviours.absent": ("Did not happen", "behaviours"),
    "offences": ("Offence", "offences"),
    "weapons": ("Weapon", "weapons"),
    "speech": ("Said", ""),
}
"""Lists whose items are confirmed one by one: their label, and the vocabulary that labels an item."""

PERSON = {
    "sex": "Sex", "age": "Age", "height_cm": "Height (cm)", "build": "Build", "ethnicity": "Ethnicity",
    "complexion": "Complexion", "hair": "Hair", "facial_hair": "Facial hair", "eyes": "Eyes",
    "glasses": "Glasses (yes or no)", "accent": "Accent", "marks": "Marks", "clothing": "Clothing",
    "names_used": "Names given", "other": "Other",
}  # fmt: skip
VEHICLE = {
    "make": "Make", "model": "Model", "colour": "Colour", "body": "Body", "registration": "Registration",
    "features": "Details",
}  # fmt: skip
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\d[/.-]\d\d?[/.-]\d\d\b|'\d\d\b")
_VOCABULARIES = {"ethnicity": "ethnicities", "body": "bodies"}


@dataclass(frozen=True, slots=True)
class Item:
    """One value of a draft. `value` is empty where nothing was found; `said` are the words it was read from, at
    `spans` of the narrative, marked there with `number` (0: no words in the text); `note` says more of the value."""

    path: str
    section: str
    label: str
    value: str
    said: str = ""
    spans: tuple[Span, ...] = ()
    note: str = ""
    number: int = 0


def items_of(report: Report) -> list[Item]:
    """Everything that a report holds or could hold, in the order of the page; those with words in the text numbered
    from 1 in that order. One reported person and one vehicle are always there to be filled in."""
    found = [*_setting(report), *_lists(report)]
    for number, person in enumerate(report.suspects or [Person()], 1):
        found += _part(person, PERSON, f"suspects.{number}", f"Reported person {number} (as perceived)")
    for number, vehicle in enumerate(report.vehicles or [Vehicle()], 1):
        found += _part(vehicle, VEHICLE, f"vehicles.{number}", f"Vehicle {number}")
    for number, one in enumerate(report.identifiers, 1):
        section = "Contact details used by the reported person"
        found.append(_item(one, "value", f"identifiers.{number}", section, one.kind.capitalize(), one.value))
    marked: list[Item] = []
    count = 0
    for item in found:
        count += bool(item.spans)
        marked.append(replace(item, number=count if item.spans else 0))
    return marked


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the narrative, and the numbers of the items that were read from it."""

    words: str
    numbers: tuple[int, ...] = ()


def pieces(text: str, items: list[Item]) -> list[Piece]:
    """The narrative cut where items were read; spans that overlap are one piece with all their numbers."""
    spans = sorted(
        (*span, item.number) for item in items for span in item.spans if 0 <= span[0] < span[1] <= len(text)
    )
    blocks: list[tuple[int, int, set[int]]] = []
    for start, end, number in spans:
        if blocks and start < blocks[-1][1]:
            first, last, numbers = blocks[-1]
            blocks[-1] = (first, max(last, end), numbers | {number})
        else:
            blocks.append((start, end, {number}))
    cut: list[Piece] = []
    at = 0
    for start, end, numbers in blocks:
        cut += [Piece(text[at:start]), Piece(text[start:end], tuple(sorted(numbers)))]
        at = end
    return [piece for piece in [*cut, Piece(text[at:])] if piece.words]


def range_text(value: Range) -> str:
    """An interval in words that the reader of ages and heights reads back as the same."""
    if value.min is None or value.max is None:
        return f"over {value.min:g}" if value.min is not None else f"up to {value.max:g}" if value.max else ""
    return f"{value.min:g}" if value.min == value.max else f"{value.min:g}-{value.max:g}"


def clock_text(low: float | None, high: float | None) -> str:
    """Clock times as "21:30 to 22:00"."""
    if low is None:
        return ""
    ends = [low] if high is None or high == low else [low, high]
    return " to ".join(f"{round(hour * 60) // 60:02d}:{round(hour * 60) % 60:02d}" for hour in ends)


def _setting(report: Report) -> Iterator[Item]:
    when, where, how = report.occurred, report.place, report.contact
    date = date_words(report)
    section = "When, where and how contact was made"
    told = _item(
        when, "from", "occurred", section, "Date", "" if date == NOT_MENTIONED else date, name="occurred.from"
    )
    yield replace(told, note=_counted_from(report, told.said))
    yield _item(when, "weekday", "occurred", section, "Weekday as told", when.weekday or "", name="occurred.weekday")
    clock = clock_text(when.hour_min, when.hour_max)
    yield _item(when, "hour_min", "occurred", section, "Clock time", clock, name="occurred.hour_min")
    note = ""
    if where.text or where.postcode:
        area = ", ".join(dict.fromkeys(filter(None, (where.town, where.admin.police_force, where.admin.region))))
        within = within_words(where.radius_m) if where.radius_m else ""
        note = "; ".join(filter(None, (area, within, where.raw.get("resolved", ""))))
    yield replace(_item(where, "text", "place", section, "Place", where.text or "", name="place.text"), note=note)
    code = _item(where, "postcode", "place", section, "Postcode", where.postcode or "", name="place.postcode")
    yield code
    venue = label_of("venues", where.venue) if where.venue else ""
    yield _item(where, "venue", "place", section, "Kind of place", venue, name="place.venue")
    method = label_of("contact_methods", how.method) if how.method else ""
    yield _item(how, "method", "contact", section, "Contact made by", method, name="contact.method")
    yield _item(how, "place", "contact", section, "Contact made at", how.place or "", name="contact.place")


def _counted_from(report: Report, said: str) -> str:
    """By which day a date without a year was understood: a day of receipt that is wrong makes it wrong unseen."""
    if not said or report.received is None or _YEAR.search(said):
        return ""
    return f"counted from {day_words(report.received)}, when it was received"


def _lists(report: Report) -> Iterator[Item]:
    for name, (label, vocabulary) in LISTS.items():
        for number, key in enumerate(listed(report, name), 1):
            words = label_of(vocabulary, key) if vocabulary else key
            path = f"{name}.{number}"
            doubt = doubt_of(report.behaviours, key) if name == "behaviours.present" else None
            yield Item(
                path,
                "What happened",
                label,
                words,
                report.raw.get(path, ""),
                tuple(report.spans.get(path, ())),
                f"read as: {doubt}" if doubt else "",
            )


def listed(report: Report, name: str) -> list[str]:
    """The items of one of `LISTS`."""
    part, _, field = name.partition(".")
    value = getattr(report, part)
    return list(getattr(value, field) if field else value)


def _part(part: Part, fields: dict[str, str], path: str, section: str) -> Iterator[Item]:
    for field, label in fields.items():
        yield _item(part, field, path, section, label, field_text(part, field))


def field_text(part: Part, field: str) -> str:
    """A value of a person or vehicle in words that the intake reads back."""
    value = getattr(part, field)
    if value is None or value == []:
        return ""
    if isinstance(value, Range):
        return range_text(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field == "hair":
        return "; ".join([*value.colour, *value.style])
    vocabulary = _VOCABULARIES.get(field)
    keys = value if isinstance(value, list) else [value]
    words = [label_of(vocabulary, one) if vocabulary else str(one) for one in keys]
    return (" or " if field in ("build", "ethnicity", "colour") else "; ").join(words)


def _item(part: Part, field: str, path: str, section: str, label: str, value: str, name: str = "") -> Item:
    said = part.raw.get(field, "") if value else ""
    spans = tuple(part.spans.get(field, ())) if value else ()
    full = name or (path if path.startswith("identifiers") else f"{path}.{field}")
    return Item(full, section, label, value, said, spans)
