"""What analysts decided: added to, never changed, and read back as the constraints that linking must respect."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from linkage.store.audit import append, now
from linkage.store.schema import decisions

KINDS = ("pair", "report_series", "merge", "split", "same_incident")
JUDGEMENTS = ("link", "not_linked", "unsure", "needs_info", "same_incident", "withdrawn")
_LISTS = ("reasons_for", "reasons_against")


@dataclass(frozen=True, slots=True)
class Decision:
    """One judgement by one analyst. `id` and `at` are given by the store.

    `left` and `right` are report ids (a series id on the right for `report_series`, `merge`, `split`). `supersedes`
    names an earlier decision this one takes the place of: undoing is a new record with judgement `withdrawn`.
    `second_of` names the decision this one is the second check of.
    """

    analyst: str
    kind: str
    left: str
    right: str
    judgement: str
    reasons_for: list[str] = field(default_factory=list)
    reasons_against: list[str] = field(default_factory=list)
    note: str = ""
    blind: bool = False
    score: float | None = None
    band: str | None = None
    model_version: str | None = None
    features_hash: str | None = None
    evidence_snapshot: dict[str, Any] | None = None
    supersedes: int | None = None
    second_of: int | None = None
    id: int | None = None
    at: str | None = None


def record(connection: Connection, decision: Decision) -> int:
    """Add a decision and its audit entry; returns its number. Raises ValueError for an unknown kind or judgement."""
    for name, allowed in (("kind", KINDS), ("judgement", JUDGEMENTS)):
        if getattr(decision, name) not in allowed:
            raise ValueError(f"{name} {getattr(decision, name)!r} is not one of {', '.join(allowed)}")
    row: dict[str, Any] = {
        column.name: getattr(decision, column.name) for column in decisions.columns if column.name not in ("id", "at")
    }
    row |= {name: json.dumps(row[name], ensure_ascii=False) for name in _LISTS}
    row["blind"] = int(decision.blind)
    if decision.evidence_snapshot is not None:
        row["evidence_snapshot"] = json.dumps(decision.evidence_snapshot, ensure_ascii=False, sort_keys=True)
    row["at"] = now()
    number: int = connection.execute(insert(decisions).returning(decisions.c.id), row).scalar_one()
    append(connection, decision.analyst, "decision", {"id": number, **row})
    return number


def read(connection: Connection) -> list[Decision]:
    """Every decision, oldest first."""
    return [_decision(row) for row in connection.execute(select(decisions).order_by(decisions.c.id))]


def _decision(row: Row[Any]) -> Decision:
    values = dict(row._mapping)
    values |= {name: json.loads(values[name]) for name in _LISTS}
    values["blind"] = bool(values["blind"])
    if values["evidence_snapshot"] is not None:
        values["evidence_snapshot"] = json.loads(values["evidence_snapshot"])
    return Decision(**values)


@dataclass(frozen=True, slots=True)
class Constraints:
    """Report pairs (smaller id first, sorted) that linking must keep together, and those it must keep apart."""

    must_link: list[tuple[str, str]]
    cannot_link: list[tuple[str, str]]


def constraints(made: Iterable[Decision]) -> Constraints:
    """What the decisions on pairs of reports amount to.

    An analyst's latest decision on a pair counts, unless it was superseded. `not_linked` keeps a pair apart at once.
    `link` holds a pair together only after a second analyst's check (`second_of`) that also says `link`; a first
    check alone binds nobody. Where analysts contradict each other, apart wins.
    """
    standing = _standing(list(made))
    latest = {(decision.analyst, _pair(decision)): decision for decision in standing}
    by_id = {decision.id: decision for decision in standing}
    apart = {pair for (_, pair), decision in latest.items() if decision.judgement == "not_linked"}
    together = set()
    for (analyst, pair), decision in latest.items():
        first = by_id.get(decision.second_of) if decision.second_of is not None else None
        if first is None or decision.judgement != "link" or first.judgement != "link":
            continue
        if _pair(first) == pair and first.analyst != analyst and latest[first.analyst, pair].judgement == "link":
            together.add(pair)
    return Constraints(sorted(together - apart), sorted(apart))


def _standing(made: list[Decision]) -> list[Decision]:
    """Decisions on pairs that no other took the place of, oldest first."""
    gone = {decision.supersedes for decision in made}
    return [decision for decision in made if decision.kind == "pair" and decision.id not in gone]


def _pair(decision: Decision) -> tuple[str, str]:
    return min(decision.left, decision.right), max(decision.left, decision.right)
