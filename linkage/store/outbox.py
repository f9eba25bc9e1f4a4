"""Messages that wait to be sent, one row for each recipient, and what became of each.

A message is put in once for an alert's version and a subscriber, whoever asks and however often. A sender takes rows
in hand, and settles each as soon as it knows what became of it; what a sender that died had in hand is taken back.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Row, func, insert, select, update

from linkage.store.audit import now
from linkage.store.schema import outbox

WAITING, SENDING, SENT, FAILED, CANCELLED = "waiting", "sending", "sent", "failed", "cancelled"
UNACKNOWLEDGED = "unacknowledged"
"""Handed over, but the sender died before it heard that it was taken: a person looks whether to send it again."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one subscriber. `kind` is alert, recall or confirm; `uid` is its number at every retry; `alert`
    and `version` are 0 for a confirmation."""

    kind: str
    alert: int
    version: int
    subscriber: str
    channel: str
    uid: str = ""
    state: str = WAITING
    attempts: int = 0
    next_at: str = ""
    sender: str = ""
    at: str = ""
    error: str = ""


def put(connection: Connection, messages: Iterable[Message]) -> list[Message]:
    """Put messages in that are not in yet; returns those that were new."""
    wanted = list(messages)
    names = select(outbox.c.kind, outbox.c.alert, outbox.c.version, outbox.c.subscriber)
    about = outbox.c.alert.in_({one.alert for one in wanted})
    there = {tuple(row) for row in connection.execute(names.where(about))}
    at, new = now(), []
    for one in wanted:
        name = (one.kind, one.alert, one.version, one.subscriber)
        if name in there:
            continue
        there.add(name)
        message = Message(*name, one.channel, uid=str(uuid.uuid4()), next_at=at, at=at)
        connection.execute(insert(outbox), {field: getattr(message, field) for field in Message.__dataclass_fields__})
        new.append(message)
    return new


def read(connection: Connection, alert: int | None = None, state: str | None = None) -> list[Message]:
    """Messages, oldest first; of one alert, or in one state."""
    query = select(outbox).order_by(outbox.c.id)
    if alert is not None:
        query = query.where(outbox.c.alert == alert)
    if state is not None:
        query = query.where(outbox.c.state == state)
    return [_of(row) for row in connection.execute(query)]


def counts(connection: Connection, alert: int | None = None) -> dict[str, int]:
    """How many messages are in each state."""
    query = select(outbox.c.state, func.count()).group_by(outbox.c.state)
    if alert is not None:
        query = query.where(outbox.c.alert == alert)
    return {row[0]: row[1] for row in connection.execute(query)}


def claim(connection: Connection, sender: str, channels: Sequence[str], most: int) -> list[Message]:
    """Take at most so many waiting messages in hand whose time has come; no other sender gets the same."""
    at = now()
    query = (
        select(outbox)
        .where(outbox.c.state == WAITING, outbox.c.next_at <= at, outbox.c.channel.in_(channels))
        .order_by(outbox.c.next_at, outbox.c.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    found = [_of(row) for row in connection.execute(query)]
    numbers = [one.uid for one in found]
    change = update(outbox).where(outbox.c.uid.in_(numbers), outbox.c.state == WAITING)
    connection.execute(change.values(state=SENDING, sender=sender, at=at))
    return found


def settle(connection: Connection, uid: str, state: str, error: str = "", wait_minutes: float = 0) -> None:
    """Put down what became of a message that was in hand. A failed attempt counts; `waiting` tries it again after
    so many minutes."""
    changes = {"state": state, "at": now(), "error": error, "sender": ""}
    if state == WAITING:
        later = datetime.now(UTC) + timedelta(minutes=wait_minutes)
        changes["next_at"] = later.isoformat(timespec="microseconds")
    attempts = outbox.c.attempts + (1 if error or state == SENT else 0)
    connection.execute(
        update(outbox).where(outbox.c.uid == uid, outbox.c.state == SENDING).values(attempts=attempts, **changes)
    )


def cancel(connection: Connection, alert: int) -> int:
    """Send none of an alert that still waits; returns how many."""
    waits = (outbox.c.alert == alert) & (outbox.c.kind == "alert") & (outbox.c.state == WAITING)
    return connection.execute(update(outbox).where(waits).values(state=CANCELLED, at=now())).rowcount


def retry(connection: Connection, uid: str) -> bool:
    """Let a message that failed or was not acknowledged wait once more, because a person says so."""
    again = (outbox.c.uid == uid) & outbox.c.state.in_((FAILED, UNACKNOWLEDGED))
    at = now()
    done = connection.execute(update(outbox).where(again).values(state=WAITING, next_at=at, at=at, attempts=0))
    return done.rowcount == 1


def cancel_of(connection: Connection, subscriber: str) -> None:
    """Send nothing more that waits for a subscriber."""
    waits = (outbox.c.subscriber == subscriber) & (outbox.c.state == WAITING)
    connection.execute(update(outbox).where(waits).values(state=CANCELLED, at=now()))


def _of(row: Row[tuple[object, ...]]) -> Message:
    return Message(**{field: getattr(row, field) for field in Message.__dataclass_fields__})
