"""Finds the words in a text that may name a place: names of the gazetteer, streets, postcodes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from linkage.intake.gazetteer.tables import Tables, folded, words
from linkage.intake.patterns import compiled

TOKEN = compiled(r"[A-Za-z](?:[A-Za-z'’-]*[A-Za-z])?|&")
_GAPS = (" ", ". ", " - ")
"""What may stand between the words of a name."""
_PREPOSITIONS = frozenset(("in", "near", "nr", "around", "outside", "at"))
_STOPS = frozenset(",;:/.")
"""What may stand before a name in lower case, as many people type them."""
_LETTER_FIGURE = compiled(r"\d(?<=[A-Za-z]\d)")
POSTCODE = compiled(
    r"\b(?P<outward>[A-Za-z]{1,2}\d[A-Za-z\d]?)(?:[ ]?(?P<sector>\d)(?P<unit>[A-Za-z]{2})?)?"
    r"(?![A-Za-z\d])(?!\s[A-Z]{3}\b)"
)
MOTORWAY = compiled(
    r"(?:\b(?:junction|junc|jct|j)\s*\d*[A-Za-z]?,?\s*(?:of|on|off)?\s*(?:the\s*)?|\bmotorway\s+|\bthe\s+)$",
    re.IGNORECASE,
)
AFTER_MOTORWAY = compiled(
    r"\s*(?:motorway|services|junction|junc|jct|j\d|northbound|southbound|eastbound|westbound|slip|\()", re.IGNORECASE
)
_MOST_WORDS = 3
"""Words of a street's name before its type."""
_POSSESSIVE = compiled(r"\b((?:[A-Z][a-z]+ )?[A-Z][A-Za-z-]{2,}[a-z])['’]s(?=\s+([A-Z][a-z]+|[a-z\"'“‘]))")
_OF_A_PLATE = compiled(
    r"\b(?:reg\w*|plates?|index|vr[mn]|number|mark)(?:\s+(?:was|is|of|with|began|starts?))?[\s:,]+$", re.I
)
_NEAR_PLATE = 32
"""Characters before a postcode in which a plate may be told, of which it is then the beginning [G]."""
_FULL = {"st": "street", "rd": "road", "ln": "lane", "ave": "avenue", "cres": "crescent"}
_DIRECTIONS = frozenset(("north", "south", "east", "west"))
_ABBREVIATED = compiled(rf"(?<= )({'|'.join(_FULL)})(?=$| (?:north|south|east|west)$)")


Token = re.Match[str]


@cache
def listed(name: str) -> frozenset[str]:
    """The words of one list of the gazetteer."""
    return frozenset(words()[name].split())


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words that may name a place: `kind` is name, street or postcode; `key` the folded name or the postcode."""

    kind: str
    start: int
    end: int
    key: str


def anchors(text: str, tables: Tables, cased: bool = False) -> list[Anchor]:
    """Anchors in text order, not overlapping, longest names first. `cased` takes names with a capital only."""
    text = _without_possessives(text, tables)
    codes = _postcodes(text, tables, cased)
    tokens = list(TOKEN.finditer(text))
    names = _names(text, tokens, tables, cased)
    streets = [s for s in _streets(text, tokens, tables, cased) if not any(n.start < s.end < n.end for n in names)]
    names = [n for n in names if not any(_overlap(n, other) for other in (*codes, *streets))]
    return sorted([*codes, *streets, *names], key=lambda anchor: anchor.start)


def _without_possessives(text: str, tables: Tables) -> str:
    """ "Bristol's Fishponds Road" with spaces for the "'s" of a town, so that the town shows; "King's Lynn" stays."""
    if "'s " not in text and "’s " not in text:
        return text

    def masked(found: re.Match[str]) -> str:
        """Spaces for the "'s" of a known town, of the same length; else the words as they stand."""
        told = (found[1], found[1].rpartition(" ")[2])
        known = any(
            folded(name) in tables.names and folded(f"{name}'s {found[2]}") not in tables.names for name in told
        )
        return f"{found[1]}  " if known else found[0]

    return _POSSESSIVE.sub(masked, text)


def _overlap(a: Anchor, b: Anchor) -> bool:
    return a.start < b.end and b.start < a.end


def _names(text: str, tokens: list[Token], tables: Tables, cased: bool) -> list[Anchor]:
    """Longest known names; where they have capitals, one without only behind a preposition or a stop."""
    found, past, before = [], 0, ""
    for i, token in enumerate(tokens):
        word, start = token[0], token.start()
        named = (
            not (cased and word[0].islower())
            or before in _PREPOSITIONS
            or text[max(0, start - 2) : start - 1] in _STOPS
        )
        before = word.lower()
        taken, key = _longest_name(text, tokens, i, tables) if named and i >= past else (0, "")
        if taken:
            past = i + taken
            found.append(Anchor("name", start, tokens[past - 1].end(), key))
    return found


def _longest_name(text: str, tokens: list[Token], i: int, tables: Tables) -> tuple[int, str]:
    """How many tokens from the i-th the longest known name takes, and its key; (0, "") when none starts there."""
    first = folded(tokens[i][0])
    limit = tables.longest.get(first.split(" ", 1)[0], 0)
    best, key, name = 0, "", ""
    for taken in range(1, limit + 1):
        j = i + taken - 1
        if j >= len(tokens) or (j > i and text[tokens[j - 1].end() : tokens[j].start()] not in _GAPS):
            break
        name = first if j == i else f"{name} {folded(tokens[j][0])}"
        if name in tables.names:
            best, key = taken, name
    return best, key


def _postcodes(text: str, tables: Tables, cased: bool) -> list[Anchor]:
    found = []
    for m in POSTCODE.finditer(text) if _LETTER_FIGURE.search(text) else ():
        outward, sector, unit = m["outward"].upper(), m["sector"], m["unit"]
        if cased and not m["outward"].isupper():
            continue
        if outward not in tables.postcodes:
            continue
        if not sector and _OF_A_PLATE.search(text, max(0, m.start() - _NEAR_PLATE), m.start()):
            continue
        road = MOTORWAY.search(text, 0, m.start()) or AFTER_MOTORWAY.match(text, m.end("outward"))
        if not unit and road and outward[0] in "MA" and outward[1].isdigit():
            continue
        code = outward + (f" {sector}{(unit or '').upper()}" if sector else "")
        found.append(Anchor("postcode", m.start(), m.end(), code))
    return found


def _streets(text: str, tokens: list[Token], tables: Tables, cased: bool) -> list[Anchor]:
    """Words that end in a street's type; a name that stands in front of the street proper is left out of it."""
    found: list[Anchor] = []
    types, past = listed("street_types"), 0
    for i, token in enumerate(tokens):
        if i < past or token[0].lower() not in types:
            continue
        first = last = i
        while first > max(past, i - _MOST_WORDS) and _joined(text, tokens, first):
            first -= 1
        while last < i + 2 and _joined(text, tokens, last + 1) and tokens[last + 1][0].lower() in types:
            last += 1
        first += _before_street(text, tokens[first:i], tables, cased)
        if first < i and _a_type(text, tokens, first, last, tables, cased):
            past = last + 1
            turned = _joined(text, tokens, last + 1) and tokens[last + 1][0].lower() in _DIRECTIONS
            start, end = tokens[first].start(), tokens[last + turned].end()
            plain = folded(text[start:end])
            key = _ABBREVIATED.sub(lambda short: _FULL[short[1]], plain)
            if plain not in tables.names:
                found.append(Anchor("name" if key in tables.names else "street", start, end, key))
    return found


def _joined(text: str, tokens: list[Token], i: int) -> bool:
    """Whether the i-th token follows the one before it in one name: "St. John Street"."""
    if not 0 < i < len(tokens):
        return False
    before, here = tokens[i - 1], tokens[i]
    gap = text[before.end() : here.start()]
    return gap.removeprefix("." if len(before[0]) < 4 else "").strip(" ") == "" and gap.endswith(" ")


def _before_street(text: str, before: list[Token], tables: Tables, cased: bool) -> int:
    """How many of the words before a street's type are no part of its name: small words and any place name."""
    first, last = 0, len(before) - 1
    for i, token in enumerate(before):
        word = token[0]
        if word.lower() in listed("not_in_street") or (word[0].islower() and (cased or i < last)):
            first = i + 1
    while first < last:
        taken, _ = _longest_name(text, before, first, tables)
        if not taken or first + taken > last:
            break
        first += taken
    return first


def _a_type(text: str, tokens: list[Token], first: int, last: int, tables: Tables, cased: bool) -> bool:
    """Whether the last word is a street's type there: neither the St of "St Helens" nor that of a "Ford Focus ST"."""
    kind = tokens[last][0]
    if kind.lower() == "st" and last + 1 < len(tokens) and f"st {folded(tokens[last + 1][0])}" in tables.names:
        return False
    if kind == "ST" and not text[tokens[first].start() : tokens[last].end()].isupper():
        return False
    if cased:
        return kind[0].isupper()
    return tokens[first][0][0].isupper() or kind.lower() not in listed("loose_street_types")
