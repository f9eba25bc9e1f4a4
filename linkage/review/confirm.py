"""What a person kept, changed, removed and added becomes the report: every changed value goes through the intake."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from linkage.intake.values.times import dates
from linkage.report import Occurred, Part, Person, Place, Report, Span, Vehicle
from linkage.review.draft import LISTS, PERSON, VEHICLE, Item, listed
from linkage.review.entry_head import Head, Problem, fill_head, read_row, refusal_words


@dataclass(frozen=True)
class Added:
    """What the person adds in words: items of lists, and one more `person` and `vehicle`, each described at once."""

    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    offences: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    speech: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    person: str = ""
    vehicle: str = ""


def confirmed(
    draft: Report,
    items: list[Item],
    words: Mapping[str, str],
    added: Added,
    head: Head,
    taken: Container[str],
    today: date,
) -> tuple[Report, list[Problem]]:
    """The report as confirmed, and what keeps it from being saved.

    `words` holds each item's words by its path: as they were (kept), others (changed, read by the intake), or empty
    (removed, or left unknown). `taken` are the ids of reports that are held.
    """
    work = _Work(draft.model_copy(deep=True), {item.path: item for item in items}, dict(words), today)
    problems = fill_head(work.report, head, taken, today)
    work.setting()
    work.parts("suspects", PERSON)
    work.parts("vehicles", VEHICLE)
    work.identifiers(added.identifiers)
    work.lists(added)
    work.more(added)
    work.warnings(draft)
    return work.report, [*problems, *work.problems]


class _Work:
    """The report while it is put together."""

    def __init__(self, report: Report, items: dict[str, Item], words: dict[str, str], today: date) -> None:
        self.report, self.items, self.today = report, items, today
        self.words = {path: words.get(path, item.value).strip() for path, item in items.items()}
        self.changed = {path for path, item in items.items() if self.words[path] != item.value}
        self.problems: list[Problem] = []

    def read(self, row: Mapping[str, Any], path: str) -> Report:
        """What the intake makes of a row; what it refuses is a problem with the item at `path`."""
        received = {"received": self.report.received} if self.report.received else {}
        found, refused = read_row({**received, **row}, self.today)
        for one in refused:
            at = one.field if one.field.startswith("place.") else path  # text and postcode are read together
            label = self.items[at].label if at in self.items else path
            self.problems.append(Problem(label, refusal_words(one)))
        return found

    def setting(self) -> None:
        """When, where and how: read anew as far as it was changed."""
        if self.changed & {"occurred.from", "occurred.weekday", "occurred.hour_min"}:
            self._when()
        if self.changed & {"place.text", "place.postcode"}:
            given = {
                name: self.words[f"place.{name}"] for name in ("text", "postcode") if self.words[f"place.{name}"]
            }
            read = self.read({f"place.{name}": value for name, value in given.items()}, "place.text").place
            old: Place = self.report.place
            read.venue = old.venue
            for name in ("text", "postcode", "venue"):
                if f"place.{name}" not in self.changed:
                    _copy(old, read, name)
            self.report.place = read
        for path, part in (("place.venue", "place"), ("contact.method", "contact"), ("contact.place", "contact")):
            if path in self.changed:
                self._set(getattr(self.report, part), path.partition(".")[2], path, attrgetter(part))

    def _when(self) -> None:
        old, new = self.report.occurred, Occurred()
        day, clock, weekday = (self.words[f"occurred.{name}"] for name in ("from", "hour_min", "weekday"))
        if "occurred.from" not in self.changed:
            _copy(old, new, "from", "from_", "to")
        elif day:
            new = self.read({"occurred.from": day}, "occurred.from").occurred
        if "occurred.hour_min" in self.changed:
            new.hour_min = new.hour_max = None
            new.from_, new.to = (end[:10] if end else None for end in (new.from_, new.to))
            if clock:
                self._clock(new, clock)
        elif new.hour_min is None:
            _copy(old, new, "hour_min", "hour_min", "hour_max")
        if "occurred.weekday" in self.changed:
            read = self.read({"occurred.weekday": weekday}, "occurred.weekday").occurred if weekday else Occurred()
            new.weekday = read.weekday
            new.raw["weekday"] = weekday
        elif new.weekday is None:
            _copy(old, new, "weekday", "weekday")
        self.report.occurred = new

    def _clock(self, new: Occurred, words: str) -> None:
        problems = len(self.problems)
        read = self.read({"occurred.from": words}, "occurred.hour_min").occurred
        new.hour_min, new.hour_max, new.raw["hour_min"] = read.hour_min, read.hour_max, words
        if read.hour_min is None and len(self.problems) == problems:
            self.problems.append(
                Problem("Clock time", f"“{words}”: no time of day; write for example 21:30 to 22:00")
            )

    def parts(self, name: str, fields: Mapping[str, str]) -> None:
        """Reported people or vehicles; one of whom nothing is left is left out."""
        held: list[Any] = getattr(self.report, name)
        kind = {"suspects": Person, "vehicles": Vehicle}[name]
        for number in {int(path.split(".")[1]) for path in self.changed if path.startswith(f"{name}.")}:
            if number > len(held):
                held.append(kind())
            one = held[number - 1]
            for path in [f"{name}.{number}.{field}" for field in fields]:
                if path in self.changed:
                    made = {f"{name}.1.make": one.make} if path.endswith(".model") and one.make else {}
                    self._set(one, path.rpartition(".")[2], path, _first(name), made)
        setattr(self.report, name, [one for one in held if _says(one, fields)])

    def _set(
        self,
        part: Part,
        name: str,
        path: str,
        of: Callable[[Report], Part | None],
        context: Mapping[str, Any] | None = None,
    ) -> None:
        """Take one changed value from what the intake makes of its words."""
        part.raw.pop(name, None)
        part.spans.pop(name, None)
        words = self.words[path]
        empty = type(part)()
        setattr(part, name, getattr(empty, name))
        if not words:
            return
        column = path.replace("height_cm", "height")
        steps = column.split(".")
        column = ".".join("1" if step.isdigit() else step for step in steps)
        found = of(self.read({**(context or {}), column: words}, path))
        if found is not None:
            setattr(part, name, getattr(found, name))
            part.raw[name] = words
            if name == "model" and not getattr(part, "make", None):
                part.make = getattr(found, "make", None)  # type: ignore[attr-defined]

    def identifiers(self, added: tuple[str, ...]) -> None:
        """Contact details that the reported person used."""
        kept = []
        for number, one in enumerate(self.report.identifiers, 1):
            path = f"identifiers.{number}"
            if path not in self.changed:
                kept.append(one)
            elif words := self.words[path]:
                row = {"identifiers.1.kind": one.kind, "identifiers.1.value": words}
                kept += self.read(row, path).identifiers
        for words in added:
            kept += self.read(
                {"identifiers.1.value": words}, "Contact details used by the reported person"
            ).identifiers
        self.report.identifiers = list({(one.kind, one.value): one for one in kept}.values())

    def lists(self, added: Added) -> None:
        """Behaviours, offences, weapons and speech, item by item; words and spans are numbered anew."""
        found: dict[str, dict[str, tuple[str, list[Span]]]] = {name: {} for name in LISTS}
        old = self.report
        for name, (label, _) in LISTS.items():
            for number, key in enumerate(listed(old, name), 1):
                path = f"{name}.{number}"
                if path not in self.changed:
                    found[name].setdefault(key, (old.raw.get(path, ""), old.spans.get(path, [])))
                elif words := self.words[path]:
                    self._take(found, name, words, label)
        more = (added.present, added.absent, added.offences, added.weapons, added.speech)
        for (name, (label, _)), words_added in zip(LISTS.items(), more, strict=True):
            for words in words_added:
                self._take(found, name, words, label)
        for key in found["behaviours.present"].keys() & found["behaviours.absent"].keys():
            told = "is said to have happened and not to have happened; leave one of them out"
            self.problems.append(Problem("What happened", f"“{key.replace('_', ' ')}” {told}"))
        self._write(found)

    def _take(self, found: dict[str, dict[str, tuple[str, list[Span]]]], name: str, words: str, label: str) -> None:
        read = self.read({name: [words]}, label)
        for other in LISTS:
            if other == name or other.partition(".")[0] == name.partition(".")[0]:
                for key in listed(read, other):
                    found[other].setdefault(key, (words, []))

    def _write(self, found: dict[str, dict[str, tuple[str, list[Span]]]]) -> None:
        report = self.report
        for source in (report.raw, report.spans):
            for path in [path for path in source if path.rpartition(".")[0] in LISTS]:
                del source[path]
        for name, keys in found.items():
            part, _, field_name = name.partition(".")
            if field_name:
                setattr(getattr(report, part), field_name, list(keys))
            else:
                setattr(report, part, list(keys))
            for number, (words, spans) in enumerate(keys.values(), 1):
                if words:
                    report.raw[f"{name}.{number}"] = words
                if spans:
                    report.spans[f"{name}.{number}"] = list(spans)

    def more(self, added: Added) -> None:
        """One more reported person and one more vehicle, each in words."""
        if added.person:
            self.report.suspects += self.read({"suspects.1.words": added.person}, "Another reported person").suspects
        if added.vehicle:
            self.report.vehicles += self.read({"vehicles.1.words": added.vehicle}, "Another vehicle").vehicles

    def warnings(self, draft: Report) -> None:
        """Contradictions that still hold: those of changed values fall away, the weekday is checked anew."""

        def touched(warning: str) -> bool:
            """Whether a warning is about a value that was changed, or about a part of one."""
            about = warning.partition(":")[0]
            return any(path == about or path.startswith(f"{about}.") for path in self.changed)

        kept = [warning for warning in draft.warnings if not touched(warning)]
        when = self.report.occurred
        if when.from_ and when.weekday and (told := dates.contradiction(when.from_, when.to, when.weekday)):
            kept.append(f"occurred: {told}")
        self.report.warnings = list(dict.fromkeys(kept))


def _says(part: Part, fields: Mapping[str, str]) -> bool:
    return any(getattr(part, name) not in (None, []) for name in fields)


def _first(name: str) -> Callable[[Report], Part | None]:
    return lambda report: next(iter(getattr(report, name)), None)


def _copy(old: Part, new: Part, name: str, *fields: str) -> None:
    """Carry over fields, and the words and spans that `name` was read from."""
    for field in fields:
        setattr(new, field, getattr(old, field))
    if name in old.raw:
        new.raw[name] = old.raw[name]
    if name in old.spans:
        new.spans[name] = list(old.spans[name])
