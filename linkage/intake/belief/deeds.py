"""Which behaviours a text tells of: what the rules made of its phrases, judged by what stands around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from linkage.intake.belief.deed_surroundings import Deeds
from linkage.intake.belief.learned import Learned
from linkage.intake.facts import behaviour
from linkage.intake.facts.candidate import Candidate
from linkage.intake.facts.finding import Finding
from linkage.intake.mention import BYSTANDER
from linkage.intake.whose import Whose

KEPT, KEPT_OF_TWO = 0.35, 0.25
"""Chance from which a behaviour stays that the rules read [G]; the second where a text names no bystander: there it
is at most the other's of two, and F1 of authors left out of the learning is flat from .25 on, elsewhere from .35
(docs/decisions/0018)."""

GIVEN = 0.4
"""Chance from which a phrase that the rules set aside tells of a behaviour after all [G]: F1 of authors left out is
.852 to .853 from .35 to .45 (docs/decisions/0018)."""

SHORT = 50
"""Words below which the rules decide [G]: of 1,449 texts that were learned from 20 are shorter, too few to know how
the rules err there."""

_RULE = "belief"
"""Confidence is the chance; the rule of a finding that only the learned trees make begins so."""


@cache
def _learned() -> Learned:
    return Learned.load("deeds")


@cache
def _domains() -> dict[str, str]:
    return {key: entry.data["domain"] for key, entry in behaviour.vocabulary().entries.items()}


def told_of(text: str, whose: Whose, by_others: Sequence[Finding]) -> list[Finding]:
    """The findings of `behaviour.find` that are the reported person's, or say that it did not happen, in order.

    `by_others` are those that the rules give to a bystander. A finding has the learned chance as its confidence; a
    variable whose phrases the rules set aside is added where the chance is high, unless one of them is denied, did
    not come to pass, or is plainly what police, staff or a passer-by did.
    """
    found = behaviour.find(text)
    others = frozenset(by_others)
    by_rule = [f for f in found if f not in others]
    if len(text.split()) < SHORT:
        return by_rule
    deeds = Deeds(text, behaviour.candidates(text), by_others, whose.breaks, whose.people, _domains())
    keys = list(deeds.by_key)
    learned = _learned()
    odds = (deeds.odds(key, learned.wording) for key in keys)
    chances = dict(zip(keys, learned.chances([deeds.of(key) for key in keys], odds).tolist(), strict=True))
    least = KEPT if any(one.role == BYSTANDER for one in whose.people) else KEPT_OF_TWO
    denied = [f for f in by_rule if f.negated]
    kept = [
        replace(f, confidence=chances[str(f.value)])
        for f in by_rule
        if not f.negated and chances[str(f.value)] >= least
    ]
    added = [
        _finding(deeds.best(key), key, chances[key])
        for key in keys
        if key not in deeds.told and chances[key] >= GIVEN and not any(map(_never, deeds.by_key[key]))
    ]
    return sorted([*denied, *kept, *added], key=lambda f: (f.start, f.end, str(f.value)))


def _never(one: Candidate) -> bool:
    """Whether nothing around can make it the reported person's deed: it is denied, wished, threatened or only tried,
    or plainly somebody else's."""
    negated = one.finding is not None and one.finding.negated
    return negated or one.how.denied or one.how.actor == "other" or one.how.reality != "real"


def _finding(one: Candidate, key: str, chance: float) -> Finding:
    return Finding("behaviour", key, one.start, one.end, f"{_RULE}: {one.found.phrase.surface}", chance)
