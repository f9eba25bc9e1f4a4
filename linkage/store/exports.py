"""Exports: who asked for what, who checked it, what was written; and the numbers that stand for reports in them.

Rows are only ever added, each with an audit entry. An export goes through steps: asked, approved or refused by a
second person, written, and what became of it as a person enters it. What may be in it is decided in
`linkage.sharing`, not here.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, insert, select

from linkage.errors import LinkageError
from linkage.review.pack_outcome import outcomes
from linkage.store import audit
from linkage.store.connect import writing
from linkage.store.report_number import LETTERS
from linkage.store.schema import exports, numbers
from linkage.store.seals import Seals, sealed, seals_of
from linkage.store.store import Store

ASKED, APPROVED, REFUSED, WRITTEN, OUTCOME = "asked", "approved", "refused", "written", "outcome"
REPORT, SERIES = "report", "series"


class ExportError(LinkageError, ValueError):
    """A step that an export cannot take; the message says why."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an export. `request` is the number of the step that asked, its own for that step; `detail` is what
    is wanted as plain values; `reports` are those whose values the content holds, with their versions."""

    id: int
    at: str
    who: str
    step: str
    request: int
    detail: Mapping[str, Any]
    reports: Mapping[str, int]
    content_hash: str
    files: Mapping[str, str]
    folder: str
    reason: str


@dataclass(frozen=True, slots=True)
class Export:
    """An export as far as it has come: the step that `asked`, the `check` of it, each time it was `written`, and what
    people entered that became of it, oldest first."""

    asked: Step
    check: Step | None = None
    written: tuple[Step, ...] = field(default=())
    outcomes: tuple[Step, ...] = field(default=())

    @property
    def state(self) -> str:
        """asked, approved, refused or written."""
        return WRITTEN if self.written else self.check.step if self.check else ASKED


def ask(store: Store, detail: Mapping[str, Any], reports: Mapping[str, int], content_hash: str, reason: str) -> int:
    """Put down that somebody wants an export; returns its number. NotAllowedError for who may not ask."""
    store.require("ask_export")
    row = _row(store.who, ASKED, None, detail=detail, reports=reports, content_hash=content_hash, reason=reason)
    with writing(store.engine) as connection:
        number, seals = _add(connection, row)
        audit.append(connection, store.who, "export asked", _told(number, row), seals)
    return number


def check(store: Store, number: int, approve: bool, reason: str = "") -> None:
    """Approve or refuse what somebody else asked for. In a store without accounts the one analyst may approve what
    they asked for themselves, and must say why.

    Raises ExportError for an export that is not open or one's own, NotAllowedError for who may not check.
    """
    store.require("export")
    actor = store.actor_now()
    with writing(store.engine) as connection:
        found = _one(connection, number)
        if found.check is not None:
            raise ExportError(f"Export {number} was {found.check.step} by {found.check.who} already")
        if actor.local and not reason.strip():
            raise ExportError("This store has no accounts, so nobody else can check: say why you approve or refuse")
        if not actor.local and actor.name == found.asked.who:
            raise ExportError(f"You asked for export {number} yourself: another person has to check it")
        step = APPROVED if approve else REFUSED
        row = _row(actor.name, step, number, content_hash=found.asked.content_hash, reason=reason)
        _, seals = _add(connection, row)
        audit.append(connection, actor.name, f"export {step}", _told(number, row), seals)


def note_written(store: Store, number: int, content_hash: str, folder: str, files: Mapping[str, str]) -> None:
    """Put down that an approved export is being written: before it is, so that nothing lies outside unknown.

    Raises ExportError where it was not approved, or another content was; NotAllowedError for who may not export.
    """
    store.require("export")
    with writing(store.engine) as connection:
        found = _one(connection, number)
        if found.check is None or found.check.step != APPROVED:
            raise ExportError(f"Export {number} is {found.state}, not approved: nothing is written")
        if content_hash != found.asked.content_hash:
            raise ExportError(
                f"Export {number} is not what was approved any more: a report, a consent or the run has changed "
                "since. Ask for it again"
            )
        row = _row(store.who, WRITTEN, number, content_hash=content_hash, files=files, folder=folder)
        _, seals = _add(connection, row)
        told = _told(number, row) | {"file": folder, "files": dict(files), "reports": sorted(found.asked.reports)}
        audit.append(connection, store.who, "export", told, seals)


def record_outcome(store: Store, number: int, outcome: str, reason: str = "") -> None:
    """Put down what became of an export that was written; an earlier outcome stays beside it.

    Raises ExportError where nothing was written or there is no such outcome, NotAllowedError for who may not.
    """
    store.require("outcome")
    if outcome not in outcomes():
        raise ExportError(f"{outcome!r} is no outcome; there are {', '.join(outcomes())}")
    with writing(store.engine) as connection:
        found = _one(connection, number)
        if not found.written:
            raise ExportError(f"Export {number} is {found.state}: nothing left, so nothing became of it")
        detail = {"outcome": outcome}
        row = _row(store.who, OUTCOME, number, detail=detail, content_hash=found.asked.content_hash, reason=reason)
        _, seals = _add(connection, row)
        audit.append(connection, store.who, "export outcome", _told(number, row), seals)


def all_exports(store: Store) -> list[Export]:
    """Every export, oldest first."""
    with store.engine.connect() as connection:
        return list(_read(connection).values())


def one_export(store: Store, number: int) -> Export:
    """The export of a number. ExportError where there is none."""
    with store.engine.connect() as connection:
        return _one(connection, number)


def numbers_of(store: Store, kind: str, names: Iterable[str], by: str = "") -> dict[str, str]:
    """The number that stands for each report or series in what leaves, made at random where there is none yet.

    `by` names a server that let its caller in by a token; without it the person has to have the right to ask.
    """
    wanted = list(dict.fromkeys(names))
    found = {name: number for name, number in _numbers(store, kind).items() if name in set(wanted)}
    if len(found) == len(wanted):
        return found
    if not by:
        store.require("ask_export")
    with writing(store.engine) as connection:
        there = dict(connection.execute(select(numbers.c.name, numbers.c.number).where(numbers.c.kind == kind)).all())
        seals: Seals = {}
        for name in [one for one in wanted if one not in there]:
            plain = {"number": _random(), "kind": kind, "name": name, "at": audit.now()}
            row = sealed(numbers, plain)
            made = connection.execute(insert(numbers).returning(numbers.c.id), row).scalar_one()
            seals |= seals_of(numbers, [{"id": made, **row}])
            there[name] = plain["number"]
        audit.append(connection, by or store.who, "numbered", {"kind": kind, "count": len(seals)}, seals)
    return {name: there[name] for name in wanted}


def resolve(store: Store, number: str) -> tuple[str, str]:
    """What a number stands for: `report` or `series`, and its name. The audit says that it was asked.

    Raises ExportError for a number that stands for nothing (any more), NotAllowedError for who may not resolve.
    """
    store.require("resolve_number")
    wanted = number.strip().upper()
    with writing(store.engine) as connection:
        row = connection.execute(select(numbers).where(numbers.c.number == wanted)).mappings().first()
        if row is None:
            raise ExportError(f"{number!r} stands for nothing here: it was never given, or its report was erased")
        audit.append(connection, store.who, "number resolved", {row["kind"]: row["name"]})
        return str(row["kind"]), str(row["name"])


def _numbers(store: Store, kind: str) -> dict[str, str]:
    with store.engine.connect() as connection:
        rows = connection.execute(select(numbers.c.name, numbers.c.number).where(numbers.c.kind == kind))
        return {str(name): str(number) for name, number in rows}


def _random() -> str:
    """A number of ten signs, 48 bits: nobody finds one by trying."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(10))
    return f"{drawn[:5]}-{drawn[5:]}"


def _row(who: str, step: str, request: int | None, **rest: Any) -> dict[str, Any]:
    plain = {name: json.dumps(dict(rest.pop(name, {})), sort_keys=True) for name in ("detail", "reports", "files")}
    head = {"at": audit.now(), "who": who, "step": step, "request": request, "folder": "", "reason": ""}
    return sealed(exports, head | plain | rest | {"erased": None})


def _add(connection: Connection, row: Mapping[str, Any]) -> tuple[int, Seals]:
    number = connection.execute(insert(exports).returning(exports.c.id), dict(row)).scalar_one()
    return number, seals_of(exports, [{"id": number, **row}])


def _told(number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    """What the audit says of a step."""
    return {"export": number, "hash": row["content_hash"], "reason": row["reason"], **json.loads(row["detail"])}


def _read(connection: Connection) -> dict[int, Export]:
    found: dict[int, Export] = {}
    for row in connection.execute(select(exports).order_by(exports.c.id)).mappings():
        step = _step(row)
        if step.step == ASKED:
            found[step.id] = Export(step)
            continue
        of = found[step.request]
        if step.step == WRITTEN:
            found[step.request] = replace(of, written=(*of.written, step))
        elif step.step == OUTCOME:
            found[step.request] = replace(of, outcomes=(*of.outcomes, step))
        else:
            found[step.request] = replace(of, check=step)
    return found


def _one(connection: Connection, number: int) -> Export:
    try:
        return _read(connection)[number]
    except KeyError:
        raise ExportError(f"There is no export {number}; linkage export list names them") from None


def _step(row: Mapping[Any, Any]) -> Step:
    plain = {name: json.loads(row[name]) for name in ("detail", "reports", "files")}
    names = ("id", "at", "who", "step", "content_hash", "folder", "reason")
    return Step(request=row["request"] or row["id"], **plain, **{name: row[name] for name in names})
