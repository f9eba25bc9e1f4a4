"""Random canonical reports for property tests: every field, several people and vehicles, vague and missing values."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from linkage.features.catalogue import CATALOGUE
from linkage.report import Behaviours, Contact, Hair, Identifier, Occurred, Person, Place, Range, Report, Vehicle
from linkage.vocabulary import load

T = TypeVar("T")

EVIDENCE = {evidence.name: evidence for evidence in CATALOGUE}

OWN_WORDS = ["hums a tune", "counts the steps", "asks for a receipt"]
PHRASES = ["you will not see me again", "never see me again love", "get in the back", "count to ten", "be quick"]
MARKS = ["swallow tattoo on neck", "scar over left eye", "gold tooth", "anchor tattoo", "missing finger"]
CLOTHES = ["blue jeans", "grey hooded top", "white trainers", "flat cap", "leather jacket"]
STORY = [
    "railings",
    "depot",
    "humming",
    "umbrella",
    "kiosk",
    "lantern",
    "gravel",
    "whistle",
    "ladder",
    "canal",
    "kettle",
]
PLATES = ["AB12CDE", "AB12*", "A?12CDE", "*CDE", "YH05XKT", "YHO5XK?", "KP57LMN"]
IDENTIFIERS = [
    ("phone", "07700900101"), ("phone", "07700900102"), ("phone", "*0101"), ("phone", "07700*"),
    ("phone", "07700900???"), ("email", "a@example.org"), ("username", "blue_kestrel"), ("username", "grey_heron"),
    ("website", "example.org/kestrel"), ("other", "tag 7"),
]  # fmt: skip
TOWNS = [(53.41, -2.98), (52.41, -1.51), (53.48, -2.24), (51.51, -0.13), (53.80, -1.55)]
START = date(2018, 1, 1)
WITHHELD = 0.15
"""Share of what is told that counts as not known."""


def reports_from(seed: int, count: int, missing: float = 0.4) -> list[Report]:
    """`count` reports drawn from `seed`; each value is missing with probability `missing`."""
    draw = random.Random(seed)
    return [_report(draw, f"R{number:03}", missing) for number in range(count)]


def seeds(least: int = 2, most: int = 8) -> st.SearchStrategy[list[Report]]:
    """Lists of `least` to `most` random reports, from sparse to full."""
    return st.builds(reports_from, st.integers(0, 2**32), st.integers(least, most), st.sampled_from([0.05, 0.4, 0.8]))


def every_pair(count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """All ordered pairs of different rows."""
    left, right = np.divmod(np.arange(count * count), count)
    return left[left != right], right[left != right]


def _report(draw: random.Random, name: str, missing: float) -> Report:
    def maybe(make: Callable[[], T]) -> T | None:
        return None if draw.random() < missing else make()

    def some(values: Sequence[T], most: int = 2) -> list[T]:
        return [] if draw.random() < missing else draw.sample(list(values), draw.randint(1, most))

    present = [*_behaviours(draw, missing), *some(OWN_WORDS)]
    apart = random.Random(f"{name} {present}")  # what else is drawn stays as it is
    withheld = [item for item in present if apart.random() < WITHHELD]
    return Report(
        report_id=name,
        report_type=maybe(lambda: draw.choice(["full", "partial", "third_party"])),
        occurred=maybe(lambda: _occurred(draw)) or Occurred(),
        place=_place(draw, maybe),
        contact=Contact(method=maybe(lambda: draw.choice(["kerb_by_car", "phone", "web", "walk_in"]))),
        offences=some(list(load("offences").entries)[:8]),
        behaviours=Behaviours(
            present=present, absent=[i for i in _behaviours(draw, missing) if i not in present]
        ).withhold(withheld),
        suspects=[_person(maybe, some, draw) for _ in range(draw.choice([0, 1, 1, 1, 2, 3]))],
        vehicles=[_vehicle(maybe, some, draw) for _ in range(draw.choice([0, 1, 1, 2]))],
        identifiers=[Identifier(kind=kind, value=value) for kind, value in some(IDENTIFIERS)],
        weapons=some(list(load("weapons").entries)[:6]),
        speech=some(PHRASES),
        narrative=maybe(lambda: " ".join(draw.sample(STORY, 6))),
    )


def _behaviours(draw: random.Random, missing: float) -> list[str]:
    return [key for key in load("behaviours").entries if draw.random() < 0.12 * (1 - missing)]


def _occurred(draw: random.Random) -> Occurred:
    first = START + timedelta(days=draw.randint(0, 1500))
    last = first + timedelta(days=draw.choice([0, 0, 0, 1, 6, 30, 300]))
    clock = draw.choice([None, (22.5, None), (23.0, 1.5), (9.0, 12.0)])
    low, high = clock or (None, None)
    return Occurred(**{"from": first.isoformat()}, to=last.isoformat(), hour_min=low, hour_max=high)


def _place(draw: random.Random, maybe: Callable[[Callable[[], Any]], Any]) -> Place:
    lat, lon = draw.choice(TOWNS)
    point = maybe(lambda: (lat + draw.gauss(0, 0.05), lon + draw.gauss(0, 0.05))) or (None, None)
    return Place(
        lat=point[0],
        lon=point[1],
        radius_m=maybe(lambda: draw.choice([50.0, 800.0, 9000.0])),
        venue=maybe(lambda: draw.choice(list(load("venues").entries)[:6])),
    )


def _range(draw: random.Random, low: int, high: int) -> Range:
    start = draw.randint(low, high)
    return Range(min=draw.choice([start, None]), max=start + draw.choice([0, 4, 9]))


def _person(maybe: Callable[[Callable[[], Any]], Any], some: Callable[..., list[Any]], draw: random.Random) -> Person:
    return Person(
        sex=maybe(lambda: draw.choice(["male", "female"])),
        age=maybe(lambda: _range(draw, 18, 60)),
        height_cm=maybe(lambda: _range(draw, 160, 195)),
        build=some(["slim", "medium", "stocky", "large"]),
        ethnicity=some(["white", "black", "asian", "mixed"]),
        complexion=maybe(lambda: draw.choice(["olive", "dark", "pale"])),
        hair=maybe(lambda: Hair(colour=some(["black", "brown", "grey"]), style=some(["short", "bald", "long"]))),
        facial_hair=some(["beard", "stubble", "clean-shaven"]),
        eyes=maybe(lambda: draw.choice(["blue", "brown", "green"])),
        glasses=maybe(lambda: draw.choice([True, False])),
        accent=some(["liverpool", "midlands", "romanian", "polish"]),
        marks=some(MARKS),
        clothing=some(CLOTHES),
        names_used=some(["dave", "mike", "steven"]),
    )


def _vehicle(
    maybe: Callable[[Callable[[], Any]], Any], some: Callable[..., list[Any]], draw: random.Random
) -> Vehicle:
    make, model = draw.choice([("Ford", "Focus"), ("Saab", "9-3"), ("Mitsubishi", "Shogun"), ("Ford", None)])
    return Vehicle(
        make=maybe(lambda: make),
        model=maybe(lambda: model),
        colour=some(["silver", "yellow", "grey", "blue"]),
        body=maybe(lambda: draw.choice(["4x4", "car", "van", "hatchback"])),
        registration=maybe(lambda: draw.choice(PLATES)),
        features=some(["child seat", "dented door", "tinted windows"]),
    )
