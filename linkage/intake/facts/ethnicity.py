"""Perceived ethnicity: contract keys from plain words, nationalities and police IC codes. Sensitive.

"White" and "black" are colours of most things in a report, so they count only where they describe a person; a
nationality does not count before "accent", "takeaway" or another thing.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from linkage.intake.facts.finding import Finding
from linkage.intake.facts.initials import in_brackets, initials
from linkage.intake.facts.listing import among_descriptors, follows_vehicle, is_item, item_after, says_person
from linkage.intake.facts.surface import Lexicon, flagged, is_unknown, negated_before, plain, unflagged
from linkage.intake.patterns import compiled

_WORDS = Lexicon("ethnicities")
_FOUND = Lexicon("ethnicities", only=unflagged("field_only"))
_OF_THINGS = Lexicon("ethnicities", only=flagged("of_things"))
_OF_VOICE = Lexicon("ethnicities", only=flagged("of_voice"))
_PERSON = (
    r"(?:m[ae]n|males?|guys?|blokes?|lads?|wom[ae]n|females?|person|people|gentlem[ae]n|youths?|boys?|"
    r"girls?|(?:welsh|scots|irish|english|dutch|french|business|work|trades)m[ae]n|fella|fellow|companion|"
    r"accomplice|chap|gent|geezer|kid|teenagers?|client|punter|suspect|offender|attacker|driver|"
    r"ethnic\w*|origin|skin(?:ned)?|heritage|appearance|looking|descent|background|race)"
)
_ADJECTIVE = (
    r"(?:young|older|old|elderly|middle|aged|tall|short|slim|stocky|skinny|fat|bald|large|big|thin|well|"
    r"built|muscular|adult|british|bald|perceived|looking|scruffy|bearded|stockily|heavily|heavy|set|thickset|"
    r"teenage|balding|"
    r"[a-z]+[ -](?:faced|skinned|haired|bearded|built|headed)|blonde?|ginger|athletic|medium|sized|smartly|dressed|"
    r"ic\d|uk|european|irish|english|scottish|welsh|african|caribbean)"
)
_BEFORE_PERSON = compiled(rf"[\s,/-]+(?:{_ADJECTIVE}[\s,-]+){{0,2}}{_PERSON}\b")
_OF_PERSON = compiled(
    r"\b(?:he|she|they|who|male|female|man|guy|bloke|woman|lad|client|punter|driver|men|males|women|females|"
    r"attackers|offenders|suspects|robbers|"
    r"raiders|lads|intruders|assailants|he'?s|she'?s|both|them|all|each|"
    r"(?:suspect|offender|attacker|perpetrator|person|subject|man|male|no\.?|number)(?:\s+(?:[a-f1-6]|one|two|"
    r"three|four))?|mate|friend|companion|accomplice|the (?:taller|shorter|older|younger|elder)|"
    r"passenger|victim|worker|boy|girl|whom|someone|somebody|youth|youths|boys|girls|first|second|third|fourth|"
    r"the other|other one|main (?:one|man)|one|\(\d\)|#\d)\s+"
    r"(?P<verb>(?:was|is|were|are|looked|looks|appeared|appears|seemed)(?:\s+(?:to be|like))?\s+)?(?:(?:maybe|"
    r"possibly|probably|"
    r"also|,\s*also|being|said|reported|understood|either|not|perceived|described|as|to be|a|an|believed|thought|"
    r"to have been|definitely|of)\s+)*$"
    r"|\b(?:him|her|he|she|them|suspect|offender|attacker|robber|pal|mate|friend|passenger|driver|cabbie|caller|"
    r"talker|lookout|accomplice|companion|partner|boyfriend|girlfriend|brother|cousin|sidekick|m[ae]n|wom[ae]n|lad|"
    r"bloke|guy|girl|boy|lass|kid|other|one|both|thief|burglar|raider|gunman|knifeman|punter|client|customer)"
    r"\s*[:=]\s*$"
    r"|\b(?:ethnicity|appearance|describ\w+\s+(?:him|her|them|(?:the|a)\s+\w+)\s+as|"
    r"described as(?:\s+also)?(?:\s+being)?|"
    r"perceived (?:as|to be)|origin|race)\s*(?:was|is|[:=-])?\s*[\"']?\s*$"
    r"|\b(?:young|younger|older|old|tall|short)\s+$"
    r"|\b(?:young|old|tall|short|slim|fat|thin|stocky|bald|skinny|muscular|overweight|chubby|small|big|lanky)\s+and\s+$"
)
_PERSON_LISTED = compiled(
    rf"(?:\b{_PERSON}|\b(?:\d\d|\d0'?s|years? old|yrs|teens|twenties|thirties|forties|fifties|sixties|m|"
    rf"f|{_ADJECTIVE}|build))"
    r"[^.;]{0,25}[,;(/-]\s*(?:(?:possibly|probably|maybe|perceived|also)\s+)?$"
)
_VEHICLE = compiled(
    r"\b(?:driving|drove|car|van|vehicle|reg|jacket|wearing|coat|(?<!on )top|trousers|jeans|hat|cap|trainers)\b"
)
_LISTED_AFTER = compiled(
    r"\s*(?:[,.;)/]|$)|\s+w/|\s+(?:or|but|with|aged|about|around|approx\w*|early|mid|late|and)\b|\s+\d"
)
_THING = compiled(
    r"[\s-]+(?:or\s+\w+\s+)?sounding\b|[\s-]+(?:sounding|speaking)?\s*(?:accent\w*|takeaway|take away|"
    r"restaurant|food|shop|barbers?|"
    r"supermarket|passport|flag|number|"
    r"plates?|registered|reg\b|lorry|language|money|currency|curry|street|road|avenue|club|church|cafe|"
    r"dialect|twang|brogue|"
    r"bar\b|pub\b|make\b|made\b|model\b|band\b|coffee|music|whisky|tattoo|rugby|football|shirt|car\b|van\b|"
    r"school|quarter|words?\b|"
    r"delivery|or \w+ accent|but heavily|kebab)"
)
_SPOKEN = compiled(
    r"\b(?:spoke|speaks?|talks?|speaking|sounded|sounding|accent(?:\s+(?:was|is))?|talked|in|"
    r"(?<!ly )(?<!ly-)(?<!well )(?<!well-)spoken)[\s:]+(?:with an?\s+)?(?:\w+\s+)?$"
)
_OF_HAIR = compiled(
    r"\b(?:hair|hairs|beard|moustache|stubble|goatee|eyes?|colou?r|skin|complexion)\s*(?:[(:=-]\s*|"
    r"(?:\s(?:is|was|very|quite|big|long|short|thick|full|small|bushy|all|mostly|and|but|with|little))+\s+)$"
)
_ODD_PAIR = compiled(
    r"\s*,?\s*(?:and\s+)?(?:one|the\s+other)\s+(?:was\s+)?(?:grey|red|blue|green|brown|pink|yellow|orange|navy)\b"
)
_OF_ODD_PAIR = compiled(
    r"\b(?:trainers?|shoes?|socks?|gloves?|boots?)\b[^.;:]{0,20}\bone\s+$|\bone\s+(?:grey|red|blue|green|brown|"
    r"pink|yellow|orange|navy),?\s+(?:and\s+)?one\s+$"
)
"""Around the colours of two shoes or gloves: "odd trainers - one white, one grey"."""
_SOUTH = compiled(r"(?<=\bsouth[\s-]african)(?<!(?:white|black|asian)[\s-]south[\s-]african)")
"""Behind "South African": people of any ethnicity come from there."""
_HAIR_OR_SKIN = compiled(r"[\s-]+(?:hair|beard|moustache|stubble|eyes|complexion|and blue)")
_OR_NEXT = compiled(
    r"\s*(?:/|,?\s*or\s+)\s*(?:(?:possibly|maybe|perhaps|even|an?|light|dark|pale|fair|olive|skinned|very|"
    r"of)\b[\s-]*)*(?=\w)"
)
_OR_ENDS = compiled(
    r"(?P<word>[a-z]+)\s*(?:/|,?\s*\bor)\s*(?:(?:(?:light|dark|pale|fair|olive)(?:[\s-]*skinned)?|maybe|possibly|"
    r"perhaps|even|an?)\s+)*$"
)
_GAP = compiled(r"[\s:(-]+")
_WAS = compiled(
    r"\b(?:was|is|were)\s+(?:(?:possibly|probably|described as|believed to be|thought to be|either)\s+)?$"
)
_OR_BEFORE = compiled(
    r"(?:asian|black|white|race|mixed|arab|eastern)\s*(?:/|\bor)\s*"
    r"(?:(?:light|dark|pale|fair)[\s-]+(?:skin(?:ned)?[\s-]+)?)?$|\b(?:yrs|years? old|\d0'?s)\s+$"
)
_AND_SO_ON = compiled(r"\s+(?:and|with|but)\b|\s*,\s*(?:has|had|with|of|about|aged|in)\b")
"""Behind "is white": more of the same person ("is white and very thin", "is black with a fade")."""
_THING_IS = compiled(
    r"\b(?:car|van|vehicle|cab|taxi|bike|paint\w*|hair|beard|jacket|coat|top|hoodie|shirt|trainers|shoes|hat|cap|"
    r"bag|mask|scarf|tracksuit|trousers|jeans|door|building|lorry|moped|scooter|helmet|gloves?|it|interior|dog)\b"
)
_OPENING = compiled(r"(?:^|[.;:\n][\"'”’)]?\s*|\b[\da-f]\)\s*)(?:also\s+)?$")
_DESCRIPTOR_NEXT = compiled(
    r"\s+(?=\d0'?s\b|\d\d\s*-\s*\d\d\b|(?:early|mid|late)[\s-]+\d0|\d\s?'\s?\d)|\s*,\s*(?:male|man|female|mid|"
    r"early|late|in (?:his|her)\b|\d\d|\d\s?(?:ft|foot|')|tall|slim|aged|clean|scruffy|skinny|thin|fat"
    r"|large|heavy|plump|slight|lanky|wiry|bearded|short|chubby|stocky|medium|short|long|bald|shaved|ginger|"
    r"blonde?|brown|grey|dark|stubble|beard|about|around|approx"
    r"|well built|twenties|thirties|forties|fifties|sixties|young|old|middle|weathered"
    r"|no (?:beard|facial|glasses)|glasses|same age)"
)
_SURELY_A_PERSON = compiled(
    r"\s*,\s*(?:(?:possibly|probably|maybe|perhaps)\s+)?(?:\d0'?s\b|\d\d\s*(?:-|to|or)\s*\d\d\b(?!\s*(?:reg|plate|"
    r"cc))|\d\d\+|in (?:his|her|their)\b|"
    r"(?:early|mid|late|about|around|aged|roughly|approx\w*)[\s-]+(?:[1-8]\d|[4-6]\s?(?:ft|foot|')|twent|thirt|"
    r"fort|fift|sixt|teens)|"
    r"[4-6]\s?(?:ft|foot|')|(?:clean[ -]shaven|slim|skinny|stocky|thin|bald|well[ -]built|heavily[ -]built)\b)"
)
"""Behind a colour: age, height or build, so that it is no vehicle's, whatever was told before."""
_SENTENCE_END = compiled(r"[.;!?](?!\d)")
_SHORT_IS = compiled(
    r"\b(?:m[ae]n|woman|male|lad|boy|girl|youth|driver|passenger|one|other|first|second|third|attacker|suspect|"
    r"offender|robber)'?s\s+$"
)
"""Before "white, about 40": "the man's white, ..."; what he owns ("the man's white trainers") goes on otherwise."""
_FROM_A_REGION = compiled(
    r"\s+(?:cornish|welsh|scottish|scots|scot|irish|british|english|french|american|brummie|geordie|scouser?|"
    r"londoner|"
    r"(?:south\s+)?african|caribbean|european|brazilian|portuguese|spanish|dutch|canadian|australian)\b"
    r"(?!\s+(?:accent|twang|voice))"
)
_HALF = compiled(r"\bhalf[\s-]+$")
_AND_HALF = compiled(r"\s*(?:,|/|&|-|and)?\s*half[\s-]+(?:an?\s+)?")
_MIX = compiled(r"\s+mix(?:ed|ture)?\b(?!\s+(?:race|up|with))")
_BOTH = compiled(r"\s*(?:/|&|-|\band\b)\s*")
_PARTS = compiled(r"\s*(?:[:,(/&-]\s*)?(?:(?:of|and|maybe|possibly|perhaps|half|part)\s+)*")
"""What may stand between "mixed" and the parts that it is said to be mixed of."""


def normalise(words: str) -> list[str] | None:
    """Contract keys from a person's own words ("white or Asian" gives both); None when the vocabulary knows none."""
    keys = _keys(words)
    return list(keys) if keys else None


@lru_cache(maxsize=4096)
def _keys(words: str) -> tuple[str, ...]:
    if is_unknown(words):
        return ()
    low = plain(words)
    read = [(k, s, e) for k, s, e in _WORDS.read(words) if not negated_before(low, s)]
    return tuple(dict.fromkeys(key for key, _, _ in _refined(low, read)))


def _refined(low: str, read: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """One reading where two words stand side by side: "white Polish" is Polish; "mixed, white and Asian" is mixed."""
    kept: list[tuple[str, int, int]] = []
    for item in read:
        joined = _as_one(kept[-1][0], item[0], low[kept[-1][2] : item[1]]) if kept else None
        if kept and _half_and_half(low, kept[-1], item):
            joined = "mixed"
        if joined:
            kept[-1] = (joined, kept[-1][1], item[2])
        else:
            kept.append(item)
    return kept


def _half_and_half(low: str, first: tuple[str, int, int], second: tuple[str, int, int]) -> bool:
    """Whether two words tell the parts of one person: "Chinese/English mix", "half Thai half English"."""
    gap = low[first[2] : second[1]]
    if _BOTH.fullmatch(gap):
        return _MIX.match(low, second[2]) is not None
    return _AND_HALF.fullmatch(gap) is not None and _HALF.search(low[max(0, first[1] - 8) : first[1]]) is not None


def _as_one(first: str, second: str, gap: str) -> str | None:
    """What two words with `gap` between them say as one, or None when they stand apart."""
    beside = not gap.strip(" -(")
    if (first == "mixed" and _PARTS.fullmatch(gap)) or (second == "mixed" and beside):
        return "mixed"
    return second if beside and first in ("white", "black", "asian") and second != first else None


def find(text: str) -> list[Finding]:
    """Perceived ethnicities said of people in a free text, one finding a key and place."""
    low = plain(text)
    read = [(key, start, end) for key, start, end in _FOUND.scan(low) if _of_person(low, start, end)]
    return [
        *(
            Finding("ethnicity", key, start, end, f"ethnicities:{key}", 0.85, negated_before(low, start))
            for key, start, end in _refined(low, read)
        ),
        *(Finding("ethnicity", key, *said.span(), "from a place", 0.7) for said, key in _from_places(low)),
        *(Finding("ethnicity", one.ethnicity, *one.first, "initials", 0.85) for one in initials(text)),
        *(Finding("ethnicity", key, *span, "initials", 0.8) for key, span in in_brackets(text)),
    ]


@cache
def _places() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """ "From" a place, words for people said to be from there, which are dearer to look for, and each place's key."""
    keys = {place: key for key, entry in _WORDS.entries.items() for place in entry.data.get("places", ())}
    named = "|".join(sorted(keys, key=len, reverse=True))
    from_place = rf"from\s+(?:the\s+)?(?P<place>{named})\b(?!\s+(?:road|street|lane|house|to\b))"
    said_of = compiled(
        r"(?:\b(?:to be|possibly|probably|perhaps|maybe|originally|"
        r"(?:he|she|who|man|both|they) (?:is|was|are|were|came|comes))\s+"
        r"|(?<=ies), (?:and )?|(?<=\d0s), (?:and )?)"
        rf"{from_place}"
    )
    return compiled(from_place), said_of, keys


def _from_places(low: str) -> list[tuple[re.Match[str], str]]:
    from_place, said_of, keys = _places()
    return [(said, keys[said["place"]]) for said in said_of.finditer(low)] if from_place.search(low) else []


def _of_person(low: str, start: int, end: int) -> bool:
    """Whether the word at low[start:end] describes a person and not a van, an accent or a takeaway."""
    before = low[max(0, start - 60) : start]
    behind = any(pattern.match(low, end) for pattern in (_THING, _HAIR_OR_SKIN, _ODD_PAIR, _SOUTH))
    if behind or any(pattern.search(before) for pattern in (_SPOKEN, _OF_HAIR, _OF_ODD_PAIR)):
        return False
    word = low[start:end]
    if not _OF_THINGS.exact(word) and not _OF_VOICE.exact(word):
        of_vehicle = is_item(low, start, end) and follows_vehicle(low, start)
        return not of_vehicle or says_person(item_after(low, end))
    if _BEFORE_PERSON.match(low, end) or _FROM_A_REGION.match(low, end):
        return True
    of_person = _OF_PERSON.search(before)
    if of_person and (
        of_person["verb"] or _LISTED_AFTER.match(low, end) or not of_person.group().strip()[-1].isalnum()
    ):
        return True
    if _alternative(low, before, end):
        return True
    return not _OF_VOICE.exact(word) and _listed(low, start, end)


def _says_more(low: str, before: str, end: int) -> bool:
    """Whether what follows a colour that somebody "is" describes a person, and no thing was told before in the
    sentence: "is white and very thin", not "the van is white and ..."."""
    sentence = _SENTENCE_END.split(before)[-1]
    return _THING_IS.search(sentence) is None and says_person(item_after(low, end).split(" , ")[0])


def _alternative(low: str, before: str, end: int) -> bool:
    """Whether another ethnicity stands beside, joined by "or" or "/", or the parts of "mixed" follow."""
    first = _OR_ENDS.search(before)
    if first and _FOUND.exact(first["word"]):
        return True
    other = _OR_NEXT.match(low, end) or (_GAP.match(low, end) if low.endswith("mixed", 0, end) else None)
    return other is not None and _FOUND.pattern.match(low, other.end()) is not None


def _listed(low: str, start: int, end: int) -> bool:
    """Whether a colour word stands in a list of descriptors ("Male, mid 30s, black, slim")."""
    before = low[max(0, start - 60) : start]
    surely = _SURELY_A_PERSON.match(low, end) is not None
    whose = _OPENING.search(before) or _SHORT_IS.search(before) or (_WAS.search(before) and " who " in before)
    if surely and whose:
        return True
    if follows_vehicle(low, start) and not surely:
        return False
    if _WAS.search(before) and _AND_SO_ON.match(low, end) and _says_more(low, before, end):
        return True
    if _LISTED_AFTER.match(low, end):
        listed = _PERSON_LISTED.search(before)
        if _OR_BEFORE.search(before) or (listed and not _VEHICLE.search(listed.group())):
            return True
        if (_WAS.search(before) or is_item(low, start, end)) and among_descriptors(low, start, end, colour=True):
            return True
    return bool(_OPENING.search(before) and _DESCRIPTOR_NEXT.match(low, end))
