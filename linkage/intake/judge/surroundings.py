"""A candidate in its document: the features by which it is judged whose it is.

A feature is a short name, true of the candidate; how much it counts is learned. None is the value of a fact, a name
or a town: figures and names are one word each (`document`), and only words around a fact are told, not its own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from linkage.intake.document.document import NAME, Document
from linkage.intake.mentions.people import PRONOUNS, Mention, find_people

BEFORE, AFTER = 12, 8
"""Words taken into account before and after a candidate in its sentence [G]."""
_NEAR, _PAIRED = 3, 5
"""Of these, the words whose distance counts too, and those that count in pairs [G]."""
_GAP = 10
"""Words between the last mention and a candidate that count [G]."""
_DISTANCES = (0, 1, 2, 3, 5, 8, 12, 20, 40)
"""Distances in words at which a mention begins to count as further away [G]."""
_HEADING = 6
"""Words of a heading that count [G]."""

_GROUPS = {
    "height_cm": "body", "build": "body", "ethnicity": "skin", "complexion": "skin", "hair_colour": "hair",
    "hair_style": "hair", "facial_hair": "hair", "eyes": "hair", "glasses": "worn", "clothing": "worn",
}  # fmt: skip
"""Fields whose surroundings are alike; any other field is a group of its own."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What might be a fact: its field, the characters [start, end) that tell whose it is, and a `hint` of few values
    (a sex)."""

    field: str
    start: int
    end: int
    hint: str = ""


def distance(words: int) -> str:
    """A distance in words as one of few steps."""
    return next((str(step) for step in _DISTANCES if words <= step), "far")


def named(one: Mention) -> str:
    """The word of a mention, any first name as one."""
    return NAME if one.kind == "name" else one.word


def _of_mention(one: Mention) -> tuple[str, ...]:
    """What a mention says wherever it stands."""
    kind = one.kind
    return (
        kind,
        f"{kind},{one.article}",
        f"{kind},{one.article},{one.place}",
        f"={named(one)}",
        f"own={one.possessive},{kind}",
        f"sex={one.sex},{one.article},{one.plural}",
        f"compound={one.compound}",
        f"order={one.ordinal}",
    )


class _Said:
    """What a document says of people as a whole, whichever of its facts is asked about; worked out once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._beside: dict[int, tuple[str, ...]] = {}
        self._named: dict[tuple[str, int], tuple[str, ...]] = {}
        self.mentions = find_people(document)
        self.starts = [one.start for one in self.mentions]
        self.by_sentence: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            self.by_sentence.setdefault(document.sentence_at(mention.start), []).append(mention)
        self.whole = tuple(self._of_document())

    def _of_document(self) -> Iterator[str]:
        kinds = Counter(one.kind for one in self.mentions)
        nouns = sorted({one.kind for one in self.mentions if one.noun})
        yield f"nouns {' '.join(nouns)}"
        yield f"nouns {' '.join(nouns)} pronouns {' '.join(one for one in PRONOUNS if kinds[one])}"
        yield from (f"text {kind}" for kind in kinds)
        yield f"text he {min(kinds['he'], 3)} she {min(kinds['she'], 3)}"

    def beside(self, sentence: int) -> tuple[str, ...]:
        """The words of the sentence before, and of the one behind."""
        if sentence not in self._beside:
            self._beside[sentence] = tuple(
                f"{name} {word}"
                for name, number in (("previous", sentence - 1), ("next", sentence + 1))
                for word in self._document.words[slice(*self._document.bounds(number))]
            )
        return self._beside[sentence]

    def named_at(self, place: str, one: Mention | None) -> tuple[str, ...]:
        """What it says that a mention, or nobody, stands at a place seen from a candidate: candidates share most."""
        key = (place, -1 if one is None else one.head)
        if key not in self._named:
            told = ("nobody",) if one is None else _of_mention(one)
            self._named[key] = tuple([f"{place} {said}" for said in told])
        return self._named[key]


@lru_cache(maxsize=8)
def _said_of(document: Document) -> _Said:
    return _Said(document)


class Surroundings:
    """One document with its mentions and the candidates of one kind; `of` gives the features of one."""

    def __init__(self, document: Document, candidates: Sequence[Candidate]) -> None:
        self.document = document
        self._said = _said_of(document)
        self.mentions = self._said.mentions
        self.candidates = candidates
        self.sentences = [document.sentence_at(one.start) for one in candidates]
        self._starts, self._in = self._said.starts, self._said.by_sentence
        self._density = Counter(self.sentences)
        self._total = Counter(one.field for one in candidates)
        seen = Counter[str]()
        self._rank: list[int] = []
        for one in candidates:
            seen[one.field] += 1
            self._rank.append(seen[one.field])

    def of(self, number: int) -> set[str]:
        """The features of a candidate."""
        one, sentence = self.candidates[number], self.sentences[number]
        group = _GROUPS.get(one.field, one.field)
        found = {f"field {one.field}", f"hint {one.field} {one.hint}", *self._said.whole}
        found.update(self._words(one, sentence, group))
        found.update(self._people(one, sentence, group))
        found.update(self._neighbours(sentence))
        found.update(self._place(number, one, sentence))
        return found

    def before(self, start: int, sentence: int) -> list[Mention]:
        """Who is mentioned in a sentence before a character of it."""
        return [one for one in self._in.get(sentence, ()) if one.end <= start]

    def covering(self, one: Candidate) -> Mention | None:
        """The mention in whose phrase a candidate stands."""
        at = bisect_right(self._starts, one.start)
        near = self.mentions[max(0, at - 2) : at + 3]
        return next((m for m in near if m.opens < one.end and m.end > one.start), None)

    def anchor(self, number: int) -> Mention | None:
        """Whom a candidate hangs on: its phrase, else who is named last before it in its sentence."""
        one = self.candidates[number]
        before = self.before(one.start, self.sentences[number])
        return self.covering(one) or (before[-1] if before else None)

    def told_of(self, number: int) -> Mention | None:
        """Of whom a candidate is told, where its sentence says so: its phrase, else the last subject before it."""
        one = self.candidates[number]
        before = self.before(one.start, self.sentences[number])
        subjects = [m for m in before if m.place == "subject" and not m.possessive]
        return self.covering(one) or (subjects[-1] if subjects else None)

    def _words(self, one: Candidate, sentence: int, group: str) -> list[str]:
        document = self.document
        opens, closes = document.bounds(sentence)
        first, behind = document.token_at(one.start), document.token_at(one.end)
        before = document.words[max(opens, first - BEFORE) : first][::-1]
        after = document.words[behind : min(closes, behind + AFTER)]
        found = [f"sentence {word}" for word in (*document.words[opens:first], *document.words[behind:closes])]
        found += self._said.beside(sentence)
        for side, words in (("before", before), ("after", after)):
            found += [f"{side} {word}" for word in words]
            found += [f"{side} {away} {word}" for away, word in enumerate(words[:_NEAR])]
            found += [f"{side} {near} {far}" for near, far in pairwise(words[:_PAIRED])]
        if before:
            found.append(f"{group} before 0 {before[0]}")
        return found

    def _people(self, one: Candidate, sentence: int, group: str) -> Iterator[str]:
        document, named_at = self.document, self._said.named_at
        first = document.token_at(one.start)
        covering, before = self.covering(one), self.before(one.start, sentence)
        yield from named_at("covering", covering)
        yield f"{group} covering {covering.kind if covering else None}"
        for rank, mention in enumerate(reversed(before[-3:])):
            away = distance(first - mention.head - 1)
            yield from named_at(f"last{rank}", mention)
            yield f"last{rank} {mention.kind},{mention.place},{mention.article} {away}"
        yield from self._last(before, first, group)
        subjects = [m for m in before if m.place == "subject" and not m.possessive]
        if subjects:
            yield from named_at("opens", subjects[0])
            yield from named_at("subject", subjects[-1])
            yield f"{group} subject {subjects[-1].kind}"
        closes = document.bounds(sentence)[1]
        at = bisect_left(self._starts, one.end)
        for rank, mention in enumerate(m for m in self.mentions[at : at + 2] if m.head < closes):
            yield from named_at(f"next{rank}", mention)
            yield f"next{rank} {mention.kind},{mention.place},{mention.article} {distance(mention.head - first)}"
        yield f"alone {not before and covering is None}"
        yield from self._antecedent(before, one.start)

    def _last(self, before: Sequence[Mention], first: int, group: str) -> Iterator[str]:
        """What lies between the last mention of a sentence and the candidate."""
        if not before:
            yield f"{group} last None"
            return
        last = before[-1]
        between = self.document.words[last.head + 1 : first]
        marks = sum(not word[0].isalnum() for word in between)
        yield f"{group} last {last.kind},{last.place}"
        yield f"marks {last.kind},{last.place} {min(marks, 5)}"
        yield from (f"between {word}" for word in between[:_GAP])

    def _antecedent(self, before: Sequence[Mention], start: int) -> Iterator[str]:
        """Whom the last pronoun of a sentence may go back to: the last noun, and the last subject, of its sex."""
        named_at = self._said.named_at
        pronoun = next((m for m in reversed(before) if m.kind in ("he", "she", "they")), None)
        upto = pronoun.start if pronoun else start
        earlier = [m for m in self.mentions[: bisect_left(self._starts, upto)] if m.noun and not m.possessive]
        for rank, mention in enumerate(reversed(earlier[-2:])):
            yield from named_at(f"noun{rank}", mention)
        if pronoun is None:
            return
        agreeing = [m for m in earlier if m.sex in (None, pronoun.sex)]
        yield from named_at("antecedent", agreeing[-1] if agreeing else None)
        sure = [m for m in earlier if m.sex == pronoun.sex and m.place == "subject"]
        yield from named_at("antecedent subject", sure[-1] if sure else None)

    def _neighbours(self, sentence: int) -> Iterator[str]:
        """Who is spoken of in the sentences around; told apart where the candidate's own names nobody."""
        named_at, alone = self._said.named_at, "" if self._in.get(sentence) else " alone"
        for back in (1, 2, 3):
            there = self._in.get(sentence - back, ())
            subject = next((m for m in there if m.place == "subject" and not m.possessive), None)
            if there:
                yield from named_at(f"back{back} opens{alone}", subject)
                yield from named_at(f"back{back} last{alone}", there[-1])
        following = self._in.get(sentence + 1, ())
        yield from named_at("ahead", following[0] if following else None)

    def _place(self, number: int, one: Candidate, sentence: int) -> Iterator[str]:
        document = self.document
        section = document.section_at(one.start)
        if section is not None:
            yield f"heading is {section.heading}"
            yield from (f"heading {word}" for word in section.heading.split()[:_HEADING])
        yield f"section {section is not None}"
        yield f"quoted {document.quoted(one.start)}"
        yield f"facts here {min(self._density[sentence], 8)} before {min(self._density[sentence - 1], 4)}"
        yield f"rank {min(self._rank[number], 3)} of {min(self._total[one.field], 4)}"
        yield f"{one.field} rank {min(self._rank[number], 3)} of {min(self._total[one.field], 4)}"
        yield f"quarter {4 * one.start // max(1, len(document.text))}"
