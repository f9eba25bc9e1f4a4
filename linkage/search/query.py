"""A question as read: its facts as a report, its place and period, and its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from linkage.report import Part, Person, Place, Report
from linkage.search.choices import Option
from linkage.search.group_composition import GroupComposition
from linkage.search.items import Item
from linkage.vocabulary import fold
from linkage.vocabulary.english import stem

MENTIONED_KM = 15.0
"""Least radius of a place mentioned among other words [G]."""

DENIED = "denied"
"""Kind of a word that is said not to hold: it is no fact and nothing to look for."""

_NEAR = re.compile(r"^(?:near|nr|around|outside)(?: to)? ", re.IGNORECASE)

Claims = list[tuple[int, int, str | None]]
"""Spans of a text that facts were read from, with the kind of fact."""


@dataclass(frozen=True, slots=True)
class Circle:
    """A place asked for; `strict` leaves out what certainly lies further than `km` away."""

    words: str
    lat: float
    lon: float
    km: float
    strict: bool


@dataclass(frozen=True, slots=True)
class Window:
    """First and last day asked for, as ordinals; `strict` leaves out what certainly lies outside."""

    first: int
    last: int
    strict: bool

    @property
    def words(self) -> str:
        """The window as people read it."""
        ends = ("" if day in (1, date.max.toordinal()) else str(date.fromordinal(day)) for day in self.ends)
        first, last = ends
        return f"from {first}" if not last else f"to {last}" if not first else f"{first} to {last}"

    @property
    def ends(self) -> tuple[int, int]:
        """Both days."""
        return self.first, self.last


@dataclass(frozen=True, slots=True)
class Hours:
    """A part of the day asked for: first and last hour (0-24), the last below the first across midnight."""

    words: str
    first: float
    last: float


@dataclass
class Query:
    """A question as read. `report` holds its facts; `words` are single words, each with the kinds of fact it was
    read as; `runs` are those of no fact as they stand side by side; `phrases` stood in quotes, `slang` was put into
    plain words, `named` are words by which a field would name a behaviour, with its key, `slips` slips of the pen
    that may be names. Of the facts of `either` any will do, as of the `circles` and `windows`. `must` and `must_not`
    are behaviours that have to have happened, or not to; `own` are behaviours that the vocabulary does not know; of
    the options of each of `choices` one is enough. `items` are asked for by name; `no_weapons` should not have been
    there, nor it `elsewhere`; `not_sought` are denied words that nothing was read in."""

    report: Report
    either: list[Report] = field(default_factory=list)
    words: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    slang: list[str] = field(default_factory=list)
    named: list[tuple[str, str]] = field(default_factory=list)
    slips: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)
    choices: list[list[Option]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    no_weapons: list[str] = field(default_factory=list)
    not_sought: list[str] = field(default_factory=list)
    must: set[str] = field(default_factory=set)
    must_not: set[str] = field(default_factory=set)
    company: GroupComposition | None = None
    hours: Hours | None = None
    circles: list[Circle] = field(default_factory=list)
    elsewhere: list[Circle] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)

    @property
    def told(self) -> list[Report]:
        """Its facts, and those of which any will do."""
        return [self.report, *self.either]

    @property
    def denied(self) -> bool:
        """Is something denied in free words? It is nothing to look for."""
        return any(DENIED in kinds for _, kinds in self.words)

    def once(self) -> None:
        """Keep each fact and each word once: who says a thing twice asks for no more. A word that carries a fact in
        one place is none to look for elsewhere."""
        held, behaviours = self.report, self.report.behaviours
        behaviours.present, behaviours.absent = _each(behaviours.present), _each(behaviours.absent)
        held.weapons, held.speech = _each(held.weapons), _each(held.speech)
        held.vehicles = list({_plain(one): one for one in reversed(held.vehicles)}.values())[::-1]
        held.identifiers = list({_plain(one): one for one in reversed(held.identifiers)}.values())[::-1]
        self.runs, self.phrases, self.slang = _each(self.runs), _each(self.phrases), _each(self.slang)
        self.own, self.no_weapons = _each(self.own), _each(self.no_weapons)
        self.items = list(dict.fromkeys(self.items))
        of_facts = {_bare(word) for word, kinds in self.words if kinds}
        first = {(_bare(word), kinds): at for at, (word, kinds) in reversed([*enumerate(self.words)])}
        kept = {at for (bare, kinds), at in first.items() if kinds or bare not in of_facts}
        self.words = [one for at, one in enumerate(self.words) if at in kept]

    def pass_words(self, without: Sequence[str]) -> None:
        """Let runs of words mean nothing of which a word was taken out of the question."""
        out = {part.removeprefix("Words: ") for part in without}
        self.runs = [run for run in self.runs if out.isdisjoint(run.split())]

    def mention(self, where: Place) -> None:
        """A place that is mentioned, not asked for as such: the first one counts, and it leaves nothing out."""
        if not self.circles and where.lat is not None and where.lon is not None:
            km = max(MENTIONED_KM, (where.radius_m or 0.0) / 1000)
            name = _NEAR.sub("", " ".join((where.text or where.town or "the place").split()))
            self.circles = [Circle(name, where.lat, where.lon, km, strict=False)]

    @property
    def person(self) -> Person:
        """The one person asked about."""
        if not self.report.suspects:
            self.report.suspects.append(Person())
        return self.report.suspects[0]


def _each(values: list[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _plain(part: Part) -> str:
    """What a vehicle or an identifier says, whatever words it was read from."""
    return part.model_dump_json(exclude={"raw", "spans"})


def _bare(word: str) -> str:
    return stem(fold(word)) or word


def fact_at(span: tuple[int, int], claimed: Claims) -> str | None:
    """Kind of the first fact that words at a span were read as, or None."""
    return next(iter(facts_at(span, claimed)), None)


def facts_at(span: tuple[int, int], claimed: Claims) -> tuple[str, ...]:
    """Kinds of all facts that words at a span were read as."""
    kinds = (kind for start, end, kind in claimed if start < span[1] and span[0] < end)
    return tuple(dict.fromkeys(kind for kind in kinds if kind))


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Do two spans share a character?"""
    return one[0] < other[1] and other[0] < one[1]
