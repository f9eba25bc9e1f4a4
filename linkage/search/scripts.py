"""Words as the index compares them: stems of English, and words of other scripts as they are written."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from linkage.features import tokens
from linkage.features.tokens import stemmed
from linkage.vocabulary import fold

_LATIN_ENDS, _IDEOGRAPHS = 0x24F, 0x2E80
_WRITTEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def stems(text: str) -> list[tuple[str, str]]:
    """Stem and written form of the content words; a word of another script is its own stem, without vowel points."""
    return stemmed(text) + [(word, word) for word in _of_other_scripts(text)]


@lru_cache(maxsize=20_000)
def distinct_stems(text: str) -> frozenset[str]:
    """The stems of `stems`, each once. Labels and towns come again and again."""
    return frozenset(tokens.distinct_stems(text).union(_of_other_scripts(text)))


def folded(text: str) -> str:
    """The form in which words are compared in order: folded, words of other scripts without their points."""
    return " ".join(filter(None, (fold(text), *_of_other_scripts(text))))


def is_of_other_script(stem: str) -> bool:
    """Is it a word that no Latin letter writes?"""
    return ord(stem[0]) > _LATIN_ENDS


def as_they_stand(text: str) -> dict[str, str]:
    """Stem -> the first word of a text that has it, as it stands there."""
    found: dict[str, str] = {}
    words = (*_WRITTEN.findall(text), *(_spans(text) if _has_others(text) else ()))
    for word in words:
        for stem in _stems_of(word):
            found.setdefault(stem, word)
    return found


@lru_cache(maxsize=50_000)
def _stems_of(word: str) -> tuple[str, ...]:
    return tuple(stem for stem, _ in stems(word))


def _of_other_scripts(text: str) -> list[str]:
    if not _has_others(text):
        return []
    bare = (_bare(word) for word in _spans(text) if not fold(word))
    return [word for word in bare if len(word) > 1 or (word and ord(word) >= _IDEOGRAPHS)]


def _has_others(text: str) -> bool:
    return not text.isascii() and any(ord(character) > _LATIN_ENDS and character.isalpha() for character in text)


def _spans(text: str) -> list[str]:
    """Runs of letters with their marks."""
    return "".join(one if unicodedata.category(one)[0] in "LM" else " " for one in text).split()


def _bare(word: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKD", word).casefold() if not unicodedata.combining(one))
