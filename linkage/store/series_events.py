"""The history of candidate series: named, confirmed, merged, split. Only ever added to."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from linkage.review.series_event import SeriesEvent
from linkage.store.audit import append, now
from linkage.store.schema import series_events
from linkage.store.seals import Seals, sealed, seals_of


def add(connection: Connection, events: Sequence[SeriesEvent], who: str) -> Seals:
    """Add events, in their order; returns their seals, for the audit entry of the step that they belong to."""
    at, seals = now(), Seals()
    for event in events:
        row = {
            "at": at,
            "who": event.who or who,
            "series_id": event.series_id,
            "event": event.event,
            "detail": json.dumps(event.detail, ensure_ascii=False, sort_keys=True),
            "decision": event.decision,
            "run": event.run,
        }
        row = sealed(series_events, row)
        number = connection.execute(insert(series_events).returning(series_events.c.id), row).scalar_one()
        seals |= seals_of(series_events, [{"id": number, **row}])
    return seals


def record(connection: Connection, events: Sequence[SeriesEvent], who: str) -> None:
    """Add events with an audit entry of their own."""
    if events:
        told = [{"series": event.series_id, "event": event.event} for event in events]
        append(connection, events[0].who or who, "series", {"events": told}, add(connection, events, who))


def read(connection: Connection, series_id: str | None = None) -> list[SeriesEvent]:
    """The events of one series, or of all, oldest first."""
    query = select(series_events).order_by(series_events.c.id)
    if series_id is not None:
        query = query.where(series_events.c.series_id == series_id)
    names = SeriesEvent.__dataclass_fields__
    rows = [{name: row[name] for name in names} for row in connection.execute(query).mappings()]
    return [SeriesEvent(**row | {"detail": json.loads(row["detail"])}) for row in rows]
