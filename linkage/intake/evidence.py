"""What the words around a mention say of a person's part: did they attack, were they attacked, did they help."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from linkage.intake.cues import cue, nouns, people_words, verbs
from linkage.intake.patterns import compiled

_CLAUSE = 140
"""Characters after a person in which a deed may still be theirs [G]."""

_KEPT = 512
"""Answers kept: a narrative is read two or three times over, and the same words are asked about many times."""

_WORKS = compiled(r"driver|cabb|landlord|police|officer|security|guard|doctor|manager|doorm|bouncer|porter")
_PASSIVE = compiled(
    r"\b(?:was|were|been|being|got|is|are|be|not|never|n't)\s+(?:\w+ly\s+|half\s+|almost\s+|twice\s+){0,3}$"
    r"|\b(?:was|were|been|being|got)\s+[\w-]+(?:ed|en|n)\b[^,;]*\band\s+(?:then\s+|\w+ly\s+)?$"
)
_TO_SELF = compiled(r"\w*\s+(?:himself|herself|themselves|myself)\b")
_OF_A_CRIME = compiled(
    r"\b(?:investigat\w+|prob(?:e|es|ing)|looking into|hunt\w*|in connection with|inquir\w+|enquir\w+"
    r"|(?:on )?suspicion of|suspected of|accused of|arrested (?:for|over)|cleared of)\s+"
    r"(?:(?:an?|the|her|two|three|this|a series of|sexually|attempting to|attempted)\s+)*(?:[\w-]+\s+)?$"
)
"""Before a deed that is only looked into or alleged: "officers investigating the kidnap of", "on suspicion of"."""

_REDUCED = compiled(
    r"\s+(?:stabbed|attacked|robbed|raped|punched|assaulted|beaten|hit|kicked|strangled|abducted|kidnapped|mugged|groped|threatened"
    r"|slashed|drugged|tricked|conned|targeted|held|lured)\s+(?:with|by|in|at|on|outside|near|after|while|as|during|inside|over|twice)\b"
    r"[^.;]*?\b(?:has|had|have|is|was|were|says|said|told)\b"
)
"""A participle that only says of which person is told: "a barmaid stabbed with a glass has given ..."."""

_HAD_DONE = compiled(r"\bhad (?:her|his|their|my) (?:[\w-]+ ){1,2}$")
_PARENTHESIS = compiled(
    r",(?!\s*(?!believed|described|reported|alleged)\w+ed\s+(?:her|him|me|the|to|an?|his|my)\b)[^,]{0,60},"
)
"""What is inserted between commas, but not one of several deeds: "barred the way, threatened to rape her, and"."""

_APPOSED = compiled(
    r"^\s*,\s(?!who\b)[^;:!?]{1,110}?,\s+(?=(?:also\s+|then\s+)?(?:heard|saw|came|ran|took|was|is|were|had|has|told|said"
    r"|drove|gave|left|let|got"
    r"|put|threw|held|bit|hit|went|rang|found|made|kept|stood|caught|led|brought|tried"
    r"|(?!aged|tattooed|bearded|retired|masked|hooded|dressed|named|called)[a-z]+ed)\b)"
)
"""What a person is said to be, up to what they do: ", Kev, a bald man of 50, heard the noise"."""


_UNDERGONE = compiled(
    r"\b(?:(?:suffer|sustain|escap|surviv|endur|receiv|report|witness|recover|foil|thwart|describ|recall|reliv|fend"
    r"|interrupt|disturb)\w*|victims? of)"
    r"\s+(?:off\s+|from\s+|of\s+)?(?:(?:an?|the|this|that|two|her|his|their|another)\s+)?"
    r"(?:(?!and\b|then\b|who\b|with\b)[\w-]+\s+){0,4}$"
)
_VERB_ENDS = compiled(r"\w*ed\b")
"""Of a word that tells a deed, and no thing that is suffered: "suffered an assault", not "escaped, assaulted"."""


@lru_cache(_KEPT)
def _deeds(words: str) -> str:
    """The words without what is only said of a person between commas."""
    return _PARENTHESIS.sub(" ", _APPOSED.sub(" ", words))


@cache
def _clause_end() -> re.Pattern[str]:
    people = "|".join(nouns(group) for group in ("male", "female", "reported", "harmed", "bystander"))
    return compiled(
        r"[.!?;\n]|\b(?=[bhistuw])(?<!stayed )(?<!remained )"
        r"(?:when|while|before|until|because|but|where|he|she|they|i)\b"
        r"|\bafter\b(?<!looked after)(?<!looking after)(?<!ran after)(?<!went after)(?<!rode after)"
        rf"|\band\s+(?:(?:he|she|they|i)\b|(?:the|an?|two)\s+(?:[\w-]+\s+){{0,2}}(?:{people})\b)"
    )


@cache
def _somebody_else(*groups: str) -> re.Pattern[str]:
    return compiled(rf"\b(?:{'|'.join(nouns(group) for group in groups)})\b")


@cache
def _and_another() -> re.Pattern[str]:
    return compiled(rf"^\s+and\s+(?:an?\s+)?(?:\w+\s+)?(?:{nouns('male')}|{nouns('female')})\b")


def clause(low: str, end: int, stop: int) -> str:
    """The words after a mention that may say what this person did: to the next clause, or the end of the sentence."""
    reach = low[end : min(stop, end + _CLAUSE)]
    found = _clause_end().search(reach)
    asks = cue("asks_ok").match(reach) if found else None
    if asks is not None:
        return reach[: asks.end()]
    return reach[: found.start()] if found else reach


def _done(group: str, opened: str) -> Iterator[re.Match[str]]:
    """The words of a deed, but not where a deed is what somebody suffered, saw or reported: "survived a stabbing"."""
    for deed in verbs(group).finditer(opened):
        if _VERB_ENDS.match(opened, deed.start()) or not _UNDERGONE.search(opened[: deed.start()]):
            yield deed


@lru_cache(_KEPT)
def attacks(words: str) -> bool:
    """Whether a person of whom `words` are told did what only a reported person does."""
    if _REDUCED.match(words):
        return False
    opened = _deeds(words)
    found = next((deed for group in ("attack", "deeds") for deed in _done(group, opened)), None)
    if found is None:
        return False
    before = opened[: found.start()]
    passive = _PASSIVE.search(before) or _HAD_DONE.search(before)
    other = _somebody_else("male", "reported").search(before) or _TO_SELF.match(opened, found.end())
    alleged = _OF_A_CRIME.search(before)
    return passive is None and other is None and alleged is None and len(before.split()) <= 12


def cleared(words: str) -> bool:
    """Whether it is told of somebody that they are none of those who are sought, or were let go."""
    return cue("not_him").search(words) is not None


def cleared_in(sentence: str) -> bool:
    """As `cleared`, wherever in the rest of the sentence that is told of somebody who was arrested."""
    return cue("let_off").search(sentence) is not None


def attacks_others(words: str) -> bool:
    """As `attacks`, but not where it is the reported person who is struck: "hit him and ran"."""
    return attacks(words) and cue("he_or_they").search(words) is None


@lru_cache(_KEPT)
def harmed(words: str) -> bool:
    """Whether it is told of a person that they were attacked, hurt, or told the police."""
    opened = _deeds(words)
    found = verbs("told").search(opened)
    return found is not None and len(opened[: found.start()].split()) <= 7


@lru_cache(_KEPT)
def done_to(words: str) -> bool:
    """Whether an attack is told of a person in the passive, or what they suffered by it."""
    if _REDUCED.match(words):
        return True
    opened = _deeds(words)
    return cue("done_to").search(opened) is not None or cue("suffered").search(opened) is not None


@lru_cache(_KEPT)
def helps(words: str) -> bool:
    """Whether a person helped, looked on or is sought as a witness."""
    words = _deeds(words)
    found = verbs("help").search(words)
    if found is None or len(words[: found.start()].split()) > 14:
        return False
    before = _and_another().sub("", words[: found.start()])
    return _somebody_else("male", "female", "reported").search(before) is None


@cache
def _perceiving() -> re.Pattern[str]:
    between = (
        "who|also|then|still|only|later|just|did|didn't|never|has|had|have|was able to|can|could|would|d|'d|ve|'ve"
    )
    words = "|".join(people_words()["verbs"]["perceives"])
    return compiled(rf"(?:[,']?\s*(?:{between})\b\s*)*\s*(?:{words})\b")


def perceives(low: str, end: int) -> bool:
    """Whether the words after a person make them one who looks or speaks: what follows is seldom about them."""
    return _perceiving().match(low, end) is not None


def may_turn(words: str) -> bool:
    """Whether somebody named so may be the reported or harmed person after all, when an attack is told of them."""
    return re.search(people_words()["bystander"]["helpers"], words) is None


def works(words: str) -> bool:
    """Whether the word is for somebody met at work or on the way, not a friend or relative."""
    return _WORKS.search(words) is not None
