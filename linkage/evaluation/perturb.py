"""Reports made worse on purpose: less told, or told wrongly. What the linkage loses by it is its robustness.

Each function gives new reports and leaves those it is given as they are. A value changes wholly: the canonical value,
its words in the narrative (`retelling.py`), and alike in every report of one incident, so that no truth comes back
when reports of an incident are merged. Draws hang on the seed, the incident and the value, never on the order of the
reports: a larger share changes the same values and more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from linkage.evaluation.retelling import Retelling
from linkage.intake.gazetteer.resolution import Resolution, gazetteer
from linkage.intake.incidents.merge import incident_rows
from linkage.report import Identifier, Occurred, Part, Person, Place, Range, Report, Vehicle
from linkage.synthetic.parameters import Wheel, stream
from linkage.vocabulary import load

MISSING = 0.2
"""Share of told values that `drop_told` drops, as issue 3 asks."""

WRONG = 0.3
"""Share of told values that turn wrong, beyond what witnesses already get wrong [G]: 75 % of colours and 70-80 % of
makes are thought right (SCIENCE.md 3, Vehicle errors [G]); this leaves about half."""

AGE_SHIFT, HEIGHT_SHIFT = 14.0, 11.0
"""Years and centimetres by which age and height are shifted: twice the witness's error, RMS 7 years [V Clifford 2018]
and SD 5.5 cm [G] (SCIENCE.md 3, Witness error)."""

LEAST_AGE, LEAST_HEIGHT = 16.0, 145.0
"""A shift down that would end below is one up instead [G]."""

_PERSON = tuple(name for name in Person.model_fields if name not in ("raw", "spans"))
_VEHICLE = ("make", "model", "colour", "body", "registration", "features")
_LISTS = ("behaviours.present", "behaviours.absent", "offences", "weapons", "speech")

Drop = Callable[..., bool]


def drop_told(reports: Sequence[Report], share: float = MISSING, seed: int = 0) -> list[Report]:
    """Each told value is lost with probability `share`: behaviours, speech, weapons and offences item by item, people
    and vehicles field by field, contact, kind of place, date and hour, identifiers.

    A place is then known by its town only, and a make takes its model with it. Ids, grading, consent and label stay.
    """
    return [_dropped(report, share, seed, incident) for report, incident in _with_incident(reports)]


def wrong_colour(reports: Sequence[Report], share: float = WRONG, seed: int = 0) -> list[Report]:
    """A share of the told vehicle colours is another colour, drawn by how common colours are among vehicles."""

    def change(told: Retelling, incident: str) -> None:
        """Another colour, for a share of the vehicles of one incident's report."""
        for number, vehicle in enumerate(told.report.vehicles):
            draw = stream(seed, "colour", incident, number)
            if vehicle.colour and draw.random() < share:
                before = vehicle.model_copy(deep=True)
                entries = load("colours").entries
                others = {
                    key: float(entry.data["prevalence"]) for key, entry in entries.items() if key not in before.colour
                }
                vehicle.colour = [Wheel(others).draw(draw)]
                label = entries[vehicle.colour[0]].label
                _tell(told, "vehicles", before, vehicle, {"colour": label})
                for colour in before.colour:
                    told.say_words(
                        entries[colour].label if colour in entries else colour, label, _vehicle_words(before)
                    )

    return _each(reports, change)


def wrong_make(reports: Sequence[Report], share: float = WRONG, seed: int = 0) -> list[Report]:
    """A share of the told makes and models is of another make, drawn by how many vehicles of each model there are.

    A model told without its make changes to one of another make too. Body and registration stay.
    """

    def change(told: Retelling, incident: str) -> None:
        """Another make and model, for a share of the vehicles of one incident's report."""
        for number, vehicle in enumerate(told.report.vehicles):
            draw = stream(seed, "make", incident, number)
            if (vehicle.make or vehicle.model) and draw.random() < share:
                before = vehicle.model_copy(deep=True)
                make, model = _another_model(before).draw(draw)
                words = {"make": make, "model": model}
                vehicle.make = make if before.make else None
                vehicle.model = model if before.model else None
                _tell(told, "vehicles", before, vehicle, words)

    return _each(reports, change)


def wrong_age_and_height(reports: Sequence[Report], share: float = WRONG, seed: int = 0) -> list[Report]:
    """A share of the told ages and heights, each apart, is AGE_SHIFT years or HEIGHT_SHIFT cm too high or too low."""

    def change(told: Retelling, incident: str) -> None:
        """Shift ages (years) and heights (cm), each for a share of the people of one incident's report."""
        for number, person in enumerate(told.report.suspects):
            before = person.model_copy(deep=True)
            for name, by, least, unit in (
                ("age", AGE_SHIFT, LEAST_AGE, "years"),
                ("height_cm", HEIGHT_SHIFT, LEAST_HEIGHT, "cm"),
            ):
                draw = stream(seed, name, incident, number)
                value: Range | None = getattr(before, name)
                if value is not None and draw.random() < share:
                    moved = _shifted(value, by if draw.random() < 0.5 else -by, least)
                    setattr(person, name, moved)
                    _tell(told, "suspects", before, person, {name: _range_words(moved, unit)})

    return _each(reports, change)


def town_only(reports: Sequence[Report], share: float = 1.0, seed: int = 0) -> list[Report]:
    """A share of the places is known by the town alone: its centre and radius. Vaguer places stay as they are."""

    def change(told: Retelling, incident: str) -> None:
        """The place of one incident's report by its town alone, for a share of the incidents."""
        if stream(seed, "place", incident).random() < share:
            _coarsen(told)

    return _each(reports, change)


def _with_incident(reports: Sequence[Report]) -> list[tuple[Report, str]]:
    """Each report with the name of the incident that it is merged into."""
    incident = {name: row[0] for row in incident_rows(reports).rows for name in row}
    return [(report, incident[report.report_id]) for report in reports]


def _each(reports: Sequence[Report], change: Callable[[Retelling, str], None]) -> list[Report]:
    changed = []
    for report, incident in _with_incident(reports):
        told = Retelling.of(report)
        change(told, incident)
        changed.append(told.retold())
    return changed


def _tell(
    told: Retelling, kind: str, before: Person | Vehicle, after: Person | Vehicle, words: dict[str, str]
) -> None:
    """The words of changed fields, in the narrative and in provenance; fields that were not told stay untold."""
    told.say(kind, before, words)
    for name, new in words.items():
        after.spans.pop(name, None)
        if name in after.raw:
            after.raw[name] = new


def _vehicle_words(vehicle: Vehicle) -> set[str]:
    """Words that name a vehicle: a colour before one of them is its own, even where the extractor reads none."""
    raw = (vehicle.raw.get(name, "") for name in ("make", "model", "body"))
    told = {word for words in raw for word in words.split() if len(word) > 1}
    return told | {word for word in (vehicle.make, vehicle.model) if word} | set(load("bodies").entries)


@cache
def _models() -> list[tuple[str, str, float]]:
    return [
        (entry.data["make"], entry.label, float(entry.data["share"])) for entry in load("models").entries.values()
    ]


def _another_model(vehicle: Vehicle) -> Wheel[tuple[str, str]]:
    makes = {vehicle.make} if vehicle.make else {make for make, model, _ in _models() if model == vehicle.model}
    return Wheel([((make, model), share) for make, model, share in _models() if make not in makes])


def _shifted(value: Range, by: float, least: float) -> Range:
    ends = [end for end in (value.min, value.max) if end is not None]
    by = abs(by) if ends and min(ends) + by < least else by
    return Range(**{name: None if end is None else end + by for name, end in value.model_dump().items()})


def _range_words(value: Range, unit: str) -> str:
    told = dict.fromkeys(f"{end:g}" for end in (value.min, value.max) if end is not None)
    return f"{' to '.join(told)} {unit}"


def _coarsen(told: Retelling) -> None:
    place = told.report.place
    town = _town(place.town) if place.town else None
    if town is None or place.lat is None or (place.radius_m or 0.0) >= (town.radius_m or 0.0):
        return
    before = place.model_copy(deep=True)
    told.say("place", before, {"text": before.town or "", "postcode": ""})
    for words in (before.text, before.raw.get("text"), before.postcode, before.raw.get("postcode")):
        for name in (words or "").split(","):
            if name.strip().casefold() != (before.town or "").casefold():
                told.say_words(name, "")
    told.report.place = Place(
        raw={name: words for name, words in place.raw.items() if name == "venue"},
        spans={name: spans for name, spans in place.spans.items() if name == "venue"},
        text=before.town,
        town=before.town,
        lat=town.lat,
        lon=town.lon,
        radius_m=town.radius_m,
        precision="town",
        admin=before.admin,
        venue=before.venue,
    )


@cache
def _town(name: str) -> Resolution | None:
    found = gazetteer().resolve(name)
    return found if found is not None and found.lat is not None and found.radius_m else None


def _dropped(report: Report, share: float, seed: int, incident: str) -> Report:
    told = Retelling.of(report)

    def drop(*value: str | int) -> bool:
        """Whether a fact is left out; the draw hangs on the seed, the incident and the fact alone."""
        return stream(seed, "drop", incident, *value).random() < share

    if drop("place"):
        _coarsen(told)
    for path in _LISTS:
        told.keep_items(path, lambda item, path=path: not drop(path, item))  # type: ignore[misc]
    _drop_setting(told, drop)
    for kind, fields in (("suspects", _PERSON), ("vehicles", _VEHICLE)):
        for number, part in enumerate(getattr(told.report, kind)):
            lost = [name for name in fields if drop(kind, number, name)]
            lost += ["model"] if "make" in lost and "model" not in lost else []
            _forget(told, kind, part, lost)
    told.report.vehicles = [v for v in told.report.vehicles if any(getattr(v, name) for name in _VEHICLE)]
    for one in [one for one in told.report.identifiers if drop("identifier", one.value)]:
        _forget_identifier(told, one)
    return told.retold()


def _drop_setting(told: Retelling, drop: Drop) -> None:
    report = told.report
    if drop("contact"):
        _forget(told, "contact", report.contact, ["method", "place"])
    if drop("venue"):
        _forget(told, "place", report.place, ["venue"])
    clock = ["hour_min", "hour_max"]
    if drop("hour"):
        _forget(told, "occurred", report.occurred, clock)
    if drop("date"):
        hours = report.occurred.model_dump(include=set(clock))
        _forget(told, "occurred", report.occurred, ["from", "to", "weekday"])
        report.occurred = Occurred(**hours)


def _forget(told: Retelling, kind: str, part: Part, lost: Sequence[str]) -> None:
    """Fields become not recorded, and their words go."""
    told.say(kind, part.model_copy(deep=True), dict.fromkeys(lost, ""))
    for name in lost:
        if name in type(part).model_fields:
            setattr(part, name, type(part).model_fields[name].get_default(call_default_factory=True))
        part.raw.pop(name, None)
        part.spans.pop(name, None)


def _forget_identifier(told: Retelling, one: Identifier) -> None:
    told.report.identifiers.remove(one)
    for words in {one.value, one.raw.get("value", "")}:
        told.say_words(words, "")
    for span in one.spans.get("value", []):
        told.edits.add((*span, ""))
