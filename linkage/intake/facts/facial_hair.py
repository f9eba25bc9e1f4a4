"""Facial hair: clean-shaven, stubble, beard, moustache, goatee, sideburns."""

from __future__ import annotations

from functools import lru_cache

from linkage.intake.facts.finding import Finding
from linkage.intake.facts.surface import Lexicon, answered, is_unknown, negated_before, plain
from linkage.intake.patterns import compiled

_WORDS = Lexicon("facial_hair")
_NONE = compiled(r"\W*(?:no(?:ne|thing|pe)?|false|shaved|shaven|no (?:beard|hair|facial hair)(?: at all)?)\W*")
_ANSWERED = compiled(r"\bfacial hair\s*[:=-]\s*(?:none|no|nil)\b(?!\s+(?:idea|seen|known))")
_HEAD = compiled(r"[\s-]+head")


def normalise(words: str) -> list[str] | None:
    """Kinds from a person's own words ("stubble, moustashe"); "none" is clean-shaven; None when none is known."""
    keys = _keys(words)
    return list(keys) if keys else None


@lru_cache(maxsize=4096)
def _keys(words: str) -> tuple[str, ...]:
    if _NONE.fullmatch(plain(words)):
        return ("clean-shaven",)
    return () if is_unknown(words) else tuple(dict.fromkeys(f[0] for f in _said(plain(words), _WORDS.read(words))))


def _said(low: str, read: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    return [(k, s, e) for k, s, e in read if not negated_before(low, s) and not _HEAD.match(low, e)]


def find(text: str) -> list[Finding]:
    """Facial hair said in a free text; "no beard" is a negated finding, "no facial hair" is clean-shaven."""
    low = plain(text)
    found = [
        Finding(
            "facial_hair",
            key,
            start,
            end,
            f"facial_hair:{key}",
            0.95,
            negated_before(low, start) or answered(low, end) == "no",
        )
        for key, start, end in _WORDS.scan(low)
        if not (key == "clean-shaven" and _HEAD.match(low, end)) and answered(low, end) != "unknown"
    ]
    found += [
        Finding("facial_hair", "clean-shaven", *said.span(), "answered", 0.9)
        for said in (_ANSWERED.finditer(low) if "facial hair" in low else ())
    ]
    return sorted(found, key=lambda f: f.start)
