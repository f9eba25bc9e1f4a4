"""How a part of the body looks, in whatever order it is told ("a broken nose", "the nose broken", "jug-eared"), and
tattoos of which nobody says the word: "a saltire on his calf", '"MUM" across his knuckles'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from linkage.intake.document.context_phrases import cue, turn_of_phrase
from linkage.intake.patterns import compiled
from linkage.intake.phrases.surface import Lexicon, alternation, found_at, openings, places_of, words_at
from linkage.vocabulary.loader import Entry, fold, load
from linkage.vocabulary.tables import table

_WHERE = turn_of_phrase("which_of_two_parts")
_WHERE_BEFORE = compiled(rf"\b{_WHERE}$")
_APART = compiled(r"[\s'-]+")
_LONGEST = 36
"""Characters before a part of the body in which its look is told [G]."""
_LONGEST_PICTURE = 44
"""Characters before a part of the body in which a picture is told [G]."""
_ON_GARMENT_REACH = 80
"""Characters before a picture in which the garment is told that it stands on [G]."""
_PICTURE = compiled(rf"{turn_of_phrase('describes_picture')}{Lexicon('pictures').source}$")


@dataclass(frozen=True, slots=True)
class _Part:
    """The patterns of one part of the body; `adjectival` where its word only ends an adjective ("eared")."""

    entry: Entry
    adjectival: bool
    before: re.Pattern[str]
    behind: re.Pattern[str]


@cache
def _parts() -> dict[str, _Part]:
    """The part of each word for one."""
    found: dict[str, _Part] = {}
    some, between, around = map(turn_of_phrase, ("how_much_of_a_part", "between_parts", "round_a_part"))
    linked, goes_on = map(turn_of_phrase, ("part_and_look", "no_look_of_a_part"))
    for entry in load("body_parts").entries.values():
        states = alternation(map(fold, entry.data["states"]))
        gap = f"|{alternation(entry.data['between'])}{between}" if "between" in entry.data else ""
        before = compiled(
            rf"\b(?!{around})(?:(?P<state>{states})(?:(?:\s*,\s*|\s+and\s+|[\s-]+){states})*"
            rf"(?:[\s-]+|,\s+(?=pale|red|dark)){some}{_WHERE}{gap})$"
        )
        behind = compiled(rf"{linked}(?P<state>{states})\b{goes_on}")
        for adjectival, words in ((False, entry.synonyms), (True, entry.data["adjectival"])):
            found |= {fold(word).replace(" ", ""): _Part(entry, adjectival, before, behind) for word in words}
    return found


@cache
def _nouns() -> tuple[re.Pattern[str], dict[str, frozenset[str] | None]]:
    words = [fold(w) for e in load("body_parts").entries.values() for w in (*e.synonyms, *e.data["adjectival"])]
    return compiled(rf"\b{alternation(words)}\b"), openings(words)


def find(low: str) -> Iterator[tuple[str, int, int]]:
    """(mark, start, end) of looks told before a part, behind it or as one adjective with it, in the usual order of
    words where a row says so ("nose broken" is "broken nose"), else in the words of the text."""
    for noun in found_at(*_nouns(), low):
        part = _parts()[_APART.sub("", noun.group())]
        first, end = max(0, noun.start() - _LONGEST), noun.end()
        if before := part.before.search(low, first, noun.start()):
            start = before.start()
            state = before["state"]
            word = part.entry.label if part.adjectival else low[before.end("state") : end].strip(" -")
            usual = state and (part.adjectival or fold(state) in part.entry.data["said_as"])
            yield _usual(part, before, word) if usual else low[start:end], start, end
        elif behind := part.behind.match(low, end):
            where = _WHERE_BEFORE.search(low[first : noun.start()])
            start = first + where.start() if where else noun.start()
            yield _usual(part, behind, low[start:end]), start, behind.end()


def _usual(part: _Part, look: re.Match[str], word: str) -> str:
    usual = part.entry.data["said_as"]
    state = fold(look["state"])
    return " ".join((usual.get(state, state), *(usual.get(one, one) for one in word.split())))


@cache
def _inked() -> tuple[re.Pattern[str], frozenset[str], frozenset[str]]:
    """Where something is on the body ("all across the back of his left hand"), the parts on which it may be, and the
    words one of which stands right before them."""
    row = table("person_cues")["inked_on"]
    at, which, sites = ("|".join(row[name]) for name in ("at", "which", "sites"))
    where = rf"\s+(?P<at>{at}|at(?=\s+the\s+nape))\s+(?:all\s+)?(?:(?:{which})\s+)*(?:shoulders?\s+blades?|{sites})\b"
    place = compiled(rf"(?P<seen>{row['before']}){where}{row['after']}")
    return place, frozenset(row["sites"]), frozenset(("all", *row["at"], *row["which"]))


def pictures(low: str) -> Iterator[tuple[str, int, int]]:
    """(mark, start, end) of each picture or word told with a part of the body: "saltire tattoo on his calf"."""
    words, places = words_at(low)[0], places_of(low)
    pattern, sites, leads = _inked()
    words_shown = cue("words_as_picture")
    if not any(words[at - 1] in leads for site in places.keys() & sites for at in places[site]):
        return
    for place in pattern.finditer(low):
        first = max(0, place.start() - _LONGEST_PICTURE)
        shown = _PICTURE.search(low, first, place.start()) or words_shown.search(low, first, place.start())
        if shown is None:
            continue
        if shown.group().endswith(('"', "'")) and place["at"] not in ("on", "across", "down"):
            continue  # what was said, and then where: "'get out' over his shoulder"
        start, end = shown.start(), place.end()
        if not cue("on_garment").search(low, max(0, start - _ON_GARMENT_REACH), start):
            inked = "tattoo" in low[start:end] or "ink" in place.group()
            yield low[start:end] if inked else f"{shown.group()} tattoo{place.group()}".replace('"', ""), start, end
