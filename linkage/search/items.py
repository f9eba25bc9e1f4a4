"""Items and domains of the behaviours by name: "attacks the neck" asks for every behaviour below it.

The levels are those of serious crime analysis: domain, item, sub-item. What reports tell is a sub-item.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linkage.features.item_states import ABSENT, PRESENT
from linkage.search.condition import AGREES, DIFFERS, NOT_KNOWN, Condition
from linkage.search.expansion import below
from linkage.search.latent import ASKED
from linkage.vocabulary import behaviours, english
from linkage.vocabulary.tables import table

Span = tuple[int, int]

KIND = "item:"
"""What the kind of a word begins with that was read as an item."""

_WORD = re.compile(r"[A-Za-z0-9]+(?:['’][A-Za-z]+)?|[^\sA-Za-z0-9]")


class Item(NamedTuple):
    """An item or a domain that is asked for by name, and whether it should have happened."""

    name: str
    happened: bool = True

    @property
    def key(self) -> str:
        """Its key among the conditions and the kinds of words."""
        return f"{KIND}{self.name}"


@cache
def _named() -> dict[str, frozenset[str]]:
    """Name -> all behaviours below it."""
    found: dict[str, set[str]] = {}
    domains = table("search")["items"]["domains"]
    for entry in behaviours().entries.values():
        for name in (entry.data["item"], domains[entry.data["domain"]]):
            found.setdefault(name, set()).update({entry.key}, below(entry.key))
    return {name: frozenset(keys) for name, keys in found.items()}


def sub_items(name: str) -> frozenset[str]:
    """Keys of the behaviours below an item or domain. KeyError for a name that is none."""
    return _named()[name]


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(table("search")["items"][name])


@cache
def _by_stems() -> dict[tuple[str, ...], str]:
    return {_content(name.split()): name for name in _named()}


def _content(words: list[str]) -> tuple[str, ...]:
    return tuple(english.stem(word) for word in words if word not in _list("small"))


def item_named(line: str) -> str | None:
    """The item or domain that a whole line names, in any inflection."""
    return _by_stems().get(_content([one.lower() for one in re.findall(r"[A-Za-z]+", line)]))


def items_in(words: str) -> list[tuple[Span, str]]:
    """Names of items in a question, the longest first at each place. A name of one word counts only where it stands
    by itself, as in "theft, Leeds": "touching" in a sentence tells of something else."""
    said = [(one.group().lower(), one.span()) for one in _WORD.finditer(words)]
    found, at = list[tuple[Span, str]](), 0
    while at < len(said):
        after = next((end for end in range(min(at + 7, len(said)), at, -1) if _fits(said, at, end)), None)
        if after is None:
            at += 1
            continue
        name = _by_stems()[_content([word for word, _ in said[at:after]])]
        found.append(((said[at][1][0], said[after - 1][1][1]), name))
        at = after
    return found


def _fits(said: list[tuple[str, Span]], at: int, end: int) -> bool:
    """Do tokens from `at` on name an item, with no small word at their edges?"""
    words = [word for word, _ in said[at:end]]
    if any(not word[0].isalnum() for word in words) or _list("small") & {words[0], words[-1]}:
        return False
    name = _by_stems().get(_content(words))
    if name is None or (" " not in name and (words != [name] or name in _list("everyday"))):
        return False
    return " " in name or (_apart(said, at - 1) and _apart(said, end))


def _apart(said: list[tuple[str, Span]], at: int) -> bool:
    """Is there nothing at a token that an item's name would belong to?"""
    return not 0 <= at < len(said) or not said[at][0][0].isalnum() or said[at][0] in _list("between")


def item_condition(item: Item, strict: bool, must: bool, states: Callable[[str], NDArray[np.int8]]) -> Condition:
    """Agrees where any behaviour below the item happened; what is said not to have happened differs only where all of
    it is said so. `strict` leaves out what differs, `must` what is not known."""
    entries = behaviours().entries
    keys = sorted(sub_items(item.name))
    state = np.stack([states(key) for key in keys])
    some, none = (state == PRESENT).any(axis=0), (state == ABSENT).all(axis=0)
    agrees, differs = (some, none) if item.happened else (none, some)
    n = len(some)
    share = (float(some.sum()) + 0.5) / (n + 1)
    odds = (1 - share) / share if item.happened else share / (1 - share)
    most = float(np.log10(1 + ASKED * odds))
    says = np.full(n, NOT_KNOWN, dtype=np.int8)
    says[differs], says[agrees] = DIFFERS, AGREES

    def words(row: int) -> str:
        """Which behaviours below the item the report at a row tells."""
        shown = [entries[key].label for key, told in zip(keys, state[:, row] == PRESENT, strict=True) if told]
        return f"{item.name}: {', '.join(shown) or ('said not to have happened' if none[row] else 'not known')}"

    return Condition(
        field="behaviour",
        label="Behaviour",
        asked=f"{'' if item.happened else 'not: '}any: {item.name}",
        weights=np.array([0.0, most, 0.0, np.log10(1 - ASKED)])[says],
        says=says,
        words=words,
        strict=strict,
        keeps_unknown=not must,
        key=item.key,
        most=most,
    )
