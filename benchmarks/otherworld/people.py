"""Who people are: looks, cars and phones, each of which may change with time; and men who look like other men."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import Any, Generic, TypeVar

from benchmarks.otherworld.constants import between, constants, pick, some, whole
from benchmarks.otherworld.roads import towns
from linkage.geography import distance_km

T = TypeVar("T")
LETTERS, DIGITS = "ABCDEFGHJKLMNOPRSTUVWXY", "0123456789"
PLATE = "LLDDLLL"


@dataclass(frozen=True)
class Timeline(Generic[T]):
    """A value that changes: `values[k]` holds until day `until[k]`, the last one for good."""

    until: tuple[int, ...]
    values: tuple[T, ...]

    def on(self, day: int) -> T:
        """The value of that day."""
        return self.values[bisect_right(self.until, day)]

    @classmethod
    def drawn(
        cls, rng: Random, days: int, lasts: list[int], draw: Callable[[], T], changes: bool = True
    ) -> Timeline[T]:
        """Values one after the other, each lasting so many days; the first began before the first day."""
        until: list[int] = []
        values, end = [draw()], whole(rng, [0, lasts[1]])
        while changes and end < days:
            until.append(end)
            values.append(draw())
            end += whole(rng, lasts)
        return cls(tuple(until), tuple(values))


@dataclass(frozen=True)
class Car:
    """A vehicle as it is."""

    make: str
    model: str
    body: str
    colour: str
    registration: str
    features: tuple[str, ...]


@dataclass(frozen=True)
class Looks:
    """What can be seen and heard of a person; `age` is that of the world's first day, `height` in centimetres."""

    age: float
    height: float
    build: str
    ethnicity: str
    hair: str
    style: Timeline[str]
    beard: Timeline[str]
    glasses: str
    eyes: str
    accent: str
    marks: tuple[str, ...]
    clothes: tuple[str, ...]
    names: tuple[str, ...]
    phrase: str | None


@dataclass(frozen=True)
class Belongings:
    """What a person uses: a car if any, a telephone number if it is shown, a name on a site if any."""

    car: Timeline[Car] | None
    phone: Timeline[str] | None
    username: str | None


def any_car(rng: Random) -> Car:
    """A car of any kind."""
    how = constants("cars")
    make, model, body, _ = rng.choices(how["models"], [row[3] for row in how["models"]])[0]
    plate = "".join(rng.choice(LETTERS if sign == "L" else DIGITS) for sign in PLATE)
    features = some(rng, how["features"], int(pick(rng, how["features_each"])))
    return Car(make, model, body, pick(rng, how["colours"]), plate, tuple(features))


@cache
def common_models() -> frozenset[tuple[str, str]]:
    """Make and model of the commonest cars."""
    how = constants("cars")
    return frozenset(
        (row[0], row[1]) for row in sorted(how["models"], key=lambda row: -row[3])[: how["common_models"]]
    )


def belongings_of(rng: Random, days: int, active: int, mover: str, numbers: list[str]) -> Belongings:
    """Cars and numbers one after the other; `numbers` are those that nobody has yet. Days of `phone` count from the
    first incident, since there are few numbers that belong to nobody in earnest."""
    cars, phones = constants("cars"), constants("phones")
    drives, shows = rng.random() < cars["owns"][mover], rng.random() >= phones["withheld"]
    words, named = phones["username_words"], rng.random() < phones["username"]
    return Belongings(
        Timeline.drawn(rng, days, cars["kept_days"], lambda: any_car(rng)) if drives else None,
        Timeline.drawn(rng, active, phones["kept_days"], numbers.pop) if shows else None,
        "".join(some(rng, words, 2)) + str(rng.randint(1, 99)) if named else None,
    )


def looks_of(rng: Random, days: int, home: int) -> Looks:
    """Somebody who lives there."""
    how, speech = constants("looks"), constants("speech")
    ethnicity = pick(rng, how["ethnicities"])
    style, beard = pick(rng, how["styles"]), pick(rng, how["beards"])
    keeps_style = style in how["fixed_styles"] or rng.random() < how["keeps_style"]
    use = pick(rng, how["names_use"])
    return Looks(
        age=_banded(rng, how["ages"], how["age_width"]),
        height=_banded(rng, how["heights_cm"], how["height_width"]),
        build=pick(rng, how["builds"]),
        ethnicity=ethnicity,
        hair=pick(rng, how["hair"]["white" if ethnicity in ("white", "eastern_european") else "other"]),
        style=_state(rng, days, style, how["styles"], how["style_changes_days"], keeps_style),
        beard=_state(rng, days, beard, how["beards"], how["beard_changes_days"], rng.random() < how["keeps_beard"]),
        glasses=pick(rng, how["glasses"]),
        eyes=pick(rng, how["eyes"]),
        accent=_accent(rng, ethnicity, home),
        marks=tuple(some(rng, how["marks"], int(pick(rng, how["marked"])))),
        clothes=tuple(some(rng, how["clothes"], int(pick(rng, how["clothes_usual"])))),
        names=tuple(some(rng, how["names"], {"none": 0, "one": 1, "several": 4}[use])),
        phrase=rng.choice(speech["own"]) if rng.random() < speech["has_own"] else None,
    )


def like(rng: Random, own: Looks, other: Looks) -> Looks:
    """Another man who could be taken for him: about his age and height, perhaps his build, hair and skin."""
    how = constants("lookalikes")
    taken: dict[str, Any] = {}
    for name in ("build", "ethnicity", "hair", "style"):
        if rng.random() < how["same_look"]:
            taken[name] = getattr(other, name)
    age = other.age + between(rng, how["age_off"])
    return replace(own, age=max(16.0, age), height=other.height + between(rng, how["height_off_cm"]), **taken)


def his_car(rng: Random, days: int, other: Belongings, day: int) -> Timeline[Car] | None:
    """A car of the make, model and colour of the other man's, with its own plate and details."""
    if other.car is None:
        return None
    seen, own = other.car.on(day), any_car(rng)
    same = replace(seen, registration=own.registration, features=own.features)
    return Timeline.drawn(rng, days, constants("cars")["kept_days"], lambda: same, changes=False)


def _state(
    rng: Random, days: int, first: str, weights: dict[str, float], lasts: list[int], keeps: bool
) -> Timeline[str]:
    begun: list[str] = [first]
    return Timeline.drawn(rng, days, lasts, lambda: begun.pop() if begun else pick(rng, weights), changes=not keeps)


def _banded(rng: Random, weights: dict[str, float], width: float) -> float:
    return float(pick(rng, weights)) + between(rng, [0.0, width])


def _accent(rng: Random, ethnicity: str, home: int) -> str:
    how, places = constants("looks"), constants("accent_places")
    if rng.random() < how["foreign_accent"].get(ethnicity, 0.0):
        return pick(rng, how["foreign_accents"][ethnicity])
    if rng.random() < how["moved_accent"]:
        return str(rng.choice(places["accent"]))
    town = towns()[home]
    return str(places["accent"][int(distance_km(town.lat, town.lon, places["lat"], places["lon"]).argmin())])
