"""What reported people said: whose words in quotation marks are, and those written down without marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from linkage.intake.document.document import Document, quoted
from linkage.intake.finding import DisjointSpans, Finding
from linkage.intake.judge.linear import learned
from linkage.intake.judge.surroundings import Candidate, Surroundings, distance
from linkage.intake.patterns import PatternTable, compiled

SAID = 0.5
"""Chance from which words are a reported person's: F1 of authors left out is best around it."""
_INSIDE, _PAIRED = 40, 12
"""Words of an utterance that count, and of these those that count in pairs [G]."""
_BEHIND = 12
"""Characters behind an utterance within which its speaker may be named: "...," the man said [G]."""
_STEPS, _STEP = 3, 1.5
"""Steps of log odds, and how wide each is, in which a speaker's chance is a feature [G]."""
_SAID = PatternTable("speech")
_EDGES = " \t\r\n\"'“”‘’,;:-–—"
_SPACES = compiled(r"\s+")


class Utterance(NamedTuple):
    """Words at the characters [start, end), `marked` where they stand in quotation marks."""

    start: int
    end: int
    marked: bool


@lru_cache(maxsize=65_536)
def as_said(words: str) -> str | None:
    """The words said, without quotation marks, outer punctuation and doubled spaces; None when nothing is left."""
    cleaned = _SPACES.sub(" ", words).strip(_EDGES)
    return cleaned if any(c.isalnum() for c in cleaned) else None


def _unquoted(text: str) -> Iterator[tuple[int, int]]:
    """The characters [start, end) of words written down without quotation marks; they may overlap."""
    for row in ("said_plainly", "said_to_her", "called"):
        yield from (found.span("words") for found in _SAID[row].finditer(text))


def utterances(document: Document) -> list[Utterance]:
    """All that may have been said in a text, in order; none overlaps another."""
    text, taken = document.text, DisjointSpans()
    found = [Utterance(*span, True) for span in quoted(text) if taken.take(*span)]
    found += [Utterance(*span, False) for span in _unquoted(text) if taken.take(*span)]
    return sorted(one for one in found if as_said(text[one.start : one.end]))


def features_of_utterances(document: Document, found: Sequence[Utterance]) -> list[set[str]]:
    """What stands around each, and its words."""
    around = Surroundings(document, [Candidate("speech", one.start, one.end) for one in found])
    return [
        {*around.of(at), *_of_words(document, one), *_of_speakers(around, one, at)} for at, one in enumerate(found)
    ]


def _of_speakers(around: Surroundings, one: Utterance, at: int) -> Iterator[str]:
    """How likely those who are named beside words as the subject of a verb are reported people."""
    document, sentence = around.document, around.sentences[at]
    before = [m for m in around.before(one.start, sentence) if m.place == "subject" and not m.possessive]
    behind = (m for m in around.mentions if 0 <= m.start - one.end <= _BEHIND and m.place == "subject")
    for name, speaker in (("before", before[-1] if before else None), ("behind", next(behind, None))):
        if speaker is not None:
            alone = Surroundings(document, [Candidate("pronoun", speaker.start, speaker.end, speaker.sex or "")])
            odds = learned("owner").odds(*alone.features(0))
            yield f"speaker {name} {max(-_STEPS, min(_STEPS, round(odds / _STEP)))} {one.marked}"


def _of_words(document: Document, one: Utterance) -> Iterator[str]:
    text = document.text
    words = document.words[document.token_at(one.start) : document.token_at(one.end)]
    mark = text[one.start - 1 : one.start] if one.marked else "none"
    yield from (f"mark {mark}", f"length {distance(len(words))}", f"case {text[one.start].isupper()} {mark}")
    yield from (f"inside {word}" for word in words[:_INSIDE])
    yield from (f"inside {word} {after}" for word, after in pairwise(words[:_PAIRED]))
    if words:
        yield from (f"inside first {words[0]}", f"inside last {words[-1]}")
    yield f"behind {text[one.end : one.end + 1]} {text[one.end + 1 : one.end + 2].isspace()}"
    yield f"led by {text[max(0, one.start - 3) : one.start - 1].strip()[-1:] if one.marked else ''}"


def reported_speech(document: Document) -> list[Finding]:
    """What reported people said, in order, with its chance; rule "quoted" or, without marks, "reported"."""
    found = utterances(document)
    if not found:
        return []
    text, model = document.text, learned("speech")
    chances = [model.chance(features) for features in features_of_utterances(document, found)]
    return [
        Finding(
            "speech", as_said(text[one.start : one.end]), one.start, one.end,
            "quoted" if one.marked else "reported", chance,
        )
        for one, chance in zip(found, chances, strict=True)
        if chance >= SAID
    ]  # fmt: skip
