"""The town named by the way only: "a Plymouth sex worker", "Harrogate's robbers", "a man from Buckie".

Read where nothing else in the text tells a town: a newspaper then names the town in front of the victim, the force or
the thing, and a street or a landmark for the scene. Where the reported person comes from is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from linkage.intake.facts.finding import Finding
from linkage.intake.gazetteer import gazetteer
from linkage.intake.gazetteer_tables import words
from linkage.intake.patterns import compiled
from linkage.intake.place_words import Anchor

CONFIDENCE = 0.5
"""That such a town is where it happened [G]."""

_PEOPLE = (
    r"(?:sex\s+workers?|street\s+workers?|workers?|wom[ae]n|escorts?|masseuses?|pensioners?|students?|cabb(?:y|"
    r"ie)s?|nurses?|mothers?|mums?|"
    r"fathers?|dads?|girls?|teenagers?|teens?|couples?|residents?|families|taxi\s+drivers?|barmaids?|schoolgirls?|"
    r"shopkeepers?|"
    r"businessm[ae]n|grand(?:mother|father|mum|dad)s?|prostitutes?|landlad(?:y|ies)|au\s+pairs?|joggers?|carers?|"
    r"postm[ae]n|"
    r"traders?|neighbours?|mother-of-\w+|father-of-\w+|lad(?:y|ies)|locals?)"
)
_THINGS = (
    r"(?:charit(?:y|ies)|projects?|outreach|parlours?|saunas?|hotels?|guest\s+houses?|nightclubs?|clubs?|pubs?|"
    r"flats?|parks?|streets?|"
    r"brothels?|bars?|firms?|schools?|colleges?|estates?|night\s+(?:van|bus|shelter)|bus(?:es)?|suburbs?|"
    r"alleyways?|alleys?|underpass|subway|"
    r"car\s+parks?|shopping\s+cent(?:re|er)|city\s+cent(?:re|er)|town\s+cent(?:re|er)|salon|spa|massage|banks?|homes?|"
    r"houses?|bungalows?|shops?|stores?|jewellers?|bookmakers?|off-licences?|post\s+office|building\s+society|petrol\s+"
    r"station|garages?|restaurants?|caf[eé]s?|casinos?|church(?:yard)?|cemetery|farm(?:house)?|warehouses?|pharmacy|"
    r"red[- ]light|supermarket|takeaway|"
    r"robber(?:y|s|ies)|attack(?:s|er)?|rape|rapes|rapist|assaults?|stabbing|burglar(?:y|s)|raids?|raiders?|"
    r"muggings?|muggers?|flasher|abduction|kidnap|"
    r"shooting|murder|hospital|cabs?|minicabs?|university|campus|docks|seafront|beach|market|station|community|"
    r"area|incident|case|inquiry|enquiry|appeal|studio|bedsits?|bookies|betting\s+shop|filling\s+station|corner\s+shop|barbers?|"
    r"launderette|gym|chip\s+shop|kebab\s+shop|nail\s+bar|depot|towpath|footpath|crematorium|allotments?|hostel|caravan\s+park|"
    r"campsite|precinct|arcade|taxi\s+rank|bus\s+stop|library|cinema|theatre|quayside|canal|moorings|multi-storey|"
    r"lodgings?|guesthouse|b&b|lay-?by|bedroom|basement|premises|brothel)"
)
_SITES = (
    r"(?:parlours?|saunas?|hotels?|guest\s*houses?|nightclubs?|pubs?|brothels?|bars?|underpass|car\s+parks?|salon|spa|banks?|"
    r"shops?|stores?|jewellers?|bookmakers?|bookies|off-licences?|post\s+office|building\s+society|(?:petrol|filling)\s+station|"
    r"garages?|restaurants?|caf[eé]s?|casinos?|churchyard|cemetery|warehouses?|pharmacy|supermarket|takeaway|bedsits?|studio|"
    r"working\s+(?:flat|house)s?|alley(?:way)?s?|subway|precinct|arcade|car\s+wash|lodgings?)"
)
_BEFORE_NOUN = compiled(
    rf"\s+(?:(?!and\b|or\b|in\b|at\b|on\b|of\b|who\b|accent|lad\b)[\w'’-]+\s+){{0,2}}?(?:{_PEOPLE}|{_THINGS}"
    rf")\b",
    re.IGNORECASE,
)
_MAN = compiled(
    r"\s+(?:taxi\s+|van\s+|lorry\s+)?(?:m[ae]n|drivers?|lads?|youths?|boys?)\b[^.;!?]{0,45}?\b(?:was|were|has|had|"
    r"lost|woke|is recovering|suffered|throttled|"
    r"attacked|robbed|beaten|stabbed|lured|drugged|held|kidnapped|assaulted|mugged|raped|knifed)\b"
)
"""A man who had something done to him; of another nobody knows that he is not the one reported."""
_BEFORE_PERSON = compiled(
    rf"\s+(?:{_PEOPLE}|bank|hotel|nightclub|park|flat|jewellers|post\s+office|building\s+society|petrol\s+station|"
    r"(?:sex\s+)?(?:attacks?|assaults?|rapes?|robber(?:y|ies)|abduction|kidnap(?:ping)?|stabbing|murder|case))\b",
    re.IGNORECASE,
)
"""Right behind a name that is also a make, a surname or a word: "an Oxford sex worker", "a Chester bank"."""
_INTRODUCED = compiled(
    r"(?:^|[.!?:\n–—]\s*|\b(?:an?|the|one|two|three|four|five|six|several|another|some|many|other|by|that|for|all|"
    r"our|to|old|young|elderly)\s+)[\"'“‘]?$",
    re.IGNORECASE,
)
_THEIR = compiled(r"\b(?:their|her|victim['’]s|couple['’]s|pensioner['’]s|woman['’]s)\s+$", re.IGNORECASE)
"""Before the town and the house of those who were attacked: "their Margate home"."""
_POSSESSIVE = compiled(r"['’]s?\s+(?=[\w\"'“‘])")
_FROM = compiled(
    r"\b(?:(?:wom[ae]n|girl|worker|escort|student|victim|pensioner|mother|nurse|driver|year-old|m[ae]n|teenager|"
    r"couple|masseuse|\w+m[ae]n)"
    r"(?:,)?\s+(?:(?:aged|of)\s+\d{1,3},?\s+)?(?:(?:who\s+(?:comes|came|hails|is)\s+)?from|who\s+(?:lives|works|"
    r"lived|worked)\s+in))\s+$|"
    r"\b(?:story|news|alert|warning|appeal|update)\b[^.;!?]{0,25}\sfrom\s+$|"
    r"\b(?:home|walk(?:ed|ing)\s+home|driv(?:ing|en)\s+home|way\s+home)\s+to\s+$",
    re.IGNORECASE,
)
_HIS = compiled(
    r"\b(?:he|she|they|suspect|attacker|offender|robber|rapist|him|himself|driver|described|accent|gave|said|says|"
    r"told|claim\w*|address|believed|thought)\b"
    r"[^.!?]{0,60}$",
    re.IGNORECASE,
)
"""Before "a Preston man": words by which the home may be the reported person's."""
_SAID_BY = compiled(r"[\"”’']\s+(?:said|says|recalled|told)\s+(?:an?|one|the)\s+$")
"""Before who is quoted: "I kept kicking," said a Dundee sex worker."""
_AT_HIS = compiled(r"\b(?:lives?|lived|living|stays?|stayed|based|home|from|address)\b[^.!?]{0,30}$", re.IGNORECASE)
_BEFORE_THING = compiled(
    rf"\s+(?:(?!and\b|or\b|in\b|at\b|on\b|of\b|who\b|accent|lad\b)[\w'’-]+\s+){{0,2}}?(?:{_SITES})\b",
    re.IGNORECASE,
)
"""A building or a place: where it stands is where it was, whoever the sentence is about."""
_VOICE = compiled(
    r"\s+(?:[\w-]+\s+){0,2}(?:accent|voice|twang|burr|lilt|drawl|dialect|address|shirt|scarf|top|"
    r"fc|fan|supporter)\b",
    re.IGNORECASE,
)
_ROAD = compiled(r"\s+(?:Street|Road|Lane|Avenue|Close|Terrace|Place|Square|Drive|Way|Crescent|Hill|Row)\b")


def by_the_way(text: str, seen: Iterable[Anchor]) -> list[Finding]:
    """The first town among the anchors `seen` that a text names by the way, as one finding; else none."""
    later: list[Finding] = []
    for anchor in seen:
        if anchor.kind != "name" or not text[anchor.start].isupper() or not _a_town(anchor.key):
            continue
        before = text[max(0, anchor.start - 90) : anchor.start]
        if _VOICE.match(text, anchor.end) or _ROAD.match(text, anchor.end):
            continue
        value = gazetteer().resolve(text[anchor.start : anchor.end])
        if value is None:
            continue
        finding = Finding("place", value, anchor.start, anchor.end, "by the way", CONFIDENCE)
        owns = _POSSESSIVE.match(text, anchor.end) is not None
        trap = anchor.key in _traps()
        noun = (_BEFORE_PERSON if trap else _BEFORE_NOUN).match(text, anchor.end) or _MAN.match(text, anchor.end)
        describes = noun is not None and _INTRODUCED.search(before) is not None
        lived_in = noun is not None and _THEIR.search(before) is not None
        site = describes and not trap and _BEFORE_THING.match(text, anchor.end) and not _AT_HIS.search(before)
        his = not site and _HIS.search(before) is not None and not _SAID_BY.search(before)
        if lived_in or (((owns and not trap) or describes) and not his):
            return [finding]
        if not trap and _FROM.search(before) and not _HIS.search(before):
            later.append(finding)
    return later[:1]


@cache
def _traps() -> frozenset[str]:
    return frozenset(words()["trap"].split())


def _a_town(key: str) -> bool:
    entries = gazetteer().tables.names.get(key, ())
    return any(e.kind == "town" for e in entries) and all(e.kind != "region" for e in entries)
