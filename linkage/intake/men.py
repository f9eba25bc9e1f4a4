"""The part of a man newly named: the reported person, unless the words make him who was harmed or somebody else."""

from __future__ import annotations

from linkage.intake import evidence, joined
from linkage.intake.cues import cue
from linkage.intake.mention import BYSTANDER, HARMED, MALE, REPORTED, Mention
from linkage.intake.patterns import compiled
from linkage.intake.story import Story

AGAIN = compiled(r"\b(?:another|second|other|new|next)\b")
"""Before a noun for one more of several."""

_THERE_IS = compiled(r"\bthere\s?(?:'s|is|was)\s+$")
_LIKE_ME = compiled(
    r"\b(?:(?:me|myself|i)(?:\s*(?:and|&|\+|plus)|\s+n)|(?:same|this|it)\s+(?:(?:thing\s+)?happened\s+)?to)\s+$"
)
"""Before one more to whom it was done: "on behalf of myself and another lad", "did the same to a lad"."""

_MEETS = compiled(
    r"\b(?:meet|met|with|by|from)\s+an?\s+(?:[\w-]+\s+){0,3}(?:man|male|stranger|client|customer|punter)\b"
)
_SUFFERED = (
    "attacked|robbed|punched|stabbed|beaten|throttled|strangled|kicked|bitten|mugged|assaulted|slashed|groped|raped"
    "|tied up|held|abducted|kidnapped|lured|drugged|conned|spat at|left|hurt|injured|threatened|knifed"
)
_HEADLINE_WORDS = 2
"""Words before the noun of a headline: "Lincoln man", "Retired Hull man" [G]."""

_IN_HEADLINE = compiled(
    rf"\s*(?:,\s*(?:aged\s+)?\d\d\s*,\s*|\(\d\d\)\s*)?(?:{_SUFFERED})"
    r"(?=\s+(?:by|with|in|at|on|outside|near|after|as|and|during|for|while|over|from|unconscious)\b|\s*[.!:\n]|$)"
)
"""A headline in which a bare noun suffers: "Lincoln man, 53, throttled with his own scarf"."""


def man_part(story: Story, mention: Mention, told: str) -> str:
    """The part of a man newly named, by what is told of him and whom he is named with."""
    known = mention.place == "subject" and cue("i_know").match(story.low, mention.end) and not evidence.attacks(told)
    if (
        known
        or _man_is_harmed(story, mention, told)
        or (mention.kind == MALE and _LIKE_ME.search(story.opening(mention)))
    ):
        return HARMED
    beside = story.woman and mention.place == "object" and story.opening(mention).endswith("with ")
    if beside and not evidence.attacks(told):
        return BYSTANDER
    return BYSTANDER if _other_man(story, mention, told) else REPORTED


def _other_man(story: Story, mention: Mention, told: str) -> bool:
    """Whether somebody called otherwise is brought in after the reported man, with no part: "there is a boy"."""
    if mention.plural or not (_THERE_IS.search(story.opening(mention)) or cue("some_other").match(mention.before)):
        return False
    known = [one for one in story.entities if one.role == REPORTED]
    apart = bool(known) and all(one.heads.isdisjoint(mention.heads) and "member" not in one.heads for one in known)
    part = AGAIN.search(mention.before) or cue("present").search(told) or evidence.attacks(told)
    return apart and not part


def _man_is_harmed(story: Story, mention: Mention, told: str) -> bool:
    """Whether a man is the one who was robbed: the passive is told of him, or he "was waiting when two men ..."."""
    rest = story.low[mention.end : story.stop(mention)]
    bare = mention.kind == MALE and not mention.article and len(story.opening(mention).split()) <= _HEADLINE_WORDS
    if bare and _IN_HEADLINE.match(rest):
        return True
    if mention.kind == MALE and joined.flees_from(story, mention):
        return True
    if mention.kind != MALE or mention.place != "subject" or evidence.attacks(told):
        return False
    if AGAIN.search(mention.before) and story.knows(REPORTED):
        return mention.article == "new" and not mention.plural and evidence.done_to(told)
    surprised = evidence.harmed(told) and cue("when_other").search(rest) is not None
    met = mention.place == "subject" and evidence.harmed(told) and _MEETS.search(rest) is not None
    return evidence.done_to(told) or surprised or met or (mention.article != "known" and evidence.harmed(told))
