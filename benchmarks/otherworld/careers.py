"""What happened: each person's incidents one after the other, before anybody has reported anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from benchmarks.otherworld.constants import between, constants, pick, some, whole
from benchmarks.otherworld.habits import Habit, Script, copied, done, habit_of, script_of
from benchmarks.otherworld.movement import Mover, Stop
from benchmarks.otherworld.people import (
    Belongings,
    Car,
    Looks,
    any_car,
    belongings_of,
    common_models,
    his_car,
    like,
    looks_of,
)
from benchmarks.otherworld.roads import Ground, towns, within


@dataclass
class Person:
    """One person with what they are and when they strike; `role` is plain, lookalike or copycat of person `of`."""

    number: int
    role: str
    of: int | None
    mover: Mover
    script: Script
    habit: Habit
    looks: Looks
    belongings: Belongings
    settings: tuple[str, str]
    hours: str
    days: list[int]
    companion: Looks | None


@dataclass(frozen=True)
class Incident:
    """One incident as it was. `hour` counts on beyond midnight; `seen` are the looks of that day."""

    person: int
    number: int
    day: int
    hour: float
    setting: str
    stop: Stop
    venue: str
    contact: str
    light: str
    surprise: bool
    items: frozenset[str]
    weapons: tuple[str, ...]
    seen: Mapping[str, Any]
    companion: Mapping[str, Any] | None
    car: Car | None
    phone: str | None
    username: str | None
    speech: tuple[str, ...]


@dataclass
class Draft:
    """What a world hands to those who live in it."""

    ground: Ground
    scripts: list[Script]
    days: int
    numbers: list[str]
    people: list[Person] = field(default_factory=list)
    common: list[Person] = field(default_factory=list)
    known: list[Person] = field(default_factory=list)

    def add(self, person: Person) -> None:
        """Takes a person in; who drives a common car may be mistaken, and whose series is known may be copied."""
        car = person.belongings.car.on(person.days[0]) if person.belongings.car else None
        self.people.append(person)
        if car and (car.make, car.model) in common_models():
            self.common.append(person)
        if len(person.days) > 2:
            self.known.append(person)


def person_of(rng: Random, draft: Draft, number: int, incidents: int) -> Person:
    """A person of any kind, or one who looks like an earlier one or does what that one is known for."""
    shares, role, other = constants("shares"), "plain", None
    drawn = rng.random()
    common, known = draft.common, draft.known
    if drawn < shares["lookalike"] and common:
        role, other = "lookalike", rng.choice(common)
    elif drawn < shares["lookalike"] + shares["copycat"] and known:
        role, other = "copycat", rng.choice(known)
    home = None if other is None else _near(rng, other.mover.home)
    mover = Mover.of(rng, draft.ground, home)
    script = script_of(rng, draft.scripts)
    days = _days(rng, draft.days, incidents, None if other is None else rng.choice(other.days))
    made = Person(
        number=number,
        role=role,
        of=None if other is None else other.number,
        mover=mover,
        script=script,
        habit=habit_of(rng, script),
        looks=looks_of(rng, draft.days, mover.home),
        belongings=belongings_of(rng, draft.days, days[-1] - days[0], mover.kind, draft.numbers),
        settings=_settings(rng, script, mover.kind),
        hours=pick(rng, constants("hours")["kinds"]),
        days=days,
        companion=looks_of(rng, draft.days, mover.home) if rng.random() < shares["companion"] else None,
    )
    if other is not None:
        _resemble(rng, draft.days, made, other)
    return made


def _resemble(rng: Random, days: int, made: Person, other: Person) -> None:
    if made.role == "lookalike":
        made.looks = like(rng, made.looks, other.looks)
        car = his_car(rng, days, other.belongings, other.days[0])
        made.belongings = Belongings(car, made.belongings.phone, made.belongings.username)
        if other.settings[0] == "kerb_by_car":
            made.settings = other.settings
    else:
        made.settings, made.hours = other.settings, other.hours
        made.habit = copied(rng, other.habit, made.script)


def _near(rng: Random, home: int) -> int:
    if rng.random() < constants("lookalikes")["same_town"]:
        return home
    around = [town for town in within(home, 0.1, constants("movers")["roam_km"][1]) if town != home]
    return min(around, key=lambda town: abs(towns()[town].lat - towns()[home].lat)) if around else home


def _settings(rng: Random, script: Script, mover: str) -> tuple[str, str]:
    all_of_them = constants("settings")
    weights = {name: all_of_them[name]["weight"] * all_of_them[name]["movers"][mover] for name in script.settings}
    return pick(rng, weights), pick(rng, weights)


def _days(rng: Random, world: int, number: int, around: int | None) -> list[int]:
    how, gaps = constants("time"), []
    for _ in range(number - 1):
        gaps.append(whole(rng, how[pick(rng, how["gap_kinds"])]))
    if sum(gaps) > world - 30:
        share = (world - 30) / sum(gaps)
        gaps = [max(1, int(gap * share)) for gap in gaps]
    last = max(0, world - 1 - sum(gaps))
    start = whole(rng, [0, last])
    if around is not None:
        start = min(last, max(0, around + whole(rng, constants("lookalikes")["days_off"])))
    days = [start]
    for gap in gaps:
        days.append(days[-1] + gap)
    return days


def incidents_of(rng: Random, draft: Draft, person: Person) -> list[Incident]:
    """All incidents of a person, in the order of time."""
    return [_incident(rng, draft, person, number, day) for number, day in enumerate(person.days)]


def _incident(rng: Random, draft: Draft, person: Person, number: int, day: int) -> Incident:
    person.habit.drift(rng)
    name = person.settings[0 if rng.random() < constants("main_setting")["kept"] else 1]
    setting = constants("settings")[name]
    hour, owned = _hour(rng, person.hours), person.belongings.car
    car = owned.on(day) if owned else any_car(rng)
    if rng.random() < constants("cars")["borrowed"]:
        car = any_car(rng)
    with_car = rng.random() < setting["vehicle"]
    reaction = pick(rng, {key: value["weight"] for key, value in constants("reactions").items()})
    items = done(rng, person.habit, setting, reaction, with_car)
    comes = person.companion is not None and rng.random() < constants("shares")["companion_comes"]
    phone, shown = person.belongings.phone, rng.random() < setting["phone"]
    return Incident(
        person=person.number,
        number=number,
        day=day,
        hour=hour,
        setting=name,
        stop=person.mover.next(rng, draft.ground, setting["spot"]),
        venue=pick(rng, setting["venues"]),
        contact=pick(rng, setting["contact"]),
        light=_light(rng, hour, setting["outdoors"]),
        surprise=bool(items & set(constants("habits")["surprising"])),
        items=frozenset(items),
        weapons=tuple(pick(rng, tools) for item, tools in constants("weapons").items() if item in items),
        seen=_seen(rng, person.looks, day),
        companion=_seen(rng, person.companion, day) if comes and person.companion else None,
        car=car if with_car else None,
        phone=phone.on(day - person.days[0]) if phone and shown else None,
        username=person.belongings.username if shown else None,
        speech=_speech(rng, person.looks),
    )


def _hour(rng: Random, usual: str) -> float:
    how = constants("hours")
    kind = usual if rng.random() < how["kept"] else pick(rng, how["kinds"])
    return between(rng, how[kind])


def _light(rng: Random, hour: float, outdoors: bool) -> str:
    how = constants("hours")
    if not outdoors:
        return "dim" if rng.random() < how["dim_indoors"] else "light"
    found = [name for name, (start, end) in how["light"].items() if start <= hour < end]
    return found[0] if found else "light"


def _seen(rng: Random, looks: Looks, day: int) -> dict[str, Any]:
    how = constants("looks")
    usual = [item for item in looks.clothes if rng.random() < how["clothes_usual_worn"]]
    wears = {"always": True, "never": False, "sometimes": rng.random() < how["glasses_sometimes"]}
    return {
        "age": looks.age + day / 365.25,
        "height": looks.height,
        "build": looks.build,
        "ethnicity": looks.ethnicity,
        "hair": looks.hair,
        "style": looks.style.on(day),
        "beard": looks.beard.on(day),
        "glasses": wears[looks.glasses],
        "eyes": looks.eyes,
        "accent": looks.accent,
        "marks": looks.marks,
        "clothes": list(dict.fromkeys([*usual, *some(rng, how["clothes"], whole(rng, how["clothes_any"]))])),
        "name": rng.choice(looks.names) if looks.names and rng.random() < how["name_given"] else None,
    }


def _speech(rng: Random, looks: Looks) -> tuple[str, ...]:
    how = constants("speech")
    phrases = [looks.phrase] if looks.phrase and rng.random() < how["own_used"] else []
    return tuple([*phrases, rng.choice(how["anybody"])] if rng.random() < how["any_used"] else phrases)
