"""What a witness perceives and remembers: error kernels for every descriptor, and what stays unsaid.

`recall` turns an incident into `Told`: perceived values of the facts that are told at all, and for each of them
whether it is wrong. How they are worded is in `wording.py`.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from linkage.synthetic.offenders import Incident
from linkage.synthetic.parameters import Parameters, Wheel, draw, pick
from linkage.synthetic.people import Car, Look, Wardrobe

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_AGE_WRONG = 5.0  # [G] years off that count as wrong in the truth file
_HEIGHT_WRONG = 7.6  # [G] three inches


@dataclass(slots=True)
class Told:
    """Perceived facts by name, and which are wrong (1) or right (0)."""

    kind: str
    facts: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, int] = field(default_factory=dict)


class Witness:
    """Applies the reporting process of one world."""

    def __init__(self, params: Parameters, wardrobe: Wardrobe) -> None:
        self.params = params
        self.error = params["witness"]
        self.wardrobe = wardrobe
        self.models: dict[str, list[str]] = {}
        for make, model, *_ in params["vehicle"]["fleet"]:
            self.models.setdefault(make, []).append(model)
        self.makes = Wheel([(make, weight) for make, _, _, weight in params["vehicle"]["fleet"]])
        self.keys = list(params["behaviours"])

    def recall(self, rng: random.Random, incident: Incident, kind: str, delay: float) -> Told:
        """What a report of `kind`, made `delay` days later, tells of `incident`."""
        told = Told(kind)
        share = self._telling(kind, delay)
        self._person(rng, told, incident, share)
        if incident.car is not None:
            self._vehicle(rng, told, incident.car, incident.night, share)
        self._identifiers(rng, told, incident, share)
        self._when(rng, told, incident, share)
        self._behaviours(rng, told, incident)
        if rng.random() < share["speech"] and kind != "third_party":
            told.facts["speech"] = list(incident.speech)
        for name in ("contact", "venue"):
            if rng.random() < share[name]:
                told.facts[name] = getattr(incident, name)
        return told

    def person(self, rng: random.Random, look: Look, told: Told, share: dict[str, float]) -> None:
        """Perceive one person into `told`."""
        error, facts, wrong = self.error, told.facts, told.wrong
        if rng.random() < share["sex"]:
            facts["sex"] = look.sex
        self._measures(rng, look, told, share)
        for name in ("build", "ethnicity"):
            if rng.random() < share[name]:
                self._seen(rng, told, name, getattr(look, name), (error[name], error[f"{name}_confused"]))
        if rng.random() < share["hair"]:
            self._hair(rng, look, told)
        for name in ("facial_hair", "eyes"):
            if rng.random() < share[name]:
                true, others = getattr(look, name), list(self.params["offenders"][name])
                self._seen(rng, told, name, true, (error[name], {true: others}))
        if rng.random() < (share["glasses"] if look.glasses else share["glasses"] * 0.2):  # [G] rarely said of none
            facts["glasses"] = look.glasses
        if rng.random() < share["accent"]:
            facts["accent"] = self._accent(rng, look)
            wrong["accent"] = int(facts["accent"] != look.accent)
        for name in ("clothing", "marks"):
            if getattr(look, name) and rng.random() < share[name]:
                facts[name] = list(getattr(look, name))
        if rng.random() < share["names_used"]:
            facts["names_used"] = [look.name]

    def _measures(self, rng: random.Random, look: Look, told: Told, share: dict[str, float]) -> None:
        error, facts, wrong = self.error, told.facts, told.wrong
        if rng.random() < share["age"]:
            centre = error["age_centre"]
            age = centre + error["age_shrink"] * (look.age - centre) + rng.gauss(0, error["age_rms"])
            facts["age"] = int(min(max(round(age), 18), 80))
            wrong["age"] = int(abs(facts["age"] - look.age) > _AGE_WRONG)
        if rng.random() < share["height"]:
            centre = error["height_centre"]
            height = centre + error["height_shrink"] * (look.height - centre) + rng.gauss(0, error["height_sd"])
            facts["height"] = height
            wrong["height"] = int(abs(height - look.height) > _HEIGHT_WRONG)

    def _person(self, rng: random.Random, told: Told, incident: Incident, share: dict[str, float]) -> None:
        self.person(rng, incident.look, told, share)
        partner = incident.offender.partner
        if partner is not None and told.kind != "third_party":
            second = Told(told.kind)
            self.person(rng, partner, second, {name: value * 0.6 for name, value in share.items()})  # [G] less of him
            if second.facts:
                told.facts["second"] = second.facts

    def _vehicle(self, rng: random.Random, told: Told, car: Car, night: bool, share: dict[str, float]) -> None:
        error, facts, wrong = self.error, told.facts, told.wrong
        if rng.random() < share["make"]:
            make = car.make if rng.random() < error["make"] else self.makes.draw(rng)
            facts["make"], wrong["make"] = make, int(make != car.make)
            if rng.random() < share["model"]:
                right = make == car.make and rng.random() < error["model"] / error["make"]
                facts["model"] = car.model if right else pick(rng, self.models[make])
                wrong["model"] = int(facts["model"] != car.model)
        if rng.random() < share["colour"]:
            exact = error["night_colour"] if night else error["colour"]
            self._seen(rng, told, "colour", car.colour, (exact, error["colour_confused"]))
        vague = "make" not in facts and rng.random() < 0.5  # [G] "a van" when no make is known
        if vague or rng.random() < share["body"]:
            bodies = ["hatchback", "saloon", "estate", "4x4", "van", "people_carrier"]
            self._seen(rng, told, "body", car.body, (error["body"], {car.body: bodies}))
        if car.features and rng.random() < share["features"]:
            facts["features"] = list(car.features)
        if rng.random() < share["registration"]:
            self._plate(rng, told, car.plate)

    def _plate(self, rng: random.Random, told: Told, plate: str) -> None:
        """Full or partial; each character may be misread. `?` one unknown character, `*` any number."""
        alike = {"O": "0", "0": "O", "1": "I", "8": "B", "B": "8", "5": "S", "S": "5", "M": "N", "N": "M", "2": "Z"}
        read = [
            alike.get(sign) or pick(rng, list("ABCDEFGHKLMNPRSTVWXY") if sign.isalpha() else list("0123456789"))
            if rng.random() < self.error["plate_character"]
            else sign
            for sign in plate
        ]
        told.wrong["registration"] = int("".join(read) != plate)
        if rng.random() >= self.error["plate_full"]:
            form = int(rng.random() * 4)
            if form == 0:
                read = [*read[:4], "*"]
            elif form == 1:
                read = ["*", *read[4:]]
            else:
                for place in {int(rng.random() * len(read)) for _ in range(form)}:
                    read[place] = "?"
            told.wrong["registration"] = int(not _fits("".join(read), plate))
        told.facts["registration"] = "".join(read)

    def _identifiers(self, rng: random.Random, told: Told, incident: Incident, share: dict[str, float]) -> None:
        withheld = "withholds_number" in incident.behaviours
        if incident.phone and not withheld and rng.random() < share["phone"]:
            told.facts["phone"] = incident.phone
        for name in ("email", "username"):
            if getattr(incident, name) and rng.random() < share["handle"] * 0.6:  # [G] one of the two, mostly
                told.facts[name] = getattr(incident, name)

    def _when(self, rng: random.Random, told: Told, incident: Incident, share: dict[str, float]) -> None:
        facts, error = told.facts, self.error
        if rng.random() < share["date"]:
            off = rng.random() < error["date_wrong"]
            day: date = incident.when.date() + timedelta(days=(1 if rng.random() < 0.5 else -1) if off else 0)
            facts["date"], told.wrong["date"] = day, int(off)
            if rng.random() < error["uncertain_days"]:
                facts["until"] = day + timedelta(days=1 + int(rng.random() * 3))
            elif rng.random() < error["weekday_given"]:
                slip = rng.random() < error["weekday_wrong"]
                facts["weekday"] = WEEKDAYS[(day + timedelta(days=1 if slip else 0)).weekday()]
                told.wrong["weekday"] = int(slip)
        if rng.random() < share["hour"]:
            hour = incident.when.hour + incident.when.minute / 60 + rng.gauss(0, error["hour_sd"])
            step = 0.5 if rng.random() < error["time_heap"] else 1 / 12
            facts["hour"] = round(hour / step) * step % 24

    def _behaviours(self, rng: random.Random, told: Told, incident: Incident) -> None:
        settings = self.params["report"]
        keep, false, asked = (
            settings["keep"][told.kind],
            settings["false_present"],
            settings["absent_asked"][told.kind],
        )
        present = [key for key in incident.behaviours if rng.random() < keep]
        happened = set(incident.behaviours)
        invented = [self.keys[i] for i in _few(rng, len(self.keys), false) if self.keys[i] not in happened]
        told.wrong["behaviours"] = int(bool(invented))
        told.facts["behaviours"] = present + invented
        unasked = happened | set(invented)
        told.facts["absent"] = [self.keys[i] for i in _few(rng, len(self.keys), asked) if self.keys[i] not in unasked]

    def _hair(self, rng: random.Random, look: Look, told: Told) -> None:
        if look.hair_style not in ("bald", "shaved"):
            self._seen(rng, told, "hair_colour", look.hair_colour, (self.error["hair"], self.error["hair_confused"]))
        if look.hair_style in ("bald", "shaved") or rng.random() < 0.5:  # [G] style is told half the time
            told.facts["hair_style"] = look.hair_style

    def _accent(self, rng: random.Random, look: Look) -> str:
        if rng.random() < self.error["accent"]:
            return look.accent
        kind = draw(rng, self.params["offenders"]["accent"])
        return self.wardrobe.accent(rng, "elsewhere" if kind == "local" else kind, "")

    def _seen(
        self, rng: random.Random, told: Told, name: str, true: str, kernel: tuple[float, dict[str, list[str]]]
    ) -> None:
        """`kernel` is the chance of the true value, and for each true value what it is taken for."""
        exact, confused = kernel
        right = rng.random() < exact or true not in confused
        told.facts[name] = true if right else pick(rng, confused[true])
        told.wrong[name] = int(told.facts[name] != true)

    def _telling(self, kind: str, delay: float) -> dict[str, float]:
        """Chance that each fact is told."""
        missing = self.params["missing"]
        fade = self.params["report"]["delay_fade"] * math.log10(1 + delay)
        factor = missing["told"][kind] * (1 - min(fade, 0.5))
        return {name: (1 - p) * factor for name, p in missing.items() if not isinstance(p, dict)}


def _few(rng: random.Random, count: int, p: float) -> list[int]:
    """Places of the successes among `count` trials of chance `p`, by skipping ahead."""
    if p <= 0:
        return []
    found: list[int] = []
    at = -1
    while True:
        at += 1 + int(math.log(1 - rng.random()) / math.log(1 - p))
        if at >= count:
            return found
        found.append(at)


def _fits(pattern: str, plate: str) -> bool:
    """Does a pattern of `?` and one leading or closing `*` cover the plate?"""
    if pattern.endswith("*"):
        pattern += "?" * len(plate)
        pattern = pattern.replace("*", "")[: len(plate)]
    elif pattern.startswith("*"):
        pattern = pattern[1:].rjust(len(plate), "?")
    return all(a in ("?", b) for a, b in zip(pattern, plate, strict=True))
