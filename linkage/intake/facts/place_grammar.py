"""The words around the name of a place that tell whether something happened there."""

from __future__ import annotations

import re

from linkage.intake.patterns import compiled

COMPASS = r"(?:north|south|east|west)"
_LEAD = compiled(
    r"\b(?:(?:just\s+)?(?:near|outside)|nr|close to|(?:on the )?outskirts of|central|[ns][ew]|"
    rf"{COMPASS}(?:[ -]?{COMPASS})?)\s+$",
    re.IGNORECASE,
)
_LEAD_ENDS = ("near", "outside", "nr", "to", "of", "central", "th", "st", "ne", "nw", "se", "sw")
"""What `_LEAD` ends in but for the space behind: it is tried at every word of all that stands before a place."""
TRAIL = compiled(r"\s+(?:city|town)\s+cent(?:re|er)\b", re.IGNORECASE)
ADVERBS = (
    rf"(?:(?:the|central|greater|{COMPASS}(?:ern)?|city of|area of|town of|middle of|centre of|outskirts of)\s+)*"
)
LOCATED = compiled(
    rf"\b(?:in|near|nr|at|work(?:s|ed|ing)?|around|outside|inside|within|off|on|through|across|behind|opposite|of|"
    rf"above|below|between|overlooking|visit(?:ed|s|ing)?|tour(?:ed|s|ing)?)\s+{ADVERBS}$",
    re.IGNORECASE,
)
STRICTLY = compiled(
    rf"\b(?:in|near|nr|around|outside|(?:area|part|district|side|suburb|end|streets|outskirts|cent(?:re|"
    rf"er))\s+of)\s+{ADVERBS}$",
    re.IGNORECASE,
)
DRIVEN = compiled(
    r"\b(?:drove|driv\w+|took|taken|went|travel\w+|headed|back|me|her|him|them|us|off|away)"
    r"\s+(?:to|into|towards|via)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
TAKEN_FROM = compiled(
    r"\b(?:picked (?:\w+ )?up|collected|taken|abducted|took \w+|driven|drove(?: \w+)?)\s+from\s+(?:the\s+)?$",
    re.IGNORECASE,
)
OWN_PLACE = compiled(
    r"\b(?:(?:my|our|his|her|the)\s+(?:\w+\s+)?(?:flat|apartment|apartement|place|room|house|home|studio|hotel|parlour|sauna|"
    r"salon)\s+(?:(?:from|for|of|at|by)\s+)?|(?:far|outside|near|close|away|miles?|km|minutes?)\s+from\s+)$",
    re.IGNORECASE,
)
"""Before a town in the words of other languages: "come my flat Northampton", "our apartment from Coventry"."""
LABEL = compiled(
    r"\b(?:place|location|area|town|city|where(?:\s+(?:and|&)\s+when)?|where/when|when/where|address|incident in|"
    r"venue|loc)"
    r"\s*[:=-]"
    r"\s*(?:[^.;:\n]{0,60}[,/]\s*)?$",
    re.IGNORECASE,
)
OPENING = compiled(r"(?:^|[^\w\s'’\"“”]|\d(?:st|nd|rd|th|am|pm|hrs)?)\s*$")
CLOSING = compiled(r"(?:\s+(?:(?:city|town)\s+)?(?:cent(?:re|er)|area))?\s*(?:$|[^\w\s'’\"“”]|\n|\d)", re.IGNORECASE)
LANDMARK = compiled(
    r"(?:\s[A-Z][a-z]+)?\s(?:railway\s|train\s|bus\s)?(?:ring\sroad|station|city\scent(?:re|er)|town\scent(?:re|"
    r"er)|docks|marina|"
    r"market|red\slight\sarea|quayside|seafront|high\sstreet|bypass|[Uu]niversity|[Cc]ollege|[Cc]ampus|"
    r"[Rr]acecourse|[Aa]irport)\b"
)
POLICE_AFTER = compiled(
    r"\s+(?:city\s+)?(?:police|cid|officers|detectives)\s+(?:have|has|are|is|were|say|said|want|would|wish|need|"
    r"hope|believe|now|think|"
    r"(?:reveal|releas|appeal|hunt|seek|investigat|urg|warn|issu|launch|renew|conced|admit|suspect|fear|stress|"
    r"confirm|describ|ask|continu|know|add|try|trying|search|arrest|charg)\w*)\b",
    re.IGNORECASE,
)
"""Behind a town, police who tell of something there; to call "Bolton police" tells nothing."""
LONGER = compiled(
    r"\s(?:Heath|Green|Common|Lane|End|Hill|Bridge|Wood|Woods|Moor|Fields?|Gate|Bank|Cross|Vale|Row|Farm|Hall|"
    r"Court|Close|Bottom|Edge|"
    r"Brook|Fold|Nook|Mount|Grange|Lodge)\b"
)
"""Behind a name: a word with which it is the name of something smaller ("Shaw Heath" is not Shaw)."""
PASSES_BY = compiled(r"(?:\s[A-Z][a-z]+){0,2}\s(?:Canal|Navigation|Line|Park)\b")
"""Behind a town: a canal or a line that is called after it and passes others, or a park that may be anywhere."""
ON_THE_LINE = compiled(
    r"\b(?:train|tram|line|service|bus|coach|route|journey|railway)\b[^.;!?]{0,30}\b(?:between|from)\s+$"
)
"""Before the first of two towns that a train runs between."""
STOP = compiled(r"\s*[,.;)]")
NEXT_WORD = compiled(
    r"\s+(?:again|last|tonight|2nite|yesterday|yday|this|on|at|around|about|mon|tue|wed|thu|fri|sat|sun|today|now|"
    r"way|n|and)\b",
    re.IGNORECASE,
)
PERSON = compiled(r"\b(?:male|man|men|female|woman|white|black|asian|driv\w+|car|van|named?)\b", re.IGNORECASE)
NOUN_AFTER = compiled(
    r"\s+(?!(?:area|city|town|centre|center|district|region|end|side|and|or|at|in|on|by|near|to|from|around|about|"
    r"last|this|who|"
    r"when|where|was|is|for|with|he|she|after|before|between|then|but|early|late)\b)[a-z]"
)
ARTICLE = compiled(r"\b(?:the|an?|his|her)\s+$", re.IGNORECASE)
QUOTES = compiled(r"“[^”]{0,400}”|\"[^\"]{0,400}\"|‘[^’]{0,400}’(?!\w)")
_LOWER = r"(?P<name>(?:the\s+)?[a-z][a-z'-]+(?:\s+[a-z][a-z'-]+){0,3})"
LOWER_AT = compiled(rf"\b(?:in|near|nr|around|outside|at)\s+(?={_LOWER})")
LOWER_BEHIND_STOP = compiled(rf"[,;:/.]\s+(?={_LOWER})")
PREPOSITIONS = frozenset(("in", "near", "nr", "around", "outside", "at"))
"""The words that `LOWER_AT` and `GUESS` begin with, in lower case."""
GUESS = compiled(r"\b(?:[Ii]n|[Nn]ear|[Aa]round)\s+([A-Z][a-z]{5,})\b(?!\s+[A-Z])")
TEXT_START = compiled(r"\W*([A-Za-z])")
SENTENCE_START = compiled(r"(?:[.!?]\s|\n)\W*+([A-Za-z])")
DAY_OF_MONTH = compiled(r"\d(?:\s?(?:st|nd|rd|th))?(?:\s+of)?\s+$|\bin\s+(?:early|mid|late)\s+$", re.IGNORECASE)
YEAR_NEXT = compiled(r"\s+(?:of\s+)?(?:19|20)\d\d\b")
CAPITAL_NEXT = compiled(r"\s+[A-Z]")
CODE_PLACE = compiled(r"\b(?:in|near|around|at|area|postcode)[ :]+(?:the\s+)?$|[,(]\s*$", re.IGNORECASE)
CODE_AREA = compiled(r"\s+(?:area|postcode|district)\b", re.IGNORECASE)
ADDRESS_BEFORE = compiled(
    r"\b(?:[Ii]n|[Oo]n|[Aa]t|near|outside|off|behind|by|beside|opposite|along|between|around|of|from|to|into|through)\s"
    r"(?:the\s)?(?:[A-Z][\w'’-]*\s)*[A-Z][\w'’-]+(?:\s(?:pub|inn|hotel|club|bar|estate|park|lock|bridge|station|lodge|flats|"
    r"shop|store|market|school|church|farm|house|building|site|caf[eé]|sauna|parlour|car\spark))?,\s$"
)
"""Before a town that closes an address: "near Aldcroft Lock, Rugby", "outside the Wheatear pub, Penrith"."""
ADDRESS_ENDS = compiled(
    r"\s*[,.;)]|\s(?:on|at|when|where|after|before|around|about|last|this|shortly|just|early|late|yesterday|between|by|in\sthe|and|had|was|were|is)\b"
)
TITLE_BEFORE = compiled(r"^\W*[A-Z][^.,:;!?\n]{2,40}(?:,|\s[-–—])\s$")
TITLE_ENDS = compiled(r"\s*[.:\n]")
"""Round the town of a title that a text opens with: "Van driver, Hull."."""
A_THING = compiled(r"\ba(?:\s[a-z]+)?\s+$")
ITS_END = compiled(r"\s*(?:[.,;)]|$|(?:with|which|that|or)\b)|\s(?:van|lorry|truck|camper)\b")
"""What stands round a name that is a thing's: "a cream Bedford, with a roof rack"."""


def lead_before(text: str, start: int) -> re.Match[str] | None:
    """ "near", "just outside" ... right before `start`."""
    before = text[:start].rstrip()[-len("outside") :].lower()
    worth_a_search = before.endswith(_LEAD_ENDS) or not before.isascii()
    return _LEAD.search(text, 0, start) if worth_a_search else None
