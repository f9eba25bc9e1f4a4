"""Turns of phrase of `person_cues.toml` and the verbs of `people_words.toml` as regular expressions."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("linkage.vocabulary").joinpath(f"data/{name}.toml").read_text(encoding="utf-8"))


def people_words() -> dict[str, Any]:
    """`people_words.toml` as it stands."""
    return _table("people_words")


@cache
def cue(name: str) -> re.Pattern[str]:
    """One turn of phrase, over lower-case text. Raises KeyError for a name that the file does not hold."""
    entry = _table("person_cues")[name]
    return re.compile(f"{entry.get('before', '')}(?:{'|'.join(entry['any'])}){entry.get('after', '')}")


def either(name: str) -> str:
    """The alternatives of one turn of phrase, not compiled, to be built into a larger expression."""
    return "|".join(_table("person_cues")[name]["any"])


@cache
def verbs(group: str) -> re.Pattern[str]:
    """The verbs of a group ("attack", "help" ...), at the start of a word; each begins with a letter."""
    return re.compile(rf"\b(?=\w)(?:{'|'.join(people_words()['verbs'][group])})")


@cache
def nouns(group: str) -> str:
    """The nouns of a group ("reported", "male" ...) as one regular expression, longest first."""
    return "|".join(sorted(people_words()[group]["nouns"], key=len, reverse=True))
