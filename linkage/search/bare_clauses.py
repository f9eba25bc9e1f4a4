"""What a question tells in a clause of one word: "paid but violent" asks for payment and for violence, "flat or
hotel" for kinds of place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from linkage.intake.fields import vehicle
from linkage.intake.phrases.field_words import keys_of
from linkage.intake.values.vehicles.vehicle_names import compact, readings
from linkage.report import Vehicle
from linkage.search.behaved import behaviours_in
from linkage.search.expansion import asking, asking_words, given_names, is_everyday, same_meaning, tells_a_deed
from linkage.search.query import DENIED, Claims, Query, facts_at
from linkage.vocabulary import load
from linkage.vocabulary.english import forms, stem
from linkage.vocabulary.tables import table

_WORD = re.compile(r"w/(?=\s)|[A-Za-z]+(?:['’-][A-Za-z]+)*|[^\sA-Za-z]+")
_JOINED = frozenset({"but", "and", "or", "then", "yet"})
"""Words between clauses; marks part them too."""
_WHO = "who"
"""Begins a clause that tells what somebody does: "a bald man who bites"."""

_ABOUT_A_PLACE = frozenset({"sex", "place", "dates", "venue"})
"""Kinds of fact beside which a word for a kind of place may stand by itself: "flat in Leeds"."""
_ABOUT_A_VEHICLE = frozenset({"vehicle", "features", "registration", "place", "dates", "sex"})
"""Kinds of fact beside which a bare name of a model is one."""
_AS_WORDS = frozenset({2, 3})
"""How everyday names of models are (on the scale of `models.toml`) that a text must tell more of; from 4 on they are
words that questions use."""
_OF_DEEDS = ("weapons.", "speech.", DENIED, "identifier")
"""Kinds of fact that tell what was done: a word beside one belongs to it."""

Span = tuple[int, int]

Said = tuple[str, Span]
"""A word and where it stands."""


def read_bare_clauses(asked: Query, told: str, claimed: Claims) -> Claims:
    """Give `asked` the behaviours and kinds of place that clauses of one word name, as a field for them is read.
    Words that questions are wrapped in and those of a person, a place or a vehicle beside it count for none. A word
    by which only a field would tell a deed is kept in `asked.named` and stays a word to look for. Returns where the
    facts stand."""
    found: Claims = []
    present = asked.report.behaviours.present
    for clause in _clauses(told):
        kinds = {span: _compared(span, claimed) for _, span in clause}
        if (named := _kind_of_place(clause, kinds)) is not None:
            venue, span = named
            asked.report.place.venue = asked.report.place.venue or venue
            found.append((*span, "venue"))
            continue
        if (where := _read_model(asked, clause, kinds)) is not None:
            found.append((*where, "vehicle"))
            continue
        content = [(word, span) for word, span in clause if not _wraps(word) and not kinds[span]]
        if len(content) != 1 or any(_tells_a_deed(kind) for each in kinds.values() for kind in each):
            continue
        word, span = content[0]
        keys = _named(word, present, done=clause[0][0] == _WHO)
        found += [(*span, key) for key in keys]
        asked.named += [(word, key) for key in _by_a_field(word) if not keys]
    present += [key for _, _, key in found if key and key not in ("venue", "vehicle", *present)]
    return found


def _kind_of_place(clause: Sequence[Said], kinds: Mapping[Span, Sequence[str]]) -> tuple[str, Span] | None:
    """The kind of place that a clause names with nothing but small words, a place or a time beside it."""
    small = forms("search", "ends_choice")
    names = [(venue, span) for word, span in clause if (venue := load("venues").find(word))]
    passed = {span for word, span in clause if word in small or (kinds[span] and {*kinds[span]} <= _ABOUT_A_PLACE)}
    telling = {span for _, span in clause} - passed | {span for _, span in names}
    return names[0] if len(names) == len(telling) == 1 else None


def _read_model(asked: Query, clause: Sequence[Said], kinds: Mapping[Span, Sequence[str]]) -> Span | None:
    """Give `asked` the model that a clause names by an everyday word with nothing but words of a vehicle, a place, a
    time or who drives it beside ("ranger", "drives a golf gti"), and return where it stands."""
    passed = forms("search", "ends_choice") | asking_words() | _of_vehicles()
    content = [(word, span) for word, span in clause if not kinds[span] and word not in passed]
    named = any(word in forms("search", "names_follow") for word, _ in clause)
    beside = {kind for each in kinds.values() for kind in each}
    if len(content) != 1 or named or not beside <= _ABOUT_A_VEHICLE:
        return None
    word, span = content[0]
    read = vehicle.normalise_words(word) if _is_bare_model(word) else {}
    if not read.get("model"):
        return None
    known = next((one for one in asked.report.vehicles if one.make in (None, read["make"]) and not one.model), None)
    if known is None:
        known = Vehicle()
        asked.report.vehicles.append(known)
    known.make, known.model = read["make"], read["model"]
    return span


@cache
def _is_bare_model(word: str) -> bool:
    """Is it a name of a model that is a word as well, and neither a word of what is told nor a person's name?"""
    cautions = {name.caution for name in readings(compact(word)) if name.model}
    told = is_everyday(stem(word)) or word in given_names()
    return not cautions.isdisjoint(_AS_WORDS) and not told


@cache
def _of_vehicles() -> frozenset[str]:
    return frozenset(load("vehicle_context").entries["driving"].synonyms) | {*table("search")["of_vehicles"]["trims"]}


def _compared(span: Span, claimed: Claims) -> tuple[str, ...]:
    """Kinds of fact that words were read as; an offence is compared with nothing by itself."""
    return tuple(kind for kind in facts_at(span, claimed) if not kind.startswith("offences."))


def _tells_a_deed(kind: str) -> bool:
    return kind in load("behaviours").entries or kind.startswith(_OF_DEEDS)


@cache
def _by_a_field(word: str) -> tuple[str, ...]:
    """The behaviour that a field would read in a word, or in the words that mean the same ("video"), if it is one."""
    if (key := keys_of("behaviours").exact(word)) is not None:
        return (key,) if key in load("behaviours").entries else ()
    keys = {key for one in (stem(word), *same_meaning(stem(word))) for key in _names().get(one, ())}
    return tuple(keys) if len(keys) == 1 else ()


@cache
def _names() -> dict[str, frozenset[str]]:
    """Stem -> the behaviours that one word of it names."""
    found: dict[str, set[str]] = {}
    for entry in load("behaviours").entries.values():
        for name in (entry.key, *entry.synonyms):
            if name.isalpha():
                found.setdefault(stem(name), set()).add(entry.key)
    return {name: frozenset(keys) for name, keys in found.items()}


@cache
def _wraps(word: str) -> bool:
    """Is it a word that questions are wrapped in, and no verb that only shares a stem with one ("bites", "a bit")?"""
    if stem(word) not in asking():
        return False
    return word in asking_words() or not tells_a_deed(word) or keys_of("behaviours").exact(word) is None


def _named(word: str, told: Sequence[str], done: bool) -> list[str]:
    """The behaviour that a word names, if it tells a deed (it surely does where it is said to be `done`) or how
    somebody was ("very violent"); a thing that only a field would tell a deed by ("cash") is looked for as it stands.
    None that one of those `told` stands for: who took the money back had paid."""
    key = keys_of("behaviours").exact(word) if done or tells_a_deed(word) else None
    entries = load("behaviours").entries
    keys = [key] if key else [key for key in behaviours_in(word) if key in behaviours_in(f"very {word}")]
    return [key for key in keys if key in entries and not {*entries[key].data.get("yields_to", ())} & {*told}]


def _clauses(told: str) -> list[list[Said]]:
    """The words of each clause that has any; what only "and" or "or" joins to a clause of "who" is one of its own."""
    clauses: list[list[Said]] = [[]]
    for found in _WORD.finditer(told):
        word = found.group().lower()
        if word in _JOINED or not word[0].isalpha():
            goes_on = word in _JOINED and len(clauses[-1]) == 2 and clauses[-1][0][0] == _WHO
            clauses.append(clauses[-1][:1] if goes_on else [])
        elif word == _WHO:
            clauses.append([(word, found.span())])
        else:
            clauses[-1].append((word, found.span()))
    return [one for one in clauses if one]
