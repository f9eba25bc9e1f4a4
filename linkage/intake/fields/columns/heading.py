"""One heading -> its words, whom and what they name, and what it asks consent for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from linkage.intake.readers.column_names import fold_name, locate
from linkage.intake.reject import is_personal

IGNORE = "ignore"
"""What a column is mapped to that is left out on purpose."""
KINDS = ("phone", "email", "username", "website", "other")
"""Kinds of identifier that a column may hold."""
TIMES = {"occurred.time": "occurred.from", "occurred.time_to": "occurred.to"}
"""Columns of clock times -> the field of the day beside which they stand."""
_CLOSED = "consent was not read, and the reports stay closed"


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


def holds_any(heading: str, phrases: Iterable[str]) -> bool:
    """Whether one of these phrases stands in a heading."""
    return any(holds(words_of(heading), phrase) for phrase in phrases)


def of_reporter(heading: str) -> bool:
    """Whether a heading names the person who reports or was harmed."""
    return is_personal(fold_name(heading)) or holds_any(heading, headings()["reporter"]["words"])


def of_reported(heading: str) -> bool:
    """Whether a heading names the reported person."""
    return holds_any(heading, headings()["reported"]["words"])


def own_field(name: str) -> str | None:
    """The dotted name of a field that `name` is or stands for, or None: those of the format, `identifiers.phone` and
    the like, and `occurred.time`."""
    folded = fold_name(name)
    if folded in TIMES:
        return folded
    head, _, rest = folded.partition(".")
    kind = rest.rpartition(".")[2]
    if head == "identifiers" and kind in KINDS:
        return f"identifiers.{kind}"
    slot = None if is_personal(folded) else locate(name)
    return slot.name if slot else None


def longest(heading: str, section: str) -> tuple[str, str] | None:
    """The longest phrase of a section of the data file that stands in a heading, and the field it is listed for."""
    words = words_of(heading)
    found = (
        (phrase, str(field))
        for field, phrases in headings()[section].items()
        for phrase in phrases
        if holds(words, phrase)
    )
    return max(found, key=lambda one: len(one[0].split()), default=None)


def by_phrase(heading: str) -> str | None:
    """The field that a question of a form asks for; None where it asks beside it for somebody's details."""
    found = longest(heading, "phrases")
    if found is None:
        return None
    phrase, field = found
    asked = tuple(phrase.split())
    guarded = {one for one in headings()["guards"]["words"] if holds_any(heading, [one]) and not holds(asked, one)}
    at_place = field.startswith("place.") and guarded <= {"address"} and not of_reporter(heading)
    return field if not guarded or at_place else None


def about_consent(heading: str) -> bool:
    """Whether a heading asks for consent, or seems to."""
    cues = headings()["consent"]
    plain, willing, share = (holds_any(heading, cues[kind]) for kind in ("plain", "willing", "share"))
    to_somebody = bool(_recipients(heading))
    return plain or (willing and (share or to_somebody)) or (share and to_somebody)


def _recipients(heading: str) -> list[str]:
    """Whom a heading names as those who may be told: of police, scas and alert."""
    return [kind for kind, names in headings()["consent"]["recipients"].items() if holds_any(heading, names)]


def denies(heading: str) -> bool:
    """Whether a yes under a heading would be a no."""
    words = words_of(heading)
    return holds_any(heading, headings()["consent"]["negated"]) or ("no" in words and "yes" not in words)


def consent_field(heading: str) -> tuple[str | None, str]:
    """The field of a heading about consent, or None and why it is not read."""
    cues, found = headings()["consent"], _recipients(heading)
    why = ""
    if denies(heading):
        why = f"a yes under it may be a no; {_CLOSED}; write a column in which yes allows it"
    elif holds_any(heading, cues["past"]) and not holds_any(heading, cues["willing"]):
        why = f"it seems to say what was done, not what is allowed; {_CLOSED}"
    elif len(found) != 1:
        named = "names nobody who may be told" if not found else f"names several ({', '.join(found)})"
        why = f"it {named}; {_CLOSED}; say which: consent.police, consent.alert or consent.scas"
    elif not _words_of_consent().issuperset(words_of(heading)):
        why = f"it may ask for something else; {_CLOSED}; if yes under it allows it, map it to consent.{found[0]}"
    elif found != ["alert"] and holds_any(heading, cues["conditional"]):
        why = f"it allows less than sharing the report as it is; {_CLOSED}"
    return (None, why) if why else (f"consent.{found[0]}", "")


@cache
def _words_of_consent() -> frozenset[str]:
    """Every word that belongs to a question for consent."""
    cues = headings()["consent"]
    phrases = [*cues["recipients"].values(), *(one for kind, one in cues.items() if kind != "recipients")]
    return frozenset(word for several in phrases for phrase in several for word in phrase.split())
