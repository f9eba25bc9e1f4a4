"""Marks a person carries: tattoos, scars, teeth, limps, smells; short phrases that keep the place on the body.

A mark is told by a noun of `marks.toml` with the words around it, by how a part of the body looks (`body_parts`), by
a whole phrase of `mark_phrases.toml` ("hands stained with engine oil"), or by a picture on the skin.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from linkage.intake.finding import Finding
from linkage.intake.patterns import compiled
from linkage.intake.phrases import vocabulary_grammar
from linkage.intake.phrases.field_words import phrases, spellings, tidy
from linkage.intake.phrases.surface import Lexicon, answered, flagged, negated_before, plain, stop_words
from linkage.intake.values.people import body_parts
from linkage.intake.values.people.listing import among_descriptors, is_item

_NOUNS = Lexicon(
    "marks",
    plurals=True,
    only=lambda entry, surface: not (entry.data.get("group") and surface == entry.key.replace("_", " ")),
)
_SPELLINGS = spellings(_NOUNS)
_LISTED = Lexicon("marks", only=flagged("listed"))
_SITE = (
    r"(?:scalp|head|face|necks?|throat|jaw|chin|cheeks?|cheekbones?|nose|mouth|lips?|tongue|gums|ears?|lobes?|earlobes?|eyes?|"
    r"eyelids?|eyebrows?|forehead|temple|hands?|palms?|fingers?|thumbs?|knuckles?|wrists?|(?:fore|upper )?arms?|"
    r"biceps?|elbows?|shoulders?|chest|nipples?|back|ribs|torso|stomach|belly|hips?|buttocks?|bum|groin|penis|legs?|"
    r"thighs?|knees?|shins?|calf|calves|ankles?|foot|feet|body|skin|front|top|bottom|teeth|tooth)"
)
_PLACES = {
    "site": _SITE,
    "where": r"(?: (?:to|on|by|near|beside|behind|above|below|around|round|over|across|in|under) "
    rf"(?:(?:the|his|her|their|one|both|an?|left|right|side|top|back|of) )*{_SITE}\b)",
    "line": r"(?:tram ?lines?|lines?|slits?|slashes|slash|notch(?:es)?|nicks?|stripes?|gaps?|steps?)",
    "stuff": r"(?:oil|grease|paint|ink|nicotine|tobacco|dirt|soil|plaster|cement|soot|coal dust|flour|dye|henna|tar|"
    r"varnish|creosote|rust|fake tan|brick dust|chalk|diesel|clay|mud|engine oil|ash|blood)",
    "does": r"(?:sniff|blink|cough|sweat|twitch|scratch|wheez|grunt|gulp|yawn|burp|swallow|clearing his throat|"
    r"cleared his throat|licking his lips|licked his lips|chewing his nails|biting his nails|grinding his teeth|"
    r"ground his teeth|cracking his knuckles)(?:ing|ed|es|s|e)?",
}
"""What the places of the phrases in `mark_phrases.toml` stand for."""
_AT = (
    r"(?:\s+(?:(?:(?:that|which)\s+)?(?:ran|runs|running|goes|going|went|stretching|stretche[sd])\s+)?(?:all\s+)?"
    r"(?:on|across|beside|below|next\s+to|close\s+to|down|over|under|above|around|round|behind|near|by|along|at|in|"
    r"up|to|through|from|covering|inside)"
    r"(?:\s+(?:the|his|her|their|both|one|each|an?|left|right|lower|upper|inner|outer|back|side|inside|top|"
    r"front|of|hand|bridge|corner|base|tip|middle|centre|nape|half|most|much|whole|length|area))*\s+"
    rf"{_SITE}\b(?:\s+(?:and|to|or)\s+(?:(?:the|his|her|left|right|both)\s+)*{_SITE}\b)?)"
)
_OF = (
    r"(?:\s+(?:of|saying|reading|that said|that says|which said|with|depicting|like)\s+(?:(?:a|an|the)\s+)?"
    r"(?:(?:names?|words?|letters|initials|number|date|motto)\s+(?=[\"']))?"
    r"(?:\"[^\"]{1,40}\"|[\w']+(?:[\s-]+(?!on\b|and\b|with\b|in\b|he\b|was\b|across\b|down\b|his\b|at\b|"
    r"but\b|wearing\b)[\w']+){0,3}))"
)
_SITE_BEHIND, _PICTURE_BEHIND = compiled(rf"{_AT}{{0,2}}"), compiled(rf"{_OF}?{_AT}{{0,2}}")
"""Behind a noun: its place on the body, and for what shows something a picture before that."""
_WITH_PICTURE = ("tattoo", "scar", "birthmark")
_INKED = compiled(r"\s+(?!man|male|lad|bloke|guy|woman|and|with|he|she|all|on|but)[a-z]{3,}(?:\s+and\s+[a-z]{3,})?")
_HEAD = compiled(r"(?:[a-z0-9'-]+\s+){1,4}$")
_HEAD_WORD = compiled(r"[a-z0-9'-]+")
_LONGEST_HEAD = 30
"""Characters before a noun that describe it [G]."""
_ENDS = stop_words("mark_ends")
_HAD = compiled(r"\b(?:has|had|have|having|with)\s+(?:an?|very|bad|lots of|some|a few|really)?\s*$")
_ARTICLE = compiled(r"\ban?\s+$")
_OWN_PART = compiled(r"\s(?:his|one|the (?:left|right))\s")
_HIS = compiled(r"\b(?:his|her)\b")
_WIDER = ("pierced", "smell")
"""Phrases that hold nouns for marks, and tell more."""
_USUAL = (
    (compiled(r"^freckl(?:ed|y)$"), "freckles"),
    (compiled(r"^no ((?:front |top |upper |bottom |lower |back )?(?:teeth|tooth))\b"), r"missing \1"),
    (
        compiled(r"\s(?:(?:had|has|have|was|were|is|are)\s+(?:been\s+)?|been\s+)(?=tattooed|inked|pierced|scarred)"),
        " ",
    ),
    (
        compiled(
            r"^(?:(?:walk(?:s|ed|ing)?|mov(?:es|ed|ing)|ran|runs)\s+(?:with|w/)\s+(?:an?\s+)?|(?:bit|hint|touch)\s+of\s+"
            r"an?\s+)(?=(?:\w+\s+)?limp)"
        ),
        "",
    ),
    (compiled(r"^(?:limp(?:s|ed|ing)|hobbl(?:es|ed|ing))(?:\s+badly|\s+heavily|\s+slightly)?\b"), "limp"),
)
"""Ways of telling a mark, and what makes the usual one of them."""
_ANOTHER_THING_BEHIND = compiled(
    r"\s+(?:on (?:a|his) (?:cord|chain|necklace|string)|necklace|pendant|parlou?r|studio|artist|shop|removal|wall|"
    r"of (?:his|her|the|their) (?:tracksuit|trousers|jeans|bottoms|joggers)|(?:by|for)\s+"
    r"(?:the|her|his|their|my|life)\b(?!\s+(?:(?:left|right)\s+)?(?:eye|ear|mouth|nose|lip|chin|temple|cheek|brow))|eyes|scream|stare|look|fairy|"
    r"brush|paste|pick|ache|gun)\b"
)
"""Behind a noun that tells no mark of a person there."""
_ANOTHER_THING_BEFORE = compiled(
    r"\b(?:claim(?:ed|s|ing)?|say(?:s|ing)|said|pretend(?:ed|ing)?)\s+(?:that\s+)?(?:to\s+be|(?:s?he|i)\s+(?:was|is|"
    r"had|has))\s+(?:an?\s+)?$|\bcausing\s+$|\broll\s+of\s+$|\bto\s+$|"
    r"\b(?:would|will|could|can|might|not|needed|required|went|hung|wheel|punched|knocked|broke|lost|gritted|brushed|clenched)\s+(?:\w+\s+)?$|"
    r"\b(?:took|stole|stolen|snatched|ripped|grabbed)\s+(?:(?:one|two|three|both|of|an?|her|the|my|their|gold|silver|"
    r"diamond)\s+)*$"
)
"""Before it: a claim, an act with teeth or fire, or a theft ("took one of her earrings")."""
_OF_A_THING = compiled(
    r"\b(?:car|van|vehicle|room|flat|house|place|taxi|cab|inside|interior|it|seats?|there was|bed|stairs|lift)"
    r"\s+(?:(?:that|which|just|always)\s+)?(?:ha[sd]\s+)?(?:an?\s+)?$"
)
"""Before a smell that is none of a person."""
_INJURED = compiled(
    r"\b(?:leaving|left|leaves|suffer(?:ed|s|ing)|sustain(?:ed|ing|s)|treated for|needed|(?<!be )nursing|"
    r"recovering from|received|escaped with|giving|gave|caused|causing|inflict(?:ed|ing))\s+"
    r"(?:(?:her|him|them|the (?:victim|woman|man|driver|worker|pensioner|teenager|student))\s+)?(?:with\s+)?"
    r"(?:(?:an?|two|several|some|cuts|bruises|bruising|grazes|facial|minor|serious|and|her|badly|possible|"
    r"suspected)[\s,]+)*$"
)
_HURTS = compiled(
    r"\b(?:broken|cut|bruis|graz|black eye|swollen|split|fractur|scratch|stitch|sore|chipped|knocked|burns?\b|gash|"
    r"missing tooth|plaster|bite|cracked|damaged|injur)"
)
"""A hurt done in the incident is no mark of the person described: "leaving her with a broken nose"."""


def normalise(words: str) -> list[str] | None:
    """Short lower-case phrases from a person's own words, one a mark; None when nothing is said."""
    return list(_phrases(words)) or None


@lru_cache(maxsize=4096)
def _phrases(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_usual, phrases(words, _NOUNS, _SPELLINGS))))


def _usual(phrase: str) -> str:
    """A mark in the usual order of its words ("teeth missing" is "missing teeth"), and a way of walking as the mark
    that it is ("walks with a slight limp")."""
    for value, start, end in (*body_parts.pictures(phrase), *body_parts.find(phrase)):
        if (start, end) == (0, len(phrase)):
            return value
    for pattern, usual in _USUAL:
        phrase = pattern.sub(usual, phrase)
    return phrase


def find(text: str) -> list[Finding]:
    """Marks said in a free text, each with description and place on the body ("scar across right cheek")."""
    low = plain(text)
    found = _by_noun(text, low)
    phrases = sorted((*_by_phrase(text, low), *_by_picture(low)), key=lambda one: one.rule not in _WIDER)
    for one in (*_by_part(low), *phrases):
        over = [f for f in found if f.start < one.end and one.start < f.end]
        if not over or _is_told_better(low, one, over):
            found = [*(f for f in found if f not in over), one]
    return sorted((one for one in found if not _is_hurt(low, one)), key=lambda one: one.start)


def _is_told_better(low: str, one: Finding, others: Sequence[Finding]) -> bool:
    """Whether a mark takes the place of others in the same words: it tells more, or in the usual order of words."""
    looks = one.rule == "body_parts"
    if looks and one.value != tidy(low[one.start : one.end], _SPELLINGS):
        return all(f.end <= one.end for f in others)
    wider = all(one.start <= f.start and f.end <= one.end for f in others)
    return wider and (one.rule in _WIDER or (looks and all(f.end - f.start < one.end - one.start for f in others)))


def _is_hurt(low: str, one: Finding) -> bool:
    hurt = one.rule != "smell" and _HURTS.search(low, one.start, one.end) is not None
    return hurt and _INJURED.search(low, max(0, one.start - 80), one.start) is not None


@cache
def _grammar() -> vocabulary_grammar.Grammar:
    return vocabulary_grammar.grammar("mark_phrases", **_PLACES)


def _by_phrase(text: str, low: str) -> Iterator[Finding]:
    for one in vocabulary_grammar.find(_grammar(), "marks", low):
        smell = one.value == "smell"
        if not (smell and _of_a_thing(low, one.start)):
            value, denied = tidy(text[one.start : one.end], _SPELLINGS), not smell and negated_before(low, one.start)
            yield Finding("marks", value, one.start, one.end, one.value, 0.8, denied)


def _by_picture(low: str) -> Iterator[Finding]:
    for told, start, end in body_parts.pictures(low):
        yield Finding("marks", tidy(told, _SPELLINGS), start, end, "picture", 0.8, negated_before(low, start))


def _by_part(low: str) -> Iterator[Finding]:
    for value, start, end in body_parts.find(low):
        his = _HIS.search(low, start, end)
        about = (his.start(), end) if his else None
        denied = negated_before(low, start)
        yield Finding("marks", tidy(value, _SPELLINGS), start, end, "body_parts", 0.8, denied, about)


def _of_a_thing(low: str, start: int) -> bool:
    """Whether the smell told at `start` is that of a car, a room or another thing."""
    return _OF_A_THING.search(low, max(0, start - 40), start) is not None


def _by_noun(text: str, low: str) -> list[Finding]:
    """Marks told with a noun of the vocabulary, with the words around it that belong to them."""
    found: list[Finding] = []
    for key, start, end in _NOUNS.scan(low):
        if (found and start < found[-1].end) or answered(low, end) == "unknown":
            continue
        first, last = _first(low, key, start), _last(low, key, start, end)
        if _tells_nothing(low, key, (first, start, end, last)):
            continue
        denied = negated_before(low, first) and not low.startswith(("no ", "not "), start)
        denied = denied or answered(low, end) == "no"
        value = _usual(tidy(text[first:last], _SPELLINGS))
        found.append(Finding("marks", value, first, last, f"marks:{key}", 0.85, denied))
    return found


def _first(low: str, key: str, start: int) -> int:
    """Where the words that describe the mark begin: back from the noun to the first word that ends the phrase."""
    if key == "odour" and low.startswith(("sm", "st"), start):
        return start
    first = start
    head = _HEAD.search(low, max(0, start - 50), start)
    for word in reversed([*_HEAD_WORD.finditer(low, head.start(), start)]) if head else ():
        if word.group() in _ENDS or (word.group().isdigit() and first != start):  # a number there is an age
            break
        first = word.start()
        if start - first > _LONGEST_HEAD:
            break
    return first


def _last(low: str, key: str, start: int, end: int) -> int:
    """Where the words behind a noun end that tell its picture and its place on the body."""
    tail = (_PICTURE_BEHIND if key in _WITH_PICTURE else _SITE_BEHIND).match(low, end)
    last = tail.end() if tail else end
    inked = _INKED.match(low, end) if last == end and low.startswith("tattooed", start) else None
    return inked.end() if inked else last


def _tells_nothing(low: str, key: str, at: tuple[int, int, int, int]) -> bool:
    """Whether a noun, described from `first` to `last`, tells no mark of a person where it stands."""
    first, start, end, last = at
    if _ANOTHER_THING_BEHIND.match(low, end) or _ANOTHER_THING_BEFORE.search(low, max(0, start - 40), start):
        return True
    if key == "odour":
        return _of_a_thing(low, start)
    if _NOUNS.entries[key].data.get("his") and _OWN_PART.search(low, end, last) is None:
        return True
    if (
        last > end
        or _LISTED.exact(low[start:end]) is None
        or (key == "teeth" and first < start)
        or _HAD.search(low, max(0, first - 12), first)
    ):
        return False
    article = _ARTICLE.search(low, max(0, first - 4), first)
    first = article.start() if article else first
    return not (is_item(low, first, end) and among_descriptors(low, first, end))
