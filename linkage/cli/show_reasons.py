"""What speaks for each fact of a text, as a person reads it at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from linkage.report import quoted

BY_RULE = "no judge of people, vehicles, speech or behaviours weighed it"


def reasons_in_words(why: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Lines for all facts of a report, as `reasons.why_of` gives them; those decided by one answer stand together."""
    for reasons, facts in groupby(why, key=lambda one: one["reasons"]):
        told = [*facts]
        if reasons:
            yield ""
        for one in told:
            yield f"{one['fact']}: {quoted(' '.join(one['words'].split()))}" + ("" if reasons else f"; {BY_RULE}")
        for reason in reasons:
            yield from _reason(reason)


def _reason(reason: dict[str, Any]) -> Iterator[str]:
    least = "" if reason["least"] is None else f"; yes from {reason['least']:.0%}"
    yield f"  {reason['in_words']}: {reason['probability']:.1%}{least}"
    for one in (*reason["for"], *reason["against"]):
        yield _line(one["weight"], one["in_words"])
    yield _line(reason["other_weights"], "all that weighs less")
    yield _line(reason["base"], "to begin with")
    yield f"    = {reason['log_odds']:+.2f} log odds"


def _line(weight: float, words: str) -> str:
    return f"    {weight:+6.2f}  {words}"
