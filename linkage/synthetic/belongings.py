"""What an offender has at each incident: vehicles, telephones, addresses; they wear out and are replaced."""

from __future__ import annotations

import random
from typing import TypeVar

from linkage.synthetic.parameters import Parameters
from linkage.synthetic.people import Car, Look, Phones, Wardrobe, email, persists, username

Thing = TypeVar("Thing")
_YEAR = 365.25


class Belongings:
    """The things of one offender, as time passes."""

    def __init__(
        self, rng: random.Random, params: Parameters, wardrobe: Wardrobe, phones: Phones, look: Look
    ) -> None:
        self.settings = params["offenders"]
        self.wardrobe = wardrobe
        self.numbers = phones
        self.look = look
        two = rng.random() < self.settings["second_car_share"]
        self.cars = [wardrobe.car(rng) for _ in range(1 + two)]
        self.phones = [phones.next() for _ in range(1 + (rng.random() < self.settings["second_phone_share"]))]
        self.email = email(rng)
        self.username = username(rng)

    def age(self, rng: random.Random, days: float, released: bool) -> None:
        """Let `days` pass; somebody `released` from prison begins with other cars and numbers."""
        settings = self.settings
        for place in range(len(self.cars)):
            if released or not persists(rng, settings["car_years"] * _YEAR, days):
                self.cars[place] = self.wardrobe.car(rng)
        for place in range(len(self.phones)):
            if released or not persists(rng, settings["phone_days"], days):
                self.phones[place] = self.numbers.next()
        if not persists(rng, settings["handle_days"], days):
            self.email, self.username = email(rng), username(rng)
        if not persists(rng, _YEAR / settings["hair_change_per_year"], days):
            self.wardrobe.change_hair(rng, self.look)
        self.look.age += days / _YEAR

    def call(self, rng: random.Random) -> str:
        """The number that he calls from."""
        return _one(rng, self.phones, self.settings["second_phone_use"])

    def drive(self, rng: random.Random, contact: str, share: float) -> list[Car]:
        """The vehicles that were there: none used or seen, his, or two. A kerb approach by car always has one."""
        if contact == "kerb_on_foot":
            share *= self.settings["on_foot_vehicle"]
        if contact != "kerb_by_car" and rng.random() >= share:
            return []
        other = rng.random() < self.settings["other_car"]
        first = self.wardrobe.car(rng) if other else _one(rng, self.cars, self.settings["second_car_use"])
        if rng.random() >= self.settings["two_vehicles"]:
            return [first]
        own = [car for car in self.cars if car is not first]
        return [first, own[0] if own else self.wardrobe.car(rng)]


def _one(rng: random.Random, things: list[Thing], second: float) -> Thing:
    """The first of one or two things, or with the chance `second` the other."""
    return things[1] if len(things) > 1 and rng.random() < second else things[0]
