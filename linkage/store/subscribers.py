"""Who gets alerts, as plain rows. Addresses are encrypted before they come here (`linkage.sharing.addresses`)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from linkage.store.accounts import ChangedMeanwhileError
from linkage.store.audit import append, now
from linkage.store.schema import subscribers
from linkage.store.seals import sealed, seals_of

KINDS = ("person", "project", "establishment", "police", "site")
CHANNELS = ("email", "text", "app", "feed")
RISKS = ("all", "high")
WAITING, CONFIRMED, LEFT = "waiting", "confirmed", "left"


@dataclass(frozen=True, slots=True)
class Subscriber:
    """One who gets alerts. `regions` and `groups` are empty for all; `least_risk` is all or high; `address` is
    encrypted; `state` is waiting (for a confirmation), confirmed or left; `version` 0 is one not kept yet."""

    id: str
    kind: str
    channel: str
    name: str = ""
    regions: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    least_risk: str = "all"
    language: str = "en"
    address: str = ""
    address_mark: str = ""
    state: str = WAITING
    terms: str = ""
    created_at: str = ""
    changed_at: str = ""
    version: int = 0


def read_subscribers(connection: Connection) -> list[Subscriber]:
    """Every subscriber, in the order in which they came."""
    rows = connection.execute(select(subscribers).order_by(subscribers.c.created_at, subscribers.c.id)).mappings()
    return [_of(row) for row in rows]


def read_subscriber(connection: Connection, number: str) -> Subscriber | None:
    """One subscriber, or None."""
    row = connection.execute(select(subscribers).where(subscribers.c.id == number)).mappings().first()
    return _of(row) if row else None


def put_subscriber(connection: Connection, subscriber: Subscriber, who: str, what: str) -> Subscriber:
    """Add a subscriber (`version` 0) or change one, with an audit entry `what`; returns it as it is now.

    Raises ChangedMeanwhileError where it is not at the version that is given.
    """
    at = now()
    kept = replace(subscriber, created_at=subscriber.created_at or at, changed_at=at, version=subscriber.version + 1)
    row = sealed(subscribers, _row(kept))
    if subscriber.version:
        there = (subscribers.c.id == subscriber.id) & (subscribers.c.version == subscriber.version)
        if connection.execute(update(subscribers).where(there).values(row)).rowcount != 1:
            raise ChangedMeanwhileError("The subscriber was changed by somebody else. Look at it again")
    else:
        connection.execute(insert(subscribers), row)
    detail = {"subscriber": kept.id, "kind": kept.kind, "channel": kept.channel, "state": kept.state}
    append(connection, who, what, detail, seals_of(subscribers, [row]))
    return kept


def _row(one: Subscriber) -> dict[str, Any]:
    return asdict(one) | {"regions": json.dumps(one.regions), "groups": json.dumps(one.groups)}


def _of(row: RowMapping) -> Subscriber:
    found = {name: row[name] for name in Subscriber.__dataclass_fields__}
    lists = {name: tuple(json.loads(row[name])) for name in ("regions", "groups")}
    return Subscriber(**found | lists)
