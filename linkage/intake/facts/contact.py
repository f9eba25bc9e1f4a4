"""How contact was made: words to keys, and findings in a narrative."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache

from linkage.intake.document.quotations import quoted
from linkage.intake.document.spans import inside
from linkage.intake.facts import lookup, vocabulary_grammar
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.surface import plain
from linkage.intake.patterns import compiled

_HER = (
    r"(?:her|me|us|them|u|girls|both of (?:us|them)|"
    r"(?:(?:a|the|this|another|our|my|one|two|young|sex|street|female|trans|working) ){0,3}"
    r"(?:worker|woman|women|wom[ae]n|lady|ladies|girls?|lass(?:es)?|victim|escort|prostitute|sw|wg|wkr|w/g|informant|complainant|females?))"
)
_SHE = (
    r"\b(?:she|i|they both|who|(?:sex |street |the )?"
    r"(?:worker|woman|lady|girl|lass|victim|escort|informant|complainant|female|friend|sw|wg|wkr|w/g|our client))"
)
_HIM = r"\b(?:bloke|man|male|guy|fella|geezer|lad|punter|client|driver|dude|couple|stranger)"
_BOOK = (
    r"(?:book(?:ed|ing|s)?|appointment|arrang\w+|half an hour|meet|outcall|incall|"
    r"an? (?:\w+ )?(?:hour|half|visit|booking|outcall|incall|massage|meet\w*)|"
    r"ask\w* (?:for|about|if|how|what)|prices?|availability)\b"
)
_OFFICIAL = compiled(
    r"[^.!?;\n]{0,25}?\b(?:police|999|101|ambulance|crimestoppers|helpline|the project|support worker|emergency|"
    r"officers|in confidence|anonymous\w*|"
    r"a (?:taxi|cab|friend)|boss|landlord)\b"
)
_TO_FRIENDS = compiled(
    r"(?:[^.!?;\n]{0,25}?\b(?:her|my))?\s+(?:best |old |other )?(?:friend|mate|mum|mother|sister|"
    r"brother|boyfriend|partner|husband|son|daughter|driver|boss|manager)"
)
"""Behind "texted her", somebody who is not the harmed person."""
_APPEAL = compiled(r"\b(?:101|0800|crimestoppers|quoting|incident number|anyone with information|with information)\b")
_ASKED_TO = compiled(
    r"(?:\bplease|\bto report[^.]{0,20}|\binformation[^.]{0,40}|\bupdate|\boutreach|\breports?|\bpolice were \w+)"
    r"\s+(?:\w+\s+)?$"
)
_TO_US = compiled(r"(?:text|e-?mail|call|ring|phone|message|whatsapp|dm)\sus\b")
_AFTERWARDS = compiled(
    r"[^.!?;\n]{0,45}?\b(?:afterwards?|since then|ever since|for (?:days|weeks|months)|all month|every (?:day|night)|"
    r"each night|more than \w+ times|next day|to threaten|threats?)\b"
)
_KEPT_ON = compiled(
    r"\b(?:kept(?: on)?|keeps(?: on)?|continu\w+(?: to)?|carried on|then|later|afterwards?|since|been|threatening)\s+"
    r"(?:\w+\s+)?$"
)
_THREATENING = compiled(r"\b(?:threat\w*|harass\w*|abus\w+|stalk\w*|blackmail\w*)\b[^.!?;\n]*$")
_LEFT = compiled(
    r"\b(?:ran|runs?|running|made|left|leaves?|fled|flees?|escaped|went|walked|got|drove|followed|chased|seen|last)\b"
    r"[^.!?;\n]{0,25}$"
)
_WHO_REPORTS = compiled(
    r"\W*(?:our |the )?(?:client|caller|worker|woman|she|escort|lady|t/?c\W+\w+|[a-z]\.) (?:had )?"
)
"""Before a call at the head of a note that was made by the person who reports."""
_TO_TELL = compiled(r"(?:phoned|rang|called|telephoned|texted|emailed) (?:from|us|in|to (?:say|report|tell))\b")
_KNOWN_ONLY = 0.05
"""How much less sure than a way of making contact it is that somebody was known from before [G]."""
_WRITTEN = frozenset(("phone", "text", "email", "social_media", "web", "app"))
_BOOKING = frozenset(("phone", "text", "email", "social_media"))


@cache
def _grammar() -> vocabulary_grammar.Grammar:
    return vocabulary_grammar.grammar(
        "contact_methods", her=_HER, she=_SHE, him=_HIM, book=_BOOK, car=vocabulary_grammar.car_words()
    )


@lru_cache(maxsize=65_536)
def normalise(said: str) -> str | None:
    """Key that short words stand for ("rang to book" -> "phone"); None for words the vocabulary does not know."""
    return lookup.named("contact_methods", said, find, 8)


def find(text: str) -> list[Finding]:
    """All findings in `text`, in order; of overlapping ones the surest, then the longest. The first need not be the
    main one. Calls to the police or the project, and what was written after the incident, are no contact."""
    low = plain(text)
    spoken_of = quoted(text)
    found: list[Finding] = []
    for one in vocabulary_grammar.find(_grammar(), "contact_method", low):
        if not inside(one.start, spoken_of) and _counts(low, one):
            less = _KNOWN_ONLY if one.value == "returning" else 0.0
            found.append(replace(one, confidence=one.confidence - less))
    return vocabulary_grammar.surest(found)


def _counts(low: str, found: Finding) -> bool:
    before = low[max(0, found.start - 45) : found.start]
    if _ASKED_TO.search(before) or _OFFICIAL.match(low, found.end):
        return False
    if found.value == "phone" and "agency" in low[found.start : found.end]:
        return False
    if found.value in _WRITTEN and (_TO_FRIENDS.match(low, found.end) or _APPEAL.search(_sentence(low, found))):
        return False
    if found.value in _BOOKING:
        return _books(low, found, before)
    on_foot = found.value == "kerb_on_foot" and low[found.start : found.end].startswith("on foot")
    return not (on_foot and _LEFT.search(before))


def _books(low: str, found: Finding, before: str) -> bool:
    """Whether a call or a message made contact: it was not the report itself, nor threats or messages afterwards."""
    if _WHO_REPORTS.fullmatch(low, 0, found.start) and _TO_TELL.match(low, found.start):
        return False
    if _TO_US.fullmatch(low[found.start : found.end]):
        return False
    threatening = _THREATENING.search(low, max(0, found.start - 60), found.start) is not None
    told = " by " in low[found.start : found.end]  # "had been texted by a man"
    return not (threatening or (_KEPT_ON.search(before) and not told) or _AFTERWARDS.match(low, found.end))


def _sentence(low: str, found: Finding) -> str:
    """The sentence that a finding stands in."""
    first = max(low.rfind(stop, 0, found.start) for stop in (". ", "! ", "? ", "\n"))
    ends = [at for stop in (". ", "! ", "? ", "\n") if (at := low.find(stop, found.end)) >= 0]
    return low[first + 1 : min(ends, default=len(low))]
