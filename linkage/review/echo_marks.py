"""Reports that are marked as possible echoes, what people judged of them, and what a run takes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log10

from linkage.linker import Linker
from linkage.report import Report
from linkage.review.echo import Circulated, Shared, rule, shared, weight_without, without_told

AS_TOLD, DISCOUNT = "as-told", "discount"
SETTINGS = (AS_TOLD, DISCOUNT)
"""How a run takes marked reports: as they tell, but for those that a person judged an echo; or without what the alert
told, where that carries the pair, but for those that a person judged a report of its own."""
ECHO, OWN = "echo", "own"
JUDGEMENTS = (ECHO, OWN)
"""What a person says: the report repeats the alert, or tells of itself."""

Marks = Mapping[str, Sequence["Echo"]]
"""Report id -> the alerts that it may repeat."""


@dataclass(frozen=True, slots=True)
class Echo:
    """A report that may repeat an alert: what they share, and what a person judged (empty where nobody did)."""

    report: str
    alert: Circulated
    shared: Shared
    judged: str = ""


def marked(
    alerts: Sequence[Circulated], reports: Mapping[str, Report], judged: Mapping[tuple[str, int], str] | None = None
) -> dict[str, list[Echo]]:
    """Reports that are marked, with each alert that they may repeat; `judged` by report and number of the alert."""
    found: dict[str, list[Echo]] = {}
    for alert in alerts:
        sources = [reports[name] for name in alert.reports if name in reports]
        for name, report in reports.items():
            both = shared(report, alert, sources)
            known = [one.alert.alert for one in found.get(name, ())]
            if both is not None and alert.alert not in known:
                said = (judged or {}).get((name, alert.alert), "")
                found.setdefault(name, []).append(Echo(name, alert, both, said))
    return found


def to_leave_out(marks: Marks, reports: Mapping[str, Report], setting: str, linker: Linker) -> dict[str, list[int]]:
    """Report -> alerts whose words a run takes out of it. `linker` has taken up the reports as they tell."""
    found: dict[str, list[int]] = {}
    for name, listed in marks.items():
        for one in listed:
            may = setting == DISCOUNT and one.judged != OWN
            if one.judged == ECHO or (may and _rests_on_it(one, reports, linker)):
                found.setdefault(name, []).append(one.alert.alert)
    return found


def taken_out(reports: Sequence[Report], marks: Marks, left_out: Mapping[str, Sequence[int]]) -> list[Report]:
    """The reports without what each of these alerts told."""
    found = []
    for given in reports:
        report = given
        for one in marks.get(given.report_id, ()):
            if one.alert.alert in left_out.get(given.report_id, ()):
                report = without_told(report, one.shared, one.alert)
        found.append(report)
    return found


def both_strengths(linker: Linker, a: Report, b: Report, one: Echo) -> tuple[float, float]:
    """Log10 weight of a pair as evidence, and as echo: without what the alert told."""
    explained = linker.explain_alone(a.report_id, b.report_id)
    return explained.weight, weight_without(explained.parts, one.shared, a, b, one.alert)


def stands_from(found: Shared, prior: float) -> float:
    """Log10 weight outside the alert from which a marked pair stands; `prior` is the log10 odds of any pair.

    Two stories explain that a marked report shares what the alert told: one person did both, or the report repeats
    the alert. Both make it as likely, so it tells nothing between them. Words in a row of the alert's own text tell:
    an account of its own seldom holds them, so that the pair has to stand as any pair does. Without them what is left
    is weighed against how often such a pair is an echo (`echo_odds`).
    """
    return -prior if found.run >= rule("least_run") else log10(rule("echo_odds"))


def _rests_on_it(one: Echo, reports: Mapping[str, Report], linker: Linker) -> bool:
    """Does the report's pair with one of the alert's own stand with what the alert told, and not without it?"""
    report, prior = reports[one.report], linker.prior_
    for source in (reports[name] for name in one.alert.reports if name in reports):
        as_evidence, as_echo = both_strengths(linker, report, source, one)
        if as_evidence + prior >= 0 and as_echo < stands_from(one.shared, prior):
            return True
    return False
