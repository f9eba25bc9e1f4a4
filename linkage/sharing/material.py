"""What exports are made from: the reports of a store, its latest run, and what explains a series of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

from linkage.models.cohesion import SeriesExplanation
from linkage.models.series_inference import Constraints
from linkage.report import Report
from linkage.review.run_linker import explain_only, linker_of
from linkage.review.series_view import BaseRates, base_rates
from linkage.store import Pair, Run, Store, carrying


@dataclass(frozen=True)
class Material:
    """One state of a store. `series` are the members of each series of the run, with their roles; `incident_of` names
    the incident of reports that share one; `explain` explains a series of these reports and none besides; `linked`
    gives the run's pair of two reports."""

    reports: Mapping[str, Report]
    versions: Mapping[str, int]
    series: Mapping[str, Mapping[str, str]]
    incident_of: Mapping[str, str]
    explain: Callable[[Sequence[str]], SeriesExplanation]
    linked: Callable[[str, str], Pair | None]
    method: Mapping[str, Any] = field(default_factory=dict)
    counted: BaseRates = field(default_factory=BaseRates)


def material(store: Store, linker: Any | None = None) -> Material:
    """The state of a store as it is now. `linker` is one that was fitted to it already.

    Raises OldRunError, once a series is explained, where the run was made by another version.
    """
    reports = {report.report_id: report for report in store.reports()}
    run = store.latest_run()
    series = {one.series_id: {m.report_id: m.role for m in one.members} for one in run.series()} if run else {}
    incidents = run.incidents() if run else {}
    return Material(
        reports=reports,
        versions=carrying.versions(store),
        series=series,
        incident_of={one: name for name, rows in incidents.items() for one, basis in rows if basis != "proposed"},
        explain=_explainer(store, run, reports, linker),
        linked=lambda a, b: run.pair(a, b) if run else None,
        method=_method(run),
        counted=base_rates(reports.values()),
    )


def _explainer(
    store: Store, run: Run | None, reports: Mapping[str, Report], linker: Any | None
) -> Callable[[Sequence[str]], SeriesExplanation]:
    """What explains a series, by the weights of the run; prepared when it is first asked."""
    ready = [] if linker is None else [linker]
    held = store.constraints_of(run) if run else None

    answers: dict[tuple[str, ...], SeriesExplanation] = {}

    def explain(members: Sequence[str]) -> SeriesExplanation:
        """Explain these reports, and none besides, as one series. ValueError where they are of one incident, or
        nothing is linked."""
        key = tuple(sorted(members))
        if key in answers:
            return answers[key]
        if run is None or held is None:
            raise ValueError("nothing is linked")
        pairs = (held.must_link, held.cannot_link, held.soft_link, held.same_incident, held.other_incident)
        must, cannot, *others = pairs
        told = Constraints.of(must, cannot, reports, *others)
        if not ready:
            made = linker_of(run.record)
            made.take(list(reports.values()), told)
            made.hold(carrying.weights(store, run.id, dict(reports)))
            ready.append(made)
        answers[key] = explain_only(ready[0], list(members), told)
        return answers[key]

    return explain


def _method(run: Run | None) -> dict[str, Any]:
    """What made the links: the program, the run and its settings."""
    told: dict[str, Any] = {"program": f"linkage {version('linkage')}"}
    if run is None:
        return told | {"run": "not linked yet"}
    settings = run.record.get("settings", {})
    return told | {
        "run": f"run {run.id} of {run.at[:10]}",
        "perceived ethnicity, complexion and accent": "carry weight"
        if settings.get("sensitive")
        else "carry no weight",
        "reports linked": f"{run.record.get('counts', {}).get('reports', len(run.series())):,}",
    }
