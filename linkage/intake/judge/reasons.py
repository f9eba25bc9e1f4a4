"""Why facts are a reported person's, or one of several people's, in the words of `feature_words.toml`."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from linkage.intake.document.document import Document
from linkage.intake.finding import Finding
from linkage.intake.judge.linear import Reason, learned
from linkage.intake.judge.pairs import Pairs
from linkage.intake.judge.people import (
    GIVEN,
    MOST_FACTS,
    SHARED,
    Described,
    candidate_of,
    least_chances,
    reported_people,
    value_of,
)
from linkage.intake.judge.surroundings import Candidate, Surroundings

_LONGEST = 3
"""Words that the name of a row of `feature_words.toml` has at most."""
EVEN = 0.5
"""The chance at which two facts are as likely one person's as two people's."""


def reasons_of_people(document: Document, findings: Sequence[Finding]) -> list[tuple[Finding, list[Reason]]]:
    """Each fact that `reported_people` gives, with what decided it; `findings` as for that."""
    around = Surroundings(document, [candidate_of(one) for one in findings])
    numbers = {id(one): at for at, one in enumerate(findings)}
    least = least_chances(document, around)
    people = reported_people(document, findings)
    persons = Counter(id(fact) for one in people for fact in one.facts)
    pairwise = _which_of_several(document, people, persons) if len(people) > 1 else {}
    found: list[tuple[Finding, list[Reason]]] = []
    for fact in {id(fact): fact for one in people for fact in one.facts}.values():
        at = numbers.get(id(fact))
        if at is None:
            found.append((fact, [_of_pronoun(document, fact)]))
            continue
        features = around.of(at)
        reasons = [learned("owner").reason("reported_person", features, least[at])]
        if persons[id(fact)] > 1:
            reasons.append(learned("shared").reason("all_reported_people", features, SHARED))
        found.append((fact, [*reasons, *pairwise.get(id(fact), ())]))
    return found


def _of_pronoun(document: Document, fact: Finding) -> Reason:
    """Why a word that tells nothing but a sex stands for a reported person."""
    around = Surroundings(document, [Candidate("pronoun", fact.start, fact.end, str(fact.value))])
    return learned("owner").reason("stands_for_reported_person", around.of(0), GIVEN)


def _which_of_several(
    document: Document, people: Sequence[Described], persons: Counter[int]
) -> dict[int, list[Reason]]:
    """For each fact told of one person alone: the fact that binds it most to them, and the other person's fact that
    comes closest to being theirs too."""
    own = [(fact, who) for who, one in enumerate(people) for fact in one.facts if persons[id(fact)] == 1]
    own = sorted((one for one in own if one[0].rule != "pronoun"), key=lambda one: (one[0].start, one[0].end))
    own = own[:MOST_FACTS]
    facts = [fact for fact, _ in own]
    pairs = Pairs(Surroundings(document, [*map(candidate_of, facts)]), [*map(value_of, facts)])
    odds = {pair: learned("same_person").odds(*pairs.of(*pair)) for pair in pairs.all()}
    return {id(fact): [*_closest(at, own, odds, pairs, document)] for at, fact in enumerate(facts)}


def _closest(
    at: int,
    own: Sequence[tuple[Finding, int]],
    odds: dict[tuple[int, int], float],
    pairs: Pairs,
    document: Document,
) -> Iterator[Reason]:
    mine = {pair: chance for pair, chance in odds.items() if at in pair}
    for question, theirs in (("same_person", True), ("another_person", False)):
        among = [pair for pair in mine if (own[pair[0]][1] == own[pair[1]][1]) is theirs]
        if among:
            pair = max(among, key=lambda one: mine[one])
            other = own[pair[1] if pair[0] == at else pair[0]][0]
            words = other.words(document.text)
            yield learned("same_person").reason(question, pairs.of(*pair).all(), EVEN, words)


@cache
def _rows() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("feature_words.toml").read_text(encoding="utf-8"))


def question_in_words(reason: Reason) -> str:
    """What was asked of a fact."""
    return _rows()["questions"][reason.question].format(reason.compared_with)


def feature_in_words(name: str) -> str:
    """A feature; one that no row says stays as it is."""
    words = name.split(" ")
    return _said(words) or (f"{_said(words[1:])} (facts of {words[0]})" if _said(words[1:]) else name)


def _said(words: list[str]) -> str:
    rows = _rows()["features"]
    for count in range(min(_LONGEST, len(words)), 0, -1):
        row = rows.get(" ".join(words[:count]))
        if row:
            rest = " ".join(words[count:])
            rest = f"“{rest[1:]}”" if rest.startswith("=") else _rows()["rest"].get(rest, rest)
            return row.format(rest) if rest else row.removesuffix(": {}")
    return ""
