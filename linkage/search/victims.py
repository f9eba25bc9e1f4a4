"""Words of a question that describe whom it was done to: "robbed an old lady", "trans sex worker"."""

from __future__ import annotations

import re
from functools import cache

from linkage.vocabulary.english import forms


def without_victims(words: str) -> str:
    """The words with those of a person harmed replaced by "her", each at the length it had: what describes whom it
    was done to must not be read as the person asked about."""
    for pattern in _patterns():
        words = pattern.sub(lambda found: found["before"] + "her".ljust(len(found["person"])), words)
    return words


def _any(name: str) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, forms("harmed", name)), key=len, reverse=True)) + ")"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    described = rf"(?:(?:an?|the|one|his|two|three|some|several)\s+)?(?:{_any('described')}\s+){{0,3}}"
    return (
        re.compile(
            rf"\b(?P<before>{_any('done')}\s+)(?P<person>{described}{_any('person')})\b(?!\s+(?:who|with|wearing)\b)",
            re.IGNORECASE,
        ),
        re.compile(rf"(?P<before>)(?P<person>\b(?:{_any('described')}\s+){{1,3}}{_any('harmed')})\b", re.IGNORECASE),
    )
