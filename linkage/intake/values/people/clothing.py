"""Clothing and things worn, as short phrases: a garment with the colours, cloth and make said before or behind it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from linkage.intake.finding import Finding
from linkage.intake.patterns import compiled
from linkage.intake.phrases.phrase import phrases, spellings, tidy
from linkage.intake.phrases.surface import Lexicon, flagged, negated_before, plain
from linkage.intake.values.people import costumes
from linkage.intake.values.people.listing import among_descriptors, is_item

_NOUNS = Lexicon("garments", plurals=True)
_BARE, _DOUBTFUL, _LISTED = (Lexicon("garments", only=flagged(flag)) for flag in ("bare", "doubtful", "listed"))
_WORDS = Lexicon("garment_words")
_COLOURS = Lexicon("garment_words", only=lambda entry, _: entry.key == "colour")
_SPELLINGS = spellings(_NOUNS)
_WINDOW = 45
"""Characters before a garment in which it is described [G]."""
_MODIFIERS = compiled(
    rf"\b(?:(?:(?:[a-z]+[- ])?colou?red|{_WORDS.source})\b(?:\s*[,/&-]\s*|\s+and\s+|\s+or\s+|\s+))+$"
)
_DESCRIBING = compiled(rf"[ -](?:{_WORDS.source}[ -])*")
"""Between two garments of which the first only describes the second: "hi-vis orange jacket"."""
_OF_ANOTHER_THING = compiled(
    r"[\s-]+(?:hair\w*|fade|haircut|tattoo(?:ed)?|(?:style|type)\s+\w+|pockets?|shop|hanger|rail|key|lane|shaped|road|"
    r"street|knot|dye|legs?|t(?:ee|oo)th|cords?|works|factory|light|hatchback|gti|van|car|driver|box|"
    r"of (?:paint|arms|dust))\b"
)
"""Behind a word for a garment that only describes something else."""
_TAKEN = compiled(
    r"\b(?:took|tak(?:e|ing)|stole|snatched|grabbed|yanked|kicked|ripped|threw|tied|hid|hit|undid)\s+"
    r"(?:(?!his\b|in\b|wear|wore\b|and\b|then\b|for\b)[a-z']+\s+){0,4}$"
)
"""Before a garment that something is done with: "snatched her coat", "tied her up with a scarf"."""
_HOODED = compiled(r"hood|parka|anorak|tracksuit")
"""What has a hood of its own, so that "with the hood up" tells no other garment."""
_HOOD_REACH = 20
"""Characters behind such a garment in which its hood is told [G]."""
_WEARING = compiled(
    r"\b(?:(?:wears?|wearing|wore|dressed in|had on|sporting|carrying|carried|pushing|clutching|with|in)|"
    r"(?:clothing|clothes|wears?)\s*:)\s+(?:(?:an?|the|his|some|just|only|one|two|both|odd|nothing\s+but)\s+)*$"
)
_JOINED = compiled(r"\s*(?:,|;|/|&|\+|\bn\b|\band\b|\bwith\b)\s*(?:(?:and|an?|his|the|one|pair of)\s+)*")
_COLOUR = (
    rf"(?:(?:dark|light|bright|pale|faded|deep|plain|mainly|mostly|very|all|both)[\s-]+)?(?:{_COLOURS.source})\b"
)
_PAIR = rf"(?:{_COLOUR}(?:(?:\s*[,/&]\s*|\s+and\s+){_COLOUR}(?!\s+(?:[a-z]+\s+)?(?:{_NOUNS.source})\b))?)"
_COLOURED = compiled(
    rf"\s*\(\s*(?P<bracket>{_PAIR})\s*\)|"
    rf"\s+(?:of|(?:in\s+)?the\s+colou?r\s+of|(?:in\s+)?colou?r(?:ed)?|"
    rf"(?:that\s+|which\s+)?(?:was|were|is|are)(?:\s+(?:both|all))?(?:\s+of)?(?:\s+colou?r)?)\s+"
    rf"(?P<said>{_PAIR})(?![\w-])(?!\s+(?:[a-z]+\s+)?(?:{_WORDS.source})\b)|"
    rf"\s+(?:in\s+)?(?P<bare>{_COLOUR}(?:\s+and\s+{_COLOUR})?)(?=\s*(?:[,.;:)!?/\n]|$))"
)
"""The colour told behind: "turban (orange)", "a jacket of bottle green", "his coat was navy", "coat beige,"."""
_FEATURE = compiled(
    rf"\s+with\s+(?:(?:an?\s+)?(?:(?:{_WORDS.source})\s+){{1,3}}(?:stripes?|logo|(?:elbow\s+)?patch(?:es)?|elbows|crest|"
    rf"toggles|zips?|piping|motif|emblem|writing|trim|collar|hood|lapels|epaulettes|bobble|pompom|peak|tassels?|"
    rf"sleeves|badge|buttons|laces|soles?|lining|cuffs)\b|"
    r"(?:(?:an?|the)\s+)?(?:[a-z'-]+\s+){1,3}(?:(?:printed|written|sewn|embroidered)\s+)?on\s+"
    r"(?:it|them|the\s+(?:front|back|chest|sleeves?|pocket|breast|shoulders?))\b)"
)
"""What a garment has on it: "with white stripes", "with a wolf on it"."""


def normalise(words: str) -> list[str] | None:
    """Short lower-case phrases from a person's own words, one a garment; None when nothing is said."""
    return list(_phrases(words)) or None


@lru_cache(maxsize=4096)
def _phrases(words: str) -> tuple[str, ...]:
    return phrases(words, _NOUNS, _SPELLINGS)


def find(text: str) -> list[Finding]:
    """Garments said in a free text, one finding each ("black jeans"); "dressed in black" is black clothing."""
    low = plain(text)
    found: list[Finding] = []
    for key, start, end in _closing(low):
        taken = found[-1].end if found else 0
        if start < taken or _OF_ANOTHER_THING.match(low, end):
            continue
        first = costumes.with_names(text, low, _described_from(low, start, taken), taken)
        if _TAKEN.search(low, max(0, first - 40), first) or (found and _is_its_hood(low, found[-1], first, start)):
            continue
        if _BARE.exact(low[start:end]) and not _worn(low, taken, first, (start, end)):
            continue
        last, colour = _described_to(low, first, end)
        value = tidy(f"{colour} {text[first:end]}" if colour else text[first:last], _SPELLINGS)
        found.append(Finding("clothing", value, first, last, f"garments:{key}", 0.85, negated_before(low, first)))
    return sorted([*found, *costumes.find(text, low, found)], key=lambda one: one.start)


def _closing(low: str) -> Iterator[tuple[str, int, int]]:
    """Nouns that close a phrase: in "denim skirt" and "hi vis jacket" the first word only describes the second."""
    said = list(_NOUNS.scan(low))
    for at, (key, start, end) in enumerate(said):
        after = said[at + 1][1] if at + 1 < len(said) else len(low)
        describes = _WORDS.exact(low[start:end]) is not None and after - end <= _WINDOW
        if not (describes and _DESCRIBING.fullmatch(low, end, after)):
            yield key, start, end


def _described_from(low: str, start: int, taken: int) -> int:
    """Where the known words for colour, cloth and make begin that stand before the garment at `start`, not before
    `taken`; those before a comma only where colours are listed ("black, white and red jacket")."""
    window = max(taken, start - _WINDOW)
    while taken < window < start and low[window - 1].isalnum():
        window += 1
    before = _MODIFIERS.search(low, window, start)
    if before is None:
        return start
    comma = low.rfind(",", before.start(), start)
    if comma < 0 or " and " in low[comma:start] or "-" in low[comma:start]:
        return before.start()
    return start - len(low[comma + 1 : start].lstrip())


def _described_to(low: str, first: int, end: int) -> tuple[int, str]:
    """Where the phrase of the garment low[first:end] ends with what it has on it, and the colour told behind it."""
    if feature := _FEATURE.match(low, end):
        return feature.end(), ""
    coloured = _COLOURED.match(low, end)
    if coloured is None or _COLOURS.pattern.search(low, first, end):
        return end, ""
    return coloured.end(), coloured["bracket"] or coloured["said"] or coloured["bare"]


def _is_its_hood(low: str, garment: Finding, first: int, start: int) -> bool:
    """Whether a hood is that of the garment told just before ("a grey hoodie with the hood up")."""
    hood = low.startswith("hood", start) and not low.startswith(("hoodi", "hoody"), start)
    return hood and first - garment.end < _HOOD_REACH and _HOODED.search(str(garment.value)) is not None


def _worn(low: str, taken: int, first: int, noun: tuple[int, int]) -> bool:
    """Whether a word that may be no garment is one: described, behind a word for wearing, joined to the garment that
    ends at `taken`, or an item of a description."""
    words = low[slice(*noun)]
    if first < noun[0] and _DOUBTFUL.exact(words) is None:
        return True
    if _WEARING.search(low, max(0, first - 25), first) or (taken and _JOINED.fullmatch(low, taken, first)):
        return True
    return _LISTED.exact(words) is not None and is_item(low, *noun) and among_descriptors(low, *noun)
