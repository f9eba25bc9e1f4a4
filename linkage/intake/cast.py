"""Who is who in a narrative: every mention gets a part (reported person, harmed person, bystander) and a person.

Nouns come first, for they carry the evidence: what the noun says ("witness"), what is told of the person ("was robbed
by", "stopped to help"), and earlier mentions that the noun points back to ("the man"). Pronouns then take the person
who agrees in sex and number and was spoken of last; of two in the sentence before, the reported person.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

from linkage.intake import evidence, joined, pronouns
from linkage.intake.apposition import added, goes_on, pointed_at, said_of, same_person
from linkage.intake.cues import cue
from linkage.intake.members import Members
from linkage.intake.mention import BYSTANDER, FEMALE, HARMED, MALE, REPORTED, Mention
from linkage.intake.patterns import compiled
from linkage.intake.roles import role_of
from linkage.intake.sections import Section
from linkage.intake.story import Story
from linkage.intake.verdicts import verdicts

_OPENING = 200
"""Characters from the start in which a taxi driver or the like may be introduced as the reported person [G]."""

_IN_CLAUSE = compiled(
    r"^\s*(?:the|an?|one)\s+(?:[\w-]+\s+){1,3}who\s+(?:(?!(?:was|is|were|are|had|has)\b)\w+\s+){1,5}$"
)
"""A relative clause with a verb of its own: in "the man who touched the girl was tall" the girl is not tall."""

_KNOWN_BY = compiled(
    r"(?:,?(?: [a-z'-]+){1,3})?\s*\((?:you|u|they|we|i|and|everyone|people)(?:'ll| will|'d| would| can| may| all)?"
    r"(?: [a-z]+){0,3} "
)
"""Between somebody and a pronoun in the bracket behind them: "your constable, Ann Lee (you'll know her by her"."""

_STILL_INSIDE = compiled(r"[^().]{0,30}")
_WHO = compiled(r"\bwhom? $")
_AS = compiled(r"\s+(?:as|to be)\b|\s*:")
_INVESTIGATES = frozenset(("police", "officers", "detectives", "staff", "pc", "pcs", "dc"))
_RANKS = frozenset(("sergeant", "inspector", "constable"))
_DRIVER = compiled(r"driver|cabb|landlord|doorm|guard|rider|cyclist|biker")


def cast(
    low: str, breaks: Sequence[int], sections: Sequence[Section], found: Sequence[Mention], sex: str | None
) -> tuple[list[Mention], int]:
    """The mentions that stand for somebody, each with its part, and the number of reported people (at least 1).

    `found` are the mentions as they were found (left as they are); `sex` is the reported person's, where a field of
    the report gives it.
    """
    story = Story.of(low, breaks, sections, found, sex)
    story.turned = _who_turn(story, found)
    people, count = _settle(story, found)
    if turned := _turned_by_pronoun(story, people):
        story = story.again(turned)
        people, count = _settle(story, found)
    if known := verdicts(story, people):
        people, count = _settle(story.again({}, known), found)
    return people, count


def _settle(story: Story, found: Sequence[Mention]) -> tuple[list[Mention], int]:
    settled: list[Mention] = []
    for mention in found:
        one = copy(mention)
        if one.noun:
            _settle_noun(story, one, next((m for m in reversed(settled) if m.start < one.opens), None))
        settled.append(one)
    kept = [m for m in settled if not m.noun or m.role]
    he = not story.woman and any(m.kind == "he" for m in found) and not _man_by_the_way(story)
    members = Members(story.low, [m for m in kept if m.role == REPORTED], he)
    if members.count == 1:  # "first" and "other" set nobody apart
        kept = [
            m
            for m in kept
            if m.kind not in ("member", "number")
            or m.article
            or m.sex
            or m.described
            or m.words[:3] == "one"
            or m.words == "the one"
        ]
    people: list[Mention] = []
    for mention in kept:
        _point(story, people, members, mention)
        people.append(mention)
    return people, members.count


def _man_by_the_way(story: Story) -> bool:
    """Whether "he" may be somebody else than a reported man."""
    others = [one for one in story.entities if one.role != REPORTED and not one.plural]
    return any(one.sex == MALE or (one.sex is None and one.role == BYSTANDER) for one in others)


def _settle_noun(story: Story, mention: Mention, before: Mention | None) -> None:
    """Give a noun its part and person, in place; "" where it names nobody."""
    if mention.start in story.verdicts:
        mention.role = story.verdicts[mention.start]
        story.add(mention)
        return
    known = same_person(story, mention, before) if before is not None and before.role else None
    known = added(story, mention, before) if known is None else known
    mention.same = known is not None
    if known is None and before is not None and not before.noun and said_of(story, before, mention):
        if before.kind == "i":
            mention.role, mention.governs = HARMED, True
            story.add(mention)
            story.entities[-1].speaks = True
        else:  # "he is a tall man": the pronoun tells who
            mention.kind, mention.role = "predicate", "later"
        return
    if known is None and before is not None and goes_on(story, before, mention):
        mention.kind, mention.role = "predicate", "later"
        return
    known = pointed_at(story, mention) if known is None else known
    if known is None:
        mention.role = role_of(story, mention)
        if mention.role:
            story.add(mention)
        return
    entity = story.entities[known]
    turns = mention.same and mention.kind == "reported" and mention.place == "predicate" and entity.role == BYSTANDER
    if (
        turns and before is not None and "own" not in (before.article, mention.article)
    ):  # "the sender is a former customer"
        entity.role = before.role = REPORTED
    mention.role, mention.entity = entity.role, known
    entity.sex = mention.sex = entity.sex or mention.sex
    entity.heads |= mention.heads
    entity.sentence, entity.end = mention.sentence, mention.end
    entity.place = entity.place if mention.same else mention.place


def _point(story: Story, people: Sequence[Mention], members: Members, mention: Mention) -> None:
    """Give a pronoun its person, and a reported mention its indexes."""
    last = people[-1] if people else None
    if mention.role == "later" and last is not None:
        mention.role, mention.entity, mention.people = last.role, last.entity, last.people
        if mention.sex:
            last.sex = mention.sex
            members.learn(mention.people, mention.sex)
            if mention.entity >= 0:
                story.entities[mention.entity].sex = mention.sex
    elif not mention.noun and (named := _before_bracket(story, people, mention)) is not None:
        mention.role, mention.entity, mention.people = named.role, named.entity, named.people
        if mention.entity >= 0:
            story.entities[mention.entity].sex = story.entities[mention.entity].sex or mention.sex
    elif not mention.noun:
        pronouns.settle(story, people, members, mention)
    part = mention.plural and 0 < mention.count < members.count  # "the gang was made up of two men and a girl"
    if mention.same and last is not None and last.entity == mention.entity and not part:
        mention.people = last.people
        members.learn(mention.people, mention.sex)
    entity = story.entities[mention.entity] if mention.entity >= 0 else None
    _speak_of(members, mention, last)
    if mention.role == REPORTED and not mention.people:
        known = entity.people if entity is not None and mention.noun and mention.article == "known" else frozenset()
        mention.people = members.again(known) if len(known) == 1 else members.which(mention)
    if entity is not None and mention.role == REPORTED and mention.noun:
        entity.people, entity.sex = mention.people, entity.sex or mention.sex
    if not mention.noun and _after_sought(story, people, mention):
        mention.governs = False
    if mention.governs and _gives_way(story, mention, last):
        mention.governs = False


def _speak_of(members: Members, mention: Mention, last: Mention | None) -> None:
    """Tell who is spoken of by a name, and of whom somebody is "his companion", who is then another."""
    if mention.role == REPORTED and len(mention.people) == 1 and mention.kind == "alias":
        members.again(mention.people)
    if mention.article == "own" and last is not None and last.start == mention.opens and len(last.people) == 1:
        members.again(last.people)


def _after_sought(story: Story, people: Sequence[Mention], mention: Mention) -> bool:
    """Whether a colon gives the description of a man named before it: "a man seen with her: white, 50s"."""
    colon = mention.place == "object" and story.low.startswith(":", mention.end)
    there = (m for m in people if m.sentence == mention.sentence and m.noun)
    return colon and any(m.role == REPORTED and m.article == "new" for m in there)


def _before_bracket(story: Story, people: Sequence[Mention], mention: Mention) -> Mention | None:
    """The person behind whom a bracket opens that a pronoun is in, past the "they" or "we" of "they know her by"."""
    named = next((m for m in reversed(people[-3:]) if m.kind not in ("they", "i")), None)
    return named if named is not None and _in_brackets(story, named, mention) else None


def _in_brackets(story: Story, last: Mention, mention: Mention) -> bool:
    """Whether a pronoun opens a bracket behind the noun that it is about: "my husband (he's bald)"."""
    sex = {"he": MALE, "she": FEMALE}.get(mention.kind)
    between = story.low[last.end : mention.start]
    behind = last.noun and (
        between.strip() == "(" or (last.role == BYSTANDER and _KNOWN_BY.fullmatch(between) is not None)
    )
    again = not last.noun and last.role == BYSTANDER and "(" in story.opening(mention) and last.sex == sex
    if again and last.entity >= 0 and _STILL_INSIDE.fullmatch(between):
        return True
    return behind and sex is not None and last.sex in (None, sex)


def _gives_way(story: Story, mention: Mention, last: Mention | None) -> bool:
    """Whether what follows is not about this person: who looks or speaks, "described by the victim", the couple of
    "the woman of the couple", and "he" in "the woman he attacked"."""
    if mention.role != REPORTED and (
        (not mention.possessive and evidence.perceives(story.low, mention.end))
        or story.stands_before("according_to", mention.opens)
    ):
        return True
    if mention.place == "agent" and story.stands_before("told_by", mention.opens):
        return _AS.match(story.low, mention.end) is not None or not story.low.startswith(",", mention.end)
    if mention.noun:
        of_couple = last is not None and last.noun and story.low[last.end : mention.opens] == " of "
        return of_couple or (mention.place == "object" and _IN_CLAUSE.search(story.opening(mention)) is not None)
    if mention.place != "subject":
        return False
    if _WHO.search(story.low[max(0, mention.start - 6) : mention.start]):
        return True
    return (
        last is not None
        and last.noun
        and last.article == "known"
        and (last.role, last.people) != (mention.role, mention.people)
        and story.low[last.end : mention.start] == " "
    )


def _who_turn(story: Story, found: Sequence[Mention]) -> dict[str, str]:
    """Nouns for somebody by the way of whom, at any place in the text, an attack is told: the part they name."""
    turned: dict[str, str] = {}
    for m in found:
        if m.kind != BYSTANDER or not evidence.may_turn(m.words):
            continue
        if (m.words in _INVESTIGATES and not m.before) or m.words in _RANKS:
            continue  # "officers raided the flat and forced the door", "Sergeant Lee said the attacker is described"
        told = story.told(m)
        helps = evidence.helps(told)
        by = m.place == "agent" and evidence.harmed(story.low[max(0, m.opens - 60) : m.opens].strip() + " ")
        struck = by and not story.stands_before("helped_by", m.opens)
        looks_on = evidence.perceives(story.low, m.end)
        does = m.place == "subject" and evidence.attacks_others(told) and not helps and not looks_on
        sought = m.article != "own" and cue("described").match(told) is not None and not _named_besides(m, found)
        sought = sought or joined.sought_in_passive(story, m)
        if struck or does or sought or (not helps and _opens_text(story.low, m, found)):
            turned.update(dict.fromkeys(m.heads, REPORTED))
        elif m.place == "subject" and evidence.done_to(told):
            turned |= {head: HARMED for head in m.heads if head not in turned}
    return turned


def _named_besides(mention: Mention, found: Sequence[Mention]) -> bool:
    return any(m.kind in ("reported", MALE, "member") and m.start < mention.start for m in found)


def _opens_text(low: str, mention: Mention, found: Sequence[Mention]) -> bool:
    """Whether a taxi driver or the like, introduced at the start, is the only person that "he" could be."""
    if not mention.article and mention.start == found[0].start and low.startswith(",", mention.end):
        return not any(m.kind in ("reported", MALE, "member") and not m.plural for m in found)
    if mention.start >= _OPENING or mention.article == "own" or (mention.article and mention.place != "subject"):
        return False
    named = any(m.kind in ("reported", MALE, "member") for m in found)
    pronoun = any(m.kind == "he" and m.start < mention.start for m in found)
    others = any(m.kind == BYSTANDER and m.sex != FEMALE and m.words != mention.words for m in found)
    return _DRIVER.search(mention.words) is not None and not (named or pronoun or others)


def _turned_by_pronoun(story: Story, people: Sequence[Mention]) -> dict[str, str]:
    """Words for drivers, guards and the like of whom an attack is told by a later "he"."""
    struck: set[int] = set()
    spoken_of = [m for m in people if m.kind == "he" and m.role == BYSTANDER and m.place == "subject"]
    if not spoken_of:
        return {}
    helpers = {m.entity for m in people if m.noun and evidence.helps(story.told(m))}
    for m in spoken_of:
        told = story.told(m)
        if evidence.attacks_others(told) and not evidence.helps(told) and m.entity not in helpers:
            struck.add(m.entity)
    alone = not any(m.role == REPORTED for m in people)
    named = (
        m for m in people if m.entity in struck and m.kind == BYSTANDER and m.article != "own" and m.sex != FEMALE
    )
    return {head: REPORTED for m in named if alone or evidence.works(m.words) for head in m.heads}
