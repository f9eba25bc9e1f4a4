"""Headings that name the person who reports or was harmed, and what they govern: "Reporter's phone: 07700 ...".

A heading is a word for that person (`heading_roles`) with a kind of detail before or behind it, or alone before a
colon. It opens a line, a sentence, a bracket or a part of a list, so that "the nuisance caller's number" is none;
"my" opens one anywhere. What it governs ends with the line or sentence, or where words for the reported person begin.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_LONGEST = 120
"""Characters behind a heading that it may govern [G]."""
_CALLED = re.compile(r"[+(]?\d(?:[ \t().\-/]{0,2}\d){6,14}|[^\s@<>,;:()]+@[^\s@<>,;:()]+\.\w+")
"""Digits or an address that could be called, whoever they are of."""
_OPENS = r"(?:^|(?<=[.;,:(\[|/\n\t•*])|(?<=[-–—]\s))[ \t]*(?:the[ \t]+)?"
_SEPARATOR = (
    r"(?:[ \t]*[:=][ \t]*|[ \t]+[-–—][ \t]*|[ \t]+(?:is|are|was)[ \t]*:?[ \t]+|[ \t]*\.?[ \t]+(?=[\d+(]|[^\s@]+@))"
)


@dataclass(frozen=True, slots=True)
class Governed:
    """What stands behind a heading, [start, end) of the text: its `kind` is name, contact, place or any; `at` is
    where the heading begins."""

    kind: str
    at: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Patterns:
    heading: re.Pattern[str]
    ends: re.Pattern[str]
    described: re.Pattern[str]
    others: re.Pattern[str]
    kinds: dict[str, str]


@cache
def _patterns() -> _Patterns:
    table = tomllib.loads(files(__package__).joinpath("reporter_words.toml").read_text(encoding="utf-8"))

    def one_of(words: list[str]) -> str:
        """A pattern for any of these words, the longest first."""
        longest_first = sorted(words, key=len, reverse=True)
        return "|".join(r"[ \t_]+".join(map(re.escape, one.split())) for one in longest_first)

    kinds = {word: kind for kind, words in table["heading_details"].items() for word in words}
    role, detail = one_of(table["heading_roles"]), one_of(list(kinds))
    own = rf"(?:{role})(?:['’]s|s['’]?)?[ \t_\-]+(?P<own>{detail})"
    of_it = rf"(?P<of>{detail})[ \t]+(?:of|for|from)[ \t]+(?:the[ \t]+|a[ \t]+|our[ \t]+)?(?:{role})"
    mine = rf"\bmy[ \t]+(?P<mine>{detail})"
    others, opens = one_of(table["other_people"]), one_of(table["sentence_opens"])
    alone = rf"(?P<alone>(?:{role}|{one_of(table['heading_alone'])}))[ \t]*[:=][ \t]*"
    return _Patterns(
        re.compile(rf"(?:{_OPENS}(?:{own}|{of_it})|{mine}){_SEPARATOR}|{_OPENS}{alone}", re.I | re.MULTILINE),
        re.compile(rf"\n|;|[.!?](?=\s+(?:{opens})\b)|\b(?:{others})\b", re.I),
        re.compile(rf"[\W_]*(?:an?[ \t]+)?(?:{one_of(table['described'])})\b", re.I),
        re.compile(rf"\b(?:{detail})[ \t]+(?:of|for)[ \t]+(?:the[ \t]+)?(?:{others}){_SEPARATOR}$", re.I),
        kinds,
    )


def governed(text: str) -> Iterator[Governed]:
    """What stands behind each heading of the text that names the person who reports or was harmed."""
    patterns = _patterns()
    for found in patterns.heading.finditer(text):
        start, end = found.end(), end_of(text, found.end())
        words = found["own"] or found["of"] or found["mine"]
        kind = patterns.kinds[" ".join(re.split(r"[ \t_]+", words.lower()))] if words else "any"
        if end > start and not patterns.described.match(text, start, end):
            yield Governed(kind, found.start(), start, end)


def of_another(text: str, start: int) -> bool:
    """Whether a heading that names the reported person stands right before a place: "Phone of suspect: ..."."""
    return _patterns().others.search(text, max(0, start - _LONGEST), start) is not None


def end_of(text: str, start: int) -> int:
    """Where what a heading governs ends that is followed by this place."""
    found = _patterns().ends.search(text, start, start + _LONGEST)
    end = found.start() if found else min(len(text), start + _LONGEST)
    return start + len(text[start:end].rstrip(" \t,.(["))


def to_call(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Numbers and addresses between two places of a text that somebody could be called by."""
    yield from (found.span() for found in _CALLED.finditer(text, start, end))
