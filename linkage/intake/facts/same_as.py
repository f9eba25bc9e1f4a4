"""What is told of one person by pointing at another: "the second was about the same age and of similar build"."""

from __future__ import annotations

from linkage.intake.facts.finding import Finding
from linkage.intake.facts.surface import holds, plain
from linkage.intake.patterns import compiled

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


def find(text: str) -> list[Finding]:
    """Places where a text says that an age, build or height is the same as that of the person told of before."""
    low = plain(text)
    found: list[Finding] = []
    for said in _SAME.finditer(low) if holds(low, ("same", "similar", "comparable", "equal")) else ():
        if _AS_OTHERS.match(low, said.end()):
            continue
        found += [
            Finding(FIELD, _FIELDS[said[group]], *said.span(), "same as", 0.7)
            for group in ("first", "second")
            if said[group]
        ]
    return found


def resolve(belongs: dict[int, list[Finding]]) -> None:
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
