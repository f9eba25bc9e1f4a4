"""Short words of a field to keys of behaviour variables, with whether they say that it happened."""

from __future__ import annotations

from functools import lru_cache

from linkage.intake.behaviours.features import candidates
from linkage.intake.document.words import content, read
from linkage.intake.patterns import PatternTable
from linkage.intake.phrases.field_words import keys_of

_COVERED = 0.6
"""Share of a short phrase's counting words that a found phrase must cover to stand for the whole [G]."""
_LONGEST = 120
"""Letters from which words are a text, and no name of a behaviour [G]."""

_SAID = PatternTable("surface")


@lru_cache(maxsize=65_536)
def normalise(words: str) -> str | None:
    """Key of the behaviour variable that short `words` stand for; None for words the vocabulary does not know."""
    plain = _SAID["affirmed"].sub("", words)
    return keys_of("behaviours").resolve(plain) or _by_phrase(plain)


@lru_cache(maxsize=65_536)
def normalise_signed(words: str) -> tuple[str, bool] | None:
    """Key and whether it is said to have happened: "no weapon shown" gives ("weapon_shown", False); None as above."""
    plain = _SAID["affirmed"].sub("", words.replace("_", " "))
    known = keys_of("behaviours").resolve(plain)
    if known:
        return known, True
    for pattern in (_SAID["denied_before"], _SAID["denied_behind"]):
        rest = pattern.sub("", plain, count=1)
        if rest != plain:
            denied = normalise(rest)
            return (denied, False) if denied else None
    key = _by_phrase(plain)
    return (key, True) if key else None


def _by_phrase(words: str) -> str | None:
    """Key of words too free for a look-up, when a phrase of one variable covers most of them."""
    stems = content(words)
    if len(stems) < 2 or len(words) > _LONGEST:
        return None
    text = read(words)
    best = max(candidates(text), key=lambda one: one.last - one.first, default=None)
    if best is None:
        return None
    covered = content(words[text.starts[best.first] : text.ends[best.last]]) & stems
    return best.phrase.key if len(covered) >= _COVERED * len(stems) else None
