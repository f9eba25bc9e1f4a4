"""Pronouns that stand for who was harmed, told by what is done to them: "two men robbed him", "he was not hurt"."""

from __future__ import annotations

from collections.abc import Sequence

from linkage.intake import evidence
from linkage.intake.cues import verbs
from linkage.intake.mention import FEMALE, HARMED, MALE, REPORTED, Mention
from linkage.intake.patterns import compiled
from linkage.intake.story import Story

_OF_VERB = compiled(
    r"\b(?:[a-z]{2,}(?:ed|ook)|bound|tied|held|cut|threw|left|made|set|(?:to|then|and) (?P<bare>[a-z]{3,}))"
    r" (?:(?:up )?(?:to|at|on|from|off|up) )?$"
)
_BY_OTHERS = compiled(
    r"\bby (?!(?:an?|the|two|three|another|some) (?:\w+ )?"
    r"(?:m[ae]n|males?|youths?|boys?|strangers?|gang|attackers?|robbers?)\b)"
    r"|\bby (?:the )?(?:victim|police)|\b(?:arrested|hospital)\b"
)
"""Told of somebody who is caught or struck by those who stop him, or who may be either."""


def suffers(story: Story, people: Sequence[Mention], mention: Mention) -> bool:
    """Whether a man whom no noun has named is the one who was harmed: "two men robbed him", "he was not hurt"."""
    if story.woman or mention.possessive or (mention.kind == "she" and not story.knows(REPORTED)):
        return False
    if mention.place == "subject":
        words = story.told(mention)
        return evidence.done_to(words) and not evidence.attacks(words) and not evidence.helps(words)
    subject = next((m for m in reversed(people) if m.place == "subject" and m.sentence == mention.sentence), None)
    several = subject is not None and subject.plural and subject.role == REPORTED
    if not several or (verb := _OF_VERB.search(story.low, max(0, mention.start - 30), mention.start)) is None:
        return False
    return verb["bare"] is None or verbs("attack").match(verb["bare"]) is not None


def punished(story: Story, people: Sequence[Mention], mention: Mention) -> Mention | None:
    """The victim whom a noun of no sex names, where "he was punched" follows a reported man: "hit a victim. He"."""
    if mention.kind != "he" or mention.place != "subject" or story.woman:
        return None
    words = story.told(mention)
    if not evidence.done_to(words) or evidence.attacks(words) or _BY_OTHERS.search(words):
        return None
    near = [m for m in people if mention.sentence - m.sentence <= 1 and m.noun and not m.plural and m.entity >= 0]
    return next(
        (m for m in reversed(near) if m.role == HARMED and story.entities[m.entity].sex in (None, MALE)), None
    )


def struck_by_reported(people: Sequence[Mention], mention: Mention) -> Mention | None:
    """Whom "her" in "they kept her there" or "he booked her" stands for, where another woman is reported."""
    if mention.possessive or mention.words not in ("her", "him"):
        return None
    subject = next((m for m in reversed(people) if m.place == "subject"), None)
    if subject is None or subject.sentence != mention.sentence or subject.role != REPORTED:
        return None
    if not subject.plural and mention.sex in (MALE, subject.sex):
        return None
    fitting = (m for m in reversed(people) if m.role == HARMED and not m.plural and m.kind != "i")
    return next((m for m in fitting if m.sex == mention.sex or (m.sex is None and mention.sex == FEMALE)), None)


def not_of_known_sex(story: Story, people: Sequence[Mention]) -> Mention | None:
    """The victim, where "he hit him" shows that the victim is a man."""
    return next(
        (
            m
            for m in reversed(people)
            if m.role == HARMED and m.noun and m.entity >= 0 and story.entities[m.entity].sex is None
        ),
        None,
    )
