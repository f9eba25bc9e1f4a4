"""What a whole narrative tells of a person against the part that their first words gave them.

Somebody brought in like a reported person may be cleared later ("he is not a suspect"), a woman named beside the man
may be the one he held, and somebody brought in by the way may be the only one who can have done it:
the narrative is then read once more with what is known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from linkage.intake import evidence
from linkage.intake.cues import cue, people_words
from linkage.intake.mention import BYSTANDER, FEMALE, HARMED, MALE, REPORTED, Mention
from linkage.intake.patterns import compiled
from linkage.intake.story import Entity, Story

_ARRESTED = compiled(
    r"(?:\s*,[^,]{1,40},|\s+(?:aged|of|in his|in her)\s+[\w-]+)?\s+(?:who\s+)?"
    r"(?:(?:was|were|has been|had been|have been)\s+)?"
    r"(?:arrested|questioned|detained|held)\b"
)
_CALLED = frozenset(("suspect", "offender", "attacker", "assailant", "rapist", "robber"))
_ONLY_MAN = 3
"""Weight of "a man" beside that of another noun, where the text names nobody as reported [G]."""


@dataclass(slots=True)
class Told:
    """How often deeds, harm, help and a clearing word are told of one person, over all their mentions."""

    attacks: int = 0
    harmed: int = 0
    helps: int = 0
    cleared: int = 0
    asked: int = 0
    lookout: int = 0
    members: int = 0
    woman: bool = False
    subject: int = 0
    by_them: int = 0


def verdicts(story: Story, people: Sequence[Mention]) -> dict[int, str]:
    """The part, by where they are first named, of those to whom the whole text gives another than they have."""
    told = [Told() for _ in story.entities]
    nobody = not any(m.role == REPORTED for m in people)
    for mention in people:
        if mention.entity < 0 or mention.possessive:
            continue
        harmed = mention.role == HARMED and story.entities[mention.entity].new
        if nobody or harmed or mention.role == REPORTED:  # of others nothing can be told that matters here
            _add(story, told[mention.entity], mention)
    _suffered_together(story, people, told)
    found: dict[int, str] = {}
    for entity, one in zip(story.entities, told, strict=True):
        role = _against(story, entity, one)
        if role and entity.start not in story.verdicts:
            found[entity.start] = role
    if nobody:
        found |= _only_one(story, people, told)
    return found


def _add(story: Story, one: Told, mention: Mention) -> None:
    words = story.told(mention)
    one.cleared += mention.place != "agent" and cue("as_witness").match(story.low, mention.end) is not None
    if mention.noun and _ARRESTED.match(story.low, mention.end):
        one.cleared += evidence.cleared_in(story.low[mention.end : story.stop(mention)])
    one.asked += mention.noun and cue("asked_to_call").search(words) is not None
    one.woman = one.woman or mention.kind == FEMALE
    doer = mention.place in ("subject", "predicate") or mention.article == "new" or (mention.noun and mention.governs)
    if mention.same and mention.kind == HARMED:
        one.harmed += 2
    one.by_them += mention.words in ("him", "her", "them") and _struck_by(story, mention)
    if not doer:
        return
    strikes = evidence.attacks_others(words)
    one.subject += mention.place == "subject" or (mention.noun and mention.governs)
    one.attacks += strikes
    one.harmed += not strikes and (evidence.done_to(words) or evidence.harmed(words))
    one.helps += evidence.helps(words)
    called = not mention.noun and not _CALLED.isdisjoint(story.entities[mention.entity].heads)
    one.cleared += not called and cue("not_him").search(words) is not None  # "he" is not the suspect
    one.lookout += cue("takes_part").search(words) is not None


def _struck_by(story: Story, mention: Mention) -> bool:
    """Whether "him" is by whom somebody was attacked: "a woman who stopped to help a man was attacked by him"."""
    before = story.opening(mention)[-50:]
    return before.endswith(" by ") and evidence.harmed(before.removesuffix("by "))


def _suffered_together(story: Story, people: Sequence[Mention], told: Sequence[Told]) -> None:
    """Note with a group what its members suffered: "two customers were there. One was slapped"."""
    for mention in people:
        if mention.kind != "member" or mention.entity < 0 or mention.place != "subject":
            continue
        group = next((at for at in range(mention.entity - 1, -1, -1) if story.entities[at].plural), None)
        words = story.told(mention)
        if group is not None:
            told[group].members += evidence.done_to(words) and not evidence.attacks(words)
            told[group].attacks += evidence.attacks(words)


def _against(story: Story, entity: Entity, told: Told) -> str:
    """Another part than the one that somebody has, where the text is plain; else ""."""
    others = [one for one in story.entities if one.role == REPORTED and one is not entity]
    if entity.role == REPORTED and not told.attacks and (told.cleared or (told.asked and others)):
        return BYSTANDER
    joined_in = told.lookout and not told.harmed and entity.new
    if entity.role == REPORTED and entity.plural and told.members > told.attacks and others:
        return HARMED
    if entity.role != REPORTED and entity.new and told.by_them:
        return REPORTED
    if entity.role == HARMED and not entity.plural and joined_in:
        return REPORTED
    held = entity.sex == FEMALE and told.harmed > told.attacks and not story.woman and told.woman
    if entity.role == REPORTED and held and not entity.plural and story.knows(REPORTED, MALE):
        return HARMED
    return ""


def _only_one(story: Story, people: Sequence[Mention], told: Sequence[Told]) -> dict[int, str]:
    """Who is reported where nobody has been called so: whom the text tells of most, and nothing that others do."""
    best: tuple[int, int] | None = None
    for at, (entity, one) in enumerate(zip(story.entities, told, strict=True)):
        mine = [m for m in people if m.entity == at]
        first = next((m for m in mine if m.noun), None)
        if first is None or entity.role != BYSTANDER or one.helps or one.cleared:
            continue
        if not (_may_be(story, first, one.attacks) or (not one.harmed and _woman_alone(story, people, first))):
            continue
        if (first.place, first.article) == ("object", "new") and first.kind != MALE and not one.attacks:
            continue  # "it belongs to a carer"
        weight = 2 * one.attacks + one.subject + (_ONLY_MAN if first.kind == MALE else 0)
        if weight > 0 and (best is None or weight > best[0]):
            best = (weight, entity.start)
    return {} if best is None else {best[1]: REPORTED}


def _woman_alone(story: Story, people: Sequence[Mention], first: Mention) -> bool:
    """Whether a woman newly brought in does what is told, and no man is spoken of: "a woman of 50 rang us"."""
    brought_in = first.kind == FEMALE and first.article == "new" and first.place == "subject" and not first.plural
    men = any(m.sex == MALE or m.kind == "he" for m in people)
    return brought_in and not men and story.knows(HARMED) and not evidence.perceives(story.low, first.end)


def _may_be(story: Story, first: Mention, attacks: int = 0) -> bool:
    """Whether a bystander's noun may be that of the reported person at all, of whom `attacks` deeds are told."""
    own = first.article == "own" or first.named or first.sex == FEMALE or first.kind == "member"
    section = story.section(first)
    by_other = first.place == "agent" and first.kind != MALE
    if by_other and not attacks and not evidence.harmed(story.opening(first)[-40:].removesuffix("by ")):
        return False
    placed = cue("stationed").match(story.low, first.end) or cue("also_sought").search(story.opening(first))
    if placed or (section is not None and section.role != REPORTED):
        return False
    official = cue("never_reported").match(first.words) is not None
    if re.fullmatch(people_words()["bystander"]["companions"], first.words):
        return False
    finds = cue("finds").search(story.told(first)) is not None
    return not (own or official or finds or evidence.perceives(story.low, first.end)) and evidence.may_turn(
        first.words
    )
