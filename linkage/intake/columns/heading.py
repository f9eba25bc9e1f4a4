"""One heading -> its words, and whom and what they name."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from linkage.intake.names import fold_name, locate
from linkage.intake.reject import is_personal

IGNORE = "ignore"
"""What a column is mapped to that is left out on purpose."""
_KINDS = ("phone", "email", "username", "website", "other")
_TIMES = ("occurred.time", "occurred.time_to")


@cache
def headings() -> dict[str, Any]:
    """The data file."""
    return tomllib.loads(files(__package__).joinpath("headings.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=65_536)
def words_of(heading: str) -> tuple[str, ...]:
    """The words of a heading, lower case, with abbreviations written out."""
    short = headings()["abbreviations"]
    return tuple(short.get(word, word) for word in fold_name(heading).replace(".", "_").split("_") if word)


@lru_cache(maxsize=65_536)
def holds(words: tuple[str, ...], phrase: str) -> bool:
    """Whether these words stand in a heading, one behind the other."""
    wanted = tuple(phrase.split())
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))


def holds_any(words: tuple[str, ...], phrases: Iterable[str]) -> bool:
    """Whether one of these phrases stands in a heading."""
    return any(holds(words, phrase) for phrase in phrases)


def of_reporter(heading: str) -> bool:
    """Whether a heading names the person who reports or was harmed."""
    return is_personal(fold_name(heading)) or holds_any(words_of(heading), headings()["reporter"]["words"])


def of_reported(heading: str) -> bool:
    """Whether a heading names the reported person."""
    return holds_any(words_of(heading), headings()["reported"]["words"])


def own_field(name: str) -> str | None:
    """The dotted name of a field that `name` is or stands for, or None: those of the format, `identifiers.phone` and
    the like, and `occurred.time`."""
    folded = fold_name(name)
    if folded in _TIMES:
        return folded
    head, _, rest = folded.partition(".")
    kind = rest.rpartition(".")[2]
    if head == "identifiers" and kind in _KINDS:
        return f"identifiers.{kind}"
    slot = None if is_personal(folded) else locate(name)
    return slot.name if slot else None


def named_whole(heading: str) -> str | None:
    """The field that a whole heading is listed for, once its abbreviations are written out."""
    joined = " ".join(words_of(heading))
    return next((str(field) for field, names in headings()["names"].items() if joined in names), None)


def by_name(heading: str) -> str | None:
    """The field of the format that a whole heading names, once its abbreviations are written out."""
    return own_field("_".join(words_of(heading)))


def by_phrase(heading: str) -> str | None:
    """The field that a question of a form asks for; None where it asks beside it for somebody's details."""
    words = words_of(heading)
    found = [
        (len(phrase.split()), phrase, str(field))
        for field, phrases in headings()["phrases"].items()
        for phrase in phrases
        if holds(words, phrase)
    ]
    if not found:
        return None
    _, phrase, field = max(found)
    asked = tuple(phrase.split())
    guarded = {one for one in headings()["guards"]["words"] if holds(words, one) and not holds(asked, one)}
    at_place = field.startswith("place.") and guarded <= {"address"} and not of_reporter(heading)
    return field if not guarded or at_place else None


def detail_of(heading: str) -> str | None:
    """Where a detail of a person would go that a heading asks for, whoever the person is; the longest decides."""
    words = words_of(heading)
    found = [
        (len(detail.split()), -at, str(field))
        for at, (field, details) in enumerate(headings()["details"].items())
        for detail in details
        if holds(words, detail)
    ]
    return max(found)[2] if found else None


def two_sided(heading: str) -> bool:
    """Whether a heading names somebody whom some call the reported person and others the one who is helped."""
    return holds_any(words_of(heading), headings()["asked"]["two_sided"])


def asked_by_name(heading: str) -> bool:
    """Whether a bare heading is one that is always asked about."""
    return " ".join(words_of(heading)) in headings()["asked"]["names"]
