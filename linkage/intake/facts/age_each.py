"""Ages that a text tells of several people in a row, one for each: "two cousins, aged 18 and 21"."""

from __future__ import annotations

from linkage.intake.facts import age
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.surface import plain
from linkage.intake.patterns import compiled
from linkage.intake.quantities.years import PLAIN_TERM

_ONE = (
    r"(?:(?:about|around|approx\w*\.?|roughly|maybe|perhaps|nearly|almost|aged|in\s+(?:his|her|their|the))\s+)*"
    rf"{PLAIN_TERM}(?:\s*years?\s+old)?"
)
_IN_A_ROW = compiled(rf"{_ONE}(?:\s*,\s*{_ONE})*\s*(?:,\s*)?(?:\band\b|&)\s*(?:the\s+other\s+)?{_ONE}")
_PARTED = compiled(r"\s*(?:,\s*(?:and\b|&)?|\band\b|&)\s*(?:the\s+other\s+)?")
_BOTH_ENDS = compiled(r"\b(?:between|from|range|anywhere|somewhere)\W+(?:the\s+ages\s+of\s+)?(?:about\s+)?$")
"""Before two ages that are the ends of one: "aged between 20 and 30"."""
_BACK = 30
"""Characters back in which that is said [G]."""


def share_out(text: str, belongs: dict[int, list[Finding]]) -> None:
    """Give each person one age, in place and in their order, where as many are told in a row as there are people."""
    low = plain(text)
    for first in _told_of_several(belongs):
        people = [index for index, found in sorted(belongs.items()) if first in found]
        row = _IN_A_ROW.match(low, first.start)
        if row is None or _BOTH_ENDS.search(low, max(0, first.start - _BACK), first.start):
            continue
        ages = _ages(low, row.start(), row.end())
        if len(ages) != len(people) or any(map(_goes_on, ages, ages[1:])):
            continue
        for index, one in zip(people, ages, strict=True):
            others = [f for f in belongs[index] if f.field != "age" or not row.start() <= f.start < row.end()]
            belongs[index] = [*others, one]


def _told_of_several(belongs: dict[int, list[Finding]]) -> list[Finding]:
    """The ages that two or more people have, in the order of the text."""
    ages = [f for found in belongs.values() for f in found if f.field == "age" and not f.negated]
    shared = {f.start: f for at, f in enumerate(ages) if f in ages[:at]}
    return [shared[start] for start in sorted(shared)]


def _goes_on(one: Finding, other: Finding) -> bool:
    """Whether two decades are one stretch of years, which may be that of each: "in their 20s and 30s"."""
    return bool(one.value.max != one.value.min and one.value.max and other.value.min == one.value.max + 1)


def _ages(low: str, start: int, end: int) -> list[Finding]:
    """The ages between `start` and `end`, each by itself; none where one of them is no age."""
    found: list[Finding] = []
    at = start
    for mark in [*_PARTED.finditer(low, start, end), None]:
        stop = mark.start() if mark else end
        value = age.normalise(low[at:stop])
        if value is None:
            return []
        found.append(Finding("age", value, at, stop, "one of a row", 0.85))
        at = mark.end() if mark else end
    return found
