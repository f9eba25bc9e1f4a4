"""Finds the places a free text names, and leaves out accents, teams and home towns.

Candidates are the names, streets and postcodes of the gazetteer; what stands round each decides how surely
something happened there, by rows of `places/cues.toml` of which the first that holds counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache, lru_cache

from linkage.intake.finding import SURE, Finding
from linkage.intake.gazetteer.place_words import Anchor, anchors, listed
from linkage.intake.gazetteer.resolution import gazetteer
from linkage.intake.gazetteer.tables import words
from linkage.intake.patterns import compiled
from linkage.vocabulary.tables import table

SMALL_TOWN = 20_000
"""Below this many people a bare capitalised word is not taken for the town without a preposition [G]."""
HEADING_CHARACTERS, TITLE_CHARACTERS = 120, 45
"""How far into a text an alert's heading (date, place, time) and the town of its title may stand [G]."""
_REACH = 90
"""Characters before a name that are looked at [G]."""

_QUOTES = compiled(r"“[^”]{0,400}”|\"[^\"]{0,400}\"|‘[^’]{0,400}’(?!\w)")
_SENTENCE_START = compiled(r"(?:^|[.!?]\s|\n)\W*+([A-Za-z])")
_MISSPELT = compiled(r"\b(?:[Ii]n|[Nn]ear|[Aa]round)\s+([A-Z][a-z]{5,})\b(?!\s+[A-Z])")
_TRAIL = compiled(r"\s+(?:city|town)\s+cent(?:re|er)\b", re.IGNORECASE)
_LEAD_ENDS = ("near", "outside", "nr", "to", "of", "central", "th", "st", "ne", "nw", "se", "sw")
"""What words before a place that belong to it end in: looking for them at every word takes long."""

Rows = tuple[tuple[float, tuple[str, ...]], ...]


@cache
def _patterns() -> dict[str, tuple[bool, re.Pattern[str]]]:
    """Each cue of words: whether it stands before the name, and its pattern."""
    data = table("places/cues")
    parts: dict[str, str] = {}

    def filled(source: str) -> str:
        for name, part in parts.items():
            source = source.replace(f"{{{name}}}", part)
        return source.replace("\n", "").replace(" ", r"\s+")

    for name, part in data["parts"].items():
        parts[name] = filled(part)
    before = {name: compiled(f"(?:{filled(said)})$", re.IGNORECASE) for name, said in data["before"].items()}
    after = {name: compiled(filled(said), re.IGNORECASE) for name, said in data["after"].items()}
    lead = {"lead": compiled(rf"\b{parts['lead']}\s+$", re.IGNORECASE)}
    cues = {name: (True, pattern) for name, pattern in (before | lead).items()}
    return cues | {name: (False, pattern) for name, pattern in after.items()}


@cache
def _rows(name: str) -> Rows:
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
        anchor = self.anchor
        if cue in _OF_NAMES:
            return _OF_NAMES[cue](self)
        if cue not in _patterns():
            return anchor.key in listed(cue) if cue in words() else anchor.key == cue
        before, pattern = _patterns()[cue]
        if before:
            return pattern.search(self.text, max(0, anchor.start - _REACH), anchor.start) is not None
        return pattern.match(self.text, anchor.end) is not None


_OF_NAMES: dict[str, Callable[[_Context], bool]] = {
    "street": lambda one: one.anchor.kind == "street",
    "postcode": lambda one: one.anchor.kind == "postcode",
    "misspelt": lambda one: one.anchor.kind == "misspelt",
    "full": lambda one: len(one.anchor.key) > 5,
    "cased": lambda one: one.cased,
    "lower": lambda one: one.text[one.anchor.start].islower(),
    "capital_first": lambda one: not one.text[one.anchor.start].islower(),
    "one_word": lambda one: " " not in one.anchor.key,
    "alone": lambda one: one.anchor.end - one.anchor.start == len(one.text.strip()),
    "near_top": lambda one: one.anchor.start < TITLE_CHARACTERS,
    "heading": lambda one: one.anchor.start < HEADING_CHARACTERS and one.holds("begins") and one.holds("closes"),
    "town": lambda one: _known(one.anchor.key)[0],
    "known": lambda one: _known(one.anchor.key)[1],
}
"""What is asked of the name itself."""


def find(text: str) -> list[Finding]:
    """Places and postcodes in `text`, in order. The value of a `place` is a `Resolution`, of a `postcode` its code.

    Street and town said together are one finding. Confidence is as the rows of `places/cues.toml` say.
    """
    starts = _SENTENCE_START.findall(text)
    cased = 2 * sum(map(str.isupper, starts)) > len(starts)
    quoted = [m.span() for m in _QUOTES.finditer(text)]
    seen = [*anchors(text, gazetteer().tables, cased)]
    seen = sorted([*seen, *_misspelt(text, seen)], key=lambda anchor: anchor.start)
    named = [_Context(text, a, cased) for a in seen if not any(start <= a.start < end for start, end in quoted)]
    found = [f for group in _groups(text, named) for f in _findings(text, group)]
    if not any(f.field == "place" and f.value.town and f.confidence >= SURE for f in found):
        found += _by_the_way(text, named)
    return sorted(_with_town(found), key=lambda finding: finding.start)


def _misspelt(text: str, seen: list[Anchor]) -> list[Anchor]:
    """Misspelt names of larger towns after "in", "near", "around"."""
    found = []
    for said in _MISSPELT.finditer(text):
        name = None if any(a.start <= said.start(1) < a.end for a in seen) else gazetteer().guess(said[1])
        if name and _known(name)[1]:
            found.append(Anchor("misspelt", *said.span(1), name))
    return found


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
        if last and len(gap) < 20 and gap in joiners:
            groups[-1].append((anchor, confidence))
        else:
            groups.append([(anchor, confidence)])
        last = anchor
    return groups


def _findings(text: str, group: list[tuple[Anchor, float]]) -> list[Finding]:
    confidence = max(c for _, c in group)
    kinds = {a.kind for a, _ in group}
    start, end = group[0][0].start, group[-1][0].end
    whole = _Context(text, Anchor("name", start, end, ""), True)
    if len(group) > 1 and "name" in kinds and (kinds - {"name"} or whole.holds("heading")):
        confidence = max(confidence, 0.8)
    if [a.kind for a, _ in group] == ["name", "street"] and group[1][0].start == group[0][0].end + 1:
        confidence = min(confidence, SURE)  # the street is only called after the town: "Preston Moor Road"
    if confidence <= 0:
        return []
    if text[max(0, start - 12) : start].rstrip().lower().endswith(_LEAD_ENDS):
        lead = _patterns()["lead"][1].search(text, max(0, start - _REACH), start)
        start = lead.start() if lead else start
    trail = _TRAIL.match(text, end)
    end = trail.end() if trail else end
    if text[group[0][0].end : end].count("(") == 1 and text[end : end + 1] == ")":
        end += 1
    codes = [Finding("postcode", a.key, a.start, a.end, "postcode", 0.95) for a, c in group if a.kind == "postcode"]
    value = gazetteer().resolve(text[start:end])
    if value is None:
        return codes
    rule = "+".join(dict.fromkeys(a.kind for a, _ in group))
    return [*codes, Finding("place", value, start, end, rule, confidence)]


def _by_the_way(text: str, named: list[_Context]) -> list[Finding]:
    """The town that a text names by the way only; a newspaper then names a street or a landmark for the scene. Where
    the reported person comes from is none."""
    found = []
    for context in named:
        anchor = context.anchor
        towns = gazetteer().tables.names.get(anchor.key, ()) if anchor.kind == "name" else ()
        if text[anchor.start].isupper() and any(entry.kind == "town" for entry in towns):
            chance = context.decide("by_the_way")
            value = gazetteer().resolve(text[anchor.start : anchor.end]) if chance > 0 else None
            found += [Finding("place", value, anchor.start, anchor.end, "by the way", chance)] if value else []
    return sorted(found, key=lambda finding: -finding.confidence)[:1]


def _with_town(found: list[Finding]) -> list[Finding]:
    """Findings of which a town comes before a street of no known town ("Detectives in Swindon ... in Mill Road")."""
    surest = max((f.confidence for f in found if f.field == "place" and f.value.town), default=0.0)
    if surest < SURE:
        return found
    streets = [f for f in found if f.field == "place" and not f.value.town and f.value.precision == "street"]
    return [replace(f, confidence=min(f.confidence, surest - 0.01)) if f in streets else f for f in found]
