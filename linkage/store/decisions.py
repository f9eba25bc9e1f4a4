"""What analysts decided: added to, never changed, and read back as it was."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select

from linkage.review.decision import Decision, new_uid, validate
from linkage.review.decision_file import Reading, Refused
from linkage.store.audit import append, now
from linkage.store.schema import decisions
from linkage.store.seals import sealed, seals_of

_TOLD = ("kind", "left", "right", "judgement", "blind", "stream", "supersedes", "second_of", "uid")
"""What the audit tells of a decision. The rest may hold a report's words and stands in the row, which is sealed."""
_JSON = ("reasons_for", "reasons_against", "evidence_snapshot", "scope")


def record(connection: Connection, decision: Decision, supervisor: bool = False) -> int:
    """Add a decision and its audit entry; returns its number.

    `supervisor` says that the analyst may take back others' decisions. Raises DecisionError (a ValueError) for one
    that cannot be recorded as it is.
    """
    validate(decision, _named(connection, decision), supervisor)
    names = {one.name for one in fields(Decision)} & set(decisions.columns.keys()) - {"id", "at"}
    row: dict[str, Any] = {name: getattr(decision, name) for name in names}
    for name in _JSON:
        if row.get(name) is not None:
            row[name] = json.dumps(row[name], ensure_ascii=False, sort_keys=True)
    row |= {"blind": int(decision.blind), "at": now(), "uid": decision.uid or new_uid(), "erased": None}
    row = sealed(decisions, row)
    number: int = connection.execute(insert(decisions).returning(decisions.c.id), row).scalar_one()
    detail = {"id": number, **{name: row[name] for name in _TOLD}}
    append(connection, decision.analyst, "decision", detail, seals_of(decisions, [{"id": number, **row}]))
    return number


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of decisions from elsewhere: how many are new, how many were known, and which were refused."""

    new: int
    known: int
    refused: list[Refused]


def take_in(
    connection: Connection, lines: Iterable[str], reports: Collection[str], series: Collection[str]
) -> TakenIn:
    """Add the decisions of a file; `reports` and `series` are what they may name."""
    reading, new = Reading(read(connection), reports, series), 0
    for row, line in enumerate(lines, start=1):
        if line.strip() and (decision := reading.decision(row, line)) is not None:
            reading.numbered(decision, record(connection, decision, supervisor=True))
            new += 1
    return TakenIn(new, reading.again, reading.refused)


def read(connection: Connection) -> list[Decision]:
    """Every decision, oldest first."""
    return [_decision(row._mapping) for row in connection.execute(select(decisions).order_by(decisions.c.id))]


def _named(connection: Connection, decision: Decision) -> dict[int, Decision]:
    """The earlier decisions that this one speaks of, by number."""
    numbers = [one for one in (decision.supersedes, decision.second_of) if one is not None]
    rows = connection.execute(select(decisions).where(decisions.c.id.in_(numbers)))
    return {row.id: _decision(row._mapping) for row in rows}


def _decision(row: RowMapping) -> Decision:
    values: dict[str, Any] = {one.name: row[one.name] for one in fields(Decision) if one.name in row}
    for name in _JSON:
        if values.get(name) is not None:
            values[name] = json.loads(values[name])
    values["blind"] = bool(values["blind"])
    return Decision(**values)
