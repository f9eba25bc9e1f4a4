"""What a noun's phrase and its place in the sentence say: article, adjectives, number, sex, subject or object."""

from __future__ import annotations

import re

from linkage.intake.cues import cue, nouns, people_words
from linkage.intake.headcount import NUMBERS
from linkage.intake.mention import FEMALE, MALE, ORDINALS, Mention
from linkage.intake.patterns import compiled

_CONJUNCTIONS = frozenset(
    ("and", "but", "then", "when", "while", "whilst", "as", "that", "because", "where", "until", "before", "after",
     "if", "so", "once", "which", "however", "later", "eventually", "luckily", "or", "although", "though", "since",
     "&", "+", "like", "unless", "cos", "coz", "afterwards", "meanwhile", "instead", "basically", "think", "says")
)  # fmt: skip
_HOLDS = frozenset(
    ("believe", "believes", "believed", "think", "thinks", "say", "says", "said", "fear", "suspect", "allege")
)
"""Verbs after which a clause of its own may begin: "detectives believe a businessman drugged her"."""

_COPULAS = frozenset(("is", "was", "are", "were", "be", "been", "am", "being", "it's", "'s"))
_NEW = frozenset(("a", "an", "another", "one", "some", "1", "any", "two", "three", "four", "five", "six", "several",
                  "both", "2", "3", "4", "5", "6"))  # fmt: skip
_OWN = frozenset(("my", "our", "his", "her", "their", "your", "ur", "yr"))
_DETERMINER = compiled(
    r"\b(?:the|this|that|these|those|an?|another|one(?: of the)?|two|three|four|five|six|[1-6]|some|several|both"
    r"|any|no|each|my|our|his|her|their|your|ur|(?:[\w-]+)'s|[\w-]+s')\s+(?P<mods>(?:[\w'-]+[ ,]+){0,6})$"
)
_WORD = compiled(r"\b(?=\w)")
_OWN_NUMBER = compiled(r"\b(?:my|our|his|her|their)\s+$")
_OWNERS = compiled(r"\b(?:the|an?|his|her|my|our|one)\s+(?:(?!of\b)[\w-]+\s+)?$")
_ADJECTIVES = compiled(
    r"(?:\b(?:white|black|asian|young|old|older|tall|short|middle[- ]aged|elderly|unknown|male|female|fat|thin"
    r"|mixed race|\d\d[- ]year[- ]old)\s+)+$"
)
_TOLD_APART = compiled(r"^(?:my|our|his|her|their|your)\b|\d|\b(?:about|aged|early|mid|late)\b")
"""In "took my bag, about 30, tall man" the bag is not the man."""

_RIDERS = frozenset(("cyclist", "motorcyclist", "biker", "rider"))
"""Nouns that take each other up: "a cyclist slapped her ... the rider was"."""

_DRIVERS = frozenset(("cabbie", "cabby", "cabman", "trucker", "minicabber"))
_GROUPS = {"couple": 2, "pair": 2, "duo": 2, "trio": 3}
_PLURAL = frozenset(("people", "staff", "police", "gang", "group", "children", "kids", "parents", "crew", *_GROUPS))
_POINTS = compiled(
    r"\b(?:he|him|his|she|her|hers|i|me|my|we|us|our|they|them|their|himself|herself|one|first|second|third|other)\b"
)
_NOT_HER = compiled(
    r"\s+(?!(?:and|but|to|by|on|in|into|with|at|up|down|off|from|out|over|as|for|the|a|when|while|that|if|then"
    r"|again|because|so|about|around|back|until|against|before|after|away)\b)\w"
)
_PEOPLE_WORDS = compiled(
    rf"\b(?:{nouns('male')}|{nouns('female')}|{nouns('reported')}|{nouns('harmed')}|{nouns('bystander')})\b"
)
_DID = compiled(r"\s+(?:\w+ly\s+)?\w+(?<!ag)(?<!dress)(?<!mask)(?<!arm)ed\s")
"""Behind a person between an article and a noun: a verb with the noun as its object: "a thief hit staff"."""

_OWNED = compiled(r"\b[\w-]+(?:'s|s')(?:\s|$)")
_STOPS = compiled(r"[.!?;:\n()]\s")
_TAIL = compiled(r"(?:(?<=[\s,])|^)(?:[\w'-]+ ){0,4}$")
_COUNTED = compiled(r"[\w']+(?: of(?= \w+$))?")
_TIMES = compiled(r"\s*\(?x ?([2-6])\b")
_GROUP_OF = compiled(r"\b(couple|pair|group|gang)\s+of\s*(\w+)?")
_CLAUSE = compiled(r"[\w'-]+|[&+]|[.,;:!?\n(–-]")
_TIME_OR_PLACE = compiled(r"\d+|[ap]m|hrs|hours|street|road|lane")
_SEXES = compiled(r"\b(female|woman|lady|girl|male|man|gay|guy|lad|bloke)\b")
_WOMEN = ("female", "woman", "lady", "girl")


def read_phrase(low: str, made: Mention, opening: int) -> None:
    """Where the noun phrase begins, its article, its adjectives and its number."""
    before = low[max(opening, made.start - 70) : made.start]
    before = _STOPS.split(before)[-1]
    openers = [opener.start() for opener in _WORD.finditer(before)]
    opened = (_DETERMINER.match(before, opener) for opener in reversed(openers))
    whole = (one for one in opened if one is not None and _determines(one))
    found = next((one for one in whole if not (made.kind == "member" and _of_another(one["mods"]))), None)
    if found is not None:
        word = found.group(0).split()[0]
        made.opens = made.start - (len(before) - found.start())
        made.article = "new" if word in _NEW else "own" if word in _OWN or "'" in word else "known"
        made.before = found.group(0).strip()
        if (whose := _OWN_NUMBER.search(before, 0, found.start())) and word in NUMBERS:  # "his two accomplices"
            made.opens, made.article = made.opens - len(whose.group(0)), "own"
            made.before = f"{whose.group(0)}{made.before}"
        if "'" in word and (owner := _OWNERS.search(before, 0, found.start())):  # "the man's girlfriend"
            made.opens -= len(owner.group(0))
    else:
        tail = _TAIL.search(before)
        words = tail.group(0) if tail else ""
        words = "" if made.kind == "member" and _of_another(words) else words
        made.before = words.strip()
        adjective = _ADJECTIVES.search(words)
        made.opens = made.start - (len(adjective.group(0)) if adjective else 0)
    _number(low, made)


def _of_another(words: str) -> bool:
    """Whether words before "one" tell of somebody else: "one black and one white"."""
    return words.rstrip().endswith(" and")


def _determines(found: re.Match[str]) -> bool:
    """Whether words from an article on are all of one noun's phrase."""
    return not (
        found["mods"].rstrip().endswith(",")
        or cue("not_premodifier").search(found["mods"])
        or _pattern_inside(found["mods"])
        or ("," in found["mods"] and _TOLD_APART.search(found.group(0)))
    )


def _pattern_inside(mods: str) -> bool:
    """Whether words between article and noun hold another person."""
    if _POINTS.search(mods):
        return True
    person = _PEOPLE_WORDS.search(mods)
    return person is not None and ("," in mods or _DID.match(mods, person.end()) is not None)


def _number(low: str, made: Mention) -> None:
    words = made.words
    ends_plural = words.endswith(("men", "women", "ies")) or (words.endswith("s") and words[-2:] not in ("ss", "'s"))
    counts = made.kind in ("reported", MALE, FEMALE, "harmed", "bystander", "person")
    made.plural = words in _PLURAL or (counts and ends_plural and not words.endswith("ess") and words != "ps")
    said = [w for w in _COUNTED.findall(made.before) if w in NUMBERS]
    counted = next((NUMBERS[w] for w in said if w not in ORDINALS), 0)
    times = _TIMES.match(low[made.end : made.end + 6])
    counted = int(times[1]) if times else counted
    group = _GROUP_OF.search(low[max(0, made.start - 24) : made.start])
    counted = max(counted, NUMBERS.get(str(group[2]), 2)) if group else counted
    opener = made.before.split()[0] if made.before else ""
    bare_plural = (
        made.kind == MALE and NUMBERS.get(opener, 0) > 1 and opener not in ORDINALS and made.before.count(" ") < 2
    )
    made.plural = made.plural or bare_plural  # "two boy with one motorbike"
    made.count = counted if made.plural else 1
    made.count = _GROUPS.get(words, made.count)
    made.heads = {words.removesuffix("s"), words.split()[-1].removesuffix("s")} if words else set()
    if not _RIDERS.isdisjoint(made.heads):
        made.heads |= _RIDERS
    if not _DRIVERS.isdisjoint(made.heads):
        made.heads.add("driver")


def place_of(low: str, opens: int, opening: int, bare: bool) -> str:
    """Which place in its clause the words from `opens` on have: subject, object or agent."""
    clause = _CLAUSE.findall(low[max(opening, opens - 40) : opens])
    if not clause:
        return "subject"
    last = clause[-1]
    if last == "by":
        return "agent"
    if last in _COPULAS:
        return "predicate"
    if last in _CONJUNCTIONS or last in _HOLDS or not last[0].isalnum() or last in ("also", "suddenly", "both"):
        return "subject"
    if bare and _TIME_OR_PLACE.fullmatch(last):
        return "subject"
    return "object"


def sex_of(made: Mention) -> str | None:
    """The sex that the words of a mention tell, if any."""
    if made.kind in (MALE, FEMALE):
        return made.kind
    said = _SEXES.findall(f"{_OWNED.sub('', made.before)} {made.words}")
    if said:
        return FEMALE if said[-1] in _WOMEN else MALE
    sexes = people_words()["sexes"]
    words = made.words.removesuffix("'s")
    return FEMALE if re.fullmatch(sexes["female"], words) else MALE if re.fullmatch(sexes["male"], words) else None


def owns(low: str, made: Mention) -> bool:
    """Whether a mention is the owner of what comes after it, as in "his car"."""
    if made.words in ("his", "my", "our", "their"):
        return True
    return made.words == "her" and _NOT_HER.match(low[made.end : made.end + 12]) is not None
