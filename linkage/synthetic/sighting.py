"""Vehicles, plates and numbers as a witness tells them, and the shape in which everything told is kept."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from linkage.synthetic.offenders import Incident
from linkage.synthetic.parameters import Parameters, Wheel, pick
from linkage.synthetic.people import Car, Wardrobe

_NOBODYS = 8  # digits that a reserved range fixes
_BODIES = ["hatchback", "saloon", "estate", "4x4", "van", "people_carrier"]
_ALIKE = {"O": "0", "0": "O", "1": "I", "8": "B", "B": "8", "5": "S", "S": "5", "M": "N", "N": "M", "2": "Z"}


@dataclass(slots=True)
class Perceived:
    """Perceived facts by name, and which are wrong (1) or right (0)."""

    kind: str
    facts: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, int] = field(default_factory=dict)
    second_person: Perceived | None = None
    second_vehicle: Perceived | None = None

    def say(self, name: str, value: Any, true: Any) -> None:
        """Tell `value` for the fact `name`, which is truly `true`."""
        self.facts[name] = value
        self.wrong[name] = int(value != true)


class Sighting:
    """Error kernels of what can be read off a vehicle or a telephone."""

    def __init__(self, params: Parameters, wardrobe: Wardrobe) -> None:
        self.missing = params["missing"]
        self.error = params["witness"]
        self.wardrobe = wardrobe
        self.models: dict[str, list[str]] = {}
        for make, model, *_ in params["vehicle"]["fleet"]:
            self.models.setdefault(make, []).append(model)
        self.makes = Wheel([(make, weight) for make, _, _, weight in params["vehicle"]["fleet"]])

    def vehicle(self, rng: random.Random, told: Perceived, car: Car, night: bool, share: dict[str, float]) -> None:
        """Perceive one vehicle into `told`; `share` is the chance that each fact is told."""
        error, facts = self.error, told.facts
        if rng.random() < share["make"]:
            make = car.make if rng.random() < error["make"] else self.makes.draw(rng)
            told.say("make", make, car.make)
            if rng.random() < share["model"]:
                right = make == car.make and rng.random() < error["model"] / max(error["make"], error["model"], 1e-9)
                told.say("model", car.model if right else pick(rng, self.models[make]), car.model)
        if rng.random() < share["colour"]:
            exact = rng.random() < error["night_colour" if night else "colour"]
            taken_for = error["colour_confused"].get(car.colour)
            told.say("colour", car.colour if exact or not taken_for else pick(rng, taken_for), car.colour)
        vague = "make" not in facts and rng.random() < share["body_without_make"]
        if vague or rng.random() < share["body"]:
            right = rng.random() < error["body"]
            told.say("body", car.body if right else other_of(rng, _BODIES, car.body), car.body)
        if car.features and rng.random() < share["features"]:
            seen, known = car.features, self.wardrobe.words["vehicle_features"]["list"]
            told.say(
                "features", [x if rng.random() < error["feature"] else other_of(rng, known, x) for x in seen], seen
            )
        if rng.random() < share["registration"]:
            self._plate(rng, told, car.plate)

    def identifiers(self, rng: random.Random, told: Perceived, incident: Incident, share: dict[str, float]) -> None:
        """The number and the addresses he used; a withheld number cannot be told."""
        withheld = "withholds_number" in incident.behaviours
        if incident.phone and not withheld and rng.random() < share["phone"]:
            self._phone(rng, told, incident.phone)
        for name in ("email", "username"):
            true = getattr(incident, name)
            if true and rng.random() < share["handle"]:
                told.say(name, _slipped(rng, true) if rng.random() < self.error["handle_slip"] else true, true)

    def _phone(self, rng: random.Random, told: Perceived, number: str) -> None:
        """A number, perhaps with a wrong digit; `*` stands for the part that is not known.

        Only the last three digits go wrong, so that what comes out is still nobody's number (see `people.py`).
        """
        digit = self.error["phone_digit"]
        heard = [pick(rng, list("0123456789")) if rng.random() < digit else sign for sign in number]
        read = number[:_NOBODYS] + "".join(heard[_NOBODYS:])
        told.facts["phone"], shown = read, read == number
        if rng.random() < self.error["phone_partial"]:
            size = 3 + int(rng.random() * 3)
            if rng.random() < 0.5:
                told.facts["phone"], shown = f"*{read[-size:]}", read[-size:] == number[-size:]
            else:
                told.facts["phone"], shown = f"{read[: size + 3]}*", read[: size + 3] == number[: size + 3]
        told.wrong["phone"] = int(not shown)

    def _plate(self, rng: random.Random, told: Perceived, plate: str) -> None:
        """Full or partial; each character may be misread. `?` one unknown character, `*` any number."""
        read = [
            _ALIKE.get(sign) or pick(rng, list("ABCDEFGHKLMNPRSTVWXY") if sign.isalpha() else list("0123456789"))
            if rng.random() < self.error["plate_character"]
            else sign
            for sign in plate
        ]
        read[0] = plate[0]  # no plate begins with it, so that a misread one is nobody's either
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


def other_of(rng: random.Random, values: list[str], value: str) -> str:
    """One of `values` that is not `value`."""
    return pick(rng, [other for other in values if other != value])


def _slipped(rng: random.Random, address: str) -> str:
    """An address with one letter of its name changed."""
    at = int(rng.random() * len(address.partition("@")[0]))
    return address[:at] + pick(rng, [x for x in "abcdefghijklmnopqrstuvwxyz" if x != address[at]]) + address[at + 1 :]


def _fits(pattern: str, plate: str) -> bool:
    """Does a pattern of `?` and one leading or closing `*` cover the plate?"""
    if pattern.endswith("*"):
        pattern += "?" * len(plate)
        pattern = pattern.replace("*", "")[: len(plate)]
    elif pattern.startswith("*"):
        pattern = pattern[1:].rjust(len(plate), "?")
    return all(a in ("?", b) for a, b in zip(pattern, plate, strict=True))
