"""Latent offenders and their incidents: who, where, when. What happened is in `behaviour.py`, with what in
`belongings.py`."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from linkage.synthetic.belongings import Belongings
from linkage.synthetic.geography import Geography, Point
from linkage.synthetic.parameters import Parameters, draw, pick, read_table, stream
from linkage.synthetic.people import Car, Look, Phones, Wardrobe


@dataclass(slots=True)
class Offender:
    """One latent offender (or a pair who act together)."""

    offender_id: str
    length: int
    mode: str
    sector: str
    look: Look
    partner: Look | None
    hour: float
    speech: list[int]
    town: int


@dataclass(slots=True)
class Incident:
    """One incident as it truly was."""

    incident_id: str
    offender: Offender
    number: int
    when: datetime
    sector: str
    town: int
    point: Point
    contact: str
    contact_place: str | None
    venue: str
    released: bool
    look: Look
    cars: list[Car]
    phone: str | None
    email: str | None
    username: str | None
    speech: int
    behaviours: list[str] = field(default_factory=list)
    offences: list[str] = field(default_factory=list)

    @property
    def night(self) -> bool:
        """Was it dark?"""
        return self.when.hour >= 20 or self.when.hour < 6


class Casting:
    """Draws offenders and their incidents, one offender at a time, each from his own stream."""

    def __init__(self, params: Parameters, seed: int, geography: Geography, years: float) -> None:
        self.params = params
        self.seed = seed
        self.geography = geography
        self.wardrobe = Wardrobe(params)
        self.phones = Phones(stream(seed, "phones"))
        self.days = int(years * 365.25)
        self.end = date.fromisoformat(params["world"]["end"])
        self.shares = {name: table["share"] for name, table in params["sector"].items() if isinstance(table, dict)}
        words = read_table("words.toml")
        self.speeches = len(words["speech"]["rows"])
        self.contact_places: dict[str, dict[str, list[str]]] = words["contact_place"]

    def offender(self, index: int) -> list[Incident]:
        """Offender number `index` and all his incidents, in order of time."""
        rng = stream(self.seed, "offender", index)
        params = self.params
        home = self.geography.draw_town(rng)
        region = self.geography.towns[home].region
        length = self._length(rng)
        who = Offender(
            offender_id=f"OFF-{index + 1:06d}",
            length=length,
            mode=draw(rng, params["mobility"]["modes"]),
            sector=draw(rng, self.shares),
            look=self.wardrobe.person(rng, region),
            partner=self.wardrobe.person(rng, region)
            if rng.random() < params["offenders"]["second_person"]
            else None,
            hour=0.0,
            speech=[int(rng.random() * self.speeches) for _ in range(2)],
            town=home,
        )
        who.hour = self._peak_hour(rng, who.sector)
        return self._series(rng, who)

    def _length(self, rng: random.Random) -> int:
        settings = self.params["offenders"]
        if rng.random() < settings["one_off_share"]:
            return 1
        if rng.random() < settings["long_tail_share"]:
            low, high = settings["long_tail"]
            return int(low + rng.random() * (high - low + 1))
        length = 2
        while rng.random() >= settings["serial_geometric"]:
            length += 1
        return length

    def _series(self, rng: random.Random, who: Offender) -> list[Incident]:
        ranging = self.geography.ranging(rng, who.mode, who.town)
        belongings = Belongings(rng, self.params, self.wardrobe, self.phones, who.look)
        haunts: dict[str, str] = {}
        incidents, before = [], 0
        for number, (day, released) in enumerate(self._days(rng, who.length)):
            sector = who.sector if rng.random() < self.params["sector"]["stay"] else draw(rng, self.shares)
            table = self.params["sector"][sector]
            town, point = ranging.go(rng, sector, table["hot"])
            contact = draw(rng, table["contact"])
            belongings.age(rng, day - before if number else 0, released)
            before = day
            calls = contact in ("phone", "web", "app")
            incidents.append(
                Incident(
                    incident_id="",
                    offender=who,
                    number=number,
                    when=self._when(rng, who, sector, day),
                    sector=sector,
                    town=town,
                    point=point,
                    contact=contact,
                    contact_place=self._contact_place(rng, haunts, contact),
                    released=released,
                    venue=draw(rng, table["venue"]),
                    look=self.wardrobe.on_the_day(rng, who.look),
                    cars=belongings.drive(rng, contact, table["vehicle"]),
                    phone=belongings.call(rng) if calls else None,
                    email=belongings.email if contact in ("web", "agency") else None,
                    username=belongings.username if contact in ("web", "app") else None,
                    speech=self._speech(rng, who),
                )
            )
        return incidents

    def _days(self, rng: random.Random, length: int) -> list[tuple[int, bool]]:
        """Days from the world's start, and whether he came out of prison before; a series that would not fit is
        squeezed rather than cut."""
        settings = self.params["time"]
        days, released = [0.0], [False]
        for _ in range(length - 1):
            gap = settings["gap_median_days"] * rng.lognormvariate(0, settings["gap_sigma"])
            released.append(rng.random() < settings["prison_share"])
            if released[-1]:
                low, high = settings["prison_years"]
                gap += 365.25 * (low + rng.random() * (high - low))
            days.append(days[-1] + gap)
        squeeze = min(1.0, (self.days - 1) * 0.95 / days[-1]) if days[-1] else 1.0
        start = rng.random() * (self.days - 1 - days[-1] * squeeze)
        return [(int(start + day * squeeze), out) for day, out in zip(days, released, strict=True)]

    def _when(self, rng: random.Random, who: Offender, sector: str, day: int) -> datetime:
        """Weekdays of the weekend are a little likelier; an evening past midnight belongs to the next day."""
        settings = self.params["time"]
        first = self.end - timedelta(days=self.days - 1)
        on = first + timedelta(days=day)
        if on.weekday() < 4 and rng.random() < (settings["weekend_lift"] - 1) * 3 / 7:
            on += timedelta(days=4 + int(rng.random() * 3) - on.weekday())
        hour = self._peak_hour(rng, sector)
        if sector == who.sector and rng.random() < settings["usual_hour_share"]:
            hour = rng.gauss(who.hour, settings["usual_hour_sd"])
        moment = datetime(on.year, on.month, on.day) + timedelta(minutes=int(hour * 60))
        return min(moment, datetime(self.end.year, self.end.month, self.end.day, 23, 30))

    def _peak_hour(self, rng: random.Random, sector: str) -> float:
        low, high = self.params["sector"][sector]["peak"]
        if rng.random() < self.params["time"]["peak_share"]:
            return float(low + rng.random() * (high - low))
        return rng.random() * 24

    def _speech(self, rng: random.Random, who: Offender) -> int:
        own = rng.random() < self.params["offenders"]["speech_share"]
        return pick(rng, who.speech) if own else int(rng.random() * self.speeches)

    def _contact_place(self, rng: random.Random, haunts: dict[str, str], contact: str) -> str | None:
        """The kind of place where contact was made, with this contact method's usual one among `haunts`."""
        places = list(self.contact_places.get(contact, ()))
        if not places:
            return None
        usual = haunts.setdefault(contact, pick(rng, places))
        return usual if rng.random() < self.params["offenders"]["contact_habit"] else pick(rng, places)
