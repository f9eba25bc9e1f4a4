"""Whether a fact of a person is the reported person's: the rules' decision, judged by what stands around it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from linkage.intake.belief.learned import Learned
from linkage.intake.belief.surroundings import Surroundings
from linkage.intake.cues import cue
from linkage.intake.facts import likewise
from linkage.intake.facts.finding import Finding
from linkage.intake.mention import BYSTANDER, REPORTED
from linkage.intake.patterns import compiled
from linkage.intake.whose import Whose

GIVEN, KEPT_OF_TWO = 0.65, 0.5
"""Chance from which a fact is the reported person's [G]: one wrongly given harms more than a missed one, and F1 of
authors left out of the learning is flat from .4 to .65. The second where the rules gave it to him and the text names
no bystander but "police", of whom nobody tells a look: there it is at most the other's of two
(docs/decisions/0018)."""


_WORN_BACK = 60
"""Characters back in which it may be told that the writer wore it [G]."""

_BRACKET = 160
"""Characters back in which a bracket may have opened that tells of somebody [G]."""
_WORN = ("clothing", "marks")
_DOUBTFUL = 0.4
"""Least chance of a fact that others of its list may lift [G]."""
_JOINED = compiled(
    r"\s*(?:,|;|/|&|\+|\band\b|\bwith\b|\bover\b|\bunder\b)\s*(?:(?:and|with|an?|his|some|the|matching|pair\s+of|wore|wearing)\s+){0,3}"
)
"""Between two facts of one list."""


@cache
def _learned() -> Learned:
    return Learned.load("person")


def belongs_to(
    text: str, findings: Sequence[Finding], told: Sequence[frozenset[int]], whose: Whose
) -> list[frozenset[int]]:
    """The reported people whom each finding describes, after what the rules `told`; empty where it is none of them.

    Findings are in the order of the text. Where it names nobody but the reported people and its writer, the rules
    decide; what is said not to be so, or to be as somebody else's, stays where they put it: no text teaches that.
    """
    if not findings or all(one.role == REPORTED or one.kind == "i" for one in whose.people):
        return list(told)
    around = Surroundings(
        text, whose.low, whose.breaks, whose.people, whose.count(), findings, [bool(t) for t in told]
    )
    numbers = range(len(findings))
    learned = _learned()
    odds = (learned.wording.odds_of_fact(findings[n].field, around.around(n), around.named(n)) for n in numbers)
    chances = learned.chances([around.of(n) for n in numbers], odds)
    listed = _of_one_list(whose.low, findings, told, [float(chance) for chance in chances])
    kept = GIVEN if any(one.role == BYSTANDER and one.words != "police" for one in whose.people) else KEPT_OF_TWO
    return [
        rule
        if finding.negated
        or finding.field == likewise.FIELD
        or (not rule and plainly_others(whose, finding.start, finding.end))
        or _surely_theirs(whose, rule, finding.start)
        else _decided(rule, chance, kept, whose, finding.start)
        for finding, rule, chance in zip(findings, told, listed, strict=True)
    ]


def plainly_others(whose: Whose, start: int, end: int) -> bool:
    """Whether words stand under the heading of somebody else, in a bracket right behind them, right before them, or
    among what the writer wore.

    There the form of the text tells whose they are, which the trees, having learned from prose, know too little of.
    """
    if cue("in_my").search(whose.low, max(0, start - _WORN_BACK), start):
        return True  # "in my work gear, fishnets n a red mac"
    part = next((one for one in whose.sections if one.start <= start < one.end and one.role != REPORTED), None)
    if part is not None:  # "Caller: a man, 60s" may be the reported person
        return not any(m.noun and m.role == REPORTED and part.start <= m.start < start for m in whose.people)
    opening = whose.low.rfind("(", max(0, start - _BRACKET), start)
    if opening > whose.low.rfind(")", 0, start):
        behind = (m for m in whose.people if m.kind in (BYSTANDER, "harmed") and m.role != REPORTED)
        return any(opening - 2 <= m.end <= opening for m in behind)
    return any(m.kind == "harmed" and m.role != REPORTED and m.start == end + 1 for m in whose.people)


def _surely_theirs(whose: Whose, rule: frozenset[int], start: int) -> bool:
    """Whether the sentence is about somebody whom the text sets beside a reported person: "He was white, 45 ... She
    was Chinese". The trees, which know women as those who were harmed, take it for hers."""
    subject = next(
        (m for m in reversed(whose.people) if m.start < start and m.place == "subject" and m.governs), None
    )
    if subject is None or not subject.sure or subject.people != rule:
        return False
    return bisect_right(whose.breaks, start) == bisect_right(whose.breaks, subject.start)


def _of_one_list(
    low: str, findings: Sequence[Finding], told: Sequence[frozenset[int]], chances: list[float]
) -> list[float]:
    """The chances; where things worn and marks that the rules give to the same person stand in one list ("a long
    coat, a flat cap and gloves") the best of theirs, but for those that are plainly thought to be another's."""
    worn = [n for n, finding in enumerate(findings) if not finding.negated and told[n] and finding.field in _WORN]
    pairs = [
        (before, after)
        for before, after in pairwise(worn)
        if told[before] == told[after] and _JOINED.fullmatch(low, findings[before].end, findings[after].start)
    ]
    for one, other in (*pairs, *((after, before) for before, after in reversed(pairs))):
        if chances[other] >= _DOUBTFUL:
            chances[other] = max(chances[other], chances[one])
    return chances


def _decided(rule: frozenset[int], chance: float, kept: float, whose: Whose, start: int) -> frozenset[int]:
    if chance < (kept if rule else GIVEN):
        return frozenset()
    return rule or _nearest(whose, start)


def _nearest(whose: Whose, start: int) -> frozenset[int]:
    """The reported people named last before `start`, else first after it; the first where none is named."""
    there = [mention for mention in whose.people if mention.people]
    before = bisect_right([mention.start for mention in there], start)
    return there[max(0, before - 1)].people if there else frozenset((0,))
