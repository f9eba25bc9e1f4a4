"""Whose description, vehicle or number a finding in a narrative is.

A fact that cannot be tied to the reported person is not given to him. The order of the rules for descriptions:

1. words inside quotation marks describe nobody;
2. a finding that is itself a mention ("male") belongs to it; then the owner before it ("his", "the victim's") or
   after it ("a scar on his face"), then the noun it stands before ("stocky bald man");
3. then the last person in the sentence whom a description can follow: its subject, or somebody newly introduced;
   "in her 30s" looks for a woman;
4. a sentence that names nobody carries on with whoever was described last; under a heading such as "Victim:" that is
   the victim. In alerts of the form "date, place, time. Male, ..." everything after "Male" is therefore his.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from linkage.intake import attachment as hangs
from linkage.intake import evidence
from linkage.intake.cast import cast
from linkage.intake.cues import cue, nouns
from linkage.intake.document.quotations import lower, spoken
from linkage.intake.facts.stretches import inside, merged
from linkage.intake.mention import BYSTANDER, FEMALE, HARMED, MALE, REPORTED, Mention
from linkage.intake.patterns import compiled
from linkage.intake.people import mentions
from linkage.intake.sections import Section, idle_items, sections
from linkage.intake.whose_vehicle import Vehicles

_ABBREVIATED = (
    r"(?<!\bapprox)(?<!\bmr)(?<!\bno)(?<!\bft)(?<!\byrs)(?<!\byr)(?<!\breg)(?<!\bposs)(?<!\bdr)"
    r"(?<!\best)(?<!\b[a-z])(?<!\bprob)(?<!\bmrs)(?<!\bms)(?<!\bins)(?<!\bst)"
)
_BREAK = compiled(
    rf"(?=[.!?\n])(?:{_ABBREVIATED}(?<!\d)(?!(?<=off)\.\s*\d)[.!?]+(?=\s|$|[A-Z])"
    r"|(?<=\d)[.!?]+(?=\s+[A-Za-z]|\s*$)|[!?\n])",
    re.I,
)
_ITEMS = compiled(r"[,;/](?=\s)")
_FINITE = compiled(
    r"\b(?:is|was|are|were|am|has|had|have|did|does|said|says|saw|came|ran|went|drove|took|got|wore|gave|left|let|made|put"
    r"|stopped|helped|found|heard|called|rang|\w+'s|lives?|works?|goes|comes|looks?|seems?)\b"
)
_ON_HIS = compiled(
    r"[^.,;!?()\n]{0,25}?\b(?:on|over|across|above|below|under|round|around|down|through|behind|near|in|to)\s+"
    r"(?:the\s+\w+\s+(?:side\s+)?of\s+|both\s+of\s+)?(?P<who>his|her|my|their)\b"
    r"(?!\s(?:\w+[\s-])?(?:\d\d|teens|twent|thirt|fort|fift|sixt|sevent))"
)
_BY_THE = compiled(r"\b(?:her|him|me|them)\s+by\s+(?:the|an?)\s+(?:[\w-]+\s+){0,2}$")
_THEN_AS = compiled(r",\s+as\s")  # "described by the woman, who is 31, as short"
_LIKENED = compiled(r"\b(?:her|my|our)\s+(?:own\s+)?(?:age|height|size|build)\s*\(\s*(?:[\w']+\s+){0,2}$")
_CALLED = compiled(r"\bcall(?:ed|ing|s)?\s+(?:me|her|us)\s+(?:an?\s+)?(?:[\w-]+\s+){0,3}$")
_THEIR = compiled(r"\bin their\s+(?:\w+\s+)?$")
_SO = compiled(
    r"\bso\s+(?:(?:maybe|about|around|probably|roughly|must be|he(?:'s| was| is| must be)|i'd say|i would say)\s+)*$"
)
_ANIMAL = compiled(
    r"\b(?:dog|cat|labrador|staffie|pit ?bull|alsatian|terrier|spaniel|puppy)\s+(?:is|was|had|has)\s+[^.,;\n]{0,20}$"
)
_PASSIVE = compiled(r"\b(?:was|were|been|being|got|is|are)\s+(?:\w+\s+)?$")
_NEXT_CLAUSE = compiled(
    r"[;:]|\b(?:when|while|as|because|that|so|but|until|where|had (?:he|they)|some(?:one|body))\b"
    r"|\b(?:was|were|been|being|got)\s+(?:\w+ly\s+)?[\w-]+(?:ed|en)\b"
)
"""What lies between a helper and a deed that is not theirs: another clause, whose subject may be left out."""

_PASSIVE_OPENS = compiled(r"(?:was|were|been|being|got)\s+(?:\w+ly\s+)?[\w-]+(?:ed|en)\b")
_PERSON_WORD = compiled(rf"{nouns('male')}|{nouns('female')}")
_PARTICIPLE = compiled(r"\s*(?:described|wearing|aged|dressed|standing|known|still|only|retired|widowed)\b")
_AGREE = compiled(r"\b(?:in|into)\s+(?P<who>his|her)\s+(?:[\w-]+\s+){0,2}$")


@dataclass(slots=True)
class Whose:
    """Reads one narrative; answers for one finding after another, in the order of the text."""

    low: str
    people: list[Mention]
    quoted: list[tuple[int, int]]
    breaks: list[int]
    sections: list[Section]
    reported: int
    _starts: list[int] = field(default_factory=list)
    _last: tuple[int, bool] = (-9, True)
    _vehicles: Vehicles | None = None

    @classmethod
    def read(cls, text: str, known_sex: str | None = None) -> Whose:
        """`known_sex` is the reported person's, where a field of the report gives it."""
        low = lower(text)
        quoted = spoken(low)
        breaks = [0, *(found.end() for found in _BREAK.finditer(text) if not inside(found.start(), quoted))]
        parts = sections(text, low)
        found = [m for m in mentions(text, low, breaks) if m.kind == "alias" or not inside(m.start, quoted)]
        people, count = cast(low, breaks, parts, found, known_sex)
        nobodys = merged([*quoted, *idle_items(low, people)])
        return cls(low, people, nobodys, breaks, parts, count, [m.start for m in people])

    def count(self) -> int:
        """How many reported people the text tells apart; at least 1."""
        return self.reported

    def person(self, start: int, end: int) -> frozenset[int]:
        """Indexes of the reported people whom words at [start, end) describe; empty when it is none of them."""
        before = self.low[max(0, start - 40) : start]
        sentence = self._sentence(start)
        if cue("mixed_up").search(self.low, self.breaks[sentence], start):
            return frozenset()
        nobody = any(turn.search(before) for turn in (cue("to_be_worn"), cue("in_my"), _ANIMAL, _CALLED, _LIKENED))
        if nobody or hangs.beneath_hers(self.low, start, end) or inside(start, self.quoted):
            return frozenset()
        if together := self._together(start, sentence):
            return together
        owner = self._owner(start, end, sentence)
        named = owner is not None and owner.opens < end and owner.end > start
        if not named and _PERSON_WORD.fullmatch(self.low, start, end):
            return frozenset()  # "a voice like a woman"
        within = owner is not None and owner.opens <= start < owner.end
        stolen = not within and hangs.taken_with(self.low, self.breaks[sentence], start)
        if owner is None or stolen:
            return frozenset() if stolen else self._carried_on(start, sentence)
        # "a girl" or "I'm 5 ft 4" in passing does not make the next sentence hers
        passing = self._in_brackets(start, sentence) or (owner.start < end and owner.end > start)
        if owner.role == REPORTED or not (passing or owner.kind == "i"):
            self._last = (sentence, owner.role == REPORTED)
        return owner.people

    def _together(self, start: int, sentence: int) -> frozenset[int]:
        """Those of whom "in their 20s" is told, where the sentence names more than one."""
        if not _THEIR.search(self.low[max(0, start - 24) : start] + " ") and not self.low.startswith(
            "in their", start
        ):
            return frozenset()
        told = {m.people for m in self._in(sentence) if m.start < start and m.role == REPORTED}
        return frozenset().union(*told) if len(told) > 1 else frozenset()

    def _in_brackets(self, start: int, sentence: int) -> bool:
        opening = self.breaks[sentence]
        return self.low.rfind("(", opening, start) > self.low.rfind(")", opening, start)

    def _carried_on(self, start: int, sentence: int) -> frozenset[int]:
        """Whom a sentence that names nobody describes."""
        section = self._section(start)
        last, was_reported = self._last
        apart = section is not None and last >= 0 and self.breaks[last] < section.start
        others = not was_reported and sentence - last <= 1 and not apart
        if section is not None and section.role != REPORTED:
            since = was_reported and self.breaks[max(last, 0)] > section.start
            return self._current(start) if since else frozenset()
        described = cue("description").search(self.low, self.breaks[sentence], start) or self._looks_alone(
            start, sentence
        )
        if others and not described:
            self._last = (sentence, False)
            return frozenset()
        if last < 0 and self._opens_with_other(start, sentence):
            return frozenset()
        self._last = (sentence, True)
        return self._current(start)

    def _looks_alone(self, start: int, sentence: int) -> bool:
        """Whether a sentence without a verb only lists looks, after the reported person was named: "White, fat, 50s."

        What a witness looks like is hardly ever given so; what the reported person does, is.
        """
        stop = self.breaks[sentence + 1] if sentence + 1 < len(self.breaks) else len(self.low)
        words = self.low[self.breaks[sentence] : stop]
        named = any(m.role == REPORTED for m in self.people if m.start < start) or self._only_helpers(start)
        return named and len(_ITEMS.findall(words)) > 1 and _FINITE.search(words) is None

    def _only_helpers(self, start: int) -> bool:
        """Whether the text so far names a helper last and, as in many a short note, never the reported person."""
        last = next((m for m in reversed(self.people) if m.start < start and m.noun), None)
        alone = not any(m.role == REPORTED for m in self.people)
        return alone and last is not None and last.role == BYSTANDER and last.entity > 0

    def _opens_with_other(self, start: int, sentence: int) -> bool:
        """Whether the sentence before tells of somebody else only, and nothing that was done to them."""
        first = next((m for m in self._in(sentence - 1) if m.governs and m.noun), None)
        if first is None or first.role == REPORTED or any(m.role == REPORTED for m in self.people if m.start < start):
            return False
        return not evidence.harmed(self.low[first.end : self.breaks[sentence]])

    def _in(self, sentence: int) -> list[Mention]:
        """Who is mentioned in a sentence; nobody in that before the first."""
        if sentence < 0:
            return []
        stop = self.breaks[sentence + 1] if sentence + 1 < len(self.breaks) else len(self.low) + 1
        return self.people[bisect_left(self._starts, self.breaks[sentence]) : bisect_left(self._starts, stop)]

    def _sentence(self, start: int) -> int:
        return bisect_right(self.breaks, start) - 1

    def _section(self, start: int) -> Section | None:
        return next((s for s in self.sections if s.start <= start < s.end), None)

    def _owner(self, start: int, end: int, sentence: int) -> Mention | None:
        """Whose words at [start, end) are, as far as the sentence tells."""
        first = bisect_right(self._starts, start)
        stop = self.breaks[sentence + 1] if sentence + 1 < len(self.breaks) else len(self.low)
        opens, closes = bisect_left(self._starts, self.breaks[sentence]), bisect_left(self._starts, stop)
        before = [m for m in self.people[opens:first] if not self._attribute(m)]
        after = [m for m in self.people[first:closes] if not self._attribute(m)]
        return (
            self._covering(start, end, first)
            or self._behind(start, end, before, after)
            or self._ahead(start, end, before, after)
            or self._governing(start, end, before, after)
        )

    def _behind(self, start: int, end: int, before: list[Mention], after: list[Mention]) -> Mention | None:
        """The owner right before: "his", "the victim's", "her by the"."""
        if not before:
            return None
        last = before[-1]
        held_by = bool(after) and after[0].opens == last.start and end <= after[0].start
        if held_by and after[0].noun:
            return after[0]  # "his 16-year-old victim"
        if last.possessive and (
            hangs.plain_gap(self.low, last.end, start, 4) or hangs.in_bracket_of_thing(self.low, last.end, start)
        ):
            return last
        held = not last.noun and last.start >= start - 30 and _BY_THE.search(self.low[max(0, start - 30) : start])
        return last if held else None

    def _ahead(self, start: int, end: int, before: list[Mention], after: list[Mention]) -> Mention | None:
        """The owner after ("a scar on his face"), the noun that words stand behind, or whose adjectives they are."""
        near = _ON_HIS.match(self.low, end)
        owner = next((m for m in after if near and m.start == near.start("who")), None)
        if owner is not None:
            return owner
        if before and hangs.stands_behind(self.low, before[-1], start, after):
            return before[-1]
        return after[0] if after and after[0].noun and hangs.is_adjective_of(self.low, start, end, after[0]) else None

    def _governing(self, start: int, end: int, before: list[Mention], after: list[Mention]) -> Mention | None:
        before = [
            m
            for m in before
            if m.place != "agent" or m.role == REPORTED or not _THEN_AS.search(self.low, m.end, start)
        ]
        if not before and after and self._told_ahead(start, after[0]):
            return after[0]
        asked = _AGREE.search(self.low[max(0, start - 20) : start]) or _AGREE.search(self.low[start:end] + " ")
        asked = asked or re.match(r"(?:in\s+)?(?P<who>his|her)\b", self.low[start:end])
        if asked:
            sex = MALE if asked["who"] == "his" else FEMALE
            before = [m for m in before if m.start < start and not (m.possessive and m.end > start - 12)]
            before = [m for m in before if m.sex in (None, sex) or m.kind in ("i",)] or before
        if _SO.search(self.low[max(0, start - 30) : start]):
            before = [m for m in before if m.kind != "i"]
        resumed = hangs.subject_resumed(self.low, before, start)
        governing = resumed or next(
            (m for m in reversed(before) if m.governs and not hangs.closed_off(self.low, m, before, start)), None
        )
        if governing is None and before:
            governing = next((m for m in before if m.role == REPORTED), None)
            governing = governing or next(
                (m for m in reversed(before) if m.kind != "i" and m.noun and not self._looks(m)), None
            )
        return governing or next((m for m in after if m.governs and m.kind != "i" and m.role == REPORTED), None)

    def _told_ahead(self, start: int, first: Mention) -> bool:
        """Whether a sentence tells of a person before it names them: "Described as quiet, she had just left"."""
        opens = _PARTICIPLE.match(self.low, self.breaks[self._sentence(start)]) is not None
        opens = opens or not evidence.perceives(self.low, first.end)
        pronoun = first.place == "subject" and first.kind in ("he", "she", "they")
        return opens and pronoun and self.low.startswith((", ", ": "), first.start - 2)

    def _attribute(self, mention: Mention) -> bool:
        """Whether it only says of what kind a thing is: "a nurse's tunic", "men's shoes"."""
        kind = mention.possessive and mention.kind in (BYSTANDER, MALE, FEMALE)
        return kind and (not mention.article or (mention.article == "new" and " " not in mention.before))

    def _looks(self, mention: Mention) -> bool:
        return mention.place in ("subject", "agent") and not mention.governs

    def _covering(self, start: int, end: int, first: int) -> Mention | None:
        last = bisect_left(self._starts, end)
        inside = [m for m in self.people[max(0, first - 1) : last] if m.end > start and not self._attribute(m)]
        inside = [m for m in inside if m.kind != "i" or m.governs]  # "thirty-four I think"
        # "in his 50s" holds a pronoun and says nothing new about who he is
        return next((m for m in inside if m.noun or not m.possessive), None)

    def _current(self, start: int) -> frozenset[int]:
        """The reported people last spoken of before `start`, else the first."""
        at = range(bisect_right(self._starts, start) - 1, -1, -1)
        return next((self.people[i].people for i in at if self.people[i].people), frozenset((0,)))

    def done_by_bystander(self, start: int) -> bool:
        """Whether a helper or another by the way did what words at `start` tell: "a friend drove her home"."""
        opening = self.breaks[self._sentence(start)]
        if _PASSIVE.search(self.low[max(0, start - 24) : start]) or _PASSIVE_OPENS.match(self.low, start):
            return False
        there = self.people[bisect_left(self._starts, opening) : bisect_right(self._starts, start - 1)]
        for one in reversed(there):
            if one.role == REPORTED or (one.role == HARMED and one.place == "subject"):
                return False
            if one.role == BYSTANDER and one.place == "subject" and not one.possessive:
                apart = _NEXT_CLAUSE.search(self.low, one.end, start) is not None
                spoken_of = any(  # "he said her mother would be next"
                    m.role == REPORTED and m.start < one.opens and evidence.perceives(self.low, m.end) for m in there
                )
                return one.noun and not (apart or spoken_of) and not evidence.perceives(self.low, one.end)
        return False

    def vehicle(self, start: int, end: int) -> bool:
        """Whether the vehicle named at [start, end) is the reported person's: no victim's, passer-by's or taxi."""
        if inside(start, self.quoted) or cue("mixed_up").search(self.low, self.breaks[self._sentence(start)], start):
            return False
        self._vehicles = self._vehicles or Vehicles(self.low, self.breaks, self.people, self.sections)
        return self._vehicles.reported(start, end)
