"""What people do: habits written as scripts of bundles, made one's own, and what the situation adds to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from benchmarks.otherworld.constants import constants, pick, some, stream, whole
from linkage.vocabulary import behaviours


@dataclass(frozen=True)
class Script:
    """A habit that several people share: items over several domains, and the settings they go with."""

    items: tuple[str, ...]
    settings: tuple[str, ...]


@dataclass
class Habit:
    """One person's: how each item of the script, or of one's own, stands (sticky, sometimes, never)."""

    states: dict[str, str]

    def drift(self, rng: Random) -> None:
        """Now and then one item changes its state: something is learned, or given up."""
        how = constants("habits")
        if self.states and rng.random() < how["drift"]:
            self.states[rng.choice(sorted(self.states))] = pick(rng, how["states"])


@cache
def domain_of() -> Mapping[str, str]:
    """The domain of each behaviour key."""
    return {key: str(entry.data["domain"]) for key, entry in behaviours().entries.items()}


@cache
def keys() -> tuple[str, ...]:
    """All behaviour keys that a habit can have."""
    return tuple(sorted(set(domain_of()) - set(constants("habits")["victims_own"])))


def scripts(seed: int) -> list[Script]:
    """The habits of one world, the commonest first; bundles that share no setting are not joined."""
    rng, how, bundles = stream(seed, "scripts"), constants("habits"), constants("bundles")
    settings = list(constants("settings"))
    made: list[Script] = []
    while len(made) < how["scripts"]:
        names = some(rng, list(bundles), int(pick(rng, how["bundles_each"])))
        fits = [set(bundles[name]["goes_with"] or settings) for name in names]
        common = sorted(set.intersection(*fits))
        if common:
            items = dict.fromkeys(item for name in names for item in bundles[name]["items"])
            made.append(Script(tuple(items), tuple(common)))
    return made


def script_of(rng: Random, among: list[Script]) -> Script:
    """One of the scripts; each is somewhat rarer than the one before it."""
    first, share = constants("habits")["script_popularity"]
    return rng.choices(among, [first * share**row for row in range(len(among))])[0]


def habit_of(rng: Random, script: Script) -> Habit:
    """The script made one's own: some of it always, some now and then, some never, and things beside it."""
    how = constants("habits")
    states = {item: pick(rng, how["states"]) for item in script.items}
    for item in some(rng, keys(), whole(rng, how["private_items"])):
        states[item] = pick(rng, how["private_states"])
    for item in some(rng, keys(), whole(rng, how["fixed_aversions"])):
        states.setdefault(item, "never")
    return Habit(states)


def copied(rng: Random, habit: Habit, script: Script) -> Habit:
    """What is known of another person, as somebody does it who has heard of it."""
    own = habit_of(rng, script)
    for item, state in habit.states.items():
        if state == "sticky" and rng.random() < constants("habits")["copied"]:
            own.states[item] = "sticky"
    return own


def done(rng: Random, habit: Habit, setting: Mapping[str, Any], reaction: str, vehicle: bool) -> set[str]:
    """What is done in one incident.

    The chance of an item is the largest that the person, the situation or the background gives; each domain has a
    mood of the moment that raises the chances of all its items to a power, so that they go together.
    """
    how, background = constants("habits"), constants("background")
    moods: dict[str, float] = {}
    for domain in sorted(set(domain_of().values())):
        moods[domain] = how["powers"][pick(rng, how["moods"])]
    caused = (setting["causes"], constants("reactions")[reaction]["causes"], background["items"])
    happened = set()
    for item, domain in domain_of().items():
        drawn = rng.random()
        state = habit.states.get(item)
        if (not vehicle and item in how["needs_vehicle"]) or state == "never":
            continue
        if item in how["victims_own"] and not any(item in causes for causes in caused):
            continue
        chances = [float(causes.get(item, 0.0)) for causes in caused]
        chance = max(*chances, how[state] if state else background["any_other"])
        if drawn < chance ** moods[domain]:
            happened.add(item)
    return happened
