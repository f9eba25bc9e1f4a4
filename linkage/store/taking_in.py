"""An analyst looks at what came in from outside, takes it in as a report, or refuses it with a reason.

Taking in reads it as a file is read: details of the person who reports are masked, the language is noticed, and the
limits and the budget of reading hold.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from linkage.errors import LinkageError
from linkage.intake.batch import read_row
from linkage.intake.reject import Reject
from linkage.store import quarantine
from linkage.store.connect import writing
from linkage.store.quarantine import REFUSED, TAKEN, Item
from linkage.store.report_number import canonical_number, is_number
from linkage.store.store import Store

ORIGIN = "came in from outside"
"""Stands where the name of a file would."""


class QuarantineError(LinkageError, ValueError):
    """What was asked for cannot be done; the message says why."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A report that was taken in: how many details of the reporter were masked, what of it could not be used, what
    was noticed while reading, and the report that it follows where that is `unfound`."""

    report_id: str
    masked: int
    rejects: list[Reject] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    unfound: str = ""


def listed(store: Store, state: str = "") -> list[Item]:
    """What came in, oldest first, all or in one state. NotAllowedError for who may not look at it."""
    store.require("quarantine")
    return quarantine.items(store, state)


def shown(store: Store, number: str) -> Item:
    """One arrival with what was told, which the audit puts down. QuarantineError where there is none."""
    store.require("quarantine")
    found = _one(store, number)
    store.record("opened", {"quarantine": found.number})
    return found


def take(store: Store, number: str, today: date | None = None) -> TakenIn:
    """Take an arrival in as a report under its number. QuarantineError where that was done, or nothing of it can be
    read; it then stays where it is."""
    store.require("quarantine")
    found = _one(store, number)
    if found.state == TAKEN:
        raise QuarantineError(f"{found.number} was taken in by {found.who} already")
    batch = read_row(_row(found), ORIGIN, today or date.today())
    batch.reports, batch.rejects = store.without_erased(batch, ORIGIN)
    if not batch.reports:
        why = batch.rejects[0].reason if batch.rejects else "nothing of it can be read"
        raise QuarantineError(f"{found.number} cannot be taken in: {why}")
    store.import_batch(batch, ORIGIN, batch.masked)
    with writing(store.engine) as connection:
        quarantine.settle(connection, found.number, TAKEN, store.who)
    report = batch.reports[0]
    lost = report.follows if report.follows and store.report(report.follows) is None else ""
    return TakenIn(found.number, sum(batch.details.values()), batch.rejects, report.warnings, lost)


def refuse(store: Store, number: str, reason: str) -> None:
    """Refuse an arrival. It stays in quarantine until it is erased, and can still be taken in.

    QuarantineError without a reason, and where it was taken in.
    """
    store.require("quarantine")
    found = _one(store, number)
    if not reason.strip():
        raise QuarantineError("A refusal needs a reason, which stays with it")
    with writing(store.engine) as connection:
        if not quarantine.settle(connection, found.number, REFUSED, store.who, reason.strip()):
            raise QuarantineError(f"{found.number} was taken in; erase it where it has to go: linkage erase")


def _one(store: Store, number: str) -> Item:
    found = quarantine.item(store, canonical_number(number)) if is_number(number) else None
    if found is None:
        raise QuarantineError(f"Nothing came in under “{number}”; linkage quarantine list shows what did")
    return found


def _row(found: Item) -> dict[str, Any]:
    """The row as a file would give it; its number, kind and day are the scheme's own."""
    own = {"report_id": found.number, "report_type": found.kind, "received": found.at[:10]}
    return {**found.values, **own} | ({"follows": found.follows} if found.follows else {})
