"""Accent: one canonical phrase an accent; an accent the vocabulary does not know keeps its own words."""

from __future__ import annotations

import re
from functools import lru_cache

from linkage.intake.facts import accent_alone
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.listing import among_descriptors, is_item, item_before, says_person
from linkage.intake.facts.surface import (
    Lexicon,
    flagged,
    is_unknown,
    negated_before,
    plain,
    stop_words,
    windows,
)
from linkage.intake.patterns import compiled

_WORDS = Lexicon("accents")
_ALONE = Lexicon("accents", only=flagged("alone"))
_NOUN = r"(?:a[ckx]+[sc]*[ei]nt(?:ed|s)?|twang|dialect|brogue|lilt|drawl|burr)"
_NOUN_RE = compiled(rf"\b{_NOUN}\b|\bacc\b(?=\s*[.,;]|$)")
_WAY = compiled(
    r"\b(?:voices?|way of (?:talking|speaking)|speech|tones?|twang|inflections?|intonation|"
    r"cadences?|vowels|sounding|spoken|speaking|talking)\b(?!\s+(?:to|"
    r"about|with him|of))"
)
"""Words behind which only an accent that the vocabulary knows is read: a voice is also deep."""
_BY_ITSELF = Lexicon(
    "accents", only=lambda entry, surface: flagged("alone")(entry, surface) or flagged("listed")(entry, surface)
)
_PLACES = stop_words("accent_places")
_BEFORE = compiled(r"\b(?P<words>(?:[a-z'-]+(?:\s*[/,&]\s*|\s+)){1,5})$")
_WINDOW = 60
"""[G] Characters looked at before and behind the word "accent"."""
_AFTER = compiled(
    r"\b(?:accent|voice(?=\s*[:=]))\s*(?:(?:was|is|sounded|sounds|seemed|from|like|of|could\s+(?:have\s+been|be)|"
    r"may\s+(?:have\s+been|be)|"
    r"might\s+(?:have\s+been|be)|suggest(?:ed|s|ing)(?:\s+(?:that\s+)?(?:he|they)\s+(?:came|comes|come|was|were|is|"
    r"are))?|(?:which\s+)?(?:she|he|they|i|we|staff|witnesses|the\s+victim)\s+(?:placed|put|took|described|identified|"
    r"recognised|gave)\s+(?:as|to\s+be))\s+|[:=-]\s*)(?:(?:like|possibly|maybe|perhaps|"
    r"from|of|someone|"
    r"definitely|clearly|obviously|sort of|somebody|person|people|probably|very|quite|slightly|a|an|the|strong|"
    r"thick|to be|not quite|described|believed|thought|said|as|being|more|mostly|broad|typically|"
    r"distinctly|either)\s+)*"
    r"(?P<words>[a-z'-]+(?:(?:\s+|\s*/\s*)(?:or\s+)?[a-z'-]+){0,2})"
)
_SOUNDED = compiled(
    r"\b(?:(?:sounded|sounding|sounds|sound|(?:soft|quiet|loud)ly[- ]spoken)|(?:spoke|speaks?|"
    r"speaking|talks?|talked|talking)\s+(?:[a-z]+\s+){0,3}?"
    r"(?:like|as if|as though)|(?:his|her|the)? ?\b(?:accent|voice) (?:(?:on|over|down) the (?:phone|"
    r"line|intercom) )?(?:was|is)|(?:spoke|speaks?|talks?|"
    r"talked) (?:with (?:a|an)|(?:in )?(?:a )?(?:proper|pure|real|right|dead|broad|thick|strong|very)))\s+"
    r"(?:(?:like|as|if|though|possibly|maybe|perhaps|probably|very|quite|a|an|bit|sort|kind|of|rather|he|she|"
    r"they|was|were|is|came|the|"
    r"comes|come|might|could|be|to|me|from|person|someone|somebody|people|man|more|strong|broad|thick|distinctly|"
    r"definitely|i think)"
    r"\s+)*(?P<words>[a-z]+(?:\s+(?:or\s+)?[a-z]+){0,2})"
)
_HEDGE = (
    r"(?:possibly|maybe|perhaps|probably|potentially|likely|poss|prob|deffo|defo|either|or|even|like|around|"
    r"(?:she|he|i|they|we|who|which|what)(?:\s+\w+)?\s+(?:thinks?|thought|believed?s?|felt|"
    r"took)(?:\s+(?:was|is|it was|to be))?|"
    r"(?:thought|believed|said)\s+to\s+(?:be|have\s+been)|(?:could|might|may|must)\s+(?:be|have\s+been)|"
    r"from|a|an|the|sort\s+of|kind\s+of|something\s+like|not\s+sure\s+if)"
)
_THEN = compiled(
    rf"(?:\s+(?:sounding\s+)?{_NOUN})?\s*[,(;:/-]*\s*(?:(?:{_HEDGE}\s+)+(?P<hedged>{{words}})|"
    rf"(?<=[,(;:/-]\s)(?P<words>{{words}})(?=,?\s*(?:i think|i'd say|she thinks?|she thought|maybe|"
    rf"possibly|perhaps|probably|"
    rf"way\b|or (?:something|similar)|\?)))".replace("{words}", r"[a-z]+(?:(?:\s+|\s*/\s*|-)(?:or\s+)?[a-z]+){0,2}")
)
"""A nearer guess behind an accent: "a foreign accent, possibly Polish", "sounded northern, Leeds maybe"."""
_VOICE_TOLD = (
    r"(?:by|from|on)\s+"
    rf"(?:the\s+|his\s+|her\s+|their\s+)?(?:\w+\s+and\s+(?:the\s+)?)?(?:sound\s+of|voice|speech|{_NOUN}|"
    rf"way\s+(?:he|she|they)\s+(?:spoke|talked|speaks|talks))\b"
)
_OF_VOICE = compiled(_VOICE_TOLD)
"""The end of `_BY_VOICE`, which opens with any word and so is tried at each."""
_BY_VOICE = compiled(
    r"\b(?P<words>[a-z]+(?:\s+(?:or\s+)?[a-z]+){0,2}?),?\s+(?:i\s+think\s+)?(?:(?:going|judging|"
    rf"to judge|to go|just)\s+)?{_VOICE_TOLD}"
)
"""Where somebody came from, told by the voice: "from Leeds going by the accent", "a Scouser by the sound of him"."""
_ENGLISH = compiled(
    r"\benglish\s+(?:language\s+)?(?:(?:was|is|wasn'?t|isn'?t|wasnt|isnt|very|so|too|that|really|quite|pretty|all|"
    r"a\s+bit|rather|"
    r"not)\s+){1,4}(?:good|great|poor|bad|broken|limited|basic|fluent|perfect|clear|strong|brilliant)\b|"
    r"\benglish\s+(?:only\s+)?with\s+(?:some\s+|great\s+)?difficulty\b|"
    r"\b(?:spoke|speaks?|had|has|with|talked|understood|in|his|their)\s+(?:only\s+|just\s+)?(?:very\s+|hardly\s+|"
    r"barely\s+|quite\s+|pretty\s+)?(?:poor|bad|broken|"
    r"limited|basic|little|a\s+little|any|no|few\s+words\s+of|a\s+few\s+words\s+of|not\s+much|stilted|halting|"
    r"weak)\s+"
    r"english\b|\b(?:(?:did|does|could|can)\s*(?:not|n'?t)|didnt|doesnt|couldnt|cant|hardly|barely|"
    r"struggled\s+to)\s+(?:speaks?|spoke|talk|have|had|has)\s+"
    r"(?:much\s+|good\s+|any\s+|proper\s+|a\s+word\s+of\s+)?english\b|"
    r"\benglish\s+(?:was\s+|is\s+)?(?:(?:clearly\s+|obviously\s+)?not|wasn'?t|isn'?t|isnt|"
    r"wasnt)\s+(?:\w+\s+)?(?:his\s+)?first\s+language\b|"
    r"\bstruggl\w+\s+(?:with|in)\s+english\b"
)
"""English that is not spoken well, however it is put."""
_SPOKE = compiled(r"\b(?:spoke|speaks|talks|talked)\s+(?P<words>[a-z]+(?:\s+[a-z]+)?)")
_VOICE = compiled(rf"\b(?:voice|{_NOUN})\b")
_VOICE_IS = compiled(
    r"(?:\bvoice\s+(?:was|is|sounded|seemed)\b[^.;:!?]{0,40}?\b(?:possibly|maybe|perhaps|probably|"
    r"almost\s+certainly|may\s+have\s+been)|"
    r"\bby\s+(?:the\s+sound\s+of\s+(?:him|her|them|it)|(?:his|her)\s+(?:voice|speech|accent)),?)\s+"
    r"(?P<words>[a-z]+(?:\s+(?:or\s+)?[a-z]+){0,2})"
)
"""A guess some words behind a voice: "the voice was a man's, deep, possibly Caribbean"."""
_NOT_BETWEEN = {False: compiled(r"[.;]|,(?!\s*(?:or|maybe|possibly)\b)"), True: compiled(r"[.;]")}
"""Breaks of the run of accents before the word "accent"; in one pair behind an article a comma is none."""
_NOT_PLACED = compiled(
    r"\s*,?\s*(?:(?:that|which)\s+)?(?:(?:was|is)\s+)?(?:(?:hard|difficult|impossible|not\s+easy)\s+to\s+(?:place|"
    r"identify)|"
    r"(?:she|he|i|they)\s+(?:could\s*n[o']t|couldnt|could\s+not|cannot|can't)\s+(?:place|identify))"
)
"""Between "accent" and a guess at it: "hard to place, maybe Dutch"."""
_LANGUAGES = frozenset(
    entry.label
    for entry in _WORDS.entries.values()
    if entry.data.get("sensitive") or entry.key in ("english", "welsh", "irish", "local")
)
"""What is spoken as a language too: "spoke Polish" tells no accent, "spoke east London" does."""
_TOO = compiled(r"\s+(?:too|also|i think|maybe|possibly|perhaps|type)(?=\s*(?:[,.;/\n]|$))")
_SPEECH = compiled(
    r"a[ckx]+[sc]*[ei]nt|english|sound|spoke|speak|speech|talk|voice|twang|dialect|brogue|lilt|drawl|burr|inflection|intonation|cadence|vowels|tone|acc\b"
)
"""Any word beside which an accent is looked for: elsewhere the search is spared."""
_DEGREE = stop_words("accent_degree")
_BETWEEN = stop_words("accent_between")
_STOP = stop_words("accent_ends")
_SPLIT = compiled(r"\s*(?:[;,/&|]|\bor\b|\bbut\b|\band\b|\bpossibly\b|\bmaybe\b|\bwith\b)\s*")
_TRIM = compiled(rf"\b(?:{_NOUN}|sounding|sounded|spoke|speaks|spoken with|an?|the|had|has|very|quite)\b|[^\w\s'-]")


def normalise(words: str) -> list[str] | None:
    """Accents in canonical phrases from a person's own words ("scouse" is "liverpool"); None when nothing is said."""
    phrases = _phrases(words)
    return list(phrases) if phrases else None


@lru_cache(maxsize=4096)
def _phrases(words: str) -> tuple[str, ...]:
    low = plain(words).strip()
    if is_unknown(low) or re.fullmatch(r"\W*(?:none|no|no accent)\W*", low):
        return ()
    found: list[str] = []
    known = [(_label(k), s, e) for k, s, e in _WORDS.scan(low) if not negated_before(low, s)]
    if known:
        found = [label for label, _, _ in known]
    else:
        for part in _SPLIT.split(low):
            rest = [w for w in _TRIM.sub(" ", part).split() if w not in _DEGREE]
            near = _WORDS.nearest(" ".join(rest)) if len(rest) == 1 else None
            found += [_label(near)] if near else [" ".join(rest)] if rest else []
    return _without_degree(found)


def _label(key: str) -> str:
    return _WORDS.entries[key].label


def _without_degree(found: list[str], said: str = "heavily accented") -> tuple[str, ...]:
    distinct = tuple(dict.fromkeys(found))
    return distinct if len(distinct) == 1 else tuple(f for f in distinct if f != said or found[-1] == said)


def find(text: str) -> list[Finding]:
    """Accents said in a free text, one finding an accent ("London accent but heavily accented" gives two)."""
    low = plain(text)
    found: list[Finding] = []
    for start, end in windows(_SPEECH, low, _WINDOW, _WINDOW):
        found += _beside_speech(low, start, end)
    for key, start, end in _BY_ITSELF.scan(low):
        if _ALONE.exact(low[start:end]):
            found.append(_finding(low, _label(key), start, end, 0.85))
        elif _listed(low, start, end):
            found.append(_finding(low, _label(key), start, end, 0.75))
    for said in accent_alone.find(low):
        known = _BY_ITSELF.exact(said["words"])
        if known:
            found.append(_finding(low, _label(known), *said.span("words"), 0.75))
    distinct: list[Finding] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if all(one.start >= f.end or one.end <= f.start for f in distinct):
            distinct.append(one)
    return distinct


def _beside_speech(low: str, start: int, end: int) -> list[Finding]:
    """Accents beside a word for accent, voice or speaking in low[start:end]."""
    found: list[Finding] = []
    for noun in _NOUN_RE.finditer(low, start, end):
        near = _BEFORE.search(low, max(0, noun.start() - _WINDOW), noun.start())
        if near:
            found += _in_phrase(low, *near.span("words"), noun.group().endswith("ed"))
    for way in _WAY.finditer(low, start, end):
        near = _BEFORE.search(low, max(0, way.start() - _WINDOW), way.start())
        found += _beside(low, *near.span("words")) if near else []
    for pattern in (_AFTER, _SOUNDED):
        for said in pattern.finditer(low, start, end):
            found += _first_run(_known_at(low, *said.span("words")), said.start("words"), low)
    for said in _SPOKE.finditer(low, start, end):
        known = _first_run(_known_at(low, *said.span("words")), said.start("words"), low)
        found += [one for one in known if one.value not in _LANGUAGES]
    for way in _VOICE.finditer(low, start, end):
        placed = _NOT_PLACED.match(low, way.end())
        guessed = _THEN.match(low, placed.end() if placed else way.end())
        found += _first_run(_known_at(low, *guessed.span("hedged")), guessed.start("hedged"), low) if guessed else []
    for said in _VOICE_IS.finditer(low, start, end):
        found += _first_run(_known_at(low, *said.span("words")), said.start("words"), low)
    if _OF_VOICE.search(low, start, end):
        for said in _BY_VOICE.finditer(low, start, end):
            found += _beside(low, *said.span("words"))
    for poor in _ENGLISH.finditer(low, start, end):
        found.append(Finding("accent", _label("broken_english"), *poor.span(), "accents", 0.8))
    return _with_guesses(found, low)


def _with_guesses(found: list[Finding], low: str) -> list[Finding]:
    """Accents with the nearer guesses that follow them; how strong an accent is says nothing beside a guess."""
    kept: list[Finding] = []
    for one in found:
        then = None if one.negated else _THEN.match(low, one.end)
        group = "hedged" if then and then["hedged"] else "words"
        guesses = _first_run(_known_at(low, *then.span(group)), then.start(group), low) if then else []
        kept += guesses if guesses and one.value == _label("heavily_accented") else [one, *guesses]
    return kept


def _listed(low: str, start: int, end: int) -> bool:
    """Whether an accent stands by itself in a list of descriptors; the name of a county only behind a descriptor."""
    with_too = _TOO.match(low, end)
    end = with_too.end() if with_too else end
    both = low.endswith("both ", 0, start)
    start = start - len("both ") if both else start
    if not is_item(low, start, end):
        return False
    if low[start:end] in _PLACES:
        return says_person(item_before(low, start))
    return both or among_descriptors(low, start, end)


def _first_run(known: list[Finding], start: int, low: str) -> list[Finding]:
    """Of known accents the unbroken run that begins right at `start` ("sounded Polish or Russian", not "sounded
    angry to the Polish girl")."""
    kept: list[Finding] = []
    edge = start
    for one in known:
        if set(re.findall(r"[a-z]+", low[edge : one.start])) - _DEGREE - _BETWEEN:
            break
        kept.append(one)
        edge = one.end
    return kept


def _finding(low: str, value: str, start: int, end: int, confidence: float) -> Finding:
    denied = negated_before(low, start) or low.endswith(("non-", "non ", "un-"), 0, start)
    return Finding("accent", value, start, end, "accents", confidence, denied)


def _known_at(low: str, start: int, end: int) -> list[Finding]:
    """Accents that the vocabulary knows in low[start:end], degrees left out."""
    return [
        _finding(low, _label(key), start + s, start + e, 0.9)
        for key, s, e in _WORDS.scan(low[start:end])
        if low[start + s : start + e] not in _DEGREE
    ]


def _in_phrase(low: str, start: int, end: int, accented: bool) -> list[Finding]:
    """Accents in the words before "accent": known ones beside it, else the last words as they stand."""
    known = _beside(low, start, end)
    if known:
        return known
    words = [(w.group(), start + w.start(), start + w.end()) for w in re.finditer(r"[a-z'-]+", low[start:end])]
    kept: list[tuple[str, int, int]] = []
    for word in reversed(words):
        if (
            word[0] in _STOP
            or word[0].endswith("'s")
            or word[0] in _DEGREE
            or len(kept) == 2
            or "," in low[word[2] : kept[0][1] if kept else end]
        ):
            break
        kept.insert(0, word)
    if kept:
        near = _WORDS.nearest(kept[-1][0])
        value = _label(near) if near else " ".join(w for w, _, _ in kept)
        first = kept[-1] if near else kept[0]
        return [_finding(low, value, first[1], kept[-1][2], 0.7)]
    degree = (
        words[-1]
        if words and words[-1][0] in _DEGREE - {"slight", "mild", "soft", "faint", "very", "quite"}
        else None
    )
    if degree is None:
        return []
    return [_finding(low, "heavily accented", degree[1], degree[2] + (9 if accented else 0), 0.8)]


def _beside(low: str, start: int, end: int) -> list[Finding]:
    """Known accents in an unbroken run up to the word "accent" ("northern or scouse accent")."""
    kept: list[Finding] = []
    edge = end
    for one in reversed(_known_at(low, start, end)):
        between = set(re.findall(r"[a-z]+", low[one.end : edge])) - _BETWEEN
        paired = low[max(0, one.start - 3) : one.start].endswith(("a ", "an "))  # "an educated, southern voice"
        if between - _DEGREE or (kept and _NOT_BETWEEN[paired].search(low, one.end, edge)):
            break
        kept.insert(0, one)
        edge = one.start
    return kept
