"""Reports that may repeat an alert, as the store tells: which alerts went out, and what people judged.

What a run left out stands in its record as numbers of reports and alerts, without words, and is worked out from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from linkage.report import Report
from linkage.review.echo import OWN_WORDS, Circulated
from linkage.review.echo_marks import JUDGEMENTS, Echo, marked, taken_out
from linkage.store.alert_record import EVENTS, Alert, AlertError, AlertEvent
from linkage.store.alerts import read_alert, read_alerts, record_alert_event
from linkage.vocabulary import fold

if TYPE_CHECKING:
    from linkage.store.store import Store


def circulated(store: Store) -> list[Circulated]:
    """Every alert that went out, in each version that did, oldest first; erased ones tell nothing any more."""
    found = []
    for history in read_alerts(store):
        for event in history.sent():
            version = history.version(event.version)
            if version.erased is None and event.at:
                regions = tuple(str(one) for one in event.detail.get("regions", ()))
                found.append(circulated_of(version, event.at[:10], regions))
    return found


def circulated_of(version: Alert, day: str, regions: tuple[str, ...]) -> Circulated:
    """What a version of an alert told, from the day (ISO) on which it went to these regions."""
    keyed: dict[str, set[str]] = {}
    for fact in version.facts:
        head, _, key = fact.field.partition(".")
        kind = head.rstrip("0123456789")
        keyed.setdefault(kind, set()).add(fold(fact.shown) if kind in OWN_WORDS else key)
    text = "\n".join(version.texts.get(name, "") for name in ("email", "short"))
    values = {kind: frozenset(keys) for kind, keys in keyed.items()}
    return Circulated(version.alert, day, regions, version.report_ids, frozenset(keyed), values, text)


def echoes(store: Store, reports: Mapping[str, Report]) -> dict[str, list[Echo]]:
    """Reports that are marked, by id, with each alert that they may repeat."""
    out = circulated(store)
    return marked(out, reports, _judged(store)) if out else {}


def marks_of(store: Store, names: Iterable[str], reports: Mapping[str, Report]) -> dict[str, list[Echo]]:
    """Of these reports those that are marked, without laying all others beside every alert."""
    out = circulated(store)
    wanted = dict.fromkeys(names)
    near = [*wanted, *(one for alert in out for one in alert.reports)]
    found = marked(out, {name: reports[name] for name in near if name in reports}, _judged(store)) if out else {}
    return {name: found[name] for name in wanted if name in found}


def judge_echo(store: Store, alert: int, report: str, judgement: str, reason: str) -> None:
    """Put down what a person says: the report repeats the alert, or is its own. AlertError for another judgement."""
    store.require(EVENTS["echo"])
    if judgement not in JUDGEMENTS:
        raise AlertError(f"{judgement!r} is no judgement on an echo: use {' or '.join(JUDGEMENTS)}")
    sent = read_alert(store, alert).sent()
    if not sent:
        raise AlertError(f"alert {alert} never went out, so that no report can repeat it")
    if store.report(report) is None:
        raise AlertError(f"there is no report {report}, so that it can repeat nothing")
    detail = {"report": report, "judgement": judgement, "reason": reason}
    record_alert_event(store, AlertEvent(alert, sent[-1].version, "echo", detail), ())


def as_linked(store: Store, reports: Sequence[Report], record: Mapping[str, Any]) -> list[Report]:
    """The reports as a run took them: without what its record says was left out."""
    left_out: Mapping[str, Sequence[int]] = record.get("echo", {}).get("left_out", {})
    marks = echoes(store, {one.report_id: one for one in reports}) if left_out else {}
    return taken_out(reports, marks, left_out)


def _judged(store: Store) -> dict[tuple[str, int], str]:
    """What people judged last, by report and alert."""
    return {
        (str(event.detail.get("report")), history.number): str(event.detail.get("judgement"))
        for history in read_alerts(store)
        for event in history.events
        if event.event == "echo"
    }
