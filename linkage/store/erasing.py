"""Takes a report out of the store for good, and leaves a tombstone that says when, by whom and why.

Its words go from every version, from the notes and snapshots of decisions, from alerts, refusals, runs, drafts and
the history of series, and from audit entries that quote it. Each change is sealed anew in the audit entry of the
erasure, so that everything still verifies; a change without such an entry does not.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, or_, select, update

from linkage.errors import LinkageError
from linkage.store import audit, digests, originals, quarantine, row_marks
from linkage.store.alert_schema import alert_events, alerts, hold_backs
from linkage.store.audit import now
from linkage.store.quoting import ERASED, Quoted, quoted_of
from linkage.store.schema import audit as audit_rows
from linkage.store.schema import (
    carried,
    decisions,
    drafts,
    exports,
    numbers,
    pairs,
    rejects,
    reports,
    runs,
    series_events,
    tombstones,
)
from linkage.store.seals import OF_A_RUN, Seals, key_of, run_digests, sealed, seals_of

WRITTEN_OUTSIDE = ("export", "backup")
"""Acts of the audit that wrote reports into files outside the store."""

_JSON_COLUMNS: dict[Table, tuple[str, ...]] = {
    decisions: ("reasons_for", "reasons_against", "evidence_snapshot", "scope"),
    series_events: ("detail",),
    runs: ("settings", "record"),
    rejects: (),
    alerts: ("texts", "facts", "checks", "settled", "held_back"),
    alert_events: ("detail",),
    hold_backs: (),
    exports: ("detail",),
}
_TEXT_COLUMNS: dict[Table, tuple[str, ...]] = {
    decisions: ("note",),
    rejects: ("value", "reason"),
    hold_backs: ("value", "reason"),
    exports: ("reason",),
}
_BLANK_ALERT = {"texts": "{}", "facts": "[]", "checks": "[]", "settled": "{}", "held_back": "[]"}


class NotThereError(LinkageError):
    """There is no such report; the message says so."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did: rows gone or cleaned by table, and files `outside` the store that may still hold words."""

    report_id: str
    versions: int
    rows: dict[str, int] = field(default_factory=dict)
    outside: list[str] = field(default_factory=list)


def erase(connection: Connection, report_id: str, reason: str, who: str, rule: str = "") -> Erased:
    """Erase one report, by a rule of retention where one is named. NotThereError when there is none of that
    number; ValueError without a reason."""
    if not reason.strip():
        raise ValueError("an erasure needs a reason")
    rows = connection.execute(select(reports).where(reports.c.report_id == report_id)).mappings().all()
    arrived = quarantine.arrived(connection, report_id)
    if not rows and not arrived:
        raise NotThereError(f"There is no report {report_id} in the store")
    known = quoted_of([row["body"] for row in rows] + [body for _, body in arrived if body])
    stone = sealed(
        tombstones, {"report_id": report_id, "at": now(), "who": who, "reason": reason, "versions": len(rows)}
    )
    number = connection.execute(insert(tombstones).returning(tombstones.c.id), stone).scalar_one()
    seals = seals_of(tombstones, [{"id": number, **stone}])
    seals |= dict.fromkeys((key_of(reports, row) for row in rows), None)
    connection.execute(delete(reports).where(reports.c.report_id == report_id))
    before = originals.drop(connection, report_id)
    outside_in = quarantine.drop(connection, report_id)
    seals |= before | outside_in
    counts = {"reports": len(rows), "originals": len(before), "quarantine": len(outside_in)}
    for table in _JSON_COLUMNS:
        cleaned = _clean(connection, table, known, report_id, number)
        counts[table.name] = sum(seal is not None for seal in cleaned.values())
        seals |= cleaned
    seals |= _drop_numbers(connection, report_id) | row_marks.forget(connection, report_id)
    seals |= digests.taken_away(connection, carried)  # weights that rest on the report, and digests of what it said
    connection.execute(delete(carried))
    gone = _take_from_runs(connection, report_id)
    counts["runs"] += len({key.split("/")[1] for key in gone})
    counts["drafts"] = _drop_drafts(connection, known, report_id)
    blanked = _blank_audit(connection, known, number)
    counts["audit"] = len(blanked)
    outside = _outside(connection, report_id, min([row["imported_at"] for row in rows] + [at for at, _ in arrived]))
    detail = {"report_id": report_id, "tombstone": number, "versions": len(rows)} | ({"rule": rule} if rule else {})
    audit.append(connection, who, "erase", detail, seals | gone | blanked)
    return Erased(report_id, len(rows), {name: count for name, count in counts.items() if count}, outside)


def erased_ids(connection: Connection) -> set[str]:
    """The numbers of the reports that were erased."""
    return set(connection.execute(select(tombstones.c.report_id)).scalars())


def older_than(connection: Connection, days: int) -> list[tuple[str, str]]:
    """Number of each report whose newest version was kept more than so many days ago, and when that was; what came in
    from outside and was not taken in goes by the day it came."""
    before = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="microseconds")
    newest = func.max(reports.c.imported_at)
    query = select(reports.c.report_id, newest).group_by(reports.c.report_id).having(newest < before)
    untaken = [(one.number, one.at) for one in quarantine.untaken(connection) if one.at < before]
    return sorted([(row[0], row[1]) for row in connection.execute(query)] + untaken)


def _clean(connection: Connection, table: Table, known: Quoted, report_id: str, stone: int) -> Seals:
    """Take a report's words out of the rows of a table that quote or concern it; returns their new seals."""
    seals: Seals = {}
    for row in connection.execute(select(table)).mappings().all():
        own = _concerns(table, row, report_id)
        changes: dict[str, Any] = {}
        for name in _TEXT_COLUMNS.get(table, ()):
            if row[name] and (own or known.stands_in(row[name])):
                changes[name] = ERASED
        for name in _JSON_COLUMNS[table]:
            if row[name] is not None:
                changes |= _json_change(table, row, name, known, own)
        changes = {name: value for name, value in changes.items() if value != row[name]}
        if not changes:
            continue
        if table is rejects:  # its fingerprint would tell the words to who tries them
            changes["fingerprint"] = os.urandom(32).hex()
        new = sealed(table, {**row, **changes, "erased": stone})
        same = [column == row[column.name] for column in table.primary_key]
        names = [*changes, "salt", "seal", "erased"]
        connection.execute(update(table).where(*same).values({name: new[name] for name in names}))
        seals |= {key_of(table, row): None} | seals_of(table, [new])
    return seals


def _json_change(table: Table, row: Any, name: str, known: Quoted, own: bool) -> dict[str, str]:
    """The column with what it must hold now: a snapshot of the report's evidence and an alert on it go whole, of the
    rest what quotes it. Numbers of reports stay, so that what was decided on the others stays known."""
    words = row[name]
    if own and table is alerts:
        return {name: _BLANK_ALERT[name]}
    if own and name == "evidence_snapshot":
        return {name: "{}"}
    if own and name in ("reasons_for", "reasons_against"):
        return {name: json.dumps([ERASED for _ in json.loads(words)])}
    before = json.loads(words)
    after = known.taken_out(before, in_set_form=table is alerts)
    return {name: json.dumps(after, ensure_ascii=False, sort_keys=True)} if after != before else {}


def _concerns(table: Table, row: Any, report_id: str) -> bool:
    if table is decisions:
        scope = json.loads(row["scope"]) if row["scope"] else {}
        return report_id in (row["left"], row["right"]) or any(report_id in side for side in scope.values())
    if table is alerts:
        return any(report_id == name for name, _ in json.loads(row["reports"]))
    if table is hold_backs:
        return bool(row["subject"] == report_id)
    return table is rejects and bool(row["report_id"] == report_id)


def _take_from_runs(connection: Connection, report_id: str) -> Seals:
    """Take a report out of the tables of every run; returns the digests of those that changed."""
    seals: Seals = {}
    for table in OF_A_RUN:
        named = [table.c.report_a, table.c.report_b] if table is pairs else [table.c.report_id]
        there = or_(*(column == report_id for column in named))
        for run in connection.execute(select(table.c.run_id).where(there).distinct()).scalars().all():
            connection.execute(delete(table).where(there, table.c.run_id == run))
            seals |= run_digests(connection, run, (table,))
    return seals


def _drop_numbers(connection: Connection, report_id: str) -> Seals:
    """Take away what stands for the report in exports: nobody can tell from one which report it was any more."""
    there = (numbers.c.kind == "report") & (numbers.c.name == report_id)
    rows = connection.execute(select(numbers).where(there)).mappings().all()
    connection.execute(delete(numbers).where(there))
    return dict.fromkeys((key_of(numbers, row) for row in rows), None)


def _drop_drafts(connection: Connection, known: Quoted, report_id: str) -> int:
    count = 0
    for row in connection.execute(select(drafts)).all():
        if (
            report_id in row.body
            or report_id in row.key
            or known.taken_out(json.loads(row.body)) != json.loads(row.body)
        ):
            connection.execute(delete(drafts).where(drafts.c.account == row.account, drafts.c.key == row.key))
            count += 1
    return count


def _blank_audit(connection: Connection, known: Quoted, stone: int) -> Seals:
    """Take a report's words out of the audit entries that quote it, such as searches; returns their new digests."""
    seals: Seals = {}
    for row in connection.execute(select(audit_rows)).all():
        detail = json.loads(row.detail)
        written = detail.pop("sealed", None)
        after = known.taken_out(detail)
        if after != detail:
            words = audit.words_of(after, written)
            salt = os.urandom(16).hex()
            values = {"detail": words, "salt": salt, "erased": stone}
            connection.execute(update(audit_rows).where(audit_rows.c.id == row.id).values(values))
            seals[f"audit/{row.id}"] = audit.digest_of(salt, words)
    return seals


def _outside(connection: Connection, report_id: str, since: str) -> list[str]:
    """Files and folders that were written outside the store since a moment, as the audit tells; of exports that name
    their reports, those that hold this one."""
    entries = audit.entries(connection, what=WRITTEN_OUTSIDE)
    return sorted(
        {
            str(one.detail["file"])
            for one in entries
            if one.at >= since and "file" in one.detail and report_id in one.detail.get("reports", [report_id])
        }
    )
