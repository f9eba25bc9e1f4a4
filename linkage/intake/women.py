"""The part of a woman newly named: who was harmed, unless the words make her one of the reported people."""

from __future__ import annotations

from linkage.intake import evidence, joined
from linkage.intake.cues import cue
from linkage.intake.mention import BYSTANDER, FEMALE, HARMED, MALE, REPORTED, Mention
from linkage.intake.patterns import compiled
from linkage.intake.story import Story

_HE_DOES = compiled(r"\b(?:he|they|who|man|men|driver|client|punter|lad|lads)\s+(?:\w+\s+){1,3}$")
_HE_TOLD = compiled(r"\bhe (?:told|said|says|claimed)\b")
_WITH_HER = compiled(
    r"\s+(?:who (?:was|had been) )?(?:lying(?= (?:down )?in the (?:back|boot|rear|footwell)\b)"
    r"|hiding|hidden|crouch(?:ed|ing)|waiting|concealed|lurking)\s+(?:down )?"
    r"(?:in|behind|under|inside)\b"
    r"|\s+(?:who\s+)?(?:he|they)\s+(?:was|were|came|arrived)\s+with\b|\s+(?:in tow|at (?:his|their) side)\b"
)
_SOMEBODY = compiled(r"\b(?:victim|worker|escort|her|she)\b")
_MET = compiled(r"\b(?:met|meet|meeting|(?:joined|approached|befriended|picked up|chatted up|lured) by)\s+$")
_LABELLED_TOO = compiled(r"(?:^|[.;\n]\s*)(?:man|male|driver|him|he|passenger|husband|partner)\s*[:–-]\s")
"""A line for another of the reported people, beside "Woman: white, twenties"."""

_WHEN = compiled(
    r"\b(?:waiting|walking|standing|sitting|queuing|working|shopping|driving|alone|home)\b[^.;]*\bwhen\s+$"
)
"""Before a woman who comes upon who was harmed: "she was waiting for a bus when a woman sat down"."""

_HIS = compiled(r"\bhis\b(?! (?:\w+[ -])?(?:\d\ds|teens|\w+ties)\b)")
_VICTIM = compiled(r"\b(?:the|her|his) victim\b")
_HEADS_LINE = compiled(r"[\w '-]{2,30}[:–-]\s+\w/")
_IC = compiled(r",\s+(?:ic ?\d|white|black|asian|mixed|approx|about|\d\d)\b")
_HEADING = 50
"""Characters from the start of a heading within which the person it asks for is named [G]."""


def woman_part(story: Story, mention: Mention, told: str) -> str:
    """The part of a woman newly named, by what is told of her and whom she is named with."""
    if _noted(story, mention):
        return REPORTED
    suffered = (evidence.harmed(told) or evidence.done_to(told)) and not evidence.attacks(told)
    if suffered or joined.beside_harmed(story, mention) or joined.flees_from(story, mention):
        return HARMED
    section = story.section(mention)
    opens = section is not None and section.describes and mention.start - section.start < _HEADING
    story.woman = story.woman or (opens and not mention.plural and not mention.article)
    general = mention.plural and not mention.count and not evidence.attacks(told)
    opening = story.opening(mention)
    struck_by = mention.place == "agent" and not (
        cue("used_by").search(opening) or _HE_TOLD.search(opening) or cue("told_by").search(opening)
    )
    if (
        struck_by
        or joined.acts_on_harmed(story, mention)
        or (story.woman and not general)
        or _told_at_once(story, mention)
    ):
        return REPORTED
    if cue("sought").search(story.opening(mention)):
        helper = story.knows(REPORTED, MALE) and not evidence.attacks(told)
        return joined.as_sought(story, mention, BYSTANDER if helper else REPORTED)
    labelled = story.low.startswith(":", mention.end)
    known = story.knows(REPORTED, FEMALE) and (mention.article == "known" or story.speaker or labelled)
    known = known and (labelled or not _harmed_woman(story, mention))
    known = known or _of_couple(story, mention) or (labelled and _LABELLED_TOO.search(story.low) is not None)
    known = known or (mention.article != "new" and not mention.plural and _only_reported_so(story, mention))
    brought_in = mention.article == "new" or mention.before.startswith("this")
    strikes = story.speaker and brought_in and not mention.plural and story.she_attacks()
    blamed = mention.place == "subject" and cue("blamed").match(story.low, mention.end) is not None
    if known or strikes or blamed or _woman_with_him(story, mention, told):
        return REPORTED
    passing = story.speaker and mention.place == "subject" and mention.article != "own" and mention.described
    return BYSTANDER if passing else HARMED


def _noted(story: Story, mention: Mention) -> bool:
    """Whether notes give a woman as they give a suspect: "Shaz: w/f, 40ish", "Lone female, IC1, 45+"."""
    section = story.section(mention)
    if mention.words == "f" and section is not None and section.role == REPORTED:
        return (
            story.low[mention.start - 1] == "/"
            and _HEADS_LINE.fullmatch(story.low, section.start, mention.start) is not None
        )
    return mention.before.endswith("lone") and _IC.match(story.low, mention.end) is not None


def _told_at_once(story: Story, mention: Mention) -> bool:
    if joined.gives_name(story, mention) or _met_by_him(story, mention):
        return True
    return joined.sought_in_passive(story, mention) or joined.robs_him(story, mention)


def _of_couple(story: Story, mention: Mention) -> bool:
    """Whether "the woman" is she of a reported couple: who was harmed is called the victim in this text."""
    return (
        story.couple_reported()
        and mention.article == "known"
        and not mention.plural
        and _VICTIM.search(story.low) is not None
    )


def _met_by_him(story: Story, mention: Mention) -> bool:
    """Whether she is whom a man who was harmed met, where nobody has been reported: "he had met two women"."""
    new = mention.article == "new" and mention.place in ("object", "agent")
    return new and _man_alone(story) and _MET.search(story.opening(mention)) is not None


def _man_alone(story: Story) -> bool:
    """Whether only a man was harmed so far, and nobody has been reported."""
    return story.knows(HARMED, MALE) and not story.knows(REPORTED) and not story.knows(HARMED, FEMALE)


def _harmed_woman(story: Story, mention: Mention) -> bool:
    """Whether "the girl" is rather the woman who was harmed: no reported woman has been called so."""
    called = any(one.role == REPORTED and not one.heads.isdisjoint(mention.heads) for one in story.entities)
    return story.knows(HARMED, FEMALE) and not called


def _only_reported_so(story: Story, mention: Mention) -> bool:
    """Whether "woman" has been said of a reported person, or of one of a couple, and of nobody else."""
    named = [one for one in story.entities if not one.heads.isdisjoint({*mention.heads, "couple", "pair"})]
    return bool(named) and all(one.role == REPORTED for one in named) and mention.article != "own"


def _woman_with_him(story: Story, mention: Mention, told: str) -> bool:
    """Whether a woman took part: newly introduced with an attack told of her, or named beside the man."""
    if any(story.stands_before(name, mention.start) for name in ("he_with", "he_brought", "with_him")):
        return not evidence.harmed(told)
    new = mention.article == "new" and mention.place == "subject"
    beside = mention.place == "subject" and cue("and_men").match(story.low, mention.end)
    if (beside or story.stands_before("with_men", mention.start)) and not evidence.done_to(told):
        return True
    comes_upon = new and _WHEN.search(story.opening(mention)) is not None
    turns_up = new and cue("turns_up").match(told) is not None
    turns_up = (turns_up or (comes_upon and not (evidence.helps(told) or evidence.done_to(told)))) and story.knows(
        HARMED
    )
    came_along = _WITH_HER.match(story.low, mention.end) or cue("came_after_him").match(story.low, mention.end)
    if turns_up or came_along or joined.beside_man(story, mention, told):
        return True
    apart = mention.count > 1 and _HE_DOES.search(story.opening(mention)) is None
    introduced = mention.article == "new" and (mention.place == "subject" or apart)
    if introduced and evidence.attacks_others(told) and (_man_alone(story) or not _HIS.search(told)):
        return True
    somebody = story.speaker or story.knows(HARMED) or _SOMEBODY.search(story.low) is not None
    return somebody and story.stands_before("he_and", mention.start)
