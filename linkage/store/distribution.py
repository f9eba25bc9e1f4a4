"""What was sent, to whom, when and by whom: a log that is only added to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from sqlalchemy import Connection, insert, select

from linkage.store import audit
from linkage.store.audit import now
from linkage.store.schema import distribution
from linkage.store.seals import Seals, sealed, seals_of

RELEASED, FINISHED, RECALLED = "released", "finished", "recalled"


@dataclass(frozen=True, slots=True)
class Sending:
    """One line of the log: an alert's version to a region (empty: everywhere) and group (empty: everybody) by one
    channel. `count` is to how many it was released, or how many messages were sent."""

    event: str
    alert: int
    version: int
    region: str
    member_group: str
    channel: str
    count: int
    failed: int = 0
    at: str = ""
    who: str = ""
    id: int = 0


def record(connection: Connection, lines: Sequence[Sending], who: str, what: str) -> None:
    """Add lines, with one audit entry that vouches for them. Last in its transaction, as each audit entry is."""
    at, seals = now(), Seals()
    for line in lines:
        row = sealed(distribution, asdict(replace(line, at=at, who=who)) | {"id": None})
        row.pop("id")
        number = connection.execute(insert(distribution).returning(distribution.c.id), row).scalar_one()
        seals |= seals_of(distribution, [{"id": number, **row}])
    alerts = sorted({line.alert for line in lines})
    audit.append(connection, who, what, {"alerts": alerts, "count": sum(line.count for line in lines)}, seals)


def read(connection: Connection, alert: int | None = None) -> list[Sending]:
    """The log, oldest first; of one alert."""
    query = select(distribution).order_by(distribution.c.id)
    if alert is not None:
        query = query.where(distribution.c.alert == alert)
    fields = Sending.__dataclass_fields__
    return [Sending(**{name: row[name] for name in fields}) for row in connection.execute(query).mappings()]
