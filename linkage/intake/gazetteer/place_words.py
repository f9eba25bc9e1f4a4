"""Finds the words in a text that may name a place: names of the gazetteer, streets, postcodes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from linkage.intake.gazetteer.tables import Tables, folded, words
from linkage.intake.patterns import PatternTable, compiled

_GAPS = (" ", ". ", " - ")
"""What may stand between the words of a name."""
_POSSESSIVES = ("'s", "’s")
_PREPOSITIONS = frozenset(("in", "near", "nr", "around", "outside", "at"))
_STOPS = frozenset(",;:/.")
"""What may stand before a name in lower case, as many people type them."""
_SAID = PatternTable("places")
_DIRECTIONS = frozenset(("north", "south", "east", "west"))
_MOST_WORDS = 3
"""Words of a street's name before its type."""
_FULL = {"st": "street", "rd": "road", "ln": "lane", "ave": "avenue", "cres": "crescent"}
_ABBREVIATED = compiled(rf"(?<= )({'|'.join(_FULL)})(?=$| (?:north|south|east|west)$)")

Token = re.Match[str]


@cache
def listed(name: str) -> frozenset[str]:
    """The words of one list of the gazetteer."""
    return frozenset(words()[name].split())


@lru_cache(maxsize=1 << 16)
def _first(word: str) -> str:
    """The folded word that a name begins with which begins so."""
    return folded(word).partition(" ")[0]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words that may name a place: `kind` is name, street or postcode; `key` the folded name or the postcode."""

    kind: str
    start: int
    end: int
    key: str

    def overlaps(self, other: Anchor) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


def anchors(text: str, tables: Tables, cased: bool = False) -> list[Anchor]:
    """Anchors in text order, not overlapping, longest names first. `cased` takes names with a capital only."""
    tokens = list(_SAID["name_word"].finditer(text))
    named = _names(text, tokens, tables, cased)
    names = [name for name, _ in named.values()]
    others = _postcodes(text, tables, cased)
    for street in _streets(text, tokens, named, tables, cased):
        if not any(name.start < street.end < name.end for name in names):
            others.append(street)
    names = [name for name in names if not any(map(name.overlaps, others))]
    return sorted([*others, *names], key=lambda anchor: anchor.start)


def _names(text: str, tokens: list[Token], tables: Tables, cased: bool) -> dict[int, tuple[Anchor, int]]:
    """Longest known names and the places of the tokens behind them, by the place of their first token; where names
    have capitals, one without only behind a preposition or a stop."""
    found: dict[int, tuple[Anchor, int]] = {}
    past, most = 0, tables.longest.get
    plain = [token[0] for token in tokens]
    known = [(i, n) for i, word in enumerate(plain) if (n := most(_first(word)) or word[-2:] in _POSSESSIVES)]
    for i, limit in known:
        if i < past:
            continue
        if cased and plain[i][0].islower():
            start, before = tokens[i].start(), plain[i - 1].lower() if i else ""
            if before not in _PREPOSITIONS and text[max(0, start - 2) : start - 1] not in _STOPS:
                continue
        name = _longest_name(text, tokens[i : i + limit], tables)
        if name is not None:
            past = i + name[1]
            found[i] = name[0], past
    return found


def _longest_name(text: str, tokens: list[Token], tables: Tables) -> tuple[Anchor, int] | None:
    """The longest known name that begins with the first of some tokens, and how many it takes: "King's Lynn", and
    the Bristol of "Bristol's Fishponds Road"."""
    best, name = None, ""
    start = end = tokens[0].start()
    for taken, token in enumerate(tokens, 1):
        if taken > 1 and text[end : token.start()] not in _GAPS:
            break
        before, end, word = name, token.end(), token[0]
        name = f"{before} {folded(word)}".lstrip()
        owner = f"{before} {folded(word[:-2])}".lstrip() if word.endswith(_POSSESSIVES) else ""
        if owner in tables.names:
            best = Anchor("name", start, end - 2, owner), taken
        elif name in tables.names:
            best = Anchor("name", start, end, name), taken
    return best


def _postcodes(text: str, tables: Tables, cased: bool) -> list[Anchor]:
    found = []
    for m in _SAID["postcode"].finditer(text):
        outward, sector, unit = m["outward"].upper(), m["sector"], m["unit"]
        if outward not in tables.postcodes or (cased and not m["outward"].isupper()):
            continue
        if not unit and outward[0] in "MA" and outward[1].isdigit() and _SAID["motorway"].search(text, 0, m.start()):
            continue
        code = outward + (f" {sector}{(unit or '').upper()}" if sector else "")
        found.append(Anchor("postcode", m.start(), m.end(), code))
    return found


def _streets(
    text: str, tokens: list[Token], named: dict[int, tuple[Anchor, int]], tables: Tables, cased: bool
) -> list[Anchor]:
    """Words that end in a street's type, without small words and place names before the street proper."""
    found: list[Anchor] = []
    types, loose, past = listed("street_types"), listed("loose_street_types"), 0
    behind = types | _DIRECTIONS

    def joined(i: int) -> bool:
        return 0 < i < len(tokens) and text[tokens[i - 1].end() : tokens[i].start()] == " "

    for i in [i for i, token in enumerate(tokens) if token[0].lower() in types]:
        if i < past:
            continue
        first, last = i, i
        while first > max(past, i - _MOST_WORDS) and joined(first):
            word = tokens[first - 1][0]
            if word.lower() in listed("not_in_street") or (word[0].islower() and (cased or first < i)):
                break
            first -= 1
        while joined(last + 1) and last < i + 2 and tokens[last + 1][0].lower() in behind:
            last += 1
        while first in named and named[first][1] < i:
            first = named[first][1]
        kind, capital = tokens[last][0], tokens[first][0][0].isupper()
        if first < i and (kind[0].isupper() if cased else capital or kind.lower() not in loose):
            past = last + 1
            start, end = tokens[first].start(), tokens[last].end()
            plain = folded(text[start:end])
            key = _ABBREVIATED.sub(lambda short: _FULL[short[1]], plain)
            if plain not in tables.names:
                found.append(Anchor("name" if key in tables.names else "street", start, end, key))
    return found
