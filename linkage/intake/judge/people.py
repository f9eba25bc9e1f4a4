"""Which facts of people in a text are reported people's, and which of them describe the same one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.cluster import hierarchy
from scipy.special import expit

from linkage.intake.document.document import Document
from linkage.intake.encoder.encoder import Floats, encoded, encoder, heard
from linkage.intake.encoder.windows import Ints, pieces_at
from linkage.intake.finding import SURE, Finding
from linkage.intake.judge.linear import Features, learned
from linkage.intake.judge.numbers import measured
from linkage.intake.judge.pairs import Pairs
from linkage.intake.judge.surroundings import Candidate, Surroundings
from linkage.intake.mentions import Mention, find_people
from linkage.intake.patterns import PatternTable
from linkage.intake.values.people import measures, person
from linkage.intake.values.people.names_used import is_first_name
from linkage.report import Range

_SAID = PatternTable("speech")
GIVEN = 0.7
"""Chance from which a fact is a reported person's: of authors not met F1 is flat from .6 to .75, and half as many
facts of others are given from .7 on (docs/decisions/0060; the same holds of the mean with the encoder, 0091)."""
ALONE = 0.3
"""The same where the text names nobody else whose it could be [R]: of 1,171 such facts of authors left out 9 are
missed and 103 given wrongly, 5 and 121 from .2 on, 13 and 94 from .35, 15 and 83 from .5 (docs/decisions/0095)."""
NAMED = 0.9
"""The same of a first name that nothing leads to [R]: of 1,131 names of authors left out, 140 of them reported
people's, 70 are given rightly and none wrongly from .9 on, 93 and 4 from .8 (docs/decisions/0096)."""
SHARED = 0.35
"""Chance from which a fact is told of all reported people [G]."""
MOST_PEOPLE = 6
"""Reported people told apart in one text [G]."""
MOST_FACTS = 150
"""Facts of which every two are compared in one text [G]: texts of people hold some thirty."""
OF_ENCODER = 0.5
"""How much the encoder's log odds count of all, beside those of the weights of the words around a fact [R]: neither
alone judges authors left out as well (docs/decisions/0091)."""
_SURE = 12.0
"""Log odds beyond which two facts are one person's, or two people's, beyond doubt [G]."""
_OF_PRONOUN = 0.8
"""Confidence of a sex that only a pronoun or a noun tells [G]."""


@dataclass(slots=True)
class Described:
    """One reported person: the facts told of them, in the order of the text, with the chance of each."""

    facts: list[Finding] = field(default_factory=list)
    chances: list[float] = field(default_factory=list)

    def add(self, one: Finding, chance: float) -> None:
        """One fact more."""
        self.facts.append(one)
        self.chances.append(chance)


@dataclass(frozen=True, slots=True)
class WholeText:
    """Natural log odds of each candidate of a text, shape (candidates,): of being a reported person's (`own`) and all
    reported people's (`shared`); and its vector, `person` (candidates, components)."""

    own: Floats
    shared: Floats
    person: Floats

    @classmethod
    def of(cls, document: Document, candidates: Sequence[Candidate]) -> WholeText:
        """Of some candidates of a text."""
        said = encoded(document)
        places = [pieces_at(document, said.tokens, one.start, one.end) for one in candidates]
        own, shared = _means(said.people, places).T
        return cls(own, shared, _means(said.person, places))

    def same_person(self) -> Floats:
        """Natural log odds of every two candidates, in the order of `combinations`, of being one person's."""
        first, second = np.triu_indices(len(self.person), 1)
        odds: Floats = (encoder().base + self.person @ self.person.T)[first, second]
        return odds


def _means(of_pieces: Floats, places: Sequence[Ints]) -> Floats:
    """The mean of the rows at each place; nought of a place without any."""
    found = np.zeros((len(places), of_pieces.shape[1]), np.float32)
    for at, pieces in enumerate(places):
        if pieces.size:
            found[at] = of_pieces[pieces].mean(axis=0)
    return found


def beside(words: Sequence[float], whole: Floats) -> Floats:
    """Natural log odds that count, from those by the words around and by the whole text, of one shape."""
    return heard(np.array(words, np.float32), whole, OF_ENCODER)


def find_facts(text: str) -> list[Finding]:
    """All that a free text tells of people, whosever it is, sure or not, in order."""
    found = [*person.find(text), *measured(measures.age, text), *measured(measures.height, text)]
    return sorted(found, key=lambda one: one.about or (one.start, one.end))


def facts_of_people(text: str) -> list[Finding]:
    """Of these, what is sure enough and not denied."""
    return [one for one in find_facts(text) if one.confidence >= SURE and not one.negated]


def candidate_of(one: Finding) -> Candidate:
    """A finding as the judge sees it; of its value only a sex is told. A first name that nothing leads to is a field
    of its own."""
    start, end = one.about or (one.start, one.end)
    if is_first_name(one):
        return Candidate("first_name", start, end, one.rule)
    return Candidate(one.field, start, end, str(one.value) if one.field == "sex" else "")


def value_of(one: Finding) -> Any:
    """A value as pairs compare it."""
    return [one.value.min, one.value.max] if isinstance(one.value, Range) else one.value


def pronouns(document: Document) -> list[Candidate]:
    """He and she, as candidates of their own: who is spoken of where nobody is described."""
    found = (one for one in find_people(document) if one.kind in ("he", "she") and not document.quoted(one.start))
    return [Candidate("pronoun", one.start, one.end, str(one.sex)) for one in found]


def reported_people(document: Document, findings: Sequence[Finding]) -> list[Described]:
    """The reported people of a text, in the order in which it describes them; `findings` are all of its facts of
    people, in order."""
    around, features, whole, chances, least = owners(document, findings)
    given = [at for at, chance in enumerate(chances) if chance >= least[at]]
    if not given:
        found = [Described()]  # somebody of whom nothing but a pronoun tells, if anybody
        _sex_spoken_of(document, found)
        return [one for one in found if one.facts]
    counts = {at: _count(around, at) for at in given}
    of_all = _chances("shared", features, whole.shared)
    shared = {at for at in given if counts[at] > 1 or (not counts[at] and of_all[at] >= SHARED)}
    own = [at for at in given if at not in shared]
    compared = _most_telling(own, findings, chances)
    groups = [[compared[at] for at in group] for group in _groups(document, [findings[at] for at in compared])]
    _join_nearest([at for at in own if at not in {*compared}], groups)
    groups += [[] for _ in range(min(max(1, *counts.values()), MOST_PEOPLE) - len(groups))]
    sexes = {at for at in given if findings[at].field == "sex"}
    people = [sorted({*group, *(shared - sexes if sexes.intersection(group) else shared)}) for group in groups]
    found = [Described([findings[at] for at in one], [chances[at] for at in one]) for one in people]
    for one, numbers in zip(found, people, strict=True):
        _sex_of(one, [around.told_of(at) for at in numbers])
    _sex_spoken_of(document, found)
    return found


def _features(around: Surroundings) -> list[Features]:
    return [*map(around.features, range(len(around.candidates)))]


def _chances(question: str, features: Sequence[Features], whole: Floats) -> list[float]:
    """How likely the answer to a question is yes for each candidate."""
    chances: list[float] = expit(beside([learned(question).odds(*one) for one in features], whole)).tolist()
    return chances


def owners(
    document: Document, findings: Sequence[Finding]
) -> tuple[Surroundings, list[Features], WholeText, list[float], list[float]]:
    """Findings with their features, how likely each is a reported person's, and from which chance on it is."""
    around = Surroundings(document, [candidate_of(one) for one in findings])
    features, whole = _features(around), WholeText.of(document, around.candidates)
    chances = _owner_chances(document, features, whole, findings)
    return around, features, whole, chances, _least_chances(document, around, findings, chances)


def _least_chances(
    document: Document, around: Surroundings, findings: Sequence[Finding], chances: Sequence[float]
) -> list[float]:
    given = [
        (one.start, one.end)
        for one, chance in zip(findings, chances, strict=True)
        if one.field == "names_used" and chance >= (NAMED if is_first_name(one) else GIVEN)
    ]
    alone = names_nobody_else(document, given)
    least = ALONE if around.mentions else 0.0  # of whom else would a note or a question tell
    return [
        NAMED if is_first_name(one) else least if alone and _not_i(around, at) else GIVEN
        for at, one in enumerate(findings)
    ]


def _owner_chances(
    document: Document, features: Sequence[Features], whole: WholeText, findings: Sequence[Finding]
) -> list[float]:
    """How likely each finding is a reported person's: by the mean log odds of all places of a first name that nothing
    leads to, for it is one person's; never what a form asks of whoever fills it in."""
    odds, named = beside([learned("owner").odds(*one) for one in features], whole.own), dict[str, list[int]]()
    for at, one in enumerate(findings):
        if is_first_name(one):
            named.setdefault(one.value, []).append(at)
        if _asks_the_writer(document, one.start):
            odds[at] = -np.inf
    for places in named.values():
        odds[places] = odds[places].mean()
    chances: list[float] = expit(odds).tolist()
    return chances


def _asks_the_writer(document: Document, start: int) -> bool:
    """Whether a form asks for the details of whoever fills it in: "Your ethnicity:"."""
    section = document.section_at(start)
    return section is not None and _SAID["asks_the_writer"].fullmatch(section.heading) is not None


def _not_i(around: Surroundings, at: int) -> bool:
    """Whether a fact is told of somebody else than the writer: not "I am Polish"."""
    told_of = around.told_of(at)
    return told_of is None or told_of.kind != "i"


def names_nobody_else(document: Document, own: Sequence[tuple[int, int]] = ()) -> bool:
    """Whether a text names no helper, nobody harmed and nobody by name, and people of one sex at most; `own` are the
    characters of names that are reported people's."""
    found = [one for one in find_people(document) if one.kind != "i"]
    found = [one for one in found if not any(one.start < end and start < one.end for start, end in own)]
    others = any(one.kind in ("harmed", "bystander", "name") for one in found)
    return not others and len({one.sex for one in found if one.sex is not None}) <= 1


def _most_telling(given: Sequence[int], findings: Sequence[Finding], chances: Sequence[float]) -> list[int]:
    """The facts of which every two are compared: all, but of a text that tells too many first each value once, and
    then the surest of those told again."""
    if len(given) <= MOST_FACTS:
        return [*given]
    told, rank = Counter[tuple[str, str]](), dict[int, tuple[int, float]]()
    for at in given:
        value = findings[at].field, str(findings[at].value)
        rank[at] = told[value], -chances[at]
        told[value] += 1
    return sorted(sorted(given, key=rank.__getitem__)[:MOST_FACTS])


def _join_nearest(others: Sequence[int], groups: list[list[int]]) -> None:
    """Give each fact that was not compared to the person of the compared one that stands nearest, in place."""
    person = {at: group for group in groups for at in group}
    compared = sorted(person)
    for at in others:
        person[min(compared, key=lambda one: abs(one - at))].append(at)


def _count(around: Surroundings, at: int) -> int:
    """Of how many people a sex is told: two of "two men", one of "a man"; 0 where that is not known."""
    one = around.candidates[at]
    covering = around.covering(one) if one.field == "sex" else None
    if covering is None:
        return 0
    return covering.count or (0 if covering.plural else 1)


_NEVER = 1e6
"""Distance of two facts that cannot be one person's: no average with it is small [G]."""


def _groups(document: Document, findings: Sequence[Finding]) -> list[list[int]]:
    """The facts of each person, by average linkage of the log odds of every pair; who is described first, first."""
    if len(findings) < 2:
        return [[at] for at in range(len(findings))]
    around = Surroundings(document, [candidate_of(one) for one in findings])
    pairs = Pairs(around, [*map(value_of, findings)])
    words = [learned("same_person").odds(*features) for features in pairs.features()]
    odds = beside(words, WholeText.of(document, around.candidates).same_person())
    apart = _SURE - odds.clip(-_SURE, _SURE)
    # values are known to the weights alone: the encoder takes most facts of a text for one person's, as they are
    apart[[judged < 0 and pairs.excluding(*pair) for judged, pair in zip(words, pairs.all(), strict=True)]] = _NEVER
    if apart.max() <= _SURE:  # no average of them is larger: one person, as most texts tell of
        return [[*range(len(findings))]]
    tree = hierarchy.linkage(apart, "average")
    labels = hierarchy.fcluster(tree, _SURE, "distance")
    if labels.max() > MOST_PEOPLE:
        labels = hierarchy.fcluster(tree, MOST_PEOPLE, "maxclust")
    found: dict[int, list[int]] = {}
    for at, label in enumerate(labels):
        found.setdefault(int(label), []).append(at)
    return [*found.values()]


def _sex_of(one: Described, anchors: Sequence[Mention | None]) -> None:
    """Where no fact tells a person's sex, that of whom their facts are told of, by the chances of the facts."""
    spoken = zip(anchors, one.chances, strict=True)
    told = [(str(anchor.sex), chance, anchor) for anchor, chance in spoken if anchor is not None and anchor.sex]
    if told and all(fact.field != "sex" for fact in one.facts):
        one.add(_by_majority(told)[0], GIVEN)


def _by_majority(told: Sequence[tuple[str, float, Mention | Candidate]]) -> tuple[Finding, float]:
    """The sex that weighs most, by chances, where it is told first, and the chance of that."""
    votes = Counter[str]()
    for sex, chance, _ in told:
        votes[sex] += chance  # type: ignore[assignment]
    most = votes.most_common(1)[0][0]
    chance, where = next((chance, where) for sex, chance, where in told if sex == most)
    return Finding("sex", most, where.start, where.end, "pronoun", _OF_PRONOUN), chance


def _sex_spoken_of(document: Document, people: Sequence[Described]) -> None:
    """The sex of people of whom nothing else tells it: that of the pronouns which are a reported person's."""
    unknown = [one for one in people if not any(fact.field == "sex" for fact in one.facts)]
    if not unknown:
        return
    found = pronouns(document)
    around = Surroundings(document, found)
    chances = _chances("owner", _features(around), WholeText.of(document, found).own)
    told = [(one.hint, chance, one) for one, chance in zip(found, chances, strict=True) if chance >= GIVEN]
    for one in unknown if told else ():
        one.add(*_by_majority(told))
