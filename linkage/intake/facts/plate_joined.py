"""Two findings that one sentence tells of one plate, made one: "FX12 something, ending in a T"."""

from __future__ import annotations

import re

from linkage.intake.facts.finding import Finding
from linkage.intake.patterns import compiled

_GAP = compiled(
    r"[\s,;:('\"”’–-]{0,3}(?:(?:and|but|then|it|also|which|that|reg|plate|registration|with|possibly|maybe|i\sthink)[\s,]){0,3}",
    re.IGNORECASE,
)
"""What may stand between two parts of a plate."""
_OF_AN_END = compiled(r"(?:and\s|it\s|which\s|then\s){0,2}(?:end|last|finish|final|clos)", re.IGNORECASE)
_LONGEST = 7  # characters of a British mark


def joined_up(text: str, findings: list[Finding]) -> list[Finding]:
    """The findings of `text`, in their order, with the two that tell a beginning and an end of one plate as one."""
    made: list[Finding] = []
    for one in findings:
        last = made[-1] if made else None
        value = _joined(text, last, one) if last else None
        if last and value:
            made[-1] = Finding(
                one.field, value, last.start, one.end, "described", min(last.confidence, one.confidence)
            )
        else:
            made.append(one)
    return made


def _joined(text: str, first: Finding, second: Finding) -> str | None:
    a, b = first.value, second.value
    if not isinstance(a, str) or not isinstance(b, str) or not a.endswith("*") or a.startswith("*"):
        return None
    if _GAP.fullmatch(text, first.end, second.start) is None:
        return None
    if b.endswith("*") and len(b) > len(a) and b.startswith(a[:-1]):
        return b
    tells_an_end = b.startswith("*") and not b.endswith("*") and _OF_AN_END.match(text, second.start) is not None
    return a + b[1:] if tells_an_end and len(a) + len(b) - 2 <= _LONGEST else None
