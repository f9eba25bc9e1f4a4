"""Kinds of place: words to keys, and findings in a narrative."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache

from linkage.intake.document.quotations import quoted
from linkage.intake.document.spans import inside
from linkage.intake.finding import Finding
from linkage.intake.patterns import compiled
from linkage.intake.phrases import lookup, vocabulary_grammar
from linkage.intake.phrases.surface import plain

_STREET = (
    r"(?:street|road|rd|lane|avenue|ave|gate|place|parade|terrace|crescent|drive|boulevard|promenade|"
    r"st(?= ?(?:[.,;:)/]|$)|(?= (?:in|at|on|near|by|when|and|about|around|last|this)\b)))"
)
_HERS = (
    r"(?:her|my|our|(?:(?:a|the|one|another) )?(?:(?:sex|trans|female|older|young) )?"
    r"(?:worker|woman|victim|escort|lady|girl)'?s?)"
)
_ELSEWHERE = compiled(
    r"\b(?:towards?|(?:in )?(?:the )?direction of|on (?:\w+ )?way (?:to|from|back to|home to)|way to|"
    r"(?:ran|runs?|fled|flees?|escaped?|legged it|got away|climbed|made off|drove off|sprinted|"
    r"scarper(?:ed|s)|took off|raced off|dashed|bolted|vanished|disappeared|"
    r"(?:walk|slunk|slop|saunter|stroll|slipp|amb|jogg|cycl|peda?l+|rode|scarper)\w* (?:off|away))\b"
    r"(?: \w+){0,2} (?:to|for|towards|into|in|through|down|along|up|onto|via|off (?:across|over|round|past|behind))|"
    r"since|got off (?:a|the) (?:bus|train|tram)(?: (?:in|on|at))?|"
    r"near|nr|next to|close to|opposite|past|"
    r"work(?:s|ed)? (?:in|at|on|as|for)|job (?:at|in|on)|employed (?:in|at)|"
    r"(?:said|says|told \w+|claimed|claims) (?:that )?(?:he|she|to)(?:'d)?(?: \w+){0,4}|"
    r"liv(?:es?|ed|ing)(?: \w+)? (?:in|on|at)|(?:hid|hides|hiding|hidden) (?:in|behind|inside)|"
    r"(?:station|office|centre|project|shop|gym|clinic|hostel|drop-in) (?:is|was) (?:in|on|at)|shelter\w* in|"
    r"taken to (?:a |the |her |my )?(?:hospital|police)|went back to|dropped (?:\w+ )?at|"
    r"(?:found|recovered|dumped|abandoned|discovered) (?:[\w-]+ ){0,3}?(?:in|at|on)|keeps? (?:a|his)|"
    r"owns?|above|over|cctv (?:from|at|in)|manager of|of a different|"
    r"(?:awoke|woke(?: up)?|came (?:to|round)) (?:at|in|on)|"
    r"called from|driver of|driving)(?: (?:the|a|an|his|her|my|some|nearby|local|alley(?:way)?|lane|path|"
    r"passage|steps))*\s*$"
)
_OF_OTHERS = compiled(
    r"\b(?:(?:postman|postwoman|neighbour|passer-?by|passers-?by|cyclist|jogger|dog[- ]walker|"
    r"bystander|colleague|workman|shopkeeper)\b[^.,;:!?]{0,30}|"
    r"(?:her|the|his) (?:driver|friend|boyfriend|partner|minder)\b[^.;:!?]{0,30}"
    r"(?:wait(?:ed|ing)|sat|sitting|stayed|parked)(?: up)?)\s*$"
)
"""Before a place: others who were there."""
_DONE_THERE = 0.95  # confidence in the place to which somebody was taken, before where it began [G]
_TAKEN_THERE = compiled(
    r"\b(?:dragged|pulled|pushed|forced|took|taken|drove|driven|led|marched|carried|bundled)"
    r"\s(?:me|her|him|them|the \w+)?"
    r"[^.!?;\n]{0,25}$|\b(?:dragged|driven|taken|forced|pulled)\b[^.!?;\n]{0,25}$"
)
_INTO = compiled(r"(?:to|into|in|inside|down|behind|through|up|round|onto|across|an?|the|some|his|her)\s")
_INTO_IT = compiled(
    r"\b(?:to|into|in|inside|down|behind|through|up|onto|across)\s(?:(?:an?|the|some|his|her)\s)?(?:\w+\s)?$"
)
_MET_THERE = 0.03
"""By how much a street that is only hinted at is less sure than another place so told [G]."""
_LEAVING_CAR = compiled(
    r"\b(?:left|leaves?|dr[io]ves?|driving|fled|made|got(?: back)?|gets?|went|arriv\w+|came|comes?|turned up|"
    r"pulled up|stopped|stayed|waiting|waited|sitting|sat|parked|seen|usually|followed|men|man|two|one|"
    r"offenders?|woman|others?|another|driver|passenger|people|couple)\b[^.!?;\n]{0,25}$"
)


@cache
def _grammar() -> vocabulary_grammar.Grammar:
    return vocabulary_grammar.grammar("venues", car=vocabulary_grammar.car_words(), street=_STREET, hers=_HERS)


@lru_cache(maxsize=65_536)
def normalise(said: str) -> str | None:
    """Key that short words stand for ("multi storey" -> "car_park"); None for words the vocabulary does not know."""
    return lookup.named("venues", said, find, 8)


def find(text: str) -> list[Finding]:
    """All findings in `text`, in order; of overlapping ones the surest, then the longest. The first need not be the
    main one. Places that somebody ran to, works at, lives in or only passed are left out."""
    low = plain(text)
    spoken_of = quoted(text)
    found: list[Finding] = []
    for one in vocabulary_grammar.find(_grammar(), "venue", low):
        if not inside(one.start, spoken_of) and _counts(low, one):
            found.append(replace(one, confidence=_confidence(low, one)))
    return vocabulary_grammar.surest(found)


def _confidence(low: str, found: Finding) -> float:
    """A place to which somebody was taken is surer; the street, where women are met, less sure than what is hinted at
    of any other kind of place."""
    before = low[max(0, found.start - 45) : found.start]
    if (_INTO.match(low, found.start) or _INTO_IT.search(before)) and _TAKEN_THERE.search(before):
        return _DONE_THERE
    return found.confidence - (_MET_THERE if found.value == "street" and found.rule == "hinted" else 0.0)


def _counts(low: str, found: Finding) -> bool:
    before = low[max(0, found.start - 60) : found.start]
    if _OF_OTHERS.search(before):
        return False
    opening = low[found.start : found.end].split(" ", 1)[0]
    if _ELSEWHERE.search(f"{before}{opening} ") or _ELSEWHERE.search(before):
        return False
    return not (found.value == "vehicle" and found.rule == "hinted" and _LEAVING_CAR.search(before))
