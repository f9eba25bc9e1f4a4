"""Places offline: words to a point with a radius, and a point to its town, police force and region."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from linkage.geography import distance_km
from linkage.intake.gazetteer.place_words import Anchor, anchors, listed
from linkage.intake.gazetteer.tables import Entry, Tables, finest_codes, folded, jurisdiction, load_tables, words
from linkage.intake.patterns import PatternTable

CENTRE_RADIUS_M = 1500.0
"""A city or town centre [G]."""
NEAR_FACTOR, NEAR_EXTRA_M = 1.5, 3000.0
"""How "near" and "just outside" widen a radius [G]."""
FAR_FROM_UK_KM = 30.0
"""Beyond this from any postcode sector a point has no UK town or force [G]."""
LARGE = 10_000
"""People from which a town is known beyond its region [G]."""

_SAID = PatternTable("places")
_STEP = {"north": 1 + 0j, "south": -1 + 0j, "east": 1j, "west": -1j}
"""Northwards as real numbers, eastwards as imaginary ones."""
_FINENESS = {"region": 0, "town": 1, "area": 2}
_PRECISION = {"area": "district", "town": "town", "region": "region", "street": "street"}


@dataclass(frozen=True, slots=True)
class Resolution:
    """What words about a place stand for: WGS84 degrees, and metres within which the true place lies 9 times in 10.

    `forces` lists the police forces it may lie in, likeliest first; `note` says in words what was assumed.
    A street that no table knows, alone, has no coordinates.
    """

    text: str
    lat: float | None = None
    lon: float | None = None
    radius_m: float | None = None
    precision: str | None = None
    town: str | None = None
    postcode: str | None = None
    forces: tuple[str, ...] = ()
    region: str | None = None
    note: str | None = None


Option = tuple[Anchor, tuple[Entry, ...]]
"""A name that was found and the places that are called so."""


class Nearby(NamedTuple):
    """What lies around a point; empty outside the United Kingdom."""

    town: str | None = None
    forces: tuple[str, ...] = ()
    region: str | None = None


class Gazetteer:
    """Names, postcodes and areas in memory. Use `gazetteer()` for the shared one."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._codes = finest_codes(tables.postcodes)
        self._sectors = np.array([tables.postcodes[code][:2] for code in self._codes])
        towns = {e for entries in tables.names.values() for e in entries if _large_town(e)}
        self._towns = sorted(towns, key=lambda e: (-e.population, e.name))
        self._town_points = np.array([(e.lat, e.lon, e.radius_m) for e in self._towns])
        self._generic = frozenset(map(folded, words()["generic"].replace("\n", "").split("|")))
        self._guessable = [
            name
            for name, entries in tables.names.items()
            if len(name) >= 5 and name not in self._generic
            if any(entry.kind == "region" or entry.population >= LARGE for entry in entries)
        ]

    @lru_cache(maxsize=1 << 16)  # noqa: B019 - one shared gazetteer lives as long as the process
    def resolve(self, text: str) -> Resolution | None:
        """The most specific place the words name, or None. Never raises."""
        found = anchors(text, self.tables)
        street = next((a for a in found if a.kind == "street" or (a.kind == "name" and self._a_street(a.key))), None)
        names = [a for a in found if a.kind == "name" and (a.key not in listed("ordinary") or len(found) == 1)]
        options = [(a, self.tables.names[a.key]) for a in names]
        for code in sorted((a.key for a in found if a.kind == "postcode"), key=len, reverse=True):
            if self._believable(code, options):
                return self._at_postcode(text, code)
        options += self._guesses(text, found, options)
        chosen = self._choose(options, folded(text))
        if chosen is None:
            return Resolution(text, precision="street", note="street without a town") if street else None
        anchor, entry, doubt = chosen
        if street and street != anchor:
            return self._at_street(text, street, entry)
        return self._modified(text, anchor, entry, doubt)

    @lru_cache(maxsize=1 << 16)  # noqa: B019
    def nearest(self, lat: float, lon: float) -> Nearby:
        """Town, police forces and region of a point (WGS84 degrees)."""
        squeeze = np.cos(np.radians(lat))
        apart = (self._sectors[:, 0] - lat) ** 2 + ((self._sectors[:, 1] - lon) * squeeze) ** 2
        closest = int(np.argmin(apart))
        if float(np.sqrt(apart[closest])) * 111.2 > FAR_FROM_UK_KM:
            return Nearby()
        code = self._codes[closest]
        forces, region = jurisdiction(self.tables.jurisdictions, code)
        points = self._town_points
        metres = 111_200 * np.sqrt((points[:, 0] - lat) ** 2 + ((points[:, 1] - lon) * squeeze) ** 2) - points[:, 2]
        town = int(np.argmin(metres))
        name = self._towns[town].name if metres[town] < FAR_FROM_UK_KM * 1000 else None
        return Nearby("London" if region == "London" else name, forces, region or None)

    def postcode(self, code: str) -> tuple[float, float, float] | None:
        """Latitude, longitude and radius in metres of a postcode: of its sector, else its district."""
        outward, _, inward = code.partition(" ")
        return self.tables.postcodes.get(f"{outward} {inward[:1]}") or self.tables.postcodes.get(outward)

    def _at_postcode(self, text: str, code: str) -> Resolution | None:
        if (spot := self.postcode(code)) is None:
            return None
        forces, region = jurisdiction(self.tables.jurisdictions, code)
        return Resolution(text, *spot, "district", self.nearest(*spot[:2]).town, code, forces, region or None)

    def _at_street(self, text: str, street: Anchor, entry: Entry) -> Resolution:
        """The street's point when the user's table has it near `entry`, else `entry` with its radius, and says so."""
        known = self.tables.streets.get(street.key, ())
        reach = entry.radius_m / 1000 + 5
        close = [s for s in known if distance_km(s.lat, s.lon, entry.lat, entry.lon) < reach]
        if close:
            return self._as_resolution(text, close[0]._replace(town=entry.town))
        found = self._as_resolution(text, entry)
        return replace(found, note=f"street not in the gazetteer: {entry.name} with its radius")

    def _believable(self, code: str, options: list[Option]) -> bool:
        """Not a bare district far from every named place, which is a motorway ("M6 near Stafford")."""
        spot = Entry(code, "area", *(self.postcode(code) or (0.0, 0.0, 0.0)))
        near = (_agree(spot, entry, 10.0) for _, entries in options for entry in entries)
        return len(code) > 5 or not options or any(near)

    def _a_street(self, key: str) -> bool:
        """Is a name a street's, though a place is called so? "Chester-le-Street" is a town that everybody knows."""
        return key.endswith((" road", " street", " lane")) and not any(map(_large_town, self.tables.names[key]))

    def _choose(self, options: list[Option], whole: str) -> tuple[Anchor, Entry, bool] | None:
        """The name best supported by the others, then the most specific; alone, the most populous of that name. With
        whether another place of the name may be meant; None where none is taken.

        A name that many places have, or a street's, needs support, unless it is the `whole` text and a large town's.
        """
        ranked = []
        for anchor, entries in options:
            others = [other for one, other in options if one is not anchor]
            scored = [(sum(any(_agree(e, f) for f in other) for other in others), e) for e in entries]
            if anchor.key in self._generic or self._a_street(anchor.key):
                scored = [
                    (support, e) for support, e in scored if support or (anchor.key == whole and _large_town(e))
                ]
            if scored:
                support, entry = max(scored, key=lambda pair: (pair[0], pair[1].population))
                doubt = any(s == support and _rival(entry, e) for s, e in scored)
                # names that do not go together: "Redhill area of Bristol" is in the larger of the two
                alone = (0, int(entry.kind == "town"), float(entry.population))
                rank = (support, _FINENESS[entry.kind], -entry.radius_m) if support else alone
                ranked.append((rank, anchor, entry, doubt))
        return max(ranked, key=lambda row: row[0])[1:] if ranked else None

    def _modified(self, text: str, anchor: Anchor, entry: Entry, doubt: bool) -> Resolution:
        """Apply "near", "city centre" and compass words to a place."""
        note = f"several places are named {entry.name}: the largest was taken" if doubt else None
        if folded(text[anchor.start : anchor.end]) not in (anchor.key, folded(entry.name)):
            note = f"read as {entry.name}"
        found = replace(self._as_resolution(text, entry), note=note)
        if entry.kind == "region":
            return found
        compass = _SAID["compass"].search(text, 0, anchor.start)
        if _SAID["in_the_centre"].search(text) and entry.kind == "town":
            return replace(found, radius_m=min(CENTRE_RADIUS_M, entry.radius_m), precision="district")
        if compass and entry.population >= 100_000:
            step = sum(_STEP[word.lower()] for word in compass.groups() if word)
            half = entry.radius_m / 2 / 111_200
            lat, lon = entry.lat + step.real * half, entry.lon + step.imag * half / math.cos(math.radians(entry.lat))
            return replace(found, lat=round(lat, 4), lon=round(lon, 4), radius_m=round(0.7 * entry.radius_m, -1))
        near = _SAID["near"].search(text, 0, anchor.start)
        return replace(found, radius_m=NEAR_FACTOR * entry.radius_m + NEAR_EXTRA_M) if near else found

    def _as_resolution(self, text: str, entry: Entry) -> Resolution:
        place = text, entry.lat, entry.lon, entry.radius_m, _PRECISION[entry.kind], entry.town
        if entry.kind == "region":
            return Resolution(*place, forces=(entry.force,) if entry.force else (), region=entry.region)
        around = self.nearest(entry.lat, entry.lon)
        found = Resolution(*place, forces=around.forces, region=around.region)
        return replace(found, town="London") if around.region == "London" else found

    def _guesses(self, text: str, found: list[Anchor], known: list[Option]) -> list[Option]:
        """Misspelt names among the words that no anchor took; beside a known name only those that agree with it."""
        guesses = []
        for token in _SAID["name_word"].finditer(text):
            word = Anchor("name", *token.span(), "")
            name = None if any(map(word.overlaps, found)) else self.guess(token[0])
            entries = self.tables.names.get(name or "", ())
            sure = tuple(e for e in entries if not known or any(_agree(e, f) for _, of in known for f in of))
            if name and sure:
                guesses.append((replace(word, key=name), sure))
        return guesses

    @lru_cache(maxsize=1 << 14)  # noqa: B019
    def guess(self, word: str) -> str | None:
        """Folded name of the well-known place a misspelt word most likely means, or None.

        One slip (optimal string alignment distance) in 5-8 letters, two from 9 letters, first letter kept [G].
        """
        key = folded(word)
        if len(key) < 5 or key in listed("ordinary"):
            return None
        limit = 1 if len(key) < 9 else 2
        near = process.extract(key, self._guessable, scorer=OSA.distance, score_cutoff=limit, limit=8)
        people = {name: max(entry.population for entry in self.tables.names[name]) for name, *_ in near}
        ranked = [(slips, -people[name], name) for name, slips, _ in near if name[0] == key[0]]
        return str(min(ranked)[2]) if ranked else None


def _large_town(entry: Entry) -> bool:
    """Urban districts do not count: "London Road" is one of Ipswich, and a street everywhere else."""
    return entry.kind == "town" and entry.population >= LARGE


def _rival(chosen: Entry, other: Entry) -> bool:
    """Another place of the name, elsewhere and a tenth as large or more [G]."""
    return _quick_km(chosen, other) > 5 and 10 * other.population >= chosen.population


def _agree(a: Entry, b: Entry, extra_km: float = 2.0) -> bool:
    """Two named places that may be said together: one within the other's reach."""
    if a.town and b.kind == "town" and a.town == b.name and a.kind == "area":
        return True
    reach = 1.2 * max(a.radius_m, b.radius_m) / 1000 + extra_km
    return _quick_km(a, b) <= reach


def _quick_km(a: Entry, b: Entry) -> float:
    return 111.2 * math.hypot(a.lat - b.lat, (a.lon - b.lon) * math.cos(math.radians((a.lat + b.lat) / 2)))


@cache
def gazetteer() -> Gazetteer:
    """The shared gazetteer, loaded on first use."""
    return Gazetteer(load_tables())
