"""What the reported people look like, drive and call themselves: the truth, before anybody perceives it."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field, replace

from linkage.synthetic.parameters import Parameters, Wheel, draw, pick, read_table

_PLATE_LETTERS = "ABCDEFGHJKLMNOPRSTUVWXYZ"
_NEVER_ISSUED = "JTU"  # no DVLA memory tag begins with these, so no such plate exists
_HANDLE = (
    ("quiet", "lucky", "silver", "night", "happy", "lone", "big", "northern", "gentle", "fast", "smooth", "cheeky"),
    ("fox", "rider", "gent", "wolf", "driver", "bear", "otter", "jack", "falcon", "lad", "tiger", "heron"),
)


@dataclass(slots=True)
class Look:
    """One person's appearance. `age` is years at the start of the series."""

    sex: str
    age: float
    height: float
    build: str
    ethnicity: str
    complexion: str
    hair_colour: str
    hair_style: str
    facial_hair: str
    eyes: str
    glasses: bool
    accent: str
    marks: list[str]
    clothing: list[str]
    name: str


@dataclass(slots=True)
class Car:
    """One vehicle. `plate` is nine characters at most, upper case, no spaces."""

    make: str
    model: str
    body: str
    colour: str
    plate: str
    features: list[str] = field(default_factory=list)


class Wardrobe:
    """Draws people and cars. Holds the weighted choices, so that each draw is cheap."""

    def __init__(self, params: Parameters) -> None:
        self.settings = params["offenders"]
        self.vehicle = params["vehicle"]
        self.words = read_table("words.toml")
        self.fleet = Wheel([((make, model, body), weight) for make, model, body, weight in self.vehicle["fleet"]])

    def person(self, rng: random.Random, region: str) -> Look:
        """A reported person who lives in `region`."""
        settings = self.settings
        where = "ethnicity_london" if region == "London" else "ethnicity"
        kind = draw(rng, settings["accent"])
        marked = rng.random() < settings["marks_share"]
        ethnicity = draw(rng, settings[where])
        return Look(
            sex="male" if rng.random() < settings["male_share"] else "female",
            age=self._age(rng),
            height=rng.gauss(settings["height_mean"], settings["height_sd"]),
            build=draw(rng, settings["build"]),
            ethnicity=ethnicity,
            complexion=draw(rng, settings["complexion"][ethnicity]),
            hair_colour=draw(rng, settings["hair_colour"]),
            hair_style=draw(rng, settings["hair_style"]),
            facial_hair=draw(rng, settings["facial_hair"]),
            eyes=draw(rng, settings["eyes"]),
            glasses=rng.random() < settings["glasses_share"],
            accent=self.accent(rng, kind, region),
            marks=self.some(rng, "marks", 1 + (rng.random() < settings["second_mark"])) if marked else [],
            clothing=self.some(rng, "clothing", 2),
            name=pick(rng, self.words["names"]["list"]),
        )

    def accent(self, rng: random.Random, kind: str, region: str) -> str:
        """Where somebody sounds as if he comes from: a region, or "foreign"."""
        regions: list[str] = list(self.words["accents"]["local"])
        if kind == "foreign":
            return "foreign"
        return region if kind == "local" and region in regions else pick(rng, regions)

    def car(self, rng: random.Random) -> Car:
        """A car of the fleet, with a plate that was never issued."""
        make, model, body = self.fleet.draw(rng)
        white = body == "van" and rng.random() < self.vehicle["van_white"]
        return Car(
            make=make,
            model=model,
            body=body,
            colour="white" if white else draw(rng, self.vehicle["colour"]),
            plate=_plate(rng),
            features=self.some(rng, "vehicle_features", 1) if rng.random() < self.vehicle["features_share"] else [],
        )

    def on_the_day(self, rng: random.Random, usual: Look) -> Look:
        """How he looked at one incident: another beard, other clothes, perhaps another name."""
        settings = self.settings
        look = replace(usual)
        if rng.random() < settings["facial_hair_change"]:
            look.facial_hair = draw(rng, settings["facial_hair"])
        if rng.random() >= settings["clothing_habit"]:
            look.clothing = self.some(rng, "clothing", 2)
        if rng.random() >= settings["names_kept"]:
            look.name = pick(rng, self.words["names"]["list"])
        return look

    def change_hair(self, rng: random.Random, look: Look) -> None:
        """Cut, dyed or grown since last time."""
        if rng.random() < self.settings["hair_dyed"]:
            look.hair_colour = draw(rng, self.settings["hair_colour"])
        else:
            look.hair_style = draw(rng, self.settings["hair_style"])

    def _age(self, rng: random.Random) -> float:
        mean, sd = self.settings["age_mean"], self.settings["age_sd"]
        low, high = self.settings["age_limits"]
        shape = (mean / sd) ** 2
        age: float = min(max(rng.gammavariate(shape, mean / shape), low), high)
        return age

    def some(self, rng: random.Random, name: str, count: int) -> list[str]:
        """Up to `count` different entries of a list of words.toml."""
        return list(dict.fromkeys(pick(rng, self.words[name]["list"]) for _ in range(count)))


def _plate(rng: random.Random) -> str:
    letters = [pick(rng, list(_PLATE_LETTERS)) for _ in range(4)]
    year = int(rng.random() * 23) + 1 + (50 if rng.random() < 0.5 else 0)
    return f"{pick(rng, list(_NEVER_ISSUED))}{letters[0]}{year:02d}{''.join(letters[1:])}"


def username(rng: random.Random) -> str:
    """An invented name on a site."""
    first, second = (pick(rng, list(words)) for words in _HANDLE)
    return f"{first}{pick(rng, ['', '_', '.'])}{second}{int(rng.random() * 900) + 100}"


def email(rng: random.Random) -> str:
    """An address in a domain that is reserved for examples (RFC 2606)."""
    return f"{username(rng)}@{pick(rng, ['example.com', 'example.org', 'example.net', 'mail.example'])}"


_RESERVED = (
    *("07700900", "03069990", "0161496", "0151496", "0121496", "0113496", "0114496", "0115496", "0116496"),
    *("0117496", "0118496", "0131496", "0141496", "0191498", "0207946"),
)  # each begins a thousand numbers that Ofcom keeps for drama


class Phones:
    """Hands out telephone numbers that nobody has, each once.

    First Ofcom's numbers for drama (07700 900000-900999, 03069 990000-990999 and the 0000-0999 of the reserved town
    ranges), in an order drawn from the seed; a world that needs more gets numbers of the 06 range, which the UK
    numbering plan has not opened.
    """

    def __init__(self, rng: random.Random) -> None:
        self.free: list[str] = []
        for prefix in reversed(_RESERVED):
            width = 11 - len(prefix)
            block = [f"{prefix}{number:0{width}d}" for number in range(1000)]
            for last in range(999, 0, -1):
                other = int(rng.random() * (last + 1))
                block[last], block[other] = block[other], block[last]
            self.free += block
        self.beyond = 0

    def next(self) -> str:
        """A number that was not handed out before: 11 digits."""
        if self.free:
            return self.free.pop()
        self.beyond += 1
        return f"067{self.beyond:08d}"


def persists(rng: random.Random, mean: float, days: float) -> bool:
    """Is a thing that is kept `mean` days on average still there after `days`? (exponential)"""
    return rng.random() < math.exp(-days / mean)
