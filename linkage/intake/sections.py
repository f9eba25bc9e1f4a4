"""Headings of a form or a note that say whose the words below them are: "Victim:", "Description of witness:"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from linkage.intake.mention import REPORTED, Mention
from linkage.intake.patterns import compiled

_HEADING = compiled(
    r"(?:^|\n|(?<=[.;!?|]\s))[ \t]*+(?:[*•-]++[ \t]*+)?(?:[Qq]?\d{1,2}[.)]?[ \t]++)?"
    r"(?P<words>[A-Za-z][A-Za-z '/’()]{1,44}?(?:\s?[1-6A-F])?)"
    r"[ \t]*(?:[:–—?|=]|\.{4,})(?=\s)",
    re.M,
)
_SIGN = compiled(r"(?:[:–—?|=]|\.{4})(?=\s)")
"""What ends a heading."""
_HARMED = (
    "victim|vic|complainant|ip|injured (?:party|person)|aggrieved|survivor|worker|escort|reporter|informant|caller|me"
    "|you|yourself|reporting person|s/?u|service user|resident|rp|[vy]p|wkr|mine|ours|(?:my|our|her) own"
    "|our (?:lad|girl|wkr|worker|colleague|service user|su)|(?:member|person) (?:affected|attacked|harmed)"
)
_WITNESS = (
    "(?:eye-?)?witness(?:es)?|wit|bystanders?|third part(?:y|ies)|staff|friends?|other people(?: present)?"
    "|other people there|others present|anyone who helped|(?:those|people|man|woman|couple) who helped"
    "|(?:the |my |our |her )?(?:joggers?|neighbours?|receptionist|maid|nurse|paramedics?|shopkeeper|cleaner|caretaker"
    "|passers?[ -]?by|dog[ -]?walkers?|colleague|flatmate|housemate|rescuers?|helpers?|members? of (?:the )?public)"
)
_DETAILS = (
    "details?|descriptions?|desc|info(?:rmation)?|appearance|profile|looks?|particulars|age|build|height|hair|clothing"
    "|vehicle|car|ethnicity|ethnic (?:origin|group|background)|race|nationality|gender|sex"
    "|complexion|skin colour|eyes"
)


@cache
def _owned(person: str) -> re.Pattern[str]:
    """Headings that ask for a person ("Victim 1", "Witness's description", "Details of the victim")."""
    return re.compile(
        rf"(?:the\s+)?(?:{person})(?:'?s'?)?(?:\s+(?:{_DETAILS}))?(?:\s*[1-6]|\s+[a-f])?"
        rf"|(?:(?:{_DETAILS})|about|describe)\s+(?:of|about|for)?\s*(?:the\s+|any\s+)?(?:{person})"
    )


_OWN = compiled(
    rf"(?:your|my)\s+(?:own\s+)?(?:{_DETAILS})|about (?:you|me)"
    r"|(?:what were you|were you) wearing|what (?:you|i) (?:were|was) wearing|what did you have on"
)
_ASKED = compiled(
    r"(?!(?:have|did) you (?:seen?|know|spot(?:ted)?) (?:this|these|him|them|the)\b)"
    r"(?:did|was|were|has|have|who else|anyone)\b(?!.*\bwith (?:him|her|them)\b)"
    r".*\b(?:see|saw|seen|help|helped|witness|witnesses|there)\b"
)
_DESCRIBES = compiled(
    r"^who\b(?! (?:saw|helped|else|was there))|\b(?:offender|suspect|attacker|perpetrator|perp|describe|description"
    r"|appearance|look(?:ed)? like|the (?:person|man|woman)|about (?:him|her|them)|client|punter)\b"
)
_ITEM = compiled(r"(?:^|(?<=[.!?] )|\n)(?:agenda )?item (?:no\.? )?\d+\b")
_HIS_LETTERS = frozenset("sop")
"""Letters that may stand for a suspect, an offender or a punter."""
_A_MAN = compiled(r"[^.\n]{0,60}?\b(?:man|men|male|males|bloke|guy|lad|youth|w/m|offender|suspect|punter|client)\b")
_LEAST_ITEMS = 2
_BLANK = compiled(r"\n[ \t]*\n")


class Section(NamedTuple):
    """Where words stand under a heading, and whose they are: "reported" where the heading does not say otherwise.

    `describes` tells that the heading asks for the reported person ("Who:", "Description of offender:").
    """

    start: int
    end: int
    role: str
    describes: bool


def sections(text: str, low: str) -> list[Section]:
    """The parts of a text under headings, in order; empty when it has none."""
    found = list(_HEADING.finditer(text)) if _SIGN.search(text) else []
    made: list[Section] = []
    for at, heading in enumerate(found):
        end = found[at + 1].start("words") if at + 1 < len(found) else len(text)
        blank = _BLANK.search(text, heading.end(), end)
        words = re.sub(r"\s+", " ", low[heading.start("words") : heading.end("words")]).strip()
        letter = len(words) == 1 and text[heading.end() - 1] == "=" and words not in _HIS_LETTERS
        role = _role(words, letter and _A_MAN.match(low, heading.end()) is None)
        describes = role == "reported" and _DESCRIBES.search(words) is not None
        made.append(Section(heading.start("words"), blank.start() if blank else end, role, describes))
    return made


def idle_items(low: str, people: Iterable[Mention]) -> list[tuple[int, int]]:
    """The items of minutes ("Item 5.") that tell of nobody reported, where another item does."""
    starts = [found.start() for found in _ITEM.finditer(low)] if "item " in low else []
    if len(starts) < _LEAST_ITEMS:
        return []
    told = {bisect_right(starts, one.start) for one in people if one.role == REPORTED} - {0}
    spans = zip(starts, [*starts[1:], len(low)], strict=True)
    return [span for at, span in enumerate(spans, 1) if told and at not in told]


def _role(words: str, letter: bool) -> str:
    """Whose words stand under a heading; `letter` for one that stands for a worker, as in a project's "K = 24"."""
    if letter or _owned(_HARMED).fullmatch(words) or _OWN.fullmatch(words):
        return "harmed"
    return "bystander" if _owned(_WITNESS).fullmatch(words) or _ASKED.match(words) else "reported"
