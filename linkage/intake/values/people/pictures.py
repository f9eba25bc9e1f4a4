"""Tattoos of which nobody says the word: "a saltire on his calf", '"MUM" across his knuckles'."""

from __future__ import annotations

from collections.abc import Iterator

from linkage.intake.patterns import compiled
from linkage.intake.phrases.surface import Lexicon
from linkage.intake.phrases.word_places import places_of, words_at

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
_LONGEST = 44
"""Characters before a part of the body in which a picture is told [G]."""
_ON_GARMENT = compiled(
    r"\b(?:jacket|top|coat|t-?shirt|shirt|hoodie|hoody|jumper|sweatshirt|fleece|tracksuit|jersey|cap|hat|vest|"
    r"gilet|kit|bag|helmet|"
    r"rucksack|overalls|tabard|trousers|bottoms|bike|van|car)\b[^.;:]{0,40}\b(?:with|had|has|and|bearing|showing|"
    r"saying|reading|"
    r"printed|written|of|marked)\s+(?:an?\s+)?(?:large\s+|big\s+)?$"
)
"""Before a word or picture that stands on a garment: "a jacket with the letter K on the chest"."""
_OF_JEWELLERY = compiled(r"(?:rosary|feathers?|web)$")
_AROUND = ("round", "around", "over", "behind", "under")
"""Where beads, and no pictures, are told: "a rosary round his neck"."""


def find(low: str) -> Iterator[tuple[int, int, int]]:
    """(start, end of the picture, end) of each picture or word that is told with a part of the body."""
    if not _may_tell(low):
        return
    for place in _PLACE.finditer(low):
        first = max(0, place.start() - _LONGEST)
        said = _PICTURE.search(low, first, place.start()) or _WORDS.search(low, first, place.start())
        if said is None or _ON_GARMENT.search(low, max(0, said.start() - 80), said.start()):
            continue
        if said.group().endswith(('"', "'")) and place["at"] not in ("on", "across", "down"):
            continue  # what was said, and then where: "'get out' over his shoulder"
        if place["at"] in _AROUND and _OF_JEWELLERY.search(low, said.start(), said.end()):
            continue
        yield said.start(), said.end(), place.end()


def _may_tell(low: str) -> bool:
    """Whether some part of the body stands behind a word that it may stand behind where a picture is told."""
    words, places = words_at(low)[0], places_of(low)
    return any(words[at - 1] in _LEADS for site in places.keys() & _SITES for at in places[site])


def in_words(words: str) -> str | None:
    """A picture told with its place, and nothing else, as the tattoo that it is; None for other words."""
    for start, middle, end in find(words):
        if (start, end) == (0, len(words)):
            said = told(words, start, middle, end)
            return said if said != words else None
    return None


def told(words: str, start: int, middle: int, end: int) -> str:
    """The words of a find of `find` with the word that nobody said: "saltire tattoo on his calf"."""
    if "tattoo" in words[start:end].lower() or "ink" in words[middle:end].lower():
        return words[start:end]
    return f"{words[start:middle]} tattoo{words[middle:end]}".replace('"', "")
