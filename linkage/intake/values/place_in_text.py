"""Finds the places a free text names, and leaves out accents, teams and home towns.

Candidates are the names, streets and postcodes of the gazetteer; what stands round each decides how surely
something happened there, by rows of `places/cues.toml` of which the first that holds counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache, lru_cache

from linkage.intake.finding import SURE, Finding, inside
from linkage.intake.gazetteer.place_words import Anchor, anchors, listed
from linkage.intake.gazetteer.resolution import gazetteer
from linkage.intake.gazetteer.tables import words
from linkage.intake.patterns import PatternTable, compiled
from linkage.vocabulary.tables import table

SMALL_TOWN = 20_000
"""Below this many people a bare capitalised word is not taken for the town without a preposition [G]."""
HEADING_CHARACTERS = 120
"""How far into a text an alert's heading (date, place, time) may stand [G]."""
LONE_STREET = 0.6
"""How surely it happened in a street of no known town that stands behind "on", "near" or "drove her to" [G]."""
_REACH = 90
"""Characters before a name that are looked at [G]."""

_SAID = PatternTable("places")


@cache
def _cues() -> tuple[dict[str, re.Pattern[str]], dict[str, re.Pattern[str]]]:
    """The cues of words that stand before a name, and those that stand behind it."""
    data = table("places/cues")
    parts = PatternTable(data["parts"])

    def cue(source: str) -> re.Pattern[str]:
        return compiled(parts.filled(source).replace(" ", r"\s+"), re.IGNORECASE)

    before = {name: cue(f"(?:{source})$") for name, source in data["before"].items()}
    return before | {"lead": cue(r"\b{lead} $")}, {name: cue(source) for name, source in data["after"].items()}


@cache
def _rows(name: str) -> tuple[tuple[float, tuple[str, ...]], ...]:
    """One of the tables that decide."""
    return tuple((chance, tuple(cues.split())) for chance, cues in table("places/cues")["decide"][name])


@lru_cache(maxsize=4096)
def _known(key: str) -> tuple[bool, bool]:
    """Whether a name is a larger town's and no region's, as forces are called after both; whether it is taken for a
    place without a preposition: a region, a larger town or a curated district."""
    entries = gazetteer().tables.names.get(key, ())
    region = any(entry.kind == "region" for entry in entries)
    large = any(entry.population >= SMALL_TOWN for entry in entries)
    return large and not region, large or region


class _Context:
    """A name where it stands, and which cues hold of it."""

    def __init__(self, text: str, anchor: Anchor, cased: bool) -> None:
        self.text, self.anchor, self.cased = text, anchor, cased
        self._known: dict[str, bool] = {}

    def decide(self, table_name: str) -> float:
        """How surely something happened there, by the first row that holds; 0 where none does."""
        return next((chance for chance, cues in _rows(table_name) if all(map(self.holds, cues))), 0.0)

    def holds(self, cue: str) -> bool:
        """Whether a cue holds; with "!" before it, whether it does not."""
        if cue[0] == "!":
            return not self.holds(cue[1:])
        known = self._known.get(cue)
        if known is None:
            known = self._known[cue] = self._look(cue)
        return known

    def _look(self, cue: str) -> bool:
        anchor, (before, after) = self.anchor, _cues()
        if cue in _OF_NAMES:
            return _OF_NAMES[cue](self)
        if cue in ("street", "postcode"):
            return anchor.kind == cue
        if cue in before:
            return before[cue].search(self.text, max(0, anchor.start - _REACH), anchor.start) is not None
        if cue in after:
            return after[cue].match(self.text, anchor.end) is not None
        return anchor.key in listed(cue) if cue in words() else cue == anchor.key


_OF_NAMES: dict[str, Callable[[_Context], bool]] = {
    "full": lambda one: len(one.anchor.key) > 5,
    "cased": lambda one: one.cased,
    "lower": lambda one: one.text[one.anchor.start].islower(),
    "one_word": lambda one: " " not in one.anchor.key,
    "alone": lambda one: one.anchor.end - one.anchor.start == len(one.text.strip()),
    "heading": lambda one: one.anchor.start < HEADING_CHARACTERS and one.holds("begins") and one.holds("closes"),
    "town": lambda one: _known(one.anchor.key)[0],
    "known": lambda one: _known(one.anchor.key)[1],
}
"""What is asked of the name itself."""


def find(text: str) -> list[Finding]:
    """Places and postcodes in `text`, in order. The value of a `place` is a `Resolution`, of a `postcode` its code.

    Street and town said together are one finding. Confidence is as the rows of `places/cues.toml` say.
    """
    starts = _SAID["sentence_start"].findall(text)
    cased = 2 * sum(map(str.isupper, starts)) > len(starts)
    quoted = [m.span() for m in _SAID["quotes"].finditer(text)]
    seen = (a for a in anchors(text, gazetteer().tables, cased) if not inside(a.start, quoted))
    named = [_Context(text, anchor, cased) for anchor in seen]
    found = [f for group in _groups(text, named) for f in _findings(text, group)]
    if _surest(found) < SURE:
        found += _by_the_way(text, named)
    if (surest := _surest(found)) >= SURE:
        # a town comes before a street of no known town: "Detectives in Swindon ... in Mill Road"
        lone = [f.field == "place" and f.value.precision == "street" and not f.value.town for f in found]
        less = [replace(f, confidence=min(f.confidence, surest - 0.01)) for f in found]
        found = [low if alone else f for f, low, alone in zip(found, less, lone, strict=True)]
    return sorted(found, key=lambda finding: finding.start)


def _surest(found: list[Finding]) -> float:
    """How surely any of the places lies in a town that is known."""
    return max((f.confidence for f in found if f.field == "place" and f.value.town), default=0.0)


def _groups(text: str, named: list[_Context]) -> list[list[tuple[Anchor, float]]]:
    """Neighbours that read as one address ("Kestrel Street, Manchester"); words that are ruled out part them."""
    groups: list[list[tuple[Anchor, float]]] = []
    joiners = words()["joiners"].replace("\n", "").split("|")
    last: Anchor | None = None
    for context in named:
        anchor, confidence = context.anchor, context.decide("place")
        if confidence < 0:
            last = None
            continue
        gap = text[last.end : anchor.start].strip(" ,()/–-\n").lower() if last else "."
        if last and gap in joiners:
            groups[-1].append((anchor, confidence))
        else:
            groups.append([(anchor, confidence)])
        last = anchor
    return groups


def _findings(text: str, group: list[tuple[Anchor, float]]) -> list[Finding]:
    """The place that a group names, with the words around it that belong to it, and its postcodes."""
    confidence = max(c for _, c in group)
    kinds = [a.kind for a, _ in group]
    start, end = group[0][0].start, group[-1][0].end
    whole = _Context(text, Anchor("name", start, end, ""), True)
    if len(group) > 1 and "name" in kinds and (set(kinds) != {"name"} or whole.holds("heading")):
        confidence = max(confidence, 0.8)
    if kinds == ["name", "street"] and group[1][0].start == group[0][0].end + 1:
        confidence = min(confidence, SURE)  # the street is only called after the town: "Preston Moor Road"
    if confidence <= 0:
        return []
    lead, trail = (
        _cues()[0]["lead"].search(text, max(0, start - _REACH), start),
        _SAID["centre"].match(text, end),
    )
    start, end = lead.start() if lead else start, trail.end() if trail else end
    end += text.count("(", start, end) == 1 and text[end : end + 1] == ")"
    codes = [Finding("postcode", a.key, a.start, a.end, "postcode", 0.95) for a, _ in group if a.kind == "postcode"]
    value = gazetteer().resolve(text[start:end])
    if kinds == ["street"] and value and not value.town and (whole.holds("located") or whole.holds("taken")):
        confidence = max(confidence, LONE_STREET)
    rule = "+".join(dict.fromkeys(kinds))
    return [*codes, Finding("place", value, start, end, rule, confidence)] if value else codes


def _by_the_way(text: str, named: list[_Context]) -> list[Finding]:
    """The town that a text names by the way only; a newspaper then names a street or a landmark for the scene. Where
    the reported person comes from is none."""
    found: list[Finding] = []
    for context in named:
        start, end, key = context.anchor.start, context.anchor.end, context.anchor.key
        town = context.anchor.kind == "name" and any(e.kind == "town" for e in gazetteer().tables.names.get(key, ()))
        chance = context.decide("by_the_way") if town and text[start].isupper() else 0.0
        if chance > max((one.confidence for one in found), default=0.0) and (
            value := gazetteer().resolve(text[start:end])
        ):
            found = [Finding("place", value, start, end, "by the way", chance)]
    return found
