"""How words of a description hang on a noun before or behind them in the same phrase."""

from __future__ import annotations

import re
from collections.abc import Sequence

from linkage.intake.mention import REPORTED, Mention
from linkage.intake.patterns import compiled

_NOT_IN_PHRASE = compiled(
    r"\b(?:with|who|was|is|had|has|in|on|at|to|the|a|an|of|wearing|he|she|they|i|his|her|my|then|but|from|by|for|as|that|when"
    r"|while|after|before|until|because|where|outside|near|against|over|under|during|since|drove|driving|got|ran|left"
    r"|were|are|have|into|said|says)\b"
)
_OTHER_VERB = compiled(
    r",\s*and\b|\b(?!(?:bearded|shaved|tattooed|aged|coloured|mixed|tanned|masked|hooded|haired|skinned)\b)\w{2,}ed\b"
)
_ADJECTIVE = compiled(
    r"(?:(?:very|long|short|dark|light|big|small|thick|thin|old|new|straight|grey|brown|black|white|blue|green|red|blonde?"
    r"|bright|torn|faded|pale|smart|large|wide|full|good|little|[a-z]+(?:[^ae]y|ed|ish))\s*)*"
)
_WORN = compiled(
    r"\s+(?:[\w-]+\s+){0,2}(?:wig|hair|extensions|coat|jacket|dress|top|skirt|boots|shoes|heels|trainers|bag|handbag|purse"
    r"|hat|scarf|jeans|trousers|tights|leggings|hoodie|jumper|glasses|outfit|clothes|uniform|nails)\s*\(\s*(?:[\w-]+[\s,]+){0,4}"
)
_GOES_ON = compiled(r"[,)]\s*(?:is|was|are|were|has|had|wore|wears|looks|looked)\b")
_AND_IS = compiled(
    r"\band\s+(?:is|was|are|were)\s+(?:also\s+|further\s+)?(?:described|said to|believed|thought|reported to)\b"
)
_TAKEN = compiled(
    r"\b(?:took|takes|taking|taken|sto(?:le|len)|steals?|stealing|snatch(?:ed|ing)|grabbed|seized|pinched|nicked|swiped"
    r"|(?:got|getting|made|ran|run|drove|walked) (?:away|off) with"
    r"|(?:escap|fle|fled|left|leav)\w* with (?=cash|money|\w*£)"
    r"|robb(?:ed|ing) (?:(?:her|him|them|me|the \w+|an? \w+) )?of|demand(?:ed|ing)|hand(?:ed|ing)? over|hauls? of)\s+"
    r"(?P<list>(?:[\w'£$,.-]+\s+){1,14})$"
)
_ENDS_LIST = (" and ", " a ", " an ", " some ", " the ", " her ", " of ", " two ", " my ", " several ", " three ")
_LAST_OF_LIST = compiled(r"\band\s+(?:(?:an?|some|the|her|my|two|three|several|pairs? of|bags? of)\s+)*$")
_NO_LIST = compiled(
    r"\b(?:wear\w*|wore|who|which|was|were|is|are|had|has|in|with|dress\w*"
    r"|and (?:then|he|she|they|his|was|ran|fled|drove)"
    r"|while|when|as|before|after|\d\d|white|asian|tall|slim|build|hair|aged|man|woman|male|female|from|to|by|on|at)\b"
)
_INSERTS = compiled(r"\s*(?:,\s*(?:who|whose|accompanied|seen)\b|\(\s*who\b)[^.;()]*$")
_UNDER = compiled(r"\b(?:under|up|beneath|inside|down|below)\s+(?:the|my|her)\s+(?:\w+\s+)?$")
_HERS = compiled(r"\b(?:skirt|dress|blouse|bra|knickers|tights|night(?:ie|dress)|gown|leggings)\b")


def plain_gap(low: str, start: int, end: int, most_words: int) -> bool:
    """Whether only words of one noun phrase, at most so many, stand between an owner and a finding."""
    gap = low[start:end]
    if "," in gap and not _ADJECTIVE.fullmatch(gap.partition(",")[0].strip()):
        return False  # "grabbed my wrist, late 20s, black"
    return not re.search(r"[.;:!?()]", gap) and len(gap.split()) <= most_words and not _NOT_IN_PHRASE.search(gap)


def in_bracket_of_thing(low: str, start: int, end: int) -> bool:
    """Whether a bracket behind what somebody wears tells its looks: "her wig (black bob)"."""
    return _WORN.fullmatch(low, start, end) is not None


def stands_behind(low: str, mention: Mention, start: int, after: list[Mention]) -> bool:
    """Whether words stand right behind a noun, as in notes: "male suspect white 30s, female suspect ..."."""
    gap = low[mention.end : start]
    within = bool(after) and after[0].opens <= start and after[0].article != ""
    plain = not re.search(r"[^\w\s'-]", gap) and len(gap.split()) <= 2 and not _NOT_IN_PHRASE.search(gap)
    return mention.noun and mention.governs and not mention.possessive and plain and not within


def is_adjective_of(low: str, start: int, end: int, mention: Mention) -> bool:
    """Whether a finding is an adjective of the noun after it: within its phrase, or right before a bare noun."""
    if mention.opens <= start and mention.article:
        return True
    gap = low[end : mention.start]
    bare = not mention.article and mention.kind != "member"
    return (
        bare
        and len(gap.split()) <= 5
        and not _NOT_IN_PHRASE.search(gap)
        and not _OTHER_VERB.search(gap)
        and not re.search(r"[.;:!?()\n/–]", gap)
        and (not mention.possessive or not gap.strip())
    )


def closed_off(low: str, mention: Mention, before: Sequence[Mention], start: int) -> bool:
    """Whether somebody is named only in an inserted clause that is over: "the man, who was with a girl, is tall"."""
    if _GOES_ON.search(low, mention.end, start) is None:
        return False
    return any(
        one.place == "subject" and one.noun and _INSERTS.match(low, one.end, mention.start) is not None
        for one in before
    )


def taken_with(low: str, opening: int, start: int) -> bool:
    """Whether a garment is the last of a list of things stolen: "took cash, two phones and a coat"."""
    taken = _TAKEN.search(low, opening, start) if low.endswith(_ENDS_LIST, opening, start) else None
    if taken is None or _LAST_OF_LIST.search(taken["list"]) is None:
        return False
    return _NO_LIST.search(taken["list"]) is None


def subject_resumed(low: str, before: Sequence[Mention], start: int) -> Mention | None:
    """The reported subject of the sentence that "and is described as" goes on with, past whoever stands between."""
    if not before or _AND_IS.search(low, before[-1].end, start) is None:
        return None
    first = next((m for m in before if m.governs and m.place == "subject" and m.kind != "i"), None)
    return first if first is not None and first.role == REPORTED else None


def beneath_hers(low: str, start: int, end: int) -> bool:
    """Whether a hand goes under clothing that only the woman wears: "he touched also under the skirt"."""
    return _HERS.search(low, start, end) is not None and _UNDER.search(low, max(0, start - 40), start) is not None
