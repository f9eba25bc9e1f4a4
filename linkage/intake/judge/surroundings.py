"""A candidate in its document: the features by which it is judged whose it is.

A feature is a short name, true of the candidate; how much it counts is learned. None is the value of a fact, a name
or a town: figures and names are one word each (`document`), and only words around a fact are told, not its own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from linkage.intake.document.document import NAME, Document
from linkage.intake.judge.linear import Features
from linkage.intake.mentions import PRONOUNS, Mention, find_people
from linkage.intake.phrases.surface import Memo

BEFORE, AFTER = 12, 8
"""Words taken into account before and after a candidate in its sentence [G]."""
_NEAR, _PAIRED = 3, 5
"""Of these, the words whose distance counts too, and those that count in pairs [G]."""
_GAP = 10
"""Words between the last mention and a candidate that count [G]."""
_DISTANCES = (0, 1, 2, 3, 5, 8, 12, 20, 40)
"""Distances in words at which a mention begins to count as further away [G]."""
_STEPS = (*map(str, _DISTANCES), "far")
_HEADING = 6
"""Words of a heading that count [G]."""

_GROUPS = {
    "height_cm": "body", "build": "body", "ethnicity": "skin", "complexion": "skin", "hair_colour": "hair",
    "hair_style": "hair", "facial_hair": "hair", "eyes": "hair", "glasses": "worn", "clothing": "worn",
}  # fmt: skip
"""Fields whose surroundings are alike; any other field is a group of its own."""


_PLACED: Memo[str, Memo[str, frozenset[str]]] = Memo(
    lambda place: Memo(lambda names: frozenset(f"{place} {name}" for name in names.split("\n")), 8_192)
)
"""Features of mentions, made once: a place seen from a candidate -> who stands there -> the features."""
_NOBODY = "nobody"


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
    return _STEPS[bisect_left(_DISTANCES, words)]


def named(one: Mention) -> str:
    """The word of a mention, any first name as one."""
    return NAME if one.kind == "name" else one.word


def is_subject(one: Mention) -> bool:
    """Whether a mention is the subject of a verb."""
    return one.place == "subject" and not one.possessive


class _Whole:
    """What a document says of people, whichever of its facts is asked about; worked out once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.mentions = find_people(document)
        self.starts = [one.start for one in self.mentions]
        self.nouns = [one for one in self.mentions if one.noun and not one.possessive]
        self.noun_starts = [one.start for one in self.nouns]
        self.by_sentence: defaultdict[int, list[Mention]] = defaultdict(list)
        for mention in self.mentions:
            self.by_sentence[document.sentence_at(mention.start)].append(mention)
        self.signs = [*accumulate((not word[0].isalnum() for word in document.words), initial=0)]
        self._names: dict[int, str] = {}
        self._of_people = (*self._kinds(),)
        self._sentences: dict[int, list[frozenset[str]]] = {}
        self._around: dict[tuple[int, ...], list[frozenset[str]]] = {}

    def of_sentence(self, sentence: int) -> list[frozenset[str]]:
        """The features of whatever stands in a sentence: who is mentioned in the text at all, and what the sentences
        around say."""
        if sentence not in self._sentences:
            words, bounds = self.document.words, self.document.bounds
            previous, following = (words[slice(*bounds(number))] for number in (sentence - 1, sentence + 1))
            here = (*(f"previous {word}" for word in previous), *(f"next {word}" for word in following))
            self._sentences[sentence] = [frozenset((*self._of_people, *here)), *self._neighbours(sentence)]
        return self._sentences[sentence]

    def named_at(self, place: str, one: Mention | None) -> frozenset[str]:
        """What it says that a mention, or nobody, stands at a place seen from a candidate."""
        if one is None:
            return _PLACED[place][_NOBODY]
        if one.head not in self._names:
            kind, article = one.kind, one.article
            self._names[one.head] = (
                f"{kind}\n{kind},{article}\n{kind},{article},{one.place}\n={named(one)}\nown={one.possessive},{kind}\n"
                f"sex={one.sex},{article},{one.plural}\ncompound={one.compound}\norder={one.ordinal}"
            )
        return _PLACED[place][self._names[one.head]]

    def _kinds(self) -> Iterator[str]:
        """Who is mentioned at all."""
        kinds = Counter(one.kind for one in self.mentions)
        nouns = " ".join(sorted({one.kind for one in self.mentions if one.noun}))
        yield f"nouns {nouns}"
        yield f"nouns {nouns} pronouns {' '.join(one for one in PRONOUNS if kinds[one])}"
        yield from (f"text {kind}" for kind in kinds)
        yield f"text he {min(kinds['he'], 3)} she {min(kinds['she'], 3)}"

    def _neighbours(self, sentence: int) -> Iterator[frozenset[str]]:
        """Who is spoken of in the sentences around; told apart where the candidate's own names nobody."""
        alone = "" if self.by_sentence.get(sentence) else " alone"
        for back in (1, 2, 3):
            there = self.by_sentence.get(sentence - back, ())
            if there:
                yield self.named_at(f"back{back} opens{alone}", next(filter(is_subject, there), None))
                yield self.named_at(f"back{back} last{alone}", there[-1])
        following = self.by_sentence.get(sentence + 1, ())
        yield self.named_at("ahead", following[0] if following else None)

    def around(
        self, sentence: int, before: Sequence[Mention], at: int, following: Sequence[Mention], start: int
    ) -> list[frozenset[str]]:
        """Who is named in a sentence before a candidate, and from the mention `at` on; facts in a row share it."""
        key = sentence, len(before), at, bisect_left(self.starts, start)
        if key not in self._around:
            last = [self.named_at(f"last{rank}", one) for rank, one in enumerate(reversed(before[-3:]))]
            subjects = [*filter(is_subject, before)]
            if subjects:
                last += self.named_at("opens", subjects[0]), self.named_at("subject", subjects[-1])
            coming = [self.named_at(f"next{rank}", one) for rank, one in enumerate(following)]
            self._around[key] = [*last, *coming, *self._antecedent(before, start)]
        return self._around[key]

    def _antecedent(self, before: Sequence[Mention], start: int) -> Iterator[frozenset[str]]:
        """Whom the last pronoun of a sentence may go back to: the last noun, and the last subject, of its sex."""
        pronoun = next((m for m in reversed(before) if m.kind in ("he", "she", "they")), None)
        earlier = self.nouns[: bisect_left(self.noun_starts, pronoun.start if pronoun else start)]
        for rank, mention in enumerate(reversed(earlier[-2:])):
            yield self.named_at(f"noun{rank}", mention)
        if pronoun is not None:
            earlier.reverse()
            agreeing = next((m for m in earlier if m.sex in (None, pronoun.sex)), None)
            sure = next((m for m in earlier if m.sex == pronoun.sex and m.place == "subject"), None)
            yield self.named_at("antecedent", agreeing)
            yield self.named_at("antecedent subject", sure)


@lru_cache(maxsize=8)
def _whole_of(document: Document) -> _Whole:
    return _Whole(document)


class Surroundings:
    """One document with its mentions and the candidates of one kind; `features` gives those of one."""

    def __init__(self, document: Document, candidates: Sequence[Candidate]) -> None:
        self.document = document
        self._whole = _whole_of(document)
        self.mentions, self.starts = self._whole.mentions, self._whole.starts
        self.candidates = candidates
        self.sentences = [document.sentence_at(one.start) for one in candidates]
        self._density = Counter(self.sentences)
        self._total = Counter(one.field for one in candidates)
        seen = Counter[str]()
        self._rank: list[int] = []
        for one in candidates:
            seen[one.field] += 1
            self._rank.append(seen[one.field])

    def of(self, number: int) -> set[str]:
        """The names of the features of a candidate."""
        return self.features(number).all()

    def features(self, number: int) -> Features:
        """The features of a candidate."""
        one, sentence, words = self.candidates[number], self.sentences[number], self.document.words
        opens, closes = self.document.bounds(sentence)
        first, behind = self.document.token_at(one.start), self.document.token_at(one.end)
        before, after = words[max(opens, first - BEFORE) : first][::-1], words[behind : min(closes, behind + AFTER)]
        of_words = [
            ("sentence", {*words[opens:first], *words[behind:closes]}),
            ("before", _window(before)),
            ("after", _window(after)),
        ]
        found = Features({*self._place(number, one, sentence)}, [*self._whole.of_sentence(sentence)], of_words)
        group = _GROUPS.get(one.field, one.field)
        if before:
            found.names.add(f"{group} before 0 {before[0]}")
        self._people(found, number, first, closes, group)
        return found

    def before(self, start: int, sentence: int) -> list[Mention]:
        """Who is mentioned in a sentence before a character of it."""
        return [one for one in self._whole.by_sentence.get(sentence, ()) if one.end <= start]

    def covering(self, one: Candidate) -> Mention | None:
        """The mention in whose phrase a candidate stands."""
        at = bisect_right(self.starts, one.start)
        for near in self.mentions[max(0, at - 2) : at + 3]:
            if near.opens < one.end and near.end > one.start:
                return near
        return None

    def anchor(self, number: int) -> Mention | None:
        """Whom a candidate hangs on: its phrase, else who is named last before it in its sentence."""
        one = self.candidates[number]
        before = self.before(one.start, self.sentences[number])
        return self.covering(one) or (before[-1] if before else None)

    def told_of(self, number: int) -> Mention | None:
        """Of whom a candidate is told, where its sentence says so: its phrase, else the last subject before it."""
        one = self.candidates[number]
        before = self.before(one.start, self.sentences[number])
        return self.covering(one) or next(filter(is_subject, reversed(before)), None)

    def _place(self, number: int, one: Candidate, sentence: int) -> Iterator[str]:
        """Which fact it is, and where in the document it stands."""
        document, rank = self.document, f"rank {min(self._rank[number], 3)} of {min(self._total[one.field], 4)}"
        section = document.section_at(one.start)
        if section is not None:
            yield f"heading is {section.heading}"
            yield from (f"heading {word}" for word in section.heading.split()[:_HEADING])
        yield from (f"field {one.field}", f"hint {one.field} {one.hint}", rank, f"{one.field} {rank}")
        yield from (f"section {section is not None}", f"quoted {document.quoted(one.start)}")
        yield f"facts here {min(self._density[sentence], 8)} before {min(self._density[sentence - 1], 4)}"
        yield f"quarter {4 * one.start // max(1, len(document.text))}"

    def _people(self, found: Features, number: int, first: int, closes: int, group: str) -> None:
        """Adds who is named around a candidate, which begins at the token `first`; its sentence ends at `closes`."""
        one, sentence, whole, names = self.candidates[number], self.sentences[number], self._whole, found.names
        covering, before = self.covering(one), self.before(one.start, sentence)
        at = bisect_left(self.starts, one.end)
        following = [mention for mention in self.mentions[at : at + 2] if mention.head < closes]
        found.groups.append(whole.named_at("covering", covering))
        found.groups.extend(whole.around(sentence, before, at, following, one.start))
        near = (("last", reversed(before[-3:]), first - 1, -1), ("next", following, first, 1))
        for side, mentions, origin, sign in near:
            for rank, mention in enumerate(mentions):
                which = f"{mention.kind},{mention.place},{mention.article}"
                names.add(f"{side}{rank} {which} {distance(sign * (mention.head - origin))}")
        subject = next(filter(is_subject, reversed(before)), None)
        if subject is not None:
            names.add(f"{group} subject {subject.kind}")
        names.add(f"{group} covering {covering.kind if covering else None}")
        names.add(f"alone {not before and covering is None}")
        if not before:
            names.add(f"{group} last None")
            return
        last, signs = before[-1], whole.signs
        behind = last.head + 1
        names.add(f"{group} last {last.kind},{last.place}")
        names.add(f"marks {last.kind},{last.place} {min(max(signs[first] - signs[behind], 0), 5)}")
        found.words.append(("between", {*self.document.words[behind : min(first, behind + _GAP)]}))


def _window(near: Sequence[str]) -> set[str]:
    """The words on one side of a candidate, the nearest first: each, some with their distance, and some in pairs."""
    pairs = (f"{word} {far}" for word, far in pairwise(near[:_PAIRED]))
    return {*near, *(f"{away} {word}" for away, word in enumerate(near[:_NEAR])), *pairs}
