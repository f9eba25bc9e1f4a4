"""Finds the places a free text names, and leaves out accents, teams and home towns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import takewhile

from linkage.intake.facts import place_cues as cues
from linkage.intake.facts import place_grammar as grammar
from linkage.intake.facts import place_home
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.surface import plain
from linkage.intake.facts.word_places import words_at
from linkage.intake.gazetteer import gazetteer
from linkage.intake.place_words import Anchor, anchors

SMALL_TOWN = 20_000
"""Below this many people a bare capitalised word is not taken for the town without a preposition [G]."""
HEADING_CHARACTERS = 120
"""How far into a text an alert's heading (date, place, time) may reach [G]."""
TITLE_CHARACTERS = 45
"""How far into a text the town of its title may stand [G]."""

_NO, _WEAK, _FALLBACK = -1.0, 0.0, 0.5


def find(text: str) -> list[Finding]:
    """Places and postcodes in `text`, in order. The value of a `place` is a `Resolution`, of a `postcode` its code.

    Street and town said together are one finding. Confidence [G]: .95 in the heading or with a label, .8 after "in"
    or "near", .6 for a larger town between two stops, .5 beside one or where the reported person went or took
    somebody, .4 for another bare name or a street alone.
    """
    cased = _uses_capitals(text)
    quoted = [m.span() for m in grammar.QUOTES.finditer(text)]
    seen = [a for a in anchors(text, gazetteer().tables, cased) if not any(s <= a.start < e for s, e in quoted)]
    weighed = [(anchor, _confidence(text, anchor, cased)) for anchor in seen]
    found = [f for group in _groups(text, weighed) for f in _findings(text, group)]
    found += _guessed(text, found, quoted)
    if cased:
        found += _lower_case(text, found, quoted)
    if not any(f.field == "place" and f.value.town and f.confidence >= _FALLBACK for f in found):
        found += place_home.by_the_way(text, seen)
    return sorted(_with_town(found), key=lambda finding: finding.start)


def _with_town(found: list[Finding]) -> list[Finding]:
    """Findings of which a town comes before a street of no known town ("Detectives in Swindon ... in Mill Road")."""
    surest = max((f.confidence for f in found if f.field == "place" and f.value.town), default=0.0)
    streets = [f for f in found if f.field == "place" and not f.value.town and f.value.precision == "street"]
    if surest < _FALLBACK:
        return found
    return [replace(f, confidence=min(f.confidence, surest - 0.01)) if f in streets else f for f in found]


def _uses_capitals(text: str) -> bool:
    """Whether the writer begins most sentences with a capital, so that a name without one is none."""
    first = grammar.TEXT_START.match(text)
    begin = first.end() if first else 0
    starts = [found[1] for found in (first, *grammar.SENTENCE_START.finditer(text, begin)) if found is not None]
    return 2 * sum(letter.isupper() for letter in starts) > len(starts) if starts else text != text.lower()


def _groups(text: str, weighed: list[tuple[Anchor, float]]) -> list[list[tuple[Anchor, float]]]:
    """Neighbours that read as one address ("Kestrel Street, Manchester"); words that are ruled out part them."""
    groups: list[list[tuple[Anchor, float]]] = []
    last: Anchor | None = None
    for anchor, confidence in weighed:
        if confidence == _NO:
            last = None
            continue
        gap = text[last.end : anchor.start].strip(" ,()/–-\n").lower() if last else "."
        if last and len(gap) < 20 and gap in cues.joiners():
            groups[-1].append((anchor, confidence))
        else:
            groups.append([(anchor, confidence)])
        last = anchor
    return groups


def _findings(text: str, group: list[tuple[Anchor, float]]) -> list[Finding]:
    confidence = max(c for _, c in group)
    kinds = {a.kind for a, _ in group}
    first, last = group[0][0], group[-1][0]
    if len(group) > 1 and "name" in kinds and (kinds - {"name"} or _heading(text, first.start, last.end)):
        confidence = max(confidence, 0.8)
    if _called_after(text, first, group):
        confidence = min(confidence, _FALLBACK)
    if confidence <= _WEAK:
        return []
    start, end = first.start, last.end
    lead, trail = grammar.lead_before(text, start), grammar.TRAIL.match(text, end)
    start, end = lead.start() if lead else start, trail.end() if trail else end
    if text[first.end : end].count("(") == 1 and text[end : end + 1] == ")":
        end += 1
    codes = [Finding("postcode", a.key, a.start, a.end, "postcode", 0.95) for a, c in group if a.kind == "postcode"]
    value = gazetteer().resolve(text[start:end])
    if value is None:
        return codes
    rule = "+".join(dict.fromkeys(a.kind for a, _ in group))
    return [*codes, Finding("place", value, start, end, rule, confidence)]


def _called_after(text: str, first: Anchor, group: list[tuple[Anchor, float]]) -> bool:
    """Whether a street is only called after the town that opens its name: "Preston Moor Road"."""
    return (
        len(group) == 2
        and first.kind == "name"
        and group[1][0].kind == "street"
        and text[first.end : group[1][0].start] == " "
    )


def _heading(text: str, start: int, end: int) -> bool:
    """An address-like position: near the top, between commas, dates or full stops, before any person is described."""
    return (
        start < HEADING_CHARACTERS
        and bool(grammar.CLOSING.match(text, end))
        and bool(grammar.OPENING.search(text[max(0, start - 12) : start]))
        and not grammar.PERSON.search(text, 0, start)
    )


def _confidence(text: str, anchor: Anchor, cased: bool) -> float:
    """How surely the anchor is where something happened; `_WEAK` needs a neighbour, `_NO` is something else."""
    before = text[max(0, anchor.start - 40) : anchor.start]
    if anchor.key == "march" and (grammar.DAY_OF_MONTH.search(before) or grammar.YEAR_NEXT.match(text, anchor.end)):
        return _NO
    if anchor.kind == "street":
        return 0.4 if cased else _WEAK
    if anchor.kind == "postcode":
        sure = len(anchor.key) > 5 or grammar.CODE_PLACE.search(before) or grammar.CODE_AREA.match(text, anchor.end)
        return 0.9 if sure or _heading(text, anchor.start, anchor.end) else _WEAK
    if (grammar.ARTICLE.search(before) and cues.venue_after().match(text, anchor.end)) or _own_place(
        text, before, anchor
    ):
        return 0.6
    taken_from = grammar.TAKEN_FROM.search(before) is not None and not cues.after().match(text, anchor.end)
    if not taken_from and not _ruled_out(text, before, anchor, cased):
        return _in_running_text(text, before, anchor)
    police = (
        grammar.POLICE_AFTER.match(text, anchor.end) and _is_town(anchor.key) and not cues.before().search(before)
    )
    return _FALLBACK if taken_from or police else _NO


def _own_place(text: str, before: str, anchor: Anchor) -> bool:
    """Whether a town tells where somebody's own place is, without "in": "come my flat Northampton"."""
    named = anchor.kind == "name" and text[anchor.start].isupper() and grammar.OWN_PLACE.search(before) is not None
    return named and _is_town(anchor.key) and cues.after().match(text, anchor.end) is None


def _ruled_out(text: str, before: str, anchor: Anchor, cased: bool) -> bool:
    """An accent, a team, a home town, a surname, or a name used like an adjective ("the Ipswich killer")."""
    adjective = cased and grammar.ARTICLE.search(before) and grammar.NOUN_AFTER.match(text, anchor.end)
    person = cues.people().match(text, anchor.end) and not grammar.STRICTLY.search(before)
    station = grammar.LANDMARK.match(text, anchor.end) is not None and grammar.LOCATED.search(before) is not None
    after = not station and cues.after().match(text, anchor.end)
    thing = anchor.kind == "name" and grammar.A_THING.search(before) and grammar.ITS_END.match(text, anchor.end)
    return bool(adjective or thing or person or after or cues.before().search(before) or cues.roles().search(before))


def _in_running_text(text: str, before: str, anchor: Anchor) -> float:
    if grammar.LONGER.match(text, anchor.end):
        return _WEAK
    trap, known = anchor.key in cues.listed("trap"), _well_known(anchor.key)
    heading = _heading(text, anchor.start, anchor.end)
    lower = text[anchor.start].islower()
    alone = anchor.end - anchor.start == len(text.strip())
    plain_word = (
        anchor.key in cues.listed("dictionary") and (alone or not heading) and not _plainly_in(before, anchor)
    )
    if lower and (plain_word or not (known or " " in anchor.key)):
        return _WEAK
    address = trap and not lower and _closes_an_address(text, anchor)
    if address or heading or grammar.LABEL.search(before) or (not lower and _in_title(text, anchor)):
        return 0.8 if address else 0.95
    if anchor.key == "march" or (trap and grammar.CAPITAL_NEXT.match(text, anchor.end)):
        return _WEAK
    stands_alone = before.endswith("at ") and not lower and grammar.STOP.match(text, anchor.end) is not None
    if (grammar.STRICTLY if trap and not lower and not stands_alone else grammar.LOCATED).search(before):
        passes = grammar.PASSES_BY.match(text, anchor.end) or grammar.ON_THE_LINE.search(before)
        return _FALLBACK if passes or cues.investigators().search(before) else 0.8
    driven = grammar.DRIVEN.search(before) is not None and known
    beside_landmark = trap and not lower and grammar.LANDMARK.match(text, anchor.end) is not None
    return _FALLBACK if driven or beside_landmark else _WEAK if trap or not known else _bare(text, anchor)


def _in_title(text: str, anchor: Anchor) -> bool:
    """Whether a text opens with a title that ends with the name: "Van driver, Hull."."""
    short = anchor.start < TITLE_CHARACTERS and grammar.TITLE_ENDS.match(text, anchor.end) is not None
    return short and grammar.TITLE_BEFORE.match(text[: anchor.start]) is not None


def _closes_an_address(text: str, anchor: Anchor) -> bool:
    """Whether a name that is also a word stands behind the name of something smaller: "Elmhurst Lodge, Slough"."""
    return (
        text.endswith(", ", 0, anchor.start)
        and grammar.ADDRESS_ENDS.match(text, anchor.end) is not None
        and grammar.ADDRESS_BEFORE.search(text, max(0, anchor.start - 60), anchor.start) is not None
    )


def _bare(text: str, anchor: Anchor) -> float:
    """A larger town named without a preposition: between two stops it is an address, beside one it may be."""
    lead = grammar.lead_before(text, anchor.start)
    start = lead.start() if lead else anchor.start
    opens = grammar.OPENING.search(text[max(0, start - 12) : start]) is not None
    closes = grammar.CLOSING.match(text, anchor.end) is not None
    if (opens and closes) or grammar.LANDMARK.match(text, anchor.end):
        return 0.6
    return _FALLBACK if opens or closes or grammar.NEXT_WORD.match(text, anchor.end) else 0.4


def _plainly_in(before: str, anchor: Anchor) -> bool:
    return anchor.key in cues.listed("town_after_in") and before.endswith("in ")


@cache
def _is_town(key: str) -> bool:
    """A larger town and no region: forces are called after both."""
    entries = gazetteer().tables.names.get(key, ())
    return any(e.population >= SMALL_TOWN for e in entries) and all(e.kind != "region" for e in entries)


@cache
def _well_known(key: str) -> bool:
    """A name that is taken for the place without a preposition: a region, a larger town or a curated district."""
    entries = gazetteer().tables.names.get(key, ())
    return any(e.kind == "region" or e.population >= SMALL_TOWN for e in entries)


def _lower_case_behind(text: str) -> Iterator[re.Match[str]]:
    """What may open a place in lower case: a preposition, or a stop within the heading."""
    said = (grammar.LOWER_AT.match(text, at) for at in _prepositions(text))
    stops = grammar.LOWER_BEHIND_STOP.finditer(text)
    yield from (one for one in said if one is not None)
    yield from takewhile(lambda one: one.start() <= HEADING_CHARACTERS, stops)


def _prepositions(text: str) -> list[int]:
    words_of_text, starts = words_at(plain(text))
    return [start for word, start in zip(words_of_text, starts, strict=False) if word in grammar.PREPOSITIONS]


def _lower_case(text: str, found: list[Finding], quoted: list[tuple[int, int]]) -> list[Finding]:
    """Well-known names in lower case after "in", "near" ... or in a heading: how many people type."""
    tables, more = gazetteer().tables, []
    for m in _lower_case_behind(text):
        if any(f.start <= m.end() < f.end for f in found) or any(s <= m.start() < e for s, e in quoted):
            continue
        stop, name = m[0][0] in ",;:/.", m["name"]
        first = name.removeprefix("the ").split(" ", 1)[0]
        here = [a for a in anchors(name, tables) if a.kind == "name"] if first in tables.longest else []
        if not here or name[: here[0].start] not in ("", "the "):
            continue
        start, end, key = m.end() + here[0].start, m.end() + here[0].end, here[0].key
        heading = _heading(text, start, end)
        plain_word = key in cues.listed("dictionary") and not heading and not _plainly_in(text[:start], here[0])
        if plain_word or not _well_known(key) or key in cues.listed("ordinary") or (stop and not heading):
            continue
        if cues.after().match(text, end) or cues.before().search(text[max(0, start - 40) : start]):
            continue
        trail = grammar.TRAIL.match(text, end)
        end = trail.end() if trail else end
        value = gazetteer().resolve(text[start:end])
        if value:
            more.append(Finding("place", value, start, end, "lower case", 0.7))
    return more


def _guessed(text: str, found: list[Finding], quoted: list[tuple[int, int]]) -> list[Finding]:
    """Misspelt names of larger towns after "in", "near", "around"."""
    more = []
    for m in filter(None, (grammar.GUESS.match(text, at) for at in _prepositions(text))):
        taken = any(f.start <= m.start(1) < f.end for f in found) or any(s <= m.start() < e for s, e in quoted)
        if taken or m[1].lower() in gazetteer().tables.names or cues.after().match(text, m.end(1)):
            continue
        name = gazetteer().guess(m[1])
        value = gazetteer().resolve(name) if name and _well_known(name) else None
        if value:
            more.append(Finding("place", gazetteer().resolve(m[1]) or value, m.start(1), m.end(1), "misspelt", 0.5))
    return more
