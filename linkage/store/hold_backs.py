"""Details that are kept out of alerts on purpose: a later report that tells one cannot have it from an alert."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert, select

from linkage.errors import LinkageError
from linkage.store.alert_schema import hold_backs
from linkage.store.audit import append, now
from linkage.store.connect import writing
from linkage.store.seals import sealed, seals_of

if TYPE_CHECKING:
    from linkage.store.store import Store

DETAILS = ("behaviour", "mark", "phrase", "vehicle")
"""What a detail can be: a behaviour's key, words on a mark, words said or told, a feature of a vehicle."""


class HoldBackError(LinkageError, ValueError):
    """What was asked cannot be; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class HoldBack:
    """One detail that no alert on a report or series (`kind`, `subject`) may tell. `detail` is one of DETAILS."""

    kind: str
    subject: str
    detail: str
    value: str
    reason: str = ""
    who: str = ""
    id: int | None = None
    at: str | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two records speak of one detail."""
        return (self.subject, self.detail, " ".join(self.value.casefold().split()))


def hold_back(store: Store, detail: HoldBack) -> None:
    """Keep a detail out of alerts from now on; asking twice changes nothing. HoldBackError for what is none."""
    if detail.detail not in DETAILS:
        raise HoldBackError(f"{detail.detail!r} is no kind of detail: use {', '.join(DETAILS)}")
    if not detail.value.strip():
        raise HoldBackError("the detail is empty; write what is to be kept out")
    _add(store, "add", detail)


def drop_hold_back(store: Store, detail: HoldBack) -> None:
    """Let alerts tell a detail again. HoldBackError where it is not kept out."""
    _add(store, "drop", detail)


def held_back(store: Store, subject: str | None = None) -> list[HoldBack]:
    """The details that are kept out now, of one report or series or of all, oldest first."""
    with store.engine.connect() as connection:
        found = _read(connection).values()
    return [one for one in found if subject is None or one.subject == subject]


def _add(store: Store, act: str, detail: HoldBack) -> None:
    store.require("hold_back")
    who = store.who
    with writing(store.engine) as connection:
        there = detail.key in _read(connection)
        if act == "add" and there:
            return
        if act == "drop" and not there:
            raise HoldBackError(f"{detail.value!r} of {detail.subject} is not kept out; linkage alert hold-back list")
        row = {name: getattr(detail, name) for name in ("kind", "subject", "detail", "value", "reason")}
        row = sealed(hold_backs, row | {"at": now(), "who": who, "act": act, "erased": None})
        number = connection.execute(insert(hold_backs).returning(hold_backs.c.id), row).scalar_one()
        known = {"subject": detail.subject, "detail": detail.detail}  # not its words: they stand in the row
        append(connection, who, f"hold-back {act}", known, seals_of(hold_backs, [{"id": number, **row}]))


def _read(connection: Connection) -> dict[tuple[str, str, str], HoldBack]:
    found: dict[tuple[str, str, str], HoldBack] = {}
    for row in connection.execute(select(hold_backs).order_by(hold_backs.c.id)).mappings():
        if row["erased"] is not None:
            continue
        names = ("kind", "subject", "detail", "value", "reason", "who", "id", "at")
        one = HoldBack(**{name: row[name] for name in names})
        found.pop(one.key, None)
        if row["act"] == "add":
            found[one.key] = one
    return found
