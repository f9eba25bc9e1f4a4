"""Whose description, vehicle or number a finding in a narrative is.

A fact that cannot be tied to the reported person is not given to him. The order of the rules:

1. words inside quotation marks describe nobody;
2. a finding that is itself a mention ("male") belongs to it; then the owner before it ("his", "the victim's"),
   then the noun it stands before ("stocky bald man");
3. then the last person in the sentence whom a description can follow: its subject, or somebody newly introduced;
4. a sentence that names nobody carries on: it describes the reported person, unless the sentence before was
describing
   somebody else. In alerts of the form "date, place, time. Male, ..." everything after "Male" is therefore his.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from linkage.intake.people import HARMED, REPORTED, Mention, mentions

_ABBREVIATED = (
    r"(?<!\bapprox)(?<!\bmr)(?<!\bno)(?<!\bft)(?<!\byrs)(?<!\byr)(?<!\breg)(?<!\bposs)(?<!\bdr)"
    r"(?<!\best)(?<!\bc)(?<!\bprob)"
)
_BREAK = re.compile(rf"{_ABBREVIATED}(?<!\d)[.!?]+(?=\s|$|[A-Z])|(?<=\d)[.!?]+(?=\s+[A-Za-z]|\s*$)|[!?\n]")
_QUOTED = re.compile(r"“[^”\n]{2,400}[”\"]|\"[^\"\n]{2,400}\"|(?<!\w)‘[^’\n]{2,400}’(?!\w)")
_NOT_IN_PHRASE = re.compile(
    r"\b(?:with|who|was|is|had|has|in|on|at|to|the|a|an|of|wearing|he|she|they|i|his|her|my|then|but|from|by|for|as|that|when"
    r"|while|drove|driving|got|ran|left)\b"
)
_OWN_CAR = re.compile(
    r"\b(?:her|my|our|(?:victim|worker|woman|escort|lady|girl|witness|friend|neighbour|police|partner|boyfriend|husband"
    r"|colleague|officer|sister|mother|brother|manager|landlord)"
    r"(?:['’]s|s['’]|['’])?)\s+(?:own\s+|parked\s+|work\s+)?(?:[\w-]+[ ,]+){0,3}$"
)
_OTHER_CAR = re.compile(
    r"(?:\b(?:passing|police|unmarked|oncoming|marked|stationary)\s+(?:[\w-]+\s+){0,3}"
    r"|\b(?:against|behind|between|beside|near|into|under|past)\s+(?:a|an|the|some|two)\s+parked\s+(?:[\w-]+\s+){0,2}"
    r"|\b(?:flagged|waved)\s+down\s+(?:[\w-]+\s+){0,4}"
    r"|\b(?:called|rang|ordered|booked|took|caught|got|phoned)\s+(?:her|me|them|for)?\s*(?:an?|the)\s+(?:[\w-]+\s+){0,2}"
    r"|\b(?:helped|rescued|saved|disturbed|stopped)\s+by\s+(?:[\w-]+\s+){0,6})$"
)
_PUBLIC = re.compile(r"(?:taxi|cab|minicab|uber|bus|train|tram)\b")
_DRIVES = re.compile(r"\b(?:driv(?:e|es|ing)|drove|owns?|owned|parked|parking|sat in (?:her|my)|in (?:her|my) own)\b")
_AFTER_CAR = re.compile(
    r"[^.!?,;\n]{0,25}\b(?:belong(?:s|ed|ing) to (?:her|me|the victim|the worker|a (?:friend|witness|neighbour))"
    r"|(?:stopped|pulled over|pulled up) (?:to help|and helped|and the driver helped)"
    r"|drove past|passed by|was passing)"
)
_OWN_NUMBER = re.compile(
    r"\b(?:my|our|(?:her|victim['’]?s?|worker['’]?s?|woman['’]?s?|escort['’]?s?)"
    r"(?= (?:\w+ )?(?:number|phone|mobile|email|e-mail"
    r"|website|site|profile|advert|ad|username)))\b(?![^.!?\n]*\bfrom\b)[^.!?\n]{0,45}$"
)
_TO_CALL = re.compile(
    r"(?:(?:^|[.!?\n;]\s*|\bplease\s+)(?:please\s+)?(?:call|ring|contact|phone|telephone|tel|email|text|report|dial)\b"
    r"|\b(?:crimestoppers|helpline|hotline|police on|project on|information|ring the police|contact the police|on 101"
    r"|help ?line|support line|office|freephone|any info|reference|crime ref\w*|log number)\b)[^.!?\n]{0,80}$"
)


@dataclass(slots=True)
class Whose:
    """Reads one narrative; answers for one finding after another, in the order of the text."""

    low: str
    people: list[Mention]
    quoted: list[tuple[int, int]]
    breaks: list[int]
    _starts: list[int] = field(default_factory=list)
    _last: tuple[int, bool] = (-9, True)

    @classmethod
    def read(cls, text: str, known_sex: str | None = None) -> Whose:
        """`known_sex` is the reported person's, where a field of the report gives it."""
        low = _lower(text)
        quoted = [found.span() for found in _QUOTED.finditer(low) if len(found.group(0)) < 0.7 * len(low)]
        people = [m for m in mentions(low, known_sex) if not _inside(m.start, quoted)]
        breaks = [0, *(found.end() for found in _BREAK.finditer(text) if not _inside(found.start(), quoted))]
        return cls(low, people, quoted, breaks, [m.start for m in people])

    def count(self) -> int:
        """How many reported people the text tells apart; at least 1."""
        return max((max(m.people) + 1 for m in self.people if m.people), default=1)

    def person(self, start: int, end: int) -> frozenset[int]:
        """Indexes of the reported people whom words at [start, end) describe; empty when it is none of them."""
        if _inside(start, self.quoted):
            return frozenset()
        sentence = bisect_right(self.breaks, start) - 1
        owner = self._owner(start, end, sentence)
        if owner is not None:
            # "a girl" or "I'm 5 ft 4" in passing does not make the next sentence hers
            passing = (owner.start < end and owner.end > start) or self._speaks(owner)
            if owner.role == REPORTED or not passing:
                self._last = (sentence, owner.role == REPORTED)
            return owner.people
        last_sentence, was_reported = self._last
        if not was_reported and sentence - last_sentence <= 1:
            self._last = (sentence, False)
            return frozenset()
        self._last = (sentence, True)
        return self._current(start)

    def _owner(self, start: int, end: int, sentence: int) -> Mention | None:
        first = bisect_right(self._starts, start)
        before = [m for m in self.people[:first] if m.start >= self.breaks[sentence]]
        covering = self._covering(start, end, first)
        if covering is not None:
            return covering
        if before and before[-1].possessive and self._plain_gap(before[-1].end, start, 3):
            return before[-1]
        stop = self.breaks[sentence + 1] if sentence + 1 < len(self.breaks) else len(self.low)
        after = [m for m in self.people[first:] if m.start < stop]
        if (
            after
            and after[0].noun
            and not self.low.startswith(("the ", "one"), after[0].start)
            and self._head_noun(end, after[0])
        ):
            return after[0]
        governing = next((m for m in reversed(before) if m.governs), None)
        if governing is None and before:
            governing = next((m for m in before if m.role == REPORTED), before[-1])
        return governing or next((m for m in after if m.governs and not self._speaks(m)), None)

    def _speaks(self, mention: Mention) -> bool:
        """Whether it is the teller ("... that I could see"), who is not described in passing."""
        return self.low[mention.start : mention.end] in ("i", "i'm", "we", "me", "us")

    def _covering(self, start: int, end: int, first: int) -> Mention | None:
        inside = [m for m in self.people[max(0, first - 1) :] if m.start < end and m.end > start]
        # "in his 50s" holds a pronoun and says nothing new about who he is
        return next((m for m in inside if m.noun or not m.possessive), None)

    def _plain_gap(self, start: int, end: int, most_words: int) -> bool:
        gap = self.low[start:end]
        return not re.search(r"[.,;:!?()]", gap) and len(gap.split()) <= most_words and not _NOT_IN_PHRASE.search(gap)

    def _head_noun(self, end: int, mention: Mention) -> bool:
        gap = self.low[end : mention.start]
        return len(gap.split()) <= 5 and not _NOT_IN_PHRASE.search(gap) and not re.search(r"[.;:!?()\n]", gap)

    def _current(self, start: int) -> frozenset[int]:
        """The reported people last spoken of before `start`, else the first."""
        first = bisect_right(self._starts, start)
        return next((m.people for m in reversed(self.people[:first]) if m.people), frozenset((0,)))

    def vehicle(self, start: int, end: int) -> bool:
        """Whether the vehicle named at [start, end) is the reported person's: not a victim's, a passer-by's, a taxi
        taken home, or one parked by the way."""
        if _inside(start, self.quoted):
            return False
        opening = self.breaks[bisect_right(self.breaks, start) - 1]
        before = self.low[max(opening, start - 90) : start]
        if _OWN_CAR.search(before) or _AFTER_CAR.match(self.low, end):
            return False
        public = _PUBLIC.match(self.low, start) is not None
        found = _OTHER_CAR.search(before)
        if found and (
            public or not re.match(r"(?:called|rang|ordered|booked|took|caught|got|phoned)", found.group(0))
        ):
            return False
        subject = self._subject(opening, start)
        if subject is None or subject.role == REPORTED:
            return True
        between = self.low[subject.end : start]
        return subject.role == HARMED and not _DRIVES.search(between)

    def _subject(self, opening: int, start: int) -> Mention | None:
        first = bisect_right(self._starts, start)
        return next((m for m in reversed(self.people[:first]) if m.start >= opening and m.governs), None)

    def identifier(self, start: int) -> bool:
        """Whether the phone number, address or name of an account at `start` is used by the reported person."""
        opening = self.breaks[bisect_right(self.breaks, start) - 1]
        before = self.low[max(opening, start - 120) : start]
        return not _OWN_NUMBER.search(before) and not _TO_CALL.search(before)


def _lower(text: str) -> str:
    lowered = text.lower().replace("’", "'")
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _inside(at: int, spans: Iterable[tuple[int, int]] | Sequence[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)
