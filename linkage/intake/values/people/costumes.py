"""Things worn that no list of garments holds: costumes, makers and clubs before a garment, "wearing" and any noun."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from linkage.intake.finding import Finding
from linkage.intake.patterns import compiled
from linkage.intake.phrases import vocabulary_grammar
from linkage.intake.phrases.phrase import tidy
from linkage.intake.phrases.surface import Lexicon, holds, negated_before, stop_words
from linkage.vocabulary import load

_WORDS = Lexicon("garment_words")
_NAMES = compiled(r"(?:[A-Z][\w'’&]*[ -]){1,3}$")
"""Names with capitals just before a garment, within `_NAMES_REACH` characters: "Plymouth Argyle", "Michael Kors"."""
_NAMES_REACH = 36
_DESCRIBED = compiled(rf"(?:\b(?:an?|the|his|one)|[,/&]|\band|\bin|\bwearing|\bwore|\b{_WORDS.source})[ -]+$")
_COMPOUND = compiled(
    r"(?<![\w-])[a-z]+(?:-[a-z]+)*-(?:style|type|coloured|colored|print|printed|patterned|looking|caked|stained|"
    r"spattered|splattered|splashed|"
    r"covered|trimmed|lined|length|cut|neck|necked|sleeved|sleeve|leg|legged|fitting|soled|toed|heeled|rimmed|"
    r"brimmed|flecked|"
    r"hemmed|collared|edged|themed|branded|issue|era|weave|knit|up|on|off|down|sized|quality|made|dyed|tone|strap|"
    r"piece|"
    r"quarter|quarters|visibility|vis|viz|white|blue|red|green|grey|black|brown|pink|yellow)[ -]+$"
)
"""A compound of any first word that tells cut, colour or state: "mud-caked", "Barbour-style", "petrol-blue"."""
_COLOURED = compiled(
    rf"\b(?:an?|wearing|wore|in|and|with|,)\s+(?P<what>{_WORDS.source}[ -]+(?P<word>[a-z]{{4,}})[ -]+)$"
)
"""One unknown word between a word for a colour and the garment: "a grey herringbone jacket"."""
_KNOWN = compiled(rf"\b(?:{_WORDS.source}[ -]+)+$")
_WHATEVER_ELSE = ("costume", "all_in_a_colour")
"""Phrases that count beside a garment in the same words."""
_PERSON = stop_words("no_garment")
_WOMAN = compiled(r"(?:wom[ae]n|females?|girls?|lady|ladies|schoolgirls?)")
_UNIFORMED = compiled(
    r"\b(?:police|policem[ae]n|officers?|guards?|soldiers?|nurses?|paramedics?|postm[ae]n|posties?|wardens?|fire\w*|"
    r"couriers?|security|pilots?|sailors?|workm[ae]n|stewards?|doorm[ae]n|bouncers?)\b"
)
_WEARING = compiled(
    r"\b(?:(?:was|were|and|still|also)\s+)?(?:wearing|wore|clad in|dressed in|"
    r"had on)\s+(?:what\s+(?:\w+\s+){0,3}?(?:looked like|appeared to be|to be|as)\s+)?"
    r"(?:(?:just|only|one|nothing but|some kind of|some sort of|a kind of|a sort of|a pair of|pair of|an?|the|his|"
    r"some)\s+)*"
    r"(?P<words>[a-z][a-z'-]*(?:\s+(?!and\b|with\b|over\b|under\b|but\b|when\b|as\b|at\b|on\b|that\b|which\b|"
    r"while\b|of\b|in\b|for\b|"
    r"round\b|around\b|to\b|he\b|she\b|they\b|or\b|pulled\b)[a-z][a-z'-]*){0,3})"
    r"(?=\s*(?:[.,;:)!]|$)|\s+(?:and|with|over|under|but|when|as|at|on|that|which|while|of|round|around|or|pulled|"
    r"made)\b)"
)
"""Words for wearing and up to four more up to the end of the phrase: "wearing a sporran"."""


@cache
def _grammar() -> vocabulary_grammar.Grammar:
    return vocabulary_grammar.grammar("garment_phrases")


def with_names(text: str, low: str, first: int, taken: int) -> int:
    """Where the words of a garment begin when the names and compounds before them are counted in ("a Port Vale
    shirt", "school-style blazers"); `first` is where its known words begin, `taken` what the one before holds."""
    for _ in range(2):
        before = _before(text, low, first, taken)
        if before == first:
            break
        first = before
    return first


def _before(text: str, low: str, first: int, taken: int) -> int:
    reach = max(taken, first - _NAMES_REACH)
    compound = _COMPOUND.search(low, reach, first)
    if compound:
        return _with_words(low, compound.start(), reach)
    names = _NAMES.search(text, reach, first)
    while names:
        if not text.isupper() and _DESCRIBED.search(low, max(0, names.start() - 30), names.start()):
            return _with_words(low, names.start(), reach)
        names = _NAMES.search(text, names.start() + 1, first)
    coloured = _COLOURED.search(low, reach, first)
    if coloured and coloured["word"] not in _PERSON and not coloured["word"].endswith(("ing", "ly", "ed")):
        return coloured.start("what")
    return first


def _with_words(low: str, first: int, reach: int) -> int:
    """`first` moved before the known words for colour and cloth that stand in front of a name."""
    known = _KNOWN.search(low, reach, first)
    return known.start() if known else first


def find(text: str, low: str, found: list[Finding]) -> Iterator[Finding]:
    """Phrases that tell clothing ("dressed as an elf", "all in black", "masked"), and what is worn after a word for
    wearing where no garment is known there."""
    for one in vocabulary_grammar.find(_grammar(), "clothing", low):
        words, says = low[one.start : one.end], load("garment_phrases").entries[one.value].data["says"]
        value = _costume(words) if one.value == "costume" else says.format(words)
        apart = all(one.end <= f.start or f.end <= one.start for f in found)
        if apart or one.value in _WHATEVER_ELSE:
            yield replace(one, value=value, confidence=0.8, negated=negated_before(low, one.start))
    worn = holds(low, ("wear", "wore", " in ", "had on"))
    worn = worn and holds(low, ("wearing", "wore", "clad in", "dressed in", "had on"))
    for said in _WEARING.finditer(low) if worn else ():
        start, end = said.span("words")
        if any(f.start < end and start < f.end for f in found) or not _PERSON.isdisjoint(
            re.split(r"[\s-]", said["words"])
        ):
            continue
        if _WORDS.exact(said["words"].split()[-1]) or negated_before(low, said.start()):
            continue
        yield Finding("clothing", tidy(text[start:end], {}), start, end, "worn", 0.6)


def _costume(who: str) -> str:
    if _WOMAN.fullmatch(who):
        return "women's clothes"
    return f"{who} uniform" if _UNIFORMED.search(who) else f"{who} costume"
