"""Whom a pronoun stands for: who agrees in sex and number and was spoken of last."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from linkage.intake import evidence, suffering
from linkage.intake.cues import cue
from linkage.intake.members import Members
from linkage.intake.mention import BYSTANDER, FEMALE, HARMED, MALE, REPORTED, Mention
from linkage.intake.parallel import in_parallel
from linkage.intake.patterns import compiled
from linkage.intake.story import Story

_REACH = 3
"""Sentences back in which a pronoun looks for the bystander it stands for [G]."""

_RESUMES = compiled(r"(?:\s+[\w'-]+)?\s*(?:,\s+|\(\s*)")
_SAID_AGAIN = compiled(r"(?:\s+(?:of|from|at|in)\s+(?:the\s+)?[\w-]+(?:\s[\w-]+)?|\s+there)?\s*,?\s+")
_HIS_OWN = compiled(
    r"\b(?:put|wrapp|drove|drive|park|stopp|lent|offer|walk|in|with|on|from|us|tak\w* off|took off|out of|gave)\w*\s+"
    r"(?:(?:her|me|him|them)\s+)?$"
)
_WHO_HIS = compiled(r"\s*,?\s+who\s+(?:(?:was|is|had|has|were|had been|has been)\s+)?(?:[\w-]+\s+){1,4}")
_OWN_DOING = compiled(
    r"^(?:,[^,]{1,40},)?\s+(?:had\s+|was\s+|is\s+|were\s+)?(?:just\s+|also\s+)?(?:been\s+)?"
    r"(?:stopp|park|driv|drove|walk|unload|unlock|lock|rid|cycl|leav|left|wait|return|went|go|head|push|clean|wash|fix|queu|was|is)"
    r"\w*\s+(?:[\w-]+\s+){0,4}$"
)
_OWN_THING = compiled(
    r"\s+(?:[\w-]+\s+){0,3}?(?:way|car|van|lorry|taxi|cab|bike|bicycle|moped|home|house|flat|room|dog|dogs|shop|work|shift|front"
    r"|door|audi|bmw|ford|fiesta|corsa|astra|golf|vehicle|garden|garage|hotel|wife|girlfriend|partner|daughter|son|mother|friends?)\b"
)
_QUESTION_ENDS = compiled(r"[:?\n]")
_HE_IS = compiled(r"s?he(?:'s|\s+(?:is|was))\b")
_HE_WITH = compiled(r"\s+(?:with|in|aged|about|around|\d\d)\b")
_DECADE = compiled(r"in (?:his|her) (?:\w+[ -]){0,2}?(?:\d\ds|teens|\w+ties)\b")
_IS = compiled(r"\s+(?:is|was|has|had|have|come|came)\b|(?<='s)\s|(?<=hes)\s|(?<=shes)\s")


def settle(story: Story, people: Sequence[Mention], members: Members, mention: Mention) -> None:
    """Give a pronoun its part and person, in place; `people` are the mentions before it, all settled."""
    if mention.kind == "i":
        mention.role = HARMED
    elif mention.kind == "alias":
        _alias(people, mention)
    elif mention.kind == "they":
        _they(people, members, mention)
    else:
        _he_or_she(story, people, members, mention)


def _bearer_of_several(bearer: Mention, mention: Mention) -> frozenset[int]:
    """Whose name it is of as many as names are told: "two brothers known as Jay and Ty"."""
    several = sorted(bearer.people)
    return frozenset((several[mention.count],)) if mention.count < len(several) > 1 else bearer.people


def _alias(people: Sequence[Mention], mention: Mention) -> None:
    """Give a name its person: whoever was spoken of where it was told that they bear it."""
    bearer = next((m for m in reversed(people) if m.opens <= mention.borne and m.role), None)
    if bearer is None:  # "Someone using the name Ed wrote to her"
        mention.role, mention.people = REPORTED, frozenset((0,))
        return
    mention.role, mention.entity, mention.sex = bearer.role, bearer.entity, bearer.sex
    mention.people = _bearer_of_several(bearer, mention)


def _he_or_she(story: Story, people: Sequence[Mention], members: Members, mention: Mention) -> None:
    asked = any(m.role == REPORTED for m in people) and _asked_about(story, mention)
    if mention.sex in members.sexes() and _labels(story, mention):
        mention.role, mention.people = REPORTED, members.which(mention)
        return
    found = None if asked else _antecedent(story, people, members, mention)
    if found is None and suffering.suffers(story, people, mention):
        mention.role = HARMED
        story.harmed_man = story.harmed_man or mention.kind == "he"
        return
    if found is None:
        couple = _of_couple(story, members, mention)
        only_woman = story.woman and not story.knows(REPORTED, MALE)
        reported = not only_woman if mention.kind == "he" else _woman_reported(story, people)
        mention.role = REPORTED if couple or reported else HARMED
        return
    mention.role, mention.entity = found.role, found.entity
    if found.entity >= 0 and story.entities[found.entity].sex is None:
        story.entities[found.entity].sex = mention.sex
    if found.role == REPORTED:
        mention.people = found.people if len(found.people) == 1 else members.which(mention)
        members.learn(mention.people, mention.sex)


def _labels(story: Story, mention: Mention) -> bool:
    """Whether the pronoun opens a line of a description: "She: white, twenties, thin"."""
    opens = not story.opening(mention).strip()
    return opens and story.low.startswith(":", mention.end)


def _asked_about(story: Story, mention: Mention) -> bool:
    """Whether the pronoun stands in a question of a form for the reported person: "What did he look like:"."""
    section = story.section(mention)
    if section is None or not section.describes:
        return False
    return _QUESTION_ENDS.search(story.low, section.start, mention.start) is None


def _of_couple(story: Story, members: Members, mention: Mention) -> bool:
    alone = story.speaker or not story.knows(HARMED, FEMALE)
    return mention.sex in members.sexes() and alone


def _woman_reported(story: Story, people: Sequence[Mention]) -> bool:
    named = story.woman or any(m.role == REPORTED and m.sex == FEMALE for m in people)
    return named and not story.knows(HARMED, FEMALE)


def _antecedent(story: Story, people: Sequence[Mention], members: Members, mention: Mention) -> Mention | None:
    apart = (
        suffering.punished(story, people, mention)
        or _one_of_couple(story, people, mention)
        or suffering.struck_by_reported(people, mention)
        or in_parallel(story, people, mention)
        or _by_deed(story, people, mention)
    )
    if apart is not None:
        return apart
    barred: Mention | None = None
    subject: Mention | None = None
    for one in reversed(people):
        if one.sentence != mention.sentence:
            break
        subject = one if subject is None and one.place == "subject" else subject
        if _taken_up(story, one, mention) or _of_age(story, one, mention):
            return one
        if not _fits(story, members, one, mention, near=True):
            continue
        itself = one is subject or (subject is not None and one.entity == subject.entity >= 0)
        if mention.words == "him" and itself:
            barred = one  # "he hit him": two men
            continue
        return _rather_reported(story, people, members, one, mention)
    if (
        barred is not None
        and barred.role == REPORTED
        and (man := suffering.not_of_known_sex(story, people)) is not None
    ):
        story.harmed_man = True
        return man
    found = _from_before(story, people, members, mention)
    return None if barred is not None and found is not None and found.entity == barred.entity else found


def _one_of_couple(story: Story, people: Sequence[Mention], mention: Mention) -> Mention | None:
    """Whose "he" is in "a couple who waited there, he with a stick and she in a hat": one of theirs; and in "A couple
    came across her. He's a retired teacher"."""
    if mention.place != "subject":
        return None
    if _HE_IS.match(story.low, mention.start) and not story.opening(mention).strip():
        before = (m for m in people if m.noun and m.place == "subject" and m.sentence == mention.sentence - 1)
        named = next(before, None)
    elif _HE_WITH.match(story.low, mention.end):
        named = next((m for m in reversed(people) if m.noun and m.sentence == mention.sentence), None)
    else:
        return None
    return named if named is not None and named.words in ("couple", "pair") and named.role != REPORTED else None


def _by_deed(story: Story, people: Sequence[Mention], mention: Mention) -> Mention | None:
    """The helper just named, where "he" is cleared or told the police: "a cyclist stopped; he is a witness"."""
    if mention.place != "subject":
        return None
    helpers = [
        one
        for one in takewhile(lambda one: mention.sentence - one.sentence <= 1, reversed(people))
        if one.role == BYSTANDER and one.noun and not (one.plural or one.possessive) and one.entity >= 0
    ]
    if not helpers:  # as mostly: then what is told of him need not be read
        return None
    told = story.told(mention)
    cleared = evidence.cleared(told)
    if not (cleared or cue("told_police").match(told)) or evidence.attacks(told):
        return None
    for one in helpers:
        subject = one.place == "subject" or (cleared and mention.sentence - one.sentence == 1)
        if subject and one.sex in (None, mention.sex):
            return one
    return None


def _taken_up(story: Story, one: Mention, mention: Mention) -> bool:
    """Whether a pronoun only takes up the subject before it: "the boss of the flat, he is", "the boy there he"."""
    said = one.noun and one.place == "subject" and not one.plural and one.entity >= 0
    said = said and not (one.article == "new" and story.low[one.end : mention.start] == " ")  # "a caller she knew"
    agrees = said and story.entities[one.entity].sex in (None, mention.sex) and mention.place == "subject"
    speaks = evidence.perceives(story.low, mention.end)  # "Scouse dad, he said"
    return agrees and not speaks and _SAID_AGAIN.fullmatch(story.low, one.end, mention.start) is not None


def _of_age(story: Story, one: Mention, mention: Mention) -> bool:
    """Whether "in her thirties" goes on about the subject before it, whose sex it tells."""
    known = one.noun and one.governs and not one.plural and one.entity >= 0 and one.place == "subject"
    agrees = known and story.entities[one.entity].sex in (None, mention.sex)
    return agrees and _DECADE.match(story.low, max(0, mention.start - 3)) is not None


def _from_before(story: Story, people: Sequence[Mention], members: Members, mention: Mention) -> Mention | None:
    near = list(takewhile(lambda m: m.sentence >= mention.sentence - _REACH, reversed(people)))[::-1]
    fitting = [m for m in near if _fits(story, members, m, mention, near=False)]
    for back in range(1, _REACH + 1):
        there = [m for m in fitting if m.sentence == mention.sentence - back]
        reported = [m for m in there if m.role == REPORTED]
        if reported:
            last = next((m for m in reversed(reported) if m.governs), reported[-1])
            brought = last.place == "object" and last.article == "new"
            goes_on = brought and reported[0].kind == mention.kind and reported[0].place == "subject"
            return reported[0] if goes_on else last  # "He came with another man, bald. He was slim"
        if there:
            other = next((m for m in there if m.governs), there[-1])
            if mention.sex == FEMALE and other.sex is None:
                other = next((m for m in there if m.role == HARMED), other)
            gone = other.role == BYSTANDER and other.noun and evidence.helps(story.told(other))
            past = back > 1 and other.place in ("agent", "object") and story.knows(REPORTED, mention.sex)
            if not (gone and mention.place == "subject" and (past or evidence.attacks(story.told(mention)))):
                return other
    further = (m for m in reversed(people) if m.role == REPORTED)
    known = next((m for m in further if _fits(story, members, m, mention, near=False)), None)
    return known or _only_one_named(story, people, mention)


def _only_one_named(story: Story, people: Sequence[Mention], mention: Mention) -> Mention | None:
    """The one brought in by the way, where no reported person has been named: "A paperboy found her. He is 13"."""
    if mention.sex != MALE or any(m.role == REPORTED for m in people) or evidence.attacks(story.told(mention)):
        return None
    near = [m for m in people if m.noun and m.role == BYSTANDER and mention.sentence - m.sentence <= _REACH]
    new = [m for m in near if m.article == "new" and m.place == "subject" and m.governs and not m.plural]
    new = [m for m in new if m.sex != FEMALE and not m.possessive]
    new = [m for m in new if m.sentence < mention.sentence or mention.place == "subject"]  # "scared him off"
    return new[-1] if new else None


def _rather_reported(
    story: Story, people: Sequence[Mention], members: Members, one: Mention, mention: Mention
) -> Mention:
    """Of the subject and the object of the clause before, the reported person is who "he" goes on about."""
    if mention.place != "subject" or one.role == REPORTED or one.noun or one.place == "subject":
        return one
    subjects = (m for m in reversed(people) if m.sentence == mention.sentence and m.place == "subject")
    return next((m for m in subjects if m.role == REPORTED and _fits(story, members, m, mention, near=True)), one)


def _fits(story: Story, members: Members, one: Mention, mention: Mention, near: bool) -> bool:
    """Whether a pronoun may stand for the person of an earlier mention; `near` is in the same sentence."""
    entity = story.entities[one.entity] if one.entity >= 0 else None
    several = (
        one.plural
        or one.words.startswith(("both", "all", "they both"))
        or one.kind in ("i", "they", "all")
        or (len(one.people) > 1 and one.kind != "he")
    )
    readers = one.noun and one.before.startswith(("your ", "ur ", "yr "))
    if several or readers or (entity is not None and entity.speaks):
        return False
    sex = one.sex or (entity.sex if entity else None)
    if sex is None and one.named and not near:
        return mention.sex == FEMALE  # names that no list holds are mostly those of other workers
    if sex is not None:
        return sex == mention.sex
    if one.role == REPORTED:
        return mention.sex == (FEMALE if story.woman else MALE) or (members.count > 1 and mention.sex == MALE)
    if one.role == HARMED:
        agrees = mention.sex == (MALE if story.harmed_man else FEMALE)
        return agrees or one.kind == BYSTANDER or _his_own(story, one, mention)
    return _near_bystander(story, one, mention) if near else _bystander_before(story, one)


def _his_own(story: Story, one: Mention, mention: Mention) -> bool:
    """Whether "his" is that of the victim, subject of the sentence: "the victim was walking his dog"."""
    if mention.words != "his" or one.place != "subject" or not one.noun or one.sentence != mention.sentence:
        return False
    between = story.low[one.end : mention.start]
    if _OWN_DOING.search(between) is None or cue("looked").search(between):
        return False
    return _OWN_THING.match(story.low, mention.end) is not None


def _near_bystander(story: Story, one: Mention, mention: Mention) -> bool:
    """Whether a bystander whose sex is not told goes on in the sentence: "her boss drove her in his car"."""
    if mention.words == "his" and one.place == "subject":
        between = story.low[one.end : mention.start]
        own = _HIS_OWN.search(between) or _WHO_HIS.fullmatch(between)
        return own is not None and cue("looked").search(between) is None
    resumed = _RESUMES.fullmatch(story.low, one.end, mention.start) is not None
    resumed = resumed or (one.place == "subject" and one.governs and story.low[mention.start - 2] == ",")
    return resumed and _IS.match(story.low, mention.end) is not None


def _bystander_before(story: Story, one: Mention) -> bool:
    return one.governs and not one.possessive and cue("looked").search(story.low[one.end : one.end + 30]) is None


def _they(people: Sequence[Mention], members: Members, mention: Mention) -> None:
    for back in range(2):
        there = [m for m in people if m.sentence == mention.sentence - back and m.plural and m.role]
        if there:
            reported = [m for m in there if m.role == REPORTED]
            mention.role = REPORTED if reported else there[-1].role
            if reported and not back and reported[-1].noun:
                mention.people = reported[-1].people
            return
    last = next((m for m in reversed(people) if m.noun and m.governs and m.role), None)
    mention.role = REPORTED if members.count > 1 or last is None else last.role
