"""The part of somebody called a client, a driver or a caller: mostly the reported person, but not always."""

from __future__ import annotations

import re
from functools import cache

from linkage.intake import evidence
from linkage.intake.cues import cue, nouns
from linkage.intake.given_names import is_given_name
from linkage.intake.mention import BYSTANDER, HARMED, REPORTED, Mention
from linkage.intake.patterns import compiled
from linkage.intake.story import Story

_MET = compiled(r"(?:passenger|driver|customer|caller|stranger|couple|pair)s?")
_PAYS = compiled(r"(?:client|punter|customer|caller|visitor|passenger|regular|stranger|driver)s?|couple|pair")
_GROUPED = compiled(r"couple|pair|passengers?")
_SURPRISED = compiled(r"\bwhen\s+(?:some(?:one|body)|an?\s+(?:[\w-]+\s+){0,2}(?:man|male|stranger|woman|youth))\b")
_OF_HERS = compiled(r"^(?:her|my|our|your)\b|\b(?:victim|worker|escort|woman|girl|lady|agency|friend)'s\b")
_AWAITED = compiled(r"\b(?:expect(?:ing|ed)|await(?:ing|ed)|waiting for|due to (?:meet|see)|to meet)\s+$")
"""Before a client who was to come where those who came are known."""

_IN_FULL = compiled(r"\s+(?P<first>[a-z]+)\s+[a-z][a-z'’-]+,\s+(?:aged\s+)?\d\d,")
_CHARGED = compiled(r"[^.;]{0,60}?\b(?:charged|arrested|jailed|appeared (?:at|in|before)|pleaded|admitted|accused)\b")
_TELLS = compiled(r"[^.;]{0,80}?\b(?:reports|reported|states|stated|disclosed|advises|wishes|works|working|feels)\b")


def pays(mention: Mention) -> bool:
    """Whether the noun is that of a client or of somebody met by chance, who may have been there by the way."""
    return _PAYS.fullmatch(mention.words) is not None


def client_part(story: Story, mention: Mention, told: str) -> str:
    """The part of a person called so; "" where the noun names nobody in particular ("seeing clients")."""
    if _is_harmed(story, mention, told):
        return HARMED
    if _is_by_the_way(story, mention, told):
        return BYSTANDER
    general = mention.plural and not mention.article and not mention.described and mention.place == "object"
    return "" if general and not mention.count else REPORTED


def _is_harmed(story: Story, mention: Mention, told: str) -> bool:
    if (story.client_harmed and mention.words.startswith("client")) or _reports(story, mention, told):
        return True
    if pays(mention) and evidence.done_to(told) and not evidence.attacks(told):
        return True
    rest = story.low[mention.end : story.stop(mention)]
    if pays(mention) and mention.place == "subject" and _SURPRISED.search(rest) and not evidence.attacks(told):
        return True
    met = mention.article == "new" and mention.place == "object" and _MET.fullmatch(mention.words) is not None
    return met and cue("to_somebody").search(story.opening(mention)) is not None


def _is_by_the_way(story: Story, mention: Mention, told: str) -> bool:
    """ "Her driver", "my other client", and a couple who only looked on."""
    strikes = evidence.attacks(told)
    its = story.opening(mention).endswith("its ") and story.knows(REPORTED) and not strikes
    if its or cue("besides").search(mention.before):
        return True
    awaited = mention.article == "new" and not mention.plural and _AWAITED.search(story.opening(mention)) is not None
    if awaited and story.knows(REPORTED):
        return True
    opening = story.opening(mention)
    if mention.words == "driver" and mention.article == "known" and cue("fled_to").search(opening):
        return True
    another = mention.before.startswith("another") and pays(mention)
    if not strikes and ((another and cue("vouched").search(opening)) or _is_named_in_full(story, mention)):
        return True
    grouped = mention.article == "new" and _GROUPED.fullmatch(mention.words) is not None
    if grouped and mention.place == "subject" and story.knows(REPORTED) and not strikes:
        return True
    her_driver = mention.article == "own" and (
        mention.words == "driver" or (mention.words in ("passenger", "passengers") and not strikes)
    )
    return her_driver and _OF_HERS.search(mention.before) is not None


def _is_named_in_full(story: Story, mention: Mention) -> bool:
    """Whether a newspaper names who was on or at the wheel, with their age: "Driver Paula Raine, 55, asked a lad"."""
    named = _IN_FULL.match(story.low, mention.end) if not mention.article and not mention.plural else None
    return named is not None and is_given_name(named["first"]) and not _CHARGED.match(story.low, named.end())


def _reports(story: Story, mention: Mention, told: str) -> bool:
    """Whether "the caller" is who was harmed: "Caller is an indoor worker", "the caller, who is 29, reports"."""
    tells = mention.words == "caller" and mention.place == "subject" and story.low.startswith(",", mention.end)
    if tells and _TELLS.match(story.low, mention.end, story.stop(mention)):
        return True
    return _is_worker().match(told) is not None


@cache
def _is_worker() -> re.Pattern[str]:
    """ "Caller is an indoor worker"."""
    mods = r"(?:(?!(?:by|of|to|with|who|and|the|in|from|for|at|her|his|not)\b)[\w-]+\s+){0,4}"
    return re.compile(
        rf"(?:\s+(?:is|was)\s+(?:also\s+)?(?:an?\s+|one of our\s+)?|,\s+an?\s+){mods}(?:{nouns('harmed')})\b"
    )
