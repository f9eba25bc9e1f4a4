"""What somebody smelled of: "a strong smell of mothballs", "cheap vape smell", "breath that stank of lager"."""

from __future__ import annotations

from collections.abc import Iterator

from linkage.intake.facts.surface import holds
from linkage.intake.patterns import compiled

_SMELL = compiled(
    r"\b(?:(?:very|strong|strongly|faint|faintly|slight|bad|awful|horrible)\s+)*(?P<what>(?:smell|odou?r|stench|"
    r"whiff|reek)s?|"
    r"smel(?:led|t|ls|ling)|stank|stinks?|stinking|reek(?:s|ed|ing))\s+(?:(?:very|quite|strongly|really|badly|"
    r"heavily|a bit|all)\s+)*of\s+"
    r"(?!the\b|it\b|her\b|him\b|my\b|(?:\w+\s+)?(?:drink|alcohol|booze|beer|lager|cider|whisk(?:e)?y|vodka|gin|rum|"
    r"wine|spirits|"
    r"liquor|brandy)\b)(?:(?:stale|cheap|old|fresh|strong|engine|wet|fried|cut|fabric|body|tea|"
    r"vinegar|cooking|washing|white)\s+)?"
    r"[a-z]{3,}(?:\s+(?:aftershave|perfume|cologne|deodorant|body\s+spray))?|"
    r"\b(?P<breath>breath)\s+(?:that\s+|which\s+)?(?:stank|stinks|stinking|smel(?:led|t|ls|ling)|reek(?:ed|s|ing))"
    r"\s+(?:strongly\s+|faintly\s+|heavily\s+)?of\s+(?!(?:\w+\s+)?(?:drink|alcohol|booze|beer|lager|cider|whisk|vodka|gin\b|"
    r"rum\b|wine|spirits|brandy))(?:(?:stale|sour|cheap)\s+)?[a-z]{3,}(?:\s+drops)?|"
    r"\b(?<!\bthe\s)(?P<clung>(?:(?!an?\b|the\b|was\b|had\b|has\b|with\b|of\b|and\b|his\b|her\b|that\b|this\b|by\b|no\b|any\b|"
    r"did\b|could\b|what\b|strong\b|my\b|in\b|from\b|funny\b|same\b)[a-z-]+\s+){1,3}(?:smell|odou?r|stench|reek)\b)"
    r"(?=\s*(?:[.,;]|$)|\s+(?:clung|hung)\b|\s+(?:about|to|on|off|coming\s+off)\s+him\b)"
)
_ODOUR = ("smel", "odor", "odour", "stench", "whiff", "reek", "stank", "stink")
_OF_A_THING = compiled(
    r"\b(?:car|van|vehicle|room|flat|house|place|taxi|cab|inside|interior|it|seats?|boat|caravan|hotel|"
    r"there was|bed|sheets|"
    r"alley|kitchen|stairs|lift)(?:\s+(?:was|is)\s+[\w-]+(?:\s+[\w-]+)?,)?\s+(?:that\s+|which\s+|just\s+|"
    r"always\s+)?(?:has\s+|had\s+)?(?:an?\s+)?$"
)
_BY_SMELL = compiled(r"\s+(?:in the (?:car|van|room|flat|house|air)|coming from(?!\s+(?:him|his|the\s+man)\b))")


def find(low: str) -> Iterator[tuple[int, int]]:
    """(start, end) of what somebody smelled of; not the smell of a car or a room."""
    smelt = holds(low, ("sm", "stank", "stink", "reek", "stench", "odo")) and holds(low, _ODOUR)
    for said in _SMELL.finditer(low) if smelt else ():
        if not of_a_thing(low, said.start()) and not _BY_SMELL.match(low, said.end()):
            yield said.start(said.lastgroup or "what"), said.end()


def of_a_thing(low: str, start: int) -> bool:
    """Whether the smell told at `start` is that of a car, a room or another thing."""
    return _OF_A_THING.search(low, max(0, start - 40), start) is not None
