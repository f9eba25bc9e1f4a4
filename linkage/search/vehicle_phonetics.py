"""Makes and models as they sound: "skoder", "pejot", "vovlo" among other words of a vehicle."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz.distance import OSA

from linkage.search.expansion import is_everyday, is_ordinary
from linkage.vocabulary import fold, load
from linkage.vocabulary.english import forms, stem

COMMON = 0.5
"""Percent of the vehicles on the road from which a model is so common that it is heard in a word [G]."""

SHORTEST, LONG = 4, 7
"""Letters that a word needs to be heard as a make, and from which three letters may differ instead of two [G]."""

AROUND = 3
"""Words on either side among which another word of a vehicle must stand [G]."""

_WORD = re.compile(r"[A-Za-z]+")
_SOUNDS = (
    (r"ph", "f"),
    (r"^v(?=olks)|^w(?=olks)", "f"),
    (r"c(?=[eiy])", "s"),
    (r"g(?=[eiy])", "j"),
    (r"sch|sh|ch", "s"),
    (r"ck|c|q", "k"),
    (r"z", "s"),
    (r"x", "ks"),
    (r"(?<=[aeiouy])(?:r|re)$", ""),
    (r"(?<!^)[aeiouyhw]", ""),
    (r"(.)\1", r"\1"),
)


@cache
def _sound(word: str) -> str:
    """The consonants of a word as they are said, after its first letter."""
    for pattern, heard in _SOUNDS:
        word = re.sub(pattern, heard, word)
    return word


@cache
def _names() -> dict[str, frozenset[str]]:
    """Sound -> makes and models of one word that sound so."""
    found: dict[str, set[str]] = {}
    for name in ("makes", "models"):
        for entry in load(name).entries.values():
            word = entry.label.lower()
            if name == "models" and entry.data.get("share", 0.0) < COMMON:
                continue
            if word.isascii() and word.isalpha() and len(word) >= SHORTEST and not is_ordinary(stem(word)):
                found.setdefault(_sound(word), set()).add(entry.label)
    return {sound: frozenset(names) for sound, names in found.items()}


def names_by_sound(words: str) -> str:
    """The words with misheard makes and models as they are written, where another word of a vehicle stands near."""
    tokens = list(_WORD.finditer(words))
    of_vehicle = [_of_vehicle(one.group()) for one in tokens]
    made, kept = [], 0
    for at, token in enumerate(tokens):
        near = of_vehicle[max(0, at - AROUND) : at] + of_vehicle[at + 1 : at + 1 + AROUND]
        heard = any(near) and not of_vehicle[at] and not _is_of_a_kind(words, tokens[at : at + 2])
        name = _heard(token.group().lower()) if heard else None
        if name:
            made += [words[kept : token.start()], name]
            kept = token.end()
    return "".join([*made, words[kept:]])


def _is_of_a_kind(words: str, pair: list[re.Match[str]]) -> bool:
    """Do two words name a kind of vehicle or what one has ("soft top")?"""
    said = fold(words[pair[0].start() : pair[-1].end()])
    return len(pair) > 1 and any(said in load(name).surfaces for name in ("bodies", "vehicle_features"))


def _of_vehicle(word: str) -> bool:
    known = fold(word)
    return known in forms("search", "of_vehicle") or any(
        known in load(name).surfaces for name in ("colours", "bodies", "makes", "models")
    )


@cache
def _heard(word: str) -> str | None:
    """The one make or model that a word may be, or None; of several the nearest, a make first."""
    if len(word) < SHORTEST or word.endswith(("ed", "ing")) or is_everyday(stem(word)):
        return None
    allowed = 3 if len(word) >= LONG else 2
    near = sorted(
        (OSA.distance(word, name.lower()), name not in _makes(), name)
        for name in _names().get(_sound(word), ())
        if OSA.distance(word, name.lower()) <= allowed
    )
    return near[0][2] if near and (len(near) == 1 or near[0][:2] < near[1][:2]) else None


@cache
def _makes() -> frozenset[str]:
    return frozenset(entry.label for entry in load("makes").entries.values())
