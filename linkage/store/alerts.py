"""Keeps alerts: each version of their words and what became of it, only ever added to."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, RowMapping, func, insert, select, text

from linkage.store.accounts import ChangedMeanwhileError
from linkage.store.alert_record import (
    EVENTS,
    WITH_A_VERSION,
    Alert,
    AlertError,
    AlertEvent,
    AlertHistory,
    AlertState,
    Check,
    Fact,
)
from linkage.store.alert_schema import alert_events, alerts
from linkage.store.audit import append, now
from linkage.store.connect import writing
from linkage.store.seals import Seals, sealed, seals_of

if TYPE_CHECKING:
    from linkage.store.store import Store


def keep_alert(store: Store, alert: Alert, event: str, detail: Mapping[str, Any] | None = None) -> Alert:
    """Keep a version of an alert with the event that made it; returns it with number, version, person and time.

    A new alert has the number 0, a later version that of the version it was made from. ChangedMeanwhileError when
    somebody else has kept a version since; NotAllowedError for who may not.
    """
    if event not in WITH_A_VERSION:
        raise AlertError(f"{event!r} makes no version of an alert: use {', '.join(WITH_A_VERSION)}")
    store.require(EVENTS[event])
    who = store.who
    with writing(store.engine) as connection:
        kept = replace(_numbered(connection, alert), who=who, at=now())
        row = sealed(alerts, _row(kept))
        number = connection.execute(insert(alerts).returning(alerts.c.id), row).scalar_one()
        seals = seals_of(alerts, [{"id": number, **row}])
        made = AlertEvent(kept.alert, kept.version, event, detail or {}, who)
        seals |= add_event(connection, made)
        append(connection, who, f"alert {event}", _known(made) | {"subject": kept.subject}, seals)
    return kept


def record_alert_event(store: Store, event: AlertEvent, allowed: Collection[str]) -> None:
    """Add what became of a version. AlertError where that cannot be: an alert that a check stops is not approved, one
    that is not approved is not sent. `allowed` as for `AlertHistory.state`."""
    if event.event not in EVENTS or event.event in WITH_A_VERSION:
        raise AlertError(f"{event.event!r} is nothing that becomes of an alert")
    store.require(EVENTS[event.event])
    who = store.who
    with writing(store.engine) as connection:
        _lock(connection)
        history = _read(connection, event.alert)[0]
        _refuse(history, event, allowed, who)
        append(connection, who, f"alert {event.event}", _known(event), add_event(connection, replace(event, who=who)))


def next_number(store: Store) -> int:
    """The number that a new alert gets, unless somebody is faster: then keeping it says so."""
    with store.engine.connect() as connection:
        return _next(connection)


def read_alerts(store: Store) -> list[AlertHistory]:
    """Every alert, oldest first."""
    with store.engine.connect() as connection:
        return _read(connection)


def read_alert(store: Store, number: int) -> AlertHistory:
    """One alert. AlertError when there is none of that number."""
    with store.engine.connect() as connection:
        return _read(connection, number)[0]


def _refuse(history: AlertHistory, event: AlertEvent, allowed: Collection[str], who: str) -> None:
    """Raise AlertError where an event cannot be."""
    newest = history.current(history.version(event.version).language)
    state = history.state(allowed, newest.language if newest else None)
    name = f"alert {history.number} version {event.version}"
    if event.event in ("approved", "second_checked") and newest and newest.version != event.version:
        raise AlertError(f"{name} is not the newest; read version {newest.version}")
    needs = {
        "approved": (AlertState.DRAFT,),
        "second_checked": (AlertState.SECOND_CHECK,),
        "sent": (AlertState.APPROVED, AlertState.SENT),
        "withdrawn": (AlertState.DRAFT, AlertState.STOPPED, AlertState.SECOND_CHECK, AlertState.APPROVED),
    }.get(event.event, tuple(AlertState))
    if state not in needs:
        why = ", ".join(one.rule for one in history.version(event.version).stops)
        raise AlertError(f"{name} cannot be {event.event}: it is {state}{f' ({why})' if why else ''}")
    if event.event == "recalled" and not history.sent():
        raise AlertError(f"{name} never went out; withdraw it instead")
    if event.event == "second_checked" and who in {one.who for one in history.of(event.version, "approved")}:
        raise AlertError(f"{name} was approved by {who}: somebody else has to check it")


def _numbered(connection: Connection, alert: Alert) -> Alert:
    _lock(connection)
    number = alert.alert or _next(connection)
    newest = connection.execute(select(func.max(alerts.c.version)).where(alerts.c.alert == number)).scalar() or 0
    if newest != alert.version or number > _next(connection):
        raise ChangedMeanwhileError(f"alert {number} was changed meanwhile; look at version {newest} first")
    return replace(alert, alert=number, version=newest + 1)


def _next(connection: Connection) -> int:
    return int(connection.execute(select(func.max(alerts.c.alert))).scalar() or 0) + 1


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":  # SQLite lets one write at a time
        connection.execute(text("LOCK TABLE alerts, alert_events IN EXCLUSIVE MODE"))


def _known(event: AlertEvent) -> dict[str, Any]:
    """What the audit tells of an event: no words of a report."""
    return {"alert": event.alert, "version": event.version}


def add_event(connection: Connection, event: AlertEvent) -> Seals:
    """Add an event within a step that keeps more than it; returns its seal, for the audit entry of that step."""
    row = {name: getattr(event, name) for name in ("alert", "version", "event", "who")}
    row = sealed(alert_events, row | {"at": now(), "detail": _json(event.detail), "erased": None})
    number = connection.execute(insert(alert_events).returning(alert_events.c.id), row).scalar_one()
    return seals_of(alert_events, [{"id": number, **row}])


def _row(alert: Alert) -> dict[str, Any]:
    plain = ("alert", "version", "at", "who", "kind", "subject", "language", "erased")
    row = {name: getattr(alert, name) for name in plain}
    facts = [[one.field, one.shown, one.sources, one.standing] for one in alert.facts]
    checks = [[one.rule, one.verdict, one.words, one.says] for one in alert.checks]
    listed: dict[str, Any] = {
        "reports": alert.reports,
        "held_back": alert.held_back,
        "facts": facts,
        "checks": checks,
    }
    listed |= {"texts": dict(alert.texts), "settled": dict(alert.settled)}
    return row | {name: _json(value) for name, value in listed.items()}


def _read(connection: Connection, number: int | None = None) -> list[AlertHistory]:
    rows, steps = select(alerts).order_by(alerts.c.id), select(alert_events).order_by(alert_events.c.id)
    if number is not None:
        rows, steps = rows.where(alerts.c.alert == number), steps.where(alert_events.c.alert == number)
    versions: dict[int, list[Alert]] = {}
    for row in connection.execute(rows).mappings():
        versions.setdefault(row["alert"], []).append(_alert(row))
    if number is not None and not versions:
        raise AlertError(f"there is no alert {number}; linkage alert list shows them")
    events = [_event(row) for row in connection.execute(steps).mappings()]
    return [AlertHistory(tuple(found), tuple(e for e in events if e.alert == n)) for n, found in versions.items()]


def _alert(row: RowMapping) -> Alert:
    plain = ("alert", "version", "at", "who", "kind", "subject", "language", "erased")
    facts = [Fact(one[0], one[1], _pairs(one[2]), one[3]) for one in json.loads(row["facts"])]
    checks = [Check(one[0], one[1], tuple(one[2]), one[3]) for one in json.loads(row["checks"])]
    return Alert(
        **{name: row[name] for name in plain},
        reports=_pairs(json.loads(row["reports"])),
        held_back=_pairs(json.loads(row["held_back"])),
        texts=json.loads(row["texts"]),
        settled=json.loads(row["settled"]),
        facts=tuple(facts),
        checks=tuple(checks),
    )


def _pairs(listed: Sequence[Sequence[Any]]) -> tuple[tuple[Any, Any], ...]:
    return tuple((one[0], one[1]) for one in listed)


def _event(row: RowMapping) -> AlertEvent:
    names = ("alert", "version", "event", "who", "id", "at")
    return AlertEvent(**{name: row[name] for name in names}, detail=json.loads(row["detail"]))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
