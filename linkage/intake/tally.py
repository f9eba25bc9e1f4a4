"""How many reported people a narrative tells apart, counted over the mentions that stand for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from linkage.intake.cues import cue
from linkage.intake.headcount import MOST_PEOPLE, NUMBERS, of_them
from linkage.intake.mention import FEMALE, MALE, Mention, label, ordinal
from linkage.intake.patterns import compiled

_APART = frozenset(("second", "2nd", "other", "another", "different", "third", "3rd", "fourth", "4th", "latter"))
_COMPARED = compiled(r"\b(?:younger|older|taller|shorter|bigger|smaller|fatter|thinner)\b")
_WITH_THE = compiled(
    r"\s+(?:with|holding|carrying|who had|who held)\s+(?:the|his)\s+(?:[\w-]+\s+)??(?P<thing>[a-z]{3,})\b"
)
_ARMED = {
    "gunm": r"\b(?:gun|handgun|pistol|firearm|shotgun|rifle|revolver)\b",
    "knifem": r"\b(?:knife|blade|machete|dagger)\b",
    "axem": r"\b(?:axe|hatchet)\b",
    "hammerm": r"\bhammer\b",
}
"""Nouns for who was armed, and the weapons that they take up."""

_LOOKS_OF = compiled(r"\bthe\s+(?:[\w-]+\s+)?(?P<stem>beard|tattoo|scar|mask|hood|freckl)(?:ed|led)\b")
_OF_NO_SEX = compiled(r"teenagers?|juveniles?")
"""Nouns that are read as those of men and may be said of girls: "three teenagers ... the driver was a girl"."""

_FIRST = compiled(r"one\b|(?:the )?main")
_COMPANION = compiled(r"mate|friend|pal|companion|accomplice")
_JOINED = compiled(
    r"(?:\s*\([^)]*\))?(?:,?\s*(?:with|in|of|aged|about|around|wearing|\d)(?:(?!\b(?:who|he|she)\b)[^.;]){0,45}?)?,?"
    r"\s+(?:and|&|\+|plus)\s+(?:an?|his|one)\s+(?:[\w'-]+\s+){0,3}"
)
_WITH_HIM = compiled(r"\s+(?:[\w-]+\s+)?(?:w|with|wiv|wi)\s+(?:him|them)\b")
_WHILE = compiled(r"\b(?:while|whilst|and|as)\s+$")
"""Before "a second" who is one more: "held by one man while a second robbed her"."""
_MORE = compiled(r"\b(?:other|more|another|further)\b")


def joined(low: str, end: int, start: int) -> bool:
    """Whether a person named at `start` is another than the one named up to `end`: "a man and a juvenile"."""
    return _JOINED.fullmatch(low, end, start) is not None


def came_with(low: str, m: Mention) -> bool:
    """Whether somebody is one more, who came with a reported person: "had a lad w him in a yellow beanie"."""
    if m.article != "new" or m.plural:
        return False
    return (_WITH_HIM.match(low, m.end) or cue("came_after_him").match(low, m.end)) is not None


def adds(mention: Mention) -> bool:
    """Whether "other" or "more" sets several people beside those named before."""
    return _MORE.search(mention.before) is not None or mention.words == "others"


def companion(mention: Mention) -> bool:
    """Whether somebody is named as who came with a reported person: "his mate", "his accomplice"."""
    if mention.same:
        return False
    if mention.kind == "bystander":
        return mention.article == "own" or _COMPANION.match(mention.words) is not None
    if mention.words.startswith(("passenger", "pillion", "driver")):
        return mention.before.startswith(("his", "their"))
    always = mention.words.startswith("accomplice")
    return (mention.article == "own" or always) and _COMPANION.match(mention.words) is not None


def taken_up(low: str, m: Mention) -> str:
    """What a noun takes up of what was told of somebody, as a regular expression over the text before it; or ""."""
    thing = _WITH_THE.match(low, m.end)
    if thing and m.words not in ("driver", "passenger"):
        return rf"\b{re.escape(thing['thing'])}\b"
    armed = next((words for noun, words in _ARMED.items() if m.words.startswith(noun)), "")
    armed = r"\brap(?:ed|ing)\b" if m.words == "rapist" else armed
    looks = _LOOKS_OF.search(m.before)
    return armed or (rf"\b{looks['stem']}" if looks else "")


def armed_as(m: Mention) -> str:
    """The word that tells by his weapon who of several is meant ("gunm" of "the gunman"); "" for another noun."""
    return next((noun for noun in _ARMED if m.words.startswith(noun)), "") if not m.plural else ""


def labels_of(low: str, reported: Sequence[Mention], lettered: bool) -> set[int]:
    """The numbers of "offender 1", "suspect b", "#2"."""
    return {number for m in reported if (number := label(low, m, lettered))}


def count_reported(
    low: str, reported: Sequence[Mention], labels: set[int], with_him: bool, lettered: bool = False
) -> int:
    """How many people `reported` mentions stand for, 1 to `MOST_PEOPLE`; `with_him` where the text has a "he" too."""
    most = max(max(labels) if len(labels) > 1 else 1, of_them(low), *(_counted(low, reported)), 1)
    told = [m for m in reported if not _OF_NO_SEX.fullmatch(m.words)]
    men, women = (_of_sex(low, [m for m in told if m.sex == sex], lettered) for sex in (MALE, FEMALE))
    men = 1 if with_him and women and not men else men
    return min(max(most, men + women), MOST_PEOPLE)


def _of_sex(low: str, told: Sequence[Mention], lettered: bool) -> int:
    """How many of one sex there are at least; "girl 1 ... girl 2 ... boy" numbers the girls apart from the boy."""
    numbers = {label(low, m, lettered) or 0 for m in told}
    return max((max(m.count, 1) for m in told), default=0) if 1 not in numbers or 0 in numbers else max(numbers)


def _counted(low: str, reported: Sequence[Mention]) -> list[int]:
    members = [m for m in reported if m.kind == "member"]
    bare = {NUMBERS[said] for m in members if (said := ordinal(m) or m.words) in NUMBERS}
    bare |= {1 for m in members if _FIRST.match(m.words)}
    apart = len(bare) > 1 or any(m.kind != "member" and ordinal(m) in _APART for m in reported)
    words = {word for m in reported for word in f"{m.before} {m.words}".split()}
    riding = {"driver", "rider"} & words and {"passenger", "pillion"} & words
    ones = {low[m.end : m.end + 16] for m in members if m.words == "the one"}
    told = [2 if riding or len(ones) > 1 else 1, len({armed_as(m) for m in reported} - {""})]
    before: Mention | None = None
    for m in reported:
        told.append(_told_by(low, m, before, apart))
        before = None if companion(m) else m
    return told


def _told_by(low: str, m: Mention, before: Mention | None, apart: bool) -> int:
    """How many people there are at least, by one mention."""
    said = ordinal(m)
    if companion(m):
        return 1 + (max(m.count, 1) if m.plural else 1)
    if m.plural:
        several = m.count or (2 if m.article and m.kind != "person" else 1)
        return several + (1 if adds(m) and before is not None else 0)
    if m.kind == "all":
        return 1 if m.words in ("all", "each") else 3 if re.search(r"three|trio", m.words) else 2
    if m.kind == "member" and (_COMPARED.search(m.words) or m.words.startswith(("one of", "the last of"))):
        return 3 if re.search(r"three|trio", m.words) else 2
    only = said == "another" and m.place == "agent" and before is None  # "a boy was robbed by another boy"
    beside_him = m.kind == "member" and m.article == "new" and _WHILE.search(low, max(0, m.opens - 10), m.opens)
    one_more = beside_him and m.place == "subject" and not low.startswith("-", m.end)
    if said in _APART and (apart or m.sex or one_more) and not only:
        return NUMBERS[said or ""]
    beside = before is not None and not before.plural and m.noun and joined(low, before.end, m.start)
    return 2 if beside or came_with(low, m) else 1
