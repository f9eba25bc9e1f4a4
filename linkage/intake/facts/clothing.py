"""Clothing and things worn, as short phrases: the garment with the colours, cloth and make said before it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from linkage.intake.facts import costumes
from linkage.intake.facts.clothing_behind import described_behind
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.listing import among_descriptors, is_item
from linkage.intake.facts.phrase import phrases, spellings, tidy
from linkage.intake.facts.surface import Lexicon, flagged, negated_before, plain
from linkage.intake.patterns import compiled

_NOUNS = Lexicon("garments", plurals=True)
_BARE = Lexicon("garments", only=flagged("bare"))
_DOUBTFUL = Lexicon("garments", only=flagged("doubtful"))
_ALONE = Lexicon("garments", only=flagged("listed"))
_WORDS = Lexicon("garment_words")
_SPELLINGS = spellings(_NOUNS)
_MODIFIERS = compiled(
    rf"\b(?:(?:(?:[a-z]+[- ])?colou?red|{_WORDS.source})\b(?:\s*[,/&-]\s*|\s+and\s+|\s+or\s+|\s+))+$"
)
_WINDOW = 45
_DESCRIBING = compiled(rf"[ -](?:{_WORDS.source}[ -])*")
"""Between two garments of which the first only describes the second: "hi-vis orange jacket"."""
_OWNER = compiled(r"\b(?:the|her|his|my|their|that)\s+$")
_OWNED = compiled(r".*'s?\s+")
_NOT_WORN = compiled(
    r"[\s-]+(?:hair\w*|fade|haircut|tattoo(?:ed)?\b|"
    r"(?:style|type)\s+\w+|pockets?|shop|hanger|rail|key|pulled down by her|"
    r"of the(?!\s+\w+\s+(?:type|kind|sort|style|variety))|of (?:paint|arms|dust)|lane|shaped|"
    r"under (?:his |her |the )?eyes|"
    r"road|street|collar grab|"
    r"knot\b|dye|legs?\b|t(?:ee|oo)th\b|cords?\b|(?:101|999|111|0\d{2,}|crimestoppers)\b|(?:alpha|bravo|charlie|delta|echo|"
    r"foxtrot|golf|"
    r"hotel|india|juliet|kilo|lima|mike|november|oscar|papa|quebec|romeo|sierra|tango|victor|whiskey|x-?ray|yankee|"
    r"zulu)\b|works\b|factory|undone|"
    r"light|hatchback|gti|van|car|driver|box)\b"
)
_WITH = compiled(r"\s+with\s+(?:(?:an?|the|his)\s+)?")
_HOODED = compiled(r"hood|parka|anorak|cagoule|kagoule|tracksuit|snorkel")
"""What has a hood of its own, so that "with the hood up" tells no other garment."""
_WEARING = compiled(
    r"\b(?:wears?|wearing|wore|dressed in|had on|sporting|carrying|carried|pushing|wheeling|clutching|lugging|"
    r"tucked in(?:to)?|with|clothing\s*:|clothes\s*:|"
    r"wears?\s*:)\s+"
    r"(?:(?:an?|the|his|some|just|only|one|two|both|a\s+single|odd|nothing\s+but)\s+)*$|\bin\s+$"
)
_JOINED = compiled(r"\s*(?:,|;|/|&|\+|\bn\b|\band\b|\bwith\b)\s*(?:(?:and|an?|his|the|one|pair of)\s+)*")
_TAKEN = compiled(
    r"\b(?:took|stole|steals?|taken|snatched?|grabb?(?:ed|s)?|hid|recovered|found|emptied|searched|went through|"
    r"rifled through|opened(?=\s+(?:her|my|their|the)\b)|removed|"
    r"ripped(?: off)?|tore(?: off)?|(?:tak|remov|pull|rip|tear|kick|throw|slipp|tugg?|yank)ing"
    r"(?: off| down| up| at| on)?|remove|kicked off|take off|takes off|threw|"
    r"throws?|(?:grabb?ed|held|dragged|caught|pulled|seized|yanked|hauled) (?:her |him |me )?by|among|"
    r"pulled (?:up|down|at|off)|lost|press(?:ed|es|ing)|present(?:ed|s)|sight of|rolls? of|"
    r"box(?:es)? of|pack(?:et)?s? of|left behind|changing|hit (?:her|him|me|them) with|"
    r"beat (?:her|him|me) with|held by|"
    r"(?:tied|bound|gagged|blindfolded|strangled|choked|throttled|whipped|"
    r"restrained)(?:\s+\w+){0,8}?\s+with(?:\s+his)?)\s+"
    r"(?:(?:an?|the|her|my|their|one|off|up|down|at|from|someone's)\s+)*$|"
    r"\b(?:made|got|forced|told|asked|ordered|wanted|instructed)\s+(?:her|him|me|them|us|"
    r"the\s+\w+)\s+(?:to\s+)?(?:put\s+on|wear|dress\s+in|change\s+into)\s+(?:an?\s+|the\s+|some\s+)?$|"
    r"\bwip(?:ed|es|ing)(?:\s+[\w'-]+){1,8}?\s+with\s+(?:an?\s+|the\s+|his\s+)?$|"
    r"\b(?:undid|undone|undoing|unzipp(?:ed|ing)|unbutton(?:ed|ing)|unbuckl(?:ed|ing)|dropp(?:ed|ing)|lower(?:ed|"
    r"ing))\s+(?:his|the|her|my)\s+$|"
    r"(?<!look\s)(?<!looks\s)(?<!looked\s)(?<!looking\s)(?<!something\s)\blike\s+an?\s+$"
)
"""Before a garment: words that tell of something done with it, not of something worn."""
_HAUL = compiled(
    r"\b(?:took|stole|steal(?:s|ing)|taking|snatch(?:ed|ing)|grabb(?:ed|ing)|robbed\s+of|handed?\s+over|"
    r"(?:made|got|ran|walked|drove|rode|fled|escaped)\s+(?:off\s+|away\s+)?with|relieved\s+(?:her|him|them)\s+of|"
    r"demand(?:ed|ing)|(?:haul|loot)\s+included|gave\s+(?:him|them))(?P<list>\s+(?!off\b|up\b|for\b|"
    r"to\s+be\b)[^.;:!?\n]*)$"
)
"""What was stolen or asked for, up to a thing of the list: "took cash, phones and a coat"."""
_HAUL_ENDS = compiled(
    r"\b(?:he|she|they|who|which|that|it|wear(?:s|ing)?|wore|dressed|clad|when|while|before|after|then|was|were|is|"
    r"are|had|has|have|"
    r"with|but|by|in|from|inside|under|on|over|at|as|to|carrying|both|one)\b|\d\s*(?:ft|foot|cm|')"
)
"""Within such a list: words behind which somebody or something else is told."""
_GONE = compiled(
    r"(?:\s*(?:,|\band\b)\s*(?:(?:an?|her|his|the|their|some)\s+)?(?:[\w'-]+\s+){0,2}?[\w'-]+){0,4}?\s+"
    r"(?:(?:was|were|had\s+been|have\s+been)\s+(?:gone|missing|stolen|taken|recovered|found|ripped|torn|snatched|grasped|grabbed|seized|searched|emptied|"
    r"rifled|yanked|tugged)\b|"
    r"(?:ripped|torn|snatched|taken|pulled|grabbed|stolen)\s+(?:off|from)\b)"
)
"""Behind a thing, or a list of things: what became of it ("her ring, watch and keys were gone")."""
_OVER_HEAD = compiled(r"(?:\s+down)?\s+over\s+(?:her|my|their|the\s+\w+'s)\s+(?:head|face|mouth|eyes)\b")
_PUT = compiled(r"\b(?:put|puts|putting|placed?|placing|pulled|threw|forced|held|holding)\s+(?:an?|the|his|her)\s+$")
_KIND = compiled(r"\b[a-z]+-$")
_CARRIED = frozenset(("bag", "jewellery", "uniform"))
"""Kinds of which a maker's name does not tell that they are worn: "took a Michael Kors bag"."""
_ON_BODY = compiled(
    r"\s+(?:(?:dangling|hanging|slung|worn|tied|wrapped|draped|pulled)\s+)?(?:a?round|on|over|across|about|from|"
    r"in)\s+(?:his|her|their|the|one)\s+"
    r"(?:(?:left|right|little|middle|index|ring|each)\s+)?(?:neck|wrists?|fingers?|thumb|ears?|heads?|shoulders?|"
    r"ankle|waist|lapel|chest|back|arm|"
    r"feet|face|mouth|nose|hands?)\b"
)
_UNDER_SHOES = compiled(
    r"\s+(?:with|under|inside|in)\s+(?:his\s+|her\s+)?(?:sandals|shoes|boots|sliders|trainers|flip[ -]?flops|crocs|"
    r"slippers|clogs)\b"
)
_ON_A_HEAD = compiled(r"\b(?:wearing|wore|in|under|lace|straw|easter|knitted|woollen)\s+(?:[\w-]+\s+){0,3}$")
"""Before a bonnet that is no car's."""
_VISOR = compiled(r"visor")
_RUNNERS = compiled(r"joggers")
_TO_RUNNERS = compiled(
    r"\b(?:to|from|by|two|three|several|other|some|early[- ]morning|passing|male|female|morning|that|"
    r"asks?|asking)\s+$"
)
"""Before "joggers" that run, and are not worn."""
_POLICE = compiled(r"plain[\s-]clothes\b|uniforms?\s+(?:officers?|police|pcs?|patrols?|constables?)\b")


def normalise(words: str) -> list[str] | None:
    """Short lower-case phrases from a person's own words, one a garment; None when nothing is said."""
    phrases = _phrases(words)
    return list(phrases) if phrases else None


@lru_cache(maxsize=4096)
def _phrases(words: str) -> tuple[str, ...]:
    return phrases(words, _NOUNS, _SPELLINGS)


def find(text: str) -> list[Finding]:
    """Garments said in a free text, one finding each ("black jeans"); "dressed in black" is black clothing."""
    low = plain(text)
    found: list[Finding] = []
    for key, start, end in _closing(low):
        if low.startswith("bonnet", start) and not _ON_A_HEAD.search(low, max(0, start - 40), start):
            continue
        if _NOT_WORN.match(low, end) or _POLICE.match(low, start) or (found and start < found[-1].end):
            continue
        first = _first(text, low, start, found[-1].end if found else 0)
        if _RUNNERS.fullmatch(low, start, end) and _TO_RUNNERS.search(low, max(0, first - 25), first):
            continue
        if (
            _TAKEN.search(low, max(0, first - 40), first)
            or _robbed(low, first, end)
            or _hood_of(low, found, first, start)
        ):
            continue
        known = _known_first(low, start, found[-1].end if found else 0) if key in _CARRIED else first
        if _BARE.exact(low[start:end]) and not _worn(low, found, known, start, end, key in _CARRIED):
            continue
        if found and _VISOR.fullmatch(low, start, end) and start - found[-1].end < _WINDOW:
            continue
        last, colour = described_behind(low, first, end)
        value = tidy(f"{colour} {text[first:end]}" if colour else text[first:last], _SPELLINGS)
        found.append(Finding("clothing", value, first, last, f"garments:{key}", 0.85, negated_before(low, first)))
    found += costumes.find(text, low, found)
    return sorted(found, key=lambda f: f.start)


def _robbed(low: str, first: int, end: int) -> bool:
    """Whether a thing is one of those stolen, asked for, gone, or pulled over somebody else's head."""
    haul = _HAUL.search(low, max(0, first - 120), first)
    worn = low.startswith(" off", end) or low.startswith(
        "hood", first
    )  # "took his jacket off", "ran off with his hood up"
    if haul and not worn and not _HAUL_ENDS.search(low, haul.start("list"), first):
        return True
    if _GONE.match(low, end):
        return True
    return _OVER_HEAD.match(low, end) is not None and _PUT.search(low, max(0, first - 16), first) is not None


def _closing(low: str) -> Iterator[tuple[str, int, int]]:
    """Nouns that close a phrase: in "denim skirt" and "hi vis jacket" the first word only describes the second."""
    said = list(_NOUNS.scan(low))
    for at, (key, start, end) in enumerate(said):
        after = said[at + 1][1] if at + 1 < len(said) else len(low)
        describes = _WORDS.exact(low[start:end]) is not None and after - end <= _WINDOW
        if not (describes and _DESCRIBING.fullmatch(low, end, after)):
            yield key, start, end


def _first(text: str, low: str, start: int, taken: int) -> int:
    """Where the words begin that describe the garment at `start`: not before `taken`, the end of the one before."""
    first = _known_first(low, start, taken)
    owned = _OWNED.match(low, first, start)
    if owned and _OWNER.search(low, max(0, first - 7), first):
        return owned.end()  # "the nurse's coat" tells of an owner, "a nurse's tunic" of a kind
    kind = _KIND.search(low, max(taken, first - 20), first) if low.startswith(("type ", "style "), first) else None
    first = kind.start() if kind else first  # "a balaclava-type mask"
    return costumes.with_names(text, low, first, taken)


def _known_first(low: str, start: int, taken: int) -> int:
    """Where the known words for colour, cloth and make begin that stand before the garment at `start`."""
    window = max(0, start - _WINDOW)
    before = _MODIFIERS.search(low, _word_start(low, window), start)
    if before and before.start() < taken:
        before = _MODIFIERS.search(low, taken, start)
    return _after_joiner(low, before.start(), start) if before else start


def _hood_of(low: str, found: list[Finding], first: int, start: int) -> bool:
    """Whether "hood up" speaks of the hooded garment told just before ("a grey hoodie with the hood up")."""
    if not found or not low.startswith("hood", start) or low.startswith(("hoodi", "hoody"), start):
        return False
    gap = low[found[-1].end : first]
    if low.startswith("hood up", start) and _HOODED.search(str(found[-1].value)) is None:
        return False
    return _WITH.fullmatch(gap) is not None or (len(gap) < 20 and _HOODED.search(str(found[-1].value)) is not None)


def _worn(low: str, found: list[Finding], first: int, start: int, end: int, carried: bool) -> bool:
    """Whether a word that may be no garment is one: described, behind a word for wearing, or joined to a garment.
    A thing that is `carried` and doubtful is not told by "with" ("a wallet with a badge in it")."""
    doubtful = _DOUBTFUL.exact(low[start:end]) is not None
    if first < start and not doubtful:
        return True
    wearing = _WEARING.search(low, max(0, first - 25), first)
    if wearing and not (doubtful and carried and wearing.group().startswith("with")):
        return True
    if found and _JOINED.fullmatch(low, found[-1].end, first) is not None:
        return True
    if (_ON_BODY.match(low, end) or _UNDER_SHOES.match(low, end)) and not doubtful:
        return True
    return (
        _ALONE.exact(low[start:end]) is not None and is_item(low, start, end) and among_descriptors(low, start, end)
    )


def _word_start(low: str, at: int) -> int:
    while 0 < at < len(low) and low[at - 1].isalnum():
        at += 1
    return at


def _after_joiner(low: str, first: int, noun: int) -> int:
    """Drop what stands before a comma, unless colours are listed ("black, white and red jacket")."""
    comma = low.rfind(",", first, noun)
    if comma < 0 or " and " in low[comma:noun] or "-" in low[comma:noun]:
        return first
    return comma + 1 + (len(low[comma + 1 :]) - len(low[comma + 1 :].lstrip()))
