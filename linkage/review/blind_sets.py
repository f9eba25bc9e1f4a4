"""A series, and a report's place in one, without what would tell the strength of a pair that is decided blind.

A strength among two incidents is that of their pair, whatever it is called: of a series of two, of what is left of
three, of a report with one member alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from linkage.models.cohesion import SeriesExplanation
from linkage.models.membership import MembershipExplanation
from linkage.review.blind import Pair


@dataclass(frozen=True, slots=True)
class BlindSets:
    """`pairs` are decided blind (the smaller id first); `incident_of` names the incident that reports share."""

    pairs: Collection[Pair]
    incident_of: Mapping[str, str]

    def hides(self, reports: Iterable[str]) -> bool:
        """Whether these reports are of two incidents of which a pair is decided blind."""
        named = sorted(set(reports))
        if not self.pairs or len({self.incident_of.get(one, one) for one in named}) != 2:
            return False
        return any(pair in self.pairs for pair in combinations(named, 2))

    def place(
        self, found: MembershipExplanation, series: Mapping[str, Sequence[str]]
    ) -> MembershipExplanation | None:
        """A report's place without what tells such a pair: None where all of it does. Where one of the `options` does
        there are none, as the chances of the others tell what is missing. `series` are the members of each."""
        mine = (found.report_id, *found.together)
        if self.hides((*mine, *found.members)):
            return None
        left = tuple(
            one
            for one in found.members_left_out
            if not self.hides((*mine, *one.reports))
            and not self.hides((*mine, *(name for name in found.members if name not in one.reports)))
        )
        others = [(*one.reports, *series.get(one.series_id or "", ())) for one in found.options]
        telling = any(self.hides((*mine, *reports)) for reports in others)
        return replace(found, members_left_out=left, options=() if telling else found.options)

    def whole(self, found: SeriesExplanation) -> SeriesExplanation | None:
        """What a series hangs on without what tells such a pair: None where all of it does."""
        if self.hides(found.reports):
            return None
        left = tuple(one for one in found.members_left_out if not self.hides({*found.reports} - {*one.reports}))
        return replace(found, members_left_out=left)
