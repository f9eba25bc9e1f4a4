"""Registration marks that a text tells, whole or in part."""

from __future__ import annotations

from dataclasses import replace

from linkage.intake.document.tokens import Token, tokens
from linkage.intake.finding import Finding
from linkage.intake.judge.plates import is_plate
from linkage.intake.patterns import compiled
from linkage.intake.values.vehicles.plate_formats import format_of, joined
from linkage.intake.values.vehicles.registration import Part, before_cue, gathered, parts, pattern_of, put_right

_NEXT = 6
"""Characters between two things told of one plate [G]."""
_CUE_WORDS = (
    "reg", "plate", "vrm", "vrn", "index", "number", "letter", "ends ", "ended", "ending", "begin", "began", "starts",
    "front",
)  # fmt: skip
_MAY_HOLD = compiled(r"\b(?:[A-Z]{2,3}\b|[A-Z?_]{1,3}[\d?_]|\d{1,4}[A-Z]|[a-z]{2}\d\d)")
"""Without these, looked for at once, a text tells of no plate."""
_END = compiled(r"[.!?]\s")
_CONFIDENCE = {"full_plate": 0.9, "before_cue": 0.85, "described": 0.8}
"""How often each rule is right [G]."""


def find_plates(text: str) -> list[Finding]:
    """Registration marks, full and partial, in a text; spans hold the plate and the words that place it.

    What is told of one plate side by side ("06 plate, first two letters KM") is one.
    """
    made: list[Finding] = []
    words = tokens(text) if may_tell_plate(text) else ()
    for group in gathered(words, parts(words, lambda part: is_plate(words, part))):
        one, last = _finding(words, group), made[-1] if made else None
        near = last and one.start - last.end <= _NEXT and not _END.search(text, last.end, one.start)
        both = joined(last.value, one.value) if last and near and "full_plate" not in (last.rule, one.rule) else None
        if last and both:
            made[-1] = replace(one, value=both, start=last.start)
        else:
            made.append(one)
    return [replace(one, value=put_right(one.value)) for one in made]


def may_tell_plate(text: str) -> bool:
    """Whether a text is worth looking for plates in."""
    low = text.lower()
    return any(word in low for word in _CUE_WORDS) or _MAY_HOLD.search(text) is not None


def _finding(words: tuple[Token, ...], group: list[Part]) -> Finding:
    pattern = pattern_of(words, group)
    rule = "full_plate" if not set("*?") & set(pattern) and format_of(pattern) else "described"
    rule = "before_cue" if rule == "described" and before_cue(words, group[0]) else rule
    first, last = group[0].left.edge, max(group[-1].run.last, group[-1].right.edge)
    return Finding("registration", pattern, words[first].start, words[last - 1].end, rule, _CONFIDENCE[rule])
