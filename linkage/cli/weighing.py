"""What the latest run says of a decision that is taken on the command line: what the pages would show of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from linkage.linker import Linker
from linkage.models.cohesion import SeriesExplanation
from linkage.models.membership import MembershipExplanation
from linkage.models.series_inference import Constraints
from linkage.report import Report
from linkage.review.decision import Decision
from linkage.review.parting import parting
from linkage.review.run_linker import linker_of
from linkage.review.snapshot import Shown
from linkage.store import Run, Store, carrying
from linkage.store.echoes import as_linked


def shown_by(decision: Decision, kept: Store, run: Run, reports: Mapping[str, Report]) -> Shown | None:
    """The evidence on what is decided, under the weights and decisions of the run; None where it has none, as for
    reports of a single incident. OldRunError where its weights cannot be read."""
    held = kept.constraints_of(run)
    incidents = (held.same_incident, held.other_incident)
    bound = Constraints.of(held.must_link, held.cannot_link, reports, held.soft_link, *incidents)
    taken = as_linked(kept, list(reports.values()), run.record)
    linker = linker_of(run.record).take(taken, bound)
    linker.hold(carrying.weights(kept, run.id, {one.report_id: one for one in taken}))
    if decision.kind in ("pair", "same_incident"):
        listed = run.pair(decision.left, decision.right)
        return linker.explain(decision.left, decision.right, listed.probability if listed else None, bound)
    sides = [[name for name in decision.side(side) if name in reports] for side in ("left", "right")]
    if not all(sides):
        return None
    if decision.kind == "report_series":
        series = {one.series_id: [member.report_id for member in one.members] for one in run.series()}
        series[decision.right] = [decision.left, *sides[1]]
        here = {name: [one for one in members if one in reports] for name, members in series.items()}
        return _place(linker, decision, here, bound)

    def whole(members: Sequence[str]) -> SeriesExplanation | None:
        """A series of these reports; None where they are of one incident."""
        try:
            return linker.explain_series(list(members), bound)
        except ValueError:
            return None

    return parting(whole, *sides)


def _place(
    linker: Linker, decision: Decision, series: Mapping[str, Sequence[str]], bound: Constraints
) -> MembershipExplanation | None:
    """A report's place among the members that are meant, beside the other series."""
    try:
        return linker.explain_membership(decision.left, series, decision.right, bound)
    except ValueError:
        return None
