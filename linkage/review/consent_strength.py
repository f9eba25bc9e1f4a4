"""What a series is worth on the reports alone that may be shared: asked before anybody offers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from linkage.models.cohesion import SeriesExplanation
from linkage.report import Report
from linkage.review.strength import signed, strength_word

PURPOSES = ("alert", "police", "scas")
"""What a report's consent may allow; missing consent means no."""


@dataclass(frozen=True, slots=True)
class ConsentStrength:
    """A series on its `shareable` reports alone, without those `left_out`.

    `whole` and `alone` are log10 odds of the series kept whole against its best split, with all its reports and with
    the shareable ones; None where a single incident is left.
    """

    purpose: str
    shareable: tuple[str, ...]
    left_out: tuple[str, ...]
    whole: float | None
    alone: float | None

    @property
    def words(self) -> str:
        """How many may be shared, and what the series is on those alone."""
        count = f"{len(self.shareable):,} of {len(self.shareable) + len(self.left_out):,} may be shared"
        if not self.left_out:
            return f"{count}: the series is as strong as it stands"
        if self.alone is None:
            return f"{count}; those alone are no series"
        word = strength_word(self.alone)
        still = "still " if self.whole is not None and word == strength_word(self.whole) else ""
        return f"{count}; on those alone: {still}{word} ({signed(self.alone, 1)})"


def consent_strength(
    members: Sequence[str],
    reports: Mapping[str, Report],
    explain: Callable[[Sequence[str]], SeriesExplanation],
    purpose: str = "police",
) -> ConsentStrength:
    """Weigh a series anew on the members whose consent allows `purpose` (one of PURPOSES).

    `explain` explains a series of these reports and none besides (`explain_only`); ValueError from it means a single
    incident.
    """
    if purpose not in PURPOSES:
        raise ValueError(f"purpose {purpose!r} is not one of {', '.join(PURPOSES)}")
    known = [one for one in members if one in reports]
    shareable = tuple(one for one in known if getattr(reports[one].consent, purpose))
    left_out = tuple(one for one in known if one not in shareable)
    return ConsentStrength(purpose, shareable, left_out, _kept_whole(known, explain), _kept_whole(shareable, explain))


def _kept_whole(members: Sequence[str], explain: Callable[[Sequence[str]], SeriesExplanation]) -> float | None:
    if len(members) < 2:
        return None
    try:
        return explain(members).split.strength
    except ValueError:
        return None
