"""Clothing and things worn, as short phrases: a garment with the colours, cloth and make said before or behind it,
and what no list of garments holds, told by a phrase of `garment_phrases.toml` ("dressed as an elf", "masked")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from linkage.intake.finding import Finding
from linkage.intake.patterns import PatternTable
from linkage.intake.phrases.field_words import phrases, tidy
from linkage.intake.phrases.surface import Lexicon, flagged, negated_before, plain, words_under
from linkage.intake.phrases.vocabulary_grammar import find as in_text
from linkage.intake.phrases.vocabulary_grammar import grammar
from linkage.intake.values.people.descriptors import among_descriptors, item
from linkage.vocabulary import load

_NOUNS = Lexicon("garments", plurals=True)
_BARE, _DOUBTFUL, _LISTED = (Lexicon("garments", only=flagged(flag)) for flag in ("bare", "doubtful", "listed"))
_WORDS = Lexicon("garment_words")
_COLOURS = Lexicon("garment_words", only=lambda entry, _: entry.key == "colour")
_WINDOW = 45
"""Characters before a garment in which it is described [G]."""
_TAKEN_REACH, _WEARING_REACH = 40, 25
"""Characters before a garment in which it is said to be taken, or worn [G]."""
_NAMES_REACH = 36
"""Characters before a garment in which names with capitals begin [G]."""
_SAID = PatternTable("clothing", noun=_NOUNS.source, word=_WORDS.source, colour=_COLOURS.source)
_NO_GARMENT = words_under("no_garment")


def normalise(words: str) -> list[str] | None:
    """Short lower-case phrases from a person's own words, one a garment; None when nothing is said."""
    return list(phrases(words, _NOUNS)) or None


def find(text: str) -> list[Finding]:
    """Garments said in a free text, one finding each ("black jeans"); "dressed in black" is black clothing."""
    low = plain(text)
    found: list[Finding] = []
    for key, start, end in _closing(low):
        taken = found[-1].end if found else 0
        hood = _SAID["its_hood"].match(low, taken)
        if start < taken or _SAID["no_garment_behind"].match(low, end) or (hood and hood.end() >= end):
            continue
        first = _named_from(text, low, _described_from(low, start, taken), taken)
        if _SAID["garment_taken"].search(low, max(0, first - _TAKEN_REACH), first):
            continue
        if _BARE.exact(low[start:end]) and not _worn(low, taken, first, (start, end)):
            continue
        last, colour = _described_to(low, first, end)
        value = tidy(f"{colour} {text[first:end]}" if colour else text[first:last], _NOUNS)
        found.append(Finding("clothing", value, first, last, f"garments:{key}", 0.85, negated_before(low, first)))
    return sorted([*found, *_by_phrase(low, found)], key=lambda one: one.start)


def _closing(low: str) -> Iterator[tuple[str, int, int]]:
    """Nouns that close a phrase: in "denim skirt" and "hi vis jacket" the first word only describes the second."""
    nouns = list(_NOUNS.scan(low))
    behind = [*(start for _, start, _ in nouns[1:]), len(low)]
    for (key, start, end), after in zip(nouns, behind, strict=False):
        near = after - end <= _WINDOW  # a longer stretch would take minutes to refuse
        describes = near and _WORDS.exact(low[start:end]) and _SAID["describing"].fullmatch(low, end, after)
        if not describes:
            yield key, start, end


def _described_from(low: str, start: int, taken: int) -> int:
    """Where the known words for colour, cloth and make begin that stand before the garment at `start`, not before
    `taken`; those before a comma only where colours are listed ("black, white and red jacket")."""
    window = max(taken, start - _WINDOW)
    while taken < window < start and low[window - 1].isalnum():
        window += 1
    before = _SAID["described_by"].search(low, window, start)
    if before is None:
        return start
    comma = low.rfind(",", before.start(), start)
    if comma < 0 or " and " in low[comma:start]:
        return before.start()
    return start - len(low[comma + 1 : start].lstrip())


def _named_from(text: str, low: str, first: int, taken: int) -> int:
    """Where the words of a garment begin when those that nobody lists before its known words, which begin at `first`,
    and the known words before these are counted in ("a blue Port Vale shirt", "school-style blazers")."""
    reach = max(taken, first - _NAMES_REACH)
    opens = next(_names(text, low, reach, first), first)
    said = _SAID["unlisted"].search(low, reach, opens)
    if said and said["first"]:
        opens = said.start()
    elif said and said["word"] not in _NO_GARMENT:
        return said.start("what")
    known = _SAID["known_words"].search(low, reach, opens)
    return known.start() if known else opens


def _names(text: str, low: str, reach: int, first: int) -> Iterator[int]:
    """Where names that are described stand right before `first`: the longest first."""
    names = _SAID["names"].search(text, reach, first)
    while names:
        if _SAID["before_names"].search(low, max(0, names.start() - 30), names.start()):
            yield names.start()
        names = _SAID["names"].search(text, names.start() + 1, first)


def _described_to(low: str, first: int, end: int) -> tuple[int, str]:
    """Where the phrase of the garment low[first:end] ends with what it has on it, and the colour told behind it."""
    if feature := _SAID["feature"].match(low, end):
        return feature.end(), ""
    coloured = _SAID["coloured"].match(low, end)
    if coloured is None or _COLOURS.pattern.search(low, first, end):
        return end, ""
    return coloured.end(), coloured["bracket"] or coloured["said"] or coloured["bare"]


def _worn(low: str, taken: int, first: int, noun: tuple[int, int]) -> bool:
    """Whether a word that may be no garment is one: described, behind a word for wearing, joined to the garment that
    ends at `taken`, or an item of a description."""
    words = low[slice(*noun)]
    if first < noun[0] and _DOUBTFUL.exact(words) is None:
        return True
    if _SAID["wearing"].search(low, max(0, first - _WEARING_REACH), first) or _SAID["joined"].fullmatch(
        low, taken, first
    ):
        return True
    return _LISTED.exact(words) is not None and item(low, *noun).alone and among_descriptors(low, *noun)


def _by_phrase(low: str, found: Sequence[Finding]) -> Iterator[Finding]:
    """What a phrase tells, where it tells none of the garments `found`."""
    for one in in_text(grammar("garment_phrases"), "clothing", low):
        words, denied = tidy(low[one.start : one.end]), negated_before(low, one.start)
        no_garment = one.value == "worn" and (denied or not _may_be_worn(words))
        if not no_garment and all(one.end <= f.start or f.end <= one.start for f in found):
            says = load("garment_phrases").entries[one.value].data["says"]
            value = (_costume(words) if one.value == "costume" else None) or says.format(words)
            yield replace(one, value=value, confidence=0.6 if one.value == "worn" else 0.8, negated=denied)


def _may_be_worn(words: str) -> bool:
    """Whether words behind "wearing" may be a garment that no list holds: "a sporran", but no smile and no colour."""
    said = re.split(r"[\s-]", words)
    return _NO_GARMENT.isdisjoint(said) and _WORDS.exact(said[-1]) is None


def _costume(who: str) -> str | None:
    """What somebody wears who is dressed as `who`, where that is no costume."""
    if who in ("woman", "women", "female", "girl", "lady"):
        return "women's clothes"
    return f"{who} uniform" if _SAID["uniformed"].search(who) else None
