"""Sends what waits in the outbox: at its pace, again after a passing failure, and nothing twice after a crash."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from linkage.sharing.addresses import AddressKey, load_address_key
from linkage.sharing.channel import Channel, FinalError, Parcel, PassingError, UnknownOutcomeError
from linkage.sharing.email_channel import EmailChannel
from linkage.sharing.gateway_channel import GatewayChannel
from linkage.sharing.handover_journal import Journal, journal
from linkage.sharing.sending_settings import Sending, defaults
from linkage.store import Store, outbox
from linkage.store.connect import writing
from linkage.store.outbox import FAILED, SENDING, SENT, UNACKNOWLEDGED, WAITING, Message


@dataclass
class Sent:
    """What one go of the sender did."""

    sent: int = 0
    later: int = 0
    failed: int = 0
    unacknowledged: int = 0
    errors: list[str] = field(default_factory=list)


Contents = Callable[[Message, AddressKey], Parcel | None]
"""Makes the message that leaves; None where there is nothing to send any more."""


def send(store: Store, settings: Sending, contents: Contents, wait: Callable[[float], None] = time.sleep) -> Sent:
    """Send everything that waits and whose time has come; returns when nothing of that kind is left.

    Raises SendingError where another sender is at work, or the settings cannot be used.
    """
    key, done = load_address_key(settings.key_file), Sent()
    ways = _channels(settings)
    me = f"{socket.gethostname()}/{os.getpid()}"
    with journal(settings.journal) as notes:
        done.unacknowledged += take_back(store, notes, {name: way.same_key for name, way in ways.items()})
        notes.forget()
        try:
            for name, way in ways.items():
                pace = _Pace(way.per_minute, wait)
                for message in _claimed(store, me, name):
                    pace.next()
                    _send_one(_Turn(store, way, notes, done), message, contents(message, key))
        finally:
            for way in ways.values():
                way.close()
        notes.forget()
    return done


def take_back(store: Store, notes: Journal, same_key: dict[str, bool]) -> int:
    """Settle what an earlier sender had in hand; returns how many of it nobody can say whether they were taken.

    On this machine no other sender is at work, since this one has the journal: what was not handed over waits again,
    what was taken is sent. What a sender of another machine has in hand is left to it, and after its lease nobody
    knows.
    """
    host, unknown = socket.gethostname(), 0
    oldest = (datetime.now(UTC) - timedelta(hours=defaults().lease_hours)).isoformat(timespec="microseconds")
    with writing(store.engine) as connection:
        for one in outbox.read(connection, state=SENDING):
            here = one.sender.rpartition("/")[0] == host
            if not here and one.at > oldest:
                continue
            if here and one.uid in notes.taken:
                state = SENT
            elif same_key.get(one.channel) or (here and one.uid not in notes.handed):
                state = WAITING
            else:
                state, unknown = UNACKNOWLEDGED, unknown + 1
            outbox.settle(connection, one.uid, state, store.who)
    return unknown


@dataclass(frozen=True, slots=True)
class _Turn:
    store: Store
    way: Channel
    notes: Journal
    done: Sent


def _claimed(store: Store, me: str, channel: str) -> Iterator[Message]:
    while True:
        with writing(store.engine) as connection:
            batch = outbox.claim(connection, me, (channel,), defaults().batch)
        if not batch:
            return
        yield from batch


def _send_one(turn: _Turn, message: Message, parcel: Parcel | None) -> None:
    done = turn.done
    if parcel is None:
        _settle(turn.store, message, outbox.CANCELLED)
        return
    try:
        turn.way.deliver(parcel, lambda: turn.notes.handing_over(message.uid))
    except UnknownOutcomeError as error:
        done.unacknowledged += 1
        done.errors.append(str(error))
        _settle(turn.store, message, UNACKNOWLEDGED, str(error))
    except FinalError as error:
        turn.notes.was_refused(message.uid)
        done.failed += 1
        done.errors.append(str(error))
        _settle(turn.store, message, FAILED, str(error))
    except PassingError as error:
        turn.notes.was_refused(message.uid)
        waits = defaults().backoff_minutes
        again = message.attempts < len(waits)
        done.later += again
        done.failed += not again
        done.errors.append(str(error))
        minutes = waits[message.attempts] if again else 0
        _settle(turn.store, message, WAITING if again else FAILED, str(error), minutes)
    else:
        turn.notes.was_taken(message.uid)
        done.sent += 1
        _settle(turn.store, message, SENT)


def _settle(store: Store, message: Message, state: str, error: str = "", minutes: float = 0) -> None:
    with writing(store.engine) as connection:
        outbox.settle(connection, message.uid, state, store.who, error, minutes)


def _channels(settings: Sending) -> dict[str, Channel]:
    """The channels that are configured and have a gateway; feeds are read, not sent."""
    found: dict[str, Channel] = {}
    if settings.email:
        found["email"] = EmailChannel(settings.email, settings.page)
    if settings.text:
        found["text"] = GatewayChannel(settings.text)
    if settings.app:
        found["app"] = GatewayChannel(settings.app)
    return found


class _Pace:
    """Keeps to so many messages a minute."""

    def __init__(self, per_minute: int, wait: Callable[[float], None]) -> None:
        self._gap, self._wait, self._due = 60 / per_minute, wait, 0.0

    def next(self) -> None:
        """Wait until the next message may go."""
        now = time.monotonic()
        if now < self._due:
            self._wait(self._due - now)
        self._due = max(now, self._due) + self._gap
