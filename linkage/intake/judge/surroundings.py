"""A candidate in its document: the features by which it is judged whose it is.

A feature is a short name, true of the candidate; how much it counts is learned. None is the value of a fact, a name
or a town: figures and names are one word each (`document`), and only words around a fact are told, not its own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
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


_NAMED: Memo[str, Memo[str, str]] = Memo(lambda before: Memo(lambda word: f"{before} {word}"))
"""Features of words, made once: what comes before a word in its feature -> the word -> the feature."""
_PLACED: Memo[str, Memo[str, frozenset[str]]] = Memo(
    lambda place: Memo(lambda names: frozenset(each(place, names.split("\n"))), 8_192)
)
"""The same of mentions: a place seen from a candidate -> who stands there -> the features."""
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


def each(before: str, words: Iterable[str]) -> Iterator[str]:
    """The features of some words, by what comes before each."""
    return map(_NAMED[before].__getitem__, words)


def named(one: Mention) -> str:
    """The word of a mention, any first name as one."""
    return NAME if one.kind == "name" else one.word


def _of_mention(one: Mention) -> str:
    """What a mention says wherever it stands, a name a line."""
    kind, article = one.kind, one.article
    return (
        f"{kind}\n{kind},{article}\n{kind},{article},{one.place}\n={named(one)}\nown={one.possessive},{kind}\n"
        f"sex={one.sex},{article},{one.plural}\ncompound={one.compound}\norder={one.ordinal}"
    )


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
        self._names = {one.head: _of_mention(one) for one in self.mentions}
        self.signs = [*accumulate((not word[0].isalnum() for word in document.words), initial=0)]
        self._of_people = (*self._kinds(),)
        self._sentences: dict[int, list[frozenset[str]]] = {}
        self._around: dict[tuple[int, ...], list[frozenset[str]]] = {}

    def of_sentence(self, sentence: int) -> list[frozenset[str]]:
        """The features of whatever stands in a sentence."""
        if sentence not in self._sentences:
            here = (*self._of_people, *self._nearby(sentence))
            self._sentences[sentence] = [frozenset(here), *self._neighbours(sentence)]
        return self._sentences[sentence]

    def named_at(self, place: str, one: Mention | None) -> frozenset[str]:
        """What it says that a mention, or nobody, stands at a place seen from a candidate."""
        return _PLACED[place][_NOBODY if one is None else self._names[one.head]]

    def _kinds(self) -> Iterator[str]:
        """Who is mentioned at all."""
        kinds = Counter(one.kind for one in self.mentions)
        nouns = sorted({one.kind for one in self.mentions if one.noun})
        yield f"nouns {' '.join(nouns)}"
        yield f"nouns {' '.join(nouns)} pronouns {' '.join(one for one in PRONOUNS if kinds[one])}"
        yield from (f"text {kind}" for kind in kinds)
        yield f"text he {min(kinds['he'], 3)} she {min(kinds['she'], 3)}"

    def _nearby(self, sentence: int) -> Iterator[str]:
        """The words of the sentence before, and of the one behind."""
        for name, number in (("previous", sentence - 1), ("next", sentence + 1)):
            yield from each(name, self.document.words[slice(*self.document.bounds(number))])

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
        one, sentence = self.candidates[number], self.sentences[number]
        group = _GROUPS.get(one.field, one.field)
        names = {f"field {one.field}", f"hint {one.field} {one.hint}", *self._place(number, one, sentence)}
        found = Features(names, [*self._whole.of_sentence(sentence)])
        self._words(names, one, sentence, group)
        self._people(found, one, sentence, group)
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

    def _words(self, found: set[str], one: Candidate, sentence: int, group: str) -> None:
        """Adds the words around a candidate."""
        words, (opens, closes) = self.document.words, self.document.bounds(sentence)
        first, behind = self.document.token_at(one.start), self.document.token_at(one.end)
        before = words[max(opens, first - BEFORE) : first][::-1]
        found.update(each("sentence", words[opens:first]), each("sentence", words[behind:closes]))
        for side, near in (("before", before), ("after", words[behind : min(closes, behind + AFTER)])):
            found.update(each(side, near))
            found.update([f"{side} {away} {word}" for away, word in enumerate(near[:_NEAR])])
            found.update([f"{side} {word} {far}" for word, far in pairwise(near[:_PAIRED])])
        if before:
            found.add(f"{group} before 0 {before[0]}")

    def _people(self, found: Features, one: Candidate, sentence: int, group: str) -> None:
        """Adds who is named around a candidate."""
        add, whole = found.names.add, self._whole
        first, closes = self.document.token_at(one.start), self.document.bounds(sentence)[1]
        covering, before = self.covering(one), self.before(one.start, sentence)
        at = bisect_left(self.starts, one.end)
        following = [mention for mention in self.mentions[at : at + 2] if mention.head < closes]
        found.groups.append(whole.named_at("covering", covering))
        found.groups.extend(whole.around(sentence, before, at, following, one.start))
        for rank, mention in enumerate(reversed(before[-3:])):
            away = distance(first - mention.head - 1)
            add(f"last{rank} {mention.kind},{mention.place},{mention.article} {away}")
        for rank, mention in enumerate(following):
            away = distance(mention.head - first)
            add(f"next{rank} {mention.kind},{mention.place},{mention.article} {away}")
        subject = next(filter(is_subject, reversed(before)), None)
        if subject is not None:
            add(f"{group} subject {subject.kind}")
        add(f"{group} covering {covering.kind if covering else None}")
        add(f"alone {not before and covering is None}")
        self._last(found.names, before, first, group)

    def _last(self, found: set[str], before: Sequence[Mention], first: int, group: str) -> None:
        """Adds what lies between the last mention of a sentence and the candidate."""
        if not before:
            found.add(f"{group} last None")
            return
        last, signs = before[-1], self._whole.signs
        behind = last.head + 1
        found.add(f"{group} last {last.kind},{last.place}")
        found.add(f"marks {last.kind},{last.place} {min(max(signs[first] - signs[behind], 0), 5)}")
        found.update(each("between", self.document.words[behind : min(first, behind + _GAP)]))

    def _place(self, number: int, one: Candidate, sentence: int) -> Iterator[str]:
        document, rank = self.document, f"rank {min(self._rank[number], 3)} of {min(self._total[one.field], 4)}"
        section = document.section_at(one.start)
        if section is not None:
            yield f"heading is {section.heading}"
            yield from each("heading", section.heading.split()[:_HEADING])
        yield f"section {section is not None}"
        yield f"quoted {document.quoted(one.start)}"
        yield f"facts here {min(self._density[sentence], 8)} before {min(self._density[sentence - 1], 4)}"
        yield rank
        yield f"{one.field} {rank}"
        yield f"quarter {4 * one.start // max(1, len(document.text))}"
