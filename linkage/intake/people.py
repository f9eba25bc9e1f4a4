"""Who is spoken of where in a narrative: mentions of the reported people, the harmed person and bystanders."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

REPORTED, HARMED, BYSTANDER = "reported", "harmed", "bystander"

MOST_PEOPLE = 6
"""Reported people told apart in one narrative [G]."""

_NUMBERS = {
    "one": 1, "1": 1, "first": 1, "1st": 1, "former": 1, "two": 2, "2": 2, "second": 2, "2nd": 2, "other": 2,
    "another": 2, "latter": 2, "three": 3, "3": 3, "third": 3, "3rd": 3, "four": 4, "4": 4, "fourth": 4, "4th": 4,
    "five": 5, "5": 5, "six": 6, "6": 6, "couple of": 2, "pair of": 2, "group of": 2, "gang of": 2, "several": 2,
}  # fmt: skip
_CONJUNCTIONS = frozenset(
    ("and", "but", "then", "when", "while", "whilst", "as", "that", "because", "where", "until", "before", "after",
     "if", "so", "once", "which", "however", "later", "eventually", "luckily", "or")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for somebody. `people` are indexes of reported people, for role "reported" only.

    `governs` says whether a description that follows in the sentence is about this person: true for subjects and for
    people newly introduced ("approached by a man, 30s"), false for "grabbed the woman".
    """

    start: int
    end: int
    role: str
    people: frozenset[int]
    noun: bool
    possessive: bool
    governs: bool


@dataclass(frozen=True, slots=True)
class _Sexes:
    """What "he" and "she" stand for: a role, or None when it depends on who was named last."""

    he: str | None
    she: str | None


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("linkage.vocabulary").joinpath("data/people_words.toml").read_text(encoding="utf-8"))


@cache
def _nouns(group: str) -> str:
    return "|".join(sorted(_table()[group]["nouns"], key=len, reverse=True))


@cache
def _pattern() -> re.Pattern[str]:
    groups = "|".join(rf"(?P<{g}>{_nouns(g)})" for g in ("bystander", "harmed", "reported", "male", "female"))
    return re.compile(
        rf"\b(?:{groups}|(?P<he>he|him|himself|his|he's)|(?P<she>she|her|herself|hers|she's)|(?P<i>i|me|my|myself|we|us|our|i'm)"
        r"|(?P<they>they|them|their|themselves)"
        r"|(?P<one>(?:the )?(?:first|second|third|fourth|other|latter|former)(?: one)?"
        r"|(?<!no )(?<!any)one(?: of (?:them|the (?:men|males))))"
        r"|(?P<alone>one)(?= (?:was|is|had|has|wore|with|wearing|described|being)\b| ?[,:(]))\b"
    )


@cache
def _attack() -> str:
    return "|".join(_table()["verbs"]["attack"])


@cache
def _help() -> re.Pattern[str]:
    return re.compile(rf"[^.!?\n]{{0,40}}?\b(?:{'|'.join(_table()['verbs']['help'])})")


def count_people(low: str) -> int:
    """How many reported people lower-case text speaks of, as far as it says; at least 1, at most `MOST_PEOPLE`."""
    plural = rf"(?:{_nouns('male')}|{_nouns('reported')}|people|persons)"
    pattern = rf"\b({'|'.join(_NUMBERS)})\b(?!(?<=of) (?:[2-6]|two|three|four|five|six)\b)"
    pattern += rf"(?:(?:unknown|other|more|[\w'-]+)[ ,-]+|\s){{0,4}}?\b({plural})\b"
    most = 1
    for found in re.finditer(pattern, low):
        ordinal, noun = found.group(1), found.group(2)
        if _helps(low, found.end()) or "worker" in found.group(0) or re.search(r"[.;!?]", found.group(0)):
            continue
        if ordinal in ("one", "1", "first", "1st", "former"):
            continue
        plural_noun = noun.endswith(("s", "men", "people", "gang"))
        counts = ordinal in ("second", "2nd", "other", "another", "third", "3rd", "fourth", "4th", "latter")
        if (plural_noun and not counts) or (counts and not plural_noun):
            most = max(most, _NUMBERS[ordinal])
    return min(most, MOST_PEOPLE)


def reported_is_female(low: str, known_sex: str | None) -> bool:
    """Whether the reported person is a woman: as known from the field, else as the text tells; else no."""
    if known_sex in ("male", "female"):
        return known_sex == "female"
    woman = r"(?:wom[ae]n|females?|lady|girl)"
    if re.search(
        rf"\b(?:{_nouns('reported')})\s+(?:was|is|were|described as)\s+(?:an?\s+)?(?:[\w'-]+[ ,]+){{0,4}}?{woman}\b",
        low,
    ):
        return True
    if re.search(rf"\b(?:female|woman|lady)\s+(?:{_nouns('reported')})\b", low):
        return True
    if re.search(
        rf"(?:^|[.!?\n]\s*){woman}\s*[,:]\s*(?:white|black|asian|aged?|\d|mid|early|late|approx|around|about)", low
    ):
        return True
    he = re.search(rf"\b(?:he|{_nouns('male')})\b", low) is not None
    named = re.search(rf"\b(?:i|me|my|{_nouns('harmed')})\b", low) is not None
    by_her = re.search(rf"\b(?:she|{woman})\s+(?:then\s+|also\s+)?(?:{_attack()})", low) is not None
    by_him = (
        re.search(rf"\b(?:he|{_nouns('male')}|{_nouns('reported')})\s+(?:then\s+|also\s+)?(?:{_attack()})", low)
        is not None
    )
    return (not he and named and by_her) or (by_her and not by_him and _harmed_is_male(low))


def _harmed_is_male(low: str) -> bool:
    harmed = rf"(?:{_nouns('harmed')})"
    return (
        re.search(rf"\b(?:male|man|gay|trans|transgender|transsexual)\s+{harmed}\b", low) is not None
        or re.search(rf"\b{harmed}\s*(?:,|was|is|\()\s*(?:an?\s+)?(?:[\w'-]+\s+){{0,4}}?(?:male|man)\b", low)
        is not None
    )


def mentions(low: str, known_sex: str | None = None) -> list[Mention]:
    """All mentions in lower-case text, in order. `known_sex` is the reported person's, where a field gives it."""
    sexes = _sexes(low, known_sex)
    count = count_people(low)
    pair = _man_and_woman(low) if count == 1 else None
    count = 2 if pair is not None else count
    found: list[Mention] = []
    current, last_role = 0, REPORTED
    for one in _pattern().finditer(low):
        group = str(one.lastgroup)
        if group in ("one", "alone") and (count == 1 or _followed_by_person(low, one.end())):
            continue
        if group in ("male", "female") and _followed_by_person(low, one.end()):
            continue
        role = _role(group, low, one, sexes, last_role)
        if pair is not None and group == "female" and one.start() == pair:
            role = REPORTED
        who = _who(low, one, group, count, current) if role == REPORTED else frozenset()
        mention = _mention(low, one, group, role, who if pair != one.start() else frozenset((1,)))
        found.append(mention)
        if mention.noun and mention.governs:
            last_role = role
        if len(who) == 1:
            current = next(iter(mention.people))
    return found


def _sexes(low: str, known_sex: str | None) -> _Sexes:
    speaker = re.search(r"\b(?:i|me|my)\b", low) is not None
    if reported_is_female(low, known_sex):
        other_woman = re.search(rf"\b(?:female|woman)\s+(?:{_nouns('harmed')})\b", low) is not None
        return _Sexes(HARMED, None if other_woman and not speaker else REPORTED)
    return _Sexes(None if _harmed_is_male(low) and not speaker else REPORTED, HARMED)


def _role(group: str, low: str, found: re.Match[str], sexes: _Sexes, last_role: str) -> str:
    if group in (BYSTANDER, HARMED):
        his = re.search(r"\bhis (?:\w+ )?$", low[max(0, found.start() - 20) : found.start()]) is not None
        partner = (
            his and re.fullmatch(r"friends?|mates?|partner|colleagues?|wife|girlfriend", found.group(0)) is not None
        )
        return BYSTANDER if group == BYSTANDER or partner else HARMED
    if group in (REPORTED, "male", "one", "alone"):
        helper = group in (REPORTED, "male") and _helps(low, found.end())
        return BYSTANDER if helper else REPORTED if sexes.he != HARMED or group != "male" else HARMED
    if group == "female":
        return sexes.she or last_role
    if group == "they":
        return last_role
    return {"he": sexes.he, "she": sexes.she, "i": HARMED}[group] or last_role


def _who(low: str, found: re.Match[str], group: str, count: int, current: int) -> frozenset[int]:
    """Indexes of the reported people a mention stands for."""
    if count == 1:
        return frozenset((0,))
    words = found.group(0)
    everybody = frozenset(range(count))
    if group == "they":
        return everybody
    if group in ("he", "she"):
        return frozenset((current,))
    number = next((_NUMBERS[w] for w in re.findall(r"\w+", words) if w in _NUMBERS), None)
    before = re.search(
        r"\b(first|second|third|fourth|1st|2nd|3rd|other|another|one)\s+(?:[\w'-]+\s+){0,3}?$",
        low[max(0, found.start() - 40) : found.start()],
    )
    after = re.match(
        r"\s*(?:no\.?|number)?\s*[(#]?([1-6])\b(?!\s*(?:ft|foot|['’]|years?|st\b|stone|:))", low[found.end() :][:14]
    )
    if after:
        number = int(after.group(1))
    elif number is None and before and not re.search(r"[.;!?]", before.group(0)):
        number = _NUMBERS[before.group(1)]
    if number is not None:
        return frozenset((min(number, count) - 1,))
    if words in ("driver", "passenger"):
        return frozenset((1 if words == "passenger" else 0,))
    return everybody if words.endswith("men") or words.endswith("s") or words == "gang" else frozenset((current,))


def _mention(low: str, found: re.Match[str], group: str, role: str, who: frozenset[int]) -> Mention:
    words = found.group(0)
    noun = group not in ("he", "she", "i", "they")
    own = _possessive(low, found, words)
    governs = _noun_governs(low, found) if noun else words in ("he", "she", "i", "we", "they", "he's", "she's", "i'm")
    if not noun and not governs:
        governs = re.match(r"\s+as\b", low[found.end() :]) is not None or (own and _starts_clause(low, found.start()))
    return Mention(found.start(), found.end(), role, who, noun, own, governs)


def _possessive(low: str, found: re.Match[str], words: str) -> bool:
    if words in ("his", "my", "our", "their"):
        return True
    if words == "her":
        return (
            re.match(
                r"\s+(?!(?:and|but|to|by|on|in|into|with|at|up|down|off|from|out|over|as|for|the|a|when|while)\b)\w",
                low[found.end() :],
            )
            is not None
        )
    return re.match(r"['’]s?\s", low[found.end() :]) is not None


def _noun_governs(low: str, found: re.Match[str]) -> bool:
    """Whether a noun is a subject, or newly introduced, or is described at once ("the man, who was ...")."""
    after = low[found.end() :][:24]
    if re.match(r"\s*(?:[,(]\s*)?(?:who\b|whose\b|aged\b|described\b|is described|was described|as\b|\()", after):
        return True
    before = low[max(0, found.start() - 60) : found.start()]
    phrase = re.search(
        r"(?:\b(?:the|a|an|this|that|another|one|two|three|some|both)\s+)?(?:[\w'-]+[ ,]+){0,4}?$", before
    )
    clause = re.split(r"[.!?;:\n(]", before)[-1]
    article = list(re.finditer(r"\b(the|a|an|this|that|another|one|two|three|our|my|his|her)\s", clause))
    if article and phrase:
        if article[-1].group(1) in ("a", "an", "another", "one", "two", "three"):
            return True
        clause = clause[: article[-1].start()]
    words = re.findall(r"[\w'-]+|,", clause)
    return (
        not words
        or words[-1] in _CONJUNCTIONS
        or words[-1] in (",", "was", "is", "were", "by", "from", "as")
        or not article
    )


def _starts_clause(low: str, start: int) -> bool:
    before = re.findall(r"[\w'-]+|[.,;:!?\n(]", low[max(0, start - 30) : start])
    return not before or before[-1] in _CONJUNCTIONS or not before[-1].isalnum()


def _followed_by_person(low: str, end: int) -> bool:
    """Whether another noun for a person follows at once: "male client", "woman driver", "female sex worker"."""
    after = re.match(r"\s+(?:[\w-]+\s+)?", low[end:])
    next_one = _pattern().match(low, end + 1) if low[end : end + 1] == " " else None
    return (
        bool(after) and next_one is not None and next_one.lastgroup in (BYSTANDER, HARMED, REPORTED, "male", "female")
    )


def _helps(low: str, end: int) -> bool:
    return _help().match(low, end) is not None


def _man_and_woman(low: str) -> int | None:
    """Start of "woman" in "a man and a woman" where somebody else was harmed; else None."""
    pair = re.search(
        r"\b(?:man|male|bloke|guy)\s+and\s+(?:an?|his|one)\s+(?:[\w'-]+\s+){0,3}?(wom[ae]n|female|girl|lady)\b", low
    )
    named = re.search(rf"\b(?:i|me|my|{_nouns('harmed')})\b", low)
    return pair.start(1) if pair and named else None
