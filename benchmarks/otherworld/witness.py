"""What a witness makes of what was seen: ages heaped, heights in bands, colours mistaken for those as dark."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from benchmarks.otherworld.constants import constants, pick, whole
from benchmarks.otherworld.people import Car

INCH = 2.54


def mistaken(rng: Random, value: str, confused: Mapping[str, Sequence[str]], chance: float) -> str:
    """The value, or with that chance one that it is taken for."""
    wrong = rng.random() < chance and confused.get(value)
    return rng.choice(list(wrong)) if wrong else value


def age(rng: Random, true: float, light: str) -> str:
    """An age in words: off by a triangle whose width hangs on the light, then heaped or put into a band."""
    how = constants("errors")
    reach = how["age_reach"][light]
    years = max(16, round(true + rng.triangular(-reach, reach, 0.0)))
    kind, heap = pick(rng, how["age_words"]), how["age_heap"]
    low = years // heap * heap
    if kind == "heaped":
        return f"about {round(years / heap) * heap}"
    if kind == "band":
        return f"{low} - {low + heap}"
    decade, part = years // 10 * 10, ("early", "mid", "late")[min(2, years % 10 // 3)]
    if kind == "decade" or decade < 20:
        return f"{decade}s" if decade >= 20 else "late teens"
    return f"{part} {decade}s"


def height(rng: Random, true: float) -> str:
    """A height in words: off by whole inches, told as one, as a band or as short, average, tall."""
    how = constants("errors")
    inches = round(true / INCH) + int(pick(rng, how["height_steps"]))
    kind = pick(rng, how["height_words"])
    if kind == "word":
        return next(str(word) for word, most in how["height_named"].items() if inches <= most)
    if kind == "one":
        return _feet(inches)
    low = inches - whole(rng, [0, 2])
    return f"{_feet(low)} - {_feet(low + whole(rng, how['height_band_inches']))}"


def _feet(inches: int) -> str:
    return f"{inches // 12} ft {inches % 12}"


def build(rng: Random, true: str) -> str:
    """A build, or the next one on the way from slim to large."""
    how = constants("errors")
    steps = how["build_steps"]
    if rng.random() >= how["build_wrong"]:
        return true
    row = steps.index(true) + rng.choice([-1, 1])
    return str(steps[min(len(steps) - 1, max(0, row))])


def colour(rng: Random, true: str, light: str) -> list[str]:
    """A car's colour; in the dark often another one of the same tone, now and then one or the other."""
    how = constants("errors")
    alike = sorted({one for tone in how["colour_tones"].values() if true in tone for one in tone} - {true})
    if alike and rng.random() < how["colour_either"]:
        return [true, rng.choice(alike)]
    return [rng.choice(alike) if alike and rng.random() < how["colour_wrong"][light] else true]


def hair(rng: Random, seen: Mapping[str, Any], light: str) -> dict[str, list[str]]:
    """Colour and style as told; who is bald or shaved is told without a colour."""
    how = constants("errors")
    style = mistaken(rng, seen["style"], how["style_confused"], how["style_wrong"])
    found = mistaken(rng, seen["hair"], how["hair_confused"], how["hair_wrong"][light])
    return {"colour": [] if style in ("bald", "shaved") else [found], "style": [style]}


def accent(rng: Random, true: str) -> str:
    """An accent, one like it, or only roughly where it is from."""
    how = constants("errors")
    northern = true in how["accent_northern"]
    if rng.random() < how["accent_vague"]:
        home = true in constants("accent_places")["accent"]
        return "northern" if northern else "english" if home else "foreign"
    wrong = rng.random() < how["accent_wrong"]
    return (
        str(rng.choice(how["accent_northern"] if northern else constants("accent_places")["accent"]))
        if wrong
        else true
    )


def marks(rng: Random, true: Sequence[str], light: str) -> list[str]:
    """Marks that were noticed; where one is may be lost."""
    how = constants("errors")
    noticed = [mark for mark in true if rng.random() < constants("telling")["mark_seen"][light]]
    return [mark.split(" on ")[0] if rng.random() < how["mark_side_lost"] else mark for mark in noticed]


def vehicle(rng: Random, car: Car, light: str, told: Sequence[str]) -> dict[str, Any]:
    """The fields that are told of a car, each as it was taken in."""
    how, models = constants("errors"), constants("cars")["models"]
    make, model = car.make, car.model
    if rng.random() < how["model_wrong"]:
        make, model = rng.choice([row[:2] for row in models if row[2] == car.body])
    bodies = sorted({row[2] for row in models})
    row: dict[str, Any] = {
        "make": make,
        "model": model if "make" in told else None,
        "colour": colour(rng, car.colour, light),
        "body": rng.choice(bodies) if rng.random() < how["body_wrong"] else car.body,
        "registration": plate(rng, car.registration),
        "features": [one for one in car.features if rng.random() < constants("telling")["mark_seen"][light]],
    }
    return {name: value for name, value in row.items() if name in told and value}


def plate(rng: Random, true: str) -> str:
    """A plate with what was not read as question marks; a sign that was read may be another."""
    how = constants("errors")
    signs = [rng.choice(true) if rng.random() < how["plate_misread"] else sign for sign in true]
    if rng.random() >= how["plate_whole"]:
        for place in rng.sample(range(len(signs)), whole(rng, how["plate_unread"])):
            signs[place] = "?"
    return "".join(signs)


def phone(rng: Random, true: str) -> str:
    """A number; a digit may be wrong, or only the end known."""
    how = constants("errors")
    signs = list(true)
    if rng.random() < how["phone_misread"]:
        signs[rng.randrange(5, len(signs))] = rng.choice("0123456789")
    return "*" + "".join(signs[-4:]) if rng.random() < how["phone_cut"] else "".join(signs)


def hour(rng: Random, true: float, exact: bool) -> float:
    """Clock time in hours, beyond midnight above 24; to the quarter where it is known well."""
    off = constants("errors")["hour_off"]["exact" if exact else "vague"]
    felt = true + rng.uniform(-off, off)
    return round(felt * 4) / 4 if exact else math.floor(felt + 0.5)
