"""Build: slim, medium, athletic, muscular, stocky or large, from slang and plain words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from linkage.intake.facts.finding import Finding
from linkage.intake.facts.listing import among_descriptors, follows_vehicle, is_item, item_after, says_person
from linkage.intake.facts.surface import (
    Lexicon,
    flagged,
    holds,
    is_unknown,
    negated_before,
    plain,
    stop_words,
    unflagged,
)
from linkage.intake.patterns import compiled

_WORDS = Lexicon("builds")
_STRONG = Lexicon("builds", only=unflagged("weak", "noun_only"))
_NOUN = r"(?:build|built|builds|frame|framed|physique|bodied|figure|stature|bulit|biuld)"
_NOUN_WORDS = ("build", "built", "frame", "physique", "bodied", "figure", "stature", "bulit", "biuld")
_NOUN_RE = compiled(rf"\b{_NOUN}\b")
_BEFORE_NOUN = compiled(r"\b(?P<words>(?:[a-z]+(?:\s*[-/,&]\s*|\s+)){1,4})$")
_AFTER_NOUN = compiled(
    r"\bbuild(?:\s+(?:is|was|of)\b|\s*[:=-]|(?=\s+\w+\s*[,.;/]))\s*(?P<words>[a-z]+(?:(?:\s*[-/]\s*|\s+(?:to|or|"
    r"and)\s+)[a-z]+)*)"
)
_OF_PERSON = compiled(
    r"(?:\b(?:(?:he|she|they|m[ae]n|males?|guy|blokes?|lads?|who|one|both|companion|accomplice|friend|mate|other|"
    r"first|second|third|passenger|driver|pal|attacker|suspect|offender|assailant|robber|lookout|caller|visitor|client|"
    r"punter|"
    r"customer|intruder|boy|girl|woman|youth|teenager|latter|former|older|younger|taller|shorter)\s+"
    r"(?:was|is|were|are|looked|appeared|seemed)(?:\s+to be)?|"
    r"he's|she's|him:|"
    r"her:)\s+"
    r"(?:(?:very|quite|really|rather|fairly|pretty|a bit|slightly|extremely|enormously|hugely|grossly|painfully|"
    r"incredibly|noticeably|unusually|a|an|tall and|short and|big and|small and)\s+)*|"
    r"\b(?:tall|short|small|height)(?:\s+and|\s*,)\s+(?:(?:very|quite|fairly)\s+)?|[,;]\s*(?:(?:very|quite|"
    r"fairly)\s+)?|"
    r"(?:\d\d(?:'?s)?|twenties|thirties|forties|fifties|sixties|\d\s?(?:ft|feet|foot|['\"])|cms?)\s+(?:(?:but|and|"
    r"very|quite)\s+)*)$"
)
_IS = compiled(r"[,;)]\s+(?:is|was)\s+(?:very\s+|quite\s+)?$")
_LIST_GOES_ON = compiled(r"\s*,")
_DESCRIBED_AFTER = compiled(r"\s*(?:[,.;]|$)|\s+(?:and|n|with|but|like|as|than)\b")
_PERSON_AFTER = compiled(
    r"\s+(?:man|male|guy|bloke|lad|woman|female|lady|white|black|asian|fella|fellow|chap|boy|youth)\b"
)
_SOMEBODY_AFTER = compiled(
    r"\s+(?:(?:young|older|white|black|asian)\s+)?(?:man|male|guy|bloke|lad|woman|female|lady|fella|fellow|chap|"
    r"boy|girl|youth|figure)\b"
)
_ARTICLE_BEFORE = compiled(r"\b(?:an?|the|one|two)\s+(?:(?:very|quite|rather|tall|short|young|older)\s+)?$")
_WINDOW = 45
"""[G] Characters looked at before the word "build"."""
_CUT = compiled(
    rf"\b(?:slim|skinny|thin|narrow|loose|tight|baggy|regular|relaxed|athletic|muscle|straight)[\s-]"
    rf"(?:fit(?:ting|ted)?\b(?!\s*(?:,|and\b|build|looking|m[ae]n\b|males?\b))|"
    rf"(?:(?:{Lexicon('garment_words').source})[\s-]+)+"
    rf"(?:jeans|trousers|chinos|joggers|bottoms|pants|leggings|suit|tie)\b)"
)
_LEGWEAR = ("fit", "jeans", "trousers", "chinos", "joggers", "bottoms", "pants", "leggings", "suit", "tie")
"""How trousers are cut, and no build: "slim-fit black jeans", "skinny blue jeans"."""
_WEAK = Lexicon("builds", only=flagged("weak"))
_LISTED = Lexicon(
    "builds", only=lambda entry, surface: flagged("weak")(entry, surface) or flagged("listed")(entry, surface)
)
_TO = compiled(r"\s*(?:/|-|\bto\b|\bor\b)\s*")
_TO_BEFORE = compiled(r"\b(?P<word>[a-z]+)\s*(?:/|-|\bto\b|\bor\b)\s*$")
_LETTERS = compiled(r"[a-z]+")
_JOINERS = stop_words("build_joiners")
_NOT_A_PERSON = compiled(
    r"\s+(?:jeans|trousers|cigarette|chance|tie|fit|latte|knife|blade|wallet|phone|envelope|beard|moustache|"
    r"(?:body\s+)?(?:odou?r|smell)|aftershave|perfume|face|hair\w*|legs?|arms?|"
    r"glasses|chain|accent|voice|eyebrows|lips|build of car|dog|coat|jacket|top|t-?shirt|fingers|nose|"
    r"of the(?! (?:two|three|four|pair|men|women|group|lot|others|robbers|attackers))|dress)\b"
)


def normalise(words: str) -> list[str] | None:
    """Builds from a person's own words ("slim to medium" gives both); None when the vocabulary knows none of them."""
    keys = _keys(words)
    return list(keys) if keys else None


@lru_cache(maxsize=4096)
def _keys(words: str) -> tuple[str, ...]:
    return () if is_unknown(words) else tuple(_WORDS.keys(words))


def find(text: str) -> list[Finding]:
    """Builds said in a free text, one finding a build; contradictory ones are all kept."""
    low = plain(text)
    found: list[Finding] = []
    for key, start, end in _STRONG.scan(low):
        if not _NOT_A_PERSON.match(low, end):
            _keep(found, low, (key, start, end), 0.9)
    for key, start, end in _LISTED.scan(low):
        weak = _WEAK.exact(low[start:end]) is not None
        if (weak and _weak_says_build(low, start, end)) or _joined(low, start, end) or _listed(low, start, end):
            _keep(found, low, (key, start, end), 0.7)
    for words, start, before in _near_noun(low):
        for key, s, e in _beside_noun(words, before):
            _keep(found, low, (key, start + s, start + e), 0.9)
    cuts = [cut.span() for cut in _CUT.finditer(low)] if found and holds(low, _LEGWEAR) else []
    kept = [f for f in found if all(f.end <= start or end <= f.start for start, end in cuts)]
    return sorted(kept, key=lambda f: f.start)


def _near_noun(low: str) -> Iterator[tuple[str, int, bool]]:
    """(words, where they start, whether they stand before) for each stretch beside a word for build."""
    for noun in _NOUN_RE.finditer(low) if holds(low, _NOUN_WORDS) else ():
        near = _BEFORE_NOUN.search(low, max(0, noun.start() - _WINDOW), noun.start())
        if near:
            yield near["words"], near.start("words"), True
        near = _AFTER_NOUN.match(low, noun.start())
        if near:
            yield near["words"], near.start("words"), False


def _beside_noun(words: str, before: bool) -> list[tuple[str, int, int]]:
    """Builds in the words beside "build", misspelt ones too; only an unbroken run next to it counts."""
    run = _WORDS.read(words)
    if not before:
        return run
    kept: list[tuple[str, int, int]] = []
    edge = len(words)
    for key, start, end in reversed(run):
        if set(_LETTERS.findall(words[end:edge])) - _JOINERS:
            break
        kept.append((key, start, end))
        edge = start
    return kept


def _weak_says_build(low: str, start: int, end: int) -> bool:
    """Whether a word such as "large" stands where it describes a person."""
    if _SOMEBODY_AFTER.match(low, end) and _ARTICLE_BEFORE.search(low, max(0, start - 20), start):
        return True
    if _IS.search(low, max(0, start - 20), start) and _LIST_GOES_ON.match(low, end):
        return says_person(item_after(low, end))  # "the man, who was seen by two women, is thin, with a beard"
    before = _OF_PERSON.search(low, max(0, start - 40), start)
    if before is None or (before.group().startswith((",", ";")) and follows_vehicle(low, start)):
        return False
    return bool(_DESCRIBED_AFTER.match(low, end) or _PERSON_AFTER.match(low, end))


def _listed(low: str, start: int, end: int) -> bool:
    return is_item(low, start, end) and among_descriptors(low, start, end)


def _joined(low: str, start: int, end: int) -> bool:
    """Whether a build beside it makes a weak word a build: "medium to stocky", "stocky/heavy"."""
    after = _TO.match(low, end)
    before = _TO_BEFORE.search(low[max(0, start - 25) : start])
    return bool((after and _STRONG.pattern.match(low, after.end())) or (before and _STRONG.exact(before["word"])))


def _keep(found: list[Finding], low: str, item: tuple[str, int, int], confidence: float) -> None:
    key, start, end = item
    if all(f.start >= end or start >= f.end for f in found):
        negated = negated_before(low, start)
        found.append(Finding("build", key, start, end, f"builds:{key}", confidence, negated))
