"""Hair of the head: basic colours and style words. Beards, clothes and cars have colours of their own."""

from __future__ import annotations

from functools import lru_cache

from linkage.intake.alternation import Anywhere
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.surface import Lexicon, flagged, holds, is_unknown, negated_before, plain
from linkage.intake.patterns import compiled
from linkage.report import Hair

_COLOURS = Lexicon("hair_colours")
_STYLES = Lexicon("hair_styles")
_STYLES_ALONE = Lexicon("hair_styles", only=flagged("alone"))
_ELSEWHERE = (
    r"(?:beard(?:ed)?|moustache|mustache|tash|stubble|goatee|facial hair|eyes?|eyebrows?|cap|hat|beanie|"
    r"hood(?:ie)?|jacket|skin(?!\s?head))"
)
_NOT_HEAD = compiled(rf"(?:[a-z-]+\s+){{0,2}}\b{_ELSEWHERE}\b")
_BEARD_PART = compiled(rf"(?:\b(?:and|with|but)\s+(?:an?\s+)?|[,;&]\s*)?(?:[a-z-]+\s+){{0,2}}{_ELSEWHERE}\b")
_ELSEWHERE_NEXT = compiled(rf"[\s-]*(?:{_ELSEWHERE})\b")
_FIRST_WORD = compiled(r"[a-z]*")
_OTHER_THING = compiled(r"\b(?:with|but|on)\b|,")

_FILLER = (
    r"(?:and|or|to|very|quite|with|at|a|an|in|on|the|but|of|possibly|maybe|slightly|fairly|also|length|"
    r"coloured|colour|cut|style|styled|kept|dyed|tied|top|sides?|it|into|unnatural|bright|shade|sort|vivid|that|"
    r"which|had|has|been|once|ends|tips|crown|nape|front)"
)
_JOIN = r"(?:\s*[,/&-]\s*|\s+)"
_UNIT = rf"(?:{_COLOURS.source}|{_STYLES.source}|{_FILLER})\b"
_ANCHOR = (
    r"(?:hair(?:ed|s|style|cut|line)?|hiar|pony[\s-]?tail|dread[\s-]?locks?|dreads|braids|plaits|corn[\s-]?rows|"
    r"afro|quiff|mullet|bun|moh[ai]wk|mohican|curls|crew[\s-]?cuts?|locks|fringe|highlights|bob|crop|parting|"
    r"comb[\s-]?over|plaits?|"
    r"streaks?(?=\s+(?:in|through|of)\s+(?:[a-z-]+\s+){0,3}hair)|fade|buzz[\s-]?cut|twists|undercut|spikes|mop|"
    r"perm(?:ed)?|wig|beehive|chignon|ringlets|locs|waves|(?<=blond )curtains|(?<=blonde )curtains|"
    r"(?<=ginger )curtains|(?<=brown )curtains|(?<=floppy )curtains|rinse|bunches|"
    r"tufts(?!\s+of\s+(?!hair))|pig[\s-]?tails|"
    r"extensions|haircut)"
)
_NOUN = Anywhere(rf"\b{_ANCHOR}\b")
_BEFORE = compiled(rf"\b(?P<words>(?:{_UNIT}{_JOIN})+)$")
_WINDOW = 70
"""Characters before a word for hair in which its colour and style are looked for [G]."""
_AFTER = compiled(
    rf"\b(?P<noun>hairs?(?:style)?|(?:braids|dreadlocks|dreads|curls|locks|plaits?|ponytail|fringe|quiff|mohican|"
    r"mullet)(?=\s+(?:was|were|is|are|tied|pulled|scraped|swept)\b))"
    rf"(?P<link>\s*(?:colou?r)?\s*(?:(?:was|is|were|looked|which was|that was|"
    rf"ha[sd] been|"
    rf"had)\b|[:=(])|"
    rf"\s*-\s|\s+colou?r)?"
    rf"\s*(?P<words>{_UNIT}(?:{_JOIN}{_UNIT})*)"
)
_COLOUR_OF_PERSON = compiled(
    r"\b(?P<word>(?:(?:bottle|peroxide|platinum|dirty|ash|honey|bleached)[\s-])?blonde?s?|ginger|gr[ea]y roots|"
    r"(?:(?:going|turning|gone)\s+white(?!\s+(?:with|as)\b))|"
    r"redhead|red headed|ginger headed|salt (?:and|&|n) pepper|brunette|"
    r"greying|going grey|gr[ea]y(?:ing)? (?:at|on|round|around) the (?:sides?|temples|back|front|top|"
    r"edges)|gr[ea]y(?:ing)? (?:sides|temples)|"
    r"(?:sides|temples) (?:going )?gr[ea]y(?:ing)?)\b"
    r"(?=\s*(?:[,.;&]|$|\b(?:man|male|guy|bloke|lad|woman|female|bald|balding|and|with|in|at|aged|short|"
    r"long|hair|who|going|turning|of (?:about|around|perhaps|maybe|roughly|\d\d|[a-z]+(?:ty|een))|called|named)\b))"
)
_COLOURS_ALONE = ("blond", " white", "ginger", "roots", "redhead", "red headed", "pepper", "brunette", "grey", "gray")
"""One of these stands in all that `_COLOUR_OF_PERSON` finds, one of the next in all that `_AFTER` does."""
_HAIR_NOUNS = (
    "hair",
    "braids",
    "dread",
    "curls",
    "locks",
    "plait",
    "ponytail",
    "fringe",
    "quiff",
    "mohican",
    "mullet",
)
_PHRASE_ENDS = compiled(
    rf"(?<![\s])(?=\s*(?:[.,;:)/!]|$)|\s+(?:and|with|but|in|he|she|who|was|wearing|wore|at|on|as|from|"
    rf"off|behind|over|{_ELSEWHERE})\b)|(?<=\s)"
)
"""Where a phrase behind a bare "hair" may end: "hair short brown," but not "brown hair grey trackies"."""
_OTHER_CLAUSE = compiled(r"\b(?:with|but)\s+(?:an?\s+)?")
"""Before "hair": what stands before is said of the person ("one white with blond hair")."""
_FACE_BEFORE = compiled(rf"\b{_ELSEWHERE}\s+(?:(?:is|was|now|that is|which was)\s+)?$")
_BEARD_NEXT = compiled(r"\s+(?:beard|moustache|goatee)\b")
"""Behind a style of hair that a beard has: "a plaited beard"."""
_THEN = compiled(rf"\bhair(?:\s+{_COLOURS.source})?,\s*(?P<words>{_UNIT}(?:[\s-]+{_UNIT})*)(?=\s*(?:[,.;\n]|$))")
_MORE = compiled(rf",\s*(?P<words>{_UNIT}(?:[\s-]+{_UNIT})*)(?=\s*(?:[,.;\n]|$))")
_SHORT_OF_PERSON = frozenset(("short", "very short", "medium", "thick", "neat", "dirty", "shortish", "quite short"))
"""Behind "hair," words that may tell of the person as well."""
_SKIN = compiled(r"(?:white|black)\s*,\s*")
"""Before another colour of hair: the colour of the person ("white, dyed red hair")."""
_LIST_BREAK = compiled(r"\s*(?:[.,;:)/!\n]|$)")
_SHAVED_IN = compiled(
    r"\b(?:[a-z-]+\s+)?[a-z]+\s+(?:shaved|cut|razored|clippered|carved)\s+(?:in|into|through|on)\s+(?:(?:the|one|"
    r"each|both)\s+(?:side|back|sides)\s+of\s+)?"
    r"(?:(?:his|her|the|their)\s+)?(?:head|hair|scalp|temples?|fade)\b"
)
"""A pattern that is cut into hair: "a lightning bolt shaved into the side of his head"."""
_NOT_HAIR = compiled(r"\s+(?:tyres?|eagle|spot on|cat|ale|beer|biscuits?|nuts?\b|tea|sauce)|\s*[-\s]\s*shaven face")
_OF_BODY = compiled(
    r"\s+(?:(?:growing|sprouting|showing)\s+)?(?:on|out\s+of|from|in)\s+(?:(?:the|his|her|their|both|backs?|of|"
    r"each)\s+)*"
    r"(?:hands?|knuckles|fingers|(?:fore)?arms?|wrists?|chest|shoulders?|legs?|ears?|nose|nostrils|body|stomach|"
    r"belly|"
    r"(?<!on the )(?<!at the )back(?!\s+of\s+(?:his|her|the)\s+(?:head|neck)))\b"
)
"""Hair that is not of the head: "dark hair on the back of his hands", "hair growing out of his ears"."""
_ARMS = compiled(r"hairy|body hair|chest hair|facial hair|arm hair|pubic hair")


def normalise(words: str) -> Hair | None:
    """Colours and styles from the words of a hair field ("short dark brown hair"); None when it holds neither."""
    colours, styles = _parts(words)
    return Hair(colour=list(colours), style=list(styles)) if colours or styles else None


@lru_cache(maxsize=4096)
def _parts(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if plain(words).strip(" .") in ("none", "no"):
        return (), ("bald",)
    if is_unknown(words):
        return (), ()
    text = _BEARD_PART.sub(" ", plain(words)) if _NOT_HEAD.search(plain(words)) else plain(words)
    said = [item for item in _COLOURS.read(text) if not negated_before(text, item[1])]
    styles = [item for item in _STYLES.read(text) if not negated_before(text, item[1]) and not _inside(item, said)]
    exact = [item for item in _STYLES.scan(text) if not _inside(item, said)]
    colours = [c for item in said if not _inside(item, exact) for c in _COLOURS.entries[item[0]].data["colours"]]
    return tuple(dict.fromkeys(colours)), tuple(dict.fromkeys(_STYLES.entries[key].label for key, _, _ in styles))


def _inside(item: tuple[str, int, int], others: list[tuple[str, int, int]]) -> bool:
    """Whether a longer one of `others` holds the item's words ("dirty" in "dirty blonde")."""
    _, start, end = item
    return any(s <= start and end <= e and end - start < e - s for _, s, e in others)


def find(text: str) -> list[Finding]:
    """Hair colours and styles said in a free text: one finding a basic colour ("dark" is two), one a style."""
    low = plain(text)
    said = [part for start, end in _hair_phrases(low) for part in _read_phrase(low, start, end, 0.9)]
    for key, start, end in _STYLES_ALONE.scan(low):
        of_beard = _BEARD_NEXT.match(low, end) or _FACE_BEFORE.search(low, max(0, start - 20), start)
        if not of_beard and not _NOT_HAIR.match(low, end) and not _of_the_face(low, start):
            said.append(_finding(low, ("hair_style", _STYLES.entries[key].label, start, end), 0.9))
    for cut in _SHAVED_IN.finditer(low) if "shaved" in low or " cut " in low or "razored" in low else ():
        said.append(_finding(low, ("hair_style", "shaved lines", *cut.span()), 0.8))
    for alone in _COLOUR_OF_PERSON.finditer(low) if holds(low, _COLOURS_ALONE) else ():
        if _FACE_BEFORE.search(low, max(0, alone.start() - 20), alone.start()):
            continue
        if not _NOT_HEAD.match(low, alone.end() + 1) and not _NOT_HAIR.match(low, alone.end()):
            said += _read_phrase(low, *alone.span("word"), 0.75)
    return _widest(said)


def _hair_phrases(low: str) -> list[tuple[int, int]]:
    """Stretches of colour and style words that belong to a word for hair."""
    spans = []
    for noun in _NOUN.finditer(low):
        near = _BEFORE.search(low, max(0, noun.start() - _WINDOW), noun.start())
        cut = (
            max((m.end() for m in _OTHER_CLAUSE.finditer(low, near.start("words"), near.end())), default=0)
            if near
            else 0
        )
        near = _BEFORE.search(low, cut, noun.start()) if near and cut else near
        if near:
            skin = _SKIN.match(low, near.start("words"), near.end())
            if skin and _COLOURS.pattern.search(low, skin.end(), near.end()):
                near = _BEFORE.search(low, skin.end(), noun.start())
        if _OF_BODY.match(low, noun.end()):
            continue
        if near and not _ARMS.search(low, near.start(), noun.end()):
            anchored = near.end() if noun.group().startswith(("hair", "hiar")) else noun.end()
            spans.append((near.start("words"), anchored))
    for near in _AFTER.finditer(low) if holds(low, _HAIR_NOUNS) else ():
        if _OF_BODY.match(low, near.end("noun")):
            continue
        start, end = near.span("words")
        end = end if near["link"] else _without_other_things(low, start, end)
        cut = low.rfind(" and ", start, end + 1)
        if near["link"] or _PHRASE_ENDS.match(low, end):
            spans.append((start, end))
        elif cut > start and _STYLES.pattern.search(low, start, cut):
            spans.append((start, cut))
    for then in _THEN.finditer(low) if "hair" in low else ():
        spans += _items_of_hair(low, *then.span("words"))
    return spans


def _items_of_hair(low: str, start: int, end: int) -> list[tuple[int, int]]:
    """Items behind "hair," that go on to speak of it ("grey hair, quite long, tied back")."""
    spans: list[tuple[int, int]] = []
    doubtful: list[tuple[int, int]] = []
    while _STYLES.pattern.search(low, start, end):
        doubtful.append((start, end))
        if low[start:end] not in _SHORT_OF_PERSON:
            spans += doubtful
            doubtful = []
        more = _MORE.match(low, end)
        if more is None:
            break
        start, end = more.span("words")
    return spans


def _without_other_things(low: str, start: int, end: int) -> int:
    """End of the words behind a bare "hair" that speak of it ("hair slicked back", not "hair and a ginger beard")."""
    first = _FIRST_WORD.match(low[start:end])
    word = first.group() if first else ""
    if word in ("with", "in"):
        comma = low.find(",", start, end)
        close = comma if comma >= 0 else end
        if _STYLES.pattern.search(low, start, close) and not _COLOURS.pattern.search(low, start, close):
            return close
    if word in ("and", "but", "or") or (word in ("with", "in") and not _LIST_BREAK.match(low, end)):
        return start
    stop = _OTHER_THING.search(low[start + len(word) : end])
    if stop is None or (stop.group() == "with" and _LIST_BREAK.match(low, end)):
        return end
    return start + len(word) + stop.start()


def _read_phrase(low: str, start: int, end: int, confidence: float) -> list[Finding]:
    """Findings for each style and colour word in low[start:end]."""
    phrase = low[start:end]
    colours = [c for c in _COLOURS.scan(phrase) if not _of_other_thing(low, start + c[2], end)]
    styles = [
        s
        for s in _STYLES.scan(phrase)
        if not (
            _of_other_thing(low, start + s[2], end)
            or _of_build(phrase, s)
            or _inside(s, colours)
            or _of_the_face(low, start + s[1])
        )
    ]
    items = [("hair_style", _STYLES.entries[key].label, start + s, start + e) for key, s, e in styles]
    for key, s, e in colours:
        if not _inside((key, s, e), styles):
            items += [("hair_colour", c, start + s, start + e) for c in _COLOURS.entries[key].data["colours"]]
    return [_finding(low, item, confidence) for item in items]


def _of_other_thing(low: str, word_end: int, phrase_end: int) -> bool:
    """Whether a word at the end of its phrase rather describes a beard, eyes or a cap that follows."""
    if low[word_end:phrase_end].strip(" ,"):
        return False
    return _ELSEWHERE_NEXT.match(low, word_end) is not None


def _of_build(phrase: str, item: tuple[str, int, int]) -> bool:
    """Whether a bare "medium" before a comma tells the build ("5ft 9, medium, shaved hair")."""
    _, start, end = item
    return phrase[start:end] == "medium" and phrase[end : end + 1] == ","


def _of_the_face(low: str, at: int) -> bool:
    """Whether the word at `at` is the "shaven" of "clean shaven"."""
    return low.startswith("shave", at) and low[:at].rstrip(" -").endswith("clean")


def _finding(low: str, item: tuple[str, str, int, int], confidence: float) -> Finding:
    field, value, start, end = item
    return Finding(field, value, start, end, f"{field}s:{value}", confidence, negated_before(low, start))


def _widest(said: list[Finding]) -> list[Finding]:
    """Of findings that say the same of overlapping words, the one with most words; in order of appearance."""
    kept: list[Finding] = []
    for one in sorted(said, key=lambda f: f.start - f.end):
        if not any(
            f.field == one.field and f.value == one.value and f.start < one.end and one.start < f.end for f in kept
        ):
            kept.append(one)
    return sorted(kept, key=lambda f: (f.start, f.field))
