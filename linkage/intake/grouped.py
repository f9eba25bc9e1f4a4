"""The part of "one of them", "the other" and "all four": that of the group which they are of."""

from __future__ import annotations

from linkage.intake import evidence
from linkage.intake.cues import cue
from linkage.intake.mention import BYSTANDER, HARMED, REPORTED, Mention
from linkage.intake.patterns import compiled
from linkage.intake.story import Story

_ONE_OF = compiled(
    r"(?:the latter|one(?! of the (?:men|males|lads|guys|offenders|suspects|attackers|youths))"
    r"|the (?:other|first|second|elder|younger|older|eldest|youngest|oldest|taller|shorter))\b"
)

_NEXT_ONE = compiled(r"(?:the )?(?:second|third|other|another)\b")

_COMPARED = compiled(r"the (?:elder|younger|older|eldest|youngest|oldest|taller|shorter)\b")

_BACK = 3
"""Sentences back in which "one of the two" may find its two [G]."""


def of_group(story: Story, mention: Mention) -> str:
    """The part of the group that "one of them", "the other" or "all four" is of; "" where no group tells it."""
    if mention.kind != "all" and not (mention.kind == "member" and _ONE_OF.match(mention.words)):
        return ""
    if told_apart := _told_apart(story, mention):
        return told_apart
    nearest = mention.words.endswith("of whom") or (mention.words.endswith("latter") and not story.has_group())
    if nearest and story.entities:
        return story.entities[-1].role
    last = story.last_group(mention.sex, mention.sentence)
    mixed = [one for one in story.entities if one.plural and last is not None and one.sentence == last.sentence]
    his = any(one.role == REPORTED and one.place == "subject" for one in mixed)
    if his and not (evidence.harmed(told := story.told(mention)) or evidence.done_to(told)):
        return REPORTED
    near = 1 if story.has_group() or not mention.words.startswith("one of the") else _BACK
    near = _BACK if mention.kind == "all" and mention.words.startswith("all") and not story.has_group() else near
    hers = mention.words == "one" and last is not None and last.role == HARMED and not story.has_group()
    near = _BACK if hers else near  # "women ... offers them a smoke. One took it."
    next_harmed = mention.kind == "member" and last is not None and last.role == HARMED and last.plural
    apart = _COMPARED.match(mention.words) or (next_harmed and _NEXT_ONE.match(mention.words))
    if apart and not story.has_group():  # "stopped for the first, aged 24 ... The second, 36, refused"
        near = _BACK * 3
    others = last is not None and last.role != REPORTED and mention.sentence - last.sentence <= near
    return last.role if others and last is not None else ""


def _told_apart(story: Story, mention: Mention) -> str:
    """The part that the words around tell, whatever group was named last."""
    if (
        _NEXT_ONE.match(mention.words)
        and not story.has_group()
        and story.stands_before("first_victim", mention.opens)
    ):
        return HARMED
    if mention.kind == "all" and cue("tells_looks").match(story.low, mention.end) and not story.has_group():
        return HARMED  # "All four describe him the same way"
    friend = mention.words.startswith("one of his") and cue("holds_him_back").match(story.low, mention.end)
    return BYSTANDER if friend else ""
