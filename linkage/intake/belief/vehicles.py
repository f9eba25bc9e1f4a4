"""Whether a vehicle is one that a reported person used: the rules' decision, judged by what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from linkage.intake.belief.learned import Learned
from linkage.intake.belief.person import plainly_others
from linkage.intake.belief.vehicle_surroundings import Vehicles
from linkage.intake.facts.finding import Finding
from linkage.intake.mention import BYSTANDER, REPORTED
from linkage.intake.patterns import compiled
from linkage.intake.whose import Whose
from linkage.intake.whose_vehicle import tied_to_reported

USED = 0.6
"""Chance from which a vehicle is a reported person's [G]: one wrongly given harms more than one missed, and F1 of
authors left out of the learning falls from .891 to .886 between .4 and .6 (docs/decisions/0022)."""


_OWN = compiled(r"\b(?P<who>my|our|her|mine|ours|hers)\s+(?:own\s+|(?:is|was|'s)\s+(?:an?\s+)?)?(?:[\w-]+\s+){0,2}$")
_TAKEN = compiled(
    r"(?<!\bi )(?<!\bwe )(?<!\bshe )\b(?:made off|left(?! (?:me|her|us)\b)|fled|dr[oi]ven?|got away|escaped|went|"
    r"sped|rode|took off)\b"
    r"[^.;]{0,20}\b(?:in|on|with) (?:her|my|our)\b"
    r"|\b(?:stole|took|taken|hijacked|robbed (?:\w+ )?of)\s+(?:her|my|our)\s+"
    r"(?:\w+\s+){0,2}(?:car|van|keys|bike|moped|scooter)\b"
)
"""A vehicle of hers that the reported person took, and used from then on."""

_IN_IT = compiled(r"\s+(?:in|driving|on|riding)\s+(?:an?|his|her|their)\s+(?:[\w-]+\s+){0,3}")
"""Between somebody and what he sits in."""

_SET_APART = compiled(
    r"[^.;]{0,60}(?:\.\s+(?:it|(?:this|that|the) (?:car|van|vehicle|lorry|cab|taxi)|its (?:driver|owner))\s)?"
    r"\b(?:belong(?:s|ed|ing) to|(?:is|was) (?:owned by|unconnected|eliminated|ruled out)|"
    r"(?:has|have) (?:since )?been (?:traced|eliminated|ruled out|identified|spoken to)|"
    r"(?:is|are|was|were) not (?:thought|believed|connected|involved|implicated|(?:a )?suspects?)|"
    r"(?:has|have|had|played?) (?:no part|nothing to do)|"
    r"(?:may|might) have (?:dash-?cam|footage|seen))"
)
"""Behind a vehicle that was there by chance. Of the labelled mentions before these words 1 of 38 was a reported
person's; before the cues `ends_elsewhere` and `not_his`, which the rules use, 6 of 50, too many to overrule trees."""

_THEIR_OWN = compiled(
    r"(?:['’]s?)?\s+own\s+(?:[\w-]+\s+){0,2}(?:(?:car|van|cab|taxi|vehicle|motor|bike|bicycle|scooter|lorry|minibus|bus|"
    r"truck|motorbike)(?:\s+(?:is|was)|,)\s+(?:an?|the)\s+(?:[\w-]+\s+){0,3}|(?:[\w-]+\s+){0,2})"
)
"""Between somebody and what is expressly their own: "the cabbie's own car, a silver Octavia", "his own minibus"."""

_OWN_REACH = 40
"""Characters before a vehicle in which its owner stands [G]."""


@cache
def _learned() -> Learned:
    return Learned.load("vehicles")


def used(
    text: str,
    groups: Sequence[Sequence[Finding]],
    told: Sequence[bool],
    findings: Sequence[Finding],
    given: Sequence[bool],
    whose: Whose,
) -> list[bool]:
    """Whether a reported person used each vehicle, after what the rules `told`.

    `findings` are the facts of people in the order of the text and `given` whether each is a reported person's. Where
    the text names nobody but the reported people and its writer, the rules decide.
    """
    if not groups or all(one.role == REPORTED or one.kind == "i" for one in whose.people):
        return list(told)
    around = Vehicles(text, whose, findings, given, groups, told)
    numbers = range(len(groups))
    learned = _learned()
    odds = (learned.wording.odds_of_fact(around.kind(n), around.around(n), around.named(n)) for n in numbers)
    chances = learned.chances([around.of(n) for n in numbers], odds)
    return [
        _decided(whose, group, float(chance) >= USED, his)
        for chance, his, group in zip(chances, told, groups, strict=True)
    ]


def _decided(whose: Whose, group: Sequence[Finding], likely: bool, his: bool) -> bool:
    tied = tied_to_reported(whose.low, whose.people, max(one.end for one in group))
    return bool(tied) or (likely and (his or not _plainly_others(whose, group)))


def _plainly_others(whose: Whose, group: Sequence[Finding]) -> bool:
    """Whether the vehicle is called the writer's or the woman's own, stands in somebody else's bracket or part, or
    right behind a bystander who sits in it."""
    told = [one for one in group if one.field in ("make", "model", "body", "registration")] or group
    start, end = min(one.start for one in told), max(one.end for one in told)
    before = whose.low[max(0, start - _OWN_REACH) : start]
    own = _OWN.search(before)
    own = None if own is not None and _TAKEN.search(whose.low) else own
    if own is not None and not own["who"].startswith("her"):
        return True
    at = start - len(before) + own.start() if own is not None else -1
    hers = any(m.role not in ("", REPORTED) and m.start == at for m in whose.people)
    bystanders = (m for m in whose.people if m.role == BYSTANDER and m.end < start)
    sits = any(_IN_IT.fullmatch(whose.low, one.end, start) for one in bystanders)
    owned = any(
        _THEIR_OWN.fullmatch(whose.low, one.end, start) for one in whose.people if one.role not in ("", REPORTED)
    )
    return hers or sits or owned or _SET_APART.match(whose.low, end) is not None or plainly_others(whose, start, end)
