"""Colour, body and features of a vehicle, from people's words to canonical values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache, partial

from rapidfuzz import process
from rapidfuzz.distance import OSA

from linkage.intake.finding import Finding
from linkage.intake.patterns import PatternTable
from linkage.intake.phrases.surface import is_unknown, words_under
from linkage.intake.phrases.vocabulary_grammar import Grammar, find, grammar
from linkage.intake.values.vehicles.vehicle_names import Known, compact, cut
from linkage.vocabulary import fold, load

_TAKES_S = frozenset("abcdefghijklmnopqrtuvw")  # a body word that ends in one of these has its plural in s
_SHORTEST_SLIP = 4  # letters of a word that may be a slip of the pen, in a field that holds nothing but it [G]
_LONG_SLIP = 9  # letters from which two slips are believed [G]
_NEAR = 80  # characters between a vehicle and a feature that needs one [G]
_SAID = PatternTable("vehicles")


context_words = partial(words_under, vocabulary="vehicle_context")
"""Words of one entry of `vehicle_context.toml`."""


@cache
def colour_words() -> dict[str, tuple[str, ...]]:
    """Compact surface form -> the basic colours it names."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in load("colours").entries.values():
        for words in (entry.label, *entry.synonyms):
            others = tuple(colour for colour in found.get(compact(words), ()) if colour != entry.key)
            found[compact(words)] = (*others, entry.key)
    return found


@cache
def body_words() -> dict[str, tuple[str, bool]]:
    """Compact surface form -> (body, whether it is an everyday word that needs a vehicle beside it in a text)."""
    found: dict[str, tuple[str, bool]] = {}
    for entry in load("bodies").entries.values():
        weak = tuple(entry.data.get("weak", ()))
        weak_forms = {compact(words) for words in weak}
        for words in (entry.label, *entry.synonyms, *weak):
            found.setdefault(compact(words), (entry.key, compact(words) in weak_forms))
            if words[-1:] in _TAKES_S and not weak_forms & {compact(words)}:
                found.setdefault(compact(f"{words}s"), (entry.key, False))
    return found


@cache
def _features() -> Grammar:
    data = load("vehicle_features").entries["damage"].data
    return grammar("vehicle_features", **{name: data[name] for name in ("part", "where", "damaged")})


def features_in(low: str) -> Iterator[tuple[Finding, bool]]:
    """Features in `plain` text, damage before others, and whether each is a vehicle's wherever it stands; they may
    overlap."""
    vocabulary = load("vehicle_features")
    for one in sorted(find(_features(), "features", low), key=lambda one: (-one.confidence, one.start)):
        data, words = vocabulary.entries[one.value].data, one.words(low)
        known = vocabulary.find(words) if data.get("own_words") else one.value
        value = vocabulary.entries[known].label if known else words
        yield replace(one, value=value, confidence=0.9), data.get("sure", True)


def attach_features(lower: str, groups: list[list[Finding]], strict: bool) -> None:
    """Adds each feature to the nearest mention; one that needs a vehicle near by and has none is left out."""
    anchors = [(found[0].start, found[-1].end) for found in groups]
    taken: list[Finding] = []
    for feature, sure in features_in(lower):
        if any(feature.start < other.end and other.start < feature.end for other in taken):
            continue
        distance = [max(start - feature.end, feature.start - end, 0) for start, end in anchors]
        nearest = min(range(len(anchors)), key=distance.__getitem__, default=None)
        if nearest is not None and (distance[nearest] <= _NEAR or sure or not strict):
            groups[nearest].append(feature)
        elif sure or not strict:
            groups.append([feature])
        else:
            continue
        taken.append(feature)


@lru_cache(maxsize=10_000)
def normalise_colour(words: str) -> list[str] | None:
    """Basic colours the words name, in their order; several when the witness was unsure or the vehicle two-tone.

    "dark blue" -> ["blue"]; "silver or grey" -> ["silver", "grey"]; "dark coloured", "light" or "not seen" -> None.
    """
    tokens = fold(words.replace("/", " ")).replace("&", " ").replace("+", " ").split()
    named = (known or _near_colour(word) for word, known in cut(tokens, colour_words().get))
    return list(dict.fromkeys(colour for known in named for colour in known)) or None


@lru_cache(maxsize=5_000)
def _near_colour(word: str) -> tuple[str, ...]:
    """The colours of a word with a slip, none for a known shade ("dark"); one of four letters ("like") is only taken
    for a basic colour, or for one with two letters swapped."""
    basic, short = load("colours").entries, len(word) == _SHORTEST_SLIP
    pool = {w: named for w, named in colour_words().items() if not short or w in basic or sorted(w) == sorted(word)}
    return () if _SAID["shade"].fullmatch(word) else _near(word, pool) or ()


def _near(word: str, known: Mapping[str, Known]) -> Known | None:
    """What the words that `word` is a slip of the pen away from, two in a long one, all name; the nearest count."""
    if len(word) < _SHORTEST_SLIP:
        return None
    pool = [one for one in known if len(one) >= _SHORTEST_SLIP and (one[0] == word[0] or one[:2] == word[1::-1])]
    slips = 2 if len(word) >= _LONG_SLIP else 1
    near = process.extract(word, pool, scorer=OSA.distance, score_cutoff=slips, limit=None)
    named = {known[one] for one, distance, _ in near if distance == near[0][1]}
    return named.pop() if len(named) == 1 else None


def shade(words: str) -> str | None:
    """ "dark coloured", "light coloured" ...: a shade without a basic colour, kept as a feature; None when absent."""
    found = _SAID["shade"].search(fold(words))
    if found is None or normalise_colour(words):
        return None
    return found[1] if "tone" in found[1] or found[1] == "metallic" else f"{found[1]} coloured"


@lru_cache(maxsize=10_000)
def normalise_body(words: str) -> str | None:
    """The body the words name ("SUV" -> "4x4", "minicab" -> "taxi"); the most special one when they name several."""
    tokens = fold(words).replace("/", " ").split()
    found = [known[0] for _, known in cut(tokens, body_words().get) if known]
    if not found:
        whole = compact(words).removesuffix("s")
        named = body_words().get(whole) or _near(whole, body_words())
        return named[0] if named else None
    return next((body for body in found if body != "car"), "car")


def features(words: str) -> list[str]:
    """Short lower-case phrases of a features field: known ones in the vocabulary's words, others as they are.

    Phrases are parted by semicolon, comma, full stop, line end or "and"; nothing that was said is lost.
    """
    vocabulary = load("vehicle_features")
    found: list[str] = []
    for piece in re.split(r"[;,.\n]+|\band\b|\bwith\b", words.lower()):
        phrase = re.sub(r"\s+", " ", piece).strip(" -:")
        if phrase in ("none", "nothing", "no") or is_unknown(phrase):
            continue
        known = vocabulary.find(phrase) or vocabulary.find(
            re.sub(r"^(?:it |had |has |a |an |the |was |is )+", "", phrase)
        )
        value = vocabulary.entries[known].label if known else phrase
        if value not in found:
            found.append(value)
    return found
