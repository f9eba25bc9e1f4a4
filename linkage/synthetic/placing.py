"""Where an incident is said to have been: exactly, by street, by area or by town, and now and then wrongly."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from linkage.synthetic.geography import Point, Spot
from linkage.synthetic.parameters import Parameters, draw, pick, read_table

_KM = 111.195  # kilometres in a degree of latitude
_LONGITUDE = 1.67  # a kilometre in degrees of longitude over one in degrees of latitude, at 53 degrees north


@dataclass(frozen=True, slots=True)
class StatedPlace:
    """A place as told: words, the form's boxes, and the point (lat, lon) that can be known from them."""

    precision: str = ""
    where: str | None = None
    form: dict[str, Any] = field(default_factory=dict)
    point: Point | None = None
    wrong: int | None = None


class Placing:
    """Tells the places of one world."""

    def __init__(self, params: Parameters) -> None:
        self.settings = params["place"]
        self.missing = params["missing"]["place"]
        self.street = params["narrative"]["street_name"]
        self.words = read_table("words.toml")["streets"]

    def tell(self, rng: random.Random, point: Point, spots: tuple[Spot, Spot], kind: str) -> StatedPlace:
        """The place at `point`, by the names of `spots`: the true ones and those of a place nearby."""
        if rng.random() < self.missing:
            return StatedPlace()
        settings = self.settings
        precision = draw(rng, settings["precision_third_party" if kind == "third_party" else "precision"])
        mistaken = precision != "exact" and rng.random() < settings["wrong"]
        spot = spots[1] if mistaken else spots[0]
        local = ", ".join(name for name in (spot.area, spot.town) if name)
        where = {"town": spot.town, "area": local}.get(precision)
        if where is None:
            near = pick(rng, self.words["list" if rng.random() < self.street else "places"])
            where = f"{near}, {local}"
        form: dict[str, Any] = {"text": where}
        at = spot.town_point if precision == "town" else spot.area_point
        if precision == "exact":
            error = settings["exact_error_m"] / 1000 / _KM
            at = (point[0] + rng.gauss(0, error), point[1] + rng.gauss(0, error * _LONGITUDE))
            form |= {"lat": round(at[0], 5), "lon": round(at[1], 5), "radius_m": settings["exact_radius_m"]}
        if precision != "town" and rng.random() < settings["postcode_share"]:
            form["postcode"] = spot.postcode
        names = [(one.area, one.town) if precision != "town" else one.town for one in (spot, spots[0])]
        return StatedPlace(precision, where, form, at, int(names[0] != names[1]))
