"""How the scheme works: what comes in, how long it takes, what is decided, what goes out. Nobody is in it by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from statistics import quantiles

from sqlalchemy import Connection, func, select

from linkage.report import Report
from linkage.review.decision import Decision
from linkage.review.pack_outcome import outcomes
from linkage.sharing.suppression import LEAST, Count, suppressed, suppressed_areas
from linkage.store import Store
from linkage.store.alerts import read_alerts
from linkage.store.exports import all_exports
from linkage.store.schema import outbox, reports, runs, series, subscribers

NOT_KNOWN = "not known"
NOT_ENTERED = "nothing entered yet"
CONSENTS = ("alert", "police", "scas")


@dataclass(frozen=True, slots=True)
class Days:
    """Days from one thing to another, over the reports that had both: lower quartile, median and upper quartile; None
    where there are too few to show."""

    n: Count
    quarter: float | None = None
    half: float | None = None
    three_quarters: float | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Tables by name, each of counts by label, and spans of days by what they lead to."""

    tables: Mapping[str, Mapping[str, Count]]
    days: Mapping[str, Days]
    totals: Mapping[str, Count] = field(default_factory=dict)


def figures(store: Store, current: Collection[Report] | None = None) -> Figures:
    """Count what a store holds. Counts from 1 to 4 are None, and so is another where the total would tell one.

    `current` are its reports, where they were read already.
    """
    found, decided = store.reports() if current is None else current, store.decisions()
    arrived = _arrived(store, found)
    with store.engine.connect() as connection:
        suggested, sent = _first_suggested(connection), _sent(connection)
        members = _members(connection)
    tables: dict[str, Mapping[str, int]] = {
        "reports by kind": Counter(one.report_type or NOT_KNOWN for one in found),
        "reports by source": Counter(one.source.kind or NOT_KNOWN for one in found),
        "decisions by judgement": Counter(one.judgement for one in decided),
        "second checks": _second_checks(decided),
        "packs by newest outcome": _outcomes(store),
        "messages by state": sent,
        "subscribers by state": members,
    }
    tables |= {f"consent to {name}": _consent(found, name) for name in CONSENTS}
    areas = [(one.place.admin.region or NOT_KNOWN, one.place.admin.police_force or NOT_KNOWN) for one in found]
    regions, forces = suppressed_areas(Counter(areas))
    spans = {
        "first suggestion": suggested,
        "first decision": _first_decided(decided),
        "first alert": _first_alert(store),
    }
    return Figures(
        {name: suppressed(counts) for name, counts in tables.items()}
        | {"reports by region": regions, "reports by police force": forces},
        {name: _days(arrived, then) for name, then in spans.items()},
        suppressed({"reports": len(found), "decisions": len(decided)}),
    )


def _consent(found: Iterable[Report], name: str) -> Counter[str]:
    return Counter("yes" if getattr(one.consent, name) else "no" for one in found)


def _arrived(store: Store, found: Iterable[Report]) -> dict[str, str]:
    """The day on which each report was made, else on which it was read first."""
    with store.engine.connect() as connection:
        query = select(reports.c.report_id, func.min(reports.c.imported_at)).group_by(reports.c.report_id)
        read = {row[0]: row[1] for row in connection.execute(query)}
    return {one.report_id: one.received or read[one.report_id] for one in found}


def _first_suggested(connection: Connection) -> dict[str, str]:
    """When each report stood in a series first."""
    query = select(series.c.report_id, func.min(runs.c.at)).join(runs, runs.c.id == series.c.run_id)
    return {row[0]: row[1] for row in connection.execute(query.group_by(series.c.report_id))}


def _first_decided(decided: Iterable[Decision]) -> dict[str, str]:
    """When each report was decided on first, by name or as one of those meant."""
    found: dict[str, str] = {}
    for one in decided:
        meant = one.scope or {}
        for name in (one.left, one.right, *meant.get("left", ()), *meant.get("right", ())):
            found.setdefault(name, one.at or "")
    return found


def _first_alert(store: Store) -> dict[str, str]:
    """When an alert made from each report went out first."""
    found: dict[str, str] = {}
    for history in read_alerts(store):
        for event in history.sent():
            for name in history.version(event.version).report_ids:
                found[name] = min(found.get(name, event.at or ""), event.at or "")
    return found


def _second_checks(decided: Iterable[Decision]) -> Counter[str]:
    by_id = {one.id: one for one in decided}
    checks = [one for one in by_id.values() if one.second_of in by_id and one.second_of is not None]
    return Counter("agreed" if one.judgement == by_id[one.second_of].judgement else "disagreed" for one in checks)


def _outcomes(store: Store) -> Counter[str]:
    """Packs that left, by what was entered last about each."""
    left = [one for one in all_exports(store) if one.asked.detail["kind"] == "pack" and one.written]
    newest = [str(one.outcomes[-1].detail["outcome"]) if one.outcomes else NOT_ENTERED for one in left]
    return Counter(outcomes().get(name, name) for name in newest)


def _sent(connection: Connection) -> Counter[str]:
    query = select(outbox.c.state, func.count()).where(outbox.c.kind == "alert").group_by(outbox.c.state)
    return Counter({row[0]: row[1] for row in connection.execute(query)})


def _members(connection: Connection) -> Counter[str]:
    query = select(subscribers.c.state, func.count()).group_by(subscribers.c.state)
    return Counter({row[0]: row[1] for row in connection.execute(query)})


def _days(arrived: Mapping[str, str], then: Mapping[str, str]) -> Days:
    found = sorted(_between(arrived[name], at) for name, at in then.items() if name in arrived and at)
    if len(found) < LEAST:
        return Days(None if found else 0)
    quarter, half, three_quarters = quantiles(found, n=4, method="inclusive")
    return Days(len(found), quarter, half, three_quarters)


def _between(start: str, end: str) -> int:
    return max(0, (date.fromisoformat(end[:10]) - date.fromisoformat(start[:10])).days)
