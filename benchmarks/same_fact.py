"""Whether a value that was read says what a label says, field by field: for `extraction_f1`.

What counts as the same is what a careful reader would take for one fact told in two ways. A mark is the same when the
kind of mark and the part of the body agree, whatever the side, the order of the words and what else is told ("an
anchor inked on his left calf", "anchor tattoo calf"); a garment when its last word agrees and nothing in the words
before it speaks against it ("navy fleece", "fleece", but not "leather jacket" and "denim jacket").
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from linkage.intake.values.people import clothing, marks
from linkage.intake.values.people.looks import accent, complexion, hair
from linkage.vocabulary.loader import fold

_NEAR = {"age": 2.0, "height_cm": 3.0}
"""By how much an end of a range may differ, in years and centimetres [G]."""
_CLOCK_NEAR = 0.51
"""By how much the middle of a clock time may differ, in hours [G]."""
_KEY_WORDS = frozenset(("accent", "complexion", "marks", "clothing", "names_used", "speech", "hair_style"))
_NORMALISED: dict[str, Callable[[str], list[str] | None]] = {
    "accent": accent.normalise,
    "marks": marks.normalise,
    "clothing": clothing.normalise,
    "complexion": lambda words: [said] if (said := complexion.normalise(words)) else None,
    "hair_style": lambda words: said.style if (said := hair.normalise(f"{words} hair")) else None,
}
"""Fields in which a label may use other words for the canonical ones."""


def same(name: str, gold: Any, read: Any) -> bool:
    """Whether a read value says what the label says."""
    if name in _NEAR:
        return all(
            (g is None) == (r is None) and (g is None or abs(g - r) <= _NEAR[name])
            for g, r in zip(gold, read, strict=True)
        )
    if name == "clock":
        return abs(_middle(gold) - _middle(read)) <= _CLOCK_NEAR
    return _same_words(name, gold, read)


def worn_as_mark(words: str) -> bool:
    """Whether a thing may stand under marks as well as under clothing: jewellery, a plaster, a walking stick."""
    said = _bare(words).split()
    said = said if {"in", "on"} & {*said} else _without_site(said)
    return bool(said) and not _knowledge()["either"].isdisjoint((said[-1], *(said[:1] if "in" in said else ())))


def beside(gold: dict[str, Any], read: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """The read facts of a person with such things (`worn_as_mark`) under the field in which the label has them."""
    moved = dict(read)
    for here, there in (("clothing", "marks"), ("marks", "clothing")):
        told = [one for one in gold.get(there, ()) if worn_as_mark(one)]
        shifted = [one for one in moved.get(here, ()) if any(same(there, label, one) for label in told)]
        if shifted:
            moved[here] = [one for one in moved[here] if one not in shifted]
            moved[there] = [*moved.get(there, []), *shifted]
    wigs = [one for one in gold.get("clothing", ()) if "wig" in _bare(one).split()]
    if wigs and "wig" in moved.get("hair_style", ()):
        moved["hair_style"] = [one for one in moved["hair_style"] if one != "wig"]
        moved["clothing"] = [*moved.get("clothing", []), *wigs]
    return moved


def _same_words(name: str, gold: str, read: Any) -> bool:
    if name == "registration":
        return bool(gold.strip("*?")[:4] == read.strip("*?")[:4])
    if name in _KEY_WORDS:
        return _says(name, gold, str(read))
    if name == "hair_colour":
        dyed = hair.normalise(f"{gold} hair")
        return read in (gold, *(dyed.colour if dyed else ()))
    if name == "phone":
        return gold.replace(" ", "") == str(read).replace(" ", "")
    if name in ("make", "model", "town"):
        return fold(gold) in fold(read)
    return bool(gold in (read, "any"))


@lru_cache(maxsize=65_536)
def _says(name: str, gold: str, read: str) -> bool:
    normalised = _NORMALISED.get(name)
    meant = (normalised(gold) or []) if normalised else []
    if name in ("marks", "clothing"):
        alike = same_mark if name == "marks" else same_garment
        words_of = _words_of if name == "marks" else _garment_words
        # Many labels are key words only: "teeth", "spider", "hi vis".
        return {*words_of(gold)} <= {*words_of(read)} or any(alike(words, read) for words in (gold, *meant))
    told = _bare(read)
    return any(word in told or told in word for word in map(_bare, (gold, *meant)))


def same_mark(one: str, other: str) -> bool:
    """Whether two phrases tell the same mark: kind and part of the body agree, and nothing else differs."""
    left, right = _mark(one), _mark(other)
    if left == right:
        return True
    if worn_as_mark(one) and worn_as_mark(other) and same_garment(one, other) and _touch(left[1], right[1]):
        return True
    (kinds_l, parts_l, rest_l), (kinds_r, parts_r, rest_r) = left, right
    if bool(kinds_l) != bool(kinds_r) or not (_agree(kinds_l, kinds_r) and _touch(parts_l, parts_r)):
        return False
    if kinds_l:
        return _agree(rest_l, rest_r)
    return bool(rest_l & rest_r) and (parts_l == parts_r or rest_l == rest_r)


def same_garment(one: str, other: str) -> bool:
    """Whether two phrases tell the same garment: the heads agree, and no colour, cloth or make speaks against it."""
    known = _knowledge()
    left, right = _garment(one), _garment(other)
    if not left or not right or left[-1] != right[-1]:
        return False
    return all(_agree(known[group] & {*left[:-1]}, known[group] & {*right[:-1]}) for group in ("colours", "kinds"))


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sets do not contradict each other: they share something, or one says nothing."""
    return not one or not other or bool(one & other)


def _touch(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sets of parts of the body may be one place: a part is within the other, or one is not told."""
    within = _knowledge()["within"]
    return _agree(one, other) or any(
        left in within.get(right, ()) or right in within.get(left, ()) for left in one for right in other
    )


def _words_of(words: str) -> set[str]:
    usual = _knowledge()["usual"]
    return {one for word in _bare(words).split() for one in usual.get(word, (word,))}


@lru_cache(maxsize=8192)
def _mark(words: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """(kinds of mark, parts of the body, what else tells it) of a phrase, in the usual words."""
    known = _knowledge()
    said = _words_of(words)
    parts = frozenset(said & known["parts"])
    sized = said & known["sizes"] if said & known["sized"] else frozenset()
    kinds = frozenset(said & known["whole"])
    rest = frozenset(said - kinds - parts - (known["no_difference"] - sized))
    return kinds, parts, rest


@lru_cache(maxsize=8192)
def _garment(words: str) -> list[str]:
    """The words of a garment up to its head, in the usual words."""
    kept = _garment_words(words)
    ends = [at for at, word in enumerate(kept) if at and word in _knowledge()["no_head"]]
    return _without_site(kept[: ends[0]] if ends else kept)


def _without_site(kept: list[str]) -> list[str]:
    """Jewellery without the part of the body where it is worn ("signet ring little finger")."""
    known = _knowledge()
    heads = [at for at, word in enumerate(kept) if word in known["either"]]
    if heads and not {*kept[heads[-1] + 1 :]} - known["parts"] - known["no_difference"] - {"middle", "index"}:
        return kept[: heads[-1] + 1]
    return kept


def _garment_words(words: str) -> list[str]:
    said = f" {fold(words)} "
    for way, usual in _knowledge()["garments"]:
        said = said.replace(f" {way} ", f" {usual} ").replace(f" {way}s ", f" {usual} ")
    return _singular(said).split()


@cache
def _knowledge() -> dict[str, Any]:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    body, worn = data["marks"], data["clothing"]
    usual: dict[str, tuple[str, ...]] = {}
    for word, ways in body["same_words"].items():
        for way in map(_bare, (*ways, word)):
            usual[way] = tuple(dict.fromkeys((*usual.get(way, ()), _bare(word))))
    ways_of_garments = [(fold(way), usual) for usual, ways in worn["same_words"].items() for way in ways]
    return {
        "usual": usual,
        "parts": frozenset(
            map(_bare, (*body["parts"], *(word for words in body["parts"].values() for word in words)))
        ),
        "within": {part: frozenset(map(_bare, words)) for part, words in body["parts"].items()},
        **{key: frozenset(map(_bare, body[key])) for key in ("no_difference", "whole", "sized", "sizes")},
        "garments": sorted(ways_of_garments, key=lambda way: -len(way[0])),
        **{key: frozenset(map(_bare, worn[key])) for key in ("kinds", "colours", "no_head")},
        "either": frozenset(map(_bare, data["jewellery"]["either"])),
    }


def _bare(words: str) -> str:
    """Folded, without the s of plurals."""
    return _singular(fold(words))


def _singular(folded: str) -> str:
    return " ".join(word.removesuffix("s") for word in folded.split())


def _middle(clock: list[float]) -> float:
    first, last = clock
    return (first + (last if last >= first else last + 24)) / 2 % 24
