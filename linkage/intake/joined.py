"""People who take their part from those they are named with: "a man and a woman", "the occupants: a woman of 40 and a
man of 52", "his accomplice attacked the man", "he wanted a young girl"."""

from __future__ import annotations

import re
from functools import cache

from linkage.intake import evidence
from linkage.intake.cues import cue, nouns, verbs
from linkage.intake.mention import BYSTANDER, FEMALE, HARMED, MALE, REPORTED, Mention
from linkage.intake.patterns import compiled
from linkage.intake.story import Story

_LIST_OPENS = compiled(
    r"(?:\s+(?:of|at|in|inside)\s+(?:the\s+)?[\w-]+)?\s*"
    r"(?:[,:(–-]|who (?:are|were)\b|(?:were|are|including|namely)\b)\s*(?:both\s+)?"
)
_LIST_GOES_ON = compiled(r"[^.;]{0,70}?(?:,|\band|&|\+)\s*$")
_COORDINATE = compiled(
    r"\s*(?:\([^)]*\))?(?:\s*,?\s*(?:with|in|of|aged|wearing|carrying)\b(?:(?!\bwho\b)[^.;()]){1,50}?)?,?\s+(?:and|&|\+)\s+"
)
_ANYBODY = compiled(
    r"\b(?:any(?:one|body)|those|people|witnesses|whoever|somebody|someone|readers)\b[^,.;]*"
    r"\b(?:saw|seen|sees?|knows?|recogni[sz]es?|spotted|spots|remembers?|with (?:information|details)"
    r"|approached|attacked|contacted|offered|visited|targeted|stopped|followed)\b[^,.;]*$"
)
_VERB_BEFORE = compiled(r"(?<!\bi )(?<!\bwe )(?<!\bshe )(?<!\bwho )(?<!\bthen )(?<!\bpolice )\b(?P<verb>\w+)\s+$")
_WHO_DOES = compiled(r"\s+who\s+(?P<verb>\w+)\s+(?:him|her|me|them|the|an?)\b")
_STRUCK_AT = compiled(
    r"\b(?:(?:took|stole|snatched|grabbed|demanded|wrenched|tore|ripped|stealing|taking|got)\s+(?:[\w£-]+\s+){1,7}from"
    r"|set\s+(?:up)?on|spat\s+at|fell\s+upon|(?:lunged|swung|drove|threw\s+\w+|"
    r"shouted|swore|yelled|hurled\s+[\w ]{3,30})\s+at"
    r"|turned\s+on|preyed\s+on|abuse\s+at|pulled\s+(?:an?|the)\s+\w+\s+on|exposed\s+himself\s+to|(?:indecent|lewd|obscene)"
    r"\s+\w+\s+(?:to|at))\s+$"
)
_SPOUSES = {"husband": MALE, "wife": FEMALE}
_OF_PAIR = compiled(r"\s+(?:of|in)\s+the\s+(?:couple|pair|duo|trio)\b")
_BY_WAY = (BYSTANDER, "object")
_GIVES_NAME = compiled(
    r",?\s+(?:who\s+)?(?:call(?:ed|ing|s)\s+(?:her|him)self|(?:giv|us)(?:ing|es|ed)\s+the\s+name|gave\s+(?:her|his|the)\s+name"
    r"|introduc(?:ed|ing)\s+(?:her|him)self|posing\s+as|pretending\s+to\s+be|claiming\s+to\s+be)\b"
)
_FLIGHT = compiled(
    r"\s+(?:(?:has|had|was|who|then|managed|able|forced|left|to)\s+){0,4}"
    r"(?:fle[ed]|fled|ran|run|running|escap|got away|broke free|hid|hide|scream|locked (?:her|him)self|sought)\w*\b"
    r"[^.;]{0,60}?\b(?:after|when|as|from)\s+(?=(?:an?|two|three|four|another|the)\s)"
)
_OWNS = compiled(r"'s?\s+(?:[\w-]+\s+)?")
_TO_HIM = compiled(r"(?:\s*\([^)]*\)|,[^,.;]*,)?\s+\w+\s+him\b")
_SOUGHT = compiled(
    r"(?P<relative>\s+(?:who|whose)\b[^.;]{0,110}?|[^.;]{0,60}?)"
    r"\b(?:is|are|was|were|(?:has|have) been)\s+(?:now\s+|still\s+|also\s+|named as\s+)?(?:being\s+)?"
    r"(?:wanted|sought|hunted)\b"
)
_ASKED = compiled(r"\b(?:ask|urg|warn|advis|remind|encourag|invit|tell|appeal)\w*\b[^.;:]*$")
"""Before those to whom an appeal goes out: "officers are asking sex workers and their clients to"."""
_HOME_OF = compiled(r"\b(?:homes?|house|flat|bungalow|cottage|door|address|property) of (?:an?|the) (?:\w+ )?$")
_ON_BOARD = compiled(
    r"\b(?:on|in|into|onto|in to|on to|boarded) (?:the |a |my )?(?:bus|coach|tram)\b(?! (?:stop|stati|shelter|lane))"
)
_BOARDED = 200
"""Characters back in which a bus may have been named that "the driver" drives [G]."""
_REACH = 60
"""Characters before a couple in which their home may be named [G]."""


def wished_for(story: Story, mention: Mention) -> bool:
    """Whether the reported person only asks for somebody: "he was looking for a blonde girl"."""
    new = mention.article != "known" and mention.kind in (MALE, FEMALE, "person", "harmed")
    return new and mention.place == "object" and cue("wished_for").search(story.opening(mention)) is not None


def seen_by_anybody(story: Story, mention: Mention) -> bool:
    """Whether the public is asked about somebody: "anyone who saw a man in a cap is urged to call"."""
    return _ANYBODY.search(story.opening(mention)) is not None


def sought_in_passive(story: Story, mention: Mention) -> bool:
    """Whether "is wanted" or "are being sought" is told of somebody, "for questioning" or not."""
    said = _SOUGHT.match(story.low, mention.end, story.stop(mention)) if mention.place == "subject" else None
    return said is not None and mention.article != "own" and not evidence.helps(said["relative"])


def as_sought(story: Story, mention: Mention, role: str) -> str:
    """The part given, noted for whoever is sought in the same sentence: "two men and a woman"."""
    if cue("sought").search(story.opening(mention)):
        story.sought[mention.sentence] = role
    return role


def sells(story: Story, mention: Mention) -> bool:
    """Whether the noun itself, or what is told of somebody, is that of who was harmed: "the injured woman", "men who
    escort"."""
    looks = mention.kind in (MALE, FEMALE, "person")
    hurt = mention.article != "" and cue("hurt").search(mention.before) is not None
    return looks and (hurt or cue("sells").match(story.low, mention.end) is not None)


def speaks_to_him(story: Story, mention: Mention) -> bool:
    """Whether "the lad" does something to "him", who is another man: "the lad (22, slim) asked him to stop"."""
    if mention.kind != MALE or mention.place != "subject" or mention.article != "known" or mention.plural:
        return False
    reported = [one for one in story.entities if one.role == REPORTED]
    apart = all(one.heads.isdisjoint(mention.heads) and not one.plural for one in reported)
    return bool(reported) and apart and _TO_HIM.match(story.low, mention.end) is not None


def robs_him(story: Story, mention: Mention) -> bool:
    """Whether a woman is only told of as "the woman who robbed him", no reported person being known."""
    does = _WHO_DOES.match(story.low, mention.end)
    strikes = does is not None and verbs("attack").match(does["verb"]) is not None
    return strikes and mention.place == "subject" and not story.knows(REPORTED)


@cache
def _on_harmed() -> re.Pattern[str]:
    return re.compile(
        r"(?:,?\s+(?:of|in|aged)\s+(?:about\s+|around\s+|her\s+|his\s+|an?\s+){0,2}"
        r"(?:(?:early|mid|late)[\s-])?[\w-]+(?:\s+[\w-]+)??,?)?"
        r"(?:\s*,?\s+who)?\s+(?:has\s+|had\s+|is\s+|was\s+|keeps\s+)?(?:been\s+)?(?:(?:now|also|allegedly|repeatedly)\s+)*"
        r"(?P<verb>(?!(?:is|was|has|his|as|this)\b)[a-z]+(?:s|ed|ing))(?:\s+(?:on|upon|at|off|from))?\s+"
        rf"(?:(?:an?|the|two|three|four|five|several|other|local|young|female|at least)\s+)*(?:{nouns('harmed')})\b"
    )


def acts_on_harmed(story: Story, mention: Mention) -> bool:
    """Whether somebody newly named does to a worker what no friend does: "a carer who preyed on a worker"."""
    if mention.article != "new" or (said := _on_harmed().match(story.low, mention.end)) is None:
        return False
    helps = evidence.helps(story.told(mention)) or evidence.perceives(story.low, said.start("verb") - 1)
    return not helps and cue("looks_after").match(said["verb"]) is None


def beside_reported(story: Story, mention: Mention) -> bool:
    """Whether somebody's relative is named right beside a reported person: "a man and his son came in"."""
    last = story.entities[-1] if story.entities else None
    if last is None or last.role != REPORTED or last.place == "object" or not mention.before.startswith("his"):
        return False
    return story.low[last.end : mention.opens].strip() in ("and", "&", "+")


def hers(story: Story, mention: Mention) -> bool:
    """Whether somebody is that of the reported woman named last, or of her of a reported couple: "the woman ... her
    companion"."""
    last = next((one for one in reversed(story.entities) if not one.speaks), None)
    named = last is not None and last.role == REPORTED and last.sex == FEMALE
    of_two = reported_pair(story) and story.knows(REPORTED, FEMALE) and not story.knows(HARMED, FEMALE)
    return (named or of_two) and mention.before.startswith("her")


def reported_pair(story: Story) -> bool:
    """Whether a couple is reported, or one man and one woman are."""
    return _man_and_woman(story) is not None or story.couple_reported()


def _man_and_woman(story: Story) -> dict[str | None, int] | None:
    """The man and the woman who are reported together, by their places among the people of the text."""
    alone = {one.sex: at for at, one in enumerate(story.entities) if one.role == REPORTED and not one.plural}
    return alone if alone.keys() >= {MALE, FEMALE} else None


def named_as_one(story: Story, mention: Mention) -> bool:
    """Whether a reported person has been called so: "two brothers ... his brother"."""
    return any(one.role == REPORTED and not one.heads.isdisjoint(mention.heads) for one in story.entities)


def owned_by_reported(story: Story, mention: Mention) -> bool:
    """Whether somebody is named as a reported person's: "the man's friend"."""
    last = story.entities[-1] if story.entities else None
    if last is None or last.role != REPORTED or last.sentence != mention.sentence:
        return False
    return _OWNS.fullmatch(story.low, last.end, mention.start) is not None


def struck_by_reported(story: Story, mention: Mention) -> bool:
    """Whether somebody is the one whom a reported person, named before them in the sentence, strikes or robs."""
    fits = (mention.kind == MALE and not mention.plural) or mention.article == "new"
    return fits and mention.kind != "all" and struck(story, mention)


def struck(story: Story, mention: Mention) -> bool:
    """Whether somebody is the object of a deed of the reported person named last: "he punched the woman"."""
    if mention.place != "object":
        return False
    there = [one for one in story.entities if one.sentence == mention.sentence and (one.role, one.place) != _BY_WAY]
    if not there or there[-1].role != REPORTED:
        return False
    opening = story.opening(mention)
    verb = _VERB_BEFORE.search(opening)
    struck_at = _STRUCK_AT.search(opening) is not None and there[-1].place in ("subject", "agent")
    return struck_at or (verb is not None and verbs("attack").match(verb["verb"]) is not None)


def brought(story: Story, mention: Mention) -> bool:
    """Whether companions came with a reported man, the subject: "a man returned with two companions"."""
    last = story.entities[-1] if story.entities else None
    came = last is not None and (last.role, last.place, last.sentence) == (REPORTED, "subject", mention.sentence)
    return came and story.opening(mention).endswith(" with ") and mention.article == "new"


def beset(story: Story, mention: Mention) -> bool:
    """Whether somebody is the object of what several reported people do: "two men approached a couple"."""
    last = story.entities[-1] if story.entities else None
    there = last is not None and last.role == REPORTED and last.sentence == mention.sentence
    return there and mention.place == "object" and last is not None and last.place in ("subject", "agent")


def beside_harmed(story: Story, mention: Mention) -> bool:
    """Whether somebody is named together with one who was harmed: "assaulted a man and a woman"."""
    last = story.entities[-1] if story.entities else None
    if last is None or last.role != HARMED or last.sentence != mention.sentence or mention.article != "new":
        return False
    return story.low[last.end : mention.opens].strip() in ("and", "&", "and then")


def gives_name(story: Story, mention: Mention) -> bool:
    """Whether somebody gives themselves out for somebody, which no helper does: "a woman calling herself Jade"."""
    return mention.article != "own" and _GIVES_NAME.match(story.low, mention.end) is not None


def flees_from(story: Story, mention: Mention) -> bool:
    """Whether somebody new only got away from another who is named behind them: "a boy ran home after a man ..."."""
    if mention.article != "new" or mention.place != "subject":
        return False
    stop = story.stop(mention)
    flight = _FLIGHT.match(story.low, mention.end, stop)
    other = _attacker().match(story.low, flight.end(), stop) if flight else None
    if other is None:
        return False
    told = evidence.clause(story.low, other.end(), stop)
    return (mention.kind == FEMALE or evidence.attacks(told)) and not evidence.helps(told)


@cache
def _attacker() -> re.Pattern[str]:
    people = "|".join(nouns(group) for group in (MALE, "reported"))
    return re.compile(rf"(?:an?|two|three|four|another|the)\s+(?:[\w-]+\s+){{0,3}}?(?:{people})\b")


def part_of_list(story: Story, mention: Mention) -> str:
    """The part of a group, not reported, whose members are named behind it: "the occupants, a woman and a man"."""
    if mention.plural or mention.article != "new" or mention.kind not in (MALE, FEMALE, "person"):
        return ""
    group = story.last_group()
    if group is None or group.role == REPORTED or group.sentence != mention.sentence:
        return ""
    opened = _LIST_OPENS.match(story.low, group.end, mention.opens)
    if opened is None or evidence.attacks(story.told(mention)):
        return ""
    goes_on = _LIST_GOES_ON.fullmatch(story.low, opened.end(), mention.opens)
    return group.role if goes_on or opened.end() == mention.opens else ""


def beside_man(story: Story, mention: Mention, told: str) -> bool:
    """Whether a woman is named together with a reported man: "a man with a scar and a woman came in", "the suspects
    are a man of 30 and a woman of 25", "held by a man and a woman"."""
    last = story.entities[-1] if story.entities else None
    if last is None or last.role != REPORTED or last.sentence != mention.sentence:
        return False
    if last.place not in ("subject", "predicate", "agent"):
        return False
    joined = mention.article != "own" and _COORDINATE.fullmatch(story.low, last.end, mention.opens) is not None
    return joined and not evidence.done_to(told) and not evidence.harmed(told)


def of_pair(story: Story, mention: Mention) -> bool:
    """Whether somebody is expressly one of a reported pair: "the woman of the couple"."""
    return _OF_PAIR.match(story.low, mention.end) is not None and story.has_group()


def husband_or_wife(story: Story, mention: Mention) -> int | None:
    """The man or the woman who are reported together, where "the husband" and "the wife" tell of them."""
    both = _man_and_woman(story) if mention.words in _SPOUSES else None
    return both[_SPOUSES[mention.words]] if both else None


def of_couple(story: Story, mention: Mention, told: str) -> str:
    """The part of one of a reported couple: "the woman of the couple", and of a man who comes in after "a couple are
    sought": "Inside, a man was waiting"; "" for others."""
    if of_pair(story, mention):
        return REPORTED
    if not story.couple_reported() or mention.kind != MALE or mention.plural or story.harmed_man:
        return ""
    return "" if evidence.done_to(told) or evidence.helps(told) else REPORTED


def couple_harmed(story: Story, mention: Mention) -> bool:
    """Whether a couple is set upon, or it was their home: "burgled the home of a couple in their eighties"."""
    upon = mention.article == "new" and beset(story, mention)
    return upon or _HOME_OF.search(story.low, max(0, mention.start - _REACH), mention.start) is not None


def drives_bus(story: Story, mention: Mention, told: str) -> bool:
    """Whether "the driver" is that of a bus on which the reported person, known by now, sat too: "I told driver"."""
    if mention.words != "driver" or not story.knows(REPORTED) or evidence.attacks(told):
        return False
    return _ON_BOARD.search(story.low, max(0, mention.start - _BOARDED), mention.start) is not None


def asked(story: Story, mention: Mention) -> bool:
    """Whether several are only those to whom an appeal goes out: "asking sex workers and their clients to"."""
    several = mention.kind == "reported" and mention.plural and story.low.startswith(" to ", mention.end)
    return several and _ASKED.search(story.opening(mention)) is not None
