"""Marks a person carries: tattoos, scars, teeth, limps, hairy arms; short phrases that keep the place on the body."""

from __future__ import annotations

from functools import lru_cache

from linkage.intake.facts import body_parts, mark_phrases, pictures
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.listing import among_descriptors, is_item
from linkage.intake.facts.phrase import phrases, spellings, tidy
from linkage.intake.facts.surface import Lexicon, answered, flagged, negated_before, plain, stop_words
from linkage.intake.patterns import compiled

_NOUNS = Lexicon(
    "marks",
    plurals=True,
    only=lambda entry, surface: not (entry.data.get("group") and surface == entry.key.replace("_", " ")),
)
_SPELLINGS = spellings(_NOUNS)
_LISTED = Lexicon("marks", only=flagged("listed"))
_SITE = (
    r"(?:arms?|forearms?|upper arms?|hands?|wrists?|fingers?|knuckles?|thumbs?|elbows?|shoulders?|neck|"
    r"throat|face|cheeks?|chin|"
    r"forehead|eyebrows?|eyes?|eyelids?|nose|lips?|ears?|mouth|head|scalp|chest|back|stomach|belly|"
    r"torso|ribs|hips?|legs?|thighs?|"
    r"knees?|calf|calves|ankles?|foot|feet|buttocks?|bum|groin|penis|tongue|temple|jaw|body|skin|front|teeth|"
    r"tooth|gums|lobes?|earlobes?|cheekbones?|knuckle|bicep|biceps|shin|"
    r"top|bottom|palms?|nipples?)"
)
_AT = (
    rf"(?:\s+(?:(?:(?:that|which)\s+)?(?:ran|runs|running|goes|going|went|stretching|stretches|"
    rf"stretched)\s+)?(?:all\s+)?(?:on|across|beside|below|next\s+to|close\s+to|down|over|under|above|around|round|"
    rf"behind|near|by|along|at|in|up|to|"
    rf"through|from|covering|inside)"
    rf"(?:\s+(?:the|his|her|their|both|one|each|an?|left|right|lower|upper|inner|outer|back|side|inside|top|"
    rf"front|of|hand|bridge|corner|base|tip|middle|centre|nape|half|most|much|whole|length|area))*\s+{_SITE}\b"
    rf"(?:\s+(?:and|to|or)\s+(?:(?:the|his|her|left|right|both)\s+)*{_SITE}\b)?)"
)
_OF = (
    r"(?:\s+(?:of|saying|reading|that said|that says|which said|with|depicting|like)\s+(?:(?:a|an|the)\s+)?"
    r"(?:(?:names?|words?|letters|initials|number|date|motto)\s+(?=[\"']))?"
    r"(?:\"[^\"]{1,40}\"|[\w']+(?:[\s-]+(?!on\b|and\b|with\b|in\b|he\b|was\b|across\b|down\b|his\b|at\b|"
    r"but\b|wearing\b)[\w']+){0,3}))"
)
_TAIL = compiled(rf"{_OF}?{_AT}{{0,2}}")
_SITE_TAIL = compiled(rf"{_AT}{{0,2}}")
_HEAD = compiled(r"(?:[a-z0-9'-]+\s+){1,4}$")
_HEAD_WORD = compiled(r"[a-z0-9'-]+")
_STOP = stop_words("mark_ends")
_KEEP_COLOUR = frozenset({"black", "white"})
_BURNS = compiled(r"(?:\b(?:would|will|to|could|can|might|gonna|side|not|and|he|she|they)|'?ll|'d)[\s-]+$")
_HAD = compiled(r"\b(?:has|had|have|having|with)\s+(?:an?|very|bad|lots of|some|a few|really)?\s*$")
_INKED = compiled(r"\s+(?!man|male|lad|bloke|guy|woman|and|with|he|she|all|on|but)[a-z]{3,}(?:\s+and\s+[a-z]{3,})?")
_DONE = compiled(r"\b(?:had|has|have|was|were|is|are)\s+(?:been\s+)?$")
"""Between a picture and "tattooed": "a dagger had been tattooed along his shin"."""
_ONE_LIMB = compiled(r"one (?:arm|leg|eye)")
_HAS_ONE = compiled(
    r"(?:\b(?:has|had|having|only|just)|\b(?:man|male|woman|bloke|lad|guy) with|[,;]\s*)\s+(?:only|just)?\s*$|^\s*$"
)
"""Before "one arm": words of somebody who has no other. "Took her round the neck with one arm" tells nothing."""
_OWN_PART = compiled(r"\s(?:his|one|the (?:left|right))\s")
_HIS = compiled(r"\b(?:his|her)\b")
_PASSIVE = compiled(r"(?:tattooed|inked|pierced)\b")
_STITCHES = compiled(
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|several|needed|needing|required|had|got|"
    r"received)\s+$"
)
_WIDER = ("pierced", "smell")
"""Phrases that hold nouns for marks, and tell more."""
_NONE_LEFT = compiled(r"^no ((?:front |top |upper |bottom |lower |back )?(?:teeth|tooth))\b")
_ARTICLE = compiled(r"\ban?\s+$")
_WALKS = compiled(
    r"^(?:(?:walk(?:s|ed|ing)?|mov(?:es|ed|ing)|ran|runs)\s+(?:with|w/)\s+(?:an?\s+)?|(?:bit|hint|"
    r"touch)\s+of\s+an?\s+)"
    r"(?=(?:\w+\s+)?limp)"
)
_AUXILIARY = compiled(
    r"\s(?:(?:had|has|have|was|were|is|are)\s+(?:been\s+)?|been\s+)(?=tattooed|inked|pierced|scarred)"
)
_NO_MARK_BEFORE = compiled(
    r"\b(?:claim(?:ed|s|ing)?|say(?:s|ing)|said|pretend(?:ed|ing)?|pleaded|told\s+\w+)\s+(?:that\s+)?(?:to\s+be|"
    r"(?:s?he|i)\s+(?:was|is|had|"
    r"has))\s+(?:an?\s+)?$|\b(?:victim|woman|man|girl|boy|teenager|driver)\s+(?:\w+\s+)?needed\s+(?:\w+\s+)?$|"
    r"\bcausing\s+$|\b(?:went|gone|going|go|goes|hung|hanging|lay)\s+$|\broll\s+of\s+$"
)
"""Before what somebody only claimed to be or have, or what the attack did: "said she was pregnant"."""
_NO_MARK_IN = compiled(
    r"\bwheel\s*brace|\b(?:at|to|near|a|the|popular|local|well-known)\s+beauty\s+spot$(?<!a beauty spot)"
)
"""A tool and a place that the words for marks are part of."""
_HOOPED = compiled(r"\b(?:shirt|top|jersey|socks|scarf|jumper)\b[^.;]{0,40}$")
"""Before "hoops" that are the stripes of a garment."""
_OWNED_THING = compiled(
    r"(?:ear[ -]?rings?|nails?|hoops?|studs?|false\s+nails?|fake\s+nails?|extensions|bandages?)\b"
)
_TAKEN = compiled(
    r"\b(?:took|stole|stolen|snatched|ripped|grabbed|tore|gave\s+(?:him|her|them|me)|bought\s+(?:him|her|them)|"
    r"lost|losing|"
    r"dropped|dropping)\s+(?:(?:one|two|three|both|some|of|an?|her|his|the|my|their|pair|gold|silver|"
    r"diamond)\s+)*$|\bto\s+$"
)
"""Before what was taken, given or lost ("took one of her earrings"), or a verb ("a shirt to bandage them")."""
_LIMPS = compiled(r"^(?:limp(?:s|ed|ing)|hobbl(?:es|ed|ing))(?:\s+badly|\s+heavily|\s+slightly)?\b")
_NOT_A_MARK = compiled(
    r"\s+(?:on (?:a|his) (?:cord|chain|necklace|string)|necklace|pendant|parlou?r|studio|artist|shop|removal|"
    r"farm|wall|of (?:his|her|the|their) (?:tracksuit|trousers|jeans|bottoms|joggers)|"
    r"(?<=sore\s)(?:neck|head|throat|arm|leg|back|ribs|face|jaw)|(?:by|for)\s+(?:(?:the|her|his|their|"
    r"what|my)\b(?!\s+(?:(?:left|right)\s+)?(?:eye|ear|mouth|nose|lip|chin|temple|cheek|brow))|life)|(?:\w+\s+)?eyes|scream|stare|look|fairy|brush|paste|pick|ache|gun)\b"
)
_INK_OR_TEETH = compiled(r"\b(?:ink|teeth|tooth|rash|mole|burns?|braces|stitches|nose|ears)\b")
_VERB = compiled(
    r"\b(?:gritted|brushed|brushing|showed|through|clenched|his|her|my|knocked|punched|lost|broke)\s+(?:\w+\s+)?$"
)


def normalise(words: str) -> list[str] | None:
    """Short lower-case phrases from a person's own words, one a mark; None when nothing is said."""
    phrases = _phrases(words)
    return list(phrases) if phrases else None


@lru_cache(maxsize=4096)
def _phrases(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_usual, phrases(words, _NOUNS, _SPELLINGS))))


def _usual(phrase: str) -> str:
    """A mark in the usual order of its words ("teeth missing" is "missing teeth"), and a way of walking as the mark
    that it is ("walks with a slight limp")."""
    if phrase in ("freckled", "freckly"):
        return "freckles"
    pictured = pictures.in_words(phrase)
    if pictured:
        return pictured
    phrase = _NONE_LEFT.sub(r"missing \1", phrase)
    for value, start, end in body_parts.find(phrase):
        if (start, end) == (0, len(phrase)):
            return value
    return _LIMPS.sub("limp", _WALKS.sub("", _AUXILIARY.sub(" ", phrase)))


def find(text: str) -> list[Finding]:
    """Marks said in a free text, each with description and place on the body ("scar across right cheek")."""
    low = plain(text)
    told = [*mark_phrases.find(low)]
    found = _with_parts(low, _by_noun(text, low))
    found = _and_wider(found, text, low, [one for one in told if one[0] == "pierced"])
    for kind, start, end in told:
        if kind not in _WIDER and all(end <= f.start or f.end <= start for f in found):
            value = tidy(text[start:end], _SPELLINGS)
            found.append(Finding("marks", value, start, end, kind, 0.8, negated_before(low, start)))
    for start, middle, end in pictures.find(low):
        if all(end <= f.start or f.end <= start for f in found):
            value = tidy(pictures.told(text, start, middle, end), _SPELLINGS)
            found.append(Finding("marks", value, start, end, "picture", 0.8, negated_before(low, start)))
    found = [one for one in found if not mark_phrases.is_hurt(low, one.start, one.end)]
    found = _and_wider(found, text, low, [one for one in told if one[0] == "smell"])
    return sorted(found, key=lambda f: f.start)


def _and_wider(found: list[Finding], text: str, low: str, told: list[tuple[str, int, int]]) -> list[Finding]:
    """`found` with whole phrases in place of the nouns within them."""
    for kind, start, end in told:
        denied = kind == "pierced" and negated_before(low, start)
        wider = Finding("marks", tidy(text[start:end], _SPELLINGS), start, end, kind, 0.85, denied)
        found = _instead(found, wider)
    return found


def _instead(found: list[Finding], wider: Finding) -> list[Finding]:
    """`found` with `wider` in place of those within it; unchanged where one reaches beyond it."""
    over = [f for f in found if f.start < wider.end and wider.start < f.end]
    if not all(wider.start <= f.start and f.end <= wider.end for f in over):
        return found
    return [*(f for f in found if f not in over), wider]


def _by_noun(text: str, low: str) -> list[Finding]:
    """Marks told with a noun of the vocabulary, with the words around it that belong to them."""
    found: list[Finding] = []
    for key, start, end in _NOUNS.scan(low):
        if _NOT_A_MARK.match(low, end) or (found and start < found[-1].end) or answered(low, end) == "unknown":
            continue
        last = _last(low, key, start, end)
        if _set_aside(low, key, (start, end), last):
            continue
        first = start if key == "odour" and low.startswith(("sm", "st"), start) else _first(low, start)
        if (last == end and _says_nothing(low, first, start, end)) or _said_of_an_act(low, key, first, start):
            continue
        denied = negated_before(low, first) and not low.startswith(("no ", "not "), start)
        denied = denied or answered(low, end) == "no"
        value = _usual(tidy(text[first:last], _SPELLINGS))
        found.append(Finding("marks", value, first, last, f"marks:{key}", 0.85, denied))
    return found


def _last(low: str, key: str, start: int, end: int) -> int:
    """Where the words behind a noun end that tell its picture and its place on the body."""
    tail = (_TAIL if key in ("tattoo", "scar", "birthmark") else _SITE_TAIL).match(low, end)
    last = tail.end() if tail else end
    if key == "tattoo" and last == end and low.startswith("tattooed", start):
        inked = _INKED.match(low, end)
        return inked.end() if inked else end
    return last


def _set_aside(low: str, key: str, noun: tuple[int, int], last: int) -> bool:
    """Whether a noun tells no mark here: an arm that held her, the smell of a room, a plaster of nobody known."""
    start, end = noun
    owned = _OWNED_THING.search(low, start, end)
    if owned and _TAKEN.search(low, max(0, start - 40), start):
        return True
    if low.startswith("hoops", start) and _HOOPED.search(low, max(0, start - 60), start):
        return True
    if _NO_MARK_BEFORE.search(low, max(0, start - 40), start) or _NO_MARK_IN.search(low, max(0, start - 8), end):
        return True
    if _ONE_LIMB.fullmatch(low, start, end):
        return not _only_one(low, start, end)
    if key == "odour":
        return mark_phrases.of_a_thing(low, start)
    return bool(_NOUNS.entries[key].data.get("his")) and _OWN_PART.search(low, end, last) is None


def _only_one(low: str, start: int, end: int) -> bool:
    """Whether "one arm" tells that there is no other."""
    return _HAS_ONE.search(low, max(0, start - 25), start) is not None and not low.startswith((" was", " is"), end)


def _with_parts(low: str, found: list[Finding]) -> list[Finding]:
    """Marks with how parts of the body look; the usual order of words replaces the other one ("nose broken")."""
    for value, start, end in body_parts.find(low):
        over = [f for f in found if f.start < end and start < f.end]
        turned = low[start:end] != value
        wider = all(start <= f.start and f.end <= end and f.end - f.start < end - start for f in over)
        if over and not wider and not (turned and all(f.end <= end for f in over)):
            continue
        owned = _OWNED_THING.search(low, start, end)
        if owned and _TAKEN.search(low, max(0, start - 40), start):
            continue
        denied = negated_before(low, start)
        kept = [f for f in found if f not in over]
        his = _HIS.search(low, start, end)
        about = (his.start(), end) if his else None
        found = [*kept, Finding("marks", tidy(value, _SPELLINGS), start, end, "body_parts", 0.8, denied, about)]
    return found


def _says_nothing(low: str, first: int, start: int, end: int) -> bool:
    """Whether a noun is no mark where it stands: bare "ink", or "spots" that is no item of a list of descriptors."""
    listed = _LISTED.exact(low[start:end]) is not None
    if not listed:
        return first == start and _INK_OR_TEETH.fullmatch(low, start, end) is not None
    if _HAD.search(low, max(0, first - 12), first):
        return False
    article = _ARTICLE.search(low, max(0, first - 4), first)
    first = article.start() if article else first
    return not (is_item(low, first, end) and among_descriptors(low, first, end))


def _said_of_an_act(low: str, key: str, first: int, start: int) -> bool:
    """Whether the words tell what somebody did with teeth or fire: "punched her in the teeth", "would burn"."""
    if low.startswith("stitches", start):
        return _STITCHES.search(low, max(0, start - 14), start) is not None
    if key == "burn":
        return _BURNS.search(low, max(0, start - 12), start) is not None
    return first == start and key == "teeth" and _VERB.search(low, max(0, start - 25), start) is not None


def _first(low: str, start: int) -> int:
    """Where the words that describe the mark begin: back from the noun to the first word that ends the phrase."""
    done = _DONE.search(low, max(0, start - 20), start) if _PASSIVE.match(low, start) else None
    start = done.start() if done else start
    first = start
    head = _HEAD.search(low, max(0, start - 50), start)
    for word in reversed(list(_HEAD_WORD.finditer(head.group()))) if head else []:
        if word.group() in _STOP and not (
            word.group() in _KEEP_COLOUR and first == start and low[start:].startswith("tat")
        ):
            break
        if word.group().isdigit() and first != start:
            break  # an age
        first = head.start() + word.start() if head else first
        if start - first > 30:
            break
    return first
