"""Turns of phrase of `person_cues.toml` and the verbs of `people_words.toml` as regular expressions."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from linkage.intake.alternation import Anywhere
from linkage.intake.patterns import compiled
from linkage.vocabulary.tables import table


@cache
def _table(name: str) -> dict[str, Any]:
    return table(name)


def people_words() -> dict[str, Any]:
    """`people_words.toml` as it stands."""
    return _table("people_words")


@cache
def cue(name: str) -> re.Pattern[str]:
    """One turn of phrase, over lower-case text. Raises KeyError for a name that the file does not hold."""
    entry = _table("person_cues")[name]
    return compiled(f"{entry.get('before', '')}(?:{'|'.join(entry['any'])}){entry.get('after', '')}")


def either(name: str) -> str:
    """The alternatives of one turn of phrase, not compiled, to be built into a larger expression."""
    return "|".join(_table("person_cues")[name]["any"])


@cache
def verbs(group: str) -> Anywhere:
    """The verbs of a group ("attack", "help" ...), at the start of a word; each begins with a letter."""
    return Anywhere(rf"\b(?=\w)(?:{'|'.join(people_words()['verbs'][group])})")


@cache
def nouns(group: str) -> str:
    """The nouns of a group ("reported", "male" ...) as one regular expression, longest first."""
    return "|".join(sorted(people_words()[group]["nouns"], key=len, reverse=True))
