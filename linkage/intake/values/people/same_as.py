"""What a text tells of several people at once: "about the same age as the other", "two cousins, aged 18 and 21"."""

from __future__ import annotations

from linkage.intake.finding import Finding
from linkage.intake.patterns import compiled
from linkage.intake.phrases.surface import holds, plain
from linkage.intake.quantities.years import PLAIN_TERM
from linkage.intake.values.people.measures import age

FIELD = "same_as"
"""Field of the findings; their value names what is the same: age, build or height_cm."""

_FIELDS = {"age": "age", "ages": "age", "build": "build", "height": "height_cm", "heights": "height_cm"}
_WORD = "|".join(_FIELDS)
_SAME = compiled(
    r"\b(?:same|similar(?:ly)?|comparable|equal)(?:\s+in)?(?:\s+(?:sort|kind)\s+of)?\s+"
    rf"(?P<first>{_WORD})\b(?:\s*(?:,|/|and|&|or)\s*(?:of\s+)?(?:similar\s+|the same\s+)?(?P<second>{_WORD})\b)?"
)
_AS_OTHERS = compiled(
    r"\s+(?:as|to|like)\s+(?!him\b|(?:the|his)\s+(?:first|other|others|second|friend|mate|driver|passenger|accomplice)\b"
    r"|(?:suspect|offender|man|male)\s+(?:one|two|1|2|a|b)\b)"
)
"""The same as whom, where that is no reported person: "about the same age as me"."""
_ONE_AGE = (
    r"(?:(?:about|around|approx\w*\.?|roughly|maybe|perhaps|nearly|almost|aged|in\s+(?:his|her|their|the))\s+)*"
    rf"{PLAIN_TERM}(?:\s*years?\s+old)?"
)
_IN_A_ROW = compiled(rf"{_ONE_AGE}(?:\s*,\s*{_ONE_AGE})*\s*(?:,\s*)?(?:\band\b|&)\s*(?:the\s+other\s+)?{_ONE_AGE}")
_PARTED = compiled(r"\s*(?:,\s*(?:and\b|&)?|\band\b|&)\s*(?:the\s+other\s+)?")
_BOTH_ENDS = compiled(r"\b(?:between|from|range|anywhere|somewhere)\W+(?:the\s+ages\s+of\s+)?(?:about\s+)?$")
"""Before two ages that are the ends of one: "aged between 20 and 30"."""
_BACK = 30
"""Characters back in which that is said [G]."""

People = dict[int, list[Finding]]
"""The facts of each person."""


def find(text: str) -> list[Finding]:
    """Places where a text says that an age, build or height is the same as that of the person told of before."""
    low = plain(text)
    return [
        Finding(FIELD, _FIELDS[said[group]], *said.span(), "same as", 0.7)
        for said in (_SAME.finditer(low) if holds(low, ("same", "similar", "comparable", "equal")) else ())
        if _AS_OTHERS.match(low, said.end()) is None
        for group in ("first", "second")
        if said[group]
    ]


def resolve(belongs: People) -> None:
    """Give each person, in place, the values that are said to be the same as those of the one told of before them."""
    everything = [(index, one) for index, found in belongs.items() for one in found]
    for index, same in everything:
        if same.field != FIELD or any(f.field == same.value for f in belongs[index]):
            continue
        before = [(one.start, at) for at, one in everything if at != index and one.field == same.value]
        nearest = max((told for told in before if told[0] < same.start), default=None)
        if nearest is None or sum(f is same for _, f in everything) > 1:
            continue
        values = [f for f in belongs[nearest[1]] if f.field == same.value and not f.negated]
        belongs[index] += [Finding(f.field, f.value, same.start, same.end, "same as", 0.7) for f in values]


def share_out_ages(text: str, belongs: People) -> None:
    """Give each person one age, in place and in their order, where as many are told in a row as there are people."""
    low = plain(text)
    ages = [f for found in belongs.values() for f in found if f.field == "age" and not f.negated]
    shared = {f.start: f for at, f in enumerate(ages) if f in ages[:at]}
    for start in sorted(shared):
        people = [index for index, found in sorted(belongs.items()) if shared[start] in found]
        row = _IN_A_ROW.match(low, start)
        if row is None or _BOTH_ENDS.search(low, max(0, start - _BACK), start):
            continue
        each = _ages(low, row.start(), row.end())
        if len(each) != len(people) or any(map(_goes_on, each, each[1:])):
            continue
        for index, one in zip(people, each, strict=True):
            others = [f for f in belongs[index] if f.field != "age" or not row.start() <= f.start < row.end()]
            belongs[index] = [*others, one]


def _goes_on(one: Finding, other: Finding) -> bool:
    """Whether two decades are one stretch of years, which may be that of each: "in their 20s and 30s"."""
    return bool(one.value.max != one.value.min and one.value.max and other.value.min == one.value.max + 1)


def _ages(low: str, start: int, end: int) -> list[Finding]:
    """The ages between `start` and `end`, each by itself; none where one of them is no age."""
    ends = [*(mark.span() for mark in _PARTED.finditer(low, start, end)), (end, end)]
    starts = [start, *(past for _, past in ends)]
    parts = [(first, stop) for first, (stop, _) in zip(starts, ends, strict=False)]
    values = [age.normalise(low[first:stop]) for first, stop in parts]
    if None in values:
        return []
    return [Finding("age", value, *part, "one of a row", 0.85) for value, part in zip(values, parts, strict=True)]
