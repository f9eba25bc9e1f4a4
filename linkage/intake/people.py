"""Who is spoken of where in a narrative: mentions of the reported people, the harmed person and bystanders."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from linkage.intake.headcount import NUMBERS, count_people, harmed_is_male, helps, nouns, reported_is_female

REPORTED, HARMED, BYSTANDER = "reported", "harmed", "bystander"

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
def _pattern() -> re.Pattern[str]:
    groups = "|".join(rf"(?P<{g}>{nouns(g)})" for g in ("bystander", "harmed", "reported", "male", "female"))
    return re.compile(
        rf"\b(?:{groups}|(?P<he>he|him|himself|his|he's)|(?P<she>she|her|herself|hers|she's)|(?P<i>i|me|my|myself|we|us|our|i'm)"
        r"|(?P<they>they|them|their|themselves)"
        r"|(?P<one>(?:the )?(?:first|second|third|fourth|other|latter|former)(?: one)?"
        r"|(?<!no )(?<!any)one(?: of (?:them|the (?:men|males))))"
        r"|(?P<alone>one)(?= (?:was|is|had|has|wore|with|wearing|described|being)\b| ?[,:(]))\b"
    )


def mentions(low: str, known_sex: str | None = None) -> list[Mention]:
    """All mentions in lower-case text, in order. `known_sex` is the reported person's, where a field gives it."""
    sexes = _sexes(low, known_sex)
    count = count_people(low)
    lettered = re.search(r"\b(?:offender|suspect|man|male|subject)\s+b\b", low) is not None
    pair = _man_and_woman(low) if count == 1 else None
    count = 2 if pair is not None else count
    found: list[Mention] = []
    current, last_role = 0, REPORTED
    speaker = re.search(r"\b(?:i|me|my)\b", low) is not None
    for one in _pattern().finditer(low):
        group = str(one.lastgroup)
        if group in ("one", "alone") and (count == 1 or _followed_by_person(low, one.end())):
            continue
        if group in ("male", "female") and _followed_by_person(low, one.end()):
            continue
        role = _role(group, low, one, sexes, last_role)
        of_pair = pair is not None and (one.start() == pair or (speaker and group in ("female", "she")))
        if of_pair:
            role = REPORTED
        who = _who(low, one, group, count, current, lettered) if role == REPORTED else frozenset()
        if of_pair or (pair is not None and group == "he" and role == REPORTED):
            who = frozenset((1 if of_pair else 0,))
        same = found[-1] if group in ("male", "female") and found and _said_of(low, found[-1], one.start()) else None
        if same is not None:
            role, who = same.role, same.people
        elif group == BYSTANDER and count > 1 and one.group(0) in _MATES and low[: one.start()].endswith("his "):
            role, who = REPORTED, frozenset((1,))
        mention = _mention(low, one, group, role, who)
        found.append(mention)
        if mention.noun and mention.governs:
            last_role = role
        if len(who) == 1:
            current = next(iter(mention.people))
    return found


def _sexes(low: str, known_sex: str | None) -> _Sexes:
    speaker = re.search(r"\b(?:i|me|my)\b", low) is not None
    if reported_is_female(low, known_sex):
        other_woman = re.search(rf"\b(?:female|woman)\s+(?:{nouns('harmed')})\b", low) is not None
        return _Sexes(HARMED, None if other_woman and not speaker else REPORTED)
    return _Sexes(None if harmed_is_male(low) and not speaker else REPORTED, HARMED)


def _role(group: str, low: str, found: re.Match[str], sexes: _Sexes, last_role: str) -> str:
    if group in (BYSTANDER, HARMED):
        his = re.search(r"\bhis (?:\w+ )?$", low[max(0, found.start() - 20) : found.start()]) is not None
        partner = (
            his and re.fullmatch(r"friends?|mates?|partner|colleagues?|wife|girlfriend", found.group(0)) is not None
        )
        return BYSTANDER if group == BYSTANDER or partner else HARMED
    if group in (REPORTED, "male", "one", "alone"):
        helper = group in (REPORTED, "male") and helps(low, found.end())
        return BYSTANDER if helper else REPORTED if sexes.he != HARMED or group != "male" else HARMED
    if group == "female":
        return sexes.she or last_role
    if group == "they":
        return last_role
    return {"he": sexes.he, "she": sexes.she, "i": HARMED}[group] or last_role


_MATES = frozenset(("mate", "friend", "pal", "brother", "cousin", "companion"))
_SAID_OF = re.compile(
    r"\s*,?\s*(?:who\s+)?(?:(?:is|was|are|were|appeared to be)\s+|,\s*)(?:described as\s+)?(?:an?|the)\s+"
    r"(?:[\w'-]+[ ,]+){0,5}"
)


def _said_of(low: str, before: Mention, start: int) -> bool:
    """Whether a noun only says what the person before it is: "the manager, who is a tall man"."""
    return not before.possessive and _SAID_OF.fullmatch(low, before.end, start) is not None


def _who(
    low: str, found: re.Match[str], group: str, count: int, current: int, lettered: bool = False
) -> frozenset[int]:
    """Indexes of the reported people a mention stands for."""
    if count == 1:
        return frozenset((0,))
    words = found.group(0)
    everybody = frozenset(range(count))
    if group == "they":
        return everybody
    if group in ("he", "she"):
        return frozenset((current,))
    number = next((NUMBERS[w] for w in re.findall(r"\w+", words) if w in NUMBERS), None)
    before = re.search(
        r"\b(first|second|third|fourth|1st|2nd|3rd|other|another|one)\s+(?:[\w'-]+\s+){0,3}?$",
        low[max(0, found.start() - 40) : found.start()],
    )
    after = re.match(
        r"\s*(?:no\.?|number)?\s*[(#]?([1-6])\b(?!\s*(?:ft|foot|['’]|years?|st\b|stone|:\d))", low[found.end() :][:14]
    )
    letter = re.match(r"\s+([a-f])\b", low[found.end() :][:4]) if lettered else None
    if letter:
        number = "abcdef".index(letter.group(1)) + 1
    elif after:
        number = int(after.group(1))
    elif number is None and before and not re.search(r"[.;!?]", before.group(0)):
        number = NUMBERS[before.group(1)]
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


def _man_and_woman(low: str) -> int | None:
    """Start of "woman" in "a man and a woman" where somebody else was harmed; else None."""
    pair = re.search(
        r"\b(?:man|male|bloke|guy)\s+and\s+(?:an?|his|one)\s+(?:[\w'-]+\s+){0,3}?(wom[ae]n|female|girl|lady)\b", low
    )
    pair = pair or re.search(r"\ba (couple)\b(?! of)", low)
    named = re.search(rf"\b(?:i|me|my|{nouns('harmed')})\b", low)
    return pair.start(1) if pair and named else None
