"""Who tells: forms that ask some things and not others, the workers who write at them, and their styles."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from benchmarks.otherworld.constants import constants, pick, stream
from benchmarks.otherworld.habits import domain_of
from benchmarks.otherworld.roads import towns
from linkage.geography import distance_km


@dataclass(frozen=True)
class Form:
    """What one place of reporting asks: behaviour items, and fields of person, vehicle and circumstances."""

    channel: str
    items: frozenset[str]
    fields: frozenset[str]
    town: int
    workers: tuple[str, ...]


@dataclass(frozen=True)
class Reporter:
    """One who writes a report: at a form, in a style (terse, average, thorough)."""

    form: Form
    style: str


def forms_of(seed: int) -> dict[str, list[Form]]:
    """The forms of a world by channel; a project's is that of the region where it works."""
    made = {}
    for channel, how in constants("channels").items():
        rng = stream(seed, "forms", channel)
        made[channel] = [_form(rng, channel) for _ in range(how["forms"])]
    return made


def _form(rng: Random, channel: str) -> Form:
    how, styles = constants("channels")[channel], constants("styles")["share"]
    domains = {name for name in sorted(set(domain_of().values())) if rng.random() < how["domains"]}
    items = {item for item, domain in domain_of().items() if domain in domains and rng.random() < how["items"]}
    fields = {name for name in constants("telling")["fields"] if rng.random() < how["fields"]}
    workers = tuple(pick(rng, styles) for _ in range(constants("telling")["workers"]))
    return Form(channel, frozenset(items), frozenset(fields), rng.randrange(len(towns())), workers)


def reporter_of(rng: Random, forms: dict[str, list[Form]], town: int, other_than: str | None = None) -> Reporter:
    """Who reports an incident of that town. A person on their own has a style of their own, others their worker's."""
    weights = {name: how["weight"] for name, how in constants("channels").items() if name != other_than}
    channel = pick(rng, weights)
    form = (
        min(forms[channel], key=lambda one: _km(one.town, town))
        if channel == "project"
        else rng.choice(forms[channel])
    )
    if channel in ("individual", "online"):
        return Reporter(form, pick(rng, constants("styles")["share"]))
    return Reporter(form, rng.choice(form.workers))


def _km(one: int, other: int) -> float:
    here, there = towns()[one], towns()[other]
    return float(distance_km(here.lat, here.lon, there.lat, there.lon))
