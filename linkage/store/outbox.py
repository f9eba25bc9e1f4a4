"""Messages that wait to be sent, one row for each recipient, and what became of each.

A message is put in once for an alert's version and a subscriber, whoever asks and however often. A sender takes rows
in hand, and settles each as soon as it knows what became of it; what a sender that died had in hand is taken back.
The audit vouches for what each message is and what became of it; while it is on its way, waiting and sending are one.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from linkage.store.audit import append, now
from linkage.store.digests import vouch
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


def put(connection: Connection, messages: Iterable[Message], who: str) -> list[Message]:
    """Put messages in that are not in yet, because a person says so; returns those that were new."""
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
    _tell(connection, who, "messages queued", [one.uid for one in new])
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


def settle(connection: Connection, uid: str, state: str, who: str, error: str = "", wait_minutes: float = 0) -> None:
    """Put down what became of a message that was in hand. A failed attempt counts; `waiting` tries it again after
    so many minutes."""
    changes = {"state": state, "at": now(), "error": error, "sender": ""}
    if state == WAITING:
        later = datetime.now(UTC) + timedelta(minutes=wait_minutes)
        changes["next_at"] = later.isoformat(timespec="microseconds")
    attempts = outbox.c.attempts + (1 if error or state == SENT else 0)
    done = connection.execute(
        update(outbox).where(outbox.c.uid == uid, outbox.c.state == SENDING).values(attempts=attempts, **changes)
    )
    if state != WAITING and done.rowcount:
        _tell(connection, who, f"message {state}", [uid])


def cancel(connection: Connection, alert: int, who: str) -> int:
    """Send none of an alert that still waits; returns how many."""
    return _cancel(connection, (outbox.c.alert == alert) & (outbox.c.kind == "alert"), who)


def retry(connection: Connection, uid: str, who: str) -> bool:
    """Let a message that failed or was not acknowledged wait once more, because a person says so."""
    again = (outbox.c.uid == uid) & outbox.c.state.in_((FAILED, UNACKNOWLEDGED))
    at = now()
    done = connection.execute(update(outbox).where(again).values(state=WAITING, next_at=at, at=at, attempts=0))
    if done.rowcount:
        _tell(connection, who, "message sent again", [uid])
    return done.rowcount == 1


def cancel_of(connection: Connection, subscriber: str, who: str) -> None:
    """Send nothing more that waits for a subscriber."""
    _cancel(connection, outbox.c.subscriber == subscriber, who)


def _cancel(connection: Connection, which: ColumnElement[bool], who: str) -> int:
    """Cancel what waits of these; returns how many."""
    changed = update(outbox).where(which, outbox.c.state == WAITING).values(state=CANCELLED, at=now())
    uids = list(connection.execute(changed.returning(outbox.c.uid)).scalars())
    _tell(connection, who, "messages cancelled", uids)
    return len(uids)


def _tell(connection: Connection, who: str, what: str, uids: Sequence[str]) -> None:
    """An audit entry that vouches for these messages as they are now; none where there are none."""
    if uids:
        detail = {"messages": len(uids)} if len(uids) > 1 else {"message": uids[0]}
        append(connection, who, what, detail, vouch(connection, outbox, outbox.c.uid, uids))


def vouch_for_all(connection: Connection) -> None:
    """Vouch for every message of a store whose audit did not yet, in an entry of its own."""
    _tell(connection, "linkage", "upgrade", list(connection.execute(select(outbox.c.uid)).scalars()))


def _of(row: Row[tuple[object, ...]]) -> Message:
    return Message(**{field: getattr(row, field) for field in Message.__dataclass_fields__})
