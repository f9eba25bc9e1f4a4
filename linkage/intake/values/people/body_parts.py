"""How a part of the body looks, in whatever order it is told ("a broken nose", "the nose broken", "jug-eared"), and
tattoos of which nobody says the word: "a saltire on his calf", '"MUM" across his knuckles'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from linkage.intake.patterns import compiled
from linkage.intake.phrases.surface import Lexicon, alternation, found_at, openings, places_of, words_at
from linkage.vocabulary.loader import Entry, fold, load

_WHERE = (
    r"(?:(?:front|top|upper|lower|bottom|side|back|left|right|little|index|middle|brown|blue|green|grey|dark|pale|"
    r"red)\s+)?"
)
_WHERE_BEFORE = compiled(rf"\b{_WHERE}$")
_APART = compiled(r"[\s'-]+")
_SOME = (
    r"(?:(?:an?\s+(?:couple|few|number)|an?|one|two|three|four|half|part|several|some|most|all|both|"
    r"(?:(?:the|an?)\s+)?(?:tip|end|top|lobe|part|joint)(?=\s+of\b))\s+(?:of\s+)?)?(?:(?:an?|his|the|her)\s+)?"
)
"""How much of a part: "missing two fingers", "missing the tip of a thumb"."""
_WAS = (
    r"(?:(?:that|which)\s+)?(?:(?:is|was|are|were|look(?:s|ed)?|seem(?:s|ed)|appear(?:s|ed)|(?:has|have|had)\s+been)\s+"
    r"(?:(?:as\s+(?:though|if)|to|like)\s+(?:(?:it|they)\s+)?(?:ha[sd]\s+|have\s+)?(?:been|be)\s+)?)?"
    r"(?:(?:very|quite|really|a\s+bit|a\s+little|slightly|all|so|badly|heavily|partly|rather|clearly|once|stained|"
    r"gone)\s+)*"
)
_LONGEST = 36
"""Characters before a part of the body in which its look is told [G]."""
_FELLOW = r"(?:\s+(?:was|is)\s+[a-z]+)?\s+and\s+(?:one|the\s+other)(?:\s+(?:was|is))?\s+"
"""Between a part and how its fellow looks: "one brown eye and one clouded"."""
_BETWEEN = (
    r"\s+(?:between|in|among|where)"
    r"\s+(?:(?:his|her|the|their|an?|one|two|three|front|top|upper|lower|bottom|middle|main|of)\s+)*$"
)
_ON_HAND = r"(?:\s+(?:of|on)\s+(?:(?:his|her|the|one|a|left|right)\s+)+(?:hand|foot))?"
_OF_HAND = compiled(r"\b(?:fingers?|thumb|toes?)\s+(?:of|on)\s+(?:(?:his|her|the|one|a|left|right)\s+)+$")
"""Between a finger and its look: the hand, of which the look is not told."""
_AROUND = compiled(r"round\s+(?:his|her|the|their|both)\s")
"""Where something lies or is put: "an arm round his shoulders" tells no round shoulders."""
_SENTENCE_GOES_ON = (
    r"(?!\s+(?:hair|beard|eyes?|in|by(?!\s+(?:nicotine|tobacco|smok|paint|oil|ink|henna|dye))|him|her|"
    r"with\s+(?:his|a)|off|out\s+by|against|hands?|on\s+(?:her|my)))"
)

_PICTURES = Lexicon("pictures")
_SITES = (
    "neck", "nape", "throat", "hand", "hands", "knuckle", "knuckles", "finger", "fingers",
    "forearm", "forearms", "arm", "arms", "wrist", "wrists", "elbow", "elbows", "cheek", "cheeks",
    "face", "eye", "eyes", "temple", "temples", "ear", "ears", "shoulder", "shoulders", "chest",
    "calf", "calves", "shin", "shins", "ankle", "ankles", "leg", "legs", "thigh", "thighs", "bicep",
    "biceps", "back", "forehead", "scalp", "head",
)  # fmt: skip
_AT = (
    "on", "across", "beside", "below", "under", "over", "round", "around", "behind", "down", "up", "near", "covering",
)  # fmt: skip
_WHICH = (
    "his", "her", "the", "one", "each", "either", "both", "left", "right", "upper", "lower", "back", "side", "inside",
    "nape", "of", "a", "an",
)  # fmt: skip
_LEADS = frozenset((*_AT, "all", *_WHICH))
"""What stands right before a part of the body in `_PLACE`."""
_PLACE = compiled(
    r"(?P<seen>(?:\s+(?:(?:that|which)\s+)?(?:inked|lettered|written|etched|drawn|done|shows?|showing|showed|visible|"
    r"(?:spelt|spelled)(?:\s+(?:out|wrongly|incorrectly|backwards))?|picked\s+out|is|was|are|were))*)"
    rf"\s+(?P<at>{'|'.join(_AT)}|at(?=\s+the\s+nape))\s+"
    rf"(?:all\s+)?(?:(?:{'|'.join(_WHICH)})\s+)*(?:shoulders?\s+blades?|{'|'.join(_SITES)})\b"
    r"(?!\s+of\s+(?:(?:his|her|the|their|an?)\s+)?(?:car|van|cab|jacket|coat|top|shirt|t-?shirt|hoodie|bike|seat|"
    r"door|helmet|vehicle|lorry|tracksuit))"
)
_PICTURE = compiled(
    rf"\b(?:(?:^|(?<=\ba\s)|(?<=\ban\s)|(?<=\bthe\s)|(?<=[,;]\s))(?:(?!with\b|and\b|of\b|in\b|on\b)[a-z'-]+\s+){{1,2}})?"
    rf"{_PICTURES.source}$"
)
_WORDS = compiled(
    r"(?:\b(?:the\s+)?(?:words?|letters?|names?|initials|numbers?|motto|date)\s+(?:of\s+)?['\"]?"
    r"[\w .&-]{1,24}?['\"]?|"
    r"(?<!\w)[\"'][\w .&'-]{1,24}[\"']|\b(?:[a-z]-){2,}[a-z]|\b(?:love|hate|mum|mam|dad|acab)(?:\s+and\s+hate)?)$"
)
_LONGEST_PICTURE = 44
"""Characters before a part of the body in which a picture is told [G]."""
_ON_GARMENT = compiled(
    r"\b(?:jacket|top|coat|t-?shirt|shirt|hoodie|hoody|jumper|sweatshirt|fleece|tracksuit|jersey|cap|hat|vest|"
    r"gilet|kit|bag|helmet|"
    r"rucksack|overalls|tabard|trousers|bottoms|bike|van|car)\b[^.;:]{0,40}\b(?:with|had|has|and|bearing|showing|"
    r"saying|reading|"
    r"printed|written|of|marked)\s+(?:an?\s+)?(?:large\s+|big\s+)?$"
)
"""Before a word or picture that stands on a garment: "a jacket with the letter K on the chest"."""


@dataclass(frozen=True, slots=True)
class _Part:
    """The patterns of one part of the body; `adjectival` where its word only ends an adjective ("eared")."""

    entry: Entry
    adjectival: bool
    before: re.Pattern[str]
    behind: re.Pattern[str]
    between: re.Pattern[str] | None


@cache
def _parts() -> dict[str, _Part]:
    """The part of each word for one."""
    found: dict[str, _Part] = {}
    for entry in load("body_parts").entries.values():
        states = alternation(map(fold, entry.data["states"]))
        between = entry.data.get("between", ())
        patterns = (
            compiled(
                rf"\b(?P<state>{states})(?:(?:\s*,\s*|\s+and\s+|[\s-]+){states})*(?:[\s-]+|,\s+(?=pale|red|dark))"
                rf"{_SOME}(?P<where>{_WHERE})$"
            ),
            compiled(
                rf"(?:(?:{_FELLOW}|{_ON_HAND}\s+{_WAS})(?=\w)|\s+(?:of|in|from)\s+)(?P<state>{states})\b{_SENTENCE_GOES_ON}"
            ),
            compiled(rf"\b(?P<state>{alternation(between)}){_BETWEEN}") if between else None,
        )
        for adjectival, words in ((False, entry.synonyms), (True, entry.data["adjectival"])):
            found |= {fold(word).replace(" ", ""): _Part(entry, adjectival, *patterns) for word in words}
    return found


@cache
def _nouns() -> tuple[re.Pattern[str], Mapping[str, frozenset[str] | None]]:
    words = [fold(w) for e in load("body_parts").entries.values() for w in (*e.synonyms, *e.data["adjectival"])]
    return compiled(rf"\b{alternation(words)}\b"), openings(words)


def find(low: str) -> Iterator[tuple[str, int, int]]:
    """(mark, start, end) of looks told before a part, behind it or as one adjective with it, in the usual order of
    words where a row says so ("nose broken" is "broken nose"), else in the words of the text."""
    for noun in found_at(*_nouns(), low):
        part = _parts()[_APART.sub("", noun.group())]
        first, end = max(0, noun.start() - _LONGEST), noun.end()
        before = part.before.search(low, first, noun.start())
        apart = part.between.search(low, first, noun.start()) if part.between else None
        if apart:
            yield low[apart.start() : end], apart.start(), end
        elif before and _AROUND.match(low, before.start(), end):
            continue
        elif before and (first == 0 or before.start() > first or not low[first - 1].isalnum()):
            start = before.start()
            told = part.entry.label if part.adjectival else low[before.end("state") : end].strip(" -")
            usual = part.adjectival or fold(before["state"]) in part.entry.data["said_as"]
            yield _told(part, before, told) if usual else low[start:end], start, end
        elif part.adjectival or _OF_HAND.search(low, first, noun.start()):
            continue
        elif behind := part.behind.match(low, end):
            where = _WHERE_BEFORE.search(low[first : noun.start()])
            start = first + where.start() if where else noun.start()
            yield _told(part, behind, low[start:end]), start, behind.end()


def _told(part: _Part, said: re.Match[str], word: str) -> str:
    usual = part.entry.data["said_as"]
    state = fold(said["state"])
    return " ".join((usual.get(state, state), *(usual.get(one, one) for one in word.split())))


def pictures(low: str) -> Iterator[tuple[str, int, int]]:
    """(mark, start, end) of each picture or word told with a part of the body: "saltire tattoo on his calf"."""
    words, places = words_at(low)[0], places_of(low)
    if not any(words[at - 1] in _LEADS for site in places.keys() & _SITES for at in places[site]):
        return
    for place in _PLACE.finditer(low):
        first = max(0, place.start() - _LONGEST_PICTURE)
        said = _PICTURE.search(low, first, place.start()) or _WORDS.search(low, first, place.start())
        if said is None or _ON_GARMENT.search(low, max(0, said.start() - 80), said.start()):
            continue
        if said.group().endswith(('"', "'")) and place["at"] not in ("on", "across", "down"):
            continue  # what was said, and then where: "'get out' over his shoulder"
        start, end = said.start(), place.end()
        inked = "tattoo" in low[start:end] or "ink" in place.group()
        yield low[start:end] if inked else f"{said.group()} tattoo{place.group()}".replace('"', ""), start, end
