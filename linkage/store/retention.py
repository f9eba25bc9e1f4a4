"""Which reports of a store are kept for longer than its organisation's rules say, and the erasure of many at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime

from sqlalchemy import func, select

from linkage.report import Report
from linkage.review import retention
from linkage.review.retention import Due, Rule
from linkage.store import quarantine
from linkage.store.erasing import Erased
from linkage.store.schema import reports
from linkage.store.scrubbing import scrub
from linkage.store.store import Store


def due(store: Store, rules: Collection[Rule], today: date | None = None) -> list[Due]:
    """Every report whose time is over by `today` (in UTC), each by the first rule that takes it, by number; of what
    came in from outside and was not taken in, kind, consent and the day it came are known."""
    store.require("retention")
    newest = select(reports.c.report_id, func.max(reports.c.imported_at)).group_by(reports.c.report_id)
    with store.engine.connect() as connection:
        untaken = quarantine.untaken(connection)
        at = {name: date.fromisoformat(when[:10]) for name, when in connection.execute(newest)}
    decided = {name for one in store.decisions() for name in one.reports}
    kept = [retention.RetainedReport(one, at[one.report_id], one.report_id in decided) for one in store.reports()]
    kept += [retention.RetainedReport(_outline(one), date.fromisoformat(one.at[:10])) for one in untaken]
    return retention.due(kept, rules, today or datetime.now(UTC).date())


def _outline(one: quarantine.Item) -> Report:
    """What is known of a report that was not taken in."""
    consent = {name: given is True for name, given in (one.values.get("consent") or {}).items()}
    return Report.model_validate(
        {"report_id": one.number, "report_type": one.kind, "received": one.at[:10], "consent": consent}
    )


def erase_all(store: Store, going: Collection[tuple[str, str, str]]) -> list[Erased]:
    """Erase reports, each given as its number, reason and rule (or none), and write the database's files anew once.

    Each is an erasure of its own: what was erased when this is cut short stays erased, and whoever opens the store
    to write next writes the files anew. Raises what `Store.erase` does; what came before is erased then.
    """
    done = list[Erased]()
    try:
        for number, reason, rule in going:
            done.append(store.erase(number, reason, rule, scrub=False))
    finally:
        if done:
            scrub(store.engine, store.who)
    return done
