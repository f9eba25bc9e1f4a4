"""Makes and models of vehicles: what people call them, resolved to the maker's own spelling.

The knowledge is in `makes.toml` and `models.toml`. Words are compared in *compact* form (lower case, letters and
digits only), so "C-Class", "c class" and "CClass" are one word. Misspellings are resolved by edit distance, only for
words that are not known exactly, and every answer is cached.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from linkage.intake.patterns import compiled
from linkage.vocabulary import Entry, fold, load

_NOT_COMPACT = compiled(r"[^a-z0-9]+")
_LONGEST_NAME = 5  # tokens in the longest surface form ("land rover discovery sport" and the like)
_DOMINANT = 3.0  # [G] without a make, a name shared by makes is read as the commonest if three times as common
_SLANG_CAUTION = 4


Known = TypeVar("Known")


@dataclass(frozen=True, slots=True)
class Name:
    """One reading of a word as a make (`model` None) or as a model, and how much context a free text must show."""

    make: str
    model: str | None
    caution: int = 0
    share: float = 0.0


def compact(words: str) -> str:
    """Lower-case letters and digits of `words`, accents off: "Citroën C-4" -> "citroenc4"."""
    if words.isascii():
        return _NOT_COMPACT.sub("", words.lower())
    return _NOT_COMPACT.sub("", fold(words))


def _caution(entry: Entry) -> int:
    return int(entry.data.get("caution", 0))


@cache
def names() -> dict[str, tuple[Name, ...]]:
    """Compact surface form -> its readings, the commonest first."""
    found: dict[str, list[Name]] = defaultdict(list)
    for entry in load("makes").entries.values():
        _add(found, entry, entry.label, None)
    for entry in load("models").entries.values():
        _add(found, entry, str(entry.data["make"]), entry.label)
    return {words: tuple(sorted(each, key=lambda name: -name.share)) for words, each in found.items()}


def _add(found: dict[str, list[Name]], entry: Entry, make: str, model: str | None) -> None:
    surfaces = [(words, _caution(entry)) for words in (entry.label, *entry.synonyms)]
    surfaces += [(words, max(_caution(entry), _SLANG_CAUTION)) for words in entry.data.get("slang", ())]
    for words, caution in surfaces:
        name = Name(make, model, caution, float(entry.data["share"]))
        if compact(words) and all((one.make, one.model) != (make, model) for one in found[compact(words)]):
            found[compact(words)].append(name)


@cache
def _patterns() -> list[tuple[re.Pattern[str], Name]]:
    return [
        (compiled(str(entry.data["pattern"])), Name(str(entry.data["make"]), entry.label, 0, entry.data["share"]))
        for entry in load("models").entries.values()
        if "pattern" in entry.data
    ]


@lru_cache(maxsize=20_000)
def readings(word: str) -> tuple[Name, ...]:
    """All readings of one compact word: surface forms first, then badges that follow a rule (BMW 320d)."""
    known = names().get(word, ())
    if known or not any(c.isdigit() for c in word) or len(word) > 7:
        return known
    return tuple(name for pattern, name in _patterns() if pattern.fullmatch(word))


@cache
def _fuzzy_pools() -> dict[str | None, list[str]]:
    """Surface forms worth comparing by edit distance: all makes under None, a make's models under the make, and all
    models that are no everyday words under the empty string."""
    pools: dict[str | None, list[str]] = defaultdict(list)
    for word, each in names().items():
        if len(word) < 4 or not word.isalpha():
            continue
        for name in each:
            if name.caution >= _SLANG_CAUTION:
                continue
            pools[name.make if name.model else None].append(word)
            if name.model and name.caution < 2:
                pools[""].append(word)
    return dict(pools)


@lru_cache(maxsize=50_000)
def nearest(word: str, make: str | None, close: bool = False) -> Name | None:
    """The make (`make` None) or the model (of `make`, or of any for "") whose name is `word` misspelt, or None.

    Edit distance with transpositions (optimal string alignment); two names equally near are no answer. A misspelling
    may hold 1 edit up to five letters, 2 up to eight, 3 beyond [G]; where `close`, it has six letters and more, the
    same first letter and one edit.
    """
    pool = _fuzzy_pools().get(make, [])
    if len(word) < (6 if close else 4) or not word.isalpha() or not pool:
        return None
    edits = 1 if close or len(word) <= 5 else 2 if len(word) <= 8 else 3
    best = process.extract(word, pool, scorer=OSA.distance, score_cutoff=edits, limit=4)
    readable = [found for found in best if found[0][0] == word[0] or (found[1] < 2 and not close)]
    if not readable:
        return None
    wanted = {
        (name.make, name.model): name
        for surface, edits, _ in readable
        if edits == readable[0][1]
        for name in names()[surface]
        if (name.model is None) == (make is None) and (not make or name.make == make)
    }
    return next(iter(wanted.values())) if len(wanted) == 1 else None


def cut(tokens: list[str], known: Callable[[str], Known]) -> Iterator[tuple[str, Known]]:
    """The tokens cut into the longest words that something is `known` of, each compact and with what that is; a token
    of which nothing is known stands alone."""
    at = 0
    while at < len(tokens):
        for size in range(min(_LONGEST_NAME, len(tokens) - at), 0, -1):
            word = "".join(tokens[at : at + size])
            said = known(word)
            if said or size == 1:
                yield word, said
                at += size
                break


_Piece = tuple[str, tuple[Name, ...]]


def _pieces(words: str) -> list[_Piece]:
    """The words cut into the longest known names; unknown words stand alone with no reading."""
    return [*cut(fold(words).replace("+", " plus ").replace("/", " ").replace("&", " ").split(), readings)]


def _misspelt(pieces: list[_Piece], make: str | None) -> Name | None:
    """The first make (`make` None) or model (of `make`, of any for "") that an unknown word is, misspelt."""
    return next((near for word, known in pieces if not known and (near := nearest(word, make))), None)


def _make_among(pieces: list[_Piece]) -> str | None:
    """The make that is said in its own name, exactly."""
    return next((name.make for _, known in pieces for name in known if name.model is None), None)


def _model_among(pieces: list[_Piece], make: str | None) -> Name | None:
    """The first model, of `make` where that is known; an everyday word ("idea") is one only with its make or alone,
    a bare number only with its make."""
    for word, known in pieces:
        alone = len(pieces) == 1
        models = [
            name
            for name in known
            if name.model and (name.make == make if make else alone or name.caution < _SLANG_CAUTION)
        ]
        unsure = len(models) > 1 and models[0].share < _DOMINANT * models[1].share
        if models and (make or not (word.isdigit() or unsure)):
            return models[0]
    return None


@lru_cache(maxsize=20_000)
def normalise_model(words: str, make: str | None = None) -> tuple[str, str] | None:
    """(make, model) that the words name; the model implies the make. None when they name no model.

    A make among the words, or given, narrows the models; a bare number is no model without it. When no model of
    that make fits but the words name another make's model exactly, that model and its make are returned.
    """
    pieces = _pieces(words)
    near = None if _make_among(pieces) else _misspelt(pieces, None)
    said = _make_among(pieces) or (near.make if near else None) or (normalise_make(make) if make else None)
    model = _model_among(pieces, said) or _misspelt(pieces, said or "") or _model_among(pieces, None)
    return (model.make, model.model) if model and model.model else None


@lru_cache(maxsize=20_000)
def normalise_make(words: str) -> str | None:
    """The make that the words name, or that a model among them implies ("vauxal astra" -> "Vauxhall"); else None."""
    pieces = _pieces(words)
    if exact := _make_among(pieces):
        return exact
    model = normalise_model(words)
    near = None if model else _misspelt(pieces, None)
    return model[0] if model else near.make if near else None


@cache
def _bodies() -> dict[tuple[str, str], str]:
    return {(one.data["make"], one.label): one.data["body"] for one in load("models").entries.values()}


def usual_body(make: str, model: str) -> str | None:
    """The body this model usually has, for scoring; never a thing the witness said. None for an unknown model."""
    return _bodies().get((make, model))
