"""The part of a person newly named: reported, harmed or bystander; "" for a noun that names nobody in particular."""

from __future__ import annotations

import re
from functools import cache

from linkage.intake import evidence, grouped, joined
from linkage.intake.clients import client_part, pays
from linkage.intake.cues import cue, nouns, people_words
from linkage.intake.men import AGAIN, man_part
from linkage.intake.mention import BYSTANDER, FEMALE, HARMED, MALE, REPORTED, Mention, label
from linkage.intake.patterns import compiled
from linkage.intake.story import Story
from linkage.intake.women import woman_part

_GENUINE = compiled(r"\b(?:real|genuine|actual)\b")
"""Before a bystander's noun: not the one who passed himself off as such."""

_BOGUS = compiled(r"\b(?:bogus|fake|phon(?:e)?y|sham|so-called|supposed|purported|pretend|self-styled)\b")
_WAITED = compiled(
    r"\s+(?:waited|drove|stood|sat|kept|held|remained|(?:was|were) (?:waiting|driving|at the wheel|sitting|hiding))\b"
)
_TURNS_UP = compiled(
    r"\s+(?:then\s+|also\s+|had\s+)?(?:(?:climbed|jumped|sprang|stepped|got|leapt|burst|came|comes?|walked|walks|popped)"
    r"\s+(?:out|in|up|over|from|through|round)\b|appeared\b"
    r"|emerged\b|(?:was|were)\s+(?:also\s+)?(?:hiding|waiting|crouch\w+|in the (?:back|boot)))"
)
_AS_WITNESS = compiled(r"\bwitness(?:es)?\b(?:,? (?:including|such as|namely|among them|in particular)|:)[^.;]*$")
_HIS = compiled(r"\b(?:his|their)\s+(?:\w+\s+)?$")
_AND = compiled(r"\band\s+(?:an?\s+|his\s+|her\s+)?$")

_DRIVES = compiled(r"(?:van|car|lorry|truck|minibus|motor) driver")
_KIN = {"son": "father", "nephew": "uncle", "wife": "husband", "dad": "father", "mum": "mother"}
"""What he is to who came with him: "a man and his son ... the father"."""

_HER = compiled(r"\b(?:her|me|she|i|victim|woman|worker)\b")
_OURS = compiled(r"(?:my|our|her|your)\b|(?!today|yesterday|night|week|\w+day)[\w-]+'s\b")
_PASSING = compiled(r"\b(?:other|another|drivers?|passengers?|strangers?|couple|pair)\b")
_SAW_IT = compiled(r"\b(?:saw|seen|heard|witness|disturb)")
_NEARLY_FAMILY = compiled(r"wife|husband|boyfriend|girlfriend|partner|colleague|son")
_ELIMINATED = compiled(r"\b(?:eliminated?|ruled? out|discounted|cleared|thank|reassure)\s+$")
_SOLD_TO = compiled(r"\b(?:sex|services?|massages?|time|escort\w*|sleeps?|sleeping)\s+(?:to|with|for)\s+$")
"""Before the men in general to whom somebody sells: "a man who sells sex to men"."""

_CHARGED = compiled(
    r"[^.;]{0,40}?\b(?:was|has been|is|were|have been|had been)\s+(?:since\s+|later\s+|now\s+)?"
    r"(?:arrested|charged|remanded|in custody)\b"
)
_COMES_UPON = compiled(
    r"[^.;]{0,50}?\b(?:stumbled (?:on|upon|across)|came (?:across|upon)|"
    r"found|saw|spotted|noticed|disturbed|witnessed)\b"
)
_AT_LARGE = compiled(
    r"[^.;]{0,30}?\b(?:at large|on the run|(?:are|is|were) (?:still )?(?:being )?(?:hunted|sought|wanted))\b"
)
_RIDES = ("rider", "cyclist", "biker", "motorcyclist", "moped rider", "scooter rider")
_ON_TWO_WHEELS = compiled(
    r"\b(?:(?:mountain |push |racing |electric |e-)?bi(?:ke|cycle)s?|motor ?bikes?|mopeds?|scooters?|motor ?cycles?"
    r"|pillion|quad ?bikes?)\b"
)

_HEADING = 20
"""Characters from its start within which a heading names whom it asks for [G]."""


def role_of(story: Story, mention: Mention) -> str:
    """The part of the person that a noun newly names."""
    told = story.told(mention)
    if _nobody(story, mention):
        return ""
    if _by_the_way(story, mention):
        return BYSTANDER
    if mention.kind == BYSTANDER:
        acts = evidence.may_turn(mention.words) and joined.acts_on_harmed(story, mention)
        return REPORTED if acts else _of_bystander(story, mention, told)
    if mention.kind in ("harmed", "name") or (joined.sells(story, mention) and not evidence.attacks(told)):
        return HARMED
    listed = joined.part_of_list(story, mention) or joined.of_couple(story, mention, told)
    return listed or _from_others(story, mention, told) or _from_own(story, mention, told)


def _by_the_way(story: Story, mention: Mention) -> bool:
    """Whether somebody is only set against the reported person, pictured, asked for, or told of in brackets."""
    if mention.words in ("m", "f") and story.low[mention.start - 1 : mention.start] == "(":
        return True  # behind a noun that no list holds: "from the sauna's owner, Leeds (M, 60)"
    if cue("contrast").search(story.opening(mention)):
        mention.governs = True
        return True
    if joined.asked(story, mention):
        return True
    seen = cue("pictured").search(story.opening(mention)) is not None or joined.wished_for(story, mention)
    if seen:
        mention.heads = set()
    return seen


def _nobody(story: Story, mention: Mention) -> bool:
    both = mention.article == "known" and mention.count == 2 and mention.kind == MALE and story.one_of_each()
    advice = cue("advice").match(story.low, story.breaks[mention.sentence]) and mention.article != "known"
    as_one = mention.kind == "reported" and story.opening(mention).endswith("as ")
    buyers = mention.kind == MALE and not mention.before and _SOLD_TO.search(story.opening(mention)) is not None
    return both or bool(advice) or as_one or (buyers and mention.plural)


def _of_bystander(story: Story, mention: Mention, told: str) -> str:
    if mention.article == "new" and joined.struck_by_reported(story, mention):
        return HARMED
    opening = story.opening(mention)[-60:]
    helps = evidence.helps(told)
    mate = re.fullmatch(people_words()["bystander"]["companions"], mention.words) is not None
    before_noun = story.low[max(0, mention.start - 24) : mention.start]
    there = mention.place == "subject" or cue("inverted").match(story.opening(mention)) is not None
    there = there and not cue("not_there").match(told)
    whose = _HIS.search(before_noun) or joined.owned_by_reported(story, mention) or joined.hers(story, mention)
    his = bool(mate and there and not helps and whose)
    his = his and (evidence.attacks(told) or not _man_apart(story))
    his = his and (
        evidence.attacks(told)
        or cue("takes_part").search(told) is not None
        or mention.place != "subject"
        or not _NEARLY_FAMILY.match(mention.words)
        or (story.has_group() and mention.words not in ("husband", "boyfriend"))
        or (joined.reported_pair(story) and not story.harmed_man)
    )
    his = his or (
        mate and any(story.stands_before(name, mention.start) for name in ("he_with", "he_brought", "with_him"))
    )
    his = his or (mate and (joined.beside_reported(story, mention) or joined.brought(story, mention)))
    his = his or bool(mate and whose and not helps and _TURNS_UP.match(told))
    his = his or (mate and mention.before.startswith("his") and joined.named_as_one(story, mention))
    his = his and not evidence.cleared(told)
    his = his or (mate and mention.article != "own" and cue("came_along").match(told) is not None)
    his = his or (mate and not helps and _joins_in(story, mention, told))
    known = mention.article != "own" and not mention.heads.isdisjoint(story.companions)
    if (
        his
        or known
        or _drove_them(story, mention)
        or (_is_kin(mention) and _kin_sought(story, mention, opening, helps))
    ):
        story.companions |= mention.heads | {_KIN[head] for head in mention.heads if head in _KIN}
        return REPORTED
    if _BOGUS.search(mention.before) and not story.knows(REPORTED) and not mention.plural:
        return REPORTED
    if AGAIN.search(mention.before) or _GENUINE.search(mention.before):
        return BYSTANDER
    if mention.article != "own" and cue("sought").search(opening) and not story.knows(REPORTED):
        seen = helps or not evidence.may_turn(mention.words) or _as_witness(story, mention)
        return BYSTANDER if seen else REPORTED
    return next((story.turned[head] for head in mention.heads if head in story.turned), BYSTANDER)


def _joins_in(story: Story, mention: Mention, told: str) -> bool:
    """Whether "the mate in the back" came with a reported person: there in hiding, or attacking."""
    there = cue("present").match(told.lstrip()) is not None and not story.knows(BYSTANDER)
    if there and not mention.article and mention.place == "subject":
        return True  # "mate in the passenger seat says nothin"
    hid = there and story.knows(REPORTED)
    family = _NEARLY_FAMILY.match(mention.words) is not None
    return mention.article == "known" and (hid or (evidence.attacks_others(told) and not family))


def _man_apart(story: Story) -> bool:
    """Whether one of several men has been called a witness: "his companion" is then he."""
    apart = (one for one in story.entities if one.role == BYSTANDER and one.sex != FEMALE and not one.plural)
    return story.has_group() and any(not one.heads for one in apart)  # "the other man" has no noun of its own


def _drove_them(story: Story, mention: Mention) -> bool:
    """Whether a line of notes on one of a group opens with "Van driver:", or "the rider" is of those on a moped."""
    if mention.words in _RIDES and mention.article == "known" and not evidence.helps(story.told(mention)):
        new = not any(not one.heads.isdisjoint(mention.heads) for one in story.entities)
        ridden = story.low[: story.breaks[mention.sentence]]
        return new and story.knows(REPORTED) and _ON_TWO_WHEELS.search(ridden) is not None
    if mention.words in ("vanman", "van man") and mention.article == "known":
        return story.knows(REPORTED) or not story.knows(BYSTANDER)
    line = (
        story.low[mention.opens - 1 : mention.opens] in ("", "\n") or mention.start == story.breaks[mention.sentence]
    )
    drives = _DRIVES.fullmatch(mention.words) is not None and story.low.startswith(":", mention.end)
    return line and drives and story.has_group()


def _is_kin(mention: Mention) -> bool:
    return any(cue("kin").match(head) for head in mention.heads)


def _kin_sought(story: Story, mention: Mention, opening: str, helps: bool) -> bool:
    """Whether relatives of each other are the reported people: "hunting a brother and sister", "the 2 brothers"."""
    last = story.entities[-1] if story.entities else None
    surprised = cue("when_other").search(story.low[mention.end : story.stop(mention)]) is not None
    finds = _COMES_UPON.match(story.low, mention.end) is not None
    finds = finds or (mention.place == "object" and cue("upon_kin").search(opening) is not None)
    if cue("blamed").match(story.low, mention.end) and mention.place == "subject":
        return True
    if finds or evidence.done_to(story.told(mention)) or (surprised and not evidence.attacks(story.told(mention))):
        return False
    sought = mention.article == "new" and cue("sought").search(opening) is not None and not helps
    counted = mention.plural and mention.count > 1 and mention.article != "own" and not helps
    if last is None or last.role != REPORTED:
        return sought or counted
    joined = _AND.search(opening + " ") is not None and any(cue("kin").match(head) for head in last.heads)
    grouped = last.plural and (mention.place == "predicate" or (mention.plural and mention.place == "subject"))
    return sought or counted or joined or (grouped and mention.article != "own")


def _from_others(story: Story, mention: Mention, told: str) -> str:
    """What the people around tell: a group that "one of them" is of, a heading, helping, being sought as witness."""
    if (role := grouped.of_group(story, mention)) or (role := _of_section(story, mention, told)):
        return role
    attacks = evidence.attacks(told)
    if cue("stationed").match(told) and not (evidence.done_to(told) or (attacks and _HER.search(told))):
        return BYSTANDER
    by_the_way = story.knows(REPORTED) or mention.place == "object"
    came_too = mention.article == "new" and pays(mention) and by_the_way
    may_help = (
        mention.kind != "reported" or came_too or _PASSING.search(f"{mention.before} {mention.words}") is not None
    )
    if mention.place == "agent" and story.stands_before("helped_by", mention.opens):
        return BYSTANDER
    may_help = may_help and not joined.seen_by_anybody(story, mention) and not joined.gives_name(story, mention)
    helps = may_help and evidence.helps(told) and not (attacks and not _SAW_IT.search(told))
    return joined.as_sought(story, mention, BYSTANDER) if helps or _as_witness(story, mention) else ""


def _of_section(story: Story, mention: Mention, told: str) -> str:
    section = story.section(mention)
    if section is None or section.role == REPORTED or mention.place == "agent" or evidence.attacks(told):
        return ""
    asked = set(story.low[section.start : section.start + _HEADING].partition(":")[0].split())
    if any(one.role == REPORTED and not asked.isdisjoint(one.heads) for one in story.entities):
        return ""  # "Pest caller ... Caller: a man, in his 60s"
    return section.role if mention.kind != "reported" else REPORTED


def _as_witness(story: Story, mention: Mention) -> bool:
    """Whether somebody is sought, or known, as a witness."""
    opening = story.opening(mention)
    several = mention.plural and not story.has_group() and cue("sought").search(opening) is not None
    if story.knows(REPORTED) and (several or cue("also_sought").search(opening)):
        return True
    if mention.place == "object" and _ELIMINATED.search(opening):
        return True
    if _AND.search(opening) and story.sought.get(mention.sentence) == BYSTANDER:
        return True
    rest = _next_person().split(story.low[mention.end : story.stop(mention)])[0]
    told = cue("witness").search(rest) or _AS_WITNESS.search(opening)
    return mention.kind != "member" and told is not None


@cache
def _next_person() -> re.Pattern[str]:
    people = "|".join(nouns(group) for group in (MALE, FEMALE, "reported"))
    return compiled(rf"\b(?:an?|the|two)\s+(?:[\w-]+\s+){{0,3}}(?:{people})\b")


def _from_own(story: Story, mention: Mention, told: str) -> str:
    if mention.words in ("couple", "pair") and joined.couple_harmed(story, mention):
        return HARMED
    if mention.kind == "reported":
        return _of_reported(story, mention, told)
    if mention.kind == "person":
        return _of_person(story, mention, told)
    if joined.struck_by_reported(story, mention) or joined.speaks_to_him(story, mention):
        return HARMED
    ours = mention.article == "own" and _OURS.match(mention.before) is not None
    if ours or _acts_on_him(story, mention, told):
        return BYSTANDER
    return woman_part(story, mention, told) if mention.kind == FEMALE else man_part(story, mention, told)


def _of_reported(story: Story, mention: Mention, told: str) -> str:
    if joined.drives_bus(story, mention, told):
        return BYSTANDER
    return HARMED if joined.struck_by_reported(story, mention) else client_part(story, mention, told)


def _acts_on_him(story: Story, mention: Mention, told: str) -> bool:
    """Whether somebody new follows or strikes a man where no man was harmed: he is the reported person."""
    men = story.harmed_man or story.knows(HARMED, MALE) or not story.knows(REPORTED)
    struck = evidence.attacks(told) and not evidence.attacks_others(told)
    return mention.article == "new" and not mention.count > 1 and struck and not men


def _of_person(story: Story, mention: Mention, told: str) -> str:
    attacks = evidence.attacks(told)
    charged = _CHARGED.match(told) is not None and evidence.cleared(told) is False
    if mention.words[:2].isdigit():
        return REPORTED if (attacks and mention.place != "object") or charged else HARMED
    if mention.count > 1 and _AT_LARGE.match(told):
        return REPORTED
    if cue("sought").search(story.opening(mention)) or label(story.low, mention, lettered=False):
        return REPORTED
    again = mention.words == "others" and mention.count
    again = again or (mention.article == "new" and AGAIN.search(mention.before) is not None)
    if again and story.knows(REPORTED) and (_TURNS_UP.match(told) or _WAITED.match(told)):
        return REPORTED  # "to meet one man ... two others came from behind the bins"
    shown = attacks or mention.described or mention.place == "agent"
    return REPORTED if shown and mention.article and not evidence.harmed(told) else ""
