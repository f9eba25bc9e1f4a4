"""Whether a value that was read says what a label says, field by field: for `extraction_f1`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from linkage.intake.facts import accent, clothing, complexion, hair, marks
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


def _same_words(name: str, gold: str, read: Any) -> bool:
    if name == "registration":
        return bool(gold.strip("*?")[:4] == read.strip("*?")[:4])
    if name in _KEY_WORDS:
        normalised = _NORMALISED.get(name)
        meant = (normalised(gold) or []) if normalised else []
        told = _bare(read)
        return any(word in told or told in word for word in map(_bare, (gold, *meant)))
    if name == "hair_colour":
        dyed = hair.normalise(f"{gold} hair")
        return read in (gold, *(dyed.colour if dyed else ()))
    if name == "phone":
        return gold.replace(" ", "") == str(read).replace(" ", "")
    if name in ("make", "model", "town"):
        return fold(gold) in fold(read)
    return bool(gold in (read, "any"))


def _bare(words: str) -> str:
    """Folded, without the s of plurals."""
    return " ".join(word.removesuffix("s") for word in fold(words).split())


def _middle(clock: list[float]) -> float:
    first, last = clock
    return (first + (last if last >= first else last + 24)) / 2 % 24
