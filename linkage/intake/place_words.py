"""Finds the words in a text that may name a place: names of the gazetteer, streets, postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from linkage.intake.facts.caseless import lowered
from linkage.intake.gazetteer_tables import Tables, folded, words
from linkage.intake.patterns import compiled

TOKEN = compiled(r"[A-Za-z](?:[A-Za-z'’-]*[A-Za-z])?|&")
_CAPITAL = compiled(r"[A-Z]")
_JOINS = frozenset("'’-")
_GAPS = (" ", ". ", " - ")
"""What may stand between the words of a name."""
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
_TYPES = (
    "street|road|rd|lane|ln|avenue|ave|close|drive|way|court|crescent|cres|terrace|grove|gardens|row|walk|parade|mews|"
    "rise|brae|wynd|entry|croft|reach|approach|vennel|quay|wharf|boulevard|broadway|place|square|embankment|promenade|hill|st"
)
_MOST_WORDS = 3
"""Words of a street's name before its type."""
_WORD = r"(?:[A-Za-z]{1,3}\.|[A-Za-z][A-Za-z'’-]*+)"
STREET = compiled(
    rf"(?<![\w'’-])((?:{_WORD}[ ]++){{1,{_MOST_WORDS}}})((?:{_TYPES})\b(?:[ ]+(?:{_TYPES})\b){{0,2}})"
    r"(?:[ ]+(?:north|south|east|west)\b)?",
    re.IGNORECASE,
)


_TYPE = compiled(rf" (?:{_TYPES})\b")
"""What every street ends in, quick to look for."""
_POSSESSIVE = compiled(r"\b((?:[A-Z][a-z]+ )?[A-Z][A-Za-z-]{2,}[a-z])['’]s(?=\s+([A-Z][a-z]+|[a-z\"'“‘]))")
_OF_A_PLATE = compiled(
    r"\b(?:reg\w*|plates?|index|vr[mn]|number|mark)(?:\s+(?:was|is|of|with|began|starts?))?[\s:,]+$", re.I
)
_NEAR_PLATE = 32
"""Characters before a postcode in which a plate may be told, of which it is then the beginning [G]."""
_FULL = {"st": "street", "rd": "road", "ln": "lane", "ave": "avenue", "cres": "crescent"}
_ABBREVIATED = compiled(rf"(?<= )({'|'.join(_FULL)})(?=$| (?:north|south|east|west)$)")


@cache
def _listed(name: str) -> frozenset[str]:
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
    names = _names(text, tables, cased)
    streets = [s for s in _streets(text, tables, cased) if not any(n.start < s.end < n.end for n in names)]
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


def _names(text: str, tables: Tables, cased: bool) -> list[Anchor]:
    if cased:
        return _names_with_capitals(text, tables)
    tokens = [(m.start(), m.end(), m[0]) for m in TOKEN.finditer(text)]
    found, i = [], 0
    while i < len(tokens):
        taken, key = _longest_name(text, tokens, i, tables)
        if taken:
            found.append(Anchor("name", tokens[i][0], tokens[i + taken - 1][1], key))
        i += max(1, taken)
    return found


def _names_with_capitals(text: str, tables: Tables) -> list[Anchor]:
    """As `_names` of the words that open with a capital, of which a text has few: only there a word is cut."""
    found: list[Anchor] = []
    past = 0
    for capital in _CAPITAL.finditer(text):
        start = capital.start()
        if start < past or _inside_word(text, start):
            continue
        tokens = _tokens_from(text, start, tables)
        taken, key = _longest_name(text, tokens, 0, tables)
        past = tokens[max(1, taken) - 1][1]
        if taken:
            found.append(Anchor("name", start, past, key))
    return found


def _inside_word(text: str, at: int) -> bool:
    """Whether a letter stands before `at` with nothing but what joins letters in between."""
    while at and text[at - 1] in _JOINS:
        at -= 1
    before = text[at - 1 : at]
    return before.isascii() and before.isalpha()


def _tokens_from(text: str, start: int, tables: Tables) -> list[tuple[int, int, str]]:
    """The word at `start` and those right behind it that the longest name which opens with it may hold."""
    tokens: list[tuple[int, int, str]] = []
    said = TOKEN.match(text, start)
    most = _most_words(said[0], tables) if said else 0
    while said is not None:
        tokens.append((*said.span(), said[0]))
        if len(tokens) >= most:
            break
        end = said.end()
        gaps = (gap for gap in _GAPS if text.startswith(gap, end))
        said = next((word for gap in gaps if (word := TOKEN.match(text, end + len(gap)))), None)
    return tokens


def _most_words(word: str, tables: Tables) -> int:
    return tables.longest.get(folded(word).split(" ", 1)[0], 0)


def _longest_name(text: str, tokens: list[tuple[int, int, str]], i: int, tables: Tables) -> tuple[int, str]:
    """How many tokens from the i-th the longest known name takes, and its key; (0, "") when none starts there."""
    first = folded(tokens[i][2])
    limit = _most_words(tokens[i][2], tables)
    best, key, name = 0, "", ""
    for taken in range(1, limit + 1):
        j = i + taken - 1
        if j >= len(tokens) or (j > i and text[tokens[j - 1][1] : tokens[j][0]] not in _GAPS):
            break
        name = first if j == i else f"{name} {folded(tokens[j][2])}"
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


def _streets(text: str, tables: Tables, cased: bool) -> list[Anchor]:
    """Words that end in a street's type; a name that stands in front of the street proper is left out of it."""
    found: list[Anchor] = []
    low = lowered(text)
    for m in _typed(text, low) if low is not None else STREET.finditer(text):
        kind = m[2].split()[-1]
        if (cased and not kind[0].isupper()) or (kind.lower() == "st" and _saint(text, m.end(2), tables)):
            continue
        if kind == "ST" and not m[1].isupper():
            continue  # "a Ford Focus ST"
        tokens = list(TOKEN.finditer(m[1]))
        first = _first_of_street(m[1], tokens, tables, cased)
        if first is None:
            continue
        start, last = m.start(1) + tokens[first].start(), m.end()
        plain = folded(text[start:last])
        key = _ABBREVIATED.sub(lambda short: _FULL[short[1]], plain)
        bare = not cased and not tokens[first][0][0].isupper() and kind.lower() in _listed("loose_street_types")
        if plain in tables.names or bare:
            continue
        found.append(Anchor("name" if key in tables.names else "street", start, last, key))
    return found


def _typed(text: str, low: str) -> Iterator[re.Match[str]]:
    """As `STREET.finditer`, tried only from the words on that can open a name before a street's type."""
    past = 0
    for kind in _TYPE.finditer(low):
        start = kind.start()
        if start < past:
            continue
        for _ in range(_MOST_WORDS):
            while start and low[start - 1] == " ":
                start -= 1
            start = low.rfind(" ", 0, start) + 1
        found = STREET.search(text, max(past, start))
        if found is None:
            return
        yield found
        past = found.end()


def _first_of_street(prefix: str, tokens: list[re.Match[str]], tables: Tables, cased: bool) -> int | None:
    """Index of the token a street's name starts with: after small words and any place name before it."""
    if not tokens:
        return None
    last = len(tokens) - 1
    first = 0
    for i, token in enumerate(tokens):
        lower = not token[0][0].isupper() and (cased or i < last)
        if token[0].lower() in _listed("not_in_street") or lower:
            first = i + 1
    spans = [(t.start(), t.end(), t[0]) for t in tokens]
    while first < len(tokens) - 1:
        taken, _ = _longest_name(prefix, spans, first, tables)
        if not taken or first + taken >= len(tokens):
            break
        first += taken
    return first if first < len(tokens) else None


def _saint(text: str, end: int, tables: Tables) -> bool:
    """True when 'St' opens a name ("St Helens") rather than closing a street."""
    following = TOKEN.match(text, end + 1) or TOKEN.match(text, end + 2)
    return bool(following) and f"st {folded(following[0])}" in tables.names if following else False
