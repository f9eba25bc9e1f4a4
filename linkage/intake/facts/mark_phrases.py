"""Marks told by a whole phrase, by rows of `mark_phrases.toml`: stained hands, gait, habits, smells, jewellery."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from linkage.intake.facts import vocabulary_grammar
from linkage.intake.patterns import compiled

SITES = (
    r"(?:scalp|head|face|neck|jaw|chin|cheeks?|nose|mouth|lips?|ears?|eyes?|eyebrows?|forehead|hands?|fingers?|thumbs?|"
    r"knuckles|wrists?|(?:fore)?arms?|elbows?|shoulders?|chest|back|ribs|legs?|thighs?|knees?|shins?|ankles?|foot|"
    r"feet|groin)"
)
_PLACES = {
    "site": SITES,
    "where": r"(?: (?:to|on|by|near|beside|behind|above|below|around|round|over|across|in|under) "
    rf"(?:(?:the|his|her|their|one|both|an?|left|right|side|top|back|of) )*{SITES}\b)",
    "line": r"(?:tram ?lines?|lines?|slits?|slashes|slash|notch(?:es)?|nicks?|stripes?|gaps?|steps?)",
    "stuff": r"(?:oil|grease|paint|ink|nicotine|tobacco|dirt|soil|plaster|cement|soot|coal dust|flour|dye|henna|tar|"
    r"varnish|creosote|rust|fake tan|brick dust|chalk|diesel|clay|mud|engine oil|ash|blood)",
    "does": r"(?:sniff|blink|cough|sweat|twitch|scratch|wheez|grunt|gulp|yawn|burp|swallow|clearing his throat|"
    r"cleared his throat|licking his lips|licked his lips|chewing his nails|biting his nails|grinding his teeth|"
    r"ground his teeth|cracking his knuckles)(?:ing|ed|es|s|e)?",
}
_OF_A_THING = compiled(
    r"\b(?:car|van|vehicle|room|flat|house|place|taxi|cab|inside|interior|it|seats?|boat|caravan|hotel|there was|bed|"
    r"sheets|alley|kitchen|stairs|lift)(?:\s+(?:was|is)\s+[\w-]+(?:\s+[\w-]+)?,)?\s+(?:that\s+|which\s+|just\s+|always\s+)?"
    r"(?:has\s+|had\s+)?(?:an?\s+)?$"
)
_BY_SMELL = compiled(r"\s+(?:in the (?:car|van|room|flat|house|air)|coming from(?!\s+(?:him|his|the\s+man)\b))")
_INJURED = compiled(
    r"\b(?:leaving|left|leaves|suffered|suffers|suffering|sustain(?:ed|ing|s)|treated for|needed|(?<!be )nursing|"
    r"recovering from|received|escaped with|giving|gave|caused|causing|inflict(?:ed|ing))\s+"
    r"(?:(?:her|him|them|the (?:victim|woman|man|driver|worker|pensioner|teenager|student))\s+)?(?:with\s+)?"
    r"(?:(?:an?|two|several|some|cuts|bruises|bruising|grazes|facial|minor|serious|and|her|badly|possible|"
    r"suspected)[\s,]+)*$"
)
"""Before a hurt that was done in the incident: no mark of the person described ("leaving her with a broken nose")."""
_HURTS = compiled(
    r"\b(?:broken|cut|bruis|graz|black eye|swollen|split|fractur|scratch|stitch|sore|chipped|knocked|burns?\b|gash|"
    r"missing tooth|plaster|bite|cracked|damaged|injur)"
)


@cache
def _grammar() -> vocabulary_grammar.Grammar:
    return vocabulary_grammar.grammar("mark_phrases", **_PLACES)


def find(low: str) -> Iterator[tuple[str, int, int]]:
    """(kind, start, end) of phrases that tell a mark without the noun for one ("hands stained with engine oil"), and
    of what somebody smelled of; not the smell of a car or a room."""
    for one in vocabulary_grammar.find(_grammar(), "marks", low):
        if one.value == "smell" and (of_a_thing(low, one.start) or _BY_SMELL.match(low, one.end)):
            continue
        yield one.value, one.start, one.end


def of_a_thing(low: str, start: int) -> bool:
    """Whether the smell told at `start` is that of a car, a room or another thing."""
    return _OF_A_THING.search(low, max(0, start - 40), start) is not None


def is_hurt(low: str, start: int, end: int) -> bool:
    """Whether low[start:end] is a hurt done in the incident ("she was left with a broken nose")."""
    return _HURTS.search(low, start, end) is not None and _INJURED.search(low, max(0, start - 80), start) is not None
